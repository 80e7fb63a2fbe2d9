"""Database sessions: which expression is one, which call works on which, and what ends its transaction."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Container, Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.call_names import calls_named
from flake8_auditrules.semantics.flow import Statement, dotted, evaluated
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind

_SESSION_NAME = pattern(r"(?:.*\.)?_?(?:db|session|sess|dbsession|(?:db|database|async|sync|orm|sql|sa)_?session)")
_UPGRADING = pattern(r"(?:^|_)(?:up|down)grade(?:_|$)|(?:^|_)migrat(?:e|ion)s?(?:_|$)")
_MIGRATIONS = pattern(r"(?:^|/)(?:db_)?(?:migrations|alembic)/")
_FLASK_SESSION = pattern(r"(?:.*\.)?db\.session")
_SESSION_METHODS = frozenset(
    {
        *database.WORKING,
        *database.ENDING,
        *database.SESSION_ONLY,
        "add",
        "begin",
        "delete",
        "raw_connection",
        "run_sync",
    }
)
# Methods whose receivers are worth a look in a module that does not import SQLAlchemy itself.
_TELLING = frozenset({"add_all", "begin_nested", "commit", "flush", "rollback", "scalar", "scalars"})
# Methods of what is called like a session and is none: connections of DB-API and of `databases`.
_OF_OTHERS = frozenset({"cursor", "fetch_all", "fetch_one", "fetch_val"})

# What a query of SQLAlchemy is followed by, where the models alone are imported.
_ASKING = frozenset(
    {
        "count",
        "filter",
        "filter_by",
        "first",
        "get",
        "join",
        "one",
        "one_or_none",
        "options",
        "order_by",
        "outerjoin",
    }
)


class Session(NamedTuple):
    """
    A session or SQLAlchemy connection, as one function or its closure names it.

    Two are the same where they are equal: `text` is the dotted expression, `owner` the node of the scope that
    its first name belongs to (None where no scope binds it).
    """

    text: str
    owner: ast.AST | None

    @property
    def root(self) -> str:
        """The first name of the expression: `self` of `self.session`."""
        return self.text.partition(".")[0]


class Use(NamedTuple):
    """One method call on a session."""

    call: ast.Call
    session: Session
    method: str


def session_of(module: Module, expression: ast.expr) -> Session | None:
    """The session that an expression is, by its class or, where that is not known, by name and use; or None."""
    text = dotted(expression)
    if text is None or not _is_session(module, expression, text):
        return None
    return _named(module, expression, text)


def transaction_maker_of(module: Module, expression: ast.expr) -> Session | None:
    """The session or SQLAlchemy connection that an expression is; or None."""
    text = dotted(expression)
    if text is None:
        return None
    if not _is_session(module, expression, text):
        found = module.instance_of(expression)
        if found is None or database.CORE_CONNECTIONS.isdisjoint(module.instances.ancestry(found)):
            return None
    return _named(module, expression, text)


def _named(module: Module, expression: ast.expr, text: str) -> Session:
    root = text.partition(".")[0]
    owner = module.scope_of(expression).owner(root)
    return Session(text, owner.node if owner is not None else None)


def is_named_like_one(expression: ast.expr) -> bool:
    """Whether an expression is a name or attribute that is called like a session: `db`, `self.session`."""
    text = dotted(expression)
    return text is not None and _SESSION_NAME.fullmatch(text) is not None


def _is_session(module: Module, expression: ast.expr, text: str) -> bool:
    found = module.instance_of(expression)
    if found is not None:
        ancestry = module.instances.ancestry(found)
        if not database.SESSIONS.isdisjoint(ancestry):
            return True
        if found.rpartition(".")[2] not in ("Session", "AsyncSession", "ScopedSession"):
            return False
        if found.partition(".")[0] in ("requests", "aiohttp", "boto3", "botocore", "curl_cffi", "starlette"):
            return False
    return text in _sessions_by_use(module)


def _sessions_by_use(module: Module) -> frozenset[str]:
    """The dotted expressions that are named like a session and used as nothing else is."""
    return module.keep("sessions by use", _find_sessions_by_use)


def _find_sessions_by_use(module: Module) -> frozenset[str]:
    imports_mapper = module.imports(*database.ORM_LIBRARIES)
    asked = module.attributes_named("query")
    methods: dict[str, set[str]] = defaultdict(set)
    for name in (*_SESSION_METHODS, *_OF_OTHERS):
        for attribute in module.attributes_named(name):
            text = dotted(attribute.value)
            if text is not None and _SESSION_NAME.fullmatch(text):
                methods[text].add(name)
    found: set[str] = set()
    for text, used in methods.items():
        if not used.isdisjoint(_OF_OTHERS):
            continue
        if _FLASK_SESSION.fullmatch(text):
            if not used.isdisjoint({"add", "commit", "query", "execute", "scalars"}):
                found.add(text)
        elif imports_mapper and (
            not used.isdisjoint(database.SESSION_ONLY)
            or {"add", "commit"} <= used
            or ("execute" in used and _is_given_statement(module, text))
        ):
            found.add(text)
        elif {"add", "query"} <= used and not used.isdisjoint(database.FLUSHING):
            # No other thing of this name does all three: the models are imported, not SQLAlchemy.
            found.add(text)
        elif "query" in used and any(_asks_for_model(module, attribute, text) for attribute in asked):
            found.add(text)
    return frozenset(found)


def _asks_for_model(module: Module, attribute: ast.Attribute, text: str) -> bool:
    """Whether a session is asked as SQLAlchemy's alone are: `session.query(Order).filter_by(name=name)`."""
    call = module.parent(attribute)
    if dotted(attribute.value) != text or not isinstance(call, ast.Call) or call.func is not attribute:
        return False
    then = module.parent(call)
    return (
        bool(call.args)
        and last_name(call.args[0])[:1].isupper()
        and isinstance(then, ast.Attribute)
        and then.attr in _ASKING
    )


