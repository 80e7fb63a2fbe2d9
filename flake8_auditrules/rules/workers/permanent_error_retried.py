"""AUD519: a bad argument that a task tries again and again."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.routes import is_task

# What reads a text: the same text always fails with ValueError.
_READING = frozenset(
    {
        "uuid.UUID",
        "datetime.datetime.fromisoformat",
        "datetime.date.fromisoformat",
        "datetime.datetime.strptime",
        "ipaddress.ip_address",
        "ipaddress.ip_network",
        "json.loads",
    }
)
_TRIES = (ast.Try, getattr(ast, "TryStar", ast.Try))
# Which of the errors that a task retries take these in.
_TAKING_IN = frozenset({"builtins.Exception", "builtins.BaseException", "builtins.ValueError"})


class PermanentErrorRetried(Rule):
    """
    ## What it does
    Finds Celery tasks that are retried for every `Exception` (or `ValueError`) and read one of their own
    arguments with what raises `ValueError` for a bad text: `UUID(x)`, `fromisoformat(x)`, `json.loads(x)`.

    ## Why it matters
    The argument of a retry is the same as before, and so is the error: the task fails as often as it may,
    minutes or hours long, before anybody learns of it, and keeps workers from others meanwhile.

    ## When to silence it
    When the sender has read the argument in the same way before.
    """

    code = "AUD519"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{call}` fails each time for a bad `{argument}`, and each time is retried; exclude `ValueError`"
    examined = "readings of tasks' arguments are not retried"
    calls = _READING

    bad = (
        """
        from uuid import UUID

        from celery import Celery

        app = Celery("shop", broker="memory://")

        @app.task(autoretry_for=(Exception,), max_retries=3, default_retry_delay=0)
        def pack(order):
            return str(UUID(order))  # AUD519
        """,
    )
    good = (
        """
        from uuid import UUID

        from celery import Celery

        app = Celery("shop", broker="memory://")

        @app.task(
            autoretry_for=(Exception,), dont_autoretry_for=(ValueError,), max_retries=3, default_retry_delay=0
        )
        def pack(order):
            return str(UUID(order))
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Look at a call that reads a text."""
        module = self.module
        argument = node.args[0] if node.args else None
        function = module.function_of(node)
        if module.is_test or not isinstance(argument, ast.Name) or not isinstance(function, ast.FunctionDef):
            return
        if not _is_parameter(module, function, argument) or not is_task(module, function):
            return
        retrying = _retrying_decorator(module, function)
        if retrying is not None and not _is_caught(module, node, function):
            self.report(node, call=module.text(node), argument=argument.id)
        else:
            self.passed(node)


def _is_parameter(module: Module, function: ast.FunctionDef, name: ast.Name) -> bool:
    sites = module.sites_of(name)
    arguments = function.args
    own = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return len(sites) == 1 and sites[0] in own


def _retrying_decorator(module: Module, function: ast.FunctionDef) -> ast.Call | None:
    """The decorator that has a task retried for a ValueError; None where there is none."""
    for decorator in function.decorator_list:
        if not isinstance(decorator, ast.Call) or module.has_unpacking(decorator):
            continue
        retried = module.argument(decorator, "autoretry_for")
        excluded = module.argument(decorator, "dont_autoretry_for")
        if retried is None or excluded is not None or _never_again(module, decorator):
            continue
        elements = retried.elts if isinstance(retried, (ast.Tuple, ast.List)) else []
        if any(module.qualname(element) in _TAKING_IN for element in elements):
            return decorator
    return None


def _never_again(module: Module, decorator: ast.Call) -> bool:
    """Whether a task has no retries after all."""
    for given in (module.argument(decorator, "max_retries"), module.argument(decorator, "retry_kwargs")):
        if isinstance(given, ast.Constant) and given.value == 0:
            return True
        if given is not None and not isinstance(given, (ast.Constant, ast.Dict)):
            return True
    return False


def _is_caught(module: Module, node: ast.AST, function: ast.FunctionDef) -> bool:
    """Whether an error of a call is taken by a handler of the task itself."""
    child = node
    for ancestor in module.ancestors(node):
        if ancestor is function:
            return False
        if isinstance(ancestor, _TRIES) and child in ancestor.body and ancestor.handlers:
            return True
        if isinstance(ancestor, ast.With):
            return True
        child = ancestor
    return False
