"""Routes that hand names of the request to the store."""

from fastapi import APIRouter

from app.store import Store, load, load_safely

router = APIRouter()
store = Store()


@router.get("/a")
def first(name: str):
    return load(name)  # AUD610


@router.get("/b")
def second(name: str):
    return load_safely(name)


@router.delete("/c/{folder}")
def third(folder: str, name: str):
    store.remove("fixed", name=name)  # AUD610


@router.delete("/d")
def fourth(name: str):
    store.remove("fixed", "name")
