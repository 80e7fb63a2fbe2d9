"""Test subjects: whether a test can reach anything else than what it has made itself."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import Binding, BindingKind, FunctionNode, ScopeKind
from flake8_auditrules.semantics.walk import children

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Modules of the standard library that work on the values they are given, and what tests are written with.
_OWN_MODULES = frozenset(
    {
        "asyncio",
        "base64",
        "collections",
        "copy",
        "dataclasses",
        "datetime",
        "decimal",
        "enum",
        "functools",
        "hashlib",
        "itertools",
        "json",
        "math",
        "operator",
        "pytest",
        "random",
        "re",
        "string",
        "time",
        "typing",
        "unittest",
        "uuid",
    }
)
_REACHING_BUILTINS = frozenset({"open", "exec", "eval", "compile", "__import__", "globals", "locals", "input"})
_REACHING_NAMES = frozenset({"patch", "skip", "importorskip", "fixture", "main", "xfail"})
_PLACEHOLDER = pattern(
    r"dummy|placeholder|nothing|noop|no_op|stub|example|sample|sanity|smoke|always|pass(?:es|ed)?$|true|snippet|readme"
)
_FOLDERS = frozenset({"fixtures", "data", "samples", "examples", "example", "resources", "templates", "docs"})
_CASES = frozenset({"unittest.TestCase", "unittest.IsolatedAsyncioTestCase", "builtins.object"})
_MAXIMUM_HOPS = 4


def assertion_about_itself(module: Module, function: FunctionNode) -> ast.AST | None:
    """
    The first assertion of a test that can reach nothing but builtins, its own values, mocks that it makes, and
    modules of the standard library that only work with these; None for every other test.
    """
    if function.decorator_list or _takes_fixtures(module, function):
        return None
    assertion: ast.AST | None = None
    for part in _parts(function):
        if isinstance(part, ast.Assert) or (_is_of_case(part) and not _is_frame(part)):
            assertion = assertion if assertion is not None else part
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            if not _is_own(module, function, part, 0):
                return None
        elif isinstance(part, (ast.Import, ast.ImportFrom, ast.ClassDef, ast.Global, ast.Nonlocal, *_FUNCTIONS)):
            if not (isinstance(part, (ast.Import, ast.ImportFrom)) and _is_own_import(part)):
                return None
        elif isinstance(part, ast.Attribute) and part.attr in _REACHING_NAMES:
            return None
    folders = module.path.replace("\\", "/").split("/")[:-1]
    return assertion if _FOLDERS.isdisjoint(folders) and not _PLACEHOLDER.search(function.name) else None


def _takes_fixtures(module: Module, function: FunctionNode) -> bool:
    """Whether something is given to a test: fixtures, parameters, or what its class inherits."""
    arguments = function.args
    holder = module.class_of(function)
    given = len(arguments.posonlyargs) + len(arguments.args) + len(arguments.kwonlyargs)
    if given > (holder is not None) or arguments.vararg is not None or arguments.kwarg is not None:
        return True
    return holder is not None and module.keep(("inherits", holder), lambda _: _inherits(module, holder))


def _inherits(module: Module, holder: ast.ClassDef) -> bool:
    """Whether a class has more than a test case has: decorators, other bases."""
    return bool(holder.decorator_list) or not all((module.qualname(base) or "") in _CASES for base in holder.bases)


def _parts(function: FunctionNode) -> Iterator[ast.AST]:
    """The nodes of a function's body, statement by statement in source order."""
    pending: list[ast.AST] = list(reversed(function.body))
    while pending:
        part = pending.pop()
        yield part
        if part.__class__ is not ast.Name and part.__class__ is not ast.Constant:
            below = children(part)
            below.reverse()
            pending.extend(below)


def _is_frame(part: ast.AST) -> bool:
    """Whether a call of a test case only frames assertions: `self.subTest(...)`."""
    return isinstance(part, ast.Call) and getattr(part.func, "attr", "") == "subTest"


def _is_of_case(part: ast.AST | None) -> bool:
    """Whether a node is a call of one of the assertions of `unittest`, or of `subTest`."""
    return (
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and isinstance(part.func.value, ast.Name)
        and part.func.value.id == "self"
        and part.func.attr in _assertions()
    )


def _is_own_import(statement: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return not statement.level and (statement.module or "").partition(".")[0] in _OWN_MODULES
    return all(alias.name.partition(".")[0] in _OWN_MODULES for alias in statement.names)


def _is_own(module: Module, function: FunctionNode, name: ast.Name, hops: int) -> bool:
    """Whether what a name stands for was made by the test itself, or works on that only."""
    if name.id == "self":
        attribute = module.parent(name)
        call = module.parent(attribute) if attribute is not None else None
        return _is_of_case(call) and isinstance(call, ast.Call) and call.func is attribute
    scope = module.scope_of(name)
    if scope.is_builtin(name.id):
        return name.id not in _REACHING_BUILTINS
    owner = scope.owner(name.id)
    if owner is None:
        return False
    bindings = module.bindings(name)
    if owner.kind is ScopeKind.MODULE:
        return all(_is_own_global(module, function, binding, hops) for binding in bindings)
    return all(
        binding.kind is not BindingKind.FUNCTION and binding.kind is not BindingKind.CLASS for binding in bindings
    )


def _is_own_global(module: Module, function: FunctionNode, binding: Binding, hops: int) -> bool:
    if binding.kind is BindingKind.IMPORT and isinstance(binding.site, ast.alias):
        imported = module.names.imported(binding.site)
        first, _, rest = imported.partition(".")
        return first in _OWN_MODULES and rest.rpartition(".")[2] not in _REACHING_NAMES
    if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None or hops > _MAXIMUM_HOPS:
        return False
    return not any(
        isinstance(part, (ast.Call, ast.Await, ast.Lambda)) for part in ast.walk(binding.value)
    ) and all(
        _is_own(module, function, part, hops + 1)
        for part in ast.walk(binding.value)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    )


@functools.cache
def _assertions() -> frozenset[str]:
    """The names of what a case asserts by; `unittest` is imported for tests alone."""
    import unittest

    return frozenset(name for name in dir(unittest.TestCase) if name.startswith(("assert", "fail", "subTest")))
