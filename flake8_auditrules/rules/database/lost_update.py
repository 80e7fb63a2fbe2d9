"""AUD416: a number of a row read, changed in Python and written back."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.session_changes import counts_versions, loading_by_state, loads_row, session_changes
from flake8_auditrules.project.state_setters import state_set
from flake8_auditrules.project.uncalled import is_out_of_reach
from flake8_auditrules.project.undisturbed import is_locked_by_callers, is_undisturbed
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.django_changes import django_changes
from flake8_auditrules.semantics.document_updates import UPDATING, document_change
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.queries import last_assigned
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.row_changes import ChangeKind, RowChange
from flake8_auditrules.semantics.row_checks import tests_before
from flake8_auditrules.semantics.row_guards import is_guarded, is_of_service
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.tested_states import (
    asks_for_what_is_set,
    is_one_state,
    matters_twice,
    says_time_is_over,
    tells_state,
)
from flake8_auditrules.semantics.text_updates import unguarded_update

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Functions that set a state, by their names.
_SET = pattern(
    "status|state|phase|stage|mark|revoke|consume|redeem|use|accept|approve|reject|decline|deny|cancel|complete|confirm"
    "|close|finish|activate|publish|archive|resolve|claim|submit|refund|invalidate|rotate|start|stop"
)
_SETTING = pattern(
    r"_*(?:(?:update|set|change|mark|transition)_(?:\w+_)?(?:status|state|phase|stage)"
    r"|(?:mark|revoke|consume|redeem|use|accept|approve|reject|decline|deny|cancel|complete|confirm|close|finish"
    r"|(?:de)?activate|(?:un)?publish|archive|resolve|claim|submit|refund|invalidate|rotate|start|stop)(?:_\w+)?)"
)
_COUNTER = "loses updates of others since the row was read"
# What mends a change of rows of SQLAlchemy's, and of Django's.
_OF_SESSIONS = {
    ChangeKind.COUNTER: "with_for_update()` or `UPDATE ... SET n = n + 1",
    ChangeKind.TEXT: "with_for_update()",
    ChangeKind.DOCUMENT: "with_for_update()",
    ChangeKind.STATE: "with_for_update()` or `UPDATE ... WHERE status = ...",
}
_OF_DOCUMENTS = {
    ChangeKind.COUNTER: "$inc",
    ChangeKind.STATE: 'update_one({..., "status": ...}, ...)',
}
_OF_DJANGO = {
    ChangeKind.COUNTER: 'F("n") + 1` in `update()',
    ChangeKind.DOCUMENT: "select_for_update()",
    ChangeKind.STATE: "select_for_update()` or `filter(status=...).update(...)",
}


class LostUpdate(Rule):
    """
    ## What it does
    Finds `row.count += 1` and `row.count = row.count + 1` on a row that was loaded by a SQLAlchemy session without
    `with_for_update()` and is committed by the same function, and texts that are added to one so (`row.log +=
    f"{line}\\n"`); or a number of a row that was loaded by a manager of Django's, or as a view's
    `self.get_object()`, or that such a row or the `instance` of a signal refers to (`item.product.stock -= 1`),
    without `select_for_update()` and is saved there, that is given to `update(hits=row.hits + 1)`, or that a
    method of the model changes and saves (`self.likes += 1`). Finds states as well that are tested, set and
    committed so: `if row.status != "open": raise ...`, then `row.status = "paid"`, or a call of a function of the
    project that sets it (`mark_paid(session, row)`); a query that asks for the state is a test as well, and so is
    one that looks up whether the old state may become the new one (`new not in MOVES[row.status]`). A token that
    is tested and revoked counts where another one is made in its place. In Django, functions that refuse other
    states, and actions of the admin, count beside views. Lists and dicts of a row count that a route changes in
    place and marks with `flag_modified`, or that a route, or a view of Django's, merges with others and writes
    back. In routes and services SQL texts count as well: an UPDATE of a state that a SELECT has read for a test,
    or of a number that it has read, which does not ask for the old value in its WHERE, an UPDATE that is given a
    number worked out of the row (`values(stock=item.stock - 1)`), and updates of MongoDB that set what was worked
    out of a document (`{"$set": {"stock": item["stock"] - 1}}`), or a state that was tested in it. Counters of
    rows that another method of the same class claims under a lock are left alone.

    ## Why it matters
    Two requests read 5, both add 1, both write 6. One purchase, vote or withdrawal is lost, without an error;
    only an increment in the database, or a lock from reading to writing, keeps both. Two requests that both
    find a voucher unused both accept it.

    ## When to silence it
    When only one process and one thread ever writes the row.
    """

    code = "AUD416"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{change}` {fact}; use `{cure}`"
    examined = "counters of rows are changed under a guard"
    reach = Reach.PROJECT

    bad = (
        """
        from sqlalchemy.orm import Session

        def like(session: Session, Post, identifier):
            post = session.get(Post, identifier)
            post.likes += 1  # AUD416
            session.commit()
        """,
    )
    good = (
        """
        from sqlalchemy.orm import Session

        def like(session: Session, Post, identifier):
            post = session.get(Post, identifier)
            post.likes = Post.likes + 1
            session.commit()
        """,
        """
        from sqlalchemy.orm import Session

        def like(session: Session, Post, identifier):
            post = session.get(Post, identifier, with_for_update=True)
            post.likes += 1
            session.commit()
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report numbers and states of rows that a function has read, and writes back."""
        module = self.module
        if module.is_test or is_command_line(module):
            return
        for name, calls in module.calls_named_like(_SET):
            for call in calls if _SETTING.fullmatch(name) else ():
                self._look_at_setter(call)
        if not sessions.is_migration(module):
            self._look_at_texts()
        for update in module.calls_named(*UPDATING):
            self._look_at_document(update)
        if sessions.uses(module):
            for change in session_changes(self.project, module):
                self._tell(change, _OF_SESSIONS[change.kind])
        elif _is_of_django(module):
            for change in django_changes(module):
                self._tell(change, _OF_DJANGO[change.kind])

    def _tell(self, change: RowChange, cure: str) -> None:
        place = change.place
        if change.is_guarded or self._is_kept_apart(place, place):
            self.passed(place)
            return
        text = self.module.call_text(place) if isinstance(place, ast.Call) else self.module.text(place)
        self.report(place, change=text, fact=_fact(change.line), cure=cure)

    def _look_at_document(self, update: ast.Call) -> None:
        """Report an update of MongoDB that writes what was read before, in what serves others."""
        function = self.module.function_of(update)
        change = document_change(self.module, update) if isinstance(function, _FUNCTIONS) else None
        if change is None or not isinstance(function, _FUNCTIONS) or not self._may_meet_others(function, update):
            return
        if is_guarded(self.module, function):
            self.passed(update)
            return
        self._tell(change, _OF_DOCUMENTS[change.kind])

    def _look_at_texts(self) -> None:
        """Report UPDATE statements of a state, or a number, that a row was read for before."""
        module = self.module
        for call in module.calls_named("execute", "exec_driver_sql", "execute_query"):
            function = module.function_of(call)
            if not isinstance(function, _FUNCTIONS) or not self._may_meet_others(function, call):
                continue
            found = unguarded_update(module, function, call)
            if found is None:
                continue
            if is_guarded(module, function) or (found.for_sqlite and not is_route(module, function)):
                self.passed(call)
                continue
            fact = _fact(0 if found.is_number else found.line)
            old = f"SET {found.column} = {found.column} + 1" if found.is_number else f"WHERE {found.column} = ..."
            self.report(call, change=module.call_text(call), fact=fact, cure=f"UPDATE ... {old}")

    def _may_meet_others(self, function: FunctionNode, call: ast.Call) -> bool:
        """Whether others may run a route, or a service's method, between two statements of it."""
        if isinstance(function, ast.AsyncFunctionDef) and not self.module.awaited(call):
            # Nothing else runs on the loop meanwhile.
            return False
        return is_route(self.module, function) or is_of_service(self.module, function)

    def _look_at_setter(self, call: ast.Call) -> None:
        """Report a call of a function that sets a state which a route, or a service, has tested before."""
        module = self.module
        function = module.function_of(call)
        if not isinstance(function, _FUNCTIONS):
            return
        if not is_route(module, function) and not is_of_service(module, function):
            return
        rows = [part for given in _given(call) for part in ast.walk(given) if isinstance(part, ast.Name)]
        tested = self._state_tested(call, {row.id for row in rows})
        asking = any(
            isinstance(value, (ast.Await, ast.Call)) for row in rows for _, value in last_assigned(module, row)
        )
        found = state_set(self.project, module, call) if tested is not None or asking else None
        if found is None or not matters_twice(module, call, found.attribute):
            return
        if tested is not None and found.attribute != tested.attr:
            return
        if tested is not None and asks_for_what_is_set(module, tested, found.value):
            return
        line = tested.lineno if tested is not None else self._asked_by_loading(rows, found.attribute)
        if not line:
            return
        if says_time_is_over(found.value):
            return
        if database.STATES.fullmatch(found.attribute) and not is_one_state(found.value):
            return
        if is_guarded(module, function) or counts_versions(module) or self._is_kept_apart(tested or call, call):
            self.passed(call)
            return
        self.report(call, change=module.call_text(call), fact=_fact(line), cure=_OF_SESSIONS[ChangeKind.STATE])

    def _is_kept_apart(self, asked: ast.AST, change: ast.stmt | ast.Call) -> bool:
        """Whether nothing can come between the reading of a row and its change, or nothing comes to either."""
        function = self.module.function_of(change)
        return isinstance(function, _FUNCTIONS) and (
            is_undisturbed(self.project, self.module, function, _row_of(asked), change)
            or is_locked_by_callers(self.project, self.module, function)
            or is_out_of_reach(self.project, self.module, function)
        )

    def _asked_by_loading(self, rows: list[ast.Name], state: str) -> int:
        """The line on which one of these rows was loaded because of its state; 0 for none."""
        for row in rows:
            loading = loading_by_state(self.project, self.module, row, state)
            if loading is not None and loads_row(self.project, self.module, row):
                return loading.lineno
        return 0

    def _state_tested(self, call: ast.Call, names: set[str]) -> ast.Attribute | None:
        """The state of a loaded row that a test before a call reads, where both are about the same row."""
        for test, _ in tests_before(self.module, call):
            for part in ast.walk(test):
                if not isinstance(part, ast.Attribute) or not isinstance(part.value, ast.Name):
                    continue
                if not tells_state(part.attr) or not loads_row(self.project, self.module, part.value):
                    continue
                loaded_by = {
                    name.id
                    for _, value in last_assigned(self.module, part.value)
                    for one in ast.walk(value)
                    if isinstance(one, ast.Call)
                    for given in _given(one)
                    for name in ast.walk(given)
                    if isinstance(name, ast.Name) and not sessions.is_named_like_one(name)
                }
                if part.value.id in names or not names.isdisjoint(loaded_by):
                    return part
        return None


def _row_of(change: ast.AST) -> ast.AST:
    """What a change begins with: the row whose column is set."""
    target: ast.AST | None = (
        change.targets[0] if isinstance(change, ast.Assign) else getattr(change, "target", None)
    )
    return target.value if isinstance(target, ast.Attribute) else change


def _fact(line: int) -> str:
    return f"overwrites what others set since line {line} tested it" if line else _COUNTER


def _given(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _is_of_django(module: Module) -> bool:
    """Whether a module works with Django's models, and is no migration."""
    works = module.imports("django", "rest_framework") or bool(module.attributes_named("objects"))
    return works and not sessions.is_migration(module)
