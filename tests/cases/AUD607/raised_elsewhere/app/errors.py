from typing import NoReturn

from fastapi import HTTPException


def raise_status(status: int) -> NoReturn:
    raise HTTPException(status)


def report_error(text: str) -> None:
    print(text)
