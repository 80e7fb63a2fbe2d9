"""Work in memory: blocks that only turn values into others, and ask no file, network, database or process."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_auditrules.knowledge import harmless, memory
from flake8_auditrules.knowledge.ownership import PLAIN_BASES
from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.definitions import Definition, answer_behind, class_named, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, reads_as_class, uncalled
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.stubs import is_stub
from flake8_auditrules.semantics.work import asks_store

_MAXIMUM_HOPS = 4
# Statements whose work is not told by the calls in them.
_OPEN_ENDED = (ast.AsyncWith, ast.AsyncFor, ast.Yield, ast.YieldFrom, ast.Import)
_BINDING = frozenset({"classmethod", "property", "staticmethod"})
_MAKERS = frozenset({"__init__", "__new__", "__post_init__", "model_post_init"})
# Bases of classes whose objects are made of what they are given.
_OF_VALUES = PLAIN_BASES | {
    "enum.Enum",
    "enum.IntEnum",
    "enum.StrEnum",
    "pydantic.BaseModel",
    "typing.NamedTuple",
    "typing.TypedDict",
}


def works_in_memory(project: Project, module: Module, block: Sequence[ast.stmt]) -> bool:
    """
    Whether all that a block calls, functions of the project followed, works on values that the program holds.

    What such a block raises tells of a value of another kind than it thought: no address, path, key or statement.
    """
    return _is_in_memory(project, module, block, 0)


def _is_in_memory(project: Project, module: Module, block: Sequence[ast.stmt], hops: int) -> bool:
    for part in own_parts(list(block)):
        if isinstance(part, _OPEN_ENDED):
            return False
        if isinstance(part, ast.ImportFrom) and not _is_of_project(module, part):
            return False
        if isinstance(part, ast.With) and not all(_is_lock(item.context_expr) for item in part.items):
            return False
        if isinstance(part, ast.Call) and not _reaches_nothing(project, module, part, hops):
            return False
    return True


def _is_of_project(module: Module, statement: ast.ImportFrom) -> bool:
    return bool(statement.level) or (statement.module or "").partition(".")[0] == module.name.partition(".")[0]


def _is_lock(entered: ast.expr) -> bool:
    return isinstance(entered, (ast.Name, ast.Attribute)) and last_name(entered).lower().endswith("lock")


def _reaches_nothing(project: Project, module: Module, call: ast.Call, hops: int) -> bool:
    """Whether a call, with all that it calls in turn, works on values in memory alone."""
    if call in log_calls(module) or isinstance(module.parent(call), ast.Raise):
        return True
    callee = module.callee(call)
    if callee in memory.CALLS or callee in harmless.CALLS or _calls_itself(module, call):
        return True
    if isinstance(call.func, ast.Name) and call.func.id == "cls":
        holder = module.class_of(around) if (around := module.function_of(call)) is not None else None
        return holder is not None and hops < _MAXIMUM_HOPS and _is_made_in_memory(project, module, holder, hops)
    if hops < _MAXIMUM_HOPS and callee is not None:
        found = answer_behind(
            project,
            module,
            call,
            "works in memory",
            hops,
            lambda: _is_function_in_memory(project, definition_of(project, module, call), hops),
        )
        if found:
            return True
        held = class_named(project, module, callee)
        if held is not None:
            return _is_made_in_memory(project, *held, hops)
    if not isinstance(call.func, ast.Attribute) or module.awaited(call):
        return False
    name = call.func.attr
    if name in memory.METHODS:
        return callee is None or callee.startswith("builtins.")
    if name not in memory.OF_CONTAINERS or reads_as_class(last_name(call.func.value)):
        return False
    return (callee is None or callee.startswith("builtins.")) and not asks_store(module, call)


def _calls_itself(module: Module, call: ast.Call) -> bool:
    """Whether a function calls itself: what else it calls is looked at as it is."""
    around = module.function_of(call)
    return (
        isinstance(call.func, ast.Name)
        and isinstance(around, (ast.FunctionDef, ast.AsyncFunctionDef))
        and around.name == call.func.id
        and module.called_function(call) is around
    )


def _is_function_in_memory(project: Project, found: Definition | None, hops: int) -> bool:
    if found is None or is_stub(found.function):
        return False
    function: FunctionNode = found.function
    return all(last_name(uncalled(one)) in _BINDING for one in function.decorator_list) and _is_in_memory(
        project, found.module, function.body, hops + 1
    )


def _is_made_in_memory(project: Project, module: Module, holder: ast.ClassDef, hops: int) -> bool:
    """Whether an object of a class is made of what it is given: what its constructors call is in memory too."""
    line = class_line(project, module, holder)
    return line.other_names() <= _OF_VALUES and all(
        _is_in_memory(project, home, part.body, hops + 1)
        for home, one in line.classes
        for part in one.body
        if isinstance(part, ast.FunctionDef) and part.name in _MAKERS
    )
