"""AUD110: a cancellation that is caught, and the coroutine goes on."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.handlers import gets_cancellation, suppresses_cancellation, swallows_cancellation


class SwallowedCancellation(Rule):
    """
    ## What it does
    Finds handlers in coroutines that catch `CancelledError` (by name, or with `except:` and
    `except BaseException`), do not raise it again, and after which the coroutine goes on: in a loop, or with
    a later `await`. `suppress(CancelledError)` counts.

    ## Why it matters
    `task.cancel()` raises `CancelledError` at the `await` where the task waits, once. Who swallows it lets the
    task live on: shutting down hangs, timeouts do not end what they were set for, and a task group waits for
    ever.

    ## When to silence it
    When the cancellation is known to be of something else than the coroutine's own task.
    """

    code = "AUD110"
    severity = Severity.HIGH
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{handler}` swallows the cancellation and the coroutine goes on; raise it again after tidying up"
    examined = "handlers that get a cancellation let it through"

    bad = (
        """
        import asyncio

        async def poll(read, handle):
            while True:
                try:
                    handle(await read())
                except asyncio.CancelledError:  # AUD110
                    print("interrupted")
        """,
        """
        async def poll(read, handle):
            while True:
                try:
                    handle(await read())
                except BaseException as error:  # AUD110
                    print("failed", error)
        """,
    )
    good = (
        """
        import asyncio

        async def poll(read, handle):
            while True:
                try:
                    handle(await read())
                except asyncio.CancelledError:
                    print("interrupted")
                    raise
        """,
        """
        async def poll(read, handle):
            while True:
                try:
                    handle(await read())
                except Exception as error:
                    print("failed", error)
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report a handler that takes a cancellation for its own."""
        if swallows_cancellation(self.module, node):
            text = f"except {self.module.text(node.type)}" if node.type is not None else "except:"
            self.report(node, handler=text)
        elif isinstance(self.module.function_of(node), ast.AsyncFunctionDef) and gets_cancellation(
            self.module, node
        ):
            self.passed(node)

    def visit_With(self, node: ast.With) -> None:
        """Report `with suppress(CancelledError)` around an await, after which the coroutine goes on."""
        call = suppresses_cancellation(self.module, node)
        if call is not None:
            self.report(node, handler=self.module.text(call))
