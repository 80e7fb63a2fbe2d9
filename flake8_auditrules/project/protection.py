"""Protection: which routes of a module ask who is there, by their own and all outer dependencies."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import class_named, definition_of, function_named, module_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.wiring import Wiring, dependencies_of, providers_of
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.handlers import comment_on
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.route_tables import Route, Router, routers, routes, routes_on
from flake8_auditrules.semantics.scopes import FunctionNode

_GUARD = pattern(
    r"auth|current_?(?:active_?|admin_?|super)?_?(?:user|account|principal|member|tenant)|permission|require_|login"
    r"|token|api_?key|credential|security|jwt|bearer|verify|verified|is_admin|admin_user|superuser|access_?control"
    r"|check_?(?:user|access|admin|key|permission|role|scope|owner)|get_?user|userinfo|identity|principal|guard|signature"
    r"|rbac|role|scope|wallet|(?:^|_)user$|_required$|polic(?:y|ies)|(?:^|_)(?:admin|staff|owner)s?(?:_only)?$",
    re.IGNORECASE,
)
_REFUSING = pattern(r"(?:HTTP_)?40[13](?:_\w+)?")
# By what a route hands its caller's identity on.
_IS_CREDENTIAL = pattern(r"request|authorization|token|key|session|cookie|credential", re.IGNORECASE)
_FIRST_STATEMENTS = 3
_OWN_LOOK = frozenset({"headers", "cookies", "session", "user", "auth", "authorization"})
_MAXIMUM_HOPS = 5
_FEWEST_SIBLINGS = 3
_FEWEST_CHANGING = 2
# Hooks of Flask that run before every route.
_BEFORE_ALL = ("before_request", "before_app_request")
_MUTATING = frozenset({"post", "put", "patch", "delete"})
_PUBLIC = pattern(
    r"log_?in|log_?out|sign_?in|sign_?up|sign_?out|register|token|refresh|callback|o?auth|webhook|(?:^|[/_-])hooks?"
    r"|health|ping|status|ready|alive|metrics|public|forgot|reset|recover|verify|verification|confirm|activate|password"
    r"|invit|accept|contact|feedback|subscribe|captcha|csrf|guest|anonymous|share|install|setup|init|bootstrap"
    r"|decode|parse|validate|search|query|calculat|convert|estimate|check|lookup|count|test|render"
    r"|telemetry|track|preview|demo|internal|debug|mock|language|locale|color|consent|cookie|download"
    r"|(?:^|/)sessions?(?:$| )|/external/"
    r"|openapi|docs|saml|sso|oidc|notify|proxy|lnurl|first",
    re.IGNORECASE,
)
# What a comment says of routes that are there for everybody.
_SAID_PUBLIC = pattern(
    r"\b(?:no|without) (?:auth(?:entication|orization)?|log-?in)\b|\bunauthenticated (?:end ?point|route|access)"
    r"|\bpublic (?:end ?point|route|api)|\bend ?points? \(public\b"
    r"|\bauth(?:entication)? (?:is )?not (?:required|needed)",
    re.IGNORECASE,
)
_SHARE = 0.8
# What makes an open router a certain exception: its own routes, and the guarded ones of the others.
_FEWEST_OPEN = 2
_FEWEST_GUARDED = 10
_FEWEST_ALIKE = 6
_FEWEST_ROUTERS = 3
_MOST_ROUTERS = 40
_NEARLY_ALL = 0.9
_CONNECTIONS = frozenset({"Request", "HTTPConnection", "WebSocket"})
_MIDDLEWARE_BASES = frozenset({"BaseHTTPMiddleware", "AuthenticationMiddleware"})
# Middlewares that look at no credentials.
_INNOCENT = pattern(
    r"cors|gzip|trustedhost|httpsredirect|session|prometheus|correlation|proxyheaders", re.IGNORECASE
)


class Unprotected(NamedTuple):
    """
    A route that changes something and asks nobody who they are, while `protected` of its `siblings` ask by
    `guard`; `changing` tells that these are only the siblings that change something too.
    """

    route: Route
    protected: int
    siblings: int
    guard: str
    changing: bool


def is_guard(name: str) -> bool:
    """Whether a dependency or decorator, by its name, finds out who is there."""
    return bool(_GUARD.search(name.rpartition(".")[2])) or name.startswith("Security ")


def unprotected_routes(project: Project, module: Module) -> list[Unprotected]:
    """
    The routes that change something, without a guard, on routers where nearly all others have one.

    At least three others and four of five; or, where reading is open to all, at least two of those that change
    something, and all but one.
    """
    found: list[Unprotected] = []
    for name, functions in _siblings(project, module).items():
        changing = [route for route in functions if _is_to_be_guarded(route)]
        if not changing:
            continue
        guards = {route: guard_of(project, module, route) for route in functions}
        bare = [
            route for route in changing if guards[route] is None and not _says_it_is_public(module, route.function)
        ]
        if not bare:
            continue
        among = functions
        protected = [guard for guard in guards.values() if guard]
        if len(protected) < _FEWEST_SIBLINGS or len(protected) < _SHARE * len(functions):
            among = changing
            protected = [guard for route in changing if (guard := guards[route])]
            if len(bare) > 1 or len(protected) < max(_FEWEST_CHANGING, _SHARE * (len(changing) - 1)):
                continue
        if _is_guarded_outside(project, module, name, functions[0]):
            continue
        most = max(set(protected), key=protected.count)
        found.extend(Unprotected(route, len(protected), len(among) - 1, most, among is changing) for route in bare)
    return found


class OpenRouter(NamedTuple):
    """
    A route that changes something on a router none of whose routes asks who is there, while `protected` of the
    `others` that change something on the other routers of its application do, most by `guard`.
    """

    route: Route
    protected: int
    others: int
    guard: str


def routes_of_open_routers(project: Project, module: Module) -> list[OpenRouter]:
    """
    The routes that change something on a router without any guard, of an application that guards nearly all else.

    At least two such routes that only the application's own variables include, ten guarded ones on three other
    routers, and nine of ten there; or six, where all there depend on one and the same. None where a middleware may
    ask who is there (those of the project that turn nobody away do not), where a route is handed the request
    itself, or where a dependency of it is not known.
    """
    if not module.imports("fastapi"):
        return []
    by_router: dict[str, list[Route]] = {}
    for route in routes(module):
        by_router.setdefault(route.router.name, []).append(route)
    found: list[OpenRouter] = []
    for name, listed in by_router.items():
        router = listed[0].router
        changing = [route for route in listed if _is_to_be_guarded(route)]
        if len(changing) < _FEWEST_OPEN or _is_public(module, router):
            continue
        if not router.class_name.endswith(".APIRouter") or not all(
            _asks_nobody(project, module, route) for route in listed
        ):
            continue
        if not _has_middleware(project, module) and not _is_guarded_outside(project, module, name, listed[0]):
            others = _guards_beside(project, module, name)
            if others is not None:
                found.extend(
                    OpenRouter(route, *others)
                    for route in changing
                    if not _says_it_is_public(module, route.function)
                )
    return found


def _is_public(module: Module, router: Router) -> bool:
    """Whether a router says by its prefix or its module's name that it is there for everybody."""
    return _PUBLIC.search(f"{router.prefix or ''} {module.name.rpartition('.')[2]}") is not None


