"""Key reads: loops that ask Redis for one key after another, where one round trip could ask for all."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.row_loops import Loop, depends_on_item, is_for_one_item, is_long, is_over_rows

_CLIENTS = ("redis.Redis", "redis.asyncio.Redis")
_READS = frozenset(f"{client}.{command}" for client in _CLIENTS for command in database.KEY_READS)
# What ends the loop when an answer is the one that is looked for, or makes each turn a unit of work.
_LEAVING = (ast.Return, ast.Break, ast.Yield, ast.YieldFrom, ast.With, ast.AsyncWith)


class KeyRead(NamedTuple):
    """A read of one key of Redis in each turn of a loop."""

    call: ast.Call
    loop: Loop
    cure: str


def key_reads(module: Module) -> Iterator[KeyRead]:
    """
    The first read of a key in each loop over keys that does nothing else with the server.

    Commands that a pipeline collects are none: they are sent together. Nor are the turns of a loop that writes,
    publishes or waits for a lock: each of them works on what it has just read.
    """
    done: set[Loop] = set()
    for call in module.calls_named(*sorted(database.KEY_READS)):
        loop = module.loop_of(call)
        if loop is None or isinstance(loop, ast.While) or loop in done or not call.args:
            continue
        if not _may_be_sent(module, call) or not depends_on_item(module, call, loop):
            continue
        if not _is_sent(module, call) or (isinstance(loop.iter, ast.Call) and last_name(loop.iter) == "keys"):
            # `for key in client.keys(pattern)` is mended first: AUD210 tells of it.
            continue
        if is_over_rows(module, loop.iter, 0) and is_long(module, loop) and _only_reads(module, call, loop):
            done.add(loop)
            command = last_name(call)
            yield KeyRead(call, loop, database.KEY_READS[command])


def _may_be_sent(module: Module, call: ast.Call) -> bool:
    """Whether it is worth to ask for the class of the receiver: `get` is what dictionaries are called for too."""
    return (
        module.awaited(call) or module.imports("redis") or "redis" in last_name(getattr(call.func, "value", None))
    )


def _is_sent(module: Module, call: ast.Call) -> bool:
    """
    Whether a call sends its command at once.

    What is known as an asynchronous client may be a pipeline of it, whose commands nobody awaits.
    """
    callee = module.called(call, _READS)
    if callee is None or (callee.startswith("redis.asyncio.") and not module.awaited(call)):
        return False
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    return "pipe" not in last_name(receiver).lower()


def _only_reads(module: Module, call: ast.Call, loop: Loop) -> bool:
    if isinstance(module.parent(call), ast.Expr) or is_for_one_item(module, call, loop):
        return False
    if isinstance(loop, ast.comprehension):
        return True
    return not any(
        isinstance(part, _LEAVING) or (isinstance(part, ast.Call) and _changes_keys(module, part))
        for part in own_parts(loop.body)
    )


def _changes_keys(module: Module, call: ast.Call) -> bool:
    callee = module.callee(call) or ""
    owner, _, command = callee.rpartition(".")
    return owner in _CLIENTS and command not in database.KEY_READS
