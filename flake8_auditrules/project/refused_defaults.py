"""Refused defaults: whether a program looks for the default of a setting elsewhere, to refuse it or to warn."""

from __future__ import annotations

import ast
import os

from flake8_auditrules.knowledge import web
from flake8_auditrules.project.definitions import module_at
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.environment import variables_read
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import BindingKind


def is_refused_elsewhere(project: Project, module: Module, field: str, default: str) -> bool:
    """Whether another file, tests left out, reads a field of the settings and compares with its default text."""
    wanted = default.encode()
    own = os.path.abspath(module.path)
    for path in project.files():
        if path != own and _says(path, wanted):
            other = module_at(project, path)
            if other is not None and other.attributes_named(field) and is_compared(other, default):
                return True
    return False


def is_empty_elsewhere(project: Project, module: Module, name: str) -> bool:
    """
    Whether another file, which serves, reads the variable of the environment without a default, or an empty one.

    What a file that serves nothing reads is sent then, and let in nowhere.
    """
    if module.imports(*web.FRAMEWORKS):
        return False
    wanted = name.encode()
    own = os.path.abspath(module.path)
    for path in project.files():
        other = module_at(project, path) if path != own and _says(path, wanted) else None
        if other is None or not other.imports(*web.FRAMEWORKS):
            continue
        for reading in variables_read(other):
            if reading.name == name:
                default = other.literal(reading.default) if reading.default is not None else None
                if reading.default is None or default in ("", None):
                    return True
    return False


def _says(path: str, wanted: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return wanted in file.read()
    except OSError:
        return False


def is_compared(module: Module, text: str, but: ast.expr | None = None) -> bool:
    """Whether a module compares something with a text, written out or held by a variable; `but` does not count."""
    for compare in module.nodes(ast.Compare):
        for part in (compare.left, *compare.comparators):
            for node in ast.walk(part):
                if node is not but and _is_text(module, node, text):
                    return True
    return False


def _is_text(module: Module, node: ast.AST, text: str) -> bool:
    if isinstance(node, ast.Constant):
        return node.value == text
    if not isinstance(node, ast.Name):
        return False
    bindings = module.bindings(node)
    value = bindings[0].value if len(bindings) == 1 else None
    if value is None or bindings[0].kind is not BindingKind.ASSIGNMENT:
        return False
    if isinstance(value, ast.Name):
        return value is not node and _is_text(module, value, text)
    return any(
        (isinstance(one, ast.Constant) and one.value == text)
        or (isinstance(one, ast.Name) and _holds(module, one, text))
        for one in ast.walk(value)
    )


def _holds(module: Module, name: ast.Name, text: str) -> bool:
    """Whether a name of a collection is a constant for a text: `PLACEHOLDERS = {DEFAULT_KEY, ""}`."""
    bindings = module.bindings(name)
    value = bindings[0].value if len(bindings) == 1 else None
    return isinstance(value, ast.Constant) and value.value == text
