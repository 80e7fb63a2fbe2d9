"""AUD424: `ON DELETE CASCADE` on an SQLite database that is never told to heed foreign keys."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import says_anything
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.rule import Category, Reach, Rule, Severity

_DRIVERS = ("sqlite3", "aiosqlite")
_OTHER_DRIVERS = ("psycopg", "psycopg2", "asyncpg", "pymysql", "MySQLdb", "aiomysql", "asyncmy")
_HEEDING = pattern(r"foreign_keys", re.IGNORECASE)
_NAME = r"[\"'`\[]?(\w+)[\"'`\]]?"
_TABLE = pattern(rf"\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}", re.IGNORECASE)
_KEY = pattern(rf"\bREFERENCES\s+{_NAME}\s*(?:\([^)]*\))?\s*ON\s+DELETE\s+(?:CASCADE|SET\s+NULL)", re.IGNORECASE)


class _Key(NamedTuple):
    """A foreign key with something to do when the row that it points to is deleted: both tables."""

    table: str
    parent: str


class UnenforcedForeignKey(Rule):
    """
    ## What it does
    Finds tables of SQLite with `ON DELETE CASCADE` or `ON DELETE SET NULL` in projects that delete rows of the
    other table, never those of this one, and never say `PRAGMA foreign_keys`.

    Silent where the module uses the driver of a server as well.

    ## Why it matters
    SQLite heeds foreign keys only on connections that were told to (`PRAGMA foreign_keys = ON`, each one anew). On
    all others the clause does nothing: what belongs to a deleted row stays for ever, and belongs to the next row
    that gets its number.

    ## When to silence it
    When the library is compiled to heed them, with `SQLITE_DEFAULT_FOREIGN_KEYS=1`.
    """

    code = "AUD424"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    reach = Reach.PROJECT
    imports = ("sqlite3", "aiosqlite")
    message = (
        "`{table}` keeps the rows of a deleted `{parent}`: SQLite heeds no key here; execute "
        "`PRAGMA foreign_keys = ON`"
    )
    examined = "connections to SQLite heed the foreign keys that delete rows"

    bad = (
        """
        import sqlite3

        def connect(path):
            connection = sqlite3.connect(path)
            connection.executescript(
                "CREATE TABLE users (id INTEGER PRIMARY KEY);"  # AUD424
                "CREATE TABLE notes (text TEXT, user_id INTEGER REFERENCES users(id) ON DELETE CASCADE);"
            )
            return connection

        def forget(connection, user_id):
            connection.execute("DELETE FROM users WHERE id = ?", (user_id,))
        """,
    )
    good = (
        """
        import sqlite3

        def connect(path):
            connection = sqlite3.connect(path)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.executescript(
                "CREATE TABLE users (id INTEGER PRIMARY KEY);"
                "CREATE TABLE notes (text TEXT, user_id INTEGER REFERENCES users(id) ON DELETE CASCADE);"
            )
            return connection

        def forget(connection, user_id):
            connection.execute("DELETE FROM users WHERE id = ?", (user_id,))
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the texts of the module that make such tables."""
        module = self.module
        if module.is_test or not module.imports(*_DRIVERS) or module.imports(*_OTHER_DRIVERS):
            return
        for text in module.nodes(ast.Constant):
            if not isinstance(text.value, str) or "REFERENCES" not in text.value.upper():
                continue
            keys = list(_keys(text.value))
            if not keys or isinstance(module.parent(text), ast.Expr):
                continue
            if says_anything(self.project, _HEEDING):
                self.passed(text)
                continue
            broken = next((key for key in keys if self._is_relied_on(key)), None)
            if broken is not None:
                self.report(text, table=broken.table, parent=broken.parent)

    def _is_relied_on(self, key: _Key) -> bool:
        """Whether the project deletes rows of the parent, and never those of the table itself."""
        return says_anything(self.project, _deleting(key.parent)) and not says_anything(
            self.project, _deleting(key.table)
        )


def _keys(text: str) -> Iterator[_Key]:
    """The foreign keys of the tables that a text makes, with something to do when the other row is deleted."""
    tables = list(_TABLE.finditer(text))
    for key in _KEY.finditer(text):
        table = next((one for one in reversed(tables) if one.start() < key.start()), None)
        if table is not None and table[1].lower() != key[1].lower():
            yield _Key(table[1], key[1])


def _deleting(table: str) -> re.Pattern[str]:
    return re.compile(rf"\bDELETE\s+FROM\s+[\"'`\[]?{re.escape(table)}\b", re.IGNORECASE)
