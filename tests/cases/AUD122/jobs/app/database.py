from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

engine = create_async_engine("postgresql+asyncpg://db/app", pool_size=5)
sessions = async_sessionmaker(engine)
worker_engine = create_async_engine("postgresql+asyncpg://db/app", poolclass=NullPool)
worker_sessions = async_sessionmaker(worker_engine)
_late = None


@asynccontextmanager
async def session_scope():
    async with sessions() as session:
        yield session


def late_engine():
    global _late
    if _late is None:
        _late = create_async_engine("postgresql+asyncpg://db/app")
    return _late
