import contextlib

from fastapi import HTTPException


async def find(number):
    if number < 0:
        raise HTTPException(status_code=404, detail="no such order")
    return number


def read(upload):
    error = HTTPException(413, "too large")
    if len(upload) > 10:
        raise error
    return upload


def load(upload):
    return read(upload).strip()


def ask(number):
    raise HTTPException(status_code=500, detail=f"no answer for {number}")


def ask_quietly(number):
    with contextlib.suppress(HTTPException):
        ask(number)
    try:
        load(str(number))
    except HTTPException:
        return None
    return number


def refuse(error):
    raise HTTPException(status_code=503, detail="not now") from error


def parts(number):
    yield number
    raise HTTPException(status_code=404, detail="no such order")
