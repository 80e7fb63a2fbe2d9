"""Bodies of requests that nothing has checked: JSON objects whose keys and values the client chooses freely."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import annotated, assigned_target, last_name, uncalled
from flake8_auditrules.semantics.request_values import is_fastapi_route, is_request, path_parameters
from flake8_auditrules.semantics.route_answers import answers_with_fault
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import Binding, BindingKind, FunctionNode

_TRIES = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))
_OPEN = frozenset({"builtins.dict", "typing.Dict", "typing.Mapping", "collections.abc.Mapping"})
_OF_FRAMEWORK = frozenset(
    f"{package}{name}"
    for package in ("fastapi.", "starlette.requests.", "starlette.responses.", "fastapi.responses.")
    for name in ("Request", "Response", "BackgroundTasks")
)
# Where Django REST framework's parsers put what is uploaded; without it they fail themselves.
_UPLOADED = "file"
_LOADING = frozenset({"flask.json.loads", "json.loads", "orjson.loads", "simplejson.loads", "ujson.loads"})
_CATCHING = frozenset({"KeyError", "LookupError", "Exception", "BaseException"})
_CATCHING_TEXTS = frozenset({"BaseException", "Exception", "JSONDecodeError", "ValueError"})
# Methods that texts have and the other values of JSON have not.
_OF_TEXTS = frozenset(
    {"casefold", "endswith", "lower", "lstrip", "rstrip", "split", "splitlines", "startswith", "strip", "upper"}
)
# How a class of pydantic's makes a model of a whole object.
_VALIDATING = frozenset({"model_validate", "parse_obj"})
_CHECKING = pattern(
    r"valid|check|schema|parse|clean|verif|ensure|require|sanit|allow|expect|assert|deserial|unmarshal|issubset"
    r"|isdisjoint|from_dict|from_json|load(?!s$)",
    re.IGNORECASE,
)
# What a `with` is for that lets failures through: a connection, a transaction, a lock, a measurement.
_LETS_THROUGH = pattern(
    r"session|transaction|atomic|lock|span|connect|cursor|begin|trace|timer|client|semaphore|open$", re.IGNORECASE
)
_HARMLESS_WRAPPER = pattern(
    r"login|auth|permission|jwt|limit|role|token|cache|doc|admin|user|inject|csrf|exempt|secure(?:d|_|$)|protected"
    r"|trace|tracing|instrument|timed|metric|websocket",
    re.IGNORECASE,
)
_MACHINES = pattern(r"webhook|signature|hmac|callback|hook", re.IGNORECASE)
# What a function names that takes the signed events of another program.
_SIGNED = pattern(r"webhook|signature|hmac", re.IGNORECASE)


class Guess(NamedTuple):
    """
    A place that takes for granted of what kind a body, or a value in it, is.

    `fault` is the exception that it raises otherwise, `sent` what the client sends then; `key` is the one of the
    value, None where it is the body itself that need be no object.
    """

    node: ast.Call
    fault: str
    sent: str
    key: object


def open_bodies(module: Module, function: FunctionNode) -> frozenset[str]:
    """
    The names of a route that hold a whole body as the client sent it.

    Parameters of type `dict`, and variables assigned once from `await request.json()` and the like.
    """
    known: dict[FunctionNode, frozenset[str]] = module.keep("open bodies", lambda _: {})
    found = known.get(function)
    if found is None:
        answers = is_route(module, function) or takes_messages(module, function)
        found = known[function] = frozenset(_open_bodies(module, function) if answers else ())
    return found


def takes_messages(module: Module, function: FunctionNode) -> bool:
    """Whether a function reads the messages of a WebSocket's client as JSON."""
    return any(_is_message(module, read) for read in _reads_by_function(module).get(function, ()))


def _open_bodies(module: Module, function: FunctionNode) -> Iterator[str]:
    if is_fastapi_route(module, function):
        in_path = path_parameters(module, function)
        for argument, annotation in annotated(function):
            if (
                argument.arg not in in_path
                and _is_open(module, annotation)
                and _is_body(module, module.names.binding(argument).value)
            ):
                yield argument.arg
    if _has_model(module, function):
        return
    for read in _reads_by_function(module).get(function, ()):
        name = _holder(module, read)
        if name is not None and len(_values_of(module, name)) == 1:
            yield name.id


