"""Bodies of requests that are read whole."""

import hashlib
import hmac
import json

from fastapi import FastAPI, HTTPException, Request

app = FastAPI()
LIMIT = 1_000_000


@app.post("/import")
async def load(request: Request):
    content = await request.body()  # AUD604
    return {"lines": content.count(b"\n")}


@app.put("/raw/{name}")
async def keep(name: str, request: Request):
    data = json.loads(await request.body())
    return {"name": name, "size": len(data)}


@app.put("/options/{name}")
async def options(name: str, request: Request):
    """As much as `request.json()` reads."""
    raw = await request.body()
    given = json.loads(raw) if raw else {}
    return {"name": name, "size": len(given)}


@app.put("/copies/{name}")
async def copied(name: str, request: Request):
    raw = await request.body()  # AUD604
    with open("copy.json", "wb") as file:
        file.write(raw)
    return {"name": name, "size": len(json.loads(raw))}


@app.post("/tested")
async def tested(request: Request):
    if int(request.headers.get("content-length") or LIMIT + 1) > LIMIT:
        raise HTTPException(413, "too large")
    content = await request.body()
    return {"lines": content.count(b"\n")}


@app.post("/events")
async def events(request: Request):
    content = await request.body()
    expected = hmac.new(b"key", content, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.headers["x-check"]):
        raise HTTPException(403, "not ours")
    return {}


@app.post("/webhook")
async def webhook(request: Request):
    return json.loads(await request.body())


@app.post("/streamed")
async def streamed(request: Request):
    size = 0
    async for part in request.stream():
        size += len(part)
    return {"size": size}


async def helper(request: Request):
    return await request.body()
