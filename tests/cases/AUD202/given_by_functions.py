"""A function that makes the client for those who call; one that is kept, or handed to the framework, is right."""

from functools import cache
from typing import Annotated

import httpx
from fastapi import APIRouter, Depends

router = APIRouter()
_PLACES = "https://places.example.org"


def get_http_client():
    return httpx.AsyncClient(timeout=10)  # AUD202


@router.get("/places")
async def places():
    async with get_http_client() as client:
        response = await client.get(f"{_PLACES}/all")
    return response.raise_for_status().json()


def client_for_proxy():
    return httpx.AsyncClient(timeout=10)


@router.get("/proxy")
async def proxy(url: str):
    async with client_for_proxy() as client:
        response = await client.get(url)
    return response.raise_for_status().json()


def client_with(timeout):
    return httpx.AsyncClient(timeout=timeout)


@router.get("/slow-places")
async def slow_places(timeout: int):
    async with client_with(timeout) as client:
        response = await client.get(f"{_PLACES}/all")
    return response.raise_for_status().json()


def given_client():
    return httpx.AsyncClient(timeout=10)


@router.get("/towns")
async def towns(client: Annotated[httpx.AsyncClient, Depends(given_client)]):
    response = await client.get(f"{_PLACES}/towns")
    return response.raise_for_status().json()


@cache
def one_client():
    return httpx.AsyncClient(timeout=10)


@router.get("/rivers")
async def rivers():
    response = await one_client().get(f"{_PLACES}/rivers")
    return response.raise_for_status().json()


def first_client():
    return httpx.AsyncClient(timeout=10)


_shared = first_client()


@router.get("/lakes")
async def lakes():
    response = await _shared.get(f"{_PLACES}/lakes")
    return response.raise_for_status().json()
