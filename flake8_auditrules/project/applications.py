"""Applications: the FastAPI applications of a module, and what their project gives them anywhere."""

from __future__ import annotations

import ast
import re
import weakref
from collections.abc import Iterator

from flake8_auditrules.project.definitions import module_at
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.texts import text_of
from flake8_auditrules.project.wiring import Registered, Wiring
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import is_example
from flake8_auditrules.semantics.route_tables import Router, router_name, routers, routes

_APPLICATION = "fastapi.FastAPI"
_SERVING = frozenset({"include_router", "add_api_route", "add_route", "mount", "include_routers"})
_MOUNTING = frozenset({"mount", "Mount"})
_MUTATING = frozenset({"post", "put", "patch", "delete"})
_MOST_FILES = 10_000
_MOST_MOUNTING = 12
_DEMONSTRATIONS = frozenset({"demo.py", "sample.py"})
# Longer texts are prose.
_LONGEST = 60
_said: weakref.WeakKeyDictionary[Project, dict[tuple[str, int, str], bool]] = weakref.WeakKeyDictionary()


def applications(project: Project, module: Module) -> list[Router]:
    """
    The FastAPI applications that a module makes and gives routes, in the order of the source.

    One that is mounted in another is a part of that, and so is one of a class of the project's own: others make
    their applications with it. Those of tests, examples and demonstrations do not count.
    """
    if module.is_test or is_example(module) or _is_demonstration(module):
        return []
    made = {
        name: one
        for name, one in routers(module).items()
        if one.class_name == _APPLICATION and module.instance_of(one.call) == _APPLICATION
    }
    if not made:
        return []
    serving = {route.router.name for route in routes(module)}
    for call in module.calls_named(*_SERVING):
        if isinstance(call.func, ast.Attribute):
            serving.add(router_name(module, call.func.value) or "")
    mounted = {router_name(module, part) for part in _mounted(module)}
    return [
        one
        for name, one in made.items()
        if name in serving and name not in mounted and not _is_mounted_elsewhere(project, module, one)
    ]


def _is_demonstration(module: Module) -> bool:
    return module.path.replace("\\", "/").rpartition("/")[2].lower() in _DEMONSTRATIONS


def _mounted(module: Module) -> Iterator[ast.expr]:
    """What the module mounts in applications."""
    for call in module.calls_named(*_MOUNTING):
        yield from call.args
        yield from (keyword.value for keyword in call.keywords)


def _is_mounted_elsewhere(project: Project, module: Module, application: Router) -> bool:
    """Whether an application is made to be mounted: by the name of its factory, or as another module does it."""
    function = module.function_of(application.call)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    if "mount" in function.name:
        return True
    for path in project.files_that_mention(module, function.name, _MOST_MOUNTING) or ():
        other = module_at(project, path)
        if other is not None and any(_makes(other, part, function.name) for part in _mounted(other)):
            return True
    return False


def _makes(module: Module, part: ast.expr, factory: str) -> bool:
    """Whether an expression is a call of a factory, or a variable that holds what it gave."""
    if isinstance(part, ast.Name):
        return any(
            isinstance(binding.value, ast.Call) and last_name(binding.value) == factory
            for binding in module.bindings(part)
        )
    return isinstance(part, ast.Call) and last_name(part) == factory


def names_anything(project: Project, module: Module, wanted: re.Pattern[str]) -> bool:
    """
    Whether anything that puts the project's applications together has a name which the pattern finds.

    Modules, what they import, middlewares, dependencies, the paths of routes, and the texts in the module itself.
    """
    return any(wanted.search(name) for name in _own_names(module)) or any(
        wanted.search(name) for name in _names(project)
    )


def _own_names(module: Module) -> Iterator[str]:
    for function in module.nodes(ast.FunctionDef):
        yield function.name
    for coroutine in module.nodes(ast.AsyncFunctionDef):
        yield coroutine.name
    for constant in module.nodes(ast.Constant):
        if isinstance(constant.value, str) and len(constant.value) < _LONGEST:
            yield constant.value


def _names(project: Project) -> Iterator[str]:
    for name, wiring in project.wirings().items():
        yield name
        yield from wiring.imports
        yield from wiring.middlewares
        for names in (*wiring.guarded.values(), *wiring.provided.values()):
            yield from names
        for include in wiring.includes:
            yield from include.dependencies
            yield include.path
        yield from _paths(wiring)


def project_routes(project: Project) -> Iterator[Registered]:
    """All routes of the project, each with its path as its router has it."""
    for wiring in project.wirings().values():
        for table in wiring.tables:
            yield from table.routes


def _paths(wiring: Wiring) -> Iterator[str]:
    for table in wiring.tables:
        yield table.prefix
        for route in table.routes:
            yield route.path


def defines_anything(project: Project, wanted: re.Pattern[str]) -> bool:
    """Whether a function or class of the project, tests left out, has a name which the pattern finds."""
    return any(wanted.search(name) for facts in project.all_facts() for name in (*facts.named, *facts.classes))


def says_anything(project: Project, wanted: re.Pattern[str], but: str = "") -> bool:
    """
    Whether the text of a file of the project, tests left out, has something that the pattern finds.

    `but` is the absolute path of a file that does not count. Each question reads files until one says it, so
    that the answer is kept for as long as the project is.
    """
    known = _said.setdefault(project, {})
    question = (wanted.pattern, wanted.flags, but)
    if question not in known:
        known[question] = any(path != but and wanted.search(text_of(path)) for path in project.files())
    return known[question]


def mentions_any(project: Project, module: Module, *names: str) -> bool:
    """Whether any file of the project but tests may mention one of these attributes or functions."""
    if next(module.calls_named(*names), None) is not None or any(map(module.attributes_named, names)):
        return True
    return any(project.files_that_mention(module, name, _MOST_FILES) != [] for name in names)


def has_mutating_route(project: Project) -> bool:
    """Whether a route of the project answers POST, PUT, PATCH or DELETE."""
    return any(not _MUTATING.isdisjoint(route.methods) for route in project_routes(project))


def is_whole(project: Project, module: Module) -> bool:
    """Whether every router that the module includes or mounts is one of the project, whose routes are known."""
    known = project.wirings()
    own = known.get(module.name)
    if own is None or own.dynamic:
        return False
    tables = {table.router for wiring in known.values() for table in wiring.tables}
    linked = project.elsewhere(module.path)
    return all(
        include.router and (include.router in tables or linked.canonical_variable(include.router) in tables)
        for include in own.includes
    )
