"""Routes that hand numbers to a store that a protocol describes."""

from fastapi import APIRouter

from stores import Store

router = APIRouter()


def build(store: Store) -> APIRouter:
    @router.get("/events")
    def events(limit: int = 50):  # AUD615
        return store.read(limit=limit)

    @router.get("/last")
    def last(count: int = 50):
        return store.last(count)

    return router
