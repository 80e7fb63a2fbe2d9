"""Where a text of a request becomes a path of the server, through the functions of the project."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import paths
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.value_sinks import Taking, ValueSink, value_sinks
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.request_values import Part, RequestValue, field_name, is_flask_upload
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.secret_names import words

_MAXIMUM_HOPS = 3
# The last words of fields by which a client names a place on the server, as a local tool is told what to read.
_PLACES = frozenset({("path",), ("directory",), ("dir",), ("folder",), ("workdir",), ("cwd",)})


def path_sinks(project: Project, module: Module, function: FunctionNode) -> Iterator[ValueSink]:
    """The calls that open or change what a route's request names, each with the value, looked at or not."""
    return value_sinks(project, module, function, Taking("paths", _path_of, _leads_out))


def _path_of(module: Module, call: ast.Call) -> ast.expr | None:
    """The path that a call opens or changes."""
    function = call.func
    taken = paths.FUNCTIONS.get(module.qualname(function) or "")
    if taken is not None:
        return module.argument(call, *taken)
    if isinstance(function, ast.Attribute) and function.attr == "save" and call.args:
        # `request.files["file"].save(path)`, where the upload's class is Werkzeug's.
        return call.args[0] if is_flask_upload(module, function.value) else None
    if isinstance(function, ast.Attribute) and function.attr in paths.METHODS:
        # Of a `Path`: what has such a method and is made of a text by `/` or `Path` is one.
        return function.value
    return None


def _leads_out(module: Module, call: ast.Call, path: ast.expr, value: RequestValue) -> bool:
    """
    Whether the value can lead out of its folder.

    One segment of a URL's path holds no slash: it can only be `..`, which matters where a folder is meant, or
    where more of the path comes after it, unless that is the name of the one file that is read. What begins in the
    middle of a name, `f"{number}_{name}"`, makes of `..` a part of a folder's name that is not there.
    """
    if _is_glued(module, value.node) or _is_meant_as_path(module, call, path, value):
        return False
    if value.part is not Part.SEGMENT:
        return True
    last = last_name(call)
    if last in paths.OF_FOLDERS:
        return _ends_with(module, path, value)
    behind = _parts_behind(module, path, value)
    return any(not isinstance(part, ast.Constant) for part in behind) or (
        bool(behind) and not _only_reads(module, call)
    )


def _is_meant_as_path(module: Module, call: ast.Call, path: ast.expr, value: RequestValue) -> bool:
    """
    Whether a field that is called a path or folder is where the path begins: the client may name any.

    So may a parameter of the URL where the folder's names are all that is asked for.
    """
    if words(field_name(value.node))[-1:] not in _PLACES:
        return False
    if value.part is not Part.FIELD and not (value.part is Part.PARAMETER and last_name(call) in paths.LISTING):
        return False
    return module.source(_parts(module, path)[0]) == module.source(value.node)


def _is_glued(module: Module, value: ast.expr) -> bool:
    """Whether an f-string puts a value right behind a text that does not end with a slash."""
    formatted = module.parent(value)
    text = module.parent(formatted) if isinstance(formatted, ast.FormattedValue) else None
    if not isinstance(text, ast.JoinedStr) or not isinstance(formatted, ast.FormattedValue):
        return False
    number = text.values.index(formatted)
    before = text.values[number - 1] if number else None
    return isinstance(before, ast.Constant) and not str(before.value).endswith(("/", "\\", "'", '"'))


def _ends_with(module: Module, path: ast.expr, value: RequestValue) -> bool:
    """Whether the path's last part is the value alone: `base / name`."""
    last = _parts(module, path)[-1:]
    return bool(last) and module.source(last[0]) == module.source(value.node)


def _parts_behind(module: Module, path: ast.expr, value: RequestValue) -> list[ast.expr]:
    """The parts of a path that come after the value."""
    parts = _parts(module, path)
    places = [number for number, part in enumerate(parts) if module.source(part) == module.source(value.node)]
    return parts[places[-1] + 1 :] if places else []


def _only_reads(module: Module, call: ast.Call) -> bool:
    """Whether a call reads a file and changes nothing."""
    if last_name(call) not in paths.OPENING:
        return last_name(call) in paths.READING
    given = module.argument(call, "mode", int(module.qualname(call.func) in paths.FUNCTIONS))
    return given is None or (isinstance(given, ast.Constant) and str(given.value).startswith("r"))


def _parts(module: Module, path: ast.expr, hops: int = 0) -> list[ast.expr]:
    """The parts that a path is joined of, local variables followed."""
    if hops > _MAXIMUM_HOPS:
        return [path]
    if isinstance(path, ast.BinOp) and isinstance(path.op, ast.Div):
        return [*_parts(module, path.left, hops), *_parts(module, path.right, hops)]
    if isinstance(path, ast.Call) and module.qualname(path.func) in paths.BUILDERS:
        return [part for argument in path.args for part in _parts(module, argument, hops)]
    if isinstance(path, ast.JoinedStr):
        return _parts_of_text(path)
    if isinstance(path, ast.Name):
        bindings = module.bindings(path)
        if (
            len(bindings) == 1
            and bindings[0].value is not None
            and isinstance(bindings[0].value, (ast.BinOp, ast.Call, ast.JoinedStr))
        ):
            return _parts(module, bindings[0].value, hops + 1)
    return [path]


def _parts_of_text(text: ast.JoinedStr) -> list[ast.expr]:
    """The values of an f-string that stand between slashes as they are; other segments are one part each."""
    parts: list[ast.expr] = []
    for number, value in enumerate(text.values):
        if not isinstance(value, ast.FormattedValue):
            parts.append(value)
            continue
        before, after = text.values[number - 1] if number else None, text.values[number + 1 : number + 2]
        starts = before is None or (isinstance(before, ast.Constant) and str(before.value).endswith("/"))
        ends = not after or (isinstance(after[0], ast.Constant) and str(after[0].value).startswith("/"))
        parts.append(value.value if starts and ends else value)
    return parts
