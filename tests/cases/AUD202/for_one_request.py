"""Clients that objects keep which live for one request, and for longer."""

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

app = FastAPI()


class Answer:
    def __init__(self, client, request):
        self.client = client
        self.request = request

    async def parts(self):
        response = await self.client.send(self.request, stream=True)
        async for part in response.aiter_raw():
            yield part


class Watch(Answer):
    pass


@app.post("/completions")
async def complete(request: Request):
    client = httpx.AsyncClient(timeout=5)  # AUD202
    made = client.build_request("POST", "https://api.example.com/completions", content=await request.body())
    answer = Answer(client, made)
    return StreamingResponse(answer.parts())


@app.post("/watches")
async def watch(request: Request):
    client = httpx.AsyncClient(timeout=5)
    made = client.build_request("POST", "https://api.example.com/watches", content=await request.body())
    one = Watch(client, made)
    request.app.state.watches.append(one)
    return {"watches": len(request.app.state.watches)}


@app.get("/completions/{kind}")
async def listed(kind: str, long: bool = False):
    if kind == "old":
        url = f"https://api.example.com/{kind}/archive"
    else:
        url = f"https://api.example.com/{kind}"
    if long:
        url += "?limit=1000"
    async with httpx.AsyncClient(timeout=5) as client:  # AUD202
        return (await client.get(url)).json()


@app.get("/pages/{host}")
async def page(host: str):
    url = f"https://{host}/"
    url += "index.html"
    async with httpx.AsyncClient(timeout=5) as client:
        return (await client.get(url)).text
