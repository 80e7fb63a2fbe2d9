"""AUD117: a task made in a thread that has no event loop."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.tasks import is_held_by_executor
from flake8_auditrules.semantics.thread_entries import makes_loops, minds_loops, thread_entries

_MAKING = ("asyncio.create_task", "asyncio.ensure_future")
_ON_A_LOOP = ("asyncio.AbstractEventLoop.create_task", "asyncio.AbstractEventLoop.call_soon")
_CURES = {
    "asyncio.AbstractEventLoop.call_soon": "use `loop.call_soon_threadsafe`",
    "asyncio.AbstractEventLoop.create_task": "use `asyncio.run_coroutine_threadsafe(..., loop)`",
}


class TaskFromThread(Rule):
    """
    ## What it does
    Finds `asyncio.create_task`, `asyncio.ensure_future` and `loop.call_soon` in plain functions that run in
    another thread: given to `asyncio.to_thread`, an executor or a `Thread`, called back by paho-mqtt or
    watchdog, or plain `def` routes and dependencies, which FastAPI and Starlette run in a pool of threads.

    ## Why it matters
    A thread has no running event loop: `create_task` raises `RuntimeError: no running event loop` there and
    the coroutine is never awaited. `call_soon` of another thread's loop does not wake that loop: the callback
    runs when something else happens, or never.

    ## When to silence it
    When the thread runs an event loop of its own that the rule cannot see.
    """

    code = "AUD117"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    calls = (*_MAKING, *_ON_A_LOOP)
    message = "`{call}` is called in a thread ({entry} runs it) that runs no event loop; {cure}"
    examined = "calls that need an event loop run where there is one"

    bad = (
        """
        import asyncio

        async def notify():
            pass

        def work():
            return asyncio.create_task(notify())  # AUD117

        async def run():
            await asyncio.to_thread(work)
        """,
        """
        import asyncio
        import threading

        class Reader:
            def __init__(self):
                self.loop = asyncio.get_running_loop()
                self.thread = threading.Thread(target=self.read)

            def read(self):
                self.loop.call_soon(print, "read")  # AUD117
        """,
    )
    good = (
        """
        import asyncio

        async def notify():
            pass

        def work(loop):
            asyncio.run_coroutine_threadsafe(notify(), loop)

        async def run():
            await asyncio.to_thread(work, asyncio.get_running_loop())
        """,
        """
        import asyncio

        async def notify():
            pass

        def on_hangup():
            asyncio.ensure_future(notify())

        async def run(signal_number):
            asyncio.get_running_loop().add_signal_handler(signal_number, on_hangup)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a call that needs a loop in a function that a thread runs."""
        function = self.module.function_of(node)
        if function is None or isinstance(function, ast.AsyncFunctionDef):
            return
        entry = thread_entries(self.module).get(function)
        if entry is None or minds_loops(self.module, function):
            self.passed(node)
            return
        meant = self.module.called(node, self.calls) or ""
        if is_held_by_executor(node) or (meant in _ON_A_LOOP and makes_loops(self.module)):
            self.passed(node)
            return
        cure = _CURES.get(meant, "use `asyncio.run_coroutine_threadsafe(..., loop)`")
        self.report(node, call=self.module.call_text(node), entry=entry, cure=cure)
