"""AUD916: heavy work that is done while a module is imported."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from flake8_auditrules.knowledge.blocking import Effect, blocking
from flake8_auditrules.knowledge.model_loading import (
    LIGHT_CLASSES,
    LOADERS,
    LOADING_METHODS,
    LOADING_PACKAGES,
)
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.programs import is_command_line, is_example

_FACTS: Mapping[Effect, str] = {
    Effect.SLEEP: "sleeps",
    Effect.NETWORK: "talks to a server",
    Effect.DATABASE: "asks the database",
    Effect.PROCESS: "runs a process",
}


class ImportTimeWork(Rule):
    """
    ## What it does
    Finds calls that load a model, talk to a server, ask the database, run a process or sleep, and that are run by
    the import of a module which another module of the project imports.

    ## Why it matters
    Whoever imports the module pays for it: each worker process at its start, the tests, a migration, a command
    that needs one function of it. When the server does not answer, the import fails, and with it what would have
    reported the failure.

    ## When to silence it
    When nothing but the one program imports the module, and that needs the result before anything else.
    """

    code = "AUD916"
    severity = Severity.LOW
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{call}` {fact} whenever this module is imported; do it in a function that the start calls"
    examined = "modules are imported without heavy work"
    reach = Reach.PROJECT

    bad = (
        """
        # file: shop/rates.py
        import requests

        RATES = requests.get("https://example.org/rates", timeout=5).json()  # AUD916

        def rate(currency):
            return RATES[currency]

        # file: shop/prices.py
        from shop.rates import rate

        def price(amount, currency):
            return amount * rate(currency)
        """,
    )
    good = (
        """
        # file: shop/rates.py
        import functools

        import requests

        @functools.cache
        def rates():
            return requests.get("https://example.org/rates", timeout=5).json()

        def rate(currency):
            return rates()[currency]

        # file: shop/prices.py
        from shop.rates import rate

        def price(amount, currency):
            return amount * rate(currency)
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the heavy calls of the module's own statements, where another module imports it."""
        module = self.module
        if module.is_test or is_example(module) or is_command_line(module):
            return
        heavy = [
            (call, fact)
            for call in module.nodes(ast.Call)
            if module.function_of(call) is None and not self._is_conditional(call)
            for fact in [self._fact(call)]
            if fact is not None
        ]
        if not heavy:
            self.passed(node)
        elif self._is_imported():
            for call, fact in heavy:
                self.report(call, place=node, call=module.call_text(call), fact=fact)

    def _is_conditional(self, call: ast.Call) -> bool:
        """Whether a condition, a handler or a comprehension decides whether the import runs a call."""
        return any(
            isinstance(ancestor, (ast.If, ast.IfExp, ast.ExceptHandler, ast.GeneratorExp, ast.BoolOp))
            for ancestor in self.module.ancestors(call)
        )

    def _fact(self, call: ast.Call) -> str | None:
        """What a heavy call does, in the words of the message."""
        callee = self.module.callee(call)
        if callee is None:
            return None
        if callee in LOADERS:
            return "loads a model"
        owner, _, method = callee.rpartition(".")
        if method in LOADING_METHODS and callee.partition(".")[0] in LOADING_PACKAGES:
            return None if owner.endswith(LIGHT_CLASSES) else "loads a model"
        known = blocking(callee)
        return _FACTS.get(known.effect) if known is not None else None

    def _is_imported(self) -> bool:
        """Whether another module of the project, tests left out, imports this one or something of it."""
        own = self.module.name
        return any(
            imported == own or imported.rpartition(".")[0] == own
            for name, wiring in self.project.wirings().items()
            if name != own
            for imported in wiring.imports
        )
