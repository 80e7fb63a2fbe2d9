"""Answers of routes: the path and status that a route declares, and what its answers say about failure."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.handlers import is_empty_value
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import answer_of, registration_of, status_of
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.secret_names import words

# The first status that says that the server is at fault.
_FAULT = 500
_HEALTH = frozenset({"health", "healthz", "healthcheck", "ready", "readyz", "readiness", "heartbeat"})
_SUCCESS_KEYS = frozenset({"success", "ok", "succeeded"})
_STATE_KEYS = frozenset({"status", "result"})
_TEXT_KEYS = frozenset({"message", "detail", "details", "error", "msg"})
# Keys under which an answer has a status of HTTP of its own, and those that tell whether the work was done.
_CODE_KEYS = frozenset({"code", "errcode", "status", "statusCode", "status_code"})
_ENVELOPE_KEYS = _SUCCESS_KEYS | _STATE_KEYS
# What looks at the values of a request and keeps what is wrong with them.
_VALIDATING = pattern(r"(?:^|_)(?:serializer|form)$")
_FAILED = frozenset({"failed", "failure", "fail"})
ERROR_KEYS = frozenset({"error", "err", "error_message"})
_RESPONSE = pattern(r"^re(?:s|sp|sponse)$|response|reply|answer", re.IGNORECASE)
_NOTHING_TO_DO = pattern(r"already\b|no changes?\b|nothing to\b", re.IGNORECASE)
# What stands beside an error in an answer that has nothing else to tell.
_BESIDE_ERRORS = frozenset(
    {"code", "error_code", "error_description", "error_type", "hint", "path", "reason", "status_code", "timestamp"}
)
_GOOD = frozenset({"ok", "OK", "success", "done", "completed", True})
# What a text says of a part that nobody has asked for.
_LEFT_OUT = pattern(r"not (?:installed|configured|enabled)|disabled", re.IGNORECASE)
# How a text begins that says that the work failed.
_FAILING_TEXT = pattern(
    r"\s*(?:<\w+>\s*)*(?:an? )?(?:internal |unexpected )?(?:error\b(?!s)|fail(?:ed|ure)\b|unauthori[sz]ed\b"
    r"|(?:access|permission) denied\b|not (?:authori[sz]ed|found|supported)\b|(?:\w+ ){1,2}not found\b"
    r"|no such \w+|invalid \w+)",
    re.IGNORECASE,
)
# Keys of protocols whose errors are answers with status 200.
_PROTOCOL_KEYS = frozenset({"jsonrpc", "errors", "object", "type", "event"})


def route_path(module: Module, function: FunctionNode) -> str | None:
    """The path that a route's declaration names; None where there is none written out."""
    for call in _route_calls(module, function):
        path = module.argument(call, "path", 0) or module.argument(call, "rule")
        text = module.literal(path) if path is not None else None
        if isinstance(text, str):
            return text
    return None


def _route_calls(module: Module, function: FunctionNode) -> list[ast.Call]:
    """The decorators that make a function a route, or the call that does."""
    registration = registration_of(module, function)
    return [
        *([registration] if registration is not None else []),
        *_route_decorators(function),
    ]


def _route_decorators(function: FunctionNode) -> list[ast.Call]:
    return [
        decorator
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in web.ROUTE_DECORATORS
    ]


def is_health_route(module: Module, function: FunctionNode) -> bool:
    """Whether a route answers a load balancer's or an orchestrator's question whether the service is well."""
    path = route_path(module, function)
    if path is not None and path.strip("/"):
        last = [segment for segment in path.split("/") if segment][-1]
        if words(last) and not _HEALTH.isdisjoint(words(last)):
            return True
        return last.lower() in _HEALTH
    return not _HEALTH.isdisjoint(words(function.name))


def declared_status(module: Module, function: FunctionNode) -> int | None:
    """The status that a route's declaration gives."""
    for call in _route_calls(module, function):
        status = module.argument(call, "status_code")
        if status is not None:
            return status_of(module, status)
    return None


def sets_status(module: Module, function: FunctionNode) -> bool:
    """Whether the function sets the status of an answer by an attribute or `set_status`."""
    for node in module.own_nodes(function):
        if isinstance(node, ast.Attribute) and node.attr in ("status_code", "status", "set_status"):
            # The `status` of another object is no status of HTTP.
            if node.attr == "set_status" or (
                isinstance(node.ctx, ast.Store)
                and (node.attr == "status_code" or _RESPONSE.search(last_name(node.value)))
            ):
                return True
    return False


