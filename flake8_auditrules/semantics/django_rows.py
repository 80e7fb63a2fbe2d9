"""Django's rows: which names stand for a row that a function has loaded without a lock on it."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.django_queries import loads_row
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.handlers import handler_of
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import begin_of_chain, last_name
from flake8_auditrules.semantics.queries import last_assigned
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

LOCKING = "select_for_update"
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Methods of views that load the row of the address: Django's and REST framework's alike.
_OF_VIEWS = frozenset({"get_object", "aget_object"})
# Methods of managers and query sets that give a row and whether it is new.
_WITH_FLAG = frozenset({"get_or_create", "aget_or_create"})
# Methods of related managers that give rows.
_GIVING = frozenset({"all", "exclude", "filter", "first", "get", "iterator", "last", "order_by", "select_related"})
_ONE_ROW = frozenset({"aget", "afirst", "alast", "first", "get", "last"})
MODEL = "django.db.models.Model"
_USER = pattern(r"(?:self\.)?request\.user(?:\.\w+)*")
# The rows that an action of Django's admin is given.
_SELECTED = "queryset"
# The row that the receiver of a signal is told of.
_SENT = "instance"
_MAXIMUM_HOPS = 4


def is_loaded_row(module: Module, row: ast.Name, hops: int = 0) -> bool:
    """
    Whether a name stands for a row of Django's that the function has loaded without a lock, wherever it is bound.

    A parameter does where the function is private and views alone call it, each with such a row.
    """
    bindings = [one for one in module.bindings(row) if one.kind is not BindingKind.AUGMENTED]
    if hops > _MAXIMUM_HOPS or not bindings:
        return False
    if all(one.kind is BindingKind.PARAMETER for one in bindings):
        if row.id == _SELECTED and is_admin_action(module, module.function_of(row)):
            return True
        if row.id == _SENT and hops and _is_receiver(module, module.function_of(row)):
            return True
        return _is_given_by_callers(module, row, hops)
    if any(one.kind not in (BindingKind.ASSIGNMENT, BindingKind.LOOP, BindingKind.UNPACKED) for one in bindings):
        return False
    values: list[ast.expr] = []
    for one in bindings:
        if one.kind is BindingKind.LOOP and one.value is not None:
            values.append(one.value)
        elif one.kind is BindingKind.UNPACKED:
            found = _made_or_found(module, one.site)
            if found is None:
                return False
            values.append(found)
    values += [value for _, value in last_assigned(module, row)]
    asked = [value for value in values if not (isinstance(value, ast.Constant) and value.value is None)]
    loaded = [value for value in asked if not _is_made_for_none(module, value)]
    return bool(loaded) and all(gives_row(module, value, hops) for value in loaded)


def _is_made_for_none(module: Module, value: ast.expr) -> bool:
    """Whether an expression makes the row that was looked for in vain: `except Visit.DoesNotExist:`."""
    handler = handler_of(module, value) if isinstance(value, ast.Call) and last_name(value) == "create" else None
    return handler is not None and handler.type is not None and last_name(handler.type) == "DoesNotExist"


def _is_receiver(module: Module, function: ast.AST | None) -> bool:
    """Whether a function is told of each row of a model that is saved: what its row refers to is loaded here."""
    return isinstance(function, _FUNCTIONS) and any(
        last_name(one) == "receiver" for one in function.decorator_list
    )


def is_admin_action(module: Module, function: ast.AST | None) -> bool:
    """Whether a function is an action of Django's admin, for the rows that were selected."""
    if not isinstance(function, _FUNCTIONS) or not module.imports("django"):
        return False
    names = [one.arg for one in function.args.args if one.arg != "self"]
    return len(names) >= 2 and names[-2:] == ["request", _SELECTED]


