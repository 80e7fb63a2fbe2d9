"""Registration: which routers of a module nothing includes."""

from __future__ import annotations

import ast
import os
from collections import Counter

from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.route_tables import Router, prefix_of, router_name, routers, routes
from flake8_auditrules.semantics.scopes import ScopeKind

_INCLUDED = frozenset({"fastapi.APIRouter", "flask.Blueprint", "quart.Blueprint", "starlette.routing.Router"})
_INCLUDING = frozenset({"include_router", "register_blueprint"})


class Twice(NamedTuple):
    """A second include of one router under the same prefix, with the line of the first."""

    call: ast.Call
    router: str
    first_line: int


def unregistered_routers(project: Project, module: Module) -> list[tuple[Router, int]]:
    """
    The routers of this module that nothing in the project includes, each with the number of its routes.

    A router counts as included where any module mentions it beside its own decorators, imports its module as
    a whole or imports it by name, and everywhere where the project imports modules by names worked out.
    """
    return [
        (router, count)
        for router, count in _with_routes(module)
        if not _is_mentioned(module, router)
        and not _is_reached(project, module, router)
        and not _is_left_behind(project, module)
    ]


def includable_routers(module: Module) -> list[ast.Call]:
    """The calls that make the routers of this module which have routes and serve only when they are included."""
    return [router.call for router, _ in _with_routes(module)]


def _with_routes(module: Module) -> list[tuple[Router, int]]:
    """The routers of this module that are there to be included, each with the number of its routes, if any."""
    counts = Counter(route.router.name for route in routes(module))
    return [
        (router, counts[name])
        for name, router in routers(module).items()
        if router.class_name in _INCLUDED and counts[name]
    ]


def _is_mentioned(module: Module, router: Router) -> bool:
    """Whether the module itself does anything with a router but to register routes on it."""
    target = module.parent(router.call)
    names = target.targets if isinstance(target, ast.Assign) else [getattr(target, "target", None)]
    identifier = names[0].id if isinstance(names[0], ast.Name) else ""
    scope = module.scope_of(router.call)
    if scope.kind is not ScopeKind.MODULE:
        return True
    for use in module.nodes(ast.Name):
        if use.id != identifier or not isinstance(use.ctx, ast.Load):
            continue
        parent = module.parent(use)
        call = module.parent(parent) if isinstance(parent, ast.Attribute) else None
        if not isinstance(call, ast.Call) or call.func is not parent or not _decorates(module, call):
            return True
    for assignment in module.nodes(ast.Assign):
        if any(isinstance(one, ast.Name) and one.id == "__all__" for one in assignment.targets):
            return True
    return False


def _decorates(module: Module, call: ast.Call) -> bool:
    holder = module.parent(call)
    return isinstance(holder, (ast.FunctionDef, ast.AsyncFunctionDef)) and call in holder.decorator_list


def _is_reached(project: Project, module: Module, router: Router) -> bool:
    """Whether another module may include a router of this one."""
    includes = 0
    packages = {module.name.rpartition(".")[0]}
    for name, wiring in project.wirings().items():
        includes += len(wiring.includes)
        if wiring.dynamic or any(not include.router for include in wiring.includes):
            return True
        if name == module.name:
            continue
        for imported in wiring.imports:
            if imported == router.name or _is_one_module(imported, module.name):
                return True
            base, _, last = imported.rpartition(".")
            if last == "*" and (base == module.name or base in packages):
                return True
            if last == router.name.rpartition(".")[2] and _is_one_module(base.lstrip("."), module.name):
                return True
    # A project that includes nothing at all is a library of routers, or puts itself together in some other way.
    return includes == 0


def _is_left_behind(project: Project, module: Module) -> bool:
    """Whether a module cannot be imported at all: it imports from a package of the project that is not there."""
    top = module.name.partition(".")[0]
    roots = project.layout.source_roots(os.path.abspath(module.path))
    for statement in module.tree.body:
        home = statement.module if isinstance(statement, ast.ImportFrom) and not statement.level else None
        package, _, rest = (home or "").rpartition(".")
        if rest and package.partition(".")[0] == top and "." in package:
            if project.layout.find(package, roots) is None and not any(
                os.path.isdir(os.path.join(root, *package.split("."))) for root in roots
            ):
                return True
    return False


def _is_one_module(imported: str, name: str) -> bool:
    """
    Whether an import may mean the module of this name.

    The folder that a program puts on the search path, and the one that holds a package without `__init__`, are not
    always known: one of the two names may lack what the other begins with.
    """
    return bool(imported) and (imported == name or imported.endswith(f".{name}") or name.endswith(f".{imported}"))


def included_twice(module: Module) -> list[Twice]:
    """The includes in one block that take in a router a second time under the same prefix."""
    seen: dict[tuple[object, bool, str, str, str], ast.Call] = {}
    found: list[Twice] = []
    for call in module.calls_named(*_INCLUDING):
        if not isinstance(call.func, ast.Attribute):
            continue
        given = module.argument(call, "router", 0) or module.argument(call, "blueprint")
        prefix = prefix_of(module, call)
        if given is None or prefix is None or not isinstance(given, (ast.Name, ast.Attribute)):
            continue
        statement = module.statement(call)
        receiver = router_name(module, call.func.value) or module.text(call.func.value)
        block = module.parent(statement)
        # The two branches of an `if` are two blocks.
        is_otherwise = isinstance(block, ast.If) and statement in block.orelse
        key = (block, is_otherwise, receiver, module.qualname(given) or module.text(given), prefix)
        if key[3] == module.text(given) and module.loop_of(call) is not None:
            continue
        first = seen.setdefault(key, call)
        if first is not call and _is_one_name(module, given):
            found.append(Twice(call, module.text(given), first.lineno))
    return found


def _is_one_name(module: Module, given: ast.expr) -> bool:
    """Whether a name or attribute means the same thing throughout."""
    while isinstance(given, ast.Attribute):
        given = given.value
    return isinstance(given, ast.Name) and len(module.bindings(given)) <= 1
