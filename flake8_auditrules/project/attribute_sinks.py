"""Attributes that a request names: texts and bodies of requests that reach `getattr` and `setattr`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import answer_behind, arguments_by_place, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.value_sinks import Taking, value_sinks
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.handlers import own_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.request_bodies import open_bodies, reads_body
from flake8_auditrules.semantics.request_values import RequestValue, is_request
from flake8_auditrules.semantics.scopes import FunctionNode

_MAXIMUM_HOPS = 3
_TRIES = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))
_CHECKING = pattern(
    r"valid|check|schema|parse|clean|verif|ensure|sanit|allow|filter|restrict|strip|permit|load", re.IGNORECASE
)
# What is raised where there is nothing of a name.
_UNKNOWN_NAMES = ("KeyError", "LookupError", "AttributeError")
_CAUGHT = ("AttributeError", "FieldError")
# Methods of Django's managers that take conditions by the names of fields, and those that take their values.
_CONDITIONS = frozenset({"exclude", "filter", "get"})
_FILLING = frozenset({"create", "get_or_create", "update", "update_or_create"})
_SETS_OF_TEXTS = frozenset({"form", "args", "values", "query_params", "GET", "POST"})


class NamedAttribute(NamedTuple):
    """
    An attribute that a request names.

    `node` is the place in the linted module: the call of `getattr` or `setattr`, or the one that hands the value
    on; `value` is the text of what names it, `call` that of the call, `path` and `line` (1-based) its place.
    """

    node: ast.AST
    value: str
    call: str
    path: str
    line: int
    is_free: bool
    """Whether nobody looks at the name."""


def named_attributes(project: Project, module: Module, function: FunctionNode) -> Iterator[NamedAttribute]:
    """The attributes that a route reads or sets by a name of the request, those that somebody looks at too."""
    for sink in value_sinks(project, module, function, Taking("attributes", _attribute_name, _is_unguarded)):
        value = module.text(sink.value.node, 40)
        yield NamedAttribute(sink.node, value, sink.call, sink.path, sink.line, sink.is_free)
    yield from _set_from(project, module, function, open_bodies(module, function), 0)


def _attribute_name(module: Module, call: ast.Call) -> ast.expr | None:
    """
    The name that `getattr(x, name)` and `setattr(x, name, value)` take; with a default only where what `getattr`
    gives is called; and that by which a query of Django is ordered.
    """
    if isinstance(call.func, ast.Attribute):
        # Django's query looks up the text: any field, also through relations (`owner__password`).
        if not module.imports("django", "rest_framework"):
            return None
        if call.func.attr in _CONDITIONS:
            return _condition_name(call)
        ordered = call.func.attr == "order_by" and len(call.args) == 1
        return call.args[0] if ordered and not isinstance(call.args[0], ast.Starred) else None
    if not isinstance(call.func, ast.Name) or call.func.id not in ("getattr", "setattr"):
        return None
    if module.bindings(call.func) or not 2 <= len(call.args) <= 3:
        return None
    if len(call.args) == 2 and call.func.id == "setattr":
        return None
    if len(call.args) == 3 and call.func.id == "getattr" and not _is_called(module, call):
        return None
    # A name that is put together (`f"parse_{kind}"`) reaches only the attributes that are meant.
    name = call.args[1]
    return name if isinstance(name, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)) else None


def _condition_name(call: ast.Call) -> ast.expr | None:
    """What names the field of a condition: `filter(**{name: value})`, `filter(**{f"{name}__in": values})`."""
    given = call.keywords[0] if len(call.keywords) == 1 else None
    if (
        given is None
        or given.arg is not None
        or not isinstance(given.value, ast.Dict)
        or len(given.value.keys) != 1
    ):
        return None
    name = given.value.keys[0]
    first = name.values[0] if isinstance(name, ast.JoinedStr) and name.values else name
    name = first.value if isinstance(first, ast.FormattedValue) else name
    return name if isinstance(name, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)) else None


def _is_called(module: Module, call: ast.Call) -> bool:
    """Whether the one name that a call's result is bound to is called in the same function."""
    statement = module.parent(call)
    target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
    if not isinstance(target, ast.Name) or len(module.bindings(target)) != 1:
        return False
    function = module.function_of(call)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    uses = module.names_in(function).get(target.id, ())
    return any(isinstance(parent := module.parent(use), ast.Call) and parent.func is use for use in uses)


