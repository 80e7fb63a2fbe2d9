"""What one message carries, and what a caller gives."""

import asyncio

import httpx

client = httpx.AsyncClient()


async def fetch(url: str) -> bytes:
    return (await client.get(url)).content


async def files_of(attachments: list) -> list[bytes]:
    return await asyncio.gather(*[fetch(attachment.url) for attachment in attachments])


async def pages_of(urls: list[str]) -> list[bytes]:
    return await asyncio.gather(*[fetch(url) for url in urls])  # AUD209
