"""Locks of the standard library, anyio and trio; and the containers that they guard."""

from __future__ import annotations

import enum

from flake8_auditrules.records import NamedTuple


class LockKind(enum.Enum):
    """Whom a lock keeps out."""

    THREAD = "thread"
    TASK = "task"
    PROCESS = "process"


class LockClass(NamedTuple):
    """
    What is known of a class of locks.

    `reentrant`: its holder may take it again. `counted`: it lets in several (a semaphore). `condition`: its
    `wait` gives it up for as long as it waits.
    """

    kind: LockKind
    reentrant: bool = False
    counted: bool = False
    condition: bool = False


# Facts of the library references (threading, multiprocessing, asyncio) and of the documents of anyio and trio.
LOCKS: dict[str, LockClass] = {
    "threading.Lock": LockClass(LockKind.THREAD),
    "threading.RLock": LockClass(LockKind.THREAD, reentrant=True),
    "threading.Semaphore": LockClass(LockKind.THREAD, counted=True),
    "threading.BoundedSemaphore": LockClass(LockKind.THREAD, counted=True),
    # Without an argument, a Condition makes itself an RLock.
    "threading.Condition": LockClass(LockKind.THREAD, reentrant=True, condition=True),
    "_thread.allocate_lock": LockClass(LockKind.THREAD),
    "_thread.LockType": LockClass(LockKind.THREAD),
    "_thread.lock": LockClass(LockKind.THREAD),
    "multiprocessing.Lock": LockClass(LockKind.PROCESS),
    "multiprocessing.RLock": LockClass(LockKind.PROCESS, reentrant=True),
    "multiprocessing.Semaphore": LockClass(LockKind.PROCESS, counted=True),
    "multiprocessing.BoundedSemaphore": LockClass(LockKind.PROCESS, counted=True),
    "multiprocessing.Condition": LockClass(LockKind.PROCESS, reentrant=True, condition=True),
    "asyncio.Lock": LockClass(LockKind.TASK),
    "asyncio.Semaphore": LockClass(LockKind.TASK, counted=True),
    "asyncio.BoundedSemaphore": LockClass(LockKind.TASK, counted=True),
    "asyncio.Condition": LockClass(LockKind.TASK, condition=True),
    "anyio.Lock": LockClass(LockKind.TASK),
    "anyio.Semaphore": LockClass(LockKind.TASK, counted=True),
    "anyio.CapacityLimiter": LockClass(LockKind.TASK, counted=True),
    "anyio.Condition": LockClass(LockKind.TASK, condition=True),
    "trio.Lock": LockClass(LockKind.TASK),
    "trio.StrictFIFOLock": LockClass(LockKind.TASK),
    "trio.Semaphore": LockClass(LockKind.TASK, counted=True),
    "trio.CapacityLimiter": LockClass(LockKind.TASK, counted=True),
    "trio.Condition": LockClass(LockKind.TASK, condition=True),
}

LIBRARIES: tuple[str, ...] = ("threading", "_thread", "multiprocessing", "asyncio", "anyio", "trio")

# Containers whose content changes by methods, subscripts and `del`.
CONTAINERS: frozenset[str] = frozenset(
    {
        "builtins.dict",
        "builtins.list",
        "builtins.set",
        "builtins.bytearray",
        "collections.deque",
        "collections.defaultdict",
        "collections.OrderedDict",
        "collections.Counter",
        "typing.Dict",
        "typing.DefaultDict",
        "typing.OrderedDict",
        "typing.Counter",
        "typing.List",
        "typing.Set",
        "typing.Deque",
        "typing.MutableMapping",
        "typing.MutableSequence",
        "typing.MutableSet",
        "collections.abc.MutableMapping",
        "collections.abc.MutableSequence",
        "collections.abc.MutableSet",
    }
)

# Those that a program makes by their own names: putting something into one, or looking into it, does not fail.
PLAIN_CONTAINERS: frozenset[str] = frozenset(
    {
        "builtins.dict",
        "builtins.list",
        "builtins.set",
        "collections.OrderedDict",
        "collections.defaultdict",
        "collections.deque",
    }
)

# Methods of these containers that change them.
GROWING: frozenset[str] = frozenset({"add", "append", "appendleft", "extend", "insert", "setdefault", "update"})
SHRINKING: frozenset[str] = frozenset(
    {
        "clear",
        "difference_update",
        "discard",
        "intersection_update",
        "pop",
        "popitem",
        "popleft",
        "remove",
        "symmetric_difference_update",
    }
)
REORDERING: frozenset[str] = frozenset({"move_to_end", "reverse", "rotate", "sort"})
MUTATING: frozenset[str] = GROWING | SHRINKING | REORDERING
