"""Dicts of several forms are no custom."""

from fastapi import HTTPException


def first():
    raise HTTPException(404, {"code": "NO_SHELF", "message": "no such shelf"})


def second():
    raise HTTPException(409, {"error": "the name is taken"})


def third():
    raise HTTPException(422, {"code": "BAD", "message": "no name"})


def fourth():
    raise HTTPException(404, "no such shelf")
