"""Stores that are of one class or another: by a union, an alias of one, or by what a test chooses."""

from typing import Union

from sqlalchemy import create_engine, text

engine = create_engine("postgresql://database/app")


class MemoryStore:
    def load(self, key: str) -> str:
        return key


class TableStore:
    def load(self, key: str) -> str:
        with engine.connect() as connection:
            return connection.execute(text("select value from items where key = :key"), {"key": key}).scalar_one()


class AsyncTableStore:
    async def load(self, key: str) -> str:
        return key


Store = MemoryStore | TableStore
EitherKind = Union[TableStore, AsyncTableStore]
READ = 1
WRITE = 2
MODE = READ | WRITE


def get_store(kept: bool) -> Store:
    return TableStore() if kept else MemoryStore()


def get_any(kept: bool) -> EitherKind:
    return TableStore() if kept else AsyncTableStore()


def get_memory() -> "MemoryStore | None":
    return MemoryStore()


class Service:
    def __init__(self, kept: bool, chosen: Store) -> None:
        self.store = TableStore() if kept else MemoryStore()
        self.chosen = chosen

    async def stored(self, key: str) -> str:
        return self.store.load(key)  # AUD103

    async def given(self, key: str) -> str:
        return self.chosen.load(key)  # AUD103


async def through_an_alias(key: str) -> str:
    return get_store(True).load(key)  # AUD103


async def through_a_union(store: "MemoryStore | TableStore", key: str) -> str:
    return store.load(key)  # AUD103


async def of_both_kinds(key: str) -> object:
    # A coroutine for one class: the code has to tell them apart, and it is not looked at how.
    return get_any(True).load(key)


async def in_memory(key: str) -> str:
    return get_memory().load(key)
