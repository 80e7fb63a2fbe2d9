"""Decorators: one takes every failure in, one lets it out again, one never awaits what it is given."""

import functools
import logging

logger = logging.getLogger(__name__)


def guarded(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        try:
            return func(*args, **kwargs)
        except Exception:
            logger.exception("failed")
            return {"code": 500, "data": None}

    return wrapper


def guarded_coroutine(default=None):
    def decorate(func):
        async def wrapper(*args, **kwargs):
            try:
                return await func(*args, **kwargs)
            except Exception:
                logger.exception("failed")
                return default

        return wrapper

    return decorate


def recorded(func):
    def wrapper(*args, **kwargs):
        try:
            return func(*args, **kwargs)
        except Exception:
            logger.exception("failed")
            raise

    return wrapper
