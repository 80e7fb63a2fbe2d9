"""Routes whose handlers stand behind calls that never raise, and behind those that do."""

from fastapi import APIRouter, HTTPException
from store import store

router = APIRouter()


@router.get("/rows/{row}")
async def fetched(row: str):
    try:
        data = await store.fetch(row)
        return {"data": data}
    except Exception as error:
        raise HTTPException(500, str(error))


@router.post("/rows/{row}")
async def pushed(row: str):
    try:
        return await store.push(row)
    except Exception as error:
        raise HTTPException(500, str(error))  # AUD308
