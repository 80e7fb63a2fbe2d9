"""AUD622: a text of the request that `compare_digest` gets as it is: it raises for what is not ASCII."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.header_texts import is_header_text
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

# A function that parses a text, or says what is wrong with it, lets few characters pass.
_CHECKING = pattern(r"_*(?:check|parse|validate)_")
_TAKING_IT = frozenset({"TypeError", "Exception", "BaseException"})


class TextDigestCompare(Rule):
    """
    ## What it does
    Finds `hmac.compare_digest` and `secrets.compare_digest` that get a header, a cookie or a parameter of the
    request as a text, and not its bytes.

    ## Why it matters
    Both functions raise `TypeError` for a text with any character outside ASCII, and a header may hold every byte.
    One such byte in the token makes the answer 500 instead of 401, with a traceback in the log, for whoever sends
    it: no token is needed.

    ## When to silence it
    When something before the application refuses such requests. Where a handler takes the error, or the text is
    asked for `isascii()`, the rule is silent as it is.
    """

    code = "AUD622"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    calls = frozenset({"hmac.compare_digest", "secrets.compare_digest"})
    message = (
        "`{call}` raises TypeError where `{value}` is not ASCII, and answers 500; compare what both `encode()`"
    )
    examined = "texts of requests are compared as bytes"

    bad = (
        """
        import secrets

        from fastapi import FastAPI, Header, HTTPException

        app = FastAPI()
        TOKEN = "tea"

        @app.get("/orders")
        def orders(authorization: str = Header("")):
            if not secrets.compare_digest(authorization.removeprefix("Bearer "), TOKEN):  # AUD622
                raise HTTPException(401)
            return []
        """,
    )
    good = (
        """
        import secrets

        from fastapi import FastAPI, Header, HTTPException

        app = FastAPI()
        TOKEN = "tea"

        @app.get("/orders")
        def orders(authorization: str = Header("")):
            if not secrets.compare_digest(authorization.removeprefix("Bearer ").encode(), TOKEN.encode()):
                raise HTTPException(401)
            return []
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a comparison one side of which is a text that the request brings."""
        if self.module.is_test or len(node.args) != 2 or node.keywords:
            return
        value = next((side for side in node.args if is_header_text(self.module, side)), None)
        if value is None or self._is_harmless(node, value):
            self.passed(node)
        else:
            self.report(node, call=last_name(node), value=self.module.text(value, 40))

    def _is_harmless(self, call: ast.Call, value: ast.expr) -> bool:
        """Whether a comparison never sees a text that it cannot take, or its error is taken."""
        module = self.module
        return (
            any(_is_bytes(side) for side in call.args)
            or _is_seen_to(module, call)
            or _is_parsed_before(module, call, value)
        )


def _is_bytes(side: ast.expr) -> bool:
    """Whether a side is bytes, so that both are or the comparison fails for all: not what this is about."""
    return (isinstance(side, ast.Constant) and isinstance(side.value, bytes)) or (
        isinstance(side, ast.Call) and last_name(side) in ("bytes", "digest", "encode")
    )


def _is_seen_to(module: Module, call: ast.Call) -> bool:
    """Whether a handler takes the error, or the function asks a text whether it is ASCII."""
    function = module.function_of(call)
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is function:
            break
        if isinstance(ancestor, ast.Try) and child in ancestor.body:
            for handler in ancestor.handlers:
                if handler.type is None or any(last_name(part) in _TAKING_IT for part in ast.walk(handler.type)):
                    return True
        child = ancestor
    return isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and any(
        isinstance(part, ast.Attribute) and part.attr == "isascii" for part in module.own_nodes(function)
    )


def _is_parsed_before(module: Module, call: ast.Call, value: ast.expr) -> bool:
    """Whether each way to a comparison leads through a function that by its name parses or checks the text."""
    function = module.function_of(call)
    if not isinstance(value, ast.Name) or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    checks = {
        module.statement(part)
        for part in module.own_nodes(function)
        if isinstance(part, ast.Call)
        and _CHECKING.match(last_name(part)) is not None
        and any(isinstance(given, ast.Name) and given.id == value.id for given in part.args)
    }
    goal = module.statement(call)
    return bool(checks - {goal}) and not module.flow(function).reachable(
        None, lambda statement: statement is goal, checks.__contains__
    )