def tells_failure(module: Module, value: ast.expr, after_failure: bool = False) -> bool:
    """
    Whether an answer's content, written out as a dict, says by its keys that the work failed.

    `{"error": "text"}`, `{"success": False, ...}`, `{"status": "error", "message": ...}`,
    `{"code": 404, "msg": ...}`, a message alone that says so, `serializer.errors`; protocols that carry
    their errors in an answer with status 200 (JSON-RPC, GraphQL, events) do not count. `after_failure` tells that
    the answer is given where an exception was caught: then a state alone says it, `{"status": "failed"}`.
    """
    pairs: list[tuple[str, ast.expr]] = []
    if isinstance(value, ast.Dict):
        for key, held in zip(value.keys, value.values, strict=True):
            if key is None:
                return False
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                pairs.append((key.value, held))
    elif isinstance(value, ast.Call) and module.callee(value) == "builtins.dict" and not value.args:
        pairs = [(keyword.arg, keyword.value) for keyword in value.keywords if keyword.arg is not None]
    elif isinstance(value, ast.Attribute):
        # `serializer.errors`
        return value.attr == "errors" and _VALIDATING.search(last_name(value.value)) is not None
    keys = {key for key, _ in pairs}
    if not pairs or (
        keys & _PROTOCOL_KEYS and not (keys & _PROTOCOL_KEYS == {"errors"} and keys & _ENVELOPE_KEYS)
    ):
        return False
    if len(pairs) == 1 and pairs[0][0] in _TEXT_KEYS and text_of_failure(pairs[0][1]):
        return True
    for word, held in pairs:
        constant = held.value if isinstance(held, ast.Constant) else None
        if word in _SUCCESS_KEYS and constant is False:
            return not any(_says_nothing_to_do(told) for other, told in pairs if other in _TEXT_KEYS)
        if word in _CODE_KEYS and type(constant) is int and 400 <= constant < 600 and keys & _TEXT_KEYS:
            return all(other in _TEXT_KEYS or told is held or is_empty_value(told) for other, told in pairs)
        if word in _STATE_KEYS:
            if constant == "error" and (len(pairs) == 1 or keys & (_TEXT_KEYS | {"errors"})):
                return True
            if after_failure and (constant in _FAILED or constant == "error"):
                return True
            # A state alone is that of the thing that was asked for: a job that failed is a good answer.
            if constant in _FAILED and keys & _TEXT_KEYS and len(pairs) == 2:
                return True
    return _has_error_alone(pairs, after_failure)


def _has_error_alone(pairs: list[tuple[str, ast.expr]], after_failure: bool) -> bool:
    """
    Whether an error is all that some keys and values tell: beside it stand texts, states, codes, and empty values.

    `{"error": "text", "findings": []}`; `after_failure` the error may be what another function makes.
    """
    errors = [held for word, held in pairs if word in ERROR_KEYS]
    if not errors:
        return False
    told = isinstance(errors[0], ast.JoinedStr) or (
        isinstance(errors[0], ast.Constant) and isinstance(errors[0].value, str) and bool(errors[0].value)
    )
    if not told and not (after_failure and isinstance(errors[0], (ast.Call, ast.Name, ast.BinOp))):
        return False
    if told and pairs[0][0] in ERROR_KEYS and len(pairs) <= 2:
        return True
    if any(_says_nothing_to_do(held) or _is_left_out(held) for held in errors):
        return False
    return all(
        word in ERROR_KEYS
        or word in _TEXT_KEYS
        or word in _BESIDE_ERRORS
        or (word in _STATE_KEYS and isinstance(held, ast.Constant) and held.value not in _GOOD)
        or is_empty_value(held)
        for word, held in pairs
    )


def text_of_failure(value: ast.expr) -> bool:
    """Whether a text that is an answer's whole content begins by saying that the work failed: `"Error: busy"`."""
    first = value.values[0] if isinstance(value, ast.JoinedStr) and value.values else value
    return (
        isinstance(first, ast.Constant)
        and isinstance(first.value, str)
        and _FAILING_TEXT.match(first.value) is not None
    )


def answers_with_fault(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether a handler leaves its route on every way out with a fault of the server: a status of 500 or more."""
    ways = [node for statement in handler.body for node in _leaving(statement)]
    return (
        bool(ways)
        and isinstance(handler.body[-1], (ast.Return, ast.Raise))
        and all((status_of_way(module, way) or 0) >= _FAULT for way in ways)
    )


def _leaving(statement: ast.stmt) -> list[ast.Return | ast.Raise]:
    """The `return`s and `raise`s in a statement of a handler."""
    return [node for node in ast.walk(statement) if isinstance(node, (ast.Return, ast.Raise))]


def status_of_way(module: Module, way: ast.Return | ast.Raise) -> int | None:
    """The status with which a `return` or `raise` of a route answers; None where it is not written out."""
    if isinstance(way, ast.Raise):
        made, table = way.exc, web.HTTP_EXCEPTIONS
    else:
        made, table = way.value, web.RESPONSES
        if isinstance(made, ast.Tuple) and len(made.elts) in (2, 3):
            return status_of(module, made.elts[1])
    answer = answer_of(module, made, table) if isinstance(made, ast.Call) else None
    if answer is None or not isinstance(made, ast.Call) or module.has_unpacking(made):
        return None
    status = module.argument(made, answer.status_name, answer.status_position)
    return answer.status if status is None else status_of(module, status)


def _is_left_out(told: ast.expr) -> bool:
    """Whether a text says that a part of the program is not there: `"MCP is not installed"`."""
    return (
        isinstance(told, ast.Constant) and isinstance(told.value, str) and _LEFT_OUT.search(told.value) is not None
    )


def _says_nothing_to_do(told: ast.expr) -> bool:
    """Whether a text says that there was nothing to do, which is no failure: `"Already a favourite"`."""
    return (
        isinstance(told, ast.Constant)
        and isinstance(told.value, str)
        and _NOTHING_TO_DO.match(told.value) is not None
    )


def content_with_success(module: Module, value: ast.expr) -> ast.expr | None:
    """The content of an answer that goes out with status 200; None where the status is another or not known."""
    if isinstance(value, ast.Call) and module.callee(value) != "builtins.dict":
        answer = web.RESPONSES.get(module.callee(value) or "")
        if answer is None or module.has_unpacking(value):
            return None
        status = module.argument(value, answer.status_name, answer.status_position)
        if (answer.status if status is None else status_of(module, status)) != 200:
            return None
        content = module.argument(value, answer.content_name, answer.content_position)
        if content is None and last_name(value) == "jsonify":
            return ast.copy_location(
                ast.Dict(
                    keys=[ast.Constant(keyword.arg) for keyword in value.keywords],
                    values=[keyword.value for keyword in value.keywords],
                ),
                value,
            )
        return content
    return value
