"""Lookup tables: tables of a handful of rows, such as kinds, units and countries, by what their columns are."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import home_of
from flake8_auditrules.project.lazy_fields import mapped_class
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.models import models
from flake8_auditrules.semantics.module import Module

_MOST_COLUMNS = 8
_MOST_BESIDE_KEYS = 5
# People and what they own are written by themselves, one row more each day.
_GROWING = pattern(
    r"account|client|comment|contact|customer|device|document|event|file|group|image|invoice|item|log|match|media|"
    r"member|message|order|participant|payment|people|person|photo|post|record|request|result|review|sample|session|"
    r"task|token|transaction|user",
    re.IGNORECASE,
)
_PEOPLE = pattern(r"account|client|contact|customer|device|member|people|person|user", re.IGNORECASE)
# What administrators write by hand is switched on and off: keys, rules, sources.
_SWITCHES = frozenset({"enabled", "is_enabled"})
_TIMES = pattern(r"date|time", re.IGNORECASE)


def is_lookup_table(project: Project, module: Module, model: ast.expr) -> bool:
    """
    Whether the rows of a model are of a small set that others refer to, as far as its class shows it.

    That is a table of few columns, none of which tells a time: what is written each day tells when it was; or one
    whose rows are switched on and off, and belong to nobody.
    """
    name = module.qualname(model)
    if name is None:
        return False
    if module.instances.local_class(name) is not None:
        return _is_lookup_table(project, module, name)
    home = home_of(project, module, name)
    if home is None:
        return False
    return bool(project.answer(home, "lookup table", name, lambda: _is_lookup_table(project, module, name)))


def _is_lookup_table(project: Project, module: Module, name: str) -> bool:
    found = mapped_class(project, module, name)
    if found is None:
        return False
    for one in models(found.module):
        if one.node is found.node:
            if not one.foreign_keys and any(_is_switch(statement) for statement in found.node.body):
                return _PEOPLE.search(found.node.name) is None
            if _GROWING.search(name.rpartition(".")[2]):
                return False
            written = [*found.node.bases, *found.node.body]
            times = any(_TIMES.search(found.module.text(part, 400)) for part in written if _is_told(part))
            return not times and len(one.columns) <= (_MOST_BESIDE_KEYS if one.foreign_keys else _MOST_COLUMNS)
    return False


def _is_told(part: ast.AST) -> bool:
    """Whether a part of a class names a column or a class that it inherits columns from."""
    return isinstance(part, (ast.expr, ast.Assign, ast.AnnAssign))


def _is_switch(statement: ast.stmt) -> bool:
    """Whether a statement of a class makes a column that switches its row on and off."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
    return isinstance(target, ast.Name) and target.id in _SWITCHES