def _values_of(module: Module, name: ast.Name) -> list[Binding]:
    """Where a variable gets a value, but for the empty object that a handler puts in place of no body."""
    return [
        binding
        for binding in module.bindings(name)
        if not (
            binding.kind is BindingKind.ASSIGNMENT
            and isinstance(binding.value, ast.Dict)
            and not binding.value.keys
            and isinstance(module.parent(module.statement(binding.site)), ast.ExceptHandler)
        )
    ]


def _holder(module: Module, read: ast.expr) -> ast.Name | None:
    """The variable that keeps a body: of `data = request.get_json()`, and of `data = request.get_json() or {}`."""
    target = assigned_target(module.parent(_or_empty(module, read)))
    return target if isinstance(target, ast.Name) else None


def _or_empty(module: Module, read: ast.expr) -> ast.expr:
    """A body, or an empty object where there is none: what stands around `request.get_json()` in `... or {}`."""
    around = module.parent(read)
    if (
        isinstance(around, ast.BoolOp)
        and isinstance(around.op, ast.Or)
        and around.values[0] is read
        and all(isinstance(other, ast.Dict) and not other.keys for other in around.values[1:])
    ):
        return around
    return read


def _reads_by_function(module: Module) -> dict[ast.AST | None, list[ast.expr]]:
    """The expressions that read a whole JSON body, by the function that runs them."""
    return module.keep("reads of bodies", _find_reads)


def _find_reads(module: Module) -> dict[ast.AST | None, list[ast.expr]]:
    found: dict[ast.AST | None, list[ast.expr]] = {}
    places: list[ast.expr] = [
        *module.calls_named("json", "get_json", "loads", "receive_json"),
        *module.attributes_named("json"),
    ]
    if module.imports("rest_framework"):
        places += module.attributes_named("data")
    for place in places:
        parent = module.parent(place)
        read = parent if isinstance(parent, ast.Await) else place
        if reads_body(module, read):
            function = module.function_of(place)
            found.setdefault(function, []).append(read)
            if isinstance(function, ast.FunctionDef) and _gives(module, function, read):
                for call in module.calls_named(function.name):
                    if module.instances.local_function(module.qualname(call.func) or "") is function:
                        found.setdefault(module.function_of(call), []).append(call)
    return found


