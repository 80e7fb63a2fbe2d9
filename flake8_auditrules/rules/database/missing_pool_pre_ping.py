"""AUD409: a pool that hands out connections which the server has closed."""

from __future__ import annotations

import ast

from flake8_auditrules.project.engine_urls import is_url_of_server
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity
from flake8_auditrules.semantics.engines import Server, is_kept, minds_stale_connections, server_of
from flake8_auditrules.semantics.programs import has_main_guard, is_example, is_terminal_program
from flake8_auditrules.semantics.sessions import is_migration


class MissingPoolPrePing(Rule):
    """
    ## What it does
    Finds engines of SQLAlchemy for a database server that are kept for the life of the program and have neither
    `pool_pre_ping` nor `pool_recycle`. The server is known by the URL (written out, or the default of an
    environment variable or setting), by the type of the setting (`PostgresDsn`), by a condition that has just
    ruled SQLite out, or by `pool_size` and `max_overflow` where the module never says SQLite.

    ## Why it matters
    The pool keeps connections open. The server, a proxy or a firewall closes idle ones, and a restart of the
    database closes all; the pool learns of it only from the query that fails. The first requests of the morning
    and those after each failover end with an OperationalError, one for each connection in the pool.

    ## When to silence it
    When a proxy such as PgBouncer, or a retry around each unit of work, takes care of lost connections.
    """

    code = "AUD409"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    reach = Reach.CALLEES
    calls = frozenset({"sqlalchemy.create_engine", "sqlalchemy.ext.asyncio.create_async_engine"})
    message = "`{call}` hands out connections that the server has closed meanwhile; set `pool_pre_ping=True`"
    examined = "engines for database servers look after stale connections"
    options = (Option("unknown-url", False, "report engines of which nothing tells the kind of database, too"),)

    bad = (
        """
        from sqlalchemy import create_engine

        engine = create_engine("postgresql+psycopg://app@db/orders")  # AUD409
        """,
    )
    good = (
        """
        from sqlalchemy import create_engine

        engine = create_engine("postgresql+psycopg://app@db/orders", pool_pre_ping=True)
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report an engine for a server whose pool never looks whether a connection still lives."""
        module = self.module
        if module.is_test or is_migration(module) or is_terminal_program(module) or is_example(module):
            return
        if has_main_guard(module) or module.has_unpacking(node):
            return
        server = server_of(module, node)
        if server is Server.NONE or not is_kept(module, node):
            return
        if server is Server.UNKNOWN and not self.option("unknown-url"):
            url = module.argument(node, "url", 0)
            if url is None or not is_url_of_server(self.project, module, url):
                return
        if minds_stale_connections(node):
            self.passed(node)
        else:
            self.report(node, call=module.call_text(node))
