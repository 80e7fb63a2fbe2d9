import contextlib
import socket
from http.client import HTTPConnection

import aiohttp
import httpx
import paramiko
import redis
import requests
from azure.storage.blob import BlobServiceClient
from openai import OpenAI
from pymongo import MongoClient
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

shared = httpx.Client()


def returned(url):
    client = httpx.Client(base_url=url)
    client.get("/health")
    return client


def entered_later(url):
    client = httpx.Client()
    with client:
        return client.get(url)


def closed_in_finally(url):
    client = requests.Session()
    try:
        return client.get(url, timeout=5)
    finally:
        client.close()


def closing(host):
    with contextlib.closing(socket.create_connection((host, 80), timeout=5)) as connection:
        return connection.recv(1)


def exit_stack(stack, url):
    client = stack.enter_context(httpx.Client())
    return client.get(url)


def kept_elsewhere(registry, name):
    client = httpx.Client()
    registry[name] = client
    return client.get("http://localhost")


def own_or_given(client=None):
    client = client or httpx.Client()
    return client.get("http://localhost")


def in_process(app):
    client = httpx.Client(transport=httpx.WSGITransport(app=app))
    return client.get("http://test")


def without_pool(url):
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("select 1"))


def closed_by_library(prompt):
    client = OpenAI(api_key=prompt)
    return client.responses.create(input=prompt)


def part_is_kept(url, name):
    return BlobServiceClient(url).get_container_client(name)


async def inline(url, name):
    return await aiohttp.ClientSession().get(url, params={"name": name})  # AUD204


def never(name):
    session = requests.Session()  # AUD204
    session.auth = name
    return session.get("http://localhost", timeout=5).text


def when_it_raises(host):
    connection = socket.create_connection((host, 80), timeout=5)  # AUD204
    answer = connection.recv(10)
    connection.close()
    return answer


def engine_of(name):
    engine = create_engine(f"postgresql://{name}")  # AUD204
    with engine.connect() as connection:
        return connection.execute(text("select 1")).scalar()


class Closed:
    def __init__(self):
        self._session = aiohttp.ClientSession()

    async def stop(self):
        await self._session.close()


class Public:
    def __init__(self):
        self.session = aiohttp.ClientSession()


class Base:
    async def stop(self):
        await self._session.close()


class Inherited(Base):
    def __init__(self):
        self._session = aiohttp.ClientSession()


class Forgotten:
    def __init__(self, url):
        self._pool = redis.asyncio.Redis.from_url(url)  # AUD204

    async def read(self, key):
        return await self._pool.get(key)


if __name__ == "__main__":
    session = requests.Session()
    print(session.get("http://localhost", timeout=5))


def database_of(url, name):
    client = MongoClient(url)
    return client[name]


def streamed(host):
    connection = HTTPConnection(host)
    connection.request("GET", "/")
    answer = connection.getresponse()

    def pieces():
        while piece := answer.read(1000):
            yield piece

    return pieces()


def abstract(transport, host):
    connection = socket.create_connection((host, 80))
    return Transports().make(connection)


class Transports:
    def make(self, connection):
        raise NotImplementedError


def trusted(host, keys):
    shell = paramiko.SSHClient()
    shell.load_system_host_keys()
    shell.load_host_keys(keys)
    shell.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    try:
        shell.connect(host, timeout=5)
        return shell.get_transport().remote_version
    finally:
        shell.close()


def trusting(host):
    shell = paramiko.SSHClient()  # AUD204
    shell.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    shell.connect(host, timeout=5)
    version = shell.get_transport().remote_version
    shell.close()
    return version
