"""Routes of an application that answers for what is no JSON."""

from fastapi import APIRouter, HTTPException, Request

router = APIRouter()


@router.put("/config")
async def config(request: Request):
    body = await request.json()
    if not isinstance(body, dict):
        raise HTTPException(400)
    return body.get("theme")
