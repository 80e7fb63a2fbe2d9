"""Test statuses: the HTTP status that a test's name promises, and those that it asserts."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge.web import STATUS_NAMES
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import status_of
from flake8_auditrules.semantics.scopes import FunctionNode

_STATUSES = frozenset(STATUS_NAMES.values())
_FIRST_DIGITS = frozenset("12345")
_NUMBER = pattern(r"(?<![0-9])[1-5][0-9]{2}(?![0-9])")
# What the answer of the application is said to be: `returns_404`, `gives_401`, `404_when_missing`, `..._404`.
_PROMISE = pattern(
    r"(?:_(?:returns?|gives?|gets?|is|yields?|responds?_with|answers?(?:_with)?|status|http|code|raises?|expects?"
    r"|should_(?:be|return)|rejected_with|fails_with)_?(?P<after>[1-5][0-9]{2})(?=_|$))"
    r"|(?:_(?P<before>[1-5][0-9]{2})_(?:when|if|for|without|unless|not_found|forbidden|unauthori[sz]ed|bad_request"
    r"|conflict|unprocessable\w*|too_many_requests|method_not_allowed|no_content|created|response|status)(?=_|$))"
    r"|(?:_(?P<last>[1-5][0-9]{2})$)",
    re.IGNORECASE,
)
# What makes of the number something else than the answer: the status of somebody else, one that is not given, or
# an amount.
_OTHERWISE = pattern(
    r"handl|retr[iy]|upstream|ignor|fallback|falls_back|recover|never|instead|convert|_maps?_|treat|swallow|_hid|catch"
    r"|skip|doesnt|does_not|dont|do_not|wont|will_not|cache|_logs_|mock|proxy|remote|backend|simulat|redirect|translat|wrap|then|follow|mask|no_longer"
    r"|(?:non|not|not_a|no|and|or|on|after|from|until|to|as|a|of|issue|ticket|bug|gh|pr|limit|max|min|size|first|page"
    r"|top|count|len|length|over|under|above|below|range|line|width|port|version|model)_[1-5][0-9]{2}",
    re.IGNORECASE,
)
_STATUS_ATTRIBUTES = frozenset({"status_code", "status", "status_int", "code"})
_EQUAL = frozenset({"assertEqual", "assertEquals", "assert_equal", "eq_"})
_OTHER_ASSERTIONS = frozenset(
    {
        "assertIn",
        "assertNotIn",
        "assertTrue",
        "assertFalse",
        "assertIsNone",
        "assertIsNotNone",
        "assertNotEqual",
        "assertDictEqual",
        "assertListEqual",
        "assertIsInstance",
        "assert_called_once",
        "assert_called_once_with",
        "assert_called_with",
        "assert_not_called",
    }
)
_HELPING = pattern(r"assert|check|verif|expect|raises|validate", re.IGNORECASE)


def promised_status(name: str) -> int | None:
    """The status that a test's name says the application answers; None where it names none, or several numbers."""
    if _FIRST_DIGITS.isdisjoint(name):
        return None
    numbers = _NUMBER.findall(name)
    if len(numbers) != 1 or int(numbers[0]) not in _STATUSES or not _PROMISE.search(name):
        return None
    return None if _OTHERWISE.search(name.removeprefix("test")) else int(numbers[0])


def asserted_statuses(module: Module, function: FunctionNode, promised: int) -> list[int]:
    """
    The statuses that a test asserts, in source order, where it is certain that `promised` is none of them.

    Empty where the promised number or its name stands anywhere in the test, and where something else than plain
    equality is asserted of a status, or by a helper.
    """
    found: list[int] = []
    names = {name for name, number in STATUS_NAMES.items() if number == promised}
    for part in module.own_nodes(function):
        if _mentions(part, str(promised), names):
            return []
        if isinstance(part, ast.Compare):
            compared = _compared(module, part)
            if compared is None:
                if any(_is_status(side) for side in (part.left, *part.comparators)):
                    return []
            else:
                found.append(compared)
        elif isinstance(part, ast.Call):
            called = last_name(part)
            if called in _EQUAL and len(part.args) > 1:
                sides = part.args[:2]
                if any(_is_status(side) for side in sides):
                    status = next((number for side in sides if (number := status_of(module, side))), None)
                    if status is None:
                        return []
                    found.append(status)
            elif called not in _OTHER_ASSERTIONS and _HELPING.search(called):
                return []
        elif isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            return []
    return found


def _mentions(node: ast.AST, number: str, names: set[str]) -> bool:
    """Whether a node names a status: as a number, in a text, or by a name."""
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, bool) and number in str(node.value)
    if isinstance(node, ast.Attribute):
        return number in node.attr or node.attr.upper() in names
    if isinstance(node, ast.Name):
        return number in node.id or node.id.upper() in names
    return isinstance(node, ast.keyword) and number in (node.arg or "")


def _is_status(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Attribute) and expression.attr in _STATUS_ATTRIBUTES


def _compared(module: Module, compare: ast.Compare) -> int | None:
    """The status to which a status is said to be equal."""
    if len(compare.ops) != 1 or not isinstance(compare.ops[0], ast.Eq):
        return None
    sides = (compare.left, compare.comparators[0])
    if not any(_is_status(side) for side in sides):
        return None
    return next((status for side in sides if (status := status_of(module, side)) is not None), None)
