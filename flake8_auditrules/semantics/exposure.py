"""Exposure: where the text of a caught exception goes, and whether a client gets to see it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_auditrules.knowledge import loggers, web
from flake8_auditrules.semantics.handlers import last_name, own_parts, statements
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.routes import Role, answer_of, role_of, status_of
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TEXT_ATTRIBUTES = frozenset({"args", "message", "msg", "stderr", "strerror", "orig", "reason"})
_TEXT_FUNCTIONS = frozenset(
    {"str", "repr", "format", "ascii", "dict", "list", "tuple", "join", "dumps", "jsonify"}
)
_TEXT_METHODS = frozenset(
    {
        "capitalize",
        "decode",
        "encode",
        "format",
        "join",
        "lower",
        "lstrip",
        "partition",
        "replace",
        "rstrip",
        "split",
        "splitlines",
        "strip",
        "title",
        "upper",
        "model_dump",
        "model_dump_json",
        "dict",
        "json",
        "dumps",
        "copy",
    }
)
_MOST_FORWARDS = 3


class Sink(NamedTuple):
    """
    One place where a value leaves for the client.

    `node` is the call or statement, `value` the expression that leaves, `status` the HTTP status where it is
    known, `way` what it is for a message.
    """

    node: ast.AST
    value: ast.expr
    status: int | None
    way: str


def carried(expression: ast.expr, names: frozenset[str], module: Module) -> ast.expr | None:
    """
    The part of an expression that carries the text of one of the exceptions or texts called `names`.

    None where nothing of it does: its class, its code, a test of it and what an unknown function makes of it
    are no text of it.
    """
    if isinstance(expression, ast.Name):
        return expression if expression.id in names else None
    if isinstance(expression, ast.Attribute):
        inner = expression.value
        if expression.attr in _TEXT_ATTRIBUTES and carried(inner, names, module) is not None:
            return expression
        return None
    if isinstance(expression, ast.Call):
        return _carried_by_call(expression, names, module)
    if isinstance(expression, ast.IfExp):
        if _asks_for_debug(expression.test) or _asks_settings(expression.test):
            return None
        return _first(names, module, expression.body, expression.orelse)
    if isinstance(expression, ast.Subscript):
        return carried(expression.value, names, module)
    if isinstance(expression, ast.Compare):
        return None
    if isinstance(expression, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        return None
    parts = [part for part in ast.iter_child_nodes(expression) if isinstance(part, ast.expr)]
    return _first(names, module, *parts)


def _first(names: frozenset[str], module: Module, *parts: ast.expr) -> ast.expr | None:
    for part in parts:
        found = carried(part, names, module)
        if found is not None:
            return found
    return None


def _carried_by_call(call: ast.Call, names: frozenset[str], module: Module) -> ast.expr | None:
    callee = module.callee(call)
    if callee in loggers.TRACEBACK_TEXTS:
        return call
    last = last_name(call)
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    if isinstance(call.func, ast.Attribute) and last in _TEXT_METHODS:
        found = carried(call.func.value, names, module)
        if found is not None:
            return found
        return _first(names, module, *arguments) if last in ("format", "join", "dumps") else None
    if last in _TEXT_FUNCTIONS or _reads_as_class(last):
        found = _first(names, module, *arguments)
        if found is None:
            return None
        return call if last in ("str", "repr") and found is arguments[0] else found
    return None


def _reads_as_class(name: str) -> bool:
    """Whether a name is written like a class's; `MESSAGES.DEFAULT(error)` is a function that may redact."""
    plain = name.lstrip("_")
    return plain[:1].isupper() and not plain.isupper()


def _asks_for_debug(test: ast.expr) -> bool:
    return any(
        "debug" in (part.id if isinstance(part, ast.Name) else part.attr).lower()
        or "development" in (part.id if isinstance(part, ast.Name) else part.attr).lower()
        for part in ast.walk(test)
        if isinstance(part, (ast.Name, ast.Attribute))
    )


def _asks_settings(test: ast.expr) -> bool:
    """Whether a test is a switch of the settings (`settings.SHOW_DETAILS`): the operator decides."""
    if isinstance(test, ast.UnaryOp):
        return _asks_settings(test.operand)
    if not isinstance(test, ast.Attribute):
        return False
    holder = test.value
    name = holder.attr if isinstance(holder, ast.Attribute) else holder.id if isinstance(holder, ast.Name) else ""
    return name.lower().strip("_") in ("settings", "config", "conf", "options", "app_settings", "app_config")


def is_debug_guarded(module: Module, node: ast.AST) -> bool:
    """Whether only a debugging mode, or another switch of the settings, lets control come to a node."""
    return any(
        isinstance(ancestor, (ast.If, ast.IfExp))
        and (_asks_for_debug(ancestor.test) or _asks_settings(ancestor.test))
        for ancestor in module.ancestors(node)
    )


def texts_of(module: Module, body: list[ast.stmt], names: frozenset[str]) -> frozenset[str]:
    """The names, the given ones included, that hold text of the given exceptions after the block's assignments."""
    for _ in range(_MOST_FORWARDS):
        before = names
        for statement in statements(body):
            if isinstance(statement, ast.Assign):
                targets, value = statement.targets, statement.value
            elif isinstance(statement, (ast.AnnAssign, ast.AugAssign)) and statement.value is not None:
                targets, value = [statement.target], statement.value
            else:
                continue
            if carried(value, names, module) is None:
                continue
            for target in targets:
                name = _held_by(target)
                if name is not None:
                    names = names | {name}
        if names == before:
            break
    return names


