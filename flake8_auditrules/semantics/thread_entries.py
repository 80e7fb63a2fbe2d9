"""Thread entries: the functions of a module that another thread than the event loop's runs."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.offloading import CALLBACK_CLASSES, CALLBACK_HOLDERS, HANDED_OFF
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import Role, roles
from flake8_auditrules.semantics.scopes import FunctionNode

_OWN_PROCESS = ("multiprocessing.", "anyio.to_process", "concurrent.futures.Process", "gevent", "aiofiles")
_THREADED = {name: place for name, place in HANDED_OFF.items() if not name.startswith(_OWN_PROCESS)}
_TAILS = frozenset(name.rpartition(".")[2] for name in _THREADED)
_ROLES = frozenset({Role.ROUTE, Role.DEPENDENCY})
_THREAD_CLASSES = frozenset({"threading.Thread", "threading.Timer"})
# An MQTT client that is driven so has no thread of its own: the event loop tells it when there is something to do.
_DRIVEN_BY_HAND = ("loop_read", "loop_write", "loop_misc")
_MOST_CALLS = 3
_LOOP_FUNCTIONS = frozenset(
    {
        "new_event_loop",
        "set_event_loop",
        "get_running_loop",
        "is_running",
        "run_until_complete",
        "run_forever",
        "get_event_loop",
        "in_async_context",
    }
)


def thread_entries(module: Module) -> dict[FunctionNode | ast.Lambda, str]:
    """
    The plain functions of this module that a thread without an event loop runs, with what starts them there.

    What is handed to a thread, an executor or a library that calls back from its own thread, plain `def`
    routes and dependencies of FastAPI and Starlette, and what all these call in this module.
    """
    return module.keep("thread entries", _thread_entries)


def _thread_entries(module: Module) -> dict[FunctionNode | ast.Lambda, str]:
    found: dict[FunctionNode | ast.Lambda, str] = {}
    if module.imports("fastapi", "starlette"):
        for function, role in roles(module).items():
            if isinstance(function, ast.FunctionDef) and role in _ROLES and not _is_cooperative(module, function):
                found[function] = f"the {role.value} `{function.name}`"
    for call in module.calls_named(*_TAILS):
        name = module.called(call, _THREADED)
        if name is None:
            continue
        position, keyword = _THREADED[name]
        given = module.argument(call, keyword, position)
        if given is not None:
            _add(module, found, given, f"`{module.text(call.func)}`")
    _add_callbacks(module, found)
    _add_called(module, found)
    return found


def _is_cooperative(module: Module, function: ast.FunctionDef) -> bool:
    """Whether a view is one of a framework that has no event loop at all, in a module that uses both."""
    return any(
        isinstance(decorator, ast.Call) and (module.callee(decorator) or "").startswith(("flask.", "django."))
        for decorator in function.decorator_list
    )


def _add(module: Module, found: dict[FunctionNode | ast.Lambda, str], given: ast.expr, entry: str) -> None:
    if isinstance(given, ast.Lambda):
        found.setdefault(given, entry)
        return
    function = _function_named(module, given)
    if isinstance(function, ast.FunctionDef):
        found.setdefault(function, entry)


def _function_named(module: Module, expression: ast.expr) -> FunctionNode | None:
    """The function or method of this module that an expression names."""
    if isinstance(expression, ast.Call) and module.callee(expression) == "functools.partial" and expression.args:
        expression = expression.args[0]
    return module.function_behind(expression)


def _add_callbacks(module: Module, found: dict[FunctionNode | ast.Lambda, str]) -> None:
    """Add what libraries call from threads of their own, and the `run` of the module's own threads."""
    for node in module.nodes(ast.ClassDef):
        ancestry = module.instances.ancestry(module.definition(node)) if node.bases else ()
        for name, method in module.members(node).methods.items():
            if not isinstance(method, ast.FunctionDef):
                continue
            if name == "run" and not _THREAD_CLASSES.isdisjoint(ancestry):
                found.setdefault(method, f"the thread `{node.name}`")
            for ancestor in ancestry:
                if ancestor in CALLBACK_CLASSES and name.startswith("on_"):
                    found.setdefault(method, f"`{ancestor}`")
    if not module.imports(*{holder.partition(".")[0] for holder in CALLBACK_HOLDERS}):
        return
    if next(module.calls_named(*_DRIVEN_BY_HAND), None) is not None:
        return
    for assignment in module.nodes(ast.Assign):
        target = assignment.targets[0]
        if isinstance(target, ast.Attribute) and target.attr.startswith("on_"):
            holder = module.instance_of(target.value)
            if holder is not None and not CALLBACK_HOLDERS.isdisjoint(module.instances.ancestry(holder)):
                _add(module, found, assignment.value, f"`{holder}`")


def _add_called(module: Module, found: dict[FunctionNode | ast.Lambda, str]) -> None:
    """Add the plain functions of this module that the found ones call, a few calls deep."""
    fringe = list(found)
    for _ in range(_MOST_CALLS):
        following: list[FunctionNode | ast.Lambda] = []
        for function in fringe:
            if isinstance(function, ast.Lambda):
                continue
            for part in module.own_nodes(function):
                if not isinstance(part, ast.Call):
                    continue
                called = _function_named(module, part.func)
                if isinstance(called, ast.FunctionDef) and called not in found:
                    found[called] = found[function]
                    following.append(called)
        fringe = following


def minds_loops(module: Module, function: FunctionNode | ast.Lambda) -> bool:
    """Whether a function makes an event loop of its own or looks whether one is running."""
    if isinstance(function, ast.Lambda):
        return False
    return any(
        isinstance(part, ast.Call) and (last_name(part) in _LOOP_FUNCTIONS) for part in module.own_nodes(function)
    )


def makes_loops(module: Module) -> bool:
    """Whether the module makes event loops, which may be those that its threads run."""
    return "new_event_loop" in module.calls_by_name()
