"""Routes that ask the store on the application's state once for each row."""

from fastapi import APIRouter, Request

from .shown import shown

router = APIRouter()


@router.get("/spent")
def spent(request: Request):
    store = request.app.state.store
    return {slug: store.spent(slug) for slug, _ in store.projects()}  # AUD408


@router.get("/lines")
def lines(request: Request):
    found = []
    for project in request.app.state.store.projects():
        found.append((shown(project[1]), request.app.state.store.spent(project[0])))  # AUD408
    return found


@router.get("/titles")
def titles(request: Request):
    store = request.app.state.store
    return [store.title(slug) for slug, _ in store.projects()]


@router.get("/either")
def either(request: Request):
    store = request.app.state.either
    return [store.spent(slug) for slug, _ in store.projects()]


@router.get("/unknown")
def unknown(request: Request):
    store = request.app.state.elsewhere
    return [store.spent(slug) for slug, _ in store.projects()]


@router.post("/refresh")
async def refresh(request: Request):
    store = request.app.state.store
    for slug, _ in store.projects():
        store.warm(slug)
