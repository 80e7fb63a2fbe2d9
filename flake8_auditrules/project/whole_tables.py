"""Whole tables that a call loads: through a function of the project that reads one for whoever asks."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.definitions import answer_behind, class_named, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import names_model
from flake8_auditrules.semantics.whole_tables import (
    grows,
    whole_generic_read,
    whole_model_read,
    whole_table_read,
)

# Names of functions that give all there is.
_ALL = pattern("all|list|get")
_LISTING = pattern(
    r"_*(?:all|fetch_all|find_all|get_all|list|load_all|read_all|select_all)_\w+$|(?:find|get|list|load|read)_all$"
    r"|_*get_\w+s$"
)
# What stands for a table, whose methods are called `all` and `list`.
_STORE = pattern(r"(?:store|storage|repo|repos|repository|dao|crud|service)$", re.IGNORECASE)
_MODELS = frozenset({"model", "_model", "model_class", "model_cls"})
_MAXIMUM_HOPS = 2

# What a listing function is given to ask with.
_DATABASE = pattern(r"_*(?:\w+_)?(?:db|database|session|conn|connection|cursor|pool|tx|uow)$")


class Loaded(NamedTuple):
    """A table that a call loads, and the place of the statement."""

    table: str
    link: Link


def listing_calls(module: Module) -> list[ast.Call]:
    """The calls of a module that are named for giving all there is, in source order."""
    return module.keep("calls that list", _listing_calls)


def _listing_calls(module: Module) -> list[ast.Call]:
    found = [
        call
        for name, calls in module.calls_named_like(_ALL)
        for call in calls
        if _LISTING.match(name) or (name in ("all", "list") and _is_on_store(call))
    ]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def _is_on_store(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and _STORE.search(last_name(call.func.value)) is not None


def table_behind(project: Project, module: Module, call: ast.Call, hops: int = 0) -> Loaded | None:
    """The table that a function of the project loads whole for a call that tells it nothing but the database."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if not all(_DATABASE.match(last_name(one)) for one in given):
        return None
    found = answer_behind(project, module, call, "whole tables", hops, lambda: _read(project, module, call, hops))
    if found is None:
        return None
    table = found[0] or _model_of(project, module, call)
    return Loaded(table, Link(*found[1])) if table is not None and (found[0] or grows(table)) else None


def _read(project: Project, module: Module, call: ast.Call, hops: int) -> tuple[str, tuple[str, int, str]] | None:
    """The table ("" for that of the class whose method is called), and the place of the statement."""
    definition = definition_of(project, module, call)
    if definition is None:
        return None
    other, function = definition
    read = whole_table_read(other, function) or whole_model_read(other, function)
    read = read or whole_generic_read(other, function)
    if read is not None:
        return read.table, (project.relative(other.path), read.call.lineno, other.call_text(read.call))
    if hops < _MAXIMUM_HOPS:
        for inner in listing_calls(other):
            if other.function_of(inner) is function and _is_given_on(other, inner):
                behind = table_behind(project, other, inner, hops + 1)
                if behind is not None:
                    return behind.table, (*behind.link,)
    return None


def _is_given_on(module: Module, call: ast.Call) -> bool:
    """Whether a function returns what a call gives, or what it makes of each of it."""
    value: ast.AST = call
    for around in module.ancestors(call):
        if isinstance(around, (ast.Await, ast.comprehension, ast.ListComp)):
            value = around
        else:
            return isinstance(around, ast.Return) and around.value is value
    return False


def _model_of(project: Project, module: Module, call: ast.Call) -> str | None:
    """The model of the class whose method is called: `class Users(Repository[User])`, `model = User`."""
    owner = module.instance_of(call.func.value) if isinstance(call.func, ast.Attribute) else None
    found = class_named(project, module, owner) if owner is not None else None
    if found is None:
        return None
    home, node = found
    named: list[ast.expr] = []
    for base in node.bases:
        if isinstance(base, ast.Subscript):
            named += base.slice.elts[:1] if isinstance(base.slice, ast.Tuple) else [base.slice]
    for statement in node.body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        value = getattr(statement, "value", None)
        if isinstance(target, ast.Name) and target.id in _MODELS and isinstance(value, ast.expr):
            named.append(value)
        if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
            for part in home.own_nodes(statement):
                if isinstance(part, ast.Call) and last_name(part) == "__init__":
                    named += [*part.args, *(one.value for one in part.keywords)]
    models = {last_name(one) for one in named if names_model(one)}
    return models.pop() if len(models) == 1 else None
