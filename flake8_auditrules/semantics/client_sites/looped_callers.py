"""Loops that call the function which makes a client, in the same module."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.client_sites.many_runs import ONCE, calls_of_own
from flake8_auditrules.semantics.client_sites.own_loops import runs_in_own_loop
from flake8_auditrules.semantics.client_sites.turns import (
    counts_attempts,
    is_for_one_item,
    is_where_equal,
    leaves_at_once,
    line_of_loop,
    makes_missing,
    names_bound_in,
    names_in,
)
from flake8_auditrules.semantics.handlers import is_handled_within
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.turn_hosts import Hosts, are_of_turn, hosts_given

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 3
# A client that asks less often finds no connection open any more: those that wait are closed meanwhile.
_LONGEST_PAUSE = 30
_MOST_POLLED_HOPS = 2
_SLEEPS = frozenset({"asyncio.sleep", "time.sleep", "anyio.sleep", "trio.sleep"})
_RARE = pattern(
    r"expir|time|now\(|stale|outdated|_at\b|elapsed|\bold\b|fail|error|invalid|denied|unauthori", re.IGNORECASE
)
# A loop that comes to a function on some of its turns only, one for each or after a long wait.
SELDOM = (0, "")


def looped_caller(
    module: Module, function: FunctionNode, is_for_one_host: Callable[[], bool], hosts: Hosts
) -> tuple[int, str] | None:
    """
    The line of a loop of this module that runs the function within three calls, and what it calls.

    SELDOM where no loop does but one on some of its turns, or each turn for another host.
    What goes once over several hosts as something begins gains nothing from a client that they share.
    """
    callers: dict[str, list[ast.Call]] = module.keep("calls of own functions", calls_of_own)
    found: tuple[int, str] | None = None
    names = [(module.definition(function), 0, "", hosts)]
    seen = {names[0][0]}
    while names:
        name, hops, chosen_by, hosts = names.pop(0)
        for call in callers.get(name, ()):
            if runs_in_own_loop(module, call) or _is_never_run(module, call, function):
                # No client can be shared by two event loops.
                continue
            loop: ast.AST | None = module.loop_of(call)
            if loop is not None and (
                _is_chosen_by_turn(module, call, loop, chosen_by) or _is_seldom(module, call, loop)
            ):
                found = SELDOM
                continue
            if isinstance(loop, ast.While) and hops < _MOST_POLLED_HOPS and _polls(module, call, loop):
                if not module.is_test and is_for_one_host():
                    return line_of_loop(module, loop), name.rpartition(".")[2]
                continue
            if loop is not None and (
                is_handled_within(module, call, loop)
                or is_for_one_item(module, call, loop)
                or (not isinstance(loop, ast.comprehension) and isinstance(module.statement(call), ast.Return))
            ):
                # Or the loop ends with it.
                continue
            caller = module.function_of(call)
            if loop is not None and isinstance(caller, _FUNCTIONS) and ONCE.match(f"{caller.name}_"):
                if not is_for_one_host():
                    continue
            if loop is not None and not _waits_for_ever(loop) and _is_retry(module, call, loop):
                loop = _loop_around(module, loop)
            asked = hosts_given(module, hosts, call)
            if loop is not None and are_of_turn(asked, loop):
                found = SELDOM
                continue
            if loop is not None and not _waits_for_ever(loop):
                return line_of_loop(module, loop), name.rpartition(".")[2]
            if isinstance(caller, _FUNCTIONS) and _is_sometimes(module, call):
                continue
            if isinstance(caller, _FUNCTIONS) and hops + 1 < _MAXIMUM_HOPS:
                above = module.definition(caller)
                if above not in seen:
                    seen.add(above)
                    names.append((above, hops + 1, _choosing(module, call, caller), asked))
    return found


def _choosing(module: Module, call: ast.Call, function: FunctionNode) -> str:
    """The parameter of a function that has to be a certain value for a call: `if kind == "mail":`; "" for none."""
    given = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is function:
            break
        if isinstance(ancestor, ast.If) and is_where_equal(ancestor, child, given):
            assert isinstance(ancestor.test, ast.Compare) and isinstance(ancestor.test.left, ast.Name)
            return ancestor.test.left.id
        child = ancestor
    return ""


def _is_chosen_by_turn(module: Module, call: ast.Call, loop: ast.AST, chosen_by: str) -> bool:
    """Whether what a turn gives a function decides that it makes the client: the other turns make none."""
    function = module.called_function(call) if chosen_by else None
    if not isinstance(function, _FUNCTIONS):
        return False
    names = [argument.arg for argument in function.args.args]
    if module.class_of(function) is not None:
        names = names[1:]
    position = names.index(chosen_by) if chosen_by in names else None
    given = module.argument(call, chosen_by, position)
    turn = names_bound_in(module, loop)
    return given is not None and any(isinstance(one, ast.Name) and one.id in turn for one in ast.walk(given))


def _is_seldom(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    """Whether only some turns make a call, and the loop that has them waits long, or nobody knows how long."""
    around = module.loop_of(loop) if isinstance(loop, ast.For) else None
    if not isinstance(around, ast.While):
        return False
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is loop:
            return False
        if isinstance(ancestor, ast.If) and child is not ancestor.test:
            break
        child = ancestor
    pauses = [pause for node in ast.walk(around) if isinstance(node, ast.Call) for pause in _pauses(module, node)]
    return bool(pauses) and not all(0 < pause <= _LONGEST_PAUSE for pause in pauses)


def _polls(module: Module, call: ast.Call, loop: ast.While) -> bool:
    """
    Whether a loop without an end makes a call on each of its turns, with pauses that are known and short.

    The pause may be a wait for the signal to stop, whose timeout is what lets the next turn begin.
    """
    if isinstance(loop.test, ast.Compare) or counts_attempts(module, loop):
        return False
    statement = module.statement(call)
    if not isinstance(statement, ast.Expr) or _is_under_test(module, statement, loop):
        return False
    pauses = [pause for node in ast.walk(loop) if isinstance(node, ast.Call) for pause in _pauses(module, node)]
    return bool(pauses) and all(0 < pause <= _LONGEST_PAUSE for pause in pauses)


def _is_under_test(module: Module, statement: ast.stmt, loop: ast.While) -> bool:
    """Whether only some turns of a loop run a statement: after a test, or for a failure that is no timeout."""
    for ancestor in module.ancestors(statement):
        if ancestor is loop:
            return False
        if isinstance(ancestor, ast.ExceptHandler):
            if last_name(ancestor.type) != "TimeoutError":
                return True
        elif not isinstance(ancestor, (ast.Try, ast.With, ast.AsyncWith)):
            return True
    return True


def _pauses(module: Module, call: ast.Call) -> Iterator[float]:
    """How long a call pauses, in seconds: 0 where it pauses for a time that is not known."""
    pause: ast.expr | None = None
    callee = module.callee(call)
    if callee in _SLEEPS:
        pause = call.args[0] if call.args else None
    elif callee == "asyncio.wait_for":
        waited = call.args[0] if call.args else None
        if last_name(waited) != "wait":
            return
        pause = module.argument(call, "timeout", 1)
    elif callee == "threading.Event.wait":
        pause = module.argument(call, "timeout", 0)
    else:
        return
    yield _seconds(module, pause) if pause is not None else 0


def _seconds(module: Module, expression: ast.expr) -> float:
    literal = module.literal(expression)
    return float(literal) if isinstance(literal, (int, float)) else 0


def _is_sometimes(module: Module, call: ast.Call) -> bool:
    """
    Whether a function makes a call only now and then.

    A test of time or a failure lets it: a token has run out, a cache is old. Or there is nothing yet of what the
    same branch stores.
    """
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, _FUNCTIONS):
            return False
        if isinstance(ancestor, ast.ExceptHandler):
            return True
        if isinstance(ancestor, ast.If) and child is not ancestor.test:
            if _RARE.search(module.source(ancestor.test)) or makes_missing(module, ancestor, child):
                return True
        child = ancestor
    return False


def _waits_for_ever(loop: ast.AST) -> bool:
    return isinstance(loop, ast.While)


def _is_never_run(module: Module, call: ast.Call, function: FunctionNode) -> bool:
    """Whether a call only makes a coroutine that nobody awaits."""
    return (
        isinstance(module.parent(call), ast.Expr)
        and isinstance(function, ast.AsyncFunctionDef)
        and last_name(call) == function.name
    )


def _is_retry(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    statement = module.statement(call)
    if isinstance(statement, ast.If) and isinstance(statement.body[-1], (ast.Return, ast.Break)):
        # The first that answers ends the search.
        return True
    if counts_attempts(module, loop) or leaves_at_once(module, module.statement(call), loop):
        return True
    return not isinstance(loop, ast.comprehension) and _ends_a_search(module, statement)


def _loop_around(module: Module, attempts: ast.AST) -> ast.AST | None:
    """The loop that runs a loop of attempts again on each of its turns."""
    outer = module.loop_of(attempts)
    if outer is None or not isinstance(attempts, ast.stmt):
        return None
    return None if counts_attempts(module, outer) or leaves_at_once(module, attempts, outer) else outer


def _ends_a_search(module: Module, statement: ast.stmt) -> bool:
    """
    Whether what follows an assignment asks if something was found, and leaves the loop with it.

    It follows in the same block, or behind the `if` of which the assignment is one branch.
    """
    if not isinstance(statement, ast.Assign):
        return False
    found = names_in(statement.targets)
    for following in _following(module, statement):
        if isinstance(following, ast.Assign) and not found.isdisjoint(names_in([following.value])):
            found |= names_in(following.targets)
        elif isinstance(following, ast.If) and isinstance(following.test, ast.Name) and following.test.id in found:
            return isinstance(following.body[-1], (ast.Return, ast.Break))
    return False


def _following(module: Module, statement: ast.stmt) -> Iterator[ast.stmt]:
    """What follows a statement in its block, and in the blocks of the `if`s of which that is a branch."""
    current: ast.AST = statement
    parent = module.parent(current)
    while parent is not None:
        for field in ("body", "orelse"):
            block = getattr(parent, field, None)
            if isinstance(block, list) and current in block:
                yield from block[block.index(current) + 1 :]
        if not isinstance(parent, ast.If):
            return
        current, parent = parent, module.parent(parent)
