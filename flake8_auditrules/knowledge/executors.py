"""Executors and semaphores: which argument is the size, and what becomes of one that is too small."""

from __future__ import annotations

from flake8_auditrules.records import NamedTuple


class Sized(NamedTuple):
    """
    How one constructor takes its size.

    `keyword` and `position` name the argument; `outcome` tells what becomes of 0 ("raises ValueError",
    "blocks every acquire"), `raises` whether the constructor itself fails.
    """

    keyword: str
    position: int
    outcome: str
    raises: bool


_FAILS = "raises ValueError"
_BLOCKS = "lets no one acquire"

# From the sources of the standard library, anyio and trio.
SIZED: dict[str, Sized] = {
    "concurrent.futures.ThreadPoolExecutor": Sized("max_workers", 0, _FAILS, True),
    "concurrent.futures.ProcessPoolExecutor": Sized("max_workers", 0, _FAILS, True),
    "concurrent.futures.InterpreterPoolExecutor": Sized("max_workers", 0, _FAILS, True),
    "multiprocessing.Pool": Sized("processes", 0, _FAILS, True),
    "multiprocessing.pool.ThreadPool": Sized("processes", 0, _FAILS, True),
    "multiprocessing.dummy.Pool": Sized("processes", 0, _FAILS, True),
    "asyncio.Semaphore": Sized("value", 0, _BLOCKS, False),
    "asyncio.BoundedSemaphore": Sized("value", 0, _BLOCKS, False),
    "threading.Semaphore": Sized("value", 0, _BLOCKS, False),
    "threading.BoundedSemaphore": Sized("value", 0, _BLOCKS, False),
    "anyio.Semaphore": Sized("initial_value", 0, _BLOCKS, False),
    "anyio.CapacityLimiter": Sized("total_tokens", 0, _BLOCKS, False),
    "trio.Semaphore": Sized("initial_value", 0, _BLOCKS, False),
    "trio.CapacityLimiter": Sized("total_tokens", 0, _BLOCKS, False),
}

# Executors: what `submit` gives is a future.
EXECUTORS: frozenset[str] = frozenset(
    {
        "concurrent.futures.ThreadPoolExecutor",
        "concurrent.futures.ProcessPoolExecutor",
        "concurrent.futures.InterpreterPoolExecutor",
    }
)

# Pools of processes or threads, and what ends their workers.
POOLS: dict[str, tuple[str, ...]] = {
    "concurrent.futures.ThreadPoolExecutor": ("shutdown",),
    "concurrent.futures.ProcessPoolExecutor": ("shutdown",),
    "concurrent.futures.InterpreterPoolExecutor": ("shutdown",),
    "multiprocessing.Pool": ("close", "terminate"),
    "multiprocessing.pool.ThreadPool": ("close", "terminate"),
}

# Methods of an executor that give it something to do: it starts its workers with them.
JOBS: frozenset[str] = frozenset({"submit", "map"})

# Methods that give a future, and those that look into one and so see its exception.
SUBMITTING: frozenset[str] = frozenset(f"{name}.submit" for name in (*EXECUTORS, "concurrent.futures.Executor"))
MAPPING: frozenset[str] = frozenset(f"{name}.map" for name in (*EXECUTORS, "concurrent.futures.Executor"))
ASKING: frozenset[str] = frozenset({"result", "exception", "add_done_callback"})
# `wait` only waits: the exceptions stay in the futures.
WAITING: frozenset[str] = frozenset({"concurrent.futures.wait"})
