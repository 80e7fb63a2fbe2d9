"""Tests of flake8_auditrules/records.py: what `typing.NamedTuple` does, and that our classes are made by it."""

from __future__ import annotations

import copy
import pickle
import pkgutil
import typing
from importlib import import_module
from typing import Any

import pytest

import flake8_auditrules
from flake8_auditrules.records import NamedTuple


class Ours(NamedTuple):
    """A record."""

    name: str
    size: int = 3
    rest: tuple[str, ...] = ()

    @property
    def double(self) -> int:
        return self.size * 2


class Theirs(typing.NamedTuple):
    """A record."""

    name: str
    size: int = 3
    rest: tuple[str, ...] = ()

    @property
    def double(self) -> int:
        return self.size * 2


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_a_record_is_a_tuple_with_names(kind: Any) -> None:
    one = kind("a", rest=("b",))
    assert one == ("a", 3, ("b",))
    assert hash(one) == hash(("a", 3, ("b",)))
    assert (one.name, one.size, one.rest, one.double) == ("a", 3, ("b",), 6)
    assert one._replace(size=5) == kind("a", 5, ("b",))
    assert one._asdict() == {"name": "a", "size": 3, "rest": ("b",)}
    assert kind._make(["c", 4, ()]) == ("c", 4, ())
    assert repr(one) == f"{kind.__name__}(name='a', size=3, rest=('b',))"
    assert kind._fields == ("name", "size", "rest")
    assert kind.__doc__ == "A record."
    match one:
        case kind(name, size):
            assert (name, size) == ("a", 3)
    assert isinstance(one, kind)
    assert not hasattr(one, "__dict__")
    for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert type(again) is kind
        assert again == one


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_a_record_refuses_what_does_not_fit(kind: Any) -> None:
    with pytest.raises(TypeError):
        kind()
    with pytest.raises(TypeError):
        kind("a", other=1)
    with pytest.raises(TypeError):
        kind._make(["a", 1, (), 2])
    with pytest.raises(ValueError, match="other"):
        kind("a")._replace(other=1)
    with pytest.raises(AttributeError):
        kind("a").name = "b"


def test_a_default_before_a_field_without_one_is_refused() -> None:
    with pytest.raises(TypeError, match="without a default"):

        class Wrong(NamedTuple):
            first: int = 1
            second: int  # type: ignore[misc]


def test_the_package_makes_its_records_so() -> None:
    """One import of `typing.NamedTuple` costs nothing, a hundred cost an editor's user 20 ms a keystroke."""
    for found in pkgutil.walk_packages(flake8_auditrules.__path__, "flake8_auditrules."):
        if not found.name.endswith("__main__"):
            for value in vars(import_module(found.name)).values():
                if isinstance(value, type) and issubclass(value, tuple) and hasattr(value, "_fields"):
                    if value.__module__.startswith("flake8_auditrules"):
                        assert typing.NamedTuple not in getattr(value, "__orig_bases__", ()), value
