"""Django's queries: which chains on a model's manager ask the database, and where they do so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import begin_of_chain, last_name, mentions
from flake8_auditrules.semantics.queries import chain_above
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

# Methods of managers and query sets that ask at once.
_ASKING = frozenset({"aggregate", "count", "earliest", "exists", "first", "get", "last", "latest"})
# Methods that change rows, or leave query sets for something else.
_CHANGING = frozenset(
    {
        "bulk_create",
        "bulk_update",
        "create",
        "delete",
        "get_or_create",
        "raw",
        "select_for_update",
        "update",
        "update_or_create",
    }
)
# What reads all rows of the query set that it is given.
_READING = frozenset(
    f"builtins.{name}" for name in ("bool", "dict", "len", "list", "max", "min", "set", "sorted", "sum", "tuple")
)
# Methods that only query sets have.
_QUERY_SETS = frozenset({"order_by", "prefetch_related", "select_related", "values_list"})
_NARROWING = frozenset(
    {"all", "annotate", "defer", "distinct", "exclude", "filter", "iterator", "only", "reverse", "union", "values"}
)
# Methods of related managers that ask anew each time, whatever was loaded with the row: no text or list has them.
_ANEW = frozenset({"aggregate", "exclude", "filter", "order_by", "values_list"})
# Methods of related managers that answer from what `prefetch_related` has loaded.
_FROM_ROWS = frozenset({"all", "count", "exists", "first", "last"})
# Methods of query sets that give the same objects, and nothing else with them.
_ALONE = frozenset({"all", "distinct", "exclude", "filter", "iterator", "order_by", "reverse", "using"})
_PASSING = frozenset(f"builtins.{name}" for name in ("enumerate", "list", "reversed", "set", "sorted", "tuple"))
# What has a method `exists` that no database answers.
_OF_FILES = pattern(r"path|file|dir", re.IGNORECASE)
# Names of variables that hold a model.
_OF_MODELS = pattern(r"(?:^|_)model(?:_(?:class|cls|klass))?$")
_KEYS = pattern(r"(?:^|_)(?:ids|objects|pks|query_?set|qs|rows)$", re.IGNORECASE)
_WRITING = frozenset({"add", "clear", "delete", "remove", "save", "set", "update"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 6
_ENOUGH = 20
_GETTING = "django.shortcuts.get_object_or_404"
_LOOPS = (ast.For, ast.AsyncFor, ast.comprehension)


def django_queries(module: Module) -> Iterator[ast.Call]:
    """
    The calls on models' managers (`Book.objects.filter(...).first()`) at which rows are asked for, and those of
    `get_object_or_404` for a model.
    """
    for manager in module.attributes_named("objects"):
        if not last_name(manager.value)[:1].isupper() and not _OF_MODELS.search(last_name(manager.value)):
            continue
        last: ast.Call | None = None
        for link in chain_above(module, manager):
            call = module.parent(link)
            if not isinstance(call, ast.Call) or call.func is not link or link.attr in _CHANGING:
                last = None
                break
            last = call
            if link.attr in _ASKING:
                break
        if last is None or any(link.attr in _WRITING for link in chain_above(module, last)):
            continue
        if last_name(last.func) in _ASKING or _reads_rows(module, last) or _is_read_later(module, last):
            yield last
    for call in module.calls_named("get_object_or_404", "aget_object_or_404"):
        if call.args and last_name(call.args[0])[:1].isupper():
            yield call


def related_queries(module: Module, item: str, rows: ast.expr, parts: Iterable[ast.AST]) -> Iterator[ast.Call]:
    """
    The calls among some nodes that ask for what belongs to one row, `author.books.filter(sold=True).count()`.

    `item` is the name of the row, `rows` what it comes from: what is loaded with the rows asks for nothing.
    """
    for part in parts:
        if not isinstance(part, ast.Attribute) or not isinstance(part.value, ast.Name) or part.value.id != item:
            continue
        query = _query_of(module, part)
        if query is None:
            continue
        last, first = query
        if first in _ANEW or (first in _FROM_ROWS and not _may_be_loaded(module, rows, part.attr)):
            yield last


class RowQuery(NamedTuple):
    """
    A query for what belongs to a row.

    `relation` is the related manager that answers from what `prefetch_related` has loaded, "" where it is sent
    whatever was loaded before.
    """

    call: ast.Call
    relation: str


def queries_for(module: Module, function: FunctionNode, row: str) -> Iterator[RowQuery]:
    """The queries of a function for what belongs to the row that one of its parameters is, in source order."""
    names = {row}
    roots = {row}
    found: list[RowQuery] = []
    for part in module.own_nodes(function):
        if isinstance(part, ast.Assign) and mentions(part.value, names):
            made = {name.id for target in part.targets for name in ast.walk(target) if isinstance(name, ast.Name)}
            names |= made
            if (dotted(part.value) or "").partition(".")[0] in roots:
                roots |= made
    for part in module.own_nodes(function):
        if not isinstance(part, ast.Attribute) or (dotted(part) or "").partition(".")[0] not in roots:
            continue
        query = _query_of(module, part) if isinstance(module.parent(part), ast.Attribute) else None
        if query is not None:
            last, first = query
            if first in _ANEW or (first in _FROM_ROWS and not _OF_FILES.search(part.attr)):
                found.append(RowQuery(last, "" if first in _ANEW else part.attr))
    own = django_queries_in(module, function)
    found.extend(RowQuery(call, "") for call in own if any(mentions(given, names) for given in _given(call)))
    return iter(sorted(found, key=lambda one: (one.call.lineno, one.call.col_offset)))


def django_queries_in(module: Module, function: FunctionNode) -> list[ast.Call]:
    """The calls in a function at which models' managers are asked for rows."""
    known = module.keep("Django's queries by function", _queries_by_function)
    return known.get(function, [])


