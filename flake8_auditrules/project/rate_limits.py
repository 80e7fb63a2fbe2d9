"""Rate limits: which routes of a module a limiter limits one by one, and which it leaves out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.project.definitions import module_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.wiring import dependencies_of, providers_of
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.route_tables import Route, routes
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.secret_names import words

_LIMITERS = frozenset(
    {"slowapi.Limiter", "slowapi.extension.Limiter", "flask_limiter.Limiter", "flask_limiter.extension.Limiter"}
)
# Words of the dependencies and calls that ask who a caller is.
_ADMINISTERING = frozenset({"admin", "administrator", "superuser", "staff", "role", "roles", "permission"})
_SIGNING_IN = frozenset({"user", "account", "principal", "identity", "member"})
# What keeps users asks nobody who he is.
_KEEPING = frozenset({"manager", "service", "repository", "repo", "store", "db"})
_CHECKING = frozenset({"verify", "check", "authenticate", "compare", "validate", "match", "digest", "checkpw"})
_READING_TOKENS = frozenset({"verify", "decode", "validate", "check", "confirm", "load", "parse"})
_DECORATING = frozenset({"limit", "shared_limit"})
_EXEMPTING = frozenset({"exempt"})
# Parts of names of what counts how often somebody asks, or is told who asks to do so.
_LIMITING = (
    "limit", "throttl", "quota", "captcha", "attempt", "lockout", "brute", "caller", "client_ip", "ip_addr",
    "ipaddr", "remote_addr", "?",
)  # fmt: skip
_LIMITING_ALL = ("ratelimit", "throttl")
# What limits all routes: limits by default, and limits that are given in some way that is not written out.
_GENERAL = frozenset({"default_limits", "application_limits", None})
_SETTINGS = frozenset({"RATELIMIT_DEFAULT", "RATELIMIT_APPLICATION"})


def unlimited_routes(project: Project, module: Module) -> Iterator[tuple[Route, int | None]]:
    """
    The routes of a module in which a limiter limits single routes.

    Each comes with the number of limited routes where it has no limit itself, else with None. None come where the
    limiter has limits for all routes, or is not known.
    """
    limits = [
        call
        for call in module.calls_named(*_DECORATING)
        if isinstance(module.parent(call), (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    if not limits or not all(_limits_single_routes(project, module, call) for call in limits):
        return
    if _has_limiting_middleware(project):
        return
    known = routes(module)
    limited = {route.function for route in known if _is_limited(module, route.function)}
    if not limited:
        return
    for route in known:
        if route.function in limited:
            yield route, None
        elif not _is_limited_otherwise(module, route):
            yield route, len(limited)


def _has_limiting_middleware(project: Project) -> bool:
    """Whether a middleware of the project reads as one that limits: `add_middleware(LoginRateLimitMiddleware)`."""
    return any(
        word in name.rpartition(".")[2].replace("_", "").lower()
        for wiring in project.wirings().values()
        for name in wiring.middlewares
        for word in _LIMITING_ALL
    )


def _is_limited(module: Module, function: FunctionNode) -> bool:
    """Whether a decorator limits a function, or says that it is not to be limited."""
    return any(
        last_name(decorator) in _DECORATING or last_name(decorator) in _EXEMPTING
        for decorator in function.decorator_list
    )


def _is_limited_otherwise(module: Module, route: Route) -> bool:
    """Whether a decorator, a dependency or a call in the body of a route reads as a limit."""
    names = [
        *dependencies_of(module, route.decorator),
        *dependencies_of(module, route.router.call),
        *providers_of(module, route.function),
        *(
            module.text(decorator)
            for decorator in route.function.decorator_list
            if decorator is not route.decorator
        ),
        *(last_name(node) for node in module.own_nodes(route.function) if isinstance(node, ast.Call)),
    ]
    return any(word in name.lower() for name in names for word in _LIMITING)


def is_guessed_at(module: Module, route: Route) -> bool:
    """
    Whether anybody can try what a route asks for again and again.

    Who is signed in can do so only where the route itself checks a password or a code, an administrator need
    not; and whoever brings a token that was signed or sent to him guesses nothing.
    """
    names = [
        *dependencies_of(module, route.decorator),
        *dependencies_of(module, route.router.call),
        *providers_of(module, route.function),
    ]
    parts = [words(name) for name in names]
    asked = {word for one in parts if one and one[-1] not in _KEEPING for word in one}
    calls = [node for node in module.own_nodes(route.function) if isinstance(node, ast.Call)]
    named = [words(last_name(call)) for call in calls]
    called = {word for one in named if "csrf" not in one for word in one}
    if not _ADMINISTERING.isdisjoint(asked | called):
        return False
    if any("token" in one and not _READING_TOKENS.isdisjoint(one) for one in named):
        return False
    return _SIGNING_IN.isdisjoint(asked) or not _CHECKING.isdisjoint(called)


def _limits_single_routes(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether the limiter of a decorator is known to have no limits but those of its decorators."""
    if not isinstance(call.func, ast.Attribute):
        return False
    made = _limiter(project, module, call.func.value)
    if made is None:
        return False
    home, constructor = made
    return not any(keyword.arg in _GENERAL for keyword in constructor.keywords) and not any(
        constant.value in _SETTINGS for constant in home.nodes(ast.Constant)
    )


def _limiter(project: Project, module: Module, limiter: ast.expr) -> tuple[Module, ast.Call] | None:
    """The call that makes a limiter, in this module or in another one of the project, with its module."""
    if not isinstance(limiter, ast.Name):
        return None
    sites = module.sites_of(limiter)
    if len(sites) != 1:
        return None
    if not isinstance(sites[0], ast.alias):
        return _constructor(module, sites[0])
    home, _, name = (module.qualname(limiter) or "").rpartition(".")
    other = module_named(project, module, home) if home else None
    if other is None:
        return None
    bound = other.index.root.bindings.get(name, [])
    return _constructor(other, bound[0]) if len(bound) == 1 else None


def _constructor(module: Module, site: ast.AST) -> tuple[Module, ast.Call] | None:
    value = module.names.binding(site).value
    if isinstance(value, ast.Call) and module.qualname(value.func) in _LIMITERS:
        return module, value
    return None
