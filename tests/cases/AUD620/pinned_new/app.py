import abc

from fastapi import APIRouter, FastAPI, Query
from pydantic import BaseModel, parse_obj_as, validator
from starlette.applications import Starlette

from models import Base, Kept

app = FastAPI()
router = APIRouter()
plain = Starlette()


class User(BaseModel):
    name: str

    class Config:  # AUD620
        from_attributes = True

    @validator("name")  # AUD620
    def lowered(cls, value):
        return value.lower()


class WithOwn(BaseModel):
    name: str

    def dict(self):
        return {"name": self.name}


class Plain:
    class Config:
        a = 1

    def dict(self):
        return {}


@app.on_event("startup")  # AUD620
def start():
    WithOwn(name="a").dict()
    Plain().dict()
    User.parse_obj({"name": "a"})  # AUD620
    parse_obj_as(list[User], [])  # AUD620
    return User(name="a").copy()  # AUD620


@router.on_event("shutdown")  # AUD620
@plain.on_event("startup")  # AUD620
def stop(answer):
    return answer.json()


@app.get("/")
def read(q: str = Query("", regex="a+"), p: str = Query("", pattern="a+")):  # AUD620
    return q


class Wrapper:
    def on_event(self, name):
        return app.on_event(name)


def both(user: User, kept: Kept):
    if hasattr(user, "model_dump"):
        return user.model_dump()
    kept.dict()  # AUD620
    try:
        return user.model_dump()
    except AttributeError:
        return user.dict()
    return kept.json()


class Mixed(abc.ABC, Base):
    def as_text(self):
        return self.json(), self.dict()  # AUD620
