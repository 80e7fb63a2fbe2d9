"""Registered handlers: which arguments of an own exception the handler registered for it sends to the client."""

from __future__ import annotations

import ast
import itertools
import os
from collections.abc import Collection, Iterator

from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.definitions import arguments_by_place, class_named, function_named, module_named
from flake8_auditrules.project.disclosures import forwarded, makes
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.exposure import Makes, Sink, carried, is_debug_guarded, sinks
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import defaults_of, last_name, reads_as_class, uncalled
from flake8_auditrules.semantics.routes import status_of
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_ADDING = ("add_exception_handler", "register_error_handler")
_DECORATING = ("exception_handler", "errorhandler", "app_errorhandler")
_APPLICATIONS = frozenset(
    {"fastapi", "fastapi.FastAPI", "flask", "flask.Blueprint", "flask.Flask", "quart.Quart"}
    | {"fastapi.applications.FastAPI", "starlette.applications.Starlette"}
)
# What the status of an answer is kept under.
_STATUSES = ("code", "status")
_MOST_FILES = 16
_MOST_STEPS = 4
# What is read of an exception when it is made a text.
_TEXT = "args"
_WRITING = frozenset({"str", "repr", "format"})
_KEEPING = frozenset({"dict", "list", "tuple", "join", "dumps", "jsonify", "jsonable_encoder", "make_response"})
_METHODS = frozenset({"encode", "strip", "model_dump", "model_dump_json", "dict", "json", "copy"})


class _Class(NamedTuple):
    """A class of the project, and the module that defines it."""

    module: Module
    node: ast.ClassDef

    @property
    def place(self) -> tuple[str, str]:
        return os.path.abspath(self.module.path), self.module.definition(self.node)


class _Handler(NamedTuple):
    """A function that answers what ends with an exception of a class."""

    of: _Class
    module: Module
    function: FunctionNode


def shown_by_handler(project: Project, module: Module, call: ast.Call) -> Iterator[Sink]:
    """The arguments of an own exception's constructor that the handler registered for its class sends."""
    callee = module.callee(call)
    if callee is None or not reads_as_class(callee.rpartition(".")[2]):
        return
    line = _line(project, module, callee)
    if not line:
        return
    registered = _handlers(project, module)
    for position, one in enumerate(line):
        found = registered.of(one)
        if not found:
            continue
        shown = frozenset.intersection(*(_fields(project, handler, line[position:]) for handler in found))
        places = _places(line, shown) if shown else frozenset()
        status = _status_given(module, call) or _status_of_class(line)
        for place, value in arguments_by_place(call):
            if place in places:
                yield Sink(call, value, status, f"`{last_name(call)}` and `{found[0].function.name}`")
        return


def answers(project: Project, module: Module, function: FunctionNode) -> set[str]:
    """The qualified names of the exceptions that a function is registered for, statuses as their digits."""
    return _handlers(project, module).by(module, function)


def is_answered(project: Project, module: Module, faults: Collection[str]) -> bool:
    """
    Whether a handler is registered for one of some exceptions, by their last names.

    A handler for all of them counts where it knows a status below 500: else it tells of a fault of the server.
    """
    registered = _handlers(project, module).all()
    return any(
        name.rpartition(".")[2] in faults
        or (name.rpartition(".")[2] in ("Exception", "500") and _knows_mistakes(home, function))
        for name, (home, function) in registered
    )


def _knows_mistakes(module: Module, function: FunctionNode) -> bool:
    """Whether a handler writes out a status for a mistake of the client."""
    return any(
        (found := status_of(module, node)) is not None and 400 <= found < 500
        for node in ast.walk(function)
        if isinstance(node, (ast.Constant, ast.Attribute))
    )


def gives_status(module: Module, call: ast.Call) -> bool:
    """Whether a call is given the status of an answer that tells of a failure."""
    return _status_given(module, call) is not None


def is_an_answer(project: Project, module: Module, call: ast.Call, *, unasked: bool = True) -> bool:
    """
    Whether a call makes an own exception whose class says with which status a request ends by it.

    `unasked` lets the status count as well that its constructor takes where none is given.
    """
    callee = module.callee(call)
    if callee is None or not reads_as_class(callee.rpartition(".")[2]):
        return False
    return _status_of_class(_line(project, module, callee), unasked) is not None


