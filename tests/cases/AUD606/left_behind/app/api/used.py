from fastapi import APIRouter

router = APIRouter()


@router.get("/used")
async def used():
    return []
