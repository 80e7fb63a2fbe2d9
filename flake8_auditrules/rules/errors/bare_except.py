"""AUD301: an `except:` that catches everything, Ctrl-C included."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.handlers import (
    always_raises,
    caught,
    earlier_handlers,
    gets_cancellation,
    keeps_exc_info,
    statements,
    swallows_cancellation,
    try_of,
)
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.plain_forms import is_plainly_bare
from flake8_auditrules.semantics.programs import is_terminal_program

# Names of functions that are there to raise, or to end the program.
_RAISING = pattern(
    r"_*(?:abort|bail(?:_out)?|crash|die|exit|fail|fatal|panic|quit|raise|reraise|throw|usage)(?:_\w+)?"
)
# Names of coroutines that end something, after which nothing comes.
_CLOSING = pattern(r"_*(?:__aexit__|a?close|cleanup|disconnect|shut_?down|stop|teardown)(?:_\w+)?")


class BareExcept(Rule):
    """
    ## What it does
    Finds `except:` clauses that do not re-raise on every way through them.

    ## Why it matters
    A bare `except:` also catches `KeyboardInterrupt`, `SystemExit` and `asyncio.CancelledError`: the process
    cannot be stopped with Ctrl-C while the `try` runs, a worker does not end when it is told to, and a
    misspelt name in the `try` looks like the failure that was expected.

    ## When to silence it
    When the handler is the last line of defence of a thread or process and must outlive everything. A handler
    that says something and leaves the function which has parsed the arguments of a command is silent as it is, and
    so is one that takes the cancellation of a coroutine which closes something, or belongs to a command, and ends.
    """

    code = "AUD301"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = (
        "`{handler}` also catches KeyboardInterrupt and SystemExit and goes on; name the exceptions or re-raise"
    )
    examined = "bare `except:` clauses raise again or keep the exception"

    bad = (
        """
        def read_number(ask):
            try:
                return int(ask())
            except:  # AUD301
                return None
        """,
    )
    good = (
        """
        def read_number(ask):
            try:
                return int(ask())
            except ValueError:
                return None
        """,
        """
        def read_number(ask, log):
            try:
                return int(ask())
            except:
                log("no number")
                raise
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report a bare handler with a way out that is no exception; what takes a cancellation is AUD110's."""
        if node.type is not None:
            return
        if (
            always_raises(self.module, node)
            or keeps_exc_info(self.module, node)
            or self._lets_interrupts_through(node)
            or _only_imports(try_of(self.module, node).body)
            or _does_nothing(try_of(self.module, node).body)
            or _hands_to_logging(node)
            or _ends_by_name(node)
            or self._ends_command(node)
            or self._ends_with_its_coroutine(node)
        ):
            self.passed(node)
        elif not (swallows_cancellation(self.module, node) or (self.config.beside_ruff and is_plainly_bare(node))):
            self.report(node, handler="except:")

    def _lets_interrupts_through(self, node: ast.ExceptHandler) -> bool:
        """Whether earlier handlers raise an interrupt again, or get everything before this one does."""
        module = self.module
        raised: set[str | None] = set()
        for handler in earlier_handlers(module, node):
            names = caught(module, handler)
            if "builtins.BaseException" in names:
                return True
            if always_raises(module, handler):
                raised.update(names)
        # Who thinks of Ctrl-C has seen what the bare clause takes.
        return "builtins.KeyboardInterrupt" in raised

    def _ends_with_its_coroutine(self, node: ast.ExceptHandler) -> bool:
        """
        Whether a handler takes the cancellation of a coroutine that closes something, or is a command's, and ends.

        An interrupt reaches it as that; whether the coroutine goes on is AUD110's matter.
        """
        function = self.module.function_of(node)
        return (
            isinstance(function, ast.AsyncFunctionDef)
            and gets_cancellation(self.module, node)
            and not swallows_cancellation(self.module, node)
            and (_CLOSING.fullmatch(function.name) is not None or is_terminal_program(self.module))
            and (isinstance(node.body[-1], ast.Return) or self._is_last(try_of(self.module, node), function))
        )

    def _is_last(self, statement: ast.stmt, function: ast.AsyncFunctionDef) -> bool:
        """Whether nothing comes behind a statement in its function, which stands in no loop."""
        child: ast.AST = statement
        for ancestor in self.module.ancestors(statement):
            if isinstance(ancestor, (ast.For, ast.AsyncFor, ast.While)):
                return False
            blocks = [getattr(ancestor, name, None) for name in ("body", "orelse", "finalbody")]
            if any(isinstance(block, list) and child in block[:-1] for block in blocks):
                return False
            if ancestor is function:
                return True
            child = ancestor
        return False

    def _ends_command(self, node: ast.ExceptHandler) -> bool:
        """Whether a handler says something and leaves the function that has parsed the arguments of a command."""
        function = self.module.function_of(node)
        return (
            isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
            and isinstance(node.body[-1], ast.Return)
            and len(node.body) > 1
            and any(
                isinstance(part, ast.Call) and last_name(part) == "parse_args"
                for part in self.module.own_nodes(function)
            )
        )


def _only_imports(body: list[ast.stmt]) -> bool:
    """Whether a block imports something, and at most notes that it is there."""
    return isinstance(body[0], (ast.Import, ast.ImportFrom)) and all(
        isinstance(part, (ast.Import, ast.ImportFrom))
        or (isinstance(part, ast.Assign) and isinstance(part.value, ast.Constant))
        for part in body
    )


def _does_nothing(body: list[ast.stmt]) -> bool:
    """Whether a block is a place that somebody means to fill: nothing but `pass`, `...` or a text."""
    return all(
        isinstance(part, ast.Pass) or (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
        for part in body
    )


def _hands_to_logging(handler: ast.ExceptHandler) -> bool:
    """Whether a handler is `self.handleError(record)`: as handlers of `logging` tell of their own failures."""
    only = handler.body[0] if len(handler.body) == 1 else None
    return (
        isinstance(only, ast.Expr)
        and isinstance(only.value, ast.Call)
        and isinstance(only.value.func, ast.Attribute)
        and only.value.func.attr == "handleError"
    )


def _ends_by_name(handler: ast.ExceptHandler) -> bool:
    """Whether a handler ends with the call of a function that by its name raises or ends the program."""
    last = handler.body[-1]
    return (
        isinstance(last, ast.Expr)
        and isinstance(last.value, ast.Call)
        and _RAISING.fullmatch(last_name(last.value)) is not None
        and not any(isinstance(part, (ast.Return, ast.Break, ast.Continue)) for part in statements(handler.body))
    )
