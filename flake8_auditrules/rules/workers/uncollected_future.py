"""AUD503: the future of a submitted job is never asked, so that its exception vanishes."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import executors
from flake8_auditrules.project.definitions import inherited_definition
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.futures import (
    COLLECTING,
    guards_itself,
    is_asked,
    looks_into_futures,
    own_executor,
)


class UncollectedFuture(Rule):
    """
    ## What it does
    Finds jobs given to an executor's `submit` whose future nobody ever asks (`result`, `exception`,
    `as_completed`, a callback), and calls of its `map` whose results nobody takes. `concurrent.futures.wait`
    does not count: it only waits. A function that sees to its own failures (a broad handler, a log call) is left
    alone, and so is one of another module, which may. So is an executor whose class asks its futures itself.

    ## Why it matters
    The executor stores the exception of a job in its future and says nothing. A job that fails then looks as
    if it had been done: no log, no traceback, no exit code.

    ## When to silence it
    When the function reports its failures in a way that the rule cannot see.
    """

    code = "AUD503"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    reach = Reach.CALLEES
    calls = executors.SUBMITTING | executors.MAPPING
    message = "`{call}` gives {what} that nobody asks, so its exception is lost; {cure}"
    examined = "submitted jobs are asked for their outcome"

    bad = (
        """
        from concurrent.futures import ThreadPoolExecutor

        def store_all(rows, store):
            with ThreadPoolExecutor(max_workers=4) as pool:
                for row in rows:
                    pool.submit(store, row)  # AUD503
        """,
        """
        from concurrent.futures import ThreadPoolExecutor, wait

        def store_all(rows, store):
            with ThreadPoolExecutor(max_workers=4) as pool:
                futures = [pool.submit(store, row) for row in rows]  # AUD503
                wait(futures)
        """,
    )
    good = (
        """
        from concurrent.futures import ThreadPoolExecutor

        def store_all(rows, store):
            with ThreadPoolExecutor(max_workers=4) as pool:
                for _ in pool.map(store, rows):
                    pass
        """,
        """
        from concurrent.futures import ThreadPoolExecutor, as_completed

        def store_all(rows, store):
            with ThreadPoolExecutor(max_workers=4) as pool:
                futures = [pool.submit(store, row) for row in rows]
                for future in as_completed(futures):
                    future.result()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a submitted job whose future is dropped or only waited for."""
        module = self.module
        if module.is_test:
            return
        maps = module.called(node, executors.MAPPING) is not None
        if is_asked(module, node) or guards_itself(module, node) or self._is_collected(node):
            self.passed(node)
            return
        self.report(
            node,
            call=module.call_text(node),
            what="results" if maps else "a future",
            cure="go through the results" if maps else "call `result()` on it or give it a callback",
        )

    def _is_collected(self, node: ast.Call) -> bool:
        """Whether the executor is of a class of the project that asks its futures itself."""
        name = own_executor(self.module, node)
        if name is None:
            return False
        found = (inherited_definition(self.project, self.module, name, method) for method in COLLECTING)
        return any(one is not None and looks_into_futures(one.function) for one in found)
