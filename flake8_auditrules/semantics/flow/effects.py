"""Effects: what the evaluation of each point of a graph does, whatever the path to it."""

from __future__ import annotations

import ast
from collections.abc import Callable

from flake8_auditrules.knowledge.control_flow import EXCEPTION, MUTATORS, NEVER_RETURN, OF_PYTHON, PURE
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow.evaluation import FUNCTIONS, Statement, descend, dotted, header
from flake8_auditrules.semantics.flow.exceptions import Qualname
from flake8_auditrules.semantics.flow.facts import Assignment, assigned, truthy_assignment
from flake8_auditrules.semantics.flow.graph import Graph, PointKind

Told = Callable[[ast.Call], bool]
"""What the caller of a question knows of single calls."""


class Effects(NamedTuple):
    """What the evaluation of one point does."""

    calls: bool
    """It runs code that may raise: calls that are not harmless, awaits, yields, imports, entering `with`."""
    anything: bool
    """It does what may raise at all: attributes, subscripts, operators, iteration, unpacking as well."""
    awaits: bool
    yields: bool
    never_returns: bool
    ends_with: str | None
    """The class that a call raises that never returns; None where the process is gone."""
    bound: frozenset[str]
    bound_chains: frozenset[str]
    """Attributes that are assigned to, as dotted names."""
    mutated: frozenset[str]
    """What surely is changed inside: dotted names whose items or contents are set."""
    touched: frozenset[str]
    """What may be changed inside: arguments of calls, and what methods are called on."""
    invokes: bool
    """It runs code elsewhere, which may rebind what is shared."""
    binds_last: bool
    """The names are bound after all that may raise."""
    assignments: tuple[Assignment, ...]


_NO_EFFECTS = Effects(
    False,
    False,
    False,
    False,
    False,
    None,
    frozenset(),
    frozenset(),
    frozenset(),
    frozenset(),
    False,
    True,
    (),
)

_WITH_EFFECTS = frozenset((PointKind.STATEMENT, PointKind.HEADER, PointKind.HANDLER, PointKind.CLASS_END))
# Expressions whose evaluation may run code of the operands.
_MAY_RAISE = (
    ast.BinOp,
    ast.UnaryOp,
    ast.Compare,
    ast.Starred,
    ast.FormattedValue,
    ast.AugAssign,
    ast.BoolOp,
    ast.MatchClass,
    ast.MatchValue,
    ast.MatchSequence,
)


class _Draft:
    """The effects of one point while they are gathered."""

    __slots__ = (
        "anything",
        "assignments",
        "awaits",
        "bound",
        "bound_chains",
        "calls",
        "ends_with",
        "invokes",
        "mutated",
        "never_returns",
        "touched",
        "walrus",
        "yields",
    )

    def __init__(self) -> None:
        self.calls = self.anything = self.awaits = self.yields = self.invokes = self.never_returns = False
        self.walrus = False
        self.ends_with: str | None = None
        self.bound: set[str] = set()
        self.bound_chains: set[str] = set()
        self.mutated: set[str] = set()
        self.touched: set[str] = set()
        self.assignments: list[Assignment] = []

    def bind(self, name: str) -> None:
        """Note that a name is bound to something that counts as true."""
        self.bound.add(name)
        self.assignments.append(truthy_assignment(name))

    def effects(self, binds_last: bool) -> Effects:
        return Effects(
            self.calls,
            self.anything,
            self.awaits,
            self.yields,
            self.never_returns,
            self.ends_with,
            frozenset(self.bound),
            frozenset(self.bound_chains),
            frozenset(self.mutated),
            frozenset(self.touched),
            self.invokes or self.awaits or self.yields,
            binds_last,
            tuple(self.assignments),
        )


