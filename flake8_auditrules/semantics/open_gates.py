"""Gates: functions that refuse, and that let through whatever comes while a question of theirs fails."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import is_none_literal, last_name
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What a refusal is called: the answer of a gate, or the exception that it raises.
_REFUSALS = pattern(
    r"_*(?:deny|denied|reject(?:ed)?|refuse[ds]?|forbid(?:den)?|unauthori[sz]ed|permission_?denied|access_?denied"
    r"|not_?(?:allowed|authori[sz]ed|permitted)|too_?many_?requests|rate_?limit(?:ed|_?exceeded)?"
    r"|(?:budget|quota)_?exceeded|policy_?violation|http_?forbidden|http_?unauthorized)(?:_?(?:response|error|exception|"
    r"result|decision))?$",
    re.IGNORECASE,
)
_STATUSES = frozenset({401, 402, 403, 429})
_STATUS_NAMES = pattern(r"HTTP_(?:401|402|403|429)_|\b(?:FORBIDDEN|UNAUTHORIZED|TOO_MANY_REQUESTS)\b")
# Functions that say whether somebody may do something.
_ALLOWING = pattern(
    r"_*(?:is|can|has|check|may|verify|validate|authori[sz]e|enforce)?_*(?:\w+_)?(?:allow(?:ed)?|permit(?:ted)?"
    r"|permissions?|authori[sz]ed?|authori[sz]ation|access|signature|hmac|token|csrf|entitled|entitlement|quota|budget"
    r"|rate_?limit)(?:_\w+)?$"
)


def lets_through(module: Module, handler: ast.ExceptHandler) -> bool:
    """
    Whether a handler gives the answer of a gate that lets through, in a function that refuses elsewhere.

    The handler does nothing else: `return None` in a function that else gives a refusal, `return` in one that
    raises refusals, `return Continue()` as on the way of a success, `return True` where False is no.
    """
    if len(handler.body) != 1 or not isinstance(handler.body[0], ast.Return):
        return False
    function = module.function_of(handler)
    if not isinstance(function, _FUNCTIONS):
        return False
    answer = handler.body[0].value
    if isinstance(answer, ast.Constant) and answer.value is True:
        return _ALLOWING.fullmatch(function.name) is not None and _says_no(module, function)
    if isinstance(answer, ast.Constant) and answer.value is not None:
        return False
    if answer is not None and not isinstance(answer, (ast.Constant, ast.Call)):
        return False
    inside = {id(part) for part in handlers.statements(handler.body)}
    answers = [
        part.value
        for part in module.own_nodes(function)
        if isinstance(part, ast.Return) and id(part) not in inside and part.value is not None
    ]
    answers = [part for value in answers for part in _branches(value)]
    refusals = [value for value in answers if _is_refusal(module, value)]
    others = [value for value in answers if value not in refusals and not is_none_literal(value)]
    if answer is None or is_none_literal(answer):
        # Nothing else is given: None is what lets through.
        return not others and (bool(refusals) or _raises_refusal(module, function, handler))
    if not isinstance(answer, ast.Call) or answer.args or answer.keywords or _is_refusal(module, answer):
        return False
    same = ast.dump(answer)
    made = [value for value in others if not isinstance(value, ast.Name)]
    if not made or any(ast.dump(value) != same for value in made):
        return False
    return any(isinstance(part, ast.Call) and _is_refusal(module, part) for part in module.own_nodes(function))


def _branches(value: ast.expr) -> list[ast.expr]:
    """What an expression may give: both branches of a condition."""
    if isinstance(value, ast.IfExp):
        return [*_branches(value.body), *_branches(value.orelse)]
    return [value]


def _says_no(module: Module, function: FunctionNode) -> bool:
    """Whether a function also gives False."""
    return any(
        isinstance(part, ast.Return)
        and (
            (isinstance(part.value, ast.Constant) and part.value.value is False)
            or isinstance(part.value, (ast.Compare, ast.BoolOp))
        )
        for part in module.own_nodes(function)
    )


def _is_refusal(module: Module, value: ast.expr) -> bool:
    """Whether an answer refuses: `Deny(...)`, a response with the status 403."""
    if isinstance(value, ast.Await):
        value = value.value
    return isinstance(value, ast.Call) and (
        _REFUSALS.fullmatch(last_name(value)) is not None or _has_refusing_status(module, value)
    )


def _has_refusing_status(module: Module, call: ast.Call) -> bool:
    given = [*call.args, *(word.value for word in call.keywords if word.arg in ("status", "status_code", "code"))]
    return any(
        (isinstance(part, ast.Constant) and part.value in _STATUSES)
        or (isinstance(part, ast.Attribute) and _STATUS_NAMES.search(module.text(part)) is not None)
        for part in given
    )


def _raises_refusal(module: Module, function: FunctionNode, handler: ast.ExceptHandler) -> bool:
    """Whether a function raises a refusal, or calls `abort(403)`, outside of a handler."""
    for part in module.own_nodes(function):
        raised: ast.AST | None = part.exc if isinstance(part, ast.Raise) else None
        if isinstance(part, ast.Call) and last_name(part) == "abort":
            raised = part
        if raised is None or handlers.handler_of(module, part) is not None:
            continue
        if isinstance(raised, ast.Call):
            if _REFUSALS.fullmatch(last_name(raised)) is not None or _has_refusing_status(module, raised):
                return True
        elif isinstance(raised, (ast.Name, ast.Attribute)) and _REFUSALS.fullmatch(last_name(raised)) is not None:
            return True
    return False
