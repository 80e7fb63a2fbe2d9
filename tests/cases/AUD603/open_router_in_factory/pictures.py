"""A router whose routes are handed the request: they may ask."""

from fastapi import APIRouter, Request

from other_package import user_of

router = APIRouter(prefix="/pictures")


@router.post("/{name}")
def add(name: str, request: Request):
    return user_of(request), name


@router.delete("/{name}")
def remove(name: str, request: Request):
    return user_of(request), name
