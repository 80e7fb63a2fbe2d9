"""Migrations: the indexes that a project's migrations make, which its models may not speak of."""

from __future__ import annotations

import ast
import re
import weakref
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.names import last_name

_FOLDER = pattern(r"/(?:versions|migrations|alembic)/")
_WORTH_READING = ("Index(", "create_index", "Constraint(", "_constraint(", "index=True", "INDEX")
_STATEMENT = pattern(
    r"CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?:CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?[^\s(]+\s+ON\s+"
    r"[\"`]?(?:\w+[\"`]?\.[\"`]?)?(\w+)[\"`]?\s*(?:USING\s+\w+\s*)?\(\s*[\"`]?(\w+)",
    re.IGNORECASE,
)
_known: weakref.WeakKeyDictionary[Project, frozenset[tuple[str, str]]] = weakref.WeakKeyDictionary()


def indexed_columns(project: Project) -> frozenset[tuple[str, str]]:
    """
    The table and first column of each index and unique constraint that a migration of the project makes.

    Alembic's operations and `CREATE INDEX` in texts are read; the table is "" where it is not written out. The
    files are read once for a Project, when somebody asks.
    """
    project.asked_of_all = True
    found = _known.get(project)
    if found is None:
        found = _known[project] = frozenset(_read_all(project))
    return found


def _read_all(project: Project) -> list[tuple[str, str]]:
    files = [path for path in project.layout.files() if _FOLDER.search(path.replace("\\", "/"))]
    found = project.learned_of(files, "indexes", lambda: [pair for path in files for pair in _indexes_of(path)])
    return [(table, column) for table, column in found]


def _indexes_of(path: str) -> list[tuple[str, str]]:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        return list(indexes_in(ast.parse(text))) if any(word in text for word in _WORTH_READING) else []
    except (OSError, UnicodeDecodeError, SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def indexes_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The table and first column of each index that one migration makes."""
    pending: list[tuple[ast.AST, str]] = [(tree, "")]
    while pending:
        node, table = pending.pop()
        if isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                if isinstance(item.context_expr, ast.Call) and last_name(item.context_expr) == "batch_alter_table":
                    table = _text(item.context_expr.args[:1]) or table
        elif isinstance(node, ast.Call):
            name = last_name(node)
            if name in ("create_table", "add_column", "Table"):
                table = _text(node.args[:1]) or table
            yield from _made_by(node, name, table)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "INDEX" in node.value.upper():
            for statement in _STATEMENT.finditer(node.value):
                yield statement.group(1), statement.group(2)
        pending.extend((child, table) for child in ast.iter_child_nodes(node))


def _made_by(call: ast.Call, name: str, table: str) -> Iterator[tuple[str, str]]:
    if name in ("create_index", "create_unique_constraint", "create_primary_key"):
        given = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
        named = _text(given[:1])
        for argument in given:
            if isinstance(argument, (ast.List, ast.Tuple)):
                first = _text(argument.elts[:1])
                if first:
                    yield named or table, first
                return
    elif name == "Index":
        first = _text(call.args[1:2])
        if first:
            yield table, first
    elif name in ("UniqueConstraint", "PrimaryKeyConstraint"):
        first = _text(call.args[:1])
        if first:
            yield table, first
    elif name == "Column":
        for keyword in call.keywords:
            if (
                keyword.arg in ("index", "unique")
                and isinstance(keyword.value, ast.Constant)
                and keyword.value.value
            ):
                first = _text(call.args[:1])
                if first:
                    yield table, first


def _text(expressions: list[ast.expr]) -> str:
    """The text that the first expression is, or ""; `op.f("name")` and `sa.text("name")` count."""
    for expression in expressions:
        if isinstance(expression, ast.Call) and len(expression.args) == 1:
            expression = expression.args[0]
        if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
            return expression.value
    return ""