def _gives(module: Module, function: ast.FunctionDef, read: ast.expr) -> bool:
    """Whether a function does no more than give the body that it reads: `return request.get_json() or {}`."""
    statement = module.parent(_or_empty(module, read))
    return isinstance(statement, ast.Return) and all(
        one is statement or (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        for one in function.body
    )


def _has_model(module: Module, function: FunctionNode) -> bool:
    """Whether a FastAPI route has a parameter that may be a model: it has checked the body that is read again."""
    if not is_fastapi_route(module, function):
        return False
    arguments = function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if argument.annotation is None or _is_open(module, argument.annotation):
            continue
        default = module.names.binding(argument).value
        if isinstance(default, ast.Name):
            # `user: User = signed_in`, where `signed_in = Depends(...)` stands once for all routes.
            default = next((binding.value for binding in module.bindings(default)), None)
        if isinstance(default, ast.Call) and module.callee(default) != "fastapi.Body":
            continue
        named = module.instances.annotated_class(argument.annotation) or ""
        if named.rpartition(".")[0] not in ("builtins", "uuid", "datetime") and named not in _OF_FRAMEWORK:
            return True
    return False


def _is_open(module: Module, annotation: ast.expr) -> bool:
    """Whether an annotation is a dictionary of anything: `dict`, `dict[str, Any]`."""
    if isinstance(annotation, ast.Subscript):
        if module.qualname(annotation.value) == "typing.Annotated" and isinstance(annotation.slice, ast.Tuple):
            first, *others = annotation.slice.elts
            return _is_open(module, first) and all(_is_body(module, one) for one in others)
        if isinstance(annotation.slice, ast.Tuple):
            value = annotation.slice.elts[-1]
            return module.qualname(annotation.value) in _OPEN and module.qualname(value) in (
                "typing.Any",
                "builtins.object",
                "builtins.str",
            )
        return False
    return module.qualname(annotation) in _OPEN


def _is_body(module: Module, default: ast.expr | None) -> bool:
    """Whether a parameter with this default comes from the body: no default, `Body(...)`, `None` or `{}`."""
    if isinstance(default, ast.Call):
        return module.callee(default) == "fastapi.Body"
    return default is None or isinstance(default, (ast.Constant, ast.Dict))


def reads_body(module: Module, expression: ast.expr) -> bool:
    """Whether an expression reads a whole JSON body: `await request.json()`, `request.get_json()` and the like."""
    if _is_message(module, expression):
        return True
    if isinstance(expression, ast.Await):
        expression = expression.value
        awaited = True
    else:
        awaited = False
    if isinstance(expression, ast.Attribute):
        if expression.attr == "data":
            return module.imports("rest_framework") and is_request(module, expression.value)
        return expression.attr == "json" and module.qualname(expression) in ("flask.request.json",)
    if not isinstance(expression, ast.Call) or not isinstance(expression.func, ast.Attribute):
        return False
    function = expression.func
    if module.qualname(function) in _LOADING and expression.args:
        inner = expression.args[0]
        if isinstance(inner, ast.Name):
            bindings = module.bindings(inner)
            inner = (bindings[0].value if len(bindings) == 1 else None) or inner
        if isinstance(inner, ast.Await):
            inner = inner.value
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr == "decode":
            inner = inner.func.value
        if isinstance(inner, ast.Call):
            inner = inner.func
        return (
            isinstance(inner, ast.Attribute) and inner.attr in ("body", "data") and is_request(module, inner.value)
        )
    if not is_request(module, function.value):
        return False
    return (function.attr == "json" and awaited) or function.attr == "get_json"


def _is_message(module: Module, expression: ast.expr) -> bool:
    """Whether an expression reads a message of a WebSocket's client as JSON."""
    if isinstance(expression, ast.Await):
        return _is_received(module, expression, ("receive_json",))
    if not isinstance(expression, ast.Call) or module.qualname(expression.func) not in _LOADING:
        return False
    text = expression.args[0] if expression.args else None
    if isinstance(text, ast.Name):
        bindings = module.bindings(text)
        text = bindings[0].value if len(bindings) == 1 else None
    return text is not None and _is_received(module, text, ("receive_text", "receive_bytes"))


def _is_received(module: Module, expression: ast.expr, methods: tuple[str, ...]) -> bool:
    """Whether an expression awaits what a method of a Starlette WebSocket receives, also within a time limit."""
    call = expression.value if isinstance(expression, ast.Await) else None
    if isinstance(call, ast.Call) and last_name(call) == "wait_for" and call.args:
        call = call.args[0]
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr not in methods:
        return False
    return module.instance_of(call.func.value) in web.WEBSOCKETS


# -- what is done with them --------------------------------------------------------------------------------


def unguarded_keys(module: Module, function: FunctionNode) -> list[ast.Subscript | ast.Call]:
    """
    The places where a route takes a key of an unchecked body that may be missing, the first for each body.

    None of a body that the function looks at: a test of its keys, a call that by its name checks or parses it,
    a `try` that catches KeyError and answers with another status than 500; and none of a webhook, whose sender is
    known by its signature.
    """
    found: dict[str, ast.Subscript | ast.Call] = {}
    reads = _reads_by_function(module).get(function, ())
    bodies: list[tuple[str, ast.expr]] = [("", _or_empty(module, read)) for read in reads]
    for name in open_bodies(module, function):
        bodies += [(name, use) for use in module.names_in(function).get(name, ())]
    for name, body in bodies:
        taken = _taken_from(module, body)
        key = _key_of(module, taken) if taken is not None else None
        if taken is None or not isinstance(key, str) or (key == _UPLOADED and module.imports("rest_framework")):
            continue
        if name not in found and module.function_of(body) is function and not is_answered_around(module, taken):
            found[name] = taken
    if not found or is_signed_or_wrapped(module, function) or _hands_request_to_base(module, function):
        return []
    return [
        node
        for name, node in found.items()
        if not (
            _is_looked_at(module, function, name, node) if name else _is_read_elsewhere(module, function, node)
        )
    ]


def unparsed_reads(module: Module, function: FunctionNode) -> list[ast.expr]:
    """
    Where a route first reads a body, or a socket a message, that need be no JSON, and nothing answers for it.

    What raises there (Starlette, FastAPI, aiohttp, and `json.loads` of the body in every framework; seen in their
    sources: `json.loads` of the bytes). Flask's and sanic's own readers answer with 400 themselves, and so does a
    model or `dict` that FastAPI has read before. None where any handler stands around, none of a webhook.
    """
    reads = [read for read in _reads_by_function(module).get(function, ()) if _raises_for_text(module, read)]
    if not reads or _has_model(module, function) or _has_whole_parameter(module, function):
        return []
    first = min(reads, key=lambda read: (read.lineno, read.col_offset))
    if _is_caught(module, first, _CATCHING_TEXTS):
        return []
    if is_signed_or_wrapped(module, function) or _hands_request_to_base(module, function):
        return []
    return [first]


def _raises_for_text(module: Module, read: ast.expr) -> bool:
    """Whether a read raises for a body that is no JSON, in place of an answer with 400 by the framework."""
    if not reads_body(module, read):
        return False
    if isinstance(read, ast.Await):
        return module.imports("fastapi") or module.imports("starlette") or module.imports("aiohttp")
    return isinstance(read, ast.Call) and module.qualname(read.func) in _LOADING


def _has_whole_parameter(module: Module, function: FunctionNode) -> bool:
    """Whether FastAPI reads the body of a route itself before the route does, for a parameter of type `dict`."""
    return is_fastapi_route(module, function) and any(
        argument.arg not in path_parameters(module, function) and _is_open(module, annotation)
        for argument, annotation in annotated(function)
    )


def _is_caught(module: Module, node: ast.AST, faults: frozenset[str]) -> bool:
    """Whether a `try` around a place catches one of some faults, whatever it answers, or a `with` may."""
    return _around(module, node, faults) is not None


def handed_whole(module: Module, function: FunctionNode, faults: Collection[str]) -> list[ast.Call]:
    """
    The calls of a route that take an unchecked body apart by its keys, the first for each body.

    `Order(**body)` and `Order.model_validate(body)`. None of a body that the function looks at before or beside,
    none where one of some faults is caught (the names of exceptions as `except` writes them), none of a webhook.
    """
    found: dict[str, ast.Call] = {}
    for name in sorted(open_bodies(module, function)):
        uses = sorted(module.names_in(function).get(name, ()), key=lambda use: (use.lineno, use.col_offset))
        for use in uses:
            call = _taking_apart(module, use)
            if call is None or module.function_of(use) is not function:
                continue
            if not is_answered_around(module, call, frozenset(faults)) and not _is_looked_at(
                module, function, name, call
            ):
                found[name] = call
            break
    if not found or is_signed_or_wrapped(module, function) or _hands_request_to_base(module, function):
        return []
    return list(found.values())


def handed_on(module: Module, function: FunctionNode) -> list[tuple[ast.Call, int | str]]:
    """
    The calls of a route that are given an unchecked body as it is, and the place of the argument, for each body.

    None of a body that the route looks at itself, none whose missing keys it answers for, none of a job that goes
    on behind the answer, none of a webhook.
    """
    found: list[tuple[ast.Call, int | str]] = []
    for name in sorted(open_bodies(module, function)):
        for use in module.names_in(function).get(name, ()):
            given = module.parent(use)
            call = module.parent(given) if isinstance(given, ast.keyword) else given
            if not isinstance(call, ast.Call) or call.func is use or module.function_of(use) is not function:
                continue
            around = module.parent(call)
            # `create_task(store(body))` fails later; `Response(store(body))` and `jsonify(store(body))` at once.
            is_later = isinstance(around, ast.Call) and not re.match("[A-Z]|jsonify$", last_name(around))
            if is_later or is_answered_around(module, call):
                continue
            if _CHECKING.search(last_name(call)) or _is_looked_at(module, function, name, call):
                break
            if isinstance(given, ast.keyword) and given.arg is not None:
                found.append((call, given.arg))
            elif use in call.args and not any(isinstance(one, ast.Starred) for one in call.args):
                found.append((call, call.args.index(use)))
    if not found or is_signed_or_wrapped(module, function) or _hands_request_to_base(module, function):
        return []
    return found


def key_taken_of(module: Module, function: FunctionNode, name: str) -> str | None:
    """
    The first key that a function takes of an object that a parameter holds, where it fails without it.

    None where the function looks at the object, or answers for what is missing.
    """
    uses = sorted(module.names_in(function).get(name, ()), key=lambda use: (use.lineno, use.col_offset))
    for use in uses:
        taken = _taken_from(module, use)
        key = _key_of(module, taken) if taken is not None else None
        if taken is None or not isinstance(key, str) or module.function_of(use) is not function:
            continue
        if len(module.bindings(use)) != 1 or is_answered_around(module, taken):
            return None
        return None if _is_looked_at(module, function, name, taken) else key
    return None


def _taking_apart(module: Module, use: ast.Name) -> ast.Call | None:
    """The call that is given a body as its keywords, or makes a model of it."""
    holder = module.parent(use)
    call = module.parent(holder) if isinstance(holder, ast.keyword) and holder.arg is None else holder
    if not isinstance(call, ast.Call):
        return None
    if isinstance(holder, ast.keyword):
        return call
    is_alone = call.args == [use] and not call.keywords
    return call if is_alone and last_name(call) in _VALIDATING else None


def _taken_from(module: Module, body: ast.expr) -> ast.Subscript | ast.Call | None:
    """The place that takes a key of a body and fails where it is missing: `body["name"]`, `body.pop("name")`."""
    taken = module.parent(body)
    if isinstance(taken, ast.Subscript):
        return taken if taken.value is body and isinstance(taken.ctx, ast.Load) else None
    called = module.parent(taken) if isinstance(taken, ast.Attribute) and taken.attr == "pop" else None
    if isinstance(called, ast.Call) and called.func is taken and len(called.args) == 1 and not called.keywords:
        return called
    return None


def _key_of(module: Module, taken: ast.Subscript | ast.Call) -> object:
    """The key that is taken of a body; None for one that is not written out, and where a call gets the whole."""
    if isinstance(taken, ast.Subscript):
        return module.literal(taken.slice)
    return module.literal(taken.args[0]) if last_name(taken) == "pop" and taken.args else None


def guessed_kinds(module: Module, function: FunctionNode) -> list[Guess]:
    """
    The places where a route takes the kind of an unchecked body or of a value in it for granted, the first for
    each body.

    `int(body.get("count"))`, `body["name"].strip()`, `body.get("name")` of what may be a list. None where the
    function asks for kinds, hands the body to something that by its name checks it, or catches the exception; and
    none of a webhook.
    """
    found: dict[str, Guess] = {}
    lists: dict[str, Guess] = {}
    bodies: list[tuple[str, ast.expr]] = []
    for read in _reads_by_function(module).get(function, ()):
        if not isinstance(module.parent(_or_empty(module, read)), (ast.Assign, ast.AnnAssign)):
            bodies.append(("", _or_empty(module, read)))
    for name in open_bodies(module, function):
        bodies += [(name, use) for use in module.names_in(function).get(name, ())]
    for name, body in sorted(bodies, key=lambda one: (one[1].lineno, one[1].col_offset)):
        if name in found or module.function_of(body) is not function:
            continue
        for guess in (_guess(module, function, body), _guess_of_name(module, function, body)):
            if guess is None or is_answered_around(module, guess.node, _CATCHING | {guess.fault}):
                continue
            if guess.fault == "AttributeError" and _is_known_kind(module, function, name, guess):
                continue
            if not _asks_for_kinds(module, function, name, guess):
                # Where an empty object stands for what is none, a wrong value is the likelier mistake.
                kept = lists if guess.key is None and _is_or_empty(module, body) else found
                kept.setdefault(name, guess)
    found = {**lists, **found}
    if not found or is_signed_or_wrapped(module, function) or _hands_request_to_base(module, function):
        return []
    return list(found.values())


def _is_known_kind(module: Module, function: FunctionNode, name: str, guess: Guess) -> bool:
    """
    Whether what a guess takes for granted is made sure of.

    FastAPI lets nothing but texts into `dict[str, str]`, and a list is turned away where the function asks for a
    key of the body: `if "prompt" not in data: return`.
    """
    if not name:
        return False
    if guess.key is None:
        return any(
            isinstance(use_in := module.parent(use), ast.Compare)
            and isinstance(use_in.ops[0], (ast.In, ast.NotIn))
            and use_in.comparators[-1] is use
            and isinstance(use_in.left, ast.Constant)
            and use.lineno <= guess.node.lineno
            for use in module.names_in(function).get(name, ())
        )
    for argument, annotation in annotated(function):
        if argument.arg == name:
            return _holds_texts(module, annotation)
    return False


def _holds_texts(module: Module, annotation: ast.expr) -> bool:
    if not isinstance(annotation, ast.Subscript) or not isinstance(annotation.slice, ast.Tuple):
        return False
    if module.qualname(annotation.value) == "typing.Annotated":
        return _holds_texts(module, annotation.slice.elts[0])
    return module.qualname(annotation.value) in _OPEN and (
        module.qualname(annotation.slice.elts[-1]) == "builtins.str"
    )


def _is_or_empty(module: Module, body: ast.expr) -> bool:
    """Whether a name holds a body or an empty object: `data = request.get_json() or {}`."""
    if not isinstance(body, ast.Name):
        return False
    values = _values_of(module, body)
    is_replaced = len(values) < len(module.bindings(body))
    return len(values) == 1 and (is_replaced or isinstance(values[0].value, ast.BoolOp))


def _guess(module: Module, function: FunctionNode, body: ast.expr) -> Guess | None:
    """What is taken for granted of a value that is taken out of a body, or of the body itself."""
    taken, key = _read_from(module, body)
    if taken is None:
        return None
    guess = _guess_of_value(module, taken, key)
    if guess is not None:
        return guess
    if isinstance(taken, ast.Call) and _may_be_no_object(module, body) and is_route(module, function):
        return Guess(taken, "AttributeError", "no object", None)
    return None


def _guess_of_value(module: Module, value: ast.expr, key: object) -> Guess | None:
    """What is taken for granted of a value of a body where it is used: that it is a number, a text, an object."""
    around = module.parent(value)
    if isinstance(around, ast.BoolOp) and isinstance(around.op, ast.Or) and around.values[0] is value:
        around = module.parent(around)
    if isinstance(around, ast.Call) and len(around.args) == 1 and not around.keywords:
        if module.callee(around) in ("builtins.int", "builtins.float"):
            return Guess(around, "ValueError", "no number", key)
    if isinstance(around, ast.Attribute) and around.value is value:
        called = module.parent(around)
        if isinstance(called, ast.Call) and called.func is around:
            if around.attr in _OF_TEXTS:
                return Guess(called, "AttributeError", "no text", key)
            if around.attr == "get" and called.args and isinstance(called.args[0], ast.Constant):
                return Guess(called, "AttributeError", f"no object as `{key}`", key)
    return None


def _guess_of_name(module: Module, function: FunctionNode, body: ast.expr) -> Guess | None:
    """
    What is taken for granted of a value of a body that a variable keeps: `name.strip()` of `body.get("name")`.

    The first place where it is used so; None where the function asks of what kind the variable is, compares it
    with known values, or hands it to what may.
    """
    taken, key = _read_from(module, body)
    if taken is None:
        return None
    around = module.parent(taken)
    if isinstance(around, ast.BoolOp) and isinstance(around.op, ast.Or) and around.values[0] is taken:
        around = module.parent(around)
    target = assigned_target(around)
    if not isinstance(target, ast.Name) or len(module.bindings(target)) != 1:
        return None
    first: Guess | None = None
    for use in module.names_in(function).get(target.id, ()):
        if not isinstance(use.ctx, ast.Load) or module.function_of(use) is not function:
            continue
        if _is_weighed(module, use):
            return None
        guess = _guess_of_value(module, use, key)
        if guess is not None and (first is None or use.lineno < first.node.lineno):
            first = guess
    return first


def _is_weighed(module: Module, use: ast.Name) -> bool:
    """Whether a variable is compared with known values, or given to what may ask of what kind it is."""
    parent = module.parent(use)
    if isinstance(parent, ast.Compare):
        return isinstance(parent.ops[0], (ast.In, ast.NotIn, ast.Eq, ast.NotEq)) and parent.left is use
    call = module.parent(parent) if isinstance(parent, ast.keyword) else parent
    if isinstance(parent, ast.Match):
        return True
    if not isinstance(call, ast.Call) or call.func is use:
        return False
    last = last_name(call)
    return last in ("isinstance", "type", "callable") or last[:1].isupper() or bool(_CHECKING.search(last))


def _read_from(module: Module, body: ast.AST) -> tuple[ast.Call | ast.Subscript | None, object]:
    """What reads a value of a body by a key that is written out, `body.get("name")`, and the key."""
    taken = module.parent(body)
    if isinstance(taken, ast.Attribute) and taken.attr == "get" and taken.value is body:
        taken = module.parent(taken)
        if isinstance(taken, ast.Call) and taken.args and isinstance(taken.args[0], ast.Constant):
            return taken, taken.args[0].value
    elif isinstance(taken, ast.Subscript) and isinstance(taken.slice, ast.Constant):
        return taken, taken.slice.value
    return None, None


def _may_be_no_object(module: Module, body: ast.expr) -> bool:
    """Whether a body is read as it comes: what FastAPI gives for a parameter of type `dict` is one."""
    if not isinstance(body, ast.Name):
        return not _is_checked_data(module, body)
    bindings = _values_of(module, body)
    value = bindings[0].value if len(bindings) == 1 else None
    if isinstance(value, ast.BoolOp):
        # A list is true: `or {}` does not make an object of it.
        value = value.values[0]
    if value is None or _is_checked_data(module, value):
        return False
    return any(read is value for read in _reads_by_function(module).get(module.function_of(value), ()))


def _is_checked_data(module: Module, body: ast.expr) -> bool:
    """
    Whether the body that Django REST framework has read is an object: a form, or one that is handed on as a whole.

    A serializer that is given it turns a list away.
    """
    if not isinstance(body, ast.Attribute) or body.attr != "data":
        return False
    holder = module.enclosing(body, ast.ClassDef)
    for statement in holder.body if holder is not None else ():
        target = assigned_target(statement)
        if isinstance(target, ast.Name) and target.id == "parser_classes":
            return "JSON" not in module.source(statement)
    function = module.function_of(body)
    reads = [one for one in module.attributes_named("data") if module.function_of(one) is function]
    return any(isinstance(module.parent(one), (ast.Call, ast.keyword, ast.Starred)) for one in reads)


def _asks_for_kinds(module: Module, function: FunctionNode, name: str, guess: Guess) -> bool:
    """
    Whether a function asks of what kind a body, or the value that a guess takes out of it, is, or hands the body
    to what may.
    """
    for node in module.own_nodes(function):
        if isinstance(node, ast.Call):
            last = last_name(node)
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            if (last in ("isinstance", "type", "callable") or last.lstrip("_").startswith("is_")) and given:
                if _tells_kind(module, given[0], name, guess):
                    return True
            if (last[:1].isupper() or _CHECKING.search(last)) and module.qualname(node.func) not in _LOADING:
                if any(_is_whole(one, name) for one in given):
                    return True
        elif isinstance(node, (ast.Match, ast.MatchMapping)) and (not name or _mentions(node, name)):
            return True
    return False


def _tells_kind(module: Module, asked: ast.expr, name: str, guess: Guess) -> bool:
    """
    Whether the kind of an expression says what a guess takes for granted.

    That a body is an object says nothing of its values; nor does one value of the body or of the others.
    """
    if not name:
        return True
    for node in ast.walk(asked):
        if not _is_name(node, name):
            continue
        if node is asked:
            return guess.key is None
        taken, key = _read_from(module, node)
        if taken is None or (guess.key is not None and key == guess.key):
            return True
    return False


def is_answered_around(module: Module, node: ast.AST, faults: frozenset[str] = _CATCHING) -> bool:
    """
    Whether a `try` around a place catches a missing key or other faults and answers for them, or a `with` may.

    `faults` are the last names of exceptions; what answers with a fault of the server does not count.
    """
    taking = _around(module, node, faults)
    # Who answers with a fault of the server has not thought of the client's mistake.
    return taking is not None and not (
        isinstance(taking, ast.ExceptHandler) and answers_with_fault(module, taking)
    )


def _around(
    module: Module, node: ast.AST, faults: frozenset[str]
) -> ast.ExceptHandler | ast.With | ast.AsyncWith | None:
    """The next handler around a place that takes one of some faults, or the `with` before it that may."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            return None
        if isinstance(ancestor, _TRIES) and child in ancestor.body:
            handlers: list[ast.ExceptHandler] = ancestor.handlers
            taking = next((handler for handler in handlers if _takes(handler, faults)), None)
            if taking is not None:
                return taking
        if isinstance(ancestor, (ast.With, ast.AsyncWith)):
            if not all(_LETS_THROUGH.search(last_name(item.context_expr)) for item in ancestor.items):
                return ancestor
        child = ancestor
    return None


def _takes(handler: ast.ExceptHandler, faults: frozenset[str]) -> bool:
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        (kind.attr if isinstance(kind, ast.Attribute) else getattr(kind, "id", "?")) in faults for kind in kinds
    )


def _is_looked_at(module: Module, function: FunctionNode, name: str, taken: ast.Subscript | ast.Call) -> bool:
    """Whether a function tests a body's keys, or hands the body to something that may check it."""
    key = _key_of(module, taken)
    for node in module.own_nodes(function):
        if node is taken and key is None:
            continue
        if isinstance(node, ast.Compare):
            if any(isinstance(operator, (ast.LtE, ast.GtE, ast.Lt, ast.Gt)) for operator in node.ops):
                if _mentions(node, name):
                    return True
            # `body["name"] in known` asks for no key of the body.
            if any(isinstance(operator, (ast.In, ast.NotIn)) for operator in node.ops):
                if any(_mentions(one, name) for one in node.comparators):
                    return True
        elif isinstance(node, ast.Call):
            last = last_name(node)
            if isinstance(node.func, ast.Attribute) and _is_name(node.func.value, name):
                if last in ("keys", "items", "setdefault", "update"):
                    return True
                # `data.get("name")` asks for this key if it is the same one, or not written out.
                asked = last in ("get", "pop") and node is not taken
                if asked and node.args and module.literal(node.args[0]) in (key, None):
                    return True
                continue
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            if any(keyword.arg == "data" and _is_whole(keyword.value, name) for keyword in node.keywords):
                return True
            if (last[:1].isupper() or _CHECKING.search(last)) and any(_is_whole(one, name) for one in given):
                return True
            if last in ("all", "any", "set", "isinstance") and any(_mentions(one, name) for one in given):
                # That the body is an object says nothing of its keys.
                if last != "isinstance" or not _is_name(given[0], name):
                    return True
        elif isinstance(node, (ast.For, ast.comprehension)):
            # What goes over one value of the body, `for one in body["names"]`, asks for no key.
            if any(_is_name(one, name) and not _is_indexed(module, one) for one in ast.walk(node.iter)):
                return True
    return False


def _is_indexed(module: Module, body: ast.AST) -> bool:
    holder = module.parent(body)
    return isinstance(holder, ast.Subscript) and holder.value is body


def _is_read_elsewhere(module: Module, function: FunctionNode, taken: ast.Subscript | ast.Call) -> bool:
    """Whether a function reads the body that is indexed at once another time, for something else than a key."""
    own = uncalled(taken)
    return any(
        read is not getattr(own, "value", None)
        and not isinstance(module.parent(read), ast.Subscript)
        and _taken_from(module, read) is None
        for read in _reads_by_function(module).get(function, ())
    )


def _hands_request_to_base(module: Module, function: FunctionNode) -> bool:
    """Whether a view lets its base class answer the same request too: what fails there does not come here."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Call)
        and last_name(node.func.value) == "super"
        and any(_is_name(argument, "request") for argument in node.args)
        for node in module.own_nodes(function)
    )


def _is_name(expression: ast.AST, name: str) -> bool:
    return isinstance(expression, ast.Name) and expression.id == name


def _is_whole(expression: ast.expr, name: str) -> bool:
    return _is_name(expression.value if isinstance(expression, ast.Starred) else expression, name)


def _mentions(node: ast.AST, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(node))


def is_signed_or_wrapped(module: Module, function: FunctionNode) -> bool:
    """Whether a function takes the events of another program, or is wrapped by what may catch its failures."""
    for decorator in function.decorator_list:
        if _MACHINES.search(module.text(decorator, 200)):
            return True
        target = uncalled(decorator)
        last = last_name(target)
        is_route_decorator = isinstance(decorator, ast.Call) and (
            last in web.ROUTE_DECORATORS or module.qualname(target) in web.ROUTE_FUNCTIONS
        )
        if not is_route_decorator and not _HARMLESS_WRAPPER.search(module.text(target)):
            return True
    holder = module.class_of(function)
    if _MACHINES.search(function.name) or (isinstance(holder, ast.ClassDef) and _MACHINES.search(holder.name)):
        return True
    return any(
        # What a token's library raises (PyJWT's ExpiredSignatureError) tells of no signed body.
        _SIGNED.search(last_name(node)) and not last_name(node).endswith("Error")
        for node in module.own_nodes(function)
        if isinstance(node, (ast.Name, ast.Attribute))
    )