def _asks_nobody(project: Project, module: Module, route: Route) -> bool:
    """Whether it is certain that a route does not ask who is there: it never sees the request itself."""
    if guard_of(project, module, route) is not None or _is_handed_request(module, route):
        return False
    providers = [*providers_of(module, route.function), *dependencies_of(module, route.decorator)]
    return not any(
        _may_refuse(project, module, provider) for provider in providers if not provider.startswith("annotation ")
    )


def _is_handed_request(module: Module, route: Route) -> bool:
    """Whether a route takes the request itself, which it may give to something that asks who is there."""
    arguments = route.function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        named = module.instances.annotated_class(argument.annotation) if argument.annotation is not None else None
        if named is not None and named.rpartition(".")[2] in _CONNECTIONS:
            return True
    return False


def _may_refuse(project: Project, module: Module, provider: str) -> bool:
    """Whether a dependency may turn a request away: it is not known, reads a request, or raises something."""
    found = function_named(project, module, provider)
    if found is None:
        return True
    return bool(found.module.imports("jwt", "jose")) or any(
        isinstance(node, ast.Raise) for node in found.module.own_nodes(found.function)
    )


def _has_middleware(project: Project, module: Module) -> bool:
    """Whether an application of the project has a middleware that may ask who is there."""
    for name, wiring in project.wirings().items():
        for middleware in wiring.middlewares:
            if not _INNOCENT.search(middleware) and not _only_looks_on(project, module, middleware):
                return True
        if any(one.rpartition(".")[2] in _MIDDLEWARE_BASES for one in wiring.imports):
            home = module if name == module.name else module_named(project, module, name)
            if home is None or any(
                _may_turn_away(one)
                for one in home.nodes(ast.ClassDef)
                if not _MIDDLEWARE_BASES.isdisjoint(map(last_name, one.bases))
            ):
                return True
    return False


