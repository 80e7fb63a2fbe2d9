"""Details of errors: dicts and texts."""

from fastapi import HTTPException
from starlette.exceptions import HTTPException as StarletteError

from shop.errors import HTTPException as OwnError

TEXT = "no such shelf"


def first():
    raise HTTPException(status_code=404, detail={"code": "NO_SHELF", "message": "no such shelf"})


def second():
    raise HTTPException(409, {"code": "TAKEN", "message": "the name is taken"})


def third(name):
    raise HTTPException(422, detail={"code": "BAD_NAME", "message": f"{name} is no name"})


def fourth():
    raise HTTPException(410, detail={"code": "GONE", "message": "it was sold"})


def as_text(name):
    raise HTTPException(404, f"no shelf {name}")  # AUD902


def under_a_name():
    raise StarletteError(404, detail=TEXT)  # AUD902


def what_somebody_gave(detail):
    raise HTTPException(404, detail=detail)


def without():
    raise HTTPException(404)


def own():
    raise OwnError(404, "no such shelf")
