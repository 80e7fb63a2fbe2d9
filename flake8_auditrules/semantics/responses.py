"""Responses: what becomes of the answer to a request in the function that sends it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_auditrules.knowledge import responses
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.branches import are_alternative
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import assigned_target, last_name
from flake8_auditrules.semantics.scopes import FunctionNode, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TEMPORARY = ("NamedTemporaryFile", "SpooledTemporaryFile", "TemporaryFile")
_FILES = frozenset(
    {"builtins.open", "io.open", "aiofiles.open", "gzip.open", *(f"tempfile.{name}" for name in _TEMPORARY)}
)


class Response(NamedTuple):
    """
    The answer to the request that `call` sends.

    `attributes` are the reads of its attributes in the function, in source order; `function` is what sends it.
    `elsewhere` are reads of attributes of the same name that may be those of this response or of another one.
    """

    call: ast.Call
    function: FunctionNode
    attributes: tuple[ast.Attribute, ...]
    elsewhere: tuple[ast.Attribute, ...] = ()


def response_of(module: Module, call: ast.Call) -> Response | None:
    """The response to a request, where only its attributes are read; None where it goes anywhere else."""
    function = module.function_of(call)
    if not isinstance(function, _FUNCTIONS):
        return None
    value: ast.expr = call
    parent = module.parent(value)
    if isinstance(parent, ast.Await):
        value, parent = parent, module.parent(parent)
    if isinstance(parent, ast.Attribute):
        return Response(call, function, (parent,))
    target = parent.optional_vars if isinstance(parent, ast.withitem) else assigned_target(parent)
    if not isinstance(target, ast.Name):
        return None
    owner = module.owner_of(target)
    if owner is None or owner.kind is not ScopeKind.FUNCTION or owner.node is not function:
        return None
    uses = list(_named(function, target.id))
    own = uses_of_branch(module, target, uses)
    if own is None:
        own = _own_uses(module, call, target, uses)
    others: list[ast.Name] = []
    if own is None:
        if not all(_may_be_response(module, binding.value, call) for binding in module.bindings(target)):
            return None
        own = _uses_until_next(module, target, uses)
        others = [use for use in uses if use not in own]
    attributes = [module.parent(use) for use in own]
    elsewhere = [module.parent(use) for use in others]
    if not all(isinstance(holder, ast.Attribute) for holder in (*attributes, *elsewhere)):
        return None
    return Response(
        call,
        function,
        tuple(holder for holder in attributes if isinstance(holder, ast.Attribute)),
        tuple(holder for holder in elsewhere if isinstance(holder, ast.Attribute)),
    )


def uses_of_branch(module: Module, target: ast.Name, uses: list[ast.Name]) -> list[ast.Name] | None:
    """The uses of a name that can mean what `target` binds, where all else that binds it is of other branches."""
    others = [site for site in module.sites_of(target) if site is not target]
    if not others:
        return uses
    if module.loop_of(target) is not None or not all(are_alternative(module, target, site) for site in others):
        return None
    return [use for use in uses if use.lineno >= target.lineno and not are_alternative(module, target, use)]


def _own_uses(module: Module, call: ast.Call, target: ast.Name, uses: list[ast.Name]) -> list[ast.Name] | None:
    """
    The uses of a name, bound more than once, that can only mean this response; None where that is not sure.

    Sure is the body of a `with`, and what stands between two assignments of the same block.
    """
    following = _uses_until_next(module, target, uses)
    statement = module.statement(target)
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        return following if all(statement in module.ancestors(use) for use in following) else None
    loop = module.loop_of(call)
    sites = module.sites_of(target)
    if isinstance(loop, ast.stmt) and any(loop in module.ancestors(site) for site in sites if site is not target):
        return None
    block = module.parent(statement)
    if (
        block is not None
        and block is not module.function_of(call)
        and not all(block in module.ancestors(use) for use in following)
    ):
        return None
    later = _next_site(target, sites)
    if later is None or module.parent(module.statement(later)) is block:
        return following if later is None or _is_beside(module, statement, module.statement(later)) else None
    return None


def _may_be_response(module: Module, value: ast.expr | None, call: ast.Call) -> bool:
    """Whether a value is None, the answer to a request, or that of another call of the same function."""
    sent = _request_of(value)
    if isinstance(sent, ast.Constant):
        return sent.value is None
    return isinstance(sent, ast.Call) and (
        _is_request(module, sent) or module.source(sent.func) == module.source(call.func)
    )


def _is_beside(module: Module, statement: ast.stmt, other: ast.stmt) -> bool:
    """Whether two statements with the same parent stand in the same block of it."""
    parent = module.parent(statement)
    blocks = (getattr(parent, name, None) for name in ("body", "orelse", "finalbody"))
    return any(isinstance(block, list) and statement in block and other in block for block in blocks)


def _next_site(target: ast.Name, sites: Sequence[ast.AST]) -> ast.Name | None:
    """The first place after this one that binds the name again."""
    names = (site for site in sites if isinstance(site, ast.Name) and _place(site) > _place(target))
    return min(names, key=_place, default=None)


def _uses_until_next(module: Module, target: ast.Name, uses: list[ast.Name]) -> list[ast.Name]:
    """The uses of a name after one place that binds it and before the next, in the order of the source."""
    later = _next_site(target, module.sites_of(target))
    again = module.statement(later) if later is not None else None
    # The right-hand side of an assignment is worked out before the name is bound.
    value = again.value if isinstance(again, (ast.Assign, ast.AnnAssign)) else None
    return [
        use
        for use in uses
        if _place(use) > _place(target)
        and (
            later is None or _place(use) < _place(later) or (value is not None and value in module.ancestors(use))
        )
    ]


def _place(node: ast.expr) -> tuple[int, int]:
    return node.lineno, node.col_offset


def hands_back(module: Module, call: ast.Call) -> FunctionNode | None:
    """
    The function that gives its callers the response to a request as it is, whatever its status.

    None where the function, or what decorates it, may look at the status, or where it answers anything else too.
    """
    function = module.function_of(call)
    if not isinstance(function, _FUNCTIONS) or function.decorator_list or module.is_generator(function):
        return None
    answered = False
    for node in module.own_nodes(function):
        if isinstance(node, ast.Attribute) and node.attr in responses.STATUS:
            return None
        if isinstance(node, ast.Return) and node.value is not None:
            if not _is_response(module, function, node.value):
                return None
            answered = answered or call is _request_of(node.value) or isinstance(node.value, ast.Name)
    return function if answered and _goes_nowhere_else(module, function, call) else None


def _request_of(value: ast.expr | None) -> ast.expr | None:
    return value.value if isinstance(value, ast.Await) else value


def _is_response(module: Module, function: FunctionNode, value: ast.expr) -> bool:
    """Whether what a function returns is None, a request, or a name that only ever holds responses."""
    if isinstance(value, ast.Constant):
        return value.value is None
    if isinstance(value, ast.Name):
        values = [_request_of(binding.value) for binding in module.bindings(value)]
        return bool(values) and all(isinstance(one, ast.Call) and _is_request(module, one) for one in values)
    sent = _request_of(value)
    return isinstance(sent, ast.Call) and _is_request(module, sent)


def _is_request(module: Module, call: ast.Call) -> bool:
    return module.called(call, responses.METHODS | responses.FUNCTIONS) is not None


def _goes_nowhere_else(module: Module, function: FunctionNode, call: ast.Call) -> bool:
    """Whether a response is returned at once, or its name is only returned and read by its attributes."""
    value: ast.AST = call
    parent = module.parent(value)
    if isinstance(parent, ast.Await):
        value, parent = parent, module.parent(parent)
    if isinstance(parent, ast.Return):
        return True
    target = parent.targets[0] if isinstance(parent, ast.Assign) else None
    return isinstance(target, ast.Name) and all(
        isinstance(module.parent(use), (ast.Return, ast.Attribute)) for use in _named(function, target.id)
    )


def written_bodies(module: Module, response: Response) -> Iterator[ast.Attribute]:
    """The reads of a response's body that go into a file as they are, whole or part by part."""
    for use in response.attributes:
        if use.attr in responses.BODIES:
            if any(_goes_to_file(module, value) for value in _values_of(module, use)):
                yield use
        elif use.attr in responses.BODY_PARTS:
            read = module.parent(use)
            loop = module.parent(read) if isinstance(read, ast.Call) else None
            if (
                isinstance(loop, (ast.For, ast.AsyncFor))
                and loop.iter is read
                and isinstance(loop.target, ast.Name)
            ):
                chunk = loop.target.id
                if any(_goes_to_file(module, part) for part in _named(loop, chunk)):
                    yield use


