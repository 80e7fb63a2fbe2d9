"""AUD111: a gap between `acquire()` and the `try` that releases."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.lock_leaks import leaks, unleaked, way_out


class AcquireGap(Rule):
    """
    ## What it does
    Finds locks and semaphores that are acquired by hand, and released where something goes wrong, but not on
    all such ways: an `await` or a call stands between `acquire()` and the `try` whose `finally` releases, or
    the release stands in an `except Exception`, which a cancellation passes by.

    ## Why it matters
    A task can be cancelled at every `await`: a client hangs up, a timeout runs out. When that happens in the
    gap, nobody releases the lock, and everything that takes it later waits for ever; a semaphore loses one
    place each time, until none is left.

    ## When to silence it
    When what stands in the gap can neither raise nor be cancelled.
    """

    code = "AUD111"
    severity = Severity.HIGH
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{call}` leaves the lock taken {way}; put `try` and `finally` right after it, or use `{cure}`"
    examined = "`acquire()` calls leave no gap before their `try`"

    bad = (
        """
        import asyncio

        class Feed:
            def __init__(self, source):
                self._lock = asyncio.Lock()
                self.source = source

            async def refresh(self):
                await self._lock.acquire()  # AUD111
                rows = await self.source.read()
                try:
                    return len(rows)
                finally:
                    self._lock.release()
        """,
        """
        import asyncio

        class Feed:
            def __init__(self, source):
                self._lock = asyncio.Lock()
                self.source = source

            async def refresh(self):
                await self._lock.acquire()  # AUD111
                try:
                    rows = await self.source.read()
                except Exception:
                    self._lock.release()
                    raise
                self._lock.release()
                return len(rows)
        """,
    )
    good = (
        """
        import asyncio

        class Feed:
            def __init__(self, source):
                self._lock = asyncio.Lock()
                self.source = source

            async def refresh(self):
                async with self._lock:
                    return len(await self.source.read())
        """,
        """
        import asyncio

        class Feed:
            def __init__(self, source):
                self._lock = asyncio.Lock()
                self.source = source

            async def refresh(self):
                await self._lock.acquire()
                try:
                    return len(await self.source.read())
                finally:
                    self._lock.release()
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the acquisitions that are released on some ways out by an exception, but not on all."""
        for leak in leaks(self.module):
            if leak.is_gap:
                cure = "async with" if self.module.awaited(leak.call) else "with"
                self.report(leak.call, call=self.module.call_text(leak.call), way=way_out(leak), cure=cure)
        for call in unleaked(self.module):
            self.passed(call)
