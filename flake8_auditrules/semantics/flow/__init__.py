"""Control-flow graph of one function or module body, with typed exception edges, and questions over its paths.

The graph has one *point* for each simple statement, compound-statement header, handler header and block
exit of a `with` item, and a few points that stand for no code (the choice between handlers, the ends of
`finally` blocks, the ways out). A `finally` block is laid out once for each way control goes on after it,
so a path through it continues to where it was going.

A path carries, besides the point where it is, the exceptions that are pending or being handled there (so
that `raise`, narrow handlers and `finally` continue with the right class) and what it knows about the names
and attributes that the function tests more than once (so that a path does not take `if lock:` one way and
later the other way).

The tree is never written. Statements are laid out when a Flow is made; expressions are looked into only
where a question passes.

Each part answers one question: `evaluation` what a statement evaluates, `exceptions` what catches what, `graph`
what the points and edges are and `layout` how they come about, `facts` what a path can know and `conditions`
what a test tells of it, `effects` and `changes` what a point does, `outcomes` where control goes from it,
`states` what a path is, `knowledge` which tests hold at a point, `search` and `bindings` which paths there are.
`Flow` in `questions` is where rules ask.
"""

from __future__ import annotations

from flake8_auditrules.semantics.flow.evaluation import FunctionNode, Statement, dotted, evaluated
from flake8_auditrules.semantics.flow.exceptions import CANCELLED, GENERATOR_EXIT, UNKNOWN, Qualname, Raised
from flake8_auditrules.semantics.flow.graph import EdgeKind, Point, PointKind
from flake8_auditrules.semantics.flow.outcomes import Raising
from flake8_auditrules.semantics.flow.questions import Flow
from flake8_auditrules.semantics.flow.search import BUDGET, Exit, ExitKind
from flake8_auditrules.semantics.flow.states import State

__all__ = [
    "BUDGET",
    "CANCELLED",
    "GENERATOR_EXIT",
    "UNKNOWN",
    "EdgeKind",
    "Exit",
    "ExitKind",
    "Flow",
    "FunctionNode",
    "Point",
    "PointKind",
    "Qualname",
    "Raised",
    "Raising",
    "State",
    "Statement",
    "dotted",
    "evaluated",
]