def stored_bodies(module: Module, response: Response) -> Iterator[ast.Attribute]:
    """The reads of a response's body that are encoded, or put into a store of objects, as they are."""
    for use in response.attributes:
        if use.attr in responses.BODIES and any(_is_stored(module, value) for value in _values_of(module, use)):
            yield use


def _is_stored(module: Module, value: ast.expr) -> bool:
    call = module.parent(value)
    if isinstance(call, ast.keyword):
        of = module.parent(call)
        return call.arg in responses.STORED_AS and isinstance(of, ast.Call) and last_name(of) in responses.STORING
    if not isinstance(call, ast.Call) or value not in call.args[:1]:
        return False
    return module.callee(call) in responses.ENCODERS or last_name(call) in responses.STORING


def _values_of(module: Module, read: ast.expr) -> Iterator[ast.expr]:
    """An expression, and the uses of the name that alone holds its value."""
    yield read
    parent = module.parent(read)
    if isinstance(parent, ast.Assign) and len(parent.targets) == 1 and isinstance(parent.targets[0], ast.Name):
        name = parent.targets[0]
        function = module.function_of(read)
        if function is not None and len(module.sites_of(name)) == 1:
            yield from _named(function, name.id)


def _named(within: ast.AST, name: str) -> Iterator[ast.Name]:
    for node in ast.walk(within):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            yield node