def _only_looks_on(project: Project, module: Module, middleware: str) -> bool:
    """Whether a middleware is a class or function of the project that turns nobody away: it logs or measures."""
    found = class_named(project, module, middleware)
    if found is not None:
        return not _may_turn_away(found[1])
    function = function_named(project, module, middleware)
    return function is not None and not _may_turn_away(function.function)


def _may_turn_away(middleware: ast.ClassDef | FunctionNode) -> bool:
    """Whether a middleware is called a guard or calls one, raises, or makes an answer of its own."""
    return is_guard(middleware.name) or any(
        (isinstance(node, ast.Raise) and node.exc is not None)
        or (isinstance(node, ast.Call) and (last_name(node).endswith("Response") or is_guard(last_name(node))))
        or (isinstance(node, ast.Constant) and node.value in (401, 403))
        or (isinstance(node, ast.Attribute) and _REFUSING.fullmatch(node.attr) is not None)
        for node in ast.walk(middleware)
    )


def _guards_beside(project: Project, module: Module, name: str) -> tuple[int, int, str] | None:
    """How many routes that change something are guarded on the other routers of the application, of how many."""
    linked = project.elsewhere(module.path)
    own = linked.canonical_variable(name)
    wirings = project.wirings()
    included = [
        (linked.canonical_variable(one.router), one) for wiring in wirings.values() for one in wiring.includes
    ]
    # An application that a function makes has the name of its table.
    receivers = {one.receiver or one.table for router, one in included if router == own}
    if len(receivers) != 1 or "" in receivers:
        return None
    siblings = {
        router for router, one in included if (one.receiver or one.table) in receivers and router != own and router
    }
    if not _FEWEST_ROUTERS <= len(siblings) <= _MOST_ROUTERS:
        return None
    guards: list[str | None] = []
    guarding: set[str] = set()
    for sibling in siblings:
        other = module_named(project, module, sibling.rpartition(".")[0])
        for route in routes(other) if other is not None else ():
            if other is None or route.router.name != sibling or not _is_to_be_guarded(route):
                continue
            if _is_public(other, route.router):
                continue
            guard = guard_of(project, other, route) or _guard_of_router(project, other, route)
            if guard is None and _is_handed_request(other, route):
                continue
            guards.append(guard)
            if guard and guard != "?":
                guarding.add(sibling)
    named = [guard for guard in guards if guard and guard != "?"]
    is_rule = len(named) >= _FEWEST_GUARDED and len(named) >= _NEARLY_ALL * len(guards)
    # Where all others depend on one and the same, fewer show that it is meant for all.
    is_one = len(named) >= _FEWEST_ALIKE and len(named) == len(guards) and len(set(named)) == 1
    if len(guarding) < _FEWEST_ROUTERS or not (is_rule or is_one):
        return None
    return len(named), len(guards), max(set(named), key=named.count)


