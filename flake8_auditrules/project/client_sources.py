"""Client sources: functions of the project that make a client for whoever calls them."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_auditrules.knowledge import clients
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.connection_sources import is_of_project, made_behind
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.client_sites import client_site, is_test_double, put_into
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.origins import FIXED, Origin, origins
from flake8_auditrules.semantics.scopes import FunctionNode

# A function that gives a new client is named for it.
_GIVING_NAME = pattern(r"client|session|redis|pool|engine|http|mongo|elastic|s3|smtp|ssh|sftp|ftp|sock|conn")
# What tells one caller from another, though nobody hands it in.
_PERSONAL = pattern(r"token|auth|cred|user|tenant|current|request|principal")
_BASE_URL = " with a base URL"
_ANY_CLIENT = "httpx.Client"
# A pool that others share, or a transport that ends in the process: there is nothing to close.
_WITHOUT_CONNECTIONS = ("poolclass", "transport", "app", "mounts", "connection_pool")


class GivenClient(NamedTuple):
    """A call of the module to which a function of the project gives a new client, and the client's name."""

    call: ast.Call
    client: str
    has_base_url: bool


def given_clients(project: Project, module: Module) -> Sequence[GivenClient]:
    """The calls to which a function of the project gives a new client, made from the same values each time."""
    return module.keep("given clients", lambda _: _find(project, module))


def client_behind(project: Project, module: Module, call: ast.Call) -> str | None:
    """The client, named as in `CLIENTS` and `CONNECTIONS`, that a function of the project makes for its caller."""
    if not _may_give(module, call):
        return None
    return made_behind(project, module, call, "clients to close", _closable)


def calls_that_may_give(module: Module) -> Sequence[ast.Call]:
    """The calls of a module that are named for a client, and call no library."""
    return module.keep("calls named for a client", _named_for_clients)


def _find(project: Project, module: Module) -> list[GivenClient]:
    found: list[GivenClient] = []
    for call in calls_that_may_give(module):
        if not is_of_project(project, module, call):
            continue
        if client_site(module, call, _runs_for_requests, given=_ANY_CLIENT, has_base_url=True) is None:
            # Whatever it gives, it is right there: other files need not be read for it.
            continue
        made = made_behind(project, module, call, "clients to share", _shareable)
        if made is not None:
            client, base_url, _ = made.partition(_BASE_URL)
            found.append(GivenClient(call, client, bool(base_url)))
    return found


def _runs_for_requests(function: FunctionNode) -> bool:
    return True


def _named_for_clients(module: Module) -> list[ast.Call]:
    return [
        call for _, calls in module.calls_named_like(_GIVING_NAME) for call in calls if _may_give(module, call)
    ]


def _may_give(module: Module, call: ast.Call) -> bool:
    """Whether a call stands where its function keeps what it gives, and calls no library."""
    if module.function_of(call) is None or not isinstance(
        module.taken_by(call), (ast.withitem, ast.Assign, ast.Attribute)
    ):
        return False
    callee = module.callee(call)
    return callee is not None and callee not in clients.CLIENTS and callee not in clients.CONNECTIONS


def _closable(module: Module, call: ast.Call) -> str | None:
    name = module.called(call, clients.CLIENTS) or module.called(call, clients.CONNECTIONS)
    if name is None or any(keyword.arg in _WITHOUT_CONNECTIONS for keyword in call.keywords):
        return None
    return name


def _shareable(module: Module, call: ast.Call) -> str | None:
    """The client that a call makes, if a function makes one like it each time that it is given the same."""
    name = module.called(call, clients.CLIENTS)
    if name is None or is_test_double(module, call):
        return None
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    for keyword in call.keywords:
        if keyword.arg is None:
            if not isinstance(keyword.value, ast.Name):
                return None
            arguments += put_into(module, keyword.value)
    for argument in arguments:
        sources = origins(module, argument)
        if not sources <= FIXED | {Origin.PARAMETER, Origin.CALL}:
            return None
        if Origin.CALL in sources and _PERSONAL.search(module.source(argument).lower()):
            return None
    return name + _BASE_URL if module.argument(call, "base_url") is not None else name
