from fastapi import FastAPI, Query
from pydantic import BaseModel, validator

app = FastAPI()


class User(BaseModel):
    name: str

    class Config:
        orm_mode = True

    @validator("name")
    def lowered(cls, value):
        return value.lower()


@app.on_event("startup")
def start():
    return User(name="a").dict()


@app.get("/")
def read(q: str = Query("", regex="a+")):
    return q
