"""AUD410: a value written into the text of an SQL statement."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.project.definitions import function_named
from flake8_auditrules.project.written_by_callers import is_written_by_callers
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.plain_forms import is_plainly_built
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.sessions import is_upgrade
from flake8_auditrules.semantics.sql_texts import Part, built_text, comes_from_outside, says_no_text

_SENDING = frozenset(
    {
        "exec_driver_sql",
        "execute",
        "execute_raw",
        "executemany",
        "executescript",
        "fetch",
        "fetchall",
        "fetchone",
        "fetchrow",
        "fetchval",
        "query_first",
        "query_raw",
        "raw",
        "read_sql",
        "read_sql_query",
        "scalar",
        "scalars",
    }
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class StringBuiltSql(Rule):
    """
    ## What it does
    Finds SQL statements into whose text a parameter of the function is written, by an f-string, `%`, `+` or
    `format`, where SQL has a value; in routes also where it has the name of a table or column. Parameters that
    every caller in the project gives constants, or that the method they override annotates as numbers, are left
    alone, and what fits Django or SQLAlchemy to another database.

    ## Why it matters
    Whoever chooses the value chooses the statement: `' OR '1'='1` reads every row, and on many drivers a
    second statement can follow. A name with an apostrophe is enough to break it.

    ## When to silence it
    When every caller takes the value from a fixed set that the rule cannot see.
    """

    code = "AUD410"
    severity = Severity.HIGH
    category = Category.SECURITY
    since = "0.1.0"
    call_names = _SENDING | {"text"}
    message = "`{part}` is written into the SQL text of `{call}`; {cure}"
    reach = Reach.PROJECT
    examined = "SQL texts put together here take in nothing from outside"

    bad = (
        """
        import sqlite3

        def secret_of(connection: sqlite3.Connection, name):
            query = f"SELECT secret FROM user WHERE name = '{name}'"
            return connection.execute(query).fetchall()  # AUD410
        """,
    )
    good = (
        """
        import sqlite3

        def secret_of(connection: sqlite3.Connection, name):
            query = "SELECT secret FROM user WHERE name = ?"
            return connection.execute(query, (name,)).fetchall()
        """,
        """
        import sqlite3

        COLUMNS = {"name", "secret"}

        def sorted_by(connection: sqlite3.Connection, column):
            if column not in COLUMNS:
                raise ValueError(column)
            return connection.execute(f"SELECT name FROM user ORDER BY {column}").fetchall()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a call that is given a statement into which something from outside is written."""
        function = node.func
        last = last_name(function)
        if not node.args or isinstance(node.args[0], ast.Constant):
            return
        is_text = last == "text" and self.module.qualname(function) == "sqlalchemy.text"
        if not is_text and not (isinstance(function, ast.Attribute) and last in _SENDING):
            return
        if self.module.is_test or is_upgrade(self.module, node):
            return
        statement = node.args[0]
        if not isinstance(statement, (ast.Name, ast.JoinedStr, ast.BinOp, ast.Call)):
            return
        if isinstance(statement, ast.Call) and self.module.qualname(statement.func) == "sqlalchemy.text":
            return
        built = built_text(self.module, statement)
        if not built.parts or not (is_text or built.reads_as_sql) or built.defines:
            return
        if self.config.beside_ruff and built.reads_as_sql and is_plainly_built(statement):
            return
        for part in built.parts:
            if self._is_dangerous(node, part) and not (part.is_value and built.names_with(part)):
                cure = "bind it as a parameter" if part.is_value else "take it from a fixed set"
                self.report(
                    node, part=self.module.text(part.expression, 40), call=self.module.call_text(node), cure=cure
                )
                return
        self.passed(node)

    def _is_dangerous(self, call: ast.Call, part: Part) -> bool:
        if not part.is_value and not is_route(self.module, self.module.function_of(call)):
            return False
        root = comes_from_outside(self.module, part.expression)
        return (
            root is not None
            and not is_written_by_callers(self.project, self.module, root)
            and not self._is_number_of_base(root)
            and not self._is_of_backend(call)
        )

    def _is_number_of_base(self, parameter: ast.Name) -> bool:
        """Whether a class of the project whose method is overridden says that a parameter is no text."""
        module = self.module
        site = module.bindings(parameter)[0].site
        function = module.function_of(parameter)
        holder = module.class_of(function) if isinstance(function, _FUNCTIONS) else None
        if holder is None or not isinstance(function, _FUNCTIONS) or not isinstance(site, ast.arg):
            return False
        if site.annotation is not None:
            return False
        for base in module.instances.ancestry(module.definition(holder))[1:]:
            found = function_named(self.project, module, f"{base}.{function.name}")
            arguments = found.function.args if found is not None else None
            for one in (*arguments.args, *arguments.kwonlyargs) if arguments is not None else ():
                if found is not None and one.arg == site.arg and one.annotation is not None:
                    return says_no_text(found.module.text(one.annotation))
        return False

    def _is_of_backend(self, call: ast.Call) -> bool:
        """Whether a class that fits a library to a database sends the statement: it is given names of tables."""
        holder = self.module.class_of(self.module.function_of(call) or call)
        return holder is not None and any(
            base.startswith(database.BACKENDS)
            for base in self.module.instances.ancestry(self.module.definition(holder))
        )
