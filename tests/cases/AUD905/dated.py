"""Versions by date, and routers of another package."""

from fastapi import FastAPI
from elsewhere import router

app = FastAPI()
dated = FastAPI()


@dated.get("/2026-05/notes")
def notes():
    return []


@dated.get("/2026-05/authors")
def authors():
    return []


@dated.get("/2026-05/shelves")
def shelves():
    return []


app.include_router(router)
