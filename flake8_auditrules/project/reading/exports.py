"""What a module says to others: its classes, constants, states and what its calls hand in."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence

from flake8_auditrules.project.facts import HANDED, STATE, UNKNOWN, ClassFacts, FunctionFacts
from flake8_auditrules.project.reading.bindings import BindingTerms, is_of_callable
from flake8_auditrules.project.reading.places import FUNCTIONS
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import ScopeKind
from flake8_auditrules.semantics.stubs import is_stub

_MAY_GIVE_OBJECTS = frozenset({ast.Attribute, ast.Await, ast.BoolOp, ast.Call, ast.IfExp, ast.Name, ast.Subscript})
# What is given more is a record of values.
_MOST_HANDED = 8


class ModuleExports(BindingTerms):
    """Reads what other modules may ask of one."""

    def read_states(self) -> dict[str, int]:
        """What the module puts on the state of an application (`app.state.pool = ...`), by `state.pool`."""
        found: dict[str, list[int]] = {}
        for state in self.module.attributes_named("state"):
            target = self.parents[state]
            if not isinstance(target, ast.Attribute) or target.ctx.__class__ is not ast.Store:
                continue
            assignment = self.parents[target]
            value = assignment.value if isinstance(assignment, (ast.Assign, ast.AnnAssign)) else None
            term = self.term(value, self.place(assignment)[1]) if value is not None else UNKNOWN
            found.setdefault(STATE + target.attr, []).append(term)
        return {name: self.one_of("U", numbers) for name, numbers in found.items()}

    def read_handed(self) -> dict[str, int]:
        """What calls hand to functions and classes of the module and its package, by `handed.Store.path`."""
        found: dict[str, list[tuple[int, int]]] = {}
        for call in self.module.nodes(ast.Call):
            function = call.func
            if function.__class__ is not ast.Name or not 0 < len(call.args) + len(call.keywords) <= _MOST_HANDED:
                continue
            scope = self.place(call)[1]
            if not self.is_of_project(scope.lookup(function.id)):
                continue
            callee = self.term(function, scope)
            last = self.qualname(callee).rpartition(".")[2]
            places: list[tuple[int | str | None, ast.expr]] = [*enumerate(call.args)]
            places += [(keyword.arg, keyword.value) for keyword in call.keywords]
            for place, argument in places:
                if place is not None and argument.__class__ in _MAY_GIVE_OBJECTS:
                    given = self.term(argument, scope)
                    found.setdefault(f"{HANDED}{last}.{place}", []).append((callee, given))
        return {name: self.number("H", tuple(dict.fromkeys(pairs))) for name, pairs in found.items()}

    def is_of_project(self, sites: Sequence[ast.AST]) -> bool:
        """
        Whether a name is bound once, to a function or class whose parameters calls may tell of.

        That is one that the module imports out of its own package, or defines with parameters without annotation.
        """
        site = sites[0] if len(sites) == 1 else None
        if isinstance(site, FUNCTIONS):
            return _leaves_open(site, 0)
        if isinstance(site, ast.ClassDef):
            return any(
                isinstance(one, ast.FunctionDef) and one.name == "__init__" and _leaves_open(one, 1)
                for one in site.body
            )
        statement = self.parents.get(site) if isinstance(site, ast.alias) else None
        if not isinstance(statement, ast.ImportFrom):
            return False
        package = (statement.module or "").partition(".")[0]
        own, _, further = self.module.name.partition(".")
        return bool(statement.level) or package == own or (not further and package not in sys.stdlib_module_names)

    def is_lesser(self, definition: ast.AST, known: FunctionFacts) -> bool:
        """Whether a second definition of a name does not take the first one's place: setters, stubs."""
        for decorator in getattr(definition, "decorator_list", ()):
            if isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "deleter"):
                return True
        return not known.stub and is_stub(definition)

    def star_module(self, star: str) -> str:
        """The absolute name of a star import's module, written with leading dots."""
        level = len(star) - len(star.lstrip("."))
        statement = ast.ImportFrom(module=star.lstrip(".") or None, names=[], level=level)
        return self.names.imported_module(statement)

    def read_classes(self) -> dict[str, ClassFacts]:
        """What the module says of its classes, by their dotted names."""
        classes: dict[str, ClassFacts] = {}
        for node in self.module.nodes(ast.ClassDef):
            scope = self.place(node)[1]
            members = self.module.members(node)
            name = self.local_name(node)
            attributes: dict[str, int] = {}
            for attribute, bindings in members.attributes.items():
                known = [binding for binding, _ in bindings]
                attributes[attribute] = self.filled_member(node, attribute, known) or self.term_of_member(known)
            bases = [self.annotation(base, scope) for base in node.bases]
            classes[name] = ClassFacts(
                name,
                node.lineno,
                tuple(bases),
                tuple(self.decorator(one, scope) for one in node.decorator_list),
                dict.fromkeys(members.methods, 0),
                attributes,
            )
        return classes

    def read_constants(self) -> dict[str, int | float | str | bool]:
        """The numbers, texts and truth values that the module binds names of its own level to, once."""
        constants: dict[str, int | float | str | bool] = {}
        root = self.module.index.root
        for scope in (root, *(scope for scope in self.scopes.values() if scope.kind is ScopeKind.CLASS)):
            prefix = "" if scope is root else f"{self.local_name(scope.node)}."
            for name, sites in scope.bindings.items():
                if len(sites) == 1 and isinstance(sites[0], ast.Name):
                    value = self.names.binding(sites[0]).value
                    sign = 1
                    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
                        value, sign = value.operand, -1
                    if isinstance(value, ast.Constant) and isinstance(value.value, (int, float, str)):
                        constant = value.value
                        constants[f"{prefix}{name}"] = constant if sign == 1 else -constant  # type: ignore[operator]
        return constants


def _leaves_open(function: ast.FunctionDef | ast.AsyncFunctionDef, first: int) -> bool:
    """Whether a function has a parameter that its annotation tells nothing of, the first ones left out."""
    arguments = function.args
    parameters = [*arguments.posonlyargs, *arguments.args][first:] + arguments.kwonlyargs
    return any(
        parameter.annotation is None
        or last_name(parameter.annotation) == "Any"
        or (first and is_of_callable(parameter.annotation))
        for parameter in parameters
    )
