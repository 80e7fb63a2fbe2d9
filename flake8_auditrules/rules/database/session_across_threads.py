"""AUD412: a database session that a thread works with while it is in use elsewhere."""

from __future__ import annotations

import ast

from flake8_auditrules.project.connection_threads import threads_at
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.shared_connections import shared_connections
from flake8_auditrules.semantics.threaded_sessions import (
    STARTING,
    functions_using,
    sessions_of_the_module,
    threaded_sessions,
)

_CURE = "open a session in the thread"
# Frameworks that run each request in a thread.
_THREADED = frozenset({"bottle", "cherrypy", "django", "falcon", "flask", "pyramid"})


class SessionAcrossThreads(Rule):
    """
    ## What it does
    Finds SQLAlchemy sessions that are handed to a thread while others have them: the function that started the
    thread goes on with the session or closes it, or several threads get the same one. So do all requests of a
    web application from a session that a module makes when it is imported, and from a connection of a driver
    (sqlite3 with `check_same_thread=False`, psycopg, PyMySQL) that the module, or an object which serves all,
    keeps and writes on without a lock.

    ## Why it matters
    A session is one transaction on one connection, and keeps its rows without a lock. Two threads in it at once
    end in `IllegalStateChangeError`, `InvalidRequestError` or the driver's `ProgrammingError`, or, worse, in a
    commit that takes in half of what the other thread is doing.

    ## When to silence it
    When the threads take turns in a way that the rule cannot see.
    """

    code = "AUD412"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    calls = STARTING
    message = "`{call}` gives {whom} the {kind} `{session}`, {meanwhile}; {cure}"
    examined = "sessions that threads get are in no other hands"
    reach = Reach.PROJECT

    bad = (
        """
        from concurrent.futures import ThreadPoolExecutor

        from sqlalchemy import text
        from sqlalchemy.orm import Session

        def count(session: Session, table):
            return session.execute(text(f"select count(*) from {table}")).scalar()

        def counts(session: Session, tables):
            with ThreadPoolExecutor(max_workers=4) as pool:
                futures = [pool.submit(count, session, table) for table in tables]  # AUD412
                return [future.result() for future in futures]
        """,
        """
        import threading

        from sqlalchemy import text
        from sqlalchemy.orm import Session

        def touch(session: Session):
            session.execute(text("select 1"))

        def start(session: Session):
            thread = threading.Thread(target=touch, args=(session,))  # AUD412
            thread.start()
            session.execute(text("select 2"))
            return thread
        """,
    )
    good = (
        """
        from concurrent.futures import ThreadPoolExecutor

        from sqlalchemy import text
        from sqlalchemy.orm import Session, sessionmaker

        def count(make_session: sessionmaker[Session], table):
            with make_session() as session:
                return session.execute(text(f"select count(*) from {table}")).scalar()

        def counts(make_session: sessionmaker[Session], tables):
            with ThreadPoolExecutor(max_workers=4) as pool:
                futures = [pool.submit(count, make_session, table) for table in tables]
                return [future.result() for future in futures]
        """,
        """
        import threading

        from sqlalchemy import text
        from sqlalchemy.orm import Session

        def touch(session: Session):
            session.execute(text("select 1"))

        def start(session: Session):
            thread = threading.Thread(target=touch, args=(session,))
            thread.start()
            thread.join()
            session.execute(text("select 2"))
            return thread
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report the start of a thread that is not alone with its session."""
        sessions = threaded_sessions(self.module) if not self.module.is_test else {}
        if node not in sessions:
            return
        found = sessions[node]
        if found is None:
            self.passed(node)
            return
        self.report(
            node,
            call=f"{self.module.text(node.func)}(...)",
            whom="a thread",
            kind="session",
            session=found.session,
            meanwhile=found.meanwhile,
            cure=_CURE,
        )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the sessions and connections that a module of a web application keeps for all its threads."""
        if self.module.is_test:
            return
        for call, name in sessions_of_the_module(self.module):
            users = functions_using(self.module, name)
            if not any(
                isinstance(one, ast.FunctionDef) and role_of(self.module, one) is Role.ROUTE for one in users
            ):
                if not self._serves() or not (users or self._is_imported(name.id)):
                    continue
            self.report(
                call,
                call=self.module.call_text(call),
                whom="the threads of all requests",
                kind="session",
                session=name.id,
                meanwhile="with one transaction",
                cure=_CURE,
            )
        for connection in shared_connections(self.module):
            runner = threads_at(self.project, self.module, connection)
            if runner is None:
                self.passed(connection.call)
            else:
                self.report(
                    connection.call,
                    call=self.module.call_text(connection.call),
                    whom=f"all threads of {runner}",
                    kind="connection",
                    session=connection.text,
                    meanwhile="with one transaction and no lock",
                    cure="open one in each thread, or hold a lock",
                )

    def _is_imported(self, name: str) -> bool:
        """Whether another module imports what a name of this module holds."""
        qualified = f"{self.module.name}.{name}"
        return any(qualified in wiring.imports for wiring in self.project.wirings().values())

    def _serves(self) -> bool:
        """Whether the project is a web application whose routes run in threads."""
        return any(
            name.partition(".")[0] in _THREADED
            for wiring in self.project.wirings().values()
            for name in wiring.imports
        )
