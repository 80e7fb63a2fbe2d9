"""The order of locks: which locks a function takes, itself and through others, while which are held."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeGuard

from flake8_auditrules.knowledge.locks import LockKind
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.call_names import calls_named
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.locks import (
    Lock,
    acquisitions,
    entered_around,
    lock_of,
    locked_blocks,
    receiver_class,
    released_before,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import is_none_literal, last_name
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import held_by_callers

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEEPEST = 4
# A test of these asks who holds a lock, or tries to take it: `lock.locked()`, `mutex.acquire(False)`.
_ASKING_WHO = ("lock", "mutex", "own", "acquire")


class Taking(NamedTuple):
    """A lock that is taken: the node that takes it, the functions through which that happens, and the attributes
    and names whose tests may leave one of these functions before."""

    lock: Lock
    node: ast.AST
    through: tuple[str, ...]
    unless: frozenset[str] = frozenset()


class Again(NamedTuple):
    """A lock that is taken while its holder has it: where, and through which functions."""

    node: ast.AST
    lock: Lock
    through: tuple[str, ...]


class Crossing(NamedTuple):
    """Two locks taken in both orders: where `second` is taken while `first` is held, and the other place."""

    node: ast.AST
    first: Lock
    second: Lock
    other: ast.AST
    other_function: str


class _Order(NamedTuple):
    first: Lock
    second: Lock
    node: ast.AST
    function: FunctionNode
    held: frozenset[str]


def taken_again(module: Module) -> list[Again]:
    """The places where a function that holds a plain lock takes it again, and so waits for itself."""
    return module.keep("locks taken again", _taken_again)


def crossings(module: Module) -> list[Crossing]:
    """The pairs of locks that are taken in both orders, each at the later of the two places."""
    return module.keep("locks in both orders", _crossings)


def _is_plain(lock: Lock) -> bool:
    """Whether the holder of a lock waits for ever when he takes it again."""
    known = lock.known
    return (
        known is not None
        and not known.reentrant
        and not known.counted
        and known.kind in (LockKind.THREAD, LockKind.TASK)
        and lock.is_shared
    )


def _is_ordered(lock: Lock) -> bool:
    return lock.known is not None and not lock.known.counted and lock.is_shared


class _Held(NamedTuple):
    """A `with` block over a lock, in a function."""

    lock: Lock
    statement: ast.With | ast.AsyncWith
    function: FunctionNode


def _blocks(module: Module) -> list[_Held]:
    return module.keep("known blocks over locks", _find_blocks)


def _find_blocks(module: Module) -> list[_Held]:
    found: list[_Held] = []
    for lock, statement in locked_blocks(module):
        if lock.known is not None:
            function = module.function_of(statement)
            if isinstance(function, _FUNCTIONS):
                found.append(_Held(lock, statement, function))
    return found


def _takings(module: Module) -> dict[FunctionNode, list[Taking]]:
    """What each function takes itself: by `with`, and by `acquire` without a limit."""
    return module.keep("locks taken by functions", _find_takings)


def _find_takings(module: Module) -> dict[FunctionNode, list[Taking]]:
    found: dict[FunctionNode, list[Taking]] = {}
    for block in _blocks(module):
        found.setdefault(block.function, []).append(Taking(block.lock, block.statement, ()))
    for function, calls in acquisitions(module).items():
        for call, lock in calls:
            if lock is not None and lock.known is not None and last_name(call) == "acquire":
                if not call.args and not call.keywords and not released_before(module, function, call, lock):
                    found.setdefault(function, []).append(Taking(lock, call, ()))
    return found


def called_function(module: Module, call: ast.Call) -> FunctionNode | None:
    """
    The function of this module that a call runs at once: `self.method()`, `function()`.

    None for coroutines that are not awaited, for methods of other objects, and for methods that a subclass of
    this module overrides.
    """
    target = call.func
    function: FunctionNode | None = None
    if isinstance(target, ast.Attribute):
        holder = receiver_class(module, target.value)
        if holder is None:
            return None
        function = module.instances.local_function(module.instances.method(module.definition(holder), target.attr))
    elif isinstance(target, ast.Name):
        qualname = module.qualname(target)
        function = module.instances.local_function(qualname) if qualname is not None else None
    if function is None or module.is_generator(function):
        return None
    if isinstance(function, ast.AsyncFunctionDef) and not module.awaited(call):
        return None
    return function


def functions_called_by(module: Module, function: FunctionNode) -> list[tuple[ast.Call, FunctionNode]]:
    """The calls by which a function itself runs functions of this module at once, each with what it runs."""
    return module.keep("functions called by functions", _functions_called).get(function, [])


def _functions_called(module: Module) -> dict[ast.AST | None, list[tuple[ast.Call, FunctionNode]]]:
    found: dict[ast.AST | None, list[tuple[ast.Call, FunctionNode]]] = {}
    functions: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
    for call in calls_named(module, {function.name for function in functions}):
        called = called_function(module, call)
        if called is not None:
            found.setdefault(module.function_of(call), []).append((call, called))
    return found


def taken_by(module: Module, function: FunctionNode) -> list[Taking]:
    """The locks that a function takes, itself or through functions of this module that it calls."""
    return module.keep(("taken by", function), lambda _: list(_taken_by(module, function, 0, frozenset())))


def _taken_by(module: Module, function: FunctionNode, depth: int, asking: frozenset[ast.AST]) -> Iterator[Taking]:
    yield from (
        one._replace(
            unless=_tested_before(module, one.node, function) | _missing_around(module, one.node, function)
        )
        for one in _takings(module).get(function, ())
        if not _is_conditional(module, one.node, function)
    )
    if depth >= _DEEPEST:
        return
    for call, called in functions_called_by(module, function):
        if called in asking or called is function or _is_conditional(module, call, function):
            continue
        stored = _stored_above(module, call, function)
        for taking in _taken_by(module, called, depth + 1, asking | {function}):
            if not taking.unless.isdisjoint(stored):
                continue
            unless = taking.unless | _tested_before(module, call, function)
            unless |= _missing_around(module, call, function)
            yield Taking(taking.lock, call, (called.name, *taking.through), unless)


def _tested_before(module: Module, node: ast.AST, function: FunctionNode) -> frozenset[str]:
    """The attributes and names that a test asks by which a function returns before it comes to `node`."""
    line: int = getattr(node, "lineno", 0)
    return frozenset(
        name
        for statement in function.body
        if isinstance(statement, ast.If) and statement.lineno < line and isinstance(statement.body[-1], ast.Return)
        for part in ast.walk(statement.test)
        if isinstance(part, (ast.Attribute, ast.Name)) and (name := last_name(part)) not in ("", "self", "cls")
    )


def _stored_above(module: Module, call: ast.Call, function: FunctionNode) -> frozenset[str]:
    """The attributes that a function has set, whatever way it took, when it comes to a call."""
    return frozenset(
        target.attr
        for statement in function.body
        if isinstance(statement, ast.Assign) and statement.lineno < call.lineno
        for part in statement.targets
        for target in (part.elts if isinstance(part, ast.Tuple) else [part])
        if isinstance(target, ast.Attribute) and not is_none_literal(statement.value)
    )


def _missing_around(module: Module, node: ast.AST, function: FunctionNode) -> frozenset[str]:
    """The attributes and names that must be None, or not there, for `node` to run: `if self._pool is None:`."""
    found: set[str] = set()
    child = node
    for ancestor in module.ancestors(node):
        if ancestor is function:
            break
        if isinstance(ancestor, ast.If) and child is not ancestor.test:
            parts = ancestor.test.values if isinstance(ancestor.test, ast.BoolOp) else [ancestor.test]
            missing = ast.Is if child in ancestor.body else ast.IsNot
            for part in parts:
                if isinstance(part, ast.Compare) and isinstance(part.ops[0], missing):
                    found.add(last_name(part.left))
                elif isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not) and missing is ast.Is:
                    found.add(last_name(part.operand))
        child = ancestor
    return frozenset(found - {"", "self", "cls"})


def _is_conditional(module: Module, node: ast.AST, function: FunctionNode) -> bool:
    """Whether a test of a parameter, or of who holds the lock, decides if `node` runs."""
    parameters = {
        argument.arg
        for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        if argument.arg not in ("self", "cls")
    }
    child = node
    for ancestor in module.ancestors(node):
        if ancestor is function:
            return False
        if isinstance(ancestor, (ast.If, ast.IfExp, ast.While)) and child is not ancestor.test:
            for part in ast.walk(ancestor.test):
                if isinstance(part, ast.Name) and part.id in parameters:
                    return True
                if isinstance(part, ast.Attribute) and any(word in part.attr.lower() for word in _ASKING_WHO):
                    return True
        child = ancestor
    return False


def _taken_again(module: Module) -> list[Again]:
    found: dict[ast.AST, tuple[Again, int]] = {}
    for block in _blocks(module):
        if not _is_plain(block.lock):
            continue
        for node, taking in _taken_inside(module, block):
            if taking.lock.key == block.lock.key and not _gives_up(module, block):
                known = found.get(node)
                # The way that the fewest tests may leave tells most.
                if known is None or len(taking.unless) < known[1]:
                    found[node] = Again(node, block.lock, taking.through), len(taking.unless)
    return [again for again, _ in found.values()]


def _gives_up(module: Module, block: _Held) -> bool:
    """Whether the block gives its lock up by hand somewhere."""
    for part in own_parts(block.statement.body):
        if isinstance(part, ast.Attribute) and part.attr == "release":
            lock = lock_of(module, part.value)
            if lock is not None and lock.key == block.lock.key:
                return True
    return False


def _taken_inside(module: Module, block: _Held) -> Iterator[tuple[ast.AST, Taking]]:
    """What is taken while a block runs, with the node in the block that takes it."""
    direct = {taking.node: taking for taking in _takings(module).get(block.function, ())}
    for part in own_parts(block.statement.body):
        if part in direct:
            yield part, direct[part]
        elif isinstance(part, ast.Call):
            called = called_function(module, part)
            if called is not None and called is not block.function:
                for taking in taken_by(module, called):
                    if taking.unless and not taking.unless.isdisjoint(
                        {*_stored_before(block, part), *_tested_around(module, block, part)}
                    ):
                        # What the block has set lets the function return before it takes the lock again.
                        continue
                    if _is_told_to_leave(module, part, called, taking.node):
                        continue
                    yield part, Taking(taking.lock, part, (called.name, *taking.through), taking.unless)


def _is_told_to_leave(module: Module, call: ast.Call, called: FunctionNode, node: ast.AST) -> bool:
    """Whether a call gives True or False for a parameter by which the function leaves before a node."""
    names = module.instances.positional_parameters(called)
    given = {name: argument.value for name, argument in zip(names, call.args, strict=False) if _is_truth(argument)}
    given |= {word.arg: word.value.value for word in call.keywords if word.arg and _is_truth(word.value)}
    if not given:
        return False
    child = node
    for ancestor in module.ancestors(node):
        for block in (getattr(ancestor, "body", None), getattr(ancestor, "orelse", None)):
            if not isinstance(block, list) or child not in block:
                continue
            for statement in block[: block.index(child)]:
                if not isinstance(statement, ast.If) or not isinstance(statement.body[-1], _LEAVING):
                    continue
                test, wanted = statement.test, True
                if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
                    test, wanted = test.operand, False
                if isinstance(test, ast.Name) and given.get(test.id) is wanted:
                    return True
        if ancestor is called:
            return False
        child = ancestor
    return False


_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def _is_truth(argument: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(argument, ast.Constant) and isinstance(argument.value, bool)


def _stored_before(block: _Held, node: ast.Call) -> Iterator[str]:
    """The attributes and names that a block sets in the lines before a node."""
    for part in own_parts(block.statement.body):
        if isinstance(part, (ast.Attribute, ast.Name)) and isinstance(part.ctx, ast.Store):
            if part.lineno < node.lineno:
                yield last_name(part)


def _tested_around(module: Module, block: _Held, node: ast.Call) -> Iterator[str]:
    """The attributes and names that must be true where a node of a block runs: `if self._made:` around it."""
    child: ast.AST = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.If) and child in ancestor.body:
            if isinstance(ancestor.test, (ast.Attribute, ast.Name)):
                yield last_name(ancestor.test)
        if ancestor is block.statement:
            return
        child = ancestor


def _crossings(module: Module) -> list[Crossing]:
    orders: dict[tuple[str, str], _Order] = {}
    for block in _blocks(module):
        if not _is_ordered(block.lock):
            continue
        outer = {
            entered.lock.key for entered in entered_around(module, block.statement) if entered.lock is not None
        } | held_by_callers(module, block.function).keys
        for node, taking in _taken_inside(module, block):
            if taking.lock.key in outer:
                # It is held there already: the order of the two was settled outside.
                continue
            if _is_ordered(taking.lock) and taking.lock.key != block.lock.key:
                key = (block.lock.key, taking.lock.key)
                orders.setdefault(key, _Order(block.lock, taking.lock, node, block.function, frozenset(outer)))
        for before, after in zip(block.statement.items, block.statement.items[1:], strict=False):
            first, second = lock_of(module, before.context_expr), lock_of(module, after.context_expr)
            if first is None or second is None or first.key == second.key:
                continue
            if _is_ordered(first) and _is_ordered(second):
                orders.setdefault(
                    (first.key, second.key),
                    _Order(first, second, block.statement, block.function, frozenset(outer)),
                )
    found: list[Crossing] = []
    for (first_key, second_key), order in orders.items():
        other = orders.get((second_key, first_key))
        if other is None or not _is_same_kind(order.first, order.second):
            continue
        # A third lock that both hold keeps them apart.
        if (order.held & other.held) - {first_key, second_key}:
            continue
        if _line(order.node) > _line(other.node):
            found.append(Crossing(order.node, order.first, order.second, other.node, other.function.name))
    return found


def _is_same_kind(first: Lock, second: Lock) -> bool:
    return first.known is not None and second.known is not None and first.known.kind is second.known.kind


def _line(node: ast.AST) -> int:
    line: int = getattr(node, "lineno", 0)
    return line
