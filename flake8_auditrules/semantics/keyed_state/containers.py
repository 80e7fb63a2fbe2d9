"""Containers: dicts and sets of a module, or of the objects of its classes, that are made empty."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.shared_state import (
    Variable,
    name_uses,
    variable_of,
)

_MAKERS = ("dict", "set", "defaultdict", "OrderedDict")
_PLAIN = frozenset({"builtins.dict", "builtins.set", "collections.defaultdict", "collections.OrderedDict"})
_REMOVING = frozenset({"difference_update", "discard", "intersection_update", "pop", "popitem", "remove"})
# A class of which a server makes an object for each request or connection.
_SERVING_BASE = pattern(r"(?:Consumer|Handler|Middleware|Resource|Servicer|View|ViewSet)$")


# Containers


def containers(module: Module) -> list[Variable]:
    """The variables of the module and attributes of its classes that are made as an empty dict or set."""
    return module.keep("keyed containers", _containers)


def _containers(module: Module) -> list[Variable]:
    found: dict[Variable, None] = {}
    made: list[ast.Dict | ast.Call] = [*module.nodes(ast.Dict), *module.calls_named(*_MAKERS)]
    if module.imports("dataclasses"):
        made += module.calls_named("field")
    made.sort(key=lambda value: (value.lineno, value.col_offset))
    for value in made:
        statement = module.parent(value)
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or not _is_empty_container(module, value):
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        if isinstance(target, (ast.Attribute, ast.Name)):
            variable = variable_of(module, target)
            if variable is None and isinstance(target, ast.Name):
                holder = module.enclosing(target, ast.ClassDef)
                if holder is not None and module.parent(statement) is holder:
                    variable = Variable(holder, target.id)
            if variable is not None and not (_is_field(module, value) and _is_in_other_hands(module, variable)):
                found[variable] = None
    return list(found)


def _is_field(module: Module, value: ast.Dict | ast.Call) -> bool:
    """Whether a value is that of a field of a dataclass, `field(default_factory=dict)`."""
    return isinstance(value, ast.Call) and module.callee(value) == "dataclasses.field"


def _is_in_other_hands(module: Module, variable: Variable) -> bool:
    """Whether something here uses an attribute of more than `self`, or hands it to the object it makes."""
    return any(variable_of(module, use) != variable for use in module.attributes_named(variable.name)) or any(
        keyword.arg == variable.name for call in module.nodes(ast.Call) for keyword in call.keywords
    )


def _is_empty_container(module: Module, call: ast.Dict | ast.Call) -> bool:
    """Whether an expression makes an empty dict or set."""
    if isinstance(call, ast.Dict):
        return not call.keys
    callee = module.callee(call)
    if callee == "dataclasses.field":
        maker = module.argument(call, "default_factory", None)
        if isinstance(maker, ast.Lambda) and isinstance(maker.body, (ast.Dict, ast.Call)):
            return not _is_field(module, maker.body) and _is_empty_container(module, maker.body)
        return maker is not None and module.qualname(maker) in _PLAIN
    if call.keywords:
        return False
    if callee == "collections.defaultdict":
        return len(call.args) <= 1
    return callee in _PLAIN and not call.args


def is_of_all_objects(module: Module, variable: Variable) -> bool:
    """Whether the body of a class makes a container, and no method another one: all its objects have it."""
    holder = variable.owner
    if holder is None or holder.decorator_list:
        return False
    if not all(_SERVING_BASE.search(last_name(base)) or last_name(base) == "object" for base in holder.bases):
        return False
    uses = module.members(holder).attributes.get(variable.name, ())
    return bool(uses) and all(function is None for _, function in uses)


def may_grow(module: Module, variable: Variable) -> bool:
    """Whether some place looks like one that adds to something of this name under a key that may be any."""
    for node in _named(module, variable):
        parent = module.parent(node)
        if isinstance(parent, ast.Subscript):
            if parent.value is node and not isinstance(parent.slice, ast.Constant):
                return True
        elif isinstance(parent, ast.Attribute) and parent.attr in ("setdefault", "add"):
            return True
    return False


def _named(module: Module, variable: Variable) -> Iterable[ast.Attribute | ast.Name]:
    """The names or attributes that are called like a variable, of which some may be others."""
    if variable.owner is None:
        return name_uses(module).get(variable.name, ())
    return module.attributes_named(variable.name)


def is_taken_from(module: Module, variable: Variable) -> bool:
    """Whether some place removes single entries: `del jobs[key]`, `jobs.pop(key)`."""
    for node in _named(module, variable):
        parent = module.parent(node)
        removes = (isinstance(parent, ast.Attribute) and parent.attr in _REMOVING) or (
            isinstance(parent, ast.Subscript) and parent.value is node and isinstance(parent.ctx, ast.Del)
        )
        if removes and variable_of(module, node) == variable:
            return True
    return False
