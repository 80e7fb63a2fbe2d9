"""Rows that another method of the class has claimed under a lock, for those who then count."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Message, User


class Outbox:
    def claim(self, session: Session):
        return session.scalars(select(Message).with_for_update(skip_locked=True)).all()

    def count_attempt(self, session: Session, key):
        message = session.get(Message, key)
        message.attempts = (message.attempts or 0) + 1
        session.flush()

    def count_of_user(self, session: Session, key):
        user = session.get(User, key)
        user.points += 1  # AUD416
        session.flush()
