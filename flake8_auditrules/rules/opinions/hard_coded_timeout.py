"""AUD901: a time limit that stands in the code."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import timeouts
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.module import Module


class HardCodedTimeout(Rule):
    """
    ## What it does
    Finds network calls and clients whose time limit is a number written at the call.

    ## Why it matters
    How long a peer may take depends on where the program runs. When the peer is slow for a day, whoever runs the
    program has to change the code; and the same limit is written again, a little different, at the next call.

    ## When to silence it
    When the number belongs to the protocol and not to the place.
    """

    code = "AUD901"
    severity = Severity.INFO
    category = Category.HARDCODED
    since = "0.1.0"
    message = "`{given}` is a time limit written at the call of `{call}`; take it from the settings"
    examined = "time limits have a name"
    calls = frozenset(timeouts.WAITS)

    bad = (
        """
        import httpx

        def rates():
            return httpx.get("https://example.org/rates", timeout=7.5).raise_for_status().json()  # AUD901
        """,
        """
        import aiohttp

        def session():
            return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))  # AUD901
        """,
    )
    good = (
        """
        import os

        import httpx

        TIMEOUT = float(os.environ.get("RATES_TIMEOUT", "7.5"))

        def rates():
            return httpx.get("https://example.org/rates", timeout=TIMEOUT).raise_for_status().json()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a call that is given its time limit as a number."""
        module = self.module
        name = module.called(node, timeouts.WAITS)
        if name is None or module.is_test:
            return
        found = False
        for parameter, position in timeouts.WAITS[name].parameters:
            value = module.argument(node, parameter, position)
            if value is None:
                continue
            found = True
            if _is_written_out(value) and not _is_named(module, node):
                text = f"{parameter}={module.text(value, 20)}"
                self.report(node, given=text, call=module.call_text(node).partition("(")[0])
                return
        if found:
            self.passed(node)


def _is_written_out(value: ast.expr) -> bool:
    """Whether a value is a number, or a pair of numbers, as it stands."""
    if isinstance(value, ast.Tuple):
        return bool(value.elts) and all(map(_is_written_out, value.elts))
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


def _is_named(module: Module, call: ast.Call) -> bool:
    """Whether a time limit is the value of a constant, or of a parameter's default: that is a name for it."""
    parent = module.parent(call)
    if isinstance(parent, ast.arguments):
        return True
    if isinstance(parent, ast.Assign):
        return all(isinstance(target, ast.Name) and target.id.isupper() for target in parent.targets)
    return isinstance(parent, ast.AnnAssign)
