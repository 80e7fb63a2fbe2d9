"""Functions: what a parameter can be by all that callers give, and what a call gives."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_auditrules.semantics.ranges import COLLECTION_SIZE, UNKNOWN, Range, union
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.callers import Callers
from flake8_auditrules.semantics.values.members import Members
from flake8_auditrules.semantics.values.terms import FUNCTIONS, Constant, Given, agreed

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module


class Functions:
    """What the parameters of one module's functions are, and what the functions give."""

    def __init__(
        self, module: Module, answers: Answers, callers: Callers, members: Members, given: Given | None
    ) -> None:
        self._module = module
        self._answers = answers
        self._callers = callers
        self._members = members
        self._given = given

    def parameter(self, site: ast.arg, default: ast.expr | None, question: str) -> Range:
        """What a parameter can be, its own `default` and the calls here and elsewhere taken together."""
        module = self._module
        arguments = module.parent(site)
        function = module.parent(arguments) if arguments is not None else None
        assert isinstance(arguments, ast.arguments)
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        if question == "value" and site.annotation is not None:
            annotated = module.instances.annotated_class(site.annotation)
            if annotated == "builtins.int":
                unknown = unknown._replace(whole=True)
        if site in (arguments.vararg, arguments.kwarg):
            return unknown
        if not isinstance(function, FUNCTIONS) or module.instances.receiver_name(function) == site.arg:
            return unknown.bounds_only()
        if function in self._answers.opaque:
            return unknown.bounds_only()
        answer = self._answers.value if question == "value" else self._answers.size
        calls, complete = self._callers.of(function)
        if not calls and complete:
            return unknown.bounds_only()
        elsewhere: list[Range] = []
        if self._given is not None and not complete and self._callers.is_plain(function):
            for one in self._given(function, site, self._callers.position(function, site), question):
                if one is None:
                    one = unknown.bounds_only() if default is None else answer(default)
                elsewhere.append(one)
        if not calls and not elsewhere:
            if default is None:
                return unknown
            given = answer(default)
            return union([unknown, given if self._callers.is_plain(function) else given.bounds_only()])
        found: list[Range] = []
        for call in calls:
            argument = self._callers.argument(call, function, site)
            if argument is not None:
                found.append(answer(argument))
            elif module.has_unpacking(call) or default is None:
                found.append(unknown.bounds_only())
            else:
                found.append(answer(default))
        # Callers elsewhere may give anything, but what this module gives is what the code shows.
        return union(found if complete else [unknown.bounds_only(), *found, *elsewhere])

    def literal_parameter(self, site: ast.arg, default: ast.expr | None) -> Constant | None:
        """The constant that all callers give for a parameter; None where others may call."""
        module = self._module
        arguments = module.parent(site)
        function = module.parent(arguments) if arguments is not None else None
        assert isinstance(arguments, ast.arguments)
        if not isinstance(function, FUNCTIONS) or site in (arguments.vararg, arguments.kwarg):
            return None
        if module.instances.receiver_name(function) == site.arg:
            return None
        calls, complete = self._callers.of(function)
        if not calls or not complete or function in self._answers.opaque:
            return None
        found: list[Constant | None] = []
        for call in calls:
            argument = self._callers.argument(call, function, site)
            if argument is None and module.has_unpacking(call):
                return None
            given = argument if argument is not None else default
            found.append(self._answers.literal(given) if given is not None else None)
        return agreed(found)

    def returned(self, function: FunctionNode, question: str) -> Range:
        """What a call of a function of this module gives, whatever it is called with."""
        module = self._module
        unknown = UNKNOWN if question == "value" else COLLECTION_SIZE
        if not self._callers.is_plain(function) and not self._members.is_property(function):
            return unknown
        returns: list[ast.expr] = []
        for node in module.own_nodes(function):
            if isinstance(node, (ast.Yield, ast.YieldFrom)):
                return unknown
            if isinstance(node, ast.Return) and node.value is not None:
                returns.append(node.value)
        if not returns or function in self._answers.opaque:
            return unknown.bounds_only()
        answer = self._answers.value if question == "value" else self._answers.size
        self._answers.opaque.append(function)
        try:
            found = union([answer(value) for value in returns])
        finally:
            self._answers.opaque.pop()
        holder = module.class_of(function)
        if holder is not None and self._members.overridden(holder, function.name):
            return found.bounds_only()
        return found

    def awaited(self, expression: ast.Await, question: str) -> Range | None:
        """What awaiting a coroutine function of this module gives; None for all else."""
        if not isinstance(expression.value, ast.Call):
            return None
        function = self._module.called_function(expression.value)
        return self.returned(function, question) if isinstance(function, ast.AsyncFunctionDef) else None
