"""Attributes: what an attribute can be, by all that its class or module stores in it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.ranges import ANY_SIZE, COLLECTION_SIZE, UNKNOWN, Range, exact, union
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.changes import Changes
from flake8_auditrules.semantics.values.functions import Functions
from flake8_auditrules.semantics.values.members import Members
from flake8_auditrules.semantics.values.terms import Constant, of_constant

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module


class Attributes:
    """What the attributes of one module's objects, classes and modules can be."""

    def __init__(
        self, module: Module, answers: Answers, changes: Changes, members: Members, functions: Functions
    ) -> None:
        self._module = module
        self._answers = answers
        self._changes = changes
        self._members = members
        self._functions = functions

    def of(self, attribute: ast.Attribute, question: str) -> Range:
        """The range of an attribute's numbers, or of its size, as `question` says."""
        module = self._module
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        answer = self._answers.value if question == "value" else self._answers.size
        member = self._members.enumeration_member(attribute)
        if member is not None:
            return answer(member)
        qualified = module.qualname(attribute)
        if qualified is not None:
            owner, _, name = qualified.rpartition(".")
            node = module.instances.local_class(owner)
            if node is not None and not sizes.ENUM_BASES.isdisjoint(module.instances.ancestry(owner)):
                return unknown.bounds_only()
            if node is not None:
                return self._of_member(node, name, False, question)
            if question == "size":
                known = sizes.VARIABLE_SIZES.get(qualified)
                if known is not None:
                    return ranges.at_least(known, possible=False)
            elif qualified in sizes.CONSTANTS:
                return exact(sizes.CONSTANTS[qualified])
            constant = module.elsewhere.constant(qualified)
            if constant is None and name == "value":
                constant = module.elsewhere.constant(owner)
            if constant is None:
                return unknown.bounds_only()
            if question == "value":
                return of_constant(constant)
            return exact(len(constant)) if isinstance(constant, str) else ANY_SIZE
        class_name = module.instance_of(attribute.value)
        if class_name is None:
            return unknown
        for ancestor in module.instances.ancestry(class_name):
            node = module.instances.local_class(ancestor)
            if node is not None:
                members = module.members(node)
                if attribute.attr in members.methods:
                    method = members.methods[attribute.attr]
                    return (
                        self._functions.returned(method, question)
                        if self._members.is_property(method)
                        else unknown.bounds_only()
                    )
                if attribute.attr in members.attributes:
                    given = self._members.field_of_made(attribute, node)
                    if given is not None:
                        return answer(given)
                    return self._of_member(node, attribute.attr, True, question)
            else:
                constant = module.elsewhere.constant(f"{ancestor}.{attribute.attr}")
                if constant is not None and question == "value":
                    return of_constant(constant)
        return unknown

    def _of_member(self, node: ast.ClassDef, name: str, through_instance: bool, question: str) -> Range:
        """What an attribute of a class of this module is, by all that the class stores in it."""
        module = self._module
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        bindings = module.members(node).attributes.get(name)
        if not bindings:
            return unknown.bounds_only()
        answer = self._answers.value if question == "value" else self._answers.size
        found: list[Range] = []
        for binding, _ in bindings:
            if binding.kind is BindingKind.ANNOTATION:
                continue
            if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None:
                found.append(unknown.bounds_only())
                continue
            default = self._members.field_default(binding.value)
            one = answer(default) if default is not None else answer(binding.value)
            if through_instance and binding.annotation is not None and self._members.has_fields(node):
                one = union([unknown.bounds_only(), one])
            found.append(one)
        if not found:
            return unknown
        result = union(found)
        if question == "size":
            loads = [use for use in self._module.attributes_named(name) if isinstance(use.ctx, ast.Load)]
            result = self._changes.widened(result, [use for use in loads if self._changes.may_change(use)])
        if self._members.stored_outside(name, bindings):
            result = union([unknown.bounds_only(), result.bounds_only()])
        if (
            len(found) > 1
            or self._members.overridden(node, name)
            or self._changes.attribute_changed(name, question)
        ):
            return result.bounds_only()
        return result

    def literal(self, attribute: ast.Attribute) -> Constant | None:
        """The constant that an attribute certainly is."""
        module = self._module
        member = self._members.enumeration_member(attribute)
        if member is not None:
            return self._answers.literal(member)
        qualified = module.qualname(attribute)
        if qualified is not None:
            owner, _, name = qualified.rpartition(".")
            node = module.instances.local_class(owner)
            if node is not None and not sizes.ENUM_BASES.isdisjoint(module.instances.ancestry(owner)):
                return None
            if node is not None:
                return self._literal_member(node, name, False)
            constant = module.elsewhere.constant(qualified)
            if constant is None and name == "value":
                constant = module.elsewhere.constant(owner)
            return constant
        class_name = module.instance_of(attribute.value)
        if class_name is None:
            return None
        for ancestor in module.instances.ancestry(class_name):
            node = module.instances.local_class(ancestor)
            if node is None:
                constant = module.elsewhere.constant(f"{ancestor}.{attribute.attr}")
                if constant is not None:
                    return constant
                continue
            members = module.members(node)
            if attribute.attr in members.methods:
                return None
            if attribute.attr in members.attributes:
                made = self._members.field_of_made(attribute, node)
                return (
                    self._answers.literal(made)
                    if made is not None
                    else self._literal_member(node, attribute.attr, True)
                )
        return None

    def _literal_member(self, node: ast.ClassDef, name: str, through_instance: bool) -> Constant | None:
        bindings = self._module.members(node).attributes.get(name, [])
        given = [binding for binding, _ in bindings if binding.kind is not BindingKind.ANNOTATION]
        if len(given) != 1 or given[0].kind is not BindingKind.ASSIGNMENT or given[0].value is None:
            return None
        if self._members.stored_outside(name, bindings) or self._members.overridden(node, name):
            return None
        if through_instance and given[0].annotation is not None and self._members.has_fields(node):
            return None
        default = self._members.field_default(given[0].value)
        return self._answers.literal(default if default is not None else given[0].value)
