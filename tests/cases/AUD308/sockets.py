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
