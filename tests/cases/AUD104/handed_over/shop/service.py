"""A service whose coroutines a command or a server runs."""

from pathlib import Path


class Service:
    async def login(self, file: Path):
        return file.read_text()

    async def settings(self, file: Path):
        return file.read_text()  # AUD104
