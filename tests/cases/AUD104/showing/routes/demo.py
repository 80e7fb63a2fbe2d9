from pathlib import Path

from fastapi import APIRouter

router = APIRouter()


@router.get("/demo")
async def demo() -> str:
    return Path("tour.md").read_text()  # AUD104
