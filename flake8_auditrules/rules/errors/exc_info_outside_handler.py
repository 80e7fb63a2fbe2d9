"""AUD305: a traceback is asked for where no exception is being handled."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import loggers
from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.handlers import handler_of
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.plain_forms import is_plainly_logged
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_EXCEPTION_NAMES = pattern(
    r"_*(?:e|ex|exc|exn|err|error|exception|failure|exc_info|exc_val|exc_value|exc_type|tb)"
)
_HANDLING_NAMES = pattern(
    r"(?:^|_)(?:exit|except|exceptions?|errors?|fail|failed|failures?|handler?|crash|crashed|panic|log|on|abort"
    r"|raise|warn|excepthook|aexit)(?:_|$)|^_*report(?:_|$)|^_*onerror$"
)


class ExcInfoOutsideHandler(Rule):
    """
    ## What it does
    Finds `logger.exception(...)` and `exc_info=True` where no exception is being handled.

    ## Why it matters
    There is nothing to show then: the record ends with `NoneType: None`, an alert counts it as a crash, and
    whoever reads it looks for a traceback that never was.

    ## When to silence it
    When the function is only ever called from a handler in another module.
    """

    code = "AUD305"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    call_names = loggers.WRITING
    message = "`{call}` asks for a traceback where no exception is handled; {cure}"
    examined = "records that ask for a traceback can have one"

    bad = (
        """
        import logging

        logger = logging.getLogger(__name__)

        def read_status(response):
            if response.status_code != 200:
                logger.exception("bad status %s", response.status_code)  # AUD305
            return response.status_code
        """,
    )
    good = (
        """
        import logging

        logger = logging.getLogger(__name__)

        def read_status(response):
            if response.status_code != 200:
                logger.error("bad status %s", response.status_code)
            return response.status_code
        """,
        """
        import logging

        logger = logging.getLogger(__name__)

        def on_done(task):
            if task.exception():
                logger.error("the task failed", exc_info=task.exception())
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a record that wants the handled exception where there is none."""
        module = self.module
        record = log_calls(module).get(node)
        if record is None or not _asks_for_handled(node):
            return
        if module.is_test or self._may_be_handled(node):
            self.passed(node)
            return
        if self.config.beside_ruff and is_plainly_logged(module, node):
            return
        by_method = last_name(node) in loggers.EXCEPTION_METHODS
        self.report(
            node,
            call=module.call_text(node),
            cure="use `error`" if by_method else "leave `exc_info` out or give it the exception",
        )

    def _may_be_handled(self, node: ast.AST) -> bool:
        """Whether a handler or `finally` is around the call, here or where the function is called."""
        module = self.module
        child = node
        nearest: FunctionNode | None = None
        for ancestor in module.ancestors(node):
            if isinstance(ancestor, ast.ExceptHandler):
                return True
            if isinstance(ancestor, ast.Try) and child in ancestor.finalbody:
                return True
            if isinstance(ancestor, ast.Lambda):
                return True
            if isinstance(ancestor, _FUNCTIONS):
                if nearest is None:
                    nearest = ancestor
                if _HANDLING_NAMES.search(ancestor.name) or _takes_exception(module, ancestor):
                    return True
                if role_of(module, ancestor) is Role.ERROR_HANDLER or _raises_again(module, ancestor):
                    return True
                if ancestor.name == "__init__" and _makes_exception(module, ancestor):
                    return True
            child = ancestor
        return nearest is not None and nearest in module.keep("called from handlers", _called_from_handlers)


def _asks_for_handled(call: ast.Call) -> bool:
    """Whether the call wants the exception that is being handled, and not one that it is given."""
    wanted = last_name(call) in loggers.EXCEPTION_METHODS
    for keyword in call.keywords:
        if keyword.arg is None:
            return False
        if keyword.arg == "exc_info":
            if not isinstance(keyword.value, ast.Constant):
                return False
            wanted = keyword.value.value is True or keyword.value.value == 1
    return wanted


def _raises_again(module: Module, function: FunctionNode) -> bool:
    """Whether a function has a plain `raise` outside any handler: it is there to be called while one runs."""
    return any(
        isinstance(part, ast.Raise) and part.exc is None and handler_of(module, part) is None
        for part in module.own_nodes(function)
    )


def _makes_exception(module: Module, function: FunctionNode) -> bool:
    """Whether a function is the constructor of an exception, which is often made where another is handled."""
    around = module.class_of(function)
    return around is not None and any(
        last_name(base).endswith(("Error", "Exception", "Warning")) for base in around.bases
    )


def _takes_exception(module: Module, function: FunctionNode) -> bool:
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    for argument in every:
        if _EXCEPTION_NAMES.fullmatch(argument.arg) or argument.arg.endswith(("_exc", "_error", "_exception")):
            return True
        if argument.annotation is not None:
            named = module.text(argument.annotation)
            if "Exception" in named or "Error" in named or "exc_info" in named:
                return True
    return False


def _called_from_handlers(module: Module) -> set[FunctionNode]:
    """The functions of the module that a handler or `finally` calls or hands on, by their last name."""
    names: set[str] = set()
    for handler in module.nodes(ast.ExceptHandler):
        names.update(_names_in(handler.body))
    for statement in module.nodes(ast.Try):
        names.update(_names_in(statement.finalbody))
    functions: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
    return {function for function in functions if function.name in names}


def _names_in(body: list[ast.stmt]) -> set[str]:
    names: set[str] = set()
    for statement in body:
        for part in ast.walk(statement):
            if isinstance(part, ast.Attribute):
                names.add(part.attr)
            elif isinstance(part, ast.Name):
                names.add(part.id)
    return names
