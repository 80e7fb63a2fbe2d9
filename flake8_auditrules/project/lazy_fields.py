"""Lazy fields: what of a model's rows asks the database each time that it is read for another row."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from flake8_auditrules.project.definitions import home_of, module_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_MAXIMUM_HOPS = 4
# Django's fields: those that hold one row of another model, and those that give many.
_ONE = frozenset({"ForeignKey", "OneToOneField"})
_MANY = frozenset({"ManyToManyField"})
_PLAIN_MANAGERS = frozenset({"django.db.models.Manager", "django.db.models.manager.Manager"})
# Rows that Django keeps once they are read.
_KEPT = frozenset({"content_type", "site"})


class MappedClass(NamedTuple):
    """A class, and the module that defines it."""

    module: Module
    node: ast.ClassDef


def lazy_fields(project: Project, module: Module, model: ast.expr) -> Mapping[str, str]:
    """
    The fields of a model that are loaded when they are first read of a row: "one" row of another model, or "many".

    Of Django's models the foreign keys and many-to-many fields, of SQLAlchemy's the relationships without another
    `lazy`. Empty for a class that is not known, and for a model of Django's with a manager of its own.
    """
    name = module.qualname(model)
    if name is None:
        return {}
    if module.instances.local_class(name) is not None:
        return _fields(project, module, name)
    home = home_of(project, module, name)
    if home is None:
        return {}
    found = project.answer(home, "lazy fields", name, lambda: _fields(project, module, name))
    return found if isinstance(found, dict) else {}


def _fields(project: Project, module: Module, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    pending = [(module, name, 0)]
    while pending:
        around, wanted, hops = pending.pop()
        one = mapped_class(project, around, wanted)
        if one is None:
            continue
        for statement in one.node.body:
            field, value = _assigned(statement)
            if field == "objects" and not _is_plain(one.module, value):
                return {}
            kind = _kind(one.module, value) if field and isinstance(value, ast.Call) else ""
            if kind and field not in _KEPT:
                found.setdefault(field, kind)
        for base in one.node.bases:
            base_name = one.module.qualname(base)
            if base_name is not None and hops < _MAXIMUM_HOPS:
                pending.append((one.module, base_name, hops + 1))
    return found


def mapped_class(project: Project, module: Module, name: str) -> MappedClass | None:
    """The class of the project that a qualified name means in a module, through the names that modules pass on."""
    local = module.instances.local_class(name)
    if local is not None:
        return MappedClass(module, local)
    meant = project.elsewhere(module.path).graph.resolve(name)
    if meant is None or meant.kind != "class":
        return None
    other = module_named(project, module, meant.name.rpartition(".")[0])
    node = other.instances.local_class(meant.name) if other is not None else None
    return MappedClass(other, node) if other is not None and node is not None else None


def _assigned(statement: ast.stmt) -> tuple[str, ast.expr | None]:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id, statement.value
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id, statement.value
    return "", None


def _is_plain(module: Module, value: ast.expr | None) -> bool:
    """Whether a manager is the one of Django's, which loads nothing along with the rows."""
    return isinstance(value, ast.Call) and module.qualname(value.func) in _PLAIN_MANAGERS


def _kind(module: Module, made: ast.Call) -> str:
    """What a field made so holds when it is read: "one", "many", or "" for what is loaded at once."""
    last = last_name(made.func)
    if last in _ONE or last in _MANY:
        is_of_django = (module.qualname(made.func) or "").startswith("django.")
        return ("one" if last in _ONE else "many") if is_of_django else ""
    if last.lower() != "relationship":
        return ""
    lazy = module.argument(made, "lazy")
    is_lazy = lazy is None or (isinstance(lazy, ast.Constant) and lazy.value in ("select", True))
    return "many" if is_lazy else ""
