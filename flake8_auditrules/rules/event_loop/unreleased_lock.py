"""AUD112: a lock that is acquired and on some way out never released."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.lock_leaks import leaks, unleaked, way_out


class UnreleasedLock(Rule):
    """
    ## What it does
    Finds locks and semaphores that are acquired by hand and not released on some way out of the function: an
    early `return`, a `raise`, or any exception where no `finally` releases.

    ## Why it matters
    The lock stays taken after the function has ended, and the next one that acquires it waits for ever.

    ## When to silence it
    When the lock is handed over, and another part of the program releases it.
    """

    code = "AUD112"
    severity = Severity.HIGH
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{call}` leaves the lock taken {way}; release it in a `finally`, or use `{cure}`"
    examined = "`acquire()` calls are followed by a release on every way out"

    bad = (
        """
        import threading

        class Register:
            def __init__(self):
                self._lock = threading.Lock()
                self.names = set()

            def add(self, name):
                self._lock.acquire()  # AUD112
                if name in self.names:
                    return False
                self.names.add(name)
                self._lock.release()
                return True
        """,
        """
        import asyncio

        class Sender:
            def __init__(self, connection):
                self._slots = asyncio.Semaphore(2)
                self.connection = connection

            async def send(self, message):
                await self._slots.acquire()  # AUD112
                await self.connection.write(message)
                self._slots.release()
        """,
    )
    good = (
        """
        import threading

        class Register:
            def __init__(self):
                self._lock = threading.Lock()
                self.names = set()

            def add(self, name):
                with self._lock:
                    if name in self.names:
                        return False
                    self.names.add(name)
                    return True
        """,
        """
        import asyncio

        class Sender:
            def __init__(self, connection):
                self._slots = asyncio.Semaphore(2)
                self.connection = connection

            async def send(self, message):
                await self._slots.acquire()
                try:
                    await self.connection.write(message)
                finally:
                    self._slots.release()
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the acquisitions that some way out leaves behind, where no `finally` or handler releases."""
        for leak in leaks(self.module):
            if not leak.is_gap:
                cure = "async with" if self.module.awaited(leak.call) else "with"
                self.report(leak.call, call=self.module.call_text(leak.call), way=way_out(leak), cure=cure)
        for call in unleaked(self.module):
            self.passed(call)
