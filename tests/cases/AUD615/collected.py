"""Numbers of requests that go into lists of values, and those that nested functions use."""

import sqlite3

from fastapi import FastAPI

app = FastAPI()
database = sqlite3.connect(":memory:")


@app.get("/appended")
def appended(name: str = "", limit: int = 50):  # AUD615
    values = []
    sql = "SELECT * FROM audit"
    if name:
        sql += " WHERE name = ?"
        values.append(name)
    sql += " ORDER BY id DESC LIMIT ?"
    values.append(limit)
    return database.execute(sql, values).fetchall()


@app.get("/extended")
def extended(limit: int = 50, offset: int = 0):  # AUD615
    values = ["ann"]
    sql = "SELECT * FROM audit WHERE name = ? ORDER BY id LIMIT ? OFFSET ?"
    values += [limit, offset]
    return database.execute(sql, tuple(values)).fetchall()


@app.get("/nested")
def nested(limit: int = 50):  # AUD615
    def read():
        return database.execute("SELECT * FROM audit ORDER BY id LIMIT ?", (limit,)).fetchall()

    return read()


@app.get("/other-place")
def other_place(count: int = 50):
    values = []
    values.append(count)
    values.append(10)
    return database.execute("SELECT * FROM audit WHERE size > ? ORDER BY id LIMIT ?", values).fetchall()


@app.get("/own")
def own(limit: int = 50):
    def read(limit=10):
        return database.execute("SELECT * FROM audit ORDER BY id LIMIT ?", (limit,)).fetchall()

    return read(), limit


@app.get("/kept")
def kept(limit: int = 50):
    seen = []
    seen.append(limit)
    return seen


@app.get("/until-empty")
def until_empty(count: int = 50):
    found = []
    rows = database.execute("SELECT * FROM audit")
    for _ in range(count):
        row = rows.fetchone()
        if row is None:
            break
        found.append(row)
    return found
