from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

Sessions = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))

__all__ = ["AsyncSession", "Sessions"]