def _status_of_class(line: list[_Class], unasked: bool = True) -> int | None:
    """The status that the first of some classes has as a field, gives its base's constructor, or takes unasked."""
    for home, node in line:
        for statement in node.body:
            targets = statement.targets if isinstance(statement, ast.Assign) else ()
            target = statement.target if isinstance(statement, ast.AnnAssign) else targets[0] if targets else None
            value = statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None
            if isinstance(target, ast.Name) and target.id.endswith(_STATUSES) and value is not None:
                found = _status(home, value)
                if found is not None:
                    return found
        constructor = home.members(node).methods.get("__init__")
        if constructor is None:
            continue
        for part in home.own_nodes(constructor):
            if isinstance(part, ast.Call) and last_name(part) == "__init__":
                found = _status_given(home, part)
                if found is not None:
                    return found
        for parameter, default in defaults_of(constructor) if unasked else ():
            if parameter.arg.endswith(_STATUSES):
                found = _status(home, default)
                if found is not None:
                    return found
    return None


def _status_given(module: Module, call: ast.Call) -> int | None:
    """The status of an answer that a call is given."""
    statuses = (_status(module, value) for _, value in arguments_by_place(call))
    return next((one for one in statuses if one is not None), None)


def _status(module: Module, value: ast.expr) -> int | None:
    found = status_of(module, value)
    return found if found is not None and 400 <= found <= 599 else None


def _class(project: Project, module: Module, qualname: str | None) -> _Class | None:
    found = class_named(project, module, qualname) if qualname is not None else None
    return _Class(*found) if found is not None else None


def _line(project: Project, module: Module, qualname: str) -> list[_Class]:
    """A class of the project and its bases there, nearest first; none for a class from elsewhere."""
    found = class_named(project, module, qualname)
    return [_Class(*one) for one in class_line(project, *found).classes] if found is not None else []


# -- what is registered ---------------------------------------------------------------------------------------


class _Registered:
    """The handlers that the files of a project register for its own exceptions."""

    def __init__(self, project: Project, module: Module) -> None:
        self._found: dict[tuple[str, str], list[_Handler]] = {}
        self._all: list[tuple[str, tuple[Module, FunctionNode]]] = []
        for other in _registering(project, module):
            for named, function in _registrations(project, other):
                qualname = _named(other, named)
                self._all.append((qualname, function))
                of = _class(project, other, qualname)
                if of is not None:
                    self._found.setdefault(of.place, []).append(_Handler(of, *function))

    def all(self) -> list[tuple[str, tuple[Module, FunctionNode]]]:
        """What functions are registered for, and these behind their modules."""
        return self._all

    def of(self, one: _Class) -> list[_Handler]:
        """The handlers for just this class."""
        return self._found.get(one.place, [])

    def by(self, module: Module, function: FunctionNode) -> set[str]:
        """The names of what a function is registered for; a status as its digits."""
        asked = _place(module, function)
        return {name for name, registered in self._all if _place(*registered) == asked}


def _place(module: Module, function: FunctionNode) -> tuple[str, str]:
    """What tells a function from those of other files, also where its file was read twice."""
    return os.path.abspath(module.path), module.definition(function)


def _handlers(project: Project, module: Module) -> _Registered:
    return module.keep("registered error handlers", lambda _: _Registered(project, module))


def _named(module: Module, named: ast.expr) -> str:
    """The qualified name of what a handler is registered for, or the digits of the status."""
    status = status_of(module, named)
    return str(status) if status is not None else module.qualname(named) or ""


def _registering(project: Project, module: Module) -> Iterator[Module]:
    """The modules that may register handlers: those that know an application and have the words for it."""
    yield module
    names = (name for name, wiring in project.wirings().items() if not _APPLICATIONS.isdisjoint(wiring.imports))
    for name in itertools.islice(names, _MOST_FILES):
        other = module_named(project, module, name) if name != module.name else None
        if other is not None and (
            any(other.calls_named(*_ADDING, *_DECORATING)) or any(other.calls_given("exception_handlers"))
        ):
            yield other


