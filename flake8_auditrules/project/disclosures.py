"""Disclosures: how a text gets to the client through other functions, also those of other modules."""

from __future__ import annotations

import ast
import functools
import os
from collections.abc import Iterator, Mapping

from flake8_auditrules.knowledge import web
from flake8_auditrules.project.callers import Caller, local_callers
from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.definitions import (
    answer_behind,
    arguments_by_place,
    class_named,
    definition_of,
    methods_on_state,
    module_named,
)
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.raised_answers import reaches
from flake8_auditrules.semantics.exposure import (
    PUTTING,
    REST,
    Makes,
    Sink,
    carried,
    forwards,
    generators_in,
    given_back,
    is_debug_guarded,
    is_streaming,
    sinks,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, reads_as_class
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_REQUESTED = (Role.ROUTE, Role.DEPENDENCY)
_MOST_HOPS = 2
# Functions that make a document or a response of what they are given, beside those that read as classes.
_MAKING = frozenset({"dict", "list", "tuple", "dumps", "jsonify", "jsonable_encoder", "make_response", "str"})
_PLAIN_TYPES = frozenset({"Dict", "Any", "Mapping", "List", "Optional", "Union", "Tuple", "Annotated"})
_COPYING = frozenset({"encode", "model_dump", "dict", "json", "copy"})
_FAILING = ("error", "fail", "exception")


def makes(project: Project, module: Module) -> Makes:
    """What tells which arguments of a call come back, as text, in what a function of the project gives."""

    def found(call: ast.Call) -> list[ast.expr]:
        places = answer_behind(project, module, call, "given back", "", lambda: _given_back(project, module, call))
        return _arguments(call, places)

    return found


def _given_back(project: Project, module: Module, call: ast.Call) -> list[int | str] | None:
    """The places of what comes back; where REST is one, the names that the function declares follow it."""
    definition = definition_of(project, module, call)
    if definition is None:
        return None
    places = _places(given_back(definition.module, definition.function))
    if REST in places:
        declared = definition.function.args
        places += [f"{REST}{one.arg}" for one in (*declared.args, *declared.kwonlyargs)]
    return places


def forwarded(project: Project, module: Module, call: ast.Call) -> Iterator[Sink]:
    """The arguments of a call that a function of another module lets out to the client."""
    callee = module.callee(call)
    if callee is None or module.instances.local_function(callee) is not None:
        return
    places = answer_behind(project, module, call, "forwards", "", lambda: _forwards(project, module, call))
    for value in _arguments(call, places):
        yield Sink(call, value, None, f"`{last_name(call)}`")


def _forwards(project: Project, module: Module, call: ast.Call) -> list[int | str] | None:
    definition = definition_of(project, module, call)
    if definition is not None:
        return _places(forwards(definition.module).get(definition.function, {}))
    callee = module.callee(call) or ""
    if not reads_as_class(callee.rpartition(".")[2]):
        return None
    found = class_named(project, module, callee)
    if found is None:
        return None
    constructor = found[0].members(found[1]).methods.get("__init__")
    return _places(forwards(found[0]).get(constructor, {})) if constructor is not None else None


def _places(parameters: Mapping[str, int | None]) -> list[int | str]:
    """Parameters by their names and, where they have one, their 0-based positions."""
    return [*parameters, *(place for place in parameters.values() if place is not None)]


def _arguments(call: ast.Call, places: list[int | str] | None) -> list[ast.expr]:
    if not places:
        return []
    takes_rest = REST in places
    return [
        value
        for place, value in arguments_by_place(call)
        if place in places or (takes_rest and isinstance(place, str) and f"{REST}{place}" not in places)
    ]


# -- what functions return to those who answer -------------------------------------------------------------


class Told:
    """
    Where the text lies in what a function returns: under the key or field `key`, at the 0-based position `index`
    of a tuple; all of it where both are None. `in_list`: in each part of a list that lies so.
    """

    def __init__(self, key: str | None = None, index: int | None = None, in_list: bool = False) -> None:
        self.key = key
        self.index = index
        self.in_list = in_list


def told_by(module: Module, value: ast.expr, names: frozenset[str], makes: Makes) -> Told:
    """Where the text of one of `names` lies in a value that a function returns."""
    if isinstance(value, ast.Dict):
        for key, one in zip(value.keys, value.values, strict=True):
            if carried(one, names, module, makes) is not None:
                return Told(str(key.value) if isinstance(key, ast.Constant) else None)
    elif isinstance(value, ast.Tuple):
        for index, one in enumerate(value.elts):
            if carried(one, names, module, makes) is not None:
                return Told(index=index)
    elif isinstance(value, ast.Call) and reads_as_class(last_name(value)):
        for keyword in value.keywords:
            if carried(keyword.value, names, module, makes) is not None:
                return Told(keyword.arg)
    return Told()


def put_into_list(
    module: Module, statement: ast.AST, value: ast.expr, names: frozenset[str], makes: Makes
) -> Told | None:
    """Where the text lies in each of what a statement puts into a returned list: `found.append(Failure(text))`."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(value, ast.Name) or not isinstance(call, ast.Call) or len(call.args) != 1:
        return None
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr != "append":
        return None
    if not isinstance(function.value, ast.Name) or function.value.id != value.id:
        return None
    told = told_by(module, call.args[0], names, makes)
    return Told(told.key, told.index, in_list=True) if told.key is not None else None


def put_under(statement: ast.AST, value: ast.expr) -> Told | None:
    """The field of a returned object that a statement puts the text under: `record.error = str(error)`."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if not isinstance(value, ast.Name) or not isinstance(target, (ast.Attribute, ast.Subscript)):
        return None
    if not isinstance(target.value, ast.Name) or target.value.id != value.id:
        return None
    if isinstance(target, ast.Attribute):
        return Told(target.attr)
    key = target.slice
    return Told(key.value) if isinstance(key, ast.Constant) and isinstance(key.value, str) else None


def answering(project: Project, module: Module, function: FunctionNode, told: Told) -> FunctionNode | None:
    """
    The function that sends to the client what a function of a module returns; None where none is known to.

    Callers in the module are followed to their callers, too. A caller that looks at the result and then answers
    something else counts for nothing.
    """
    if role_of(module, function) is not None:
        return None
    if module.is_generator(function):
        told = Told(told.key, told.index, in_list=True)
    return _answering(project, module, function, told, 0)


def _answering(
    project: Project, module: Module, function: FunctionNode, told: Told, hops: int
) -> FunctionNode | None:
    for caller in _callers(project, module, function, hops):
        holder = caller.module.function_of(caller.call)
        if not isinstance(holder, _FUNCTIONS) or holder is function:
            continue
        result = _Result(caller, holder, told)
        answers = caller.module.imports(*web.FRAMEWORKS, *web.WRITING_LIBRARIES)
        for sink in sinks(caller.module, holder, caller.module.own_nodes(holder)) if answers else ():
            if result.is_shown_by(sink.node, sink.value) and _lets_through(project, caller.module, holder, told):
                return holder
        if hops < _MOST_HOPS and role_of(caller.module, holder) is None:
            for part in caller.module.own_nodes(holder):
                if isinstance(part, (ast.Return, ast.Yield, ast.YieldFrom)) and part.value is not None:
                    if result.is_shown_by(part, part.value):
                        is_stream = not isinstance(part, ast.Return)
                        if is_stream and is_streamed(project, caller.module, holder):
                            return holder
                        further = told if result.is_whole(part.value) else Told(in_list=is_stream)
                        found = _answering(project, caller.module, holder, further, hops + 1)
                        if found is not None:
                            return found
    return None


def is_streamed(project: Project, module: Module, function: FunctionNode, hops: int = 0) -> bool:
    """Whether what a generator, or one that a function returns, yields is the body of a response."""
    for caller in _callers(project, module, function, 0):
        holder = caller.module.function_of(caller.call)
        for call in caller.module.nodes(ast.Call):
            if is_streaming(call) and caller.module.function_of(call) is holder:
                content = call.args[0] if call.args else caller.module.argument(call, "content")
                if caller.call in generators_in(caller.module, content):
                    return True
        if hops == 0 and isinstance(holder, _FUNCTIONS) and role_of(caller.module, holder) is None:
            if isinstance(caller.module.taken_by(caller.call), ast.Return):
                if is_streamed(project, caller.module, holder, hops + 1):
                    return True
    return False


def answers_call(project: Project, module: Module, function: FunctionNode) -> bool:
    """Whether a route or a dependency, here or in another module, calls a function and takes no failure of it."""
    for caller in _callers(project, module, function, 0):
        holder = caller.module.function_of(caller.call)
        if role_of(caller.module, holder) in _REQUESTED and isinstance(holder, _FUNCTIONS):
            if reaches(caller.module, caller.call, holder):
                return True
    return False


def _callers(project: Project, module: Module, function: FunctionNode, hops: int) -> Iterator[Caller]:
    """
    The calls of a function in its own module, in the modules that import a web framework, and in others by which
    it is certainly meant.
    """
    yield from local_callers(module, function)
    holder = module.class_of(function)
    if not module.name or module.function_of(function) is not None or not _has_framework(project):
        return
    project.note_asked_of_all()
    facts = project.facts(os.path.abspath(module.path))
    if facts is None:
        return
    name = module.definition(function)
    known = facts.function(name)
    asked = project.elsewhere(module.path).graph
    for other in project.facts_that_mention(facts, function.name, holder is not None) or ():
        answers = any(one.partition(".")[0] in web.FRAMEWORKS for one in other.wiring.imports)
        if not answers and (known is None or hops == _MOST_HOPS):
            continue
        # Its facts tell most of these modules apart without their being parsed, and what objects are there.
        sites = [*asked.calls_in(other, facts, known)] if known is not None else []
        if known is not None and all(is_it is False for *_, is_it in sites):
            continue
        certain = [site for _, site, is_it in sites if is_it]
        if not answers and not certain:
            continue
        found = module_named(project, module, other.name)
        if found is None:
            continue
        graph = project.elsewhere(found.path).graph
        for call in found.calls_named(function.name):
            callee = found.callee(call)
            meant = graph.resolve(callee) if callee is not None else None
            if meant is not None:
                if meant.kind == "function" and meant.name == name:
                    yield Caller(found, call)
            elif any(site.is_at(call) for site in certain) or any(
                one.module.definition(one.function) == name for one in methods_on_state(project, found, call)
            ):
                yield Caller(found, call)


def _has_framework(project: Project) -> bool:
    """Whether some file of the project imports a web framework."""
    project.note_asked_of_all()
    return _imports_framework(project.names_used())


@functools.lru_cache(maxsize=4)
def _imports_framework(names: bytes) -> bool:
    return any(f"\n{name}{end}".encode() in names for name in web.FRAMEWORKS for end in (".", "\n"))


class _Result:
    """What a call gives its caller, and where the caller keeps it."""

    def __init__(self, caller: Caller, function: FunctionNode, told: Told) -> None:
        self._module = caller.module
        self._call = caller.call
        self._told = told
        self._key = told.key if told.index is None else None
        self._names: frozenset[str] = frozenset()
        self._tests: list[ast.If] = []
        around = caller.module.taken_by(caller.call)
        if isinstance(around, (ast.Assign, ast.AnnAssign)):
            targets: list[ast.expr] = [*around.targets] if isinstance(around, ast.Assign) else [around.target]
            self._names = frozenset(self._kept_in(targets))
        if told.in_list:
            self._names |= frozenset(self._gone_through(function))
        if self._names:
            for part in caller.module.own_nodes(function):
                if isinstance(part, ast.If) and any(
                    isinstance(name, ast.Name) and name.id in self._names for name in ast.walk(part.test)
                ):
                    self._tests.append(part)
        self._names |= frozenset(self._put_into(function))

    def _kept_in(self, targets: list[ast.expr]) -> Iterator[str]:
        for target in targets:
            if isinstance(target, ast.Tuple):
                index = self._told.index
                target = target.elts[index] if index is not None and index < len(target.elts) else target
            elif self._told.index is not None:
                continue
            if isinstance(target, ast.Name):
                yield target.id

    def _gone_through(self, function: FunctionNode) -> Iterator[str]:
        """The names of the parts of a list of results: `for result in export_all(names)`."""
        for part in self._module.own_nodes(function):
            if isinstance(part, (ast.For, ast.AsyncFor, ast.comprehension)) and isinstance(part.target, ast.Name):
                if self.is_whole(part.iter):
                    yield part.target.id

    def _put_into(self, function: FunctionNode) -> Iterator[str]:
        """The names of local documents and lists that get the result: `answer["check"] = result`."""
        for part in self._module.own_nodes(function):
            if isinstance(part, ast.Assign) and len(part.targets) == 1 and self._shows(part.value):
                target = part.targets[0]
                if _without_await(part.value) is not self._call or isinstance(target, ast.Subscript):
                    while isinstance(target, ast.Subscript):
                        target = target.value
                    if isinstance(target, ast.Name):
                        yield target.id
            elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
                putting = part.value.func
                if (
                    isinstance(putting, ast.Attribute)
                    and putting.attr in PUTTING
                    and isinstance(putting.value, ast.Name)
                    and any(self._shows(given) for given in part.value.args)
                    and all(self._leads(test, part) for test in self._tests)
                ):
                    yield putting.value.id

    def is_whole(self, value: ast.expr) -> bool:
        """Whether an expression is the result itself, so that the text lies in it where it lay."""
        inner = value.value if isinstance(value, ast.Await) else value
        return inner is self._call or (isinstance(inner, ast.Name) and inner.id in self._names)

    def is_shown_by(self, node: ast.AST, value: ast.expr) -> bool:
        """Whether the text of the result is in what leaves at a node, on the way that a failed call takes."""
        return (
            getattr(node, "lineno", 0) >= self._call.lineno
            and self._shows(value)
            and not is_debug_guarded(self._module, node)
            and all(self._leads(test, node) for test in self._tests)
        )

    def _leads(self, test: ast.If, node: ast.AST) -> bool:
        """Whether a test of the result does not keep what failed from a node."""
        inside = self._module.ancestors(node)
        child: ast.AST = node
        for ancestor in inside:
            if ancestor is test:
                if _asks_for_anything(test.test):
                    return True
                fails = self._asks_for_failure(test.test)
                return fails if child in test.body else not fails
            child = ancestor
        leaves = isinstance(test.body[-1], _LEAVING) and test.end_lineno is not None
        if leaves and (test.end_lineno or 0) < getattr(node, "lineno", 0):
            return not self._asks_for_failure(test.test)
        return True

    def _asks_for_failure(self, test: ast.expr) -> bool:
        """Whether a test is true of a result that tells of a failure: `not result["ok"]`, `"error" in result`."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return not isinstance(test.operand, ast.Name) and not self._asks_for_failure(test.operand)
        words = {str(part.value).lower() for part in ast.walk(test) if isinstance(part, ast.Constant)}
        words |= {part.attr.lower() for part in ast.walk(test) if isinstance(part, ast.Attribute)}
        words |= {part.id.lower() for part in ast.walk(test) if isinstance(part, ast.Name)}
        if isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.NotEq, ast.IsNot, ast.NotIn)):
            return "none" in words or not any(sign in word for word in words for sign in _FAILING)
        return any(sign in word for word in words for sign in _FAILING)

    def _shows(self, expression: ast.expr) -> bool:
        if expression is self._call:
            return self._told.index is None
        if isinstance(expression, ast.Name):
            return expression.id in self._names
        if isinstance(expression, ast.Call):
            function = expression.func
            arguments = [*expression.args, *(keyword.value for keyword in expression.keywords)]
            if isinstance(function, ast.Attribute):
                if function.attr == "get" and expression.args:
                    return self._shows(function.value) and self._is_key(expression.args[0])
                if function.attr in _COPYING and self._shows(function.value):
                    return True
            if last_name(expression) in _MAKING or reads_as_class(last_name(expression)):
                return any(self._shows(argument) for argument in arguments)
            return False
        if isinstance(expression, ast.Subscript):
            if self._told.index is not None and _without_await(expression.value) is self._call:
                return isinstance(expression.slice, ast.Constant) and expression.slice.value == self._told.index
            return self._shows(expression.value) and self._is_key(expression.slice)
        if isinstance(expression, ast.Attribute):
            return self._shows(expression.value) and self._key in (None, expression.attr)
        if isinstance(expression, (ast.Compare, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp)):
            return False
        if isinstance(expression, ast.GeneratorExp):
            return False
        return any(self._shows(part) for part in ast.iter_child_nodes(expression) if isinstance(part, ast.expr))

    def _is_key(self, key: ast.expr) -> bool:
        """Whether a key may be the one that the text lies under."""
        return self._key is None or not isinstance(key, ast.Constant) or key.value == self._key


def _asks_for_anything(test: ast.expr) -> bool:
    """Whether a test only asks whether there is a result: `result`, `result is not None`."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test = test.operand
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.Is, ast.IsNot)):
        test = test.left
    return isinstance(test, ast.Name)


