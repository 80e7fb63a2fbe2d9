"""AUD612: a failure answered with status 200."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import answer_behind, definition_of
from flake8_auditrules.project.present_parts import is_never_missing
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.exposure import carried, texts_of
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.route_answers import (
    ERROR_KEYS,
    content_with_success,
    declared_status,
    is_health_route,
    route_path,
    sets_status,
    tells_failure,
    text_of_failure,
)
from flake8_auditrules.semantics.routes import answer_of, is_route, status_of
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.secret_names import words

_SUCCESS = 200
_ANSWERS = (
    ast.Await,
    ast.BoolOp,
    ast.Call,
    ast.Constant,
    ast.Dict,
    ast.IfExp,
    ast.JoinedStr,
    ast.Name,
)
_SUCCEEDING = pattern(r"success|succeeded|\bok\b|\bdone\b|deleted|created|updated|completed", re.IGNORECASE)
_ANSWERING_DICTS = tuple(name for name in web.FRAMEWORKS if name not in web.WITHOUT_DICTS)
# Routes whose work is to try something out and tell, and those whose callers want 200 whatever happens.
_TELLING = frozenset(
    {"check", "test", "validate", "verify", "probe", "ping", "webhook", "webhooks", "callback", "hook", "status"}
)

# What the state of some work is called in an answer, and what says that it goes on, or is over.
_OF_STATES = frozenset({"state", "status"})
_GOING_ON = frozenset({"in_progress", "pending", "processing", "queued", "running", "started", "waiting"})
_NOT_YET = _GOING_ON | {"not_finished", "not_ready", "still_running"}
_OVER = frozenset({"complete", "completed", "done", "finished", "ok", "ready", "succeeded", "success"})

# Keys that tell whether some work goes on, and those of a text that says why it does not.
_RUNNING = frozenset({"active", "pending", "queued", "running"})
_WORDED = frozenset({"detail", "details", "message", "msg", "reason"})
# Keys that tell whether there is what was asked for.
_FINDINGS = frozenset({"exists", "found"})
# What a function says of a part that the program can do without.
_LEFT_OUT = pattern(r"\b(?:available|configured|disabled|enabled|installed)\b", re.IGNORECASE)


class ErrorAsOk(Rule):
    """
    ## What it does
    Finds routes that answer a failure with status 200: a returned `{"error": ...}`, `{"success": False}`,
    `{"status": "error"}` or `{"code": 404, "msg": "unknown"}`, a document that a broad handler puts the error
    into, a text or a lone message that begins with the failure, `serializer.errors`, such documents that a
    function of the project returns to it, an `HTTPException` that is returned instead of raised, and one that is
    raised with status 200.

    Routes that try something out and tell the result, webhooks and JSON-RPC are left alone, as are states of work
    (`NOT_READY`), and answers for a missing part that each object is given or the start of the application makes;
    health routes are AUD607's, and the text of an exception AUD308's.

    ## Why it matters
    Clients, proxies, retries and monitoring go by the status. They take the answer for a success, cache it, and
    count no error; each caller has to look into the body, and the one that forgets goes on with no data.

    ## When to silence it
    When an agreed protocol carries its errors in the body.
    """

    code = "AUD612"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    reach = Reach.PROJECT
    call_names = ("write", "finish")
    message = "`{value}` answers a failure with status 200; {cure}"
    examined = "answers that tell of a failure have a reason for their status"

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()
        ORDERS = {1: "open"}

        @app.get("/orders/{number}")
        def order(number: int):
            if number not in ORDERS:
                return {"error": "no such order"}  # AUD612
            return {"state": ORDERS[number]}
        """,
        """
        from fastapi import FastAPI, HTTPException

        app = FastAPI()
        ORDERS = {1: "open"}

        @app.get("/orders/{number}")
        def order(number: int):
            if number not in ORDERS:
                return HTTPException(404, "no such order")  # AUD612
            return {"state": ORDERS[number]}
        """,
    )
    good = (
        """
        from fastapi import FastAPI, HTTPException

        app = FastAPI()
        ORDERS = {1: "open"}

        @app.get("/orders/{number}")
        def order(number: int):
            if number not in ORDERS:
                raise HTTPException(404, "no such order")
            return {"state": ORDERS[number]}
        """,
    )

    def visit_Raise(self, node: ast.Raise) -> None:
        """Report an HTTP exception that is raised with the status of a success."""
        module, raised = self.module, node.exc
        if (
            not isinstance(raised, ast.Call)
            or not last_name(raised).startswith(("HTTP", "Http"))
            or module.is_test
        ):
            return
        answer = answer_of(module, raised, web.HTTP_EXCEPTIONS)
        status = module.argument(raised, answer.status_name, answer.status_position) if answer else None
        if status is None:
            return
        # What its text calls a success is an answer, raised to leave the route at once.
        said = module.source(raised)
        if status_of(module, status) == _SUCCESS and not (_SUCCEEDING.search(said) or "webhook" in said.lower()):
            self.report(node, value=f"raise {module.text(raised, 40)}", cure="give it the status of the failure")
        else:
            self.passed(node)

    def visit_Return(self, node: ast.Return) -> None:
        """Report an answer that says it failed and has the status of a success."""
        module = self.module
        value = node.value
        if not isinstance(value, _ANSWERS) or module.is_test or not module.imports(*web.FRAMEWORKS):
            return
        function = module.function_of(node)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or not is_route(module, function):
            return
        if isinstance(value, ast.Call) and module.callee(value) in (
            "fastapi.HTTPException",
            "starlette.exceptions.HTTPException",
        ):
            self.report(node, value=f"return {module.text(value, 40)}", cure="raise it")
            return
        content = content_with_success(module, value)
        if isinstance(value, ast.Call) and module.callee(value) not in web.RESPONSES:
            # What a function gives is a document, or a response of its own.
            content = value
        if content is value and not module.imports(*_ANSWERING_DICTS):
            return
        if isinstance(content, ast.Name):
            put = self._put_by_handler(node, content)
            if put is not None:
                self._judge(put, put, function, put.value, module.text(put, 40))
                return
            content = _given_right_before(module, node, content)
        for one in _choices(content):
            if self._tells_failure(node, one):
                self._judge(node, node, function, one, f"return {module.text(value, 40)}")
                return
            call = one.value if isinstance(one, ast.Await) else one
            if not isinstance(call, ast.Call) or any(_shows_exception(module, node, given) for given in call.args):
                continue
            if self._gives_failure(call):
                self._judge(node, node, function, one, f"return {module.text(value, 40)}")
                return

    def _gives_failure(self, call: ast.Call) -> bool:
        """Whether a document that a function of the project returns to its caller tells of a failure."""

        def found() -> bool:
            definition = definition_of(self.project, self.module, call)
            return definition is not None and _returns_failure(definition.module, definition.function)

        return bool(answer_behind(self.project, self.module, call, "returns a failure", "", found))

    def _put_by_handler(self, node: ast.Return, content: ast.Name) -> ast.Assign | None:
        """
        What puts the failure into a returned document, in a broad handler right before: `answer["error"] = text`.

        Work that goes on behind the handler may have a good answer all the same.
        """
        module = self.module
        block = getattr(module.parent(node), "body", None)
        place = block.index(node) if isinstance(block, list) and node in block else 0
        attempt = block[place - 1] if isinstance(block, list) and place > 0 else None
        if not isinstance(attempt, ast.Try):
            return None
        for handler in attempt.handlers:
            if not handlers.is_broad(module, handler):
                continue
            for statement in handler.body:
                target = statement.targets[0] if isinstance(statement, ast.Assign) else None
                if (
                    isinstance(statement, ast.Assign)
                    and isinstance(target, ast.Subscript)
                    and isinstance(target.value, ast.Name)
                    and target.value.id == content.id
                    and isinstance(target.slice, ast.Constant)
                    and target.slice.value in ERROR_KEYS
                    and not handlers.is_empty_value(statement.value)
                ):
                    return statement
        return None

    def visit_Call(self, node: ast.Call) -> None:
        """Report what a Tornado handler writes of a failure without a status."""
        module = self.module
        if not isinstance(node.func, ast.Attribute) or not node.args or module.is_test:
            return
        function = module.function_of(node)
        statement = module.parent(node)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or not isinstance(
            statement, (ast.Expr, ast.Return)
        ):
            return
        holder = module.class_of_self(node.func.value)
        if holder is None:
            return
        if not is_route(module, function) or web.TORNADO_HANDLERS.isdisjoint(
            module.instances.ancestry(module.definition(holder))
        ):
            return
        if self._tells_failure(node, node.args[0]):
            self._judge(statement, node, function, node.args[0], module.text(node, 40))

    def _tells_failure(self, node: ast.AST, content: ast.expr) -> bool:
        return text_of_failure(content) or tells_failure(
            self.module, content, handlers.handler_of(self.module, node) is not None
        )

    def _judge(
        self, statement: ast.stmt, node: ast.AST, function: FunctionNode, content: ast.expr, value: str
    ) -> None:
        """Report an answer that tells of a failure, unless there is a reason for its status."""
        module = self.module
        if (
            _is_left_alone(module, function)
            or _replaces_exception(module, statement)
            or _shows_exception(module, statement, content)
            or _is_state_of_job(module, statement, function, content)
            or _is_field_of_answer(module, function, content)
            or is_never_missing(self.project, module, statement)
        ):
            self.passed(node)
        else:
            self.report(node, value=value, cure="raise the framework's HTTP exception or give the status")


