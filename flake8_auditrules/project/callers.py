"""Callers: the calls in other files of the project that come to a function, and what they give."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from flake8_auditrules.project.definitions import module_at
from flake8_auditrules.project.facts import CALL
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.ranges import UNKNOWN, Range
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import name_uses

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MOST_FILES = 16


class Caller(NamedTuple):
    """A call, and the module that it stands in."""

    module: Module
    call: ast.Call


class Given(NamedTuple):
    """A call of a function, and what it gives for one parameter; None where it leaves the default."""

    caller: Caller
    value: ast.expr | None


def callers_of(project: Project, module: Module, function: FunctionNode) -> list[Caller]:
    """
    The calls in other files, tests left out, of a function, a method or (for `__init__`) a class of a module.

    For a class those of the module itself count too. Of a name that many files mention none are given.
    """
    return module.keep(("callers elsewhere", function), lambda _: _find_callers(project, module, function))


def local_callers(module: Module, function: FunctionNode) -> list[Caller]:
    """The calls of a function or method in its own module."""
    name = module.definition(function)
    found = [Caller(module, call) for call in module.calls_named(function.name) if module.callee(call) == name]
    return [
        *found,
        *(
            Caller(module, call)
            for use, call in _calls_of_choice(module, function.name)
            if module.qualname(use) == name
        ),
    ]


def every_caller(project: Project, module: Module, function: FunctionNode) -> list[Caller]:
    """The calls of a function in its own module, and those that `callers_of` gives."""
    return [*local_callers(module, function), *callers_of(project, module, function)]


def given_by_every_caller(project: Project, module: Module, function: FunctionNode, parameter: str) -> list[Given]:
    """What each call that `every_caller` gives hands over for a parameter, by its place or by its name."""
    positional = module.instances.positional_parameters(function)
    position = positional.index(parameter) if parameter in positional else None
    return [
        Given(one, one.module.argument(one.call, parameter, position))
        for one in every_caller(project, module, function)
    ]


def places_named(module: Module, name: str) -> list[ast.Name | ast.Attribute]:
    """The names and attributes of a module that say a name, whatever they mean."""
    return [*name_uses(module).get(name, ()), *module.attributes_named(name)]


def places_that_mean(
    project: Project, module: Module, home: Module, definition: FunctionNode | ast.ClassDef
) -> list[ast.Name | ast.Attribute]:
    """The names and attributes of a module that mean a function or class that `home` defines, by its own name."""
    name, meaning = definition.name, home.definition(definition)
    kind = "class" if isinstance(definition, ast.ClassDef) else "function"
    graph = project.elsewhere(module.path).graph
    found: list[ast.Name | ast.Attribute] = []
    for node in places_named(module, name):
        qualname = module.qualname(node)
        meant = graph.resolve(qualname) if qualname is not None else None
        if meant is not None and meant.kind == kind and meant.name == meaning:
            found.append(node)
    return found


def is_called_by_base_constructor(project: Project, module: Module, function: FunctionNode) -> bool:
    """Whether the constructor of a base class calls a method: it runs once for each object then."""
    holder = module.class_of(function)
    if holder is None or not holder.bases:
        return False
    graph = project.elsewhere(module.path).graph
    for base in graph.line(module.definition(holder))[1:]:
        found = graph.class_facts(base)
        number = found[1].methods.get("__init__") if found is not None else None
        if found is None or number is None:
            continue
        for site in found[0].functions[number].sites:
            term = found[0].terms[site.term]
            if site.kind == CALL and term[0] == "A" and term[2] == function.name:
                if found[0].terms[term[1]][0] == "S":  # type: ignore[call-overload]
                    return True
    return False


def _find_callers(project: Project, module: Module, function: FunctionNode) -> list[Caller]:
    holder = module.class_of(function)
    is_constructor = holder is not None and function.name == "__init__"
    target = holder if holder is not None and is_constructor else function
    if module.function_of(target) is not None or not module.name:
        return []
    qualname = module.definition(target)
    found: list[Caller] = []
    if is_constructor:
        found += [Caller(module, call) for call in _calls(project, module, target.name, qualname)]
    files = project.files_that_mention(module, target.name, _MOST_FILES)
    for path in files or ():
        other = module_at(project, path)
        if other is not None:
            found += [Caller(other, call) for call in _calls(project, other, target.name, qualname)]
    return found


def _calls(project: Project, module: Module, name: str, qualname: str) -> list[ast.Call]:
    """The calls in a module of what is defined somewhere under a qualified name."""
    graph = project.elsewhere(module.path).graph
    found: list[ast.Call] = []
    for call in module.calls_named(name):
        callee = module.callee(call)
        meant = graph.resolve(callee) if callee is not None else None
        if meant is not None and meant.kind in ("function", "class") and meant.name == qualname:
            found.append(call)
    for use, call in _calls_of_choice(module, name):
        chosen = module.qualname(use)
        meant = graph.resolve(chosen) if chosen is not None else None
        if meant is not None and meant.kind == "function" and meant.name == qualname:
            found.append(call)
    return found


def _calls_of_choice(module: Module, name: str) -> Iterator[tuple[ast.Name, ast.Call]]:
    """The names that are one side of a choice, with the calls of what was chosen: `send = fast if x else slow`."""
    for use in name_uses(module).get(name, ()):
        choice = module.parent(use)
        if not isinstance(choice, ast.IfExp) or use is choice.test:
            continue
        kept = module.parent(choice)
        if isinstance(kept, ast.Call) and kept.func is choice:
            yield use, kept
        elif isinstance(kept, ast.Assign) and isinstance(kept.targets[0], ast.Name):
            function = module.function_of(kept)
            if isinstance(function, _FUNCTIONS):
                for other in module.names_in(function).get(kept.targets[0].id, ()):
                    call = module.parent(other)
                    if isinstance(call, ast.Call) and call.func is other:
                        yield use, call


def given_by_callers(
    project: Project, module: Module
) -> Callable[[FunctionNode, ast.arg, int | None, str], list[Range | None]]:
    """
    What callers in other files give for a parameter of a function of this module.

    The answer takes the function, the parameter, its 0-based position in a call (None: by name only) and the
    question, "value" or "size"; it gives a range for each call, None for one that leaves the default.
    """

    def given(
        function: FunctionNode, parameter: ast.arg, position: int | None, question: str
    ) -> list[Range | None]:
        found: list[Range | None] = []
        for caller in callers_of(project, module, function):
            argument = caller.module.argument(caller.call, parameter.arg, position)
            if argument is not None and _is_set_there(caller.module, argument):
                found.append(UNKNOWN)
            elif argument is not None:
                values = caller.module.values
                found.append(values.value(argument) if question == "value" else values.size(argument))
            elif caller.module.has_unpacking(caller.call):
                found.append(UNKNOWN)
            else:
                found.append(None)
        return found

    return given


def _is_set_there(module: Module, argument: ast.expr) -> bool:
    """Whether the module that gives `settings.size` also sets it: what the other module says is not what it is."""
    return isinstance(argument, ast.Attribute) and any(
        isinstance(other.ctx, ast.Store) and module.source(other) == module.source(argument)
        for other in module.attributes_named(argument.attr)
    )
