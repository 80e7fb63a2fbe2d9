"""AUD609: web sockets of clients that are gone."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.broadcasts import Fault, broadcasts, is_left_behind

_TELLING = {
    Fault.ENDS: ("fails for a client that is gone and the rest get nothing", "catch that inside the loop"),
    Fault.CHANGES: ("may change its size while the loop waits, a RuntimeError", "go over a copy"),
    Fault.SKIPS: ("may lose a client while the loop waits and the next is skipped", "go over a copy"),
}


class WebsocketWithoutCleanup(Rule):
    """
    ## What it does
    Finds loops that send to all web sockets of a shared container (of FastAPI and Starlette) where one client can
    stop the others from being told: nothing inside the loop catches the failure of a send; or the loop goes over
    the container itself, no copy, and waits while others come and go. Also finds routes that add their socket to
    a container and remove it only in a line that a disconnection never comes to.

    ## Why it matters
    A send to a client that has gone raises `WebSocketDisconnect` or `RuntimeError`. It ends the loop at the first
    such client, in every broadcast until somebody removes it. A dictionary or set that changes its size while a
    loop goes over it raises `RuntimeError`; a list from which an element is removed lets the next one be skipped.

    ## When to silence it
    When the first failure is meant to end the sending to all.
    """

    code = "AUD609"
    severity = Severity.HIGH
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    message = "`{code}` {fact}; {cure}"
    examined = "loops over web sockets reach every client"
    imports = ("fastapi", "starlette")
    call_names = ("send_text", "send_json", "send_bytes", "append", "add")

    bad = (
        """
        from fastapi import FastAPI, WebSocket, WebSocketDisconnect

        app = FastAPI()
        sockets: list[WebSocket] = []

        async def broadcast(text: str):
            for socket in list(sockets):
                await socket.send_text(text)  # AUD609

        @app.websocket("/chat")
        async def chat(socket: WebSocket):
            await socket.accept()
            sockets.append(socket)
            try:
                while True:
                    await broadcast(await socket.receive_text())
            except WebSocketDisconnect:
                sockets.remove(socket)
        """,
        """
        from fastapi import WebSocket

        class Room:
            def __init__(self):
                self.players: dict[str, WebSocket] = {}

            def join(self, name: str, socket: WebSocket):
                self.players[name] = socket

            async def tell(self, text: str):
                for name, socket in self.players.items():  # AUD609
                    try:
                        await socket.send_text(text)
                    except RuntimeError:
                        print("gone:", name)
        """,
        """
        from fastapi import FastAPI, WebSocket

        app = FastAPI()
        sockets: list[WebSocket] = []

        @app.websocket("/chat")
        async def chat(socket: WebSocket):
            await socket.accept()
            sockets.append(socket)  # AUD609
            while await socket.receive_text() != "bye":
                pass
            sockets.remove(socket)
        """,
    )
    good = (
        """
        from fastapi import FastAPI, WebSocket, WebSocketDisconnect

        app = FastAPI()
        sockets: set[WebSocket] = set()

        async def broadcast(text: str):
            for socket in list(sockets):
                try:
                    await socket.send_text(text)
                except (WebSocketDisconnect, RuntimeError):
                    sockets.discard(socket)

        @app.websocket("/chat")
        async def chat(socket: WebSocket):
            await socket.accept()
            sockets.add(socket)
            try:
                while True:
                    await broadcast(await socket.receive_text())
            except WebSocketDisconnect:
                pass
            finally:
                sockets.discard(socket)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a loop that does not reach all sockets, or a socket that stays behind."""
        module = self.module
        function = node.func
        if module.is_test or not isinstance(function, ast.Attribute):
            return
        if function.attr in ("append", "add"):
            left = is_left_behind(module, node)
            if left:
                self.report(
                    node,
                    code=module.text(node, 40),
                    fact="stays when the client goes away",
                    cure="remove it in `finally`",
                )
            elif left is False:
                self.passed(node)
            return
        broadcast = broadcasts(module).get(node)
        if broadcast is None:
            return
        if broadcast.fault is None:
            self.passed(broadcast.loop)
            return
        fact, cure = _TELLING[broadcast.fault]
        shown: ast.AST = node if broadcast.fault is Fault.ENDS else broadcast.container
        place: ast.AST = node if broadcast.fault is Fault.ENDS else broadcast.loop
        self.report(place, code=module.text(shown, 40), fact=fact, cure=cure)
