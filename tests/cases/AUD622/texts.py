"""Texts of requests, and what is compared with them."""

import hashlib
import hmac
import secrets
from typing import Annotated

from fastapi import Depends, Header, HTTPException, Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBasicCredentials, HTTPBearer

TOKEN = "tea"
scheme = APIKeyHeader(name="X-Key")


def by_cookie(request: Request):
    cookie = request.cookies.get("session", "")
    return bool(cookie) and secrets.compare_digest(cookie, request.app.state.token)  # AUD622


def by_parts(request: Request):
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and secrets.compare_digest(value, TOKEN)  # AUD622


def by_parameter(authorization: str | None = Header(default=None)):
    if authorization is None:
        raise HTTPException(401)
    token = authorization.removeprefix("Bearer ")
    if not hmac.compare_digest(TOKEN, token):  # AUD622
        raise HTTPException(401)


def annotated(x_key: Annotated[str, Header()]):
    return hmac.compare_digest(x_key, TOKEN)  # AUD622


def by_scheme(key: str = Security(scheme)):
    return hmac.compare_digest(key, TOKEN)  # AUD622


def by_bearer(credentials: HTTPAuthorizationCredentials = Depends(HTTPBearer())):
    return hmac.compare_digest(credentials.credentials, TOKEN)  # AUD622


def as_bytes(request: Request):
    return secrets.compare_digest(request.headers["X-Key"].encode(), TOKEN.encode())


def digests(request: Request):
    given = hashlib.sha256(request.headers["X-Key"].encode()).hexdigest()
    return secrets.compare_digest(given, hashlib.sha256(TOKEN.encode()).hexdigest())


def basic(credentials: HTTPBasicCredentials):
    return secrets.compare_digest(credentials.password, TOKEN)


def asked(request: Request):
    key = request.headers.get("X-Key", "")
    return key.isascii() and secrets.compare_digest(key, TOKEN)


def taken(request: Request):
    try:
        return secrets.compare_digest(request.headers.get("X-Key", ""), TOKEN)
    except TypeError:
        return False


def never_right(request: Request, key: bytes):
    return secrets.compare_digest(request.headers.get("X-Key", ""), b"tea")


def unknown(given, kept):
    return secrets.compare_digest(given, kept)


def replaced(request: Request, other):
    key = request.headers.get("X-Key", "")
    if not key:
        key = other
    return secrets.compare_digest(key, TOKEN)


def opened(request: Request, unsign):
    cookie = request.cookies.get("state")
    state = cookie and unsign(cookie)
    return secrets.compare_digest(state["key"], TOKEN)


def of_either(request: Request):
    token = request.headers.get("X-Key") or request.query_params.get("key", "")
    return secrets.compare_digest(token, TOKEN)  # AUD622


def parsed(request: Request, parse_tag):
    tag = request.headers.get("If-None-Match", "")
    if tag:
        try:
            parse_tag(tag)
        except ValueError:
            return None
        return secrets.compare_digest(tag, TOKEN)
    return False


def parsed_at_times(request: Request, parse_tag, strict):
    tag = request.headers.get("If-None-Match", "")
    if strict:
        parse_tag(tag)
    return secrets.compare_digest(tag, TOKEN)  # AUD622
