"""The environment: where its variables are read, and what is read when they are not set."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module

_DEVELOPMENT = pattern(r"debug|develop|\bdev\b|local|testing|\btest|ci\b", re.IGNORECASE)
# What the place is called where a program runs on its developer's machine.
_AT_HOME = frozenset({"debug", "dev", "develop", "development", "local", "localhost"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_READERS = ("decouple", "environ", "environs", "starlette")
_READER_CLASSES = frozenset(
    {
        "decouple.AutoConfig",
        "decouple.Config",
        "environ.Env",
        "environ.FileAwareEnv",
        "environs.Env",
        "environs.FileAwareEnv",
        "starlette.config.Config",
    }
)


class Variable(NamedTuple):
    """One reading of an environment variable: its name, its default (None where none is given), the expression."""

    name: str
    default: ast.expr | None
    node: ast.expr


def variable(module: Module, expression: ast.expr) -> Variable | None:
    """The variable that `os.getenv(...)` or `os.environ[...]` reads, where its name is written out."""
    if isinstance(expression, ast.Call):
        # `os.environ` is a name: what an instance's `get` gives needs no look.
        if module.qualname(expression.func) != "os.getenv":
            return None
        name = module.argument(expression, "key", 0)
        default = module.argument(expression, "default", 1)
    elif isinstance(expression, ast.Subscript) and isinstance(expression.ctx, ast.Load):
        if module.qualname(expression.value) != "os.environ":
            return None
        name, default = expression.slice, None
    else:
        return None
    text = module.literal(name) if name is not None else None
    return Variable(text, default, expression) if isinstance(text, str) else None


def variables_read(module: Module) -> Iterator[Variable]:
    """The readings of a module by `os.getenv`, `os.environ.get` and `os.environ[...]` that write out the name."""
    for expression in (*module.calls_named("getenv", "get"), *module.nodes(ast.Subscript)):
        reading = variable(module, expression)
        if reading is not None:
            yield reading


def settings_read(module: Module) -> Iterator[Variable]:
    """
    The readings by libraries that read settings: environs and django-environ (`env("KEY")`, `env.str("KEY")`),
    python-decouple and Starlette (`config("KEY")`).

    Only those whose result is a text: with a `cast` the default stands for something else.
    """
    if not module.imports(*_READERS):
        return
    for call in module.nodes(ast.Call):
        function = call.func
        if not call.args or not isinstance(call.args[0], ast.Constant) or not isinstance(call.args[0].value, str):
            continue
        if isinstance(function, ast.Attribute):
            if function.attr != "str" or module.instance_of(function.value) not in _READER_CLASSES:
                continue
        elif not isinstance(function, ast.Name) or (
            module.qualname(function) != "decouple.config" and module.instance_of(function) not in _READER_CLASSES
        ):
            continue
        default = module.argument(call, "default", 1)
        yield Variable(call.args[0].value, default, call)


def is_required(reading: Variable) -> bool:
    """Whether a missing variable raises KeyError."""
    return isinstance(reading.node, ast.Subscript)


def is_set_here(module: Module, name: str) -> bool:
    """Whether the module sets the variable itself, for a process that it starts: `env["NAME"] = ...`."""
    for constant in module.nodes(ast.Constant):
        if constant.value == name:
            parent = module.parent(constant)
            if isinstance(parent, ast.Dict) and constant in parent.keys:
                return True
            if isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store):
                return True
    return False


def is_for_development(module: Module, node: ast.AST) -> bool:
    """Whether a test of a debugging or development setting leads to a node."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.If, ast.IfExp)) and child is not ancestor.test:
            if _DEVELOPMENT.search(module.source(ancestor.test)):
                return True
        elif isinstance(ancestor, ast.ClassDef) and _DEVELOPMENT.search(ancestor.name):
            return True
        elif isinstance(ancestor, _FUNCTIONS):
            return False
        child = ancestor
    return False


def is_told_to_developer(module: Module, node: ast.AST) -> bool:
    """
    Whether a node runs only where its program runs on a developer's machine.

    A test says so that leads to it, by a debugging mode (`if settings.debug:`, `if DEV_MODE:`) or by the name of
    the place (`if environment == "development":`).
    """
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.If) and child in ancestor.body and _asks_for_home(ancestor.test):
            return True
        if isinstance(ancestor, ast.IfExp) and child is ancestor.body and _asks_for_home(ancestor.test):
            return True
        if isinstance(ancestor, _FUNCTIONS):
            return False
        child = ancestor
    return False


def _asks_for_home(test: ast.expr) -> bool:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(_asks_for_home(part) for part in test.values)
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.Eq, ast.In)) and len(test.ops) == 1:
        wanted = test.comparators[0]
        places = wanted.elts if isinstance(wanted, (ast.Tuple, ast.List, ast.Set)) else [wanted]
        return bool(places) and all(
            isinstance(place, ast.Constant) and isinstance(place.value, str) and place.value.lower() in _AT_HOME
            for place in places
        )
    if isinstance(test, ast.Call) and not test.args:
        test = test.func
    name = test.id if isinstance(test, ast.Name) else test.attr if isinstance(test, ast.Attribute) else ""
    return not _AT_HOME.isdisjoint(name.lower().split("_"))
