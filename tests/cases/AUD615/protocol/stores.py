"""A store that a protocol describes, with two classes that fulfil it."""

from typing import Protocol

from sqlalchemy import select

from tables import Event


class Store(Protocol):
    def read(self, *, limit: int) -> list: ...

    def last(self, count: int) -> list: ...

    def name(self) -> str: ...


class MemoryStore:
    def __init__(self):
        self.rows = []

    def read(self, *, limit: int) -> list:
        return self.rows[:limit]

    def last(self, count: int) -> list:
        return self.rows[:count]

    def name(self) -> str:
        return "memory"


class DatabaseStore:
    def __init__(self, session):
        self.session = session

    def read(self, *, limit: int) -> list:
        return self.session.execute(select(Event).limit(limit)).all()

    def last(self, count: int) -> list:
        return self.session.execute(select(Event).limit(min(count, 100))).all()

    def name(self) -> str:
        return "database"
