"""A key that is looked up in a request, or that a call gives for one; objects whose methods define routes."""

import time
from collections import deque

from fastapi import APIRouter, WebSocket

_seen = {}
_hits = {}
_loaded = {}


def address_of(connection):
    return connection.headers.get("x-forwarded-for") or connection.client.host


async def see(request):
    session_id = request.headers.get("x-session")
    _seen[session_id] = time.time()  # AUD504


async def load(settings, names):
    path = settings.get("path")
    _loaded[path] = names


class Router:
    def __init__(self):
        self.router = APIRouter()
        self._attempts = {}
        self._register()

    def _register(self):
        @self.router.websocket("/agents")
        async def agents(websocket: WebSocket):
            client_ip = address_of(websocket)
            attempts = self._attempts.setdefault(client_ip, deque())  # AUD504
            attempts.append(time.time())
            if len(attempts) > 5:
                await websocket.close()


class Listing:
    """Made for each run."""

    def __init__(self):
        self._attempts = {}

    async def add(self, client_ip):
        self._attempts[client_ip] = time.time()