def _is_given_statement(module: Module, text: str) -> bool:
    """Whether what is called like a session is given a statement of SQLAlchemy's: `execute(select(User))`."""
    return any(
        (module.qualname(part) or "").partition(".")[0] in database.ORM_LIBRARIES
        for call in module.calls_named("execute")
        if isinstance(call.func, ast.Attribute) and call.args and dotted(call.func.value) == text
        for part in _called_first(module, call.args[0])
    )


def _called_first(module: Module, statement: ast.expr) -> Iterator[ast.expr]:
    """The functions of the chains of calls which a statement is made by."""
    if isinstance(statement, ast.Name):
        values = [one.value for one in module.bindings(statement) if one.kind is BindingKind.ASSIGNMENT]
    else:
        values = [statement]
    for value in values:
        while isinstance(value, ast.Call):
            yield value.func
            value = value.func.value if isinstance(value.func, ast.Attribute) else None


def uses(module: Module) -> list[Use]:
    """All method calls on sessions in the module, in source order."""
    return module.keep("uses of sessions", _find_uses)


def is_flushed_in(module: Module, function: ast.AST) -> bool:
    """Whether a function itself flushes or commits a session."""
    return any(
        use.method in database.FLUSHING and module.function_of(use.call) is function for use in uses(module)
    )


def _find_uses(module: Module) -> list[Use]:
    if not works_with_sessions(module):
        return []
    found: list[Use] = []
    for call in calls_named(module, _SESSION_METHODS):
        if isinstance(call.func, ast.Attribute):
            session = session_of(module, call.func.value)
            if session is not None:
                found.append(Use(call, session, call.func.attr))
    return found


def works_with_sessions(module: Module) -> bool:
    """Whether the module imports SQLAlchemy, or gets sessions from a module of the project that does."""
    return module.keep("works with sessions", _works_with_sessions)


