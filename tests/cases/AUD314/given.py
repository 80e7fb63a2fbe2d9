import psycopg2
from sqlalchemy.exc import IntegrityError


def status_of(exc: IntegrityError):
    if "unique" in str(exc.orig).lower():  # AUD314
        return 409
    return 400


def message_of(error: Exception):
    text = str(error).lower()
    if "duplicate key" in text:  # AUD314
        return "there is one already"
    return "failed"


def message_by_class(error: Exception):
    if isinstance(error, IntegrityError):
        if "duplicate key" in str(error):
            return "there is one already"
        return "refused"
    return "failed"


def wording_of(error: Exception):
    if "please" in str(error):
        return "asked"
    return "failed"


async def title_of(exception: psycopg2.Error):
    return "twice" if "duplicate" in f"{exception}" else "failed"  # AUD314
