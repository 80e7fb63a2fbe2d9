"""Bodies that are no JSON at all."""

import json

import jwt
from aiohttp import web
from fastapi import Depends, FastAPI, HTTPException, Request
from pydantic import BaseModel
from shop import signed_in, store, verify_hmac

app = FastAPI()
user = Depends(signed_in)


class Order(BaseModel):
    item: str


class Account(BaseModel):
    name: str


@app.put("/config")
async def config(request: Request):
    body = await request.json()  # AUD611
    if not isinstance(body, dict):
        raise HTTPException(400)
    store(body.get("theme"), body.get("name"))


@app.put("/twice")
async def twice(request: Request):
    first = await request.json()  # AUD611
    store(first)
    return await request.json()


@app.put("/alias")
async def alias(request: Request, account: Account = user):
    store(account, await request.json())  # AUD611


@app.put("/token")
async def token(request: Request):
    body = await request.json()  # AUD611
    if not isinstance(body, dict):
        raise HTTPException(400)
    try:
        return jwt.decode(body.get("token"), "key", algorithms=["HS256"])
    except jwt.ExpiredSignatureError as error:
        raise HTTPException(401) from error


@app.put("/other-fault")
async def other_fault(request: Request):
    try:
        store(await request.json())  # AUD611
    except KeyError as error:
        raise HTTPException(404) from error


async def by_aiohttp(request: web.Request) -> web.Response:
    data = await request.json() if request.can_read_body else {}  # AUD611
    if not isinstance(data, dict):
        raise web.HTTPBadRequest
    return web.json_response({"name": data.get("name")})


# -- silent ------------------------------------------------------------------------------------------------


@app.put("/caught")
async def caught(request: Request):
    try:
        body = await request.json()
    except ValueError as error:
        raise HTTPException(400) from error
    store(body)


@app.put("/caught-by-name")
async def caught_by_name(request: Request):
    try:
        body = json.loads(await request.body())
    except json.JSONDecodeError as error:
        raise HTTPException(400) from error
    store(body)


@app.put("/answered-with-500")
async def answered_with_500(request: Request):
    try:
        store(await request.json())
    except Exception as error:
        raise HTTPException(500) from error


@app.put("/read-before")
async def read_before(request: Request, order: Order):
    store(order, await request.json())


@app.put("/dict-before")
async def dict_before(request: Request, order: dict):
    store(await request.json())
    return order.get("item")


@app.post("/events")
async def events(request: Request):
    verify_hmac(await request.body())
    store(await request.json())


async def no_route(request: Request):
    return await request.json()
