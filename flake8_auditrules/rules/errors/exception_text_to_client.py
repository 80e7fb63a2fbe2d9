"""AUD308: the text of whatever went wrong is shown to the client."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import exceptions, web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.disclosures import (
    answering,
    answers_call,
    forwarded,
    is_streamed,
    makes,
    put_into_list,
    put_under,
    told_by,
)
from flake8_auditrules.project.memory_work import works_in_memory
from flake8_auditrules.project.registered_handlers import answers, gives_status, is_an_answer, shown_by_handler
from flake8_auditrules.project.safe_calls import lets_nothing_unforeseen_out
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.exposure import (
    PUTTING,
    Makes,
    Sink,
    carried,
    forwards,
    is_debug_guarded,
    puts,
    sent,
    sinks,
    texts_of,
)
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions, reads_as_class
from flake8_auditrules.semantics.programs import is_example
from flake8_auditrules.semantics.routes import Role, role_of, roles
from flake8_auditrules.semantics.safe_blocks import never_fails
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shown_pages import shown_on_pages

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# The first status that says that the server is at fault.
_FAULT = 500
_FETCHING = ("get_", "fetch_", "load_", "read_")
_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
# A handler takes the request and the exception, as a method `self` as well; what it calls the exception.
_MOST_PARAMETERS = 3
_EXCEPTIONS = frozenset({"e", "err", "error", "ex", "exc", "exception"})
_KEEPING = (ast.Assign, ast.AnnAssign, ast.AugAssign)
# Decorators of methods that are handed on as they are.
_KEEPING_PARAMETERS = frozenset({"classmethod", "staticmethod"})
_ANSWERING = (Role.ROUTE, Role.DEPENDENCY)
# Routes by which somebody tries out what he has configured: what went wrong is what he asks for.
_TRYING_OUT = pattern(r"(?:^|_)(?:check|diagnos(?:e|tics?)|doctor|ping|probe|self_?test|test|try)(?:_|$)")
# Routes that answer how the whole service does: monitors ask them, and whoever else may.
_HEALTH = pattern(r"health|readiness|liveness|(?:^|_)(?:alive|live|ready|startup)(?:_|$)")
# Libraries whose handlers write their answers themselves.
# The name of a function that shows records.
_LOGGING = pattern(r"(?:`|_)logs?(?:_|`)")
# What gives the body of a request, of one that may also be a client's or a file's.
_BODIES = frozenset({"body", "form", "json"})
_BODIES_OF_REQUESTS = _BODIES | {"get_json"}
_LOOKING = frozenset({*_BODIES, "get", "isinstance", "model_dump", "startswith", "tobytes"})
# Methods, without arguments, that make one path of another.
_OF_PATHS = frozenset({"absolute", "expanduser", "resolve"})
# Functions that run when a server starts or ends, for no client.
_STARTING = pattern(
    r"_*(?:async_|on_)?(?:boot|bootstrap|configure|init|initiali[sz]e|install|setup|set_up|shutdown|start|startup|stop)"
    r"(?:_(?:all|app|async|server|service|services|up))?$"
)
# Calls that make a JSON document of their first argument, and how they are given what encodes other values.
_JSON = frozenset({"JSONResponse", "JsonResponse", "json_response", "jsonify", "send_json"})
_ENCODERS = frozenset({"default", "dumps", "encoder", "json_dumps_params"})


class ExceptionTextToClient(Rule):
    """
    ## What it does
    Finds answers made of the text of an exception that a broad handler caught: in `HTTPException`, responses,
    what a route returns or streams, what a web socket sends, the values of a template and notices for the next
    page (`flash`, Django's `messages.error`), and through the module's own functions that forward a text to one of
    these. Own exceptions that the project registers a handler for count as well, and so
    do the handlers that it registers for every exception or for those of a database.

    ## Why it matters
    The text of an unexpected exception is written for developers. It shows SQL with its parameters, host names,
    file paths, keys in URLs: to everybody who can make the request fail.

    ## When to silence it
    When only developers can reach the route. Routes by which somebody tries out what he has configured, named like
    `test_connection` or `check_server`, are silent as they are, and so are applications in folders of examples.
    """

    code = "AUD308"
    severity = Severity.MEDIUM
    category = Category.SECURITY
    reach = Reach.PROJECT
    since = "0.1.0"
    message = "`{text}` shows the client what any exception says, through {way}; log it and send a fixed text"
    examined = "answers made from an exception's text show only what is meant to be shown"

    bad = (
        """
        import sqlite3

        from fastapi import FastAPI, HTTPException

        app = FastAPI()

        @app.get("/orders/{number}")
        def order(number: str):
            try:
                with sqlite3.connect(":memory:") as connection:
                    return connection.execute("select secret_price from orders").fetchone()
            except Exception as error:
                raise HTTPException(status_code=500, detail=f"failed: {error}")  # AUD308
        """,
        """
        from fastapi import FastAPI, WebSocket

        app = FastAPI()

        class Session:
            def __init__(self, socket: WebSocket):
                self.socket = socket

            async def send_error(self, message: str) -> None:
                await self.socket.send_json({"type": "error", "message": message})

            async def answer(self, work) -> None:
                try:
                    await work()
                except Exception as error:
                    await self.send_error(f"failed: {error}")  # AUD308
        """,
    )
    good = (
        """
        import logging
        import sqlite3

        from fastapi import FastAPI, HTTPException

        app = FastAPI()
        logger = logging.getLogger(__name__)

        @app.get("/orders/{number}")
        def order(number: str):
            try:
                with sqlite3.connect(":memory:") as connection:
                    return connection.execute("select secret_price from orders").fetchone()
            except Exception:
                logger.exception("order %s cannot be read", number)
                raise HTTPException(status_code=500, detail="the order cannot be read")
        """,
        """
        from fastapi import FastAPI, HTTPException

        app = FastAPI()

        @app.get("/orders/{number}")
        def order(number: str):
            try:
                return {"number": int(number)}
            except ValueError as error:
                raise HTTPException(status_code=422, detail=str(error))
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report each answer that a broad handler makes of its exception's text."""
        module = self.module
        if module.is_test:
            return
        is_of_web = module.imports(*web.FRAMEWORKS, *web.WRITING_LIBRARIES)
        if not is_of_web and node.name is None:
            return
        if not self._catches_internals(node) or not (is_of_web or self._may_give_up(node)):
            return
        if not handlers.mentions(node) and not self._takes_traceback(node):
            return
        if is_example(module):
            return
        around = [part for part in module.ancestors(node) if isinstance(part, _FUNCTIONS)]
        if any(part.name == "lifespan" for part in around):
            # What stands in a lifespan runs for no client.
            return
        is_trial = any(_tries_out(part, role_of(module, part) is Role.ROUTE) for part in around)
        if is_trial and any(role_of(module, part) is not None for part in around):
            return
        function = module.function_of(node)
        holder = function if isinstance(function, _FUNCTIONS) else None
        parts = handlers.parts_of(module, node)
        given = frozenset() if node.name is None else frozenset({node.name})
        made = makes(self.project, module)
        names = texts_of(module, node.body, given, made)
        block = handlers.try_of(module, node).body
        if never_fails(module, block) or _only_reads_body(block):
            return
        if lets_nothing_unforeseen_out(self.project, module, block) or works_in_memory(
            self.project, module, block
        ):
            return
        is_about_client = _only_validates(block) or _is_about_a_value(module, block)
        kept = names - given
        if is_trial:
            # What a health route answers of the service's own parts is asked by nobody who configures them.
            if holder is not None:
                self._visit_given_up(node, holder, given, names, made, only_health=True)
            return
        found: list[Sink] = []
        is_reported = False
        if is_of_web:
            found = [
                *sinks(module, holder, parts),
                *shown_on_pages(module, parts),
                *self._forwarded_elsewhere(parts, names, made),
            ]
        if holder is not None:
            found += self._raised(parts, holder, names, made)
        for sink in found:
            if is_about_client and (sink.status is None or sink.status < _FAULT):
                continue
            if sink.status is not None and sink.status < _FAULT and any(_shows_first(part) for part in around):
                continue
            if self._visit_sink(sink, names, node.name, made):
                is_reported = True
                # The answer that is kept under a name has been reported where it is made.
                statement = module.statement(sink.node)
                if isinstance(statement, ast.Assign):
                    kept -= {target.id for target in statement.targets if isinstance(target, ast.Name)}
        if holder is None:
            return
        end = self._goes_on_behind(node)
        if kept and is_of_web and end is not None:
            answered: set[str] = set()
            for sink in (*sent(module, holder), *shown_on_pages(module, module.own_nodes(holder))):
                if is_reported and not isinstance(sink.node, (ast.Return, ast.Yield)):
                    # One place where it leaves is enough.
                    continue
                if isinstance(sink.value, ast.Name) and sink.value.id in answered:
                    # The answer has been reported where it is made.
                    continue
                if getattr(sink.node, "lineno", 0) > end:
                    still = kept - self._given_anew(holder, node, sink.node)
                    still = texts_of(module, self._behind(node), still, made)
                    if carried(sink.value, still, module, made) is None:
                        continue
                    put, text = self._put_in(node, given, made)
                    if put is not None and text is not None and _puts_into(put):
                        # One of several handlers that put their texts into one object.
                        put_there = Sink(put, text, sink.status, sink.way)
                        is_reported |= self._visit_sink(put_there, names, node.name, made)
                    else:
                        is_reported |= self._visit_sink(sink, still, None, made)
                        answered.update(_names_given(module.statement(sink.node)))
        if not is_about_client and not is_reported:
            self._visit_given_up(node, holder, given, names, made)

    def _goes_on_behind(self, handler: ast.ExceptHandler) -> int | None:
        """
        The last line before the code that a handler goes on to; None where it leaves the function.

        One that ends its round of a loop, `last_error = error; continue`, comes to what stands behind the loop.
        """
        leaving = handler.body[-1]
        if isinstance(leaving, (ast.Continue, ast.Break)):
            loop = self.module.loop_of(leaving)
            return loop.end_lineno if isinstance(loop, (ast.For, ast.AsyncFor, ast.While)) else None
        return None if isinstance(leaving, _LEAVING) else handler.end_lineno

    def _behind(self, handler: ast.ExceptHandler) -> list[ast.stmt]:
        """The statements behind a handler's `try`, in its block and in those around it."""
        found: list[ast.stmt] = []
        child: ast.AST = handlers.try_of(self.module, handler)
        for ancestor in self.module.ancestors(child):
            for field in ("body", "orelse", "finalbody"):
                block = getattr(ancestor, field, ())
                if isinstance(block, list) and child in block:
                    found += block[block.index(child) + 1 :]
            if isinstance(ancestor, _FUNCTIONS):
                break
            child = ancestor
        return found

    def _may_give_up(self, handler: ast.ExceptHandler) -> bool:
        """Whether a handler seems to return, raise or keep something: a cheap test before the others."""
        given = {handler.name or ""}
        for part in handlers.parts_of(self.module, handler):
            if isinstance(part, (ast.Return, ast.Yield)):
                if part.value is not None and not isinstance(part.value, ast.Constant):
                    return True
            elif isinstance(part, ast.Raise):
                raised = part.exc
                if isinstance(raised, ast.Call) and reads_as_class(last_name(raised)) and mentions(raised, given):
                    return True
            elif isinstance(part, _KEEPING) or (isinstance(part, ast.Attribute) and part.attr in PUTTING):
                return True
        return False

    def _forwarded_elsewhere(
        self, parts: tuple[ast.AST, ...], names: frozenset[str], made: Makes
    ) -> Iterator[Sink]:
        """What a handler's calls of other modules' functions let out."""
        for call in parts:
            if isinstance(call, ast.Call) and (call.args or call.keywords):
                if call not in log_calls(self.module) and any(
                    carried(value, names, self.module, made) is not None
                    for value in (*call.args, *(keyword.value for keyword in call.keywords))
                ):
                    yield from forwarded(self.project, self.module, call)

    def _raised(
        self, parts: tuple[ast.AST, ...], holder: FunctionNode, names: frozenset[str], made: Makes
    ) -> Iterator[Sink]:
        """What the project's own exceptions let out that a handler raises to end a request."""
        module = self.module
        for part in parts:
            call = part.exc if isinstance(part, ast.Raise) else None
            if (
                isinstance(call, ast.Call)
                and any(
                    carried(value, names, module, made) is not None
                    for value in (*call.args, *(keyword.value for keyword in call.keywords))
                )
                and not _may_be_caught(module, part)
                and (role_of(module, holder) is not None or _STARTING.match(holder.name) is None)
                and (
                    role_of(module, holder) in _ANSWERING
                    or gives_status(module, call)
                    or (
                        module.imports(*web.FRAMEWORKS) and is_an_answer(self.project, module, call, unasked=False)
                    )
                    or (is_an_answer(self.project, module, call) and answers_call(self.project, module, holder))
                )
            ):
                yield from shown_by_handler(self.project, module, call)

    def _visit_given_up(
        self,
        handler: ast.ExceptHandler,
        function: FunctionNode,
        given: frozenset[str],
        names: frozenset[str],
        made: Makes,
        only_health: bool = False,
    ) -> None:
        """Report the texts that a function of no role returns, or yields, to one that sends them to the client."""
        module = self.module
        if role_of(module, function) is not None:
            return
        last = handler.end_lineno or 0
        end = self._goes_on_behind(handler)
        for part in module.own_nodes(function):
            if not isinstance(part, (ast.Return, ast.Yield)) or part.value is None or part.lineno < handler.lineno:
                continue
            is_inside = part.lineno <= last
            carries = names
            if not is_inside:
                if end is None:
                    return
                if part.lineno <= end:
                    continue
                carries = names - given - self._given_anew(function, handler, part)
            if carried(part.value, carries, module, made) is None:
                continue
            node, value = (part, part.value) if is_inside else self._put_in(handler, given, made)
            if node is None or value is None:
                continue
            if isinstance(part, ast.Yield) and is_streamed(self.project, module, function):
                way = "the stream"
            else:
                told = (
                    put_under(node, part.value)
                    or put_into_list(module, node, part.value, names, made)
                    or told_by(module, part.value, carries, made)
                )
                sender = answering(self.project, module, function, told)
                is_sent = sender is not None and (
                    _HEALTH.search(sender.name) is not None
                    if only_health
                    else not _tries_out(sender, is_route=True)
                )
                way = f"`{sender.name}`" if sender is not None and is_sent else ""
            if way:
                self._visit_sink(Sink(node, value, None, way), names, handler.name, made)
            return

    def _given_anew(self, function: FunctionNode, handler: ast.ExceptHandler, place: ast.AST) -> frozenset[str]:
        """The names that get something else, or are looked at, on the way from a handler to a place behind it."""
        module = self.module
        around = {handlers.try_of(module, handler), *module.ancestors(place)}
        blocks = {module.parent(one) for one in around}
        first, last = handler.end_lineno or 0, getattr(place, "lineno", 0)
        anew: set[str] = set()
        for part in module.own_nodes(function):
            if (
                not isinstance(part, ast.stmt)
                or not first < part.lineno < last
                or module.parent(part) not in blocks
            ):
                continue
            if isinstance(part, ast.Assign):
                given = (target.id for target in part.targets if isinstance(target, ast.Name))
                # What a value is chosen by is not in it: `failed = "later" if failed else None`.
                chosen = part.value
                values = [chosen.body, chosen.orelse] if isinstance(chosen, ast.IfExp) else [chosen]
                anew.update(name for name in given if not any(mentions(value, (name,)) for value in values))
            elif isinstance(part, ast.If) and part not in around and isinstance(part.body[-1], _LEAVING):
                # `if state["status"] == "failed": raise`: what comes behind is for what went well.
                tested = part.test
                if isinstance(tested, (ast.Compare, ast.UnaryOp, ast.Call, ast.Name)):
                    anew.update(name.id for name in ast.walk(tested) if isinstance(name, ast.Name))
        return frozenset(anew)

    def _put_in(
        self, handler: ast.ExceptHandler, given: frozenset[str], made: Makes
    ) -> tuple[ast.stmt | None, ast.expr | None]:
        """The statement by which a handler keeps its exception's text in what is returned later, and the text."""
        for statement in handlers.statements(handler.body):
            for value in puts(statement):
                if carried(value, given, self.module, made) is not None:
                    return statement, value
        return None, None

    def visit_Module(self, node: ast.Module) -> None:
        """Report the answers of error handlers for every exception."""
        module = self.module
        if module.is_test or not module.imports(*web.FRAMEWORKS, *web.WRITING_LIBRARIES):
            return
        for function, role in roles(module).items():
            if role is Role.ERROR_HANDLER and function.decorator_list and self._is_for_everything(function):
                self._visit_function(function)
        functions: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
        for function in functions:
            if self._takes_everything(function) and any(
                name == "500" or _shows_internals(name) for name in answers(self.project, module, function)
            ):
                self._visit_function(function)

    def _visit_function(self, node: FunctionNode) -> None:
        module = self.module
        parameters = [*node.args.posonlyargs, *node.args.args]
        if not parameters:
            return
        name = parameters[-1].arg
        made = makes(self.project, module)
        names = texts_of(module, node.body, frozenset({name}), made)
        parts = tuple(module.own_nodes(node))
        for sink in (*sinks(module, node, parts), *self._forwarded_elsewhere(parts, names, made)):
            self._visit_sink(sink, names, name, made)

    def _is_for_everything(self, function: FunctionNode) -> bool:
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call) and decorator.args:
                given = decorator.args[0]
                if isinstance(given, ast.Constant) and given.value == 500:
                    return True
                if _shows_internals(self.module.qualname(given) or ""):
                    return True
        return False

    def _takes_everything(self, function: FunctionNode) -> bool:
        """Whether a function, as a handler for every exception, would send its text to the client."""
        module = self.module
        named = [*function.args.posonlyargs, *function.args.args]
        if (
            not 1 <= len(named) <= _MOST_PARAMETERS
            or any(last_name(one) not in _KEEPING_PARAMETERS for one in function.decorator_list)
            or role_of(module, function) is not None
        ):
            return False
        last = named[-1]
        if last.annotation is None:
            if last.arg not in _EXCEPTIONS:
                return False
        elif not _shows_internals(module.qualname(last.annotation) or ""):
            return False
        return last.arg in forwards(module).get(function, ())

    def _takes_traceback(self, handler: ast.ExceptHandler) -> bool:
        return any(
            isinstance(part, ast.Call) and last_name(part).startswith("format_")
            for part in handlers.parts_of(self.module, handler)
        )

    def _catches_internals(self, handler: ast.ExceptHandler) -> bool:
        """Whether the handler catches everything, or a class whose text shows internals."""
        if handlers.is_broad(self.module, handler):
            return True
        return any(
            name is not None and name.startswith(exceptions.INTERNAL)
            for name in handlers.caught(self.module, handler)
        )

    def _visit_sink(
        self, sink: Sink, names: frozenset[str], exception_name: str | None, made: Makes | None
    ) -> bool:
        """Report what a sink shows, and tell whether there was something to report."""
        module = self.module
        found = carried(sink.value, names, module, made)
        if found is None or _LOGGING.search(sink.way) is not None:
            # What the operator looks at in a browser is a log.
            return False
        if is_debug_guarded(module, sink.node) or self._is_known(sink.node, exception_name):
            self.passed(sink.node)
            return False
        if isinstance(found, ast.Name) and found.id == exception_name and self._is_no_json(found):
            return False
        if any(finding.line == getattr(sink.node, "lineno", 0) for finding in self.findings):
            return False
        self.report(sink.node, text=module.text(found, 40), way=sink.way)
        return True

    def _is_no_json(self, name: ast.Name) -> bool:
        """
        Whether an exception is itself a value of a JSON document, `JsonResponse({"error": error})`.

        The encoders of json, Django, Flask and Starlette raise a TypeError then, and no text is shown.
        """
        for ancestor in self.module.ancestors(name):
            if isinstance(ancestor, ast.Call):
                return last_name(ancestor) in _JSON and not any(
                    given.arg in _ENCODERS for given in ancestor.keywords
                )
            if not isinstance(ancestor, (ast.Dict, ast.List, ast.keyword)):
                return False
        return False

    def _is_known(self, node: ast.AST, exception_name: str | None) -> bool:
        """Whether the code has asked which class the exception is of, or whether its text is a certain one."""
        child = node
        for ancestor in self.module.ancestors(node):
            if isinstance(ancestor, ast.ExceptHandler):
                return False
            if isinstance(ancestor, ast.If):
                if any(
                    isinstance(part, ast.Call)
                    and last_name(part) == "isinstance"
                    and any(isinstance(name, ast.Name) and name.id == exception_name for name in part.args)
                    for part in ast.walk(ancestor.test)
                ):
                    return True
                if child in ancestor.body and (
                    _equals_text(ancestor.test, exception_name) or _asks_which(ancestor.test, exception_name)
                ):
                    return True
            child = ancestor
        return False


