"""What runs once and is kept: statements behind a test for a value that they fill."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_auditrules.project.facts import KEPT, ONCE
from flake8_auditrules.project.reading.places import DEFINITIONS, NodePlaces, dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name


class FillingTests(NodePlaces):
    """Tells which tests ask for a value that is filled behind them."""

    def __init__(self, module: Module) -> None:
        super().__init__(module)
        self.shared: set[str] | None = None
        self.early_returns: dict[ast.AST, tuple[ast.If | None, int]] = {}

    def fills_what_it_tests(self, statement: ast.If) -> int:
        """ONCE or KEPT where an `if x is None:` (`not x`, `key not in x`) assigns a shared x in its body."""
        tested = self.empty_when(statement.test)
        if any(name.startswith("self.") for name in tested) and all(map(_is_own_call, statement.body)):
            return KEPT
        return self.kept_as(tested, statement.body)

    def kept_as(self, tested: set[str], statements: Sequence[ast.stmt]) -> int:
        """
        ONCE or KEPT where the statements assign one of the tested names, else 0.

        ONCE for what belongs to a class or module and for a mark that is set to True, KEPT for an object's.
        """
        if tested.isdisjoint(self.shared_names()):
            return 0
        assigned = self.shared_targets(statements)
        flags = 0
        for name in tested & set(assigned):
            flags |= KEPT if name.startswith("self.") and not assigned[name] else ONCE
        return flags

    def shared_names(self) -> set[str]:
        """The dotted names of all attributes, items and module variables that the module assigns anywhere."""
        if self.shared is None:
            found: set[str] = set()
            for kind in (ast.Attribute, ast.Subscript):
                for target in self.module.nodes(kind):
                    if target.ctx.__class__ is ast.Store:  # type: ignore[attr-defined]
                        found.add(dotted(target if kind is ast.Attribute else target.value))  # type: ignore[attr-defined]
            self.shared = found.union(self.module.index.root.bindings)
        return self.shared

    def empty_when(self, test: ast.expr) -> set[str]:
        """The dotted names that are empty, missing or false where a test holds."""
        if isinstance(test, ast.BoolOp):
            return {name for value in test.values for name in self.empty_when(value)}
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            operand = test.operand
            if isinstance(operand, ast.Call):
                return self.attribute_asked_for(operand)
            return self.names_of(operand)
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            other = test.comparators[0]
            if isinstance(test.ops[0], ast.NotIn):
                return {dotted(other)} - {""}
            if isinstance(test.ops[0], (ast.Is, ast.Eq)) and isinstance(other, ast.Constant):
                if other.value is None or other.value is False:
                    if isinstance(test.left, ast.Call):
                        return self.attribute_asked_for(test.left)
                    return self.names_of(test.left)
                if other.value == 0 and isinstance(test.left, ast.Call) and last_name(test.left.func) == "len":
                    return {dotted(argument) for argument in test.left.args} - {""}
        return set()

    def attribute_asked_for(self, call: ast.Call) -> set[str]:
        """The dotted name behind `hasattr(self, "x")` and `getattr(self, "x", None)`."""
        if isinstance(call.func, ast.Name) and call.func.id in ("hasattr", "getattr") and len(call.args) > 1:
            holder, name = call.args[:2]
            if isinstance(name, ast.Constant) and dotted(holder):
                return {f"{dotted(holder)}.{name.value!s}"}
        return set()

    def shared_targets(self, statements: Sequence[ast.stmt]) -> dict[str, bool]:
        """
        The dotted names of attributes, items and module variables that statements assign.

        Each with whether the value is a plain True.
        """
        found: dict[str, bool] = {}
        pending: list[ast.AST] = list(statements)
        while pending:
            node = pending.pop()
            if isinstance(node, DEFINITIONS):
                continue
            targets: list[ast.expr] = []
            if isinstance(node, ast.Assign):
                targets = list(node.targets)
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                targets = [node.target]
            value = getattr(node, "value", None)
            is_mark = isinstance(value, ast.Constant) and value.value is True
            for target in targets:
                inner = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
                for one in inner:
                    if isinstance(one, ast.Subscript):
                        found.setdefault(dotted(one.value), False)
                    elif isinstance(one, ast.Attribute):
                        name = dotted(one)
                        found[name] = found.get(name, False) or is_mark
                    elif isinstance(one, ast.Name) and self.is_of_module(one):
                        found[one.id] = found.get(one.id, False) or is_mark
            for field in ("body", "orelse", "finalbody", "handlers"):
                part = getattr(node, field, None)
                if isinstance(part, list):
                    pending.extend(part)
        return found

    def follows_early_return(self, statement: ast.AST, function: ast.AST) -> int:
        """ONCE or KEPT where an `if x is not None: return ...` stands before, and the function assigns x."""
        known = self.early_returns.get(function)
        if known is None:
            known = self.early_returns[function] = self.first_early_return(function.body)  # type: ignore[attr-defined]
        returning, flags = known
        if returning is None or statement is returning:
            return 0
        return flags if (statement.lineno, statement.col_offset) > (returning.lineno, returning.col_offset) else 0  # type: ignore[attr-defined]

    def first_early_return(self, body: Sequence[ast.stmt]) -> tuple[ast.If | None, int]:
        """The first statement of a function that returns what is kept already, and how that is kept."""
        under_locks = (one for statement in body if isinstance(statement, ast.With) for one in statement.body)
        for statement in (*body, *under_locks):
            if isinstance(statement, ast.If) and _returns_what_is_kept(statement):
                flags = self.kept_as(self.filled_when(statement.test), body)
                if flags:
                    return statement, flags
        return None, 0

    def filled_when(self, test: ast.expr) -> set[str]:
        """The dotted names that are there where a test holds."""
        if isinstance(test, (ast.Name, ast.Attribute)):
            return self.names_of(test)
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            return {name for value in test.values for name in self.filled_when(value)}
        if isinstance(test, ast.Call):
            return self.attribute_asked_for(test)
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            other = test.comparators[0]
            if isinstance(test.ops[0], ast.In):
                return {dotted(other)} - {""}
            if isinstance(test.ops[0], ast.IsNot) and isinstance(other, ast.Constant) and other.value is None:
                return self.names_of(test.left)
        return set()

    def names_of(self, expression: ast.expr) -> set[str]:
        """The dotted name of an expression, and of the table out of which a variable has been taken by a key."""
        names = {dotted(expression)} - {""}
        if isinstance(expression, ast.Name):
            for binding in self.module.bindings(expression):
                value = binding.value
                if (
                    isinstance(value, ast.Call)
                    and isinstance(value.func, ast.Attribute)
                    and value.func.attr == "get"
                ):
                    names.add(dotted(value.func.value))
        return names - {""}


def _is_own_call(statement: ast.stmt) -> bool:
    """Whether a statement only calls something of `self`, such as `self.start()`."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    return dotted(statement.value.func).startswith("self.")


def _returns_what_is_kept(statement: ast.If) -> bool:
    """
    Whether an `if` may return what is there already.

    Where a key is found and nothing is returned, the key tells that something is under way for it.
    """
    last = statement.body[-1]
    if not isinstance(last, ast.Return):
        return False
    is_for_key = isinstance(statement.test, ast.Compare) and isinstance(statement.test.ops[0], ast.In)
    return last.value is not None or not is_for_key
