"""AUD115: one database session used by several coroutines at once."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.concurrent_sessions import gatherings, shared_sessions


class SessionInGather(Rule):
    """
    ## What it does
    Finds SQLAlchemy sessions and connections that are handed to several coroutines which run at once: by
    `asyncio.gather`, a task group, or tasks made in a loop.

    ## Why it matters
    A session is one transaction on one connection and not made for several at once. While one coroutine waits
    for its answer, the other sends its own query: SQLAlchemy raises `InvalidRequestError` or
    `IllegalStateChangeError`, and a commit of one takes in half of what the other does.

    ## When to silence it
    When all but one of the coroutines leave the session alone.
    """

    code = "AUD115"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{call}` runs coroutines at once that share the session `{session}`; make one in each"
    examined = "calls that run coroutines at once hand them no common session"

    bad = (
        """
        import asyncio

        from sqlalchemy import text
        from sqlalchemy.ext.asyncio import AsyncSession

        async def one(session: AsyncSession, name):
            return (await session.execute(text("select :name"), {"name": name})).scalar()

        async def both(session: AsyncSession):
            return await asyncio.gather(one(session, "a"), one(session, "b"))  # AUD115
        """,
        """
        import asyncio

        from sqlalchemy import text
        from sqlalchemy.ext.asyncio import AsyncSession

        async def one(session: AsyncSession, name):
            return (await session.execute(text("select :name"), {"name": name})).scalar()

        async def all_of(session: AsyncSession, names):
            return await asyncio.gather(*[one(session, name) for name in names])  # AUD115
        """,
    )
    good = (
        """
        import asyncio

        from sqlalchemy import text
        from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

        async def one(make_session: async_sessionmaker[AsyncSession], name):
            async with make_session() as session:
                return (await session.execute(text("select :name"), {"name": name})).scalar()

        async def both(make_session: async_sessionmaker[AsyncSession]):
            return await asyncio.gather(one(make_session, "a"), one(make_session, "b"))
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the calls that run coroutines with one session."""
        for shared in shared_sessions(self.module):
            function = self.module.text(shared.call.func)
            self.report(shared.call, call=f"{function}(...)", session=shared.session)
        self.passed_others(gatherings(self.module))
