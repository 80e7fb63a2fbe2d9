from sqlalchemy.exc import IntegrityError


def add_any(session):
    try:
        session.commit()
    except IntegrityError as error:
        if any(word in str(error).lower() for word in ("unique", "duplicate")):  # AUD314
            return False
        raise


def add_known(session, names):
    try:
        session.commit()
    except IntegrityError as error:
        if any(name in str(error) for name in names):
            return False
        raise


def add_named(session):
    try:
        session.commit()
    except IntegrityError as error:
        is_double = "UNIQUE" in str(error)  # AUD314
        session.rollback()
        if is_double:
            return False
        raise


def add_told(session, notes):
    try:
        session.commit()
    except IntegrityError as error:
        was_double = "UNIQUE" in str(error)
        notes.append(was_double)
        raise


def add_held(session):
    try:
        session.commit()
    except IntegrityError as error:
        if (text := str(error)) and "UNIQUE" in text:  # AUD314
            return False
        raise


def add_original(session):
    try:
        session.commit()
    except IntegrityError as error:
        if "UNIQUE" in error.orig.args[0]:  # AUD314
            return False
        raise


def add_broad(session):
    try:
        session.commit()
    except Exception as error:
        if "duplicate key" in str(error):  # AUD314
            return False
        raise
