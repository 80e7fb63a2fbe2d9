"""Numbers, texts and documents of rows: what is read, changed in Python and written back as a whole."""

from __future__ import annotations

import ast
from typing import TypeGuard

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import last_assigned
from flake8_auditrules.semantics.tested_states import is_read

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_NUMBER = pattern(
    r"(?:.*_)?(?:count|counter|total|balance|credits?|quota|stock|quantity|points|score|views|likes|downloads|used|"
    r"usage|amount|remaining|spent|spend|seats|tokens|hits|votes|clicks|plays|funds|cost|costs|price|bytes|size|sum|"
    r"number|num|attempts|retries|failures|minutes|seconds|requests|calls)(?:_.*)?"
)
_NUMBERS = frozenset({"builtins.int", "builtins.float", "decimal.Decimal"})
_CONVERTING = frozenset({"Decimal", "abs", "float", "int", "len", "round", "sum"})
_IN_PLACE = frozenset({"append", "clear", "extend", "insert", "pop", "remove", "setdefault", "update"})
_COPYING = frozenset({"copy", "deepcopy", "dict", "list"})
_BOUNDING = frozenset({"max", "min"})
_MAXIMUM_HOPS = 3


def is_number(module: Module, target: ast.Attribute, by: ast.expr) -> bool:
    """Whether an attribute is a number, by what is added to it or by its name."""
    if isinstance(by, ast.Constant):
        return isinstance(by.value, (int, float)) and not isinstance(by.value, bool)
    if isinstance(by, (ast.List, ast.JoinedStr, ast.Tuple, ast.ListComp)):
        return False
    if isinstance(by, ast.Call) and last_name(by) in _CONVERTING:
        return True
    return _NUMBER.fullmatch(target.attr) is not None or module.instance_of(by) in _NUMBERS


def is_text(by: ast.expr) -> bool:
    """Whether what is added is a text: lines of a log, remarks of several people."""
    if isinstance(by, ast.BinOp) and isinstance(by.op, ast.Add):
        return is_text(by.left) or is_text(by.right)
    return isinstance(by, ast.JoinedStr) or (isinstance(by, ast.Constant) and isinstance(by.value, str))


def added_to(module: Module, change: ast.Assign, target: ast.Attribute) -> ast.expr | None:
    """What an assignment adds to what it assigns: `row.n = row.n + 1`, `row.log = f"{row.log}{x}"`."""
    value = _worked_out(module, change.value)
    if isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Sub)):
        left = value.left
        if is_text(value):
            while isinstance(left, ast.BinOp):
                left = left.left
        if is_read(module, target, left):
            return value.right if left is value.left else value
    elif isinstance(value, ast.JoinedStr) and value.values:
        first = value.values[0]
        if isinstance(first, ast.FormattedValue) and is_read(module, target, first.value):
            return value
    return None


def _worked_out(module: Module, value: ast.expr) -> ast.expr:
    """What a number is worked out as: behind a name that was assigned once, and within `max(0, ...)`."""
    if isinstance(value, ast.Name):
        values = [one for _, one in last_assigned(module, value)]
        value = values[0] if len(values) == 1 else value
    if isinstance(value, ast.Call) and last_name(value) in _BOUNDING and not value.keywords:
        sums = [one for one in value.args if isinstance(one, ast.BinOp)]
        value = sums[0] if len(sums) == 1 else value
    return value


def is_merged(module: Module, target: ast.Attribute, value: ast.expr, hops: int = 0) -> bool:
    """Whether a dict or list is made of the one that the row has: `{**row.settings, "a": 1}`, `row.tags + [x]`."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.BitOr)):
        left = value.left
        if isinstance(left, ast.Call) and last_name(left) in _COPYING and left.args:
            left = left.args[0]
        return isinstance(value.right, (ast.List, ast.Dict)) and is_read(module, target, left)
    if isinstance(value, ast.List):
        return any(isinstance(one, ast.Starred) and is_read(module, target, one.value) for one in value.elts)
    if isinstance(value, ast.Dict):
        return any(
            key is None and is_read(module, target, part)
            for key, part in zip(value.keys, value.values, strict=True)
        )
    if isinstance(value, (ast.ListComp, ast.DictComp)):
        through = value.generators[0].iter
        if (
            isinstance(through, ast.Call)
            and last_name(through) == "items"
            and isinstance(through.func, ast.Attribute)
        ):
            through = through.func.value
        return is_read(module, target, through)
    if isinstance(value, ast.Name) and hops < _MAXIMUM_HOPS:
        values = [one for _, one in last_assigned(module, value)]
        if any(is_merged(module, target, one, hops + 1) for one in values):
            return True
        return any(is_read(module, target, one) for one in values) and _is_changed_within(module, value)
    if not isinstance(value, ast.Call) or not hops:
        return False
    if last_name(value) == "copy" and isinstance(value.func, ast.Attribute) and not value.args:
        return is_read(module, target, value.func.value)
    if last_name(value) in _COPYING and value.args:
        return is_read(module, target, value.args[0])
    return len(value.args) == 1 and is_merged(module, target, value.args[0], hops)


def changes_within(part: ast.AST, text: str) -> TypeGuard[ast.stmt]:
    """Whether a statement changes what an expression holds: `row.items.append(x)`, `row.items[0]["a"] = x`."""
    if (
        isinstance(part, ast.Expr)
        and isinstance(part.value, ast.Call)
        and isinstance(part.value.func, ast.Attribute)
    ):
        return part.value.func.attr in _IN_PLACE and dotted(part.value.func.value) == text
    target = part.targets[0] if isinstance(part, ast.Assign) else None
    if not isinstance(target, ast.Subscript):
        return False
    changed: ast.expr = target
    while isinstance(changed, ast.Subscript):
        changed = changed.value
    return dotted(changed) == text


def _is_changed_within(module: Module, name: ast.Name) -> bool:
    """Whether the function changes what a name stands for in place: `settings["a"] = 1`."""
    function = module.function_of(name)
    return isinstance(function, _FUNCTIONS) and any(
        changes_within(part, name.id) for part in module.own_nodes(function)
    )
