from fastapi import APIRouter

router = APIRouter()


@router.get("/{user_id}")
async def user(user_id: int): ...


@router.post("/")
async def create(): ...
