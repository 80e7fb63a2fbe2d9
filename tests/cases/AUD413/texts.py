import aiosqlite
from fastapi import APIRouter

router = APIRouter()


@router.get("/logs")
async def logs():
    async with aiosqlite.connect("app.db") as connection:
        cursor = await connection.execute("SELECT id, text FROM audit_logs ORDER BY id")  # AUD413
        return await cursor.fetchall()


@router.get("/sums")
async def sums():
    async with aiosqlite.connect("app.db") as connection:
        cursor = await connection.execute("SELECT SUM(amount) FROM payments")
        return await cursor.fetchall()


@router.get("/first")
async def first():
    async with aiosqlite.connect("app.db") as connection:
        cursor = await connection.execute("SELECT id FROM payments ORDER BY id")
        return await cursor.fetchone()


@router.get("/joined")
async def joined():
    async with aiosqlite.connect("app.db") as connection:
        cursor = await connection.execute("SELECT p.id FROM payments p JOIN users u ON u.id = p.user WHERE u.id = 1")
        return await cursor.fetchall()
