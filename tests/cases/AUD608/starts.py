import asyncio
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services import beacon, checked, sampler, settings, store


@asynccontextmanager
async def lifespan(app: FastAPI):
    await sampler.start()  # AUD608
    task = asyncio.create_task(checked.watch())
    if settings.beacon:
        await beacon.start(port=settings.port)
    try:
        yield
    finally:
        task.cancel()
        await sampler.stop()
        if settings.beacon:
            await beacon.stop()


@asynccontextmanager
async def one_lifespan(app: FastAPI):
    await sampler.start()
    try:
        yield
    finally:
        await sampler.stop()


@asynccontextmanager
async def guarded_lifespan(app: FastAPI):
    await sampler.start()
    try:
        await beacon.start()
        yield
    finally:
        await sampler.stop()
        await beacon.stop()


@asynccontextmanager
async def tried_lifespan(app: FastAPI):
    await sampler.start()
    try:
        await beacon.start()
    except Exception:
        settings.beacon = False
    try:
        yield
    finally:
        await sampler.stop()
        await beacon.stop()


async def require(name):
    if not name:
        raise RuntimeError("no name")


@asynccontextmanager
async def failing_lifespan(app: FastAPI):
    await store.open()  # AUD608
    await require(settings.name)
    try:
        yield
    finally:
        await store.close()


@asynccontextmanager
async def read_lifespan(app: FastAPI):
    await store.open()
    await checked.read()
    try:
        yield
    finally:
        await store.close()