def _works_with_sessions(module: Module) -> bool:
    if module.imports(*database.ORM_LIBRARIES) or _sessions_by_use(module):
        return True
    return any(
        isinstance(call.func, ast.Attribute) and session_of(module, call.func.value) is not None
        for call in calls_named(module, _TELLING)
    )


def uses_in(module: Module, statement: Statement) -> Iterator[Use]:
    """The method calls on sessions and SQLAlchemy connections that a statement (or header) itself evaluates."""
    for node in evaluated(statement):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in _SESSION_METHODS:
                session = transaction_maker_of(module, node.func.value)
                if session is not None:
                    yield Use(node, session, node.func.attr)


def calls_on(module: Module, statement: Statement, session: Session, methods: Container[str]) -> bool:
    """Whether a statement (or header) itself calls one of these methods of the session."""
    return any(use.session == session and use.method in methods for use in uses_in(module, statement))


def is_migration(module: Module) -> bool:
    """Whether a module is a migration of the schema: the tool that runs it owns connection and transaction."""
    return module.keep("is a migration", _is_migration)


def _is_migration(module: Module) -> bool:
    if _MIGRATIONS.search(module.path.replace("\\", "/")) is not None:
        return True
    return module.imports("alembic") and any(
        module.names.imported(alias) == "alembic.op"
        for statement in module.nodes(ast.ImportFrom)
        for alias in statement.names
    )


def is_upgrade(module: Module, node: ast.AST) -> bool:
    """Whether a place runs when the schema is upgraded: in a migration, or in a function that is named for it."""
    function = module.function_of(node)
    named = isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and _UPGRADING.search(function.name)
    return bool(named) or is_migration(module)


def rebinds(statement: Statement, session: Session) -> bool:
    """Whether a statement (or header) itself binds the session's name, or the attribute that holds it, anew."""
    for node in evaluated(statement):
        if isinstance(node, ast.Name):
            if node.id == session.root and not isinstance(node.ctx, ast.Load):
                return True
        elif isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            if dotted(node) == session.text:
                return True
    return False


def asks_whether_active(statement: Statement, session: Session) -> bool:
    """Whether a statement (or header) itself reads `session.is_active` or asks for its transaction."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in ("is_active", "in_transaction", "get_transaction")
        and dotted(node.value) == session.text
        for node in evaluated(statement)
    )


def concerns(item: ast.withitem, session: Session) -> bool:
    """Whether a `with` item binds the session, or is made from it: `session.begin()`, `closing(session)`."""
    if item.optional_vars is not None and dotted(item.optional_vars) == session.text:
        return True
    return mentions(item.context_expr, session)


def mentions(expression: ast.AST, session: Session) -> bool:
    """Whether the session's expression stands anywhere in `expression`."""
    return any(
        isinstance(node, (ast.Name, ast.Attribute)) and dotted(node) == session.text
        for node in ast.walk(expression)
    )


_FROM_THE_DATABASE = frozenset(
    {
        "all",
        "exec",
        "execute",
        "fetch",
        "fetchall",
        "fetchmany",
        "mappings",
        "paginate",
        "partitions",
        "query",
        "scalars",
    }
)
_MAXIMUM_HOPS = 6


def comes_from_database(module: Module, expression: ast.expr) -> bool:
    """Whether a value is, by what is assigned to its names, the answer of a query made in this function."""
    pending: list[tuple[ast.AST, int]] = [(expression, 0)]
    followed: set[ast.AST] = set()
    while pending:
        current, hops = pending.pop()
        for node in ast.walk(current):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in _FROM_THE_DATABASE:
                    return True
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and hops < _MAXIMUM_HOPS:
                for binding in module.bindings(node):
                    if binding.kind is BindingKind.ASSIGNMENT and binding.value is not None:
                        if binding.site not in followed:
                            followed.add(binding.site)
                            pending.append((binding.value, hops + 1))
    return False
