"""AUD302: a failure that nobody gets to know of."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import stores
from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Option, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.flow import Raising, Statement, evaluated
from flake8_auditrules.semantics.handlers import Breadth
from flake8_auditrules.semantics.loggers import library_of, log_calls
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.plain_forms import is_plainly_blind, is_plainly_silent
from flake8_auditrules.semantics.programs import is_terminal_program
from flake8_auditrules.semantics.routes import is_task
from flake8_auditrules.semantics.work import (
    does_work,
    first_change,
    first_deed,
    first_loss,
    first_question,
    first_reading,
)

# Functions whose name says that a failure is one of the answers, or that they do their best.
_ANSWERING = pattern(
    r"_*(?:is|has|in|can|should|supports?|verify|matches|try|parse|safe|safely|maybe|coerce|guess|detect|probe|looks"
    r"|attempt|exists|check|test|validate|diagnose|warn)"
    r"_\w+"
    r"|_*(?:check|health|ping|reset|test|validate|verify)|_*(?:\w+_)?health(?:_check|check|z)?"
    r"|(?:\w+_)?(?:contains|matches|equals)|_*(?:revert|undo|rollback|roll_back|restore|compensate)(?:_\w+)?"
    r"|\w+_(?:or_none|or_default|or_empty|or_null|if_(?:any|available|possible|present)|safe|safely|quietly|silently|best_effort|exists|available)"
    r"|_*(?:safe|best_effort|try|a?exists)\w*"
    r"|_*(?:a?close|cleanup|clean_up|stop|shutdown|teardown|dispose|disconnect|release|drain"
    r"|unload|free|flush|kill|terminate|abort|unsubscribe|unregister|detach)(?:_\w+)?"
    r"|\w*_(?:error|exception|failure|cache|caches|cached|version|versions|updates?_available)"
    r"|_*(?:\w+_)?cache[sd]?_\w+"
    r"|_*(?:handle|on)_\w*(?:error|exception|failure)"
    r"|__(?:del|exit|aexit|repr|str|eq|bool|contains|getattr)__"
)
_TELEMETRY = pattern(
    r"telemetr|metric|analytic|posthog|trac(?:er|ing)|span|sentry|statsd|prometheus|instrument|langfuse|otel"
    r"|usage|tracker|(?:^|[._])tracking|^_*track_|heartbeat|progress|notice|event_?bus|(?:^|\.)_?emit(?:_|$)",
    re.IGNORECASE,
)
_REASON = pattern(
    r"fail|error|except|raise|best[- ]effort|guard|ignor|optional|falls? ?(?:back|through)|never|must not"
    r"|^try\b|tries|attempt|if (?:any|available|possible|present)|critical|fatal|(?:may|might) (?:not|already)"
    r"|already|older|legacy|compat|\bonly (?:for|in|on|with)\b",
    re.IGNORECASE,
)
_PROMISE = pattern(
    r"swallow|without (?:failing|raising)|best[- ]effort|never raises?\b|does not raise|absorb|no-op on"
    r"|fails? (?:open|closed|safe|silently)|\bsafe (?:for|on|when)\b|\bon any\s+(?:error|failure)"
    r"|ignor(?:es?|ing) (?:any |all )?(?:errors?|failures?|exceptions?)"
    r"|(?:if|when|on|upon|in case of)\b[^.\n]{0,60}\b(?:cannot|can't|could not|couldn't|unable|errors?|fails?"
    r"|failed|failures?|exceptions?|unavailable|unreachable|unreadable)\b"
    r"|\b(?:false|none|empty)\b[^.\n]{0,20}\botherwise\b|\bfall(?:s|ing)? ?back\b|\bfallback\b",
    re.IGNORECASE,
)
_DROPS = re.compile(r"_*\w*?(?:drop|delete)(?:_|$)")
# Names of questions about a state: `run_row_settled`.
_STATE = pattern(r"(?:ed|exists?|able|alive|ready|present)$")
# The part of a docstring that says what is raised, in Google's and in Sphinx's style.
_RAISES = pattern(r"^[ ]*Raises:.*?(?=^[ ]*\w+:[ ]*$|\Z)|^[ ]*:raises? [^\n]*", re.MULTILINE | re.DOTALL)
# What a function is declared to give when it is asked whether something holds.
_QUESTION = pattern(r"bool|(?:typing\.)?Optional\[bool\]|bool \| None|None \| bool")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SUPPRESS = "contextlib.suppress"
_WORDS_OF_A_REASON = 3


class SwallowedException(Rule):
    """
    ## What it does
    Finds handlers for `Exception` or `BaseException`, and `suppress(Exception)`, with a way through them on
    which the failure is neither logged, raised again, kept nor handed on (`pass`, `continue`, `return None`),
    around work that somebody misses:

    - access to a database: a change of what it keeps, or a question where the handler gives up, or goes on with
      an empty answer (`rows = []`);
    - a lasting change: `await chats.update_title(...)`, `client.create_index(...)`, `save_tokens(...)`, a file
      that is written;
    - a reading by a function that is there for it, named like `get_...` or `load_...`, where the handler makes it
      give nothing;
    - a question to a store or a client that is answered by nothing, or left out of a loop; a reading whose empty
      answer is written back, over what was there.

    ## Why it matters
    Whatever goes wrong in the `try`, a misspelt name included, leaves no trace: the caller gets the answer of
    a success, the log is empty, and the fault is found weeks later by its consequences.

    ## When to silence it
    When any failure there is an ordinary outcome; say so in a comment on the handler, which the rule respects
    (`allow-comment = false` takes that back). Where every request, file and message matters as much as that,
    `any-work = true` reports them too. Narrow classes, caches, telemetry, typing marks and emojis, tidying up,
    command-line programs, loops over candidates and functions named like `is_...`, `check_...`, `try_...` or
    `..._or_none` are silent as they are.
    """

    code = "AUD302"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{handler}` hides every failure of `{work}`; log it, raise it again or name what is expected"
    examined = "broad handlers tell somebody of the failure"
    options = (
        Option("allow-comment", True, "a comment in the handler that gives a reason silences it"),
        Option(
            "any-work", False, "every request over the network, file and message counts as a lasting change does"
        ),
    )

    bad = (
        """
        def load_profiles(session, names):
            profiles = []
            for name in names:
                try:
                    profiles.append(session.execute("select * from profiles where name = ?", (name,)))
                except Exception:  # AUD302
                    continue
            return profiles
        """,
    )
    good = (
        """
        import logging

        logger = logging.getLogger(__name__)

        def load_profiles(session, names):
            profiles = []
            for name in names:
                try:
                    profiles.append(session.execute("select * from profiles where name = ?", (name,)))
                except Exception:
                    logger.exception("profile %s is left out", name)
            return profiles
        """,
        """
        def load_profiles(session, names):
            profiles = []
            for name in names:
                try:
                    profiles.append(session.execute("select * from profiles where name = ?", (name,)))
                except LookupError:
                    continue
            return profiles
        """,
    )

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Report a broad handler with a way through it that tells nobody."""
        module = self.module
        if module.is_test or handlers.breadth(module, node) not in (Breadth.EXCEPTION, Breadth.BASE):
            return
        if not any(handlers.says_nothing(statement, node.name) for statement in node.body):
            self.passed(node)
            return
        statement = handlers.try_of(module, node)
        if (
            self._tells_sometimes(node)
            or self._is_expected(node, statement.body)
            or self._goes_another_way(node, statement)
            or self._tries_one_after_another(node, statement)
            or self._makes_room(statement)
            or self._waits_for_cancelled(statement.body)
            or self._leaves_untold(node, statement) is False
        ):
            self.passed(node)
            return
        if handlers.swallows_cancellation(module, node):
            return
        if self.config.beside_ruff and (is_plainly_silent(node) or is_plainly_blind(module, node)):
            return
        self.report(node, handler=_shown(module.text(node)), work=self._work(statement.body))

    def visit_With(self, node: ast.With) -> None:
        """Report `with suppress(Exception)`."""
        self._visit_suppress(node)

    def visit_AsyncWith(self, node: ast.AsyncWith) -> None:
        """Report `suppress(Exception)` beside an asynchronous manager."""
        self._visit_suppress(node)

    def _visit_suppress(self, node: ast.With | ast.AsyncWith) -> None:
        module = self.module
        for item in node.items:
            call = item.context_expr
            if not isinstance(call, ast.Call) or last_name(call) != "suppress":
                continue
            if module.is_test or module.callee(call) != _SUPPRESS:
                continue
            names = [name for argument in call.args for name in handlers.caught_by(module, argument)]
            if not {"builtins.Exception", "builtins.BaseException"} & set(names):
                continue
            if isinstance(node.body[-1], ast.Return) or self._is_expected(node, node.body):
                # What stands behind a block that returns is the answer to a failure.
                self.passed(node)
            else:
                self.report(node, handler=module.text(call), work=self._work(node.body))

    def _work(self, body: list[ast.stmt]) -> str:
        """The call that the block is about: the first one that is missed when it fails."""
        # What stands in a `try` of its own may be dealt with there.
        here = [statement for statement in body if not isinstance(statement, ast.Try)]
        loss = (
            first_loss(self.module, here, answers=True)
            or first_loss(self.module, body, answers=True)
            or first_change(self.module, body)
            or first_reading(self.module, body)
            or first_deed(self.module, body)
        )
        return self.module.text(body[0]) if loss is None else self.module.call_text(loss)

    def _tells_sometimes(self, handler: ast.ExceptHandler) -> bool:
        """Whether the handler logs, or uses the exception, under a condition: when it tells is decided there."""
        records = log_calls(self.module)
        return bool(handlers.mentions(handler)) or any(
            isinstance(part, ast.Call) and part in records for part in handlers.parts_of(self.module, handler)
        )

    def _tries_one_after_another(self, handler: ast.ExceptHandler, statement: ast.Try) -> bool:
        """Whether a loop looks for something that works, or asks again after a while."""
        return (
            isinstance(handler.body[-1], (ast.Pass, ast.Continue))
            and (loop := self.module.loop_of(statement)) is not None
            and (_success_leaves(statement) or _waits(loop) or _leaves_behind(loop, statement))
        )

    def _goes_another_way(self, handler: ast.ExceptHandler, statement: ast.Try) -> bool:
        """Whether the failure of the block goes on to another way of doing the same."""
        if not all(isinstance(part, (ast.Pass, ast.Assign, ast.Continue)) for part in handler.body):
            return False
        loop = self.module.loop_of(statement) if isinstance(handler.body[-1], ast.Continue) else None
        following = self._following(statement if loop is None else loop)
        if following is None:
            return False
        block = list(handlers.statements(statement.body))
        if any(isinstance(part, ast.Return) and not handlers.is_empty_value(part.value) for part in block) or (
            isinstance(statement.body[-1], ast.Return)
        ):
            # The success leaves the function.
            return loop is not None or not (
                isinstance(following, ast.Return) and handlers.is_empty_value(following.value)
            )
        return isinstance(following, ast.If) and self._tries_instead(following, [*block, *handler.body])

    def _makes_room(self, statement: ast.Try) -> bool:
        """Whether the block drops what may not exist, and it is made again right behind."""
        calls = [part for part in handlers.own_parts(statement.body) if isinstance(part, ast.Call)]
        if not calls or not all(_DROPS.match(last_name(call)) for call in calls):
            return False
        following = self._following(statement)
        return following is not None and any(
            isinstance(part, ast.Call) and "create" in self.module.text(part, 500).lower()
            for part in ast.walk(following)
        )

    def _tries_instead(self, following: ast.If, block: list[ast.stmt]) -> bool:
        """Whether an `if` asks for what a block would have given, and else tries something else or raises."""
        given = {
            name.id
            for part in block
            if isinstance(part, ast.Assign)
            for target in part.targets
            for name in ast.walk(target)
            if isinstance(name, ast.Name)
        }
        if not mentions(following.test, given):
            return False
        called = {last_name(call) for call in handlers.own_parts(block) if isinstance(call, ast.Call)}
        return any(
            isinstance(part, (ast.Try, ast.Await, ast.Raise))
            or (isinstance(part, ast.Call) and last_name(part) == "abort")
            or (isinstance(part, ast.Call) and last_name(part) in called)
            for inner in following.body
            for part in ast.walk(inner)
        )

    def _following(self, statement: ast.AST) -> ast.stmt | None:
        """The statement that stands next behind one, in its own block or behind a block around it."""
        child = statement
        for ancestor in self.module.ancestors(statement):
            for field in ("body", "orelse", "finalbody"):
                block = getattr(ancestor, field, None)
                if isinstance(block, list) and child in block:
                    behind = block[block.index(child) + 1 :]
                    if behind:
                        found: ast.stmt = behind[0]
                        return found
            if isinstance(ancestor, _FUNCTIONS):
                return None
            child = ancestor
        return None

    def _waits_for_cancelled(self, body: list[ast.stmt]) -> bool:
        """Whether the block only waits for tasks that the same function cancels."""
        module = self.module
        function = module.function_of(body[0])
        if not isinstance(function, ast.AsyncFunctionDef):
            return False
        if not all(isinstance(one, ast.Expr) and isinstance(one.value, ast.Await) for one in body):
            return False
        cancelled = {
            module.text(part.func.value)
            for part in module.own_nodes(function)
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "cancel"
        }
        awaited = [
            module.text(name)
            for one in body
            for name in ast.walk(one)
            if isinstance(name, (ast.Name, ast.Attribute))
        ]
        return not cancelled.isdisjoint(awaited)

    # -- what is left alone ----------------------------------------------------------------------------

    def _is_expected(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt]) -> bool:
        return (
            is_terminal_program(self.module)
            or self._only_tidies(body)
            or handlers.only_converts(body)
            or not self._is_missed(node, body)
            or _tries_conversion(body)
            or _relays(body)
            or self._imports(body)
            or self._scans_folder(node, body)
            or self._stands_where_failure_is_an_answer(node)
            or self._is_telemetry(node, body)
            or self._beside_a_failure(node)
            or self._is_promised(node)
            or self._answers_a_question(node, body)
            or bool(self.option("allow-comment") and self._has_reason(node))
        )

    def _is_missed(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt]) -> bool:
        """Whether somebody misses what the block does when it fails."""
        module = self.module
        if self.option("any-work") and does_work(module, body):
            return True
        gives_up = self._gives_up(node)
        emptied = self._emptied(node, body)
        loss = first_loss(module, body, answers=gives_up or bool(emptied))
        if loss is not None and (gives_up or not emptied or stores.FIGURES.search(last_name(loss)) is None):
            return True
        if self._answers_no(node):
            return False
        if first_change(module, body) is not None:
            return True
        if "cache" in module.name:
            return False
        if (emptied or isinstance(node.body[-1], ast.Continue)) and first_question(module, body) is not None:
            return True
        is_answer = (gives_up or self._returns_next(node, emptied)) and self._is_asked_for_data(node)
        return (is_answer or self._is_written_back(node, emptied)) and first_reading(module, body) is not None

    def _emptied(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt]) -> frozenset[str]:
        """The names that the block gives a value, and that are empty where it fails: `rows = []`."""
        if not isinstance(node, ast.ExceptHandler):
            return frozenset()
        given = {name for part in handlers.statements(body) for name in _names_given(part)}
        if not given:
            return frozenset()
        if all(isinstance(part, ast.Pass) for part in node.body):
            function = self.module.function_of(node)
            before = self.module.own_nodes(function) if isinstance(function, _FUNCTIONS) else ()
            line = handlers.try_of(self.module, node).lineno
            return frozenset(
                name for part in before if getattr(part, "lineno", line) < line for name in _names_emptied(part)
            ).intersection(given)
        if not all(_names_emptied(part) for part in node.body):
            return frozenset()
        return frozenset(name for part in node.body for name in _names_emptied(part)).intersection(given)

    def _returns_next(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, names: frozenset[str]) -> bool:
        """Whether one of the names is returned right behind the `try`."""
        if not names or not isinstance(node, ast.ExceptHandler):
            return False
        following = self._following(handlers.try_of(self.module, node))
        return (
            isinstance(following, ast.Return)
            and isinstance(following.value, ast.Name)
            and following.value.id in names
        )

    def _is_written_back(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, names: frozenset[str]) -> bool:
        """Whether one of the names is written later on: what could not be read is lost then."""
        function = self.module.function_of(node)
        if not names or not isinstance(function, _FUNCTIONS):
            return False
        end = (
            getattr(handlers.try_of(self.module, node), "end_lineno", 0)
            if isinstance(node, ast.ExceptHandler)
            else 0
        )
        return any(
            isinstance(part, ast.Call)
            and part.lineno > end
            and last_name(part) in stores.WRITING
            and any(_is_or_holds(given, names) for given in part.args)
            for part in self.module.own_nodes(function)
        )

    def _answers_no(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith) -> bool:
        """Whether the handler, or what stands next behind it, answers False: the caller is told that it failed."""
        if not isinstance(node, ast.ExceptHandler):
            return False
        answers = (node.body[-1], self._following(handlers.try_of(self.module, node)))
        return any(
            isinstance(answer, ast.Return)
            and isinstance(answer.value, ast.Constant)
            and answer.value.value is False
            for answer in answers
        )

    def _is_asked_for_data(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith) -> bool:
        """Whether the handler leaves a function that that by its name gets data: a failure reads as none."""
        function = self.module.function_of(node)
        if (
            not isinstance(function, _FUNCTIONS)
            or isinstance(node.body[-1], (ast.Continue, ast.Break))
            or stores.READERS.match(function.name) is None
        ):
            return False
        # A function within another does a part of what that one is there for.
        around = [part.name for part in self.module.ancestors(node) if isinstance(part, _FUNCTIONS)]
        return not any(stores.FIGURES.search(name) for name in around)

    def _gives_up(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith) -> bool:
        """Whether the handler leaves the function or the round of a loop, so that nothing is done instead."""
        if not isinstance(node, ast.ExceptHandler):
            return False
        following = self._following(handlers.try_of(self.module, node))
        return isinstance(node.body[-1], (ast.Return, ast.Continue, ast.Break)) or (
            isinstance(following, ast.Return) and handlers.is_empty_value(following.value)
        )

    def _imports(self, body: list[ast.stmt]) -> bool:
        """Whether the block imports something, by a statement or a call: what is optional may fail in any way."""
        return any(isinstance(part, (ast.Import, ast.ImportFrom)) for part in handlers.statements(body)) or any(
            isinstance(part, ast.Call) and last_name(part).startswith(("import_", "__import__"))
            for part in handlers.own_parts(body)
        )

    def _scans_folder(self, node: ast.AST, body: list[ast.stmt]) -> bool:
        """Whether the block reads one of the files of a folder: what cannot be read is left out of a search."""
        calls = [part for part in handlers.own_parts(body) if isinstance(part, ast.Call)]
        if len(calls) != 1 or last_name(calls[0]) not in ("read_text", "read_bytes"):
            return False
        return any(
            isinstance(ancestor, ast.For)
            and isinstance(ancestor.iter, ast.Call)
            and last_name(ancestor.iter) in ("glob", "iterdir", "listdir", "rglob", "scandir", "walk")
            for ancestor in self.module.ancestors(node)
        )

    def _only_tidies(self, body: list[ast.stmt]) -> bool:
        records = log_calls(self.module)
        calls = [part for part in handlers.own_parts(body) if isinstance(part, ast.Call) and part not in records]
        within = {id(part) for call in calls if _tidies(call) for given in call.args for part in ast.walk(given)}
        named = [last_name(call) for call in calls if id(call) not in within]
        tidying = [last_name(call) for call in calls if _tidies(call)]
        if tidying:
            return all(
                name in tidying
                or name in _LOOKING
                or name in handlers.CONVERTING
                or stores.GETTING.match(name) is not None
                for name in named
            )
        awaits = [part for part in handlers.own_parts(body) if isinstance(part, ast.Await)]
        return not calls and len(body) == 1 and bool(awaits)

    def _stands_where_failure_is_an_answer(self, node: ast.AST) -> bool:
        return any(
            (isinstance(ancestor, _FUNCTIONS) and _ANSWERING.fullmatch(ancestor.name) is not None)
            or (isinstance(ancestor, ast.ClassDef) and "cache" in ancestor.name.lower())
            for ancestor in self.module.ancestors(node)
        )

    def _is_telemetry(self, node: ast.AST, body: list[ast.stmt]) -> bool:
        module = self.module
        if _TELEMETRY.search(module.name) or _TELEMETRY.search(module.path.rpartition("/")[2]):
            return True
        for ancestor in module.ancestors(node):
            if isinstance(ancestor, (*_FUNCTIONS, ast.ClassDef)) and _TELEMETRY.search(ancestor.name):
                return True
        return any(
            isinstance(part, ast.Call) and _TELEMETRY.search(module.text(part.func)) is not None
            for part in handlers.own_parts(body)
        )

    def _beside_a_failure(self, node: ast.AST) -> bool:
        """Whether the `try` itself stands in a handler or a `finally`: something else has failed or is over."""
        module = self.module
        statement = handlers.try_of(module, node) if isinstance(node, ast.ExceptHandler) else node
        if handlers.handler_of(module, statement) is not None:
            return True
        if isinstance(self._following(statement), ast.Raise):
            return True
        child: ast.AST = statement
        for ancestor in module.ancestors(statement):
            if isinstance(ancestor, ast.Try) and child in ancestor.finalbody:
                return True
            if isinstance(ancestor, _FUNCTIONS):
                return False
            child = ancestor
        return False

    def _is_promised(self, node: ast.AST) -> bool:
        """Whether the function's docstring, or the comment that it begins with, says that failures end there."""
        module = self.module
        function = module.function_of(node)
        if not isinstance(function, _FUNCTIONS):
            return False
        begin = function.body[0].lineno
        document = _RAISES.sub("", ast.get_docstring(function) or "")
        return _PROMISE.search(f"{document}\n{handlers.comment_above(module, begin)}") is not None

    def _answers_a_question(self, node: ast.AST, body: list[ast.stmt]) -> bool:
        """Whether the handler answers no, or nothing, in a function that is asked whether something holds."""
        function = self.module.function_of(node)
        if not (
            isinstance(node, ast.ExceptHandler)
            and isinstance(function, _FUNCTIONS)
            and len(node.body) == 1
            and (isinstance(node.body[0], ast.Return) or self._ends_without_answer(node))
        ):
            return False
        if function.returns is None:
            if not self._gives_yes_or_no(function):
                return False
        elif _QUESTION.fullmatch(self.module.text(function.returns)) is None:
            return False
        if (
            stores.DEEDS.match(function.name) is not None
            and stores.FETCHES.match(function.name) is None
            and _STATE.search(function.name) is None
        ):
            return False
        return not any(
            isinstance(part, ast.Call)
            and stores.DEEDS.match(last_name(part)) is not None
            and stores.FETCHES.match(last_name(part)) is None
            for part in handlers.own_parts(body)
        )

    def _gives_yes_or_no(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Whether all that a function without annotation returns is True, False or a comparison."""
        given = [part.value for part in self.module.own_nodes(function) if isinstance(part, ast.Return)]
        return bool(given) and all(
            isinstance(value, (ast.Compare, ast.BoolOp))
            or (isinstance(value, ast.Constant) and isinstance(value.value, bool))
            for value in given
        )

    def _ends_without_answer(self, handler: ast.ExceptHandler) -> bool:
        """Whether the handler passes and the function then gives nothing."""
        following = self._following(handlers.try_of(self.module, handler))
        return (
            isinstance(handler.body[0], ast.Pass)
            and isinstance(following, ast.Return)
            and handlers.is_empty_value(following.value)
        )

    def _has_reason(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith) -> bool:
        last = (
            handlers.last_line(self.module, node) if isinstance(node, ast.ExceptHandler) else node.body[0].lineno
        )
        comment = handlers.comment_on(self.module, node.lineno, last)
        if handlers.words_in(comment) >= _WORDS_OF_A_REASON or _PROMISE.search(comment) is not None:
            return True
        if isinstance(node, ast.ExceptHandler):
            statement = handlers.try_of(self.module, node)
            above = handlers.comment_above(self.module, self._first_line(statement))
            around = self.module.parent(statement)
            if isinstance(around, (ast.While, ast.For, ast.AsyncFor)) and around.body[0] is statement:
                above = f"{above} {handlers.comment_above(self.module, around.lineno)}"
            return _REASON.search(above) is not None
        return len(handlers.comment_above(self.module, node.lineno).split()) >= _WORDS_OF_A_REASON

    def _first_line(self, statement: ast.Try) -> int:
        """The line where a `try` begins, with the plain values that are given right before it: `size = None`."""
        around = self.module.parent(statement)
        blocks = (getattr(around, field, []) for field in ("body", "orelse", "finalbody"))
        block: list[ast.stmt] = next((block for block in blocks if statement in block), [statement])
        place = block.index(statement)
        while place:
            before = block[place - 1]
            if not isinstance(before, ast.Assign) or not handlers.is_empty_value(before.value):
                break
            place -= 1
        return int(block[place].lineno)

    # -- the ways through ------------------------------------------------------------------------------

    def _leaves_untold(self, handler: ast.ExceptHandler, statement: ast.Try) -> bool:
        """Whether a way leads from the handler out of the function, or round the loop, that tells nobody."""
        module = self.module
        if is_task(module, module.function_of(handler)) and any(
            isinstance(part, ast.Return) for part in handlers.statements(handler.body)
        ):
            return False
        if any(isinstance(part, ast.Raise) for part in handlers.statements(handler.body)):
            # A setting, a count of attempts or the exception itself decides when it is raised.
            return False
        if len(handler.body) == 1 and isinstance(handler.body[0], ast.Return):
            return True
        inside = {id(part) for part in handlers.statements(handler.body)}
        tries_again = module.loop_of(statement) is not None and _success_leaves(statement)

        def tells(reached: Statement) -> bool:
            if id(reached) in inside:
                return (
                    isinstance(reached, ast.Raise)
                    or not handlers.says_nothing(reached, handler.name)
                    or (isinstance(reached, ast.If) and self._logs_where_it_can(reached))
                )
            if reached is statement:
                return tries_again
            return isinstance(reached, ast.Raise) or self._warns(reached) or _answers(reached)

        def tells_before_it(reached: Statement) -> bool:
            return reached is not statement and tells(reached)

        flow = module.flow_of(handler)
        if not tries_again and flow.reachable(
            handler, lambda reached: reached is statement, tells_before_it, raising=Raising.EXPLICIT
        ):
            return True
        return flow.leaves_without(handler, tells, raising=Raising.EXPLICIT) is not None

    def _logs_where_it_can(self, statement: ast.If) -> bool:
        """`if self.logger: self.logger.error(...)`: what is asked is whether there is a logger."""
        return any(
            isinstance(part, (ast.Name, ast.Attribute)) and library_of(self.module, part) is not None
            for part in ast.walk(statement.test)
        )

    def _warns(self, reached: Statement) -> bool:
        module = self.module
        records = log_calls(module)
        return any(
            isinstance(part, ast.Call) and part in records and records[part].level >= 30
            for part in evaluated(reached)
        )


# Calls that only look at what is there, beside a tidying call.
_LOOKING = frozenset(
    {
        "exists",
        "isfile",
        "is_file",
        "isdir",
        "is_dir",
        "getattr",
        "hasattr",
        "isinstance",
        "callable",
        "is_running",
        "is_alive",
        "done",
        "list",
        "values",
        "items",
        "Path",
        "get",
        "pop",
        "wait_for",
        "gather",
        "iscoroutine",
        "isawaitable",
        "is_closed",
    }
)


def _names_given(statement: ast.stmt) -> list[str]:
    """The plain names that an assignment gives a value."""
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    else:
        return []
    return [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]


def _names_emptied(statement: ast.AST) -> list[str]:
    """The plain names that an assignment leaves empty: `rows = []`, `user: User | None = None`."""
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or not handlers.is_empty_value(statement.value):
        return []
    return _names_given(statement)


def _is_or_holds(given: ast.expr, names: frozenset[str]) -> bool:
    """Whether an argument is one of the names, or what a call makes of it: `json.dumps(known)`."""
    if isinstance(given, ast.Call):
        return bool(given.args) and _is_or_holds(given.args[0], names)
    return isinstance(given, ast.Name) and given.id in names


def _waits(loop: ast.AST) -> bool:
    """Whether a loop waits between its rounds."""
    body: list[ast.stmt] = getattr(loop, "body", [])
    return any(isinstance(part, ast.Call) and last_name(part) == "sleep" for part in handlers.own_parts(body))


def _leaves_behind(loop: ast.AST, statement: ast.Try) -> bool:
    """Whether a loop is left behind a statement of it: what that has found is what was looked for."""
    body: list[ast.stmt] = getattr(loop, "body", [])
    if statement not in body:
        return False
    behind = body[body.index(statement) + 1 :]
    return any(isinstance(part, (ast.Return, ast.Break)) for part in handlers.statements(behind))


def _tries_conversion(body: list[ast.stmt]) -> bool:
    """Whether a block converts something and drops what comes out: it tries what kind of value it has."""
    return any(
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and last_name(statement.value) in handlers.CONVERTING
        for statement in handlers.statements(body)
    )


_TIDYING_NAMES = (
    "close",
    "_close",
    "delete",
    "detach",
    "evict",
    "invalidate",
    "release",
    "remove_",
    "stop_",
    "unload",
    "unregister",
    "unsubscribe",
)


def _tidies(call: ast.Call) -> bool:
    """Whether a call closes, cancels or removes something."""
    name = last_name(call)
    return name in handlers.TIDYING or name.startswith(_TIDYING_NAMES)


def _relays(body: list[ast.stmt]) -> bool:
    """Whether a block is one loop over a connection: it ends by an exception when the connection does."""
    if len(body) != 1:
        return False
    (loop,) = body
    if isinstance(loop, ast.AsyncFor):
        return True
    return isinstance(loop, ast.While) and any(
        isinstance(part, ast.Call) and last_name(part).startswith(("recv", "receive"))
        for part in handlers.own_parts(loop.body)
    )


def _answers(reached: Statement) -> bool:
    """Whether a `return` behind the handler gives a written-out answer: the caller is told something."""
    if not isinstance(reached, ast.Return):
        return False
    value = reached.value
    if isinstance(value, ast.Dict):
        return any(isinstance(part, (ast.Constant, ast.JoinedStr)) for part in value.values)
    return isinstance(value, ast.JoinedStr) or (
        isinstance(value, ast.Constant) and bool(value.value is not True and value.value)
    )


def _success_leaves(statement: ast.Try) -> bool:
    """Whether the block leaves the loop when all went well: then going round again is another attempt."""
    return any(
        isinstance(part, (ast.Return, ast.Break))
        for part in handlers.statements([*statement.body, *statement.orelse])
    )


def _shown(text: str) -> str:
    """The clause of a handler without its body."""
    return text.partition(":")[0]
