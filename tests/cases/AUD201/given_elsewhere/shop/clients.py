import functools
import ssl

import httpx
import redis.asyncio

URL = "https://prices.example.com"


def get_http_client():
    context = ssl.create_default_context()
    return httpx.AsyncClient(verify=context)


@functools.lru_cache
def shared_client():
    return httpx.AsyncClient(base_url=URL)


def client_for(url):
    return httpx.AsyncClient(base_url=url)


def personal_client():
    return httpx.AsyncClient(base_url=URL, headers=auth_headers_of_user())


def auth_headers_of_user():
    return {}


async def get_redis():
    connection = redis.asyncio.from_url("redis://localhost")
    await connection.ping()
    return connection
