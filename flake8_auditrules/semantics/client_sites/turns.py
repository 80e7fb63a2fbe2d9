"""Turns of a loop around a client: whether one client could serve them all."""

from __future__ import annotations

import ast
import re
from collections.abc import Container

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.client_sites.uses import Uses
from flake8_auditrules.semantics.handlers import is_handled_within
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions

# Processes and people, who take their time.
_WAITING = frozenset(
    {
        "builtins.input",
        "subprocess.call",
        "subprocess.check_call",
        "subprocess.check_output",
        "subprocess.run",
    }
)
_ATTEMPTS = pattern(r"attempt|retr(?:y|ies)|\btries|_tries", re.IGNORECASE)


def leaves_once_answered(module: Module, used: Uses, loop: ast.AST) -> bool:
    """Whether a loop ends once the client that each turn makes has answered: it waits for a server to come up."""
    if not isinstance(loop, ast.While):
        return False
    told = {one.value.id for one in used.attributes if isinstance(one.value, ast.Name)}
    for statement in ast.walk(loop):
        if isinstance(statement, ast.Assign) and told.intersection(names_in([statement.value])):
            told |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
    return any(
        isinstance(test, ast.If)
        and told.intersection(names_in([test.test]))
        and any(isinstance(one, (ast.Break, ast.Return)) for one in test.body)
        for test in ast.walk(loop)
    )


def is_where_equal(statement: ast.AST, child: ast.AST, names: Container[str]) -> bool:
    """Whether a statement is run only where one of the names is a certain value: `if name == "first":`."""
    return (
        isinstance(statement, ast.If)
        and child in statement.body
        and isinstance(statement.test, ast.Compare)
        and isinstance(statement.test.ops[0], ast.Eq)
        and isinstance(statement.test.left, ast.Name)
        and statement.test.left.id in names
        and isinstance(statement.test.comparators[0], ast.Constant)
    )


