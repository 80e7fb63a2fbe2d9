"""Serialized rows: rows of Django's whose serializer reads what belongs to each and is not loaded with them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.definitions import class_named, home_of
from flake8_auditrules.project.item_reads import is_in_branch, member
from flake8_auditrules.project.lazy_fields import ONE, MappedClass, lazy_fields, mapped_class
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.django_queries import is_for_many
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import (
    assigned_target,
    begin_of_chain,
    defined_name,
    last_name,
    set_in,
)
from flake8_auditrules.semantics.row_loops import reads_of
from flake8_auditrules.semantics.row_methods import query_for_row
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.whole_tables import is_handful

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SERIALIZER = pattern(r"Serializer(?:Mixin|Base)?$")
_SERIALIZING = pattern("serializer")
_LISTING = pattern(r"(?:ModelViewSet|ListModelMixin|ListAPIView|ListCreateAPIView)$")
_CLASS = "serializer_class"
_ROWS = "get_queryset"
_CHOOSING = "get_serializer_class"
# Methods of views that decide by themselves what a list is, and what loads something along with rows.
_DECIDING = frozenset({"filter_queryset", "get_serializer", "list", "paginate_queryset"})
_LOADING = frozenset({"Prefetch", "prefetch_related", "prefetch_related_objects", "select_related"})
# Methods of query sets that give the same objects, and nothing else with them.
_ALONE = frozenset({"all", "distinct", "exclude", "filter", "order_by", "reverse", "using"})
_KEYS = frozenset({"id", "pk"})
_WHOLE = "to_representation"
_METHOD = "SerializerMethodField"
# Fields that show something of the row that a foreign key holds.
_SHOWING = frozenset({"SlugRelatedField", "StringRelatedField"})
_MAXIMUM_HOPS = 4


class SerializedRows(NamedTuple):
    """
    Rows that are serialized in a list, and the first of what is read of each and not loaded with them.

    `text` is the serializer and its field, `loading` what would load it, `link` the place where it is read.
    """

    rows: ast.expr
    text: str
    loading: str
    link: Link


class _Rows(NamedTuple):
    """The begin of a query for rows that come alone, and their model."""

    place: ast.expr
    model: ast.expr


class _Read(NamedTuple):
    """
    What a serializer reads of a row: the relation, the place and its module, the name of the serializer's field.

    The relation is "" where a query of its own asks for it.
    """

    relation: str
    place: ast.expr
    module: Module
    field: str
    is_one: bool


def serialized_rows(project: Project, module: Module) -> Iterator[SerializedRows]:
    """The rows that a module gives to serializers which read more of each row than is loaded."""
    for view in module.nodes(ast.ClassDef):
        given = set_in(view, _CLASS)
        rows = _rows_of_view(project, module, view) if given is not None else None
        if given is not None and rows is not None:
            found = _look(project, module, given, rows)
            if found is not None:
                yield found
    if "prefetch_related_objects" in module.calls_by_name():
        # What belongs to rows may be loaded after them.
        return
    for _, calls in module.calls_named_like(_SERIALIZING):
        for one in calls:
            if one.args and is_for_many(one):
                rows = _bare(module, one.args[0], 0)
                found = _look(project, module, one.func, rows) if rows is not None else None
                if found is not None:
                    yield found


def _look(project: Project, module: Module, serializer: ast.expr, rows: _Rows) -> SerializedRows | None:
    if is_handful(last_name(rows.model)):
        return None
    lazy = lazy_fields(project, module, rows.model)
    model_name, name = module.qualname(rows.model), module.qualname(serializer)
    model = mapped_class(project, module, model_name) if model_name is not None else None
    found = class_named(project, module, name) if name is not None else None
    if model is None or found is None:
        return None
    for home, holder in class_line(project, *found).classes:
        if _loads(holder):
            return None
        read = next(_reads(project, home, holder, lazy, model), None)
        if read is not None:
            loading = f'{"select" if read.is_one else "prefetch"}_related("{read.relation}")'
            loading = loading if read.relation else "annotate"
            link = Link(project.relative(read.module.path), read.place.lineno, read.module.text(read.place, 40))
            return SerializedRows(rows.place, f"{holder.name}.{read.field}", loading, link)
    return None


# -- what a serializer reads -------------------------------------------------------------------------------------


def _reads(
    project: Project, module: Module, holder: ast.ClassDef, lazy: Mapping[str, str], model: MappedClass
) -> Iterator[_Read]:
    """What the fields of a serializer read of a row that is loaded when it is read."""
    methods = {part.name: part for part in holder.body if isinstance(part, _FUNCTIONS)}
    whole = methods.get(_WHOLE)
    if whole is not None:
        if len(whole.args.args) > 1:
            yield from _reads_of_method(module, whole, _WHOLE, lazy)
        return
    declared: set[str] = set()
    for statement in holder.body:
        target, made = assigned_target(statement), getattr(statement, "value", None)
        if not isinstance(target, ast.Name) or not isinstance(made, ast.Call):
            continue
        declared.add(target.id)
        given = {one.arg: one.value for one in made.keywords}
        if _is_true(given.get("write_only")):
            continue
        if last_name(made) == _METHOD:
            named = given.get("method_name") or (made.args[0] if made.args else None)
            method = methods.get(str(named.value) if isinstance(named, ast.Constant) else f"get_{target.id}")
            if method is not None and len(method.args.args) > 1:
                yield from _reads_of_method(module, method, target.id, lazy)
            continue
        source = given.get("source")
        path = str(source.value).split(".") if isinstance(source, ast.Constant) else [target.id]
        if _is_read(module, made, path, lazy):
            yield _Read(path[0], made, module, target.id, lazy[path[0]] in ONE)
        elif len(path) == 1 and _is_of_others(project, module, made, given, path[0], lazy, model):
            yield _Read(path[0], made, module, target.id, False)
        elif len(path) == 1 and path[0] not in lazy:
            yield from _reads_of_member(project, model, path[0], target.id, lazy)
    for name, kind in lazy.items():
        if kind not in ONE and name not in declared and _shows(holder, name):
            yield _Read(name, _meta_fields(holder) or holder.bases[0], module, name, False)
    shown = _meta(holder, "fields")
    for one in shown.elts if isinstance(shown, (ast.List, ast.Tuple)) else ():
        if isinstance(one, ast.Constant) and str(one.value) not in declared | lazy.keys():
            yield from _reads_of_member(project, model, str(one.value), str(one.value), lazy)


def _reads_of_member(
    project: Project, model: MappedClass, name: str, field: str, lazy: Mapping[str, str]
) -> Iterator[_Read]:
    """What a method or property of a row's model reads of it, or asks for by a query."""
    found = member(project, model, name)
    if found is None or len(found[1].args.args) != 1:
        return
    home, method = found
    row = method.args.args[0]
    for read in _keyed_reads(home, method, row.arg, lazy):
        yield _Read(read.attr, read, home, field, True)
        return
    query = query_for_row(home, method, row)
    if query is not None:
        yield _Read(query.relation if last_name(query.call) == "all" else "", query.call, home, field, False)