def _guard_of_router(project: Project, module: Module, route: Route) -> str | None:
    """The guard among the dependencies that a route's router gives to all its routes."""
    return _guard_among(project, module, dependencies_of(module, route.router.call), 0)


def _is_to_be_guarded(route: Route) -> bool:
    """Whether a route changes something, and nothing in its name or path says that it is there for everybody."""
    return bool(route.methods & _MUTATING) and not _PUBLIC.search(f"{route.path or ''} {route.function.name}")


def _says_it_is_public(module: Module, function: FunctionNode) -> bool:
    """Whether the docstring of a route, or a comment behind the function before, says that all may call it."""
    if _SAID_PUBLIC.search(ast.get_docstring(function) or ""):
        return True
    block = getattr(module.parent(function), "body", ())
    first = 1
    for statement in block:
        if statement is function:
            break
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = (statement.end_lineno or statement.lineno) + 1
    begin = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    return _SAID_PUBLIC.search(comment_on(module, first, begin - 1)) is not None


def compared_routes(project: Project, module: Module) -> list[FunctionNode]:
    """The functions of the routes that have siblings enough to be compared with."""
    return [route.function for siblings in _siblings(project, module).values() for route in siblings]


def _siblings(project: Project, module: Module) -> dict[str, list[Route]]:
    """The routes of each router that has enough of them in this module, one for each function."""
    by_router: dict[str, dict[FunctionNode, Route]] = {}
    for route in (*routes(module), *_routes_on_imported(project, module)):
        by_router.setdefault(route.router.name, {})[route.function] = route
    return {name: list(found.values()) for name, found in by_router.items() if len(found) > _FEWEST_SIBLINGS}


def _routes_on_imported(project: Project, module: Module) -> list[Route]:
    """The routes that a module registers on routers which other modules of the project make."""
    return module.keep(
        "routes on imported routers",
        lambda _: routes_on(module, lambda holder: _imported(project, module, holder)),
    )


def _imported(project: Project, module: Module, holder: ast.expr) -> Router | None:
    """The router of another module that a name refers to; None where something is called before all its routes."""
    if not isinstance(holder, ast.Name):
        return None
    sites = module.sites_of(holder)
    if len(sites) != 1 or not isinstance(sites[0], ast.alias):
        return None
    name = module.qualname(holder) or ""
    known: dict[str, Router | None] = module.keep("imported routers", lambda _: {})
    if name not in known:
        other = module_named(project, module, name.rpartition(".")[0])
        looks = other is None or any(other.attributes_named(one) for one in _BEFORE_ALL)
        known[name] = None if other is None or looks else routers(other).get(name)
    return known[name]


def guard_of(project: Project, module: Module, route: Route) -> str | None:
    """
    The name of what protects a route by itself; "" where its body looks for itself, None for nothing.
    """
    names = [*dependencies_of(module, route.decorator), *providers_of(module, route.function)]
    guard = _guard_among(project, module, names, 0)
    if guard is not None:
        return guard
    for decorator in route.function.decorator_list:
        target = uncalled(decorator)
        if decorator is not route.decorator and is_guard(module.text(target)):
            return module.text(target)
    called = _guard_called(project, module, route.function)
    if called is not None:
        return called
    return "" if _looks_for_itself(module, route.function) else None


def _guard_called(project: Project, module: Module, function: FunctionNode) -> str | None:
    """
    The guard that a route calls before anything else: `user = get_current_user(request)`, which turns away.

    The function of the project is given the request, or a parameter of the route, and raises for strangers.
    """
    own = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
    for statement in function.body[:_FIRST_STATEMENTS]:
        value = statement.value if isinstance(statement, (ast.Expr, ast.Assign)) else None
        if isinstance(value, ast.Await):
            value = value.value
        if not isinstance(value, ast.Call) or not is_guard(last_name(value)):
            continue
        given = [*value.args, *(keyword.value for keyword in value.keywords)]
        if not any(isinstance(one, ast.Name) and one.id in own and _IS_CREDENTIAL.search(one.id) for one in given):
            continue
        found = definition_of(project, module, value)
        if found is not None and _refuses(found.module, found.function):
            return last_name(value)
    return None


