import sys

from sqlalchemy import util


def write(session):
    try:
        session.flush()
    except:
        with util.safe_reraise():
            session.rollback()


def swallow(session, util):
    try:
        session.flush()
    except:  # AUD301
        with util.safe_reraise():
            session.rollback()


def later(session):
    failure = None
    try:
        session.flush()
    except:
        failure = sys.exc_info()
    finally:
        session.close()
    if failure is not None:
        raise failure[1]
