"""Before its `yield` a lifespan has the loop for itself; a route has not."""

import contextlib

from fastapi import FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

engine = create_engine("sqlite://")


@contextlib.asynccontextmanager
async def lifespan(application):
    with Session(engine) as session:
        check(session)
    yield


application = FastAPI(lifespan=lifespan)


@application.get("/checked")
async def checked():
    with Session(engine) as session:  # AUD116
        check(session)


def check(session):
    print(session)
