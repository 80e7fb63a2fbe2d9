"""Own-loop calls: coroutines that synchronous code alone runs, each time in an event loop of its own."""

from __future__ import annotations

import ast

from flake8_auditrules.project.command_calls import possible_callers
from flake8_auditrules.project.definitions import module_named
from flake8_auditrules.project.facts import OWN_LEVEL, FunctionFacts, ModuleFacts, Site
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.own_loops import RUNNERS, is_called_often
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MOST_STEPS = 4
_RUNNERS = RUNNERS | {"anyio.run", "trio.run", "asgiref.sync.async_to_sync"}
# What is called so may run once, for as long as the process lives.
_LONG_LIVED = frozenset({"__init__", "cli", "main", "run", "serve", "setup", "start", "startup"})


def runs_in_loops_of_its_own(project: Project, module: Module, function: FunctionNode) -> bool:
    """
    Whether all ways to a coroutine begin in synchronous code that runs it in a new event loop, and does so often.

    Such are tasks of a queue and methods of objects; a program's `main` runs one loop for as long as it lives.
    What objects of asyncio one loop has made, another cannot use.
    """
    facts = project.facts(module.path)
    known = facts.function(module.definition(function)) if facts is not None else None
    if facts is None or known is None or not known.is_async:
        return False
    pending, seen = [(facts, known, 0)], {(facts.name, known.name)}
    is_run = False
    while pending:
        home, called, steps = pending.pop()
        callers = possible_callers(project, module, home, called)
        if not callers:
            return False
        for place, caller, site in callers:
            if not caller.is_async:
                if not _starts_loop(project, module, place, caller, site):
                    return False
                is_run = True
                continue
            key = (place.name, caller.name)
            if key in seen:
                continue
            seen.add(key)
            if caller.decorators or steps == _MOST_STEPS:
                return False
            pending.append((place, caller, steps + 1))
    return is_run


def _starts_loop(project: Project, module: Module, place: ModuleFacts, caller: FunctionFacts, site: Site) -> bool:
    """Whether a call of a coroutine in a plain function is handed to what starts a loop, on each of many calls."""
    if caller.name == OWN_LEVEL or caller.name.rpartition(".")[2] in _LONG_LIVED:
        return False
    home = module if place.name == module.name else module_named(project, module, place.name)
    if home is None:
        return False
    call = next((one for one in home.nodes(ast.Call) if site.is_at(one)), None)
    function = home.function_of(call) if call is not None else None
    if call is None or not isinstance(function, _FUNCTIONS) or not is_called_often(home, function):
        return False
    return any(isinstance(one, ast.Call) and _is_runner(home, one) for one in home.ancestors(call))


def _is_runner(module: Module, call: ast.Call) -> bool:
    """Whether a call runs what it is given in a loop, itself or by a function of its module that does."""
    if module.callee(call) in _RUNNERS or getattr(call.func, "attr", "") == "run_until_complete":
        return True
    helper = module.called_function(call)
    return isinstance(helper, ast.FunctionDef) and any(
        isinstance(one, ast.Call) and module.callee(one) in _RUNNERS for one in module.own_nodes(helper)
    )
