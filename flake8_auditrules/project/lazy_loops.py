"""Lazy loops: loops over rows that read for each of them what was not loaded with them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.item_reads import ItemRead, member, reads_for_item
from flake8_auditrules.project.lazy_fields import (
    ONE,
    QUERY,
    MappedClass,
    lazy_fields,
    lazy_fields_named,
    mapped_class,
)
from flake8_auditrules.project.model_rows import ModelRows, model_rows
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.row_members import query_of_use
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.django_queries import bare_rows, changes_rows
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.item_queries import loops_of, parts_of
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import statement_parts
from flake8_auditrules.semantics.row_loops import (
    Loop,
    is_read_each_time,
    is_unit_of_work,
    rows_kept,
    sends_messages,
)
from flake8_auditrules.semantics.row_methods import query_for_row
from flake8_auditrules.semantics.turn_work import does_work, is_doing, is_set_up

_FILLING = frozenset({"add", "append", "clear", "extend", "insert", "remove"})


class LazyRead(NamedTuple):
    """
    A read of what is not loaded with the rows of a loop, and what would load it: `selectinload`.

    "" where nothing does: a member of the model asks, or a relationship that is a query.
    """

    read: ItemRead
    loop: Loop
    loading: str


def lazy_reads(project: Project, module: Module) -> Iterator[LazyRead]:
    """
    The first read of each lazy relationship of SQLAlchemy in loops over rows.

    The reads of what loops call have a link, those of the loops themselves none.
    """
    for loop in sorted(loops_of(module), key=_line):
        # In a coroutine it would raise `MissingGreenlet` at once: so it is loaded somehow.
        if not isinstance(loop.target, ast.Name) or isinstance(module.function_of(loop), ast.AsyncFunctionDef):
            continue
        rows = model_rows(project, module, loop.iter)
        if rows is None or (isinstance(loop, ast.For) and _deletes(loop, loop.target.id)):
            continue
        parts = list(parts_of(module, loop))
        if any(isinstance(part, ast.Break) and module.loop_of(part) is loop for part in parts):
            continue
        yield from _reads_of(project, module, rows, parts, loop)


def _reads_of(
    project: Project, module: Module, rows: ModelRows, parts: list[ast.AST], loop: Loop
) -> Iterator[LazyRead]:
    """What a loop reads of the lazy relationships of its rows, itself or through what it calls."""
    model = mapped_class(project, rows.module, rows.model)
    if model is None or not isinstance(loop.target, ast.Name):
        return
    item = loop.target.id
    asked = _query_of_member(project, module, model, parts, item, loop)
    if asked is not None:
        yield LazyRead(asked, loop, "")
    lazy = lazy_fields_named(project, rows.module, rows.model)
    # Rows of one parent have loaded it with the first.
    lazy = {
        field: kind
        for field, kind in lazy.items()
        if field != rows.known and not _is_told(rows.module, rows.query, field)
    }
    if not lazy:
        return
    seen = {one.attr for one in parts if isinstance(one, ast.Attribute) and _is_changed(module, one)}
    for read in reads_for_item(project, module, item, parts, lazy, model):
        if read.field not in seen:
            seen.add(read.field)
            if read.link is None or not (isinstance(read.place, ast.Call) and is_doing(read.place)):
                yield LazyRead(read, loop, "" if lazy[read.field] == QUERY else "selectinload")


def _query_of_member(
    project: Project, module: Module, model: MappedClass, parts: list[ast.AST], item: str, loop: Loop
) -> ItemRead | None:
    """The first member of its rows' model that a loop uses and that asks the database for the row each time."""
    for part in parts:
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == item:
            behind = query_of_use(project, module, part, model) if _is_load(part) else None
            if behind is None:
                continue
            if is_unit_of_work(loop) or does_work(module, loop) or sends_messages(loop) or is_set_up(module, loop):
                return None
            place = behind.links[-1]
            chain = f" ({' -> '.join(behind.names)}, {place.path}:{place.line})"
            return ItemRead(part, part.attr, module, None, chain, place)
    return None


