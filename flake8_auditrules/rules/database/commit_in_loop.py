"""AUD404: a commit for each item of the input."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.committed_rows import commits_what_it_adds
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.origins import Origin, origins
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.queries import last_assigned
from flake8_auditrules.semantics.sessions import Session
from flake8_auditrules.semantics.text_inserts import is_insert

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRY: tuple[type[ast.AST], ...] = tuple(
    kind for kind in (ast.Try, getattr(ast, "TryStar", None)) if kind is not None
)
_BATCH = pattern(r"batch|chunk|page|part|group|bucket|slice|queue|job|task|message|event", re.IGNORECASE)
_CONNECTION_NAME = pattern(r"(?:\w+\.)*_?(?:\w+_)?(?:conn|connection|con|cnx|db)")
# What is taken up again where it ended, each turn for itself.
_RESUMED = pattern(r"purge|clean_?up|prune|expire|reap|migrat(?:e|ion)", re.IGNORECASE)
# Functions that store what they are given, by their names.
_STORING = pattern(
    r"_*(?:add|adjust|append|apply|assign|attach|change|create|delete|insert|link|log|make|new|persist|put|record"
    r"|register|remove|save|set|store|update|write)(?:_|$)"
)
# What gives the pieces of a text.
_TAKING_APART = pattern(r"split|chunk|parse|lines|tokenize")
_PENDING = frozenset({"add", "add_all", "merge", "delete"})


class CommitInLoop(Rule):
    """
    ## What it does
    Finds loops over what a function is given that add each item to a SQLAlchemy session and commit at once,
    themselves or through a function of the project that is given the session; also those that send an INSERT on a
    connection of a driver for each item. Rows that were loaded before are no input.

    ## Why it matters
    When an item in the middle fails, the items before it are written for good and those after it are not.
    The caller sees one error and cannot tell what is stored; trying again writes the first half twice. Each
    commit also waits for the disk of the database.

    ## When to silence it
    When each item is meant to stand by itself and the caller can repeat the call without harm.
    """

    code = "AUD404"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    message = (
        "`{call}` runs for each of `{items}`, so a failure leaves some of them written; commit after the loop"
    )
    examined = "commits in loops belong to one item each"
    reach = Reach.CALLEES

    bad = (
        """
        from sqlalchemy.orm import Session

        def save_all(session: Session, rows):
            for row in rows:
                session.add(row)
                session.commit()  # AUD404
        """,
    )
    good = (
        """
        from sqlalchemy.orm import Session

        def save_all(session: Session, rows):
            for row in rows:
                session.add(row)
            session.commit()
        """,
        """
        from sqlalchemy.orm import Session

        def save_all(session: Session, rows):
            for number, row in enumerate(rows, start=1):
                session.add(row)
                if number % 1000 == 0:
                    session.commit()
            session.commit()
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the commits that stand in loops themselves, and calls in loops that commit."""
        module = self.module
        commits = "commit" in module.calls_by_name()
        storing = frozenset(filter(_STORING.match, module.calls_by_name()))
        if not commits and not storing:
            return
        loops: list[ast.For | ast.AsyncFor] = [*module.nodes(ast.For), *module.nodes(ast.AsyncFor)]
        for loop in loops:
            found = self._commit_of_each(loop) if commits else None
            if found is None:
                self._look_at_helpers(loop, storing)
            else:
                self._look(loop, *found)
        for made in module.nodes(ast.ListComp) if storing else ():
            value = made.elt.value if isinstance(made.elt, ast.Await) else made.elt
            if isinstance(value, ast.Call) and last_name(value) in storing and len(made.generators) == 1:
                self._look_at_call(made.generators[0], value)

    def _look(self, loop: ast.For | ast.AsyncFor, commit: ast.Call, session: Session) -> None:
        """Report the commit of a loop's own block."""
        if not self._may_be_input(loop):
            return
        given = Origin.PARAMETER in origins(self.module, loop.iter)
        if not given or self._is_loaded(loop.iter) or self._is_a_unit_each(loop, session):
            self.passed(commit)
            return
        self.report(commit, call=self.module.call_text(commit), items=self.module.text(loop.iter, 40))

    def _may_be_input(self, loop: ast.For | ast.AsyncFor | ast.comprehension) -> bool:
        """Whether a loop is a function's over what it may be given, and no queue or batch by its names."""
        function = self.module.function_of(loop.iter)
        if not isinstance(function, _FUNCTIONS) or self.module.is_test or is_command_line(self.module):
            return False
        if _RESUMED.search(function.name):
            return False
        return _BATCH.search(f"{self.module.text(loop.target)} {self.module.text(loop.iter)}") is None

    def _look_at_helpers(self, loop: ast.For | ast.AsyncFor, names: frozenset[str]) -> None:
        """Report the function of the project that commits for each item of the input."""
        for statement in loop.body:
            value = statement.value if isinstance(statement, (ast.Expr, ast.Assign)) else None
            call = value.value if isinstance(value, ast.Await) else value
            if not isinstance(call, ast.Call) or last_name(call) not in names:
                continue
            if not self._is_a_unit_each(loop, None) and self._look_at_call(loop, call):
                return

    def _look_at_call(self, loop: ast.For | ast.AsyncFor | ast.comprehension, call: ast.Call) -> bool:
        """Report a call that is given an item of the input and commits; whether it is one."""
        items = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
        if not any(mentions(argument, items) for argument in (*call.args, *(one.value for one in call.keywords))):
            return False
        if not self._may_be_input(loop) or not self._is_made_of_input(loop.iter):
            return False
        if self._is_loaded(loop.iter) or not commits_what_it_adds(self.project, self.module, call):
            return False
        name = f"{self.module.call_text(call)}` with its `commit()"
        self.report(call, call=name, items=self.module.text(loop.iter, 40))
        return True

    def _is_made_of_input(self, items: ast.expr) -> bool:
        """Whether items are what a function may be given, or the pieces of it: `chunk_text(text)`."""
        if Origin.PARAMETER in origins(self.module, items):
            return True
        values = [items]
        if isinstance(items, ast.Name):
            values = [value for _, value in last_assigned(self.module, items)]
        for value in values:
            if isinstance(value, ast.Call) and _TAKING_APART.search(last_name(value)):
                holder = value.func.value if isinstance(value.func, ast.Attribute) else value.func
                if any(Origin.PARAMETER in origins(self.module, one) for one in (holder, *value.args)):
                    return True
        return False

    def _commit_of_each(self, loop: ast.For | ast.AsyncFor) -> tuple[ast.Call, Session] | None:
        """
        The commit that every turn comes to, as a statement of the loop's own block.

        In a loop that raises for one of the items, the commit of a branch counts as well: what was before stays.
        """
        block = list(loop.body)
        if any(isinstance(part, ast.Raise) for part in own_parts(loop.body)):
            for part in loop.body:
                if isinstance(part, ast.If) and not _counts(part.test):
                    block += [*part.body, *part.orelse]
        for statement in block:
            if isinstance(statement, ast.Expr):
                value = statement.value.value if isinstance(statement.value, ast.Await) else statement.value
                if (
                    isinstance(value, ast.Call)
                    and isinstance(value.func, ast.Attribute)
                    and value.func.attr == "commit"
                ):
                    session = sessions.session_of(self.module, value.func.value)
                    session = session or self._connection_of(value.func.value)
                    if session is not None:
                        return value, session
        return None

    def _is_loaded(self, items: ast.expr) -> bool:
        """Whether a loop goes through rows: what a query, or a function that is given the session, gives."""
        if sessions.comes_from_database(self.module, items):
            return True
        values = [items]
        if isinstance(items, ast.Name):
            values = [one.value for one in self.module.bindings(items) if one.value is not None]
        for value in values:
            call = value.value if isinstance(value, ast.Await) else value
            given = [*call.args, *(one.value for one in call.keywords)] if isinstance(call, ast.Call) else []
            if any(sessions.session_of(self.module, one) is not None for one in given):
                return True
        return False

    def _is_addition(self, call: ast.Call, method: ast.Attribute, session: Session | None) -> bool:
        """Whether a call adds a row to a session, or sends an INSERT."""
        if method.attr in _PENDING:
            return sessions.session_of(self.module, method.value) == session
        return method.attr == "execute" and session is not None and is_insert(self.module, call)

    def _connection_of(self, expression: ast.expr) -> Session | None:
        """The connection of a driver that an expression is named like, in a module that imports one."""
        text = dotted(expression)
        if text is None or not self.module.imports(*database.DRIVERS):
            return None
        if _CONNECTION_NAME.fullmatch(text.lower()) is None:
            return None
        owner = self.module.scope_of(expression).owner(text.partition(".")[0])
        return Session(text, owner.node if owner is not None else None)

    def _is_a_unit_each(self, loop: ast.For | ast.AsyncFor, session: Session | None) -> bool:
        """
        Whether the loop makes a session, handles failures or leaves within a turn, or adds nothing itself.

        Without a session, what adds is a function that the loop calls.
        """
        adds = session is None
        for part in own_parts(loop.body):
            if isinstance(part, (*_TRY, ast.Yield, ast.Return, ast.Break, ast.With, ast.AsyncWith)):
                return True
            if session is not None and isinstance(part, ast.stmt) and sessions.rebinds(part, session):
                return True
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
                if self._is_addition(part, part.func, session):
                    adds = True
                elif part.func.attr in ("sleep", "rollback", "set_status"):
                    return True
            elif isinstance(part, ast.Attribute) and not isinstance(part.ctx, ast.Load):
                if part.attr in ("status", "state", "processed", "processed_at", "done"):
                    return True
        return not adds


def _counts(test: ast.expr) -> bool:
    """Whether a condition counts how much there is: `number % 100 == 0`, `len(batch) > 10`, `size >= limit`."""
    return any(
        isinstance(part, (ast.Mod, ast.Lt, ast.LtE, ast.Gt, ast.GtE))
        or (isinstance(part, ast.Call) and last_name(part) == "len")
        for part in ast.walk(test)
    )
