"""Uncalled functions: those of an application that nothing in the project names, or comes to by a route."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable

from flake8_auditrules.project.applications import says_anything
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.registration import unregistered_routers
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.route_tables import routes
from flake8_auditrules.semantics.scopes import FunctionNode

# What makes a program of a package: others import a library.
_APPLICATIONS = frozenset(
    {"aiohttp.web", "celery.Celery", "fastapi.FastAPI", "flask.Flask", "quart.Quart", "sanic.Sanic", "uvicorn"}
)


def is_application(project: Project) -> bool:
    """Whether the project is a program: one of its modules imports what serves."""
    return any(not _APPLICATIONS.isdisjoint(wiring.imports) for wiring in project.wirings().values())


def is_named(project: Project, module: Module, function: FunctionNode) -> bool:
    """Whether a function's name stands anywhere else: in a call, a text, or as the name of another's method."""
    name = function.name
    if module.attributes_named(name) or project.is_named_elsewhere(module, name):
        return True
    lines = (line for number, line in enumerate(module.lines, start=1) if number != function.lineno)
    return _is_said(project, module, name, lines)


def _is_said(project: Project, module: Module, name: str, lines: Iterable[str]) -> bool:
    """Whether a name stands in some lines of its module, or anywhere in another file."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    return any(map(word.search, lines)) or says_anything(project, word, os.path.abspath(module.path))


def is_never_called(project: Project, module: Module, function: FunctionNode) -> bool:
    """
    Whether nothing in an application calls a function, or a method of a class that stands for itself.

    A decorator may hand it on, and a class with bases may have to have it.
    """
    around = module.class_of(function)
    return (
        not function.decorator_list
        and not function.name.startswith("__")
        and (around is None or not (around.bases or around.keywords or around.decorator_list))
        and (around is not None or isinstance(module.parent(function), ast.Module))
        and project.is_marked
        and is_application(project)
        and not is_named(project, module, function)
    )


def is_out_of_reach(project: Project, module: Module, function: FunctionNode) -> bool:
    """
    Whether nothing in an application comes to a function.

    It is a method of a class that is named nowhere else, or the routes of its router are included nowhere.
    """
    if _is_of_left_out_router(project, module, function):
        return True
    holder = module.class_of(function)
    return (
        holder is not None
        and not holder.decorator_list
        and isinstance(module.parent(holder), ast.Module)
        and project.is_marked
        and is_application(project)
        and not _is_class_named(project, module, holder.name)
    )


def _is_of_left_out_router(project: Project, module: Module, function: FunctionNode) -> bool:
    own = [route.router.name for route in routes(module) if route.function is function]
    if not own:
        return False
    left_out = {router.name for router, _ in unregistered_routers(project, module)}
    return left_out.issuperset(own)


def _is_class_named(project: Project, module: Module, name: str) -> bool:
    """Whether the name of a class stands in another file, or in its own beside the line that defines it."""
    lines = (line for line in module.lines if not line.lstrip().startswith((f"class {name}", "#")))
    return _is_said(project, module, name, lines)
