"""Changes: which uses of a collection may change it in place, and what its size can become by them."""

from __future__ import annotations

import ast
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.semantics.ranges import Range
from flake8_auditrules.semantics.scopes import BindingKind, ScopeKind
from flake8_auditrules.semantics.values.definitions import DefinitionsOfNames

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module


class Changes:
    """The uses of collections in one module that may change what is in them."""

    def __init__(self, module: Module, definitions: DefinitionsOfNames) -> None:
        self._module = module
        self._definitions = definitions

    def may_change(self, use: ast.expr, *, followed: bool = False) -> bool:
        """
        Whether a use of a collection may change what is in it, or hands it to code that may.

        With `followed` also whether the use fails for an empty one (`jobs[0]`), or gives it a second name.
        """
        module = self._module
        parent = module.parent(use)
        if isinstance(parent, ast.Attribute) and parent.value is use:
            call = module.parent(parent)
            if isinstance(call, ast.Call) and call.func is parent:
                return parent.attr not in sizes.READING_METHODS
            return False
        if isinstance(parent, ast.Subscript) and parent.value is use:
            if not isinstance(parent.ctx, ast.Load):
                return True
            index = parent.slice
            if isinstance(index, ast.UnaryOp):
                index = index.operand
            return followed and isinstance(index, ast.Constant) and isinstance(index.value, int)
        if isinstance(parent, ast.keyword):
            parent = module.parent(parent)
        if isinstance(parent, ast.Call) and parent.func is not use:
            callee = module.callee(parent)
            if callee in sizes.NEED_ITEMS and len(parent.args) == 1:
                return followed and not any(keyword.arg == "default" for keyword in parent.keywords)
            if callee in sizes.READING_CALLS or callee in sizes.SAME_SIZE:
                return (
                    followed
                    and isinstance(module.parent(parent), ast.Call)
                    and (module.callee(cast("ast.Call", module.parent(parent))) == "builtins.next")
                )
            return not (isinstance(parent.func, ast.Attribute) and parent.func.attr in sizes.LOGGING_METHODS)
        return followed and isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and parent.value is use

    def _is_growing(self, value: ast.expr) -> bool:
        """Whether a value is a collection that others may put items into."""
        if isinstance(value, (ast.List, ast.Dict, ast.Set)):
            return True
        return isinstance(value, ast.Call) and self._module.callee(value) in sizes.EMPTY_CALLS

    def attribute_changed(self, name: str, question: str) -> bool:
        """Whether an attribute's collection is changed in place, or handed on, anywhere in this module."""
        if question != "size":
            return False
        for attribute in self._module.attributes_named(name):
            if isinstance(attribute.ctx, ast.Load) and self.may_change(attribute):
                return True
        return False

    def grown(self, found: Range, name: ast.Name) -> Range:
        """The size of a collection that was bound with `found` items and may be changed in place since."""
        if found.empty or (found.low == 0 and found.high == math.inf):
            return found
        owner = self._module.owner_of(name)
        uses = [
            use for use in self._definitions.uses_of(name.id) if self._module.scope_of(use).owner(name.id) is owner
        ]
        return self.widened(found, [use for use in uses if self.may_change(use)])

    def widened(self, found: Range, changing: Sequence[ast.expr]) -> Range:
        """What a size can become by these uses of the collection; what was possible before still is."""
        if not changing or found.empty:
            return found
        low = found.low if all(self._only_fills(use) for use in changing) else 0
        return Range(low, math.inf, found.least, found.most, whole=True, dense=False, none=found.none)

    def _only_fills(self, use: ast.expr) -> bool:
        """Whether a use of a collection puts items into it and takes none away."""
        parent = self._module.parent(use)
        if isinstance(parent, ast.Attribute):
            return parent.attr in sizes.FILLING_METHODS or parent.attr in sizes.GROWING_METHODS
        return isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store)

    def _changed_anywhere(self, name: ast.Name) -> bool:
        """Whether the collection that a name is may be changed in place anywhere in the module."""
        owner = self._module.owner_of(name)
        return any(
            self._module.scope_of(use).owner(name.id) is owner and self.may_change(use)
            for use in self._definitions.uses_of(name.id)
        )

    def seen_by_functions(self, name: ast.Name, found: Range) -> Range:
        """A list or dictionary of the module is filled by whoever imports it: that it is empty is no evidence."""
        owner = self._module.owner_of(name)
        if owner is None or owner.kind is not ScopeKind.MODULE or self._module.function_of(name) is None:
            return found
        sites = owner.bindings[name.id]
        values = [self._module.names.binding(site).value for site in sites]
        if not any(value is not None and self._is_growing(value) for value in values):
            return found
        if self._changed_anywhere(name):
            return Range(0 if found.low == 0 else min(found.low, 1), math.inf, whole=True)
        return found.bounds_only() if found.low == 0 else found

    def written_out(self, name: ast.Name) -> ast.expr | None:
        """The collection that a name is, where it is written out and nothing in this module can change it."""
        definitions = self._definitions.of(name.id, name)
        if len(definitions.sites) != 1 or not definitions.certain:
            return None
        binding = self._module.names.binding(definitions.sites[0])
        value = binding.value
        if binding.kind is not BindingKind.ASSIGNMENT or not isinstance(
            value, (ast.Tuple, ast.List, ast.Set, ast.Dict)
        ):
            return None
        if not isinstance(value, ast.Tuple) and self._changed_anywhere(name):
            return None
        return value

    def changed_by_nested(self, key: str, place: ast.AST) -> bool:
        """Whether a function nested in, or called beside, the one that runs `place` may change the collection."""
        name = key.partition(":")[2].partition(".")[0].partition("[")[0]
        module = self._module
        function = module.function_of(place)
        for use in self._definitions.uses_of(name):
            if module.function_of(use) is function:
                continue
            owner = module.scope_of(use).owner(name)
            if owner is not None and key == f"{id(owner)}:{name}" and self.may_change(use):
                return True
        return False
