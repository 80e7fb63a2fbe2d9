from fastapi import APIRouter

router = APIRouter()


@router.get("/me")
async def me(): ...  # AUD601


@router.delete("/me")
async def leave(): ...


@router.get("/me/settings")
async def settings_of_me(): ...


@router.post("/")
async def create_account(): ...  # AUD601