def _names_given(statement: ast.AST) -> list[str]:
    """The plain names that an assignment gives a value."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _shows_internals(name: str) -> bool:
    """Whether an exception of a qualified name is any, or one whose text shows internals."""
    return name == "builtins.Exception" or (
        name.startswith(exceptions.INTERNAL) and not name.endswith(exceptions.PLAIN_OUTCOMES)
    )


def _puts_into(statement: ast.stmt) -> bool:
    """Whether a statement puts something into an object: `rows.append(row)`, `parts["store"] = part`."""
    return isinstance(statement, ast.Expr) or (
        isinstance(statement, ast.Assign)
        and all(isinstance(target, (ast.Subscript, ast.Attribute)) for target in statement.targets)
    )


def _may_be_caught(module: Module, node: ast.AST) -> bool:
    """Whether what is raised at a node is raised in a block of its function that has handlers."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, _FUNCTIONS):
            return False
        if isinstance(ancestor, ast.Try) and ancestor.handlers and child in ancestor.body:
            return True
        child = ancestor
    return False


def _tries_out(function: FunctionNode, is_route: bool) -> bool:
    """Whether a function is there to try out what somebody has configured, as its name says."""
    return _TRYING_OUT.search(function.name) is not None and not (
        is_route and _HEALTH.search(function.name) is not None
    )


