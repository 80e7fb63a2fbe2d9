import asyncio

from fastapi import FastAPI

from .rates import Rates, caught_above, caught_far_above, handed_over, of_a_route

app = FastAPI()


def far(address):
    return caught_far_above(address)


@app.get("/rates")
def rates(address: str):
    try:
        return caught_above(address) or far(address)
    except Exception:
        return None


@app.get("/rates/handed")
async def handed(address: str):
    try:
        return await asyncio.to_thread(handed_over, address)
    except OSError:
        return None


@app.get("/rates/plain")
def plain(address: str):
    return of_a_route(address)


def rates_of(address):
    try:
        return Rates(address)
    except TimeoutError:
        return None
