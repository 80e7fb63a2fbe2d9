import uuid
from collections import defaultdict
from typing import Any

from fastapi import APIRouter, Request

router = APIRouter()

_badges: dict[int, str] = {}
_prices: dict[str, Any] = {}
_kinds: dict[str, str] = {}
_models: dict[str, Any] = {}
_answers: dict[str, Any] = {}
_seen = set()


class Task:
    def __init__(self, kind):
        self.id = uuid.uuid4().hex
        self.kind = kind


class Manager:
    def __init__(self):
        self._tasks: dict[str, Task] = {}
        self._jobs: dict[str, Task] = {}
        self._users: dict[str, Task] = {}
        self._kept: dict[str, Task] = {}
        self._sessions: set[str] = set()

    def issue(self) -> str:
        session_id = uuid.uuid4().hex
        self._sessions.add(session_id)
        return session_id

    def submit(self, kind: str) -> str:
        job_id = f"job_{uuid.uuid4().hex[:8]}"
        self._jobs[job_id] = Task(kind)  # AUD504
        return job_id

    def add(self, kind: str) -> str:
        task = Task(kind)
        self._tasks[task.id] = task  # AUD504
        return task.id

    def invite(self, kind: str) -> str:
        user_id = str(uuid.uuid4())
        self._users[user_id] = kind
        return user_id

    def keep(self, kind: str) -> None:
        task = Task(kind)
        self._kept[task.id] = task
        self._kept.pop(task.id)


manager = Manager()


class Memory:
    lines: dict[str, list] = {}

    async def remember(self, session_id: str, text: str):
        self.lines.setdefault(session_id, []).append(text)  # AUD504


class Draft:
    lines: dict[str, list] = {}

    def __init__(self):
        self.lines = {}

    async def remember(self, session_id: str, text: str):
        self.lines.setdefault(session_id, []).append(text)


@router.post("/tasks")
async def submit(kind: str):
    return [manager.submit(kind), manager.add(kind), manager.invite(kind), manager.keep(kind), manager.issue()]


@router.get("/badges/{badge_number_id}")
def badge(badge_number_id: int):
    _badges[badge_number_id] = f"<svg>{badge_number_id}</svg>"  # AUD504
    return _badges[badge_number_id]


@router.get("/prices/{ticker}")
async def price(ticker: str):
    cache_key = f"price:{ticker}"
    _prices[cache_key] = {"x": 1}  # AUD504
    return _prices[cache_key]


@router.get("/kinds/{kind}")
async def kind(kind: str):
    _kinds[kind] = kind.upper()
    return _kinds[kind]


@router.get("/models/{model_id}")
async def model(model_id: str):
    _models[model_id] = object()
    return model_id


@router.post("/pay")
async def pay(request: Request):
    key = request.headers.get("Idempotency-Key")
    if key:
        _answers[key] = {"a": 1}  # AUD504
    return {}


@router.post("/events")
async def events(request: Request):
    event = await request.json()
    _seen.add(event["id"])  # AUD504
    return {}
