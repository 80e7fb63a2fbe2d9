"""URLs of stores: names whose value a module hands to a call that connects to a database, cache or broker."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import store_addresses
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import Binding, BindingKind, FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What is called so is no URL, though a connection may be given it first; other words may be one.
_NO_URL = pattern(r"(?:^|_)(?:address|config|db|file|filename|hosts?|kwargs|name|options|params?|path|servers?)$")
_ASKING = frozenset({"get", "getenv", "str", "strip"})
_MAXIMUM_HOPS = 3
_LIBRARIES = tuple(f"{library}." for library in store_addresses.LIBRARIES)


def is_store_url(module: Module, expression: ast.Name | ast.Attribute) -> bool:
    """
    Whether an expression is the text of a URL by which the module connects to a store: it may hold a password.

    A call that is given the credentials as well has none in its URL. What a name holds counts where it is a
    parameter, a setting, or kept on `self`; what a function makes is not known, and a URL of SQLAlchemy shows no
    password.
    """
    if not module.imports(*store_addresses.LIBRARIES):
        return False
    given = module.keep("URLs of stores", _given_to_stores)
    if not given or _key(module, expression) not in given:
        return False
    return _may_be_full(module, expression, _MAXIMUM_HOPS)


def _given_to_stores(module: Module) -> frozenset[object]:
    """What is handed to connecting calls, also through a function of the module: names, attributes of `self`."""
    found: set[object] = set()
    passed: dict[FunctionNode, set[str]] = {}
    for call in module.calls_named(*store_addresses.CONNECTING):
        if not (module.callee(call) or "").startswith(_LIBRARIES):
            continue
        if any(keyword.arg in store_addresses.CREDENTIALS for keyword in call.keywords):
            continue
        url = _url_of(call)
        if url is None or _NO_URL.search(last_name(url).lower()):
            continue
        found.add(_key(module, url))
        function = module.function_of(url)
        if isinstance(url, ast.Name) and isinstance(function, _FUNCTIONS):
            passed.setdefault(function, set()).add(url.id)
    if not found:
        return frozenset()
    for function, names in passed.items():
        parameters = [*function.args.posonlyargs, *function.args.args]
        if module.class_of(function) is not None:
            # What is given to a method on its way is kept by whoever calls it, mostly on `self`: see below.
            continue
        for index, parameter in enumerate(parameters):
            if parameter.arg in names:
                for call in module.calls_named(function.name):
                    if index < len(call.args) and isinstance(call.args[index], (ast.Name, ast.Attribute)):
                        found.add(_key(module, call.args[index]))
    # The parameter by which such an attribute is set: `self._url = url`.
    for statement in module.nodes(ast.Assign):
        if isinstance(statement.value, ast.Name) and any(
            isinstance(target, ast.Attribute) and _key(module, target) in found for target in statement.targets
        ):
            found.add(_key(module, statement.value))
    return frozenset(found)


def _url_of(call: ast.Call) -> ast.Name | ast.Attribute | None:
    """The name or attribute that a connecting call is given as its URL."""
    given: ast.expr | None = call.args[0] if call.args else None
    if given is None:
        named = {keyword.arg: keyword.value for keyword in call.keywords}
        given = next((named[name] for name in store_addresses.PARAMETERS if name in named), None)
    if isinstance(given, ast.List) and given.elts:
        given = given.elts[0]
    return given if isinstance(given, (ast.Name, ast.Attribute)) else None


def _key(module: Module, expression: ast.expr) -> object:
    """What tells a name or attribute from others: with its function, with its class, or as it is written."""
    if isinstance(expression, ast.Name):
        sites = module.sites_of(expression)
        return (sites[0] if sites else None, expression.id)
    if isinstance(expression, ast.Attribute):
        holder = module.class_of_self(expression.value)
        if holder is not None:
            return (holder, expression.attr)
    return module.text(expression)


def _may_be_full(module: Module, expression: ast.expr, hops: int) -> bool:
    """Whether what an expression holds comes from outside as a text: nothing cuts the credentials off."""
    if hops == 0:
        return False
    if isinstance(expression, ast.Attribute):
        holder = module.class_of_self(expression.value)
        if holder is None:
            return True
        bindings = [binding for binding, _ in module.members(holder).attributes.get(expression.attr, ())]
    elif isinstance(expression, ast.Name):
        bindings = list(module.bindings(expression))
    else:
        return _is_asked(module, expression, hops)
    return bool(bindings) and all(_is_text(module, binding, hops - 1) for binding in bindings)


def _is_text(module: Module, binding: Binding, hops: int) -> bool:
    """Whether a name is bound to a parameter that may be a text, or to what settings say."""
    if binding.annotation is not None and not any(
        isinstance(part, ast.Name) and part.id == "str" for part in ast.walk(binding.annotation)
    ):
        return False
    if binding.kind is BindingKind.PARAMETER:
        return True
    return (
        binding.kind is BindingKind.ASSIGNMENT
        and binding.value is not None
        and _is_asked(module, binding.value, hops)
    )


def _is_asked(module: Module, value: ast.expr, hops: int) -> bool:
    """Whether a value is a setting, or a parameter, or one of these in place of another."""
    if isinstance(value, ast.BoolOp):
        return _is_asked(module, value.values[0], hops)
    if isinstance(value, ast.Subscript):
        return not isinstance(value.slice, ast.Slice) and not isinstance(value.value, ast.Call)
    if isinstance(value, ast.Call):
        return last_name(value) in _ASKING
    return isinstance(value, (ast.Name, ast.Attribute)) and _may_be_full(module, value, hops)
