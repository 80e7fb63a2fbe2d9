"""AUD311: a loop whose wait can fail at once, for ever, and is only logged."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.flow import Raising, Statement, evaluated
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.names import last_name

# What a consumer's or poller's loop waits with, by the last segment of the call.
_RECEIVING = frozenset(
    {
        "recv",
        "receive",
        "receive_text",
        "receive_json",
        "receive_bytes",
        "receive_message",
        "receive_messages",
        "get_message",
        "get",
        "read",
        "readline",
        "readexactly",
        "accept",
        "brpop",
        "blpop",
        "brpoplpush",
        "blmove",
        "bzpopmin",
        "xread",
        "xreadgroup",
        "getone",
        "getmany",
        "poll",
        "consume",
    }
)
_ONLY_AWAITED = frozenset({"get", "read", "consume", "poll", "receive", "accept"})
_SLEEPING = frozenset({"sleep", "sleep_forever", "wait", "wait_for", "delay", "backoff"})
# Names of the exceptions that say that a connection is over.
_ENDS = pattern(r"Connection|Disconnect|Closed|OSError|EOFError|IncompleteRead")
# Queues in memory: waiting on them fails only when they are shut down.
_CERTAIN = frozenset(
    {
        "asyncio.Queue",
        "asyncio.PriorityQueue",
        "asyncio.LifoQueue",
        "queue.Queue",
        "queue.PriorityQueue",
        "queue.LifoQueue",
        "queue.SimpleQueue",
    }
)

# Libraries whose queues are those of a server, which the connection to may be lost.
_BROKERS = ("aio_pika", "aiormq", "aiokafka", "aioredis", "redis", "nats", "kombu", "aiobotocore")


class LoopHandlerContinues(Rule):
    """
    ## What it does
    Finds endless loops whose wait (a receive, a blocking read, the sleep at the end) stands inside a `try`
    with a broad handler that goes round again at once: no delay, no `break`, no count.

    ## Why it matters
    When the connection is gone, the receive fails at once, every time: the loop spins thousands of times a
    second, takes a whole core (and the event loop with it) and fills the disk with the same record.

    ## When to silence it
    When what fails can fail only once in a while, whatever happens to the connection. Loops that take what they
    work on out of a queue in memory before they sleep are silent as they are.
    """

    code = "AUD311"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{wait}` {fact} and `{handler}` goes on without delay; sleep, count or leave"
    examined = "handlers in endless loops pause, count or leave"

    bad = (
        """
        import logging

        logger = logging.getLogger(__name__)

        async def serve(websocket, answer):
            while True:
                try:
                    text = await websocket.receive_text()
                    await websocket.send_text(answer(text))
                except Exception:  # AUD311
                    logger.exception("message failed")
        """,
    )
    good = (
        """
        import logging

        logger = logging.getLogger(__name__)

        async def serve(websocket, answer):
            while True:
                text = await websocket.receive_text()
                try:
                    await websocket.send_text(answer(text))
                except Exception:
                    logger.exception("message failed")
        """,
        """
        import asyncio
        import logging

        logger = logging.getLogger(__name__)

        async def serve(websocket, answer):
            while True:
                try:
                    text = await websocket.receive_text()
                    await websocket.send_text(answer(text))
                except Exception:
                    logger.exception("message failed")
                    await asyncio.sleep(1)
        """,
    )

    def visit_While(self, node: ast.While) -> None:
        """Report the broad handlers of an endless loop through which control comes back to the wait at once."""
        if _counts(node.test) or self.module.is_test:
            return
        for statement in handlers.statements(node.body):
            if isinstance(statement, ast.Try) and self.module.loop_of(statement) is node:
                self._visit_try(node, statement)

    def _visit_try(self, loop: ast.While, statement: ast.Try) -> None:
        module = self.module
        broad = next((one for one in statement.handlers if handlers.is_broad(module, one)), None)
        if broad is None:
            return
        wait = self._wait(loop, statement)
        if wait is None:
            return
        if (
            any(
                self._leaves(earlier) or self._takes_the_end(earlier)
                for earlier in handlers.earlier_handlers(module, broad)
            )
            or handlers.swallows_cancellation(module, broad)
            or self._keeps_what_ends_it(loop, broad)
            or self._speaks_on_it(broad, wait)
            or not self._comes_back_at_once(loop, statement, broad)
        ):
            self.passed(broad)
        else:
            clause = module.text(broad).partition(":")[0]
            fact = "can fail at once on every turn"
            if last_name(wait) == "sleep":
                fact = "is left out when what is before it fails"
            self.report(broad, wait=module.call_text(wait), fact=fact, handler=clause)

    def _wait(self, loop: ast.While, statement: ast.Try) -> ast.Call | None:
        """The call in the block by which the loop waits, where its failure can last."""
        module = self.module
        found: ast.Call | None = None
        for part in handlers.own_parts(statement.body):
            if not isinstance(part, ast.Call) or module.loop_of(part) is not loop:
                continue
            name = last_name(part)
            if name == "poll" and any(word.arg == "timeout" for word in part.keywords):
                # The loop waits by asking for a while.
                return None
            if name == "pop" and self._is_pop_of_own_queue(part):
                return part
            if name in _RECEIVING and isinstance(part.func, ast.Attribute):
                if (name in _ONLY_AWAITED and not module.awaited(part)) or self._is_certain(part.func.value):
                    continue
                if name == "readline" and last_name(part.func.value) in ("stdin", "buffer"):
                    # What reads the program's own input comes to its end, which is an empty line and no failure.
                    continue
                if name == "get" and (part.args or self._is_called_queue(part.func.value)):
                    # A request for an address, or a look-up: not the next of a queue.
                    continue
                return part
            if name == "sleep" and found is None and self._works_before(statement, part):
                found = part
        return None if found is not None and self._takes_items(statement) else found

    def _takes_items(self, statement: ast.Try) -> bool:
        """Whether a block takes what it works on out of a queue in memory: that is empty after some failures."""
        for part in handlers.own_parts(statement.body):
            if not isinstance(part, ast.Call) or not isinstance(part.func, ast.Attribute):
                continue
            if part.func.attr in ("get_nowait", "popleft"):
                return True
            if part.func.attr == "get" and not part.args and self._is_asked_for_items(statement, part.func.value):
                return True
        return False

    def _is_asked_for_items(self, statement: ast.Try, queue: ast.expr) -> bool:
        """Whether a block asks a queue whether something is in it: `if not queue.empty():`."""
        asked = self.module.text(queue)
        return any(
            isinstance(part, ast.Call)
            and isinstance(part.func, ast.Attribute)
            and part.func.attr in ("empty", "qsize")
            and self.module.text(part.func.value) == asked
            for part in handlers.own_parts(statement.body)
        )

    def _is_pop_of_own_queue(self, call: ast.Call) -> bool:
        """
        Whether a call takes the next of a queue that is kept elsewhere, of a class of the same project.

        One in memory does not wait; the `pop` of another distribution may itself try until the server is back.
        """
        if not any(word.arg in ("blocking", "timeout") for word in call.keywords):
            return False
        held = self.module.instance_of(call.func.value) if isinstance(call.func, ast.Attribute) else None
        return held is not None and held.partition(".")[0] == self.module.name.partition(".")[0]

    def _is_certain(self, receiver: ast.expr) -> bool:
        held = self.module.instance_of(receiver)
        return held is not None and held in _CERTAIN

    def _is_called_queue(self, receiver: ast.expr) -> bool:
        """Whether a receiver is called a queue where no broker's queues are known: one in memory."""
        if isinstance(receiver, ast.Subscript):
            receiver = receiver.value
            return "queue" in last_name(receiver).lower() and not self.module.imports(*_BROKERS)
        name = last_name(receiver).lower()
        is_called = name == "q" or name.endswith(("_q", "queue", "inbox", "mailbox"))
        return is_called and not self.module.imports(*_BROKERS)

    def _works_before(self, statement: ast.Try, sleep: ast.Call) -> bool:
        """Whether something that can fail stands before the sleep: then its failure skips the sleep."""
        own = self.module.statement(sleep)
        if own not in statement.body:
            return False
        before = statement.body[: statement.body.index(own)]
        parts = list(handlers.own_parts(before))
        if self.module.awaited(sleep):
            return any(isinstance(part, ast.Await) for part in parts)
        return any(isinstance(part, ast.Call) and last_name(part) not in _HARMLESS for part in parts)

    def _leaves(self, handler: ast.ExceptHandler) -> bool:
        return any(
            isinstance(part, (ast.Break, ast.Return, ast.Raise)) for part in handlers.statements(handler.body)
        ) and not all(name in _TIMEOUTS for name in handlers.caught(self.module, handler))

    def _takes_the_end(self, handler: ast.ExceptHandler) -> bool:
        """Whether a handler takes the end of a connection: the one behind it never sees that failure."""
        return any(_ENDS.search(name or "") for name in handlers.caught(self.module, handler))

    def _keeps_what_ends_it(self, loop: ast.While, handler: ast.ExceptHandler) -> bool:
        """Whether the handler sets what the loop, or an `if` in it that ends it, asks for."""
        module = self.module
        kept = {
            module.text(target)
            for part in handlers.statements(handler.body)
            if isinstance(part, ast.Assign)
            for target in part.targets
        }
        if not kept:
            return False
        tests = [loop.test] + [
            part.test
            for part in handlers.statements(loop.body)
            if isinstance(part, ast.If) and any(isinstance(one, (ast.Break, ast.Return)) for one in part.body)
        ]
        return any(
            isinstance(name, (ast.Name, ast.Attribute)) and module.text(name) in kept
            for test in tests
            for name in ast.walk(test)
        )

    def _speaks_on_it(self, handler: ast.ExceptHandler, wait: ast.Call) -> bool:
        """Whether the handler sends on what the loop reads from: where that is gone, the send ends the loop."""
        source = wait.func.value if isinstance(wait.func, ast.Attribute) else None
        if not isinstance(source, ast.Name):
            return False
        return any(
            isinstance(part, ast.Attribute)
            and part.attr.startswith("send")
            and isinstance(part.value, ast.Name)
            and part.value.id == source.id
            for statement in handler.body
            if isinstance(statement, ast.Expr)
            for part in ast.walk(statement)
        )

    def _comes_back_at_once(self, loop: ast.While, statement: ast.Try, handler: ast.ExceptHandler) -> bool:
        module = self.module
        inside = {id(part) for part in handlers.statements(statement.body)}
        records = log_calls(module)

        def delays(reached: Statement) -> bool:
            if id(reached) in inside or isinstance(reached, ast.Raise):
                return True
            return any(
                isinstance(part, (ast.Yield, ast.AsyncFor, ast.AsyncWith, ast.AugAssign))
                or (isinstance(part, ast.Await) and part.value not in records)
                or (isinstance(part, ast.Call) and last_name(part) in _SLEEPING)
                for part in evaluated(reached)
            )

        if any(isinstance(part, (ast.Break, ast.Return, ast.Raise)) for part in handlers.statements(handler.body)):
            return False
        return module.flow_of(handler).reachable(
            handler, lambda reached: reached is statement, delays, raising=Raising.EXPLICIT
        )


_HARMLESS = frozenset(
    {"debug", "info", "time", "monotonic", "print", "is_set", "uniform", "random", "randint", "min", "max", "get"}
)
_TIMEOUTS = frozenset(
    {"builtins.TimeoutError", "asyncio.CancelledError", "queue.Empty", "builtins.KeyboardInterrupt"}
)


def _counts(test: ast.expr) -> bool:
    """Whether the loop's own test can bring it to an end after a number of turns or a time."""
    return any(
        isinstance(part, ast.Compare)
        and any(isinstance(operator, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for operator in part.ops)
        for part in ast.walk(test)
    )
