"""Containers that only grow, by a key that each request or job brings."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.keyed_state.containers import (
    containers,
    is_of_all_objects,
    is_taken_from,
    may_grow,
)
from flake8_auditrules.semantics.keyed_state.entries import added_key, keeps_much, loses_parts, only_looks_or_adds
from flake8_auditrules.semantics.keyed_state.keys import (
    ANY_KEY,
    brings_keys,
    is_called_with_fixed_values,
    is_made_on_call,
    is_parameter,
    is_state_of_file,
    telling_names,
)
from flake8_auditrules.semantics.keyed_state.requests import (
    classes_with_routes,
    is_reset,
    limiters,
    request_functions,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import (
    Access,
    AccessKind,
    Variable,
    accesses,
    runs_first,
)
from flake8_auditrules.semantics.sharing import is_shared

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What a process has a handful of, for all that a file alone tells: parts of the operator's set-up, files to read.
_FEW_KEY = pattern(
    r"(?:^|_)(?:tenant|account|customer|org|team|project|workspace|api_?key|path|file)(?:_?id|_?key)?s?$",
    re.IGNORECASE,
)
# What has been told once is not told again: there is as much of it as goes wrong.
_TOLD = pattern(r"(?:^|_)(?:warned|logged|reported)(?:_|$)", re.IGNORECASE)
# What is counted for each, as long as the process lives.
_TOTALS = pattern(r"(?:^|_)(?:counters|counts|stats|totals)$", re.IGNORECASE)


class Growing(NamedTuple):
    """
    A place that adds an entry under a key which comes from outside: the node, the container, the key, and the
    function. `is_shared` tells whether the module alone shows that many use one container, `runs` whether it shows
    that the function runs for requests or jobs. `parameter` is the function's parameter of which only those who
    call it know what key it is, "" where the key tells that itself; `much` tells whether an entry is more than a
    number, `many` whether there are many such keys for sure.
    """

    node: ast.AST
    container: ast.Attribute | ast.Name
    key: ast.expr
    function: FunctionNode
    variable: Variable
    is_shared: bool
    runs: bool
    parameter: str
    much: bool
    many: bool


# Growth


def growing(module: Module) -> list[Growing]:
    """The first place of each container that only grows, by a key that each request or job brings along."""
    return module.keep("growing containers", _growing)


def examined_containers(module: Module) -> list[Variable]:
    """The containers of which `growing` is sure: those of a module that requests or jobs run through."""
    if not request_functions(module):
        return []
    return [variable for variable in containers(module) if is_shared(module, variable)]


def _growing(module: Module) -> list[Growing]:
    found: list[Growing] = []
    if not containers(module):
        return found
    limiting = limiters(module)
    of_application = limiting | classes_with_routes(module)
    for variable in containers(module):
        if not may_grow(module, variable) or _TOLD.search(variable.name) or _is_store_in_memory(variable):
            continue
        if is_taken_from(module, variable):
            continue
        uses = accesses(module, variable)
        added = [(access, key) for access in uses for key in [added_key(module, access)] if key is not None]
        # A store says it better than a read that makes an entry.
        added.sort(key=lambda place: place[0].kind is not AccessKind.MUTATE)
        kept = [access for access in uses if not (variable.owner in limiting and is_reset(module, access))]
        if not added or not all(only_looks_or_adds(module, access) for access in kept):
            continue
        if any(_adds_module(module, access) for access, _ in added):
            continue
        shared = (
            variable.owner in of_application or is_shared(module, variable) or is_of_all_objects(module, variable)
        )
        places = [
            place
            for access, key in added
            for place in [_added_place(module, variable, access, key, shared=shared)]
            if place is not None
        ]
        if places and not _is_one_of_many(module, variable):
            found.append(max(places, key=lambda place: (not place.parameter, place.runs)))
    return found


def _is_store_in_memory(variable: Variable) -> bool:
    """Whether a class is the store of records itself, `InMemoryUserStore`: it keeps what it is given by design."""
    return variable.owner is not None and _MEMORY_STORE.search(variable.owner.name) is not None


_MEMORY_STORE = pattern(
    r"^_?(?:In_?)?Mem(?:ory)?(?!Cache)\w*(?:Broker|Bus|Queue|Store|Storage|Repository|Repo|Database|DB)$"
)


def _is_one_of_many(module: Module, variable: Variable) -> bool:
    """Whether the objects of a class are entries of a dict themselves, `cls.by_room[self.room] = self`."""
    if variable.owner is None:
        return False
    return any(
        isinstance(target, ast.Subscript)
        for method in module.members(variable.owner).methods.values()
        for part in ast.walk(method)
        if isinstance(part, ast.Assign) and isinstance(part.value, ast.Name) and part.value.id == "self"
        for target in part.targets
    )


def _adds_module(module: Module, access: Access) -> bool:
    """Whether what is stored is a module of Python: a process has a set of files that it imports."""
    entry = module.parent(access.node)
    stored = module.parent(entry) if entry is not None else None
    if not isinstance(stored, ast.Assign):
        return False
    values: list[ast.expr | None] = [stored.value]
    if isinstance(stored.value, ast.Name):
        values = [binding.value for binding in module.bindings(stored.value)]
    return any(
        isinstance(value, ast.Call) and last_name(value) in ("module_from_spec", "import_module", "__import__")
        for value in values
    )


def _added_place(
    module: Module, variable: Variable, access: Access, key: ast.expr, *, shared: bool
) -> Growing | None:
    """What a use that adds an entry says of its container; None where the keys are known, or few."""
    function = access.function
    if not isinstance(function, _FUNCTIONS) or runs_first(module, function):
        return None
    if is_called_with_fixed_values(module, function) or is_state_of_file(module, key):
        return None
    counts = variable.owner in limiters(module)
    much = _TOTALS.search(variable.name) is None and keeps_much(module, access) and not loses_parts(module, access)
    parameter = ""
    if not much and is_made_on_call(module, key):
        # A token of each session is tiny.
        return None
    if not brings_keys(module, key, much=much, counts=counts):
        if not (isinstance(key, ast.Name) and ANY_KEY.match(key.id) and is_parameter(module, key)):
            return None
        parameter = key.id
    runs = function in request_functions(module)
    node = module.statement(access.node)
    names = telling_names(module, key, counts=counts)
    many = not names or not all(_FEW_KEY.search(name) for name in names)
    return Growing(node, access.node, key, function, variable, shared, runs, parameter, much, many)
