import asyncio

from aiohttp import web
from fastapi import APIRouter, WebSocket

router = APIRouter()
ready = asyncio.Event()
answers: asyncio.Queue = asyncio.Queue()


@router.get("/answer")
async def answer():
    return await answers.get()  # AUD118


@router.get("/answer/soon")
async def answer_soon():
    async with asyncio.timeout(3):
        return await answers.get()


@router.get("/answer/given")
async def answer_given():
    return await asyncio.wait_for(answers.get(), timeout=3)


async def worker():
    await ready.wait()
    while True:
        print(await answers.get())


@router.get("/all")
async def collect():
    found = []
    while len(found) < 3:
        found.append(await answers.get())
    return found


@router.websocket("/ws")
async def stream(websocket: WebSocket):
    await websocket.accept()
    user = await authenticate(websocket)
    hello = await websocket.receive_json()  # AUD118
    while True:
        message = await websocket.receive_json()
        await websocket.send_json([user, hello, message])


@router.websocket("/watch")
async def watch(websocket: WebSocket):
    await websocket.accept()
    # Nothing but the disconnect is waited for.
    await websocket.receive()


@router.websocket("/quick")
async def quick(websocket: WebSocket):
    token = await asyncio.wait_for(websocket.receive_text(), 5)
    if await login(websocket) == token:
        await asyncio.wait_for(handshake(websocket), timeout=5)


async def authenticate(websocket: WebSocket):
    message = await websocket.receive_json()  # AUD118
    return message["user"]


async def login(websocket: WebSocket):
    return await own_timeout(websocket.receive_json(), 3)


async def handshake(websocket: WebSocket):
    return await websocket.receive_json()


async def own_timeout(waited, seconds):
    return await waited


async def next_message(websocket: WebSocket):
    return await websocket.receive_json()


async def aiohttp_handler(request: web.Request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    return await socket.receive_str()


async def dump(host):
    reader, writer = await asyncio.wait_for(asyncio.open_connection(host, 80), 3)
    body = await reader.read()
    head = await reader.readexactly(4)  # AUD118
    while line := await reader.readline():
        body += line
    return head + body


async def served(reader, writer):
    return await reader.readline()
