import dramatiq
import httpx
from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from mcp.server import Server
from taskiq import InMemoryBroker

UPSTREAM = "https://api.example.com"

broker = InMemoryBroker()
router = APIRouter()
server = Server("prices")


@broker.task
async def refresh(name: str):
    async with httpx.AsyncClient() as client:  # AUD202
        return (await client.post(f"{UPSTREAM}/refresh/{name}")).text


@dramatiq.actor
def notify(name: str):
    with httpx.Client() as client:  # AUD202
        client.post(f"{UPSTREAM}/notify/{name}")


@server.call_tool()
async def call_tool(name: str, arguments: dict):
    async with httpx.AsyncClient() as client:  # AUD202
        return (await client.post(f"{UPSTREAM}/tools/{name}", json=arguments)).json()


@router.get("/{path:path}")
async def proxied(path: str):
    url = f"{UPSTREAM.rstrip('/')}/{path}"

    async def stream():
        async with httpx.AsyncClient() as client:  # AUD202
            async with client.stream("GET", url) as answer:
                async for piece in answer.aiter_bytes():
                    yield piece

    return StreamingResponse(stream())


def prepare():
    def ask():
        with httpx.Client() as client:
            return client.get(UPSTREAM).text

    return ask
