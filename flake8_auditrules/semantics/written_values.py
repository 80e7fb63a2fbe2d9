"""Written values: which values JSON and YAML can always write, whatever they are in this run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_auditrules.semantics.scopes import BindingKind

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module

_WRITERS = frozenset({"json.dump", "json.dumps", "yaml.dump", "yaml.safe_dump"})
_WRITTEN_TYPES = frozenset({"bool", "float", "int", "str", "None"})
_MAKING_WRITTEN = frozenset(
    {"builtins.bool", "builtins.float", "builtins.int", "builtins.len", "builtins.str", "time.time"}
)
_TEXT_METHODS = frozenset({"as_posix", "hexdigest", "isoformat", "lower", "strip", "strftime", "upper"})
_MOST_STEPS = 4


def writes_what_it_can(module: Module, call: ast.Call) -> bool:
    """Whether a call of `json.dump` and the like is given a text, a number, or a display of nothing but these."""
    return bool(call.args) and module.qualname(call.func) in _WRITERS and _is_written(module, call.args[0], 0)


def _is_written(module: Module, value: ast.expr | None, steps: int) -> bool:
    if value is None or steps > _MOST_STEPS:
        return False
    if isinstance(value, ast.Constant):
        return value.value is None or isinstance(value.value, (bool, float, int, str))
    if isinstance(value, ast.JoinedStr):
        return True
    if isinstance(value, ast.Dict):
        parts = [*value.keys, *value.values]
    elif isinstance(value, (ast.List, ast.Tuple)):
        parts = [*value.elts]
    elif isinstance(value, ast.IfExp):
        parts = [value.body, value.orelse]
    elif isinstance(value, ast.Call):
        is_text = isinstance(value.func, ast.Attribute) and value.func.attr in _TEXT_METHODS
        return is_text or module.qualname(value.func) in _MAKING_WRITTEN
    else:
        return isinstance(value, ast.Name) and _is_name_of_written(module, value, steps)
    return all(_is_written(module, part, steps + 1) for part in parts)


def _is_name_of_written(module: Module, name: ast.Name, steps: int) -> bool:
    """Whether all that a name is bound to can be written: a parameter tells it by its annotation."""
    bindings = module.bindings(name)
    for binding in bindings:
        if binding.kind is BindingKind.PARAMETER:
            if binding.annotation is None or not _is_written_type(binding.annotation):
                return False
        elif binding.kind is not BindingKind.ASSIGNMENT or not _is_written(module, binding.value, steps + 1):
            return False
    return bool(bindings)


def _is_written_type(annotation: ast.expr) -> bool:
    """Whether an annotation is that of a text or a number: `str`, `int | None`."""
    if isinstance(annotation, ast.BinOp):
        return _is_written_type(annotation.left) and _is_written_type(annotation.right)
    if isinstance(annotation, ast.Constant):
        return annotation.value is None or annotation.value in _WRITTEN_TYPES
    return isinstance(annotation, ast.Name) and annotation.id in _WRITTEN_TYPES
