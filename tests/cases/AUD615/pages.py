from fastapi import FastAPI, Query
from flask import request
from sqlalchemy import select

app = FastAPI()


@app.get("/rows")
def rows(
    page: int = Query(1, ge=1),
    per_page: int = Query(20, le=100),
):
    return select(1).offset((page - 1) * per_page).limit(per_page)


@app.get("/later")
def later(page: int = 1, size: int = Query(20, le=100)):
    page = max(page, 1)
    start = (page - 1) * size
    return select(1).offset(start)


@app.get("/corrected")
def corrected(page: int = 0):
    if page < 0:
        page = 0
    return collection.find().skip(page * 20)


@app.get("/written")
def written(page: int = 0):
    return connection.execute("SELECT id FROM notes LIMIT 20 OFFSET ?", (page * 20,))


@app.get("/offset")
def from_offset(offset: int = 0):
    """Which row to begin with is the caller's to say."""
    return select(1).offset(offset).limit(20)


@app.get("/bounded")
def bounded(page: int = Query(1, ge=1, le=500)):
    return select(1).offset((page - 1) * 20)


@app.get("/turned")
def turned(page: int = 1, pages: int = 7):
    if page > pages:
        page = pages
    return select(1).offset((page - 1) * 20)


@app.get("/cut")
def cut(page: int = 1):
    start = min((page - 1) * 20, 10_000)
    return select(1).offset(start)


@app.get("/shown")
def shown(page: int = 1):
    return {"page": page, "next": page + 1}


@app.get("/other")
def other(skip: int = 0):
    return reader.skip(skip)


@app.get("/read")
def read():
    asked = request.args.get("page", "1")
    page = int(asked) if asked else 1
    return select(1).offset((page - 1) * 20)
