import json

from fastapi import APIRouter, WebSocket

router = APIRouter()


@router.websocket("/ws")
async def talk(websocket: WebSocket, work):
    try:
        await work()
    except Exception as error:
        await websocket.send_text(f"failed: {error}")  # AUD308
        await websocket.close(reason="failed")


class Hub:
    def __init__(self, sockets):
        self.sockets = sockets

    async def tell(self, kind, text):
        for socket in self.sockets:
            await socket.send_json({"kind": kind, "text": text})

    async def fail(self, text):
        await self.tell("error", text)

    async def run(self, work):
        try:
            await work()
        except Exception as error:
            await self.fail(str(error))  # AUD308
            await self.tell("error", "failed")


class Console:
    def __init__(self, socket: WebSocket):
        self.socket = socket

    async def send_log(self, line: str) -> None:
        await self.socket.send_text(line)

    async def run(self, work) -> None:
        try:
            await work()
        except Exception as error:
            await self.send_log(f"failed: {error}")


def event(kind, number=0, **fields):
    return json.dumps({"type": kind, "id": number, **fields})


def numbered(kind, number=0, **fields):
    return json.dumps({"type": kind, **fields})


async def safe_send(socket: WebSocket, text: str):
    try:
        await socket.send_text(text)
    except RuntimeError:
        return False
    return True


async def by_an_event(socket: WebSocket, work):
    try:
        await work()
    except Exception as error:
        await safe_send(socket, event("error", error={"message": str(error)}))  # AUD308


async def by_what_is_left_out(socket: WebSocket, work):
    try:
        await work()
    except Exception as error:
        await safe_send(socket, numbered("error", number=str(error)))
