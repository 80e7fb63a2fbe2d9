"""Queries: which calls ask the database for rows, what they ask for, and with which statement."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.sessions import Session

_SELECT = pattern(r"\s*(?:\(\s*)?(?:SELECT|WITH)\b", re.IGNORECASE)
ASKING = frozenset({"execute", "exec", "get", "get_one", "query", "scalar", "scalars", "stream", "stream_scalars"})
# What takes rows out of a result or a query, and tells whether there is one.
FETCHING_ROWS = frozenset({"all", "first", "one_or_none", "scalar", "scalar_one_or_none"})
# What sends a SELECT that is written out: of asyncpg, of databases, of DB-API connections and what wraps them.
TEXT_ASKING = frozenset(
    {
        "_fetch_all",
        "_fetch_one",
        "_fetchall",
        "_fetchone",
        "_query_all",
        "_query_one",
        "execute",
        "fetch",
        "fetch_all",
        "fetch_one",
        "fetch_val",
        "fetchall",
        "fetchone",
        "fetchrow",
        "fetchval",
        "query_all",
        "query_one",
    }
)
# What asks a collection of MongoDB for one document, or for a number.
DOCUMENT_ASKING = frozenset({"count_documents", "find_one"})
# What asks for a group of rows at once, in texts of SQL and in MongoDB's filters.
# `status IN ('new', 'open')` is one condition of each query.
GROUP_TEXT = pattern(r"\b(?:IN|ANY)\s*\((?!\s*(?:SELECT|'[^'{%?]*'\s*[,)]|\d+\s*[,)]))|^\$in$", re.IGNORECASE)
_OF_MODELS = frozenset(
    {
        "all",
        "count",
        "first",
        "first_or_404",
        "get",
        "get_or_404",
        "one",
        "one_or_404",
        "one_or_none",
        "paginate",
        "scalar",
    }
)
_EXECUTING = database.TEXT_EXECUTING | database.CORE_CONNECTIONS
_SENDING = frozenset({"all", "count", "first", "get", "one", "one_or_none", "scalar"})
_CHANGING = frozenset({"delete", "update", "with_for_update"})
# Functions of the database that make spellings alike: `func.lower(User.email) == email.lower()`.
_FOLDING = frozenset({"lower", "trim", "upper"})
_MAXIMUM_HOPS = 6
# A statement of many joins and conditions is one chain of calls.
_MAXIMUM_LINKS = 60


def is_query(module: Module, call: ast.Call) -> bool:
    """
    Whether a call asks the database for rows.

    On a known session, with a SELECT that is written out, of a model's `query`, or a collection of MongoDB.
    """
    function = call.func
    if not isinstance(function, ast.Attribute):
        return False
    if function.attr in DOCUMENT_ASKING:
        return _asks_collection(module, call)
    if function.attr in _OF_MODELS and call in queries_of_models(module):
        return True
    if function.attr not in ASKING:
        return function.attr in TEXT_ASKING and _asks_by_text(module, call)
    if function.attr in ("get", "get_one") and len(call.args) < 2:
        return False
    if sessions.session_of(module, function.value) is not None:
        if function.attr == "query":
            links = [link.attr for link in chain_above(module, call)]
            return _CHANGING.isdisjoint(links) and not _SENDING.isdisjoint(links)
        if function.attr in ("get", "get_one"):
            return True
        return bool(call.args) and _is_select(module, call.args[0])
    return function.attr in ("execute", "scalar", "scalars") and _asks_by_text(module, call)


def _asks_collection(module: Module, call: ast.Call) -> bool:
    """Whether a call asks a collection of MongoDB: with a filter that is written out, or by a library for it."""
    if module.imports(*database.DOCUMENT_LIBRARIES):
        return bool(call.args or call.keywords)
    given = call.args[0] if call.args else module.argument(call, "filter")
    if isinstance(given, ast.Name):
        values = [one.value for one in module.bindings(given) if one.kind is BindingKind.ASSIGNMENT]
        given = values[0] if values else given
    return isinstance(given, ast.Dict)


def _asks_by_text(module: Module, call: ast.Call) -> bool:
    """Whether a call is given a SELECT; of an object that is not known, one that is written out as a text."""
    statement = call.args[0] if call.args else module.argument(call, "query")
    if statement is None or not isinstance(call.func, ast.Attribute) or not _is_select(module, statement):
        return False
    made = module.instance_of(call.func.value)
    if made is not None and not _EXECUTING.isdisjoint(module.instances.ancestry(made)):
        return True
    # A class of the project that is given a SELECT hands it on.
    return (made is None or module.instances.is_defined(made)) and _is_text(module, statement)


def _is_text(module: Module, statement: ast.expr) -> bool:
    """Whether a statement is a text that is written out, where it stands or in the one assignment of a name."""
    if isinstance(statement, ast.Name):
        values = [one.value for one in module.bindings(statement) if one.kind is BindingKind.ASSIGNMENT]
        if len(values) != 1 or values[0] is None:
            return False
        statement = values[0]
    return isinstance(statement, (ast.Constant, ast.JoinedStr))


def queries_of_models(module: Module) -> frozenset[ast.Call]:
    """The calls at which `Model.query` of Flask-SQLAlchemy asks: `first()` of `User.query.filter_by().first()`."""
    return module.keep("queries of models", _queries_of_models)


def _queries_of_models(module: Module) -> frozenset[ast.Call]:
    found: set[ast.Call] = set()
    for start in module.attributes_named("query"):
        if queried_model(module, start) is None:
            continue
        for link in chain_above(module, start):
            call = module.parent(link)
            if not isinstance(call, ast.Call) or call.func is not link or link.attr in _CHANGING:
                break
            if link.attr in _OF_MODELS:
                found.add(call)
                break
    return frozenset(found)


def chain_above(module: Module, call: ast.expr) -> Iterator[ast.Attribute]:
    """The attributes read from a call or a name, outward: `filter` and `first` in `query(X).filter().first()`."""
    current: ast.AST = call
    while True:
        parent = module.parent(current)
        if isinstance(parent, ast.Attribute) and parent.value is current:
            yield parent
            current = parent
        elif (isinstance(parent, ast.Call) and parent.func is current) or isinstance(parent, ast.Await):
            current = parent
        else:
            return


def whole_chain(module: Module, call: ast.Call) -> ast.expr:
    """The outermost expression of the chain of calls that starts with `call`, an `await` included."""
    current: ast.expr = call
    while True:
        parent = module.parent(current)
        called = isinstance(parent, ast.Call) and parent.func is current
        if not called and not isinstance(parent, (ast.Attribute, ast.Await)):
            return current
        assert isinstance(parent, ast.expr)
        current = parent


def statement_parts(module: Module, expression: ast.expr) -> Iterator[ast.AST]:
    """All nodes of an expression and of what is assigned to its local names, followed a few steps."""
    pending: list[tuple[ast.AST, int]] = [(expression, 0)]
    followed: set[ast.AST] = set()
    while pending:
        current, hops = pending.pop()
        for node in ast.walk(current):
            yield node
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and hops < _MAXIMUM_HOPS:
                for binding in module.bindings(node):
                    if binding.kind is BindingKind.ASSIGNMENT and binding.value is not None:
                        if binding.site not in followed:
                            followed.add(binding.site)
                            pending.append((binding.value, hops + 1))


def always_parts(module: Module, expression: ast.expr) -> Iterator[ast.AST]:
    """
    The nodes of an expression and of what its local names were last assigned, as they are on every way.

    What is assigned only where a parameter that may be left out is given, `if name is not None: query = ...`, is
    left out: the caller decides about it. All else that may have been assigned counts.
    """
    pending: list[tuple[ast.AST, int]] = [(expression, 0)]
    followed: set[ast.AST] = set()
    while pending:
        current, hops = pending.pop()
        for node in ast.walk(current):
            yield node
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and hops < _MAXIMUM_HOPS:
                for site, value in last_assigned(module, node):
                    if site not in followed:
                        followed.add(site)
                        pending.append((value, hops + 1))


def last_assigned(module: Module, name: ast.Name) -> Iterator[tuple[ast.AST, ast.expr]]:
    """The assignments that a name may have its value of, but for those that the caller may leave out."""
    bindings = [one for one in module.bindings(name) if one.kind is BindingKind.ASSIGNMENT]
    own = module.statement(name)
    around = {id(own), *(id(node) for node in module.ancestors(name))}
    placed = [(module.statement(one.site), one) for one in bindings if one.value is not None]
    placed.sort(key=lambda pair: pair[0].lineno, reverse=True)
    for statement, binding in placed:
        if statement.lineno >= own.lineno or binding.value is None:
            continue
        parent = module.parent(statement)
        if _is_in_other_branch(module, statement, around):
            continue
        if not (isinstance(parent, ast.If) and id(parent) not in around and is_left_to_caller(module, parent)):
            yield binding.site, binding.value
        if id(parent) in around:
            return


def _is_in_other_branch(module: Module, statement: ast.stmt, around: set[int]) -> bool:
    """Whether a statement is run only where a place is not, whose ancestors have these identities."""
    child: ast.AST = statement
    for ancestor in module.ancestors(statement):
        if id(ancestor) in around:
            if not isinstance(ancestor, ast.If):
                return False
            other = ancestor.orelse if child in ancestor.body else ancestor.body
            return any(id(one) in around for one in other)
        child = ancestor
    return False


def is_left_to_caller(module: Module, branch: ast.If) -> bool:
    """Whether a branch without `else` is taken only where a parameter with the default None or False is given."""
    test = branch.test
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.IsNot, ast.Is)):
        test = test.left
    if branch.orelse or not isinstance(test, ast.Name):
        return False
    bindings = module.bindings(test)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.PARAMETER:
        return False
    default = bindings[0].value
    if isinstance(default, ast.Call):
        default = module.argument(default, "default", 0)
    return isinstance(default, ast.Constant) and (default.value is None or default.value is False)


def _is_select(module: Module, statement: ast.expr) -> bool:
    """Whether a statement is a SELECT: built by `select`, a text that begins so, or `text` of one."""
    for _ in range(_MAXIMUM_LINKS):
        if isinstance(statement, ast.Name):
            values = [
                binding.value for binding in module.bindings(statement) if binding.kind is BindingKind.ASSIGNMENT
            ]
            if not values or values[0] is None:
                return False
            statement = values[0]
        elif isinstance(statement, ast.Attribute):
            statement = statement.value
        elif isinstance(statement, ast.Call):
            callee = module.qualname(statement.func)
            if callee == "sqlalchemy.select":
                return True
            if callee == "sqlalchemy.text" and statement.args:
                statement = statement.args[0]
            elif isinstance(statement.func, ast.Attribute) and statement.func.attr not in _CHANGING:
                statement = statement.func.value
            else:
                return False
        elif isinstance(statement, ast.JoinedStr):
            first = statement.values[0] if statement.values else None
            return isinstance(first, ast.Constant) and _SELECT.match(str(first.value)) is not None
        elif isinstance(statement, ast.Constant):
            return isinstance(statement.value, str) and _SELECT.match(statement.value) is not None
        else:
            return False
    return False


def loaded_rows(module: Module, call: ast.Call) -> bool:
    """Whether `.all()` or `.fetchall()` loads the rows of a query that a known session sends."""
    for part in statement_parts(module, call.func):
        if queried_model(module, part) is not None:
            return sessions.works_with_sessions(module) or module.imports("flask", "flask_sqlalchemy")
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in ASKING:
            if sessions.session_of(module, part.func.value) is not None:
                return part.func.attr == "query" or (bool(part.args) and _is_select(module, part.args[0]))
    return False


def queried_model(module: Module, part: ast.AST) -> str | None:
    """
    The dotted name of the model in `Model.query`: the query of Flask-SQLAlchemy, and the `query_property` of a
    scoped session, for which the session is understood.
    """
    if not isinstance(part, ast.Attribute) or part.attr != "query":
        return None
    parent = module.parent(part)
    if isinstance(parent, ast.Call) and parent.func is part:
        # `Session.query(User)`: a scoped session.
        return None
    # In a method of the model's class it is `cls.query`.
    return dotted(part.value) if names_model(part.value) or dotted(part.value) == "cls" else None


def rows_of_model(module: Module, rows: ast.expr) -> ast.expr | None:
    """
    The model whose rows a query gives with nothing of what belongs to them: `Book` of `session.query(Book).all()`.

    None where several are asked for, or options may load something with the rows.
    """
    found: ast.expr | None = None
    for part in statement_parts(module, rows):
        if isinstance(part, ast.Attribute) and part.attr == "options":
            return None
        model: ast.expr | None = None
        if isinstance(part, ast.Call) and part.args and last_name(part.func) in ("query", "select"):
            model = part.args[0]
        elif isinstance(part, ast.Attribute) and queried_model(module, part) is not None:
            model = part.value
        if found is None and model is not None and names_model(model):
            found = model
    return found


def asks_for_model(module: Module, parts: Sequence[ast.AST], model: str, session: Session | None = None) -> bool:
    """
    Whether a statement, given by all its parts, asks for rows of a model (a dotted name) on a session.

    On `session` where one is given, else on any.
    """
    asks = names = False
    for part in parts:
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in ASKING:
            found = sessions.session_of(module, part.func.value)
            asks = asks or (found is not None and (session is None or found == session))
        if isinstance(part, ast.Call) and part.args and last_name(part.func) in ("select", "query", "get"):
            first = dotted(part.args[0]) or ""
            names = names or first == model or first.startswith(f"{model}.")
            names = names or (_counts_rows(part.args[0]) and _is_compared(parts, model))
        if queried_model(module, part) == model:
            return True
    return asks and names


def _counts_rows(asked: ast.expr) -> bool:
    """Whether a query asks whether there are rows, or how many: `func.count()`, `exists()`, the constant 1."""
    return isinstance(asked, ast.Constant) or any(
        isinstance(part, ast.Call) and last_name(part) in ("count", "exists") for part in ast.walk(asked)
    )


def _is_compared(parts: Sequence[ast.AST], model: str) -> bool:
    """Whether a statement compares a column of a model, or names it as what rows are selected from."""
    for part in parts:
        if isinstance(part, ast.Compare) and isinstance(part.left, ast.Attribute):
            if dotted(part.left.value) == model:
                return True
        elif isinstance(part, ast.Call) and last_name(part) == "select_from" and part.args:
            if dotted(part.args[0]) == model:
                return True
    return False


def columns_compared(parts: Sequence[ast.AST], model: str) -> Iterator[tuple[str, ast.expr]]:
    """The columns of a model that a statement compares, with `==` or in `filter_by`, and with what."""
    for part in parts:
        if isinstance(part, ast.Compare):
            column = part.left
            if isinstance(column, ast.Call) and last_name(column) in _FOLDING and len(column.args) == 1:
                column = column.args[0]
            if isinstance(part.ops[0], ast.Eq) and isinstance(column, ast.Attribute):
                if dotted(column.value) == model:
                    yield column.attr, part.comparators[0]
        elif isinstance(part, ast.Call) and last_name(part.func) == "filter_by":
            yield from ((one.arg, one.value) for one in part.keywords if one.arg)


def keys_of_get(parts: Sequence[ast.AST], model: str) -> Iterator[list[ast.expr]]:
    """The values of the primary key that each `get(Model, key)` asks for, one or several together."""
    for part in parts:
        if isinstance(part, ast.Call) and last_name(part.func) == "get" and len(part.args) == 2:
            if dotted(part.args[0]) == model:
                key = part.args[1]
                yield key.elts if isinstance(key, (ast.Tuple, ast.List)) else [key]


def names_model(expression: ast.expr) -> bool:
    """Whether an expression is a class by its name: `User`, `models.User`; not a column (`User.name`)."""
    last = last_name(expression)
    return bool(last[:1].isupper() and not last.isupper() and dotted(expression))


def loading_text(module: Module, loading: ast.Call, limit: int = 42) -> str:
    """A call of `all()` or the like as a message shows it: whole where it is short, else without the arguments."""
    text = module.text(loading, 10 * limit)
    if len(text) > limit and isinstance(loading.func, ast.Attribute) and isinstance(loading.func.value, ast.Call):
        return f"{module.call_text(loading.func.value)}.{loading.func.attr}()"
    return text
