from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from .crud import list_messages, list_messages_of
from .sessions import get_session
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


@app.get("/messages")
def messages(session: Session = Depends(get_session)):
    return list_messages(session)  # AUD413


@app.get("/messages/{owner}")
def messages_of(owner: int, session: Session = Depends(get_session)):
    return list_messages_of(session, owner)
