"""Caught above: functions whose failures, beyond those that they take themselves, somebody further up takes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.project.definitions import module_at
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.narrow_handlers import is_covered
from flake8_auditrules.semantics.routes import role_of
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 3
_MOST_FILES = 16
# Decorators that change how a function is looked up, not what becomes of what it raises.
_BINDING = frozenset({"abstractmethod", "classmethod", "override", "property", "staticmethod"})


def may_be_caught_above(project: Project, module: Module, function: FunctionNode) -> bool:
    """
    Whether what a function lets out may be taken before it ends a request, a task or the program.

    Callers are known by the function's name alone, so that those of another class count, too: any of them in a
    `try` for all failures, or three calls further up, is enough. A decorator may take what it likes, and of a name
    that many files say nothing is sure.
    """
    return _may_be(project, module, function, 0)


def _may_be(project: Project, module: Module, function: FunctionNode, hops: int) -> bool:
    if role_of(module, function) is not None:
        # What calls it is the framework.
        return False
    if any(last_name(one) not in _BINDING for one in function.decorator_list):
        return True
    if hops >= _MAXIMUM_HOPS:
        return False
    callers = _calls_of(project, module, function)
    if callers is None:
        return True
    for home, call in callers:
        if is_covered(home, call):
            return True
        around = home.function_of(call)
        if isinstance(around, _FUNCTIONS) and around is not function and _may_be(project, home, around, hops + 1):
            return True
    return False


def _calls_of(project: Project, module: Module, function: FunctionNode) -> list[tuple[Module, ast.Call]] | None:
    """The calls in the project of what has a function's name, and those that are given it; None for too many."""
    name = function.name
    if name == "__init__":
        holder = module.class_of(function)
        name = holder.name if holder is not None else name
    if name.startswith("__"):
        return None
    places = project.files_that_mention(module, name, _MOST_FILES)
    if places is None:
        return None
    homes = [module, *(home for path in places if (home := module_at(project, path)) is not None)]
    return [(home, call) for home in homes for call in _mentions(home, name)]


def _mentions(module: Module, name: str) -> Iterator[ast.Call]:
    yield from module.calls_named(name)
    for use in (*module.attributes_named(name), *module.nodes(ast.Name)):
        # `to_thread(fetch, url)`, `map(self.fetch, urls)`.
        parent = module.parent(use)
        if isinstance(parent, ast.Call) and parent.func is not use and last_name(use) == name:
            yield parent
