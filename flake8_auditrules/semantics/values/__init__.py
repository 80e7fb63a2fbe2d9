"""
Values: the numbers that an expression can be, its truth, and the constant that it certainly is.

A number comes with evidence (see `Range`): `len(jobs)` can be 0 because nothing says that `jobs` is not empty,
while of `settings.workers` nothing is known at all. Evidence is dropped wherever the code looks at the thing
in a way that is not understood here, so that a rule that asks for evidence stays silent when in doubt:

- a test that holds where the expression stands and that mentions the thing (`if ready(jobs):`);
- a statement on the way that may change it (`jobs.append(x)`, `fill(jobs)`) or that fails when it is empty;
- a branch that the number in question would not take on its way to the expression.

Each part answers one question: `quantities`, `collection_sizes`, `truths` and `literals` those that are asked,
`calls`, `bound_names`, `attributes`, `items`, `functions` and `choices` what an expression of their kind gives.
They stand on `keys` (which expressions mean the same thing), `definitions` (what binds a name), `callers` (who
calls a function), `members` (what a class gives), `changes` (what a collection goes through), `guards` (which
tests hold) and `ways` (which numbers arrive). The parts ask each other in `answers`, where all answers are
kept; `terms` are the words that they share. `Values` in `questions` is where rules ask.
"""

from __future__ import annotations

from flake8_auditrules.semantics.ranges import UNKNOWN, Range
from flake8_auditrules.semantics.values.questions import Values

__all__ = ["UNKNOWN", "Range", "Values"]
