"""Item calls: calls in loops that ask the database for the loop's item further down, in the project."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import methods_on_state
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.row_queries import Behind, query_behind
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.concurrent_sessions import shared_sessions
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.row_loops import (
    Loop,
    asks_by_session,
    calls_for_items,
    is_for_effect,
    is_for_one_item,
    is_group,
    is_long,
    is_made_in,
    is_of_turn,
    is_over_rows,
    is_unit_of_work,
    names_made,
)
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.turn_work import does_work, is_set_up

# What plain keys are called, of which a client lists a few.
_KEYS = pattern(
    r"(?:^|_)(?:addresses|codes|emails|guids|ids?|keys|ks|logins|names|paths|refs|secrets|slugs|symbols|tags|topics|uris"
    r"|urls|usernames|uuids)$"
)
_PASSING = frozenset(
    f"builtins.{name}" for name in ("dict.fromkeys", "enumerate", "list", "reversed", "set", "sorted", "tuple")
)
# Objects that keep what a program has made known to them as it started.
_REGISTRY = pattern(r"(?:Registry|registry)$")
# Arguments that say how much one call may give.
_LIMITING = pattern(r"(?:max_)?(?:limit|n|results|rows|top|top_k)|limit_\w+|\w+_limit")
# Methods that go through what is in memory.
_IN_MEMORY = frozenset(
    {
        "findall",
        "finditer",
        "getchildren",
        "glob",
        "iter",
        "iterdir",
        "iterfind",
        "rglob",
        "scandir",
        "split",
        "splitlines",
        "walk",
    }
)


class ItemCall(NamedTuple):
    """A call in a loop that asks for the loop's item; `behind` is None where a session is handed over unseen."""

    call: ast.Call
    loop: Loop
    behind: Behind | None


def item_calls(project: Project, module: Module, is_told: Callable[[Loop], bool]) -> Iterator[ItemCall]:
    """The calls in a module's loops that ask for their item each time, but for loops that `is_told` knows."""
    suited: dict[Loop, bool] = {}
    for call, loop in calls_for_items(module):
        if loop not in suited:
            suited[loop] = (
                is_over_rows(module, loop.iter, 0)
                and is_long(module, loop)
                and not is_unit_of_work(loop)
                and not does_work(module, loop)
                and not is_set_up(module, loop)
                and not _is_over_memory(module, loop.iter)
            )
        if not suited[loop] or is_told(loop):
            continue
        made = names_made(module, loop, call)
        is_unknown = _is_unknown(project, module, call)
        if is_unknown and not asks_by_session(module, call, made):
            continue
        if any(shared.call in module.ancestors(call) for shared in shared_sessions(module)):
            continue
        if any(
            (isinstance(given, ast.Name) and given.id not in made and is_made_in(module, loop, given))
            or is_of_turn(module, loop, given)
            for given in (*call.args, *(keyword.value for keyword in call.keywords))
        ):
            continue
        if any(is_group(given) and mentions(given, made) for given in call.args):
            continue
        if is_for_one_item(module, call, loop) or is_for_effect(module, call) or _is_limited(call):
            continue
        behind = None if is_unknown else query_behind(project, module, call, made)
        if (is_unknown or behind is not None) and not _is_over_listed_keys(module, loop.iter):
            yield ItemCall(call, loop, behind)


def _is_over_memory(module: Module, iterable: ast.expr) -> bool:
    """Whether a loop runs over what is in memory, a handful: parts of a text or a document, a registry."""
    iterable = _value_of(module, _first_of(module, iterable))
    return (
        isinstance(iterable, ast.Call)
        and isinstance(iterable.func, ast.Attribute)
        and (iterable.func.attr in _IN_MEMORY or _REGISTRY.search(last_name(iterable.func.value)) is not None)
    )


def _is_over_listed_keys(module: Module, iterable: ast.expr) -> bool:
    """Whether a loop of a route runs over plain keys that the client lists in its request: `body.author_ids`."""
    iterable = _value_of(module, _first_of(module, iterable))
    if not isinstance(iterable, (ast.Name, ast.Attribute)) or _KEYS.search(last_name(iterable)) is None:
        return False
    root = iterable.value if isinstance(iterable, ast.Attribute) else iterable
    if not isinstance(root, ast.Name):
        return False
    bindings = module.bindings(root)
    return (
        bool(bindings)
        and all(binding.kind is BindingKind.PARAMETER for binding in bindings)
        and is_route(module, module.enclosing(bindings[0].site, ast.FunctionDef, ast.AsyncFunctionDef))
    )


def _value_of(module: Module, expression: ast.expr) -> ast.expr:
    """What a name is assigned, where that is once; everything else as it is."""
    bindings = module.bindings(expression) if isinstance(expression, ast.Name) else []
    value = bindings[0].value if len(bindings) == 1 else None
    if value is None or bindings[0].kind is not BindingKind.ASSIGNMENT:
        return expression
    return _first_of(module, value)


def _first_of(module: Module, iterable: ast.expr) -> ast.expr:
    """What an iterable gives the items of: `sorted(names or ())`, `list(dict.fromkeys(names))`."""
    while True:
        if isinstance(iterable, ast.BoolOp):
            iterable = iterable.values[0]
        elif isinstance(iterable, ast.Call) and iterable.args and module.qualname(iterable.func) in _PASSING:
            iterable = iterable.args[0]
        else:
            return iterable


def _is_limited(call: ast.Call) -> bool:
    """Whether a call asks for so many rows of each item: one statement for all would be another one."""
    return any(keyword.arg is not None and _LIMITING.fullmatch(keyword.arg) for keyword in call.keywords)


def _is_unknown(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether a call calls something that the project does not define, as far as that can be told."""
    callee = module.callee(call)
    if callee is None:
        return not methods_on_state(project, module, call)
    if module.instances.local_function(callee) is not None:
        return False
    return project.elsewhere(module.path).graph.split(callee) is None
