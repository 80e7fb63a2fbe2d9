import asyncio

from fastapi import APIRouter, Depends
from shop.models import User
from shop.services import called_on_loop, called_in_thread, handed_to_thread, left_to_caller, told_of_one, told_of_twins
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

router = APIRouter()


def session_of_turn() -> Session: ...


def send(email): ...


@router.post("/a")
async def at_once(email: str, session: Session = Depends(session_of_turn)):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))
        session.commit()


@router.post("/b")
async def after_a_pause(email: str, session: Session = Depends(session_of_turn)):
    known = session.query(User).filter_by(email=email).first()
    await asyncio.sleep(0)
    if known is None:
        session.add(User(email=email))  # AUD417
        session.commit()


@router.post("/c")
async def with_a_pause_before_the_commit(email: str, session: Session = Depends(session_of_turn)):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))  # AUD417
        await asyncio.to_thread(send, email)
        session.commit()


@router.post("/d")
async def with_pauses_around(email: str, session: Session = Depends(session_of_turn)):
    await asyncio.sleep(0)
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))
        session.commit()
    await asyncio.to_thread(send, email)


@router.post("/e")
def in_a_thread(email: str, session: Session = Depends(session_of_turn)):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))  # AUD417
        session.commit()


@router.post("/f")
async def committed_elsewhere(email: str, session: Session = Depends(session_of_turn)):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))  # AUD417


@router.post("/g")
async def calling(email: str, session: Session = Depends(session_of_turn)):
    called_on_loop(session, email)
    called_in_thread(session, email)
    left_to_caller(session, email)
    await asyncio.to_thread(handed_to_thread, session, email)
    session.commit()


@router.post("/h")
def calling_in_a_thread(email: str, session: Session = Depends(session_of_turn)):
    called_in_thread(session, email)


@router.post("/i")
def told(email: str, session: Session = Depends(session_of_turn)):
    try:
        told_of_twins(session, email)
        told_of_one(session, email)
        session.commit()
    except IntegrityError:
        session.rollback()


@router.post("/j")
def not_told(email: str, session: Session = Depends(session_of_turn)):
    try:
        told_of_one(session, email)
        session.commit()
    except Exception:
        session.rollback()
