from fastapi import APIRouter

from app import rates
from app.rates import converted, kept, known, of_host, start_up

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


@router.get("/kept/{currency}")
async def of_kept(currency: str):
    return await kept(currency)


class Prices:
    def __init__(self, factor):
        self._factor = factor

    async def in_euro(self, amount):
        return await converted(amount * self._factor)
