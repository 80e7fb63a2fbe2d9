"""AUD410: a value written into the text of an SQL statement."""

from __future__ import annotations

import ast

from flake8_auditrules.project.callers import every_caller
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.origins import Origin, origins
from flake8_auditrules.semantics.plain_forms import is_plainly_built
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.sessions import is_upgrade
from flake8_auditrules.semantics.sql_texts import Part, built_text, comes_from_outside

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
# What a caller gives that stands in the program itself; what an object was made with may come from anywhere.
_WRITTEN = frozenset({Origin.CONSTANT, Origin.MODULE})
_MAXIMUM_HOPS = 2


class StringBuiltSql(Rule):
    """
    ## What it does
    Finds SQL statements into whose text a parameter of the function is written, by an f-string, `%`, `+` or
    `format`, where SQL has a value; in routes also where it has the name of a table or column.

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
        return root is not None and not self._is_fixed_by_callers(self.module, root, 0)

    def _is_fixed_by_callers(self, module: Module, parameter: ast.Name, hops: int) -> bool:
        """Whether the project calls the function of a parameter, and each time with what it has written itself."""
        site = module.bindings(parameter)[0].site
        function = module.enclosing(site, ast.FunctionDef, ast.AsyncFunctionDef)
        if not isinstance(site, ast.arg) or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return False
        positional = module.instances.positional_parameters(function)
        place = positional.index(parameter.id) if parameter.id in positional else None
        calls = every_caller(self.project, module, function)
        given = [(one.module, one.module.argument(one.call, parameter.id, place)) for one in calls]
        return bool(given) and all(
            value is None
            or origins(caller, value) <= _WRITTEN
            or _lists_numbers(caller, value)
            # Handed on by a function that gets it itself.
            or (
                hops < _MAXIMUM_HOPS
                and isinstance(value, ast.Name)
                and len(caller.bindings(value)) == 1
                and self._is_fixed_by_callers(caller, value, hops + 1)
            )
            for caller, value in given
        )


def _lists_numbers(module: Module, value: ast.expr) -> bool:
    """Whether a text is made of numbers, `", ".join(str(number) for number in numbers)`: texts need no `str`."""
    if isinstance(value, ast.Name):
        bindings = module.bindings(value)
        value = bindings[0].value or value if len(bindings) == 1 else value
    if not isinstance(value, ast.Call) or last_name(value.func) != "join" or len(value.args) != 1:
        return False
    made = value.args[0].elt if isinstance(value.args[0], (ast.ListComp, ast.GeneratorExp)) else None
    return isinstance(made, ast.Call) and module.qualname(made.func) == "builtins.str"
