"""AUD106: waiting for a thread, lock or queue on the event loop."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.plain_forms import is_plainly_blocking
from flake8_auditrules.semantics.self_waits import SUBMISSION, wait_for_own_loop


class BlockingWait(Rule):
    """
    ## What it does
    Finds calls in an `async def` that wait on the loop's own thread for another thread, process or worker:
    `Future.result()` of concurrent.futures, locks, events and threads of `threading`, `queue.Queue.get()`,
    a Celery result, `input()`, also through the project's functions. A method that Tornado,
    Starlette or asyncio's protocols call on the loop, such as `get` of a `RequestHandler`, counts as one. In a
    plain function it finds the wait for a coroutine that was handed to the loop which runs in this very thread.
    Where a function further down waits on a condition that has nothing to do with the loop, nothing is told, nor
    where a coroutine that ends something (`close`, `stop`) waits for the thread to end with it.

    ## Why it matters
    The loop stands still until the other side is done. Where the other side needs the loop to get there (a
    callback, a result that `run_coroutine_threadsafe` waits for), both wait for ever.

    ## When to silence it
    When the thing waited for is known to be done.
    """

    code = "AUD106"
    severity = Severity.HIGH
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{call}` blocks the event loop{chain}; {cure}"
    examined = "coroutines never block on other threads"
    reach = Reach.PROJECT
    options = (Option("in-tests", False, "look at test files too"),)
    calls = frozenset({SUBMISSION})

    bad = (
        """
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(max_workers=1)

        async def answer(work):
            future = pool.submit(work)
            return future.result()  # AUD106
        """,
        """
        import queue

        class Inbox:
            def __init__(self):
                self.messages: queue.Queue = queue.Queue()

            def next_message(self):
                return self.messages.get()

        async def read(inbox: Inbox):
            return inbox.next_message()  # AUD106
        """,
        """
        import asyncio

        def run_sync(coroutine):
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                return asyncio.run(coroutine)
            return asyncio.run_coroutine_threadsafe(coroutine, loop).result()  # AUD106
        """,
    )
    good = (
        """
        import asyncio
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(max_workers=1)

        async def answer(work):
            return await asyncio.wrap_future(pool.submit(work))
        """,
        """
        import queue

        async def drain(messages: queue.Queue):
            while not messages.empty():
                yield messages.get_nowait()
        """,
        """
        import asyncio

        def run_sync(coroutine):
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                return asyncio.run(coroutine)
            raise RuntimeError("await the coroutine instead")
        """,
    )

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report what waits for other threads in this coroutine."""
        self._examine(node)

    def visit_Module(self, node: ast.Module) -> None:
        """Report the same in the methods that a library calls on the loop."""
        for method in self.project.called_back(self.module):
            self._examine(method)

    def visit_Call(self, node: ast.Call) -> None:
        """Report the wait of a plain function for the loop that runs it."""
        if self.module.is_test and not self.option("in-tests"):
            return
        wait = wait_for_own_loop(self.module, node)
        if wait is None:
            self.passed(node)
            return
        self.report(
            wait,
            call=self.module.call_text(wait),
            chain=f" that has to run the coroutine, {_how_long(wait)}",
            cure="make the function async and await the coroutine",
        )

    def _examine(self, node: ast.AsyncFunctionDef | ast.FunctionDef) -> None:
        if self.module.is_test and not self.option("in-tests"):
            return
        blocked = self.project.blocked(self.module, node, Effect.WAIT)
        for one in blocked:
            if self.config.beside_ruff and is_plainly_blocking(self.module, one.node):
                continue
            steps = [Step(*link) for link in one.links]
            self.report(one.node, steps=steps, place=node, call=one.text, chain=one.shown, cure=one.cure)
        if not blocked:
            self.passed(node)


def _how_long(wait: ast.Call) -> str:
    """For how long a wait lasts that its own loop would have to end."""
    is_limited = bool(wait.args) or any(keyword.arg == "timeout" for keyword in wait.keywords)
    return "until it gives up" if is_limited else "for ever"
