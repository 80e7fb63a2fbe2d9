import logging
import os

import nats
import redis.asyncio as aioredis
from sqlalchemy import URL, create_engine

logger = logging.getLogger(__name__)


class Publisher:
    def __init__(self, subject: str, server_url: str) -> None:
        self._subject = subject
        self._server_url = server_url
        logger.debug("publisher %s for %s", subject, server_url)  # AUD313

    async def start(self) -> None:
        self._connection = await nats.connect(self._server_url)
        logger.info("connected to %s", self._server_url)  # AUD313


async def _connect(address_url: str, name: str):
    return await nats.connect(address_url, name=name)


class Subscriber:
    def __init__(self, address: str) -> None:
        self._url = address

    async def start(self) -> None:
        self._connection = await _connect(self._url, "subscriber")
        logger.info("connected to %s", self._url)  # AUD313


async def init_cache(settings):
    url = settings.cache_store
    pool = aioredis.ConnectionPool.from_url(url)
    logger.info("pool for %s", url)  # AUD313
    return pool


def init_vault():
    url = os.environ.get("VAULT_STORE", "redis://localhost:6379/0")
    try:
        return aioredis.from_url(url)
    except Exception as error:
        raise RuntimeError(f"no vault at {url}") from error  # AUD313


class Engines:
    def __init__(self, host: str, name: str) -> None:
        self.url = URL.create("postgresql", host=host, database=name)
        self.address = f"postgresql://{host}/{name}"

    def make(self):
        logger.info("engine for %s", self.url)
        logger.info("engine at %s", self.address)
        create_engine(self.address)
        return create_engine(self.url)


def make_engine(url: URL):
    logger.info("engine for %s", url)
    return create_engine(url)


def make_named(url):
    logger.info("engine for %s on %s", url, url.database)
    return create_engine(url)


def make_file(url: str = "sqlite://"):
    logger.info("engine for %s", url)
    return create_engine(url)


async def ping(url: str):
    logger.info("asked at %s", url)
    return url


async def shown_partly(settings):
    url = settings.cache_store
    logger.info("cache at %s", url.rsplit("@")[-1])
    return aioredis.from_url(url)


class Listener:
    def __init__(self, address: str, credentials_file: str) -> None:
        self.address = address
        self.credentials_file = credentials_file

    async def start(self):
        # The credentials are a file of their own.
        self.connection = await nats.connect(servers=[self.address], user_credentials=self.credentials_file)
        logger.info("connected to %s", self.address)
