"""Databases: what is a session, a connection or an engine, and what their methods do to a transaction.

From the documentation of SQLAlchemy 1.4 and 2, SQLModel, Flask-SQLAlchemy, psycopg 2 and 3, asyncpg, PyMySQL,
sqlite3 and Django. Names are those after `aliases.canonical`.
"""

from __future__ import annotations

import re

from flake8_auditrules.patterns import pattern

ORM_LIBRARIES = ("sqlalchemy", "sqlmodel", "flask_sqlalchemy", "fastapi_sqlalchemy")
DRIVERS = (
    "sqlite3",
    "aiosqlite",
    "psycopg",
    "psycopg2",
    "psycopg_pool",
    "asyncpg",
    "pymysql",
    "MySQLdb",
    "mysql",
    "aiomysql",
    "oracledb",
    "pyodbc",
    "duckdb",
    "databases",
)
# What works with MongoDB.
DOCUMENT_LIBRARIES = ("beanie", "bson", "flask_pymongo", "motor", "odmantic", "pymongo")

# -- SQLAlchemy sessions -------------------------------------------------------------------------------------

SYNC_SESSION = "sqlalchemy.orm.Session"
ASYNC_SESSION = "sqlalchemy.ext.asyncio.AsyncSession"
SCOPED_SESSIONS = frozenset({"sqlalchemy.orm.scoped_session", "sqlalchemy.ext.asyncio.async_scoped_session"})
SESSIONS = frozenset({SYNC_SESSION, ASYNC_SESSION, *SCOPED_SESSIONS})
SESSION_FACTORIES = frozenset({"sqlalchemy.orm.sessionmaker", "sqlalchemy.ext.asyncio.async_sessionmaker"})

# Methods that write what is pending and so raise what the database has against it; after that the session
# refuses all work until `rollback()`.
FLUSHING = frozenset({"flush", "commit"})

# Methods that flush what is pending before they ask.
AUTOFLUSHING = frozenset({"execute", "exec", "scalar", "scalars", "stream", "stream_scalars", "merge", "refresh"})

# Methods that send a statement, or refuse to on a session that a failed flush has left.
WORKING = frozenset({*FLUSHING, *AUTOFLUSHING, "query", "get", "get_one", "begin_nested", "connection"})

# Methods after which a session that a failed flush has left works again.
RESTORING = frozenset({"rollback", "close", "invalidate", "reset", "remove", "aclose"})

# Methods that end a transaction with all savepoints in it.
ENDING = frozenset({*RESTORING, "commit"})
CLOSING = frozenset({"close", "aclose", "remove", "terminate", "invalidate"})

# Methods that only sessions have; two names that others have too prove nothing.
SESSION_ONLY = frozenset(
    {
        "add_all",
        "begin_nested",
        "bulk_insert_mappings",
        "bulk_save_objects",
        "bulk_update_mappings",
        "expire_all",
        "expunge",
        "expunge_all",
        "flush",
        "no_autoflush",
        "query",
        "scalar",
        "scalars",
    }
)

# -- connections ---------------------------------------------------------------------------------------------

SYNC_CONNECTION = "sqlalchemy.engine.Connection"
ASYNC_CONNECTION = "sqlalchemy.ext.asyncio.AsyncConnection"
CORE_CONNECTIONS = frozenset({SYNC_CONNECTION, ASYNC_CONNECTION})

# Types of settings that hold the URL of a database server, and nothing else.
SERVER_URLS = frozenset(
    f"{library}.{name}"
    for library in ("pydantic", "pydantic.networks", "pydantic.v1")
    for name in ("CockroachDsn", "MariaDBDsn", "MySQLDsn", "PostgresDsn", "SnowflakeDsn", "ClickHouseDsn")
)

# Functions that open a connection to a database -> whether the `with` block of what they give closes it.
CONNECTING: dict[str, bool] = {
    "sqlite3.connect": False,
    "psycopg2.connect": False,
    "psycopg.connect": True,
    "psycopg.Connection.connect": True,
    "psycopg.AsyncConnection.connect": True,
    "pymysql.connect": True,
    "MySQLdb.connect": True,
    "mysql.connector.connect": True,
    "aiosqlite.connect": True,
    "asyncpg.connect": True,
    "aiomysql.connect": True,
    "oracledb.connect": True,
    "pyodbc.connect": False,
    "duckdb.connect": True,
    "cx_Oracle.connect": True,
    "databricks.sql.connect": True,
    "mariadb.connect": True,
    "pg8000.connect": True,
    "pg8000.dbapi.connect": True,
    "pyhive.hive.connect": True,
    "pymssql.connect": True,
    "redshift_connector.connect": True,
    "snowflake.connector.connect": True,
    "trino.dbapi.connect": True,
    "vertica_python.connect": True,
}