def _registrations(project: Project, module: Module) -> Iterator[tuple[ast.expr, tuple[Module, FunctionNode]]]:
    """The exceptions for which a module registers functions, with these and their modules."""
    for call in module.calls_named(*_ADDING):
        if len(call.args) == 2:
            found = _function(project, module, call.args[1])
            if found is not None:
                yield call.args[0], found
    for call in module.calls_given("exception_handlers"):
        given = module.argument(call, "exception_handlers")
        for named, one in zip(given.keys, given.values, strict=True) if isinstance(given, ast.Dict) else ():
            found = _function(project, module, one)
            if named is not None and found is not None:
                yield named, found
    for call in module.calls_named(*_DECORATING):
        decorated = module.parent(call)
        if isinstance(decorated, _FUNCTIONS) and call in decorated.decorator_list and len(call.args) == 1:
            yield call.args[0], (module, decorated)


def _function(project: Project, module: Module, given: ast.expr) -> tuple[Module, FunctionNode] | None:
    named = module.function_named(given)
    found = function_named(project, module, named) if named is not None else None
    return (found.module, found.function) if found is not None else None


# -- what a handler sends -------------------------------------------------------------------------------------


def _fields(project: Project, handler: _Handler, line: list[_Class]) -> frozenset[str]:
    """The fields of its exception that are in each of the answers that a handler may give."""
    module, function = handler.module, handler.function
    parameters = [*function.args.posonlyargs, *function.args.args]
    if not parameters:
        return frozenset()
    reading = _Reading(module, parameters[-1].arg, line, makes(project, module))
    parts = tuple(module.own_nodes(function))
    answers: dict[ast.AST, frozenset[str]] = {}
    leaving = [*sinks(module, function, parts)]
    for call in parts:
        if isinstance(call, ast.Call):
            leaving += forwarded(project, module, call)
    for sink in leaving:
        if is_debug_guarded(module, sink.node):
            continue
        answers[sink.node] = answers.get(sink.node, frozenset()) | reading.of(sink.value)
    return frozenset.intersection(*answers.values()) if answers else frozenset()


