"""AUD121: a task that still runs when what it uses is closed."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import tasks
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.task_ends import closed_under, never_ended, passed_over


class UnfinishedTask(Rule):
    """
    ## What it does
    Finds `task.cancel()` followed by the closing of something that the task uses when it tidies up, where nothing
    is awaited in between; tasks with an endless loop that a class starts and that its own `stop()` or `close()`
    leaves running; and cancelled tasks that are awaited behind another one in the same block, which the first
    `CancelledError` leaves.

    ## Why it matters
    `cancel()` only asks: the task gets its CancelledError when the event loop comes to it, and its `finally`
    blocks run then. They find a closed client or connection, fail, and the error is shown as "Task exception was
    never retrieved", or not at all.

    ## When to silence it
    When the task's clean-up does not touch what is closed.
    """

    code = "AUD121"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    call_names = ("create_task", "ensure_future", "cancel")
    message = "`{call}` {fact}; {cure}"
    examined = "tasks made here are not left running by what ends their owner"

    bad = (
        """
        import asyncio

        class Poller:
            def __init__(self, client):
                self._client = client

            def start(self):
                self._task = asyncio.create_task(self._run())

            async def _run(self):
                try:
                    while True:
                        await self._client.poll()
                finally:
                    await self._client.send("bye")

            async def stop(self):
                self._task.cancel()  # AUD121
                await self._client.close()
        """,
    )
    good = (
        """
        import asyncio

        class Poller:
            def __init__(self, client):
                self._client = client

            def start(self):
                self._task = asyncio.create_task(self._run())

            async def _run(self):
                try:
                    while True:
                        await self._client.poll()
                finally:
                    await self._client.send("bye")

            async def stop(self):
                self._task.cancel()
                await asyncio.gather(self._task, return_exceptions=True)
                await self._client.close()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a cancellation that is not waited for, and a task that is never cancelled."""
        module = self.module
        if not isinstance(node.func, ast.Attribute) or module.is_test:
            if isinstance(node.func, ast.Name) and not module.is_test:
                self._visit_making(node)
            return
        if node.func.attr in ("create_task", "ensure_future"):
            self._visit_making(node)
        elif node.func.attr == "cancel" and not node.args:
            found = closed_under(module, node)
            line = passed_over(module, node) if found is None else None
            if found is not None:
                closes = f"line {found.line} closes `{found.resource}`, which the task uses"
                self._report(node, f"is not awaited before {closes}", "await the task first")
            elif line is not None:
                fact = f"is not awaited: the cancelled task of line {line} raises first and leaves the block"
                self._report(node, fact, "gather both with `return_exceptions=True`")

    def _visit_making(self, node: ast.Call) -> None:
        module = self.module
        if module.called(node, tasks.CREATING) is None:
            return
        stop = never_ended(module, node)
        if stop is None:
            self.passed(node)
        else:
            self._report(node, f"starts an endless task that `{stop}` leaves running", "cancel and await it there")

    def _report(self, node: ast.Call, fact: str, cure: str) -> None:
        self.report(node, call=self.module.call_text(node), fact=fact, cure=cure)
