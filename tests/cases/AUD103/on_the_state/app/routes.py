"""Routes that take what they need from the state."""

from app.stores import Store
from fastapi import APIRouter, Depends, Request, WebSocket

router = APIRouter()


def get_store(request: Request):
    return request.app.state.store


@router.get("/direct")
async def direct(request: Request, key: str):
    return request.app.state.store.rows(key)  # AUD103


@router.get("/late")
async def late(request: Request, key: str):
    store = request.app.state.late
    return store.rows(key)  # AUD103


@router.get("/optional")
async def optional(request: Request, key: str):
    return request.app.state.optional.rows(key)  # AUD103


@router.get("/depends")
async def depends(key: str, store=Depends(get_store)):
    return store.rows(key)  # AUD103


@router.websocket("/socket")
async def socket(websocket: WebSocket):
    await websocket.accept()
    await websocket.send_json(websocket.app.state.store.rows("all"))  # AUD103


@router.get("/memory")
async def memory(request: Request, key: str):
    return request.app.state.memory.rows(key)


@router.get("/either")
async def either(request: Request, key: str):
    return request.app.state.either.rows(key)


@router.get("/unknown")
async def unknown(request: Request, key: str):
    return request.app.state.unknown.rows(key)


@router.get("/twice")
async def twice(request: Request, key: str):
    return request.app.state.twice.rows(key)


@router.get("/missing")
async def missing(request: Request, key: str):
    return request.app.state.missing.rows(key)
