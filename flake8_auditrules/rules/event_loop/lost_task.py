"""AUD109: a task that nothing keeps."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import tasks
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.plain_forms import is_plainly_dropped_task, is_waived
from flake8_auditrules.semantics.tasks import Fate, Lost, lost_task


class LostTask(Rule):
    """
    ## What it does
    Finds tasks of `asyncio.create_task`, `ensure_future` and `loop.create_task` whose result is dropped, kept only
    in a local variable that ends with the function, or put into a list that nothing looks at.
    Left out are tasks that `__del__` makes, since nothing is left to keep them, and lines with `# noqa: RUF006`.

    ## Why it matters
    The event loop keeps only a weak reference to a task. One that nobody else keeps can be collected by the
    garbage collector in the middle of its work. Its exception is seen by nobody, and nothing can wait for it or
    cancel it at shutdown. In a list that is never emptied, finished tasks pile up with all that they hold.

    ## When to silence it
    When the coroutine keeps itself alive through an object that lives on, and handles all its errors.
    """

    code = "AUD109"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    calls = tasks.CREATING
    message = "`{call}` makes a task {fact}; {cure}"
    examined = "tasks are kept, awaited or given to somebody"

    bad = (
        """
        import asyncio

        async def start(work):
            asyncio.create_task(work())  # AUD109
            return "started"
        """,
        """
        import asyncio

        def start(work):
            loop = asyncio.get_running_loop()
            task = loop.create_task(work())  # AUD109
            task.set_name("work")
            return "started"
        """,
        """
        import asyncio

        class Starter:
            def __init__(self):
                self._tasks = []

            def start(self, work):
                self._tasks.append(asyncio.create_task(work()))  # AUD109
        """,
    )
    good = (
        """
        import asyncio

        running = set()

        async def start(work):
            task = asyncio.create_task(work())
            running.add(task)
            task.add_done_callback(running.discard)
            return "started"
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a task that is lost."""
        if self.module.is_test:
            return
        lost = lost_task(self.module, node)
        if lost is None:
            self.passed(node)
        elif is_waived(self.module, node, "RUF006") or _is_in_finaliser(self.module, node):
            return
        elif not (self.config.beside_ruff and is_plainly_dropped_task(self.module, node)):
            fact, cure = _fact(lost, getattr(self.module.function_of(node), "name", ""))
            self.report(node, call=self.module.call_text(node), fact=fact, cure=cure)


def _is_in_finaliser(module: Module, call: ast.Call) -> bool:
    """Whether a task is made by `__del__`: with the object goes the one that could keep it."""
    return getattr(module.function_of(call), "name", "") == "__del__"


def _fact(lost: Lost, function: str) -> tuple[str, str]:
    if lost.fate is Fate.PILED_UP:
        return (
            f"that goes into `{lost.holder}`, which nothing reads: errors are never seen",
            "await the tasks, or discard each in a done-callback",
        )
    if lost.fate is Fate.LOCAL:
        return (
            f"that only `{lost.holder}` keeps, which ends with `{function}`: it can vanish before it is done",
            "store it, await it or give it a done-callback",
        )
    return (
        "that nothing keeps: it can vanish before it is done, and its error is never seen",
        "store it, await it or give it a done-callback",
    )
