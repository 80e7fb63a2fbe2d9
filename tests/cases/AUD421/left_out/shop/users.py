"""Routes of the application."""

from fastapi import APIRouter, Depends
from shop.models import User
from sqlalchemy.orm import Session

router = APIRouter()


def session_of_turn() -> Session: ...


@router.post("/users")
def users(number: int, session: Session = Depends(session_of_turn)):
    return session.query(User).offset(number * 10).limit(10).all()  # AUD421
