"""A function that a constructor keeps is the one that the project hands in."""

from collections.abc import Callable
from typing import Optional


class Beacon:
    def __init__(self, port: int, metrics: Callable[[], dict], on_sent: Optional[Callable[[str], None]] = None) -> None:
        self._port = port
        self._metrics = metrics
        self._on_sent = on_sent

    async def send(self):
        return self.payload()  # AUD103

    def payload(self):
        return {"port": self._port, **self._metrics()}

    async def sent(self, name):
        if self._on_sent is not None:
            self._on_sent(name)  # AUD103


class Quiet:
    def __init__(self, metrics: Callable[[], dict]) -> None:
        self._metrics = metrics

    async def send(self):
        return self._metrics()


class Open:
    def __init__(self, metrics: Callable[[], dict]) -> None:
        self._metrics = metrics

    async def send(self):
        return self._metrics()


class Awaited:
    def __init__(self, metrics: Callable[[], object]) -> None:
        self._metrics = metrics

    async def send(self):
        return await self._metrics()
