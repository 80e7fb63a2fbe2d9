"""Uses of attributes and module variables, and what callers hold."""

from __future__ import annotations

import ast

import pytest

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import (
    AccessKind,
    Variable,
    accesses,
    held_by_callers,
    may_run_bare,
    runs_first,
    says_lock_is_held,
)
from tests.conftest import module_of

USES = """
rows = {}
count = 0

class Owner:
    def __init__(self):
        self.items = []

    def work(self, value, other):
        global count
        use_here = self.items
        self.items = value
        self.items += value
        self.items = self.items + value
        self.items.append(value)
        self.items[0] = value
        del self.items[0]
        for item in self.items:
            pass
        [item for item in list(self.items)]
        [item for item in self.items]
        other.items.append(value)
        count += 1
        rows[value] = 1
        rows = {}

class Other:
    def work(self):
        self.items = 1
"""


def test_kinds_of_uses_of_an_attribute() -> None:
    module = module_of(USES)
    owner = module.nodes(ast.ClassDef)[0]
    kinds = [access.kind for access in accesses(module, Variable(owner, "items"))]
    read, rebind, update = AccessKind.READ, AccessKind.REBIND, AccessKind.UPDATE
    mutate, iterate = AccessKind.MUTATE, AccessKind.ITERATE
    assert kinds == [
        rebind,
        read,
        rebind,
        update,
        update,
        read,
        mutate,
        mutate,
        mutate,
        iterate,
        read,
        iterate,
    ]


def test_uses_of_module_variables() -> None:
    module = module_of(USES)
    assert [access.kind for access in accesses(module, Variable(None, "count"))] == [
        AccessKind.REBIND,
        AccessKind.UPDATE,
    ]
    # The function's own `rows` is a local name.
    assert len(accesses(module, Variable(None, "rows"))) == 1


CALLERS = """
import threading

class Owner:
    def __init__(self):
        self._lock = threading.Lock()
        self._prepare()

    def public(self):
        with self._lock:
            self._held()
            self._mixed()
            self._as_task()

    def other(self):
        self._mixed()
        register(self._callback)

    def _held(self):
        self._deep()

    def _deep(self):
        self._deep()

    def _mixed(self):
        pass

    def _prepare(self):
        pass

    def _callback(self):
        pass

    def _never(self):
        self._by_never()

    def _by_never(self):
        pass

    async def _as_task(self):
        pass

    def drop_locked(self):
        pass

    def drop(self):
        # The caller holds the lock.
        pass
"""


def function_in(module: Module, name: str) -> FunctionNode:
    functions: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
    return next(function for function in functions if function.name == name)


@pytest.mark.parametrize(
    ("name", "held", "bare"),
    [
        ("public", False, True),
        ("_held", True, False),
        ("_deep", True, False),
        ("_mixed", False, True),
        ("_prepare", False, False),
        ("_callback", False, True),
        ("_never", False, False),
        ("_by_never", False, False),
        ("_as_task", False, False),
    ],
)
def test_what_callers_hold(name: str, held: bool, bare: bool) -> None:
    module = module_of(CALLERS)
    function = function_in(module, name)
    assert bool(held_by_callers(module, function)) is held
    assert may_run_bare(module, function) is bare


def test_what_runs_first() -> None:
    module = module_of(CALLERS)
    assert [
        name
        for name in ("__init__", "_prepare", "public", "_held")
        if runs_first(module, function_in(module, name))
    ] == ["__init__", "_prepare"]


def test_what_says_that_the_lock_is_held() -> None:
    module = module_of(CALLERS)
    assert says_lock_is_held(module, function_in(module, "drop_locked"))
    assert says_lock_is_held(module, function_in(module, "drop"))
    assert not says_lock_is_held(module, function_in(module, "public"))
