from typing import Annotated

from pydantic import BaseModel, Field, field_validator


class Paging(BaseModel):
    page: int = 1
    page_size: int = Field(20, ge=1)


class Listing(Paging):
    days: int = 7


class Bounded(BaseModel):
    page: int = Field(1, ge=1, le=1000)
    page_size: Annotated[int, Field(le=100)] = 20


class Checked(BaseModel):
    page_size: int = 20

    @field_validator("page_size")
    @classmethod
    def is_small(cls, value):
        return min(value, 100)


class Made(BaseModel):
    page_size: int = 20

    def model_post_init(self, context):
        self.page_size = min(self.page_size, 100)