def _held_by(target: ast.expr) -> str | None:
    """The local name whose object gets what is assigned: `x`, `x["error"]`, `x.error`."""
    held = target
    while isinstance(held, (ast.Subscript, ast.Attribute)):
        held = held.value
    if isinstance(held, ast.Name) and not (held is not target and held.id in ("self", "cls")):
        return held.id
    return None


def sinks(module: Module, function: FunctionNode | None, body: list[ast.stmt]) -> Iterator[Sink]:
    """
    The places in a block where something leaves for the client.

    Exceptions and responses of the web frameworks, what web sockets send, what a route returns, what a
    generator inside a route yields, and calls that forward an argument to one of these.
    """
    role = role_of(module, function)
    answers = role in (Role.ROUTE, Role.ERROR_HANDLER)
    streams = function is not None and _streams(module, function)
    for part in own_parts(body):
        if isinstance(part, ast.Call):
            yield from _sinks_of_call(module, part)
        elif isinstance(part, ast.Return) and answers and part.value is not None:
            if not (isinstance(part.value, ast.Call) and _answer(module, part.value) is not None):
                yield Sink(part, part.value, None, "the returned value")
        elif isinstance(part, ast.Yield) and streams and part.value is not None:
            yield Sink(part, part.value, None, "the stream")


def _answer(module: Module, call: ast.Call) -> web.Answer | None:
    return answer_of(module, call, web.HTTP_EXCEPTIONS) or answer_of(module, call, web.RESPONSES)


def _sinks_of_call(module: Module, call: ast.Call) -> Iterator[Sink]:
    answer = _answer(module, call)
    if answer is not None:
        given = module.argument(call, answer.status_name, answer.status_position)
        status = answer.status if given is None else status_of(module, given)
        content = module.argument(call, answer.content_name, answer.content_position)
        for value in [content] if content is not None else _contents(call, answer):
            yield Sink(call, value, status, f"`{last_name(call)}`")
        return
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr in web.SENDING and call.args:
        yield Sink(call, call.args[0], None, f"`{function.attr}`")
        return
    target = module.instances.local_function(module.callee(call) or "")
    if target is None:
        return
    for name, position in forwards(module).get(target, {}).items():
        forwarded = module.argument(call, name, position)
        if forwarded is not None:
            yield Sink(call, forwarded, None, f"`{target.name}`")


def _contents(call: ast.Call, answer: web.Answer) -> list[ast.expr]:
    """What an answer is made of where its content is not given by the usual name: `jsonify(error=...)`."""
    others = [
        keyword.value for keyword in call.keywords if keyword.arg in ("text", "body", "reason", "json", "error")
    ]
    return others + ([keyword.value for keyword in call.keywords] if last_name(call) == "jsonify" else [])


def _streams(module: Module, function: FunctionNode) -> bool:
    """Whether a generator makes the body of a response: it stands in a route or goes to a StreamingResponse."""
    around = module.enclosing(function, *_FUNCTIONS)
    if around is not None and role_of(module, around) is Role.ROUTE:
        return True
    return function.name in module.keep("streamed generators", _streamed)


def _streamed(module: Module) -> frozenset[str]:
    names: set[str] = set()
    for call in module.nodes(ast.Call):
        if last_name(call) not in ("StreamingResponse", "EventSourceResponse"):
            continue
        content = module.argument(call, "content", 0)
        if isinstance(content, ast.Call):
            names.add(last_name(content))
    return frozenset(names)


# -- functions that hand an argument on ------------------------------------------------------------------


def forwards(module: Module) -> dict[FunctionNode, dict[str, int | None]]:
    """
    The functions and methods of the module that send one of their arguments to the client.

    For each, the parameters and their 0-based positions in a call (the receiver not counted).
    """
    return module.keep("forwarding functions", _forwards)


def _forwards(module: Module) -> dict[FunctionNode, dict[str, int | None]]:
    found: dict[FunctionNode, dict[str, int | None]] = {}
    module.keep("forwarding functions", lambda _: found)
    functions: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
    functions = [function for function in functions if _has_parameters(module, function)]
    for _ in range(_MOST_FORWARDS):
        before = sum(len(names) for names in found.values())
        for function in functions:
            ways = list(sinks(module, function, function.body))
            if not ways:
                continue
            for name, position in _parameters(module, function).items():
                if name not in found.get(function, {}) and _forwards_parameter(module, function, name, ways):
                    found.setdefault(function, {})[name] = position
        if sum(len(names) for names in found.values()) == before:
            break
    return found


def _has_parameters(module: Module, function: FunctionNode) -> bool:
    return bool(_parameters(module, function)) and role_of(module, function) is None


def _parameters(module: Module, function: FunctionNode) -> dict[str, int | None]:
    names = module.instances.positional_parameters(function)
    found: dict[str, int | None] = {name: position for position, name in enumerate(names)}
    found.update({argument.arg: None for argument in function.args.kwonlyargs})
    return found


def _forwards_parameter(module: Module, function: FunctionNode, name: str, ways: list[Sink]) -> bool:
    names = texts_of(module, function.body, frozenset({name}))
    return any(
        carried(sink.value, names, module) is not None and not is_debug_guarded(module, sink.node) for sink in ways
    )
