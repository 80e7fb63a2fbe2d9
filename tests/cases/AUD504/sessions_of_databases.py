"""A session of a database is no session of a user: the key made of it is that of the database."""

from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.orm import Session

app = FastAPI()
_tables = {}
_carts = {}


def _table_key(session: Session) -> str:
    return str(session.get_bind().url)


def tables(session: Session):
    key = _table_key(session)
    if key not in _tables:
        _tables[key] = set(session.execute(text("SELECT name FROM sqlite_master")).scalars())
    return _tables[key]


@app.get("/tables")
async def show(session: Session):
    return sorted(tables(session))


@app.get("/cart")
async def cart(session_id: str):
    return _carts.setdefault(session_id, [])  # AUD504
