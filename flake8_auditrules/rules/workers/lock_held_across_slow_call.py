"""AUD521: a lock that is held while something slow is waited for."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.locks import block_around, locked_blocks
from flake8_auditrules.semantics.slow_sections import (
    SLOW,
    Unexplained,
    awaits_for_one_key,
    calls_elsewhere,
    slow_calls,
)


class LockHeldAcrossSlowCall(Rule):
    """
    ## What it does
    Finds network calls, queries, sleeps, child processes and walks over files that run while a lock of
    `threading` is held, also through functions of the project; and awaits for one key of a dict under the
    `asyncio.Lock` of the whole module. A start, a load on first use, also further down, and locks that let one
    such call after the other go are left alone.

    ## Why it matters
    Everybody who wants the lock waits until the call is done, also those who would only read a number. One
    slow server, and all threads of the pool stand in line.

    ## When to silence it
    When the lock is there to let one such call after the other go out.
    """

    code = "AUD521"
    severity = Severity.MEDIUM
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{call}` waits{chain} while `{lock}` is held, and all others with it; call it before or after"
    examined = "blocks over a lock wait for nothing slow"
    reach = Reach.CALLEES

    bad = (
        """
        import threading
        import urllib.request

        class Prices:
            def __init__(self):
                self._lock = threading.Lock()
                self.prices = {}

            def update(self, name, url):
                with self._lock:
                    with urllib.request.urlopen(url, timeout=5) as answer:  # AUD521
                        self.prices[name] = answer.read()

            def price(self, name):
                with self._lock:
                    return self.prices.get(name)
        """,
        """
        import asyncio
        import httpx

        client = httpx.AsyncClient()
        lock = asyncio.Lock()
        pages = {}

        async def page(url):
            async with lock:
                if url not in pages:
                    pages[url] = (await client.get(url)).text  # AUD521
                return pages[url]
        """,
    )
    good = (
        """
        import threading
        import urllib.request

        class Prices:
            def __init__(self):
                self._lock = threading.Lock()
                self.prices = {}

            def update(self, name, url):
                with urllib.request.urlopen(url, timeout=5) as answer:
                    price = answer.read()
                with self._lock:
                    self.prices[name] = price

            def price(self, name):
                with self._lock:
                    return self.prices.get(name)
        """,
        """
        import asyncio
        import collections
        import httpx

        client = httpx.AsyncClient()
        locks = collections.defaultdict(asyncio.Lock)
        pages = {}

        async def page(url):
            async with locks[url]:
                if url not in pages:
                    pages[url] = (await client.get(url)).text
                return pages[url]
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the first slow call of each block over a lock."""
        if not locked_blocks(self.module):
            return
        for slow in [*slow_calls(self.module), *awaits_for_one_key(self.module)]:
            chain, steps = "", [Step(self.module.path, slow.call.lineno, slow.primitive)]
            if slow.through:
                chain = f" ({' -> '.join([*slow.through, slow.primitive])})"
            call = self.module.call_text(slow.call)
            place = block_around(self.module, slow.call)
            self.report(
                slow.call, steps=steps if chain else (), place=place, call=call, chain=chain, lock=slow.lock.text
            )
        for unexplained in calls_elsewhere(self.module):
            self._look_elsewhere(unexplained)
        self.passed_others(block.statement for block in locked_blocks(self.module))

    def _look_elsewhere(self, block: Unexplained) -> None:
        """Report the first call of a block that waits further down, in other modules."""
        for call in block.calls:
            waits = self.project.waits_at(self.module, call)
            if waits is None or waits.effect not in SLOW or waits.primitive.startswith("sqlite3."):
                continue
            self.report(
                call,
                steps=[Step(*link) for link in waits.links],
                place=block.statement,
                call=waits.text,
                chain=waits.shown,
                lock=block.lock.text,
            )
            return
