"""What requests run, though no decorator is seen."""

import httpx

from settings import get_config


async def exchange(code):
    config = get_config()
    async with httpx.AsyncClient() as client:  # AUD202
        return await client.post(config.TOKEN_URL, data={"code": code})


async def warm(code):
    config = get_config()
    async with httpx.AsyncClient() as client:
        return await client.post(config.TOKEN_URL, data={"code": code})
