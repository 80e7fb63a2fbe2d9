"""Admin lists: which foreign keys the list of a Django admin reads of each row and does not load with the rows."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from flake8_auditrules.knowledge.django import ADMIN_LIBRARIES
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.item_reads import member
from flake8_auditrules.project.lazy_fields import ONE, ONE_OR_NONE, lazy_fields, mapped_class
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import defined_name, last_name
from flake8_auditrules.semantics.row_loops import reads_of
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
    r"|has_module_permission$|list_select_related$"
)


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
    """The list of an admin: the place that stands for it, its model, and its columns by name."""

    place: ast.AST
    name: str
    model: ast.expr
    shown: Mapping[str, ast.AST]
    own: Mapping[str, FunctionNode]


def lazy_columns(project: Project, module: Module) -> Iterator[LazyColumn]:
    """The reads of foreign keys by the lists of a module's admins at which each row asks the database anew."""
    for one in _lists(project, module):
        if is_handful(last_name(one.model)):
            continue
        lazy = {name: kind for name, kind in lazy_fields(project, module, one.model).items() if kind in ONE}
        if lazy:
            yield from _reads(project, module, one, lazy)


def _reads(project: Project, module: Module, one: _List, lazy: Mapping[str, str]) -> Iterator[LazyColumn]:
    told: set[str] = set()
    if not one.shown.keys().isdisjoint(lazy):
        # Django joins what a list shows by itself, and then every other foreign key that cannot be empty.
        told = {name for name, kind in lazy.items() if kind != ONE_OR_NONE}
    for method in one.own.values():
        for part in _loading(module, method, method.args.args[1].arg, lazy):
            if part.attr not in told:
                told.add(part.attr)
                yield LazyColumn(part, module.text(part), one.name, part.attr, "", None)
    # What a list shows by the names of its model is mended in one place.
    name = module.qualname(one.model)
    model = mapped_class(project, module, name) if name is not None else None
    for shown, place in one.shown.items():
        if shown in one.own or shown in told:
            continue
        if shown in lazy:
            yield LazyColumn(place, shown, one.name, shown, "", None)
            return
        found = member(project, model, shown) if model is not None else None
        read = (
            next((part for part in _loading(*found, "self", lazy) if part.attr not in told), None)
            if found
            else None
        )
        if found is not None and model is not None and read is not None:
            link = Link(project.relative(found[0].path), read.lineno, found[0].text(read))
            chain = f" ({link.text}, {link.path}:{link.line})"
            yield LazyColumn(place, f"{model.node.name}.{shown}", one.name, read.attr, chain, link)
            return


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


# -- the lists of a module ---------------------------------------------------------------------------------------


def _lists(project: Project, module: Module) -> Iterator[_List]:
    """The registered admins whose lists load nothing with their rows, as far as that is seen."""
    for holder in module.nodes(ast.ClassDef):
        model = registered_model(module, holder)
        shown = _shown(project, module, holder) if model is not None else None
        if model is not None and shown is not None and (holder not in shown.values() or grows(last_name(model))):
            methods = (one for one in holder.body if isinstance(one, _FUNCTIONS) and one.name in shown)
            own = {one.name: one for one in methods if len(one.args.args) > 1}
            yield _List(holder, holder.name, model, shown, own)
    for call in module.calls_named("register"):
        if len(call.args) != 1 or call.keywords or module.qualname(call.func) not in _SITE:
            continue
        if grows(last_name(call.args[0])):
            yield _List(call, "", call.args[0], {_WHOLE: call}, {})


def registered_model(module: Module, holder: ast.ClassDef) -> ast.expr | None:
    """The one model that an admin is registered for, by a decorator or a call; None where it is not known."""
    calls = [one for one in holder.decorator_list if isinstance(one, ast.Call) and last_name(one) == "register"]
    if calls:
        return calls[0].args[0] if len(calls) == len(calls[0].args) == 1 else None
    uses = [module.parent(use) for use in name_uses(module).get(holder.name, ())]
    if len(uses) != 1 or not isinstance(uses[0], ast.Call) or last_name(uses[0]) != "register":
        return None
    return uses[0].args[0] if len(uses[0].args) == 2 else None


def _shown(project: Project, module: Module, holder: ast.ClassDef) -> Mapping[str, ast.AST] | None:
    """
    The columns of an admin's list, each with the place that names it: the row itself where none is named.

    None where a class of its line may load something with the rows, or is not known.
    """
    columns: Mapping[str, ast.AST] | None = None
    line = class_line(project, module, holder)
    if not all(name.startswith(ADMIN_LIBRARIES) for name in line.other_names()):
        return None
    for _, one in line.classes:
        if any(_DECIDING.match(defined_name(part)) for part in one.body):
            return None
        for part in one.body:
            if columns is None and defined_name(part) == _COLUMNS:
                value = getattr(part, "value", None)
                if one is not holder or not isinstance(value, (ast.List, ast.Tuple)):
                    return None
                columns = {str(node.value): node for node in value.elts if isinstance(node, ast.Constant)}
    is_plain = all(name.endswith("ModelAdmin") for name in line.other_names())
    return columns if columns is not None else {_WHOLE: holder} if is_plain else None
