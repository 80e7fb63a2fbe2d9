"""Where a node of a module stands: the function that runs it, its scope, and which binding reaches it."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import Scope, ScopeKind

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
RUNNING_NODES = (*FUNCTIONS, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_OPENING = frozenset((*FUNCTIONS, *COMPREHENSIONS, ast.Lambda, ast.ClassDef, ast.comprehension))


class NodePlaces:
    """Tells where nodes of one module stand."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.names = module.names
        self.parents = module.index.parents
        self.scopes = module.index.scopes
        self.places: dict[ast.AST, tuple[ast.AST | None, Scope]] = {}
        self.local_names: dict[ast.AST, str] = {}

    def place(self, node: ast.AST) -> tuple[ast.AST | None, Scope]:
        """The function or lambda that runs a node (None: module or class body), and the node's scope."""
        places, parents = self.places, self.parents
        known = places.get(node)
        if known is not None:
            return known
        passed = [node]
        current = node
        found: tuple[ast.AST | None, Scope] | None = None
        while found is None:
            parent = parents.get(current)
            if parent is None:
                found = (None, self.module.index.root)
                break
            kind = parent.__class__
            if kind in _OPENING:
                found = self.place_within(current, parent, kind)
                if found is not None:
                    break
            found = places.get(parent)
            if found is None:
                passed.append(parent)
                current = parent
        for one in passed:
            places[one] = found
        return found

    def place_within(
        self, node: ast.AST, parent: ast.AST, kind: type[ast.AST]
    ) -> tuple[ast.AST | None, Scope] | None:
        """The place of a child of what opens a scope; None where it is the place of what is around that."""
        if kind is ast.FunctionDef or kind is ast.AsyncFunctionDef:
            return (parent, self.scopes[parent]) if isinstance(node, ast.stmt) else None
        if kind is ast.Lambda:
            return (parent, self.scopes[parent]) if node is parent.body else None  # type: ignore[attr-defined]
        if kind is ast.ClassDef:
            return (None, self.scopes[parent]) if isinstance(node, ast.stmt) else None
        if kind is ast.comprehension:
            owner = self.parents[parent]
            if node is parent.iter and owner.generators[0] is parent:  # type: ignore[attr-defined]
                return self.place(owner)
            return None
        return (self.place(parent)[0], self.scopes[parent])

    def local_name(self, node: ast.AST) -> str:
        """The dotted name of a function, class or lambda within the module."""
        name = self.local_names.get(node)
        if name is None:
            if isinstance(node, ast.Lambda):
                own = f"<lambda:{node.lineno}:{node.col_offset}>"
            else:
                own = node.name  # type: ignore[attr-defined]
            current = self.parents.get(node)
            while current is not None and not isinstance(current, DEFINITIONS):
                current = self.parents.get(current)
            name = own if current is None else f"{self.local_name(current)}.{own}"
            self.local_names[node] = name
        return name

    def qualified(self, local: str) -> str:
        """The dotted name of something of this module, with the module before it."""
        return f"{self.module.name}.{local}" if self.module.name else local

    def enclosing_class(self, node: ast.AST) -> ast.ClassDef | None:
        """The class around a node."""
        current = self.parents.get(node)
        while current is not None and not isinstance(current, ast.ClassDef):
            current = self.parents.get(current)
        return current

    def reaching(self, name: ast.Name, sites: Sequence[ast.AST]) -> ast.AST | None:
        """The one binding that a use of a name can only see: the last before it, in a block around it."""
        position = (name.lineno, name.col_offset)
        last: ast.AST | None = None
        last_statement: ast.AST | None = None
        best = (-1, -1)
        for site in sites:
            if isinstance(site, ast.arg):
                at = (0, 0)
                statement: ast.AST | None = None
            else:
                if not isinstance(site, (ast.Name, *FUNCTIONS, ast.ClassDef)):
                    return None
                statement = site
                while statement is not None and not isinstance(statement, ast.stmt):
                    statement = self.parents.get(statement)
                if statement is None:
                    return None
                at = (site.lineno, site.col_offset)
                if not isinstance(statement, (ast.With, ast.AsyncWith, ast.For, ast.AsyncFor)):
                    end = (statement.end_lineno or 0, statement.end_col_offset or 0)
                    if (statement.lineno, statement.col_offset) <= position <= end:
                        continue
            if best < at < position:
                last, last_statement, best = site, statement, at
        if last is None:
            return None
        if last_statement is None:
            # The parameter's own value, unless a loop brings a later binding back.
            return last if not self.in_loop(name) else None
        return last if self.is_behind(name, last_statement) else None

    def before(self, name: ast.Name, sites: Sequence[ast.AST]) -> Sequence[ast.AST]:
        """The bindings that a use of a name in their own scope can see: outside loops, those before it."""
        if self.in_loop(name) or not all(isinstance(site, (ast.Name, ast.arg)) for site in sites):
            return sites
        position = (name.lineno, name.col_offset)
        seen = []
        for site in sites:
            if isinstance(site, ast.Name):
                statement = self.parents[site]
                end = (getattr(statement, "end_lineno", 0), getattr(statement, "end_col_offset", 0))
                is_later = position < end if isinstance(statement, (ast.Assign, ast.AnnAssign)) else False
                if is_later or position < (site.lineno, site.col_offset):
                    continue
            seen.append(site)
        return seen or sites

    def in_loop(self, node: ast.AST) -> bool:
        """Whether a node stands in a loop of its function."""
        current = self.parents.get(node)
        while current is not None and not isinstance(current, RUNNING_NODES):
            if isinstance(current, (ast.For, ast.AsyncFor, ast.While)):
                return True
            current = self.parents.get(current)
        return False

    def is_behind(self, node: ast.AST, statement: ast.AST) -> bool:
        """Whether a node stands in the body of `statement` or in a later statement of the same block."""
        block = self.parents.get(statement)
        child, current = node, self.parents.get(node)
        while current is not None:
            if current is statement:
                return child in getattr(statement, "body", ())
            if current is block:
                return any(
                    isinstance(part, list) and statement in part and child in part
                    for part in (getattr(block, field, None) for field in ("body", "orelse", "finalbody"))
                )
            child, current = current, self.parents.get(current)
        return False

    def is_of_module(self, name: ast.Name) -> bool:
        """Whether a name is one of the module's own level."""
        owner = self.place(name)[1].owner(name.id)
        return owner is not None and owner.kind is ScopeKind.MODULE


def dotted(expression: ast.expr) -> str:
    """A name or attribute chain as text; "" for anything else."""
    parts: list[str] = []
    while isinstance(expression, ast.Attribute):
        parts.append(expression.attr)
        expression = expression.value
    if not isinstance(expression, ast.Name):
        return ""
    return ".".join([expression.id, *reversed(parts)])
