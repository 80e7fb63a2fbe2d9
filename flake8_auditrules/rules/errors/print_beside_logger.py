"""AUD309: a print where there is a logger, or where nobody reads the console."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.callers import callers_of
from flake8_auditrules.project.consoles import only_serves
from flake8_auditrules.project.request_paths import runs_for_requests, serves, talks_on_consoles
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.handlers import comment_on, handler_of, is_broad, mentions, parts_of
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.plain_forms import is_plain_print
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.routes import Role, role_of, roles
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.secret_names import words

_WHERE = {
    Role.ROUTE: "a route",
    Role.WEBSOCKET: "a web socket's handler",
    Role.DEPENDENCY: "a dependency of routes",
    Role.ERROR_HANDLER: "an error handler",
    Role.TASK: "a task",
}
_VALIDATORS = frozenset(
    {"pydantic.field_validator", "pydantic.model_validator", "pydantic.root_validator", "pydantic.validator"}
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_CONSOLE_FUNCTIONS = (
    "main",
    "cli",
    "print",
    "show",
    "display",
    "pretty",
    "banner",
    "demo",
    "example",
    "usage",
    "debug",
)
_WARNING = 30
# How many prints a module has whose console somebody reads.
_MANY_PRINTS = 15
# Names of what runs while a server starts or ends: whoever has started it looks on.
_STARTING = pattern(r"lifespan|start|boot|banner|main|serve|setup|init|stop|shut|close|(?:^|_)run(?:_|$)")
_OF_SERVER = "a handler of a program that serves"
# Words in names of what a start does, of what looks into the program itself, and of what stands in for its log.
_OWN_WORDS = frozenset(
    {"check", "config", "console", "debug", "log", "logger", "logging", "migrate", "migration", "seed"}
)
# What a class is made of whose methods run for a request or a connection.
_OF_REQUESTS = pattern(
    r"(?:Authentication|Consumer|FilterSet|Form|MiddlewareMixin|Pagination|Permission|Serializer|Throttle|View|ViewSet"
    r"|ViewSetMixin|ViewMixin)$"
)
# What a comment says where a print is meant.
_REASON = pattern(r"\bprints?\b|\blogg(?:ing|er)\b", re.IGNORECASE)
# What a text says of prints that are there to be read.
_SHOWING = pattern(r"\bprint(?:s|ed|ing)?\b|\bconsole\b|\bstdout\b|\bterminal\b", re.IGNORECASE)
# Functions that take the place of a logger.
_LOGGING = pattern(r"_*(?:log|debug|info|warn|warning|error|exception|critical|trace)(?:_|$)")
# Calls that ask a person on the console, or write there.
_TALKING = pattern(r"input|getpass|prompt|tqdm|confirm|s?echo|cprint|pprint|pretty_?(?:output|print)")
# Colours of a terminal: `colorama.Fore.RED`.
_COLOURS = frozenset({"BLUE", "BOLD", "CYAN", "GREEN", "MAGENTA", "RED", "RESET", "YELLOW"})
_ASKING = frozenset(
    {
        "verbose",
        "debug",
        "quiet",
        "silent",
        "print_output",
        "show_progress",
        "is_main_process",
        "console",
        "stdout",
    }
)
# What a test calls the logger, or the method that logs, whose absence a print stands in for.
_LOGGERS = frozenset({"log", "logger", "_log", "_logger"})


class PrintBesideLogger(Rule):
    """
    ## What it does
    Finds `print` calls in functions that a server or a worker runs, middlewares, the validators of pydantic
    models and what routes alone come to among them, and prints of failures in modules that log, that have such
    functions, whose functions run for the requests of other modules, or that modules with routes or tasks alone
    import. Methods of views, serializers, forms and the like of Django are such functions, too.

    ## Why it matters
    What is printed has no level, no time, no logger's name and no request id; it cannot be turned off, and
    with buffered or discarded output it is never seen.

    ## When to silence it
    When a person reads the output in a terminal: scripts and command-line programs are left alone.
    """

    code = "AUD309"
    severity = Severity.LOW
    reach = Reach.PROJECT
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    calls = frozenset({"builtins.print"})
    message = "`{call}` in {where} bypasses the log; use the logger"
    examined = "`print` calls bypass no logger"

    bad = (
        """
        import logging

        logger = logging.getLogger(__name__)

        def charge(order):
            try:
                order.charge()
            except ValueError as error:
                print("not charged:", error)  # AUD309
            logger.info("charged %s", order)
        """,
        """
        from fastapi import APIRouter

        router = APIRouter()

        @router.get("/orders")
        def orders():
            print("orders were asked for")  # AUD309
            return []
        """,
    )
    good = (
        """
        import logging

        logger = logging.getLogger(__name__)

        def charge(order):
            try:
                order.charge()
            except ValueError:
                logger.exception("not charged")
            logger.info("charged %s", order)
        """,
        """
        def main():
            print("charged")

        if __name__ == "__main__":
            main()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a print to the standard output where a record belongs."""
        module = self.module
        if module.is_test or is_command_line(module) or self._is_meant(node):
            return
        where = self._where(node)
        if where is None:
            self.passed(node)
        elif not (self.config.beside_ruff and is_plain_print(node)):
            self.report(node, call=module.call_text(node), where=where)

    def _where(self, node: ast.Call) -> str | None:
        module = self.module
        function = module.function_of(node)
        if function is None:
            # At import, logging may not be set up yet.
            return None
        role = role_of(module, function)
        if role is not None:
            # A print that is laid out for a reader, beside a record, is for whoever runs it at home.
            return None if node.args and _is_blank(node.args[0]) and self._logs_it_too(node) else _WHERE[role]
        if isinstance(function, _FUNCTIONS) and _LOGGING.match(function.name):
            # The log itself: that it fails cannot be told to it.
            return None
        if self._runs_beside_routes(function):
            return "a coroutine of a module that serves"
        if isinstance(function, _FUNCTIONS) and _is_middleware(module, function):
            return "a middleware"
        if isinstance(function, _FUNCTIONS) and _validates(module, function) and serves(self.project):
            return "a validator of a program that serves"
        if isinstance(function, _FUNCTIONS) and self._is_of_request(node, function):
            return "a method that requests run"
        # Migrations and tools run from a command, whose console a person reads; a notebook's user reads what a
        # library prints. What was caught is a record's business wherever records are written.
        if module.imports("alembic") or ".migrations." in module.name:
            return None
        if not self._tells_of_failure(node):
            is_run = (
                isinstance(function, _FUNCTIONS)
                and not self._is_for_a_console(node, function)
                and self._runs_for_routes_alone(function)
            )
            if is_run:
                return "a function that requests come to"
            is_beside = bool(log_calls(module)) and self._is_of_server(node, function)
            return "a module that logs, of a program that serves," if is_beside else None
        if self._ends_the_program(node) or self._says_why(node) or self._logs_it_too(node):
            return None
        if next(iter(module.calls_named("addHandler")), None) is not None or self._writes_the_log(function):
            # The log is made here: that it fails cannot be told to it.
            return None
        if not isinstance(function, _FUNCTIONS) or function.name in module.keep("process targets", _targets):
            # Nothing sets up the logging of that process.
            return None
        if (not _answers_requests(module) or _STARTING.search(function.name)) and (
            self._talks(function) or module.keep("talks by prints", _talks_by_prints)
        ):
            if self._runs_for_routes_alone(function):
                return "a function that requests come to"
            return _OF_SERVER if self._is_of_server(node, function) else None
        if log_calls(module):
            return "a handler of a module that logs"
        if _answers_requests(module):
            return "a handler of a module that serves"
        if self._runs_for_requests(function) or self._runs_for_routes_alone(function):
            return "a handler that requests come to"
        return _OF_SERVER if self._is_of_server(node, function) else None

    def _is_of_server(self, node: ast.Call, function: FunctionNode | ast.Lambda) -> bool:
        """
        Whether modules with routes alone import the module of a print that is not for a console.

        One that shows progress, tells what it starts with or looks into the program itself is for a person.
        """
        module = self.module
        handler = handler_of(module, node)
        return (
            isinstance(function, _FUNCTIONS)
            and _STARTING.search(function.name) is None
            and _OWN_WORDS.isdisjoint(words(f"{module.name.rpartition('.')[2]} {function.name}"))
            and not (handler is not None and isinstance(handler.body[-1], ast.Raise))
            and not self._is_for_a_console(node, function)
            and not self._follows_record(node)
            and not module.imports("rich")
            and not module.attributes_named("argv")
            and not module.keep("talks by prints", _talks_by_prints)
            and not module.keep("talks to a person", _talks_to_a_person)
            and module.keep("only serves", lambda one: only_serves(self.project, one))
        )

    def _is_of_request(self, node: ast.Call, function: FunctionNode) -> bool:
        """Whether a method of what Django or its REST framework makes for each request prints, to nobody."""
        module = self.module
        around = module.class_of(function)
        return (
            around is not None
            and module.imports("channels", "django", "ninja", "rest_framework")
            and any(_OF_REQUESTS.search(last_name(base)) for base in around.bases)
            and _STARTING.search(function.name) is None
            and not function.name.startswith("__")
            and not any(last_name(one) == "classmethod" for one in function.decorator_list)
            and not self._is_for_a_console(node, function)
            and not self._logs_it_too(node)
            and not module.keep("talks to a person", _talks_to_a_person)
        )

    def _runs_beside_routes(self, function: FunctionNode | ast.Lambda) -> bool:
        """Whether a coroutine stands in a module with routes, and is not there for the start of the server."""
        return (
            isinstance(function, ast.AsyncFunctionDef)
            and _STARTING.search(function.name) is None
            and not self.module.is_generator(function)
            and any(role in (Role.ROUTE, Role.WEBSOCKET) for role in roles(self.module).values())
        )

    def _is_for_a_console(self, node: ast.Call, function: FunctionNode) -> bool:
        """Whether a function says of itself, beside or in one of its prints, that it prints."""
        module = self.module
        if _SHOWING.search(ast.get_docstring(function) or "") is not None:
            return True
        if _SHOWING.search(comment_on(module, function.lineno, node.end_lineno or node.lineno)) is not None:
            return True
        return any(
            isinstance(part, ast.Constant)
            and isinstance(part.value, str)
            and _SHOWING.search(part.value) is not None
            for call in module.own_nodes(function)
            if isinstance(call, ast.Call) and last_name(call) == "print"
            for part in ast.walk(call)
        )

    def _runs_for_routes_alone(self, function: FunctionNode) -> bool:
        """
        Whether routes of the project come to a function that no command calls: nobody reads what it prints.

        A module that talks to a person, or prints a lot, is one of a program with a console, and so are all of a
        project that holds dialogues.
        """
        return (
            _STARTING.search(function.name) is None
            and self.module.function_of(function) is None
            and not self.module.keep("talks by prints", _talks_by_prints)
            and not self.module.keep("talks to a person", _talks_to_a_person)
            and not talks_on_consoles(self.project)
            and runs_for_requests(self.project, self.module, function, only_routes=True)
            and not any(
                is_command_line(caller.module) for caller in callers_of(self.project, self.module, function)
            )
        )

    def _runs_for_requests(self, function: FunctionNode) -> bool:
        """
        Whether routes of other modules come to a function of a module that writes no records.

        What a command calls too has somebody who reads its console.
        """
        return (
            _STARTING.search(function.name) is None
            and self.module.function_of(function) is None
            and not _talks_at_all(self.module)
            and runs_for_requests(self.project, self.module, function, only_routes=True)
            and not any(
                is_command_line(caller.module) for caller in callers_of(self.project, self.module, function)
            )
        )

    def _writes_the_log(self, function: FunctionNode | ast.Lambda) -> bool:
        """Whether a function is a method of a formatter, a filter or a handler of records."""
        around = self.module.class_of(function)
        return around is not None and any(
            (self.module.qualname(base) or "").startswith("logging.") for base in around.bases
        )

    def _ends_the_program(self, node: ast.Call) -> bool:
        """Whether the handler ends the program after the print: whoever started it reads why."""
        handler = handler_of(self.module, node)
        last = handler.body[-1] if handler is not None else None
        if isinstance(last, ast.Raise) and last.exc is not None:
            raised = uncalled(last.exc)
            return self.module.qualname(raised) == "builtins.SystemExit"
        if isinstance(last, ast.Return):
            # The status that a program ends with.
            return isinstance(last.value, ast.Constant) and type(last.value.value) is int and last.value.value > 0
        return (
            isinstance(last, ast.Expr)
            and isinstance(last.value, ast.Call)
            and last_name(last.value) in ("exit", "_exit", "quit")
        )

    def _logs_it_too(self, node: ast.Call) -> bool:
        """Whether the handler writes a record as well: the print is for whoever looks on."""
        handler = handler_of(self.module, node)
        records = log_calls(self.module)
        return handler is not None and any(
            isinstance(part, ast.Call) and part in records for part in parts_of(self.module, handler)
        )

    def _follows_record(self, node: ast.Call) -> bool:
        """Whether a warning is logged right before a print: it says the same to whoever looks on."""
        statement = self.module.statement(node)
        block = getattr(self.module.parent(statement), "body", None)
        place = block.index(statement) if isinstance(block, list) and statement in block else 0
        before = block[place - 1] if isinstance(block, list) and place else None
        call = before.value if isinstance(before, ast.Expr) else None
        record = log_calls(self.module).get(call) if isinstance(call, ast.Call) else None
        return record is not None and record.level >= _WARNING

    def _says_why(self, node: ast.Call) -> bool:
        """Whether a comment on the handler says that it prints, or that no record can be written there."""
        handler = handler_of(self.module, node)
        return (
            handler is not None
            and _REASON.search(comment_on(self.module, handler.lineno, node.lineno)) is not None
        )

    def _talks(self, function: FunctionNode) -> bool:
        """
        Whether somebody reads the console of a function.

        It prints what goes well too, or that it was interrupted; or it asks and writes there by other calls.
        """
        if any(one.arg == "prompt" for one in (*function.args.args, *function.args.kwonlyargs)):
            return True
        return any(
            isinstance(part, ast.Call)
            and (
                _TALKING.fullmatch(last_name(part)) is not None
                or (self.module.qualname(part.func) == "builtins.print" and self._says_what_happens(part))
            )
            for part in self.module.own_nodes(function)
        )

    def _says_what_happens(self, node: ast.Call) -> bool:
        """Whether a print stands in no handler, or in that of an interrupt from the keyboard."""
        handler = handler_of(self.module, node)
        if handler is None:
            return True
        return handler.type is not None and self.module.qualname(handler.type) == "builtins.KeyboardInterrupt"

    def _tells_of_failure(self, node: ast.Call) -> bool:
        """Whether the print shows the exception that is being handled, or is all that a handler says of it."""
        handler = handler_of(self.module, node)
        if handler is None:
            return False
        if any(node in self.module.ancestors(name) for name in mentions(handler)):
            return True
        return (
            len(handler.body) == 1
            and self.module.parent(node) is handler.body[0]
            and is_broad(self.module, handler)
        )

    def _is_meant(self, node: ast.Call) -> bool:
        """Whether the print is for a person: to a file, part of a line, asked for, in a function for consoles."""
        module = self.module
        if any(keyword.arg in ("file", "end", None) for keyword in node.keywords) or any(
            (isinstance(part, ast.Attribute) and part.attr in _COLOURS)
            or (isinstance(part, ast.Constant) and isinstance(part.value, str) and "\033[" in part.value)
            for given in node.args
            for part in ast.walk(given)
        ):
            return True
        for ancestor in module.ancestors(node):
            if isinstance(ancestor, _FUNCTIONS):
                name = ancestor.name.strip("_")
                if name.startswith(_CONSOLE_FUNCTIONS) or name.endswith("_print"):
                    return True
            if isinstance(ancestor, (ast.If, ast.IfExp)) and _asks_to_print(ancestor.test):
                return True
        # What is written as JSON is output for another program.
        return len(node.args) == 1 and isinstance(node.args[0], ast.Call) and last_name(node.args[0]) == "dumps"


def _asks_to_print(test: ast.expr) -> bool:
    """Whether a test asks if somebody wants to see it, or if there is a logger at all."""
    for part in ast.walk(test):
        name = part.id if isinstance(part, ast.Name) else part.attr if isinstance(part, ast.Attribute) else ""
        if any(word in name.lower() for word in _ASKING) or name in _LOGGERS:
            return True
        if isinstance(part, ast.Constant) and part.value in _LOGGERS:
            return True
    return False


def _is_middleware(module: Module, function: FunctionNode) -> bool:
    """Whether every request goes through a function: it takes what ASGI or Starlette gives a middleware."""
    taken = [one.arg for one in function.args.args]
    if not isinstance(function, ast.AsyncFunctionDef) or module.class_of(function) is None:
        return False
    return (function.name == "__call__" and taken[1:] == ["scope", "receive", "send"]) or (
        function.name == "dispatch" and taken[1:] == ["request", "call_next"]
    )


def _validates(module: Module, function: FunctionNode) -> bool:
    """Whether pydantic calls a function for the values of a model."""
    return any((module.qualname(uncalled(one)) or "") in _VALIDATORS for one in function.decorator_list)


def _targets(module: Module) -> frozenset[str]:
    """The names of the functions that the module runs as processes of their own."""
    return frozenset(
        keyword.value.id
        for call in module.nodes(ast.Call)
        if last_name(call) == "Process"
        for keyword in call.keywords
        if keyword.arg == "target" and isinstance(keyword.value, ast.Name)
    )


def _answers_requests(module: Module) -> bool:
    """Whether a function of the module is run by a server or worker: its console is the server's."""
    return module.keep("answers requests", _has_roles)


