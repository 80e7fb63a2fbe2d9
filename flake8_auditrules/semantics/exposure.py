"""Exposure: where the text of a caught exception goes, and whether a client gets to see it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from flake8_auditrules.knowledge import loggers, web
from flake8_auditrules.knowledge.aliases import NAMES
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.handlers import statements
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, reads_as_class
from flake8_auditrules.semantics.routes import Role, answer_of, role_of, roles, status_of
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.secret_names import words

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TEXT_ATTRIBUTES = frozenset({"args", "message", "msg", "stderr", "strerror", "orig", "reason"})
_TEXT_FUNCTIONS = frozenset(
    {"str", "repr", "format", "ascii", "dict", "list", "tuple", "join", "dumps", "jsonify", "jsonable_encoder"}
    | {"escape", "quote", "quote_plus", "urlencode"}
)
_ARGUMENTS_WITH_DEFAULT = 3
# Methods that put their arguments into the object that they belong to.
PUTTING = frozenset({"add", "append", "appendleft", "extend", "insert", "setdefault", "update"})
# Calls that make a response of a generator.
_STREAMING = frozenset(
    {"EventSourceResponse", "StreamingResponse", "StreamingHttpResponse", "Response", "ResponseStream", "Stream"}
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
# Methods that objects of a project's own are made documents by; an exception's may leave its text out.
_DOCUMENT_METHODS = frozenset({"as_dict", "to_dict", "to_json"})
_MOST_FORWARDS = 3
# By this name goes what a function's `**fields` takes.
REST = "**"
# What a mode is called in which developers look at what comes back, and the one in which they do not.
_MODES = frozenset({"debug", "debugging", "dev", "develop", "development", "prod", "production"})
_SWITCH = pattern(r"(?:^|_)(?:debug|dev|expose|include|print|show|trace|verbose)(?:_|$)")


Makes = Callable[[ast.Call], Sequence[ast.expr]]
"""Which of a call's arguments come back, as text, in what the called function gives."""


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


