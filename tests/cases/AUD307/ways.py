import logging
from http import HTTPStatus

from fastapi import HTTPException, status
from flask import abort

logger = logging.getLogger(__name__)


class Unavailable(HTTPException):
    pass


def by_name(work):
    try:
        work()
    except Exception:
        raise HTTPException(status.HTTP_502_BAD_GATEWAY, "no answer")  # AUD307


def by_enumeration(work):
    try:
        work()
    except Exception:
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, "no answer")  # AUD307


def by_subclass(work):
    try:
        work()
    except Exception:
        raise Unavailable(503, "no answer")  # AUD307


def by_function(work):
    try:
        work()
    except Exception:
        abort(500)  # AUD307


def on_one_way(work, loud):
    try:
        work()
    except Exception as error:
        if loud:
            logger.error("failed: %s", error)
        raise HTTPException(500, "failed")  # AUD307


def for_the_client(work):
    try:
        work()
    except Exception:
        raise HTTPException(status_code=404, detail="nothing there")


def unknown_status(work, code):
    try:
        work()
    except Exception:
        raise HTTPException(status_code=code, detail="failed")


def logged_first(work):
    try:
        work()
    except Exception:
        logger.exception("failed")
        raise HTTPException(500, "failed") from None


def kept_as_cause(work):
    try:
        work()
    except Exception as error:
        raise HTTPException(500, "failed") from error  # AUD307


def kept_as_cause_of_what_was_expected(work):
    try:
        work()
    except Exception as error:
        raise HTTPException(503, "not now") from error


def kept_as_cause_and_logged(work):
    try:
        work()
    except Exception as error:
        logger.exception("failed")
        raise HTTPException(500, "failed") from error


def told(work):
    try:
        work()
    except Exception as error:
        raise HTTPException(500, f"failed: {error}") from error


def expected(work):
    try:
        work()
    except LookupError:
        raise HTTPException(500, "failed") from None


def chained(work):
    try:
        work()
    except Exception:
        raise RuntimeError("failed")


def again(work):
    try:
        work()
    except Exception:
        raise


def told_elsewhere(work, report):
    try:
        work()
    except Exception:
        report("failed")
        raise HTTPException(500, "failed")


def _lost(user):
    logger.exception("no data of %s", user)
    return RuntimeError("no data")


def _refused(user):
    logger.info("no data of %s", user)
    return RuntimeError("no data")


def logged_by_its_maker(work, user):
    try:
        work()
    except Exception:
        raise _lost(user) from None


def not_logged_by_its_maker(work, user):
    try:
        work()
    except Exception:
        raise _refused(user) from None  # AUD307
