"""AUD315: an outage that looks like no data."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import languages, stores
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.uncalled import is_never_called
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.names import is_none_literal, last_name
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.routes import role_of
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.state_files import reads_of_written
from flake8_auditrules.semantics.work import asks_remote, asks_store

_READING_NAMES = pattern(
    r"_*(?:async_|a)?(?:get|fetch|load|list|find|search|query|read|count|select|retrieve|lookup|all|recall|scan)(?:_\w+|)"
)
# What is logged below that is held to be of no account.
_WARNING = 30
_ERROR = 40
# How much of a record's call is looked at.
_RECORD_LIMIT = 300
_DOCUMENTED = pattern(
    r"(?:on|if|when|in case of|upon)\b[^.\n]{0,60}\b"
    r"(?:error|fail|failure|fails|exception|unavailable|unreachable|unreadable|invalid)"
    r"|(?:error|fail|failure|fails|exception|unavailable|unreachable)\w*[^.\n]{0,40}\breturn"
    r"|\b(?:empty|none|nothing)\b[^.]{0,100}\b(?:errors?|failed|failures?|fails|unavailable|unreachable)\b"
    r"|\bempty\b[^.]{0,60}\bcan't be\b"
    r"|\b(?:empty|none|nothing)\b[^.]{0,60}\b(?:cannot|can't|could not|couldn't|unable to)\b"
    r"(?!(?: be)? (?:find|found))"
    r"|\b(?:never|must not|don't|do not|cannot|won't)"
    r" (?:affect|block|break|crash|disturb|fail|hurt|interrupt|stop)"
    r"|\bfail(?:s|ing)?[- ](?:open|safe|soft)\b|\bnon-?(?:blocking|critical|fatal)\b"
    r"|best[- ]effort|never raises|does not raise|swallow|gracefully|fallback|degrad"
    r"|\bis valid, (?:else |or )?(?:an )?(?:empty|none)\b",
    re.IGNORECASE,
)
# What the docstring of a class, or of its module, says of all methods.
_OF_CLASS = pattern(
    r"\bfail(?:s|ing)?[- ]open\b|\bgraceful(?:ly)? degrad|\b(?:must )?never (?:be )?raises?\b"
    r"|\bbest[- ]effort\b|\bswallow",
    re.IGNORECASE,
)
# What the docstring of a module says of all its functions.
_OF_ALL = pattern(
    r"\b(?:all|any|every|each)\b[^.]{0,80}\b(?:best[- ]effort|never (?:be )?(?:raised?|raises|propagated?))\b",
    re.IGNORECASE,
)
# What tells the name of a class from that of its twin for the other kind of program.
_TWIN = pattern(r"^(?:Async|Aio|Sync)(?=[A-Z])")
# What is called so keeps data elsewhere.
_BACKENDS = pattern(r"(?:^|_|\.)(?:backend|broker|provider|service|storage)s?$", re.IGNORECASE)
# Names of functions that give what can be had, and say so: `get_services_safe`, `get_owner_or_none`.
_LENIENT = pattern(r"(?:^|_)(?:safe|safely|best_effort|optional|or_(?:default|empty|none))(?:_|$)")
# What a record says where there is no data.
_NOTHING_THERE = pattern(
    r"not found|not exist|no such|missing|unknown|\bno\b|\bnot? (?:any|available|yet)\b|empty|could not find",
    re.IGNORECASE,
)
# What a record says of a failure that the work goes on without: `querying without the examples`.
_GOES_ON = pattern(
    r"ing\s+(?:\w+\s+){0,2}without\b|\bfall(?:s|ing)?[ -]?back\b|\busing (?:the |an? )?(?:default|empty)\b"
    r"|\b(?:continuing|proceeding)\b|\bdegrad|\btreat(?:ed|ing)? as\b",
    re.IGNORECASE,
)

# What a library raises of whatever goes wrong between it and the store or the other machine.
_OF_LIBRARIES = frozenset(
    {
        "aiohttp.ClientError",
        "httpx.HTTPError",
        "psycopg.Error",
        "psycopg2.Error",
        "redis.RedisError",
        "redis.exceptions.RedisError",
        "requests.RequestException",
        "requests.exceptions.RequestException",
        "sqlalchemy.exc.SQLAlchemyError",
        "sqlite3.Error",
    }
)
# What shows a failure on the console.
_PRINTING = frozenset({"builtins.print", "traceback.print_exc"})


class FailureAsEmpty(Rule):
    """
    ## What it does
    Finds functions that read data, log any exception, or any of the library that reads, and return `[]`, `{}`,
    `0`, `None` or a document of these, the same value that they return when there is no data, also under a name
    that holds nothing before the `try`.

    ## Why it matters
    The caller cannot tell an outage from an empty table: the page shows "no orders", a sync job deletes what it
    no longer finds, and the failure stays a line in the log.

    ## When to silence it
    When the function's own document promises the empty value on failure (the rule reads docstrings, what the
    module's says of all its functions, and records
    such as `"falling back to ..."`; `documented-fallbacks = false` takes that back), or when every caller can do
    without the data. Caches, and functions of an application that nothing in it calls, are silent as they are.
    """

    code = "AUD315"
    reach = Reach.PROJECT
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{value}` makes a failure of `{function}` look like no data; raise, or return something else"
    examined = "empty returns after a logged failure can be told from no data"
    options = (
        Option(
            "documented-fallbacks",
            True,
            "a docstring, comment or record that tells what a failure comes to silences the rule",
        ),
    )

    bad = (
        """
        import logging

        logger = logging.getLogger(__name__)

        def list_orders(session):
            try:
                return session.execute("select * from orders").all()
            except Exception:
                logger.exception("no orders")
                return []  # AUD315
        """,
    )
    good = (
        """
        import logging

        logger = logging.getLogger(__name__)

        def list_orders(session):
            try:
                return session.execute("select * from orders").all()
            except Exception:
                logger.exception("no orders")
                raise
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report the empty return of a broad handler that logs or prints, in a function that reads data."""
        module = self.module
        statement = handlers.try_of(module, node)
        if not handlers.is_broad(module, node) and (
            not _OF_LIBRARIES.issuperset(handlers.caught(module, node))
            or any(handlers.is_broad(module, one) for one in statement.handlers)
        ):
            # Where another handler takes all the rest, that one tells it.
            return
        returned = next(
            (
                part
                for part in handlers.statements(node.body)
                if isinstance(part, ast.Return) and handlers.handler_of(module, part) is node
            ),
            None,
        )
        shared = None
        if returned is None:
            returned = shared = self._shared_return(node, statement)
        if returned is None or module.is_test:
            return
        if isinstance(returned.value, ast.Name):
            if not self._holds_nothing(returned.value, statement):
                return
        elif not _is_empty_data(returned.value):
            return
        function = module.function_of(node)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return
        if not self._tells(node) or role_of(module, function) is not None or not self._reads(function, statement):
            return
        if returned.value is None and not self._gives_data(function):
            return
        if (
            (shared is None and self._tells_apart(function, statement, returned))
            or self._is_decided(node, returned)
            or self._is_of_cache(function)
            or self._is_documented(function, node)
            or is_never_called(self.project, module, function)
        ):
            self.passed(returned)
        else:
            value = module.text(returned.value) if returned.value is not None else "None"
            self.report(returned, value=f"return {value}", function=function.name)

    def _tells(self, handler: ast.ExceptHandler) -> bool:
        """Whether a handler logs the failure, or prints it where no person waits for what a command prints."""
        module = self.module
        records = log_calls(module)
        calls = handlers.calls_of(module, handler)
        if any(call in records and not 0 < records[call].level < _WARNING for call in calls):
            return True
        return not is_command_line(module) and any(
            module.callee(call) in _PRINTING
            and (not call.args or any(name in ast.walk(call) for name in handlers.mentions(handler)))
            for call in calls
        )

    def _shared_return(self, handler: ast.ExceptHandler, statement: ast.Try) -> ast.Return | None:
        """
        The empty return behind the whole `try` to which both the block and the handler come.

        The block has found what it returns, or else goes on to where the handler goes on after its record.
        """
        parent = self.module.parent(statement)
        body = getattr(parent, "body", [])
        last = body[-1] if body else None
        if (
            not all(isinstance(part, ast.Expr) for part in handler.body)
            or statement.orelse
            or isinstance(statement.body[-1], (ast.Return, ast.Raise))
            or not isinstance(parent, (ast.FunctionDef, ast.AsyncFunctionDef))
            or not isinstance(last, ast.Return)
        ):
            return None
        if isinstance(last.value, ast.Name):
            # What goes on behind is no more than a record of how much was found.
            behind = body[body.index(statement) + 1 : -1]
            return last if all(isinstance(part, ast.Expr) for part in behind) else None
        finds = any(
            isinstance(part, ast.Return) and not _is_empty_data(part.value)
            for part in handlers.statements(statement.body)
        )
        return last if finds and not statement.finalbody and body[-2:-1] == [statement] else None

    def _holds_nothing(self, name: ast.Name, statement: ast.Try) -> bool:
        """
        Whether a name holds an empty list or dict before a `try`, and its block fills it: `users = []`.

        None counts where what the block asks gives None for nothing, too.
        """
        module = self.module
        bindings = module.bindings(name)
        first = bindings[0].value if bindings else None
        if first is None or any(one.kind is not BindingKind.ASSIGNMENT for one in bindings):
            return False
        filled = [one.value for one in bindings[1:]]
        inside = {id(part) for part in handlers.own_parts(statement.body)}
        if any(last_name(call) == "commit" for call in handlers.own_calls(statement.body)):
            # What was done is told, not what was read.
            return False
        if first.lineno >= statement.lineno or any(id(value) not in inside for value in filled):
            return False
        if is_none_literal(first):
            return len(filled) == 1 and isinstance(filled[0], (ast.Await, ast.Call)) and _may_be_none(filled[0])
        return handlers.is_empty_container(first) and not isinstance(first, ast.Tuple) and len(filled) <= 1

    def _is_of_cache(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Whether a function looks something up in a cache, for which a failure is one more miss."""
        around = self.module.class_of(function)
        return (
            "cache" in function.name
            or "cache" in self.module.name.partition(".")[0]
            or (around is not None and "cach" in f"{around.name} {_first_line(around)}".lower())
        )

    def _reads(self, function: ast.FunctionDef | ast.AsyncFunctionDef, statement: ast.Try) -> bool:
        """Whether the function is there to read data: by its name and by what the block calls."""
        name = function.name
        if _READING_NAMES.fullmatch(name) is None or "get_or_" in name or _LENIENT.search(name) is not None:
            return False
        for part in handlers.own_parts(statement.body):
            if not isinstance(part, ast.Call):
                continue
            asked = last_name(part)
            if asked in stores.READING or stores.GETTING.match(asked) is not None:
                if (
                    asks_store(self.module, part)
                    or self._asks_client(part)
                    or self._asks_backend(part)
                    or asks_remote(self.module, part)
                ):
                    return True
            elif asked in ("open", "read_text") and self._is_written_back(part):
                return True
        return False

    def _asks_backend(self, call: ast.Call) -> bool:
        """
        Whether a call asks what is called a backend or a service: `await backend.list_jobs()`.

        Nobody waits for `self._get_job_service().list_jobs()`, but the service is got for it.
        """
        if not isinstance(call.func, ast.Attribute):
            return False
        receiver = call.func.value
        if isinstance(receiver, ast.Call):
            return _BACKENDS.search(last_name(receiver)) is not None
        return self.module.awaited(call) and _BACKENDS.search(self.module.text(receiver, 100)) is not None

    def _is_written_back(self, call: ast.Call) -> bool:
        """Whether a call reads a file that the same module or class writes: what was not read is lost then."""
        known = reads_of_written(self.module)
        return call in known

    def _asks_client(self, call: ast.Call) -> bool:
        """Whether a call asks a part of a client: `self.client.users.list()`."""
        receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
        while isinstance(receiver, ast.Attribute):
            receiver = receiver.value
            if isinstance(receiver, (ast.Name, ast.Attribute)) and last_name(receiver).endswith("client"):
                return True
        return False

    def _gives_data(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Whether a function gives something back; where none of its returns does, nobody takes it for data."""
        return any(
            isinstance(part, (ast.Yield, ast.YieldFrom))
            or (isinstance(part, ast.Return) and part.value is not None)
            for part in self.module.own_nodes(function)
        )

    def _tells_apart(
        self, function: ast.FunctionDef | ast.AsyncFunctionDef, statement: ast.Try, returned: ast.Return
    ) -> bool:
        """
        Whether None, or an empty dict, can only mean a failure.

        No other way through the function gives it, or that there is nothing is told in words.
        """
        if isinstance(returned.value, ast.Dict) and returned.value.keys:
            # `{"total": 0, "items": []}` is what an empty table gives as well.
            keys = {ast.dump(key) for key in returned.value.keys if key is not None}
            return not any(
                isinstance(part, ast.Return)
                and part is not returned
                and isinstance(part.value, ast.Dict)
                and {ast.dump(key) for key in part.value.keys if key is not None} == keys
                for part in self.module.own_nodes(function)
            )
        if not (
            returned.value is None
            or isinstance(returned.value, ast.Dict)
            or is_none_literal(returned.value)
            or _begins_with_none(returned.value)
        ):
            return False
        ways = [part for part in self.module.own_nodes(function) if isinstance(part, ast.Return)]
        if isinstance(returned.value, ast.Dict):
            others = [way for way in ways if way is not returned and not self._is_failure(way, statement)]
            return bool(others) and all(_has_keys(way.value) for way in others)
        if _is_plainly_none(returned.value) and any(
            _may_be_empty(way.value) or _may_be_zero(way.value) for way in ways
        ):
            return True
        return not any(
            way is not returned
            and _may_be_none(self._given(way.value))
            and not (_is_plainly_none(way.value) and self._is_failure(way, statement))
            for way in ways
        ) or any(isinstance(way.value, ast.Dict) and _says_none_is_there(way.value) for way in ways)

    def _given(self, value: ast.expr | None) -> ast.expr | None:
        """What a `return` gives, or what the name in it has been given once: `user = query.first()`."""
        bindings = self.module.bindings(value) if isinstance(value, ast.Name) else []
        if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT and bindings[0].value is not None:
            return bindings[0].value
        return value

    def _is_failure(self, way: ast.Return, statement: ast.Try) -> bool:
        """Whether another `return` gives the empty value after a failure too."""
        handler = handlers.handler_of(self.module, way)
        return (
            (handler is not None and handlers.is_broad(self.module, handler))
            or self._tells_of_error(way)
            or self._follows_attempts(way, statement)
        )

    def _tells_of_error(self, statement: ast.stmt) -> bool:
        """Whether a failure is logged right before a statement, and not that nothing is there."""
        parent = self.module.parent(statement)
        for block in ("body", "orelse", "finalbody"):
            siblings = getattr(parent, block, ())
            if isinstance(siblings, list) and statement in siblings[1:]:
                before = siblings[siblings.index(statement) - 1]
                call = before.value if isinstance(before, ast.Expr) else None
                record = log_calls(self.module).get(call) if isinstance(call, ast.Call) else None
                if record is None:
                    return False
                return record.level >= _ERROR or (
                    record.level >= _WARNING
                    and _NOTHING_THERE.search(self.module.text(record.call, _RECORD_LIMIT)) is None
                )
        return False

    def _follows_attempts(self, way: ast.stmt, statement: ast.Try) -> bool:
        """Whether a statement stands right behind the loop of a `try`, where the attempts are used up."""
        last: ast.AST | None = self.module.loop_of(statement)
        around = self.module.parent(last) if last is not None else None
        while isinstance(around, (ast.With, ast.AsyncWith)) and around.body[-1] is last:
            last, around = around, self.module.parent(around)
        body = getattr(around, "body", ()) if last is not None else ()
        return last in body[:-1] and body[body.index(last) + 1] is way

    def _is_decided(self, handler: ast.ExceptHandler, returned: ast.Return) -> bool:
        """
        Whether the handler raises on another way, keeps the error for others (`feed.last_error = str(error)`), or
        asks which error it is before it gives the empty value.
        """
        for part in handlers.statements(handler.body):
            if isinstance(part, ast.Raise):
                return True
            if isinstance(part, ast.Assign) and any(
                isinstance(target, (ast.Attribute, ast.Subscript)) for target in part.targets
            ):
                if any(isinstance(name, ast.Name) and name.id == handler.name for name in ast.walk(part.value)):
                    return True
        return any(
            isinstance(ancestor, ast.If)
            and any(isinstance(part, ast.Name) and part.id == handler.name for part in ast.walk(ancestor.test))
            for ancestor in self.module.ancestors(returned)
        )

    def _is_documented(self, function: ast.FunctionDef | ast.AsyncFunctionDef, handler: ast.ExceptHandler) -> bool:
        """Whether the docstring, a comment on the handler or its record says what a failure comes to."""
        if not self.option("documented-fallbacks"):
            return False
        records = log_calls(self.module)
        if any(
            call in records and _GOES_ON.search(self.module.text(call, _RECORD_LIMIT))
            for one in handlers.try_of(self.module, handler).handlers
            for call in handlers.calls_of(self.module, one)
        ):
            return True
        words = handlers.comment_on(self.module, handler.lineno, handlers.last_line(self.module, handler))
        said = f"{ast.get_docstring(function) or ''}\n{words}"
        if _DOCUMENTED.search(said) is not None or languages.FAILURES.search(said) is not None:
            return True
        around = self.module.class_of(function)
        if around is not None:
            speaking: list[ast.ClassDef | ast.Module] = [around, *self._twins_of(around), self.module.tree]
            if any(_OF_CLASS.search(ast.get_docstring(one) or "") is not None for one in speaking):
                return True
        return _OF_ALL.search(ast.get_docstring(self.module.tree) or "") is not None

    def _twins_of(self, holder: ast.ClassDef) -> list[ast.ClassDef]:
        """The classes of the module that do without, or with, a loop what a class does: `Store`, `AsyncStore`."""
        return [
            one
            for one in self.module.nodes(ast.ClassDef)
            if one is not holder and _TWIN.sub("", one.name) == _TWIN.sub("", holder.name)
        ]


def _first_line(holder: ast.ClassDef) -> str:
    """What the docstring of a class says first."""
    return (ast.get_docstring(holder) or "").partition("\n")[0]


def _says_none_is_there(value: ast.Dict) -> bool:
    """Whether an answer says that there is nothing: `{"found": False}`."""
    return any(
        isinstance(key, ast.Constant)
        and key.value in ("exists", "found")
        and isinstance(given, ast.Constant)
        and given.value is False
        for key, given in zip(value.keys, value.values, strict=True)
    )


def _has_keys(value: ast.expr | None) -> bool:
    """Whether an expression is a dict that has some keys by its own words: `{"name": name}`, `found | {...}`."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr):
        return _has_keys(value.left) or _has_keys(value.right)
    return isinstance(value, ast.Dict) and any(key is not None for key in value.keys)


def _may_be_empty(value: ast.expr | None) -> bool:
    """Whether a `return` gives an empty container where there is no data: `[]`, `answer.get("rows", [])`."""
    if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or):
        value = value.values[-1]
    elif isinstance(value, ast.Call) and last_name(value) == "get" and len(value.args) == 2:
        value = value.args[1]
    return isinstance(value, (ast.List, ast.Dict, ast.Tuple)) and handlers.is_empty_value(value)


