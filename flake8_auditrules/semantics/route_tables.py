"""Route tables: the routes of each router of a module, in the order in which they are registered."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from flake8_auditrules.knowledge import web
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import assigned_target, last_name
from flake8_auditrules.semantics.scopes import FunctionNode

_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_PARAMETER = re.compile(r"\{(\w+)(?::(\w+))?\}")
_CONVERTERS = {
    "int": r"[0-9]+",
    "float": r"[0-9]+(?:\.[0-9]+)?",
    "path": r".*",
    "uuid": r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}",
}
_ANYTHING = "\x01"
"""Stands for the value of a parameter in a path that is matched against another one."""


class Router(NamedTuple):
    """
    A router or application of this module.

    `name` is its qualified name, or its own name with the line where it is bound for a local variable;
    `call` made it; `prefix` is None where it is not a text that is written out.
    """

    name: str
    class_name: str
    call: ast.Call
    prefix: str | None


class Route(NamedTuple):
    """One registration: methods in lower case, the path within the router (None: not written out)."""

    router: Router
    methods: frozenset[str]
    path: str | None
    function: FunctionNode
    decorator: ast.Call


def routers(module: Module) -> dict[str, Router]:
    """The routers and applications that variables of the module hold, by name."""
    return module.keep("routers", _routers)


def routes(module: Module) -> list[Route]:
    """The routes that decorators register on routers of the module, in the order of the source."""
    return module.keep("routes", _routes)


def router_name(module: Module, expression: ast.expr) -> str | None:
    """The name under which `routers` lists what an expression refers to."""
    if not isinstance(expression, ast.Name):
        return None
    sites = module.sites_of(expression)
    if len(sites) != 1:
        return None
    return _site_name(module, sites[0], expression.id)


def _site_name(module: Module, site: ast.AST, identifier: str) -> str:
    if module.function_of(site) is None:
        return f"{module.name}.{identifier}" if module.name else identifier
    return f"{identifier}@{getattr(site, 'lineno', 0)}"


def _routers(module: Module) -> dict[str, Router]:
    found: dict[str, Router] = {}
    if not module.imports(*web.FRAMEWORKS):
        return found
    for call in module.nodes(ast.Call):
        last = last_name(call)
        if not last[:1].isupper():
            continue
        target = assigned_target(module.parent(call))
        if not isinstance(target, ast.Name):
            continue
        made = module.instance_of(call)
        if made is None:
            continue
        known = next((one for one in module.instances.ancestry(made) if one in web.ROUTERS), None)
        if known is not None:
            name = _site_name(module, target, target.id)
            found[name] = Router(name, known, call, prefix_of(module, call))
    return found


def prefix_of(module: Module, call: ast.Call) -> str | None:
    """The prefix that a router or an include gives; "" for none, None where it is not written out."""
    if module.has_unpacking(call):
        return None
    for keyword in ("prefix", "url_prefix"):
        given = module.argument(call, keyword)
        if given is not None:
            return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None
    return ""


def _routes(module: Module) -> list[Route]:
    known = routers(module)
    if not known:
        return []
    return routes_on(module, lambda holder: known.get(router_name(module, holder) or ""))


def kept_routes(module: Module) -> list[Route]:
    """
    The routes that methods register on routers which objects keep, in the order of the source: `@self.router.get`.

    Routers that a class makes in one place; the routers of two methods have two names, since who calls which first
    is not known.
    """
    if not module.imports("fastapi", "starlette"):
        return []
    return routes_on(module, lambda holder: _kept_router(module, holder))


def _kept_router(module: Module, holder: ast.expr) -> Router | None:
    owner = module.class_of_self(holder.value) if isinstance(holder, ast.Attribute) else None
    if owner is None or not isinstance(holder, ast.Attribute):
        return None
    values = [binding.value for binding, _ in module.members(owner).attributes.get(holder.attr, ())]
    made = values[0] if len(values) == 1 else None
    known = module.callee(made) if isinstance(made, ast.Call) else None
    if not isinstance(made, ast.Call) or known not in web.ROUTERS:
        return None
    method = module.function_of(holder)
    line = getattr(method, "lineno", 0)
    return Router(f"{module.definition(owner)}.{holder.attr}@{line}", known, made, prefix_of(module, made))


def routes_on(module: Module, router_of: Callable[[ast.expr], Router | None]) -> list[Route]:
    """
    The routes that decorators of the module register, in the order of the source.

    `router_of` tells which router an expression refers to; None leaves out what is registered there.
    """
    found: list[Route] = []
    functions: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
    for function in functions:
        for decorator in reversed(function.decorator_list):
            if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Attribute):
                continue
            methods = _methods(module, decorator)
            if methods is None:
                continue
            router = router_of(decorator.func.value)
            if router is not None:
                found.append(Route(router, methods, _path(module, decorator), function, decorator))
    found.sort(key=lambda route: (route.function.lineno, -route.decorator.lineno))
    return found


def _methods(module: Module, decorator: ast.Call) -> frozenset[str] | None:
    """The methods that a decorator registers in lower case; None where it is none that registers a route."""
    assert isinstance(decorator.func, ast.Attribute)
    name = decorator.func.attr
    if name in _VERBS:
        return frozenset({name})
    if name not in ("route", "api_route"):
        return None
    given = module.argument(decorator, "methods")
    if given is None:
        return frozenset({"get"})
    if isinstance(given, (ast.List, ast.Tuple, ast.Set)):
        texts = [element.value for element in given.elts if isinstance(element, ast.Constant)]
        return frozenset(text.lower() for text in texts if isinstance(text, str))
    return frozenset()


def _path(module: Module, decorator: ast.Call) -> str | None:
    given = module.argument(decorator, "path", 0) or module.argument(decorator, "rule")
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return given.value
    return None


def answers_for(earlier: str, later: str) -> bool:
    """Whether a route with the path `earlier`, registered first, gets the requests meant for the path `later`."""
    pattern = "".join(
        f"(?:{_CONVERTERS.get(part[1:], '[^/]+')})" if part.startswith("\x00") else re.escape(part)
        for part in _parts(earlier)
    )
    # What takes a path gets also what has slashes in it.
    samples = {"\x00path": f"{_ANYTHING}/{_ANYTHING}"}
    sample = "".join(samples.get(part, _ANYTHING) if part.startswith("\x00") else part for part in _parts(later))
    return re.fullmatch(pattern, sample, flags=re.DOTALL) is not None


def literal_start(path: str) -> str:
    """What a path says before its first parameter; `answers_for` holds only for paths that begin with it."""
    found = _PARAMETER.search(path)
    return path if found is None else path[: found.start()]


def is_same_path(one: str, other: str) -> bool:
    """Whether two paths are the same, whatever their parameters are called."""
    return _parts(one) == _parts(other)


def _parts(path: str) -> list[str]:
    """A path cut at its parameters, each of which is a zero character and its converter."""
    parts: list[str] = []
    end = 0
    for found in _PARAMETER.finditer(path):
        parts.append(path[end : found.start()])
        parts.append(f"\x00{found.group(2) or ''}")
        end = found.end()
    parts.append(path[end:])
    return [part for part in parts if part]
