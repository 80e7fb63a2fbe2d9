"""Row methods: what a library calls once for each row of a list: fields of serializers, columns of an admin."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.django_queries import RowQuery, queries_for
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, unsubscripted
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import name_uses

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_FIELD = "SerializerMethodField"
_COUNTING_FIELDS = ("IntegerField", "ReadOnlyField", "CharField", "BooleanField")
_COUNTS = frozenset({"count", "exists"})
_COLUMNS = "list_display"
_WHOLE = "to_representation"
_SERIALIZER = pattern(r"Serializer(?:Mixin|Base)?$")
_ADMIN = pattern(r"Admin$")
# What says that the answer may be at hand: from a cache, from the query of the rows, from the caller.
_AT_HAND = pattern(r"cache|memo|prefetch|annotat|preload|lookup|_map$|by_id", re.IGNORECASE)
_ABOUT_ONE = pattern(r"action|retrieve|detail|include|expand|omit|fields|kwargs", re.IGNORECASE)
_OF_CONTEXT = frozenset({"request", "view", "user", "format"})
_GIVEN = frozenset({"dict", "Dict", "OrderedDict", "str", "int", "list"})


class RowMethod(NamedTuple):
    """A method that runs for each row of a list, its class, and the query in it. Of an admin `is_column` holds."""

    holder: ast.ClassDef
    method: FunctionNode
    query: RowQuery
    is_column: bool


class CountedField(NamedTuple):
    """A field of a serializer whose source asks a related manager: `IntegerField(source="books.count")`."""

    holder: ast.ClassDef
    call: ast.Call
    relation: str


def queries_of_row_methods(module: Module) -> Iterator[RowMethod]:
    """The first query of each method of a class that is asked about one row of a list after another."""
    has_fields = _FIELD in module.calls_by_name()
    has_columns = _COLUMNS in name_uses(module)
    if not has_fields and not has_columns and not module.imports("rest_framework"):
        return
    for holder in module.nodes(ast.ClassDef):
        bases = [last_name(unsubscripted(base)) for base in holder.bases]
        if any(map(_SERIALIZER.search, bases)):
            names, is_column = {*_methods_of_fields(holder), _WHOLE}, False
        elif has_columns and any(map(_ADMIN.search, bases)) and _is_registered(module, holder):
            names, is_column = _columns(holder), True
        else:
            continue
        for method in holder.body:
            if isinstance(method, _FUNCTIONS) and method.name in names and len(method.args.args) > 1:
                query = query_for_row(module, method, method.args.args[1])
                if query is not None:
                    yield RowMethod(holder, method, query, is_column)


def counted_fields(module: Module) -> Iterator[CountedField]:
    """The fields of serializers for which each row asks how many, or whether any, rows belong to it."""
    for call in module.calls_named(*_COUNTING_FIELDS):
        holder = module.parent(module.parent(call) or call)
        source = next((one.value for one in call.keywords if one.arg == "source"), None)
        if not isinstance(holder, ast.ClassDef) or not isinstance(source, ast.Constant):
            continue
        relation, _, asked = str(source.value).rpartition(".")
        if asked in _COUNTS and relation and any(_SERIALIZER.search(last_name(base)) for base in holder.bases):
            yield CountedField(holder, call, relation.removesuffix(".all").rpartition(".")[2])


def _is_registered(module: Module, holder: ast.ClassDef) -> bool:
    """Whether the module gives an admin to a site: `@admin.register(Note)`, `site.register(Note, Notes)`."""
    return bool(holder.decorator_list) or bool(name_uses(module).get(holder.name))


def _methods_of_fields(holder: ast.ClassDef) -> Iterator[str]:
    """The methods that give the fields of a serializer."""
    for statement in holder.body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        made = getattr(statement, "value", None)
        if not isinstance(target, ast.Name) or not isinstance(made, ast.Call) or last_name(made) != _FIELD:
            continue
        named = [one.value for one in made.keywords if one.arg == "method_name"] or made.args
        if named and isinstance(named[0], ast.Constant):
            yield str(named[0].value)
        else:
            yield f"get_{target.id}"


def _columns(holder: ast.ClassDef) -> set[str]:
    """What the list of an admin shows by name."""
    for statement in holder.body:
        if isinstance(statement, ast.Assign) and last_name(statement.targets[0]) == _COLUMNS:
            return {str(part.value) for part in ast.walk(statement.value) if isinstance(part, ast.Constant)}
    return set()


def query_for_row(module: Module, method: FunctionNode, row: ast.arg) -> RowQuery | None:
    """The first query of a method for the row that it is given; None where the answer may be at hand."""
    if row.annotation is not None and last_name(unsubscripted(row.annotation)) in _GIVEN:
        return None
    found = next((one for one in queries_for(module, method, row.arg) if _is_for_lists(module, one.call)), None)
    if found is None or any(_AT_HAND.search(module.text(one)) for one in method.decorator_list):
        return None
    return None if any(_is_at_hand(part, row.arg) for part in module.own_nodes(method)) else found


def _is_at_hand(part: ast.AST, row: str) -> bool:
    """Whether a node tells that a method may answer from what it or its caller has loaded."""
    if isinstance(part, ast.Name):
        return _AT_HAND.search(part.id) is not None
    if isinstance(part, ast.Attribute):
        return _AT_HAND.search(part.attr) is not None
    if isinstance(part, ast.Subscript):
        return last_name(part.value) == "context" and not _is_usual(part.slice)
    if not isinstance(part, ast.Call) or not part.args:
        return False
    if last_name(part) in ("hasattr", "getattr"):
        return isinstance(part.args[0], ast.Name) and part.args[0].id == row
    return (
        isinstance(part.func, ast.Attribute)
        and part.func.attr == "get"
        and last_name(part.func.value) == "context"
        and not _is_usual(part.args[0])
    )


def _is_usual(key: ast.expr) -> bool:
    """Whether a key of a serializer's context is one that tells nothing about its rows."""
    return isinstance(key, ast.Constant) and key.value in _OF_CONTEXT


def _is_for_lists(module: Module, query: ast.Call) -> bool:
    """Whether no test around a query is named for a view of one object, or for what a client asks for beside."""
    return not any(
        isinstance(around, (ast.If, ast.IfExp)) and _ABOUT_ONE.search(module.text(around.test, 200))
        for around in module.ancestors(query)
    )
