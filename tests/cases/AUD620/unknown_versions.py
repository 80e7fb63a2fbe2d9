from pydantic import BaseModel, validator

try:
    from pydantic import field_validator
except ImportError:
    field_validator = None


class User(BaseModel):
    name: str

    class Config:
        extra = "forbid"

    @validator("name")
    def lowered(cls, value):
        return value.lower()


def as_dict(user: User):
    return user.dict()
