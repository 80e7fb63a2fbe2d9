"""Texts of a FastAPI application's requests that are read as something else."""

import base64
import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated

from bson import ObjectId
from fastapi import FastAPI, Header, HTTPException, Query
from pydantic import BaseModel

app = FastAPI()


class Kind(Enum):
    BIG = "big"


class Mode(Enum):
    FAST = "fast"

    @classmethod
    def _missing_(cls, value):
        return cls.FAST


class Booking(BaseModel):
    day: str
    note: str = ""


def parse_day(text):
    return date.fromisoformat(text)


@app.get("/orders/{order_id}")
async def order(order_id: str):
    return {"order": uuid.UUID(order_id)}  # AUD625


@app.get("/rows/{row_id}")
async def row(row_id: str, since: str | None = None):
    found = {"row": ObjectId(row_id)}  # AUD625
    if since:
        found["since"] = datetime.fromisoformat(since.strip())  # AUD625
    return found


@app.post("/bookings")
async def book(booking: Booking):
    return {"day": date.fromisoformat(booking.day)}  # AUD625


@app.get("/prices")
async def price(amount: str = "1", limit: int = 9, x_page: str = Header("1")):
    return {"amount": Decimal(amount), "limit": float(limit), "page": int(x_page)}  # AUD625


@app.get("/blobs")
async def blob(data: str):
    return {"size": len(base64.b64decode(data))}  # AUD625


@app.get("/answered/{order_id}")
async def answered(order_id: str):
    try:
        return {"order": uuid.UUID(order_id)}
    except ValueError:
        raise HTTPException(404) from None


@app.get("/refused/{order_id}")
async def refused(order_id: str):
    try:
        return {"order": uuid.UUID(order_id)}  # AUD625
    except Exception as error:  # it says nothing of a mistake of the client
        raise HTTPException(500) from error


@app.get("/digits")
async def digits(page: str):
    if not page.isdigit():
        raise HTTPException(400)
    return {"page": int(page)}


@app.get("/known")
async def known(page: str):
    if page not in ("1", "2"):
        raise HTTPException(400)
    return {"page": int(page)}


@app.get("/patterns")
async def patterns(page: Annotated[str, Query(pattern="^[0-9]+$")], day: uuid.UUID):
    return {"page": int(page), "day": uuid.UUID(str(day))}


@app.get("/looked-up/{order_id}")
async def looked_up(order_id: str):
    await find_or_404(order_id)
    return {"order": uuid.UUID(order_id)}


async def find_or_404(order_id):
    if order_id != "1":
        raise HTTPException(404)


def no_route(order_id: str):
    return uuid.UUID(order_id)


@app.get("/days")
async def days(day: str):
    return {"day": parse_day(day)}


@app.get("/kinds")
async def kinds(kind: str, other: Kind):
    return {"kind": Kind(kind), "other": other}  # AUD625


@app.get("/kinds/known")
async def known_kinds(kind: str):
    try:
        return {"kind": Kind(kind)}
    except ValueError:
        raise HTTPException(422) from None


@app.get("/modes")
async def modes(mode: str):
    return {"mode": Mode(mode)}
