"""Django's tables: models whose rows a view answers with as a whole, however many there get to be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.django_queries import is_for_many
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import chain_above
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.whole_tables import grows

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Methods of managers and query sets that leave all rows in.
_WHOLE = frozenset(
    {"all", "defer", "only", "order_by", "prefetch_related", "select_related", "using", "values", "values_list"}
)
_ANSWERS = frozenset({"JsonResponse", "Response"})
_READING = frozenset({"get", "list"})
_PAGING = pattern(r"pag(?:e|inat)|limit|offset|slice|chunk", re.IGNORECASE)


class ListedTable(NamedTuple):
    """A query for all rows of a model that a view answers with."""

    call: ast.Call
    model: ast.expr


def listed_tables(module: Module) -> Iterator[ListedTable]:
    """The queries for whole tables whose rows functions of a module give to a serializer or an answer in JSON."""
    for manager in module.attributes_named("objects"):
        model = manager.value
        if not last_name(model)[:1].isupper() or not grows(last_name(model)):
            continue
        last: ast.expr | None = None
        for link in chain_above(module, manager):
            call = module.parent(link)
            if link.attr not in _WHOLE or not isinstance(call, ast.Call) or call.func is not link:
                last = None
                break
            last = call
        function = module.function_of(manager)
        if isinstance(last, ast.Call) and isinstance(function, _FUNCTIONS) and _is_for_reading(module, function):
            if _is_answered(module, function, last) and not _pages(module, function):
                yield ListedTable(last, model)


def _is_for_reading(module: Module, function: FunctionNode) -> bool:
    """Whether a method of a view answers GET, or a function is for no other methods alone."""
    if module.class_of(function) is not None:
        return getattr(function, "name", "") in _READING
    decorators = [] if isinstance(function, ast.Lambda) else function.decorator_list
    return not any(
        isinstance(one, ast.Call)
        and last_name(one) in ("api_view", "require_http_methods")
        and not any(isinstance(part, ast.Constant) and part.value == "GET" for part in ast.walk(one))
        for one in decorators
    )


def _is_answered(module: Module, function: FunctionNode, rows: ast.expr) -> bool:
    """Whether all rows go into an answer: by a serializer for many, by `list(...)` or a list of what they hold."""
    parent = module.parent(rows)
    if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name):
        name = parent.targets[0]
        bindings = module.bindings(name)
        uses = [one for one in module.names_in(function).get(name.id, ()) if isinstance(one.ctx, ast.Load)]
        if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or len(uses) != 1:
            return False
        return not isinstance(module.parent(uses[0]), ast.Assign) and _is_answered(module, function, uses[0])
    if isinstance(parent, ast.Call) and rows in parent.args:
        if is_for_many(parent):
            return True
        return module.qualname(parent.func) == "builtins.list" and _is_in_answer(module, function, parent)
    if isinstance(parent, ast.comprehension) and parent.iter is rows and not parent.ifs:
        made = module.parent(parent)
        return isinstance(made, ast.ListComp) and _is_in_answer(module, function, made)
    return False


def _is_in_answer(module: Module, function: FunctionNode, made: ast.expr) -> bool:
    """Whether a list stands in an answer, or is the one value of a name that does."""
    for around in module.ancestors(made):
        if isinstance(around, ast.Call) and last_name(around) in _ANSWERS:
            return True
        if isinstance(around, ast.Assign) and around.value is made and isinstance(around.targets[0], ast.Name):
            name = around.targets[0]
            uses = [one for one in module.names_in(function).get(name.id, ()) if isinstance(one.ctx, ast.Load)]
            return len(uses) == 1 and len(module.bindings(name)) == 1 and _is_in_answer(module, function, uses[0])
        if isinstance(around, ast.stmt):
            return False
    return False


def _pages(module: Module, function: FunctionNode) -> bool:
    """Whether a function speaks of pages or limits, or takes a part of something."""
    for part in module.own_nodes(function):
        name = part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
        if _PAGING.search(name) is not None or isinstance(part, ast.Slice):
            return True
    return False
