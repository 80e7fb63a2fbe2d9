from fastapi import APIRouter

from app import store
from app.store import orders

router = APIRouter()


@router.get("/orders")
async def page(session, limit: int = 10):  # AUD615
    return await orders.page(session, "open", limit=limit)


@router.get("/orders/capped")
async def capped(session, limit: int = 10):
    return await orders.capped(session, limit)


@router.get("/orders/first")
async def first(count: int):  # AUD615
    return store.orders.passed_on(count)


@router.get("/orders/other")
async def other(client, limit: int = 10):
    return await client.orders(limit=limit)
