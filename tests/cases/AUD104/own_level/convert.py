"""A program of one coroutine beside the service, which the module's own level runs."""

import asyncio
from pathlib import Path


async def convert(path: Path) -> str:
    return path.read_text().replace("\r\n", "\n")


if __name__ == "__main__":
    asyncio.run(convert(Path("accounts.csv")))
