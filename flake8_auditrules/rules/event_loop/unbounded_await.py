"""AUD118: a handler that waits for something that may never come."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import tasks
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.deadlines import called_with_deadline, has_deadline
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.secret_names import words

_PEER = "a silent peer"


class UnboundedAwait(Rule):
    """
    ## What it does
    Finds awaits without a time limit that only another party can end, where the code depends on the answer: the
    first message of a WebSocket before its loop, a queue or event in a request handler, a read from a
    connection that was just opened, be it a greeting that is thrown away.

    The main receive loop and workers may wait as long as they like.

    ## Why it matters
    A peer that connects and says nothing holds the handler for ever, with its socket, its memory and whatever it
    has acquired. A few thousand such connections cost the peer nothing and the server all it has.

    ## When to silence it
    When another layer ends idle connections, or the other side is certain to answer.
    """

    code = "AUD118"
    severity = Severity.LOW
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    message = "`{call}` has no time limit: {who} holds `{function}` for ever; wrap it in `asyncio.wait_for`"
    examined = "awaits of another party have a time limit"

    bad = (
        """
        from fastapi import APIRouter, WebSocket

        router = APIRouter()

        @router.websocket("/events")
        async def events(websocket: WebSocket):
            await websocket.accept()
            token = await websocket.receive_text()  # AUD118
            while token:
                await websocket.send_text(await websocket.receive_text())
        """,
        """
        import asyncio

        async def ask(port, question):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(question)
            answer = await reader.readline()  # AUD118
            writer.close()
            return answer
        """,
    )
    good = (
        """
        import asyncio

        async def ask(port, question):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(question)
            try:
                return await asyncio.wait_for(reader.readline(), 0.2)
            finally:
                writer.close()
        """,
    )

    def visit_Await(self, node: ast.Await) -> None:
        """Report a wait that nobody but another party ends."""
        module = self.module
        call = node.value
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or module.is_test:
            return
        function = module.function_of(node)
        if not isinstance(function, ast.AsyncFunctionDef):
            return
        who = _waits_for(module, call, function)
        if not who or module.loop_of(node) is not _loop_of_opening(module, call):
            return
        if isinstance(module.parent(node), ast.Expr) and (
            (who == _PEER and not _is_greeting(module, node)) or _is_last(module, node)
        ):
            # What comes is not looked at: it waits for the end.
            return
        if _is_bounded(module, call) or has_deadline(module, node) or called_with_deadline(module, function.name):
            self.passed(node)
            return
        self.report(node, call=f"await {module.call_text(call)}", who=who, function=function.name)


def _loop_of_opening(module: Module, call: ast.Call) -> ast.AST | None:
    """The loop that opens the connection anew on each turn: what is waited for once a turn is its first answer."""
    assert isinstance(call.func, ast.Attribute)
    receiver = call.func.value
    if not isinstance(receiver, ast.Name):
        return None
    loops = {module.loop_of(binding.site) for binding in module.bindings(receiver)}
    return loops.pop() if len(loops) == 1 else None


def _is_greeting(module: Module, node: ast.Await) -> bool:
    """Whether a line that is not looked at is the first one on a connection, before something is written to it."""
    assert isinstance(node.value, ast.Call)
    if last_name(node.value) not in ("readline", "readuntil") or _is_last(module, node):
        return False
    function = module.function_of(node)
    return any(
        call.lineno > node.lineno and module.function_of(call) is function
        for call in module.calls_named("write", "readline", "readuntil", "drain")
    )


def _is_last(module: Module, node: ast.Await) -> bool:
    """Whether a wait is the last thing that its function does."""
    statement = module.statement(node)
    function = module.function_of(node)
    return isinstance(function, ast.AsyncFunctionDef) and function.body[-1] is statement


def _is_bounded(module: Module, call: ast.Call) -> bool:
    """Whether the call itself has a time limit: `timeout=`, or what aiohttp's `receive(10)` takes first."""
    if call.args and isinstance(call.func, ast.Attribute) and call.func.attr.startswith("receive"):
        return True
    return any(keyword.arg is None or "timeout" in keyword.arg for keyword in call.keywords)


def _waits_for(module: Module, call: ast.Call, function: ast.AsyncFunctionDef) -> str:
    """Who ends the wait, in words; "" where it is no such wait."""
    assert isinstance(call.func, ast.Attribute)
    method, receiver = call.func.attr, call.func.value
    if method in tasks.STREAM_READS:
        if not isinstance(receiver, ast.Name) or not _is_opened_here(module, receiver):
            return ""
        return "" if _is_read_to_end(call, method) else _PEER
    if not any(method in names for names in (*tasks.PEERS.values(), *tasks.SIGNALS.values())):
        return ""
    held = _held(module, receiver)
    role = role_of(module, function)
    if method == "recv" and _is_connected_here(module, receiver):
        return _PEER
    if method in tasks.PEERS.get(held or "", ()):
        if role is Role.WEBSOCKET or not tasks.HANDSHAKE_WORDS.isdisjoint(words(function.name)):
            return _PEER
        return _PEER if _is_accepted_here(module, receiver, function) else ""
    if method in tasks.SIGNALS.get(held or "", ()) and role in (Role.ROUTE, Role.DEPENDENCY):
        return "a task that died"
    return ""


def _held(module: Module, receiver: ast.expr) -> str | None:
    """The class of what is waited on; also what every object of this module keeps under that name."""
    held = module.instance_of(receiver)
    if held is None and isinstance(receiver, ast.Attribute):
        stored = [
            module.instance_of(statement.value)
            for attribute in module.attributes_named(receiver.attr)
            if isinstance(attribute.ctx, ast.Store)
            for statement in [module.statement(attribute)]
            if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None
        ]
        return stored[0] if stored and len(set(stored)) == 1 else None
    return held if held is not None else module.qualname(receiver)


def _is_connected_here(module: Module, receiver: ast.expr) -> bool:
    """Whether a WebSocket comes from `async with websockets.connect(...)` in the same function."""
    if not isinstance(receiver, ast.Name) or not module.imports("websockets"):
        return False
    found, function = module.bindings(receiver), module.function_of(receiver)
    return bool(found) and all(
        binding.kind is BindingKind.CONTEXT
        and module.function_of(binding.site) is function
        and isinstance(binding.value, ast.Call)
        and (module.callee(binding.value) or "").startswith("websockets.")
        and last_name(binding.value) == "connect"
        for binding in found
    )


def _is_accepted_here(module: Module, receiver: ast.expr, function: ast.AsyncFunctionDef) -> bool:
    """Whether the function itself has accepted the connection before: what it receives is the first message."""
    text = module.source(receiver)
    return any(
        accept.lineno < receiver.lineno
        and module.function_of(accept) is function
        and module.source(accept.value) == text
        for accept in module.attributes_named("accept")
    )


def _is_read_to_end(call: ast.Call, method: str) -> bool:
    """Whether `read()` without a number waits for the end of the connection, as a dump of it does."""
    return method == "read" and not call.args and not call.keywords


def _is_opened_here(module: Module, reader: ast.Name) -> bool:
    """Whether a reader comes from `asyncio.open_connection` in the same function."""
    for binding in module.bindings(reader):
        if binding.kind is not BindingKind.UNPACKED:
            return False
        statement = module.statement(binding.site)
        if not isinstance(statement, ast.Assign):
            return False
        calls = [node for node in ast.walk(statement.value) if isinstance(node, ast.Call)]
        if not any(module.callee(one) == "asyncio.open_connection" for one in calls):
            return False
    return bool(module.bindings(reader))