def _queries_by_function(module: Module) -> dict[ast.AST | None, list[ast.Call]]:
    found: dict[ast.AST | None, list[ast.Call]] = {}
    for call in django_queries(module):
        found.setdefault(module.function_of(call), []).append(call)
    return found


def _given(query: ast.expr) -> Iterator[ast.expr]:
    """What the calls of a chain are given."""
    while True:
        if isinstance(query, ast.Call):
            yield from query.args
            yield from (keyword.value for keyword in query.keywords)
            query = query.func
        elif isinstance(query, ast.Attribute):
            query = query.value
        else:
            return


def _query_of(module: Module, manager: ast.Attribute) -> tuple[ast.Call, str] | None:
    """The call at which what may be a related manager is asked for rows, and the first method called on it."""
    links = list(chain_above(module, manager))
    first = module.parent(links[0]) if links else None
    if not isinstance(first, ast.Call) or first.func is not links[0]:
        if not isinstance(first, ast.Call) or links[0].attr not in _ANEW:
            return None
    elif first.args and links[0].attr not in _ANEW:
        return None
    last: ast.expr = manager
    for link in links:
        call = module.parent(link)
        if not isinstance(call, ast.Call) or link.attr in _CHANGING | _WRITING:
            break
        last = call
        if link.attr in _ASKING:
            break
    if not isinstance(last, ast.Call):
        return None
    if last_name(last.func) not in _ASKING and not _reads_rows(module, last) and not _is_read_later(module, last):
        return None
    return last, links[0].attr


def _may_be_loaded(module: Module, rows: ast.expr, field: str) -> bool:
    """Whether `prefetch_related` may have loaded a field along with rows, as far as their query is seen."""
    for _ in range(_MAXIMUM_HOPS):
        if not isinstance(rows, ast.Name):
            break
        values = [binding.value for binding in module.bindings(rows)]
        if len(values) != 1 or values[0] is None:
            return True
        rows = values[0]
    names: list[ast.expr] = []
    while isinstance(rows, ast.Call):
        if not isinstance(rows.func, ast.Attribute):
            return True
        if rows.func.attr == "prefetch_related":
            names.extend(rows.args)
        rows = rows.func.value
    if not isinstance(rows, ast.Attribute) or rows.attr != "objects":
        return True
    return any(not isinstance(one, ast.Constant) or str(one.value).split("__")[0] == field for one in names)


def _reads_rows(module: Module, query: ast.expr) -> bool:
    """Whether the rows of a query set are read where it stands: by a loop, a test, a serializer or `list(...)`."""
    parent = module.parent(query)
    if isinstance(parent, _LOOPS):
        return parent.iter is query
    if isinstance(parent, (ast.If, ast.IfExp)):
        return parent.test is query
    if isinstance(parent, ast.Subscript):
        return parent.value is query and not isinstance(parent.slice, ast.Slice)
    if not isinstance(parent, ast.Call) or query not in parent.args:
        return False
    return (module.qualname(parent.func) or "") in _READING or is_for_many(parent)


def is_for_many(call: ast.Call) -> bool:
    """Whether a serializer is made for many objects: `BookSerializer(books, many=True)`."""
    return any(
        one.arg == "many" and isinstance(one.value, ast.Constant) and one.value.value is True
        for one in call.keywords
    )


def _is_read_later(module: Module, query: ast.Call) -> bool:
    """Whether a query set is the one value of a local name whose rows something reads, or asks about."""
    parent = module.parent(query)
    target = parent.targets[0] if isinstance(parent, ast.Assign) else None
    function = module.function_of(query)
    if not isinstance(target, ast.Name) or not isinstance(function, _FUNCTIONS):
        return False
    if len(module.bindings(target)) != 1:
        return False
    for use in module.names_in(function).get(target.id, ()):
        if use is target:
            continue
        if _reads_rows(module, use):
            return True
        for link in chain_above(module, use):
            if link.attr in _ASKING:
                return True
    return False


def changes_rows(parts: Iterable[ast.AST]) -> bool:
    """Whether some nodes change rows of Django's: `get_or_create`, `Book.objects.filter(...).update()`."""
    for part in parts:
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            if part.func.attr in _CHANGING and part.func.attr not in ("raw", "update"):
                return True
            if part.func.attr == "update" and any(
                isinstance(link, ast.Attribute) and link.attr == "objects" for link in ast.walk(part.func)
            ):
                return True
    return False


