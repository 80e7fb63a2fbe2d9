"""Waits for the outside: calls that hold up a function until another machine answers or time has passed."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.blocking import Effect, blocking
from flake8_auditrules.semantics.call_names import calls_named
from flake8_auditrules.semantics.module import Module

_WAITING = frozenset(
    {
        "delete",
        "get",
        "head",
        "options",
        "patch",
        "post",
        "put",
        "request",
        "send",
        "sleep",
        "stream",
        "urlopen",
    }
)
_ASYNCHRONOUS = ("httpx.AsyncClient.", "aiohttp.ClientSession.")
_STORES = ("redis.", "pymongo.", "memcache.", "pymemcache.", "sqlalchemy.")


def outside_waits(module: Module) -> dict[ast.Call, Effect]:
    """The calls of a module that wait for another machine or for time to pass, in source order, and for which."""
    return module.keep("waits for the outside", _find_waits)


def _find_waits(module: Module) -> dict[ast.Call, Effect]:
    found: dict[ast.Call, Effect] = {}
    for call in calls_named(module, _WAITING):
        effect = _effect_of(module, call)
        if effect is not None:
            found[call] = effect
    return found


def _effect_of(module: Module, call: ast.Call) -> Effect | None:
    if not isinstance(call.func, (ast.Attribute, ast.Name)):
        return None
    callee = module.callee(call)
    if callee is None or callee.startswith(_STORES):
        return None
    if callee == "asyncio.sleep":
        # `asyncio.sleep(0)` only lets others run.
        lets_run = call.args and isinstance(call.args[0], ast.Constant) and not call.args[0].value
        return None if lets_run else Effect.SLEEP
    if callee.startswith(_ASYNCHRONOUS):
        return Effect.NETWORK
    entry = blocking(callee)
    return entry.effect if entry is not None and entry.effect in (Effect.NETWORK, Effect.SLEEP) else None
