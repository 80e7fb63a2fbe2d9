"""Decorators that have one wrapper for coroutine functions and one for plain functions keep each as it is."""

import asyncio
import functools
import inspect

from sqlalchemy.orm import Session

session = Session()


def traced(function):
    @functools.wraps(function)
    async def awaiting(*args, **kwargs):
        return await function(*args, **kwargs)

    @functools.wraps(function)
    def plain(*args, **kwargs):
        return function(*args, **kwargs)

    if inspect.iscoroutinefunction(function):
        return awaiting
    else:
        return plain


def in_thread(function):
    @functools.wraps(function)
    async def awaiting(*args, **kwargs):
        return await asyncio.to_thread(function, *args, **kwargs)

    return awaiting


@traced
def names():
    return session.execute("select name from users").all()


@in_thread
def names_elsewhere():
    return session.execute("select name from users").all()


@traced
async def greeting():
    return names()  # AUD103


async def greeting_elsewhere():
    return await names_elsewhere()
