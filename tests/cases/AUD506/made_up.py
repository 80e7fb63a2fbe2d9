"""Keys that are made up under a condition, or by a function that is there for it."""

import uuid

from fastapi import FastAPI, HTTPException

app = FastAPI()
_approvals = {}  # AUD506
_uploads = {}  # AUD506
_notes = {}


def new_name():
    """Make up a name."""
    return f"up-{uuid.uuid4().hex}"


def name_of_day(day):
    return f"day-{day}"


@app.post("/orders")
async def order(amount: int):
    approval_id = None
    if amount > 100:
        approval_id = "ap-" + uuid.uuid4().hex[:12]
        _approvals[approval_id] = {"amount": amount, "status": "pending"}
    return {"approval": approval_id}


@app.get("/approvals/{approval_id}")
async def approval(approval_id: str):
    pending = _approvals.get(approval_id)
    if pending is None:
        raise HTTPException(404)
    return pending


@app.post("/uploads")
async def start_upload(size: int):
    name = new_name()
    _uploads[name] = {"size": size}
    return {"name": name}


@app.get("/uploads/{name}")
async def upload(name: str):
    return _uploads[name]


@app.post("/notes")
async def note(day: str):
    _notes[name_of_day(day)] = {"day": day}


@app.get("/notes/{name}")
async def noted(name: str):
    return _notes[name]
