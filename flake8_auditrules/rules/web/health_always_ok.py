"""AUD607: a health route that answers 200 whatever its checks say."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.protection import is_guard
from flake8_auditrules.project.wiring import providers_of
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions, uncalled
from flake8_auditrules.semantics.route_answers import declared_status, is_health_route, route_path
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import FunctionNode

_STATUS_NAMES = frozenset({"status_code", "status", "set_status"})


# What is caught where something need not be installed: no state of a service.
_OF_CODE = frozenset({"builtins.AttributeError", "builtins.ImportError", "builtins.ModuleNotFoundError"})
_CHANGING = frozenset({"post", "put", "patch", "delete"})
# Segments of paths that name the service itself and the question how it is.
_OF_SERVICE = pattern(
    r"_*(?:api|v\d+\w*|system|internal|status|monitor(?:ing)?|service|app|public|ops|management|actuator|probes?|checks?|"
    r"(?:health|ready|readiness|live|liveness|alive|startup|ping|heartbeat|up)(?:z|[-_]?checks?|[-_]?probe|y)?)",
    re.IGNORECASE,
)
_REQUESTS = frozenset({"request", "req"})
_ABORTING = frozenset({"flask.abort", "werkzeug.exceptions.abort"})


class HealthAlwaysOk(Rule):
    """
    ## What it does
    Finds health and readiness routes that catch the failures of their checks and have no answer but 200. A route
    that asks by a dependency or decorator who is there is for people, and left alone, as is a handler that only
    logs at DEBUG.

    ## Why it matters
    Load balancers and orchestrators read the status only. With the database gone they go on sending requests to
    this instance, do not restart it, and a deployment that cannot work is taken for a good one.

    ## When to silence it
    When another route is the one that is asked, and this one is for people.
    """

    code = "AUD607"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{handler}` in health route `{function}` still answers 200; answer 503"
    examined = "health routes that catch a failed check have another answer than 200"

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/health")
        def health():
            checks = {"database": "up"}
            try:
                ping_database()
            except Exception:  # AUD607
                checks["database"] = "down"
            return checks
        """,
    )
    good = (
        """
        from fastapi import FastAPI, Response

        app = FastAPI()

        @app.get("/health")
        def health(response: Response):
            checks = {"database": "up"}
            try:
                ping_database()
            except Exception:
                checks["database"] = "down"
                response.status_code = 503
            return checks
        """,
    )

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report a health route without another answer."""
        self._check(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report a health route without another answer."""
        self._check(node)

    def _check(self, node: FunctionNode) -> None:
        module = self.module
        if module.is_test or not module.imports(*web.FRAMEWORKS):
            return
        if not is_route(module, node) or not is_health_route(module, node):
            return
        if not _is_asked(module, node) or _is_about_part(module, node) or _is_for_people(module, node):
            return
        handler = next((part for part in module.own_nodes(node) if _catches_check(module, part)), None)
        if handler is None:
            return
        assert isinstance(handler, ast.ExceptHandler)
        if declared_status(module, node) is not None or _has_another_answer(module, node):
            self.passed(handler)
            return
        shown = f"except {module.text(handler.type, 30)}" if handler.type is not None else "except:"
        self.report(handler, handler=shown, function=node.name)


def _is_asked(module: Module, function: FunctionNode) -> bool:
    """Whether a route is one that is asked, not one that changes something: `PUT /heartbeat` sets how often."""
    return not any(
        isinstance(decorator, ast.Call) and last_name(decorator) in _CHANGING
        for decorator in function.decorator_list
    )


def _is_for_people(module: Module, function: FunctionNode) -> bool:
    """Whether a route asks who is there: what asks whether an instance is well has nobody to be."""
    return any(is_guard(provider) for provider in providers_of(module, function)) or any(
        is_guard(module.text(uncalled(decorator))) for decorator in function.decorator_list[1:]
    )


def _is_about_part(module: Module, function: FunctionNode) -> bool:
    """Whether a route's path names a part, or another program, of which it tells: `/search-engine/health`."""
    path = route_path(module, function)
    segments = [segment for segment in (path or "").split("/") if segment]
    return any(_OF_SERVICE.fullmatch(segment) is None for segment in segments)


def _catches_check(module: Module, part: ast.AST) -> bool:
    """Whether a node is a handler that catches the failure of a check and goes on."""
    if not isinstance(part, ast.ExceptHandler) or any(
        isinstance(node, ast.Raise) for node in own_parts(part.body)
    ):
        return False
    kinds = part.type.elts if isinstance(part.type, ast.Tuple) else [part.type]
    if all(kind is not None and module.qualname(kind) in _OF_CODE for kind in kinds):
        return False
    tried = module.parent(part)
    if isinstance(tried, ast.Try) and (_is_asked_for(tried.body) or _is_about_caller(module, tried)):
        return False
    if all(_logs_at_debug(statement) for statement in part.body):
        return False
    # A value that the answer can do without: `try: size = cache.size()`, `except Exception: pass`.
    return not (
        all(isinstance(statement, ast.Pass) for statement in part.body)
        and isinstance(tried, ast.Try)
        and any(isinstance(node, ast.Assign) for node in own_parts(tried.body))
    )


def _logs_at_debug(statement: ast.stmt) -> bool:
    """Whether a statement is `logger.debug(...)`: who writes so has no check of the service in mind."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and isinstance(statement.value.func, ast.Attribute)
        and statement.value.func.attr == "debug"
    )


def _is_asked_for(body: list[ast.stmt]) -> bool:
    """Whether a `try` only asks whether an optional package is there."""
    is_import = isinstance(body[0], (ast.Import, ast.ImportFrom))
    return is_import and not any(isinstance(node, (ast.Call, ast.Await)) for node in own_parts(body))


def _is_about_caller(module: Module, tried: ast.Try) -> bool:
    """Whether a `try` is only entered for some requests: `if key := key_of(request):`."""
    holder = module.parent(tried)
    return isinstance(holder, ast.If) and tried in holder.body and mentions(holder.test, _REQUESTS)


def _has_another_answer(module: Module, function: FunctionNode) -> bool:
    """Whether the function sets a status, raises, or answers with something made elsewhere, anywhere."""
    for node in module.own_nodes(function):
        if isinstance(node, ast.Raise) or (
            isinstance(node, ast.Call)
            and (
                module.never_returns(node)
                or module.callee(node) in _ABORTING
                or last_name(node).startswith(("raise_", "abort"))
            )
        ):
            return True
        if isinstance(node, ast.Attribute) and node.attr in _STATUS_NAMES and isinstance(node.ctx, ast.Store):
            return True
        if isinstance(node, ast.keyword) and node.arg in _STATUS_NAMES:
            return True
        if isinstance(node, ast.Return) and _is_made_elsewhere(module, node.value):
            return True
    return False


def _is_made_elsewhere(module: Module, value: ast.expr | None) -> bool:
    """Whether an answer's status is not seen: a tuple, a call of another function, a response with a status."""
    if isinstance(value, ast.Tuple):
        return True
    if isinstance(value, ast.Await):
        return True
    if not isinstance(value, ast.Call):
        return False
    callee = module.callee(value) or ""
    answer = web.RESPONSES.get(callee)
    if answer is not None:
        return (
            answer.status != 200 or module.argument(value, answer.status_name, answer.status_position) is not None
        )
    # A model is made by its class; what a function gives may be a response.
    return callee in web.HTTP_EXCEPTIONS or (
        not callee.rpartition(".")[2][:1].isupper() and callee != "builtins.dict"
    )
