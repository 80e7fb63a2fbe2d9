"""Lists and dicts of a row, changed in place by a route."""

from fastapi import APIRouter, Depends
from shop.access import readable
from shop.models import Cart
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified

router = APIRouter()


@router.post("/carts/{number}/items")
async def put(number: int, item: str, session: AsyncSession = Depends()):
    cart = (await readable(session, number))["cart"]
    cart.items.append(item)  # AUD416
    flag_modified(cart, "items")
    await session.commit()


@router.patch("/carts/{number}/items/{place}")
async def change(number: int, place: int, item: str, session: AsyncSession = Depends()):
    cart = await session.get(Cart, number)
    cart.items[place]["name"] = item  # AUD416
    flag_modified(cart, "items")
    await session.commit()


@router.post("/carts")
async def make(item: str, session: AsyncSession = Depends()):
    cart = Cart(items=[])
    session.add(cart)
    cart.items.append(item)
    flag_modified(cart, "items")
    await session.commit()


@router.put("/carts/{number}/items")
async def replace(number: int, items: list[str], session: AsyncSession = Depends()):
    cart = await session.get(Cart, number)
    cart.items = items
    flag_modified(cart, "items")
    await session.commit()


@router.post("/carts/{number}/locked")
async def put_locked(number: int, item: str, session: AsyncSession = Depends()):
    cart = await session.get(Cart, number, with_for_update=True)
    cart.items.append(item)
    flag_modified(cart, "items")
    await session.commit()


async def put_by_a_job(session: AsyncSession, number: int, item: str):
    cart = await session.get(Cart, number)
    cart.items.append(item)
    flag_modified(cart, "items")
    await session.commit()
