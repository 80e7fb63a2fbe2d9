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
    r"(?:^|_)(?:backend|competitor|domain|feed|host|instance|mirror|node|peer|replica|server|site|worker)s?"
    r"(?:_(?:base|url|uri|base_url))?$"
)


_TRIMMING = frozenset({"rstrip", "strip"})


class Host(NamedTuple):
    """
    What the host of a URL is made of.

    `is_whole` where that is the URL itself, or what it begins with, and no name has told yet that it is a machine.
    """

    part: ast.expr
    is_whole: bool


Hosts = tuple[tuple[Host, ...], ...]
"""For each URL that a client is asked for, what its host is made of."""


def hosts_of(module: Module, urls: Sequence[ast.expr]) -> Hosts:
    """What the hosts of URLs are made of."""
    return tuple(tuple(_hosts(module, url, 0)) for url in urls)


def hosts_given(module: Module, hosts: Hosts, call: ast.Call) -> Hosts:
    """What the hosts of a function's requests are made of where `call` calls it, as far as it gives them."""
    function = module.called_function(call)
    if not isinstance(function, _FUNCTIONS):
        return ()
    return tuple(tuple(_translated(module, of_url, function, call)) for of_url in hosts)


def are_of_turn(hosts: Hosts, loop: ast.AST) -> bool:
    """Whether each turn of a loop asks a host of its own, for all that the hosts of its requests tell."""
    turn = {node.id for node in ast.walk(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    items = getattr(loop, "iter", None)
    over_machines = isinstance(items, ast.expr) and _tells_machine(items)
    return bool(hosts) and all(
        any(
            not turn.isdisjoint(_roots(host.part))
            and (not host.is_whole or over_machines or _tells_machine(host.part))
            for host in of_url
        )
        for of_url in hosts
    )


def _translated(module: Module, hosts: tuple[Host, ...], function: FunctionNode, call: ast.Call) -> Iterator[Host]:
    """What hosts are made of that a function makes of its parameters or its object, where `call` calls it."""
    names = module.instances.positional_parameters(function)
    receiver = module.instances.receiver_name(function) if module.class_of(function) is not None else None
    for host in hosts:
        is_whole = host.is_whole and not _tells_machine(host.part)
        for name in _behind(module, host.part, 0):
            if name == receiver and isinstance(call.func, ast.Attribute):
                # Each object has an address of its own.
                yield Host(call.func.value, False)
                continue
            given = module.argument(call, name, names.index(name) if name in names else None)
            if given is not None and is_whole:
                yield from _hosts(module, given, 0)
            elif given is not None:
                yield Host(given, False)


def _behind(module: Module, expression: ast.expr, steps: int) -> Iterator[str]:
    """The names of parameters that an expression is made of, through the names that are bound once."""
    for part in ast.walk(expression):
        if not isinstance(part, ast.Name) or not isinstance(part.ctx, ast.Load):
            continue
        bindings = module.bindings(part)
        if any(binding.kind is BindingKind.PARAMETER for binding in bindings):
            yield part.id
        elif len(bindings) == 1 and bindings[0].value is not None and steps < _MOST_STEPS:
            yield from _behind(module, bindings[0].value, steps + 1)


def _hosts(module: Module, url: ast.expr, steps: int) -> Iterator[Host]:
    """The parts of a URL that tell its host, through the names that are bound once."""
    if isinstance(url, ast.Name) and steps < _MOST_STEPS:
        bindings = module.bindings(url)
        value = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT else None
        if isinstance(value, (ast.JoinedStr, ast.BinOp, ast.Call)):
            yield from _hosts(module, value, steps + 1)
            return
    if isinstance(url, ast.Call) and url.args and isinstance(url.func, ast.Name) and url.func.id == "urljoin":
        yield from _hosts(module, url.args[0], steps + 1)
    elif isinstance(url, ast.Call) and isinstance(url.func, ast.Attribute) and url.func.attr in _TRIMMING:
        yield from _hosts(module, url.func.value, steps + 1)
    elif isinstance(url, ast.BinOp) and isinstance(url.op, ast.Add):
        yield from _hosts(module, url.left, steps + 1)
    elif isinstance(url, ast.JoinedStr):
        yield from _hosts_of_text(module, url, steps)
    else:
        yield Host(url, True)


def _hosts_of_text(module: Module, text: ast.JoinedStr, steps: int) -> Iterator[Host]:
    before = ""
    for part in text.values:
        if isinstance(part, ast.Constant):
            before += str(part.value)
        elif isinstance(part, ast.FormattedValue) and (before or _goes_on_with_host(text)):
            yield Host(part.value, False)
        elif isinstance(part, ast.FormattedValue):
            yield from _hosts(module, part.value, steps + 1)
            return
        if "/" in before.partition("://")[2]:
            return


def _goes_on_with_host(text: ast.JoinedStr) -> bool:
    """Whether a text has a scheme first, `f"{scheme}://{host}/"`."""
    second = text.values[1] if len(text.values) > 1 else None
    return isinstance(second, ast.Constant) and str(second.value).startswith("://")


def _roots(expression: ast.expr) -> list[str]:
    return [part.id for part in ast.walk(expression) if isinstance(part, ast.Name)]


def _tells_machine(expression: ast.expr) -> bool:
    """Whether a name in an expression, keys included, is that of a machine: `node["url"]`, `row.host`."""
    for part in ast.walk(expression):
        name = ""
        if isinstance(part, ast.Name):
            name = part.id
        elif isinstance(part, ast.Attribute):
            name = part.attr
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            name = part.value
        if name and _OTHER_MACHINE.search(name.lower()) is not None:
            return True
    return False
