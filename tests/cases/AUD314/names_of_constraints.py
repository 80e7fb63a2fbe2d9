from sqlalchemy.exc import IntegrityError


def add(session, group):
    try:
        session.add(group)
    except IntegrityError as error:
        if "uq_group_name" in str(error.orig) or "NAME" in str(error.orig):
            return None
        raise


def add_once(session, group):
    try:
        session.add(group)
    except IntegrityError as error:
        if "UNIQUE" in str(error.orig):  # AUD314
            return None
        raise


def repeat(session, change, OperationalError):
    try:
        session.execute(change)
    except IntegrityError as error:
        text = str(error).lower()
        if "deadlock" in text or "database is locked" in text:
            return repeat(session, change, OperationalError)
        raise


def add_in_any_database(session, group):
    try:
        session.add(group)
    except IntegrityError as error:
        if "UNIQUE constraint failed" in error.args[0] or "Duplicate" in error.args[0]:  # AUD314
            return None
        raise
