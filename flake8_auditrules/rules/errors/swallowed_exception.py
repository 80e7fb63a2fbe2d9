"""AUD302: a failure that nobody gets to know of."""

from __future__ import annotations

import ast
from functools import partial

from flake8_auditrules.knowledge import stores
from flake8_auditrules.project.outside import leads_outside
from flake8_auditrules.project.safe_calls import leaves_no_record_to_make, takes_in_all_its_work
from flake8_auditrules.project.told_by_callers import callers_tell, is_answer_dropped
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.expected_failures import (
    answers_a_question,
    goes_another_way,
    has_reason,
    imports,
    is_promised,
    is_telemetry,
    makes_room,
    only_tidies,
    relays,
    scans_folder,
    sets_flag,
    stands_beside_a_failure,
    stands_where_failure_is_an_answer,
    statement_behind,
    success_leaves,
    tells_beforehand,
    tries_conversion,
    tries_one_after_another,
    tries_the_next,
    waits_for_cancelled,
)
from flake8_auditrules.semantics.flow import Raising, Statement, evaluated
from flake8_auditrules.semantics.handlers import Breadth
from flake8_auditrules.semantics.left_out import (
    first_gathering,
    first_left_out,
    first_plugin,
    passed_over_step,
)
from flake8_auditrules.semantics.loggers import library_of, log_calls
from flake8_auditrules.semantics.lost_deeds import (
    answer_to_messages,
    deletion_asked_for,
    first_lost_deed,
    round_of_job,
)
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.open_gates import lets_through
from flake8_auditrules.semantics.overwritten_states import first_overwritten, gives_none_there
from flake8_auditrules.semantics.plain_forms import is_plainly_blind, is_plainly_silent
from flake8_auditrules.semantics.programs import is_benchmark, is_terminal_program, is_test_support
from flake8_auditrules.semantics.routes import is_task
from flake8_auditrules.semantics.safe_blocks import never_fails
from flake8_auditrules.semantics.stand_ins import falls_back, is_stand_in
from flake8_auditrules.semantics.work import (
    asks_program,
    does_work,
    dropped_item,
    first_change,
    first_deed,
    first_loss,
    first_outside,
    first_request,
    first_setting,
    passed_on,
)

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SUPPRESS = "contextlib.suppress"


