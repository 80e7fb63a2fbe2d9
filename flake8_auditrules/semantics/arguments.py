"""Arguments: what a call is given for a parameter, also through `functools.partial` and `**` of a known dict."""

from __future__ import annotations

import ast

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.lock_order import called_function
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import BindingKind


class Given(NamedTuple):
    """What is given for a parameter: not `known` where it cannot be told, no `value` where nothing is given."""

    known: bool
    value: ast.expr | None


ABSENT = Given(True, None)
UNKNOWN = Given(False, None)


def given(module: Module, call: ast.Call, name: str, position: int | None = None) -> Given:
    """
    What `call` gives for the parameter `name`, which also stands at the 0-based `position` (None: by name alone).

    Looks through `**options` where the dict is written out and gets no key but written ones, also by the function
    of this module that returns it, and through a name that holds a `functools.partial`.
    """
    found = _given_directly(module, call, name, position)
    if found is not ABSENT:
        return found
    partial = partial_of(module, call)
    if partial is None:
        return ABSENT
    if position is not None and position < len(call.args) + len(partial.args) - 1:
        # The positions that the partial fills come first.
        before = len(partial.args) - 1
        return Given(True, partial.args[position + 1] if position < before else call.args[position - before])
    return _given_directly(module, partial, name, None)


def _given_directly(module: Module, call: ast.Call, name: str, position: int | None) -> Given:
    for keyword in call.keywords:
        if keyword.arg == name:
            return Given(True, keyword.value)
    if partial_of(module, call) is None and position is not None:
        for index, argument in enumerate(call.args[: position + 1]):
            if isinstance(argument, ast.Starred):
                return UNKNOWN
            if index == position:
                return Given(True, argument)
    elif any(isinstance(argument, ast.Starred) for argument in call.args):
        return UNKNOWN
    unknown = False
    for keyword in call.keywords:
        if keyword.arg is None:
            found = _in_dict(module, keyword.value, name)
            if found.value is not None:
                return found
            unknown = unknown or not found.known
    return UNKNOWN if unknown else ABSENT


def _in_dict(module: Module, expression: ast.expr, name: str) -> Given:
    """What a dict that is written out holds under a key."""
    if isinstance(expression, ast.Name):
        written = _written_value(module, expression, name)
        return UNKNOWN if written is None else _in_dict(module, written, name)
    if isinstance(expression, ast.Call) and module.callee(expression) != "builtins.dict":
        return _in_result(module, expression, name)
    if isinstance(expression, ast.Dict):
        result = ABSENT
        for key, value in zip(expression.keys, expression.values, strict=True):
            if key is None:
                inner = _in_dict(module, value, name)
                result = inner if inner is not ABSENT else result
            elif not isinstance(key, ast.Constant):
                result = UNKNOWN
            elif key.value == name:
                result = Given(True, value)
        return result
    if isinstance(expression, ast.Call) and module.callee(expression) == "builtins.dict" and not expression.args:
        return _given_directly(module, expression, name, None)
    return UNKNOWN


def _in_result(module: Module, call: ast.Call, name: str) -> Given:
    """What the dict that a function of this module writes out and returns holds under a key."""
    function = called_function(module, call)
    if function is None or function.decorator_list:
        return UNKNOWN
    returned = [node.value for node in module.own_nodes(function) if isinstance(node, ast.Return)]
    if not returned:
        return UNKNOWN
    result = ABSENT
    for value in returned:
        if isinstance(value, ast.Call) and module.callee(value) != "builtins.dict":
            return UNKNOWN
        found = UNKNOWN if value is None else _in_dict(module, value, name)
        if not found.known:
            return UNKNOWN
        result = found if found.value is not None else result
    return result


def _written_value(module: Module, name: ast.Name, key: str) -> ast.expr | None:
    """The value of a name that is bound once, unpacked with `**`, and given nothing more under this key."""
    bindings = module.bindings(name)
    if len(bindings) != 1 or bindings[0].kind not in (BindingKind.ASSIGNMENT, BindingKind.ANNOTATION):
        return None
    owner = module.owner_of(name)
    for use in loads(module, name.id):
        if module.owner_of(use) is owner:
            parent = module.parent(use)
            if not _is_unpacked(parent, use) and not _is_of_other_key(parent, use, key):
                return None
    return bindings[0].value


def _is_unpacked(parent: ast.AST | None, use: ast.Name) -> bool:
    """Whether a use stands behind `**`, in a call or in a dict."""
    if isinstance(parent, ast.keyword):
        return parent.arg is None
    return isinstance(parent, ast.Dict) and any(
        key is None and value is use for key, value in zip(parent.keys, parent.values, strict=True)
    )


def _is_of_other_key(parent: ast.AST | None, use: ast.Name, key: str) -> bool:
    """Whether a use reads or sets another, written key of a dict: `options["verify"] = certificates`."""
    return (
        isinstance(parent, ast.Subscript)
        and parent.value is use
        and isinstance(parent.slice, ast.Constant)
        and parent.slice.value != key
    )


def loads(module: Module, name: str) -> list[ast.Name]:
    """All reads of a name in the module, whatever it means there, in source order."""
    return module.keep("reads by name", _loads_by_name).get(name, [])


def _loads_by_name(module: Module) -> dict[str, list[ast.Name]]:
    found: dict[str, list[ast.Name]] = {}
    for node in module.nodes(ast.Name):
        if isinstance(node.ctx, ast.Load):
            found.setdefault(node.id, []).append(node)
    return found


def partial_of(module: Module, call: ast.Call) -> ast.Call | None:
    """The `functools.partial(...)` that a called name holds."""
    if not isinstance(call.func, ast.Name):
        return None
    bindings = module.bindings(call.func)
    if len(bindings) != 1:
        return None
    value = bindings[0].value
    if bindings[0].kind is BindingKind.ASSIGNMENT and isinstance(value, ast.Call) and value.args:
        if module.qualname(value.func) == "functools.partial":
            return value
    return None


def is_none(module: Module, expression: ast.expr) -> bool:
    """Whether an expression certainly is None: written out, or a name that is bound to nothing else."""
    if isinstance(expression, ast.Constant):
        return expression.value is None
    if not isinstance(expression, ast.Name):
        return False
    bindings = module.bindings(expression)
    return bool(bindings) and all(
        binding.kind is BindingKind.ASSIGNMENT
        and isinstance(binding.value, ast.Constant)
        and binding.value.value is None
        for binding in bindings
    )
