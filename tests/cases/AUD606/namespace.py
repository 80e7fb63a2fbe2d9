# file: company/shop/__init__.py
# file: company/shop/notes.py
"""`company` is a package without `__init__`: its module is imported under the longer name."""
from fastapi import APIRouter

router = APIRouter()


@router.get("/notes")
def notes():
    return []


# file: company/shop/main.py
from fastapi import FastAPI

from company.shop.notes import router as notes_router

app = FastAPI()
app.include_router(notes_router)
