"""Request values in outgoing URLs, and those that are known or quoted."""

from enum import Enum
from typing import Literal
from urllib.parse import quote
from uuid import UUID

import aiohttp
import httpx
import requests
from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel
from shop import find_user, is_known, log, verify_owner

router = APIRouter()
API = "https://api.example.com"


class Kind(str, Enum):
    A = "a"


class Lookup(BaseModel):
    name: str
    number: int


@router.get("/users/{name}")
def segment(name: str):
    return requests.get(f"{API}/users/{name}", timeout=5).text  # AUD621


@router.get("/parameter")
async def parameter(name: str | None = None):
    async with httpx.AsyncClient(base_url=API) as client:
        answer = await client.get(f"/users/{name}/orders")  # AUD621
    return answer.text


@router.get("/query")
async def query(text: str):
    url = f"{API}/search?q={text}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:  # AUD621
        return await answer.text()


@router.post("/body")
def body(lookup: Lookup):
    return requests.post(API + "/find/" + lookup.name, timeout=5).text  # AUD621


@router.get("/method")
def method(name: str):
    log.info("asked for %s", name)
    return requests.request("GET", f"{API}/v1/users/{name}", timeout=5).text  # AUD621


@router.get("/own")
def own(request: Request):
    return requests.get(f"{API}/users/{request.query_params['name']}", timeout=5).text  # AUD621


# -- silent ------------------------------------------------------------------------------------------------


@router.get("/quoted")
def quoted(name: str):
    return requests.get(f"{API}/users/{quote(name, safe='')}", timeout=5).text


@router.get("/params")
def params(name: str):
    return requests.get(f"{API}/users", params={"name": name}, timeout=5).text


@router.get("/number/{number}")
def number(number: int):
    return requests.get(f"{API}/users/{number}", timeout=5).text


@router.get("/uuid/{number}")
def by_uuid(number: UUID):
    return requests.get(f"{API}/users/{number}", timeout=5).text


@router.get("/enum/{kind}")
def enum(kind: Kind):
    return requests.get(f"{API}/users/{kind.value}", timeout=5).text


@router.get("/literal/{kind}")
def literal(kind: Literal["a", "b"]):
    return requests.get(f"{API}/users/{kind}", timeout=5).text


@router.post("/body-number")
def body_number(lookup: Lookup):
    return requests.post(f"{API}/find/{lookup.number}", timeout=5).text


@router.get("/compared")
def compared(name: str):
    if name not in ("ann", "bob"):
        raise HTTPException(404)
    return requests.get(f"{API}/users/{name}", timeout=5).text


@router.get("/asked")
def asked(name: str):
    if not is_known(name):
        raise HTTPException(404)
    return requests.get(f"{API}/users/{name}", timeout=5).text


@router.get("/looked-up")
def looked_up(name: str):
    user = find_user(name)
    return requests.get(f"{API}/users/{name}?key={user.key}", timeout=5).text


def existing(name: str):
    return find_user(name)


@router.get("/provided/{name}")
def provided(name: str, user=Depends(existing)):
    return requests.get(f"{API}/users/{name}", timeout=5).text


@router.get("/verified/{name}")
def verified(name: str, owner=Depends(verify_owner)):
    return requests.get(f"{API}/users/{name}", timeout=5).text


@router.get("/proxy/{path:path}")
def proxy(path: str):
    return requests.get(f"{API}/{path}", timeout=5).text


@router.get("/whole")
def whole(url: str):
    return requests.get(url, timeout=5).text


@router.get("/host")
def host(tenant: str):
    return requests.get(f"https://{tenant}.example.com/users", timeout=5).text


@router.get("/stored")
def stored(name: str):
    settings = {"name": name}
    return settings.get(f"users/{name}")


@router.post("/chosen")
def chosen(body: Lookup):
    backend = find_user(body.name)
    return requests.get(f"{API}/users/{body.name}", headers=backend, timeout=5).text


@router.post("/not-chosen")
def not_chosen(body: Lookup):
    log.info(body.name)
    return requests.get(f"{API}/users/{body.name}", timeout=5).text  # AUD621
