"""Members: how the classes of this module give their attributes, records and enumerations among them."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.semantics.names import uncalled
from flake8_auditrules.semantics.ranges import ANY_SIZE, Range, exact
from flake8_auditrules.semantics.scopes import Binding, FunctionNode
from flake8_auditrules.semantics.values.definitions import DefinitionsOfNames

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module


class Members:
    """The attributes of one module's classes: how they are given, by whom they are changed."""

    def __init__(self, module: Module, definitions: DefinitionsOfNames) -> None:
        self._module = module
        self._definitions = definitions

    def is_property(self, method: FunctionNode) -> bool:
        """Whether a method is read as an attribute."""
        return any(self._module.qualname(decorator) in sizes.PROPERTIES for decorator in method.decorator_list)

    def stored_outside(self, name: str, bindings: Sequence[tuple[Binding, FunctionNode | None]]) -> bool:
        """Whether anything but these bindings stores in an attribute of the name."""
        sites = {binding.site for binding, _ in bindings}
        return any(
            not isinstance(attribute.ctx, ast.Load) and attribute not in sites
            for attribute in self._module.attributes_named(name)
        )

    def overridden(self, node: ast.ClassDef, name: str) -> bool:
        """Whether a subclass in this module gives the name another meaning."""
        module = self._module
        own = module.definition(node)
        for other in module.nodes(ast.ClassDef):
            if other is node or own not in module.instances.ancestry(module.definition(other)):
                continue
            members = module.members(other)
            if name in members.methods or name in members.attributes:
                return True
        return False

    def has_fields(self, node: ast.ClassDef) -> bool:
        """Whether annotated attributes of a class are arguments of its constructor."""
        module = self._module
        for decorator in node.decorator_list:
            called = uncalled(decorator)
            if module.qualname(called) in sizes.FIELD_DECORATORS:
                return True
        ancestry = module.instances.ancestry(module.definition(node))
        return not sizes.FIELD_BASES.isdisjoint(ancestry)

    def field_default(self, value: ast.expr) -> ast.expr | None:
        """The default in `field(default=4)` or `Field(4)`."""
        if not isinstance(value, ast.Call) or self._module.callee(value) not in sizes.FIELD_CALLS:
            return None
        callee = self._module.callee(value) or ""
        positional = 0 if callee.startswith(("pydantic", "sqlmodel")) else None
        return self._module.argument(value, "default", positional)

    def field_of_made(self, attribute: ast.Attribute, node: ast.ClassDef) -> ast.expr | None:
        """The default of a field of `Limits()`, or of the only object that a name is, where it is not given."""
        module = self._module
        made: ast.expr | None = attribute.value
        if isinstance(made, ast.Name):
            definitions = self._definitions.of(made.id, made)
            if len(definitions.sites) != 1 or not definitions.certain:
                return None
            made = module.names.binding(definitions.sites[0]).value
        if not isinstance(made, ast.Call) or module.has_unpacking(made) or made.args:
            return None
        if module.qualname(made.func) != module.definition(node):
            return None
        if any(keyword.arg == attribute.attr for keyword in made.keywords):
            return None
        if "__init__" in module.members(node).methods or "__post_init__" in module.members(node).methods:
            return None
        ancestry = module.instances.ancestry(module.definition(node))
        if any(base.startswith("pydantic") and base.endswith("BaseSettings") for base in ancestry):
            return None
        bindings = module.members(node).attributes[attribute.attr]
        if len(bindings) != 1 or self.stored_outside(attribute.attr, bindings):
            return None
        value = bindings[0][0].value
        if value is None:
            return None
        if isinstance(value, ast.Call) and module.callee(value) in sizes.FIELD_CALLS:
            return self.field_default(value)
        return value

    def enumeration_member(self, attribute: ast.Attribute) -> ast.expr | None:
        """The value of `Size.SMALL.value`, or of `Size.SMALL` where the member is itself a number or a text."""
        module = self._module
        member: ast.expr = attribute
        through_value = attribute.attr == "value"
        if through_value:
            member = attribute.value
        qualified = module.qualname(member)
        if qualified is None:
            return None
        owner, _, name = qualified.rpartition(".")
        node = module.instances.local_class(owner)
        if node is None:
            return None
        ancestry = module.instances.ancestry(owner)
        if sizes.ENUM_BASES.isdisjoint(ancestry):
            return None
        if not through_value and sizes.ENUM_MIXINS.isdisjoint(ancestry):
            return None
        bindings = module.members(node).attributes.get(name, [])
        return bindings[0][0].value if len(bindings) == 1 else None

    def enumeration_size(self, node: ast.ClassDef) -> Range:
        """The number of members of an enumeration; of another class nothing is known."""
        module = self._module
        if sizes.ENUM_BASES.isdisjoint(module.instances.ancestry(module.definition(node))):
            return ANY_SIZE
        members = [
            name
            for name, bindings in module.members(node).attributes.items()
            if not name.startswith("_") and any(binding.value is not None for binding, _ in bindings)
        ]
        return Range(min(1, len(members)), len(members), whole=True) if len(members) != 1 else exact(1)
