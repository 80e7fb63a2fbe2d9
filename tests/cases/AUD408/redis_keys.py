import asyncio
import json

import redis
import redis.asyncio as aioredis


class Results:
    def __init__(self, url: str) -> None:
        self._url = url
        self._plain = redis.Redis.from_url(url)

    async def _redis(self) -> aioredis.Redis:
        return aioredis.from_url(self._url)

    async def finished(self, prefix: str):
        client = await self._redis()
        keys = [key async for key in client.scan_iter(f"{prefix}*")]
        found = []
        for key in keys:
            raw = await client.get(key)  # AUD408
            if raw is not None:
                found.append(json.loads(raw))
        return found

    def jobs(self, identifiers: list[str]):
        return [self._plain.hgetall(f"job:{one}") for one in identifiers]  # AUD408

    def of_index(self):
        for name in self._plain.smembers("jobs"):
            print(name, self._plain.get(b"job:" + name))  # AUD408
            print(self._plain.ttl(b"job:" + name))

    async def collected(self, identifiers: list[str]):
        client = await self._redis()
        async with client.pipeline() as steps:
            for one in identifiers:
                steps.get(one)
            return await steps.execute()

    async def together(self, identifiers: list[str]):
        client = await self._redis()
        return await asyncio.gather(*[client.get(one) for one in identifiers])

    def of_plain_pipeline(self, identifiers: list[str]):
        steps = self._plain.pipeline()
        for one in identifiers:
            steps.get(one)
        return steps.execute()

    def first(self, identifiers: list[str]):
        for one in identifiers:
            raw = self._plain.get(one)
            if raw is not None:
                return raw
        return None

    def sweep(self, identifiers: list[str]):
        for one in identifiers:
            if self._plain.get(one) == b"done":
                self._plain.delete(one)

    def of_few(self):
        return [self._plain.get(one) for one in ("a", "b", "c")]

    def lengths(self, queues: list[str]):
        return {one: self._plain.llen(one) for one in queues}

    def of_mapping(self, seen: dict[str, str], identifiers: list[str]):
        return [seen.get(one) for one in identifiers]

    def of_another_key(self, identifiers: list[str]):
        for _ in identifiers:
            print(self._plain.get("stop"))
