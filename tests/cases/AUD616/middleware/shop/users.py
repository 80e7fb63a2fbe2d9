from fastapi import APIRouter, Request
from shop.limits import limiter

router = APIRouter()


@router.post("/login")
@limiter.limit("5/minute")
def login(request: Request, name: str, password: str):
    return {"known": False}


@router.post("/register")
def register(request: Request, name: str, password: str):
    return {"made": True}
