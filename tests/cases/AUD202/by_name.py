"""Functions that a table holds for whoever asks by name."""

import httpx

SEARCH = "https://search.example/v1"


async def _search(query: str) -> dict:
    async with httpx.AsyncClient(timeout=5) as client:  # AUD202
        return (await client.post(f"{SEARCH}/search", json={"query": query})).raise_for_status().json()


async def handle_search(arguments: dict) -> dict:
    return await _search(arguments["query"])


async def once() -> dict:
    async with httpx.AsyncClient(timeout=5) as client:
        return (await client.get(f"{SEARCH}/limits")).raise_for_status().json()


HANDLERS = {"search": {"handler": handle_search, "needs_key": True}}
