"""Lost deeds: what is done for others, over and over or to each of many, and nobody sees that it is not done."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import stores
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_PASSING = (ast.Pass, ast.Continue)
_PAUSES = frozenset({"sleep", "wait", "wait_for"})
# Calls that send a message.
_SENDING = re.compile(r"_*(?:a?send|broadcast|publish)(?:_|$)")
# What a guard of requests is called, whose question has an answer for "no".
_GUARDS = pattern(r"rate_?limit|limiter|throttl", re.IGNORECASE)
# Functions that are there to delete something, and the calls by which they do.
_DELETING = pattern(r"_*a?(?:delete|drop|erase|purge|revoke)(?:_|$)(?!\w*if_exists)")
# What is gone when it is not found, or may be: messages of chats, files, entries of caches.
_GONE_ANYHOW = pattern(
    r"cache|cookie|file|folder|message|msg|path|reaction|session|temp|tmp|webhook", re.IGNORECASE
)
_FILES = ("os.", "pathlib.", "shutil.")
# What a client's going away is called, and the calls that wait for what a client sends, or send it something.
_GOING_AWAY = pattern(r"disconnect|connectionclosed|connectionreset|connectionerror|brokenpipe", re.IGNORECASE)
_RECEIVING = pattern(r"_*(?:iter_(?:bytes|json|text)|receive|recv|readline)")
_TO_CLIENT = pattern(r"_*(?:send|ping|pong|accept|write|drain)")
_DJANGO_CACHES = "django.core.cache.caches"
_DJANGO_CACHE = "django.core.cache.cache"


def first_lost_deed(module: Module, node: ast.AST, body: list[ast.stmt]) -> ast.Call | None:
    """
    The first call of a block that is done for others and that nobody sees when it fails; None where none is.

    `node` is the handler, or the `with suppress(...)`, that passes the failure over: the message to each of many
    receivers, the deeds of a loop that are counted, the round of a job that runs for ever, the question to a rate
    limiter, a cache that several processes share, the deletion that the function is asked for.
    """
    statement = handlers.try_of(module, node) if isinstance(node, ast.ExceptHandler) else node
    if isinstance(node, ast.ExceptHandler) and not all(isinstance(part, _PASSING) for part in node.body):
        return _shared_cache_call(module, body)
    return (
        deletion_asked_for(module, node, body)
        or _message_to_one_of_many(module, statement, body)
        or _counted_deed(module, statement, body)
        or round_of_job(module, statement)
        or next(
            (call for call in handlers.own_calls(body) if _GUARDS.search(module.text(call.func, 200)) is not None),
            None,
        )
        or _shared_cache_call(module, body)
    )


def deletion_asked_for(module: Module, node: ast.AST, body: list[ast.stmt]) -> ast.Call | None:
    """
    The call of a block by which the function around, which is there for that, deletes something elsewhere.

    None within another `try`, where a handler does more than to pass the failure over, for what is gone anyhow.
    """
    if isinstance(node, ast.ExceptHandler) and not all(isinstance(part, _PASSING) for part in node.body):
        return None
    function = module.function_of(node)
    if not isinstance(function, _FUNCTIONS) or _DELETING.match(function.name) is None:
        return None
    statement = handlers.try_of(module, node) if isinstance(node, ast.ExceptHandler) else node
    if _GONE_ANYHOW.search(f"{module.name} {function.name}") or module.enclosing(statement, ast.Try) is not None:
        return None
    for call in handlers.own_calls([part for part in body if not isinstance(part, ast.Try)]):
        text = module.text(call.func, 200)
        if _DELETING.match(last_name(call)) is None or _GONE_ANYHOW.search(text) is not None:
            continue
        if not (module.callee(call) or "").startswith(_FILES):
            return call
    return None


def round_of_job(module: Module, statement: ast.AST) -> ast.Call | None:
    """
    The first call of a `try` that is one round of a job: a loop that nothing ends, with a pause in each round.

    None where the loop waits for something to come true: it is left from within, or asks for what the block gives.
    """
    loop = module.loop_of(statement)
    if not isinstance(loop, ast.While) or statement not in loop.body or not isinstance(statement, ast.Try):
        return None
    if isinstance(loop.test, (ast.Name, ast.UnaryOp)) and not _is_flag(loop.test):
        return None
    if any(isinstance(part, (ast.Return, ast.Break)) for part in handlers.statements(loop.body)):
        return None
    if not any(last_name(call) in _PAUSES for call in handlers.own_calls(loop.body)):
        return None
    records = log_calls(module)
    return next(
        (
            call
            for call in handlers.own_calls(statement.body)
            if last_name(call) not in _PAUSES
            and call not in records
            and isinstance(module.taken_by(call), ast.Expr)
            and not _is_for_the_eye(module, call)
        ),
        None,
    )


def answer_to_messages(module: Module, node: ast.AST, body: list[ast.stmt]) -> ast.Call | None:
    """
    The first call by which a loop over a connection deals with what a client sends; None where none does.

    An earlier handler takes the end of the connection: what is left are the failures of that work.
    """
    if not isinstance(node, ast.ExceptHandler) or not any(
        _GOING_AWAY.search((name or "").rpartition(".")[2]) is not None
        for earlier in handlers.earlier_handlers(module, node)
        for name in handlers.caught(module, earlier)
    ):
        return None
    records = log_calls(module)
    for loop in handlers.statements(body):
        if not isinstance(loop, (ast.While, ast.AsyncFor)):
            continue
        calls = list(handlers.own_calls([loop]))
        if any(_RECEIVING.match(last_name(call)) is not None for call in calls):
            return next(
                (
                    call
                    for call in calls
                    if isinstance(module.taken_by(call), ast.Expr)
                    and call not in records
                    and last_name(call) not in handlers.TIDYING
                    and _RECEIVING.match(last_name(call)) is None
                    and _TO_CLIENT.match(last_name(call)) is None
                    and not _is_guarded(module, call, loop)
                ),
                None,
            )
    return None


def _is_guarded(module: Module, call: ast.Call, loop: ast.AST) -> bool:
    """Whether a call stands in a `try` of the loop that takes every failure."""
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is loop:
            return False
        if isinstance(ancestor, ast.Try) and child in ancestor.body:
            if any(handlers.is_broad(module, handler) for handler in ancestor.handlers):
                return True
        child = ancestor
    return False


def _is_flag(test: ast.expr) -> bool:
    """Whether the condition of a loop is an attribute or a call, which somebody else changes: `not self._stop`."""
    return isinstance(test, ast.UnaryOp) and isinstance(test.operand, (ast.Attribute, ast.Call))


def _message_to_one_of_many(module: Module, statement: ast.AST, body: list[ast.stmt]) -> ast.Call | None:
    """The call that sends a message to what a loop goes over: `for client in clients: await client.send(text)`."""
    loop = module.loop_of(statement)
    if not isinstance(loop, (ast.For, ast.AsyncFor)) or handlers.handler_of(module, statement) is not None:
        return None
    names = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
    return next(
        (
            call
            for call in handlers.own_calls(body)
            if _SENDING.match(last_name(call)) is not None
            and isinstance(module.taken_by(call), ast.Expr)
            and not _is_for_the_eye(module, call)
            and any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(call))
        ),
        None,
    )


def _counted_deed(module: Module, statement: ast.AST, body: list[ast.stmt]) -> ast.Call | None:
    """The call that changes something in a block that counts what is done: `add(document); done += 1`."""
    if not isinstance(module.loop_of(statement), (ast.For, ast.AsyncFor)):
        return None
    counts = any(
        isinstance(part, ast.AugAssign)
        and isinstance(part.op, ast.Add)
        and isinstance(part.value, ast.Constant)
        and part.value.value == 1
        for part in body
    )
    if not counts:
        return None
    return next(
        (
            call
            for call in handlers.own_calls(body)
            if isinstance(module.taken_by(call), ast.Expr)
            and last_name(call) not in handlers.TIDYING
            and stores.DEEDS.match(last_name(call)) is not None
            and stores.SMALL_DEEDS.match(last_name(call)) is None
        ),
        None,
    )


def _shared_cache_call(module: Module, body: list[ast.stmt]) -> ast.Call | None:
    """The call that asks or fills a cache of Django's, which stands in a server that may be down."""
    if not module.imports("django"):
        return None
    return next(
        (
            call
            for call in handlers.own_calls(body)
            if isinstance(call.func, ast.Attribute)
            and call.func.attr.startswith(("get", "set"))
            and _is_django_cache(module, call.func.value)
        ),
        None,
    )


def _is_django_cache(module: Module, receiver: ast.expr) -> bool:
    if isinstance(receiver, ast.Subscript):
        return module.qualname(receiver.value) == _DJANGO_CACHES
    if module.qualname(receiver) == _DJANGO_CACHE:
        return True
    values = [binding.value for binding in module.bindings(receiver)] if isinstance(receiver, ast.Name) else []
    return bool(values) and all(
        isinstance(value, ast.Subscript) and module.qualname(value.value) == _DJANGO_CACHES for value in values
    )


def _is_for_the_eye(module: Module, call: ast.Call) -> bool:
    """Whether a call, or a function around it, is there for show: a sign of typing, a banner."""
    named = [part.name for part in module.ancestors(call) if isinstance(part, _FUNCTIONS)]
    return any(stores.SLIGHT.search(text) is not None for text in (module.text(call, 300), *named))
