"""Free names: functions that try one value after the other until no row has it, and give it to their caller."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import Definition, answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import always_parts, names_model
from flake8_auditrules.semantics.row_checks import found_nothing, is_answer

_LOOPS = (ast.While, ast.For, ast.AsyncFor)
# What is drawn by lot is hardly drawn twice.
_DRAWING = pattern(r"choices?|rand\w*|secrets|token\w*|uuid\w*|get_random_string|generate\w*")


def gives_free_name(project: Project, module: Module, call: ast.Call, model: str, column: str) -> bool:
    """Whether the function behind a call gives a value that no row of a model has in a column, as it has seen."""
    return bool(
        answer_behind(
            project,
            module,
            call,
            "free names",
            (model, column),
            lambda: _looks_for_free(definition_of(project, module, call), model, column),
        )
    )


def _looks_for_free(definition: Definition | None, model: str, column: str) -> bool:
    if definition is None:
        return False
    module, function = definition.module, definition.function
    given: list[ast.Return] = []
    is_repeated = False
    for part in module.own_nodes(function):
        if isinstance(part, (ast.Attribute, ast.Name)) and _DRAWING.fullmatch(last_name(part)):
            return False
        if isinstance(part, ast.Return) and isinstance(part.value, ast.Name):
            given.append(part)
        is_repeated = is_repeated or isinstance(part, _LOOPS)
    return is_repeated and any(
        _asks_for(module, answer, model, column, one.value.id)
        for one in given
        if isinstance(one.value, ast.Name)
        for answer in found_nothing(module, one)
    )


def _asks_for(module: Module, answer: ast.expr, model: str, column: str, name: str) -> bool:
    """Whether an answer is that of a query for a model's rows which have in a column what a name stands for."""
    parts = list(always_parts(module, answer))
    is_of_django = any(
        isinstance(part, ast.Attribute) and part.attr == "objects" and last_name(part.value) == model
        for part in parts
    )
    if not is_of_django and not is_answer(module, answer):
        return False
    for part in parts:
        if isinstance(part, ast.Compare) and isinstance(part.left, ast.Attribute):
            if part.left.attr == column and names_model(part.left.value) and last_name(part.left.value) == model:
                if _is_name(part.comparators[0], name):
                    return True
        elif isinstance(part, ast.Call) and last_name(part) in ("filter", "filter_by"):
            if any(one.arg == column and _is_name(one.value, name) for one in part.keywords):
                if is_of_django or any(isinstance(one, ast.Name) and one.id == model for one in parts):
                    return True
    return False


def _is_name(value: ast.expr, name: str) -> bool:
    return isinstance(value, ast.Name) and value.id == name
