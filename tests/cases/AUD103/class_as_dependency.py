"""A route that is handed an object of a class of its own module, which says so by its annotation alone."""

from fastapi import Depends, FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

application = FastAPI()
make_session = sessionmaker(bind=create_engine("postgresql://database/records"))


def session():
    with make_session() as one:
        yield one


class Records:
    def __init__(self, database: Session = Depends(session)):
        self._database = database

    def all(self):
        return self._database.query(Record).all()


class Record:
    pass


def latest():
    with make_session() as database:
        return database.query(Record).first()


@application.get("/records")
async def records(kept: Records = Depends()):
    return kept.all()  # AUD103


@application.get("/records/latest")
async def newest():
    return latest()  # AUD103
