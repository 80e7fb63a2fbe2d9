"""Definitions: the binding sites that can give a name its value at a place."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import Flow
from flake8_auditrules.semantics.scopes import BindingKind, Scope, ScopeKind
from flake8_auditrules.semantics.values.terms import FUNCTIONS

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module

_PLAIN_BINDINGS = (*FUNCTIONS, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom)


class Definitions(NamedTuple):
    """The sites that give a name its value; `flow` is set where the order of statements was followed."""

    sites: Sequence[ast.AST]
    flow: Flow | None
    certain: bool
    elsewhere: bool = False
    """Whether they stand in a class body or a comprehension, where order was not looked at."""
    closure: bool = False
    """Whether an inner function uses a name of the function around it."""


class DefinitionsOfNames:
    """What gives the names of one module their values, and where they are read."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._uses: dict[str, list[ast.Name]] | None = None

    def of(self, name: str, place: ast.AST) -> Definitions:
        """The binding sites that can give `name` its value at `place`."""
        module = self._module
        owner = module.scope_of(place).owner(name)
        if owner is None:
            return Definitions((), None, False)
        sites = owner.bindings[name]
        runner: ast.AST = module.function_of(place) or module.tree
        if owner.node is runner and owner.kind in (ScopeKind.FUNCTION, ScopeKind.MODULE):
            assert isinstance(runner, (*FUNCTIONS, ast.Module))
            flow = module.flow(runner)
            if runner is module.tree and len(sites) == 1 and self._is_bound_before(sites[0], place):
                return Definitions(sites, flow, True)
            reaching = list(flow.definitions_reaching(name, place))
            foreign = [site for site in sites if (module.function_of(site) or module.tree) is not runner]
            foreign = [site for site in foreign if not isinstance(site, ast.arg)]
            own = [site for site in reaching if site in sites]
            return Definitions([*own, *foreign], flow, not foreign and len(own) == len(reaching))
        if owner.kind in (ScopeKind.MODULE, ScopeKind.FUNCTION) and len(sites) > 1:
            return self._settled(name, owner, sites)
        elsewhere = owner.kind not in (ScopeKind.MODULE, ScopeKind.FUNCTION)
        return Definitions(sites, None, len(sites) == 1, elsewhere, owner.kind is ScopeKind.FUNCTION)

    def _is_bound_before(self, site: ast.AST, place: ast.AST) -> bool:
        """Whether the module itself, under no condition, has run the one statement that binds a name."""
        module = self._module
        binding = site if isinstance(site, ast.stmt) else module.parent(site)
        if not isinstance(binding, _PLAIN_BINDINGS) or module.parent(binding) is not module.tree:
            return False
        if isinstance(binding, ast.AnnAssign) and binding.value is None:
            return False
        return (binding.end_lineno or binding.lineno) < getattr(place, "lineno", 0)

    def _settled(self, name: str, owner: Scope, sites: Sequence[ast.AST]) -> Definitions:
        """What a name of the module holds for its functions: what is left when the module has run."""
        module = self._module
        if owner.kind is not ScopeKind.MODULE or any(module.function_of(site) is not None for site in sites):
            return Definitions(sites, None, False)
        last = module.tree.body[-1]
        if any(module.statement(site) is last or last in module.ancestors(site) for site in sites):
            return Definitions(sites, None, False)
        reaching = [site for site in module.flow(module.tree).definitions_reaching(name, last) if site in sites]
        return Definitions(reaching or sites, None, bool(reaching))

    def only_value(self, name: ast.Name) -> ast.expr | None:
        """The expression that a name certainly stands for."""
        definitions = self.of(name.id, name)
        if len(definitions.sites) != 1 or not definitions.certain:
            return None
        binding = self._module.names.binding(definitions.sites[0])
        return binding.value if binding.kind is BindingKind.ASSIGNMENT else None

    def uses_of(self, name: str) -> list[ast.Name]:
        """All places in the module that read a name, whatever it means there."""
        if self._uses is None:
            self._uses = {}
            for use in self._module.nodes(ast.Name):
                if isinstance(use.ctx, ast.Load):
                    self._uses.setdefault(use.id, []).append(use)
        return self._uses.get(name, [])
