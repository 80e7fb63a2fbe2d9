from pydantic import BaseModel, field_validator


class Point(BaseModel):
    width: int

    @field_validator("width")
    @classmethod
    def known_width(cls, value):
        print("the width is", value)
        return value
