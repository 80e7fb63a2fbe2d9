"""Row changes: a row that is changed by what was read of it before, as the rules are told of it."""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.records import NamedTuple


class ChangeKind(enum.Enum):
    """What is changed: a number or text that grows, a list or dict in it, or a state that was tested."""

    COUNTER = "counter"
    TEXT = "text"
    DOCUMENT = "document"
    STATE = "state"


class RowChange(NamedTuple):
    """
    A change of a row that others may change meanwhile.

    `line` (1-based) is where the old state was asked for, 0 for other kinds. A change `is_guarded` where a lock,
    or what the function is for, keeps the others away.
    """

    place: ast.stmt | ast.Call
    kind: ChangeKind
    line: int
    is_guarded: bool
