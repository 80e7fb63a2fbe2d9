"""Engine URLs: settings of the project that hold the URL of a database server, whatever it is."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import says_anything
from flake8_auditrules.project.definitions import class_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.engines import is_server_url, url_text
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind

_MYSQL = pattern(r"\b(?:mysql|mariadb)\+\w+|\b(?:aio|py)mysql\b|\basyncmy\b|\bMySQLdb\b")
_OTHERS = pattern(r"postgres|psycopg|asyncpg|\bpg8000\b|\bmssql\b|\bpyodbc\b|oracle|cockroach", re.IGNORECASE)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 4
_MAXIMUM_CALLS = 5
# Methods that give the same URL as a text.
_SAME = frozenset({"unicode_string", "render_as_string", "replace", "get_secret_value", "encoded_string"})


def says_mysql_alone(project: Project) -> bool:
    """
    Whether files of the project name a driver of MySQL, or a URL that begins with one, and none of another server.

    SQLite does not count: it stands beside each server for the tests.
    """
    return says_anything(project, _MYSQL) and not says_anything(project, _OTHERS)


def is_url_of_server(project: Project, module: Module, url: ast.expr) -> bool:
    """Whether a URL is one of a database server by the type or value of the setting that it is taken from."""
    return _is_of_server(project, module, url, 0)


def _is_of_server(project: Project, module: Module, url: ast.expr, hops: int) -> bool:
    if hops > _MAXIMUM_HOPS:
        return False
    if isinstance(url, ast.Call):
        if module.callee(url) == "builtins.str" and len(url.args) == 1:
            return _is_of_server(project, module, url.args[0], hops + 1)
        if isinstance(url.func, ast.Attribute) and url.func.attr in _SAME:
            return _is_of_server(project, module, url.func.value, hops + 1)
        return False
    if isinstance(url, ast.Attribute):
        return _is_setting_of_server(project, module, url)
    if not isinstance(url, ast.Name):
        return False
    bindings = module.bindings(url)
    if len(bindings) != 1:
        return False
    if bindings[0].kind is BindingKind.ASSIGNMENT and bindings[0].value is not None:
        return _is_of_server(project, module, bindings[0].value, hops + 1)
    if bindings[0].kind is BindingKind.PARAMETER:
        return _is_given_server(project, module, url, hops)
    return False


def _is_given_server(project: Project, module: Module, parameter: ast.Name, hops: int) -> bool:
    """Whether the calls of a function in its own module all give the URL of a server for a parameter."""
    function = module.function_of(parameter)
    if not isinstance(function, _FUNCTIONS) or module.class_of(function) is not None:
        return False
    positional = module.instances.positional_parameters(function)
    place = positional.index(parameter.id) if parameter.id in positional else None
    calls = module.calls_by_name().get(function.name, ())
    given = [module.argument(call, parameter.id, place) for call in calls]
    return 0 < len(given) <= _MAXIMUM_CALLS and all(
        one is not None and _is_of_server(project, module, one, hops + 1) for one in given
    )


def _is_setting_of_server(project: Project, module: Module, setting: ast.Attribute) -> bool:
    owner = module.instance_of(setting.value)
    found = class_named(project, module, owner) if owner is not None else None
    if found is None:
        return False
    home, holder = found
    for member in holder.body:
        if isinstance(member, ast.AnnAssign) and getattr(member.target, "id", "") == setting.attr:
            return _is_server_type(home, member.annotation)
        if isinstance(member, _FUNCTIONS) and member.name == setting.attr:
            return _gives_server_url(home, member)
    return False


def _is_server_type(module: Module, annotation: ast.expr) -> bool:
    """Whether all that an annotation allows, but None, is the URL of a server."""
    return module.instances.annotated_class(annotation) in database.SERVER_URLS


def _gives_server_url(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a property gives the URL of a server, by its type or by each text that it returns."""
    if not any("property" in last_name(one) for one in function.decorator_list):
        return False
    if function.returns is not None and _is_server_type(module, function.returns):
        return True
    returned = [node.value for node in module.own_nodes(function) if isinstance(node, ast.Return)]
    texts = [url_text(module, value) if value is not None else None for value in returned]
    return bool(texts) and all(text is not None and is_server_url(text) for text in texts)
