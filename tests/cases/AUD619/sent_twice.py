"""Two tokens of one request: none of them is the server's secret."""

from fastapi import HTTPException, Request


def validate_csrf(request: Request, submitted_token: str | None) -> None:
    cookie_token = request.cookies.get("csrf_token")
    if cookie_token != submitted_token:
        raise HTTPException(403)


def validate_in_header(request: Request, submitted_token: str) -> None:
    if request.cookies["csrf_token"] != submitted_token:
        raise HTTPException(403)


def validate_key(request: Request, api_key: str) -> None:
    if request.headers.get("X-API-Key") != api_key:  # AUD619
        raise HTTPException(401)
