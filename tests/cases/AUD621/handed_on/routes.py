from fastapi import APIRouter

from .backend import Backend, fetch, fetch_known

router = APIRouter()
backend = Backend()


@router.get("/users/{name}")
async def user(name: str):
    return await fetch(name)  # AUD621


@router.get("/orders")
async def orders(number: str):
    return await backend.order(number)  # AUD621


@router.get("/known")
async def known(name: str):
    return await fetch_known(name)
