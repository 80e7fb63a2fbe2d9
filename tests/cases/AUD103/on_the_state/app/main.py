"""What an application's state holds is put there where the application is made."""

from contextlib import asynccontextmanager

from app.stores import AsyncStore, MemoryStore, Store
from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.late = Store()
    yield


def create_app(kept: bool) -> FastAPI:
    app = FastAPI(lifespan=lifespan)
    store = Store()
    app.state.store = store
    app.state.optional = None
    app.state.optional = Store()
    app.state.memory = MemoryStore()
    app.state.either = Store() if kept else AsyncStore()
    app.state.unknown = find_store(kept)
    app.state.twice = Store()
    return app
