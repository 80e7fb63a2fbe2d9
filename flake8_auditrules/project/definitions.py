"""Definitions: the function that a call calls, also where another file of the project defines it."""

from __future__ import annotations

import ast
import functools
import os
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any

from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.stubs import is_stub

_MAXIMUM_HOPS = 3


class Definition(NamedTuple):
    """A function and the module that defines it."""

    module: Module
    function: FunctionNode

    def parameter(self, place: int | str) -> str:
        """The name of the parameter that an argument fills, given by 0-based position or by name; "" for none."""
        return parameter_at(self.positional, place)

    @property
    def positional(self) -> Sequence[str]:
        """The names of the parameters that are given by position, in their order."""
        return self.module.instances.positional_parameters(self.function)


def parameter_at(positional: Sequence[str], place: int | str) -> str:
    """The name of the parameter that an argument fills, given by 0-based position or by name; "" for none."""
    if isinstance(place, str):
        return place
    return positional[place] if place < len(positional) else ""


def arguments_by_place(call: ast.Call) -> list[tuple[int | str, ast.expr]]:
    """A call's arguments with their 0-based positions or their names; what `**` unpacks is left out."""
    named = [(keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg is not None]
    return [*enumerate(call.args), *named]


def definition_of(project: Project, module: Module, call: ast.Call) -> Definition | None:
    """The function or method of the project that `call` calls; None where it is not known to be one."""
    callee = module.callee(call)
    return function_named(project, module, callee) if callee is not None else None


def definitions_of(project: Project, module: Module, call: ast.Call) -> list[Definition]:
    """
    The functions of the project that `call` may run: for a method that its class leaves open, those that fill it.

    Classes that fill it are subclasses, and for a Protocol those that have all its methods; none for many.
    """
    found = definition_of(project, module, call)
    if found is None:
        return []
    holder = found.module.class_of(found.function)
    if holder is None or not is_stub(found.function):
        return [found]
    project.note_asked_of_all()
    filling = project.elsewhere(found.module.path).implementations(
        found.module.definition(holder), found.function.name
    )
    candidates = (function_named(project, found.module, f"{one}.{found.function.name}") for one in filling)
    return [one for one in candidates if one is not None]


def methods_on_state(project: Project, module: Module, call: ast.Call) -> list[Definition]:
    """
    The methods that a call may run of what an application keeps on its state: `app.state.bus.publish(event)`.

    None of them where one is not known.
    """
    name = _name_on_state(module, call)
    if name is None:
        return []
    project.note_asked_of_all()
    found: list[Definition] = []
    for value in project.elsewhere(module.path).values_on_state(name):
        if value is not None and value.kind == "none":
            continue
        method = f"{value.name}.{last_name(call)}" if value is not None and value.kind == "instance" else None
        definition = function_named(project, module, method) if method is not None else None
        if definition is None:
            return []
        found.append(definition)
    return found


def _name_on_state(module: Module, call: ast.Call) -> str | None:
    """The name on an application's state of the object whose method is called."""
    held = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(held, ast.Name):
        bindings = module.bindings(held)
        held = bindings[0].value if len(bindings) == 1 else None
    if isinstance(held, ast.Call) and last_name(held) == "getattr" and len(held.args) > 1:
        state, name = held.args[:2]
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            return name.value if isinstance(state, ast.Attribute) and state.attr == "state" else None
        return None
    if isinstance(held, ast.Attribute) and isinstance(held.value, ast.Attribute) and held.value.attr == "state":
        return held.attr
    return None


def function_named(project: Project, module: Module, qualname: str) -> Definition | None:
    """The function of the project that has this qualified name as the module sees it; None where there is none."""
    local = module.instances.local_function(qualname)
    return Definition(module, local) if local is not None else _named(project, module, qualname, 0)


def class_named(project: Project, module: Module, qualname: str) -> tuple[Module, ast.ClassDef] | None:
    """The class that has this qualified name as the module sees it, imports followed, behind its module."""
    local = module.instances.local_class(qualname)
    if local is not None:
        return module, local
    for _ in range(_MAXIMUM_HOPS):
        home, _, name = qualname.rpartition(".")
        other = module_named(project, module, home) if home else None
        if other is None:
            return None
        found = other.instances.local_class(f"{other.name}.{name}")
        if found is not None:
            return other, found
        sites = other.index.root.bindings.get(name, [])
        if not sites and other.index.root.stars:
            passed_on = _passed_on(project, other, name)
            if passed_on is None:
                return None
            qualname = passed_on
            continue
        if len(sites) != 1 or not isinstance(sites[0], ast.alias):
            return None
        qualname = other.names.imported(sites[0])
    return None


def _passed_on(project: Project, module: Module, name: str) -> str | None:
    """The qualified name of what a module has by `from ... import *`; None for what it has not."""
    own = f"{module.name}.{name}" if module.name else name
    meant = project.elsewhere(module.path).graph.resolve(own)
    return meant.name if meant is not None and meant.kind in ("class", "function") and meant.name != own else None


def inherited_definition(project: Project, module: Module, class_name: str, method: str) -> Definition | None:
    """The project's definition of a method of a class or of the nearest of its bases; None where there is none."""
    for ancestor in module.instances.ancestry(class_name):
        found = function_named(project, module, f"{ancestor}.{method}")
        if found is not None:
            return found
    return None


def home_of(project: Project, module: Module, callee: str) -> str | None:
    """
    The file from which a callee of a module is followed: an absolute path; None for a name of a library.

    What the callee does follows from this file and what it depends on.
    """
    roots = project.layout.source_roots(str(Path(module.path).absolute()))
    around = callee.rpartition(".")[0]
    while around:
        path = project.layout.find(around, roots)
        if path is not None:
            return path if path.endswith(".py") else None
        around = around.rpartition(".")[0]
    return None


def answer_behind(
    project: Project, module: Module, call: ast.Call, what: str, question: Hashable, compute: Callable[[], Any]
) -> Any:
    """
    What `compute` gives for the function that a call calls; None where that is no function of the project.

    Where another file defines the function, the answer is kept as `Project.answer` says. It must follow from the
    function and `question`, and from nothing else in this module.
    """
    callee = module.callee(call)
    if callee is None:
        return None
    if module.instances.local_function(callee) is not None:
        return compute()
    home = home_of(project, module, callee)
    return project.answer(home, what, (callee, question), compute) if home is not None else None


def _named(project: Project, module: Module, qualname: str, hops: int) -> Definition | None:
    """The function of a qualified name, through imports and module variables that hold an instance."""
    if hops > _MAXIMUM_HOPS:
        return None
    parts = qualname.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        other = module_named(project, module, ".".join(parts[:cut]))
        if other is None:
            continue
        rest = parts[cut:]
        name = ".".join([other.name, *rest]) if other.name else ".".join(rest)
        function = other.instances.local_function(name)
        if function is not None:
            return Definition(other, function)
        if len(rest) == 2 and other.instances.local_class(name.rpartition(".")[0]) is not None:
            inherited = other.instances.method(name.rpartition(".")[0], rest[1])
            function = other.instances.local_function(inherited)
            if function is not None:
                return Definition(other, function)
            return _named(project, other, inherited, hops + 1) if inherited != name else None
        return _behind(project, other, rest, hops + 1)
    return None


def _behind(project: Project, module: Module, rest: list[str], hops: int) -> Definition | None:
    """What a name of another module's top level stands for: an import, or an instance whose method is meant."""
    sites = module.index.root.bindings.get(rest[0], [])
    if not sites and module.index.root.stars:
        passed_on = _passed_on(project, module, rest[0])
        return _named(project, module, ".".join([passed_on, *rest[1:]]), hops) if passed_on is not None else None
    if len(sites) != 1:
        return None
    site = sites[0]
    if isinstance(site, ast.alias):
        return _named(project, module, ".".join([module.names.imported(site), *rest[1:]]), hops)
    value = module.names.binding(site).value
    if value is None or len(rest) != 2:
        return None
    owner = module.instances.instance_of(value)
    if owner is None:
        return None
    method = module.instances.method(owner, rest[1])
    function = module.instances.local_function(method)
    return Definition(module, function) if function is not None else _named(project, module, method, hops)


def module_named(project: Project, module: Module, dotted: str) -> Module | None:
    """Another module of the project by its dotted name."""
    roots = project.layout.source_roots(str(Path(module.path).absolute()))
    path = project.layout.find(dotted, roots)
    if path is None or not path.endswith(".py"):
        return None
    return module_at(project, path)


def module_at(project: Project, path: str) -> Module | None:
    """The module that a file of the project holds; None for one that cannot be read or parsed."""
    try:
        changed = os.stat(path).st_mtime_ns
    except OSError:
        return None
    return _read(project, path, changed)


@functools.lru_cache(maxsize=64)
def _read(project: Project, path: str, changed: int) -> Module | None:
    """The module of a file as it was at a time; some are kept, since a project's files call the same ones."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig")
        tree = ast.parse(text)
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None
    name, is_package = project.module_name(path)
    return Module(
        tree,
        text.splitlines(keepends=True),
        path=path,
        name=name,
        is_package=is_package,
        elsewhere=project.elsewhere(path),
    )
