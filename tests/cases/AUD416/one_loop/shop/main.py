"""One process serves: its coroutines go on until they pause."""

import asyncio

from fastapi import Depends, FastAPI
from shop.models import User
from sqlalchemy.orm import Session

app = FastAPI()


def session_of_turn() -> Session: ...


@app.post("/a")
async def at_once(number: int, session: Session = Depends(session_of_turn)):
    user = session.get(User, number)
    user.visits += 1
    session.commit()


@app.post("/b")
async def after_a_pause(number: int, session: Session = Depends(session_of_turn)):
    user = session.get(User, number)
    await asyncio.sleep(0)
    user.visits += 1  # AUD416
    session.commit()


@app.post("/c")
def in_a_thread(number: int, session: Session = Depends(session_of_turn)):
    user = session.get(User, number)
    user.visits += 1  # AUD416
    session.commit()
