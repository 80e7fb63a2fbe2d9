"""Questions: the control flow of one body, and what can be asked of it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence

from flake8_auditrules.semantics.flow.bindings import Bindings
from flake8_auditrules.semantics.flow.changes import Changes
from flake8_auditrules.semantics.flow.conditions import Conditions
from flake8_auditrules.semantics.flow.effects import EffectsOfPoints
from flake8_auditrules.semantics.flow.evaluation import FunctionNode, Statement, arguments_of
from flake8_auditrules.semantics.flow.exceptions import Qualname
from flake8_auditrules.semantics.flow.graph import ASKED, EdgeKind, Point
from flake8_auditrules.semantics.flow.knowledge import Knowledge
from flake8_auditrules.semantics.flow.layout import lay_out
from flake8_auditrules.semantics.flow.outcomes import Outcomes, Raising
from flake8_auditrules.semantics.flow.search import Exit, Exits, Match, Search, Terms
from flake8_auditrules.semantics.flow.states import State, States


class Flow:
    """The control flow of one function or module body, and questions over its paths.

    `qualname` gives an expression's qualified name (builtins as "builtins.NAME") or None. Calls for which
    `harmless` is true are not taken to raise; calls for which `never_returns` is true end the path they
    stand on with an unknown exception, in addition to those known to (`sys.exit`, `os.abort`, ...). Waiting for
    what a harmless call gives may raise none the less, but where `harmless_awaits` says that it does not.

    The path questions share these arguments:

    - `start`: the path begins when this statement has completed normally; at a compound statement, when its
      header has; at an ExceptHandler, when control has entered it; None is the start of the body. All
      copies of a statement in a `finally` block count. What every path from the entry to `start` knows of
      names and attributes is known.
    - `stop`, `goal`, `avoiding`: asked with the statement of each point that control reaches: simple
      statements, compound headers, handlers; use `evaluated` inside. Reaching counts, even if it then raises.
      The start itself is asked only if control comes back to it.
    - `stop_at_exit`: asked with the `with` item whenever control leaves the item's block, in whatever way;
      an answer of true counts as a stop (in `reachable` and `path`: as avoiding). `stop` itself is asked
      with a `with` statement only where it is entered.
    - `raising`, `cancellation`: which code raises; whether CancelledError comes out of awaits and
      GeneratorExit out of yields (at any level of `raising`).
    - `within`: a way out of this statement or handler, with all that is nested in it, is an exit.
    - `assuming`: truths of dotted names at the start (`{"f": True}`).

    A question that visits more than BUDGET states gives up: `leaves_without` and `path` answer None,
    `always_reached` True, `reachable` False, `definitely_bound` True.
    """

    def __init__(
        self,
        function: FunctionNode | ast.Module,
        qualname: Qualname,
        harmless: Callable[[ast.Call], bool] | None = None,
        *,
        never_returns: Callable[[ast.Call], bool] | None = None,
        harmless_awaits: bool = False,
    ) -> None:
        self.function = function
        self._graph = graph = lay_out(function.body, qualname)
        self._effects = effects = EffectsOfPoints(graph, qualname, harmless, never_returns, harmless_awaits)
        self._conditions = conditions = Conditions(graph.subjects)
        self._outcomes = outcomes = Outcomes(graph, qualname, effects, conditions)
        changes = Changes(function, conditions)
        self._knowledge = Knowledge(graph, effects, conditions, changes, outcomes)
        self._states = States(graph, qualname, effects, conditions, changes, outcomes, self._knowledge)
        self._search = Search(function, graph, effects, self._states)
        self._bindings = Bindings(function, graph, effects, outcomes)

    # ----- the graph -------------------------------------------------------------------------------------

    @property
    def points(self) -> Sequence[Point]:
        """All points of the graph, by number."""
        graph = self._graph
        return [Point(index, kind, graph.nodes[index]) for index, kind in enumerate(graph.kinds)]

    @property
    def entry(self) -> int:
        """The number of the point where control enters the body."""
        return self._graph.entry

    def points_of(self, statement: Statement) -> Sequence[int]:
        """List the points of a statement: more than one inside a `finally` block, none if it is not here."""
        return self._graph.of.get(id(statement), [])

    def successors(self, point: int, *, raising: Raising = Raising.ANY) -> list[tuple[int, EdgeKind]]:
        """List the edges out of a point, whatever is known on the path; cancellation counts."""
        return self._outcomes.successors(point, raising)

    def initial(self) -> State:
        """Give the state of a path at the entry."""
        return self._states.initial()

    def steps(
        self, state: State, *, raising: Raising = Raising.ANY, cancellation: bool = True
    ) -> list[tuple[State, EdgeKind]]:
        """List the states that a path can be in next; the first part of a state is its point."""
        return self._states.steps_of_all(state, raising, cancellation)

    # ----- path questions --------------------------------------------------------------------------------

    def leaves_without(
        self,
        start: Statement | None,
        stop: Match,
        *,
        raising: Raising = Raising.CALLS,
        cancellation: bool = False,
        within: Statement | None = None,
        assuming: Mapping[str, bool] | None = None,
        stop_at_exit: Exits | None = None,
    ) -> Exit | None:
        """Give a nearest way out from `start` on which `stop` is not met, or None.

        Out is: the end of the function in whatever way, out of `within`, or at `start` again. The
        arguments are told in the class.
        """
        return self._search.way_out(start, stop, Terms(raising, cancellation, within, assuming, stop_at_exit))

    def always_reached(
        self,
        start: Statement | None,
        goal: Match,
        *,
        raising: Raising = Raising.CALLS,
        cancellation: bool = False,
        within: Statement | None = None,
        assuming: Mapping[str, bool] | None = None,
        stop_at_exit: Exits | None = None,
    ) -> bool:
        """Answer whether every path from `start` meets `goal` before it is out or at `start` again."""
        terms = Terms(raising, cancellation, within, assuming, stop_at_exit)
        return self._search.way_out(start, goal, terms) is None

    def path(
        self,
        start: Statement | None,
        goal: Match,
        avoiding: Match | None = None,
        *,
        raising: Raising = Raising.CALLS,
        cancellation: bool = False,
        within: Statement | None = None,
        assuming: Mapping[str, bool] | None = None,
        stop_at_exit: Exits | None = None,
    ) -> list[Statement] | None:
        """List the statements on a shortest path from `start` (left out) to a goal (last), or give None.

        `within` keeps the path inside that statement.
        """
        terms = Terms(raising, cancellation, within, assuming, stop_at_exit)
        trail = self._search.path(start, goal, avoiding, terms)
        if trail is None:
            return None
        graph = self._graph
        nodes = [graph.nodes[point] for (point, _, _), _ in trail if graph.kinds[point] in ASKED]
        return [node for node in nodes if node is not None]

    def reachable(
        self,
        start: Statement | None,
        goal: Match,
        avoiding: Match | None = None,
        *,
        raising: Raising = Raising.CALLS,
        cancellation: bool = False,
        within: Statement | None = None,
        assuming: Mapping[str, bool] | None = None,
        stop_at_exit: Exits | None = None,
    ) -> bool:
        """Answer whether a path leads from `start` to a goal without meeting `avoiding` before."""
        terms = Terms(raising, cancellation, within, assuming, stop_at_exit)
        return self._search.path(start, goal, avoiding, terms) is not None

    # ----- bindings --------------------------------------------------------------------------------------

    def definitely_bound(
        self,
        name: str,
        at: Statement,
        *,
        raising: Raising = Raising.CALLS,
        cancellation: bool = False,
    ) -> bool:
        """Answer whether every path from the entry to `at` has bound the local name when `at` begins.

        `del` is not followed: see `may_be_unbound` for an answer that is. Arguments are bound.
        """
        if name in arguments_of(self.function):
            return True
        terms = Terms(raising, cancellation)
        return self._search.path(None, lambda statement: statement is at, None, terms, name) is None

    def definitions_reaching(self, name: str, at: ast.AST) -> Sequence[ast.AST]:
        """List the binding sites of a local name that can reach `at` (a statement or a node in one).

        A site is the Name that is stored, the arg, the alias, the def or class, the ExceptHandler, or the
        pattern. Tests along the way are not looked at.
        """
        return self._bindings.reaching(name, at)[0]

    def may_be_unbound(self, name: str, at: ast.AST) -> bool:
        """Answer whether a way through the graph leads to `at` with the name never bound, or deleted."""
        return self._bindings.reaching(name, at)[1]

    # ----- tests that hold -------------------------------------------------------------------------------

    def known_at(self, node: ast.AST) -> Sequence[tuple[ast.expr, bool]]:
        """List the tests that came out alike on every path from the entry to a node, with their outcome.

        `node` is a statement or any expression in one. Only tests whose operands were not rebound or
        changed since are told, `not` and the parts of `and` and `or` taken apart. Equal tests in several
        places are told once, by the first. Inside a nested function or lambda only what stands there counts.
        """
        return self._knowledge.known_at(node)
