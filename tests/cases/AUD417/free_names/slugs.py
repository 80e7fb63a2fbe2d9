import secrets

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .models import Note, Team


async def unique_slug(session: AsyncSession, slug: str) -> str:
    base, number = slug, 1
    while True:
        result = await session.execute(select(Team.id).where(Team.slug == slug))
        if result.scalar_one_or_none() is None:
            return slug
        number += 1
        slug = f"{base}-{number}"


async def free_slug(session: AsyncSession, slug: str) -> str:
    candidate, number = slug, 1
    while await session.scalar(select(Team.id).where(Team.slug == candidate)):
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


async def new_code(session: AsyncSession) -> str:
    code = secrets.token_hex(16)
    while await session.scalar(select(Team.id).where(Team.slug == code)):
        code = secrets.token_hex(16)
    return code


async def unique_title(session: AsyncSession, title: str) -> str:
    number = 1
    while await session.scalar(select(Note.id).where(Note.title == title)):
        number += 1
        title = f"{title} {number}"
    return title
