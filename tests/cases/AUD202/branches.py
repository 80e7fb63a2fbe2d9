"""Clients of one name in several branches of one function, each looked at by itself."""

import os

import httpx
from fastapi import APIRouter

router = APIRouter()
FIRST = os.environ["FIRST_URL"]
SECOND = os.environ["SECOND_URL"]


@router.post("/answer")
async def answer(kind: str, text: str, page: str):
    if kind == "first":
        async with httpx.AsyncClient(timeout=5) as client:  # AUD202
            response = await client.post(f"{FIRST}/answer", json={"text": text})
    elif kind == "second":
        async with httpx.AsyncClient(timeout=5) as client:  # AUD202
            response = await client.post(f"{SECOND}/answer", json={"text": text})
    else:
        async with httpx.AsyncClient(timeout=5) as client:
            response = await client.get(page)
    response.raise_for_status()
    return response.json()
