"""AUD207: a retry around a generator, which never retries."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import retries
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import uncalled
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode


class RetriedGenerator(Rule):
    """
    ## What it does
    Finds generator and async generator functions under a retry decorator of tenacity, backoff or retrying.

    ## Why it matters
    Calling a generator function runs none of its body: it gives a generator at once. The decorator sees a call
    that succeeded and is done; what the body raises later, while it is gone through, is never retried. The code
    looks as if it were guarded and is not.

    ## When to silence it
    When only the making of the generator can fail, as with a wrapper that validates arguments.
    """

    code = "AUD207"
    severity = Severity.HIGH
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{decorator}` never retries `{function}`, a generator; {cure}"
    examined = "retried functions are no generators"

    bad = (
        """
        import tenacity

        @tenacity.retry(stop=tenacity.stop_after_attempt(3))
        def read_lines(source):  # AUD207
            for line in source.open():
                yield line
        """,
        """
        import backoff

        @backoff.on_exception(backoff.expo, OSError, max_tries=3, factor=0)
        async def read_rows(source):  # AUD207
            async for row in source.rows():
                yield row
        """,
    )
    good = (
        """
        import tenacity

        def read_lines(source):
            for line in open_source(source):
                yield line

        @tenacity.retry(stop=tenacity.stop_after_attempt(3))
        def open_source(source):
            return source.open()
        """,
    )

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report a retried generator function."""
        self._check(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report a retried async generator function."""
        self._check(node)

    def _check(self, node: FunctionNode) -> None:
        if not node.decorator_list:
            return
        decorator = _retry(self.module, node)
        if decorator is None:
            return
        if any(isinstance(inner, (ast.Yield, ast.YieldFrom)) for inner in self.module.own_nodes(node)):
            target = uncalled(decorator)
            self.report(
                node,
                decorator=f"@{self.module.text(target)}",
                function=node.name,
                cure="its errors come while it is gone through: retry inside, or return a list",
            )
        else:
            self.passed(node)


def _retry(module: Module, function: FunctionNode) -> ast.expr | None:
    """The retry decorator of a function, where all decorators below it leave a generator a generator."""
    for decorator in reversed(function.decorator_list):
        target = uncalled(decorator)
        if _is_retry(module, decorator):
            return decorator
        if module.qualname(target) not in retries.KEEP_GENERATORS:
            return None
    return None


def _is_retry(module: Module, decorator: ast.expr) -> bool:
    """Whether a decorator is a retry, also through a variable: `again = retry(...)`, `@again`."""
    if isinstance(decorator, ast.Call):
        return module.callee(decorator) in retries.DECORATORS
    if module.qualname(decorator) in retries.DECORATORS:
        return True
    if isinstance(decorator, ast.Name):
        bindings = module.bindings(decorator)
        if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT:
            value = bindings[0].value
            return isinstance(value, ast.Call) and module.callee(value) in retries.DECORATORS
    if isinstance(decorator, ast.Attribute) and decorator.attr == "wraps":
        made = module.instance_of(decorator.value)
        return made is not None and f"{made}.wraps" in retries.DECORATORS
    return False
