"""Request models: the pydantic classes of a module that its routes take as bodies, and their loose fields."""

from __future__ import annotations

import ast
import enum
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import annotated, last_name
from flake8_auditrules.semantics.parameters import checked_fields
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import FunctionNode

_DATE = pattern(
    r"(?:^|_)date$|_at$|^(?:start|end|from|to|since|until|due|expiry|expiration)_(?:date|time)$"
    r"|^(?:birthday|birthdate|deadline|expires)$"
)
# What a time is written as that is one of the day, or a place in a film: no date, and no `datetime`.
_CLOCK = pattern(r"\b(?:h{1,2}:)?m{1,2}:s{2}|\bh{1,2}:m{2}", re.IGNORECASE)
# Two or more quoted words that a description lists: `'open' or 'closed'`, `"a" | "b"`.
_CHOICES = pattern(
    r"""(?P<quote>['"`])[\w-]+(?P=quote)(?:\s*(?:,\s*or|,\s*and|,|/|\||or|and)\s*(?P=quote)[\w-]+(?P=quote))+"""
)
# What says that the listed words are not all there are.
_OPEN = pattern(r"\be\.?g\b|example|such as|custom|other|like|etc|\.\.\.|any |default", re.IGNORECASE)
_LOOKING = pattern(r"iso|parse|strp|date|time|valid|check|convert|to_|from_|verif|ensure", re.IGNORECASE)


class Looseness(enum.Enum):
    """What a field of type `str` holds by its declaration."""

    DATE = "a date"
    CHOICE = "one of the choices that its description names"


class LooseField(NamedTuple):
    """A field of a request model that takes any text, though it is declared to hold something narrower."""

    node: ast.AnnAssign
    name: str
    looseness: Looseness
    is_checked: bool
    """Whether a validator, a pattern or the routes of the module look at it."""


def request_models(module: Module) -> frozenset[ast.ClassDef]:
    """The pydantic models of this module that are parameters of its routes."""
    return module.keep("request models", lambda module: frozenset(_request_models(module)))


def _request_models(module: Module) -> Iterator[ast.ClassDef]:
    functions: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
    for function in functions:
        if not is_route(module, function):
            continue
        for _, annotation in annotated(function):
            model = module.instances.local_class(module.instances.annotated_class(annotation) or "")
            if model is not None and "pydantic.BaseModel" in module.instances.ancestry(module.definition(model)):
                yield model


def loose_fields(module: Module, model: ast.ClassDef) -> Iterator[LooseField]:
    """The fields of a request model whose type is `str` and whose name or description says more."""
    checked: set[str] | None = None
    for statement in model.body:
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        name = statement.target.id
        looseness = _looseness(module, model, statement, name)
        if looseness is None:
            continue
        if checked is None:
            checked = checked_fields(module, model)
        is_checked = bool({name, "*"} & checked) or _has_pattern(statement.value) or _is_used_as_more(module, name)
        yield LooseField(statement, name, looseness, is_checked)


def _looseness(module: Module, model: ast.ClassDef, statement: ast.AnnAssign, name: str) -> Looseness | None:
    if not _is_text(module, statement.annotation):
        return None
    if _DATE.search(name):
        is_of_clock = name.endswith("_time") and _CLOCK.search(module.source(model)) is not None
        return None if is_of_clock else Looseness.DATE
    if isinstance(statement.value, ast.Call):
        description = module.argument(statement.value, "description")
        text = module.literal(description) if description is not None else None
        choices = _CHOICES.search(text) if isinstance(text, str) and not _OPEN.search(text) else None
        if choices is not None and _field_names(model).isdisjoint(_plain(choices.group()).split()):
            return Looseness.CHOICE
    return None


def _field_names(model: ast.ClassDef) -> set[str]:
    """The names of a model's fields in small letters: a description may speak of one or the other of them."""
    return {
        _plain(statement.target.id)
        for statement in model.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    }


def _plain(text: str) -> str:
    """A text in small letters without quotes, and with names as one word."""
    return "".join(sign for sign in text.lower() if sign.isalnum() or sign == " ")


def _is_text(module: Module, annotation: ast.expr) -> bool:
    """Whether an annotation is `str`, `str | None` or `Optional[str]`: nothing that limits it."""
    if isinstance(annotation, ast.BinOp):
        sides = (annotation.left, annotation.right)
        return any(_is_text(module, side) for side in sides) and any(
            isinstance(side, ast.Constant) and side.value is None for side in sides
        )
    if isinstance(annotation, ast.Subscript):
        return module.qualname(annotation.value) == "typing.Optional" and _is_text(module, annotation.slice)
    return isinstance(annotation, ast.Name) and module.qualname(annotation) == "builtins.str"


def _has_pattern(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and any(
        keyword.arg is None or keyword.arg in ("pattern", "regex") for keyword in value.keywords
    )


def _is_used_as_more(module: Module, name: str) -> bool:
    """Whether the module compares a field, looks it up, or hands it to something that parses or checks it."""
    for use in module.attributes_named(name):
        parent = module.parent(use)
        if isinstance(parent, ast.Compare) and not all(isinstance(one, (ast.Is, ast.IsNot)) for one in parent.ops):
            return True
        if isinstance(parent, ast.Subscript) and parent.slice is use:
            return True
        if isinstance(parent, ast.keyword):
            parent = module.parent(parent)
        if isinstance(parent, ast.Call) and parent.func is not use:
            last = last_name(parent)
            if _LOOKING.search(last) or last[:1].isupper():
                return True
        if isinstance(parent, ast.Attribute):
            # A method of the text: `body.start_date.split("-")`.
            return True
    return False
