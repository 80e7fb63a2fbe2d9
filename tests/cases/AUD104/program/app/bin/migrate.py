"""A program that a person runs: nothing waits beside it."""

from pathlib import Path


async def migrate(folder: Path):
    return [path.read_text() for path in folder.iterdir()]
