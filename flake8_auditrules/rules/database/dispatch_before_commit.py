"""AUD419: a task is sent off with the key of a row that is not committed yet."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.flow import Raising, Statement, evaluated
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.sessions import Session, Use

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SENDING = frozenset({"delay", "apply_async", "send_task"})
_STARTING = frozenset({"create_task", "ensure_future"})
_KEYS = frozenset({"id", "pk", "uuid", "key"})
_ATOMIC = "django.db.transaction.atomic"


class DispatchBeforeCommit(Rule):
    """
    ## What it does
    Finds `delay`, `apply_async` and `send_task` (and `create_task` before an awaited commit) that are given
    the key of a row which the same transaction adds and commits only afterwards.

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
    reach = Reach.CALLEES

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
        if not keys:
            return
        for row, key in keys.items():
            where = self._where_committed(owner, node, row, awaits)
            if where is not None:
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
        return self._in_django(sending, row) if not awaits else None

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

    def _in_django(self, sending: ast.Call, row: str) -> str | None:
        """The `with transaction.atomic()` around the sending in which the row is made."""
        for around in self.module.ancestors(sending):
            if isinstance(around, _FUNCTIONS):
                return None
            if isinstance(around, ast.With) and any(self._is_atomic(item.context_expr) for item in around.items):
                for part in ast.walk(around):
                    if isinstance(part, ast.Assign) and isinstance(part.value, ast.Call):
                        function = part.value.func
                        if (
                            isinstance(function, ast.Attribute)
                            and function.attr in ("create", "get_or_create")
                            and isinstance(function.value, ast.Attribute)
                            and function.value.attr == "objects"
                            and any(isinstance(one, ast.Name) and one.id == row for one in part.targets)
                            and part.lineno < sending.lineno
                        ):
                            return f" by the block of line {around.lineno}"
        return None

    def _is_atomic(self, expression: ast.expr) -> bool:
        called = expression.func if isinstance(expression, ast.Call) else expression
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
