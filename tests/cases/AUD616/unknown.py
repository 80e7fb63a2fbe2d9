"""A limiter that is not known."""

from fastapi import APIRouter, Request
from shop.limits import limiter

router = APIRouter()


@router.post("/login")
@limiter.limit("5/minute")
def login(request: Request):
    return "ok"


@router.post("/token")
def token():
    return "ok"
