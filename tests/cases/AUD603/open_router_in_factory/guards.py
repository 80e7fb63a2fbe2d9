"""Who is there."""

from fastapi import Header, HTTPException


def current_user(x_key: str = Header("")):
    if x_key != "secret":
        raise HTTPException(401)
    return "someone"


def connection():
    return {}
