from fastapi import APIRouter

from app.api.models import Row

router = APIRouter()  # AUD606


@router.get("/forgotten")
async def forgotten():
    return Row()
