import logging

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from app.extensions import db

SessionLocal = sessionmaker()
log = logging.getLogger(__name__)
kept = SessionLocal()
removed = scoped_session(SessionLocal)


def keeps_one_for_the_module(row):
    try:
        kept.add(row)
        kept.commit()
    except Exception:  # AUD420
        log.exception("not saved")


def is_removed_at_the_end_of_each_request(row):
    try:
        removed.add(row)
        removed.commit()
    except Exception:
        log.exception("not saved")


def end_of_request(error):
    removed.remove()


def is_removed_by_the_framework(row):
    try:
        db.session.add(row)
        db.session.commit()
    except Exception:
        log.exception("not saved")
        return False
    return True


def goes_on_with_the_session_of_the_framework(row, receipt):
    try:
        db.session.add(row)
        db.session.commit()
    except Exception:  # AUD420
        log.exception("not saved")
    db.session.add(receipt)
    db.session.commit()


def closes_at_the_end(row):
    session = SessionLocal()
    try:
        session.add(row)
        session.commit()
    except Exception:
        log.exception("not saved")
    finally:
        session.close()


def leaves_the_block(row):
    with SessionLocal() as session:
        try:
            session.add(row)
            session.commit()
        except Exception:
            log.exception("not saved")


def commits_at_the_end_of_the_block(row, receipt):
    with SessionLocal() as session:
        try:
            session.add(row)
            session.flush()
        except Exception:  # AUD420
            log.exception("not saved")
        session.add(receipt)
        session.commit()


def leaves_it_to_the_caller(session: Session, row):
    try:
        session.add(row)
        session.commit()
    except Exception:
        log.exception("not saved")
        return None
    return row


def begins_a_block(session: Session, row, receipt):
    try:
        with session.begin():
            session.add(row)
    except Exception:
        log.exception("not saved")
    session.add(receipt)
    session.commit()


class Given:
    def __init__(self, session: Session):
        self.session = session

    def save(self, row):
        try:
            self.session.add(row)
            self.session.commit()
        except Exception:
            log.exception("not saved")


class Recovering:
    def __init__(self, url):
        self.session = Session(create_engine(url))

    def save(self, row):
        try:
            self.session.add(row)
            self.session.commit()
        except Exception:
            log.exception("not saved")
            self.recover()

    def recover(self):
        self.session.rollback()
