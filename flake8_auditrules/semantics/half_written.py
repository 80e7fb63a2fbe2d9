"""Half-written units: several writes on a kept connection whose failure leaves the first for the next commit."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import assigned_target
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.sql_texts import built_text

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Drivers that open a transaction by themselves and keep what was written before the statement that failed.
_CONNECTIONS = frozenset({"aiosqlite.Connection", "sqlite3.Connection"})
_CURSORS = frozenset({"aiosqlite.Cursor", "sqlite3.Cursor"})
# The second write can certainly fail by what it is given; a DELETE by a key hardly can.
_WRITING = pattern(r"\s*(?:INSERT|REPLACE|UPDATE|DELETE)\b", re.IGNORECASE)
_FAILING = pattern(r"\s*(?:INSERT\s+INTO|UPDATE\s)", re.IGNORECASE)
_ENDING = frozenset({"commit", "close", "executescript"})
_UNDOING = pattern(r"rollback|savepoint|isolation_level|autocommit", re.IGNORECASE)


class HalfWritten(NamedTuple):
    """A write that can fail after an earlier one of the same unit, and the text of the kept connection."""

    first: ast.Call
    second: ast.Call
    connection: str


class _Write(NamedTuple):
    """A statement that writes, the kept connection that it is sent on, and whether it may well fail."""

    call: ast.Call
    connection: str
    can_fail: bool


def half_written(module: Module) -> list[HalfWritten]:
    """
    The first such write of each method, where the class keeps one connection for all its calls.

    The connection is one that coroutines or threads share (aiosqlite, `check_same_thread=False`): the program goes
    on after an error, and the next call's commit keeps the half. A module that says anything of rolling back, or
    of another isolation, is left out.
    """
    return module.keep("half-written units", lambda _: list(_half_written(module)))


def _half_written(module: Module) -> Iterator[HalfWritten]:
    if not module.imports("sqlite3", "aiosqlite") or module.is_test or any(map(_UNDOING.search, module.lines)):
        return
    writes: dict[FunctionNode, list[_Write]] = {}
    for call in module.calls_named("execute"):
        function = module.function_of(call)
        if isinstance(function, _FUNCTIONS) and module.class_of(function) and function.name != "__init__":
            sql = built_text(module, call.args[0]).literal if call.args else ""
            connection = _kept_connection(module, call) if _WRITING.match(sql) else None
            if connection is not None:
                can_fail = _FAILING.match(sql) is not None or module.awaited(call)
                writes.setdefault(function, []).append(_Write(call, connection, can_fail))
    for function, sent in writes.items():
        found = _in_method(module, function, sent)
        if found is not None:
            yield found


def _in_method(module: Module, function: FunctionNode, writes: list[_Write]) -> HalfWritten | None:
    for second in writes:
        for first in writes if second.can_fail else ():
            if first.connection == second.connection and _follows(module, function, first.call, second.call):
                return HalfWritten(first.call, second.call, second.connection)
    return None


def _follows(module: Module, function: FunctionNode, first: ast.Call, second: ast.Call) -> bool:
    """Whether one write comes after another, or again in a loop, with no commit between and one after both."""
    start, goal = module.statement(first), module.statement(second)
    if start is goal and module.loop_of(first) is None:
        return False
    ends = {
        id(module.statement(call))
        for name in _ENDING
        for call in module.calls_named(name)
        if module.function_of(call) is function
    }
    flow = module.quiet_flow(function)

    def is_end(node: ast.AST) -> bool:
        return id(node) in ends

    def is_goal(node: ast.AST) -> bool:
        return node is goal

    return flow.reachable(start, is_goal, is_end) and flow.reachable(goal, is_end)


def _kept_connection(module: Module, call: ast.Call) -> str | None:
    """The text of the connection that an object keeps for all calls and a statement is sent on, or None."""
    assert isinstance(call.func, ast.Attribute)
    sender = call.func.value
    kind = module.instance_of(sender)
    if kind in _CURSORS:
        made = _value_of(module, sender)
        sender = made.func.value if isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute) else sender
        kind = module.instance_of(sender)
    if kind not in _CONNECTIONS or _is_in_transaction(module, call, sender):
        return None
    held = _kept(module, sender)
    if held is None or (kind == "sqlite3.Connection" and not _is_shared(module, held)):
        return None
    return f"self.{held}"


def _value_of(module: Module, expression: ast.expr) -> ast.expr | None:
    """What the one assignment of a local name gives it, without the `await`; the expression itself of others."""
    if isinstance(expression, ast.Name):
        bindings = module.bindings(expression)
        if len(bindings) != 1 or bindings[0].value is None:
            return None
        expression = bindings[0].value
    return expression.value if isinstance(expression, ast.Await) else expression


def _kept(module: Module, connection: ast.expr) -> str | None:
    """The attribute of `self` that a connection is, also through a name or a method that returns it."""
    value = _value_of(module, connection)
    if isinstance(value, ast.Call):
        getter = module.called_function(value)
        returned = (
            [one.value for one in module.own_nodes(getter) if isinstance(one, ast.Return)]
            if isinstance(getter, _FUNCTIONS)
            else []
        )
        attributes = {one.attr if _is_own(one) else "" for one in returned if isinstance(one, ast.Attribute)}
        return attributes.pop() if len(returned) == len(attributes) == 1 else None
    return value.attr if isinstance(value, ast.Attribute) and _is_own(value) else None


def _is_own(attribute: ast.Attribute) -> bool:
    return isinstance(attribute.value, ast.Name) and attribute.value.id == "self"


def _is_shared(module: Module, attribute: str) -> bool:
    """Whether the connection put into an attribute may be used by other threads: `check_same_thread=False`."""
    for call in module.calls_named("connect"):
        allowed = module.argument(call, "check_same_thread")
        if isinstance(allowed, ast.Constant) and allowed.value is False:
            target = assigned_target(module.statement(call))
            if isinstance(target, ast.Attribute) and _is_own(target) and target.attr == attribute:
                return True
    return False


def _is_in_transaction(module: Module, call: ast.Call, connection: ast.expr) -> bool:
    """Whether a block around a call is given the connection, or is one of a transaction: it rolls back itself."""
    text = module.source(connection)
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, (*_FUNCTIONS, ast.Lambda)):
            return False
        for item in ancestor.items if isinstance(ancestor, (ast.With, ast.AsyncWith)) else ():
            entered = item.context_expr
            if module.source(entered) == text or (
                isinstance(entered, ast.Call)
                and (
                    "transaction" in module.source(entered.func)
                    or any(module.source(one) == text for one in entered.args)
                )
            ):
                return True
    return False
