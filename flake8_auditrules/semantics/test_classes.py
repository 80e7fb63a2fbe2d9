"""Test classes: what runs the methods of a class of a test file, and whether it awaits coroutines."""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import uncalled
from flake8_auditrules.semantics.scopes import FunctionNode

AWAITING_CLASS = "IsolatedAsyncioTestCase"
_PLAIN = frozenset({"unittest.TestCase", "unittest.case.TestCase"})
_AWAITING = frozenset({f"unittest.{AWAITING_CLASS}", f"unittest.async_case.{AWAITING_CLASS}"})
# With one of these a class may run its methods in another way than its base does.
_RUNNING = frozenset(
    {
        "run",
        "__call__",
        "__getattribute__",
        "__getattr__",
        "__init__",
        "__init_subclass__",
        "__new__",
        "_callTestMethod",
        "_callSetUp",
        "_callTearDown",
    }
)
_PREPARING = frozenset({"setup_method", "teardown_method", "setup_class", "teardown_class"})
# Decorators that leave a coroutine function one, and the test one that is run.
_LEAVING = ("unittest.mock.patch", "mock.patch", "pytest.mark.")
_SKIPPING = frozenset({"pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"})


class Runner(enum.Enum):
    """What runs the tests of a class."""

    PLAIN_CASE = "unittest.TestCase"
    """It calls tests and awaits nothing."""
    AWAITING_CASE = "unittest.IsolatedAsyncioTestCase"
    """It awaits tests, but not `setUp` and `tearDown`."""
    PYTEST = "pytest"
    """A class without bases that pytest collects by its name."""


def runner_of(module: Module, owner: ast.ClassDef) -> Runner | None:
    """
    What runs the tests of a class of this module.

    None where that is not certain: a base of another module, a metaclass, a decorator or a method that may
    change how tests are run, or a class that is mixed into another one.
    """
    return module.keep(("runner of tests", owner), lambda _: _runner_of(module, owner))


def _runner_of(module: Module, owner: ast.ClassDef) -> Runner | None:
    found: set[Runner] = set()
    pending, seen = [owner], {owner}
    while pending:
        holder = pending.pop()
        if holder.keywords or not all(_leaves(module, one) for one in holder.decorator_list):
            return None
        if not _RUNNING.isdisjoint(module.members(holder).methods):
            return None
        for base in holder.bases:
            name = module.qualname(base)
            if name in _PLAIN:
                found.add(Runner.PLAIN_CASE)
            elif name in _AWAITING:
                found.add(Runner.AWAITING_CASE)
            elif name != "builtins.object":
                local = module.instances.local_class(name) if name is not None else None
                if local is None:
                    return None
                if local not in seen:
                    seen.add(local)
                    pending.append(local)
    if _is_mixed_in(module, owner):
        return None
    if Runner.AWAITING_CASE in found:
        return Runner.AWAITING_CASE
    if found:
        return Runner.PLAIN_CASE
    return Runner.PYTEST if owner.name.startswith("Test") and len(seen) == 1 else None


def _is_mixed_in(module: Module, owner: ast.ClassDef) -> bool:
    """Whether a class of this module has this one as a base beside others."""
    if not any(name.id == owner.name for holder in module.nodes(ast.ClassDef) for name in _named_bases(holder)):
        return False
    name = module.definition(owner)
    return any(
        len(holder.bases) > 1 and name in module.instances.ancestry(module.definition(holder))
        for holder in module.nodes(ast.ClassDef)
        if holder is not owner
    )


def _named_bases(holder: ast.ClassDef) -> list[ast.Name]:
    return [base for base in holder.bases if isinstance(base, ast.Name)]


def keeps_to_runner(module: Module, function: FunctionNode) -> bool:
    """Whether its class alone decides how a method is run: no decorator wraps or skips it, nobody calls it."""
    if not all(_leaves(module, decorator) for decorator in function.decorator_list):
        return False
    if function.name in _PREPARING and not _takes_what_pytest_gives(function):
        return False
    return not any(
        isinstance(use.value, ast.Name) and isinstance(module.parent(use), (ast.Call, ast.Assign))
        for use in module.attributes_named(function.name)
    )


def _takes_what_pytest_gives(function: FunctionNode) -> bool:
    """Whether pytest can call a method that prepares tests: with nothing, or with the test's method."""
    arguments = function.args
    given = [one.arg.lstrip("_") for one in (*arguments.posonlyargs, *arguments.args)][1:]
    return not arguments.kwonlyargs and (not given or given in (["method"], ["function"], ["func"], [""]))


def _leaves(module: Module, decorator: ast.expr) -> bool:
    """Whether a decorator leaves a coroutine function one, and does not skip the test."""
    name = module.qualname(uncalled(decorator)) or ""
    return name in ("builtins.classmethod", "builtins.staticmethod") or (
        name.startswith(_LEAVING) and name not in _SKIPPING
    )
