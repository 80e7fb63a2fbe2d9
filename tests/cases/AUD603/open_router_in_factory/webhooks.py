"""A router that is open to all by its name."""

from fastapi import APIRouter

router = APIRouter(prefix="/webhooks")


@router.post("/orders")
def order(body: dict):
    return body


@router.post("/bills")
def bill(body: dict):
    return body
