from pydantic import BaseModel, ConfigDict


class BookOut(BaseModel):
    title: str


class AuthorName(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: str


class AuthorOut(AuthorName):
    books: list[BookOut]