class _Reading:
    """What an expression reads of the exception that a name stands for."""

    def __init__(self, module: Module, name: str, line: list[_Class], made: Makes | None) -> None:
        self._module = module
        self._name = name
        self._line = line
        self._made = made

    def of(self, value: ast.expr, steps: int = 0) -> frozenset[str]:
        """The fields whose texts are in a value; `args` for the exception's own text."""
        if steps > _MOST_STEPS or isinstance(value, (ast.Compare, ast.Lambda)):
            return frozenset()
        if isinstance(value, ast.DictComp):
            # `{key: value for key, value in data.items() if value is not None}`
            return self.of(_gone_through(value), steps + 1) if _keeps_values(value) else frozenset()
        if isinstance(value, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
            return frozenset()
        if isinstance(value, ast.Name):
            if value.id == self._name:
                return frozenset()
            bindings = self._module.bindings(value)
            only = bindings[0].value if len(bindings) == 1 else None
            return self.of(only, steps + 1) if only is not None else frozenset()
        if isinstance(value, ast.Attribute):
            return self._field(value.attr) if self._is_it(value.value) else frozenset()
        if isinstance(value, ast.FormattedValue) and self._is_it(value.value):
            return self._text()
        if isinstance(value, ast.Subscript):
            return self.of(value.value, steps)
        if isinstance(value, ast.IfExp):
            return self.of(value.body, steps) & self.of(value.orelse, steps)
        if isinstance(value, ast.Call):
            return self._of_call(value, steps)
        return self._of_all([part for part in ast.iter_child_nodes(value) if isinstance(part, ast.expr)], steps)

    def _of_all(self, values: list[ast.expr], steps: int) -> frozenset[str]:
        return frozenset().union(*(self.of(one, steps) for one in values))

    def _of_call(self, call: ast.Call, steps: int) -> frozenset[str]:
        last, arguments = last_name(call), [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(call.func, ast.Attribute):
            if self._is_it(call.func.value):
                return self._field(last) if not arguments else self._by_method(last) or frozenset()
            if last in _METHODS:
                return self.of(call.func.value, steps)
        if last == "getattr" and len(call.args) > 1 and self._is_it(call.args[0]):
            named = call.args[1]
            return self._field(str(named.value)) if isinstance(named, ast.Constant) else frozenset()
        if last in _WRITING and arguments and self._is_it(arguments[0]):
            return self._text()
        if last in _WRITING or last in _KEEPING or reads_as_class(last):
            return self._of_all(arguments, steps)
        return self._of_all(list(self._made(call)), steps) if self._made is not None else frozenset()

    def _is_it(self, value: ast.expr) -> bool:
        return isinstance(value, ast.Name) and value.id == self._name

    def _text(self) -> frozenset[str]:
        return self._by_method("__str__") or frozenset({_TEXT})

    def _field(self, name: str) -> frozenset[str]:
        found = self._by_method(name)
        return found if found is not None else frozenset({name})

    def _by_method(self, name: str) -> frozenset[str] | None:
        """What a method, or property, of the exception's class gives; None where it has none of the name."""
        for module, node in self._line:
            method = module.members(node).methods.get(name)
            if method is None:
                continue
            values = [part.value for part in module.own_nodes(method) if isinstance(part, ast.Return)]
            if not method.args.args or len(values) != 1 or values[0] is None:
                return frozenset()
            # The methods of its own that a method calls are not followed.
            return _Reading(module, method.args.args[0].arg, [], None).of(values[0])
        return None


def _keeps_values(made: ast.DictComp) -> bool:
    """Whether a document is another one with some of its keys: its values are those that it goes through."""
    target = made.generators[0].target
    return (
        len(made.generators) == 1
        and isinstance(target, ast.Tuple)
        and isinstance(made.value, ast.Name)
        and any(isinstance(one, ast.Name) and one.id == made.value.id for one in target.elts)
    )


def _gone_through(made: ast.DictComp) -> ast.expr:
    """The document that another one is made of: `data` of `data.items()`."""
    iterated = made.generators[0].iter
    if (
        isinstance(iterated, ast.Call)
        and isinstance(iterated.func, ast.Attribute)
        and iterated.func.attr == "items"
    ):
        return iterated.func.value
    return iterated


# -- what a constructor keeps ---------------------------------------------------------------------------------


def _places(line: list[_Class], fields: frozenset[str]) -> frozenset[int | str]:
    """The arguments of the constructor of the first of some classes that become one of the fields."""
    for position, (module, node) in enumerate(line):
        constructor = module.members(node).methods.get("__init__")
        if constructor is not None:
            return _kept(module, constructor, line[position + 1 :], fields)
        if any(module.qualname(uncalled(one)) == "dataclasses.dataclass" for one in node.decorator_list):
            declared = [
                statement.target.id
                for statement in node.body
                if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
            ]
            shown = [(place, name) for place, name in enumerate(declared) if name in fields]
            return frozenset(one for pair in shown for one in pair)
    return frozenset(range(_MOST_STEPS)) if _TEXT in fields else frozenset()


def _kept(
    module: Module, constructor: FunctionNode, bases: list[_Class], fields: frozenset[str]
) -> frozenset[int | str]:
    """The arguments of a constructor that it keeps in one of the fields, or hands to that of its base for it."""
    values: list[ast.expr] = []
    given_anew: set[str] = set()
    inherited = _places(bases, fields)
    for part in module.own_nodes(constructor):
        if isinstance(part, (ast.Assign, ast.AnnAssign)) and part.value is not None:
            for target in part.targets if isinstance(part, ast.Assign) else [part.target]:
                if isinstance(target, ast.Attribute) and target.attr in fields:
                    values.append(part.value)
                elif isinstance(target, ast.Name):
                    given_anew.add(target.id)
        elif isinstance(part, ast.Call) and last_name(part) == "__init__":
            values += [value for place, value in arguments_by_place(part) if place in inherited]
    places: set[int | str] = set()
    for position, name in enumerate(module.instances.positional_parameters(constructor)):
        if name not in given_anew and _is_kept(module, name, values):
            places |= {position, name}
    for argument in constructor.args.kwonlyargs:
        if argument.arg not in given_anew and _is_kept(module, argument.arg, values):
            places.add(argument.arg)
    return frozenset(places)


def _is_kept(module: Module, name: str, values: list[ast.expr]) -> bool:
    return any(carried(value, frozenset({name}), module) is not None for value in values)
