"""Secrets in a section of the settings, in declared parts of the request, and beside what callers hand on."""

from fastapi import Header, Query, Request
from app.settings import gate_token, public_name


async def admitted(request: Request):
    token: str = request.app.state.config.dashboard.admin_token
    if not token:
        return True
    auth = request.headers.get("Authorization", "")
    if auth.startswith("Bearer ") and auth.removeprefix("Bearer ") == token:  # AUD619
        return True
    shown = request.app.state.user.token
    if request.query_params.get("token") == shown:
        return True
    return request.query_params.get("token") == token  # AUD619


def require_gate(x_gate_token: str | None = Header(default=None), wanted: str = Query("")):
    return x_gate_token != gate_token or wanted == public_name  # AUD619


def plain(x_gate_token: str | None = None):
    return x_gate_token != gate_token


KEPT_PASSWORD = public_name.config.get("analysis_password", "")
GRANT_PASSWORD = "password"
late_token: str | None = None


def asked(request: Request):
    return request.headers.get("X-Password", "") == KEPT_PASSWORD  # AUD619


def granted(request: Request):
    return request.query_params.get("grant") == GRANT_PASSWORD


async def either(request: Request, app):
    token = request.query_params.get("token", "")
    if not token:
        token = request.headers.get("Authorization", "")[7:]
    if token == app.config["API_TOKEN"]:  # AUD619
        return True
    other = request.headers.get("X-Other")
    if not other:
        other = await app.lookup()
    if other == app.config["API_TOKEN"]:
        return True
    headers = request.headers
    return headers["X-Token"] == late_token  # AUD619


class Raw:
    async def __call__(self, scope, receive, send):
        headers = dict(scope.get("headers") or [])
        token = (headers.get(b"x-token") or b"").decode("latin-1")
        return token == late_token  # AUD619