def _only_reads_body(block: list[ast.stmt]) -> bool:
    """Whether a block does nothing but read the body of the request: it fails by what the client has sent."""
    value = getattr(block[0], "value", None) if len(block) == 1 else None
    call = value.value if isinstance(value, ast.Await) else value
    return (
        isinstance(call, ast.Call)
        and not call.args
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in _BODIES_OF_REQUESTS
        and last_name(call.func.value) == "request"
    )


def _shows_first(function: FunctionNode) -> bool:
    """Whether a function shows what would come of something that the client has written."""
    return "preview" in function.name.lower().split("_")


def _asks_which(test: ast.expr, exception_name: str | None) -> bool:
    """Whether a test is a function's answer which error it is: `_is_not_found(error)`."""
    return (
        isinstance(test, ast.Call)
        and last_name(test).lstrip("_").startswith("is_")
        and any(isinstance(given, ast.Name) and given.id == exception_name for given in test.args)
    )


def _equals_text(test: ast.expr, exception_name: str | None) -> bool:
    """Whether a test compares the whole text of an exception: `str(error) == "unknown"`."""
    return (
        isinstance(test, ast.Compare)
        and len(test.ops) == 1
        and isinstance(test.ops[0], ast.Eq)
        and any(
            isinstance(side, ast.Call)
            and last_name(side) == "str"
            and len(side.args) == 1
            and isinstance(side.args[0], ast.Name)
            and side.args[0].id == exception_name
            for side in (test.left, test.comparators[0])
        )
    )