def _given_right_before(module: Module, node: ast.Return, name: ast.Name) -> ast.expr | None:
    """What a name is given by the statement before its `return`."""
    block = getattr(module.parent(node), "body", None)
    place = block.index(node) if isinstance(block, list) and node in block else 0
    before = block[place - 1] if isinstance(block, list) and place > 0 else None
    if not isinstance(before, ast.Assign) or len(before.targets) != 1:
        return None
    target = before.targets[0]
    return before.value if isinstance(target, ast.Name) and target.id == name.id else None


def _choices(content: ast.expr | None) -> Iterator[ast.expr]:
    """The expressions that an answer's content may be: `row or {"error": "unknown"}`."""
    if isinstance(content, ast.IfExp):
        yield from (content.body, content.orelse)
    elif isinstance(content, ast.BoolOp):
        yield from content.values
    elif content is not None:
        yield content


def _returns_failure(module: Module, function: FunctionNode) -> bool:
    """Whether a function that is no route itself returns a document that tells of a failure."""
    if is_route(module, function) or module.is_generator(function):
        return False
    if not _TELLING.isdisjoint(words(function.name)):
        return False
    return any(
        isinstance(part, ast.Return)
        and isinstance(part.value, (ast.Dict, ast.Call))
        and tells_failure(module, part.value, handlers.handler_of(module, part) is not None)
        and _LEFT_OUT.search(module.source(part.value)) is None
        and _FINDINGS.isdisjoint(_entries(part.value))
        and not _shows_exception(module, part, part.value)
        and not _is_state_of_job(module, part, function, part.value)
        and not _is_field_of_answer(module, function, part.value)
        for part in module.own_nodes(function)
    )


