"""Row checks: what the tests before a place say that is not there: no row, no number of rows, no answer."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.handlers import caught, is_broad, own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import ASKING, last_assigned, queried_model
from flake8_auditrules.semantics.scopes import FunctionNode

_TRY: tuple[type[ast.AST], ...] = tuple(
    kind for kind in (ast.Try, getattr(ast, "TryStar", None)) if kind is not None
)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_ENDING_CALLS = frozenset({"abort", "exit"})
# What takes rows, or their number, out of a query or a result; a chain of these alone is still the answer.
_ANSWERING = frozenset(
    {
        "all",
        "count",
        "exists",
        "execution_options",
        "fetchall",
        "fetchone",
        "filter",
        "filter_by",
        "first",
        "get",
        "join",
        "limit",
        "mappings",
        "one",
        "one_or_none",
        "options",
        "order_by",
        "outerjoin",
        "scalar",
        "scalar_one",
        "scalar_one_or_none",
        "scalars",
        "unique",
        "where",
        "with_entities",
    }
)
_SIZES = frozenset({"len", "list", "bool", "any", "int"})
# What says that a failed insert is another one's success.
_CONFLICTS = ("integrity", "unique", "duplicate", "conflict", "constraint", "exists")
_SENDING = database.FLUSHING | database.AUTOFLUSHING
# Functions that look for one among the rows that they are given.
_FINDING = pattern(r"_*(?:find|match|pick|choose|lookup|search)(?:_|$)")
_MAXIMUM_HOPS = 6


def found_nothing(module: Module, place: ast.AST) -> Iterator[ast.expr]:
    """
    The expressions that were false, None or 0 when a test before a place, or around it, was made.

    Tests whose branch leaves the function or the turn count as well as those that the place stands under.
    """
    for test, outcome in tests_before(module, place):
        yield from _false_parts(test, outcome)


def tests_before(module: Module, place: ast.AST, within: ast.AST | None = None) -> Iterator[tuple[ast.expr, bool]]:
    """
    The tests of `if` that a place comes behind or stands under, nearest first, with what came out.

    Those of its function, or of the node `within` around it.
    """
    child = place
    for around in module.ancestors(place):
        if isinstance(around, ast.IfExp) and child is not around.test:
            yield around.test, child is around.body
        for block in _blocks(around):
            if not any(child is statement for statement in block):
                continue
            if isinstance(around, ast.If):
                yield around.test, block is around.body
            for earlier in block:
                if earlier is child:
                    break
                yield from _left_behind(module, earlier)
        if isinstance(around, _SCOPES) or around is within:
            return
        child = around


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if isinstance(block, list):
            yield block


def block_around(module: Module, statement: ast.stmt) -> list[ast.stmt]:
    """The block of statements that a statement stands in."""
    parent = module.parent(statement)
    blocks = _blocks(parent) if parent is not None else iter(())
    return next((block for block in blocks if statement in block), [])


def _left_behind(module: Module, earlier: ast.stmt) -> Iterator[tuple[ast.expr, bool]]:
    """What is known behind a statement: an `if` of which a branch leaves, also in a `with`."""
    if isinstance(earlier, ast.If):
        yield from _left_by(module, earlier)
    elif isinstance(earlier, (ast.With, ast.AsyncWith)):
        for statement in earlier.body:
            yield from _left_behind(module, statement)
    elif isinstance(earlier, ast.While):
        yield from _left_by_loop(module, earlier)


def _left_by_loop(module: Module, loop: ast.While) -> Iterator[tuple[ast.expr, bool]]:
    """What is known behind a loop that only one `break`, or its test alone, ends."""
    ends = [part for part in own_parts(loop.body) if isinstance(part, ast.Break) and module.loop_of(part) is loop]
    if not ends:
        yield loop.test, False
    elif len(ends) == 1 and isinstance(loop.test, ast.Constant):
        yield from tests_before(module, ends[0], loop)


def _left_by(module: Module, branch: ast.If) -> Iterator[tuple[ast.expr, bool]]:
    """What is known behind an `if` of which a branch leaves; an `elif` is asked where the first was not taken."""
    if leaves(module, branch.body):
        yield branch.test, False
        if len(branch.orelse) == 1 and isinstance(branch.orelse[0], ast.If):
            yield from _left_by(module, branch.orelse[0])
    elif leaves(module, branch.orelse):
        yield branch.test, True


def leaves(module: Module, block: list[ast.stmt]) -> bool:
    """Whether a block always ends the function or the turn of the loop around it."""
    last = block[-1] if block else None
    if isinstance(last, _LEAVING):
        return True
    if isinstance(last, ast.If):
        return leaves(module, last.body) and leaves(module, last.orelse)
    if isinstance(last, (ast.With, ast.AsyncWith)):
        return leaves(module, last.body)
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return last_name(last.value) in _ENDING_CALLS or module.never_returns(last.value)
    return False


def _false_parts(test: ast.expr, outcome: bool) -> Iterator[ast.expr]:
    """The parts of a test that were certainly false, None or 0 when the whole test came out so."""
    if isinstance(test, ast.NamedExpr):
        test = test.value
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _false_parts(test.operand, not outcome)
    elif isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And) is outcome:
            for value in test.values:
                yield from _false_parts(value, outcome)
    elif isinstance(test, ast.Compare):
        if len(test.ops) == 1 and _says_none(test.ops[0], test.comparators[0], outcome):
            left = test.left.value if isinstance(test.left, ast.NamedExpr) else test.left
            yield left
    elif not outcome:
        yield test


def _says_none(operator: ast.cmpop, bound: ast.expr, outcome: bool) -> bool:
    """Whether `x is None`, `x == 0`, `x < 1` or the like, with this outcome, says that x is None or 0."""
    if not isinstance(bound, ast.Constant) or isinstance(bound.value, bool):
        return False
    if bound.value is None:
        return isinstance(operator, (ast.Is, ast.Eq)) if outcome else isinstance(operator, (ast.IsNot, ast.NotEq))
    if bound.value == 0:
        return isinstance(operator, (ast.Eq, ast.LtE)) if outcome else isinstance(operator, (ast.NotEq, ast.Gt))
    if bound.value == 1:
        return isinstance(operator, ast.Lt) if outcome else isinstance(operator, ast.GtE)
    return False


def is_answer(module: Module, expression: ast.expr, hops: int = 0) -> bool:
    """Whether an expression is what a query on a session gave, rows or their number: false for none."""
    if hops > _MAXIMUM_HOPS:
        return False
    while True:
        if isinstance(expression, (ast.Await, ast.NamedExpr)):
            expression = expression.value
        elif isinstance(expression, ast.Name):
            values = [value for _, value in last_assigned(module, expression)]
            return _are_answers(module, values, hops + 1)
        elif isinstance(expression, ast.IfExp):
            return _are_answers(module, [expression.body, expression.orelse], hops + 1)
        elif isinstance(expression, ast.Attribute):
            return queried_model(module, expression) is not None
        elif not isinstance(expression, ast.Call):
            return False
        elif _FINDING.match(last_name(expression)):
            return any(is_answer(module, argument, hops + 1) for argument in expression.args)
        elif isinstance(expression.func, ast.Name):
            if expression.func.id not in _SIZES or len(expression.args) != 1:
                return False
            expression = expression.args[0]
        elif not isinstance(expression.func, ast.Attribute):
            return False
        elif expression.func.attr in ASKING and sessions.session_of(module, expression.func.value) is not None:
            return True
        elif expression.func.attr in _ANSWERING:
            expression = expression.func.value
        else:
            return False


def _are_answers(module: Module, values: list[ast.expr], hops: int) -> bool:
    """Whether values are answers of queries, one at least; None stands for no answer."""
    asked = [value for value in values if not (isinstance(value, ast.Constant) and value.value is None)]
    return bool(asked) and all(is_answer(module, value, hops) for value in asked)


def is_caught(module: Module, function: FunctionNode, insert: ast.AST) -> bool:
    """Whether a handler takes what an insert, or what runs after it in the function, raises for a twin."""
    return _is_handled(module, function, insert, _takes_conflict)


def is_told_of_twin(module: Module, function: FunctionNode, insert: ast.AST) -> bool:
    """Whether a handler around an insert, or what runs after it, names the error of a row that is there."""
    return _is_handled(module, function, insert, _names_conflict)


def _is_handled(
    module: Module, function: FunctionNode, insert: ast.AST, takes: Callable[[Module, ast.ExceptHandler], bool]
) -> bool:
    line = getattr(insert, "lineno", 0)
    for part in module.own_nodes(function):
        if isinstance(part, _TRY):
            block: ast.Try = part  # type: ignore[assignment]
            if any(takes(module, handler) for handler in block.handlers):
                if any(_sends(call, line) for statement in block.body for call in ast.walk(statement)):
                    return True
    return False


def _sends(call: ast.AST, line: int) -> bool:
    """Whether a call may send what stands before a line: the insert itself, a flush or a commit."""
    if not isinstance(call, ast.Call) or call.lineno < line:
        return False
    return call.lineno == line or last_name(call) in _SENDING or "commit" in last_name(call)


def _takes_conflict(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether a handler takes the error of a row that is there already, and does more than raise it again."""
    if _names_conflict(module, handler):
        return True
    names = _taken(module, handler)
    broad = is_broad(module, handler) or any(name in database.FLUSH_ERRORS for name in names)
    last = handler.body[-1]
    return broad and not (isinstance(last, ast.Raise) and last.exc is None)


def _names_conflict(module: Module, handler: ast.ExceptHandler) -> bool:
    return any(word in name.lower() for name in _taken(module, handler) for word in _CONFLICTS)


def _taken(module: Module, handler: ast.ExceptHandler) -> list[str]:
    return [(name or "").rpartition(".")[2] for name in caught(module, handler)]
