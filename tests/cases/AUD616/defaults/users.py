"""Routes of which each has the default limit, and routes limited by something that is not known."""

from fastapi import APIRouter, Request

from limits import limiter

router = APIRouter()


@router.post("/login")
@limiter.limit("5/minute")
def login(request: Request):
    return "ok"


@router.post("/token")
def token():
    return "ok"
