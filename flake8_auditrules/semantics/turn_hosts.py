"""Turn hosts: whether each turn of a loop asks a host of its own: its turns have no connection to share."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MOST_STEPS = 3
# Each of those is another machine, or may well be.
_OTHER_MACHINE = pattern(
    r"(?:^|_)(?:backend|competitor|domain|feed|host|instance|mirror|node|peer|replica|server|site|webhook|worker)s?"
    r"(?:_(?:base|url|uri|base_url))?$"
)


class _Host(NamedTuple):
    """What the host of a URL is made of; `is_whole` where that is the URL, or what it begins with."""

    part: ast.expr
    is_whole: bool


def asks_other_hosts(module: Module, urls: Sequence[ast.expr], loop: ast.AST, call: ast.Call | None) -> bool:
    """
    Whether each turn of a loop asks a host of its own, for all that the URLs of its requests tell.

    `call` is the call in the loop of the function that sends the requests; None where the loop itself does.
    """
    turn = _of_turn(loop)
    return bool(urls) and all(_is_of_turn(module, url, turn, call) for url in urls)


def _of_turn(loop: ast.AST) -> set[str]:
    """The names that a turn of a loop binds."""
    return {node.id for node in ast.walk(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _is_of_turn(module: Module, url: ast.expr, turn: set[str], call: ast.Call | None) -> bool:
    for host in _hosts(module, url, 0):
        if call is None:
            if _tells_host(host, turn):
                return True
            continue
        function = module.called_function(call)
        if not isinstance(function, _FUNCTIONS):
            return False
        if _is_of_object(module, host, function) and isinstance(call.func, ast.Attribute):
            # Each turn has an object, and that has its own address.
            receiver = call.func.value
            if isinstance(receiver, ast.Name) and receiver.id in turn:
                return True
        for given in _given(module, host, function, call):
            if host.is_whole:
                if any(_tells_host(other, turn) for other in _hosts(module, given, 0)):
                    return True
            elif _mentions(given, turn):
                return True
    return False


def _tells_host(host: _Host, turn: set[str]) -> bool:
    """Whether a turn's own value is the host: `f"http://{node.ip}/health"`; a whole URL's name has to say so."""
    if not _mentions(host.part, turn):
        return False
    return not host.is_whole or any(map(_OTHER_MACHINE.search, _names(host.part)))


def _hosts(module: Module, url: ast.expr, steps: int) -> Iterator[_Host]:
    """The parts of a URL that tell its host, through the names that are bound once."""
    if isinstance(url, ast.Name) and steps < _MOST_STEPS:
        bindings = module.bindings(url)
        value = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT else None
        if isinstance(value, (ast.JoinedStr, ast.BinOp, ast.Call, ast.Attribute, ast.Subscript)):
            yield from _hosts(module, value, steps + 1)
            return
    if (
        isinstance(url, ast.Call)
        and url.args
        and getattr(url.func, "id", getattr(url.func, "attr", "")) == "urljoin"
    ):
        yield from _hosts(module, url.args[0], steps + 1)
    elif (
        isinstance(url, ast.Call) and isinstance(url.func, ast.Attribute) and url.func.attr in ("rstrip", "strip")
    ):
        yield from _hosts(module, url.func.value, steps + 1)
    elif isinstance(url, ast.BinOp) and isinstance(url.op, ast.Add):
        yield from _hosts(module, url.left, steps + 1)
    elif isinstance(url, ast.JoinedStr):
        yield from _hosts_of_text(module, url, steps)
    else:
        yield _Host(url, True)


def _hosts_of_text(module: Module, text: ast.JoinedStr, steps: int) -> Iterator[_Host]:
    before = ""
    for part in text.values:
        if isinstance(part, ast.Constant):
            before += str(part.value)
        elif isinstance(part, ast.FormattedValue):
            if not before:
                yield from _hosts(module, part.value, steps + 1)
                if text.values[1:2] and str(getattr(text.values[1], "value", "")).startswith("://"):
                    continue
                return
            yield _Host(part.value, False)
        if "/" in before.partition("://")[2]:
            return


def _is_of_object(module: Module, host: _Host, function: FunctionNode) -> bool:
    """Whether a host is an attribute of the object whose method the function is."""
    root: ast.expr = host.part
    while isinstance(root, (ast.Attribute, ast.Subscript)):
        root = root.value
    return (
        isinstance(host.part, ast.Attribute)
        and isinstance(root, ast.Name)
        and module.class_of(function) is not None
        and root.id == module.instances.receiver_name(function)
    )


def _given(module: Module, host: _Host, function: FunctionNode, call: ast.Call) -> Iterator[ast.expr]:
    """What a call gives for the parameters of which its function makes the host."""
    names = module.instances.positional_parameters(function)
    for name in _roots(host.part):
        found = module.argument(call, name, names.index(name) if name in names else None)
        if found is not None:
            yield found


def _roots(expression: ast.expr) -> list[str]:
    return [part.id for part in ast.walk(expression) if isinstance(part, ast.Name)]


def _mentions(expression: ast.expr, names: set[str]) -> bool:
    return not names.isdisjoint(_roots(expression))


def _names(expression: ast.expr) -> Iterator[str]:
    """The names that an expression consists of, keys included: `node["host"]` is of a node, and a host."""
    for part in ast.walk(expression):
        if isinstance(part, ast.Name):
            yield part.id.lower()
        elif isinstance(part, ast.Attribute):
            yield part.attr.lower()
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value.lower()
