"""Arguments of tools of the Model Context Protocol in outgoing URLs."""

from typing import Annotated, Literal
from urllib.parse import quote

import httpx
from fastmcp import FastMCP
from mcp.server import Server
from pydantic import Field

mcp = FastMCP("orders")
server = Server("orders")
API = "https://api.example.com"


@mcp.tool()
async def read_order(order: Annotated[str, Field(description="The order's number")]) -> dict:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{API}/orders/{order}")  # AUD621
    return answer.json()


@mcp.tool
def stream_order(order: str) -> str:
    with httpx.stream("GET", f"{API}/orders/{order}/events") as answer:  # AUD621
        return answer.read().decode()


@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list:
    with httpx.Client(base_url=API) as client:
        if name == "read":
            order = arguments["order"]
            client.get(f"/orders/{order}/lines")  # AUD621
        elif name == "remove":
            order = arguments["order"]
            client.delete(f"/orders/{order}")  # AUD621
        elif name == "quoted":
            client.get(f"/users/{quote(arguments['user'], safe='')}")
    return []


# -- silent ------------------------------------------------------------------------------------------------


@mcp.tool()
def quoted(order: str) -> str:
    return httpx.get(f"{API}/orders/{quote(order, safe='')}").text


@mcp.tool()
def one_of_some(kind: Literal["open", "closed"]) -> str:
    return httpx.get(f"{API}/orders/{kind}").text


@mcp.tool()
def shaped(order: Annotated[str, Field(pattern="^[0-9]+$")]) -> str:
    return httpx.get(f"{API}/orders/{order}").text


@mcp.tool()
def any_endpoint(path: str) -> str:
    return httpx.get(f"{API}/{path}").text


@mcp.tool()
def given(order: str) -> str:
    return httpx.get(f"{API}/orders", params={"order": order}).text


def plain(order: str) -> str:
    return httpx.get(f"{API}/orders/{order}").text
