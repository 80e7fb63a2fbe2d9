from typing import NewType

import redis
import redis.asyncio

client = redis.Redis()


class Cache:
    def __init__(self, redis_client, store):
        self._redis = redis_client
        self._typed = redis.asyncio.from_url("redis://localhost")
        self._store = store
        self._data = {}

    async def clear(self, user):
        for key in await self._redis.keys(f"user:{user}:*"):  # AUD210
            await self._redis.delete(key)
        await self._typed.keys(user)  # AUD210
        await self._redis.keys(user)
        self._store.keys("user:*")
        self._data.keys()
        async for key in self._typed.scan_iter("user:*"):
            await self._typed.delete(key)


def plain(settings):
    client.keys()  # AUD210
    client.execute_command("KEYS *")  # AUD210
    client.execute_command("GET", "a")
    settings.keys()
    return redis.Redis.from_url("redis://localhost").keys(pattern="a*")  # AUD210


class Registry:
    def keys(self, pattern):
        return [pattern]


def own(redis_like: Registry):
    return redis_like.keys("a*")


Context = NewType("Context", redis.Redis)
Names = NewType("Names", dict)


def renamed(context: Context, names: Names):
    names.keys()
    return context.keys("a*")  # AUD210