def is_for_one_item(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    """Whether a loop makes a call only for one of its items: `if name == "first":`."""
    target = getattr(loop, "target", None)
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is loop or not isinstance(target, ast.Name):
            return False
        if is_where_equal(ancestor, child, {target.id}):
            return True
        child = ancestor
    return False


def has_few_turns(module: Module, loop: ast.AST) -> bool:
    """Whether a loop goes over what is written out in it, and that is little: sharing would bring little."""
    items = getattr(loop, "iter", None)
    if isinstance(items, ast.Call) and isinstance(items.func, ast.Attribute) and items.func.attr == "items":
        table = items.func.value
        bindings = module.bindings(table) if isinstance(table, ast.Name) else []
        written = bindings[0].value if len(bindings) == 1 else None
        return isinstance(written, ast.Dict) and len(written.keys) <= _FEW_HOSTS
    return isinstance(items, (ast.Tuple, ast.List)) and len(items.elts) <= _FEW_TURNS


_FEW_TURNS = 3
_FEW_HOSTS = 5


def is_tried_again(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    """Whether a loop only tries the same request again: each call of its function makes a client then."""
    if not isinstance(loop, (ast.For, ast.AsyncFor)) or module.loop_of(loop) is not None:
        return False
    return _ATTEMPTS.search(module.source(loop.target)) is not None and isinstance(
        module.parent(call), ast.withitem
    )


def line_of_loop(module: Module, loop: ast.AST) -> int:
    """The 1-based line of a loop; of a comprehension's, that of its target."""
    if isinstance(loop, ast.comprehension):
        return loop.target.lineno
    line: int = getattr(loop, "lineno", 0)
    return line


def serves_every_turn(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    """
    Whether one client made before the loop could serve all its turns.

    Not where the client is made from what the loop binds, where the turn can end the loop once the client has
    done its work (a retry, a search for the first that answers), or where the client itself is used in a
    loop (a reconnect).
    """
    turn = names_bound_in(module, loop)
    for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
        for node in ast.walk(argument):
            if isinstance(node, ast.Name) and node.id in turn:
                return False
    if isinstance(loop, ast.comprehension):
        return True
    if counts_attempts(module, loop) or _is_first_in(module, call, loop) or is_handled_within(module, call, loop):
        return False
    statement = module.statement(call)
    body = statement.body if isinstance(statement, (ast.With, ast.AsyncWith)) else []
    entered = {
        item.optional_vars.id
        for item in getattr(statement, "items", [])
        if isinstance(item.optional_vars, ast.Name)
    }
    for inner in body:
        for node in ast.walk(inner):
            if isinstance(node, (ast.For, ast.AsyncFor, ast.While, ast.Return, ast.Break)):
                return False
            if isinstance(node, (ast.ListComp, ast.GeneratorExp)) and mentions(node.elt, entered):
                return False
    if _listens(module, statement):
        return False
    return not leaves_at_once(module, statement, loop) and not _waits_before(module, statement, loop)


def _listens(module: Module, statement: ast.stmt) -> bool:
    """Whether the block that makes a client goes on with a loop over what that gives: a turn is a reconnect."""
    block = getattr(module.parent(statement), "body", None)
    if not isinstance(statement, ast.Assign) or not isinstance(block, list) or statement not in block:
        return False
    told = names_in(statement.targets)
    for following in block[block.index(statement) + 1 :]:
        if isinstance(following, ast.Assign) and told.intersection(names_in([following.value])):
            told |= names_in(following.targets)
        elif isinstance(following, (ast.For, ast.AsyncFor)) and told.intersection(names_in([following.iter])):
            return True
    return False


def _waits_before(module: Module, statement: ast.stmt, loop: ast.AST) -> bool:
    """Whether a turn waits for a process or a person before it makes its client: connections have closed."""
    body = getattr(loop, "body", None)
    if not isinstance(body, list):
        return False
    return any(
        isinstance(node, ast.Call)
        and (module.callee(node) in _WAITING or (last_name(node) in ("communicate", "wait") and not node.args))
        for before in body
        if before.lineno < statement.lineno and statement not in ast.walk(before)
        for node in ast.walk(before)
    )


def names_bound_in(module: Module, loop: ast.AST) -> set[str]:
    """The names that get a value in a loop."""
    return {node.id for node in ast.walk(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def leaves_at_once(module: Module, statement: ast.stmt, loop: ast.AST) -> bool:
    """Whether the turn that makes the client leaves the loop unconditionally when nothing fails."""
    if isinstance(loop, ast.comprehension):
        # What follows its statement comes after all turns.
        return False
    inner: list[ast.stmt] = []
    current: ast.AST | None = statement
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        inner.extend(statement.body)
    while current is not None and current is not loop:
        parent = module.parent(current)
        if isinstance(current, ast.If):
            # What follows it is for turns without the client as well.
            break
        for field in ("body", "orelse"):
            block = getattr(parent, field, None)
            if isinstance(block, list) and current in block:
                inner.extend(block[block.index(current) + 1 :])
                if isinstance(parent, ast.Try) and field == "body":
                    inner.extend(parent.orelse)
        current = parent
    pending = list(inner)
    while pending:
        one = pending.pop()
        if isinstance(one, (ast.Return, ast.Break)):
            return True
        if isinstance(one, (ast.With, ast.AsyncWith)):
            pending.extend(one.body)
        elif isinstance(one, ast.Try):
            pending.extend([*one.body, *one.orelse])
    return False


def _is_first_in(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    """Whether only the first turn of a loop that comes to a call makes it: there was nothing of what it stores."""
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is loop:
            return False
        if isinstance(ancestor, ast.If) and makes_missing(module, ancestor, child):
            missing = _missing(ancestor)
            stores = [
                part for part in ast.walk(loop) if missing is not None and _stores_same(module, part, missing)
            ]
            return all(ancestor in module.ancestors(store) for store in stores)
        child = ancestor
    return False


def makes_missing(module: Module, branch: ast.If, child: ast.AST) -> bool:
    """Whether a branch is there for `x is None` or `not x`, and stores `x`: it is entered once."""
    missing = _missing(branch)
    if missing is None or child not in branch.body:
        return False
    return any(_stores_same(module, part, missing) for statement in branch.body for part in ast.walk(statement))


def _missing(branch: ast.If) -> ast.Name | ast.Attribute | None:
    """What a branch tests for being missing: the `x` of `x is None` or `not x`."""
    test = branch.test
    tested: ast.expr | None = None
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        tested = test.operand
    elif isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is):
        tested = test.left
    return tested if isinstance(tested, (ast.Name, ast.Attribute)) else None


def _stores_same(module: Module, part: ast.AST, expression: ast.Name | ast.Attribute) -> bool:
    return (
        isinstance(part, (ast.Name, ast.Attribute))
        and isinstance(part.ctx, ast.Store)
        and module.source(part) == module.source(expression)
    )


def counts_attempts(module: Module, loop: ast.AST) -> bool:
    """Whether a loop's head says that its turns are attempts at the same thing."""
    if isinstance(loop, (ast.For, ast.AsyncFor)):
        return _ATTEMPTS.search(f"{module.source(loop.target)} {module.source(loop.iter)}") is not None
    return isinstance(loop, ast.While) and _ATTEMPTS.search(module.source(loop.test)) is not None


def names_in(expressions: list[ast.expr]) -> set[str]:
    """The names that stand in some expressions."""
    return {node.id for one in expressions for node in ast.walk(one) if isinstance(node, ast.Name)}
