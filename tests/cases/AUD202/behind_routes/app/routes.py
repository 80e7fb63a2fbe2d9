from fastapi import APIRouter

from app import rates
from app.rates import known, of_host, start_up

router = APIRouter()


@router.get("/rates/{currency}")
async def show(currency: str):
    return await rates.latest(currency)


@router.get("/rates")
async def names():
    return await known()


@router.get("/page")
async def page(url: str):
    return await of_host(url)


@router.on_event("startup")
async def begin():
    await start_up()
