"""Lengths: what is known of the lengths that a number is worked out of, beyond its range."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.semantics.locks import attribute_owner, receiver_class
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import BindingKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_MAXIMUM_HOPS = 4


def is_length_of_data(module: Module, number: ast.expr) -> bool:
    """
    Whether a number comes from a length that is no question of how many there are, or that was asked before.

    That is the length of one element (`len(rows[0])`: a format), of one group of several (a group has members),
    of `*arguments` (who calls writes them down), of what is taken from something that a test above has found
    not to be empty, of what an object holds or a function of this module gives (they may see to it), and of what
    a private function is given.
    """
    return any(
        isinstance(measured, (ast.BoolOp, ast.Subscript))
        or (isinstance(measured, ast.Attribute) and not _is_picked(module, measured))
        or (
            isinstance(measured, ast.Name)
            and (
                _is_gathered(module, measured)
                or _is_group(module, measured)
                or _is_of_tested(module, measured)
                or _is_given_by_own(module, measured)
            )
        )
        for measured in _measured(module, number, 0)
    )


def _measured(module: Module, number: ast.expr, hops: int) -> Iterator[ast.expr]:
    """What stands in the calls of `len` that a number is worked out of, through the names on the way."""
    if hops > _MAXIMUM_HOPS:
        return
    for part in ast.walk(number):
        if isinstance(part, ast.Call) and module.callee(part) == "builtins.len" and part.args:
            yield part.args[0]
        elif isinstance(part, ast.Name):
            for binding in module.bindings(part):
                if binding.kind is BindingKind.ASSIGNMENT and binding.value is not None:
                    yield from _measured(module, binding.value, hops + 1)


def _is_gathered(module: Module, name: ast.Name) -> bool:
    """Whether a name is the `*arguments` of its function."""
    bindings = module.bindings(name)
    function = module.function_of(name)
    return (
        len(bindings) == 1
        and isinstance(function, _FUNCTIONS)
        and function.args.vararg is not None
        and bindings[0].site is function.args.vararg
    )


def _is_group(module: Module, name: ast.Name) -> bool:
    """Whether a name is the item of a loop over groups."""
    bindings = module.bindings(name)
    return bool(bindings) and all(binding.kind is BindingKind.LOOP for binding in bindings)


def _is_picked(module: Module, attribute: ast.Attribute) -> bool:
    """Whether the class picks what an attribute of `self` holds out of something: `self.ids = [... for ...]`."""
    holder = receiver_class(module, attribute.value)
    if holder is None:
        return False
    members = module.members(attribute_owner(module, holder, attribute.attr)).attributes.get(attribute.attr, [])
    return any(isinstance(binding.value, ast.ListComp) for binding, _ in members)


def _is_given_by_own(module: Module, name: ast.Name) -> bool:
    """Whether a name is a parameter of a private function, or holds what a function of this module gives."""
    function = module.function_of(name)
    for binding in module.bindings(name):
        if binding.kind is BindingKind.PARAMETER:
            if isinstance(function, _FUNCTIONS) and function.name.startswith("_"):
                return True
        elif isinstance(binding.value, ast.Call) and module.called_function(binding.value) is not None:
            return True
    return False


def _is_of_tested(module: Module, name: ast.Name) -> bool:
    """Whether a name holds what was taken from something, by its attributes and methods, that is not empty."""
    bindings = module.bindings(name)
    function = module.function_of(name)
    if len(bindings) != 1 or not isinstance(function, _FUNCTIONS):
        return False
    value = bindings[0].value
    if value is None or isinstance(value, ast.Name):
        return False
    root = _root(value)
    return root is not None and any(
        isinstance(statement, ast.If)
        and statement.lineno < name.lineno
        and isinstance(statement.body[-1], _LEAVES)
        and _says_empty(statement.test, root)
        for statement in function.body
    )


def _root(value: ast.expr) -> str | None:
    """The name whose attributes and methods give a value: `sample` of `sample.paths.tolist()`."""
    while isinstance(value, (ast.Attribute, ast.Call)):
        value = value.value if isinstance(value, ast.Attribute) else value.func
    return value.id if isinstance(value, ast.Name) else None


def _says_empty(test: ast.expr, name: str) -> bool:
    """Whether a test says that what a name holds is empty: `not rows`, `len(rows) == 0`."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        tested = test.operand
    elif isinstance(test, ast.Compare) and isinstance(test.comparators[0], ast.Constant):
        tested = test.left
    else:
        return False
    if (
        isinstance(tested, ast.Call)
        and isinstance(tested.func, ast.Name)
        and tested.func.id == "len"
        and tested.args
    ):
        tested = tested.args[0]
    return isinstance(tested, ast.Name) and tested.id == name
