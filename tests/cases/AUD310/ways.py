import logging

from fastapi import HTTPException
from fastapi.responses import JSONResponse

logger = logging.getLogger(__name__)


def logs_it(find):
    try:
        if not find():
            raise HTTPException(404, "no such item")
    except Exception:  # AUD310
        logger.exception("unexpected")
        raise


def answers_itself(find):
    try:
        if not find():
            raise HTTPException(status_code=404, detail="no such item")
    except Exception:  # AUD310
        logger.exception("unexpected")
        return JSONResponse({"error": "failed"}, status_code=500)


def lets_it_through(find):
    try:
        if not find():
            raise HTTPException(404, "no such item")
    except HTTPException:
        raise
    except Exception:
        logger.exception("unexpected")
        raise HTTPException(500, "failed")


def asks_for_it(find):
    try:
        if not find():
            raise HTTPException(404, "no such item")
    except Exception as error:
        if isinstance(error, HTTPException):
            raise
        raise HTTPException(500, "failed") from error


def raises_it_again(find, release):
    try:
        if not find():
            raise HTTPException(404, "no such item")
    except Exception:
        release()
        raise


def same_status(find):
    try:
        if not find():
            raise HTTPException(500, "no answer")
    except Exception:
        raise HTTPException(500, "failed")


def takes_it_inside(find):
    try:
        try:
            raise HTTPException(404, "no such item")
        except HTTPException:
            find()
    except Exception:
        raise HTTPException(500, "failed")


def another_function(find):
    try:

        def later():
            raise HTTPException(404, "no such item")

        find(later)
    except Exception:
        raise HTTPException(500, "failed")


def narrow(find):
    try:
        raise HTTPException(404, "no such item")
    except ValueError:
        raise HTTPException(500, "failed")
