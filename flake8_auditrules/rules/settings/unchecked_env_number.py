"""AUD702: a number read from a variable of the environment that may not be there."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.environment import Variable, is_required, is_set_here, variable
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.scopes import BindingKind


class UncheckedEnvNumber(Rule):
    """
    ## What it does
    Finds `int(os.getenv(...))` and `float(...)` on a variable that has no default, where nothing has tested that
    it is set and no `try` stands around it.

    ## Why it matters
    Where the variable is missing, the start ends with `int() argument must be a string ... not 'NoneType'`: the
    error names neither the variable nor what it is for.

    ## When to silence it
    When the variable is set by code that has checked it.
    """

    code = "AUD702"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{call}` raises TypeError about NoneType where `{name}` is not set; {cure}"
    examined = "numbers read from the environment are there or have a default"
    calls = frozenset({"builtins.int", "builtins.float"})

    bad = (
        """
        import os

        def limits():
            return int(os.getenv("MAX_ITEMS"))  # AUD702
        """,
    )
    good = (
        """
        import os

        def limits():
            try:
                return int(os.environ["MAX_ITEMS"])
            except (KeyError, ValueError) as error:
                raise SystemExit(f"MAX_ITEMS has to be a whole number: {error}")
        """,
        """
        import os

        def limits():
            return int(os.getenv("MAX_ITEMS", "100"))
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a conversion of what may not be there."""
        module = self.module
        if not module.imports("os") or len(node.args) != 1 or module.is_test:
            return
        given = node.args[0]
        names = []
        reading = variable(module, given)
        if reading is None and isinstance(given, ast.Name):
            reading = _read_into(module, given)
            names.append(given.id)
        if reading is None:
            return
        names.append(reading.name)
        if (
            not _may_be_missing(reading)
            or any(_is_handled(module, node, name) for name in names)
            or is_command_line(module)
            or is_set_here(module, reading.name)
        ):
            self.passed(node)
            return
        self.report(
            node,
            call=module.text(node),
            name=reading.name,
            cure="give a default, or fail with the variable's name",
        )


def _read_into(module: Module, name: ast.Name) -> Variable | None:
    """The variable that a name was read from, in the same function or module, where it is bound once."""
    bindings = module.bindings(name)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].value is None:
        return None
    value = bindings[0].value
    if module.function_of(value) is not module.function_of(name):
        return None
    return variable(module, value)


def _may_be_missing(reading: Variable) -> bool:
    if is_required(reading):
        return False
    return reading.default is None or (isinstance(reading.default, ast.Constant) and reading.default.value is None)


def _is_handled(module: Module, node: ast.AST, name: str) -> bool:
    """Whether a `try` stands around the conversion, or a test has seen that the variable is set."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.Try) and child in ancestor.body and ancestor.handlers:
            return True
        if isinstance(ancestor, (ast.If, ast.IfExp, ast.While)) and child is not ancestor.test:
            if name in module.source(ancestor.test):
                return True
        if isinstance(ancestor, ast.BoolOp) and name in module.source(ancestor.values[0]):
            if child is not ancestor.values[0]:
                return True
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Module)):
            return _is_tested_before(module, ancestor, node, name)
        child = ancestor
    return False


def _is_tested_before(module: Module, owner: ast.AST, node: ast.AST, name: str) -> bool:
    """Whether an earlier test of the same body names the variable."""
    line: int = getattr(node, "lineno", 0)
    body: list[ast.stmt] = getattr(owner, "body", [])
    return any(
        isinstance(statement, (ast.If, ast.Assert))
        and statement.lineno < line
        and name in module.source(statement.test)
        for statement in body
    )
