"""Admin lists: which foreign keys the list of a Django admin reads of each row and does not load with the rows."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from flake8_auditrules.knowledge.django import ADMIN_LIBRARIES
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.item_reads import member
from flake8_auditrules.project.lazy_fields import (
    ONE,
    ONE_OR_NONE,
    MappedClass,
    lazy_fields,
    lazy_fields_named,
    mapped_class,
    target_of,
)
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import defined_name, last_name, set_in
from flake8_auditrules.semantics.row_loops import reads_of
from flake8_auditrules.semantics.row_methods import query_for_row
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import name_uses
from flake8_auditrules.semantics.whole_tables import grows, is_handful

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COLUMNS = "list_display"
_WHOLE = "__str__"
_KEYS = frozenset({"id", "pk"})
_SITE = frozenset({"django.contrib.admin.site.register", "django.contrib.admin.sites.site.register"})
# What loads something for all rows at once, chooses the columns, or keeps a list from being shown.
_DECIDING = pattern(
    r"get_(?:queryset|changelist\w*|results|list_select_related|list_display|model_perms)$|list_prefetch_related$"
    r"|has_module_permission$"
)
# What may load what belongs to the rows of a list.
_LOADING = pattern(r"get_(?:queryset|changelist\w*|results)$|list_prefetch_related$")
_JOINED = "list_select_related"


class LazyColumn(NamedTuple):
    """
    A read of a foreign key for each row of an admin's list: where it is reported, and in which words.

    `link` is the place of the read where that is another one.
    """

    place: ast.AST
    text: str
    admin: str
    field: str
    chain: str
    link: Link | None


class _List(NamedTuple):
    """
    The list of an admin: the place that stands for it, its model, and its columns by name.

    `joined` are the paths of `list_select_related`, or whether it joins all that cannot be empty.
    """

    place: ast.AST
    name: str
    model: ast.expr
    shown: Mapping[str, ast.AST]
    own: Mapping[str, FunctionNode]
    joined: frozenset[str] | bool


def lazy_columns(project: Project, module: Module) -> Iterator[LazyColumn]:
    """The reads of foreign keys by the lists of a module's admins at which each row asks the database anew."""
    for one in _lists(project, module):
        if is_handful(last_name(one.model)):
            continue
        lazy = {name: kind for name, kind in lazy_fields(project, module, one.model).items() if kind in ONE}
        yield from _reads(project, module, one, lazy)


def _reads(project: Project, module: Module, one: _List, lazy: Mapping[str, str]) -> Iterator[LazyColumn]:
    told: set[str] = set()
    if isinstance(one.joined, frozenset):
        told = {path.split("__")[0] for path in one.joined}
    elif one.joined or not one.shown.keys().isdisjoint(lazy):
        # Django joins what a list shows by itself, and then every other foreign key that cannot be empty.
        told = {name for name, kind in lazy.items() if kind != ONE_OR_NONE}
    joined = frozenset(told)  # Of these the title of the row that is joined may read more.
    for method in one.own.values():
        for part in _loading(module, method, method.args.args[1].arg, lazy):
            if part.attr not in told:
                told.add(part.attr)
                yield LazyColumn(part, module.text(part), one.name, part.attr, "", None)
                continue
            deeper = module.parent(part)
            if isinstance(deeper, ast.Attribute) and isinstance(module.parent(deeper), ast.Attribute):
                path = f"{part.attr}__{deeper.attr}"
                if part.attr in joined and path not in told and _is_lazy_behind(project, module, one, path):
                    told.add(path)
                    yield LazyColumn(deeper, module.text(deeper), one.name, path, "", None)
    # What a list shows by the names of its model is mended in one place.
    name = module.qualname(one.model)
    model = mapped_class(project, module, name) if name is not None else None
    columns = {shown: place for shown, place in one.shown.items() if shown not in one.own}
    plain = next((shown for shown in columns if shown in lazy and shown not in told), None)
    if plain is not None:
        yield LazyColumn(columns[plain], plain, one.name, plain, "", None)
        return
    if model is None:
        return
    for shown, place in columns.items():
        if shown in told - joined:
            continue
        if shown in lazy:
            found = _read_of_joined(project, model, shown, one.joined)
        else:
            found = _read_of_member(project, model, shown, {name: lazy[name] for name in lazy.keys() - told})
            found = found or _query_of_member(project, model, shown)
        if found is not None and found[2] not in told:
            home, read, field = found
            link = Link(project.relative(home.path), read.lineno, home.text(read))
            chain = f" ({link.text}, {link.path}:{link.line})"
            text = shown if shown in lazy else f"{model.node.name}.{shown}"
            yield LazyColumn(place, text, one.name, field, chain, link)
            return


