"""AUD113: a queue without a bound between a producer that could wait and a consumer."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import tasks
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.arguments import given, is_none
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import ScopeKind
from flake8_auditrules.semantics.subscriptions import published

_PUTS = frozenset({"put"})
_GETS = frozenset({"get", "get_nowait"})
_THREADS = ("threading", "concurrent", "multiprocessing", "_thread", "anyio", "asyncio")


class UnboundedQueue(Rule):
    """
    ## What it does
    Finds queues without `maxsize` that an endless loop fills with `put` and another loop empties, and queues of
    listeners that a publisher fills one after the other. What a process answers that the same class writes to is
    left out, and so are the listeners of one job, `listeners[job_id]`, which comes to an end.

    ## Why it matters
    `put` on a bounded queue makes a producer wait for its consumer. Without a bound a consumer that is slower, or
    has died, lets the queue grow until the process is out of memory; what is in it then is lost.

    ## When to silence it
    When the source is slower than the consumer by its nature.
    """

    code = "AUD113"
    severity = Severity.LOW
    category = Category.PERFORMANCE
    since = "0.1.0"
    calls = tasks.QUEUES
    message = "`{queue}` has no bound: it grows while its consumer is slower than line {line}; {cure}"
    examined = "queues have a bound or need none"

    bad = (
        """
        import asyncio

        class Pipeline:
            def __init__(self):
                self._queue = asyncio.Queue()  # AUD113

            async def produce(self, source):
                async for item in source:
                    await self._queue.put(item)

            async def consume(self, store):
                while True:
                    await store(await self._queue.get())
        """,
    )
    good = (
        """
        import asyncio

        class Pipeline:
            def __init__(self):
                self._queue = asyncio.Queue(maxsize=100)

            async def produce(self, source):
                async for item in source:
                    await self._queue.put(item)

            async def consume(self, store):
                while True:
                    await store(await self._queue.get())
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a queue with no bound that two loops share."""
        module = self.module
        size = given(module, node, "maxsize", 0)
        if module.is_test or not size.known:
            return
        if not tasks.QUEUES.get(module.called(node, tasks.QUEUES) or "", True) and not module.imports(*_THREADS):
            # Who fills it and who empties it take turns.
            return
        if size.value is not None and not is_none(module, size.value):
            if not (isinstance(size.value, ast.Constant) and size.value.value == 0):
                self.passed(node)
                return
        statement = module.statement(node)
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is not node:
            return
        filled = published(module, node)
        if filled is not None:
            line = str(getattr(filled, "lineno", 0))
            self.report(
                node,
                queue=module.call_text(node),
                line=line,
                cure="give `maxsize=` and drop what a slow one leaves",
            )
            return
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        puts = [call for call in _uses(module, target, _PUTS) if _is_endless(module, call)]
        gets = [call for call in _uses(module, target, _GETS) if module.loop_of(call) is not None]
        producers = {module.function_of(call) for call in puts}
        consumers = {module.function_of(call) for call in gets}
        if (
            not puts
            or not gets
            or producers & consumers
            or _is_made_before(module, target)
            or _is_of_replies(module, target, puts)
        ):
            self.passed(node)
        else:
            self.report(node, queue=module.call_text(node), line=str(puts[0].lineno), cure="give `maxsize=`")


def _uses(module: Module, target: ast.expr, methods: frozenset[str]) -> list[ast.Call]:
    """The calls of these methods of the queue that a module's variable or an attribute of self holds."""
    if isinstance(target, ast.Name):
        owner = module.owner_of(target)
        if owner is None or owner.kind is not ScopeKind.MODULE:
            return []
    elif not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)):
        return []
    wanted = module.source(target)
    found: list[ast.Call] = []
    holder = module.enclosing(target, ast.ClassDef)
    for call in module.keep("puts and gets", _puts_and_gets):
        assert isinstance(call.func, ast.Attribute)
        if call.func.attr not in methods:
            continue
        if module.source(call.func.value) == wanted and module.enclosing(call, ast.ClassDef) is holder:
            found.append(call)
    return found


def _is_made_before(module: Module, target: ast.expr) -> bool:
    """Whether the same attribute gets a queue further up: it is made anew here."""
    if not isinstance(target, ast.Attribute):
        return False
    holder, text = module.enclosing(target, ast.ClassDef), module.source(target)
    return any(
        other.lineno < target.lineno
        and isinstance(other.ctx, ast.Store)
        and module.source(other) == text
        and module.enclosing(other, ast.ClassDef) is holder
        and isinstance(module.statement(other), (ast.Assign, ast.AnnAssign))
        and isinstance(getattr(module.statement(other), "value", None), ast.Call)
        for other in module.attributes_named(target.attr)
    )


def _is_of_replies(module: Module, target: ast.expr, puts: list[ast.Call]) -> bool:
    """Whether the queue holds the answers of a process that the same class writes to."""
    holder = module.enclosing(target, ast.ClassDef)
    return all(_reads_process(module.loop_of(put)) or _reads_lines(module.loop_of(put)) for put in puts) and any(
        module.enclosing(use, ast.ClassDef) is holder for use in module.attributes_named("stdin")
    )


def _reads_lines(loop: ast.AST | None) -> bool:
    """Whether a loop reads a line on each turn: `line = await self._process.stdout.readline()`."""
    return loop is not None and any(
        isinstance(part, ast.Attribute)
        and part.attr in ("readline", "readexactly")
        and last_name(part.value) == "stdout"
        for part in ast.walk(loop)
    )


def _puts_and_gets(module: Module) -> list[ast.Call]:
    return [
        call
        for call in module.nodes(ast.Call)
        if isinstance(call.func, ast.Attribute) and call.func.attr in _PUTS | _GETS
    ]


def _reads_process(loop: ast.AST | None) -> bool:
    """Whether a loop takes the lines that a process writes, as long as it runs: `for line in process.stdout`."""
    if not isinstance(loop, ast.For):
        return False
    source: ast.expr = loop.iter
    if (
        isinstance(source, ast.Call)
        and isinstance(source.func, ast.Name)
        and source.func.id == "iter"
        and source.args
    ):
        source = source.args[0]
        if not isinstance(source, ast.Attribute) or source.attr != "readline":
            return False
        source = source.value
    return isinstance(source, ast.Attribute) and source.attr in ("stdout", "stderr")


def _is_endless(module: Module, call: ast.Call) -> bool:
    """Whether a loop without an end of its own runs a call: `while True`, `async for`."""
    loop = module.loop_of(call)
    if isinstance(loop, ast.AsyncFor) or _reads_process(loop):
        return True
    if not (isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant) and bool(loop.test.value)):
        return False
    # What sleeps on every turn asks somebody else for work now and then.
    return not any(
        isinstance(part, ast.Call) and last_name(part) == "sleep"
        for statement in loop.body
        for part in ast.walk(statement)
    )
