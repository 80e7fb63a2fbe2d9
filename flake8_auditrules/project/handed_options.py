"""Handed options: whether a function that hands on its `**options` is ever given one of them."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_auditrules.knowledge.loggers import WRITING
from flake8_auditrules.project.definitions import module_at
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.arguments import given, loads
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_MOST_FILES = 16
_MOST_HOPS = 3
# Methods of a dict that ask for one key, or for no key at all.
_OF_ONE_KEY = frozenset({"get", "pop", "setdefault"})
_OF_NO_KEY = frozenset({"copy", "items", "keys", "values"})
# Functions that read a dict that they are given, and add nothing to it.
_READING = frozenset({"bool", "dict", "dumps", "len", "list", "print", "repr", "sorted", "str", *WRITING})
# Decorators that hand on what they are given and nothing more.
_PLAIN_DECORATORS = frozenset({"staticmethod", "classmethod", "retry", "on_exception"})
# Base classes that call no method.
_EMPTY_BASES = frozenset({"ABC", "Generic", "Protocol", "object"})


def is_never_handed(project: Project, module: Module, call: ast.Call, option: str) -> bool:
    """
    Whether the `**options` of a call hand on what its function is given, and that never has `option`.

    It never has where another call before hands on the same and names the option itself, or where no call of the
    function in the project gives it and at least one is known to be a call of it.
    """
    function = _hands_on(module, call, option)
    if function is None:
        return False
    if _stands_beside(module, function, call, option):
        return True
    return _is_given_to_none(project, module, function, option, 0)


def _hands_on(module: Module, call: ast.Call, option: str) -> _Function | None:
    """The function whose `**options` a call hands on as they are, apart from keys that are written out."""
    unpacked = [keyword.value for keyword in call.keywords if keyword.arg is None]
    function = module.function_of(call)
    if len(unpacked) != 1 or not isinstance(unpacked[0], ast.Name) or not isinstance(function, _FUNCTIONS):
        return None
    options = unpacked[0].id
    if function.args.kwarg is None or function.args.kwarg.arg != options:
        return None
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        return None
    if any(last_name(decorator) not in _PLAIN_DECORATORS for decorator in function.decorator_list):
        return None
    uses = module.names_in(function).get(options, ())
    if not all(isinstance(use.ctx, ast.Load) and _leaves_out(module, use, option) for use in uses):
        return None
    return function


def _leaves_out(module: Module, use: ast.Name, option: str) -> bool:
    """Whether a use of the options neither asks for one of them nor can put it there."""
    parent = module.parent(use)
    if isinstance(parent, ast.keyword):
        return parent.arg is None or _is_read(module, module.parent(parent))
    if isinstance(parent, ast.Subscript):
        return parent.value is use and _is_other(parent.slice, option)
    if isinstance(parent, ast.Compare):
        return _is_other(parent.left, option)
    if isinstance(parent, ast.Attribute):
        called = module.parent(parent)
        if not isinstance(called, ast.Call) or called.func is not parent:
            return False
        if parent.attr in _OF_ONE_KEY:
            return bool(called.args) and _is_other(called.args[0], option)
        return parent.attr in _OF_NO_KEY
    if isinstance(parent, ast.Call):
        return _is_read(module, parent)
    return isinstance(parent, (ast.Dict, ast.FormattedValue, ast.If, ast.BoolOp, ast.UnaryOp))


def _is_read(module: Module, call: ast.AST | None) -> bool:
    return isinstance(call, ast.Call) and last_name(call.func) in _READING


def _is_other(key: ast.expr, option: str) -> bool:
    return isinstance(key, ast.Constant) and key.value != option


def _stands_beside(module: Module, function: _Function, call: ast.Call, option: str) -> bool:
    """Whether a call that always comes before names the option and hands on the same options: they lack it."""
    around = list(module.ancestors(call))
    for other in module.own_nodes(function):
        if not isinstance(other, ast.Call) or other.lineno >= call.lineno:
            continue
        names = {keyword.arg for keyword in other.keywords}
        if {option, None} <= names and _hands_on(module, other, option) is function:
            statement = module.statement(other)
            block = module.parent(statement)
            if block in around and statement not in around and not isinstance(block, ast.Try):
                return True
    return False


def _is_given_to_none(project: Project, module: Module, function: _Function, option: str, hops: int) -> bool:
    """Whether no call of a function gives an option, and at least one surely is a call of it."""
    if hops > _MOST_HOPS or function.name.startswith("__") or not module.name:
        return False
    if option in module.instances.positional_parameters(function) or module.function_of(function) is not None:
        return False
    files = project.files_that_mention(module, function.name, _MOST_FILES)
    if files is None or not _is_of_project(project, module, function):
        return False
    others = [module_at(project, path) for path in files]
    is_called = False
    for place in [module, *(other for other in others if other is not None)]:
        if _is_handed_on(place, function.name):
            return False
        for call in place.calls_named(function.name):
            if not _leaves_option_out(project, place, call, option, hops):
                return False
            is_called = is_called or _is_call_of(project, place, call, module, function)
    return is_called


def _is_of_project(project: Project, module: Module, function: _Function) -> bool:
    """Whether a function is of no class, or of one whose bases are all of the project: no library calls it."""
    holder = module.class_of(function)
    if holder is None:
        return True
    graph = project.elsewhere(module.path).graph
    line = graph.line(module.definition(holder))
    known = [one for one in line if graph.class_facts(one) is not None]
    others = [base for base in holder.bases if last_name(base) not in _EMPTY_BASES]
    return len(known) > len(others) and all(one in known or one.rpartition(".")[2] in _EMPTY_BASES for one in line)


def _is_handed_on(module: Module, name: str) -> bool:
    """Whether a module names a function without calling it: something else may call it, and give what it will."""
    named: Sequence[ast.Name | ast.Attribute] = [*module.attributes_named(name), *loads(module, name)]
    return any(
        isinstance(node.ctx, ast.Load)
        and not (isinstance(parent := module.parent(node), ast.Call) and parent.func is node)
        for node in named
    )


def _leaves_option_out(project: Project, module: Module, call: ast.Call, option: str, hops: int) -> bool:
    found = given(module, call, option)
    if found.known:
        return found.value is None
    function = _hands_on(module, call, option)
    if function is None:
        return False
    if function.name == last_name(call.func):
        # It calls itself, or the method of a base class, with the same.
        return True
    return _is_given_to_none(project, module, function, option, hops + 1)


def _is_call_of(project: Project, place: Module, call: ast.Call, home: Module, function: _Function) -> bool:
    around = place.function_of(call)
    if around is function:
        return False
    if place is home and isinstance(call.func, ast.Attribute) and home.class_of(function) is not None:
        if isinstance(call.func.value, ast.Name) and call.func.value.id in ("self", "cls"):
            return True
    callee = place.callee(call)
    meant = project.elsewhere(place.path).graph.resolve(callee) if callee is not None else None
    return meant is not None and meant.kind == "function" and meant.name == home.definition(function)