def _may_be_zero(value: ast.expr | None) -> bool:
    """Whether a `return` gives the number 0 where there is no data: `row[0] if row else 0`."""
    if isinstance(value, ast.IfExp):
        return _may_be_zero(value.body) or _may_be_zero(value.orelse)
    if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or):
        return _may_be_zero(value.values[-1])
    if isinstance(value, ast.Call) and last_name(value) in ("int", "float") and len(value.args) == 1:
        return _may_be_zero(value.args[0])
    return isinstance(value, ast.Constant) and value.value == 0 and not isinstance(value.value, bool)


def _begins_with_none(value: ast.expr) -> bool:
    """Whether an expression is a tuple whose first element is None: `None, None, {}`."""
    return isinstance(value, ast.Tuple) and bool(value.elts) and is_none_literal(value.elts[0])


def _is_plainly_none(value: ast.expr | None) -> bool:
    return value is None or is_none_literal(value)


def _is_empty_data(value: ast.expr | None) -> bool:
    """Empty containers, None and zeros, also as a text or a decimal; False and "" are other answers."""
    if isinstance(value, ast.Constant) and (value.value is False or value.value == ""):
        return False
    if isinstance(value, ast.Call) and last_name(value) == "Decimal" and len(value.args) == 1:
        value = value.args[0]
    if (
        isinstance(value, ast.Dict)
        and None not in value.keys
        and any(map(handlers.is_empty_container, value.values))
    ):
        return all(handlers.is_empty_value(one) for one in value.values)
    return handlers.is_empty_value(value) or (isinstance(value, ast.Constant) and value.value in ("0", "0.0"))


def _may_be_none(value: ast.expr | None) -> bool:
    """Whether what a `return` gives can be None by its own words."""
    if value is None or is_none_literal(value) or _begins_with_none(value):
        return True
    if isinstance(value, ast.IfExp):
        return _may_be_none(value.body) or _may_be_none(value.orelse)
    if isinstance(value, ast.Await):
        return _may_be_none(value.value)
    if isinstance(value, ast.Call) and last_name(value) == "get" and len(value.args) == 2:
        return is_none_literal(value.args[1])
    return isinstance(value, ast.Call) and last_name(value) in (
        "first",
        "get",
        "one_or_none",
        "scalar_one_or_none",
        "scalar",
        "fetchone",
        "find_one",
        "fetchrow",
        "fetchval",
    )
