from shop.models import User
from sqlalchemy.orm import Session


def called_on_loop(session: Session, email):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))
        session.commit()


def called_in_thread(session: Session, email):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))  # AUD417
        session.commit()


def handed_to_thread(session: Session, email):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))  # AUD417
        session.commit()


def left_to_caller(session: Session, email):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))  # AUD417


def told_of_twins(session: Session, email):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))


def told_of_one(session: Session, email):
    known = session.query(User).filter_by(email=email).first()
    if known is None:
        session.add(User(email=email))  # AUD417


def kept(holder, email):
    return holder.register(email)


class Kept:
    def __init__(self, session: Session):
        self.session = session

    def register(self, email):
        known = self.session.query(User).filter_by(email=email).first()
        if known is None:
            self.session.add(User(email=email))  # AUD417
            self.session.commit()


class NamedNowhere:
    def __init__(self, session: Session):
        self.session = session

    def register(self, email):
        known = self.session.query(User).filter_by(email=email).first()
        if known is None:
            self.session.add(User(email=email))
            self.session.commit()
