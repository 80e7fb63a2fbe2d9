"""Lazy fields: what of a model's rows asks the database each time that it is read for another row."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.definitions import class_named, home_of, module_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, set_in

_MAXIMUM_HOPS = 4
# Django's fields: those that hold one row of another model, and those that give many.
_ONE = frozenset({"ForeignKey", "OneToOneField"})
_MANY = frozenset({"ManyToManyField"})
_PLAIN_MANAGERS = frozenset({"django.db.models.Manager", "django.db.models.manager.Manager"})
# What a field of one row holds: always one, or perhaps none.
ONE_OR_NONE = "one or none"
ONE = frozenset({"one", ONE_OR_NONE})
# A relationship that is a query of its own, sent each time: `lazy="dynamic"`.
QUERY = "query"
_MOST_MANAGERS = 12
# What the rows of a manager are made by where nothing is loaded with them.
_NARROWING = pattern(
    r"(?:alias|all|annotate|distinct|exclude|filter|get_queryset|order_by|super|using|values|Q|\w*QuerySet|\w*Field"
    r"|Avg|Case|Coalesce|Concat|Count|Exists|ExpressionWrapper|F|Lower|Max|Min|OuterRef|Subquery|Sum|Upper|Value|When"
    r"|timedelta|now)$"
)
# What loads something along with rows.
LOADING = frozenset({"Prefetch", "prefetch_related", "select_related"})
# Rows that Django keeps once they are read.
_KEPT = frozenset({"content_type", "site"})


class MappedClass(NamedTuple):
    """A class, and the module that defines it."""

    module: Module
    node: ast.ClassDef


def lazy_fields(project: Project, module: Module, model: ast.expr) -> Mapping[str, str]:
    """
    The fields of a model that are loaded when they are first read of a row: rows of other models, "one", "one or
    none", or "many".

    Of Django's models the foreign keys and many-to-many fields, of SQLAlchemy's the relationships without another
    `lazy`, those that models of the same module give (`backref`), and those that are a "query".
    Empty for a class that is not known, and for a model of Django's with a manager of its own.
    """
    name = module.qualname(model)
    return lazy_fields_named(project, module, name) if name is not None else {}


def lazy_fields_named(project: Project, module: Module, name: str) -> Mapping[str, str]:
    """The lazy fields of a model by its qualified name, as a module sees it."""
    if module.instances.local_class(name) is not None:
        return _fields(project, module, name)
    home = home_of(project, module, name)
    if home is None:
        return {}
    found = project.answer(home, "lazy fields", name, lambda: _fields(project, module, name))
    return found if isinstance(found, dict) else {}


def _fields(project: Project, module: Module, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    loaded: set[str] | None = set()
    managed = _MAXIMUM_HOPS + 1
    pending = [(module, name, 0)]
    while pending:
        around, wanted, hops = pending.pop()
        one = mapped_class(project, around, wanted)
        if one is None:
            continue
        for statement in one.node.body:
            field, value = _assigned(statement)
            if field == "objects" and managed > hops:
                managed = hops
                loaded = _loaded_by(project, one.module, value)
            kind = _kind(one.module, value) if field and isinstance(value, ast.Call) else ""
            if kind and field not in _KEPT:
                found.setdefault(field, kind)
        for field, kind in _backrefs(one.module, one.node.name):
            found.setdefault(field, kind)
        for base in one.node.bases:
            base_name = one.module.qualname(base)
            if base_name is not None and hops < _MAXIMUM_HOPS:
                pending.append((one.module, base_name, hops + 1))
    return {field: kind for field, kind in found.items() if field not in loaded} if loaded is not None else {}


def target_of(project: Project, model: MappedClass, field: str) -> MappedClass | None:
    """The model of the rows that a foreign key holds, where it is given or named as Django names models."""
    for home, holder in class_line(project, *model).classes:
        value = set_in(holder, field)
        if not isinstance(value, ast.Call):
            continue
        target = home.argument(value, "to", 0)
        if isinstance(target, ast.Constant) and isinstance(target.value, str):
            return _named(project, home, holder, target.value)
        name = home.qualname(target) if target is not None else None
        return mapped_class(project, home, name) if name is not None else None
    return None


def _named(project: Project, home: Module, holder: ast.ClassDef, name: str) -> MappedClass | None:
    """The model of a name with or without its application: `Author`, `books.Author`, `self`."""
    if name == "self":
        return MappedClass(home, holder)
    application, _, last = name.rpartition(".")
    local = home.instances.local_class(f"{home.name}.{last}")
    if local is not None or "models" not in (parts := home.name.split(".")):
        return MappedClass(home, local) if local is not None else None
    begin = parts[: parts.index("models")]
    begin = [*begin[:-1], application] if application else begin
    return mapped_class(project, home, ".".join([*begin, "models", last]))


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


def _loaded_by(project: Project, module: Module, value: ast.expr | None) -> set[str] | None:
    """
    The fields that a manager loads along with its rows: none by Django's own, those it names by the project's.

    None where that is not seen.
    """
    if not isinstance(value, ast.Call):
        return None
    if module.qualname(value.func) in _PLAIN_MANAGERS:
        return set()
    pending = [(module, part) for part in _classes_in(value)]
    if not pending or len(pending) > _MAXIMUM_HOPS:
        return None
    loaded: set[str] = set()
    seen = 0
    for around, part in pending:
        name, seen = around.qualname(part), seen + 1
        found = class_named(project, around, name) if name is not None and seen <= _MOST_MANAGERS else None
        if found is None:
            if name is None or not name.startswith("django."):
                return None
            continue
        for method in found[1].body:
            if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)) and method.name == "get_queryset":
                for one in ast.walk(method):
                    named = _loaded_in(one) if isinstance(one, ast.Call) else set()
                    if named is None:
                        return None
                    loaded |= named
        for base in found[1].bases:
            pending.extend(
                (found[0], one) for one in (_classes_in(base) if isinstance(base, ast.Call) else [base])
            )
    return loaded


def _classes_in(made: ast.expr) -> list[ast.expr]:
    """The classes that a manager is made of: `models.Manager.from_queryset(Books)`."""
    found: list[ast.expr] = [
        part
        for part in ast.walk(made)
        if isinstance(part, (ast.Name, ast.Attribute)) and last_name(part)[:1].isupper()
    ]
    return found


def _loaded_in(call: ast.Call) -> set[str] | None:
    """The fields that a call in a manager loads with the rows by name; None where it may load others."""
    last = last_name(call)
    if last not in LOADING:
        return set() if _NARROWING.match(last) else None
    if last == "prefetch_related" or (last == "Prefetch" and call.args):
        given = call.args if last == "prefetch_related" else call.args[:1]
        given = [one for one in given if not (isinstance(one, ast.Call) and last_name(one) == "Prefetch")]
    else:
        given = call.args
    if (last == "select_related" and not given) or not all(isinstance(one, ast.Constant) for one in given):
        return None
    return {str(one.value).split("__")[0] for one in given if isinstance(one, ast.Constant)}


def _kind(module: Module, made: ast.Call) -> str:
    """What a field holds when it is read: "one", "one or none", "many", or "" for what is loaded at once."""
    last = last_name(made.func)
    if last in _ONE or last in _MANY:
        is_of_django = (module.qualname(made.func) or "").startswith("django.")
        if not is_of_django or last in _MANY:
            return "many" if is_of_django else ""
        null = module.argument(made, "null")
        return ONE_OR_NONE if isinstance(null, ast.Constant) and null.value is True else "one"
    if last.lower() != "relationship":
        return ""
    return _kind_of_loading(module, made)


def _kind_of_loading(module: Module, made: ast.Call) -> str:
    lazy = module.argument(made, "lazy")
    if lazy is None:
        return "many"
    value = lazy.value if isinstance(lazy, ast.Constant) else None
    return QUERY if value == "dynamic" else "many" if value in ("select", True) else ""


def _backrefs(module: Module, model: str) -> Iterator[tuple[str, str]]:
    """The fields that the relationships of a module's other models give to a model, and what they hold."""
    for call in module.calls_named("relationship"):
        backref = module.argument(call, "backref")
        if backref is None or not call.args or model not in (last_name(call.args[0]), _text(call.args[0])):
            continue
        name = _text(backref.args[0] if isinstance(backref, ast.Call) and backref.args else backref)
        kind = _kind_of_loading(module, backref) if isinstance(backref, ast.Call) else "many"
        if name and kind:
            yield name, kind


def _text(expression: ast.expr) -> str:
    return str(expression.value) if isinstance(expression, ast.Constant) else ""
