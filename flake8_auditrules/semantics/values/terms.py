"""Terms: what the parts of the values speak of, and the plain answers that no code has to be asked for."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from flake8_auditrules.semantics import ranges
from flake8_auditrules.semantics.ranges import NONE, UNKNOWN, Range, exact
from flake8_auditrules.semantics.scopes import FunctionNode

Constant = int | float | str | bytes | bool
Given = Callable[[FunctionNode, ast.arg, "int | None", str], Sequence["Range | None"]]
"""What callers in other modules give for a parameter: see `Values`."""

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FOR_LOOPS = (ast.For, ast.AsyncFor)
LONGEST_TEXT = 10_000
SIZE = "len "
"""What the key of a size starts with: the rest is the key of the collection."""

ARITHMETIC: dict[type[ast.operator], Callable[[Range, Range], Range]] = {
    ast.Add: ranges.add,
    ast.Sub: ranges.subtract,
    ast.Mult: ranges.multiply,
    ast.Div: ranges.divide,
    ast.FloorDiv: ranges.floor_divide,
    ast.Mod: ranges.modulo,
    ast.Pow: ranges.power,
    ast.LShift: ranges.shift_left,
    ast.RShift: ranges.shift_right,
    ast.BitAnd: ranges.bit_and,
    ast.BitOr: ranges.bit_or,
}


def of_constant(value: object) -> Range:
    """The range that is just the constant; `UNKNOWN` where it is no number."""
    if value is None:
        return NONE
    if isinstance(value, bool):
        return exact(int(value))
    if isinstance(value, (int, float)):
        return exact(value)
    return UNKNOWN


def agreed(found: Sequence[Constant | None]) -> Constant | None:
    """The constant that all of them are."""
    if not found or found[0] is None:
        return None
    first = found[0]
    return first if all(type(one) is type(first) and one == first for one in found) else None


def truth_of_size(found: Range) -> bool | None:
    """Whether a collection of such a size counts as true; None where it may count as either."""
    if found.empty:
        return False if found.none else None
    if found.high == 0:
        return False
    return True if found.low > 0 and not found.none else None