def lazy_reads_of_django(project: Project, module: Module) -> Iterator[LazyRead]:
    """The first read of each foreign key in loops over rows of a query set of Django's."""
    told: set[tuple[ast.AST, str]] = set()
    for loop in sorted(loops_of(module), key=_line):
        if not isinstance(loop.target, ast.Name):
            continue
        model = bare_rows(module, loop.iter)
        if model is None or is_unit_of_work(loop) or is_set_up(module, loop):
            continue
        # What its turns do beside it, the rows keep what they have read for the next loop.
        is_told = not does_work(module, loop) and not sends_messages(loop)
        if not is_told and not isinstance(loop.iter, ast.Name):
            continue
        name = module.qualname(model)
        home = mapped_class(project, module, name) if name is not None else None
        lazy = lazy_fields(project, module, model)
        if home is None:
            continue
        parts = list(parts_of(module, loop))
        asked = _query_of_django_member(project, module, loop.target.id, parts, home) if is_told else None
        if asked is not None and is_read_each_time(module, asked.place, loop):
            yield LazyRead(asked, loop, "annotate")
            continue
        if not lazy:
            continue
        changed = {one.attr for one in parts if isinstance(one, ast.Attribute) and not _is_load(one)}
        for found in reads_for_item(project, module, loop.target.id, parts, lazy, home):
            is_one = lazy[found.field] in ONE
            if found.read is None or found.field in changed or not _loads_of_django(found, is_one):
                continue
            if is_read_each_time(module, found.place, loop):
                rows = rows_kept(module, loop.iter, found.field)
                if rows not in told:
                    told.update((rows,) if rows is not None else ())
                    if is_told:
                        yield LazyRead(found, loop, "select_related" if is_one else "prefetch_related")
                break


def _query_of_django_member(
    project: Project, module: Module, item: str, parts: list[ast.AST], model: MappedClass
) -> ItemRead | None:
    """The first read of a property, or call of a method, of a loop's item that sends a query for it each time."""
    for part in parts:
        if not isinstance(part, ast.Attribute) or not isinstance(part.value, ast.Name) or part.value.id != item:
            continue
        found = member(project, model, part.attr)
        if found is None or len(found[1].args.args) != 1:
            continue
        home, method = found
        used = module.parent(part)
        is_called = isinstance(used, ast.Call) and used.func is part
        if is_called == any(last_name(one).endswith("property") for one in method.decorator_list):
            continue
        query = query_for_row(home, method, method.args.args[0])
        if query is not None and not changes_rows(home.own_nodes(method)):
            link = Link(project.relative(home.path), query.call.lineno, home.call_text(query.call))
            chain = f" ({method.name} -> {link.text}, {link.path}:{link.line})"
            place = used if is_called and isinstance(used, ast.Call) else part
            return ItemRead(place, part.attr, home, None, chain, link)
    return None


def _line(loop: Loop) -> int:
    return loop.iter.lineno


def _is_told(module: Module, rows: ast.expr, field: str) -> bool:
    """Whether a query compares what a field refers to: `filter(Book.author_id == author.id)`."""
    names = (field, f"{field}_id")
    return any(
        (isinstance(part, ast.Attribute) and part.attr in names)
        or (isinstance(part, ast.keyword) and part.arg in names)
        for part in statement_parts(module, rows)
    )


def _loads_of_django(found: ItemRead, is_one: bool) -> bool:
    """Whether a read of a field loads something: what is in the row of a key, or the rows of many."""
    used = found.module.parent(found.read) if found.read is not None else None
    if is_one:
        return found.link is None or (isinstance(used, ast.Attribute) and used.attr not in ("id", "pk"))
    call = found.module.parent(used) if used is not None else None
    return isinstance(call, ast.Call) and last_name(call.func) in ("all", "count")


def _is_load(attribute: ast.Attribute) -> bool:
    return isinstance(attribute.ctx, ast.Load)


def _is_changed(module: Module, attribute: ast.Attribute) -> bool:
    """Whether an attribute is assigned, or something is put into what it holds: `role.members.append(user)`."""
    used = module.parent(attribute)
    return not _is_load(attribute) or (isinstance(used, ast.Attribute) and used.attr in _FILLING)


def _deletes(loop: ast.For, item: str) -> bool:
    """Whether each turn deletes its item, for which what belongs to it is loaded anyway."""
    return any(
        isinstance(part, ast.Call)
        and last_name(part.func) == "delete"
        and any(isinstance(given, ast.Name) and given.id == item for given in part.args)
        for part in own_parts(loop.body)
    )
