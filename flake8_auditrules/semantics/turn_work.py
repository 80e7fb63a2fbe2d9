"""Turns: what each turn of a loop does beside asking, and loops that prepare a database once."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.row_loops import Loop

_DOING = pattern(
    r"_*(?:add|apply|delay|approve|attach|attempt|cancel|cleanup|clear|close|create|delete|deliver|detach|dispatch|drop|emit|expire|"
    r"export|finali[sz]e|finish|guard|"
    r"import|insert|kill|launch|lock|mark|migrate|move|notify|persist|post|process|publish|purge|push|put|rebuild|reconcile|"
    r"record|refresh|register|release|remove|rescan|reset|restart|resume|revoke|run|save|scan|send|set|shutdown|start|stop|"
    r"store|sync|terminate|touch|trigger|unlink|update|upload|upsert|write)(?:[_A-Z]|$).*"
)
_OF_CONTAINERS = frozenset({"add", "clear", "put", "push", "put_nowait", "record", "remove", "update"})
_SET_UP = pattern(
    r"seed|bootstrap|migrat|backfill|default|built_?in|fixture|populate|eras(?:e|ure)|purge", re.IGNORECASE
)
# Modules that do nothing else.
_SEEDS = pattern(r"(?:\w+_)?(?:seeds?|seeder|seeding|fixtures?)(?:_\w+)?")
_DEFINING = pattern(r"\s*(?:CREATE|ALTER|DROP)\s", re.IGNORECASE)
# What Django hands to its system checks, which run once at the start.
_OF_CHECKS = "app_configs"


def is_named_for_deed(name: str) -> bool:
    """Whether a function is named for work that it does, not for what it answers."""
    return _DOING.fullmatch(name) is not None


def is_doing(call: ast.Call) -> bool:
    """Whether a call is named for work that is done with an item, not for what is asked about it."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr not in _OF_CONTAINERS and _DOING.fullmatch(call.func.attr) is not None
    # `set(...)` makes a set.
    return isinstance(call.func, ast.Name) and call.func.id != "set" and _DOING.fullmatch(call.func.id) is not None


def does_work(module: Module, loop: Loop) -> bool:
    """Whether the turns of a loop change something, so that each is a unit of work."""
    owner = module.parent(loop) if isinstance(loop, ast.comprehension) else None
    parts = ast.walk(owner) if owner is not None else own_parts(getattr(loop, "body", []))
    return any(isinstance(part, ast.Call) and is_doing(part) for part in parts)


def is_set_up(module: Module, loop: ast.AST) -> bool:
    """Whether a loop prepares the database once: it makes tables, or its function fills in what is built in."""
    if _SEEDS.fullmatch(module.name.rpartition(".")[2]):
        return True
    function = module.function_of(loop)
    if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        if _SET_UP.search(function.name) or any(one.arg == _OF_CHECKS for one in function.args.args):
            return True
    if isinstance(loop, (ast.For, ast.AsyncFor)) and "default" in module.text(loop.iter).lower():
        return True
    return defines_tables(loop)


def defines_tables(place: ast.AST) -> bool:
    """Whether a statement in a place makes, changes or drops a table."""
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and _DEFINING.match(part.value)
        for part in ast.walk(place)
    )
