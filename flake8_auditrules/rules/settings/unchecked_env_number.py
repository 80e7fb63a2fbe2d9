"""AUD702: a number read from a variable of the environment that may not be there, or be no number."""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.knowledge import processes, web
from flake8_auditrules.project.set_variables import is_set_as_text
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.environment import Variable, is_required, is_set_here, variable
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import SERVING, has_main_guard, is_terminal_program
from flake8_auditrules.semantics.scopes import BindingKind

_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_BOUNDING = frozenset({"max", "min", "clamp", "clip"})


class _Seen(enum.IntEnum):
    """What the code has seen of a variable before it makes a number of it."""

    NOTHING = 0
    PRESENT = 1
    """That it is set: it may still be no number."""
    CHECKED = 2


class UncheckedEnvNumber(Rule):
    """
    ## What it does
    Finds `int(os.getenv(...))` and `float(...)` with no `try` around it, where nothing has tested the variable
    before or the number after; also where a function is given the variable's name. That a variable is set
    (`if os.getenv("PORT")`) does not say that it is a number.

    ## Why it matters
    Where the variable is missing and has no default, the start ends with `int() argument must be a string ... not
    'NoneType'`; where it is blank or no number, with `invalid literal for int() with base 10: ''`: the error names
    neither the variable nor what it is for.

    ## When to silence it
    When the variable is set by code that has checked it. Command-line programs that serve nobody, variables that
    launchers and platforms set (`RANK`, `SLURM_JOB_ID`), those without a default that another file of the project
    sets to `str(...)`, numbers within `max(...)` or `min(...)`, those that the next statement sorts out, and those
    in a function of a variable that the import of the module has made a number already are silent as they are.
    """

    code = "AUD702"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{call}` {fact}; {cure}"
    examined = "numbers read from the environment are tested, or what fails there is caught"
    reach = Reach.PROJECT
    calls = frozenset({"builtins.int", "builtins.float"})

    bad = (
        """
        import os

        def limits():
            return int(os.getenv("MAX_ITEMS"))  # AUD702
        """,
        """
        import os

        MAX_ITEMS = int(os.getenv("MAX_ITEMS", "100"))  # AUD702
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
            text = os.getenv("MAX_ITEMS", "100")
            if not text.isdigit():
                raise SystemExit(f"MAX_ITEMS has to be a whole number, not {text!r}")
            return int(text)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a conversion of what may not be there, or be no number."""
        module = self.module
        if not module.imports("os") or len(node.args) != 1 or module.is_test:
            return
        found = _reading_in(module, node.args[0])
        if found is None:
            return
        given, reading = found
        names = [given.id, reading.name] if isinstance(given, ast.Name) else [reading.name]
        seen = [_seen(module, node, name, reading) for name in names]
        is_missing = given is node.args[0] and _may_be_missing(reading) and _Seen.PRESENT not in seen
        if (
            _Seen.CHECKED in seen
            or (is_terminal_program(module) and not module.imports(*SERVING, *web.SERVERS))
            or (is_missing and has_main_guard(module))
            or is_set_here(module, reading.name)
            or processes.SET_BY_LAUNCHERS.fullmatch(reading.name) is not None
            or (not is_missing and _is_checked_after(module, node))
            or (is_required(reading) and is_set_as_text(self.project, module, reading.name))
            or (not is_missing and _is_converted_by_import(module, node, reading))
        ):
            self.passed(node)
            return
        # A name that is given or put together is another one at each call.
        is_given = isinstance(reading.node, ast.Call) and variable(module, reading.node) is None
        called = "the variable" if is_given else f"`{reading.name}`"
        if is_missing:
            fact = f"raises TypeError about NoneType where {called} is not set"
            cure = "give a default, or fail with the variable's name"
        else:
            without = "its name" if is_given else f"the name {called}"
            fact = (
                f"raises ValueError without {without} where {'the variable' if is_given else 'that'} is no number"
            )
            cure = "catch it and fail with the variable's name"
        self.report(node, call=module.text(node), fact=fact, cure=cure)


def _is_converted_by_import(module: Module, node: ast.Call, reading: Variable) -> bool:
    """Whether the module has made a number of the same variable where it is imported: that fails first."""
    if module.function_of(node) is None or not isinstance(node.func, ast.Name):
        return False
    for call in module.calls_named(node.func.id):
        if module.function_of(call) is None and module.parent(module.statement(call)) is module.tree:
            found = _reading_in(module, call.args[0]) if len(call.args) == 1 else None
            if found is not None and found[1].name == reading.name:
                return True
    return False


def _reading_in(module: Module, given: ast.expr) -> tuple[ast.expr, Variable] | None:
    """The reading that a number is made of, or one of those of `values.get("port") or os.getenv("PORT") or 80`."""
    parts = given.values if isinstance(given, ast.BoolOp) and isinstance(given.op, ast.Or) else [given]
    for part in parts:
        reading = variable(module, part) or _variable_by_name(module, part)
        if reading is None and isinstance(part, ast.Name):
            reading = _read_into(module, part)
        if reading is not None:
            return part, reading
    return None


def _variable_by_name(module: Module, expression: ast.expr) -> Variable | None:
    """The variable whose name a function is given or puts together, under its own words for it."""
    if not isinstance(expression, ast.Call) or module.qualname(expression.func) != "os.getenv":
        return None
    name = module.argument(expression, "key", 0)
    if not isinstance(name, (ast.Name, ast.JoinedStr)):
        return None
    return Variable(module.source(name), module.argument(expression, "default", 1), expression)


def _asks_whether_set(module: Module, test: ast.expr, reading: Variable) -> bool:
    """Whether a test asks no more than whether a variable is set: what it holds may still be no number."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test = test.operand
    if isinstance(test, ast.Compare):
        if len(test.ops) != 1:
            return False
        other = test.comparators[0]
        if isinstance(test.ops[0], (ast.In, ast.NotIn)):
            return (
                isinstance(test.left, ast.Constant)
                and test.left.value == reading.name
                and module.qualname(other) == "os.environ"
            )
        if (
            not isinstance(test.ops[0], (ast.Is, ast.IsNot))
            or not isinstance(other, ast.Constant)
            or other.value is not None
        ):
            return False
        test = test.left
    found = _reading_in(module, test) if isinstance(test, (ast.Name, ast.Call, ast.Subscript)) else None
    return found is not None and found[1].name == reading.name


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


def _seen(module: Module, node: ast.AST, name: str, reading: Variable) -> _Seen:
    """What a `try` around the conversion, or the tests that lead to it, say of the variable."""
    child = node
    found = _Seen.NOTHING
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.Try) and child in ancestor.body and ancestor.handlers:
            return _Seen.CHECKED
        if isinstance(ancestor, (ast.With, ast.AsyncWith)) and _suppresses(module, ancestor):
            return _Seen.CHECKED
        if isinstance(ancestor, (ast.If, ast.IfExp, ast.While)) and child is not ancestor.test:
            if name in module.source(ancestor.test):
                if isinstance(ancestor, ast.While) or not _asks_whether_set(module, ancestor.test, reading):
                    return _Seen.CHECKED
                found = _Seen.PRESENT
        if isinstance(ancestor, ast.BoolOp) and name in module.source(ancestor.values[0]):
            if child is not ancestor.values[0]:
                return _Seen.CHECKED
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Module)):
            return max(found, _seen_before(module, ancestor, node, name, reading))
        child = ancestor
    return found


def _suppresses(module: Module, block: ast.With | ast.AsyncWith) -> bool:
    """Whether a block is one of `contextlib.suppress(...)`: what it passes over does not get out of it."""
    return any(
        isinstance(item.context_expr, ast.Call) and module.callee(item.context_expr) == "contextlib.suppress"
        for item in block.items
    )


def _seen_before(module: Module, owner: ast.AST, node: ast.AST, name: str, reading: Variable) -> _Seen:
    """What the earlier tests of the same body that name the variable say of it."""
    line: int = getattr(node, "lineno", 0)
    body: list[ast.stmt] = getattr(owner, "body", [])
    found = _Seen.NOTHING
    for statement in body:
        if isinstance(statement, (ast.If, ast.Assert)) and statement.lineno < line:
            if name in module.source(statement.test) and (statement.end_lineno or 0) < line:
                if not _asks_whether_set(module, statement.test, reading):
                    return _Seen.CHECKED
                found = _Seen.PRESENT
    return found


def _is_checked_after(module: Module, node: ast.Call) -> bool:
    """
    Whether the number is brought into a range at once, or what it is stored under is compared later.

    A later test has to raise; one in the next statement, or at the module level
    behind other settings, may leave, or set the number anew.
    """
    parent = module.parent(node)
    while isinstance(parent, (ast.IfExp, ast.BoolOp)):
        parent = module.parent(parent)
    if isinstance(parent, ast.Call) and last_name(parent) in _BOUNDING:
        return True
    if isinstance(parent, ast.Compare):
        return True
    targets = parent.targets if isinstance(parent, ast.Assign) else [getattr(parent, "target", None)]
    stored = {last_name(target) for target in targets if isinstance(target, (ast.Name, ast.Attribute))}
    if not stored:
        return False
    owner = module.function_of(node)
    for comparison in module.nodes(ast.Compare):
        if comparison.lineno > node.lineno and owner in (None, module.function_of(comparison)):
            compared = (comparison.left, *comparison.comparators)
            if any(isinstance(part, (ast.Name, ast.Attribute)) and last_name(part) in stored for part in compared):
                test = module.parent(comparison)
                while isinstance(test, (ast.BoolOp, ast.UnaryOp)):
                    test = module.parent(test)
                if isinstance(test, (ast.If, ast.Assert)) and (
                    _raises(test) or _deals_at_once(module, parent, test, stored)
                ):
                    return True
    return False


def _deals_at_once(module: Module, statement: ast.AST | None, test: ast.stmt, stored: set[str]) -> bool:
    """Whether a test comes right after a statement in the same block, and leaves or sets the number anew."""
    block = getattr(module.parent(test), "body", None)
    if not isinstance(test, ast.If) or not isinstance(block, list) or statement not in block or test not in block:
        return False
    between = block[block.index(statement) + 1 : block.index(test)]
    is_of_module = isinstance(module.parent(test), ast.Module)
    if not all(is_of_module and isinstance(one, (ast.Assign, ast.AnnAssign)) for one in between):
        return False
    last = test.body[-1]
    return isinstance(last, _LEAVING) or (
        isinstance(last, ast.Assign) and any(last_name(target) in stored for target in last.targets)
    )


def _raises(test: ast.If | ast.Assert) -> bool:
    """Whether a test ends in an error that the code raises itself."""
    return isinstance(test, ast.Assert) or any(isinstance(part, ast.Raise) for part in test.body)
