"""Broken atomics: Django's `atomic` blocks in which a handler takes the error of a write, and goes on to ask."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from flake8_auditrules.knowledge import django
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.failed_flushes import Next
from flake8_auditrules.semantics.flow import Raising, Statement, evaluated
from flake8_auditrules.semantics.handlers import always_raises, caught, is_broad, own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRY: tuple[type[ast.AST], ...] = tuple(
    kind for kind in (ast.Try, getattr(ast, "TryStar", None)) if kind is not None
)
_ATOMIC = "atomic"
# What takes the transaction back by hand.
_BY_HAND = ("savepoint", "savepoint_rollback", "set_rollback", "rollback", "clean_savepoints")


class BrokenAtomic(NamedTuple):
    """
    A handler that takes a failing write of Django inside an `atomic` block that is still open.

    `write` is the call that can fail, `next_use` a query that is then refused with TransactionManagementError,
    `where` the place of that query.
    """

    handler: ast.ExceptHandler
    write: ast.Call
    next_use: ast.Call
    where: Next


def broken_atomics(module: Module) -> list[BrokenAtomic]:
    """The handlers of the module after which a query is sent in an `atomic` block that a failure has broken."""
    return module.keep("broken atomic blocks", _find)


def _find(module: Module) -> list[BrokenAtomic]:
    if not module.imports("django"):
        return []
    found = (_broken(module, handler) for handler in module.nodes(ast.ExceptHandler))
    return [one for one in found if one is not None]


def _broken(module: Module, handler: ast.ExceptHandler) -> BrokenAtomic | None:
    is_named = any((name or "") in django.WRITE_ERRORS for name in caught(module, handler))
    if not is_named and not is_broad(module, handler):
        return None
    function = module.function_of(handler)
    statement = module.parent(handler)
    if not isinstance(function, _FUNCTIONS) or not isinstance(statement, ast.Try):
        return None
    write = next(_unguarded_writes(module, statement), None)
    if write is None or _is_undone_by_hand(module, function):
        return None
    block = _atomic_around(module, statement)
    if block is None and not _runs_in_atomic(module, function):
        return None
    found = _next_query(module, handler, write, block)
    # What takes every failure is there for others too; in a loop it goes on with rows that are all lost.
    return found if found is None or is_named or found.where is Next.IN_LOOP else None


def _unguarded_writes(module: Module, statement: ast.Try) -> Iterator[ast.Call]:
    """The calls in a `try` by which Django writes a row outside of a savepoint of their own."""
    for part in own_parts(statement.body):
        if isinstance(part, ast.Call) and _is_write(part):
            around = itertools.takewhile(lambda ancestor: ancestor is not statement, module.ancestors(part))
            if not any(isinstance(one, _TRY) or (isinstance(one, ast.With) and _is_atomic(one)) for one in around):
                yield part


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "save":
        return not call.args and not any(keyword.arg == "commit" for keyword in call.keywords)
    return call.func.attr in django.UNGUARDED_WRITES and _asks_manager(call.func.value)


def _asks_manager(expression: ast.expr) -> bool:
    """Whether a chain of calls begins with a manager: `Book.objects.filter(...)`."""
    while isinstance(expression, (ast.Attribute, ast.Call)):
        if isinstance(expression, ast.Attribute):
            if expression.attr in ("objects", "_default_manager", "_base_manager"):
                return True
            expression = expression.value
        else:
            expression = expression.func
    return False


def _is_query(call: ast.Call) -> bool:
    """Whether a call sends something to the database."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in ("save", "refresh_from_db"):
        return not call.args
    return call.func.attr in django.QUERYING and _asks_manager(call.func.value)


def _is_atomic(block: ast.With) -> bool:
    return any(last_name(item.context_expr) == _ATOMIC for item in block.items)


def _atomic_around(module: Module, node: ast.AST) -> ast.With | None:
    """The `with atomic()` block of the same function that a node stands in."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (*_FUNCTIONS, ast.Lambda)):
            return None
        if isinstance(ancestor, ast.With) and child in ancestor.body and _is_atomic(ancestor):
            return ancestor
        child = ancestor
    return None


def _runs_in_atomic(module: Module, function: FunctionNode) -> bool:
    """Whether a function is decorated with `atomic`, or a call of it in its module stands in such a block."""
    if isinstance(function, ast.Lambda):
        return False
    if any(last_name(one) == _ATOMIC for one in function.decorator_list):
        return True
    own = module.class_of(function)
    for call in module.calls_by_name().get(function.name, ()):
        caller = module.function_of(call)
        if isinstance(call.func, ast.Attribute):
            is_own = isinstance(call.func.value, ast.Name) and call.func.value.id == "self"
            if (
                not is_own
                or not isinstance(caller, _FUNCTIONS)
                or own is None
                or module.class_of(caller) is not own
            ):
                continue
        elif own is not None:
            continue
        if _atomic_around(module, call) is not None:
            return True
    return False


def _is_undone_by_hand(module: Module, function: FunctionNode) -> bool:
    return any(module.function_of(call) is function for call in module.calls_named(*_BY_HAND))


def _next_query(
    module: Module, handler: ast.ExceptHandler, write: ast.Call, block: ast.With | None
) -> BrokenAtomic | None:
    """The first query after the handler while the block is open: in the handler, in the loop, or afterwards."""
    inside = {id(part) for part in own_parts(handler.body)}
    loop = module.loop_of(handler)
    if block is not None and loop is not None and loop in module.ancestors(block):
        loop = None
    in_loop = {id(part) for part in own_parts(loop.body)} if isinstance(loop, (ast.For, ast.While)) else set()
    passes_on = always_raises(module, handler)
    flow = module.flow_of(handler)

    def query_in(statement: Statement) -> ast.Call | None:
        for node in evaluated(statement):
            if isinstance(node, ast.Call) and _is_query(node) and not _is_expected(module, node, handler):
                return node
        return None

    places = (
        (Next.IN_HANDLER, lambda statement: id(statement) in inside),
        (Next.IN_LOOP, lambda statement: id(statement) in in_loop and id(statement) not in inside),
        (Next.AFTERWARDS, lambda statement: id(statement) not in inside),
    )
    for where, belongs in places:
        if (passes_on and where is not Next.IN_HANDLER) or (where is Next.IN_LOOP and not in_loop):
            continue
        way = flow.path(
            handler,
            lambda statement, belongs=belongs: belongs(statement) and query_in(statement) is not None,  # type: ignore[misc]
            raising=Raising.EXPLICIT,
            within=block,
        )
        query = query_in(way[-1]) if way else None
        if query is not None:
            return BrokenAtomic(handler, write, query, where)
    return None


def _is_expected(module: Module, query: ast.Call, handler: ast.ExceptHandler) -> bool:
    """Whether a query stands in a `try` of the handler's own whose handlers take the refusal of it."""
    child: ast.AST = query
    for ancestor in module.ancestors(query):
        if ancestor is handler or isinstance(ancestor, _FUNCTIONS) or ancestor is module.parent(handler):
            return False
        if isinstance(ancestor, ast.Try) and child in ancestor.body:
            if any(
                is_broad(module, one) or any((name or "") in django.REFUSALS for name in caught(module, one))
                for one in ancestor.handlers
            ):
                return handler not in ancestor.handlers
        child = ancestor
    return False
