"""Functions that always set the same, after a test here or in the query of what has loaded the row."""

from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy.ext.asyncio import AsyncSession

from .models import Token
from .sessions import get_session
from .tokens import cancel, find_active, find_any, find_unused, mark_expired, mark_used, revoke

router = APIRouter()


@router.post("/refresh")
async def refresh(digest: str, db: AsyncSession = Depends(get_session)):
    stored = await find_active(db, digest)
    if stored is None:
        raise HTTPException(401)
    await revoke(db, stored)  # AUD416
    db.add(Token(digest="new"))
    await db.commit()


@router.post("/logout")
async def logout(digest: str, db: AsyncSession = Depends(get_session)):
    # Who revokes it as well has revoked it.
    stored = await find_active(db, digest)
    if stored is not None:
        await revoke(db, stored)


@router.post("/replace")
async def replace(digest: str, db: AsyncSession = Depends(get_session)):
    stored = await find_any(db, digest)
    if stored.revoked_at is not None:
        raise HTTPException(401)
    stored.revoked_at = "now"  # AUD416
    db.add(Token(digest="new"))
    await db.commit()


@router.post("/too-late")
async def too_late(digest: str, late: bool, db: AsyncSession = Depends(get_session)):
    stored = await find_any(db, digest)
    if stored.revoked_at is not None:
        raise HTTPException(401)
    if late:
        stored.revoked_at = "now"
        await db.commit()
        return
    db.add(Token(digest="new"))
    await db.commit()


@router.post("/untested")
async def untested(digest: str, db: AsyncSession = Depends(get_session)):
    stored = await find_any(db, digest)
    await revoke(db, stored)
    db.add(Token(digest="new"))
    await db.commit()


@router.post("/use")
async def use(digest: str, db: AsyncSession = Depends(get_session)):
    stored = await find_any(db, digest)
    if stored.used:
        raise HTTPException(401)
    await mark_used(db, stored)  # AUD416


@router.post("/cancel")
async def cancel_it(digest: str, db: AsyncSession = Depends(get_session)):
    stored = await find_any(db, digest)
    if stored.status != "open":
        raise HTTPException(409)
    await cancel(db, stored)  # AUD416


@router.post("/cancel-again")
async def cancel_again(digest: str, db: AsyncSession = Depends(get_session)):
    stored = await find_any(db, digest)
    if stored.status == "cancelled":
        raise HTTPException(409)
    await cancel(db, stored)


@router.post("/expire")
async def expire(digest: str, db: AsyncSession = Depends(get_session)):
    stored = await find_any(db, digest)
    if stored.status == "open":
        await mark_expired(db, stored)


@router.post("/found-by-others")
async def found_by_others(digest: str, db: AsyncSession = Depends(get_session)):
    stored = await find_unused(db, digest)
    if stored.status != "open":
        raise HTTPException(409)
    stored.status = "done"  # AUD416
    await db.commit()


@router.delete("/token")
async def take_back(digest: str, db: AsyncSession = Depends(get_session)):
    stored = await find_any(db, digest)
    if stored.revoked_at is None:
        stored.revoked_at = "now"
        db.add(stored)
        await db.commit()
