"""A store that takes the names that it is given."""

from pathlib import Path

BASE = Path("files")


def load(name: str) -> str:
    return (BASE / name).read_text()


def load_safely(name: str) -> str:
    path = (BASE / name).resolve()
    if not path.is_relative_to(BASE.resolve()):
        raise ValueError(name)
    return path.read_text()


class Store:
    def remove(self, folder: str, name: str) -> None:
        (BASE / folder / name).unlink()