def gives_row(module: Module, value: ast.expr, hops: int = 0) -> bool:
    """Whether an expression loads a row, or rows, without a lock: `self.get_object()`, `order.items.all()`."""
    value = value.value if isinstance(value, ast.Await) else value
    if any(isinstance(part, ast.Attribute) and part.attr == LOCKING for part in ast.walk(value)):
        return False
    if isinstance(value, ast.Name):
        return is_loaded_row(module, value, hops + 1)
    if loads_row(module, value) or _is_of_view(module, value) or _is_with_flag(value):
        return True
    if _is_of_own_row(module, value):
        return True
    value = begin_of_chain(value, _GIVING)
    if isinstance(value, ast.Name):
        return is_loaded_row(module, value, hops + 1)
    if not isinstance(value, ast.Attribute):
        return False
    if is_of_user(value):
        return module.imports("django", "rest_framework")
    root: ast.expr = value
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and is_loaded_row(module, root, hops + 1)


def _is_of_own_row(module: Module, value: ast.expr) -> bool:
    """Whether a method of a model loads one of the rows that belong to its own: `self.items.get(name=name)`."""
    if (
        not isinstance(value, ast.Call)
        or not isinstance(value.func, ast.Attribute)
        or value.func.attr not in _ONE_ROW
    ):
        return False
    if value.func.attr in ("get", "aget") and (value.args or not value.keywords):
        # A dict takes no names.
        return False
    rows = begin_of_chain(value, _GIVING)
    holder = module.class_of_self(rows.value) if isinstance(rows, ast.Attribute) else None
    return holder is not None and MODEL in module.instances.ancestry(module.definition(holder))


def is_of_user(expression: ast.expr) -> bool:
    """Whether an expression is the row of the user who asks, or one that belongs to it."""
    return _USER.fullmatch(dotted(expression) or "") is not None


def locks_rows(module: Module, function: FunctionNode) -> bool:
    """Whether a function locks rows of Django's, be it by an UPDATE that changes nothing: `update(n=F("n"))`."""
    return any(
        (isinstance(part, ast.Attribute) and part.attr == LOCKING)
        or (isinstance(part, ast.keyword) and _is_itself(part))
        for part in module.own_nodes(function)
    )


def _is_itself(given: ast.keyword) -> bool:
    """Whether a column is set to what it is."""
    value = given.value
    if not isinstance(value, ast.Call) or last_name(value) != "F" or len(value.args) != 1:
        return False
    return isinstance(value.args[0], ast.Constant) and value.args[0].value == given.arg


def _is_of_view(module: Module, value: ast.expr) -> bool:
    """Whether a view loads its row by the framework, and nothing in its class locks it."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return False
    if value.func.attr not in _OF_VIEWS or not module.imports("django", "rest_framework"):
        return False
    holder = module.class_of_self(value.func.value)
    return holder is not None and not any(
        isinstance(part, ast.Attribute) and part.attr == LOCKING for part in ast.walk(holder)
    )


def _is_with_flag(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in _WITH_FLAG


def _made_or_found(module: Module, site: ast.AST) -> ast.expr | None:
    """The call that gives the row of `row, created = Model.objects.get_or_create(...)`; None for other names."""
    statement = module.statement(site)
    if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Tuple):
        return None
    value = statement.value.value if isinstance(statement.value, ast.Await) else statement.value
    return value if statement.targets[0].elts[0] is site and _is_with_flag(value) else None


def _asks_for_request(module: Module, call: ast.Call) -> bool:
    """Whether a call stands in a view that locks nothing."""
    around = module.function_of(call)
    return isinstance(around, _FUNCTIONS) and is_route(module, around) and not locks_rows(module, around)


def _is_given_by_callers(module: Module, row: ast.Name, hops: int) -> bool:
    """Whether views call a private function of their module, each time with a row that was loaded for it."""
    function = module.function_of(row)
    if not isinstance(function, _FUNCTIONS) or not function.name.startswith("_"):
        return False
    parameters = [one.arg for one in function.args.args]
    if row.id not in parameters or row.id in ("self", "cls"):
        return False
    position = parameters.index(row.id) - (1 if module.class_of(function) is not None else 0)
    name = module.definition(function)
    calls = [call for call in module.calls_named(function.name) if module.callee(call) == name]
    given = [(call, module.argument(call, row.id, position)) for call in calls]
    return bool(given) and all(
        value is not None and gives_row(module, value, hops + 1) and _asks_for_request(module, call)
        for call, value in given
    )
