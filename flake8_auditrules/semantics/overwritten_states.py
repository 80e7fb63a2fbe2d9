"""Overwritten states: files that read as empty when they cannot be read, and that are then written anew."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from flake8_auditrules.knowledge import stores
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_READING = frozenset({"open", "read_bytes", "read_text"})
# How many functions that read the file by others are followed to one that writes it.
_MOST_READERS = 12
_WRITES = frozenset({"dump", "write_bytes", "write_text", "safe_dump"})


def first_overwritten(module: Module, node: ast.AST, body: list[ast.stmt]) -> ast.Call | None:
    """
    The call of a block that reads a file which the function's callers then write anew; None where none does.

    The function gives the same for a file that cannot be read as for one that is not there, and a function of the
    module that calls it writes that file afterwards: what was in it is lost.
    """
    function = module.function_of(node)
    if not isinstance(node, ast.ExceptHandler) or not isinstance(function, _FUNCTIONS):
        return None
    if not gives_none_there(module, node):
        return None
    if "cache" in f"{module.name} {function.name}".lower() or stores.SLIGHT.search(function.name) is not None:
        return None
    for part in handlers.own_parts(body):
        if isinstance(part, ast.Call) and last_name(part) in _READING and not _may_write(part):
            path = _path_of(module, function, part)
            if path is not None and "cache" not in path.lower() and _is_written_by_callers(module, function, path):
                return part
    return None


def gives_none_there(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether a handler only returns nothing, or what the function returns where there is nothing to read."""
    if len(handler.body) != 1 or not isinstance(handler.body[0], ast.Return):
        return False
    answer = handler.body[0].value
    function = module.function_of(handler)
    if not isinstance(function, _FUNCTIONS) or (isinstance(answer, ast.Constant) and answer.value is False):
        return False
    if handlers.is_empty_value(answer):
        return answer is not None
    if not isinstance(answer, (ast.Dict, ast.Call)) or handlers.mentions(handler):
        return False
    same = ast.dump(answer)
    return any(
        isinstance(part, ast.Return)
        and part is not handler.body[0]
        and part.value is not None
        and part.lineno < handler.lineno
        and ast.dump(part.value) == same
        for part in module.own_nodes(function)
    )


def _may_write(call: ast.Call) -> bool:
    """Whether a file is opened with another mode than one for reading."""
    given = [*call.args, *(word.value for word in call.keywords if word.arg == "mode")]
    return any(
        isinstance(mode, ast.Constant)
        and isinstance(mode.value, str)
        and mode.value[:1] in ("w", "a", "x")
        and len(mode.value) <= 3
        for mode in given
    )


def _path_of(module: Module, function: FunctionNode, call: ast.Call) -> str | None:
    """The text of the path that a call reads; of what a local name is given, where there is but one."""
    if isinstance(call.func, ast.Attribute) and last_name(call.func.value) not in ("io", "codecs", "aiofiles"):
        path: ast.expr | None = call.func.value
    else:
        path = call.args[0] if call.args else None
    if isinstance(path, ast.Call) and last_name(path) in ("Path", "str") and len(path.args) == 1:
        path = path.args[0]
    if isinstance(path, ast.Name) and module.function_of(path) is function:
        values = [
            binding.value
            for binding in module.bindings(path)
            if isinstance(getattr(binding, "value", None), ast.expr)
        ]
        parameters = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
        if path.id in parameters:
            return None
        if len(values) == 1 and isinstance(values[0], (ast.Call, ast.Attribute, ast.Name, ast.BinOp)):
            return module.text(values[0], 200)
    return module.text(path, 200) if isinstance(path, (ast.Name, ast.Attribute, ast.Call, ast.BinOp)) else None


def _is_written_by_callers(module: Module, function: FunctionNode, path: str) -> bool:
    """Whether a function that calls this one also writes the file, by itself or through one of the module's."""
    writing = module.keep("functions that write files", _texts_of_writers)
    holder = module.class_of(function)
    by_name = {
        writer.name
        for writer, texts in writing.items()
        if path in texts and writer is not function and module.class_of(writer) is holder
    }
    if not by_name:
        return False
    reading, asked = {function.name}, [function.name]
    while asked and len(reading) < _MOST_READERS:
        for call in module.calls_named(asked.pop()):
            caller = module.function_of(call)
            if not isinstance(caller, _FUNCTIONS) or caller is function:
                continue
            if holder is not None and module.class_of(caller) is not holder:
                continue
            if caller.name in by_name or any(
                isinstance(part, ast.Call) and last_name(part) in by_name and part.lineno >= call.lineno
                for part in module.own_nodes(caller)
            ):
                return True
            if caller.name not in reading and any(
                isinstance(part, ast.Return) and part.value is not None for part in module.own_nodes(caller)
            ):
                # It hands on what it has read.
                reading.add(caller.name)
                asked.append(caller.name)
    return False


def _texts_of_writers(module: Module) -> Mapping[FunctionNode, frozenset[str]]:
    """The functions of a module that write files, with the texts of what they mention."""
    found: dict[FunctionNode, set[str]] = {}
    for name in (*_WRITES, "open"):
        for call in module.calls_named(name):
            function = module.function_of(call)
            if isinstance(function, _FUNCTIONS) and (name != "open" or _may_write(call)):
                found.setdefault(function, set())
    for function, texts in found.items():
        for part in module.own_nodes(function):
            if isinstance(part, (ast.Name, ast.Attribute, ast.Call, ast.BinOp)):
                texts.add(module.text(part, 200))
    return {function: frozenset(texts) for function, texts in found.items()}
