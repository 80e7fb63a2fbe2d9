"""AUD120: a lock for threads that is held while the coroutine waits."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.locks import LockKind
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.locks import locks_entered
from flake8_auditrules.semantics.tasks import never_suspends, puts_without_waiting

_WAITING = (ast.Await, ast.AsyncFor, ast.AsyncWith)


class ThreadLockAcrossAwait(Rule):
    """
    ## What it does
    Finds `with` blocks over a lock of `threading` or `multiprocessing` in an `async def` that contain an
    `await`. Awaiting a coroutine of the same module that waits for nothing itself is no waiting.

    ## Why it matters
    While the coroutine waits, it keeps the lock, and the loop runs others. The next task that takes the lock
    blocks the thread of the loop, so that the first one never goes on to release it: the whole loop stands
    still for good. An `RLock` does not stand still: it lets the second task in, since it belongs to the
    thread, and guards nothing.

    ## When to silence it
    When only one task ever takes the lock.
    """

    code = "AUD120"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{lock}` {fact}; use `asyncio.Lock`, or release it before line {line}"
    examined = "blocks over a thread lock await nothing"

    bad = (
        """
        import asyncio
        import threading

        lock = threading.Lock()
        names = []

        async def add(name):
            with lock:  # AUD120
                await asyncio.sleep(0)
                names.append(name)
        """,
    )
    good = (
        """
        import asyncio

        lock = asyncio.Lock()
        names = []

        async def add(name):
            async with lock:
                await asyncio.sleep(0)
                names.append(name)
        """,
        """
        import asyncio
        import threading

        lock = threading.Lock()
        names = []

        async def add(name):
            await asyncio.sleep(0)
            with lock:
                names.append(name)
        """,
    )

    def visit_With(self, node: ast.With) -> None:
        """Report a lock for threads around something that waits."""
        if not self.module.imports("threading", "multiprocessing", "_thread"):
            return
        for entered in locks_entered(self.module, node):
            lock = entered.lock
            if lock is None or lock.known is None or lock.known.counted:
                continue
            if not lock.is_kind(LockKind.THREAD, LockKind.PROCESS):
                continue
            waiting = next(
                (
                    part
                    for part in own_parts(node.body)
                    if isinstance(part, _WAITING)
                    and not puts_without_waiting(self.module, part)
                    and not never_suspends(self.module, part)
                ),
                None,
            )
            if waiting is None or not self.module.on_event_loop(node):
                self.passed(node)
                continue
            if lock.known.reentrant:
                fact = "is held across an await, where it lets other tasks of the loop in"
            else:
                fact = "is held across an await, and the next task that takes it blocks the loop for good"
            self.report(node, lock=lock.text, fact=fact, line=str(waiting.lineno))