def _is_unguarded(module: Module, call: ast.Call, name: ast.expr, value: RequestValue) -> bool:
    """Whether nothing asks before whether there is such an attribute, and nothing catches its absence."""
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return not (
                _asks_for_attribute(module, ancestor, name, call)
                or _is_refused_before(module, ancestor, name, call)
            )
        if isinstance(ancestor, _TRIES) and child in ancestor.body:
            if any(_names(handler.type, one) for handler in ancestor.handlers for one in _CAUGHT):
                return False
        child = ancestor
    return True


def _asks_for_attribute(module: Module, function: FunctionNode, name: ast.expr, call: ast.Call) -> bool:
    """Whether another call of the function asks whether there is such an attribute."""
    text = module.source(name)
    return any(
        isinstance(node, ast.Call)
        and node is not call
        and (last_name(node) == "hasattr" or (last_name(node) == "getattr" and len(node.args) == 3))
        and len(node.args) > 1
        and module.source(node.args[1]) == text
        for node in module.own_nodes(function)
    )


def _is_refused_before(module: Module, function: FunctionNode, name: ast.expr, call: ast.Call) -> bool:
    """
    Whether a call before has been given the name, and the function ends where that knows no such one.

    `try: store.set_value(name, value)`, `except KeyError: raise HTTPException(404)`.
    """
    if not isinstance(name, ast.Name):
        return False
    for node in module.own_nodes(function):
        if not isinstance(node, _TRIES) or (node.end_lineno or 0) >= call.lineno or node.finalbody:
            continue
        ends = any(
            isinstance(handler.body[-1], (ast.Raise, ast.Return))
            and any(_names(handler.type, one) for one in _UNKNOWN_NAMES)
            for handler in node.handlers
        )
        if ends and any(
            _names(given, name.id)
            for part in own_calls(node.body)
            for given in (*part.args, *(keyword.value for keyword in part.keywords))
        ):
            return True
    return False


def _names(expression: ast.expr | None, name: str) -> bool:
    return expression is not None and any(
        isinstance(node, ast.Name) and node.id == name for node in ast.walk(expression)
    )


# -- loops over a body ---------------------------------------------------------------------------------------


def _set_from(
    project: Project, module: Module, function: FunctionNode, bodies: frozenset[str], hops: int
) -> Iterator[NamedAttribute]:
    """The attributes that loops over the keys of a body set, here and where the body is handed to."""
    if hops == 0 and module.attributes_named("objects"):
        yield from _given_as_fields(module, function, bodies)
    if not bodies and "setattr" not in module.calls_by_name():
        return
    for node in module.own_nodes(function):
        if isinstance(node, ast.For):
            source = _keys_of(module, node.iter, bodies)
            call = _setting(node) if source is not None else None
            if source is not None and call is not None:
                free = not (_is_tested(node) or _is_looked_at(module, function, source))
                text = module.text(call, 50)
                yield NamedAttribute(call, module.text(source, 40), text, module.path, call.lineno, free)
        elif isinstance(node, ast.Call) and bodies and hops < _MAXIMUM_HOPS:
            yield from _handed_on(project, module, function, node, bodies, hops)


def _given_as_fields(module: Module, function: FunctionNode, bodies: frozenset[str]) -> Iterator[NamedAttribute]:
    """The queries of Django's models that take the whole of a body: `filter(**request.GET.dict())`."""
    for node in module.own_nodes(function):
        if not isinstance(node, ast.Call) or last_name(node) not in _CONDITIONS | _FILLING:
            continue
        for given in node.keywords:
            whole = given.value if given.arg is None else None
            if (
                isinstance(whole, ast.Call)
                and last_name(whole) == "dict"
                and isinstance(whole.func, ast.Attribute)
            ):
                whole = whole.func.value
            source = _keys_of(module, whole, bodies) if whole is not None and _is_of_model(node) else None
            if source is not None:
                free = not _is_looked_at(module, function, source)
                yield NamedAttribute(
                    node, module.text(source, 40), module.call_text(node), module.path, node.lineno, free
                )


def _is_of_model(call: ast.Call) -> bool:
    """Whether a chain of calls begins with the manager of a model."""
    return any(isinstance(part, ast.Attribute) and part.attr == "objects" for part in ast.walk(call.func))


