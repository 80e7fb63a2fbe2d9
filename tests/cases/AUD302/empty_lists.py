"""Answers that are lists without entries, and answers that say that something failed."""

import sqlite3


def page(connection: sqlite3.Connection):
    try:
        rows = connection.execute("SELECT name FROM book").fetchall()
        return {"rows": rows, "total": len(rows)}
    except Exception:  # AUD302
        return {"rows": [], "total": 0}


def page_that_tells(connection: sqlite3.Connection):
    try:
        rows = connection.execute("SELECT name FROM book").fetchall()
        return {"rows": rows, "ok": True}
    except Exception:
        return {"rows": [], "ok": False}


def page_with_reason(connection: sqlite3.Connection):
    try:
        rows = connection.execute("SELECT name FROM book").fetchall()
        return {"rows": rows, "reason": ""}
    except Exception:
        return {"rows": [], "reason": "the database is away"}
