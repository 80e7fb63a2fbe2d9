"""The search path: the folders that a script puts on `sys.path` before it imports."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Sequence

from flake8_auditrules.semantics.names import last_name

_SAME_FOLDER = frozenset({"abspath", "realpath", "normpath", "str", "fspath"})
_METHODS = frozenset({"resolve", "absolute", "as_posix", "joinpath"})
_ADDING = frozenset({"insert", "append"})
_MOST_STEPS = 12


def search_folders(tree: ast.Module, path: str, root: str) -> tuple[str, ...]:
    """
    The folders that the module's own statements add to `sys.path`, where they can be worked out from `__file__`.

    `path` is the module's absolute path, `root` the project's folder: a relative text counts from there, as a
    script is run there, and folders that are not in it are left out.
    """
    names: dict[str, ast.expr] = {}
    found: list[str] = []
    for statement in _statements(tree.body):
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            names[statement.targets[0].id] = statement.value
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            added = _added(statement.value)
            folder = _folder(added, path, names, 0) if added is not None else None
            if folder is not None:
                absolute = os.path.normpath(os.path.join(root, folder))
                if (absolute == root or absolute.startswith(f"{root}{os.sep}")) and os.path.isdir(absolute):
                    found.append(absolute)
    return tuple(dict.fromkeys(found))


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that the module runs, also under an `if` or `try`."""
    for statement in body:
        yield statement
        if isinstance(statement, (ast.If, ast.Try)):
            yield from _statements(statement.body)


def _added(call: ast.Call) -> ast.expr | None:
    """What `sys.path.insert(0, x)`, `sys.path.append(x)` or `site.addsitedir(x)` adds."""
    function = call.func
    if not isinstance(function, ast.Attribute) or not call.args:
        return None
    holder = function.value
    if function.attr == "addsitedir":
        return call.args[0] if isinstance(holder, ast.Name) and holder.id == "site" else None
    if function.attr in _ADDING and isinstance(holder, ast.Attribute) and holder.attr == "path":
        if isinstance(holder.value, ast.Name) and holder.value.id == "sys":
            return call.args[-1]
    return None


def _folder(expression: ast.expr, path: str, names: dict[str, ast.expr], steps: int) -> str | None:
    """The path that an expression gives; None where that cannot be worked out."""
    if steps > _MOST_STEPS:
        return None

    def of(inner: ast.expr) -> str | None:
        return _folder(inner, path, names, steps + 1)

    if isinstance(expression, ast.Constant):
        return expression.value if isinstance(expression.value, str) else None
    if isinstance(expression, ast.Name):
        if expression.id == "__file__":
            return path
        return of(names[expression.id]) if expression.id in names else None
    if isinstance(expression, ast.Attribute) and expression.attr == "parent":
        return _upwards(of(expression.value), 1)
    if isinstance(expression, ast.Subscript):
        number = expression.slice
        if isinstance(expression.value, ast.Attribute) and expression.value.attr == "parents":
            if isinstance(number, ast.Constant) and isinstance(number.value, int) and number.value >= 0:
                return _upwards(of(expression.value.value), number.value + 1)
        return None
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Div):
        return _joined([of(expression.left), of(expression.right)])
    if isinstance(expression, ast.Call) and not expression.keywords:
        function = expression.func
        if isinstance(function, ast.Attribute) and function.attr in _METHODS:
            receiver = of(function.value)
            given = [of(argument) for argument in expression.args]
            return _joined([receiver, *given]) if function.attr == "joinpath" else receiver
        return _of_call(expression, [of(argument) for argument in expression.args])
    return None


def _of_call(call: ast.Call, given: Sequence[str | None]) -> str | None:
    """The path that calling a function with these paths gives."""
    function = call.func
    last = last_name(function)
    if last in ("Path", "PurePath", "join") and given:
        return _joined(given)
    if last == "dirname" and len(given) == 1:
        return _upwards(given[0], 1)
    return given[0] if last in _SAME_FOLDER and len(given) == 1 else None


def _upwards(path: str | None, times: int) -> str | None:
    for _ in range(times):
        path = os.path.dirname(path) if path is not None else None
    return path


def _joined(parts: Sequence[str | None]) -> str | None:
    known = [part for part in parts if part is not None]
    return os.path.normpath(os.path.join(*known)) if len(known) == len(parts) else None
