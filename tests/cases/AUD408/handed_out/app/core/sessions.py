from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

make = async_sessionmaker(create_async_engine("postgresql+asyncpg://db/app"))


async def get_session():
    async with make() as session:
        yield session


session_scope = asynccontextmanager(get_session)
Database = Annotated[AsyncSession, Depends(get_session)]


class Sessions:
    def __init__(self, maker: async_sessionmaker[AsyncSession]) -> None:
        self._maker = maker

    def __call__(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self._open()

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[AsyncSession]:
        async with self._maker() as session:
            yield session


def get_session_scope() -> AbstractAsyncContextManager[AsyncSession]:
    return Sessions(make)()
