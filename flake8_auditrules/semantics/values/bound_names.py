"""Bound names: what a name can be at a place, by all the sites that bind it."""

from __future__ import annotations

import ast
import math
from typing import TYPE_CHECKING

from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.ranges import (
    ANY_SIZE,
    COLLECTION_SIZE,
    NOTHING,
    UNKNOWN,
    UNKNOWN_NUMBER,
    Range,
    exact,
    union,
)
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.changes import Changes
from flake8_auditrules.semantics.values.definitions import DefinitionsOfNames
from flake8_auditrules.semantics.values.functions import Functions
from flake8_auditrules.semantics.values.guards import Guards
from flake8_auditrules.semantics.values.items import Items
from flake8_auditrules.semantics.values.keys import Keys
from flake8_auditrules.semantics.values.members import Members
from flake8_auditrules.semantics.values.terms import ARITHMETIC, FOR_LOOPS, Constant, agreed, of_constant
from flake8_auditrules.semantics.values.ways import Ways

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module


class BoundNames:
    """What the names of one module can be."""

    def __init__(
        self,
        module: Module,
        answers: Answers,
        keys: Keys,
        changes: Changes,
        definitions: DefinitionsOfNames,
        guards: Guards,
        members: Members,
        functions: Functions,
        items: Items,
        ways: Ways,
    ) -> None:
        self._module = module
        self._answers = answers
        self._keys = keys
        self._changes = changes
        self._definitions = definitions
        self._guards = guards
        self._members = members
        self._functions = functions
        self._items = items
        self._ways = ways

    def of(self, name: ast.Name, question: str) -> Range:
        """The range of a name's numbers, or of its size, as `question` says."""
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        definitions = self._definitions.of(name.id, name)
        key = self._keys.of(name)
        if not definitions.sites:
            unbound = self._module.qualname(name)
            return unknown if unbound is None else unknown.bounds_only()
        found: list[Range] = []
        for site in definitions.sites:
            one = self._of_site(site, question)
            if question == "size":
                one = self._changes.grown(one, name)
            one = self._guards.guarded(one, name, key, key if question == "size" else None)
            if not definitions.certain:
                one = one if one.exact and len(definitions.sites) == 1 else one.bounds_only()
            elif definitions.closure and not one.exact:
                # Whoever calls the inner function may have looked at the number before.
                one = one.bounds_only()
            elif key is not None and (one.points or len(definitions.sites) > 1) and not definitions.elsewhere:
                one = self._ways.surviving(one, name, key, site, definitions, question)
            found.append(one)
        return union(found)

    def _of_site(self, site: ast.AST, question: str) -> Range:
        """What a name is by one of its binding sites."""
        answer = self._answers.value if question == "value" else self._answers.size
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        binding = self._module.names.binding(site)
        kind, value = binding.kind, binding.value
        if kind is BindingKind.PARAMETER:
            assert isinstance(site, ast.arg)
            return self._functions.parameter(site, value, question)
        if kind is BindingKind.ASSIGNMENT and value is not None:
            return answer(value)
        if kind is BindingKind.AUGMENTED and value is not None:
            return self._of_augmented(site, value, question)
        if kind is BindingKind.LOOP and value is not None and question == "value":
            return self._items.elements(value, union)
        if kind is BindingKind.UNPACKED and isinstance(site, ast.Name):
            return self._of_unpacked(site, unknown)
        if kind in (BindingKind.DELETION, BindingKind.ANNOTATION):
            return NOTHING
        if kind is BindingKind.IMPORT and isinstance(site, ast.alias):
            constant = self._module.elsewhere.constant(self._module.names.imported(site))
            if question == "value":
                return UNKNOWN if constant is None else of_constant(constant)
            return exact(len(constant)) if isinstance(constant, str) else ANY_SIZE
        if kind is BindingKind.CLASS and question == "size" and isinstance(site, ast.ClassDef):
            return self._members.enumeration_size(site)
        if kind in (BindingKind.LOOP, BindingKind.CONTEXT):
            return unknown
        return unknown.bounds_only()

    def _of_augmented(self, site: ast.AST, value: ast.expr, question: str) -> Range:
        """`n += 1`: what n was before, and then the operation."""
        statement = self._module.parent(site)
        assert isinstance(statement, ast.AugAssign) and isinstance(site, ast.Name)
        unknown = UNKNOWN_NUMBER if question == "value" else ANY_SIZE
        before = self._answers.once(("before", site), lambda: self.of(site, question))
        if before is None:
            return unknown
        if question == "size":
            return ranges.add(before, self._answers.size(value)) if isinstance(statement.op, ast.Add) else ANY_SIZE
        compute = ARITHMETIC.get(type(statement.op))
        if compute is None:
            return UNKNOWN
        found = compute(before._replace(none=False), self._answers.value(value)._replace(none=False))
        # In a loop the operation may be done any number of times: one turn is no evidence.
        return found.bounds_only() if self._module.loop_of(statement) is not None else found

    def _of_unpacked(self, site: ast.Name, unknown: Range) -> Range:
        """The counter of `for i, x in enumerate(xs)`; all else that is unpacked is unknown."""
        target = self._module.parent(site)
        loop = self._module.parent(target) if isinstance(target, ast.Tuple) else None
        if (
            isinstance(target, ast.Tuple)
            and isinstance(loop, (*FOR_LOOPS, ast.comprehension))
            and target.elts[0] is site
            and unknown is UNKNOWN
            and isinstance(loop.iter, ast.Call)
            and self._module.callee(loop.iter) == "builtins.enumerate"
        ):
            start = self._module.argument(loop.iter, "start", 1)
            first = self._answers.value(start) if start is not None else exact(0)
            return Range(first.low, math.inf, first.least, first.most, whole=True)
        return unknown

    def literal(self, name: ast.Name) -> Constant | None:
        """The constant that a name certainly is."""
        definitions = self._definitions.of(name.id, name)
        if not definitions.certain:
            return None
        found: list[Constant | None] = []
        for site in definitions.sites:
            binding = self._module.names.binding(site)
            if binding.kind is BindingKind.ASSIGNMENT and binding.value is not None:
                found.append(self._answers.literal(binding.value))
            elif binding.kind is BindingKind.IMPORT and isinstance(site, ast.alias):
                found.append(self._module.elsewhere.constant(self._module.names.imported(site)))
            elif binding.kind is BindingKind.PARAMETER and isinstance(site, ast.arg):
                found.append(self._functions.literal_parameter(site, binding.value))
            elif binding.kind is BindingKind.AUGMENTED:
                number = self._answers.value(name)
                exactly = number.exact and len(definitions.sites) == 1
                found.append((int if number.whole else float)(number.low) if exactly else None)
            elif binding.kind is not BindingKind.ANNOTATION:
                found.append(None)
        return agreed(found)
