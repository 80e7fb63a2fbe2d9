"""Paged views: what views of Django and Django REST framework give page by page, and whether it has an order."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.definitions import class_named
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.texts import found_in
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import begin_of_chain, last_name, set_in
from flake8_auditrules.semantics.scopes import FunctionNode

# Django REST framework, "Generic views" and "ViewSets": the classes that answer with a list of their queryset.
_LISTING = pattern(
    r"rest_framework\.(?:\w+\.)+(?:\w*ModelViewSet|ListModelMixin|ListAPIView|ListCreateAPIView)"
    r"|django\.views\.generic\.(?:list\.)?(?:ListView|BaseListView|MultipleObjectMixin)"
)
_FRAMEWORKS = ("rest_framework.", "django.views.", "django.contrib.auth.mixins.")
# What orders the rows, or decides about pages and rows by itself.
_DECIDING = frozenset(
    {
        "filter_queryset",
        "get_ordering",
        "get_paginate_by",
        "get_paginator",
        "list",
        "paginate_queryset",
        "paginator",
    }
)
_ORDER = frozenset({"order_by", "ordering", "ordering_fields_default", "get_default_ordering", "latest", "sorted"})
# Methods of a QuerySet whose rows are those of the QuerySet, in its order.
_KEEPING = frozenset(
    {
        "all",
        "alias",
        "annotate",
        "defer",
        "distinct",
        "exclude",
        "filter",
        "none",
        "only",
        "prefetch_related",
        "select_related",
        "using",
    }
)
_PAGES = pattern(r"rest_framework\.pagination\.(?:PageNumberPagination|LimitOffsetPagination)")
_SETTINGS = pattern(r"settings|config|conf(?:$|[/\\._])|base\.py$|defaults?\.py$", re.IGNORECASE)
_DEFAULT_PAGES = pattern(r"[\"']DEFAULT_PAGINATION_CLASS[\"']\s*[:,]\s*\(?\s*[\"']([\w.]+)[\"']")
_MODELS = frozenset({"django.db.models.Model", "django.db.models.base.Model"})
_MANAGERS = frozenset({"django.db.models.Manager", "django.db.models.manager.Manager"})

_Line = list[tuple[Module, ast.ClassDef]]


class PagedRows(NamedTuple):
    """The expression of a view's rows, and the last name of their model."""

    rows: ast.expr
    model: str


def unordered_pages(project: Project, module: Module, view: ast.ClassDef) -> PagedRows | None:
    """
    The rows of a view that gives pages of a model's rows, where neither the view nor the model orders them.

    None where the class is no such view, or where one of its classes or the model is not known to the end.
    """
    found = class_line(project, module, view)
    line, known = found.classes, found.other_names()
    if not all(name.startswith(_FRAMEWORKS) for name in known):
        return None
    if not any(_LISTING.fullmatch(name) for name in known):
        return None
    if any(_decides(one) or _orders_by_filter(project, holder, one) for holder, one in line):
        return None
    rows = _rows(line)
    if rows is None or rows[0] is not module:
        return None
    model = _model_of(rows[1])
    if model is None or not _is_paged(project, line, known) or not _lacks_order(project, module, model):
        return None
    return PagedRows(rows[1], last_name(model))


def _decides(view: ast.ClassDef) -> bool:
    """Whether a class orders its rows, or pages them by itself."""
    return _names_order(view) or any(
        isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)) and part.name in _DECIDING for part in view.body
    )


def _names_order(holder: ast.ClassDef) -> bool:
    """Whether anything in a class is named for an order."""
    return any(
        (part.attr if isinstance(part, ast.Attribute) else part.id) in _ORDER
        for part in ast.walk(holder)
        if isinstance(part, (ast.Attribute, ast.Name))
    )


def _orders_by_filter(project: Project, module: Module, view: ast.ClassDef) -> bool:
    """Whether a view's filters, as far as they are the project's own, order what they let through."""
    for name in ("filter_backends", "filterset_class"):
        given = set_in(view, name)
        for part in ast.walk(given) if given is not None else ():
            dotted = module.qualname(part) if isinstance(part, (ast.Name, ast.Attribute)) else None
            found = class_named(project, module, dotted) if dotted is not None else None
            if found is not None and _names_order(found[1]):
                return True
    return False


