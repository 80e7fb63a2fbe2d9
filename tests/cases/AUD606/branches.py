"""One of two branches takes in the router."""

from fastapi import APIRouter, FastAPI

router = APIRouter()


@router.get("/notes")
def notes():
    return []


def make(is_first):
    app = FastAPI()
    if is_first:
        app.include_router(router)
    else:
        app.include_router(router)
        app.include_router(router)  # AUD606
    return app
