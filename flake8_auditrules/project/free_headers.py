"""Free headers: texts that clients or users choose freely, and that come into a header as they are."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import loggers
from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.row_classes import class_of_row
from flake8_auditrules.project.value_sinks import is_limited_elsewhere
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.header_values import HeaderValue, header_values
from flake8_auditrules.semantics.models import declared, is_declarative, is_table, validated_columns
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.parameters import checked_fields
from flake8_auditrules.semantics.request_values import (
    Part,
    RequestValue,
    carried,
    free_parameters,
    is_looked_at,
    model_parameters,
)
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Columns in which people call things what they like.
_CHOSEN = frozenset(
    {
        "display_name", "file_name", "filename", "label", "name", "original_file_name", "original_filename",
        "original_name", "title",
    }
)  # fmt: skip
_TEXTS = frozenset({"String", "Text", "Unicode", "UnicodeText", "VARCHAR", "AutoString"})
_OF_TEXTS = frozenset({"Mapped", "Optional", "str", "None"})
# What asks whether a text can be written, or writes it otherwise.
_ASKING = frozenset({"isascii", "encode", "quote", "slugify", "secure_filename", "unidecode"})
_FAILURES = frozenset({"UnicodeEncodeError", "UnicodeError", "ValueError"})


def free_headers(project: Project, module: Module) -> Iterator[tuple[HeaderValue, bool]]:
    """The parts of headers that are read of a request or a row, each with whether it may hold any character."""
    for value in header_values(module):
        function = module.function_of(value.site)
        if isinstance(function, _FUNCTIONS):
            part = value.part
            is_chosen = part is not None and (
                _is_of_request(project, module, function, value, part) or _is_of_row(project, module, part)
            )
            yield value, is_chosen and not _is_seen_to(module, function, value)


def _is_of_request(
    project: Project, module: Module, function: FunctionNode, value: HeaderValue, part: ast.expr
) -> bool:
    """Whether a part is a text of the request that may be any, and that nobody looks at."""
    given = {**free_parameters(module, function), **model_parameters(module, function)}
    if isinstance(part, ast.Name):
        # The parameter itself, whatever else the name is given later.
        read = RequestValue(part, given[part.id], frozenset()) if part.id in given else None
    else:
        read = carried(module, part, given)
    # What comes as a header has been read as Latin-1, and can be written so.
    if read is None or read.part in (Part.HEADER, Part.BODY):
        return False
    read = RequestValue(read.node, read.part, read.names | value.names)
    if is_looked_at(module, function, read) or is_limited_elsewhere(project, module, read):
        return False
    return read.part is Part.FILE_NAME or not _is_used_elsewhere(module, function, value, part)


def _is_used_elsewhere(module: Module, function: FunctionNode, value: HeaderValue, kept: ast.expr) -> bool:
    """
    Whether a function does anything else with a text: then it may know it, or find something by it.

    Tests of whether there is one say nothing, and neither do logs.
    """
    inside = {*ast.walk(value.text), *ast.walk(kept)}
    read = module.source(kept)
    for part in ast.walk(function):
        if part in inside or not isinstance(part, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
            continue
        if isinstance(part, ast.Name):
            if part.id not in value.names or not isinstance(part.ctx, ast.Load):
                continue
        elif module.source(part) != read:
            continue
        if not _is_harmless(module, part, value.names):
            return True
    return False


def _is_harmless(module: Module, part: ast.expr, names: frozenset[str]) -> bool:
    """Whether a use only asks whether there is a text, makes another one on the way to the header, or logs it."""
    for ancestor in module.ancestors(part):
        if isinstance(ancestor, ast.Call):
            if last_name(ancestor) in loggers.WRITING:
                return True
        elif isinstance(ancestor, (ast.If, ast.IfExp)) and part is ancestor.test:
            return True
        elif isinstance(ancestor, ast.Assign):
            return all(isinstance(target, ast.Name) and target.id in names for target in ancestor.targets)
        elif isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            break
    return False


def _is_of_row(project: Project, module: Module, part: ast.expr) -> bool:
    """Whether a part is a column of a row in which people write what they like."""
    if not isinstance(part, ast.Attribute) or part.attr not in _CHOSEN:
        return False
    found = class_of_row(project, module, part.value)
    if found is None or not (is_table(found[1]) or is_declarative(found[1])):
        return False
    for home, holder in class_line(project, *found).classes:
        if not (checked_fields(home, holder) | validated_columns(holder)).isdisjoint({part.attr, "*"}):
            return False
        for statement in holder.body:
            target, annotation, made = declared(statement)
            if target == part.attr:
                return _is_text(annotation, made)
    return False


def _is_text(annotation: ast.expr | None, made: ast.expr | None) -> bool:
    """Whether a column is declared as a text, and as nothing more."""
    if isinstance(made, ast.Call):
        types = [last_name(one) for one in made.args if last_name(one)]
        if types:
            return types[0] in _TEXTS
    if annotation is None:
        return False
    named = {last_name(part) for part in ast.walk(annotation) if isinstance(part, (ast.Name, ast.Attribute))}
    return "str" in named and named <= _OF_TEXTS


def _is_seen_to(module: Module, function: FunctionNode, value: HeaderValue) -> bool:
    """Whether the function asks what characters a text has, encodes one, or takes the failure."""
    for ancestor in module.ancestors(value.site):
        if ancestor is function:
            break
        if isinstance(ancestor, ast.Try) and any(
            handler.type is None or not _FAILURES.isdisjoint(_last_names(module, handler))
            for handler in ancestor.handlers
        ):
            return True
    return any(
        isinstance(part, ast.Call) and last_name(part) in _ASKING and _is_about_text(part)
        for part in module.own_nodes(function)
    )


def _last_names(module: Module, handler: ast.ExceptHandler) -> set[str]:
    return {(name or "").rpartition(".")[2] for name in handlers.caught(module, handler)}


def _is_about_text(call: ast.Call) -> bool:
    """Whether a call is none of `text.encode()`, which only makes the bytes of a body."""
    if last_name(call) != "encode":
        return True
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return any(
        isinstance(one, ast.Constant) and str(one.value).lower() in ("ascii", "latin-1", "latin1", "iso-8859-1")
        for one in given
    )
