"""A method that a base class leaves open is followed into the few classes that fill it."""

from abc import ABC, abstractmethod

from sqlalchemy import create_engine, text

engine = create_engine("postgresql://database/app")


class Store(ABC):
    @abstractmethod
    def load(self, key: str) -> str: ...

    @property
    @abstractmethod
    def size(self) -> int: ...

    def load_twice(self, key: str) -> tuple[str, str]:
        return self.load(key), self.load(key)


class MemoryStore(Store):
    def load(self, key: str) -> str:
        return key

    @property
    def size(self) -> int:
        return 0


class TableStore(Store):
    def load(self, key: str) -> str:
        with engine.connect() as connection:
            return connection.execute(text("select value from items where key = :key"), {"key": key}).scalar_one()

    @property
    def size(self) -> int:
        return 0


class CountingStore(Store):
    def __init__(self) -> None:
        self.count = 0

    def load(self, key: str) -> str:
        self.count += 1
        return super().load(key)

    @property
    def size(self) -> int:
        return self.count

    async def loaded(self, key: str) -> str:
        # Nobody else's `load` is meant.
        return super().load(key)


def get_store() -> Store:
    return TableStore()


async def loaded(key: str) -> str:
    return get_store().load(key)  # AUD103


async def loaded_twice(key: str) -> tuple[str, str]:
    return get_store().load_twice(key)  # AUD103


async def size() -> int:
    return get_store().size


class Tool(ABC):
    @abstractmethod
    def run(self) -> None: ...


class First(Tool):
    def run(self) -> None:
        engine.connect()


class Second(Tool):
    def run(self) -> None:
        return


class Third(Tool):
    def run(self) -> None:
        return


class Fourth(Tool):
    def run(self) -> None:
        return


class Fifth(Tool):
    def run(self) -> None:
        return


class Sixth(Tool):
    def run(self) -> None:
        return


async def of_many(tool: Tool) -> None:
    tool.run()
