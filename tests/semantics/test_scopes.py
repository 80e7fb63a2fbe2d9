"""Scopes agree with the standard library's own symbol tables, on every file of the standard library."""

from __future__ import annotations

import ast
import symtable
import sys
import sysconfig
import warnings
from pathlib import Path

import pytest

from flake8_auditrules.semantics.scopes import Scope, ScopeKind
from flake8_auditrules.semantics.walk import Index, walk

STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))
FILES = sorted(
    file
    for file in STANDARD_LIBRARY.rglob("*.py")
    if not {"site-packages", "lib2to3", "__pycache__"} & set(file.relative_to(STANDARD_LIBRARY).parts)
)
SHARDS = 8
SYNTHETIC = {"__class__", "__classdict__", "__conditional_annotations__"}


def own_names(scope: Scope, class_name: str | None) -> set[str]:
    """The names bound in a scope itself, mangled as Python does it, without those declared elsewhere."""
    names = set(scope.bindings) - scope.nonlocal_names - SYNTHETIC
    if scope.kind is not ScopeKind.MODULE:
        names -= scope.global_names
    return {mangled(name, class_name) for name in names}


def mangled(name: str, class_name: str | None) -> str:
    if class_name is None or not name.startswith("__") or name.endswith("__") or "." in name:
        return name
    stripped = class_name.lstrip("_")
    return f"_{stripped}{name}" if stripped else name


def table_names(table: symtable.SymbolTable) -> set[str]:
    """The names that CPython says are bound in a scope itself."""
    names = set()
    for symbol in table.get_symbols():
        name = symbol.get_name()
        if name.startswith(".") or name in SYNTHETIC:
            continue
        bound = symbol.is_assigned() or symbol.is_parameter() or symbol.is_imported() or symbol.is_annotated()
        if table.get_type() == "module":
            if bound or symbol.is_namespace():
                names.add(name)
        elif bound and not symbol.is_declared_global() and not symbol.is_nonlocal():
            names.add(name)
    return names


def children(index: Index, parent: Scope) -> list[Scope]:
    found = [scope for scope in index.scopes.values() if scope.parent is parent]
    return found


def compare(source: str, path: str) -> list[str]:
    """What differs between our scopes and CPython's, as text; empty where nothing does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(source)
        table = symtable.symtable(source, path, "exec")
    index = walk(tree)
    differences: list[str] = []
    pending: list[tuple[Scope, symtable.SymbolTable, str | None]] = [(index.root, table, None)]
    while pending:
        scope, entry, class_name = pending.pop()
        ours, theirs = own_names(scope, class_name), table_names(entry)
        if scope.kind is ScopeKind.MODULE:
            theirs -= _declared_global_somewhere(index) - ours
            ours -= {name for name in ours - theirs if name in _declared_global_somewhere(index)}
        if ours != theirs:
            differences.append(f"{path}: {scope!r}: only ours {ours - theirs}, only CPython's {theirs - ours}")
        inner_ours = _by_line(children(index, scope))
        inner_theirs = _tables_by_line(entry)
        if {key: len(value) for key, value in inner_ours.items()} != {
            key: len(value) for key, value in inner_theirs.items()
        }:
            differences.append(f"{path}: {scope!r}: other scopes in it: {inner_ours} {inner_theirs}")
            continue
        for key, scopes in inner_ours.items():
            # CPython lists the scopes of one line in another order than the source; names tell them apart.
            paired = zip(
                sorted(scopes, key=lambda one: sorted(_names_below(index, one))),
                sorted(inner_theirs[key], key=lambda other: sorted(_table_names_below(other))),
                strict=True,
            )
            for one, other in paired:
                inner_class = one.node.name if isinstance(one.node, ast.ClassDef) else class_name
                pending.append((one, other, inner_class))
    return differences


def _names_below(index: Index, scope: Scope) -> list[str]:
    names = sorted(own_names(scope, None))
    for child in sorted(children(index, scope), key=lambda child: sorted(own_names(child, None))):
        names.extend(_names_below(index, child))
    return names


def _table_names_below(table: symtable.SymbolTable) -> list[str]:
    names = sorted(table_names(table))
    for child in sorted(table.get_children(), key=lambda child: sorted(table_names(child))):
        names.extend(_table_names_below(child))
    return names


def _declared_global_somewhere(index: Index) -> set[str]:
    return {name for scope in index.scopes.values() for name in scope.global_names}


def _by_line(scopes: list[Scope]) -> dict[tuple[int, str], list[Scope]]:
    found: dict[tuple[int, str], list[Scope]] = {}
    for scope in sorted(scopes, key=lambda scope: (scope.node.lineno, scope.node.col_offset)):  # type: ignore[attr-defined]
        found.setdefault((scope.node.lineno, _label(scope)), []).append(scope)  # type: ignore[attr-defined]
    return found


def _label(scope: Scope) -> str:
    if scope.kind is ScopeKind.CLASS:
        return "class"
    return "function"


def _tables_by_line(table: symtable.SymbolTable) -> dict[tuple[int, str], list[symtable.SymbolTable]]:
    found: dict[tuple[int, str], list[symtable.SymbolTable]] = {}
    for child in table.get_children():
        found.setdefault((child.get_lineno(), str(child.get_type())), []).append(child)
    return found


@pytest.mark.skipif(
    sys.version_info >= (3, 12),
    reason="since 3.12 symtable merges inlined comprehensions into the function around them; "
    "the scopes themselves are the same on all versions",
)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_scopes_agree_with_symtable(shard: int) -> None:
    differences: list[str] = []
    compared = 0
    for file in FILES[shard::SHARDS]:
        try:
            source = file.read_bytes().decode("utf-8-sig")
            compile(source, str(file), "exec")
        except (SyntaxError, ValueError):
            continue
        differences.extend(compare(source, str(file)))
        compared += 1
    assert compared > 50
    assert not differences, "\n".join(differences[:20])


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_owner_of_a_name_is_the_one_that_its_scope_gives(shard: int) -> None:
    """The short way (no inner scope binds the name) comes to what the climb through the scopes comes to."""
    compared = 0
    for file in FILES[shard :: SHARDS * 4]:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(file.read_bytes().decode("utf-8-sig"))
        except (SyntaxError, ValueError):
            continue
        index = walk(tree)
        for name in index.nodes[ast.Name]:
            assert isinstance(name, ast.Name)
            assert index.owner_of(name) is index.scope_of(name).owner(name.id), (file, name.lineno, name.id)
            compared += 1
    assert compared > 1000
