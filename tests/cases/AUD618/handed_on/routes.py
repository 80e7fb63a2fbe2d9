from fastapi import APIRouter

from . import store

router = APIRouter()


@router.get("/users")
def users(order_by: str = "name", limit: int = 20):
    return store.users(order_by, limit)  # AUD618


@router.get("/users/checked")
def checked(order_by: str = "name"):
    return store.checked_users(order_by)


@router.patch("/users/{number}")
def update(number: int, changes: dict):
    return store.update(number, changes)  # AUD618


@router.patch("/users/{number}/name")
def rename(number: int, changes: dict):
    return store.rename(number, changes)
