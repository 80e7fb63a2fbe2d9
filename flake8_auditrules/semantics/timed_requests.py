"""Timed requests: whether each request of a client that its module keeps to itself has a timeout of its own."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.arguments import given, is_none
from flake8_auditrules.semantics.deadlines import has_deadline
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.ownership import Outcome, owned_by

_CLIENTS = frozenset({"aiohttp.ClientSession", "httpx.AsyncClient", "httpx.Client"})
_REQUESTS = ("delete", "get", "head", "options", "patch", "post", "put", "request", "stream", "ws_connect")
# What holds the client in hands that the module sees.
_OWN = frozenset({Outcome.LOCAL, Outcome.ENTERED, Outcome.ATTRIBUTE})


def times_each_request(module: Module, setting: ast.Call) -> bool:
    """
    Whether a call sets up a client whose own timeout holds for no request: each gives one, or has a deadline.

    `setting` makes the client or its timeout object. The client stays in the function that makes it, or in a
    private attribute; all requests of the module that may be those of a client of its class are asked.
    """
    made = _made_with(module, setting)
    if made is None:
        return False
    owned = owned_by(module, made, ("aclose", "close"))
    is_public = bool(owned.attribute) and not owned.attribute.startswith("_")
    if owned.outcome not in _OWN or is_public:
        return False
    kind = module.callee(made)
    asked = [
        call
        for call in module.calls_named(*_REQUESTS)
        if isinstance(call.func, ast.Attribute) and module.instance_of(call.func.value) == kind
    ]
    return bool(asked) and all(_is_timed(module, call) for call in asked)


def _made_with(module: Module, setting: ast.Call) -> ast.Call | None:
    """The call that makes the client which a call, or the argument that it is, sets up."""
    if module.callee(setting) in _CLIENTS:
        return setting
    argument = module.parent(setting)
    made = module.parent(argument) if isinstance(argument, ast.keyword) else None
    return made if isinstance(made, ast.Call) and module.callee(made) in _CLIENTS else None


def _is_timed(module: Module, request: ast.Call) -> bool:
    """Whether a request gives a timeout, or may, or something around it ends the wait."""
    found = given(module, request, "timeout", None)
    if not found.known or (found.value is not None and not is_none(module, found.value)):
        return True
    return has_deadline(module, request)
