"""Rows of a result that are taken without `all()`."""

from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from shop.models import Order

app = FastAPI()


@app.get("/listed")
def listed(session: Session):
    return list(session.scalars(select(Order)))  # AUD413


@app.get("/awaited")
async def awaited(session: AsyncSession):
    return [one.id for one in await session.scalars(select(Order))]  # AUD413


@app.get("/taken-apart")
def taken_apart(session: Session):
    return [one.id for one in session.execute(select(Order)).scalars()]  # AUD413


@app.get("/by-key")
def by_key(session: Session):
    return {one.id: one for one in session.scalars(select(Order))}


@app.get("/some")
def some(session: Session):
    return list(session.scalars(select(Order).limit(20)))


@app.get("/one-buyer")
def of_one_buyer(session: Session, buyer: int):
    return list(session.scalars(select(Order).where(Order.buyer == buyer)))


@app.get("/first")
def first(session: Session):
    return session.scalars(select(Order)).first()


@app.get("/passed")
def passed(session: Session):
    return list(page(session.scalars(select(Order))))
