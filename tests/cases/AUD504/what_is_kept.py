"""
Users, chats and projects are as many as the operator has let in: a number or a text for each is little.

An object, a list that grows or a lock for each is much; so is an entry for each address or session.
"""

import asyncio
import time
from collections import defaultdict

from starlette.applications import Starlette

_closed = set()
_last_seen = {}
_folders = {}
_status = {}
_logs = {}
_history = {}
_locks = defaultdict(asyncio.Lock)
_clients = {}
_in_flight = defaultdict(int)
_attempts = {}
_chains = {}
_handlers = {}


class Client:
    def __init__(self, user_id):
        self.user_id = user_id


async def close(user_id):
    _closed.add(user_id)
    _last_seen[user_id] = time.time()


async def choose(user_id: int, folder: str):
    _folders[user_id] = folder


async def run(chat_id, lines):
    log = _logs.setdefault(chat_id, [])
    log.clear()
    _status[chat_id] = "running"
    log.extend(lines)


async def remember(chat_id, line):
    _history.setdefault(chat_id, []).append(line)  # AUD504


async def charge(account_id, send):
    async with _locks[account_id]:  # AUD504
        await send(account_id)


async def client_of(user_id):
    if user_id not in _clients:
        _clients[user_id] = Client(user_id)  # AUD504
    return _clients[user_id]


async def forward(user_id, send):
    _in_flight[user_id] += 1  # AUD504
    try:
        return await send(user_id)
    finally:
        _in_flight[user_id] -= 1


async def limited(request):
    ip = request.client.host
    _attempts[ip] = _attempts.get(ip, 0) + 1  # AUD504


async def usage(request):
    """One database, whose path the settings give."""
    db_path = request.app.state.db_path
    _last_seen[str(db_path)] = time.time()


async def open_stream(agent, sid, send):
    _handlers.setdefault(agent, {})[sid] = send
    try:
        await send("open")
    finally:
        _handlers.get(agent, {}).pop(sid, None)


def verify(path):
    """The path is given to the application when it is made."""
    _chains[path] = _chains.get(path, 0) + 1
    return _chains[path] < 20


def application(audit_path):
    async def stats(request):
        return verify(audit_path)

    app = Starlette()
    app.add_route("/stats", stats)
    return app


class InMemoryRunStore:
    """A store of records keeps its records."""

    def __init__(self):
        self._lock = asyncio.Lock()
        self._runs = {}

    async def add(self, run_id, run):
        async with self._lock:
            self._runs[run_id] = run


class RunService:
    def __init__(self):
        self._lock = asyncio.Lock()
        self._runs = {}

    async def add(self, run_id, run):
        async with self._lock:
            self._runs[run_id] = run  # AUD504
