import os

from fastapi import APIRouter, Request, WebSocket


class Server:
    def __init__(self, admin_token: str, prefix: str = ""):
        self._admin_token = admin_token
        self._last_token = ""
        self._prefix = prefix

    def routes(self):
        router = APIRouter()

        @router.websocket(f"{self._prefix}/forward")
        async def forward(websocket: WebSocket, admin_token: str = "", last_token: str = ""):
            if self._admin_token and admin_token != self._admin_token:  # AUD619
                await websocket.close(code=4001)
                return
            if last_token == self._last_token:
                return
            self._last_token = last_token

        return router


async def token(request: Request):
    body = await request.json()
    client_secret = body.get("client_secret")
    if client_secret != os.getenv("CLIENT_SECRET"):  # AUD619
        return None
    if body["grant_type"] != os.getenv("CLIENT_SECRET"):
        return None
    return body