class EffectsOfPoints:
    """The effects of the points of one graph, each found when it is first asked for.

    Calls for which `harmless` is true are not taken to raise; calls for which `never_returns` is true end
    the path with an unknown exception. Awaiting a harmless call may raise, but where `harmless_awaits`.
    """

    __slots__ = ("_found", "_graph", "_harmless", "_harmless_awaits", "_known", "_never_returns", "_qualname")

    def __init__(
        self,
        graph: Graph,
        qualname: Qualname,
        harmless: Told | None,
        never_returns: Told | None,
        harmless_awaits: bool,
    ) -> None:
        self._graph = graph
        self._qualname = qualname
        self._harmless = harmless
        self._never_returns = never_returns
        self._harmless_awaits = harmless_awaits
        self._known: list[Effects | None] = [None] * len(graph.kinds)
        self._found: dict[tuple[int, ...], Effects] = {}

    def at(self, point: int) -> Effects:
        """Give what the evaluation of a point does; copies of a point do the same."""
        known = self._known[point]
        if known is None:
            known = self._known[point] = self._find(point)
        return known

    def binds(self, point: int, name: str) -> bool:
        """Answer whether a point binds a name of the body (not one of a class in it)."""
        return name in self.at(point).bound and point not in self._graph.in_class

    def _find(self, point: int) -> Effects:
        graph = self._graph
        kind, node = graph.kinds[point], graph.nodes[point]
        parts = graph.parts.get(point)
        if node is None:
            return _NO_EFFECTS
        if kind is PointKind.WITH_EXIT:
            awaits = isinstance(node, ast.AsyncWith)
            return _NO_EFFECTS._replace(anything=True, awaits=awaits, calls=awaits, invokes=True)
        if parts is None and kind not in _WITH_EFFECTS:
            return _NO_EFFECTS
        key = (int(kind), id(node), *(id(part) for part in parts or ()))
        found = self._found.get(key)
        if found is None:
            if kind is PointKind.CLASS_END:
                assert isinstance(node, ast.ClassDef)
                draft = _Draft()
                draft.bind(node.name)
                found = draft.effects(True)
            else:
                found = self._evaluate(kind, node, parts)
            self._found[key] = found
        return found

    def _evaluate(self, kind: PointKind, node: Statement, parts: list[ast.AST] | None) -> Effects:
        draft = _Draft()
        if parts is not None:
            roots = parts
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            # Making the exception is part of raising it.
            made = node.exc
            roots = [part for part in (made.func, *made.args, *made.keywords, node.cause) if part]
        else:
            roots = header(node)
        self._take_expressions(draft, roots)
        if kind is PointKind.ITERATION:
            draft.anything = True
            if isinstance(node, ast.AsyncFor):
                draft.awaits = draft.calls = draft.invokes = True
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            draft.anything = True
            if isinstance(node, ast.AsyncWith):
                draft.awaits = draft.calls = draft.invokes = True
            elif not self._enters_quietly(parts):
                draft.calls = draft.invokes = True
        elif kind is not PointKind.CASE:
            self._take_statement(draft, node)
        return draft.effects(_binds_last(kind, node, draft.walrus))

    def _take_expressions(self, draft: _Draft, roots: list[ast.AST]) -> None:
        """Add what the expressions under the roots do: the names in them, calls, awaits, operators."""
        calls = anything = awaits = yields = invokes = False
        bound, mutated, touched = draft.bound, draft.mutated, draft.touched
        for part in descend(roots):
            if isinstance(part, ast.Name):
                if not isinstance(part.ctx, ast.Load):
                    bound.add(part.id)
            elif isinstance(part, ast.Constant):
                pass
            elif isinstance(part, ast.Call):
                invokes = anything = True
                if self._harmless is None or not self._harmless(part):
                    calls = True
                _take_call(part, mutated, touched)
            elif isinstance(part, ast.Await):
                awaits = anything = True
                awaited = part.value if self._harmless_awaits else None
                if self._harmless is None or not isinstance(awaited, ast.Call) or not self._harmless(awaited):
                    calls = True
            elif isinstance(part, (ast.Yield, ast.YieldFrom)):
                yields = calls = anything = True
            elif isinstance(part, (ast.Attribute, ast.Subscript)):
                anything = True
                if not isinstance(part.ctx, ast.Load):
                    if isinstance(part, ast.Attribute):
                        chain = dotted(part)
                        if chain is not None:
                            draft.bound_chains.add(chain)
                    else:
                        chain = dotted(part.value)
                        if chain is not None:
                            mutated.add(chain)
            elif isinstance(part, ast.NamedExpr):
                draft.walrus = True
                draft.assignments += assigned(part.target, part.value)
            elif isinstance(part, ast.comprehension):
                anything = True
                if part.is_async:
                    awaits = calls = True
            elif isinstance(part, (ast.MatchAs, ast.MatchStar)):
                if part.name is not None:
                    bound.add(part.name)
            elif isinstance(part, ast.MatchMapping):
                anything = True
                if part.rest is not None:
                    bound.add(part.rest)
            elif isinstance(part, _MAY_RAISE):
                anything = True
        draft.calls, draft.anything, draft.awaits = calls, anything, awaits
        draft.yields, draft.invokes = yields, invokes

    def _take_statement(self, draft: _Draft, node: Statement) -> None:
        """Add what a statement does beside evaluating its expressions."""
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            draft.anything = True
            draft.calls = draft.calls or self._harmless is None or not _is_of_python(node)
            for alias in node.names:
                draft.bind(alias.asname or alias.name.partition(".")[0])
        elif isinstance(node, FUNCTIONS):
            draft.bind(node.name)
        elif isinstance(node, ast.ClassDef):
            # The body binds names of the class; the class itself is bound at the end. Making a class may run
            # code of its bases, which is not taken for a call where the caller says what is harmless.
            draft.anything = True
            draft.calls = draft.calls or self._harmless is None
        elif isinstance(node, ast.ExceptHandler):
            if node.name is not None:
                draft.bind(node.name)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                draft.assignments += assigned(target, node.value)
                draft.anything = draft.anything or isinstance(target, (ast.Tuple, ast.List))
        elif isinstance(node, ast.AnnAssign):
            if node.value is not None:
                draft.assignments += assigned(node.target, node.value)
            elif isinstance(node.target, ast.Name):
                draft.bound.discard(node.target.id)
        elif isinstance(node, ast.Expr):
            self._take_ending(draft, node.value)

    def _take_ending(self, draft: _Draft, value: ast.expr) -> None:
        """Note that a statement ends the path, where it is a call that never returns."""
        call = value.value if isinstance(value, ast.Await) else value
        if not isinstance(call, ast.Call):
            return
        if self._never_returns is not None and self._never_returns(call):
            draft.never_returns, draft.ends_with = True, EXCEPTION
        elif call is value and len(call.args) <= 2:
            qualified = self._qualname(call.func)
            if qualified in NEVER_RETURN:
                assert qualified is not None
                draft.never_returns, draft.ends_with = True, NEVER_RETURN[qualified]
                draft.calls = any(isinstance(part, ast.Call) for part in descend(call.args))

    def _enters_quietly(self, parts: list[ast.AST] | None) -> bool:
        """Answer whether entering the items raises nothing: their calls are all harmless."""
        if self._harmless is None or not parts:
            return False
        items = [part for part in parts if isinstance(part, ast.withitem)]
        return all(isinstance(item.context_expr, ast.Call) and self._harmless(item.context_expr) for item in items)


