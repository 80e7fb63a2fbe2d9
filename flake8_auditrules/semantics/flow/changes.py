"""Changes: what is known on a path after a point, by what the point binds, changes and runs."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.flow.conditions import Conditions
from flake8_auditrules.semantics.flow.effects import Effects
from flake8_auditrules.semantics.flow.evaluation import FunctionNode
from flake8_auditrules.semantics.flow.facts import FALSY, NONE, TOP, TRUTHY, Facts, Subject, Value, look, put

_SIMPLE_STATEMENTS = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Raise, ast.Import)


class Changes:
    """How the points of one body change what is known of the subjects of its tests."""

    __slots__ = ("_conditions", "_function", "_shared")

    def __init__(self, function: FunctionNode | ast.Module, conditions: Conditions) -> None:
        self._function = function
        self._conditions = conditions
        self._shared: frozenset[str] | None = None

    @property
    def shared(self) -> frozenset[str]:
        """Name what code elsewhere may rebind during a call: nonlocal or global names of nested functions."""
        if self._shared is None:
            names: set[str] = set()
            waiting: list[ast.AST] = list(self._function.body)
            while waiting:
                node = waiting.pop()
                if isinstance(node, (ast.Global, ast.Nonlocal)):
                    names.update(node.names)
                elif not isinstance(node, _SIMPLE_STATEMENTS):
                    for field in ("body", "orelse", "handlers", "finalbody", "cases"):
                        waiting.extend(getattr(node, field, ()))
            self._shared = frozenset(names)
        return self._shared

    def changed(self, subject: Subject, effects: Effects, binding: bool) -> tuple[bool, bool, bool]:
        """Answer how a point changes a subject: gets another value; changes inside; may change inside."""
        mutated = touched = False
        for operand in subject.operands:
            root = operand.partition(".")[0]
            if binding and root in effects.bound:
                return True, False, False
            if effects.invokes and root in self.shared:
                return True, False, False
            if root is not operand and (effects.bound_chains or effects.mutated or effects.touched):
                above = operand
                while True:
                    if above in effects.bound_chains:
                        return True, False, False
                    if above is not operand and (above in effects.mutated or above in effects.touched):
                        return True, False, False
                    above, dot, _ = above.rpartition(".")
                    if not dot:
                        break
            mutated = mutated or operand in effects.mutated
            touched = touched or operand in effects.touched
        return False, mutated, touched

    def after(self, facts: Facts, effects: Effects, completed: bool) -> Facts:
        """Give what is known after a point was evaluated, before its test is looked at."""
        binding = completed or not effects.binds_last
        if facts and (effects.bound or effects.invokes or effects.bound_chains or effects.mutated):
            kept: list[tuple[int, Value]] = []
            for number, value in facts:
                subject = self._conditions.subjects[number]
                rebound, mutated, touched = self.changed(subject, effects, binding)
                if rebound:
                    continue
                if value.equal is None and (mutated or touched):
                    if subject.opaque:
                        if mutated:
                            continue
                    elif mutated:
                        value = value._replace(mask=NONE | FALSY | TRUTHY if value.mask & NONE else FALSY | TRUTHY)
                    elif value.mask & FALSY:
                        value = value._replace(mask=value.mask | TRUTHY)
                kept.append((number, value))
            before = facts
            facts = tuple(kept)
        else:
            before = facts
        if completed and effects.assignments:
            for assignment in effects.assignments:
                number = self._conditions.numbers.get(assignment.target, -1)
                if number < 0:
                    continue
                value = assignment.value or TOP
                if assignment.source is not None:
                    source = self._conditions.numbers.get(assignment.source, -1)
                    value = look(before, source)
                facts = put(facts, number, value)
        return facts
