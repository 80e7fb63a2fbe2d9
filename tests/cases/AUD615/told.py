"""What a comparison only tells the client bounds nothing."""

from fastapi import FastAPI
from sqlalchemy import select, text
from sqlalchemy.orm import Session

app = FastAPI()
database: Session
SEARCH = text("SELECT id FROM messages LIMIT :most")


@app.get("/pages")
def pages(limit: int = 50, offset: int = 0):  # AUD615
    rows = database.scalars(select(1).offset(offset).limit(limit)).all()
    return {"rows": rows, "has_more": offset + limit < 1000}


@app.get("/more")
def more(limit: int = 50):  # AUD615
    rows = database.scalars(select(1).limit(limit)).all()
    has_more = len(rows) >= limit
    return {"rows": rows, "has_more": has_more}


@app.get("/bounded")
def bounded(limit: int = 50):
    if limit > 100:
        limit = 100
    return database.scalars(select(1).limit(limit)).all()


@app.get("/chosen")
def chosen(limit: int = 50):
    return database.scalars(select(1).limit(limit if limit < 100 else 100)).all()


@app.get("/asserted")
def asserted(limit: int = 50):
    assert 0 < limit <= 100
    return database.scalars(select(1).limit(limit)).all()


@app.get("/search")
def search(q: str, limit: int = 20):  # AUD615
    statement = text("""
        SELECT id FROM messages WHERE body MATCH :query
        LIMIT :limit
    """)
    return database.execute(statement, {"query": q, "limit": limit}).all()


@app.get("/search-by-constant")
def search_by_constant(limit: int = 20):  # AUD615
    return database.execute(SEARCH, {"most": limit}).all()
