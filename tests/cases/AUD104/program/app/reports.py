from pathlib import Path


async def report(path: Path):
    return path.read_text()  # AUD104
