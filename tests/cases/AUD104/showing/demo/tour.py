"""A tour of the product for one person."""

from pathlib import Path


async def tour() -> str:
    return Path("tour.md").read_text()
