"""AUD613: an application that shows its tracebacks to every client."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.secret_names import words

_TRIES = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))
_DEVELOPMENT = frozenset({"debug", "dev", "develop", "development", "local", "demo", "example", "test", "tests"})


class DebugServer(Rule):
    """
    ## What it does
    Finds applications of FastAPI and Starlette that are made with a literal `debug=True`, under no condition.

    Silent where a setting decides, where the application is made under an `if`, in functions that by their name
    are for development, where `debug` is set anew, and beside a middleware that answers all failures. Flask's
    `app.run(debug=True)` is ruff's S201.

    ## Why it matters
    In debug mode each failure is answered with the traceback: source lines, paths of the server, the versions of
    the libraries. It comes before the application's own handler for `Exception`, which is never asked.

    ## When to silence it
    When the application runs only on the machines of its developers.
    """

    code = "AUD613"
    severity = Severity.HIGH
    category = Category.SECURITY
    since = "0.1.0"
    message = "`{call}` answers every failure with its traceback; let a setting decide that is off by default"
    examined = "applications are in debug mode only where a setting says so"
    imports = ("fastapi", "starlette")
    calls = frozenset({"fastapi.FastAPI", "fastapi.applications.FastAPI", "starlette.applications.Starlette"})

    bad = (
        """
        from fastapi import FastAPI

        app = FastAPI(debug=True)  # AUD613

        @app.get("/share")
        def share(total: int, people: int):
            return {"share": total / people}
        """,
    )
    good = (
        """
        import os

        from fastapi import FastAPI

        app = FastAPI(debug=os.environ.get("DEBUG") == "1")

        @app.get("/share")
        def share(total: int, people: int):
            return {"share": total / people}
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report an application that is always in debug mode."""
        module = self.module
        debug = module.argument(node, "debug") or _spread(module, node)
        if debug is None or module.is_test:
            return
        is_on = isinstance(debug, ast.Constant) and debug.value is True
        if is_on and not (_is_for_development(module, node) or _is_answered_before(module)):
            self.report(node, call=f"{module.text(node.func)}(debug=True)")
        else:
            self.passed(node)


def _spread(module: Module, node: ast.Call) -> ast.expr | None:
    """The `debug` of a dictionary that the call is given as `**name`, where nothing but its own lines makes it."""
    for keyword in node.keywords:
        if keyword.arg is not None or not isinstance(keyword.value, ast.Name):
            continue
        bindings = module.bindings(keyword.value)
        made = bindings[0].value if len(bindings) == 1 else None
        if not isinstance(made, ast.Dict) or not _is_only_spread(module, keyword.value.id):
            continue
        for key, value in zip(made.keys, made.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "debug":
                return value
    return None


def _is_only_spread(module: Module, name: str) -> bool:
    """Whether all uses of a name hand its entries over as arguments."""
    return all(isinstance(module.parent(use), ast.keyword) for use in loads(module, name))


def _is_for_development(module: Module, node: ast.Call) -> bool:
    """Whether a condition, or a function that by its name is for development, is around a place."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.If, ast.IfExp)) and not isinstance(ancestor.test, ast.Constant):
            return True
        if isinstance(ancestor, (ast.BoolOp, ast.Match)):
            return True
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)) and not _DEVELOPMENT.isdisjoint(
            words(ancestor.name)
        ):
            return True
    return False


def _is_answered_before(module: Module) -> bool:
    """Whether the module sets `debug` anew, or has a middleware that answers failures itself."""
    if any(isinstance(node.ctx, ast.Store) for node in module.attributes_named("debug")):
        return True
    return any(
        isinstance(ancestor, _TRIES) and any(_catches_all(handler) for handler in ancestor.handlers)
        for call in module.calls_named("call_next")
        for ancestor in module.ancestors(call)
    )


def _catches_all(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or (isinstance(kind, ast.Name) and kind.id == "Exception") for kind in kinds)
