"""Surroundings: what the function of a use has tested or read before it, and whether one step is all it does."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.lock_discipline.operations import (
    changes_one,
    is_emptying,
    is_queued,
    looks_up,
    measures,
)
from flake8_auditrules.semantics.lock_discipline.uses import FUNCTIONS, WAITING, outermost_function
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.shared_state import WRITES, Access, AccessKind, Variable, accesses, variable_of


def is_read_before(module: Module, access: Access) -> bool:
    """Whether the function that writes a variable has looked at it above: what others do in between is lost."""
    variable = variable_of(module, access.node)
    return variable is not None and any(
        other.function is access.function and isinstance(other.node.ctx, ast.Load)
        for other in accesses(module, variable)
        if other.node.lineno <= access.node.lineno
    )


def is_emptied(module: Module, access: Access) -> bool:
    """Whether the function that goes through a variable also writes it: what came meanwhile is lost."""
    variable = variable_of(module, access.node)
    return variable is not None and any(
        other.kind in WRITES and other.function is access.function for other in accesses(module, variable)
    )


def is_tested_around(module: Module, access: Access) -> bool:
    """Whether a write stands in an `if` or `while` that tests the variable."""
    variable = variable_of(module, access.node)
    child: ast.AST = access.node
    for ancestor in module.ancestors(access.node):
        if isinstance(ancestor, (*FUNCTIONS, ast.ClassDef)):
            return False
        if isinstance(ancestor, (ast.If, ast.While)) and child is not ancestor.test:
            for part in ast.walk(ancestor.test):
                if isinstance(part, (ast.Attribute, ast.Name)) and variable_of(module, part) == variable:
                    return True
        child = ancestor
    return False


def is_made_on_first_use(module: Module, access: Access) -> bool:
    """Whether a write stands below a test for there being nothing yet: `if x is None:`, `if not x:`."""
    variable = variable_of(module, access.node)
    child: ast.AST = access.node
    for ancestor in module.ancestors(access.node):
        if isinstance(ancestor, (*FUNCTIONS, ast.ClassDef)):
            return False
        if isinstance(ancestor, ast.If) and child in ancestor.body:
            test = ancestor.test
            asked: ast.expr | None = None
            if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is):
                asked = test.left
            elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
                asked = test.operand
            if isinstance(asked, (ast.Attribute, ast.Name)) and variable_of(module, asked) == variable:
                return True
        child = ancestor
    return False


def fills_once(module: Module, access: Access) -> bool:
    """
    Whether a write stands in a function that does its work once: it returns at once where a flag is set, and
    sets that flag. Others read what it filled when the flag is set.
    """
    variable = variable_of(module, access.node)
    if not isinstance(access.function, FUNCTIONS):
        return False
    flags: set[Variable] = set()
    done: set[Variable] = set()
    for part in module.own_nodes(access.function):
        if isinstance(part, ast.If) and isinstance(part.body[-1], ast.Return):
            if isinstance(part.test, (ast.Attribute, ast.Name)):
                flag = variable_of(module, part.test)
                if flag is not None and flag != variable:
                    flags.add(flag)
        elif isinstance(part, ast.Assign) and isinstance(part.value, ast.Constant) and part.value.value is True:
            for target in part.targets:
                if isinstance(target, (ast.Attribute, ast.Name)):
                    flag = variable_of(module, target)
                    if flag is not None:
                        done.add(flag)
    return not flags.isdisjoint(done)


def fills_missing(module: Module, access: Access) -> bool:
    """Whether a use stores an entry since there was none: what another one has stored meanwhile is lost."""
    variable = variable_of(module, access.node)
    if not isinstance(access.function, FUNCTIONS):
        return False
    for part in module.own_nodes(access.function):
        if not isinstance(part, ast.If):
            continue
        asked = {
            place.ops[0].__class__ if isinstance(place, ast.Compare) else None
            for name in ast.walk(part.test)
            if isinstance(name, (ast.Attribute, ast.Name)) and variable_of(module, name) == variable
            for place in [module.parent(name)]
        }
        if asked:
            is_below = any(one is access.node for statement in part.body for one in ast.walk(statement))
            leaves = isinstance(part.body[-1], (ast.Return, ast.Raise, ast.Continue))
            if (ast.In in asked and leaves) or (asked != {ast.In} and is_below):
                return True
    return False


def is_one_step(module: Module, access: Access, uses: list[Access]) -> bool:
    """
    Whether a use is one operation of the container, and all that its function does with it.

    The interpreter runs it without a break: it gets in the way only of who needs several.
    """
    if access.kind is AccessKind.REBIND:
        # An empty one in its place: what was stored in the old one meanwhile came before it.
        return is_emptying(module, access) and not is_read_before(module, access)
    if access.kind is not AccessKind.MUTATE:
        return False
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript) and isinstance(module.parent(parent), ast.AugAssign):
        return False
    method = outermost_function(module, access)
    others = [other for other in uses if other is not access and outermost_function(module, other) is method]
    if is_queued(module, access):
        return all(measures(module, other) for other in others)
    if not changes_one(module, access):
        return not others
    # Entries that are stored and taken out whatever was there; and one that is looked at before it is taken out.
    is_taken = isinstance(parent, ast.Attribute)
    return all(changes_one(module, other) or (is_taken and looks_up(module, other)) for other in others)


def waits_in_loop(module: Module, access: Access) -> bool:
    """Whether a `for` loop over a variable waits in its body."""
    loop = module.enclosing(access.node, ast.For)
    if loop is None or not any(part is access.node for part in ast.walk(loop.iter)):
        return False
    return any(isinstance(part, WAITING) for part in own_parts(loop.body))
