"""Concurrent sessions: one database session in the hands of several coroutines that run at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

SESSIONS = (
    "sqlalchemy.ext.asyncio.AsyncSession",
    "sqlalchemy.orm.Session",
    "sqlalchemy.ext.asyncio.AsyncConnection",
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp)
_GATHERING = frozenset({"asyncio.gather", "asyncio.wait", "asyncio.as_completed"})
_GATHERING_NAMES = tuple(sorted(name.rpartition(".")[2] for name in _GATHERING))
_STARTING = frozenset(
    {
        "asyncio.create_task",
        "asyncio.ensure_future",
        "asyncio.TaskGroup.create_task",
        "asyncio.AbstractEventLoop.create_task",
        "anyio.abc.TaskGroup.start_soon",
    }
)


class Shared(NamedTuple):
    """A session that several coroutines use at once: the call that runs them, and the session's text."""

    call: ast.Call
    session: str


def shared_sessions(module: Module) -> list[Shared]:
    """The calls that run several coroutines at once which are handed one session, in the order of the source."""
    return module.keep("shared sessions", _shared_sessions)


def gatherings(module: Module) -> list[ast.Call]:
    """The calls of `asyncio.gather`, `wait` and `as_completed` in the module."""
    if not module.imports("asyncio"):
        return []
    return [call for call in module.calls_named(*_GATHERING_NAMES) if module.callee(call) in _GATHERING]


def _shared_sessions(module: Module) -> list[Shared]:
    found: list[Shared] = []
    if not module.imports("asyncio", "anyio"):
        return found
    groups: dict[tuple[ast.AST | None, str], list[ast.Call]] = {}
    for call in module.nodes(ast.Call):
        last = last_name(call)
        if last in ("gather", "wait", "as_completed") and module.callee(call) in _GATHERING:
            session = _session_of_several(module, call)
            if session is not None:
                found.append(Shared(call, session))
        elif last in ("create_task", "ensure_future", "start_soon") and module.callee(call) in _STARTING:
            session = next(iter(_sessions_in(module, call)), None)
            if session is None:
                continue
            if module.loop_of(call) is not None and not _is_made_in_loop(module, call, session):
                if not _is_gathered(module, call):
                    found.append(Shared(call, session))
            else:
                group = groups.setdefault((module.parent(module.statement(call)), session), [])
                group.append(call)
                if len(group) == 2 and not _awaits_between(module, group[0], call):
                    found.append(Shared(call, session))
    found.sort(key=lambda shared: (shared.call.lineno, shared.call.col_offset))
    return found


def _session_of_several(module: Module, call: ast.Call) -> str | None:
    """The session that at least two of the coroutines given to `gather` get."""
    seen: set[str] = set()
    for argument in _coroutines(module, call):
        if isinstance(argument, ast.Starred):
            argument = argument.value
        if isinstance(argument, _COMPREHENSIONS):
            inside = argument.elt
            for session in _sessions_in(module, inside):
                if not _is_made_in_comprehension(argument, session):
                    return session
            continue
        own = set(_sessions_in(module, argument))
        repeated = own & seen
        if repeated:
            return min(repeated)
        seen |= own
    return None


def _coroutines(module: Module, call: ast.Call) -> Iterator[ast.expr]:
    """The expressions of the coroutines that `gather` is given, through lists and local names."""
    for argument in call.args:
        inner = argument.value if isinstance(argument, ast.Starred) else argument
        if isinstance(inner, ast.Name):
            values = [binding.value for binding in module.bindings(inner) if binding.value is not None]
            if len(values) == 1 and isinstance(values[0], (*_COMPREHENSIONS, ast.List, ast.Tuple, ast.Call)):
                inner = values[0]
        if isinstance(inner, (ast.List, ast.Tuple)):
            yield from inner.elts
        else:
            yield inner


def _sessions_in(module: Module, expression: ast.expr) -> Iterator[str]:
    """The texts of the sessions that a coroutine's call gets as arguments or is called on."""
    pending: list[ast.expr] = [expression]
    while pending:
        current = pending.pop()
        if isinstance(current, ast.Call):
            pending.extend(current.args)
            pending.extend(keyword.value for keyword in current.keywords)
            if isinstance(current.func, ast.Attribute):
                pending.append(current.func.value)
        elif isinstance(current, (ast.Name, ast.Attribute)) and _is_session(module, current):
            yield module.text(current)


def _is_session(module: Module, expression: ast.expr) -> bool:
    return any(module.is_instance(expression, name) for name in SESSIONS)


def _is_made_in_comprehension(comprehension: ast.expr, session: str) -> bool:
    """Whether a comprehension binds the session itself, a new one for each turn."""
    assert isinstance(comprehension, _COMPREHENSIONS)
    first = session.partition(".")[0]
    return any(
        isinstance(part, ast.Name) and part.id == first
        for generator in comprehension.generators
        for part in ast.walk(generator.target)
    )


def _is_made_in_loop(module: Module, call: ast.Call, session: str) -> bool:
    """Whether the session is bound anew on each turn of the loop around a call."""
    loop = module.loop_of(call)
    first = session.partition(".")[0]
    for name in module.nodes(ast.Name):
        if name.id != first or isinstance(name.ctx, ast.Load):
            continue
        if loop is not None and loop in module.ancestors(name):
            return True
    return False


def _is_gathered(module: Module, call: ast.Call) -> bool:
    """Whether a task is made in the arguments of a `gather`, which is looked at itself."""
    return any(
        isinstance(ancestor, ast.Call) and module.callee(ancestor) in _GATHERING
        for ancestor in module.ancestors(call)
    )


def _awaits_between(module: Module, first: ast.Call, second: ast.Call) -> bool:
    """Whether something is awaited between two tasks of one block, which may be the end of the first."""
    function = module.function_of(first)
    if not isinstance(function, _FUNCTIONS):
        return True
    return any(
        isinstance(node, ast.Await) and first.lineno < node.lineno < second.lineno
        for node in module.own_nodes(function)
    )
