"""Scopes and bindings: which name a name is, looked up as Python does it."""

from __future__ import annotations

import ast
import builtins
import enum

from flake8_auditrules.records import NamedTuple

BUILTIN_NAMES = frozenset(dir(builtins))
_NONE: frozenset[str] = frozenset()

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
ScopeNode = ast.AST


class ScopeKind(enum.Enum):
    """The kinds of scope that Python has."""

    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"
    LAMBDA = "lambda"
    COMPREHENSION = "comprehension"
    TYPE_PARAMETERS = "type parameters"


class BindingKind(enum.Enum):
    """How a name comes to be bound."""

    IMPORT = "import"
    FUNCTION = "function"
    CLASS = "class"
    PARAMETER = "parameter"
    ASSIGNMENT = "assignment"
    ANNOTATION = "annotation"
    AUGMENTED = "augmented assignment"
    UNPACKED = "unpacked"
    LOOP = "loop"
    CONTEXT = "context manager"
    EXCEPTION = "exception"
    PATTERN = "pattern"
    DELETION = "deletion"
    TYPE = "type"


class Binding(NamedTuple):
    """
    One place where a name is bound.

    `value` is the expression that the name stands for (the right-hand side, the context manager, the
    iterable, the parameter's default), `annotation` what the source says of its type; either may be None.
    """

    kind: BindingKind
    site: ast.AST
    value: ast.expr | None = None
    annotation: ast.expr | None = None


class Scope:
    """
    One scope: the names bound in it, each with the nodes that bind them, in the order of the source.

    A site is the `ast.Name` in store or delete context, the `ast.alias`, `ast.arg`, function or class
    definition, `ast.ExceptHandler` or pattern that binds the name.
    """

    __slots__ = ("bindings", "global_names", "kind", "node", "nonlocal_names", "parent", "stars")

    def __init__(self, kind: ScopeKind, node: ScopeNode, parent: Scope | None) -> None:
        self.kind = kind
        self.node = node
        self.parent = parent
        self.bindings: dict[str, list[ast.AST]] = {}
        self.global_names: frozenset[str] = _NONE
        self.nonlocal_names: frozenset[str] = _NONE
        self.stars: list[str] = []

    def __repr__(self) -> str:
        return f"Scope({self.kind.value}, line {getattr(self.node, 'lineno', 0)})"

    @property
    def root(self) -> Scope:
        """The module's scope."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def bind(self, name: str, site: ast.AST) -> None:
        """Record that `site` binds `name` here (or in the module, where `name` is declared global)."""
        scope = self.root if name in self.global_names else self
        sites = scope.bindings.get(name)
        if sites is None:
            scope.bindings[name] = [site]
        else:
            sites.append(site)

    def owner(self, name: str) -> Scope | None:
        """
        The scope that a use of `name` in this scope refers to; None for a builtin or an unknown name.

        Class scopes are seen only from their own statements, never from the functions in them.
        """
        if name in self.global_names:
            root = self.root
            return root if name in root.bindings else None
        scope: Scope | None = self
        while scope is not None:
            if (
                name in scope.bindings
                and name not in scope.nonlocal_names
                and (scope is self or scope.kind is not ScopeKind.CLASS)
            ):
                return scope
            if name in scope.global_names and scope.kind is not ScopeKind.CLASS:
                root = self.root
                return root if name in root.bindings else None
            scope = scope.parent
        return None

    def lookup(self, name: str) -> list[ast.AST]:
        """All sites that bind what `name` means in this scope; empty for a builtin or an unknown name."""
        owner = self.owner(name)
        return owner.bindings[name] if owner is not None else []

    def is_builtin(self, name: str) -> bool:
        """Whether `name`, used in this scope, is the builtin of that name."""
        return name in BUILTIN_NAMES and self.owner(name) is None


def settle_nonlocals(scopes: list[Scope]) -> None:
    """Move the bindings of names declared `nonlocal` to the function scope that owns them."""
    for scope in scopes:
        for name in scope.nonlocal_names:
            sites = scope.bindings.pop(name, [])
            owner = scope.parent
            while owner is not None:
                if owner.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA) and (
                    name in owner.bindings and name not in owner.nonlocal_names
                ):
                    break
                owner = owner.parent
            if owner is not None and sites:
                owner.bindings[name].extend(sites)
