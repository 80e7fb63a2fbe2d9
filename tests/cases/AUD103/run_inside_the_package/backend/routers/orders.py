from fastapi import APIRouter
from stock import left

router = APIRouter()


@router.get("/orders/{item}")
async def order(item: int):
    return left(item)  # AUD103


@router.get("/stock/{item}")
def stock(item: int):
    return left(item)