def _rows(line: _Line) -> tuple[Module, ast.expr] | None:
    """The rows of a view: of its class variable or of what its methods return; None where that is not seen."""
    for module, view in line:
        method = next(
            (one for one in view.body if isinstance(one, ast.FunctionDef) and one.name == "get_queryset"), None
        )
        if method is not None:
            roots = [root for value in _returned(module, method) for root in _roots(module, value)]
            own = [root for root in roots if root is not None and _model_of(root) is not None]
            if not roots or None in roots or (own and len(own) < len(roots)):
                return None
            if own:
                return module, own[0]
        for name in ("queryset", "model"):
            given = set_in(view, name)
            if given is not None:
                return module, given
    return None


def _returned(module: Module, function: FunctionNode) -> Iterator[ast.expr]:
    for part in module.own_nodes(function):
        if isinstance(part, ast.Return) and part.value is not None:
            yield part.value


def _roots(module: Module, value: ast.expr) -> list[ast.expr | None]:
    """What rows are taken from, on every way: `Row.objects`, or what a base gives; None for a step not known."""
    found: list[ast.expr | None] = []
    seen: list[ast.expr] = [value]
    for one in seen:
        root = begin_of_chain(one, _KEEPING)
        if isinstance(root, ast.Name) and module.bindings(root):
            for binding in module.bindings(root):
                if binding.value is None:
                    found.append(None)
                elif binding.value not in seen:
                    seen.append(binding.value)
        else:
            found.append(root if _is_inherited(root) or _model_of(root) is not None else None)
    return found


def _is_inherited(value: ast.expr) -> bool:
    """Whether an expression is the rows that a base gives: `super().get_queryset()`, `self.queryset`."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "get_queryset":
        return _is_super(value.func.value)
    return (
        isinstance(value, ast.Attribute)
        and value.attr == "queryset"
        and isinstance(value.value, ast.Name)
        and value.value.id == "self"
    )


def _is_super(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "super"


def _model_of(rows: ast.expr) -> ast.expr | None:
    """The model of `Row.objects.filter(...).all()`, through methods that keep the order; or of `model = Row`."""
    begin = begin_of_chain(rows, _KEEPING)
    if isinstance(begin, ast.Attribute):
        return begin.value if begin.attr == "objects" else None
    return begin if isinstance(begin, ast.Name) else None


def _is_paged(project: Project, line: _Line, known: set[str]) -> bool:
    """Whether a view gives pages whose order is that of the rows: `CursorPagination` has one of its own."""
    if not any(name.startswith("rest_framework.") for name in known):
        size = next((given for _, one in line if (given := set_in(one, "paginate_by")) is not None), None)
        return size is not None and not (isinstance(size, ast.Constant) and size.value is None)
    for module, one in line:
        given = set_in(one, "pagination_class")
        if given is not None:
            name = module.qualname(given)
            return name is not None and _gives_pages(project, module, name)
    return _has_default_pages(project, line[0][0])


def _gives_pages(project: Project, module: Module, name: str) -> bool:
    """Whether a class of this name is one of Django REST framework's that count rows, or inherits from one."""
    if _PAGES.fullmatch(name):
        return True
    found = class_named(project, module, name)
    known = class_line(project, *found).other_names() if found is not None else set()
    return bool(known) and all(_PAGES.fullmatch(one) for one in known)


def _has_default_pages(project: Project, module: Module) -> bool:
    """Whether the project's settings give all views pages: the same answer in every file of one run."""
    project.note_asked_of_all()
    named = {
        name
        for path in project.files()
        if _SETTINGS.search(project.relative(path)) is not None
        for name in found_in(path, _DEFAULT_PAGES)
    }
    return bool(named) and all(_gives_pages(project, module, name) for name in named)


def _lacks_order(project: Project, module: Module, model: ast.expr) -> bool:
    """Whether a model is one of the project, with no `ordering` and no manager: its rows have no order."""
    name = module.qualname(model)
    found = class_named(project, module, name) if name is not None else None
    line = class_line(project, *found) if found is not None else None
    if line is None or not line.other_names() or not line.other_names() <= _MODELS:
        return False
    for home, one in line.classes:
        for part in one.body:
            if isinstance(part, ast.ClassDef) and part.name == "Meta" and _orders(part):
                return False
        manager = set_in(one, "objects")
        if manager is not None and not (isinstance(manager, ast.Call) and home.callee(manager) in _MANAGERS):
            return False
    return True


def _orders(meta: ast.ClassDef) -> bool:
    """Whether a model's `Meta` gives an order, or takes over what another one says."""
    is_alone = all(
        isinstance(base, ast.Attribute) and isinstance(base.value, ast.Name) and base.attr == "Meta"
        for base in meta.bases
    )
    return not is_alone or any(set_in(meta, name) is not None for name in ("ordering", "order_with_respect_to"))
