"""URLs of settings: what the environment names as the base of the requests that are sent, and who looks at it."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import responses
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.environment import variable
from flake8_auditrules.semantics.handlers import is_broad
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.secret_names import words

_MAXIMUM_HOPS = 3
_URLS = frozenset({"endpoint", "uri", "url"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Calls that look at a URL, by name; a module that has one may look at this one.
_LOOKING = pattern(
    r"url(?:parse|split)|parse_url|valid\w*url|url\w*valid|check\w*url|normali[sz]e\w*(?:url|endpoint)|AnyUrl"
    r"|HttpUrl|^URL$",
    re.IGNORECASE,
)

# What is raised for a text that is no URL, or a class of it.
_OF_BAD_URLS = frozenset({"ClientError", "InvalidURL", "MissingSchema", "RequestException", "ValueError"})
_OF_HTTPX = frozenset({"HTTPError", "RequestError", "TransportError", "UnsupportedProtocol"})


class UrlSetting(NamedTuple):
    """
    An environment variable that names the base of a URL: its name, and whether the module only asks whether it is
    empty.
    """

    name: str
    is_loose: bool


def base_setting(module: Module, call: ast.Call) -> UrlSetting | None:
    """The variable whose text `call`, a `rstrip("/")`, makes the base of requests; None where that is not seen."""
    function = call.func
    if not isinstance(function, ast.Attribute) or len(call.args) != 1 or call.keywords:
        return None
    if not isinstance(call.args[0], ast.Constant) or call.args[0].value != "/":
        return None
    found = _asked(module, function.value, 0)
    if found is None or not _is_base(module, call):
        return None
    name, is_tested = found
    return UrlSetting(name, is_tested and not module.keep("looks at URLs", _looks_at_urls))


def _asked(module: Module, expression: ast.expr, hops: int) -> tuple[str, bool] | None:
    """The name of the variable behind an expression, and whether something asks for the truth of what it reads."""
    if isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.Or):
        for value in expression.values[:-1]:
            name = _read(module, value, hops)
            if name is not None:
                return name, True
        return None
    if not isinstance(expression, ast.Name) or hops > _MAXIMUM_HOPS:
        return None
    bindings = module.bindings(expression)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].value is None:
        return None
    if isinstance(bindings[0].value, ast.BoolOp):
        return _asked(module, bindings[0].value, hops + 1)
    name = _read(module, bindings[0].value, hops)
    return (name, _is_tested(module, expression)) if name is not None else None


def _read(module: Module, expression: ast.expr, hops: int) -> str | None:
    """The name of the variable of a URL that an expression reads as it is."""
    if isinstance(expression, ast.Name) and hops <= _MAXIMUM_HOPS:
        bindings = module.bindings(expression)
        if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT and bindings[0].value is not None:
            return _read(module, bindings[0].value, hops + 1)
        return None
    if not isinstance(expression, (ast.Call, ast.Subscript)):
        return None
    reading = variable(module, expression)
    if reading is None or _URLS.isdisjoint(words(reading.name)[-1:]):
        return None
    return reading.name


def _is_tested(module: Module, name: ast.Name) -> bool:
    """Whether the function, or the module for a name of its own, asks for the truth of a name."""
    owner = module.owner_of(name)
    if owner is None:
        return False
    for use in module.nodes(ast.Name):
        if use.id != name.id or not isinstance(use.ctx, ast.Load) or module.owner_of(use) is not owner:
            continue
        child: ast.AST = use
        holder = module.parent(use)
        while isinstance(holder, (ast.UnaryOp, ast.BoolOp)):
            child, holder = holder, module.parent(holder)
        if isinstance(holder, (ast.If, ast.IfExp, ast.Assert)) and holder.test is child:
            return True
    return False


def _is_base(module: Module, call: ast.expr) -> bool:
    """Whether requests go to URLs that begin with what a call gives."""
    holder = module.parent(call)
    if isinstance(holder, (ast.Assign, ast.AnnAssign)) and holder.value is call:
        target = holder.targets[0] if isinstance(holder, ast.Assign) else holder.target
        if isinstance(target, ast.Name):
            owner = module.owner_of(target)
            return any(
                _begins_url(module, use)
                for use in module.nodes(ast.Name)
                if use.id == target.id and isinstance(use.ctx, ast.Load) and module.owner_of(use) is owner
            )
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self":
            return any(
                _begins_url(module, use)
                for use in module.attributes_named(target.attr)
                if isinstance(use.ctx, ast.Load) and isinstance(use.value, ast.Name) and use.value.id == "self"
            )
        return False
    return _begins_url(module, call)


def _begins_url(module: Module, use: ast.expr) -> bool:
    """Whether a text is the beginning of a URL that is asked for where nothing catches that it is none."""
    holder = module.parent(use)
    text: ast.AST | None = None
    if isinstance(holder, ast.FormattedValue):
        text = module.parent(holder)
        if not isinstance(text, ast.JoinedStr) or text.values[0] is not holder:
            return False
    elif isinstance(holder, ast.BinOp) and isinstance(holder.op, ast.Add) and holder.left is use:
        text = holder
    return isinstance(text, ast.expr) and _is_asked_for(module, text)


def _is_asked_for(module: Module, url: ast.expr) -> bool:
    """Whether a text is the URL of a request, also as the value of the local name that is."""
    holder = module.parent(url)
    if isinstance(holder, ast.Assign) and isinstance(holder.targets[0], ast.Name):
        function = module.function_of(url)
        name = holder.targets[0]
        if not isinstance(function, _FUNCTIONS) or len(module.bindings(name)) != 1:
            return False
        return any(_is_url_of_request(module, use) for use in module.names_in(function).get(name.id, ()))
    return _is_url_of_request(module, url)


def _is_url_of_request(module: Module, url: ast.expr) -> bool:
    holder = module.parent(url)
    call = module.parent(holder) if isinstance(holder, ast.keyword) and holder.arg == "url" else holder
    if not isinstance(call, ast.Call) or last_name(call) not in responses.REQUESTING:
        return False
    if call is holder and url not in call.args[: responses.URL_POSITION.get(last_name(call), 0) + 1]:
        return False
    callee = module.callee(call)
    return callee in responses.TAKING_URLS and not _is_caught(module, call, callee or "")


def _is_caught(module: Module, call: ast.Call, callee: str) -> bool:
    """Whether a handler around a request takes what is raised for a URL that is none."""
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, _FUNCTIONS):
            # A function in a function is called where a handler of the outer one may stand.
            return isinstance(module.function_of(ancestor), _FUNCTIONS)
        if isinstance(ancestor, ast.Try) and child in ancestor.body:
            for handler in ancestor.handlers:
                if is_broad(module, handler) or any(
                    isinstance(node, (ast.Name, ast.Attribute)) and _takes_bad_url(last_name(node), callee)
                    for node in ast.walk(handler.type or handler)
                ):
                    return True
        child = ancestor
    return False


def _takes_bad_url(exception: str, callee: str) -> bool:
    return exception in _OF_BAD_URLS or (callee.startswith("httpx") and exception in _OF_HTTPX)


def _looks_at_urls(module: Module) -> bool:
    """Whether something of the module looks at the beginning of a text, or parses URLs."""
    if any(_LOOKING.search(name) for name in module.calls_by_name()):
        return True
    for call in module.calls_named("startswith"):
        if any(isinstance(one, ast.Constant) and str(one.value)[:4] == "http" for one in ast.walk(call)):
            return True
    return any(
        isinstance(side, ast.Constant) and side.value == "://"
        for compare in module.nodes(ast.Compare)
        for side in (compare.left, *compare.comparators)
    )
