"""A middleware of the project looks at the length of every body."""

from fastapi import APIRouter, UploadFile

router = APIRouter()


@router.post("/lines")
async def lines(file: UploadFile):
    return len(await file.read())
