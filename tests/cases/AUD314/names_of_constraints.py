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
