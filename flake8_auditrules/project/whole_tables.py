"""Whole tables that a call loads: through a function of the project that reads one for whoever asks."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.definitions import answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.whole_tables import whole_model_read, whole_table_read

# Names of functions that give all there is.
_ALL = pattern("all|list")
_LISTING = pattern(
    r"_*(?:all|fetch_all|find_all|get_all|list|load_all|read_all|select_all)_\w+$|(?:find|get|load|read)_all$"
)

# What a listing function is given to ask with.
_DATABASE = pattern(r"_*(?:\w+_)?(?:db|database|session|conn|connection|cursor|pool|tx|uow)$")


class Loaded(NamedTuple):
    """A table that a call loads, and the place of the statement."""

    table: str
    link: Link


def listing_calls(module: Module) -> list[ast.Call]:
    """The calls of a module that are named for giving all there is, in source order."""
    calls = [call for name, calls in module.calls_named_like(_ALL) if _LISTING.match(name) for call in calls]
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def table_behind(project: Project, module: Module, call: ast.Call) -> Loaded | None:
    """The table that a function of the project loads whole for a call that tells it nothing but the database."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if not all(_DATABASE.match(last_name(one)) for one in given):
        return None
    found = answer_behind(project, module, call, "whole tables", (), lambda: _read(project, module, call))
    return Loaded(found[0], Link(*found[1])) if found is not None else None


def _read(project: Project, module: Module, call: ast.Call) -> tuple[str, tuple[str, int, str]] | None:
    """The table, and the place of the statement, as built-in types."""
    definition = definition_of(project, module, call)
    if definition is None:
        return None
    other, function = definition
    read = whole_table_read(other, function) or whole_model_read(other, function)
    if read is None:
        return None
    return read.table, (project.relative(other.path), read.call.lineno, other.call_text(read.call))
