from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Message


def list_messages(session: Session):
    return session.scalars(select(Message).order_by(Message.id)).all()


def list_messages_of(session: Session, owner: int):
    return session.scalars(select(Message).where(Message.owner == owner)).all()
