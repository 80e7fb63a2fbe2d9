"""AUD416: a number of a row read, changed in Python and written back."""

from __future__ import annotations

import ast
from typing import TypeGuard

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.row_sources import gives_loaded_row
from flake8_auditrules.project.state_setters import state_set
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.django_rows import LOCKING, is_loaded_row, is_of_user, locks_rows
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, reads_as_class
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.queries import last_assigned, names_model, queried_model, statement_parts
from flake8_auditrules.semantics.routes import is_route, is_task
from flake8_auditrules.semantics.row_checks import tests_before
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.text_updates import unguarded_update

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOCKING = frozenset({"with_for_update", "with_lockmode"})
_NUMBER = pattern(
    r"(?:.*_)?(?:count|counter|total|balance|credits?|quota|stock|quantity|points|score|views|likes|downloads|used|"
    r"usage|amount|remaining|spent|spend|seats|tokens|hits|votes|clicks|plays|funds|cost|costs|price|bytes|size|sum|"
    r"number|num|attempts|retries|failures|minutes|seconds|requests|calls)(?:_.*)?"
)
_NUMBERS = frozenset({"builtins.int", "builtins.float", "decimal.Decimal"})
_CONVERTING = frozenset({"Decimal", "abs", "float", "int", "len", "round", "sum"})
# Functions that set a state, by their names.
_SET = pattern("status|state|phase|stage")
_SETTING = pattern(r"_*(?:update|set|change|mark|transition)_(?:\w+_)?(?:status|state|phase|stage)")
_SERVING = pattern(r"(?:Dao|DAO|Manager|Registry|Repo|Repository|Service|Store)$")
_AT_WORK = pattern(r"Collect|Crawl|Ingest|Job|Monitor|Poll|Reconcil|Schedul|Sync|Task|Work")
_WORKING = pattern(r"job|task|worker|attempt|sweep|reap|expire|timeout|recover|sync")
# What only the worker that has taken a job counts.
_REPEATING = pattern(r"retr(?:y|ies)|tries|resubmi|progress|done")
# Functions that take rows for the one who works on them.
_CLAIMING = pattern(r"claim|acquire|lease|lock|pick|reserve|dequeue|take|pop|next")
# A lease is a lock that the database keeps.
_GUARDING = pattern(r"lock|lease|serializable")
_IN_PLACE = frozenset({"append", "clear", "extend", "insert", "pop", "remove", "setdefault", "update"})
_MODEL = "django.db.models.Model"
_FILTERING = frozenset({"filter", "filter_by", "get", "aget", "get_object_or_404", "aget_object_or_404"})
_COPYING = frozenset({"copy", "deepcopy", "dict", "list"})
_MAXIMUM_HOPS = 3
_IN_DATABASE = 'F("n") + 1` in `update()'
_COUNTER = "loses updates of others since the row was read"