def gives_rows(module: Module, iterable: ast.expr) -> bool:
    """Whether a loop runs over rows of Django's, or over keys of rows by their name."""
    return _gives_rows(module, iterable, 0)


def _gives_rows(module: Module, iterable: ast.expr, hops: int) -> bool:
    if hops > _MAXIMUM_HOPS:
        return False
    if isinstance(iterable, ast.Subscript) and isinstance(iterable.slice, ast.Slice):
        return _gives_rows(module, iterable.value, hops + 1)
    if isinstance(iterable, ast.Call):
        if module.qualname(iterable.func) in _PASSING:
            return bool(iterable.args) and _gives_rows(module, iterable.args[0], hops + 1)
        link = iterable.func
        if not isinstance(link, ast.Attribute):
            return False
        if link.attr in _QUERY_SETS or _is_of_related(module, iterable, link):
            return True
        return link.attr in _NARROWING and _gives_rows(module, link.value, hops + 1)
    if isinstance(iterable, ast.Attribute):
        if iterable.attr == "objects":
            return last_name(iterable.value)[:1].isupper()
        return _KEYS.search(iterable.attr) is not None
    if not isinstance(iterable, ast.Name):
        return False
    if _KEYS.search(iterable.id) is not None:
        return True
    values = [binding.value for binding in module.bindings(iterable) if binding.kind is BindingKind.ASSIGNMENT]
    return any(value is not None and _gives_rows(module, value, hops + 1) for value in values)


def _is_of_related(module: Module, call: ast.Call, link: ast.Attribute) -> bool:
    """Whether a call asks a related manager, `author.books.all()`, or is one of a manager: `self.filter()`."""
    if not module.imports("django") or call.args or not isinstance(link.value, (ast.Attribute, ast.Name)):
        return False
    if isinstance(link.value, ast.Name) and link.value.id != "self":
        return False
    return link.attr == "all" if not call.keywords else link.attr in ("filter", "exclude")


def loads_row(module: Module, expression: ast.expr) -> bool:
    """Whether an expression loads one row of Django's, or rows to loop over, without a lock on them."""
    if isinstance(expression, ast.Call) and module.qualname(expression.func) == _GETTING:
        return True
    current: ast.expr = expression
    while True:
        if isinstance(current, ast.Call):
            current = current.func
        elif isinstance(current, ast.Attribute):
            if current.attr == "objects":
                return last_name(current.value)[:1].isupper()
            if current.attr in _CHANGING:
                return False
            current = current.value
        else:
            return False


def bare_rows(module: Module, iterable: ast.expr) -> ast.expr | None:
    """
    The model whose rows a loop runs over, `Book` of `Book.objects.filter(...)`, where they come alone.

    None where something that belongs to the rows may be loaded with them (`select_related`), where they are no
    objects of the model (`values`) or a few (a short slice, a filter by the key), and where that is not known.
    """
    for _ in range(_MAXIMUM_HOPS):
        if isinstance(iterable, ast.Name):
            bindings = [one for one in module.bindings(iterable) if not _is_narrowed(one.value, iterable.id)]
            if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].value is None:
                return None
            function = module.function_of(iterable)
            if not isinstance(function, _FUNCTIONS) or _is_completed(module, function, iterable.id):
                return None
            iterable = bindings[0].value
        elif isinstance(iterable, ast.Call) and module.qualname(iterable.func) in _PASSING and iterable.args:
            if last_name(iterable.func) == "enumerate":
                return None
            iterable = iterable.args[0]
        elif isinstance(iterable, ast.Subscript) and _is_long(iterable.slice):
            iterable = iterable.value
        else:
            break
    while isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Attribute):
        if iterable.func.attr not in _ALONE or any(one.arg in ("id", "pk") for one in iterable.keywords):
            return None
        iterable = iterable.func.value
    if (
        isinstance(iterable, ast.Attribute)
        and iterable.attr == "objects"
        and last_name(iterable.value)[:1].isupper()
    ):
        return iterable.value
    return None


def _is_long(part: ast.expr) -> bool:
    """Whether a slice gives more than a handful, as it tells by a number: `[:50]`."""
    upper = part.upper if isinstance(part, ast.Slice) else None
    return isinstance(upper, ast.Constant) and isinstance(upper.value, int) and upper.value >= _ENOUGH


def _is_narrowed(value: ast.expr | None, name: str) -> bool:
    """Whether a name is assigned the query that it holds, narrowed: `books = books.filter(...)`."""
    begin = begin_of_chain(value, _ALONE) if value is not None else None
    return begin is not value and isinstance(begin, ast.Name) and begin.id == name


def _is_completed(module: Module, function: FunctionNode, name: str) -> bool:
    """Whether a function loads what belongs to rows afterwards: `prefetch_related_objects(books, "author")`."""
    return any(
        isinstance(call := module.parent(use), ast.Call)
        and use in call.args
        and last_name(call.func) == "prefetch_related_objects"
        for use in module.names_in(function).get(name, ())
    )