def _only_validates(body: list[ast.stmt]) -> bool:
    """Whether a block is one call that checks or converts what the client sent: its text is about that."""
    calls = [part for part in handlers.own_parts(body) if isinstance(part, ast.Call)]
    if handlers.only_converts(body):
        return True
    return len(body) == 1 and len(calls) == 1 and _checks(calls[0])


def _checks(call: ast.Call) -> bool:
    """Whether a call checks or converts a value, by what it calls."""
    name = last_name(call).lstrip("_")
    return (
        name.startswith(
            (
                "validate",
                "check",
                "convert",
                "parse",
                "verify",
                "ensure",
                "sanitize",
                "normalize",
                "from_",
                "format_",
                "populate_",
                "pre_",
                "tokenize",
                "extract",
                "deserialize",
            )
        )
        or (
            name.endswith(("_class", "_type", "_model", "_to_dict", "_from_dict", "_from_json"))
            and not name.startswith(_FETCHING)
        )
        or name in ("clean", "full_clean", "to_internal_value", "to_python")
        or (name[:1].isupper() and not name.isupper())
    )


def _is_about_a_value(module: Module, body: list[ast.stmt]) -> bool:
    """
    Whether all that a block calls checks, converts, looks into a value or logs, and nothing is waited for but
    the body of a request.
    """
    return all(
        not isinstance(part, (ast.AsyncFor, ast.AsyncWith, ast.With))
        and (
            not isinstance(part, ast.Await)
            or (isinstance(part.value, ast.Call) and last_name(part.value) in _BODIES)
        )
        and (
            not isinstance(part, ast.Call)
            or _checks(part)
            or last_name(part) in handlers.CONVERTING
            or last_name(part) in _LOOKING
            or (last_name(part) in _OF_PATHS and not part.args)
            or part in log_calls(module)
        )
        for part in handlers.own_parts(body)
    )