class LostUpdate(Rule):
    """
    ## What it does
    Finds `row.count += 1` and `row.count = row.count + 1` on a row that was loaded by a SQLAlchemy session
    without `with_for_update()` and is committed by the same function, and texts that are added to one so
    (`row.log += f"{line}\\n"`); or a number of a row that was loaded by a manager of Django's, or as a view's
    `self.get_object()`, without `select_for_update()` and is saved there, that is given to `update(hits=row.hits
    + 1)`, or that a method of the model changes and saves (`self.likes += 1`). Finds states as well that are
    tested, set and committed so: `if row.status != "open": raise ...`, then `row.status = "paid"`, or a call of a
    function of the project that sets it; in Django, functions that refuse other states count beside views. Lists
    and dicts of a row count that a route changes in place and marks with `flag_modified`, or that a view of
    Django's merges with others and saves. In routes and services SQL texts count as well: an UPDATE of a state
    that a SELECT has read for a test, or of a number that it has read, which does not ask for the old value in
    its WHERE. Counters of rows that another method of the same class claims under a lock are left alone.

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
    reach = Reach.CALLEES

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
        """Report counters of rows that are changed in place, or read, changed and assigned."""
        for name, calls in self.module.calls_named_like(_SET):
            for call in calls if _SETTING.fullmatch(name) else ():
                self._look_at_setter(call)
        self._look_at_texts()
        if not sessions.uses(self.module):
            self._look_at_django()
            return
        for change in self.module.nodes(ast.AugAssign):
            if isinstance(change.op, (ast.Add, ast.Sub)) and isinstance(change.target, ast.Attribute):
                self._look(change, change.target, change.value)
        for assignment in self.module.nodes(ast.Assign):
            self._look_at_assignment(assignment)
            self._look_at_state(assignment)
        for call in self.module.calls_named("flag_modified"):
            self._look_at_document(call)

    def _look_at_texts(self) -> None:
        """Report UPDATE statements of a state, or a number, that a row was read for before."""
        module = self.module
        if module.is_test or is_command_line(module) or sessions.is_migration(module):
            return
        for call in module.calls_named("execute", "exec_driver_sql", "execute_query"):
            function = module.function_of(call)
            if not isinstance(function, _FUNCTIONS) or not self._may_meet_others(function, call):
                continue
            found = unguarded_update(module, function, call)
            if found is None:
                continue
            if self._is_guarded(function) or (found.for_sqlite and not is_route(module, function)):
                self.passed(call)
                continue
            fact = _COUNTER if found.is_number else f"overwrites what others set since line {found.line} tested it"
            old = f"SET {found.column} = {found.column} + 1" if found.is_number else f"WHERE {found.column} = ..."
            self.report(call, change=module.call_text(call), fact=fact, cure=f"UPDATE ... {old}")

    def _may_meet_others(self, function: FunctionNode, call: ast.Call) -> bool:
        """Whether others may run a route, or a service's method, between two statements of it."""
        module = self.module
        if isinstance(function, ast.AsyncFunctionDef) and not module.awaited(call):
            # Nothing else runs on the loop meanwhile.
            return False
        if is_route(module, function):
            return True
        holder = module.class_of(function)
        return holder is not None and _is_service(holder.name) and not _is_for_work(function.name)

    def _look_at_django(self) -> None:
        """Report counters and states of Django's rows that a function loads, changes and saves."""
        module = self.module
        if not module.imports("django", "rest_framework") and not module.attributes_named("objects"):
            return
        if module.is_test or is_command_line(module) or sessions.is_migration(module):
            return
        for call in module.calls_named("update", "aupdate"):
            self._look_at_update(call)
        saved: dict[tuple[ast.AST | None, str], int] = {}
        for call in module.calls_named("save", "asave"):
            if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
                key = (module.function_of(call), call.func.value.id)
                saved[key] = max(call.lineno, saved.get(key, 0))
        if not saved:
            return
        changes: list[ast.AugAssign | ast.Assign] = [*module.nodes(ast.AugAssign), *module.nodes(ast.Assign)]
        for change in changes:
            target = change.target if isinstance(change, ast.AugAssign) else change.targets[0]
            if isinstance(target, ast.Subscript) and isinstance(change, ast.Assign):
                target = target.value
                is_within = True
            else:
                is_within = False
            if not isinstance(target, ast.Attribute) or not isinstance(target.value, ast.Name):
                continue
            function = module.function_of(change)
            last = saved.get((function, target.value.id), 0)
            if not isinstance(function, _FUNCTIONS) or last < change.lineno:
                continue
            if isinstance(change, ast.Assign):
                if is_within or self._is_merged(target, change.value):
                    self._look_at_document_of_django(change, target, function)
                    continue
                self._look_at_state_of_django(change, target, function)
            by = whole = change.value
            operator = change.op if isinstance(change, ast.AugAssign) else None
            if operator is None and isinstance(whole, ast.BinOp) and self._is_read(target, whole.left):
                by, operator = whole.right, whole.op
            if not isinstance(operator, (ast.Add, ast.Sub)) or not self._is_number(target, by):
                continue
            if not is_route(module, function) and _is_for_work(module.name.rpartition(".")[2]):
                continue
            if not is_loaded_row(module, target.value) and not self._is_row_itself(target, function):
                continue
            self._report_of_django(change, module.text(change), function, _COUNTER, _IN_DATABASE)

    def _report_of_django(self, change: ast.AST, text: str, function: FunctionNode, fact: str, cure: str) -> None:
        if self._is_guarded(function) or locks_rows(self.module, function) or is_task(self.module, function):
            self.passed(change)
        else:
            self.report(change, change=text, fact=fact, cure=cure)

    def _look_at_update(self, call: ast.Call) -> None:
        """Report `update(hits=row.hits + 1)`: the number is the one that was read before."""
        module = self.module
        function = module.function_of(call)
        if not isinstance(function, _FUNCTIONS) or not isinstance(call.func, ast.Attribute):
            return
        for given in call.keywords:
            if not isinstance(given.value, ast.BinOp) or not isinstance(given.value.op, (ast.Add, ast.Sub)):
                continue
            read = given.value.left
            if isinstance(read, ast.BoolOp):
                read = read.values[0]
            if (
                not isinstance(read, ast.Attribute)
                or read.attr != given.arg
                or not isinstance(read.value, ast.Name)
            ):
                continue
            if not self._is_number(read, given.value.right) or self._asks_for(call.func.value, read.attr):
                continue
            if is_loaded_row(module, read.value) or self._is_row_itself(read, function):
                self._report_of_django(call, module.call_text(call), function, _COUNTER, _IN_DATABASE)

    def _asks_for(self, rows: ast.expr, column: str) -> bool:
        """Whether the rows that are updated are those that still have what was read."""
        return any(isinstance(part, ast.keyword) and part.arg == column for part in ast.walk(rows))

    def _is_row_itself(self, target: ast.Attribute, function: FunctionNode) -> bool:
        """Whether a method of a model counts on in its own row, which nothing in the module locks; no job's."""
        module = self.module
        holder = module.class_of_self(target.value)
        if holder is None:
            return False
        if _MODEL not in module.instances.ancestry(module.definition(holder)):
            return False
        if module.attributes_named(LOCKING) or _REPEATING.search(target.attr):
            return False
        return not (_AT_WORK.search(holder.name) or _is_for_work(function.name))

    def _is_merged(self, target: ast.Attribute, value: ast.expr, hops: int = 0) -> bool:
        """Whether a dict or list is made of the one that the row has: `{**row.settings, "a": 1}`."""
        if isinstance(value, ast.Dict):
            return any(
                key is None and self._is_read(target, part)
                for key, part in zip(value.keys, value.values, strict=True)
            )
        if isinstance(value, ast.Name) and hops < _MAXIMUM_HOPS:
            values = [one for _, one in last_assigned(self.module, value)]
            if any(self._is_merged(target, one, hops + 1) for one in values):
                return True
            return any(self._is_read(target, one) for one in values) and self._is_changed_within(value)
        if not isinstance(value, ast.Call) or not hops:
            return False
        if last_name(value) == "copy" and isinstance(value.func, ast.Attribute) and not value.args:
            return self._is_read(target, value.func.value)
        if last_name(value) in _COPYING and value.args:
            return self._is_read(target, value.args[0])
        return len(value.args) == 1 and self._is_merged(target, value.args[0], hops)

    def _is_changed_within(self, name: ast.Name) -> bool:
        """Whether the function changes what a name stands for in place: `settings["a"] = 1`."""
        function = self.module.function_of(name)
        return isinstance(function, _FUNCTIONS) and any(
            _changes_within(part, name.id) for part in self.module.own_nodes(function)
        )

    def _look_at_document_of_django(
        self, change: ast.Assign, target: ast.Attribute, function: FunctionNode
    ) -> None:
        """Report a dict of a row that a view reads, changes and saves: all of it is written."""
        module = self.module
        if not is_route(module, function) or not isinstance(target.value, ast.Name):
            return
        if any(is_of_user(value) for _, value in last_assigned(module, target.value)):
            # Nobody else writes it.
            return
        if isinstance(change.targets[0], ast.Subscript) and self._is_made_anew(target, function):
            return
        if is_loaded_row(module, target.value):
            cure = "select_for_update()"
            self._report_of_django(change, self.module.text(change), function, _COUNTER, cure)

    def _is_made_anew(self, target: ast.Attribute, function: FunctionNode) -> bool:
        """Whether a function gives the row another dict, and no empty one."""
        return any(
            isinstance(part, ast.Assign)
            and isinstance(part.targets[0], ast.Attribute)
            and self._is_read(target, part.targets[0])
            and not (isinstance(part.value, ast.Dict) and not part.value.keys)
            for part in self.module.own_nodes(function)
        )

    def _look_at_state_of_django(self, change: ast.Assign, target: ast.Attribute, function: FunctionNode) -> None:
        """Report a state of a row that is loaded without a lock, tested, set and saved."""
        module = self.module
        tested = self._tested_state(change, target)
        assert isinstance(target.value, ast.Name)
        if tested is None or database.TIMED_OUT.search(module.text(tested)):
            return
        if self._is_own_already(change, target, function):
            return
        if isinstance(change.value, ast.Constant) and change.value.value in (True, False) and _is_state(target):
            return
        kinds = {one.kind for one in module.bindings(target.value)}
        if BindingKind.UNPACKED in kinds:
            # Who makes a row where there is none sets it as it has to be.
            return
        if not is_route(module, function):
            is_refused = not self._stands_under(change, tested) and BindingKind.LOOP not in kinds
            if not is_refused or self._is_work(function):
                return
        if is_loaded_row(module, target.value) or self._is_row_itself(target, function):
            fact = f"overwrites what others set since line {tested.lineno} tested it"
            cure = "select_for_update()` or `filter(status=...).update(...)"
            self._report_of_django(change, module.text(change), function, fact, cure)

    def _is_own_already(self, change: ast.Assign, target: ast.Attribute, function: FunctionNode) -> bool:
        """Whether the function has set the same state on the way to a change: others come between there."""
        around = list(self.module.ancestors(change))
        text = self.module.text(target)
        return any(
            isinstance(part, ast.Assign)
            and part.lineno < change.lineno
            and self.module.parent(part) in around
            and any(self.module.text(one) == text for one in part.targets)
            for part in self.module.own_nodes(function)
        )

    def _stands_under(self, change: ast.Assign, test: ast.expr) -> bool:
        """Whether a change stands in a branch of a test, not behind one that leaves the function."""
        around = self.module.parent(test)
        return isinstance(around, ast.If) and any(one is around for one in self.module.ancestors(change))

    def _is_work(self, function: FunctionNode) -> bool:
        """Whether a function is one that a job runs, by its name, its class or its module."""
        holder = self.module.class_of(function)
        return (
            _is_for_work(function.name)
            or (holder is not None and _AT_WORK.search(holder.name) is not None)
            or _is_for_work(self.module.name.rpartition(".")[2])
        )

    def _tested_state(self, change: ast.Assign, target: ast.Attribute) -> ast.expr | None:
        """What asks for a state before it is set to another one; None for other assignments."""
        of_state = _is_state(target)
        if not of_state and not database.SPENT.fullmatch(target.attr):
            return None
        if (of_state and not self._is_one_state(change.value)) or self._is_refused(change):
            return None
        return None if self._is_toggled(change, target) else self._tested_before(change, target)

    def _is_toggled(self, change: ast.Assign, target: ast.Attribute) -> bool:
        """Whether each branch of the test sets the state, to and fro."""
        parent = self.module.parent(change)
        if not isinstance(parent, ast.If):
            return False
        other = parent.orelse if change in parent.body else parent.body
        return any(
            isinstance(one, ast.Assign)
            and isinstance(one.targets[0], ast.Attribute)
            and self._is_read(target, one.targets[0])
            for one in other
        )

    def _look_at_assignment(self, node: ast.Assign) -> None:
        target = node.targets[0]
        if not isinstance(target, ast.Attribute):
            return
        if isinstance(node.value, ast.BinOp) and isinstance(node.value.op, (ast.Add, ast.Sub)):
            left = node.value.left
            if self._is_text(node.value):
                while isinstance(left, ast.BinOp):
                    left = left.left
            if self._is_read(target, left):
                self._look(node, target, node.value.right if left is node.value.left else node.value)
        elif isinstance(node.value, ast.JoinedStr) and node.value.values:
            # `row.log = f"{row.log}{line}"`
            first = node.value.values[0]
            if isinstance(first, ast.FormattedValue) and self._is_read(target, first.value):
                self._look(node, target, node.value)

    def _is_read(self, target: ast.Attribute, value: ast.expr) -> bool:
        """Whether a value is the attribute itself, or it `or 0`."""
        if isinstance(value, ast.BoolOp):
            value = value.values[0]
        return isinstance(value, ast.Attribute) and self.module.text(value) == self.module.text(target)

    def _look(self, change: ast.stmt, target: ast.Attribute, by: ast.expr) -> None:
        row = target.value
        if not isinstance(row, ast.Name) or not (self._is_number(target, by) or self._is_text(by)):
            return
        if self.module.is_test or is_command_line(self.module):
            return
        function = self.module.function_of(change)
        if not isinstance(function, _FUNCTIONS) or not self._is_loaded(row) or self._is_versioned():
            return
        if self._is_guarded(function) or not self._is_committed(function) or self._is_job(function):
            self.passed(change)
            return
        if not is_route(self.module, function) and self._is_claimed_before(function, row):
            self.passed(change)
            return
        is_number = self._is_number(target, by)
        cure = "with_for_update()` or `UPDATE ... SET n = n + 1" if is_number else "with_for_update()"
        self.report(change, change=self.module.text(change), fact=_COUNTER, cure=cure)

    def _look_at_state(self, change: ast.Assign) -> None:
        """Report a state that is set because it was another one when the row was read."""
        target = change.targets[0]
        if not isinstance(target, ast.Attribute) or not isinstance(target.value, ast.Name):
            return
        if not database.STATES.fullmatch(target.attr) and not database.SPENT.fullmatch(target.attr):
            return
        module = self.module
        function = module.function_of(change)
        if not isinstance(function, _FUNCTIONS) or module.is_test or is_command_line(module):
            return
        tested = self._tested_state(change, target)
        if tested is None or not self._is_loaded(target.value) or self._is_versioned():
            return
        if (
            self._is_guarded(function)
            or self._counts_changes(function)
            or not self._is_committed(function)
            or not self._answers_requests(function, change)
        ):
            self.passed(change)
            return
        fact = f"overwrites what others set since line {tested.lineno} tested it"
        cure = "with_for_update()` or `UPDATE ... WHERE status = ..."
        self.report(change, change=module.text(change), fact=fact, cure=cure)

    def _look_at_setter(self, call: ast.Call) -> None:
        """Report a call of a function that sets a state which a route, or a service, has tested before."""
        module = self.module
        function = module.function_of(call)
        if not isinstance(function, _FUNCTIONS) or module.is_test or is_command_line(module):
            return
        holder = module.class_of(function)
        if not is_route(module, function):
            if holder is None or not _is_service(holder.name) or _is_for_work(function.name):
                return
        names = {part.id for given in _given(call) for part in ast.walk(given) if isinstance(part, ast.Name)}
        tested = self._state_tested(call, names)
        found = state_set(self.project, module, call) if tested is not None else None
        if tested is None or found is None or found.attribute != tested.attr:
            return
        if not self._is_one_state(found.value) or self._asks_for_what_is_set(tested, found.value):
            return
        if self._is_guarded(function) or self._is_versioned():
            self.passed(call)
            return
        fact = f"overwrites what others set since line {tested.lineno} tested it"
        cure = "with_for_update()` or `UPDATE ... WHERE status = ..."
        self.report(call, change=module.call_text(call), fact=fact, cure=cure)

    def _state_tested(self, call: ast.Call, names: set[str]) -> ast.Attribute | None:
        """The state of a loaded row that a test before a call reads, where both are about the same row."""
        for test, _ in tests_before(self.module, call):
            for part in ast.walk(test):
                if not isinstance(part, ast.Attribute) or not isinstance(part.value, ast.Name):
                    continue
                if not database.STATES.fullmatch(part.attr) or not self._is_loaded(part.value):
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

    def _look_at_document(self, flag: ast.Call) -> None:
        """Report a list or dict of a row that a route changes in place and marks: all of it is written."""
        module = self.module
        function = module.function_of(flag)
        if len(flag.args) != 2 or not isinstance(function, _FUNCTIONS) or not is_route(module, function):
            return
        row, column = flag.args
        if not isinstance(row, ast.Name) or not isinstance(column, ast.Constant) or module.is_test:
            return
        if any(isinstance(part, ast.keyword) and part.arg in _LOCKING for part in module.own_nodes(function)):
            return
        if any(isinstance(part, ast.Attribute) and part.attr in _LOCKING for part in module.own_nodes(function)):
            return
        values = [value for _, value in last_assigned(module, row)]
        if not values or any(isinstance(one, ast.Call) and reads_as_class(last_name(one)) for one in values):
            return
        text = f"{row.id}.{column.value!s}"
        changes = [part for part in module.own_nodes(function) if _changes_within(part, text)]
        first = min(changes, key=lambda one: one.lineno, default=None)
        if first is None or not self._is_committed(function):
            return
        if self._is_guarded(function):
            self.passed(first)
            return
        self.report(first, change=module.text(first), fact=_COUNTER, cure="with_for_update()")

    def _is_one_state(self, value: ast.expr) -> bool:
        """Whether a value is one state by name or text: `"done"`, `Status.DONE`, `STATUS_DONE`."""
        if isinstance(value, ast.Attribute) and value.attr == "value":
            value = value.value
        if isinstance(value, ast.Constant):
            return isinstance(value.value, (str, int))
        if isinstance(value, ast.Attribute):
            return last_name(value.value)[:1].isupper() or value.attr.isupper()
        return isinstance(value, ast.Name) and value.id.isupper()

    def _tested_before(self, change: ast.Assign, target: ast.Attribute) -> ast.expr | None:
        """What asks for the very attribute: a test that the assignment stands under or behind, or the query."""
        for test, _ in tests_before(self.module, change):
            for part in ast.walk(test):
                if isinstance(part, ast.Attribute) and part.attr == target.attr and self._is_read(target, part):
                    if not self._asks_for_what_is_set(part, change.value):
                        return test
        assert isinstance(target.value, ast.Name)
        for _, value in last_assigned(self.module, target.value):
            for part in statement_parts(self.module, value):
                if isinstance(part, ast.Compare) and isinstance(part.left, ast.Attribute):
                    if part.left.attr == target.attr and names_model(part.left.value):
                        return part
                elif isinstance(part, ast.Call) and last_name(part) in _FILTERING:
                    if any(one.arg == target.attr for one in part.keywords):
                        return part
        return None

    def _asks_for_what_is_set(self, asked: ast.Attribute, value: ast.expr) -> bool:
        """Whether a state is compared with the very one that is set: who comes second sets the same."""
        parent = self.module.parent(asked)
        if not isinstance(parent, ast.Compare) or parent.left is not asked:
            return False
        return ast.dump(parent.comparators[0]) == ast.dump(value)

    def _counts_changes(self, function: FunctionNode) -> bool:
        """Whether a function sends an UPDATE of its own and asks how many rows it changed."""
        return any(
            isinstance(part, ast.Attribute) and part.attr == "rowcount" for part in self.module.own_nodes(function)
        )

    def _answers_requests(self, function: FunctionNode, change: ast.stmt) -> bool:
        """Whether a function is a route, or works for whoever gives it a session or calls its service."""
        if is_route(self.module, function):
            return True
        if (
            is_task(self.module, function)
            or self.module.loop_of(change) is not None
            or _is_for_work(function.name)
        ):
            return False
        holder = self.module.class_of(function)
        if holder is not None and _is_service(holder.name):
            return True
        parameters = {one.arg for one in [*function.args.args, *function.args.kwonlyargs]} - {"self", "cls"}
        return any(
            use.session.root in parameters and use.method in database.FLUSHING
            for use in sessions.uses(self.module)
            if self.module.function_of(use.call) is function
        )

    def _is_refused(self, change: ast.Assign) -> bool:
        """Whether a state is set on the way to a refusal, or says that the time is over: anybody may do so."""
        if isinstance(change.value, (ast.Constant, ast.Attribute, ast.Name)):
            said = change.value.value if isinstance(change.value, ast.Constant) else last_name(change.value)
            if database.TIMED_OUT.search(str(said)):
                return True
        parent = self.module.parent(change)
        blocks = [getattr(parent, field, None) for field in ("body", "orelse")]
        return any(
            isinstance(block, list) and change in block and isinstance(block[-1], ast.Raise) for block in blocks
        )

    def _is_number(self, target: ast.Attribute, by: ast.expr) -> bool:
        """Whether an attribute is a number, by what is added to it or by its name."""
        if isinstance(by, ast.Constant):
            return isinstance(by.value, (int, float)) and not isinstance(by.value, bool)
        if isinstance(by, (ast.List, ast.JoinedStr, ast.Tuple, ast.ListComp)):
            return False
        if isinstance(by, ast.Call) and last_name(by) in _CONVERTING:
            return True
        return _NUMBER.fullmatch(target.attr) is not None or self.module.instance_of(by) in _NUMBERS

    def _is_text(self, by: ast.expr) -> bool:
        """Whether what is added is a text: lines of a log, remarks of several people."""
        if isinstance(by, ast.BinOp) and isinstance(by.op, ast.Add):
            return self._is_text(by.left) or self._is_text(by.right)
        return isinstance(by, ast.JoinedStr) or (isinstance(by, ast.Constant) and isinstance(by.value, str))

    def _is_loaded(self, row: ast.Name) -> bool:
        """Whether a known session loads the row in this function, or one that it calls, without a lock."""
        bindings = self.module.bindings(row)
        if any(
            one.value is None or one.kind not in (BindingKind.ASSIGNMENT, BindingKind.LOOP) for one in bindings
        ):
            return False
        values = [one.value for one in bindings if one.kind is BindingKind.LOOP and one.value is not None]
        values += [value for _, value in last_assigned(self.module, row)]
        asked = [value for value in values if not (isinstance(value, ast.Constant) and value.value is None)]
        return bool(asked) and all(self._asks(value) for value in asked)

    def _asks(self, value: ast.expr) -> bool:
        """Whether a value is what a known session loads without a lock, here or in a function of the project."""
        asks = False
        for part in statement_parts(self.module, value):
            if isinstance(part, ast.Attribute) and part.attr in _LOCKING:
                return False
            asks = asks or queried_model(self.module, part) is not None
            if isinstance(part, ast.keyword) and part.arg == "with_for_update":
                return False
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
                if part.func.attr in database.WORKING and part.func.attr not in database.FLUSHING:
                    asks = asks or sessions.session_of(self.module, part.func.value) is not None
        if asks:
            return True
        call = value.value if isinstance(value, ast.Await) else value
        return isinstance(call, ast.Call) and gives_loaded_row(self.project, self.module, call)

    def _is_versioned(self) -> bool:
        """Whether a model of the module counts versions: SQLAlchemy then finds the conflict."""
        return any(
            isinstance(constant.value, str) and constant.value == "version_id_col"
            for constant in self.module.nodes(ast.Constant)
        )

    def _is_guarded(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Whether a lock is named anywhere in the function."""
        return any(
            isinstance(part, (ast.Attribute, ast.Name))
            and _GUARDING.search(
                (part.attr if isinstance(part, ast.Attribute) else part.id).lower().replace("block", "")
            )
            for part in self.module.own_nodes(function)
        )

    def _is_claimed_before(self, function: FunctionNode, row: ast.Name) -> bool:
        """
        Whether another method of the class loads rows of the same model under a lock, and this one takes a key.

        Then it is the second step of those who have claimed the row with the first.
        """
        module = self.module
        holder = module.class_of(function)
        models = {
            part.id
            for _, value in last_assigned(module, row)
            for part in ast.walk(value)
            if isinstance(part, ast.Name) and part.id[:1].isupper()
        }
        if holder is None or not models:
            return False
        for locking in module.attributes_named("with_for_update"):
            around = module.function_of(locking)
            if around is not None and around is not function and module.class_of(around) is holder:
                statement = module.statement(locking)
                if any(isinstance(part, ast.Name) and part.id in models for part in ast.walk(statement)):
                    return _CLAIMING.search(getattr(around, "name", "")) is not None
        return False

    def _is_job(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Whether a function that is no route opens its own session: a job beside which no other one need run."""
        holder = self.module.class_of(function)
        if is_route(self.module, function) or (_serves(self.module) and not _is_for_work(function.name)):
            return False
        if holder is not None and _is_service(holder.name) and not _is_for_work(function.name):
            return False
        for use in sessions.uses(self.module):
            if use.method in database.FLUSHING and self.module.function_of(use.call) is function:
                if isinstance(use.call.func, ast.Attribute) and isinstance(use.call.func.value, ast.Name):
                    bindings = self.module.bindings(use.call.func.value)
                    if bindings and all(one.kind is BindingKind.CONTEXT for one in bindings):
                        return True
        return False

    def _is_committed(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        return any(
            use.method in database.FLUSHING and self.module.function_of(use.call) is function
            for use in sessions.uses(self.module)
        )


def _changes_within(part: ast.AST, text: str) -> TypeGuard[ast.stmt]:
    """Whether a statement changes what an expression holds: `row.items.append(x)`, `row.items[0]["a"] = x`."""
    if (
        isinstance(part, ast.Expr)
        and isinstance(part.value, ast.Call)
        and isinstance(part.value.func, ast.Attribute)
    ):
        return part.value.func.attr in _IN_PLACE and dotted(part.value.func.value) == text
    target = part.targets[0] if isinstance(part, ast.Assign) else None
    if not isinstance(target, ast.Subscript):
        return False
    changed: ast.expr = target
    while isinstance(changed, ast.Subscript):
        changed = changed.value
    return dotted(changed) == text


def _is_state(target: ast.Attribute) -> bool:
    return database.STATES.fullmatch(target.attr) is not None


def _given(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _is_for_work(name: str) -> bool:
    """Whether a function is named for what one process does at a time: a job, a sweep."""
    return _WORKING.search(name.lower()) is not None


def _serves(module: Module) -> bool:
    """Whether a module answers clients: it knows the sockets or requests of a web framework."""
    return module.imports("fastapi", "starlette", "flask", "quart", "sanic", "litestar")


def _is_service(name: str) -> bool:
    """Whether a class answers whoever asks, by its name; a scheduler's service does not."""
    return _SERVING.search(name) is not None and _AT_WORK.search(name) is None
