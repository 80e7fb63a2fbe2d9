"""AUD310: a 404 that its own function turns into a 500."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import web
from flake8_auditrules.project.raised_answers import function_run, reaches, status_raised, statuses_behind
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.later_work import runs_later
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.names import last_name, reads_as_class
from flake8_auditrules.semantics.route_answers import sets_status
from flake8_auditrules.semantics.routes import answer_of, is_route, status_of

_EXCEPTION_CLASSES = frozenset(name for name in web.HTTP_EXCEPTIONS if not name.endswith(".abort"))
_BASES = frozenset(
    {
        "fastapi.HTTPException",
        "starlette.exceptions.HTTPException",
        "werkzeug.exceptions.HTTPException",
        "aiohttp.web.HTTPException",
        "aiohttp.web.HTTPError",
        "django.http.Http404",
        "sanic.exceptions.SanicException",
        "litestar.exceptions.HTTPException",
        "ninja.errors.HttpError",
    }
)
_ERROR = 40
# The first status that refuses a request, and the first that says that the server is at fault.
_REFUSAL = 400
_FAULT = 500
_SUCCESS = 200


class _Raised(NamedTuple):
    """An HTTP exception that a block raises: its status, and the words for where it comes from."""

    status: int | None
    origin: str


class HttpExceptionSwallowed(Rule):
    """
    ## What it does
    Finds an `HTTPException` that is raised inside a `try` whose handler for `Exception` answers with another
    status or logs it as an unexpected error. It may be raised by a function of the project that the `try` calls,
    also through one function more.

    ## Why it matters
    `HTTPException` is an `Exception`: the 404 that the code raises two lines above becomes a 500, clients
    retry what they should give up, and the log fills with errors that are none.

    ## When to silence it
    When the handler means to hide the first status from the client.
    """

    code = "AUD310"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    reach = Reach.PROJECT
    since = "0.1.0"
    message = "`{handler}` also takes the {raised} and {fact}; let HTTPException through first"
    examined = "broad handlers in web code let HTTP exceptions through"

    bad = (
        """
        from fastapi import APIRouter, HTTPException

        router = APIRouter()
        ITEMS = {"a": 1}

        @router.get("/items/{name}")
        def item(name: str):
            try:
                if name not in ITEMS:
                    raise HTTPException(status_code=404, detail="no such item")
                return ITEMS[name]
            except Exception as error:  # AUD310
                raise HTTPException(status_code=500, detail="internal error") from error
        """,
    )
    good = (
        """
        from fastapi import APIRouter, HTTPException

        router = APIRouter()
        ITEMS = {"a": 1}

        @router.get("/items/{name}")
        def item(name: str):
            try:
                if name not in ITEMS:
                    raise HTTPException(status_code=404, detail="no such item")
                return ITEMS[name]
            except HTTPException:
                raise
            except Exception as error:
                raise HTTPException(status_code=500, detail="internal error") from error
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report a broad handler that gets an HTTPException from its own `try` and makes something else of it."""
        module = self.module
        if module.is_test or not module.imports(*web.FRAMEWORKS) or not handlers.is_broad(module, node):
            return
        function = module.function_of(node)
        is_later = isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and runs_later(module, function)
        if is_later or self._is_let_through(node):
            # Whoever asked has his answer before a background task raises anything.
            self.passed(node)
            return
        statement = handlers.try_of(module, node)
        raised = self._raised_inside(statement)
        if raised is not None:
            fact = self._made_of_it(node, raised.status)
        else:
            made = self._status_made(node.body[-1])
            if made is None or made < _REFUSAL:
                return
            raised = self._raised_behind(statement, made)
            if raised is None:
                return
            fact = f"answers {made}"
        if fact is None:
            self.passed(node)
        else:
            self.report(node, handler=module.text(node).partition(":")[0], raised=raised.origin, fact=fact)

    def _is_let_through(self, handler: ast.ExceptHandler) -> bool:
        module = self.module
        for earlier in handlers.earlier_handlers(module, handler):
            for name in handlers.caught(module, earlier):
                if name is None or name in _BASES or name in _EXCEPTION_CLASSES or name == "builtins.Exception":
                    return True
                if name.rpartition(".")[2].startswith("HTTP") or module.instances.local_class(name) is not None:
                    return True
        return any(
            isinstance(part, ast.Name) and part.id == handler.name
            for statement in handlers.statements(handler.body)
            if isinstance(statement, ast.If)
            for part in ast.walk(statement.test)
        )

    def _raised_inside(self, statement: ast.Try) -> _Raised | None:
        """The first `raise HTTPException(...)` of the block that its own broad handler gets."""
        module = self.module
        for part in handlers.statements(statement.body):
            if not isinstance(part, ast.Raise) or not isinstance(part.exc, ast.Call):
                continue
            if answer_of(module, part.exc, web.HTTP_EXCEPTIONS) is None:
                continue
            if reaches(module, part, statement):
                status = status_raised(module, part.exc)
                shown = str(status) if status is not None else last_name(part.exc)
                return _Raised(status, f"{shown} raised on line {part.lineno}")
        return None

    def _raised_behind(self, statement: ast.Try, made: int) -> _Raised | None:
        """How the project's functions that the block calls refuse a request, by another status than `made`."""
        module = self.module
        for call in handlers.own_parts(statement.body):
            if not isinstance(call, ast.Call) or not reaches(module, call, statement):
                continue
            for status in statuses_behind(self.project, module, call):
                if _REFUSAL <= status < _FAULT and status != made:
                    name = last_name(function_run(module, call))
                    return _Raised(status, f"{status} that `{name}` raises")
        return None

    def _made_of_it(self, handler: ast.ExceptHandler, status: int | None) -> str | None:
        """What the handler makes of the exception; None where it lets it through or answers the same."""
        module = self.module
        records = log_calls(module)
        logged = any(
            isinstance(part, ast.Call)
            and part in records
            and records[part].level >= _ERROR
            and handlers.handler_of(module, part) is handler
            for part in handlers.parts_of(module, handler)
        )
        for statement in handlers.statements(handler.body):
            if isinstance(statement, ast.Raise):
                if statement.exc is None or (
                    isinstance(statement.exc, ast.Name) and statement.exc.id == handler.name
                ):
                    return "logs it as an error" if logged else None
                if isinstance(statement.exc, ast.Call):
                    return self._other_answer(statement, status)
            elif isinstance(statement, ast.Return):
                return self._other_answer(statement, status)
        return self._other_answer(handler.body[-1], status)

    def _other_answer(self, statement: ast.stmt, status: int | None) -> str | None:
        made = self._status_made(statement)
        return f"answers {made}" if made is not None and made != status else None

    def _status_made(self, statement: ast.stmt) -> int | None:
        """The status with which a statement of a handler ends the request; None where none is certain."""
        if isinstance(statement, ast.Raise):
            return status_raised(self.module, statement.exc) if isinstance(statement.exc, ast.Call) else None
        if isinstance(statement, ast.Return):
            return self._status_returned(statement.value)
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            return self._raised_by(statement.value)
        return None

    def _raised_by(self, call: ast.Call) -> int | None:
        """The one status with which a function of the project ends the request that is given the exception."""
        if not any(
            isinstance(given, ast.Name)
            and given.id == getattr(handlers.handler_of(self.module, call), "name", None)
            for given in call.args
        ):
            return None
        found = statuses_behind(self.project, self.module, call)
        return found[0] if len(found) == 1 else None

    def _status_returned(self, value: ast.expr | None) -> int | None:
        if isinstance(value, ast.Tuple) and len(value.elts) == 2:
            return status_of(self.module, value.elts[1])
        if isinstance(value, ast.Call):
            answer = answer_of(self.module, value, web.RESPONSES)
            if answer is None:
                return _SUCCESS if self._is_document(value) else None
            given = self.module.argument(value, answer.status_name, answer.status_position)
            return answer.status if given is None else status_of(self.module, given)
        if isinstance(value, ast.Name):
            bindings = self.module.bindings(value)
            value = bindings[0].value if len(bindings) == 1 else None
        return _SUCCESS if isinstance(value, ast.Dict) else None

    def _is_document(self, call: ast.Call) -> bool:
        """Whether what a route of FastAPI returns is a model, or a page of a template, that goes out with 200."""
        module = self.module
        function = module.function_of(call)
        if not module.imports("fastapi") or not is_route(module, function):
            return False
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and sets_status(module, function):
            return False
        if last_name(call) == "TemplateResponse":
            return not any(keyword.arg in (None, "status_code") for keyword in call.keywords)
        callee = module.callee(call) if reads_as_class(last_name(call)) else None
        return callee is not None and "pydantic.BaseModel" in module.instances.ancestry(callee)
