"""AUD406: a foreign key without an index."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.column_uses import columns_never_asked_by, deletes_rows_of
from flake8_auditrules.project.engine_urls import says_mysql_alone
from flake8_auditrules.project.migrations import indexed_columns
from flake8_auditrules.project.requirements import is_required
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity
from flake8_auditrules.semantics.models import ForeignKey, Model, models
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import is_example
from flake8_auditrules.semantics.sessions import is_migration

_SMALL = pattern(
    r"(?:Config|Configuration|Settings?|Type|Kind|Status|Pool|Team|Role|Country|Currency|Language|Variable)$"
)
# Columns of a link that say when it was made, or where it stands.
_ASIDE = pattern(
    r"(?:^|_)(?:at|on|added|created|date|index|joined|order|position|rank|time|timestamp|updated)(?:_at)?$"
)
_MYSQL = ("pymysql", "mysqlclient", "mysql-connector-python", "aiomysql", "asyncmy")
_OF_MYSQL = frozenset({"mysql_charset", "mysql_collate", "mysql_engine"})
_OTHERS = ("psycopg", "psycopg2", "psycopg2-binary", "asyncpg", "pg8000", "oracledb", "pyodbc")


class UnindexedForeignKey(Rule):
    """
    ## What it does
    Finds columns with a `ForeignKey` that no index, unique constraint or primary key of the table starts with,
    neither in the model nor in the project's migrations. `index=False` counts as a decision.
    Silent for tables that only link others, and in examples; and for a column without `ondelete` where the
    project asks for the model's rows, but nowhere by that column (a condition, a join, a relationship from the
    other side), and deletes no rows that it refers to: then no statement would use the index.

    ## Why it matters
    PostgreSQL, SQLite and Oracle index what a foreign key refers to, not the column that refers. Each join
    over the relationship, and each deletion of a row that is referred to, then reads the whole table.

    ## When to silence it
    On MySQL and MariaDB, which make the index by themselves (option `mysql`, where neither the requirements nor
    `mysql_engine` or the like say so), and for tables that stay small.
    """

    code = "AUD406"
    severity = Severity.MEDIUM
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{column}` refers to `{target}` and has no index; add `index=True`"
    examined = "foreign keys have an index"
    reach = Reach.PROJECT
    options = (Option("mysql", False, "the database is MySQL or MariaDB, which index foreign keys themselves"),)

    bad = (
        """
        from sqlalchemy import ForeignKey
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

        class Base(DeclarativeBase):
            pass

        class Author(Base):
            __tablename__ = "author"

            id: Mapped[int] = mapped_column(primary_key=True)

        class Book(Base):
            __tablename__ = "book"

            id: Mapped[int] = mapped_column(primary_key=True)
            author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))  # AUD406
        """,
    )
    good = (
        """
        from sqlalchemy import ForeignKey
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

        class Base(DeclarativeBase):
            pass

        class Author(Base):
            __tablename__ = "author"

            id: Mapped[int] = mapped_column(primary_key=True)

        class Book(Base):
            __tablename__ = "book"

            id: Mapped[int] = mapped_column(primary_key=True)
            author_id: Mapped[int] = mapped_column(ForeignKey("author.id"), index=True)
        """,
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Report the foreign keys of a model that no index starts with."""
        found = [one for one in models(self.module) if one.node is node and one.leading is not None]
        if not found or self.module.is_test or self.option("mysql") or is_migration(self.module):
            return
        if _SMALL.search(node.name) or self._is_abstract(node) or is_example(self.module):
            return
        for model in found:
            if not self._is_link_table(model):
                self._look(model)

    def _is_abstract(self, node: ast.ClassDef) -> bool:
        """Whether a class has no table of its own: those that inherit from it add the indexes."""
        return any(
            isinstance(statement, ast.Assign)
            and isinstance(statement.targets[0], ast.Name)
            and statement.targets[0].id == "__abstract__"
            for statement in node.body
        )

    def _look(self, model: Model) -> None:
        assert model.leading is not None
        for foreign in model.foreign_keys:
            if (
                foreign.column in model.leading
                or self._is_left_out(foreign)
                or _is_enumeration(foreign)
                or self._is_migrated(model, foreign)
                or self._is_for_mysql()
                or self._is_of_no_use(model, foreign)
            ):
                self.passed(foreign.call)
            else:
                self.report(
                    self.module.statement(foreign.call),
                    column=f"{model.node.name}.{foreign.column}",
                    target=foreign.target,
                )

    def _is_left_out(self, foreign: ForeignKey) -> bool:
        """Whether the column says itself that it wants no index, or nothing to be done when the other row goes."""
        index = self.module.argument(foreign.call, "index")
        if isinstance(index, ast.Constant) and index.value is False:
            return True
        return any(
            isinstance(part, ast.keyword)
            and part.arg == "ondelete"
            and isinstance(part.value, ast.Constant)
            and part.value.value == "NO ACTION"
            for part in ast.walk(foreign.call)
        )

    def _is_for_mysql(self) -> bool:
        """Whether the module or the project is for MySQL alone, which makes an index for each foreign key."""
        return self.module.keep("written for MySQL", _names_mysql) or (
            (
                (is_required(self.project, _MYSQL) or self.module.keep("says how MySQL keeps it", _says_for_mysql))
                and not is_required(self.project, _OTHERS)
            )
            or (self.project.is_marked and says_mysql_alone(self.project))
        )

    def _is_migrated(self, model: Model, foreign: ForeignKey) -> bool:
        """Whether a migration of the project makes an index that starts with the column."""
        column = foreign.name_in_table
        return any(
            made == column and (not table or model.table in ("", table))
            for table, made in indexed_columns(self.project)
        )

    def _is_of_no_use(self, model: Model, foreign: ForeignKey) -> bool:
        """Whether nothing in the project looks for rows by the column, or deletes what it refers to."""
        table = foreign.target.rpartition(".")[0].rpartition(".")[2]
        if not table or any(
            isinstance(part, ast.keyword) and part.arg == "ondelete" for part in ast.walk(foreign.call)
        ):
            return False
        columns = {foreign.column, foreign.name_in_table}
        return not deletes_rows_of(self.project, table) and columns == columns_never_asked_by(
            self.project, model.node.name, columns
        )

    def _is_link_table(self, model: Model) -> bool:
        """Whether a table holds foreign keys and its primary key, times and places in an order aside."""
        keys = {
            name
            for name, call in model.columns.items()
            if isinstance(value := self.module.argument(call, "primary_key"), ast.Constant) and value.value is True
        }
        foreign = {foreign.column for foreign in model.foreign_keys}
        others = set(model.columns) - foreign
        if len(keys & foreign) > 1:
            return all(_ASIDE.search(name) for name in others)
        return bool(keys) and not others


def _names_mysql(module: Module) -> bool:
    """Whether the address of a MySQL database is written in a module."""
    return any(
        isinstance(constant.value, str) and constant.value.startswith(("mysql+", "mysql:", "mariadb+", "mariadb:"))
        for constant in module.nodes(ast.Constant)
    )


def _says_for_mysql(module: Module) -> bool:
    """Whether a table of the module is given an engine or character set of MySQL."""
    return any(
        isinstance(constant.value, str) and constant.value in _OF_MYSQL for constant in module.nodes(ast.Constant)
    ) or any(keyword.arg in _OF_MYSQL for keyword in module.nodes(ast.keyword))


def _is_enumeration(foreign: ForeignKey) -> bool:
    """Whether a column names a row of a table called the same, `status` of `status.name`: none is ever deleted."""
    table, _, key = foreign.target.rpartition(".")
    return key in ("code", "name") and foreign.name_in_table.endswith(table.rpartition(".")[2])
