"""AUD119: clean-up under `except KeyboardInterrupt` in a coroutine, where it never runs."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import definitions_of
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.loggers import shows_text
from flake8_auditrules.semantics.module import Module

_INTERRUPT = "builtins.KeyboardInterrupt"
_CANCELLED = frozenset({"asyncio.CancelledError", "builtins.BaseException", "concurrent.futures.CancelledError"})
_LEAVING = frozenset({"sys.exit", "os._exit", "builtins.exit", "builtins.quit", "builtins.SystemExit"})


class InterruptInCoroutine(Rule):
    """
    ## What it does
    Finds `except KeyboardInterrupt` around awaits in an `async def`, where the handler holds clean-up.

    ## Why it matters
    Under `asyncio.run` (Python 3.11 and later) Ctrl-C cancels the main task: the coroutine sees `CancelledError`,
    and `KeyboardInterrupt` is raised only after it has ended. The handler never runs, and what it was to close
    stays open.

    ## When to silence it
    When the coroutine runs in a loop that is started in another way.
    """

    code = "AUD119"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = (
        "`{handler}` never runs in a coroutine under `asyncio.run`, Ctrl-C cancels it; clean up in a `finally`"
    )
    reach = Reach.CALLEES
    examined = "handlers of KeyboardInterrupt in coroutines hold no clean-up that is lost"

    bad = (
        """
        import asyncio

        async def serve(server):
            try:
                await server.wait()
            except KeyboardInterrupt:  # AUD119
                server.close()
        """,
    )
    good = (
        """
        import asyncio

        async def serve(server):
            try:
                await server.wait()
            finally:
                server.close()
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report a handler that is never entered and holds clean-up."""
        module = self.module
        if node.type is None or not module.on_event_loop(node) or module.is_test:
            return
        if set(handlers.caught(module, node)) != {_INTERRUPT}:
            return
        if (
            _is_run_otherwise(module)
            or not _cleans_up(module, node)
            or _is_covered(module, node)
            or self._is_raised_by_callee(node)
        ):
            self.passed(node)
        else:
            self.report(node, handler=f"except {module.text(node.type)}")

    def _is_raised_by_callee(self, handler: ast.ExceptHandler) -> bool:
        """Whether a function of the project that the `try` calls raises the interrupt: for a key that it read."""
        return any(
            isinstance(part, ast.Raise) and part.exc is not None and _is_interrupt(definition.module, part.exc)
            for call in handlers.own_parts(handlers.try_of(self.module, handler).body)
            if isinstance(call, ast.Call)
            for definition in definitions_of(self.project, self.module, call)
            for part in definition.module.own_nodes(definition.function)
        )


def _is_interrupt(module: Module, raised: ast.expr) -> bool:
    return module.qualname(raised.func if isinstance(raised, ast.Call) else raised) == _INTERRUPT


def _is_run_otherwise(module: Module) -> bool:
    """Whether the module starts its loops by hand, or uses a library that raises Ctrl-C itself."""
    if module.imports("trio", "curio", "watchfiles", "prompt_toolkit", "questionary"):
        return True
    if module.attributes_named("run_until_complete") or module.attributes_named("run_forever"):
        return True
    # A handler of SIGINT of its own keeps `asyncio.run` from turning Ctrl-C into a cancellation.
    return any(
        bool(call.args)
        and module.qualname(call.args[0]) == "signal.SIGINT"
        and module.callee(call) == "signal.signal"
        for call in module.calls_named("signal")
    )


def _cleans_up(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether a handler calls something else than a log, a print or an exit."""
    for node in handlers.own_parts(handler.body):
        if isinstance(node, ast.Call) and module.callee(node) not in _LEAVING and not shows_text(module, node):
            parent = module.parent(node)
            if isinstance(parent, (ast.Expr, ast.Await)):
                return True
    return False


def _is_covered(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether a cancellation is met as well, or no await in the `try` lets it in."""
    child: ast.AST = handler
    for ancestor in module.ancestors(handler):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            break
        if isinstance(ancestor, ast.Try) and (child in ancestor.body or child is handler):
            if ancestor.finalbody or any(
                one.type is None or not _CANCELLED.isdisjoint(handlers.caught(module, one))
                for one in ancestor.handlers
            ):
                return True
        child = ancestor
    waits = (ast.Await, ast.AsyncFor, ast.AsyncWith)
    return not any(isinstance(node, waits) for node in handlers.own_parts(handlers.try_of(module, handler).body))
