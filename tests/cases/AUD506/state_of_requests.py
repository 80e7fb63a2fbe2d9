"""State that a route keeps under a key of its request, beside a database; tokens that a dependency looks up."""

import secrets
import time

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

router = APIRouter()
_pending_answers: dict[str, str] = {}  # AUD506
_active_tokens: dict[str, float] = {}  # AUD506
_titles = {}
_own_state = {}


class Answer(BaseModel):
    text: str


def get_session() -> AsyncSession: ...


@router.post("/tasks/{task_id}/answer")
async def post_answer(task_id: str, body: Answer):
    _pending_answers[task_id] = body.text
    _titles[task_id] = body.text
    return {"status": "answered"}


@router.get("/tasks/{task_id}/answer")
async def get_answer(task_id: str, session: AsyncSession = Depends(get_session)):
    if task_id not in _pending_answers:
        raise HTTPException(404)
    return {"answer": _pending_answers.pop(task_id), "title": _titles.get(task_id)}


@router.put("/state/{name}")
async def remember(name: str, body: Answer):
    """Nobody else looks at it."""
    _own_state[name] = body.text
    return _own_state[name]


def create_token() -> str:
    token = secrets.token_urlsafe(32)
    _active_tokens[token] = time.time() + 3600
    return token


@router.post("/login")
async def log_in():
    return {"token": create_token()}


def verify_token(request: Request) -> bool:
    token = request.headers.get("Authorization", "")
    if _active_tokens.get(token, 0) < time.time():
        raise HTTPException(401)
    return True