def _keys_of(module: Module, source: ast.expr, bodies: frozenset[str]) -> ast.expr | None:
    """The body whose keys a loop goes through: `body`, `body.items()`, `request.form.items()`."""
    if (
        isinstance(source, ast.Call)
        and isinstance(source.func, ast.Attribute)
        and source.func.attr in ("items", "keys")
    ):
        source = source.func.value
    if isinstance(source, ast.Name):
        return source if source.id in bodies else None
    if reads_body(module, source):
        return source
    if isinstance(source, ast.Attribute) and source.attr in _SETS_OF_TEXTS and is_request(module, source.value):
        return source
    return None


def _setting(loop: ast.For) -> ast.Call | None:
    """The `setattr(x, key, ...)` of a loop over keys."""
    target = loop.target.elts[0] if isinstance(loop.target, ast.Tuple) and loop.target.elts else loop.target
    if not isinstance(target, ast.Name):
        return None
    for statement in loop.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and last_name(node) == "setattr" and len(node.args) == 3:
                name = node.args[1]
                if isinstance(name, ast.Name) and name.id == target.id:
                    return node
    return None


def _is_tested(loop: ast.For) -> bool:
    """Whether a loop looks at the key; whether there is such an attribute says nothing of it."""
    target = loop.target.elts[0] if isinstance(loop.target, ast.Tuple) else loop.target
    assert isinstance(target, ast.Name)
    for statement in loop.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Compare) and _names(node, target.id):
                return True
            if isinstance(node, ast.Name) and node.id == target.id and isinstance(node.ctx, ast.Store):
                return True
            if isinstance(node, ast.Call) and last_name(node) not in ("setattr", "hasattr", "getattr", "print"):
                function = node.func
                on_key = isinstance(function, ast.Attribute) and _names(function.value, target.id)
                if on_key or (
                    _CHECKING.search(last_name(node)) and any(_names(one, target.id) for one in node.args)
                ):
                    return True
    return False


def _is_looked_at(module: Module, function: FunctionNode, source: ast.expr) -> bool:
    """Whether a function compares the keys of a body, takes some out, or hands it to something that checks."""
    if not isinstance(source, ast.Name):
        return False
    name = source.id
    for node in module.own_nodes(function):
        if isinstance(node, ast.Compare):
            if any(isinstance(one, (ast.LtE, ast.GtE, ast.Lt, ast.Gt)) for one in node.ops) and _names(node, name):
                return True
        elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Sub, ast.BitAnd)):
            if _names(node, name):
                return True
        elif isinstance(node, ast.Delete):
            if any(_names(target, name) for target in node.targets):
                return True
        elif isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute) and _names(called.value, name):
                if called.attr in ("pop", "update", "clear"):
                    return True
                continue
            if _CHECKING.search(last_name(node)) or last_name(node) == "set":
                if any(_names(one, name) for one in [*node.args, *(keyword.value for keyword in node.keywords)]):
                    return True
        elif isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
            if len(module.bindings(node)) > 1:
                return True
    return False


def _handed_on(
    project: Project, module: Module, function: FunctionNode, call: ast.Call, bodies: frozenset[str], hops: int
) -> Iterator[NamedAttribute]:
    """The attributes that a function sets from a body that a call hands to it, shown at the call."""
    whole = [
        (place, one) for place, one in arguments_by_place(call) if isinstance(one, ast.Name) and one.id in bodies
    ]
    if not whole or any(_is_looked_at(module, function, one) for _, one in whole):
        return
    places = tuple(place for place, _ in whole)
    answer = answer_behind(
        project,
        module,
        call,
        "attributes",
        (tuple(map(str, places)), hops),
        lambda: _set_behind(project, module, function, call, places, hops),
    )
    if answer is not None:
        text, path, line = answer
        yield NamedAttribute(call, module.text(whole[0][1], 40), text, path, line, True)


def _set_behind(
    project: Project,
    module: Module,
    function: FunctionNode,
    call: ast.Call,
    places: tuple[int | str, ...],
    hops: int,
) -> tuple[str, str, int] | None:
    """The first call in a called function that sets attributes from a body: its text, file and 1-based line."""
    found = definition_of(project, module, call)
    if found is None or found.function is function:
        return None
    handed = frozenset(name for name in map(found.parameter, places) if name)
    for sink in _set_from(project, found.module, found.function, handed, hops + 1):
        if sink.is_free:
            return sink.call, sink.path, sink.line
    return None
