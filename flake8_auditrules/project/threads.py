"""Threads: which functions of a module the threads of other files run, as routes and dependencies are run."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import web
from flake8_auditrules.knowledge.clients import CLIENTS
from flake8_auditrules.knowledge.locks import LOCKS, MUTATING, PLAIN_CONTAINERS
from flake8_auditrules.knowledge.model_loading import LOADERS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.callers import places_that_mean
from flake8_auditrules.project.definitions import class_named, module_at
from flake8_auditrules.project.lifetimes import serves_all
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.locks import held_at
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import Binding, FunctionNode
from flake8_auditrules.semantics.shared_state import runs_first
from flake8_auditrules.semantics.sharing import in_threads

_MOST_FILES = 24
_RUNNING = frozenset(
    {
        "concurrent.futures.ProcessPoolExecutor",
        "concurrent.futures.ThreadPoolExecutor",
        "queue.Queue",
        "subprocess.Popen",
        "threading.Thread",
        "threading.Timer",
    }
)
_LIVING = _RUNNING.union(CLIENTS, LOCKS)
# What runs before the first request comes.
_EARLY = pattern(
    r"lifespan|start_?up|bootstrap|warm|preload|create_app|make_app|build_app|(?:^|_)main$", re.IGNORECASE
)


def thread_elsewhere(project: Project, module: Module, function: FunctionNode) -> str | None:
    """
    What runs a plain function of a module in several threads, where another file of the project says so.

    That is FastAPI, which runs a plain function in `Depends(...)` in a pool of threads, or a plain route that
    calls the function. None where nothing does, and where the program calls the function before the first request.
    """
    if module.class_of(function) is not None or module.function_of(function) is not None or not module.name:
        return None
    if any(_is_early(project, module, use) for use in places_that_mean(project, module, module, function)):
        return None
    runner: str | None = None
    for path in project.files_that_mention(module, function.name, _MOST_FILES) or ():
        other = module_at(project, path)
        for use in places_that_mean(project, other, module, function) if other is not None else ():
            assert other is not None
            if _is_early(project, other, use):
                return None
            runner = runner or _runner(other, use, function)
    return runner


def _is_early(project: Project, module: Module, use: ast.Name | ast.Attribute) -> bool:
    """
    Whether a place calls what it names before the first request comes: at module level, in a lifespan, in the
    constructor of what is made there.
    """
    call = module.parent(use)
    if not isinstance(call, ast.Call) or call.func is not use:
        return False
    function = module.function_of(use)
    while isinstance(function, ast.Lambda):
        function = module.function_of(function)
    if function is None or _EARLY.search(function.name) is not None:
        return True
    holder = module.class_of(function)
    return holder is not None and function.name == "__init__" and serves_all(project, module, holder)


def _runner(module: Module, use: ast.Name | ast.Attribute, function: FunctionNode) -> str | None:
    """What runs a function in threads at a place that names it; None where that is not known."""
    parent = module.parent(use)
    if not isinstance(parent, ast.Call) or held_at(module, use):
        return None
    if parent.func is not use:
        if module.callee(parent) in web.DEPENDENCIES and module.argument(parent, "dependency", 0) is use:
            return f"the dependency `{function.name}`"
        return None
    caller = module.function_of(parent)
    return in_threads(module).get(caller) if isinstance(caller, ast.FunctionDef) else None


def holds_something(project: Project, module: Module, made: ast.expr) -> bool | None:
    """
    Whether what an expression makes holds something of which two objects have one each: a connection, a lock, a
    model, a list or dict that its methods fill. None where that is not known, as of most classes of libraries.
    """
    if not isinstance(made, ast.Call):
        return None
    name = module.callee(made)
    if name is None:
        return None
    if name in LOADERS or module.instance_of(made) in _LIVING:
        return True
    found = class_named(project, module, name)
    return _has_something(*found) if found is not None else None


def _has_something(module: Module, holder: ast.ClassDef) -> bool:
    for attribute, uses in module.members(holder).attributes.items():
        made = {module.instance_of(binding.value) for binding, _ in uses if binding.value is not None}
        if not _LIVING.isdisjoint(made):
            return True
        if not PLAIN_CONTAINERS.isdisjoint(made) and any(
            _is_filled(module, use) and not _runs_first(module, module.function_of(use))
            for use in module.attributes_named(attribute)
        ):
            return True
        if _is_loaded_later(module, uses):
            return True
    return False


def _is_loaded_later(module: Module, uses: list[tuple[Binding, FunctionNode | None]]) -> bool:
    """Whether an attribute is None at first, and a method loads by a call what it then holds."""
    is_empty_first = is_loaded = False
    for binding, function in uses:
        is_first = function is not None and runs_first(module, function)
        if is_first and isinstance(binding.value, ast.Constant) and binding.value.value is None:
            is_empty_first = True
        elif not is_first and function is not None and isinstance(binding.value, ast.Call):
            is_loaded = is_loaded or _LOADING.search(last_name(binding.value)) is not None
    return is_empty_first and is_loaded


_LOADING = pattern(r"(?:^|_)(?:load|download|fetch|connect|open|read|graph|from_pretrained)(?:_|$)")


def _is_filled(module: Module, use: ast.Attribute) -> bool:
    """Whether a place puts something into what an attribute holds."""
    parent = module.parent(use)
    if isinstance(parent, ast.Subscript):
        return parent.value is use and not isinstance(parent.ctx, ast.Load)
    return isinstance(parent, ast.Attribute) and parent.attr in MUTATING


def _runs_first(module: Module, function: FunctionNode | ast.Lambda | None) -> bool:
    return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and runs_first(module, function)
