import asyncio

from celery import shared_task

from app.database import engine, late_engine, session_scope, sessions, worker_sessions
from app.service import Service, service


def run_async(coroutine):
    return asyncio.run(coroutine)


async def _count():
    async with sessions() as session:
        return await session.scalar("select 1")


async def _count_in_scope():
    async with session_scope() as session:
        return await session.scalar("select 1")


async def _count_late():
    async with late_engine().connect() as connection:
        return await connection.scalar("select 1")


async def _count_in_worker():
    async with worker_sessions() as session:
        return await session.scalar("select 1")


async def _count_and_dispose():
    try:
        return await _count()
    finally:
        await engine.dispose()


@shared_task
def count():
    return asyncio.run(_count())  # AUD122


@shared_task
def count_in_scope():
    return run_async(_count_in_scope())  # AUD122


@shared_task
def count_late():
    return asyncio.run(asyncio.wait_for(_count_late(), 5))  # AUD122


@shared_task
def count_in_worker():
    return asyncio.run(_count_in_worker())


@shared_task
def count_and_dispose():
    return asyncio.run(_count_and_dispose())


@shared_task
def ask_shared(question):
    return asyncio.run(service.ask(question))  # AUD122


@shared_task
def ask_own(question):
    own = Service()
    return asyncio.run(own.ask(question))