_Found = tuple[Module, ast.expr, str]


def _read_of_member(project: Project, model: MappedClass, shown: str, lazy: Mapping[str, str]) -> _Found | None:
    """The read of a foreign key by a method or property of a model: its module, its place, the field."""
    found = member(project, model, shown)
    read = next(iter(_loading(*found, "self", lazy)), None) if found is not None else None
    return (found[0], read, read.attr) if found is not None and read is not None else None


def _query_of_member(project: Project, model: MappedClass, shown: str) -> _Found | None:
    """The query for a row that a method or property of its model sends."""
    found = member(project, model, shown)
    if found is None or len(found[1].args.args) != 1:
        return None
    query = query_for_row(*found, found[1].args.args[0])
    return (found[0], query.call, "") if query is not None else None


def _is_lazy_behind(project: Project, module: Module, one: _List, path: str) -> bool:
    """Whether the second step of a path, `customer__user`, is a foreign key that is not joined with the first."""
    name = module.qualname(one.model)
    model = mapped_class(project, module, name) if name is not None else None
    first, _, second = path.partition("__")
    target = target_of(project, model, first) if model is not None else None
    kind = _lazy_of_joined(project, target, first, one.joined).get(second) if target is not None else None
    return kind is not None


def _lazy_of_joined(
    project: Project, target: MappedClass, shown: str, joined: frozenset[str] | bool
) -> Mapping[str, str]:
    """The foreign keys of rows that are joined, which are not joined with them."""
    lazy = lazy_fields_named(project, target.module, f"{target.module.name}.{target.node.name}")
    if isinstance(joined, bool):
        return {name: kind for name, kind in lazy.items() if kind == ONE_OR_NONE}
    rest = {path.split("__")[1] for path in joined if path.startswith(f"{shown}__")}
    return {name: kind for name, kind in lazy.items() if kind in ONE and name not in rest}


def _read_of_joined(
    project: Project, model: MappedClass, shown: str, joined: frozenset[str] | bool
) -> _Found | None:
    """The read of a foreign key by the title of a row that is joined, which is not joined with it."""
    target = target_of(project, model, shown)
    if target is None:
        return None
    lazy = _lazy_of_joined(project, target, shown, joined)
    found = _read_of_member(project, target, _WHOLE, lazy)
    return (found[0], found[1], f"{shown}__{found[2]}") if found is not None else None


def _loading(module: Module, method: FunctionNode, row: str, lazy: Mapping[str, str]) -> list[ast.Attribute]:
    """The reads of a row's foreign keys in a method, not of their keys alone: first those of something in them."""
    found: list[ast.Attribute] = []
    whole: list[ast.Attribute] = []
    for read in reads_of(module.own_nodes(method), row, lazy):
        used = module.parent(read)
        if not isinstance(used, ast.Attribute):
            whole.append(read)
        elif used.attr not in _KEYS:
            found.append(read)
    return found + whole


def may_load(project: Project, module: Module, holder: ast.ClassDef) -> bool:
    """Whether an admin, or a class of its line, may load what belongs to the rows of its list with them."""
    line = class_line(project, module, holder)
    if any(_LOADING.match(defined_name(part)) for _, one in line.classes for part in one.body):
        return True
    return not all(name.startswith(ADMIN_LIBRARIES) for name in line.other_names())


