"""Event loops of their own: a client cannot be shared between two of them."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_OWN_LOOPS = frozenset(
    {
        "asyncio.run",
        "asyncio.AbstractEventLoop.run_until_complete",
        "asyncio.Runner.run",
        "anyio.run",
        "trio.run",
        "asgiref.sync.async_to_sync",
    }
)


def runs_in_own_loop(module: Module, call: ast.Call) -> bool:
    """Whether a coroutine is made for an event loop of its own: `asyncio.run(fetch(url))`."""
    runner = module.parent(call)
    return isinstance(runner, ast.Call) and call in runner.args and module.callee(runner) in _OWN_LOOPS


def may_run_in_own_loop(module: Module, call: ast.Call) -> bool:
    """Whether code of this module runs the function around a call in a new event loop, itself or by others."""
    run = module.keep("run in own loops", _run_in_own_loops)
    return run is None or any(getattr(one, "name", "") in run for one in module.ancestors(call))


def _run_in_own_loops(module: Module) -> frozenset[str] | None:
    """
    The last names of what the module runs in new event loops, and of what that calls; None where it runs anything.

    Coroutines of two event loops cannot share an async client.
    """
    pending: list[str] = []
    for call in module.calls_named("run", "run_until_complete", "async_to_sync"):
        if module.called(call, _OWN_LOOPS) is None:
            continue
        run = call.args[0] if call.args else None
        if isinstance(run, ast.Call):
            pending.append(last_name(run.func))
        elif isinstance(run, ast.Attribute):
            pending.append(run.attr)
        elif isinstance(run, ast.Name) and any(
            binding.kind in (BindingKind.FUNCTION, BindingKind.IMPORT) for binding in module.bindings(run)
        ):
            pending.append(run.id)
        else:
            return None
    if not pending:
        return frozenset()
    by_name: dict[str, list[FunctionNode]] = {}
    for one in (*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)):
        if isinstance(one, _FUNCTIONS):
            by_name.setdefault(one.name, []).append(one)
    found: set[str] = set()
    while pending:
        name = pending.pop()
        if name in found:
            continue
        found.add(name)
        for function in by_name.get(name, ()):
            # What it hands on counts as what it calls.
            pending.extend(
                last_name(node)
                for node in ast.walk(function)
                if isinstance(node, (ast.Name, ast.Attribute)) and last_name(node) in by_name
            )
    return frozenset(found)
