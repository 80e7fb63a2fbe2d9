"""Failed flushes: handlers that take the error of a flush and leave the session in a state that refuses work."""

from __future__ import annotations

import ast
import enum
import re

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.flow import ExitKind, Raising, Statement
from flake8_auditrules.semantics.handlers import (
    always_raises,
    caught,
    earlier_handlers,
    is_broad,
    own_parts,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.scopes import ScopeKind
from flake8_auditrules.semantics.sessions import Session, Use

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WITH = (ast.With, ast.AsyncWith)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_TRY: tuple[type[ast.AST], ...] = tuple(
    kind for kind in (ast.Try, getattr(ast, "TryStar", None)) if kind is not None
)
_UNDOES = pattern(r"transaction|savepoint|atomic|nested|begin|unit_of_work|uow|rollback|suppress", re.IGNORECASE)
_REPORTS = pattern(r"log|warn|error|exception|print|debug|info|metric|capture", re.IGNORECASE)


class Next(enum.Enum):
    """Where the session is used next after the handler."""

    IN_LOOP = "in the loop"
    IN_HANDLER = "in the handler"
    AFTERWARDS = "afterwards"
    BY_NEXT_CALL = "by the next call"
    """The session lives longer than the function, and nothing in the module rolls it back."""


class Broken(NamedTuple):
    """
    A handler that takes a failing flush and does not roll back.

    `flush` is the call that can fail, `next_use` the call on the same session that fails then with
    PendingRollbackError, `where` the place of that call.
    """

    handler: ast.ExceptHandler
    session: Session
    flush: ast.Call
    next_use: ast.Call
    where: Next


def broken_sessions(module: Module) -> list[Broken]:
    """All handlers of the module after which a session is used that a failed flush has left, in source order."""
    return module.keep("handlers that leave a session broken", _find)


def handlers_of_flushes(module: Module) -> frozenset[ast.ExceptHandler]:
    """The handlers of the module that the error of a flush in their `try` can reach."""
    return module.keep("handlers that flushes reach", _find_handlers)


def _find_handlers(module: Module) -> frozenset[ast.ExceptHandler]:
    return frozenset(handler for handler, _ in module.keep("handlers of flushes", _handlers_of_flushes))


def title(module: Module, handler: ast.ExceptHandler) -> str:
    """How a message shows a handler: `except ValueError`."""
    return "except" if handler.type is None else f"except {module.text(handler.type)}"


def _find(module: Module) -> list[Broken]:
    found: list[Broken] = []
    for (handler, session), flush in module.keep("handlers of flushes", _handlers_of_flushes).items():
        broken = _next_use(module, handler, session, flush)
        if broken is not None:
            found.append(broken)
    return found


def _handlers_of_flushes(module: Module) -> dict[tuple[ast.ExceptHandler, Session], ast.Call]:
    """Each handler that the error of a flush in its `try` can reach, with the session and the first such flush."""
    found: dict[tuple[ast.ExceptHandler, Session], ast.Call] = {}
    for use in sessions.uses(module):
        if use.method in database.FLUSHING:
            for handler in _reached_handlers(module, use):
                found.setdefault((handler, use.session), use.call)
    return found


def _reached_handlers(module: Module, use: Use) -> list[ast.ExceptHandler]:
    """The handlers that get what a flush raises, before anything rolls the session back."""
    reached: list[ast.ExceptHandler] = []
    child: ast.AST = use.call
    for ancestor in module.ancestors(use.call):
        if isinstance(ancestor, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            break
        if isinstance(ancestor, _WITH) and child in ancestor.body:
            if any(_undoes(module, item, use.session) for item in ancestor.items):
                break
        elif isinstance(ancestor, _TRY):
            statement: ast.Try = ancestor  # type: ignore[assignment]
            if child in statement.body:
                taking = [handler for handler in statement.handlers if takes_flush_errors(module, handler)]
                passing = [handler for handler in taking if always_raises(module, handler)]
                reached.extend(taking)
                if any(_restores(module, handler.body, use.session) for handler in passing):
                    break
                if any(_takes_all(module, handler) and handler not in passing for handler in taking):
                    break
            if child not in statement.finalbody and _restores(module, statement.finalbody, use.session):
                break
        child = ancestor
    return reached


def _undoes(module: Module, item: ast.withitem, session: Session) -> bool:
    """Whether a `with` item may roll the session back when an exception leaves it."""
    expression = item.context_expr
    if isinstance(expression, ast.Attribute) and expression.attr == "no_autoflush":
        return False
    called = uncalled(expression)
    return sessions.concerns(item, session) or _UNDOES.search(module.text(called)) is not None


def _restores(module: Module, body: list[ast.stmt], session: Session) -> bool:
    return any(
        isinstance(part, ast.stmt) and sessions.calls_on(module, part, session, database.RESTORING)
        for part in own_parts(body)
    )


def takes_flush_errors(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether a handler gets the error of a flush: it is broad, or names one, and no earlier one takes it."""
    if any(_takes_all(module, earlier) for earlier in earlier_handlers(module, handler)):
        return False
    return is_broad(module, handler) or any(_is_flush_error(name) for name in caught(module, handler))


def _takes_all(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether no error of a flush passes the handler: all of them are SQLAlchemyError."""
    if is_broad(module, handler):
        return True
    return any((name or "").rpartition(".")[2] == "SQLAlchemyError" for name in caught(module, handler))


def _is_flush_error(name: str | None) -> bool:
    if name is None:
        return False
    owner, _, last = name.rpartition(".")
    return last in database.FLUSH_ERRORS and owner in database.ERROR_MODULES


def _next_use(module: Module, handler: ast.ExceptHandler, session: Session, flush: ast.Call) -> Broken | None:
    """The first use of the session after the handler, without a rollback between: in the loop, here, or later."""
    if _may_restore(module, handler, session):
        return None
    inside = {id(part) for part in own_parts(handler.body)}
    loop = _loop_around(module, handler)
    in_loop = {id(part) for part in own_parts(loop.body)} if loop is not None else set()
    flow = module.flow_of(handler)

    def stops(statement: Statement) -> bool:
        return (
            sessions.rebinds(statement, session)
            or sessions.calls_on(module, statement, session, database.RESTORING)
            or sessions.asks_whether_active(statement, session)
            or (isinstance(statement, ast.ExceptHandler) and statement is not handler)
        )

    def uses_session(statement: Statement) -> bool:
        return sessions.calls_on(module, statement, session, database.WORKING)

    choices = (
        (Next.IN_LOOP, lambda statement: id(statement) in in_loop and id(statement) not in inside),
        (Next.IN_HANDLER, lambda statement: id(statement) in inside),
        (Next.AFTERWARDS, lambda statement: id(statement) not in inside),
    )
    passes_on = always_raises(module, handler)
    for where, belongs in choices:
        if (where is Next.IN_LOOP and loop is None) or (passes_on and where is not Next.IN_HANDLER):
            continue
        way = flow.path(
            handler,
            lambda statement, belongs=belongs: belongs(statement) and uses_session(statement),  # type: ignore[misc]
            stops,
            raising=Raising.EXPLICIT,
            stop_at_exit=lambda item: sessions.concerns(item, session),
        )
        if way:
            for use in sessions.uses_in(module, way[-1]):
                if use.session == session and use.method in database.WORKING:
                    return Broken(handler, session, flush, use.call, where)
    if _outlives_the_function(module, session, flush):
        way_out = flow.leaves_without(handler, stops, raising=Raising.EXPLICIT)
        if way_out is not None and way_out.kind in (ExitKind.RETURN, ExitKind.FALL):
            return Broken(handler, session, flush, flush, Next.BY_NEXT_CALL)
    return None


def _outlives_the_function(module: Module, session: Session, flush: ast.Call) -> bool:
    """Whether the module or class itself made the session and keeps it, and never rolls it back."""
    assert isinstance(flush.func, ast.Attribute)
    expression = flush.func.value
    if not _is_made_and_kept(module, expression):
        return False
    return not any(
        use.method in ("rollback", "remove", "invalidate", "reset") and use.session.text == session.text
        for use in sessions.uses(module)
    )


def _is_made_and_kept(module: Module, expression: ast.expr) -> bool:
    if isinstance(expression, ast.Name):
        owner = module.owner_of(expression)
        if owner is None or owner.kind is not ScopeKind.MODULE:
            return False
        return all(isinstance(binding.value, ast.Call) for binding in module.bindings(expression))
    if not isinstance(expression, ast.Attribute):
        return False
    holder = module.instance_of(expression.value)
    node = module.instances.local_class(holder) if holder is not None else None
    if node is None:
        return False
    made = module.members(node).attributes.get(expression.attr, [])
    return bool(made) and all(
        isinstance(binding.value, ast.Call) and function is not None and function.name == "__init__"
        for binding, function in made
    )


def _loop_around(module: Module, handler: ast.ExceptHandler) -> ast.For | ast.AsyncFor | ast.While | None:
    loop = module.loop_of(handler)
    return loop if isinstance(loop, _LOOPS) else None


def _may_restore(module: Module, handler: ast.ExceptHandler, session: Session) -> bool:
    """Whether the handler gives the session, or the object that holds it, to a call that may roll it back."""
    holder = session.text.rpartition(".")[0]
    for part in own_parts(handler.body):
        if not isinstance(part, ast.Call) or _REPORTS.search(last_name(part)):
            continue
        if last_name(part) == "rollback" and _is_savepoint(module, part):
            return True
        given = [*part.args, *(keyword.value for keyword in part.keywords)]
        if any(sessions.mentions(argument, session) for argument in given):
            return True
        if holder and isinstance(part.func, ast.Attribute):
            receiver = module.text(part.func.value)
            if receiver == holder:
                return True
            if any(module.text(argument) == holder for argument in given):
                return True
    return False


def _is_savepoint(module: Module, rollback: ast.Call) -> bool:
    """Whether what is rolled back is the handle of a savepoint: `savepoint = await session.begin_nested()`."""
    handle = rollback.func.value if isinstance(rollback.func, ast.Attribute) else None
    if not isinstance(handle, ast.Name):
        return False
    made = [binding.value for binding in module.bindings(handle)]
    return any(
        last_name(value.value if isinstance(value, ast.Await) else value) in ("begin", "begin_nested")
        for value in made
    )
