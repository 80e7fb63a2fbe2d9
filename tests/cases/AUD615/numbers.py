from datetime import timedelta
from typing import Annotated, Optional

from fastapi import APIRouter, Depends, Header, Query
from pydantic import BaseModel, Field, conint, field_validator
from sqlalchemy import select

router = APIRouter()
MOST = 200


class Search(BaseModel):
    text: str
    limit: int = 10  # AUD615
    page_size: int = Field(10, ge=1)  # AUD615
    count: int = Field(10, le=100)
    days: int = 3

    @field_validator("days")
    def bounded(cls, value):
        return min(value, 30)


@router.post("/search")
def search(body: Search, rows: list):
    found = select(rows).limit(body.limit)
    return found, list(range(body.page_size)), rows[: body.count], timedelta(days=body.days)


@router.get("/a")
def a(
    session,
    limit: int = Query(100, ge=1),  # AUD615
    hours: Optional[int] = 24,  # AUD615
    count: Annotated[int, Query(lt=50)] = 3,
    size: conint(le=5) = 3,
    page: int = 1,
    offset: int = 0,
    n: int = Depends(lambda: 3),
    top_k: int = 5,  # AUD615
):
    session.query(1).offset(offset).limit(limit)
    timedelta(hours=hours or 24)
    [1 for _ in range(top_k)]
    return range(count), range(size), range(page), range(n)


@router.get("/b")
def b(session, limit: int, days: int, size: int, hours: int):
    if limit > MOST:
        limit = MOST
    size = min(size, MOST)
    if not 0 < days <= 30:
        return None
    return session.query(1).limit(limit), timedelta(days=days), range(size), session.of(hours)


@router.get("/c")
def c(rows: list, limit: int = 10, count: int = 3):
    return rows[limit:], rows[:10], {"count": count}


def not_a_route(rows, limit: int):
    return rows[:limit]


@router.get("/d")
def d(session, known: list, top_k: int = None, limit: int | None = None, top_n: int = 5):
    shown = sorted(known)[:top_k]
    return shown, known[:limit], known[:top_n]


SIZE = Header(description="how many at once")


@router.get("/e")
def e(session, known: list, batch_size: Annotated[int, SIZE] = 20, size: int = 3):
    for first in range(0, len(known), size):
        session.send(known[first : first + size])
    return session.sent(known[batch_size:])


@router.get("/f")
def f(query, known: list, offset: int = 0, limit: int = 20):  # AUD615:44
    return known[offset : offset + limit], query.all()[offset : offset + limit]


@router.get("/g")
def g(known: list, count: int = 0):
    return known[:count] if count != 0 else known


@router.get("/h")
def h(session, days: int = 7):
    check_days(days)
    return session.since(timedelta(days=days))


@router.get("/i")
def i(session, days: int | None = None, hours: int = 24):  # AUD615:41
    first = timedelta(days=days) if days else None
    return session.since(first, timedelta(hours=hours))


@router.get("/j")
def j(session, days: int | None = None):
    if days and days in (7, 30, 90):
        return session.since(timedelta(days=days))
    return session.since(timedelta(days=30))


@router.get("/k")
async def k(session, limit: int = 50):
    everything = await query_items(session)
    return everything[:limit]


@router.get("/l")
async def l_(session, limit: int = 50):  # AUD615
    everything = session.query_items()
    return everything[:limit]
