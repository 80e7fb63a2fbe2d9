"""AUD303: an error that is logged without its traceback."""

from __future__ import annotations

import ast
import re
import sys
from functools import partial

from flake8_auditrules.knowledge.loggers import EXCEPTION_METHODS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import class_named
from flake8_auditrules.project.safe_calls import leaves_no_record_to_make, lets_nothing_unforeseen_out
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.flow import Raising, Statement, evaluated
from flake8_auditrules.semantics.handlers import Breadth
from flake8_auditrules.semantics.loggers import Library, LogCall, Traceback, log_calls, reports_traceback
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions, reads_as_class
from flake8_auditrules.semantics.plain_forms import is_plainly_an_error
from flake8_auditrules.semantics.programs import SERVING, is_django_command, is_terminal_program
from flake8_auditrules.semantics.safe_blocks import never_fails
from flake8_auditrules.semantics.work import asks_store

_ERROR = 40
_FEW_STATEMENTS = 4
_CONFIDENTIAL = pattern(
    r"secret|sensitive|redact|confidential|credential|password|leak|plaintext|privacy|\bcontent-free\b",
    re.IGNORECASE,
)
_SECRETS = pattern(
    r"secret|sensitive|redact|confidential|credential|passw|passphrase|token|api_?key|private|auth|decrypt|personal",
    re.IGNORECASE,
)
# What a comment says of a failure that is one of the outcomes.
_EXPECTED = pattern(
    r"ignor|best[- ]effort|(?<!un)expected|already|harmless|optional|likely|non-?(?:critical|fatal|blocking)"
    r"|not (?:critical|fatal)|nothing of|never affect|unsupported|not supported|temporary"
    r"|transient|not happen|can occur|safety net|\blogged\b|telemetry",
    re.IGNORECASE,
)
_PING = pattern(r"ping(?:_|$)|\w*_ping$|\w*_?probe(?:_|$)|_*wait\w*_health(?:_|y|$)", re.IGNORECASE)
# Names of functions that give a traceback.
_TRACEBACK = pattern(r"traceback|format_exc|print_exc", re.IGNORECASE)
# Names of what is kept for a failure.
_FAILED = pattern(r"err|fail|exc", re.IGNORECASE)
# Names and words in what is returned that may tell the caller of a failure.
_TELLING = pattern(
    r"abort|bad|cancel|den(?:y|ied)|err|exc|fail|forbidden|invalid|miss|not_?found|reason|redirect|reject|retry|skip"
    r"|status|stop|unavail|unknown|\s",
    re.IGNORECASE,
)
# What a docstring says of a function that ends failures.
_PROMISE = pattern(r"swallow|best[- ]effort|never raises", re.IGNORECASE)
# What a record says of a failure after which the same is done again, or which is passed over.
_GOES_ON = pattern(r"ignor|retry|reconnect", re.IGNORECASE)
_SIGN_OF_LIFE = pattern(r"\s*select 1\s*;?\s*$", re.IGNORECASE)
_JSON = pattern(r"\w*json", re.IGNORECASE)
_CONVERTING = pattern(
    r"_*(?:str|string|text|bytes)_to_\w+|_*to_(?:date|datetime|decimal|float|int)$|_*deseriali[sz]e"
)
# Functions that try whether something answers: that it does not is one of their two results.
_PROBES = pattern(
    r"_*(?:test|probe|ping|diagnose|validate|verify|check_connect\w*)(?:_|$)|\w+_(?:probe|ping)(?:_|$)"
    r"|_*is_(?:\w+_)?(?:alive|available|connected|healthy|installed|reachable|ready|running|up|valid)$"
)
# Functions that end something: what is left to do when that fails is nothing.
_CLOSES = pattern(r"_*a?(?:close|shutdown|stop|terminate|teardown|disconnect)(?:_|$)|__(?:del|a?exit)__")
_PURE = handlers.CONVERTING | {
    "Path",
    "abs",
    "add",
    "all",
    "any",
    "append",
    "compile",
    "debug",
    "deserialize",
    "discard",
    "dumps",
    "endswith",
    "enumerate",
    "exists",
    "findall",
    "getattr",
    "hasattr",
    "index",
    "input",
    "is_dir",
    "is_file",
    "isdir",
    "isfile",
    "isinstance",
    "isoformat",
    "items",
    "join",
    "keys",
    "listdir",
    "log_debug",
    "lstrip",
    "max",
    "min",
    "pop",
    "range",
    "reversed",
    "round",
    "rstrip",
    "safe_load_all",
    "setattr",
    "setrlimit",
    "sorted",
    "splitlines",
    "startswith",
    "sum",
    "values",
    "zip",
}
# Looks at a file: the text of an OSError names the file and what is wrong with it.
_READING = frozenset(
    {
        "close",
        "getmtime",
        "getsize",
        "open",
        "read",
        "read_bytes",
        "read_text",
        "readline",
        "readlines",
        "seek",
        "stat",
    }
)
# Modules whose `load` reads a value out of a file, and tells in which line it is malformed.
_FORMATS = frozenset({"json", "toml", "tomli", "tomllib", "yaml"})
_ENDING = frozenset(
    {
        "makedirs",
        "mkdir",
        "aclose",
        "unsubscribe",
        "close",
        "disconnect",
        "logout",
        "quit",
        "remove",
        "rmdir",
        "rmtree",
        "unlink",
    }
)


