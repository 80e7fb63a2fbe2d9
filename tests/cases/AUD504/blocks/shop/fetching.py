import asyncio
from collections import defaultdict


class Fetcher:
    def __init__(self):
        self._lock = asyncio.Lock()
        self._host_locks = defaultdict(asyncio.Lock)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        return None

    async def get(self, host):
        async with self._lock, self._host_locks[host]:
            return host


HttpFetcher = Fetcher


class Poller:
    def __init__(self):
        self._lock = asyncio.Lock()
        self._host_locks = defaultdict(asyncio.Lock)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        return None

    async def get(self, host):
        async with self._lock, self._host_locks[host]:  # AUD504
            return host
