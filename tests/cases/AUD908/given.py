"""Handlers that are given to the application."""

from fastapi import FastAPI
from shop import answers, options

app = FastAPI(exception_handlers=answers)
other = FastAPI(**options)


@app.get("/notes")
@other.get("/notes")
def notes():
    return []