# How the rule of another linter that asks for the same is turned off for a line.
_WAIVED = pattern(r"#\s*noqa:[^#]*\bTRY400\b")
# What is no failure of the block: somebody ends it from without.
_ENDS = frozenset(
    {
        "asyncio.CancelledError",
        "builtins.GeneratorExit",
        "builtins.KeyboardInterrupt",
        "builtins.StopAsyncIteration",
        "builtins.StopIteration",
        "builtins.SystemExit",
    }
)
_TRACEBACK_ARGUMENTS = frozenset({"exc_info", "exception", "exc"})
# How a counter is compared with its limit.
_COUNTING = (ast.Gt, ast.GtE, ast.Lt, ast.LtE, ast.Eq)


class MissingExcInfo(Rule):
    """
    ## What it does
    Finds `error` and `critical` log calls in a handler for `Exception` (or broader) with which no traceback is
    logged, and after which nobody else gets the exception: it is neither raised nor returned, at most its text is
    kept (`task.error = str(error)`).

    ## Why it matters
    A handler for everything gets the failures that nobody thought of. `logger.error("failed: %s", error)`
    writes `failed: 'id'` for a KeyError: neither the class nor the line can be found again.

    ## When to silence it
    When the failure is an expected one and its text tells all; then the handler had better name its class, or say
    in a comment that it is expected, optional or best effort, which the rule respects. Probes of what may not
    answer or not be installed, conversions and removals of files are silent as they are, and so are records that
    name the class alone where secrets are at hand or the module shows no exception whole.
    """

    code = "AUD303"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    reach = Reach.CALLEES
    message = "`{call}` logs an unexpected error without its traceback; {cure}"
    examined = "broad handlers that log an error keep its traceback"

    bad = (
        """
        from app.log import get_logger

        log = get_logger(__name__)

        def refresh(load):
            try:
                load()
            except Exception as error:
                log.error("refresh failed: %s", error)  # AUD303
        """,
        """
        import logging

        class Worker:
            def __init__(self, load):
                self._journal = logging.getLogger("worker")
                self.load = load

            def run(self):
                try:
                    self.load()
                except Exception as error:
                    self._journal.error(f"run failed: {error}")  # AUD303
        """,
    )
    good = (
        """
        from app.log import get_logger

        log = get_logger(__name__)

        def refresh(load):
            try:
                load()
            except Exception:
                log.exception("refresh failed")
        """,
        """
        import logging

        logger = logging.getLogger(__name__)

        def refresh(load):
            try:
                load()
            except Exception as error:
                logger.error("refresh failed", exc_info=error)
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report the first error record of a broad handler that loses the traceback."""
        module = self.module
        if module.is_test or not handlers.is_broad(module, node) or self._gets_exits_alone(node):
            return
        records = log_calls(module)
        calls = [
            part
            for part in handlers.parts_of(module, node)
            if isinstance(part, ast.Call) and handlers.handler_of(module, part) is node
        ]
        written = [records[call] for call in calls if call in records]
        first = next((record for record in written if record.level >= _ERROR and not _names_level(record)), None)
        is_command = is_django_command(module) or (is_terminal_program(module) and not module.imports(*SERVING))
        if first is None or is_command:
            return
        if any(
            isinstance(ancestor, (ast.With, ast.AsyncWith)) and handlers.reraises(module, ancestor)
            for ancestor in module.ancestors(first.call)
        ):
            self.passed(node)
            return
        if (
            any(record.traceback is not Traceback.NO for record in written)
            or any(
                reports_traceback(module, part) or _TRACEBACK.search(last_name(part)) is not None
                for part in handlers.parts_of(module, node)
                if isinstance(part, ast.Call)
            )
            or any(
                isinstance(part, ast.Call) and _TRACEBACK.search(last_name(part)) is not None
                for part in ast.walk(first.call)
            )
            or self._tells_of_another(node, first)
            or self._has_told(node, written, first)
            or self._hands_on(node, written)
            or not self._ends_here(node, first)
            or _says_without(first.call)
            or self._is_waived(first)
            or self._leaves_out_on_purpose(node, first)
            or self._is_plain(node, handlers.try_of(module, node).body)
            or self._probes(node)
            or self._is_expected(node, first)
            or self._raises_at_last(node)
            or never_fails(
                module,
                handlers.try_of(module, node).body,
                partial(leaves_no_record_to_make, self.project, module),
            )
            or lets_nothing_unforeseen_out(self.project, module, handlers.try_of(module, node).body, recorded=True)
        ):
            self.passed(node)
        elif not (self.config.beside_ruff and is_plainly_an_error(module, first.call)):
            self.report(first.call, call=module.call_text(first.call), cure=self._cure(first))

    def _gets_exits_alone(self, handler: ast.ExceptHandler) -> bool:
        """Whether a handler for `Exception` stands before: what is left is an interrupt or an exit."""
        module = self.module
        return handlers.breadth(module, handler) > Breadth.EXCEPTION and any(
            handlers.is_broad(module, one) for one in handlers.earlier_handlers(module, handler)
        )

    def _tells_of_another(self, handler: ast.ExceptHandler, record: LogCall) -> bool:
        """Whether the record tells of the error that a handler around gets: here only the telling of it failed."""
        around = {
            ancestor.name
            for ancestor in self.module.ancestors(handler)
            if isinstance(ancestor, ast.ExceptHandler) and ancestor.name is not None
        } - {handler.name}
        if not around:
            return False
        shown = {part.id for part in ast.walk(record.call) if isinstance(part, ast.Name)}
        return not around.isdisjoint(shown) and handler.name not in shown

    def _has_told(self, handler: ast.ExceptHandler, written: list[LogCall], first: LogCall) -> bool:
        """Whether a milder record before has told of the failure: the error is what came of it."""
        shown = handlers.mentions(handler)
        within = {id(ancestor) for name in shown for ancestor in self.module.ancestors(name)}
        return id(first.call) not in within and any(
            id(record.call) in within and record.call.lineno < first.call.lineno for record in written
        )

    def _leaves_out_on_purpose(self, handler: ast.ExceptHandler, record: LogCall) -> bool:
        """
        Whether the exception's text, or its frames, may hold secrets: a comment says so, or the record names the
        class alone, or what a function that redacts has left of it.
        """
        module = self.module
        if _CONFIDENTIAL.search(handlers.comment_on(module, handler.lineno, record.call.end_lineno or 0)):
            return True
        texts = {
            target.id: part.value
            for part in handlers.statements(handler.body)
            if isinstance(part, ast.Assign)
            for target in part.targets
            if isinstance(target, ast.Name)
        }
        if any(
            isinstance(part, ast.Call) and _redacts(part) and mentions(part, set(texts))
            for part in ast.walk(record.call)
        ):
            return True
        told = {id(record.call)} | {
            id(texts[part.id]) for part in ast.walk(record.call) if isinstance(part, ast.Name) and part.id in texts
        }
        shown = [
            name
            for name in handlers.mentions(handler)
            if any(id(one) in told for one in (name, *module.ancestors(name)))
        ]
        if not shown or not all(
            handlers.is_class_alone(module, name) or _is_redacted(module, name) for name in shown
        ):
            return False
        # The class alone is no policy of a module that shows other exceptions whole, unless secrets are at hand.
        return (
            any(_is_redacted(module, name) for name in shown)
            or not module.keep("shows exceptions whole", _shows_whole)
            or self._handles_secrets(handler)
        )

    def _handles_secrets(self, handler: ast.ExceptHandler) -> bool:
        """Whether a name in the function around a handler, or its docstring, speaks of what must not be shown."""
        function = self.module.function_of(handler)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return True
        said = " ".join(
            part.id if isinstance(part, ast.Name) else part.attr if isinstance(part, ast.Attribute) else part.arg
            for part in ast.walk(function)
            if isinstance(part, (ast.Name, ast.Attribute, ast.arg))
        )
        return _SECRETS.search(f"{function.name} {said} {ast.get_docstring(function) or ''}") is not None

    def _is_waived(self, record: LogCall) -> bool:
        """Whether the record's lines tell another linter that asks for the same to be silent: `# noqa: TRY400`."""
        lines = self.module.lines[record.call.lineno - 1 : record.call.end_lineno]
        return any(_WAIVED.search(line) is not None for line in lines)

    def _knows_no_traceback(self, record: LogCall) -> bool:
        """Whether the logger is one of a class of the project's own whose methods take no traceback."""
        function = record.call.func
        if record.library is not Library.UNKNOWN or not isinstance(function, ast.Attribute):
            return False
        module = self.module
        name = module.instance_of(function.value) or module.qualname(function.value)
        found = class_named(self.project, module, name) if name is not None else None
        if found is None:
            return False
        home, holder = found
        methods = home.members(holder).methods
        if any(home.instances.local_class(home.qualname(base) or "") is None for base in holder.bases):
            # What a base elsewhere can do is not looked at.
            return False
        own = methods.get(function.attr)
        return (
            own is not None
            and methods.keys().isdisjoint({"__getattr__", *EXCEPTION_METHODS})
            and own.args.kwarg is None
            and all(one.arg not in _TRACEBACK_ARGUMENTS for one in (*own.args.args, *own.args.kwonlyargs))
        )

    def _probes(self, handler: ast.ExceptHandler) -> bool:
        """Whether the handler stands in a function that tries whether something answers, or ends something."""
        function = self.module.function_of(handler)
        name = getattr(function, "name", "")
        return bool(_PROBES.match(name) or _CLOSES.match(name))

    def _is_expected(self, handler: ast.ExceptHandler, record: LogCall) -> bool:
        """
        Whether the failure is one of the outcomes: a comment on the handler, or the record itself, says that
        nothing is lost by it, the block imports what may not be there, or asks whether another process is alive.
        """
        module = self.module
        words = handlers.comment_on(module, handler.lineno, handler.body[-1].end_lineno or handler.lineno)
        first = handler.body[0].value if isinstance(handler.body[0], ast.Expr) else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            words = f"{words} {first.value}"
        if _EXPECTED.search(words) is not None or self._says_that_it_goes_on(handler, record):
            return True
        function = module.function_of(handler)
        if (
            isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
            and _PROMISE.search(ast.get_docstring(function) or "") is not None
        ):
            return True
        block = handlers.try_of(module, handler).body
        inside = list(handlers.statements(block))
        few = len(inside) <= _FEW_STATEMENTS
        return (few and any(self._brings_in(part) for part in inside)) or (
            not self._comes_last(handler)
            and any(
                isinstance(part, ast.Call)
                and (_PING.match(last_name(part)) is not None or (few and _asks_for_one(part)))
                for part in handlers.own_parts(block)
            )
        )

    def _comes_last(self, handler: ast.ExceptHandler) -> bool:
        """Whether earlier handlers deal with the classes that were expected: what is left is unexpected."""
        module = self.module
        return any(
            not handlers.is_broad(module, earlier)
            and not (isinstance(earlier.body[0], ast.Raise) and earlier.body[0].exc is None)
            and any(name is not None and name not in _ENDS for name in handlers.caught(module, earlier))
            for earlier in handlers.earlier_handlers(module, handler)
        )

    def _says_that_it_goes_on(self, handler: ast.ExceptHandler, record: LogCall) -> bool:
        """Whether a record, or a text that the handler has made for it, says that the same is done again."""
        module = self.module
        shown = {part.id for part in ast.walk(record.call) if isinstance(part, ast.Name)}
        texts = [
            part.value
            for part in handlers.statements(handler.body)
            if isinstance(part, (ast.Assign, ast.AugAssign))
            for target in (part.targets if isinstance(part, ast.Assign) else [part.target])
            if isinstance(target, ast.Name) and target.id in shown
        ]
        return any(_GOES_ON.search(module.text(part, 300)) is not None for part in (record.call, *texts))

    def _raises_at_last(self, handler: ast.ExceptHandler) -> bool:
        """Whether the handler is one of a loop that tries again, and raises when the attempts are used up."""
        module = self.module
        raised = [part for part in handlers.statements(handler.body) if isinstance(part, ast.Raise)]
        return (
            bool(raised)
            and module.loop_of(handlers.try_of(module, handler)) is not None
            and any(
                isinstance(test, ast.Compare) and isinstance(test.ops[0], _COUNTING)
                for part in raised
                for ancestor in module.ancestors(part)
                if isinstance(ancestor, ast.If) and handlers.handler_of(module, ancestor) is handler
                for test in ast.walk(ancestor.test)
            )
        )

    def _brings_in(self, statement: ast.stmt) -> bool:
        """Whether a statement imports a distribution that may not be installed."""
        if isinstance(statement, ast.ImportFrom):
            names = [] if statement.level else [statement.module or ""]
        else:
            names = [alias.name for alias in statement.names] if isinstance(statement, ast.Import) else []
        own = self.module.name.partition(".")[0]
        return any(name.partition(".")[0] not in (own, *sys.stdlib_module_names) for name in names)

    def _is_plain(self, handler: ast.ExceptHandler, body: list[ast.stmt]) -> bool:
        """
        Whether the block only looks at values or files, converts, removes or closes: the text tells all.

        Where earlier handlers deal with what is expected of a removal, or of what is parsed, the rest is not.
        """
        if handlers.only_converts(body):
            return True
        records = log_calls(self.module)
        calls = [
            part
            for part in handlers.own_parts(body)
            if isinstance(part, ast.Call) and part not in records and not self._is_pure(part)
        ]
        names = [last_name(call) for call in calls]
        if not self._comes_last(handler):
            return all(name in handlers.TIDYING or name in _AROUND for name in names) or (
                len(names) == 1 and (names[0] in _ENDING or names[0].startswith(("close_", "parse_")))
            )
        return not names

    def _only_looks(self, function: ast.Name) -> bool:
        """Whether a function of this module does nothing but look at what it is given."""
        sites = [binding.site for binding in self.module.bindings(function)]
        return bool(sites) and all(
            isinstance(site, ast.FunctionDef)
            and all(
                self._is_pure(part, opened=False)
                for part in self.module.own_nodes(site)
                if isinstance(part, ast.Call)
            )
            for site in sites
        )

    def _is_pure(self, call: ast.Call, *, opened: bool = True) -> bool:
        """Whether a call only looks at a value or a file; `opened` asks into functions of this module too."""
        name = last_name(call)
        if name == "get" and isinstance(call.func, ast.Attribute) and len(call.args) in (1, 2):
            return isinstance(call.args[0], ast.Constant) and not asks_store(self.module, call)
        if self._checks_by_model(call):
            return True
        if name == "load" and isinstance(call.func, ast.Attribute):
            return isinstance(call.func.value, ast.Name) and call.func.value.id in _FORMATS
        if isinstance(call.func, ast.Attribute):
            if isinstance(call.func.value, ast.Name) and call.func.value.id == "re":
                return True
        elif opened and isinstance(call.func, ast.Name) and self._only_looks(call.func):
            return True
        return (
            name in _PURE
            or name in _READING
            or _JSON.match(name) is not None
            or _CONVERTING.match(name) is not None
        ) and not asks_store(self.module, call)

    def _checks_by_model(self, call: ast.Call) -> bool:
        """
        Whether a call makes a model of pydantic, whose ValidationError tells what is wrong with which value.

        For which of many the block goes through it does not tell.
        """
        module = self.module
        if not reads_as_class(last_name(call)) or module.loop_of(call) is not None:
            return False
        callee = module.callee(call)
        return callee is not None and "pydantic.BaseModel" in module.instances.ancestry(callee)

    def _cure(self, record: LogCall) -> str:
        """What the record lacks; a logger of a class of its own may know neither `exception` nor `exc_info`."""
        function = record.call.func
        if not isinstance(function, ast.Attribute):
            return "add `exc_info=True`"
        if record.library is Library.UNKNOWN:
            held = self.module.instance_of(function.value)
            if (held is not None and not held.startswith("logging.")) or self._knows_no_traceback(record):
                return "add the traceback"
        if record.library is Library.LOGURU:
            # Loguru takes `exc_info` for a value of its text.
            named = record.level == _ERROR and function.attr == "error"
            return f"use `{_short(function)}.exception`" if named else "use `opt(exception=True)`"
        if record.level == _ERROR and function.attr == "error":
            return f"use `{_short(function)}.exception` or `exc_info=True`"
        return "add `exc_info=True`"

    def _hands_on(self, handler: ast.ExceptHandler, written: list[LogCall]) -> bool:
        """
        Whether the exception goes somewhere else than into the text of records.

        Its text alone, kept under a name for the record or put into another object's attribute or a call whose
        answer nobody reads, has no traceback either: `task.error = str(error)`.
        """
        inside = {id(part) for record in written for part in ast.walk(record.call)} - {
            id(keyword.value)
            for record in written
            for keyword in record.call.keywords
            if keyword.arg in ("exc", "exception")
        }
        return any(
            id(name) not in inside
            and not self._is_only_looked_at(handler, name)
            and not self._is_kept_as_text(handler, name)
            for name in handlers.mentions(handler)
        )

    def _is_kept_as_text(self, handler: ast.ExceptHandler, name: ast.Name) -> bool:
        """Whether only the exception's text is kept: `task.error = str(error)`, `self.fail(f"{error}")`."""
        module = self.module
        is_text = False
        for ancestor in module.ancestors(name):
            if isinstance(ancestor, ast.JoinedStr) or (
                isinstance(ancestor, ast.Call) and last_name(ancestor) in ("str", "repr", "format")
            ):
                is_text = True
            if isinstance(ancestor, ast.Assign):
                if not is_text:
                    return False
                return not self._leaves_by(handler, {_root(target) for target in ancestor.targets})
            if isinstance(ancestor, ast.Expr):
                call = ancestor.value.value if isinstance(ancestor.value, ast.Await) else ancestor.value
                return is_text and isinstance(call, ast.Call) and not self._leaves_by(handler, {_root(call.func)})
            if isinstance(ancestor, ast.stmt):
                return False
        return False

    def _leaves_by(self, handler: ast.ExceptHandler, names: set[str]) -> bool:
        """Whether one of the names is returned, raised or yielded, in the handler or behind it."""
        function = self.module.function_of(handler)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return True
        return any(
            isinstance(part, ast.Name) and part.id in names
            for statement in self.module.own_nodes(function)
            if isinstance(statement, (ast.Return, ast.Raise, ast.Yield)) and statement.lineno >= handler.lineno
            for part in ast.walk(statement)
        )

    def _is_only_looked_at(self, handler: ast.ExceptHandler, name: ast.Name) -> bool:
        for ancestor in self.module.ancestors(name):
            if isinstance(ancestor, ast.Call) and last_name(ancestor) == "print":
                return True
            if ancestor is handler:
                return False
        return False

    def _ends_here(self, handler: ast.ExceptHandler, record: LogCall) -> bool:
        """Whether a way leads from the record out of the handler that neither raises nor returns an error."""
        untouched = self._untouched(handler)

        def tells(statement: Statement) -> bool:
            if isinstance(statement, ast.Raise):
                return True
            if isinstance(statement, (ast.With, ast.AsyncWith)) and handlers.reraises(self.module, statement):
                return True
            if isinstance(statement, ast.Return):
                return not _is_given_back(statement.value, untouched)
            return any(
                isinstance(part, (ast.Yield, ast.YieldFrom))
                or (isinstance(part, ast.Call) and (last_name(part) in _ANSWERING or _closes_with_reason(part)))
                for part in evaluated(statement)
            )

        if not any(tells(statement) for statement in handlers.statements(handler.body)):
            return True
        statement = self.module.statement(record.call)
        return (
            self.module.flow_of(handler).leaves_without(statement, tells, within=handler, raising=Raising.EXPLICIT)
            is not None
        )

    def _untouched(self, handler: ast.ExceptHandler) -> frozenset[str]:
        """The names of the function that the handler only returns or logs: they are as they were before."""
        module = self.module
        function = module.function_of(handler)
        if function is None:
            return frozenset()
        records = log_calls(module)
        returned: dict[str, ast.Name] = {}
        touched: set[str] = set()
        for name in handlers.own_parts(handler.body):
            if not isinstance(name, ast.Name):
                continue
            statement = module.statement(name)
            if isinstance(statement, ast.Return) and isinstance(name.ctx, ast.Load):
                returned[name.id] = name
            elif not any(
                ancestor in records for ancestor in module.ancestors(name) if isinstance(ancestor, ast.Call)
            ):
                touched.add(name.id)
        return frozenset(
            text
            for text, name in returned.items()
            if text not in touched
            and not _FAILED.search(text)
            and getattr(module.owner_of(name), "node", None) is function
        )


def _closes_with_reason(call: ast.Call) -> bool:
    """Whether a call tells a WebSocket's client why it is closed: `await websocket.close(code=1011)`."""
    return last_name(call) == "close" and any(keyword.arg in ("code", "reason") for keyword in call.keywords)


def _says_without(call: ast.Call) -> bool:
    """Whether a record says itself that it goes without a traceback: `exc_info=False`."""
    return any(
        keyword.arg == "exc_info" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        for keyword in call.keywords
    )


def _asks_for_one(call: ast.Call) -> bool:
    """Whether a call asks a database for nothing but a sign of life: `connection.fetchval("SELECT 1")`."""
    return any(
        isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and _SIGN_OF_LIFE.match(part.value) is not None
        for given in call.args[:1]
        for part in (given.args[:1] if isinstance(given, ast.Call) else [given])
    )


def _root(expression: ast.expr) -> str:
    """The name that an expression begins with: `result` of `result.errors["text"]`; empty where there is none."""
    while isinstance(expression, (ast.Attribute, ast.Subscript, ast.Call)):
        expression = expression.func if isinstance(expression, ast.Call) else expression.value
    return expression.id if isinstance(expression, ast.Name) else ""


# What stands around a call that ends something: a time limit, or a line that says so.
_AROUND = frozenset({"timeout", "trace", "wait_for", "walk"})
# Methods that hand a failure to whoever waits for the result.
_ANSWERING = frozenset({"set_exception", "abort", "retry", "exit", "_exit", "fail", "send_error"})


def _is_given_back(value: ast.expr | None, untouched: frozenset[str]) -> bool:
    """Whether a returned value says nothing of a failure: it is empty, what there was without it, or a success."""
    if isinstance(value, ast.Dict) and any(
        isinstance(key, ast.Constant)
        and key.value in ("ok", "success")
        and isinstance(given, ast.Constant)
        and given.value is True
        for key, given in zip(value.keys, value.values, strict=True)
    ):
        return True
    if isinstance(value, (ast.List, ast.Set, ast.Tuple)):
        return all(_is_given_back(element, untouched) for element in value.elts)
    return (
        handlers.is_empty_value(value)
        or (isinstance(value, ast.Name) and value.id in untouched)
        or (isinstance(value, (ast.Call, ast.Dict)) and not any(_may_tell(part) for part in ast.walk(value)))
    )


def _may_tell(part: ast.AST) -> bool:
    """Whether a part of what is returned may tell of a failure: by its name, a sentence, a number, a refusal."""
    if isinstance(part, ast.Constant):
        if isinstance(part.value, str):
            return _TELLING.search(part.value) is not None
        return part.value not in (True, 0) or part.value is False
    if isinstance(part, (ast.Name, ast.Attribute)):
        return _TELLING.search(part.id if isinstance(part, ast.Name) else part.attr) is not None
    if isinstance(part, ast.keyword):
        return part.arg is None or _TELLING.search(part.arg) is not None
    return isinstance(part, (ast.JoinedStr, ast.Lambda, ast.Await, ast.IfExp))


def _shows_whole(module: Module) -> bool:
    """Whether a record of the module shows the text of a caught exception, or its traceback."""
    for record in log_calls(module).values():
        handler = handlers.handler_of(module, record.call)
        if handler is None:
            continue
        if record.traceback is Traceback.YES:
            return True
        if any(
            record.call in module.ancestors(name)
            and not handlers.is_class_alone(module, name)
            and not _is_redacted(module, name)
            for name in handlers.mentions(handler)
        ):
            return True
    return False


def _short(function: ast.Attribute) -> str:
    receiver = function.value
    if isinstance(receiver, ast.Name):
        return receiver.id
    return receiver.attr if isinstance(receiver, ast.Attribute) else "logger"


def _names_level(record: LogCall) -> bool:
    """Whether a call is `log("error", ...)`, of a logger of the project's own that may know no `exc_info`."""
    first = record.call.args[0] if record.call.args else None
    return (
        record.library is not Library.LOGURU
        and last_name(record.call) == "log"
        and isinstance(first, ast.Constant)
        and isinstance(first.value, str)
    )


def _is_redacted(module: Module, name: ast.Name) -> bool:
    """Whether a mention of an exception is what a function is given that says of itself that it redacts."""
    parent = module.parent(name)
    while isinstance(parent, (ast.FormattedValue, ast.JoinedStr)) or (
        isinstance(parent, ast.Call) and last_name(parent) in ("repr", "str")
    ):
        parent = module.parent(parent)
    return isinstance(parent, ast.Call) and _redacts(parent)


def _redacts(call: ast.Call) -> bool:
    """Whether a function says of itself that it redacts."""
    return any(
        word in last_name(call).lower() for word in ("anonym", "mask", "pii", "redact", "safe", "saniti", "scrub")
    )