def _refuses(module: Module, function: FunctionNode) -> bool:
    """Whether a function raises, with 401 or 403 near at hand."""
    nodes = list(module.own_nodes(function))
    return any(isinstance(node, ast.Raise) for node in nodes) and any(
        (isinstance(node, ast.Constant) and node.value in (401, 403))
        or (isinstance(node, ast.Attribute) and _REFUSING.fullmatch(node.attr) is not None)
        for node in nodes
    )


def _looks_for_itself(module: Module, function: FunctionNode) -> bool:
    """Whether a function reads headers, cookies or the user, calls what guards, or turns away with 401 or 403."""
    for node in module.own_nodes(function):
        if isinstance(node, ast.Call):
            last = last_name(node)
            if is_guard(last):
                return True
        elif isinstance(node, ast.Attribute):
            if node.attr in _OWN_LOOK or _REFUSING.fullmatch(node.attr):
                return True
        elif isinstance(node, ast.Constant) and node.value in (401, 403):
            return True
    return False


def _guard_among(project: Project, module: Module, names: Sequence[str], hops: int) -> str | None:
    """The first name, among dependencies and what they depend on, that guards; "?" counts as one."""
    for name in names:
        if name == "?":
            return "?"
        if not name.startswith("annotation ") and is_guard(name):
            return name.removeprefix("Security ").rpartition(".")[2]
    if hops > _MAXIMUM_HOPS:
        return None
    for name in names:
        inner = _providers_behind(project, module, name.removeprefix("annotation "))
        guard = _guard_among(project, module, inner, hops + 1) if inner else None
        if guard is not None:
            return guard
    return None


def _providers_behind(project: Project, module: Module, name: str) -> tuple[str, ...]:
    """The dependencies of a function, of a class's constructor, or of the annotation behind a variable."""
    prefix = f"{module.name}." if module.name else ""
    for candidate in (name, f"{name}.__init__", f"{name}.__call__"):
        local = module.instances.local_function(candidate)
        if local is not None:
            return providers_of(module, local)
    if name.startswith(prefix) and module.name:
        return ()
    linked = project.elsewhere(module.path)
    return linked.providers(name)


def _is_guarded_outside(project: Project, module: Module, name: str, route: Route) -> bool:
    """Whether the router itself, what includes it, the application or a middleware protects all its routes."""
    if name in routers(module):
        own = dependencies_of(module, route.router.call)
        if _guard_among(project, module, own, 0) is not None:
            return True
    if any(module.attributes_named(one) for one in _BEFORE_ALL):
        return True
    wirings = project.wirings()
    for wiring in wirings.values():
        if any(is_guard(middleware) for middleware in wiring.middlewares):
            return True
        if _any_guard(wiring.guarded.get("", ())):
            return True
    return _is_included_with_guard(project, wirings, name, module, 0)


def _any_guard(names: Sequence[str]) -> bool:
    return any(name == "?" or is_guard(name) for name in names)


def _is_included_with_guard(
    project: Project, wirings: Mapping[str, Wiring], name: str, module: Module, hops: int
) -> bool:
    if hops > _MAXIMUM_HOPS:
        return False
    linked = project.elsewhere(module.path)
    own = linked.canonical_variable(name)
    for wiring in wirings.values():
        if _any_guard(wiring.guarded.get(own, ())):
            return True
        for include in wiring.includes:
            if linked.canonical_variable(include.router) != own:
                continue
            if _any_guard(include.dependencies):
                return True
            receiver = linked.canonical_variable(include.receiver) if include.receiver else ""
            if receiver and receiver != own:
                if _is_included_with_guard(project, wirings, receiver, module, hops + 1):
                    return True
    return False
