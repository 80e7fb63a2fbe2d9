"""Numbers of requests after the LIMIT of statements that are written out."""

import sqlite3

from fastapi import APIRouter

router = APIRouter()
database = sqlite3.connect("/var/lib/app/audit.db")


class Audit:
    def rows(self, limit: int):
        return database.execute("SELECT * FROM audit ORDER BY id DESC LIMIT ?", (limit,)).fetchall()

    def page(self, actor: str, limit: int, offset: int):
        sql = "SELECT * FROM audit WHERE actor = ? ORDER BY id LIMIT ? OFFSET ?"
        return database.execute(sql, (actor, limit, offset)).fetchall()


audit = Audit()


@router.get("/audit")
def rows(limit: int = 100):  # AUD615
    return audit.rows(limit)


@router.get("/page")
def page(actor: str, limit: int = 100, offset: int = 0):  # AUD615
    return audit.page(actor, limit=limit, offset=offset)


@router.get("/named")
def named(limit: int = 100):  # AUD615
    return database.execute("SELECT * FROM audit ORDER BY id LIMIT :limit", {"limit": limit}).fetchall()


@router.get("/numbered")
async def numbered(pool, actor: str, limit: int = 100):  # AUD615
    return await pool.fetch("SELECT * FROM audit WHERE actor = $1 ORDER BY id LIMIT $2", actor, limit)


@router.get("/written")
def written(limit: int = 100):  # AUD615
    return database.execute(f"SELECT * FROM audit ORDER BY id LIMIT {limit}").fetchall()  # noqa


@router.get("/compared")
def compared(count: int = 100):
    return database.execute("SELECT * FROM audit WHERE size > ? ORDER BY id LIMIT ?", (count, 20)).fetchall()


@router.get("/first")
def first(actor: str, size: int = 1):
    return database.execute("SELECT * FROM audit WHERE actor = ? AND size = ?", (actor, size)).fetchone()


@router.get("/capped")
def capped(limit: int = 100):
    return audit.rows(min(limit, 500))
