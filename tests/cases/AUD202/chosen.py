"""A coroutine that a route chooses among two, and the host in a section of the settings that it is handed."""

import httpx
from fastapi import FastAPI, Request

app = FastAPI()


def address(config):
    return f"{config.upstream.base_url}/chat"


async def send_once(config, body):
    async with httpx.AsyncClient() as client:  # AUD202
        return await client.post(address(config), json=body, timeout=30)


async def send_stream(config, body):
    async with httpx.AsyncClient() as client:  # AUD202
        return await client.post(config.upstream.base_url, json=body, timeout=30)


async def send_there(target, body):
    async with httpx.AsyncClient() as client:
        return await client.post(f"{target.base_url}/chat", json=body, timeout=30)


async def send_never(config, body):
    async with httpx.AsyncClient() as client:
        return await client.post(address(config), json=body, timeout=30)


@app.post("/chat")
async def chat(request: Request, fast: bool):
    send = send_once if fast else send_stream
    body = await request.json()
    await (send_there if fast else send_once)(body, body)
    return (await send(request.app.state.config, body)).json()