def _is_read(module: Module, made: ast.Call, path: list[str], lazy: Mapping[str, str]) -> bool:
    """Whether a field shows more than the key of what belongs to a row."""
    kind = lazy.get(path[0])
    if kind is None:
        return False
    if len(path) > 1:
        return kind in ONE and path[1] not in _KEYS
    if kind not in ONE:
        return _SERIALIZER.search(last_name(made)) is not None or last_name(made).endswith("RelatedField")
    if last_name(made) in _SHOWING:
        slug = module.argument(made, "slug_field")
        return not (isinstance(slug, ast.Constant) and slug.value in _KEYS)
    return _SERIALIZER.search(last_name(made)) is not None


def _is_of_others(
    project: Project,
    module: Module,
    made: ast.Call,
    given: Mapping[str | None, ast.expr],
    name: str,
    lazy: Mapping[str, str],
    model: MappedClass,
) -> bool:
    """Whether a field lists rows of a model that refer to a row: no member of the row's own model gives them."""
    if name in lazy or not _is_true(given.get("many")) or not _SERIALIZER.search(last_name(made)):
        return False
    serializer = module.qualname(made.func)
    found = class_named(project, module, serializer) if serializer is not None else None
    if found is None or _meta(found[1], "model") is None:
        return False
    line = class_line(project, *model)
    if any(defined_name(part) == name for _, one in line.classes for part in one.body):
        return False
    return all(base.startswith("django.") for base in line.other_names())


def _reads_of_method(module: Module, method: FunctionNode, field: str, lazy: Mapping[str, str]) -> Iterator[_Read]:
    for read in _keyed_reads(module, method, method.args.args[1].arg, lazy):
        yield _Read(read.attr, read, module, field, True)


def _keyed_reads(
    module: Module, method: FunctionNode, row: str, lazy: Mapping[str, str]
) -> Iterator[ast.Attribute]:
    """The reads of something in a row's foreign keys by a method, whatever the row is like."""
    for read in reads_of(module.own_nodes(method), row, lazy):
        used = module.parent(read)
        if lazy[read.attr] in ONE and isinstance(used, ast.Attribute) and used.attr not in _KEYS:
            if not is_in_branch(module, method, read):
                yield read


