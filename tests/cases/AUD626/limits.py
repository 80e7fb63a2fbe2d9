"""Limits by the first address of X-Forwarded-For, and uses that keep nobody out."""

import logging

from fastapi import FastAPI, HTTPException, Request
from slowapi import Limiter

app = FastAPI()
logger = logging.getLogger(__name__)


def client_address(request: Request) -> str:
    forwarded = request.headers.get("X-Forwarded-For")
    if forwarded:
        return forwarded.split(",")[0].strip()  # AUD626
    return request.client.host


limiter = Limiter(key_func=client_address)


class RateLimitMiddleware:
    def key(self, request: Request) -> str:
        return (request.headers.get("x-forwarded-for") or "").split(",")[0]  # AUD626


class TrustedRateLimit:
    def __init__(self, trusted_proxies: list[str]):
        self.trusted_proxies = trusted_proxies

    def key(self, request: Request) -> str:
        return (request.headers.get("x-forwarded-for") or "").split(",")[0]


class Store:
    def is_blocked(self, address: str) -> bool:
        return address in ("192.0.2.1",)

    def note(self, address: str) -> None:
        logger.info("asked by %s", address)


store = Store()


@app.get("/rows")
def rows(request: Request):
    header = request.headers["x-forwarded-for"]
    address = header.partition(",")[0]  # AUD626
    if store.is_blocked(address):
        raise HTTPException(403)
    return []


@app.get("/notes")
def notes(request: Request):
    header = request.headers["x-forwarded-for"]
    store.note(header.split(",")[0])
    return []


@app.get("/last")
def last(request: Request):
    address = request.headers["x-forwarded-for"].split(",")[-1]
    return store.is_blocked(address)


@app.get("/languages")
def languages(request: Request):
    language = request.headers["accept-language"].split(",")[0]
    return store.is_blocked(language)


def audit_entry(request: Request) -> dict[str, str]:
    return {"ip": request.headers.get("X-Forwarded-For", "").split(",")[0]}
