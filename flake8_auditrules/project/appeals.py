"""Appeals: calls of coroutines on objects that the graph cannot name, put before astroid."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.project.effects import Effects
from flake8_auditrules.project.facts import CALL, FunctionFacts, ModuleFacts, Site
from flake8_auditrules.project.graph import Edge, Graph
from flake8_auditrules.semantics.inference import Find, Inference
from flake8_auditrules.semantics.module import Module

_MOST_HOPS = 3
_HIDING = (ast.Subscript, ast.Dict, ast.List, ast.Tuple, ast.ListComp, ast.DictComp)
_Position = tuple[int, int, int, int]


class Appeals:
    """
    The open questions of one module's coroutines.

    A question is open where a method is called on a variable that the graph cannot name, although an object
    whose method of that name blocks goes into what the variable is made of: handed through a function that
    gives its argument back, unpacked from a tuple, taken out of a table or a list. Nothing else is asked.
    """

    def __init__(self, module: Module, facts: ModuleFacts, graph: Graph, effects: Effects, find: Find) -> None:
        self._module = module
        self._facts = facts
        self._graph = graph
        self._effects = effects
        self._find = find
        self._inference: Inference | None = None
        self._made: dict[tuple[int, str], frozenset[str]] = {}

    def edges(self, functions: dict[ast.AST, FunctionFacts]) -> Iterator[tuple[ast.AST, Site, list[Edge]]]:
        """What astroid finds to be called in these coroutines: coroutine, place, what is run there."""
        names = self._indirect_names()
        if not names:
            return
        explained: dict[_Position, bool] = {}
        for call in self._module.nodes(ast.Call):
            function = call.func
            if not isinstance(function, ast.Attribute):
                continue
            root = function.value
            while isinstance(root, (ast.Attribute, ast.Subscript)):
                root = root.value
            if not isinstance(root, ast.Name) or root.id not in names:
                continue
            coroutine = self._module.function_of(call)
            if coroutine is None or coroutine not in functions or self._module.awaited(call):
                continue
            if not explained:
                explained = self._explained(functions)
            position = (call.lineno, call.col_offset, call.end_lineno or 0, call.end_col_offset or 0)
            if explained.get(position):
                continue
            site = Site(CALL, *position, 0, 0, ())
            caller = functions[coroutine]
            if not any(self._blocks(site, made, function.attr, caller) for made in self._made_for(root, 0)):
                continue
            answer = self._asked().receiver_class(call)
            if answer is not None:
                yield coroutine, site, list(self._graph.method_edges(self._facts, site, answer, function.attr))

    def _asked(self) -> Inference:
        if self._inference is None:
            text = "".join(self._module.lines)
            self._inference = Inference(text, self._facts.name, self._module.path, self._find)
        return self._inference

    def _blocks(self, site: Site, class_name: str, method: str, caller: FunctionFacts) -> bool:
        edges = self._graph.method_edges(self._facts, site, class_name, method)
        return bool(self._effects.reasons(edges, caller))

    def _explained(self, functions: dict[ast.AST, FunctionFacts]) -> dict[_Position, bool]:
        """The places of the coroutines' calls, and whether the graph knows on what."""
        prefix = f"{self._facts.name}." if self._facts.name else ""
        found: dict[_Position, bool] = {}
        for function in functions.values():
            receiver = prefix + function.owner if function.owner else ""
            for site in function.sites:
                if site.kind == CALL:
                    term = self._facts.terms[site.term]
                    number = term[1] if term[0] == "A" else site.term
                    assert isinstance(number, int)
                    position = (site.line, site.column, site.end_line, site.end_column)
                    found[position] = self._graph.value(self._facts, number, receiver) is not None
        return found

    def _indirect_names(self) -> set[str]:
        """The variables that are bound in a way that hides what they hold."""
        found: set[str] = set()
        for assignment in self._module.nodes(ast.Assign):
            kind = assignment.value.__class__
            for target in assignment.targets:
                if isinstance(target, ast.Name):
                    if kind in _HIDING or (isinstance(assignment.value, ast.Call) and assignment.value.args):
                        found.add(target.id)
                elif isinstance(target, (ast.Tuple, ast.List)):
                    found.update(part.id for part in target.elts if isinstance(part, ast.Name))
        for loop in self._module.nodes(ast.For):
            if isinstance(loop.target, ast.Name):
                found.add(loop.target.id)
        return found

    def _made_for(self, name: ast.Name, hops: int) -> frozenset[str]:
        """The classes of the objects that go into what a variable is made of."""
        owner = self._module.owner_of(name)
        if owner is None or hops > _MOST_HOPS:
            return frozenset()
        key = (id(owner), name.id)
        known = self._made.get(key)
        if known is None:
            self._made[key] = frozenset()
            found: set[str] = set()
            for site in owner.bindings[name.id]:
                value = self._value_of(site)
                if value is not None:
                    found.update(self._made_in(value, hops + 1))
            known = self._made[key] = frozenset(found)
        return known

    def _value_of(self, site: ast.AST) -> ast.expr | None:
        """The expression that a variable's binding gets its object out of; None for all but variables."""
        if not isinstance(site, ast.Name):
            return None
        binding = self._module.names.binding(site)
        if binding.value is not None:
            return binding.value
        statement: ast.AST | None = site
        while statement is not None and not isinstance(statement, ast.stmt):
            statement = self._module.parent(statement)
        return statement.value if isinstance(statement, ast.Assign) else None

    def _made_in(self, expression: ast.expr, hops: int) -> Iterator[str]:
        """The classes that are called in an expression, in what its names hold and in what its calls return."""
        if hops > _MOST_HOPS:
            return
        for part in ast.walk(expression):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                yield from self._made_for(part, hops)
            elif isinstance(part, ast.Call):
                name = self._module.qualname(part.func)
                if name is None:
                    continue
                value = self._graph.resolve(name)
                if value is not None and value.kind in ("class", "external"):
                    made = self._graph.called(value)
                    if made is not None and made.kind == "instance":
                        yield made.name
                elif value is not None and value.kind == "function":
                    definition = self._module.instances.local_function(name)
                    if definition is not None:
                        for node in self._module.own_nodes(definition):
                            if isinstance(node, ast.Return) and node.value is not None:
                                yield from self._made_in(node.value, hops + 1)