def _goes_to_file(module: Module, value: ast.expr) -> bool:
    """Whether an expression is what a call writes to a file that is opened here."""
    call = module.parent(value)
    if not isinstance(call, ast.Call) or value not in call.args:
        return False
    function = call.func
    if module.qualname(function) == "shutil.copyfileobj":
        return call.args[0] is value and len(call.args) > 1 and _is_file(module, call.args[1])
    if not isinstance(function, ast.Attribute) or len(call.args) != 1:
        return False
    if function.attr in ("write_bytes", "write_text"):
        return True
    return function.attr == "write" and _is_file(module, function.value)


def _is_file(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is a file that the function itself opens."""
    made: list[ast.expr | None] = [expression]
    if isinstance(expression, ast.Name):
        made = [binding.value for binding in module.bindings(expression)]
    calls = (value.value if isinstance(value, ast.Await) else value for value in made)
    return bool(made) and all(
        isinstance(call, ast.Call)
        and (
            module.callee(call) in _FILES
            or (
                isinstance(call.func, ast.Attribute) and call.func.attr == "open" and not module.imports("zipfile")
            )
        )
        for call in calls
    )


def url_of(module: Module, call: ast.Call) -> ast.expr | None:
    """The URL that a request is sent to."""
    verb = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return module.argument(call, "url", responses.URL_POSITION.get(verb, 0))


def sees_to_status(module: Module, call: ast.Call) -> bool | None:
    """
    Whether a request, or the client that sends it, is made so that an error status raises.

    None where the client comes from elsewhere, so that nobody knows.
    """
    if _sees(call):
        return True
    if module.called(call, responses.FUNCTIONS) is not None or module.callee(call) == "httpx.stream":
        return False
    assert isinstance(call.func, ast.Attribute)
    made = _maker(module, call.func.value)
    return None if made is None else _sees(made)


def _sees(call: ast.Call) -> bool:
    return any(keyword.arg is None or keyword.arg in responses.CHECKING_ARGUMENTS for keyword in call.keywords)


def _maker(module: Module, client: ast.expr) -> ast.Call | None:
    """The call that makes a client, where the function or the class shows exactly one."""
    if isinstance(client, ast.Call):
        return client
    values: list[ast.expr | None] = []
    if isinstance(client, ast.Name):
        bindings = module.bindings(client)
        if len(bindings) > 1:
            # One of several `with` blocks that give the name is around the request.
            around = set(module.ancestors(client))
            bindings = [
                binding
                for binding in bindings
                if isinstance(block := module.statement(binding.site), (ast.With, ast.AsyncWith))
                and block in around
            ]
        values = [binding.value for binding in bindings]
    elif isinstance(client, ast.Attribute) and isinstance(client.value, ast.Name):
        function = module.function_of(client)
        holder = module.class_of(function) if function is not None else None
        if holder is not None:
            values = [binding.value for binding, _ in module.members(holder).attributes.get(client.attr, ())]
    calls = [value for value in values if isinstance(value, ast.Call)]
    return calls[0] if len(calls) == 1 == len(values) else None
