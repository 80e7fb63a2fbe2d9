import sqlite3

from sqlalchemy.exc import OperationalError


def writes(session, row):
    try:
        session.add(row)
        session.commit()
    except OperationalError as error:
        if "database is locked" in str(error).lower():
            return False
        raise


def writes_text(session, row):
    try:
        session.add(row)
        session.commit()
    except OperationalError as error:
        if "lost connection" in str(error).lower():  # AUD314
            return False
        raise


def writes_plainly(connection, row):
    try:
        connection.execute("insert into rows values (?)", row)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):  # AUD314
            return False
        raise
