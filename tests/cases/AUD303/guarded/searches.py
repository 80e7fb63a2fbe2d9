"""Functions that put an address together before they take in their failures."""

import logging

logger = logging.getLogger(__name__)


async def search(session, name):
    """What a server knows of a name."""
    logger.info("search for %s", name)
    address = f"https://example.org/names/{name}"
    try:
        async with session.get(address) as response:
            return await response.json()
    except Exception as error:
        return {"error": str(error)}


async def search_by_number(session, number):
    """What a server knows of a number."""
    address = f"https://example.org/numbers/{number:d}"
    try:
        async with session.get(address) as response:
            return await response.json()
    except Exception as error:
        return {"error": str(error)}
