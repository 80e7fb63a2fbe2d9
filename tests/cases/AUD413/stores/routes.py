from fastapi import FastAPI

from .store import EventStore

app = FastAPI()
store = EventStore("events.db")


@app.get("/events")
def events():
    return store.list_events()  # AUD413


@app.get("/newest")
def newest():
    return store.list_newest()


@app.get("/own")
def own(owner: str):
    return store.list_of(owner)


@app.get("/kinds")
def kinds():
    return store.list_kinds()


@app.get("/pages")
def pages(limit: int = 50):
    return store.list_events()[:limit]
