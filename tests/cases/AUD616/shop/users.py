"""Routes limited by a limiter of another file."""

from fastapi import APIRouter, Depends, Request

from guards import rate_limited
from limits import limiter

router = APIRouter()
inner = APIRouter(dependencies=[Depends(rate_limited)])


@router.post("/login")
@limiter.limit("5/minute")
def login(request: Request):
    return "ok"


@router.post("/token")
def token():  # AUD616
    return "ok"


@inner.post("/token")
def inner_token():
    return "ok"


@router.post("/reset")
def reset(_=Depends(rate_limited)):
    return "ok"
