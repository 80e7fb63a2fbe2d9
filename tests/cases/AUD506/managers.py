"""Stores behind an object that serves all routes, and entries that make their own names."""

import uuid

from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI()
sessions = {}  # AUD506
orders = {}  # AUD506
named = {}


class Session(BaseModel):
    id: str
    state: str = "new"


class Order(BaseModel):
    id: str = Field(default_factory=lambda: str(uuid.uuid4()))
    amount: int = 0


class Jobs:
    def __init__(self):
        self._jobs: dict[str, dict] = {}  # AUD506

    def create(self, name):
        job_id = uuid.uuid4().hex
        self._jobs[job_id] = {"name": name, "status": "queued"}
        return job_id

    def get(self, job_id):
        return self._jobs.get(job_id)


jobs = Jobs()


@app.post("/jobs")
def start_job(name: str):
    return jobs.create(name)


@app.get("/jobs/{job_id}")
def show_job(job_id: str):
    return jobs.get(job_id)


@app.post("/sessions")
def start_session():
    session = Session(id=str(uuid.uuid4()))
    sessions[session.id] = session
    return session


@app.get("/sessions/{session_id}")
def show_session(session_id: str):
    return sessions[session_id]


@app.post("/orders")
def start_order(amount: int):
    order = Order(amount=amount)
    orders[order.id] = order
    return order


@app.get("/orders/{order_id}")
def show_order(order_id: str):
    return orders[order_id]


@app.post("/named/{name}")
def start_named(name: str):
    session = Session(id=name)
    named[session.id] = session
    return session


@app.get("/named/{name}")
def show_named(name: str):
    return named[name]
