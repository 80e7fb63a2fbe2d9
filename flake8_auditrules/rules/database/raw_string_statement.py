"""AUD411: a plain text given to a SQLAlchemy session or connection to execute."""

from __future__ import annotations

import ast

from flake8_auditrules.project.requirements import requirement
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.sessions import is_upgrade, transaction_maker_of

_EXECUTING = frozenset({"execute", "scalar", "scalars", "stream", "stream_scalars"})


class RawStringStatement(Rule):
    """
    ## What it does
    Finds plain texts given to `execute`, `scalar` or `scalars` of a SQLAlchemy session or connection.

    ## Why it matters
    SQLAlchemy 2 refuses them: `ArgumentError` from a session, `ObjectNotExecutableError` from a connection,
    at the first call. SQLAlchemy 1.4 accepts them with a warning, so an upgrade breaks the path that no test
    takes.

    ## When to silence it
    When the project stays with SQLAlchemy 1.3 or older.
    """

    code = "AUD411"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    call_names = _EXECUTING
    message = "`{call}` is given a plain text, which SQLAlchemy 2 refuses; wrap it in `text(...)`"
    examined = "statements given to sessions and connections are no plain texts"
    reach = Reach.CALLEES

    bad = (
        """
        from sqlalchemy.orm import Session

        def count(session: Session):
            return session.execute("SELECT count(*) FROM row").scalar_one()  # AUD411
        """,
        """
        from sqlalchemy import create_engine

        engine = create_engine("sqlite://")

        def ping():
            with engine.connect() as connection:
                return connection.execute("SELECT 1").scalar_one()  # AUD411
        """,
    )
    good = (
        """
        from sqlalchemy import text
        from sqlalchemy.orm import Session

        def count(session: Session):
            return session.execute(text("SELECT count(*) FROM row")).scalar_one()
        """,
        """
        from sqlalchemy import create_engine

        engine = create_engine("sqlite://")

        def ping():
            with engine.connect() as connection:
                return connection.exec_driver_sql("SELECT 1").scalar_one()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a session's or connection's call whose statement is a text."""
        function = node.func
        if not isinstance(function, ast.Attribute) or function.attr not in _EXECUTING or not node.args:
            return
        if is_upgrade(self.module, node) or transaction_maker_of(self.module, function.value) is None:
            return
        if self._is_text(node.args[0]):
            # The requirement files are looked for last: that costs more than all the rest.
            asked = requirement(self.project, "sqlalchemy")
            if asked is not None and asked.is_below((2,)):
                return
            self.report(node, call=self.module.call_text(node))
        else:
            self.passed(node)

    def _is_text(self, statement: ast.expr) -> bool:
        if isinstance(statement, ast.Name):
            bindings = self.module.bindings(statement)
            return bool(bindings) and all(
                binding.kind is BindingKind.ASSIGNMENT and binding.value is not None and _is_literal(binding.value)
                for binding in bindings
            )
        return _is_literal(statement)


def _is_literal(value: ast.expr) -> bool:
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, (ast.Add, ast.Mod)) and _is_literal(value.left)
    return isinstance(value, ast.JoinedStr) or (isinstance(value, ast.Constant) and isinstance(value.value, str))
