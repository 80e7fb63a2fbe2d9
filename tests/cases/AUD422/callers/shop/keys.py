"""Texts that callers choose from what the program itself has written, and those that others type."""

from sqlalchemy import select

from shop.models import Key


def keys_with_prefix(session, prefix_filter: str | None = None):
    return session.scalars(select(Key).where(Key.name.startswith(prefix_filter))).all()


def keys_named(session, search: str):
    return session.scalars(select(Key).where(Key.name.ilike(f"%{search}%"))).all()  # AUD422


def keys_sought(session, query: str | None = None):
    # Nobody here gives it: it is there for others.
    return session.scalars(select(Key).where(Key.name.ilike(f"%{query}%"))).all()  # AUD422
