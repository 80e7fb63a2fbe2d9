"""Where a text of a request becomes a part of an outgoing URL, through the functions of the project."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import loggers, responses
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.value_sinks import Taking, ValueSink, value_sinks
from flake8_auditrules.project.wiring import providers_of
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.request_values import HARMLESS, Part, RequestValue, is_given_before
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_MAXIMUM_HOPS = 3
# A path or query has begun: a slash that is none of `https://`, or a question mark.
_BEGUN = pattern(r"(?:^|[^:/])/(?!/)|\?")
_CHECKING = pattern(r"valid|check|verif|ensure|or_404|exist|access|owner|permission", re.IGNORECASE)
_ENCODING = pattern(r"quote|escape|encode|saniti|valid", re.IGNORECASE)


def url_sinks(project: Project, module: Module, function: FunctionNode) -> Iterator[ValueSink]:
    """The outgoing requests whose URL holds a free text of a route's request raw, looked at or not."""
    for sink in value_sinks(project, module, function, _TAKING):
        names = sink.value.names
        known = (
            is_given_before(module, function, sink.node, names)
            or _is_field_used_before(module, function, sink)
            or _is_provided(module, function, names)
        )
        yield sink._replace(is_free=False) if known else sink


def _url_of(module: Module, call: ast.Call) -> ast.expr | None:
    """The URL of an outgoing request."""
    last = last_name(call)
    if last not in responses.REQUESTING:
        return None
    position = responses.URL_POSITION.get(last, 0)
    url = module.argument(call, "url", position)
    if url is None or isinstance(url, ast.Constant):
        return None
    return url if module.callee(call) in responses.TAKING_URLS else None


def _goes_raw(module: Module, call: ast.Call, url: ast.expr, value: RequestValue) -> bool:
    """Whether a value stands in the path or query of a URL, and is no rest of a path to be passed on."""
    if value.part is Part.PATH:
        return False
    function = module.function_of(call)
    if value.part is Part.URL:
        return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and not _is_encoded(
            module, function, value
        )
    if not _follows_host(module, url, value):
        return False
    return not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or not is_given_before(
        module, function, call, value.names
    )


def _as_handed(module: Module, argument: ast.expr, value: RequestValue) -> Part:
    """What a value is in the function that is given a text made for a URL: `send("GET", f"/users/{name}")`."""
    is_built = isinstance(argument, (ast.JoinedStr, ast.BinOp, ast.Name)) and argument is not value.node
    return Part.URL if is_built and _follows_host(module, argument, value) else value.part


def _follows_host(module: Module, url: ast.expr, value: RequestValue) -> bool:
    """Whether the text before a value in a URL has come to the path or the query."""
    before = ""
    for part in _parts(module, url):
        if isinstance(part, ast.Constant):
            before += str(part.value)
        elif _is_value(module, part, value):
            return _BEGUN.search(before) is not None
        else:
            before += "x"
    return False


def _is_value(module: Module, part: ast.expr, value: RequestValue) -> bool:
    return (isinstance(part, ast.Name) and part.id in value.names) or module.source(part) == module.source(
        value.node
    )


def _parts(module: Module, url: ast.expr, hops: int = 0) -> list[ast.expr]:
    """The parts that a URL is put together of, in their order, local variables followed."""
    if hops > _MAXIMUM_HOPS:
        return [url]
    if isinstance(url, ast.JoinedStr):
        parts: list[ast.expr] = []
        for one in url.values:
            parts += _parts(module, one.value, hops + 1) if isinstance(one, ast.FormattedValue) else [one]
        return parts
    if isinstance(url, ast.BinOp) and isinstance(url.op, ast.Add):
        return [*_parts(module, url.left, hops), *_parts(module, url.right, hops)]
    if isinstance(url, ast.Name):
        bindings = module.bindings(url)
        if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT:
            made = bindings[0].value
            if isinstance(made, (ast.JoinedStr, ast.BinOp, ast.Constant)):
                return _parts(module, made, hops + 1)
    return [url]


def _is_encoded(module: Module, function: FunctionNode, value: RequestValue) -> bool:
    """Whether a function that is given a text made for a URL encodes it or looks at it as a whole."""
    return any(
        isinstance(node, ast.Call)
        and _ENCODING.search(last_name(node)) is not None
        and any(mentions(one, value.names) for one in (*node.args, *(keyword.value for keyword in node.keywords)))
        for node in module.own_nodes(function)
    )


def _is_field_used_before(module: Module, function: FunctionNode, sink: ValueSink) -> bool:
    """Whether a field of the request is given to something before: `choose(body.model)` knows which there are."""
    if not isinstance(sink.value.node, ast.Attribute):
        return False
    read = module.source(sink.value.node)
    return any(
        isinstance(node, ast.Call)
        and node.lineno < sink.node.lineno
        and last_name(node) not in HARMLESS
        and last_name(node) not in loggers.WRITING
        and not last_name(node)[:1].isupper()
        and any(module.source(one) == read for one in node.args)
        for node in module.own_nodes(function)
    )


def _is_provided(module: Module, function: FunctionNode, names: frozenset[str]) -> bool:
    """Whether a dependency of a route looks at a parameter of the same name, or may do so by its own name."""
    for provider in providers_of(module, function):
        if provider.startswith("annotation "):
            continue
        local = module.instances.local_function(provider)
        if local is None:
            if _CHECKING.search(provider.rpartition(".")[2]):
                return True
        elif any(argument.arg in names for argument in (*local.args.args, *local.args.kwonlyargs)):
            return True
    return False


_TAKING = Taking("URLs", _url_of, _goes_raw, _as_handed, is_given_before, of_tools=True)
