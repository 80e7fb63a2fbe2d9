"""Contents: what lists, sets and dictionaries hold, where they are made and by statements further down."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

Key = tuple[object, str]
"""A scope and a name in it, or a class and an attribute of its objects."""

OBJECTS = (ast.Attribute, ast.Await, ast.Call, ast.IfExp, ast.Lambda, ast.Name)
"""What may be an object, a class or a function: of values alone nobody calls anything."""

_MOST_ELEMENTS = 40
_MADE_EMPTY = frozenset({"dict", "list", "set", "OrderedDict", "WeakValueDictionary"})
_PLAIN = frozenset({"dict", "list", "set", "Dict", "List", "Set", "MutableMapping", "MutableSequence"})
# The methods that put something in, with its position among the arguments.
_PUTTING = {"append": 0, "add": 0, "setdefault": 1}


def elements(literal: ast.expr) -> Sequence[ast.expr]:
    """The objects that a literal or a comprehension puts in, those of a dictionary without its keys."""
    found: Sequence[ast.expr] = ()
    if isinstance(literal, ast.Dict):
        found = () if None in literal.keys else literal.values
    elif isinstance(literal, (ast.List, ast.Set, ast.Tuple)):
        found = literal.elts
    elif isinstance(literal, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
        found = (literal.elt,)
    elif isinstance(literal, ast.DictComp):
        found = (literal.value,)
    if len(found) > _MOST_ELEMENTS or not all(isinstance(one, OBJECTS) for one in found):
        return ()
    return found


def is_empty(made: ast.expr | None) -> bool:
    """Whether a list, set or dictionary is made that holds nothing yet."""
    if isinstance(made, ast.Dict):
        return not made.keys
    if isinstance(made, ast.List):
        return not made.elts
    return (
        isinstance(made, ast.Call) and not made.args and not made.keywords and last_name(made.func) in _MADE_EMPTY
    )


def says_nothing_of_contents(annotation: ast.expr) -> bool:
    """Whether an annotation leaves open what is inside: `dict`, `dict[str, Any]`, `list[object]`."""
    if isinstance(annotation, ast.Subscript) and last_name(annotation.value) in _PLAIN:
        inner = annotation.slice.elts[-1:] if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        return bool(inner) and last_name(inner[0]) in ("Any", "object")
    return last_name(annotation) in _PLAIN


def put_in(module: Module, key: Key) -> Sequence[ast.expr]:
    """What the statements of a module put into the list, set or dictionary of a name or an attribute of `self`."""
    return module.keep("contents", _all_put_in).get(key, ())


def _all_put_in(module: Module) -> dict[Key, list[ast.expr]]:
    found: dict[Key, list[ast.expr]] = {}
    for target in module.nodes(ast.Subscript):
        if isinstance(target.ctx, ast.Store):
            statement = module.parent(target)
            if isinstance(statement, ast.Assign) and not isinstance(target.slice, ast.Slice):
                _note(module, found, target.value, statement.value)
    for call in module.calls_named(*_PUTTING):
        if isinstance(call.func, ast.Attribute) and len(call.args) > _PUTTING[call.func.attr]:
            _note(module, found, call.func.value, call.args[_PUTTING[call.func.attr]])
    return found


def _note(module: Module, found: dict[Key, list[ast.expr]], holder: ast.expr, value: ast.expr) -> None:
    owner: object = None
    name = ""
    if isinstance(holder, ast.Name):
        owner, name = module.owner_of(holder), holder.id
    elif isinstance(holder, ast.Attribute) and isinstance(holder.value, ast.Name):
        if holder.value.id in ("self", "cls"):
            owner, name = module.enclosing(holder, ast.ClassDef), holder.attr
    if owner is not None:
        found.setdefault((owner, name), []).append(value)
