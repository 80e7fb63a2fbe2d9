"""What routes of FastAPI look up by the request, in dicts of the module, by SQLAlchemy and in MongoDB."""

import logging
import uuid
from collections import defaultdict
from enum import Enum
from typing import Annotated, Literal

from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.database import get_session
from shop.documents import notes
from shop.models import Order

app = FastAPI()
logger = logging.getLogger(__name__)
JOBS: dict[str, dict] = {}
LABELS = {"a": "Alpha", "b": "Beta"}
COUNTS = defaultdict(int)


class Kind(Enum):
    BIG = "big"


class Wanted(BaseModel):
    label: str


@app.get("/jobs/{job_id}")
async def job(job_id: str):
    logger.info("asked for %s", job_id)
    return JOBS[job_id]  # AUD628


@app.delete("/jobs/{job_id}")
async def forget(job_id: uuid.UUID):
    del JOBS[job_id]  # AUD628
    return {}


@app.get("/jobs/{job_id}/state")
async def state(job_id: str):
    found = JOBS.get(job_id)
    return found["state"]  # AUD628


@app.post("/labels")
async def label(wanted: Wanted):
    return {"label": LABELS[wanted.label]}  # AUD628


@app.get("/labels/{name}")
async def known_label(name: Literal["a", "b"], kind: Kind, x_tenant: Annotated[str, Header()]):
    return {"label": LABELS[name], "kind": LABELS[kind], "tenant": LABELS[x_tenant]}


@app.get("/counts/{name}")
async def count(name: str, job_id: str):
    if job_id not in JOBS:
        raise HTTPException(404)
    return {"count": COUNTS[name], "job": JOBS[job_id]}


@app.put("/jobs/{job_id}")
async def put(job_id: str, wanted: Wanted):
    JOBS[job_id] = wanted.model_dump()
    return {}


@app.get("/orders/{order_id}")
async def order(order_id: int, session: Session = Depends(get_session)):
    result = await session.execute(select(Order).where(Order.id == order_id))
    return result.scalar_one()  # AUD628


@app.get("/orders/{order_id}/lines")
async def lines(order_id: int, session: Session = Depends(get_session)):
    statement = select(Order).where(Order.id == order_id)
    row = (await session.execute(statement)).scalar_one_or_none()
    return {"lines": row.lines}  # AUD628


@app.get("/orders/{order_id}/user")
def user(order_id: int, session: Session = Depends(get_session)):
    row = session.query(Order).filter(Order.id == order_id).first()
    return {"user": row.user if row else None}


@app.get("/orders/{order_id}/total")
def total(order_id: int, session: Session = Depends(get_session)):
    row = session.get(Order, order_id)
    if row is None:
        raise HTTPException(404)
    return {"total": row.total}


@app.get("/orders/{order_id}/count")
def number(order_id: int, session: Session = Depends(get_session)):
    asked = select(func.count()).select_from(Order).where(Order.id == order_id)
    return {"number": session.execute(asked).scalar_one()}


@app.get("/orders/{order_id}/name")
def name(order_id: int, session: Session = Depends(get_session)):
    return {"name": session.query(Order).filter_by(id=order_id).one().name}  # AUD628


@app.get("/orders/{order_id}/checked")
def checked(order_id: int, session: Session = Depends(get_session)):
    try:
        return {"name": session.query(Order).filter_by(id=order_id).one().name}
    except Exception:
        raise HTTPException(404) from None


@app.get("/orders/{order_id}/failed")
def failed(order_id: int, session: Session = Depends(get_session)):
    try:
        return {"name": session.query(Order).filter_by(id=order_id).one().name}  # AUD628
    except Exception:
        logger.exception("no name")
        raise HTTPException(500) from None


@app.get("/notes/{note_id}")
async def note(note_id: str):
    found = await notes.find_one({"_id": note_id})
    return {"text": found["text"]}  # AUD628


@app.get("/all")
def everything(session: Session = Depends(get_session)):
    newest = session.query(Order).order_by(Order.id.desc()).first()
    return {"newest": newest.id, "label": LABELS["a"]}


def helper(job_id):
    return JOBS[job_id]
