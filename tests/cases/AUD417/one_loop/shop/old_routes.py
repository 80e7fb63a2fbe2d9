"""What no application includes."""

from fastapi import APIRouter, Depends
from shop.models import User
from shop.routes import session_of_turn
from sqlalchemy.orm import Session

left_out = APIRouter()


@left_out.post("/k")
def in_no_application(email: str, session: Session = Depends(session_of_turn)):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))
        session.commit()