def _shows(holder: ast.ClassDef, name: str) -> bool:
    """Whether a serializer of a model shows a field of it by its name, or all of them."""
    fields = _meta(holder, "fields")
    if isinstance(fields, ast.Constant):
        return fields.value == "__all__"
    if fields is None:
        excluded = _meta(holder, "exclude")
        return isinstance(excluded, (ast.List, ast.Tuple)) and not _names(excluded, name)
    return isinstance(fields, (ast.List, ast.Tuple)) and _names(fields, name)


def _names(written: ast.List | ast.Tuple, name: str) -> bool:
    return any(isinstance(one, ast.Constant) and one.value == name for one in written.elts)


def _meta_fields(holder: ast.ClassDef) -> ast.expr | None:
    return _meta(holder, "fields") or _meta(holder, "exclude")


def _meta(holder: ast.ClassDef, name: str) -> ast.expr | None:
    """What the class `Meta` of a class sets a name to."""
    for part in holder.body:
        if isinstance(part, ast.ClassDef) and part.name == "Meta":
            return set_in(part, name)
    return None


def _is_true(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


# -- the rows of a view ------------------------------------------------------------------------------------------


def _rows_of_view(project: Project, module: Module, view: ast.ClassDef) -> _Rows | None:
    """The rows that a view of Django REST framework lists, where they come alone, as far as that is seen."""
    line = class_line(project, module, view)
    if any(_loads(one) or any(_decides(part) for part in one.body) for _, one in line.classes):
        return None
    if any(not name or home_of(project, around, name) is not None for around, name in line.others):
        return None
    if not any(_LISTING.search(name) for _, name in line.others):
        return None
    method = next((one for one in view.body if isinstance(one, ast.FunctionDef) and one.name == _ROWS), None)
    queryset = set_in(view, "queryset")
    own = _bare(module, queryset, 0) if queryset is not None else None
    if method is None:
        return own
    found: list[_Rows | None] = []
    for part in module.own_nodes(method):
        if isinstance(part, ast.Return) and part.value is not None:
            if not _is_nothing(part.value):
                found.append(own if _is_inherited(part.value) else _bare(module, part.value, 0))
    return found[0] if found and None not in found else None


def _decides(part: ast.stmt) -> bool:
    """Whether a part of a view decides about its list by itself, or chooses another serializer for it."""
    if isinstance(part, _FUNCTIONS):
        if part.name == _CHOOSING:
            return any(isinstance(one, ast.Constant) and one.value == "list" for one in ast.walk(part))
        return part.name in _DECIDING
    target = last_name(assigned_target(part)) if isinstance(part, ast.Assign) else ""
    return target != _CLASS and "serializer" in target


def _is_nothing(value: ast.expr) -> bool:
    """Whether an expression is a query for no rows, which asks for nothing: `Book.objects.none()`."""
    return isinstance(value, ast.Call) and last_name(value) == "none"


def _is_inherited(value: ast.expr) -> bool:
    """Whether an expression is the class variable with the rows: `super().get_queryset().filter(...)`."""
    begin = begin_of_chain(value, _ALONE)
    if isinstance(begin, ast.Call):
        return last_name(begin) == _ROWS
    return isinstance(begin, ast.Attribute) and begin.attr == "queryset"


def _bare(module: Module, value: ast.expr, hops: int) -> _Rows | None:
    """The rows that an expression gives on every way where nothing is loaded with them."""
    if hops > _MAXIMUM_HOPS:
        return None
    place = value
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        if value.func.attr == "paginate_queryset" and value.args:
            return _bare(module, value.args[0], hops + 1)
        if value.func.attr not in _ALONE or any(one.arg in _KEYS for one in value.keywords):
            return None
        value = value.func.value
    if isinstance(value, ast.Attribute):
        is_model = value.attr == "objects" and last_name(value.value)[:1].isupper()
        return _Rows(place, value.value) if is_model else None
    if not isinstance(value, ast.Name):
        return None
    found: list[_Rows] = []
    for binding in module.bindings(value):
        if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None:
            return None
        if _begins_with(binding.value, value.id) or _is_nothing(binding.value):
            continue
        one = _bare(module, binding.value, hops + 1)
        if one is None:
            return None
        found.append(one)
    return found[0] if found and len({last_name(one.model) for one in found}) == 1 else None


def _begins_with(value: ast.expr, name: str) -> bool:
    """Whether an expression narrows what a name holds: `books = books.filter(...)`."""
    begin = begin_of_chain(value, _ALONE)
    return isinstance(begin, ast.Name) and begin.id == name


def _loads(place: ast.AST | None) -> bool:
    """Whether anything in a place loads what belongs to rows along with them."""
    return place is not None and any(
        (isinstance(part, ast.Attribute) and part.attr in _LOADING)
        or (isinstance(part, ast.Name) and part.id in _LOADING)
        for part in ast.walk(place)
    )