# -- the lists of a module ---------------------------------------------------------------------------------------


def _lists(project: Project, module: Module) -> Iterator[_List]:
    """The registered admins whose lists load nothing with their rows, as far as that is seen."""
    for holder in module.nodes(ast.ClassDef):
        model = registered_model(module, holder)
        found = _shown(project, module, holder) if model is not None else None
        if model is None or found is None:
            continue
        shown, joined = found
        if holder not in shown.values() or grows(last_name(model)):
            methods = (one for one in holder.body if isinstance(one, _FUNCTIONS) and one.name in shown)
            own = {one.name: one for one in methods if len(one.args.args) > 1}
            yield _List(holder, holder.name, model, shown, own, joined)
    for call in module.calls_named("register"):
        if len(call.args) != 1 or call.keywords or module.qualname(call.func) not in _SITE:
            continue
        if grows(last_name(call.args[0])):
            yield _List(call, "", call.args[0], {_WHOLE: call}, {}, False)


def registered_model(module: Module, holder: ast.ClassDef) -> ast.expr | None:
    """The one model that an admin is registered for, by a decorator or a call; None where it is not known."""
    calls = [one for one in holder.decorator_list if isinstance(one, ast.Call) and last_name(one) == "register"]
    if calls:
        return calls[0].args[0] if len(calls) == len(calls[0].args) == 1 else None
    uses = [module.parent(use) for use in name_uses(module).get(holder.name, ())]
    if len(uses) != 1 or not isinstance(uses[0], ast.Call) or last_name(uses[0]) != "register":
        return None
    return uses[0].args[0] if len(uses[0].args) == 2 else None


def _shown(
    project: Project, module: Module, holder: ast.ClassDef
) -> tuple[Mapping[str, ast.AST], frozenset[str] | bool] | None:
    """
    The columns of an admin's list, each with the place that names it (the row itself where none is named), and
    what the list joins as in `_List`.

    None where a class of its line may load something with the rows, or is not known.
    """
    columns: Mapping[str, ast.AST] | None = None
    joined: ast.expr | None = None
    line = class_line(project, module, holder)
    if not all(name.startswith(ADMIN_LIBRARIES) for name in line.other_names()):
        return None
    for _, one in line.classes:
        if any(_DECIDING.match(defined_name(part)) and not _adds_columns(part) for part in one.body):
            return None
        joined = joined or set_in(one, _JOINED)
        for part in one.body:
            if columns is None and defined_name(part) == _COLUMNS:
                value = getattr(part, "value", None)
                if one is not holder or not isinstance(value, (ast.List, ast.Tuple)):
                    return None
                columns = {str(node.value): node for node in value.elts if isinstance(node, ast.Constant)}
    paths: frozenset[str] | bool = False
    if isinstance(joined, (ast.List, ast.Tuple)) and all(isinstance(one, ast.Constant) for one in joined.elts):
        paths = frozenset(str(one.value) for one in joined.elts if isinstance(one, ast.Constant))
    elif isinstance(joined, ast.Constant):
        paths = joined.value is True
    elif joined is not None:
        return None
    is_plain = all(name.endswith("ModelAdmin") for name in line.other_names())
    if columns is None:
        return ({_WHOLE: holder}, paths) if is_plain else None
    return columns, paths


def _adds_columns(part: ast.stmt) -> bool:
    """Whether a part of an admin gives the columns that its class names, and others perhaps."""
    return (
        isinstance(part, ast.FunctionDef)
        and part.name == f"get_{_COLUMNS}"
        and all(
            any(isinstance(one, ast.Attribute) and one.attr in (_COLUMNS, part.name) for one in ast.walk(returned))
            for returned in ast.walk(part)
            if isinstance(returned, ast.Return)
        )
    )
