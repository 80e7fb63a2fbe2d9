"""Secrets of an application's state, and tokens that a function takes out of a header."""

from fastapi import FastAPI, HTTPException, Request

from settings import load_config

app = FastAPI()
config = load_config()


def require_admin(request: Request):
    expected = request.app.state.admin_token
    supplied = request.headers.get("x-admin-token")
    if expected and supplied == expected:  # AUD619
        return True
    raise HTTPException(401)


def extract_bearer(authorization):
    return authorization.removeprefix("Bearer ")


def authenticate(authorization: str):
    token = extract_bearer(authorization)
    return token == config.api_key  # AUD619


# -- silent ------------------------------------------------------------------------------------------------


def same_request(request: Request):
    expected = request.state.csrf_token
    supplied = request.headers.get("x-csrf-token")
    return supplied == expected


def same_version(request: Request):
    expected = request.app.state.version
    supplied = request.headers.get("x-version")
    return supplied == expected


def same_kind(authorization: str):
    kind = authorization.partition(" ")[0]
    return kind == config.kind
