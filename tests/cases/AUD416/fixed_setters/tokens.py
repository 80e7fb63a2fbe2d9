from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .models import Token


async def find_active(session: AsyncSession, digest: str) -> Token | None:
    return await session.scalar(select(Token).where(Token.digest == digest, Token.revoked_at.is_(None)))


async def find_any(session: AsyncSession, digest: str) -> Token | None:
    return await session.scalar(select(Token).where(Token.digest == digest))


async def find_unused(session: AsyncSession, digest: str) -> Token | None:
    found = await _find_unused(session, digest)
    return found


async def _find_unused(session: AsyncSession, digest: str) -> Token | None:
    return await session.scalar(select(Token).where(Token.digest == digest, Token.used == False))  # noqa: E712


async def revoke(session: AsyncSession, token: Token) -> None:
    token.revoked_at = datetime.now()
    await session.commit()


async def mark_used(session: AsyncSession, token: Token) -> None:
    token.used = True
    await session.commit()


async def mark_expired(session: AsyncSession, token: Token) -> None:
    token.status = "expired"
    await session.commit()


async def cancel(session: AsyncSession, token: Token) -> None:
    token.status = "cancelled"
    await session.commit()
