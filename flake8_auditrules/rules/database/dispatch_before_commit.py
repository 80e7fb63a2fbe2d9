"""AUD419: a task is sent off with the key of a row that is not committed yet."""

from __future__ import annotations

import ast

from flake8_auditrules.project.celery_registry import sends_in_its_own_way
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.flow import Raising, Statement, evaluated
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.sessions import Session, Use

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SENDING = frozenset({"delay", "apply_async", "send_task"})
_STARTING = frozenset({"create_task", "ensure_future"})
_KEYS = frozenset({"id", "pk", "uuid", "key"})
_CREATING = frozenset({"create", "get_or_create", "update_or_create"})
_ATOMIC = "django.db.transaction.atomic"


class DispatchBeforeCommit(Rule):
    """
    ## What it does
    Finds `delay`, `apply_async` and `send_task` (and `create_task` before an awaited commit) that are given
    the key of a row which the same transaction adds or saves and commits only afterwards.

    ## Why it matters
    The worker can start at once. It asks for a row that nobody outside of the transaction can see yet, finds
    none and fails; and where the commit fails, it works for something that never was.

    ## When to silence it
    When the task waits for the row by itself.
    """

    code = "AUD419"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    call_names = _SENDING | _STARTING
    message = "`{call}` hands over `{key}` before its row is committed{where}; send it off after the commit"
    examined = "jobs are sent off after the rows that they name are committed"
    reach = Reach.PROJECT

    bad = (
        """
        from sqlalchemy.orm import Session

        def place_order(session: Session, order, send_receipt):
            session.add(order)
            session.flush()
            send_receipt.delay(order.id)  # AUD419
            session.commit()
        """,
    )
    good = (
        """
        from sqlalchemy.orm import Session

        def place_order(session: Session, order, send_receipt):
            session.add(order)
            session.commit()
            send_receipt.delay(order.id)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a task that is sent off between the adding of its row and the commit."""
        function = node.func
        last = last_name(function)
        awaits = last in _STARTING
        if not awaits and not (isinstance(function, ast.Attribute) and last in _SENDING):
            return
        if awaits and self.module.qualname(function) != f"asyncio.{last}":
            return
        owner = self.module.function_of(node)
        if not isinstance(owner, _FUNCTIONS) or self.module.is_test:
            return
        keys = self._keys(node)
        if not keys or _waits_before(node):
            return
        for row, key in keys.items():
            where = self._where_committed(owner, node, row, awaits)
            if where is not None and (awaits or not sends_in_its_own_way(self.project, self.module)):
                self.report(node, call=self.module.call_text(node), key=key, where=where)
                return
        self.passed(node)

    def _keys(self, call: ast.Call) -> dict[str, str]:
        """The rows whose keys are among the arguments, by name, each with the key as it is written."""
        found: dict[str, str] = {}
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
            for part in ast.walk(argument):
                if isinstance(part, ast.Attribute) and part.attr in _KEYS and isinstance(part.value, ast.Name):
                    found.setdefault(part.value.id, self.module.text(part))
                elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                    bindings = self.module.bindings(part)
                    if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT:
                        value = bindings[0].value
                        if isinstance(value, ast.Attribute) and value.attr in _KEYS:
                            if isinstance(value.value, ast.Name):
                                found.setdefault(value.value.id, part.id)
        return found

    def _where_committed(
        self, function: ast.FunctionDef | ast.AsyncFunctionDef, sending: ast.Call, row: str, awaits: bool
    ) -> str | None:
        """Where the row's transaction is committed after the sending; None where it is before, or not known."""
        flow = self.module.flow(function)
        there = self.module.statement(sending)
        for use in sessions.uses(self.module):
            if (
                use.method != "add"
                or not _is_given(use.call, row)
                or self.module.function_of(use.call) is not function
            ):
                continue
            start = self.module.statement(use.call)
            ends = _Ends(self, use.session)
            if start is there or not flow.reachable(
                start, lambda statement: statement is there, ends.ends, raising=Raising.NOTHING
            ):
                continue
            block = self._block_around(sending, use)
            if block is not None and not awaits:
                return f" by the block of line {block.lineno}"
            way = flow.path(there, ends.commits, ends.undoes, raising=Raising.NOTHING)
            if way and (not awaits or _waits(way[-1])):
                return f" in line {way[-1].lineno}"
        return self._in_django(function, sending, row) if not awaits else None

    def _block_around(self, sending: ast.Call, added: Use) -> ast.With | ast.AsyncWith | None:
        """The `with session.begin()` around both, which commits at its end."""
        for around in self.module.ancestors(sending):
            if isinstance(around, (ast.With, ast.AsyncWith)):
                for item in around.items:
                    called = item.context_expr
                    if (
                        isinstance(called, ast.Call)
                        and isinstance(called.func, ast.Attribute)
                        and called.func.attr == "begin"
                        and sessions.concerns(item, added.session)
                        and around in self.module.ancestors(added.call)
                    ):
                        return around
            elif isinstance(around, _FUNCTIONS):
                return None
        return None

    def _in_django(
        self, function: ast.FunctionDef | ast.AsyncFunctionDef, sending: ast.Call, row: str
    ) -> str | None:
        """The `transaction.atomic()` around the sending in which the row is made or saved before."""
        region: ast.AST | None = None
        where = ""
        for around in self.module.ancestors(sending):
            if around is function:
                if any(self._is_atomic(one) for one in function.decorator_list):
                    region, where = function, f" at the end of `{function.name}`"
                break
            if isinstance(around, ast.With) and any(self._is_atomic(item.context_expr) for item in around.items):
                region, where = around, f" by the block of line {around.lineno}"
        if region is None:
            return None
        there = self.module.statement(sending)
        flow = self.module.flow(function)
        for part in ast.walk(region):
            if isinstance(part, ast.Call) and self._saves(part, row) and self.module.function_of(part) is function:
                start = self.module.statement(part)
                if start is not there and flow.reachable(
                    start, lambda statement: statement is there, raising=Raising.NOTHING
                ):
                    return where
        return None

    def _saves(self, call: ast.Call, row: str) -> bool:
        """Whether a call writes the row: `row.save()`, or `row = Model.objects.create(...)`."""
        function = call.func
        if not isinstance(function, ast.Attribute):
            return False
        if function.attr == "save":
            return isinstance(function.value, ast.Name) and function.value.id == row
        if function.attr not in _CREATING or not isinstance(function.value, ast.Attribute):
            return False
        made = self.module.parent(call)
        if function.value.attr != "objects" or not isinstance(made, ast.Assign):
            return False
        first = made.targets[0]
        if isinstance(first, ast.Tuple) and first.elts:
            first = first.elts[0]
        return isinstance(first, ast.Name) and first.id == row

    def _is_atomic(self, expression: ast.expr) -> bool:
        called = uncalled(expression)
        return self.module.qualname(called) == _ATOMIC


class _Ends:
    """What ends the transaction of a session, as questions about statements."""

    def __init__(self, rule: DispatchBeforeCommit, session: Session) -> None:
        self._module = rule.module
        self._session = session

    def commits(self, statement: Statement) -> bool:
        return sessions.calls_on(self._module, statement, self._session, frozenset({"commit"}))

    def undoes(self, statement: Statement) -> bool:
        return sessions.calls_on(self._module, statement, self._session, frozenset({"rollback", "close"}))

    def ends(self, statement: Statement) -> bool:
        return self.commits(statement) or self.undoes(statement)


def _is_given(call: ast.Call, row: str) -> bool:
    return any(isinstance(argument, ast.Name) and argument.id == row for argument in call.args)


def _waits(statement: Statement) -> bool:
    return any(isinstance(node, ast.Await) for node in evaluated(statement))


def _waits_before(sending: ast.Call) -> bool:
    """Whether a task is not to be begun at once."""
    return any(keyword.arg in ("countdown", "eta") for keyword in sending.keywords)
