"""AUD414: a network call or a sleep between the first write of a transaction and its commit."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.knowledge import database
from flake8_auditrules.knowledge.blocking import Effect, blocking
from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.call_names import calls_named
from flake8_auditrules.semantics.flow import Raising, Statement
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.queries import statement_parts
from flake8_auditrules.semantics.sessions import Session, Use

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WAITING = frozenset(
    {
        "delete",
        "get",
        "head",
        "options",
        "patch",
        "post",
        "put",
        "request",
        "send",
        "sleep",
        "stream",
        "urlopen",
    }
)
_ASYNCHRONOUS = ("httpx.AsyncClient.", "aiohttp.ClientSession.")
_STORES = ("redis.", "pymongo.", "memcache.", "pymemcache.", "sqlalchemy.")
_WRITING = frozenset({"insert", "update", "delete", "with_for_update"})
_STATEMENT = pattern(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


class ExternalCallInTransaction(Rule):
    """
    ## What it does
    Finds HTTP and other network calls, and sleeps, between the first statement of a SQLAlchemy transaction
    that writes (`flush()`, INSERT, UPDATE, DELETE, `with_for_update()`) and its commit.

    ## Why it matters
    From the first write on, the transaction holds locks on its rows. When the other side answers slowly,
    everyone who wants these rows waits as long, and the connection is missing from the pool; when the call
    has its effect and the commit then fails, the two sides disagree.

    ## When to silence it
    When the call must be undone with the transaction, and its timeout is short.
    """

    code = "AUD414"
    severity = Severity.MEDIUM
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{call}` waits while the transaction holds the locks of line {line}; {cure}"
    examined = "waits for other machines lie outside of transactions"
    reach = Reach.CALLEES

    bad = (
        """
        import time

        from sqlalchemy.orm import Session

        def charge(session: Session, order):
            order.status = "charging"
            session.flush()
            time.sleep(0.5)  # AUD414
            order.status = "charged"
            session.commit()
        """,
        """
        import httpx
        from sqlalchemy.ext.asyncio import AsyncSession

        async def charge(session: AsyncSession, client: httpx.AsyncClient, order):
            session.add(order)
            await session.flush()
            answer = await client.post("/charges", json={"order": order.id})  # AUD414
            order.receipt = answer.json()["receipt"]
            await session.commit()
        """,
    )
    good = (
        """
        import time

        from sqlalchemy.orm import Session

        def charge(session: Session, order):
            order.status = "charging"
            session.commit()
            time.sleep(0.5)
            order.status = "charged"
            session.commit()
        """,
        """
        import httpx
        from sqlalchemy.ext.asyncio import AsyncSession

        async def charge(session: AsyncSession, client: httpx.AsyncClient, order):
            answer = await client.post("/charges", json={"order": order.number})
            order.receipt = answer.json()["receipt"]
            session.add(order)
            await session.commit()
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report a call that waits for another machine while a transaction of the function is open."""
        if self.module.is_test or is_command_line(self.module) or not sessions.uses(self.module):
            return
        for call in calls_named(self.module, _WAITING):
            self._look_at(call)

    def _look_at(self, node: ast.Call) -> None:
        function = node.func
        if not isinstance(function, (ast.Attribute, ast.Name)):
            return
        owner = self.module.function_of(node)
        if not isinstance(owner, _FUNCTIONS) or not self._waits(node):
            return
        there = self.module.statement(node)
        for use in sessions.uses(self.module):
            if self.module.function_of(use.call) is owner and self._writes(use):
                if self._is_between(owner, use, there):
                    self.report(
                        node,
                        call=self.module.call_text(node),
                        line=str(use.call.lineno),
                        cure="commit before it or call first",
                    )
                    return
        self.passed(node)

    def _waits(self, call: ast.Call) -> bool:
        """Whether a call waits for another machine or for time to pass."""
        callee = self.module.callee(call)
        if callee is None or callee.startswith(_STORES):
            return False
        if callee == "asyncio.sleep":
            return not (call.args and isinstance(call.args[0], ast.Constant) and not call.args[0].value)
        if callee.startswith(_ASYNCHRONOUS):
            return True
        entry = blocking(callee)
        return entry is not None and entry.effect in (Effect.NETWORK, Effect.SLEEP)

    def _writes(self, use: Use) -> bool:
        """Whether a call on a session sends what takes locks."""
        if use.method == "flush":
            return True
        if use.method not in ("execute", "exec", "scalar", "scalars", "query") or not use.call.args:
            return False
        for part in statement_parts(self.module, use.call):
            if isinstance(part, ast.Call):
                function = part.func
                name = last_name(function)
                if name in _WRITING:
                    return True
            elif isinstance(part, ast.Constant) and isinstance(part.value, str) and _STATEMENT.match(part.value):
                return True
        return False

    def _is_between(self, function: ast.FunctionDef | ast.AsyncFunctionDef, write: Use, there: ast.stmt) -> bool:
        """Whether a path leads from the write over the call to the commit of the same transaction."""
        flow = self.module.flow(function)
        start = self.module.statement(write.call)
        session = write.session

        def ends(statement: Statement) -> bool:
            return sessions.calls_on(self.module, statement, session, database.ENDING) or sessions.rebinds(
                statement, session
            )

        def leaves(item: ast.withitem) -> bool:
            return sessions.concerns(item, session)

        if start is there or not flow.reachable(
            start, lambda statement: statement is there, ends, raising=Raising.NOTHING, stop_at_exit=leaves
        ):
            return False
        if self._is_in_block_of(there, start, session):
            return True
        return flow.reachable(
            there,
            lambda statement: sessions.calls_on(self.module, statement, session, frozenset({"commit"})),
            lambda statement: sessions.calls_on(self.module, statement, session, database.RESTORING),
            raising=Raising.NOTHING,
            stop_at_exit=leaves,
        )

    def _is_in_block_of(self, there: ast.stmt, start: ast.stmt, session: Session) -> bool:
        """Whether one `with session.begin()`, which commits at its end, stands around both."""
        for around in self.module.ancestors(there):
            if isinstance(around, (ast.With, ast.AsyncWith)) and around in self.module.ancestors(start):
                for item in around.items:
                    called = item.context_expr
                    if (
                        isinstance(called, ast.Call)
                        and isinstance(called.func, ast.Attribute)
                        and called.func.attr == "begin"
                        and sessions.concerns(item, session)
                    ):
                        return True
            elif isinstance(around, _FUNCTIONS):
                return False
        return False
