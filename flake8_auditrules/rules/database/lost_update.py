"""AUD416: a number of a row read, changed in Python and written back."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.django_queries import loads_row
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.queries import queried_model, statement_parts
from flake8_auditrules.semantics.routes import is_route, is_task
from flake8_auditrules.semantics.scopes import BindingKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOCKING = frozenset({"with_for_update", "with_lockmode"})
_NUMBER = pattern(
    r"(?:.*_)?(?:count|counter|total|balance|credits?|quota|stock|quantity|points|score|views|likes|downloads|used|"
    r"usage|amount|remaining|spent|spend|seats|tokens|hits|votes|clicks|plays)(?:_.*)?"
)


class LostUpdate(Rule):
    """
    ## What it does
    Finds `row.count += 1` and `row.count = row.count + 1` on a row that was loaded by a SQLAlchemy session
    without `with_for_update()` and is committed by the same function, or that was loaded by a manager of
    Django's without `select_for_update()` and is saved there.

    ## Why it matters
    Two requests read 5, both add 1, both write 6. One purchase, vote or withdrawal is lost, without an error;
    only an increment in the database, or a lock from reading to writing, keeps both.

    ## When to silence it
    When only one process and one thread ever writes the row.
    """

    code = "AUD416"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{change}` loses updates of others since the row was read; use `{cure}`"
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
        if not sessions.uses(self.module):
            self._look_at_django()
            return
        for change in self.module.nodes(ast.AugAssign):
            if isinstance(change.op, (ast.Add, ast.Sub)) and isinstance(change.target, ast.Attribute):
                self._look(change, change.target, change.value)
        for assignment in self.module.nodes(ast.Assign):
            self._look_at_assignment(assignment)

    def _look_at_django(self) -> None:
        """Report counters of Django's rows that a function loads, changes and saves."""
        module = self.module
        saves = module.calls_named("save") if module.attributes_named("objects") else ()
        if not saves or module.is_test or is_command_line(module) or sessions.is_migration(module):
            return
        saved = {
            (module.function_of(call), call.func.value.id)
            for call in saves
            if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
        }
        changes: list[ast.AugAssign | ast.Assign] = [*module.nodes(ast.AugAssign), *module.nodes(ast.Assign)]
        for change in changes:
            target = change.target if isinstance(change, ast.AugAssign) else change.targets[0]
            if not isinstance(target, ast.Attribute) or not isinstance(target.value, ast.Name):
                continue
            function = module.function_of(change)
            if not isinstance(function, _FUNCTIONS) or (function, target.value.id) not in saved:
                continue
            by = whole = change.value
            operator = change.op if isinstance(change, ast.AugAssign) else None
            if operator is None and isinstance(whole, ast.BinOp) and self._is_read(target, whole.left):
                by, operator = whole.right, whole.op
            if not isinstance(operator, (ast.Add, ast.Sub)) or not self._is_number(target, by):
                continue
            rows = [binding.value for binding in module.bindings(target.value)]
            if not rows or not all(row is not None and loads_row(module, row) for row in rows):
                continue
            if self._is_guarded(function) or is_task(module, function):
                self.passed(change)
            else:
                self.report(change, change=module.text(change), cure='F("n") + 1` in `update()')

    def _look_at_assignment(self, node: ast.Assign) -> None:
        target = node.targets[0]
        if not isinstance(target, ast.Attribute) or not isinstance(node.value, ast.BinOp):
            return
        if isinstance(node.value.op, (ast.Add, ast.Sub)) and self._is_read(target, node.value.left):
            self._look(node, target, node.value.right)

    def _is_read(self, target: ast.Attribute, value: ast.expr) -> bool:
        """Whether a value is the attribute itself, or it `or 0`."""
        if isinstance(value, ast.BoolOp):
            value = value.values[0]
        return isinstance(value, ast.Attribute) and self.module.text(value) == self.module.text(target)

    def _look(self, change: ast.stmt, target: ast.Attribute, by: ast.expr) -> None:
        row = target.value
        if not isinstance(row, ast.Name) or not self._is_number(target, by):
            return
        if self.module.is_test or is_command_line(self.module):
            return
        function = self.module.function_of(change)
        if not isinstance(function, _FUNCTIONS) or not self._is_loaded(row) or self._is_versioned():
            return
        if self._is_guarded(function) or not self._is_committed(function) or self._is_job(function):
            self.passed(change)
            return
        self.report(
            change, change=self.module.text(change), cure="with_for_update()` or `UPDATE ... SET n = n + 1"
        )

    def _is_number(self, target: ast.Attribute, by: ast.expr) -> bool:
        if isinstance(by, ast.Constant):
            return isinstance(by.value, (int, float)) and _NUMBER.fullmatch(target.attr) is not None
        if isinstance(by, (ast.List, ast.JoinedStr, ast.Tuple, ast.ListComp)):
            return False
        return _NUMBER.fullmatch(target.attr) is not None

    def _is_loaded(self, row: ast.Name) -> bool:
        """Whether a known session loads the row in this function, without a lock."""
        bindings = self.module.bindings(row)
        if not bindings:
            return False
        loaded = False
        for binding in bindings:
            if binding.value is None or binding.kind not in (BindingKind.ASSIGNMENT, BindingKind.LOOP):
                return False
            asks = False
            for part in statement_parts(self.module, binding.value):
                if isinstance(part, ast.Attribute) and part.attr in _LOCKING:
                    return False
                asks = asks or queried_model(self.module, part) is not None
                if isinstance(part, ast.keyword) and part.arg == "with_for_update":
                    return False
                if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
                    if part.func.attr in database.WORKING and part.func.attr not in database.FLUSHING:
                        asks = asks or sessions.session_of(self.module, part.func.value) is not None
            loaded = loaded or asks
            if not asks:
                return False
        return loaded

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
            and "lock" in (part.attr if isinstance(part, ast.Attribute) else part.id).lower().replace("block", "")
            for part in self.module.own_nodes(function)
        )

    def _is_job(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Whether a function that is no route opens its own session: a job beside which no other one need run."""
        if is_route(self.module, function):
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
