"""Routes that answer with all rows of a table."""

from fastapi import FastAPI
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shop.models import AccessToken, Binding, Book, Shelf, Visit

app = FastAPI()


@app.get("/bindings")
def bindings(session: Session):
    return session.scalars(select(Binding)).all()


@app.get("/books")
def books(session: Session):
    return session.scalars(select(Book)).all()  # AUD413


@app.get("/visits")
def visits(session: Session):
    return session.scalars(select(Visit)).all()  # AUD413


@app.get("/sold")
def sold(session: Session):
    statement = text("SELECT * FROM book WHERE sold LIMIT 100")
    return session.scalars(select(Book).from_statement(statement)).all()


@app.get("/shelves")
def shelves(session: Session):
    return session.scalars(select(Shelf)).all()


@app.get("/tokens")
def tokens(session: Session):
    return session.scalars(select(AccessToken)).all()
