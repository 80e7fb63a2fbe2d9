from fastapi import APIRouter

# There is no such package: nothing can import this module.
from app.core.database import get_db

router = APIRouter()


@router.get("/old")
async def old():
    return get_db()
