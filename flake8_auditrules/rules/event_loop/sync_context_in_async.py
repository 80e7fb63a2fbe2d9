"""AUD116: a synchronous client or session opened in a coroutine."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import offloading
from flake8_auditrules.knowledge.blocking import SYNCHRONOUS_CONTEXTS, Effect
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity
from flake8_auditrules.semantics.programs import has_the_loop_for_itself


class SyncContextInAsync(Rule):
    """
    ## What it does
    Finds `with` statements in an `async def` that open a synchronous client or session, such as
    `httpx.Client()`, `requests.Session()` or SQLAlchemy's `Session(...)`, where no call in the block is
    already reported as blocking (AUD102, AUD103).

    ## Why it matters
    Such an object is of use only for calls that block the event loop. It is also closed there: a session
    gives its connection back with a roll-back over the network.

    ## When to silence it
    When the object is only handed to code that runs in another thread.
    """

    code = "AUD116"
    severity = Severity.MEDIUM
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{context}` opens a synchronous {kind} in a coroutine; use `{twin}`"
    examined = "synchronous connections in coroutines are handed to a thread or reported as blocking"
    reach = Reach.CALLEES
    options = (Option("in-tests", False, "look at test files too"),)

    bad = (
        """
        import httpx

        async def profile(url, read):
            with httpx.Client() as client:  # AUD116
                return read(client, url)
        """,
    )
    good = (
        """
        import httpx

        async def profile(url):
            async with httpx.AsyncClient() as client:
                return await client.get(url)
        """,
        """
        import asyncio

        import httpx

        async def profile(url, read):
            with httpx.Client() as client:
                return await asyncio.to_thread(read, client, url)
        """,
    )

    def visit_With(self, node: ast.With) -> None:
        """Report what a `with` in a coroutine opens."""
        coroutine = self.module.function_of(node)
        if not isinstance(coroutine, ast.AsyncFunctionDef):
            return
        if self.module.is_test and not self.option("in-tests"):
            return
        for item in node.items:
            opened = self._opened(item.context_expr)
            if opened is None:
                continue
            if (
                self._blocks(node, coroutine)
                or self._is_handed_off(node, item)
                or self.project.is_alone(self.module, coroutine, node)
                or has_the_loop_for_itself(self.module)
            ):
                self.passed(item.context_expr)
                continue
            kind, twin = SYNCHRONOUS_CONTEXTS[opened]
            self.report(item.context_expr, context=self.module.text(item.context_expr), kind=kind, twin=twin)

    def _opened(self, expression: ast.expr) -> str | None:
        """The synchronous class that is opened."""
        if not isinstance(expression, ast.Call):
            return None
        found = self.module.instance_of(expression)
        if found is None:
            return None
        for ancestor in self.module.instances.ancestry(found):
            if ancestor in SYNCHRONOUS_CONTEXTS:
                return ancestor
        return None

    def _blocks(self, statement: ast.With, coroutine: ast.AsyncFunctionDef) -> bool:
        """Whether a call in the block is reported as blocking."""
        last = statement.end_lineno or statement.lineno
        for effect in (Effect.NETWORK, Effect.DATABASE):
            for one in self.project.blocked(self.module, coroutine, effect):
                if statement.lineno <= getattr(one.node, "lineno", 0) <= last:
                    return True
        return False

    def _is_handed_off(self, statement: ast.With, item: ast.withitem) -> bool:
        """Whether the opened object, or a function that uses it, is handed to another thread."""
        if not isinstance(item.optional_vars, ast.Name):
            return False
        for call in self.module.nodes(ast.Call):
            if statement.lineno <= call.lineno <= (statement.end_lineno or 0):
                callee = self.module.callee(call)
                last = call.func.attr if isinstance(call.func, ast.Attribute) else ""
                if callee in offloading.HANDED_OFF or last in offloading.METHODS:
                    return True
        return False
