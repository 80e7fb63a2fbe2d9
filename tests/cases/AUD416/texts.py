"""States and numbers that SQL texts read and write back."""

from datetime import datetime

from fastapi import APIRouter, HTTPException
from sqlalchemy import text

from acme.db import connect, pool

router = APIRouter()


@router.post("/calls/{key}/answer")
def answer(key: int):
    with connect() as conn:
        call = conn.execute("SELECT id, state FROM calls WHERE id = ?", (key,)).fetchone()
        if call is None or call["state"] != "ringing":
            raise HTTPException(409)
        conn.execute("UPDATE calls SET state = 'active', answered_at = ? WHERE id = ?", (datetime.now(), key))  # AUD416
        conn.commit()


@router.post("/calls/{key}/answer-once")
def answer_once(key: int):
    with connect() as conn:
        call = conn.execute("SELECT id, state FROM calls WHERE id = ?", (key,)).fetchone()
        if call is None or call["state"] != "ringing":
            raise HTTPException(409)
        conn.execute("UPDATE calls SET state = 'active' WHERE id = ? AND state = 'ringing'", (key,))
        conn.commit()


@router.post("/reset")
async def reset(token: str, password: str):
    async with pool.acquire() as conn:
        row = await conn.fetchrow("SELECT id, used, user_id FROM tokens WHERE token = $1", token)
        if not row or row["used"]:
            raise HTTPException(400)
        await conn.execute("UPDATE users SET password = $1 WHERE id = $2", password, row["user_id"])
        await conn.execute("UPDATE tokens SET used = TRUE WHERE id = $1", row["id"])  # AUD416


@router.post("/reset-locked")
async def reset_locked(token: str):
    async with pool.acquire() as conn:
        row = await conn.fetchrow("SELECT id, used FROM tokens WHERE token = $1 FOR UPDATE", token)
        if not row or row["used"]:
            raise HTTPException(400)
        await conn.execute("UPDATE tokens SET used = TRUE WHERE id = $1", row["id"])


@router.post("/login")
def login(name: str, session):
    row = session.execute(text("SELECT id, failed_attempts FROM users WHERE name = :name"), {"name": name}).fetchone()
    failed = (row.failed_attempts or 0) + 1
    session.execute(  # AUD416
        text("UPDATE users SET failed_attempts = :failed WHERE id = :id"), {"failed": failed, "id": row.id}
    )
    session.commit()


@router.post("/login-counted")
def login_counted(name: str, session):
    row = session.execute(text("SELECT id, failed_attempts FROM users WHERE name = :name"), {"name": name}).fetchone()
    session.execute(text("UPDATE users SET failed_attempts = failed_attempts + 1 WHERE id = :id"), {"id": row.id})
    session.commit()


@router.post("/orders/{key}/note")
def note(key: int, session, words: str):
    row = session.execute(text("SELECT id, status FROM orders WHERE id = :id"), {"id": key}).fetchone()
    if row.status == "closed":
        raise HTTPException(409)
    session.execute(text("UPDATE orders SET note = :note WHERE id = :id"), {"note": words, "id": key})
    session.commit()


@router.post("/orders/{key}/close")
def close(key: int, session):
    row = session.execute(text("SELECT id, status FROM orders WHERE id = :id"), {"id": key}).fetchone()
    if row.status == "closed":
        return
    session.execute(text("UPDATE orders SET status = 'closed' WHERE id = :id"), {"id": key})
    session.commit()


@router.post("/orders/{key}/look")
def look(key: int, session):
    row = session.execute(text("SELECT id, status, until FROM orders WHERE id = :id"), {"id": key}).fetchone()
    if row.status == "open" and row.until < datetime.now():
        session.execute(text("UPDATE orders SET status = 'expired' WHERE id = :id"), {"id": key})
        session.commit()


@router.post("/orders/{key}/ship")
def ship(key: int, session):
    stock = session.execute(text("SELECT id, status FROM stocks WHERE id = :id"), {"id": key}).fetchone()
    if stock.status != "there":
        raise HTTPException(409)
    session.execute(text("UPDATE orders SET status = 'shipped' WHERE id = :id"), {"id": key})
    session.commit()


@router.post("/orders/{key}/pay")
async def pay(key: int):
    with connect() as conn:
        row = conn.execute("SELECT id, status FROM orders WHERE id = ?", (key,)).fetchone()
        if row["status"] != "open":
            raise HTTPException(409)
        conn.execute("UPDATE orders SET status = 'paid' WHERE id = ?", (key,))


class OrderService:
    def __init__(self, conn):
        self.conn = conn

    def cancel(self, key):
        cursor = self.conn.cursor()
        cursor.execute("SELECT id, status FROM orders WHERE id = %s", (key,))
        row = cursor.fetchone()
        if row["status"] != "open":
            raise ValueError(key)
        cursor.execute("UPDATE orders SET status = %s WHERE id = %s", ("cancelled", key))  # AUD416
        self.conn.commit()

    def cancel_if_open(self, key):
        cursor = self.conn.cursor()
        cursor.execute("SELECT id, status FROM orders WHERE id = %s", (key,))
        row = cursor.fetchone()
        if row["status"] != "open":
            raise ValueError(key)
        cursor.execute("UPDATE orders SET status = %s WHERE id = %s", ("cancelled", key))
        if cursor.rowcount == 0:
            raise ValueError(key)


class Archive:
    def __init__(self, conn):
        self.conn = conn

    def cancel(self, key):
        row = self.conn.execute("SELECT id, status FROM orders WHERE id = %s", (key,)).fetchone()
        if row["status"] != "open":
            raise ValueError(key)
        self.conn.execute("UPDATE orders SET status = 'cancelled' WHERE id = %s", (key,))
