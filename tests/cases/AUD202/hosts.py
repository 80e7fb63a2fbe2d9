"""Hosts that are fixed although the URL is pieced together, taken from a table or given by a private call."""

import os

import httpx
from fastapi import APIRouter, HTTPException

router = APIRouter()
SERVICES = {"mail": "https://mail.example", "files": "https://files.example"}
BILLING = os.environ["BILLING_URL"]


class Region:
    def __init__(self, settings):
        self._settings = settings
        self._failed = False

    async def inspect(self, text):
        settings = self._settings
        url = f"https://inspect.{settings.region}.example/v1/{settings.template}:check"
        async with httpx.AsyncClient(timeout=5) as client:  # AUD202
            response = await client.post(url, json={"text": text})
        self._failed = True
        return response.raise_for_status().json()

    async def of_tenant(self, tenant):
        async with httpx.AsyncClient(timeout=5) as client:
            return (await client.get(f"https://{tenant}.example/v1/check")).raise_for_status().json()


def _base_of(service):
    base = SERVICES.get(service)
    if base is None:
        raise HTTPException(404)
    return base


@router.get("/proxy/{service}/{path}")
async def proxy(service: str, path: str):
    url = f"{_base_of(service)}/{path}"
    async with httpx.AsyncClient(timeout=5) as client:  # AUD202
        return (await client.get(url)).raise_for_status().json()


async def _is_up(url):
    async with httpx.AsyncClient(timeout=5) as client:  # AUD202
        return (await client.get(f"{url.rstrip('/')}/health")).is_success


async def _is_reachable(url):
    async with httpx.AsyncClient(timeout=5) as client:
        return (await client.get(url)).is_success


@router.get("/health")
async def health(hook: str):
    return {
        "billing": await _is_up(BILLING),
        "mail": await _is_up(SERVICES["mail"]),
        "hook": await _is_reachable(hook),
    }
