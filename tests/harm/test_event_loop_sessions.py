"""Proofs of AUD115: one session in two coroutines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from tests.harm.proof import run_example


def test_aud115_concurrent_use_is_refused() -> None:
    async def refused(work: Callable[[AsyncSession], Awaitable[object]]) -> None:
        engine = create_async_engine("sqlite+aiosqlite://")
        session = AsyncSession(engine)
        with pytest.raises(InvalidRequestError):
            await work(session)
        await asyncio.sleep(0.1)
        await session.close()
        await engine.dispose()

    async def run() -> None:
        await refused(run_example("AUD115", "bad").both)
        await refused(lambda session: run_example("AUD115", "bad", 1).all_of(session, ["a", "b"]))
        engine = create_async_engine("sqlite+aiosqlite://")
        assert await run_example("AUD115", "good").both(async_sessionmaker(engine)) == ["a", "b"]
        await engine.dispose()

    asyncio.run(run())
