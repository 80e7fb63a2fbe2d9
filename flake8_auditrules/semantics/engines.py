"""Engines: the connection pools of SQLAlchemy, what they connect to, and how long they live."""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.environment import variable
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import uncalled
from flake8_auditrules.semantics.scopes import BindingKind, ScopeKind

_SERVERS = pattern(
    r"(?:postgres(?:ql)?|mysql|mariadb|mssql|oracle|cockroachdb|redshift|snowflake|clickhouse|singlestoredb)(?:\+\w+)?"
    r"(?:://|$)"
)
_MINDING = frozenset(
    {"pool_pre_ping", "pool_recycle", "poolclass", "pool", "creator", "async_creator", "pool_events"}
)
_TUNED = frozenset({"pool_size", "max_overflow"})
_MAXIMUM_HOPS = 5
_CACHES = frozenset({"functools.cache", "functools.lru_cache"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

# An argument that only connections to SQLite take.
_OF_SQLITE = "check_same_thread"


class Server(enum.Enum):
    """Whether an engine connects to a database server."""

    KNOWN = "known"
    NONE = "none"
    UNKNOWN = "unknown"


def server_of(module: Module, engine: ast.Call) -> Server:
    """
    Whether a call of `create_engine` makes an engine for a database server: by its URL, else by the size of its
    pool where the module does not speak of SQLite.
    """
    holder = module.enclosing(engine, ast.ClassDef)
    if holder is not None and "sqlite" in holder.name.lower():
        return Server.NONE
    url = module.argument(engine, "url", 0)
    if _is_of_no_file(module, engine):
        return Server.KNOWN
    text = url_text(module, url) if url is not None else None
    if text is not None:
        return Server.KNOWN if is_server_url(text) else Server.NONE
    if any(isinstance(part, ast.Constant) and part.value == _OF_SQLITE for part in ast.walk(engine)):
        return Server.NONE
    if any(keyword.arg in _TUNED for keyword in engine.keywords):
        return Server.NONE if "sqlite" in "".join(module.lines).lower() else Server.KNOWN
    return Server.UNKNOWN


def is_server_url(text: str) -> bool:
    """Whether a URL, by how it begins, is one of a database server."""
    return _SERVERS.match(text) is not None


def _is_of_no_file(module: Module, engine: ast.Call) -> bool:
    """Whether an engine is made where a condition has found its URL to be none of SQLite."""
    child: ast.AST = module.statement(engine)
    while not isinstance(child, (ast.Module, *_FUNCTIONS)):
        around = module.parent(child)
        if around is None:
            return False
        if isinstance(around, ast.If) and child is not around.test:
            told = _tells_of_file(around.test)
            if told is not None:
                return child in (around.orelse if told else around.body)
        for block in (getattr(around, "body", ()), getattr(around, "orelse", ())):
            if isinstance(block, list) and child in block:
                for earlier in block[: block.index(child)]:
                    if isinstance(earlier, ast.If) and _tells_of_file(earlier.test) is True:
                        if isinstance(earlier.body[-1], (ast.Return, ast.Raise)):
                            return True
        child = around
    return False


def _tells_of_file(test: ast.expr) -> bool | None:
    """Whether a condition holds for a URL of SQLite (False: for all others); None where it asks something else."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        told = _tells_of_file(test.operand)
        return None if told is None else not told
    if isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr == "startswith":
        return True if test.args and _speaks_of_file(test.args[0]) else None
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        if not _speaks_of_file(test.left) and not _speaks_of_file(test.comparators[0]):
            return None
        if isinstance(test.ops[0], (ast.In, ast.Eq)):
            return True
        return False if isinstance(test.ops[0], (ast.NotIn, ast.NotEq)) else None
    return None


def _speaks_of_file(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Constant) and str(expression.value).startswith("sqlite")


def url_text(module: Module, url: ast.expr) -> str | None:
    """The URL, or how it begins; None where it is not known."""
    return _url_text(module, url, 0)


def _url_text(module: Module, url: ast.expr, hops: int) -> str | None:
    """The URL, or how it begins; None where it is not known."""
    if hops > _MAXIMUM_HOPS:
        return None
    known = module.literal(url)
    if isinstance(known, str):
        return known
    if isinstance(url, ast.JoinedStr):
        first = url.values[0] if url.values else None
        if isinstance(first, ast.Constant):
            return str(first.value)
        return _url_text(module, first.value, hops + 1) if isinstance(first, ast.FormattedValue) else None
    if isinstance(url, ast.BinOp):
        return _url_text(module, url.left, hops + 1) if isinstance(url.op, (ast.Add, ast.Mod)) else None
    if isinstance(url, ast.Call):
        return _called_url(module, url, hops)
    if isinstance(url, (ast.Name, ast.Attribute)):
        if isinstance(url, ast.Name):
            bindings = module.bindings(url)
            if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT and bindings[0].value is not None:
                return _url_text(module, bindings[0].value, hops + 1)
        return _setting(module, url)
    return None


def _called_url(module: Module, call: ast.Call, hops: int) -> str | None:
    reading = variable(module, call)
    if reading is not None:
        return _url_text(module, reading.default, hops + 1) if reading.default is not None else None
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("format", "replace", "render_as_string"):
        return _url_text(module, call.func.value, hops + 1)
    if (module.callee(call) or "").endswith(("URL.create", "make_url", ".URL")):
        given = module.argument(call, "drivername", 0)
        return _url_text(module, given, hops + 1) if given is not None else None
    if isinstance(call.func, ast.Attribute) and call.func.attr == "build":
        scheme = module.argument(call, "scheme")
        return _url_text(module, scheme, hops + 1) if scheme is not None else None
    if module.callee(call) == "builtins.str" and call.args:
        return _url_text(module, call.args[0], hops + 1)
    return None


def _setting(module: Module, expression: ast.Name | ast.Attribute) -> str | None:
    """The default of a setting, or a constant of another module: `settings.database_url`."""
    if isinstance(expression, ast.Attribute):
        owner = module.instance_of(expression.value)
        if owner is not None:
            found = module.elsewhere.constant(f"{owner}.{expression.attr}")
            return found if isinstance(found, str) and found else None
    name = module.qualname(expression)
    found = module.elsewhere.constant(name) if name is not None else None
    return found if isinstance(found, str) and found else None


def minds_stale_connections(engine: ast.Call) -> bool:
    """Whether an engine's pool looks whether a connection lives, gives it up in time, or is one of its own."""
    return any(
        keyword.arg in _MINDING
        and not (keyword.arg == "pool_pre_ping" and getattr(keyword.value, "value", True) in (False, None))
        for keyword in engine.keywords
    )


def is_kept(module: Module, engine: ast.Call) -> bool:
    """Whether an engine outlives the function that makes it, for all that is known."""
    parent = module.parent(engine)
    function = module.function_of(engine)
    if function is None:
        return isinstance(parent, (ast.Assign, ast.AnnAssign))
    if isinstance(parent, ast.Return):
        return _is_answer_kept(module, function) or any(keyword.arg in _TUNED for keyword in engine.keywords)
    if isinstance(parent, (ast.Assign, ast.AnnAssign)):
        targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
        for target in targets:
            if isinstance(target, (ast.Attribute, ast.Subscript)):
                return True
            if isinstance(target, ast.Name):
                owner = module.scope_of(target).owner(target.id)
                if owner is not None and owner.kind is ScopeKind.MODULE:
                    return True
                if isinstance(function, _FUNCTIONS) and _is_stored(module, function, target.id):
                    return True
    return False


def _is_answer_kept(module: Module, function: ast.AST) -> bool:
    """Whether a function runs once, and what it gives is kept: by a cache of functools."""
    if not isinstance(function, _FUNCTIONS):
        return False
    return any(module.qualname(uncalled(one)) in _CACHES for one in function.decorator_list)


def _is_stored(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> bool:
    """Whether what a local name holds is put into an attribute or a container, or kept by a cache."""
    for use in module.names_in(function).get(name, ()):
        parent = module.parent(use)
        if isinstance(parent, ast.Return) and _is_answer_kept(module, function):
            return True
        if isinstance(parent, ast.Assign) and parent.value is use:
            if any(isinstance(target, (ast.Attribute, ast.Subscript)) for target in parent.targets):
                return True
    return False
