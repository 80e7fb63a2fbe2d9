"""AUD104: file input and output on the event loop."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.blocking import QUICK_FILE_CALLS, Effect
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity, Step
from flake8_auditrules.semantics.plain_forms import is_plainly_blocking


class BlockingFile(Rule):
    """
    ## What it does
    Finds calls in an `async def` that open, read, write, copy, list or unpack files on the loop's own thread:
    `open`, `pathlib`, `os`, `shutil`, `zipfile`, `tarfile`, Pillow and others, also through the project's
    functions. Looking whether a file exists, and making, renaming or deleting one, is meant only with the option
    `quick-calls`; what runs while the application starts is not, nor the reading of one file that its kind keeps
    small: settings, keys and templates, and texts beside the program's own modules. Settings, and what lets the
    program in (`token.json`), are small and written now and then: writing one of them is left out as well. So is
    one text that functions of the project read or write for a coroutine that is called, where nothing tells that
    it runs often: no decorator, no loop, and no server, bot or user interface in its module or its callers'. Lines
    that the project's own log writes are left out like those of `logging`. A method that Tornado, Starlette or
    asyncio's protocols call on the loop, such as `get` of a `RequestHandler`, counts as one.

    ## Why it matters
    A read from a slow or busy disk, a network share or a pipe takes as long as it takes, and so do big files
    and folders with many entries. All that time the loop stands still.

    ## When to silence it
    When the file is small and local and is read seldom.
    """

    code = "AUD104"
    severity = Severity.MEDIUM
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{call}` blocks the event loop{chain}; {cure}"
    examined = "coroutines never block on files"
    reach = Reach.PROJECT
    options = (
        Option("in-tests", False, "look at test files too"),
        Option(
            "quick-calls",
            False,
            "also report calls in the coroutine itself that only ask for, make or change a name",
        ),
    )

    bad = (
        """
        async def report(path):
            with open(path) as file:  # AUD104
                return file.read()
        """,
        """
        # file: templates.py
        from pathlib import Path

        def load(path: Path):
            return path.read_text()

        # file: routes.py
        from templates import load

        async def page(path):
            return load(path)  # AUD104
        """,
    )
    good = (
        """
        import asyncio
        from pathlib import Path

        async def report(path: Path):
            return await asyncio.to_thread(path.read_text)
        """,
        """
        from contextlib import asynccontextmanager
        from pathlib import Path

        @asynccontextmanager
        async def lifespan(app):
            app.state.motto = Path("motto.txt").read_text()
            yield
        """,
    )

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report what reads or writes files in this coroutine."""
        self._examine(node)

    def visit_Module(self, node: ast.Module) -> None:
        """Report the same in the methods that a library calls on the loop."""
        for method in self.project.called_back(self.module):
            self._examine(method)

    def _examine(self, node: ast.AsyncFunctionDef | ast.FunctionDef) -> None:
        if self.module.is_test and not self.option("in-tests"):
            return
        blocked = self.project.blocked(self.module, node, Effect.FILE)
        for one in blocked:
            if self.config.beside_ruff and is_plainly_blocking(self.module, one.node):
                continue
            steps = [Step(*link) for link in one.links]
            self.report(one.node, steps=steps, place=node, call=one.text, chain=one.shown, cure=one.cure)
        quick = self._quick_calls(node) if self.option("quick-calls") else []
        for call in quick:
            if self.config.beside_ruff and is_plainly_blocking(self.module, call):
                continue
            self.report(
                call,
                place=node,
                call=self.module.call_text(call),
                chain="",
                cure="use `anyio.Path` or `asyncio.to_thread`",
            )
        if not blocked and not quick:
            self.passed(node)

    def _quick_calls(self, coroutine: ast.AsyncFunctionDef | ast.FunctionDef) -> list[ast.Call]:
        """The calls of a coroutine that only ask for, make or change a name in the file system."""
        module = self.module
        calls = [node for node in module.own_nodes(coroutine) if isinstance(node, ast.Call)]
        return [call for call in calls if module.callee(call) in QUICK_FILE_CALLS and not module.awaited(call)]
