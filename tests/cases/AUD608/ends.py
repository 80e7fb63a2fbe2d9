"""Ends of applications: stops that skip others when they fail, and those that cannot or do not matter."""

import asyncio
import contextlib
import logging
import shutil
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
from fastapi import FastAPI
from shop import broker, cache, consumers, pool, scratch

app = FastAPI()
logger = logging.getLogger(__name__)


async def watch():
    while True:
        await broker.poll()


async def careful():
    while True:
        try:
            await broker.poll()
        except Exception:
            logger.exception("poll")
        await asyncio.sleep(1)


class Registration:
    def __init__(self) -> None:
        self.client = httpx.AsyncClient()
        self.lease = "7"

    async def unregister(self) -> None:
        await self.client.delete(f"https://registry/leases/{self.lease}")

    async def unregister_quietly(self) -> None:
        try:
            await self.client.delete(f"https://registry/leases/{self.lease}")
        except Exception:
            logger.exception("unregister")

    async def close(self) -> None:
        await self.client.aclose()


registration = Registration()


@asynccontextmanager
async def request_lifespan(app: FastAPI):
    yield
    await registration.unregister()  # AUD608
    await pool.close()


@asynccontextmanager
async def task_lifespan(app: FastAPI):
    watcher = asyncio.create_task(watch())
    try:
        yield
    finally:
        watcher.cancel()
        try:
            await watcher  # AUD608
        except asyncio.CancelledError:
            pass
        shutil.rmtree(scratch)


@asynccontextmanager
async def loop_lifespan(app: FastAPI):
    yield
    for consumer in consumers:
        if consumer.running:
            await consumer.stop()  # AUD608


@app.on_event("shutdown")
async def shutdown():
    await registration.unregister()  # AUD608
    cache.flush()


# -- silent ------------------------------------------------------------------------------------------------


@asynccontextmanager
async def unknown_lifespan(app: FastAPI):
    yield
    await broker.stop()
    await pool.close()


@asynccontextmanager
async def quiet_lifespan(app: FastAPI):
    yield
    await registration.unregister_quietly()
    await registration.close()
    await pool.close()


@asynccontextmanager
async def guarded_lifespan(app: FastAPI):
    yield
    with contextlib.suppress(Exception):
        await registration.unregister()
    for consumer in consumers:
        try:
            await consumer.stop()
        except Exception:
            logger.exception("stop")
    await pool.close()


@asynccontextmanager
async def last_lifespan(app: FastAPI):
    yield
    await pool.close()
    await registration.unregister()
    logger.info("stopped")


@asynccontextmanager
async def gathered_lifespan(app: FastAPI):
    yield
    await asyncio.gather(*(consumer.stop() for consumer in consumers), return_exceptions=True)
    await pool.close()


@asynccontextmanager
async def careful_lifespan(app: FastAPI):
    worker = asyncio.create_task(careful())
    yield
    worker.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await worker
    await pool.close()


@asynccontextmanager
async def one_or_other_lifespan(app: FastAPI):
    yield
    if pool.remote:
        await registration.unregister()
    else:
        await pool.close()


@asynccontextmanager
async def stacked_lifespan(app: FastAPI):
    async with AsyncExitStack() as stack:
        stack.push_async_callback(pool.close)
        stack.push_async_callback(registration.unregister)
        yield


@asynccontextmanager
async def finally_lifespan(app: FastAPI):
    yield
    try:
        await registration.unregister()
    finally:
        await pool.close()


async def close_all():
    for consumer in consumers:
        await consumer.stop()
