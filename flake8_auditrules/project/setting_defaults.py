"""Defaults of settings: what a field of a settings class holds where nobody sets it."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.processes import SETTINGS_CLASSES
from flake8_auditrules.project.definitions import class_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_MODEL = "pydantic.BaseModel"
_FIELDS = frozenset({"Field", "field"})
_MOST_PROPERTIES = 2


class Default(NamedTuple):
    """The expression that is a field's default, and the module that defines it."""

    module: Module
    value: ast.expr


def default_of(project: Project, module: Module, read: ast.Attribute, hops: int = 0) -> Default | None:
    """
    The default of the field of a settings class that an attribute reads, in this module or another one.

    Fields of pydantic's settings, of dataclasses and of models in settings; of a property that splits the text of
    another field, that field's default. None where the class is not known or the field has no default.
    """
    owner = module.instance_of(read.value) or _class_of_import(project, module, read.value)
    if owner is None:
        return None
    found = class_named(project, module, owner)
    if found is None:
        return None
    home, holder = found
    if not _keeps_settings(home, holder):
        return None
    for statement in holder.body:
        if isinstance(statement, ast.AnnAssign) and last_name(statement.target) == read.attr:
            return _written(home, statement.value)
        if isinstance(statement, ast.FunctionDef) and statement.name == read.attr and hops < _MOST_PROPERTIES:
            split = _split_attribute(statement)
            return default_of(project, home, split, hops + 1) if split is not None else None
    return None


def _class_of_import(project: Project, module: Module, holder: ast.expr) -> str | None:
    """The class of an instance that another module makes: `settings` of `from .config import settings`."""
    name = module.qualname(holder)
    return project.elsewhere(module.path).variable_class(name) if name is not None else None


def _keeps_settings(module: Module, holder: ast.ClassDef) -> bool:
    """Whether a class is one of settings: of pydantic's, or a model or dataclass that by its name is."""
    ancestry = module.instances.ancestry(module.definition(holder))
    if not SETTINGS_CLASSES.isdisjoint(ancestry):
        return True
    is_record = _MODEL in ancestry or any(last_name(one) == "dataclass" for one in holder.decorator_list)
    return is_record and any(word in holder.name.lower() for word in ("setting", "config", "cors"))


def _written(module: Module, value: ast.expr | None) -> Default | None:
    """A field's default, also that of `Field(default=...)` and `Field(default_factory=lambda: [...])`."""
    if isinstance(value, ast.Call) and last_name(value) in _FIELDS:
        factory = module.argument(value, "default_factory")
        given = factory.body if isinstance(factory, ast.Lambda) else module.argument(value, "default", 0)
        return Default(module, given) if given is not None else None
    return Default(module, value) if value is not None else None


def _split_attribute(function: ast.FunctionDef) -> ast.Attribute | None:
    """The attribute of `self` whose text a property gives in parts: `return self.origins.split(",")`."""
    if not any(
        last_name(one) in ("property", "computed_field", "cached_property") for one in function.decorator_list
    ):
        return None
    last = function.body[-1]
    value = last.value if isinstance(last, ast.Return) else None
    if isinstance(value, ast.ListComp) and len(value.generators) == 1:
        value = value.generators[0].iter
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "split":
        value = value.func.value
        return value if isinstance(value, ast.Attribute) and last_name(value.value) == "self" else None
    return None
