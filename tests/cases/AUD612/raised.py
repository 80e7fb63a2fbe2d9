"""What a webhook is told twice is answered with 200, so that it is not sent again."""

from fastapi import HTTPException


async def take_once(cache, key):
    if await cache.get(key):
        raise HTTPException(status_code=200, detail="webhook_duplicate")
    if await cache.get("closed"):
        raise HTTPException(status_code=200, detail="closed")  # AUD612
