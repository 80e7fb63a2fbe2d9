from pydantic import BaseModel, Field, field_validator


class Place(BaseModel):
    file: str
    number: int = 0


class Note(BaseModel):
    name: str
    text: str
    place: Place
    kind: str = Field(pattern="[a-z]+")


class CheckedNote(BaseModel):
    name: str
    text: str

    @field_validator("name")
    @classmethod
    def is_plain(cls, value):
        if "/" in value or value == "..":
            raise ValueError("no plain name")
        return value
