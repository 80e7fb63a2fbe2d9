# file: service/app/__init__.py
# file: service/app/routes/__init__.py
# file: service/app/routes/notes.py
"""The program's own folder is on the search path: `routes.notes` is this module."""
from fastapi import APIRouter

router = APIRouter()


@router.get("/notes")
def notes():
    return []


# file: service/app/routes/forgotten.py
from fastapi import APIRouter

router = APIRouter()  # AUD606


@router.get("/forgotten")
def forgotten():
    return []


# file: service/app/main.py
from fastapi import FastAPI

from routes import notes

app = FastAPI()
app.include_router(notes.router)
