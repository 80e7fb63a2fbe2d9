"""Shown rows: rows that a page lists whose template reads for each of them what was not loaded with them."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.lazy_fields import QUERY, lazy_fields_named, mapped_class
from flake8_auditrules.project.model_rows import model_rows
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.row_members import query_of_member
from flake8_auditrules.project.texts import text_of
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.queries import last_assigned

_RENDERING = ("render_template", "TemplateResponse")
_PAGE = pattern(r"[\w./-]+\.(?:html?|j2|jinja2?)(?:\.\w+)?")
_TAG = pattern(r"\{%-?\s*(\w+)(.*?)-?%\}|\{\{(.*?)\}\}|\{#.*?#\}", re.DOTALL)
_LOOP = pattern(r"\s*(\w+)\s+in\s+(\w+)(?:\.items)?\s*(?:\||$)")
_READ = pattern(r"(?<![\w.])(\w+)\.(\w+)(\()?")
_TEMPLATES = "templates"
_MOST_FOLDERS = 6


class ShownRows(NamedTuple):
    """Rows that a view gives to a page, the read of what is not loaded, its place, and what would load it."""

    rows: ast.expr
    text: str
    items: str
    link: Link
    loading: str


def shown_rows(project: Project, module: Module) -> Iterator[ShownRows]:
    """The rows of SQLAlchemy's that the views of a module give to pages which read more of each of them."""
    for call in module.calls_named(*_RENDERING):
        page = next((one.value for one in call.args[:2] if isinstance(one, ast.Constant)), None)
        if not isinstance(page, str) or not _PAGE.fullmatch(page):
            continue
        if isinstance(module.function_of(call), ast.AsyncFunctionDef):
            continue
        for name, value in _given(module, call):
            found = model_rows(project, module, value)
            path = _path_of(project, module, page) if found is not None else ""
            if found is None or not path:
                continue
            model = mapped_class(project, found.module, found.model)
            lazy = lazy_fields_named(project, found.module, found.model)
            for read in _reads_in(text_of(path), name):
                if read.field in lazy or (
                    model is not None and query_of_member(project, model, read.field, read.is_called)
                ):
                    loading = "selectinload" if lazy.get(read.field, QUERY) != QUERY else ""
                    link = Link(project.relative(path), read.line, f"{read.item}.{read.field}")
                    yield ShownRows(_loading(module, value), link.text, name, link, loading)
                    break


def _loading(module: Module, value: ast.expr) -> ast.expr:
    """Where rows are loaded that are given to a page: the value of a name."""
    values = [one for _, one in last_assigned(module, value)] if isinstance(value, ast.Name) else []
    return values[0] if len(values) == 1 else value


def _given(module: Module, call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """What a page is given, by name: keywords, a dict that is written out, and what was put into one before."""
    for keyword in call.keywords:
        if keyword.arg is not None and keyword.arg != "context":
            yield keyword.arg, keyword.value
        else:
            yield from _held(module, keyword.value)
    for argument in call.args[1:]:
        yield from _held(module, argument)


def _held(module: Module, context: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(context, ast.Dict):
        for key, value in zip(context.keys, context.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value
    elif isinstance(context, ast.Name):
        function = module.function_of(context)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return
        for _, value in last_assigned(module, context):
            if isinstance(value, ast.Dict):
                yield from _held(module, value)
        for use in module.names_in(function).get(context.id, ()):
            parent = module.parent(use)
            around = module.parent(parent) if parent is not None else None
            if isinstance(parent, ast.Subscript) and isinstance(around, ast.Assign) and parent in around.targets:
                if isinstance(parent.slice, ast.Constant) and isinstance(parent.slice.value, str):
                    yield parent.slice.value, around.value
            elif isinstance(parent, ast.Attribute) and parent.attr == "update" and isinstance(around, ast.Call):
                for argument in around.args:
                    yield from _held(module, argument) if isinstance(argument, ast.Dict) else ()


def _path_of(project: Project, module: Module, page: str) -> str:
    """The file of a page, in a folder of templates beside the module or above it; "" for none."""
    folder = os.path.dirname(os.path.abspath(module.path))
    root = str(project.root)
    for _ in range(_MOST_FOLDERS):
        path = os.path.join(folder, _TEMPLATES, *page.split("/"))
        if os.path.isfile(path):
            return path
        if folder == root or not folder.startswith(root):
            return ""
        folder = os.path.dirname(folder)
    return ""


class _Read(NamedTuple):
    """What a template reads of the item of a loop; the line is 1-based."""

    item: str
    field: str
    is_called: bool
    line: int


def _reads_in(text: str, rows: str) -> Iterator[_Read]:
    """
    What a template reads of each of some rows, in every turn of its loop.

    What stands within a test is left out, unless the test itself reads it.
    """
    loops: list[str] = []
    tests = 0
    for tag in _TAG.finditer(text):
        kind, rest, shown = tag[1], tag[2] or "", tag[3]
        item = next((one for one in reversed(loops) if one), "")
        if item and not tests and (shown is not None or kind in ("if", "elif", "for", "set")):
            line = text.count("\n", 0, tag.start()) + 1
            for read in _READ.finditer(shown if shown is not None else rest):
                if read[1] == item:
                    yield _Read(item, read[2], bool(read[3]), line)
        if kind == "for":
            through = _LOOP.match(rest)
            loops.append(through[1] if through is not None and through[2] == rows else "")
        elif kind == "endfor" and loops:
            loops.pop()
        elif kind == "if" and item:
            tests += 1
        elif kind == "endif" and item:
            tests = max(0, tests - 1)
