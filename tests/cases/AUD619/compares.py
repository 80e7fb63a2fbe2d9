import hashlib
import hmac
import os

from fastapi import APIRouter, Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials

from app.config import ADMIN_TOKEN, settings

router = APIRouter()
TOKEN = os.getenv("SERVICE_TOKEN", "")


@router.get("/a")
async def from_headers(request: Request):
    if request.headers.get("x-token") == TOKEN:  # AUD619
        return 1
    token = request.headers["authorization"].removeprefix("Bearer ")
    if token != settings.api_token:  # AUD619
        return 2
    if token == ADMIN_TOKEN:  # AUD619
        return 3
    if token == "" or token is None or TOKEN == "":
        return 4
    return 5


@router.get("/b")
async def from_credentials(credentials: HTTPAuthorizationCredentials = Depends()):
    return credentials.credentials == settings.secret_key.get_secret_value()  # AUD619


@router.get("/c")
async def safe(api_key: str = Header(), page_token: str = ""):
    if page_token == settings.page_size:
        return 0
    return hmac.compare_digest(api_key, settings.api_key)


def signed(body, header):
    expected = "sha256=" + hmac.new(b"key", body, hashlib.sha256).hexdigest()
    return expected == header  # AUD619


def same_file(body, known):
    return hashlib.sha256(body).hexdigest() == known


def two(a, b):
    return hmac.new(b"k", a, "sha256").digest() == hmac.new(b"k", b, "sha256").digest()


def parser(token, config):
    return token == config.end_token


def not_a_request(api_key):
    return api_key == settings.api_key


def guard(api_key):
    async def dependency(credentials: HTTPAuthorizationCredentials = Depends()):
        if credentials.credentials != api_key:  # AUD619
            raise ValueError("no")

    return dependency


@router.post("/d")
async def install(data: Install):
    return settings.install_token != data.install_token  # AUD619


def checks(api_key, connection, request):
    if request.headers.get("Authorization", "") == f"Bearer {api_key}":  # AUD619
        return None
    return connection.respond(401)


def guarded(app, api_key):
    @app.middleware("http")
    async def check(request: Request, call_next):
        auth = request.headers.get("Authorization", "")
        if auth != f"Bearer {api_key}":  # AUD619
            return None
        return await call_next(request)

    return check


def told(token, request):
    return request.method == f"Bearer {token}"