def _take_call(call: ast.Call, mutated: set[str], touched: set[str]) -> None:
    """Add the dotted names that a call changes, and those that it may change."""
    if isinstance(call.func, ast.Attribute):
        receiver = dotted(call.func.value)
        if receiver is not None:
            (mutated if call.func.attr in MUTATORS else touched).add(receiver)
    if isinstance(call.func, ast.Name) and call.func.id in PURE:
        return
    for argument in call.args:
        given = dotted(argument.value if isinstance(argument, ast.Starred) else argument)
        if given is not None:
            touched.add(given)
    for word in call.keywords:
        given = dotted(word.value)
        if given is not None:
            touched.add(given)


def _binds_last(kind: PointKind, node: Statement, walrus: bool) -> bool:
    """Answer whether a point binds its names after all that it does beside."""
    if kind is PointKind.ITERATION or isinstance(node, FUNCTIONS):
        return True
    if isinstance(node, ast.Import):
        return len(node.names) == 1
    if isinstance(node, ast.Assign):
        return not walrus and all(isinstance(target, ast.Name) for target in node.targets)
    return not walrus and isinstance(node, (ast.AnnAssign, ast.AugAssign))


def _is_of_python(statement: ast.Import | ast.ImportFrom) -> bool:
    """Whether a statement imports modules that come with Python, and are there."""
    if isinstance(statement, ast.ImportFrom):
        return not statement.level and (statement.module or "").partition(".")[0] in OF_PYTHON
    return all(alias.name.partition(".")[0] in OF_PYTHON for alias in statement.names)
