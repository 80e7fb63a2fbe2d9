"""Callers: who calls a function of this module, and what a call gives for a parameter."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.values.definitions import DefinitionsOfNames

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module


class Callers:
    """The calls of one module's functions in the module itself."""

    def __init__(self, module: Module, definitions: DefinitionsOfNames) -> None:
        self._module = module
        self._definitions = definitions
        self._called_from: dict[ast.AST, tuple[list[ast.Call], bool]] = {}

    def of(self, function: FunctionNode) -> tuple[list[ast.Call], bool]:
        """The calls of a function in this module, and whether nobody else can call it."""
        found = self._called_from.get(function)
        if found is None:
            found = self._called_from[function] = self._find_callers(function)
        return found

    def _find_callers(self, function: FunctionNode) -> tuple[list[ast.Call], bool]:
        module = self._module
        name = function.name
        holder = module.class_of(function)
        complete = name.startswith("_") and not name.endswith("__")
        complete = complete or (holder is None and module.function_of(function) is not None)
        complete = complete and self.is_plain(function)
        calls: list[ast.Call] = []
        if holder is not None:
            named: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
            alone = sum(other.name == name for other in named) == 1
            if any(name in module.scope_of(use).bindings for use in self._definitions.uses_of(name)):
                complete = False
            for attribute in self._module.attributes_named(name):
                call = module.parent(attribute)
                called = isinstance(call, ast.Call) and call.func is attribute
                if not called or not alone or not complete:
                    own = (
                        isinstance(call, ast.Call)
                        and called
                        and module.callee(call) == module.definition(function)
                    )
                    if not own:
                        complete = False
                        continue
                receiver = module.qualname(attribute.value)
                through_class = receiver is not None and module.instances.local_class(receiver) is not None
                if through_class and module.instances.receiver_name(function) is not None:
                    complete = False
                elif isinstance(call, ast.Call):
                    calls.append(call)
            return calls, complete
        for use in self._definitions.uses_of(name):
            owner = module.scope_of(use).owner(name)
            if owner is None or function not in owner.bindings[name]:
                continue
            parent = module.parent(use)
            if len(owner.bindings[name]) > 1:
                return [], False
            if isinstance(parent, ast.Call) and parent.func is use:
                calls.append(parent)
            else:
                complete = False
        return calls, complete

    def argument(self, call: ast.Call, function: FunctionNode, parameter: ast.arg) -> ast.expr | None:
        """What a call of a function of this module gives for one of its parameters."""
        return self._module.argument(call, parameter.arg, self.position(function, parameter))

    def position(self, function: FunctionNode, parameter: ast.arg) -> int | None:
        """The 0-based position of a parameter in a call, the receiver not counted; None: by name only."""
        positional = [*function.args.posonlyargs, *function.args.args]
        position = positional.index(parameter) if parameter in positional else None
        if position is not None and self._module.instances.receiver_name(function) is not None:
            position -= 1
        return position

    def is_plain(self, function: FunctionNode) -> bool:
        """Whether no decorator can give the function other arguments than its callers do."""
        return all(
            self._module.qualname(decorator) in sizes.TRANSPARENT_DECORATORS
            for decorator in function.decorator_list
        )