def _has_roles(module: Module) -> bool:
    return any(role_of(module, function) is not None for kind in _FUNCTIONS for function in module.nodes(kind))


def _talks_at_all(module: Module) -> bool:
    """Whether a print of the module stands in no handler: somebody reads its console."""
    return module.keep("prints outside handlers", _prints_outside_handlers)


def _prints_outside_handlers(module: Module) -> bool:
    return any(
        handler_of(module, call) is None
        for call in module.calls_named("print")
        if module.qualname(call.func) == "builtins.print"
    )


def _talks_to_a_person(module: Module) -> bool:
    """Whether a module asks on the console, writes there by other calls, or leaves lines blank for a reader."""
    return any(
        _TALKING.fullmatch(last_name(call)) is not None
        or (last_name(call) == "print" and (not call.args or _is_blank(call.args[0])))
        for call in module.nodes(ast.Call)
    )


def _is_blank(text: ast.expr) -> bool:
    """Whether a text is there to part others: nothing, a ruled line, or lines around it."""
    if isinstance(text, ast.BinOp) and isinstance(text.op, ast.Mult):
        return True
    first = text.values[0] if isinstance(text, ast.JoinedStr) and text.values else text
    return (
        isinstance(first, ast.Constant)
        and isinstance(first.value, str)
        and (not first.value.strip(" -=*_#\n") or first.value.startswith("\n"))
    )


def _talks_by_prints(module: Module) -> bool:
    """Whether nearly all of many prints of the module stand in no handler: its console is read, beside its log."""
    prints = [call for call in module.calls_named("print") if module.qualname(call.func) == "builtins.print"]
    failures = sum(1 for call in prints if handler_of(module, call) is not None)
    return len(prints) >= _MANY_PRINTS and failures * 3 <= len(prints)
