"""Applications that serve, and those that do not count."""

from fastapi import APIRouter, FastAPI

router = APIRouter()
app = FastAPI(title="shop")  # AUD903
app.include_router(router)
inner = FastAPI()
app.mount("/inner", inner)
empty = FastAPI()


@router.delete("/notes/{number}")
def remove(number: int):
    return number


@inner.post("/notes")
def add(text: str):
    return text


def create_app():
    made = FastAPI()  # AUD903
    made.include_router(router)
    return made
