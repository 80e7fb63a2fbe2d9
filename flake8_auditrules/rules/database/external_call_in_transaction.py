"""AUD414: a network call or a sleep between the first write of a transaction and its commit."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.outside_waits import wait_behind
from flake8_auditrules.project.session_helpers import Deed, deed_on
from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.flow import Raising, Statement, evaluated
from flake8_auditrules.semantics.names import last_name, reads_as_class
from flake8_auditrules.semantics.outside_waits import outside_waits
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.row_locks import takes_locks
from flake8_auditrules.semantics.sessions import Session

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What ends a transaction, and what does for all that can be told.
_ENDS = frozenset({Deed.ENDS})
_MAY_END = frozenset({Deed.ENDS, Deed.UNKNOWN})


class ExternalCallInTransaction(Rule):
    """
    ## What it does
    Finds HTTP and other network calls, and sleeps, between the first statement of a SQLAlchemy transaction
    that writes (`flush()`, INSERT, UPDATE, DELETE, `with_for_update()`) and its commit. Both may lie in functions
    of the project: one that asks another machine, one that is handed the session. In a loop that commits after
    its end the write may be that of the turn before.

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
    message = "`{call}`{chain} waits while the transaction holds the locks of {since}; {cure}"
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
        """Report calls that wait for another machine while a transaction of the function is open."""
        if self.module.is_test or is_command_line(self.module) or not sessions.uses(self.module):
            return
        for wait in outside_waits(self.module):
            self._look_at(wait)
        ending = {
            (self.module.function_of(use.call), use.session)
            for use in sessions.uses(self.module)
            if use.method == "commit"
        }
        for owner, session in sorted(ending, key=lambda one: (getattr(one[0], "lineno", 0), one[1].text)):
            if isinstance(owner, _FUNCTIONS):
                self._look_further(owner, session)

    def _look_at(self, wait: ast.Call) -> None:
        """Report a call that waits itself, for a statement that the same function sends."""
        owner = self.module.function_of(wait)
        if not isinstance(owner, _FUNCTIONS):
            return
        for use in sessions.uses(self.module):
            if self.module.function_of(use.call) is owner and takes_locks(self.module, use):
                if self._is_between(owner, use.session, use.call, wait, _ENDS):
                    self._report(wait, use.call, ())
                    return
        self.passed(wait)

    def _look_further(self, owner: ast.FunctionDef | ast.AsyncFunctionDef, session: Session) -> None:
        """Report waits and writes of a function of which one or both lie in helpers of the project."""
        calls = [part for part in self.module.own_nodes(owner) if isinstance(part, ast.Call)]
        own = {use.call: use for use in sessions.uses(self.module) if use.session == session}
        deeds = {call: self._deed(call, session) for call in calls if call not in own}
        if any(deed is Deed.UNKNOWN and reads_as_class(last_name(call)) for call, deed in deeds.items()):
            # What an object does with the session that it keeps is not seen at the calls of its methods.
            return
        direct = [call for call in calls if call in own and takes_locks(self.module, own[call])]
        helping = [call for call, deed in deeds.items() if deed is Deed.WRITES]
        if not direct and not helping:
            return
        known = outside_waits(self.module)
        for call in calls:
            if call in own:
                continue
            links = () if call in known else wait_behind(self.project, self.module, call)
            writes = helping if call in known else [*direct, *helping] if links else []
            write = next((one for one in writes if self._is_between(owner, session, one, call, _MAY_END)), None)
            if write is not None:
                self._report(call, write, links)

    def _deed(self, call: ast.Call, session: Session) -> Deed:
        return deed_on(self.project, self.module, call, session)

    def _report(self, wait: ast.Call, write: ast.Call, links: tuple[Link, ...]) -> None:
        names = [link.text.removesuffix("(...)") for link in links[:-1]]
        self.report(
            wait,
            steps=[Step(*link) for link in links],
            call=self.module.call_text(wait),
            chain=f" ({' -> '.join([*names, links[-1].text])})" if links else "",
            since=f"line {write.lineno}" if write is not wait else "the turn before",
            cure="commit before it or call first",
        )

    def _is_between(
        self,
        function: ast.FunctionDef | ast.AsyncFunctionDef,
        session: Session,
        write: ast.Call,
        wait: ast.Call,
        ending: frozenset[Deed],
    ) -> bool:
        """Whether a path leads from the write over the call to the commit of the same transaction."""
        flow = self.module.flow(function)
        start = self.module.statement(write)
        there = self.module.statement(wait)

        def ends(statement: Statement) -> bool:
            return (
                sessions.calls_on(self.module, statement, session, database.ENDING)
                or sessions.rebinds(statement, session)
                or any(
                    isinstance(part, ast.Call) and self._deed(part, session) in ending
                    for part in evaluated(statement)
                )
            )

        def leaves(item: ast.withitem) -> bool:
            return sessions.concerns(item, session)

        if start is there and (write is not wait or self.module.loop_of(wait) is None):
            return False
        if not flow.reachable(
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