# Functions that open a connection which threads may share one after the other, but not at once.
UNSHAREABLE = frozenset({"pymysql.connect", "MySQLdb.connect", "mysql.connector.connect", "mariadb.connect"})

# Those whose connections threads may use at once, in one transaction -> the argument that has to allow it.
TRANSACTION_SHARING: dict[str, str] = {
    "sqlite3.connect": "check_same_thread",
    "psycopg2.connect": "",
    "psycopg.connect": "",
}

# Classes with a pool, from which `connect()` and `raw_connection()` take a connection.
ENGINES = frozenset({"sqlalchemy.engine.Engine", "sqlalchemy.ext.asyncio.AsyncEngine"})

# DB-API classes whose `execute` takes a text.
TEXT_EXECUTING = frozenset(
    {
        "sqlite3.Connection",
        "sqlite3.Cursor",
        "psycopg.Connection",
        "psycopg.Cursor",
        "psycopg2.extensions.cursor",
        "pymysql.cursors.Cursor",
        "aiosqlite.Connection",
        "asyncpg.Connection",
        "asyncpg.Pool",
        "databases.Database",
        "databases.core.Connection",
        "psycopg.AsyncConnection",
        "psycopg.AsyncCursor",
    }
)

# Methods that send a SQL text with its values: of DB-API connections and cursors, aiosqlite, asyncpg, databases,
# SQLAlchemy and pandas.
TEXT_SENDING = frozenset(
    {
        "execute",
        "execute_fetchall",
        "fetch",
        "fetch_all",
        "fetch_one",
        "fetch_val",
        "fetchall",
        "fetchone",
        "fetchrow",
        "fetchval",
        "iterate",
        "query",
        "read_sql",
    }
)

# Where a SQL text has a bound value, as a regular expression: `?`, `%s`, `%(name)s`, `:name`, `$1`.
PLACEHOLDER = r"\?|%s|%\(\w+\)s|(?<!:):[A-Za-z]\w*|\$\d+"

# Where the classes lie that fit a library to one kind of database: theirs are the names of tables and columns.
BACKENDS = (
    "django.db.backends.",
    "sqlalchemy.dialects.",
    "sqlalchemy.engine.default.",
    "sqlalchemy.engine.interfaces.",
)

# What makes a statement that changes rows.
CHANGING_STATEMENTS = frozenset({"sqlalchemy.delete", "sqlalchemy.insert", "sqlalchemy.update"})

# -- errors --------------------------------------------------------------------------------------------------

# Modules whose exceptions a failing flush can raise; `sqlalchemy.exc.NoResultFound` and the like it cannot.
ERROR_MODULES = (
    "sqlalchemy.exc",
    "psycopg.errors",
    "psycopg2",
    "psycopg2.errors",
    "asyncpg",
    "asyncpg.exceptions",
)
FLUSH_ERRORS = frozenset(
    {
        "DBAPIError",
        "DataError",
        "DatabaseError",
        "IntegrityError",
        "InterfaceError",
        "InternalError",
        "InvalidRequestError",
        "OperationalError",
        "PendingRollbackError",
        "ProgrammingError",
        "SQLAlchemyError",
        "StatementError",
        "StaleDataError",
    }
)

# Columns that say how far something has come, and those of what may be done with a thing only once.
STATES = pattern(r"(?:\w+_)?(?:status|state|phase|stage)")
SPENT = pattern(r"(?:is_|was_)?(?:used|redeemed|consumed|claimed|accepted|spent)(?:_at|_on|_by)?")
# What is taken back when something else takes its place: of a token that is given out anew, once.
REPLACED = pattern(r"(?:is_|was_)?(?:revoked|rotated|replaced|invalidated)(?:_at|_on|_by)?")
# States that time alone brings: anybody may set them.
TIMED_OUT = pattern(r"expired|stale|time_?out|timed_?out", re.IGNORECASE)

# Commands of Redis that read one key and change nothing, each with how many keys are read in one round trip
# (https://redis.io/docs/latest/commands/; redis-py, "Pipelines"). The lengths of queues and streams are left out:
# of these there are a handful.
_IN_PIPELINE = "send them in one `pipeline()`"
KEY_READS: dict[str, str] = {
    "get": "read all of them by one `mget`",
    **dict.fromkeys(
        (
            "exists",
            "hexists",
            "hget",
            "hgetall",
            "hkeys",
            "hlen",
            "hmget",
            "hvals",
            "lrange",
            "pttl",
            "scard",
            "sismember",
            "smembers",
            "strlen",
            "ttl",
            "zcard",
            "zcount",
            "zrange",
            "zrangebyscore",
            "zscore",
        ),
        _IN_PIPELINE,
    ),
}
