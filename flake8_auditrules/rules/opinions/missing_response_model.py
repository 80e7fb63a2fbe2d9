"""AUD917: a route whose answer has no declared form."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import is_example
from flake8_auditrules.semantics.request_values import is_fastapi_route
from flake8_auditrules.semantics.routes import is_route, status_of
from flake8_auditrules.semantics.scopes import FunctionNode

_DECLARING = frozenset({"response_model", "response_class", "include_in_schema", "responses"})
_EMPTY_STATUS = (204, 300)
# What a browser or a proxy asks before or instead of the request itself.
_ASKING_ONLY = frozenset({"options", "head", "trace"})
_MAXIMUM_HOPS = 3
_RESPONDING = ("starlette.", "fastapi.", "sse_starlette.")
_ANSWERING = pattern(
    r"respon|redirect|templat|render|stream|file|html|proxy|forward|serve|download|handle|dispatch", re.IGNORECASE
)
_SHAPELESS = frozenset({"typing.Any", "builtins.dict", "builtins.list", "builtins.object", "typing.Dict"})


class MissingResponseModel(Rule):
    """
    ## What it does
    Finds FastAPI routes that return something, with neither a `response_model` nor a return annotation that says
    of what form it is. Routes that build their response themselves, or are not in the schema, are none of these.

    ## Why it matters
    Without a model everything that the function returns goes out: a field added to the object, a column added to
    the row. The API's description says nothing of the answer, and no client can be generated from it.

    ## When to silence it
    When the answer has no fixed form.
    """

    code = "AUD917"
    severity = Severity.LOW
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{route}` says nothing of the form of its answer; give it a `response_model` or a return type"
    examined = "routes declare the form of their answer"
    imports = ("fastapi",)

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI()
        users = {1: {"name": "Ada", "password_hash": "5f4dcc3b"}}

        @app.get("/users/{number}")
        def user(number: int):  # AUD917
            return users[number]
        """,
    )
    good = (
        """
        from fastapi import FastAPI
        from pydantic import BaseModel

        app = FastAPI()
        users = {1: {"name": "Ada", "password_hash": "5f4dcc3b"}}

        class User(BaseModel):
            name: str

        @app.get("/users/{number}")
        def user(number: int) -> User:
            return users[number]
        """,
        """
        from fastapi import FastAPI
        from pydantic import BaseModel

        app = FastAPI()
        users = {1: {"name": "Ada", "password_hash": "5f4dcc3b"}}

        class User(BaseModel):
            name: str

        @app.get("/users/{number}", response_model=User)
        def user(number: int):
            return users[number]
        """,
    )

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Report a route without a declared form."""
        self._check(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report a route without a declared form."""
        self._check(node)

    def _check(self, node: FunctionNode) -> None:
        module = self.module
        if not node.decorator_list or module.is_test or is_example(module) or not is_route(module, node):
            return
        if not is_fastapi_route(module, node):
            return
        if _declares(module, node) or not _returns_data(module, node):
            self.passed(node)
        else:
            self.report(node, route=f"{node.name}()")


def _declares(module: Module, function: FunctionNode) -> bool:
    """Whether a route says what it returns, or that it returns nothing, or answers no request for data."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call):
            if last_name(decorator) in _ASKING_ONLY:
                return True
            for keyword in decorator.keywords:
                if keyword.arg is None or keyword.arg in _DECLARING:
                    return True
                if keyword.arg == "status_code":
                    status = status_of(module, keyword.value)
                    if status is not None and (status == _EMPTY_STATUS[0] or status >= _EMPTY_STATUS[1]):
                        return True
    returns = function.returns
    return returns is not None and module.qualname(returns) not in _SHAPELESS


def _returns_data(module: Module, function: FunctionNode) -> bool:
    """Whether a function returns something that is no response, and each return is known to be none."""
    values = [
        node.value
        for node in module.own_nodes(function)
        if isinstance(node, ast.Return)
        and node.value is not None
        and not (isinstance(node.value, ast.Constant) and node.value.value is None)
    ]
    return bool(values) and not any(_may_be_response(module, value) for value in values)


def _may_be_response(module: Module, value: ast.expr, hops: int = 0) -> bool:
    """Whether a returned value is, or by its name may be, a response of its own."""
    held = module.instance_of(value)
    if isinstance(value, ast.Await):
        value = value.value
    if held is not None:
        return any(
            one.startswith(_RESPONDING) and one.endswith("Response") for one in module.instances.ancestry(held)
        )
    if isinstance(value, ast.Name):
        return hops < _MAXIMUM_HOPS and any(
            binding.value is not None and _may_be_response(module, binding.value, hops + 1)
            for binding in module.bindings(value)
        )
    if isinstance(value, ast.IfExp):
        return _may_be_response(module, value.body, hops) or _may_be_response(module, value.orelse, hops)
    return isinstance(value, ast.Call) and _ANSWERING.search(module.source(value.func)) is not None
