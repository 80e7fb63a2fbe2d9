"""AUD103: a synchronous database call on the event loop."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity, Step


class BlockingDatabase(Rule):
    """
    ## What it does
    Finds calls in an `async def` that send something to a database and wait for the answer on the loop's own
    thread: synchronous SQLAlchemy sessions, engines and queries, drivers such as psycopg2 and sqlite3, the
    Django ORM, PyMongo and others, also through repositories and properties of the project, be they held by a
    dictionary or told only by the methods that are called on a parameter. What only builds a
    query (`session.query(...)`, `session.add(...)`) is not meant. A method that Tornado,
    Starlette or asyncio's protocols call on the loop, such as `get` of a `RequestHandler`, counts as one.

    ## Why it matters
    While the database works, or holds a lock, no other request of the process goes on; and a pool that is
    empty is waited for on the very thread that would have to give a connection back.

    ## When to silence it
    When the database lies in memory, or when nothing else runs on that loop.
    """

    code = "AUD103"
    severity = Severity.HIGH
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{call}` blocks the event loop{chain}; {cure}"
    examined = "coroutines never block on a database"
    reach = Reach.PROJECT
    options = (Option("in-tests", False, "look at test files too"),)

    bad = (
        """
        from sqlalchemy import text
        from sqlalchemy.orm import Session

        async def artists(session: Session):
            return session.execute(text("select name from artist")).all()  # AUD103
        """,
        """
        # file: repository.py
        from sqlalchemy import text
        from sqlalchemy.orm import Session

        class Artists:
            def __init__(self, session: Session):
                self._session = session

            @property
            def names(self):
                return list(self._session.scalars(text("select name from artist")))

        # file: routes.py
        from repository import Artists

        async def artists(session):
            return Artists(session).names  # AUD103
        """,
    )
    good = (
        """
        from sqlalchemy import text
        from sqlalchemy.ext.asyncio import AsyncSession

        async def artists(session: AsyncSession):
            return (await session.execute(text("select name from artist"))).all()
        """,
        """
        from sqlalchemy import text
        from sqlalchemy.orm import Session

        def artists(session: Session):
            return session.execute(text("select name from artist")).all()
        """,
    )

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report what waits for the database in this coroutine."""
        self._examine(node)

    def visit_Module(self, node: ast.Module) -> None:
        """Report the same in the methods that a library calls on the loop."""
        for method in self.project.called_back(self.module):
            self._examine(method)

    def _examine(self, node: ast.AsyncFunctionDef | ast.FunctionDef) -> None:
        if self.module.is_test and not self.option("in-tests"):
            return
        blocked = self.project.blocked(self.module, node, Effect.DATABASE)
        for one in blocked:
            steps = [Step(*link) for link in one.links]
            self.report(one.node, steps=steps, place=node, call=one.text, chain=one.shown, cure=one.cure)
        if not blocked:
            self.passed(node)
