from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.sessions import make


@asynccontextmanager
async def open_scope() -> AsyncIterator[AsyncSession]:
    async with make() as session:
        yield session