def _without_await(expression: ast.expr) -> ast.expr:
    return expression.value if isinstance(expression, ast.Await) else expression


def _lets_through(project: Project, module: Module, function: FunctionNode, told: Told) -> bool:
    """Whether the response's model, if a route of FastAPI names one, has a field for the text."""
    if role_of(module, function) is not Role.ROUTE or not module.imports("fastapi"):
        return True
    model = function.returns
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call):
            model = module.argument(decorator, "response_model") or model
    if model is None or _is_plain(module, model):
        return True
    return told.key is not None and _has_field(project, module, model, told.key)


def _is_plain(module: Module, model: ast.expr) -> bool:
    """Whether an annotation names no model: documents of any keys, and ready responses."""
    return not any(
        reads_as_class(part.id if isinstance(part, ast.Name) else part.attr)
        and last_name(part) not in _PLAIN_TYPES
        and module.qualname(part) not in web.RESPONSES
        for part in ast.walk(model)
        if isinstance(part, (ast.Name, ast.Attribute))
    )


def _has_field(project: Project, module: Module, model: ast.expr, field: str) -> bool:
    """Whether a class of the project, or one of its bases there, declares a field."""
    qualname = module.qualname(model)
    found = class_named(project, module, qualname) if qualname is not None else None
    return found is not None and any(
        isinstance(statement, ast.AnnAssign)
        and isinstance(statement.target, ast.Name)
        and statement.target.id == field
        for _, holder in class_line(project, *found).classes
        for statement in holder.body
    )
