from typing import Annotated, Optional, Union

from pydantic import AfterValidator, BaseModel, Field, field_validator, model_validator


def check(value):
    return value


class ProjectUpdate(BaseModel):
    name: Optional[str] = None


class Retitled(BaseModel):
    title: "str | None" = None


class Renamed(BaseModel):
    name: str = ""
    note: str | None = None
    place: str | None = None
    options: dict | None = None
    owner: int | None = None
    due_at: str | None = None
    code: str | None = None


class Checked(BaseModel):
    name: Union[str, None] = None

    @field_validator("name")
    @classmethod
    def is_there(cls, value):
        if value is None:
            raise ValueError("name it")
        return value


class CheckedAsWhole(BaseModel):
    name: str | None = None

    @model_validator(mode="after")
    def is_there(self):
        return self


class CheckedByType(BaseModel):
    name: Annotated[str | None, AfterValidator(check)] = None


class CheckedByHand(BaseModel):
    name: Annotated[str | None, Field(max_length=80)] = None


class Dumped(BaseModel):
    name: str | None = None

    def model_dump(self, **options):
        return {key: value for key, value in super().model_dump(**options).items() if value is not None}


class UserUpdate(BaseModel):
    email: str | None = None
    phone: str | None = None
    project: int | None = None


class Internal(BaseModel):
    name: str | None = None


class Odd(BaseModel):
    name: "str |" = None