def _is_field_of_answer(module: Module, function: FunctionNode, content: ast.expr) -> bool:
    """Whether the good answer of a route has the same keys, with nothing under that of the error."""
    told = _entries(content)
    others = (_entries(part) for part in module.own_nodes(function) if part is not content)
    return any(
        other.keys() == told.keys()
        and any(handlers.is_empty_value(other[key]) for key in told.keys() & ERROR_KEYS)
        for other in others
    )


def _entries(content: ast.AST) -> dict[str, ast.expr]:
    """What a document that is written out has under its keys."""
    if not isinstance(content, ast.Dict):
        return {}
    return {
        key.value: value
        for key, value in zip(content.keys, content.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def _is_left_alone(module: Module, function: FunctionNode) -> bool:
    status = declared_status(module, function)
    if (
        (status is not None and status >= 400)
        or sets_status(module, function)
        or is_health_route(module, function)
    ):
        return True
    said = {*words(function.name), *words((route_path(module, function) or "").replace("/", " "))}
    view = module.class_of(function)
    if view is not None:
        said.update(words(view.name))
    return not said.isdisjoint(_TELLING) or _is_called_by_machine(module, function)


def _is_called_by_machine(module: Module, function: FunctionNode) -> bool:
    """Whether the function takes the events of a webhook: its sender repeats all that is not answered with 200."""
    for node in module.own_nodes(function):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if "webhook" in name.lower() or "signature" in name.lower():
            return True
    return False


def _replaces_exception(module: Module, node: ast.stmt) -> bool:
    """Whether the answer stands in for an HTTP exception with its status that was caught: it is so on purpose."""
    handler = handlers.handler_of(module, node)
    caught = handler.type if handler is not None else None
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(kind is not None and module.qualname(kind) in web.HTTP_EXCEPTIONS for kind in kinds)


def _shows_exception(module: Module, node: ast.stmt, content: ast.expr) -> bool:
    """Whether the answer carries the text of a handled exception: AUD308 speaks of it."""
    handler = handlers.handler_of(module, node)
    if handler is None or handler.name is None:
        return False
    names = texts_of(module, handler.body, frozenset({handler.name}))
    return carried(content, names, module) is not None


def _is_state_of_job(module: Module, node: ast.stmt, function: FunctionNode, content: ast.expr) -> bool:
    """
    Whether the answer is the state of some work, which the client asks for: others say that it goes on or is over.

    `{"status": "error"}` beside `{"status": "pending"}` and `{"status": "done"}`; or it says itself that it goes
    on, `{"ok": False, "code": "NOT_READY"}`. What a handler answers is none.
    """
    if handlers.handler_of(module, node) is not None:
        return False
    if any(
        isinstance(value, ast.Constant) and str(value.value).lower() in _NOT_YET
        for part in ast.walk(content)
        if isinstance(part, ast.Dict)
        for value in part.values
    ):
        return True
    if _tells_whether_it_runs(module, function, content):
        return True
    told = _entries(content).keys() & _OF_STATES
    if not told:
        return False
    states = {
        value.value
        for part in module.own_nodes(function)
        if isinstance(part, ast.Return) and part.value is not None
        for key, value in _entries(part.value).items()
        if key in told and isinstance(value, ast.Constant)
    }
    return not _GOING_ON.isdisjoint(states) and not _OVER.isdisjoint(states)


def _tells_whether_it_runs(module: Module, function: FunctionNode, content: ast.expr) -> bool:
    """
    Whether an answer without words says that some work does not run, where another says that it does.

    `{"ok": False, "running": False}` beside `{"ok": True, "running": True}`.
    """
    entries = _entries(content)
    if not entries or any(key in ERROR_KEYS or key in _WORDED for key in entries):
        return False
    told = {key for key, value in entries.items() if key in _RUNNING and _is_constant(value, False)}
    return any(
        _is_constant(value, True)
        for part in module.own_nodes(function)
        if isinstance(part, ast.Return) and part.value is not None
        for key, value in _entries(part.value).items()
        if key in told
    )


def _is_constant(value: ast.expr, expected: bool) -> bool:
    return isinstance(value, ast.Constant) and value.value is expected
