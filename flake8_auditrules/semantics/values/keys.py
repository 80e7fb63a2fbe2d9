"""Keys: texts that are equal for expressions that mean the same thing."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_auditrules.semantics.values.terms import SIZE

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module


class Keys:
    """The keys of one module's expressions."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._found: dict[ast.expr, str | None] = {}

    def of(self, expression: ast.expr) -> str | None:
        """
        A text that is equal for expressions that mean the same thing: names, attributes, items, their sizes.

        The scope that owns the name is part of it, so that equal names of different scopes differ.
        """
        try:
            return self._found[expression]
        except KeyError:
            pass
        tail: list[str] = []
        prefix = ""
        inner = expression
        if isinstance(inner, ast.Call):
            if len(inner.args) == 1 and not inner.keywords and self._module.qualname(inner.func) == "builtins.len":
                prefix, inner = SIZE, inner.args[0]
        while True:
            if isinstance(inner, ast.Attribute):
                tail.append(f".{inner.attr}")
                inner = inner.value
            elif isinstance(inner, ast.Subscript) and isinstance(inner.slice, ast.Constant):
                tail.append(f"[{inner.slice.value!r}]")
                inner = inner.value
            elif isinstance(inner, ast.NamedExpr):
                inner = inner.target
            else:
                break
        found: str | None = None
        if isinstance(inner, ast.Name):
            owner = self._module.owner_of(inner)
            if owner is not None:
                found = f"{prefix}{id(owner)}:{inner.id}{''.join(reversed(tail))}"
        self._found[expression] = found
        return found

    def binds(self, site: ast.AST, name: str, key: str) -> bool:
        """Whether `site` binds the variable that a key starts with, under the name that it gives it."""
        owner = self._module.scope_of(site).owner(name)
        return owner is not None and key.partition(".")[0] == f"{id(owner)}:{name}"