def carried(
    expression: ast.expr, names: frozenset[str], module: Module, makes: Makes | None = None
) -> ast.expr | None:
    """
    The part of an expression that carries the text of one of the exceptions or texts called `names`.

    None where nothing of it does: its class, its code, a test of it and what an unknown function makes of it
    are no text of it. `makes` tells which functions are known.
    """
    if isinstance(expression, ast.Name):
        return expression if expression.id in names else None
    if isinstance(expression, ast.Attribute):
        inner = expression.value
        if expression.attr in _TEXT_ATTRIBUTES and carried(inner, names, module, makes) is not None:
            return expression
        return None
    if isinstance(expression, ast.Call):
        return _carried_by_call(expression, names, module, makes)
    if isinstance(expression, ast.IfExp):
        if _asks_for_debug(expression.test) or _asks_settings(expression.test):
            return None
        return _first(names, module, makes, expression.body, expression.orelse)
    if isinstance(expression, ast.Subscript):
        return carried(expression.value, names, module, makes)
    if isinstance(expression, ast.Compare):
        return None
    if isinstance(expression, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        return None
    parts = [part for part in ast.iter_child_nodes(expression) if isinstance(part, ast.expr)]
    return _first(names, module, makes, *parts)


def _first(names: frozenset[str], module: Module, makes: Makes | None, *parts: ast.expr) -> ast.expr | None:
    for part in parts:
        found = carried(part, names, module, makes)
        if found is not None:
            return found
    return None


def _carried_by_call(
    call: ast.Call, names: frozenset[str], module: Module, makes: Makes | None
) -> ast.expr | None:
    callee = module.callee(call)
    if callee in loggers.TRACEBACK_TEXTS:
        return call
    last = last_name(call)
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    if isinstance(call.func, ast.Attribute) and last in _TEXT_METHODS:
        found = carried(call.func.value, names, module, makes)
        if found is not None:
            return found
        return _first(names, module, makes, *arguments) if last in ("format", "join", "dumps") else None
    if last in _DOCUMENT_METHODS and isinstance(call.func, ast.Attribute) and not arguments:
        held = call.func.value
        return None if _is_caught(held, module) else carried(held, names, module, makes)
    if last == "getattr" and len(call.args) == _ARGUMENTS_WITH_DEFAULT:
        # `getattr(error, "detail", str(error))`: most have none.
        return carried(call.args[2], names, module, makes)
    if last in _TEXT_FUNCTIONS or last == "cls" or reads_as_class(last):
        found = _first(names, module, makes, *arguments)
        if found is None:
            return None
        return call if last in ("str", "repr") and found is arguments[0] else found
    if makes is not None and _first(names, module, makes, *arguments) is not None:
        return _first(names, module, makes, *makes(call))
    return None


def _is_caught(expression: ast.expr, module: Module) -> bool:
    """Whether an expression is itself an exception, by the name that a handler around it gives."""
    return isinstance(expression, ast.Name) and any(
        isinstance(around, ast.ExceptHandler) and around.name == expression.id
        for around in module.ancestors(expression)
    )


def _asks_for_debug(test: ast.expr) -> bool:
    """Whether a test asks for a debugging mode or for where the program runs: `DEBUG`, `env == "production"`."""
    return any(
        not _MODES.isdisjoint(words(part.id if isinstance(part, ast.Name) else part.attr))
        if isinstance(part, (ast.Name, ast.Attribute))
        else isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.lower() in _MODES
        for part in ast.walk(test)
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


def texts_of(
    module: Module, body: list[ast.stmt], names: frozenset[str], makes: Makes | None = None
) -> frozenset[str]:
    """The names, the given ones included, that hold text of the given exceptions after the block's assignments."""
    return _grown(module, _assigned(body), names, makes)


def _assigned(body: list[ast.stmt]) -> list[tuple[frozenset[str], ast.expr]]:
    """The assignments of a block: the names whose objects get a value, and the value."""
    found: list[tuple[frozenset[str], ast.expr]] = []
    for statement in statements(body):
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, (ast.AnnAssign, ast.AugAssign)) and statement.value is not None:
            targets, value = [statement.target], statement.value
        elif isinstance(statement, (ast.For, ast.AsyncFor)):
            targets, value = [statement.target], statement.iter
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            found.extend(_put(statement.value))
            continue
        else:
            continue
        held = frozenset(name for name in map(_held_by, targets) if name is not None)
        if held:
            found.append((held, value))
    return found


def puts(statement: ast.stmt) -> list[ast.expr]:
    """What a statement puts into an object with a local name."""
    return [value for _, value in _assigned([statement])]


def _put(call: ast.Call) -> Iterator[tuple[frozenset[str], ast.expr]]:
    """What a call puts into a local object, with the object's name: `rows.append(row)`."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in PUTTING:
        return
    holder = call.func.value
    name = holder.id if isinstance(holder, ast.Name) else _held_by(holder)
    if name is not None and name not in ("self", "cls"):
        for value in (*call.args, *(keyword.value for keyword in call.keywords)):
            yield frozenset({name}), value


def _grown(
    module: Module,
    assigned: list[tuple[frozenset[str], ast.expr]],
    names: frozenset[str],
    makes: Makes | None = None,
) -> frozenset[str]:
    """The names, the given ones included, that hold text of what the given ones hold."""
    for _ in range(_MOST_FORWARDS):
        before = names
        for held, value in assigned:
            if not held <= names and carried(value, names, module, makes) is not None:
                if not is_debug_guarded(module, value):
                    names = names | held
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


def sinks(module: Module, function: FunctionNode | None, parts: Iterable[ast.AST]) -> Iterator[Sink]:
    """
    The places among the nodes that a function evaluates where something leaves for the client.

    Exceptions and responses of the web frameworks, what web sockets send, what a route returns, what a
    generator inside a route yields, and calls that forward an argument to one of these.
    """
    return _sinks(module, function, parts, module.keep("calls that forward", _forwarding_calls))


def _sinks(
    module: Module,
    function: FunctionNode | None,
    parts: Iterable[ast.AST],
    forwarding: Mapping[ast.Call, FunctionNode],
) -> Iterator[Sink]:
    """`sinks` with the calls that are known to hand an argument on."""
    role = role_of(module, function)
    answers = role in (Role.ROUTE, Role.ERROR_HANDLER)
    streams = function is not None and _streams(module, function)
    by_call = module.keep("calls that answer", _answers)
    for part in parts:
        if isinstance(part, ast.Call):
            if part in by_call or _is_sending(part):
                yield from _direct_sinks(module, part)
            elif part in forwarding:
                yield from _forwarded(module, part, forwarding[part])
        elif isinstance(part, ast.Return) and answers and part.value is not None:
            if part.value not in by_call:
                yield Sink(part, part.value, None, "the returned value")
        elif isinstance(part, ast.Yield) and streams and part.value is not None:
            yield Sink(part, part.value, None, "the stream")


def returned(module: Module, function: FunctionNode) -> tuple[Sink, ...]:
    """What a function returns, or streams, to the client itself, in source order."""
    known = module.keep("returned to the client", _nothing_returned)
    found = known.get(function)
    if found is None:
        returns = [part for part in module.own_nodes(function) if isinstance(part, (ast.Return, ast.Yield))]
        found = known[function] = tuple(sinks(module, function, returns))
    return found


def sent(module: Module, function: FunctionNode) -> tuple[Sink, ...]:
    """All that a function lets out itself: what it returns or streams, the answers it makes, and what it sends."""
    known = module.keep("sent to the client", _nothing_returned)
    found = known.get(function)
    if found is None:
        found = known[function] = tuple(sinks(module, function, module.own_nodes(function)))
    return found


def leaving(module: Module) -> Iterator[Sink]:
    """All that the code of a module lets out itself: its answers, what it sends, and what its routes return."""
    sending = (call for call in module.calls_named(*web.SENDING) if _is_sending(call))
    for call in dict.fromkeys((*module.keep("calls that answer", _answers), *sending)):
        if isinstance(call, ast.Call):
            yield from _direct_sinks(module, call)
    for function, role in roles(module).items():
        if role is Role.ROUTE:
            yield from returned(module, function)


def _nothing_returned(module: Module) -> dict[FunctionNode, tuple[Sink, ...]]:
    return {}


def _answers(module: Module) -> dict[ast.expr, web.Answer]:
    """The calls of a module that make an exception or a response of a web framework."""
    tables = (web.HTTP_EXCEPTIONS, web.RESPONSES, web.REDIRECTS, web.SERIALIZED_EXCEPTIONS)
    names = {name.rpartition(".")[2] for table in tables for name in table}
    names.update(
        published.rpartition(".")[2]
        for published, meant in NAMES.items()
        if any(meant in table for table in tables)
    )
    # A class of the module's own may take over the constructor of one of these.
    heirs = {one.name for one in module.nodes(ast.ClassDef) if one.bases}
    found: dict[ast.expr, web.Answer] = {}
    for call in module.calls_named(*names | heirs, *(("cls",) if heirs else ())):
        answer = next((one for table in tables if (one := answer_of(module, call, table)) is not None), None)
        if answer is not None:
            found[call] = answer
    if heirs:
        found.update(_written(module))
        found.update(_built_by_bases(module))
    return found


def _written(module: Module) -> Iterator[tuple[ast.Call, web.Answer]]:
    """The calls by which a handler writes an answer itself: `self.write(text)`, `self.wfile.write(data)`."""
    for call in module.calls_named(*web.WRITING):
        writing, holder = call.func, module.enclosing(call, ast.ClassDef)
        if not isinstance(writing, ast.Attribute) or holder is None:
            continue
        receiver, classes = writing.value, web.WRITING[writing.attr].classes
        if isinstance(receiver, ast.Attribute) and receiver.attr == "wfile":
            receiver, classes = receiver.value, web.FILE_HANDLERS
        if not isinstance(receiver, ast.Name) or receiver.id != "self":
            continue
        if not classes.isdisjoint(module.instances.ancestry(module.definition(holder))):
            yield call, web.WRITING[writing.attr].answer


def _built_by_bases(module: Module) -> Iterator[tuple[ast.Call, web.Answer]]:
    """The calls of the constructor of a framework's exception in that of a class of the module's own."""
    for call in module.calls_named("__init__"):
        holder = module.enclosing(call, ast.ClassDef)
        function = call.func
        if holder is None or not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Call):
            continue
        if last_name(function.value) == "super":
            for ancestor in module.instances.ancestry(module.definition(holder))[1:]:
                if ancestor in web.HTTP_EXCEPTIONS:
                    yield call, web.HTTP_EXCEPTIONS[ancestor]
                    break


def _is_sending(call: ast.Call) -> bool:
    """Whether a call sends its first argument through a web socket, or a text to the client of a consumer."""
    if not isinstance(call.func, ast.Attribute):
        return False
    return (call.func.attr in web.SENDING and bool(call.args)) or (
        call.func.attr == "send" and any(keyword.arg == "text_data" for keyword in call.keywords)
    )


def _direct_sinks(module: Module, call: ast.Call) -> Iterator[Sink]:
    """What a call that answers, or sends, lets out."""
    answer = module.keep("calls that answer", _answers).get(call)
    if answer is None:
        assert isinstance(call.func, ast.Attribute)
        given = call.args[0] if call.args else call.keywords[0].value
        yield Sink(call, given, None, f"`{call.func.attr}`")
        return
    told = module.argument(call, answer.status_name, answer.status_position)
    status = answer.status if told is None else status_of(module, told)
    content = module.argument(call, answer.content_name, answer.content_position)
    for value in [content] if content is not None else _contents(call, answer):
        yield Sink(call, value, status, f"`{last_name(call)}`")


def _forwarded(module: Module, call: ast.Call, target: FunctionNode) -> Iterator[Sink]:
    """The arguments of a call that the function it calls lets out."""
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
    """The last names of the functions whose generators the module gives to a response."""
    names: set[str] = set()
    for call in module.calls_named(*_STREAMING):
        content = call.args[0] if call.args else module.argument(call, "content")
        names.update(last_name(one) for one in generators_in(module, content))
    return frozenset(names)


def generators_in(module: Module, content: ast.expr | None) -> Iterator[ast.Call]:
    """The calls whose generator may be a response's content: `lines()`, also `keep_alive(lines())`."""
    if isinstance(content, ast.Name):
        bindings = module.bindings(content)
        content = bindings[0].value if len(bindings) == 1 else None
    if isinstance(content, ast.Await):
        content = content.value
    if isinstance(content, ast.Call):
        yield content
        yield from (given for given in content.args if isinstance(given, ast.Call))


def is_streaming(call: ast.Call) -> bool:
    """Whether a call may make a response of a generator that it is given."""
    return last_name(call) in _STREAMING


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
    ways = _ways(module)
    if not ways:
        return found
    order: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
    for _ in range(_MOST_FORWARDS):
        grew = False
        for function in order:
            leaving = ways.get(function)
            if not leaving or not _has_parameters(module, function):
                continue
            known = len(found.get(function, ()))
            assigned = _certain(module, _assigned(function.body))
            coming = _coming_from(leaving, assigned)
            for name, position in _parameters(module, function).items():
                if name in coming and name not in found.get(function, {}):
                    if _forwards_parameter(module, name, assigned, leaving):
                        found.setdefault(function, {})[name] = position
            if len(found.get(function, ())) > known:
                grew = True
                for call in _calls_of(module, function):
                    caller = module.function_of(call)
                    if isinstance(caller, _FUNCTIONS):
                        ways.setdefault(caller, []).extend(_forwarded(module, call, function))
        if not grew:
            break
    return found


def _ways(module: Module) -> dict[FunctionNode, list[Sink]]:
    """Where each function itself lets something out, without the calls that only hand an argument on."""
    sending = (call for call in module.calls_named(*web.SENDING) if _is_sending(call))
    parts: dict[FunctionNode, list[ast.AST]] = {}
    for part in (*module.keep("calls that answer", _answers), *sending, *module.nodes(ast.Yield)):
        function = module.function_of(part)
        if isinstance(function, _FUNCTIONS):
            parts.setdefault(function, []).append(part)
    return {function: list(_sinks(module, function, inner, {})) for function, inner in parts.items()}


def _calls_of(module: Module, function: FunctionNode) -> list[ast.Call]:
    """The module's calls of one of its functions; for a constructor those of its class."""
    holder = module.class_of(function) if function.name == "__init__" else None
    called = holder if holder is not None else function
    name = module.names.definition(called)
    return [call for call in module.calls_named(called.name) if module.callee(call) == name]


def _forwarding_calls(module: Module) -> dict[ast.Call, FunctionNode]:
    """The calls of functions that hand an argument on to the client."""
    return {call: function for function in forwards(module) for call in _calls_of(module, function)}


def _has_parameters(module: Module, function: FunctionNode) -> bool:
    return bool(_parameters(module, function)) and role_of(module, function) is None


def _parameters(module: Module, function: FunctionNode) -> dict[str, int | None]:
    names = module.instances.positional_parameters(function)
    found: dict[str, int | None] = {name: position for position, name in enumerate(names)}
    found.update({argument.arg: None for argument in function.args.kwonlyargs})
    return found


def _coming_from(ways: list[Sink], assigned: list[tuple[frozenset[str], ast.expr]]) -> set[str]:
    """The names that stand in what leaves, or in what is assigned to one of them."""
    names = {one.id for sink in ways for one in ast.walk(sink.value) if isinstance(one, ast.Name)}
    waiting = list(assigned)
    while True:
        used = [one for one in waiting if not names.isdisjoint(one[0])]
        if not used:
            return names
        waiting = [one for one in waiting if names.isdisjoint(one[0])]
        names.update(part.id for _, value in used for part in ast.walk(value) if isinstance(part, ast.Name))


def _forwards_parameter(
    module: Module, name: str, assigned: list[tuple[frozenset[str], ast.expr]], ways: list[Sink]
) -> bool:
    # What is only put together for a known class stays out: `if isinstance(error, ShopError): text = error.text`.
    kept = [(held, value) for held, value in assigned if not _is_of_asked_class(module, value, {name})]
    names = _grown(module, kept, frozenset({name}))
    if _is_made_over(module, names, assigned):
        return False
    return any(
        (found := carried(sink.value, names, module)) is not None
        and not is_debug_guarded(module, sink.node)
        and not _is_of_asked_class(
            module, sink.node, {part.id for part in ast.walk(found) if isinstance(part, ast.Name)}
        )
        for sink in ways
    )


def _certain(
    module: Module, assigned: list[tuple[frozenset[str], ast.expr]]
) -> list[tuple[frozenset[str], ast.expr]]:
    """The assignments that no switch decides about: none under `if show_errors:`."""
    return [
        (held, value)
        for held, value in assigned
        if not any(isinstance(around, ast.If) and _is_switch(around.test) for around in module.ancestors(value))
    ]


def _is_switch(test: ast.expr) -> bool:
    """Whether a test only asks for a value that by its name says how much is to be shown."""
    return isinstance(test, (ast.Name, ast.Attribute)) and _SWITCH.search(last_name(test)) is not None


def _is_made_over(module: Module, names: frozenset[str], assigned: list[tuple[frozenset[str], ast.expr]]) -> bool:
    """Whether a function makes something else of one of the names first: `text = redact(text)`."""
    return any(
        held <= names
        and carried(value, held, module) is None
        and any(isinstance(part, ast.Name) and part.id in held for part in ast.walk(value))
        and not any(isinstance(around, (ast.If, ast.IfExp)) for around in module.ancestors(value))
        for held, value in assigned
    )


def given_back(module: Module, function: FunctionNode) -> dict[str, int | None]:
    """
    The parameters whose text comes back, whatever way is taken, in what a function of the module returns.

    With their 0-based positions in a call (the receiver not counted); None for those given by name alone. What
    `**fields` takes goes by the name REST.
    """
    known: dict[FunctionNode, dict[str, int | None]] = module.keep("parameters given back", lambda _: {})
    found = known.get(function)
    if found is None:
        found = known[function] = {}
        values = [part.value for part in module.own_nodes(function) if isinstance(part, ast.Return) and part.value]
        if values and not module.is_generator(function):
            assigned = _certain(module, _assigned(function.body))
            rest = function.args.kwarg
            given = {name: (name, position) for name, position in _parameters(module, function).items()}
            if rest is not None:
                given[rest.arg] = (REST, None)

            def makes(call: ast.Call) -> list[ast.expr]:
                return _given_back_by(module, call)

            for name, (place, position) in given.items():
                names = _grown(module, assigned, frozenset({name}))
                if not _is_made_over(module, names, assigned) and all(
                    carried(value, names, module, makes) is not None for value in values
                ):
                    found[place] = position
    return found


def _given_back_by(module: Module, call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that come back in what a function of the same module returns."""
    function = module.called_function(call)
    if function is None:
        return []
    places = given_back(module, function)
    positions = {position for position in places.values() if position is not None}
    return [
        *(value for index, value in enumerate(call.args) if index in positions),
        *(keyword.value for keyword in call.keywords if keyword.arg in places),
    ]


def _is_of_asked_class(module: Module, node: ast.AST, names: set[str]) -> bool:
    """Whether one of the names has been asked for its class before a node: a known class's texts are its own."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, _FUNCTIONS):
            return False
        if isinstance(ancestor, ast.If) and child in ancestor.body:
            tests = ancestor.test.values if isinstance(ancestor.test, ast.BoolOp) else [ancestor.test]
            if not isinstance(getattr(ancestor.test, "op", None), ast.Or) and any(
                isinstance(test, ast.Call)
                and last_name(test) == "isinstance"
                and bool(test.args)
                and isinstance(test.args[0], ast.Name)
                and test.args[0].id in names
                for test in tests
            ):
                return True
        child = ancestor
    return False
