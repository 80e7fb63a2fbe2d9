"""Self-waits: plain functions that wait, on the event loop's own thread, for what only that loop can run."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind

SUBMISSION = "asyncio.run_coroutine_threadsafe"
_RUNNING_LOOP = "asyncio.get_running_loop"
_ANY_LOOP = "asyncio.get_event_loop"


def wait_for_own_loop(module: Module, submission: ast.Call) -> ast.Call | None:
    """
    The call of `result()` that waits for a coroutine which `submission` hands to this thread's own running loop.

    `submission` is a call of `asyncio.run_coroutine_threadsafe`. The loop is this thread's own where the same
    plain function has it from `asyncio.get_running_loop()`, which raises elsewhere, or from
    `asyncio.get_event_loop()` and has found it running: the wait never ends. None where that is not certain.
    """
    function = module.function_of(submission)
    if not isinstance(function, ast.FunctionDef) or not _is_own_loop(module, submission, function):
        return None
    parent = module.parent(submission)
    if isinstance(parent, ast.Attribute):
        call = module.parent(parent)
        return call if parent.attr == "result" and isinstance(call, ast.Call) and call.func is parent else None
    for call in module.calls_named("result"):
        receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
        if not isinstance(receiver, ast.Name) or module.function_of(call) is not function:
            continue
        if _values_reaching(module, receiver, function) == [submission]:
            return call
    return None


def _is_own_loop(module: Module, submission: ast.Call, function: ast.FunctionDef) -> bool:
    loop = module.argument(submission, "loop", 1)
    if isinstance(loop, ast.Call):
        return module.callee(loop) == _RUNNING_LOOP
    if not isinstance(loop, ast.Name) or _is_compared(module, loop.id, function):
        return False
    values = _values_reaching(module, loop, function)
    made = [value for value in values if not (isinstance(value, ast.Constant) and value.value is None)]
    names = {module.callee(value) if isinstance(value, ast.Call) else None for value in made}
    return names == {_RUNNING_LOOP} or (
        names == {_ANY_LOOP} and _has_found_it_running(module, submission, loop.id, function)
    )


def _values_reaching(module: Module, name: ast.Name, function: ast.FunctionDef) -> list[ast.expr | None]:
    """What a local name may hold where it is read; None for what is not bound by `name = value`."""
    owner = module.owner_of(name)
    if owner is None or owner.node is not function:
        return [None]
    sites = module.flow(function).definitions_reaching(name.id, name)
    bindings = [module.names.binding(site) for site in sites]
    return [one.value if one.kind is BindingKind.ASSIGNMENT else None for one in bindings]


def _is_compared(module: Module, name: str, function: ast.FunctionDef) -> bool:
    """Whether a function compares a loop with another one, or its thread: it then tells its own from others."""
    return any(
        isinstance(one, ast.Compare)
        and any(last_name(part) == name for side in (one.left, *one.comparators) for part in ast.walk(side))
        and not any(isinstance(other, ast.Constant) for other in one.comparators)
        for one in module.own_nodes(function)
    )


def _has_found_it_running(module: Module, node: ast.AST, name: str, function: ast.FunctionDef) -> bool:
    """Whether a place stands in the body of an `if` that asks for `name.is_running()`."""
    child = node
    for ancestor in module.ancestors(node):
        if ancestor is function:
            return False
        if isinstance(ancestor, ast.If) and child in ancestor.body:
            parts = ancestor.test.values if isinstance(ancestor.test, ast.BoolOp) else [ancestor.test]
            is_all = not isinstance(ancestor.test, ast.BoolOp) or isinstance(ancestor.test.op, ast.And)
            if is_all and any(_asks_whether_running(part, name) for part in parts):
                return True
        child = ancestor
    return False


def _asks_whether_running(test: ast.expr, name: str) -> bool:
    return (
        isinstance(test, ast.Call)
        and isinstance(test.func, ast.Attribute)
        and test.func.attr == "is_running"
        and last_name(test.func.value) == name
    )