class SwallowedException(Rule):
    """
    ## What it does
    Finds handlers for `Exception` or `BaseException`, and `suppress(Exception)`, with a way through them on
    which the failure is neither logged, raised again, kept nor handed on (`pass`, `continue`, `return None`),
    around work that somebody misses:

    - work outside of the process: a call of a library that waits for a file, a database, a host or a program, be
      it in the block or in the functions of the project that it calls; the installed plugins, a file that is moved
      or closed to others (`os.chmod(path, 0o600)`). What a program answers counts where the handler gives up;
    - access to a database: a change of what it keeps, or a question where the handler gives up, or goes on with
      an empty answer (`rows = []`);
    - a lasting change: `await chats.update_title(...)`, `client.create_index(...)`, `save_tokens(...)`, a file
      that is written, a task that is sent to a worker (`import_orders.delay(shop)`);
    - a reading by a function that is there for it, named like `get_...` or `load_...`, where the handler makes it
      give nothing;
    - a question to a store or a client that is answered by nothing, or left out of a loop; a reading whose empty
      answer is written back, over what was there;
    - a coroutine that gets or keeps something, a file that is read, a question to a client: the work goes on
      without it;
    - an item that is got for a loop to collect, and that is not among the others in the end;
    - what a function asks elsewhere, or a program that it runs, where the handler makes the function give None, an
      empty text or an empty container;
    - the message to each of many receivers, the deeds that a loop counts, the round of a job that runs for ever,
      the question to a rate limiter, Django's cache, and what functions like `delete_collection` delete elsewhere,
      where the failure is passed over;
    - what a function of the project, or a plugin, gives or does for each item of a loop that goes on to the next,
      a step of an object's own work (`self.index.ingest(event)`), and an empty container in place of what a
      function of the project gathers;
    - a gate that lets through what it could not ask about: `return None` where a function else refuses, `return
      True` in `is_allowed`;
    - a file that reads as empty when it is damaged, and is written anew by the functions that have read it, also
      in command-line programs;
    - the same work where an ordinary value stands in for what it was to give: `limit = 20`, `return DEFAULTS`,
      `config = TriageConfig()`, a document of such values. Words for a failure, sentences and flags tell of one;
    - the work on the messages of a client, in a loop whose end by a disconnect an earlier handler takes.

    ## Why it matters
    Whatever goes wrong in the `try`, a misspelt name included, leaves no trace: the caller gets the answer of
    a success, the log is empty, and the fault is found weeks later by its consequences.

    ## When to silence it
    When any failure there is an ordinary outcome; say so in a comment on the handler, which the rule respects
    (`allow-comment = false` takes that back). Where every request, file and message matters as much as that,
    `any-work = true` reports them too. Narrow classes, caches, telemetry, typing marks and emojis, tidying up,
    command-line programs, looks at installed packages, loops over candidates, helpers whose callers all raise or
    warn where they get nothing, and functions named like `is_...`, `check_...`, `try_...` or `..._or_none` are
    silent as they are, but for a file that `parse_...` or `scan_...` reads, and an item that a loop of these
    leaves out. False tells the caller of a failure, unless one does not look at it.
    """

    code = "AUD302"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    reach = Reach.PROJECT
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
        statement = handlers.try_of(module, node)
        if not any(self._says_nothing(part, node) for part in node.body) and not (
            self._is_certain(node, statement.body)
            or self._returns_what_there_is(node)
            or self._gives_empty_object(node)
        ):
            self.passed(node)
            return
        if (
            self._tells_sometimes(node)
            or self._is_expected(node, statement.body)
            or (goes_another_way(self.module, node, statement) and not falls_back(self.module, node))
            or self._tries_one_after_another(node, statement)
            or makes_room(self.module, statement)
            or tells_beforehand(self.module, node, statement)
            or waits_for_cancelled(self.module, statement.body)
            or self._leaves_untold(node, statement) is False
            or self._is_told_by_callers(node)
            or never_fails(module, statement.body, partial(leaves_no_record_to_make, self.project, module))
            or takes_in_all_its_work(self.project, module, statement.body)
        ):
            self.passed(node)
            return
        if handlers.swallows_cancellation(module, node):
            return
        if self.config.beside_ruff and (is_plainly_silent(node) or is_plainly_blind(module, node)):
            return
        self.report(node, handler=_shown(module.text(node)), work=self._work(node, statement.body))

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
            if (
                isinstance(node.body[-1], ast.Return)
                or tries_the_next(module, node)
                or self._is_expected(node, node.body)
            ):
                # What stands behind a block that returns is the answer to a failure, or the next that is tried.
                self.passed(node)
            else:
                self.report(node, handler=module.text(call), work=self._work(node, node.body))

    def _work(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt]) -> str:
        """The call that the block is about: the first one that is missed when it fails."""
        # What stands in a `try` of its own may be dealt with there.
        here = [statement for statement in body if not isinstance(statement, ast.Try)]
        loss = (
            first_loss(self.module, here, answers=True)
            or first_loss(self.module, body, answers=True)
            or first_change(self.module, body)
            or first_plugin(self.module, node, body)
            or first_left_out(self.module, node, body)
            or first_gathering(self.module, node, body)
            or first_deed(self.module, body)
            or dropped_item(self.module, body)
            or first_setting(self.module, body)
            or first_request(self.module, body)
            or passed_on(body)
            or first_lost_deed(self.module, node, body)
            or self._work_outside(node, body)
            or answer_to_messages(self.module, node, body)
        )
        if loss is not None and self._is_dealt_with(loss, body):
            loss = self._work_outside(node, body) or loss
        return self.module.text(body[0]) if loss is None else self.module.call_text(loss)

    def _is_dealt_with(self, call: ast.Call, body: list[ast.stmt]) -> bool:
        """Whether a call of a block stands in a `try` of its own that takes every failure."""
        for ancestor in self.module.ancestors(call):
            if ancestor in body and not isinstance(ancestor, ast.Try):
                return False
            if isinstance(ancestor, ast.Try) and any(
                handlers.is_broad(self.module, one) for one in ancestor.handlers
            ):
                return True
            if ancestor in body:
                return False
        return False

    def _tries_one_after_another(self, handler: ast.ExceptHandler, statement: ast.Try) -> bool:
        """Whether a loop looks for what works; a job that runs for ever looks for nothing."""
        return tries_one_after_another(self.module, handler, statement) and (
            round_of_job(self.module, statement) is None
        )

    def _tells_sometimes(self, handler: ast.ExceptHandler) -> bool:
        """Whether the handler logs, or uses the exception, under a condition: when it tells is decided there."""
        records = log_calls(self.module)
        return bool(handlers.mentions(handler)) or any(
            isinstance(part, ast.Call) and part in records for part in handlers.parts_of(self.module, handler)
        )

    def _is_told_by_callers(self, handler: ast.ExceptHandler) -> bool:
        """Whether the handler gives the callers of a helper an answer for which they all raise or warn."""
        function = self.module.function_of(handler)
        return (
            len(handler.body) == 1
            and isinstance(handler.body[0], ast.Return)
            and isinstance(function, _FUNCTIONS)
            and function.name.startswith("_")
            and not self._is_certain(handler, handlers.try_of(self.module, handler).body)
            and callers_tell(self.project, self.module, function)
        )

    # -- what is left alone ----------------------------------------------------------------------------

    def _is_expected(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt]) -> bool:
        if self._is_certain(node, body):
            return (
                is_telemetry(self.module, node, body)
                or is_promised(self.module, node)
                or bool(self.option("allow-comment") and has_reason(self.module, node))
            )
        return (
            is_terminal_program(self.module)
            or is_test_support(self.module)
            or is_benchmark(self.module)
            or (only_tidies(self.module, body) and deletion_asked_for(self.module, node, body) is None)
            or handlers.only_converts(body)
            or not self._is_missed(node, body)
            or tries_conversion(body)
            or (relays(body) and self._answer_to_messages(node, body) is None)
            or (
                imports(self.module, body)
                and not self._loses_beside(body)
                and first_plugin(self.module, node, body) is None
            )
            or scans_folder(self.module, node, body)
            or stands_where_failure_is_an_answer(self.module, node, body)
            or is_telemetry(self.module, node, body)
            or stands_beside_a_failure(self.module, node)
            or is_promised(self.module, node)
            or sets_flag(self.module, node)
            or answers_a_question(self.module, node, body)
            or bool(self.option("allow-comment") and has_reason(self.module, node))
        )

    def _is_certain(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt]) -> bool:
        """Whether what a failure does is plain, whatever names there are: a gate opens, a file is overwritten."""
        return isinstance(node, ast.ExceptHandler) and (
            lets_through(self.module, node) or first_overwritten(self.module, node, body) is not None
        )

    def _loses_beside(self, body: list[ast.stmt]) -> bool:
        """Whether a block that imports something changes a database, or something lasting, as well."""
        return first_loss(self.module, body, answers=True) is not None or (
            first_change(self.module, body) is not None
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
            return self._answers_nobody(node) and self._work_outside(node, body) is not None
        if first_change(module, body) is not None:
            return True
        if "cache" in module.name:
            return False
        return (
            self._deed(node, body) is not None
            or self._answer_for_nothing(node, body) is not None
            or passed_on(body) is not None
            or first_lost_deed(module, node, body) is not None
            or first_plugin(module, node, body) is not None
            or first_left_out(module, node, body) is not None
            or passed_over_step(module, node, body) is not None
            or first_gathering(module, node, body) is not None
            or self._answer_to_messages(node, body) is not None
            or self._work_outside(node, body) is not None
        )

    def _answer_to_messages(
        self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt]
    ) -> ast.Call | None:
        """The call by which a loop deals with a client's messages, if it does not see to its failures itself."""
        call = answer_to_messages(self.module, node, body)
        return None if call is None or leaves_no_record_to_make(self.project, self.module, call) else call

    def _work_outside(
        self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt]
    ) -> ast.Call | None:
        """The call of a block whose work lies outside of the process, directly or in functions of the project."""
        if isinstance(node, ast.ExceptHandler) and self._gives_up(node) and self._is_last_way(node):
            return None
        if any(isinstance(part, ast.Raise) for part in handlers.statements(body)):
            # It goes to its own handler by what it raises.
            return None
        call = first_outside(self.module, body, lambda one: leads_outside(self.project, self.module, one))
        if call is None or self._is_for_show(node, body, call):
            return None
        if leaves_no_record_to_make(self.project, self.module, call):
            # Its function takes in what it waits for; what remains is the way there.
            return None
        # What a program says on the way is one more thing to know: that it is not there is as ordinary.
        return None if asks_program(self.module, call) and not self._gives_up(node) else call

    def _answer_for_nothing(
        self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt]
    ) -> ast.Call | None:
        """
        The call that gets what the function is asked for, where the handler makes the function give nothing.

        `return None` reads as "there is none"; False is told apart, and a name or a figure may not be known.
        """
        if not isinstance(node, ast.ExceptHandler) or not self._returns_nothing(node) or self._is_last_way(node):
            return None
        around = [part.name for part in self.module.ancestors(node) if isinstance(part, _FUNCTIONS)]
        if any(stores.FIGURES.search(name) or stores.SLIGHT.search(name) for name in around):
            return None
        call = first_request(self.module, body)
        return None if call is None or leaves_no_record_to_make(self.project, self.module, call) else call

    def _is_last_way(self, node: ast.ExceptHandler) -> bool:
        """Whether the `try` stands right behind another one that is passed over: one of several ways."""
        statement = handlers.try_of(self.module, node)
        block: list[ast.stmt] = getattr(self.module.parent(statement), "body", [])
        before = block[block.index(statement) - 1] if statement in block[1:] else None
        return isinstance(before, ast.Try) and all(
            isinstance(part, ast.Pass) for handler in before.handlers for part in handler.body
        )

    def _returns_what_there_is(self, node: ast.ExceptHandler) -> bool:
        """Whether all that the handler does is to return what was empty before the `try`: `return found`."""
        function = self.module.function_of(node)
        if len(node.body) != 1 or not isinstance(node.body[0], ast.Return) or not isinstance(function, _FUNCTIONS):
            return False
        value = node.body[0].value
        parts = value.elts if isinstance(value, ast.Tuple) else [value]
        emptied = self._emptied_before(function, handlers.try_of(self.module, node).lineno)
        return all(isinstance(part, ast.Name) and part.id != node.name and part.id in emptied for part in parts)

    def _gives_empty_object(self, node: ast.ExceptHandler) -> bool:
        """Whether all that the handler gives is an empty object of the class that the function gives: `Tags()`."""
        answer = node.body[0].value if isinstance(node.body[0], ast.Return) else None
        function = self.module.function_of(node)
        return (
            isinstance(answer, ast.Call)
            and not answer.args
            and not answer.keywords
            and isinstance(function, _FUNCTIONS)
            and function.returns is not None
            and last_name(answer) == last_name(function.returns)
            and gives_none_there(self.module, node)
        )

    def _returns_nothing(self, node: ast.ExceptHandler) -> bool:
        """Whether the handler, or what stands next behind the `try`, returns None, "" or an empty container."""
        if len(node.body) != 1:
            return False
        statement = handlers.try_of(self.module, node)
        last: ast.stmt | None = node.body[0]
        if isinstance(last, ast.Pass):
            last = statement_behind(self.module, statement)
        function = self.module.function_of(node)
        if not isinstance(last, ast.Return):
            return False
        if isinstance(last.value, ast.Name) and isinstance(function, _FUNCTIONS):
            # `found = []` before, and `return found` behind.
            return last.value.id in self._emptied_before(function, statement.lineno)
        if not handlers.is_empty_value(last.value):
            return False
        return (
            isinstance(function, _FUNCTIONS)
            and any(
                isinstance(part, ast.Return) and not handlers.is_empty_value(part.value)
                for part in self.module.own_nodes(function)
            )
            and not (isinstance(last.value, ast.Constant) and last.value.value in (False, 0))
        )

    def _deed(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt]) -> ast.Call | None:
        """The call of a block that gets or does something elsewhere, or drops an item that it was to collect."""
        module = self.module
        call = dropped_item(module, body) if self._drops_item(node) else first_setting(module, body)
        return None if call is None or stores.FIGURES.search(last_name(call)) else call

    def _is_for_show(
        self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt], call: ast.Call
    ) -> bool:
        """Whether a call, a function around it or what is made of it is called like a name or a figure."""
        named = [last_name(call), *_names_given(self.module.statement(call))]
        named += [
            part.attr
            for statement in handlers.statements(body)
            if isinstance(statement, ast.Assign)
            for part in statement.targets
            if isinstance(part, ast.Attribute)
        ]
        named += [part.name for part in self.module.ancestors(node) if isinstance(part, _FUNCTIONS)]
        return any(stores.FIGURES.search(name) or stores.SLIGHT.search(name) for name in named)

    def _drops_item(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith) -> bool:
        """Whether the handler goes on to the next round of a loop over items."""
        if not isinstance(node, ast.ExceptHandler) or len(node.body) != 1:
            return False
        statement = handlers.try_of(self.module, node)
        loop = self.module.loop_of(statement)
        return (
            isinstance(loop, (ast.For, ast.AsyncFor))
            and isinstance(node.body[0], (ast.Pass, ast.Continue))
            and statement in loop.body
        )

    def _emptied(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith, body: list[ast.stmt]) -> frozenset[str]:
        """The names that the block gives a value, and that are empty where it fails: `rows = []`."""
        if not isinstance(node, ast.ExceptHandler):
            return frozenset()
        given = {name for part in handlers.statements(body) for name in _names_given(part)}
        if not given:
            return frozenset()
        if all(isinstance(part, ast.Pass) for part in node.body):
            function = self.module.function_of(node)
            if not isinstance(function, _FUNCTIONS):
                return frozenset()
            line = handlers.try_of(self.module, node).lineno
            return self._emptied_before(function, line).intersection(given)
        if not all(_names_emptied(part) or is_stand_in(self.module, node, part) for part in node.body):
            return frozenset()
        return frozenset(name for part in node.body for name in _names_given(part)).intersection(given)

    def _emptied_before(self, function: ast.FunctionDef | ast.AsyncFunctionDef, line: int) -> frozenset[str]:
        """The names that a function leaves empty before a line."""
        return frozenset(
            name
            for part in self.module.own_nodes(function)
            if getattr(part, "lineno", line) < line
            for name in _names_emptied(part)
        )

    def _answers_no(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith) -> bool:
        """Whether the handler, or what stands next behind it, answers False: the caller is told that it failed."""
        if not isinstance(node, ast.ExceptHandler):
            return False
        answers = (node.body[-1], statement_behind(self.module, handlers.try_of(self.module, node)))
        return any(
            isinstance(answer, ast.Return)
            and isinstance(answer.value, ast.Constant)
            and answer.value.value is False
            for answer in answers
        )

    def _answers_nobody(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith) -> bool:
        """Whether a caller of the function does not look at its answer, so that False tells nobody."""
        function = self.module.function_of(node)
        return isinstance(function, _FUNCTIONS) and is_answer_dropped(self.project, self.module, function)

    def _gives_up(self, node: ast.ExceptHandler | ast.With | ast.AsyncWith) -> bool:
        """Whether the handler leaves the function or the round of a loop, so that nothing is done instead."""
        if not isinstance(node, ast.ExceptHandler):
            return False
        following = statement_behind(self.module, handlers.try_of(self.module, node))
        return (
            isinstance(node.body[-1], (ast.Return, ast.Continue, ast.Break))
            or (isinstance(following, ast.Return) and handlers.is_empty_value(following.value))
            or falls_back(self.module, node)
        )

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
        if (len(handler.body) == 1 and isinstance(handler.body[0], ast.Return)) or falls_back(module, handler):
            return True
        inside = {id(part) for part in handlers.statements(handler.body)}
        # An answer to which a success comes as well tells of no failure.
        answers = any(isinstance(part, ast.Return) for part in handlers.statements(statement.body))
        tries_again = module.loop_of(statement) is not None and success_leaves(statement)

        def tells(reached: Statement) -> bool:
            if id(reached) in inside:
                return (
                    isinstance(reached, ast.Raise)
                    or not self._says_nothing(reached, handler)
                    or (isinstance(reached, ast.If) and self._logs_where_it_can(reached))
                )
            if reached is statement:
                return tries_again
            return isinstance(reached, ast.Raise) or self._warns(reached) or (answers and _answers(reached))

        def tells_before_it(reached: Statement) -> bool:
            return reached is not statement and tells(reached)

        flow = module.flow_of(handler)
        if not tries_again and flow.reachable(
            handler, lambda reached: reached is statement, tells_before_it, raising=Raising.EXPLICIT
        ):
            return True
        return flow.leaves_without(handler, tells, raising=Raising.EXPLICIT) is not None

    def _says_nothing(self, statement: Statement, handler: ast.ExceptHandler) -> bool:
        """Whether a statement of the handler leaves the failure unknown, or empties what the block was to set."""
        if handlers.says_nothing(statement, handler.name) or is_stand_in(self.module, handler, statement):
            return True
        if not isinstance(statement, ast.Assign) or not handlers.is_empty_container(statement.value):
            return False
        block = handlers.try_of(self.module, handler).body
        given = {
            self.module.text(target)
            for part in handlers.statements(block)
            if isinstance(part, ast.Assign)
            for target in part.targets
            if isinstance(target, ast.Attribute)
        }
        return all(self.module.text(target) in given for target in statement.targets)

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


def _names_given(statement: ast.stmt) -> list[str]:
    """The plain names that an assignment gives a value."""
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    else:
        return []
    return [
        part.id
        for target in targets
        for part in ast.walk(target)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    ]


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


def _shown(text: str) -> str:
    """The clause of a handler without its body."""
    return text.partition(":")[0]
