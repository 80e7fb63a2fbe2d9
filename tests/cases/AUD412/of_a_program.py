# file: load/__init__.py

# file: load/program.py
from sqlalchemy.orm import sessionmaker

make_session = sessionmaker()
session = make_session()


def load(rows):
    session.add_all(rows)
    session.commit()

# file: load/api.py
from fastapi import FastAPI
from sqlalchemy.orm import sessionmaker

make_session = sessionmaker()
db = make_session()
api = FastAPI()


@api.get("/orders")
async def orders():
    db.commit()
