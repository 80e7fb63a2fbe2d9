"""Day queries: what is asked once for each day, or week or month, of a period that one statement could group."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.django_queries import changes_rows, django_queries
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.item_queries import parts_of
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.queries import GROUP_TEXT, is_query, statement_parts, whole_chain
from flake8_auditrules.semantics.row_loops import is_unit_of_work, sends_messages
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.turn_work import does_work, is_doing, is_set_up

_STEPS = ("Timedelta", "relativedelta", "timedelta")
_ENOUGH = 12
_COUNTING = frozenset({"aggregate", "count", "scalar", "scalar_one", "scalar_one_or_none"})
_SUMMING = frozenset({"avg", "count", "max", "min", "sum"})
_MAXIMUM_HOPS = 3


class DayQuery(NamedTuple):
    """A query that counts or sums for each day of a period: its call, its loop, and what that runs through."""

    call: ast.Call
    loop: ast.For | ast.While | ast.comprehension
    days: ast.expr


def day_queries(module: Module) -> Iterator[DayQuery]:
    """The first query of each loop that makes the days of a period and asks how many, or how much, of each."""
    steps = module.calls_named(*_STEPS)
    if not steps:
        return
    seen: set[ast.AST] = set()
    for step in steps:
        loop = module.loop_of(step)
        if loop is None or loop in seen or isinstance(loop, ast.AsyncFor):
            continue
        names = _stepped(module, step, loop)
        if not names:
            continue
        seen.add(loop)
        parts = list(own_parts(loop.body) if isinstance(loop, ast.While) else parts_of(module, loop))
        for part in parts:
            if isinstance(part, ast.Assign) and mentions(part.value, names):
                names |= {one.id for to in part.targets for one in ast.walk(to) if isinstance(one, ast.Name)}
        query = next((one for one in _queries(module, parts) if _counts(module, one, names)), None)
        if query is None or changes_rows(parts):
            continue
        if isinstance(loop, ast.While):
            if not any(isinstance(part, ast.Call) and is_doing(part) for part in parts):
                yield DayQuery(query, loop, loop.test)
        elif not (
            is_unit_of_work(loop) or sends_messages(loop) or does_work(module, loop) or is_set_up(module, loop)
        ):
            yield DayQuery(query, loop, loop.iter)


def _stepped(module: Module, step: ast.Call, loop: ast.AST) -> set[str]:
    """The name that stands for the day of a turn: of the number in a step, or of what a step is added to."""
    name: ast.expr | None = None
    if isinstance(loop, (ast.For, ast.comprehension)):
        name = loop.target if _is_long(module, loop.iter) else None
        where: ast.expr = step
    elif isinstance(loop, ast.While):
        taken = module.parent(step)
        taken = module.parent(taken) if isinstance(taken, ast.BinOp) else taken
        if isinstance(taken, (ast.AugAssign, ast.Assign)):
            name = taken.target if isinstance(taken, ast.AugAssign) else taken.targets[0]
        where = loop.test
    return {name.id} if isinstance(name, ast.Name) and mentions(where, {name.id}) else set()


def _is_long(module: Module, iterable: ast.expr) -> bool:
    """Whether a loop counts through more than a handful, or through as many as it is told."""
    if isinstance(iterable, ast.Call) and last_name(iterable.func) == "reversed" and iterable.args:
        iterable = iterable.args[0]
    if not isinstance(iterable, ast.Call) or module.qualname(iterable.func) != "builtins.range":
        return False
    if len(iterable.args) == 3:
        bounds = iterable.args[:2]
    else:
        bounds = iterable.args
    values = [_number(module, one, 0) for one in bounds]
    known = [one for one in values if one is not None]
    return len(known) < len(values) or max(map(abs, known), default=0) >= _ENOUGH


def _number(module: Module, value: ast.expr, hops: int) -> int | None:
    """The number that an expression is, where it is written in the code."""
    while isinstance(value, (ast.BinOp, ast.UnaryOp)):
        value = value.left if isinstance(value, ast.BinOp) else value.operand
    if isinstance(value, ast.Constant):
        return value.value if isinstance(value.value, int) else None
    if not isinstance(value, ast.Name) or hops >= _MAXIMUM_HOPS:
        return None
    bindings = module.bindings(value)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].value is None:
        return None
    return _number(module, bindings[0].value, hops + 1)


def _queries(module: Module, parts: list[ast.AST]) -> Iterator[ast.Call]:
    of_django = module.keep("Django's queries", lambda one: frozenset(django_queries(one)))
    for part in parts:
        if isinstance(part, ast.Call) and (part in of_django or is_query(module, part)):
            yield part


def _counts(module: Module, query: ast.Call, names: set[str]) -> bool:
    """Whether a query counts or sums what belongs to the day of a turn, and for no group of days at once."""
    chain = whole_chain(module, query)
    if not mentions(chain, names):
        return False
    is_counting = last_name(query.func) in _COUNTING
    for part in statement_parts(module, chain):
        if isinstance(part, ast.Call) and last_name(part.func) in (_COUNTING | _SUMMING):
            is_counting = True
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            if GROUP_TEXT.search(part.value):
                return False
            is_counting = is_counting or any(f"{one}(" in part.value.lower() for one in _SUMMING)
    return is_counting
