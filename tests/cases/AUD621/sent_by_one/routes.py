"""Routes whose texts a client puts into paths."""

from backend import Backend
from fastapi import APIRouter

router = APIRouter()
backend = Backend("https://api.example.com")


@router.get("/users")
def user(name: str):
    return backend.user(name).json()  # AUD621


@router.get("/direct")
def direct(name: str):
    return backend.send("GET", f"/users/{name}/orders").json()  # AUD621


@router.get("/orders")
def order(name: str):
    return backend.order(name).json()


@router.get("/whole")
def whole(path: str):
    return backend.whole(path).json()


@router.get("/same")
def same(name: str):
    return backend.send(name, "/users").json()
