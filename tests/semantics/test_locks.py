"""Which expression is a lock, which locks are the same, and where they are held."""

from __future__ import annotations

import ast

import pytest

from flake8_auditrules.knowledge.locks import LockKind
from flake8_auditrules.semantics.locks import held_at, lock_of, locked_blocks
from flake8_auditrules.semantics.module import Module
from tests.conftest import module_of

CLASS = """
import asyncio
import multiprocessing
import threading
from threading import RLock as Reentrant

shared = threading.Lock()

class Base:
    class_lock = threading.Lock()

    def __init__(self, given: asyncio.Lock, lock):
        self._lock = threading.Lock()
        self._again = Reentrant()
        self._condition = threading.Condition()
        self._plain_condition = threading.Condition(threading.Lock())
        self._slots = asyncio.Semaphore(2)
        self._process = multiprocessing.Lock()
        self._given = given
        self.lock = lock
        self._block = object()

class Owner(Base):
    def work(self):
        alias = self._lock
        {expression}
"""


def expression_in(expression: str) -> tuple[Module, ast.expr]:
    module = module_of(CLASS.replace("{expression}", expression))
    statement = module.nodes(ast.FunctionDef)[-1].body[-1]
    assert isinstance(statement, ast.Expr)
    return module, statement.value


@pytest.mark.parametrize(
    ("expression", "kind", "reentrant"),
    [
        ("self._lock", LockKind.THREAD, False),
        ("self._again", LockKind.THREAD, True),
        ("self._condition", LockKind.THREAD, True),
        ("self._plain_condition", LockKind.THREAD, False),
        ("self._slots", LockKind.TASK, False),
        ("self._process", LockKind.PROCESS, False),
        ("self._given", LockKind.TASK, False),
        ("shared", LockKind.THREAD, False),
        ("alias", LockKind.THREAD, False),
        ("self.class_lock", LockKind.THREAD, False),
    ],
)
def test_class_of_a_lock(expression: str, kind: LockKind, reentrant: bool) -> None:
    lock = lock_of(*expression_in(expression))
    assert lock is not None and lock.known is not None
    assert (lock.known.kind, lock.known.reentrant) == (kind, reentrant)


@pytest.mark.parametrize("expression", ["self._block", "self._lock.acquire()", "self.missing", "print", "1"])
def test_what_is_no_lock(expression: str) -> None:
    assert lock_of(*expression_in(expression)) is None


def test_a_name_alone_says_that_it_is_a_lock() -> None:
    lock = lock_of(*expression_in("self.lock"))
    assert lock is not None and lock.known is None


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("self._lock", "alias", True),
        ("self._lock", "self._again", False),
        ("self.class_lock", "Base.class_lock", True),
        ("self.class_lock", "Owner.class_lock", True),
        ("shared", "alias", False),
    ],
)
def test_same_lock(first: str, second: str, same: bool) -> None:
    one, other = lock_of(*expression_in(first)), lock_of(*expression_in(second))
    assert one is not None and other is not None
    assert (one.key == other.key) is same


HELD = """
import contextlib
import threading

class Owner:
    def __init__(self):
        self._lock = threading.Lock()

    def work(self, condition, locks):
        before()
        with self._lock:
            inside()
            def nested():
                in_nested()
            with locks["a"]:
                unknown()
        after()
        self._lock.acquire()
        acquired()
        if condition:
            self._lock.release()
            released()
            return
        try:
            still_acquired()
        finally:
            self._lock.release()
        at_last()
        with contextlib.ExitStack() as stack:
            stack.enter_context(self._lock)
            on_stack()
"""


@pytest.mark.parametrize(
    ("called", "held", "unknown"),
    [
        ("before", False, False),
        ("inside", True, False),
        ("in_nested", False, False),
        ("unknown", True, True),
        ("after", False, False),
        ("acquired", True, False),
        ("released", False, False),
        ("still_acquired", True, False),
        ("at_last", False, False),
        ("on_stack", True, False),
    ],
)
def test_where_a_lock_is_held(called: str, held: bool, unknown: bool) -> None:
    module = module_of(HELD)
    (call,) = [
        call for call in module.nodes(ast.Call) if isinstance(call.func, ast.Name) and call.func.id == called
    ]
    found = held_at(module, call)
    assert found.keys == (frozenset({"example.Owner._lock"}) if held else frozenset())
    assert found.unknown is unknown


def test_blocks_over_locks() -> None:
    assert [block.lock.text for block in locked_blocks(module_of(HELD))] == ["self._lock"]
