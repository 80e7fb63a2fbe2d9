"""A client that is given the server of its own process opens no connection."""

from fastapi import FastAPI
from fastmcp import Client, FastMCP

app = FastAPI()
mcp = FastMCP("shop")
ADDRESS = "https://tools.example/mcp"


@app.get("/tools")
async def tools():
    async with Client(mcp) as client:
        return await client.list_tools()


@app.get("/tools/elsewhere")
async def tools_elsewhere():
    async with Client(ADDRESS) as client:  # AUD202
        return await client.list_tools()
