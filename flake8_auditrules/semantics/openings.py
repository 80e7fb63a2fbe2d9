"""Openings: calls that open a session or a connection to a database, and what is known of what they open."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_CONNECT_METHOD = "connect"
_ENGINE_METHODS = ("connect", "raw_connection")
# A call that is given one of these may give a connection whose class closes it at the end of a `with` block.
_CLASS_ARGUMENTS = ("factory", "connection_factory")


def opened_by(module: Module, call: ast.Call) -> str | None:
    """
    What a call opens: a session or connection that its caller has to close; None for anything else.

    The qualified name of the function of the driver, of the method of the engine, or of the class of the session.
    """
    callee = module.callee(call)
    if callee in database.CONNECTING:
        return None if is_in_memory(call) else callee
    if isinstance(call.func, ast.Attribute) and call.func.attr in _ENGINE_METHODS:
        engine = module.instance_of(call.func.value)
        if engine in database.ENGINES:
            return f"{engine}.{call.func.attr}"
    return opened_session(module, call)


def opened_session(module: Module, call: ast.Call) -> str | None:
    """The class of the session that a call makes on a pool of connections; None where it makes none."""
    made = module.instance_of(call)
    if made is None:
        return None
    ancestry = module.instances.ancestry(made)
    kind = next((one for one in (database.ASYNC_SESSION, database.SYNC_SESSION) if one in ancestry), None)
    if kind is None or not database.SCOPED_SESSIONS.isdisjoint(ancestry):
        return None
    if made == module.callee(call):
        return kind if _is_bound_to_engine(module, call) else None
    return kind if module.instance_of(call.func) in database.SESSION_FACTORIES else None


def is_session(opened: str) -> bool:
    """Whether what is opened is a session, which takes its connection at its first use."""
    return opened in database.SESSIONS


def is_closed_by_block(opened: str) -> bool:
    """Whether a `with` block closes what is opened: of some drivers it only commits."""
    return database.CONNECTING.get(opened, not opened.endswith(".raw_connection")) and opened != "asyncpg.connect"


def is_asynchronous(opened: str) -> bool:
    """Whether what is opened is entered by `async with`, by its name; `connect` of psycopg may be either."""
    return opened == database.ASYNC_SESSION or opened.startswith(
        ("aiosqlite.", "asyncpg.", "sqlalchemy.ext.asyncio.")
    )


def opens_plain_connection(module: Module, call: ast.Call) -> str | None:
    """What a call opens, if it is a connection of the driver's own class whose `with` block does not close it."""
    if last_name(call) != _CONNECT_METHOD or database.CONNECTING.get(module.callee(call) or "", True):
        return None
    if module.has_unpacking(call) or has_own_class(module, call) or is_in_memory(call):
        return None
    return module.callee(call)


def has_own_class(module: Module, call: ast.Call) -> bool:
    """Whether a call names the class of the connection that it opens; its `with` block may close it."""
    return any(module.argument(call, name) is not None for name in _CLASS_ARGUMENTS)


def is_in_memory(call: ast.Call) -> bool:
    """Whether a connection is to a database in memory, which ends with the connection."""
    given = [*call.args[:1], *(keyword.value for keyword in call.keywords)]
    return any(isinstance(part, ast.Constant) and part.value == ":memory:" for part in given)


def _is_bound_to_engine(module: Module, call: ast.Call) -> bool:
    """Whether a new session takes its connections from a pool; on a given connection it holds none itself."""
    bind = module.argument(call, "bind", 0)
    if bind is None:
        return not module.has_unpacking(call)
    made = module.instance_of(bind)
    if made is not None:
        return made in database.ENGINES
    return "engine" in module.text(bind).lower()
