"""AUD418: all rows loaded only to be counted, summed or compared in Python."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.queries import loaded_rows, loading_text, statement_parts
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.sessions import is_upgrade

_AGGREGATES = {
    "builtins.len": "count(...)",
    "builtins.sum": "func.sum(...)",
    "builtins.max": "func.max(...)",
    "builtins.min": "func.min(...)",
    "builtins.any": "exists(...)",
    "builtins.bool": "exists(...)",
    "collections.Counter": "group_by(...)",
}
_MOST_AGGREGATES = 2


class LoadAllToAggregate(Rule):
    """
    ## What it does
    Finds queries whose rows are all loaded and then used only for `len`, `sum`, `max`, `min`, `any` or
    `Counter`.

    ## Why it matters
    The database answers the same question with one number. Loading makes an object of every row: memory and
    time grow with the table, and one day the worker is killed.

    ## When to silence it
    When the table is small by nature.
    """

    code = "AUD418"
    severity = Severity.MEDIUM
    category = Category.PERFORMANCE
    since = "0.1.0"
    call_names = ("all", "fetchall")
    message = "`{query}` loads every row for `{aggregate}` alone; let the database do it with `{cure}`"
    examined = "loaded rows are used for more than an aggregate"
    reach = Reach.CALLEES

    bad = (
        """
        from sqlalchemy import select
        from sqlalchemy.orm import Session

        def how_many(session: Session, Row):
            rows = session.scalars(select(Row)).all()  # AUD418
            return len(rows)
        """,
    )
    good = (
        """
        from sqlalchemy import func, select
        from sqlalchemy.orm import Session

        def how_many(session: Session, Row):
            return session.scalar(select(func.count()).select_from(Row))
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report an `.all()` whose rows only an aggregate reads."""
        if not isinstance(node.func, ast.Attribute) or node.func.attr not in ("all", "fetchall"):
            return
        if self.module.is_test or not loaded_rows(self.module, node) or is_upgrade(self.module, node):
            return
        aggregate = self._aggregate_of(node)
        if aggregate is None or self._is_aggregated(node):
            self.passed(node)
            return
        # Two of them share the message: rows for `len(...)` and `max(...)`.
        self.report(
            node,
            query=loading_text(self.module, node),
            aggregate="` and `".join(self.module.text(called, 40) for called in aggregate.values()),
            cure="` and `".join(_AGGREGATES[name] for name in aggregate),
        )

    def _is_aggregated(self, loading: ast.Call) -> bool:
        """Whether the query's rows are groups or numbers already, or no more than a list of values or a limit."""
        return any(
            isinstance(part, ast.Attribute)
            and (part.attr in ("group_by", "count", "in_", "limit") or self._is_function(part))
            for part in statement_parts(self.module, loading)
        )

    def _is_function(self, attribute: ast.Attribute) -> bool:
        return (self.module.qualname(attribute) or "").startswith("sqlalchemy.func.")

    def _aggregate_of(self, loading: ast.Call) -> dict[str, ast.Call] | None:
        """The first call of each aggregate that reads the rows, by its name; None where anything else does."""
        parent = self.module.parent(loading)
        value: ast.expr = loading
        if isinstance(parent, ast.Await):
            value = parent
            parent = self.module.parent(parent)
        direct = self._aggregate(value)
        if direct is not None:
            return {direct[1]: direct[0]}
        if not isinstance(parent, ast.Assign) or len(parent.targets) != 1:
            return None
        target = parent.targets[0]
        if not isinstance(target, ast.Name) or len(self.module.bindings(target)) != 1:
            return None
        if any(binding.kind is not BindingKind.ASSIGNMENT for binding in self.module.bindings(target)):
            return None
        function = self.module.function_of(loading)
        if function is None:
            return None
        found: dict[str, ast.Call] = {}
        for part in ast.walk(function):
            if isinstance(part, ast.Name) and part.id == target.id and isinstance(part.ctx, ast.Load):
                one = self._aggregate(part)
                if one is None or self.module.loop_of(one[0]) is not self.module.loop_of(loading):
                    # Asked for in each turn of a loop, the database would answer many times.
                    return None
                found.setdefault(one[1], one[0])
        return found if 0 < len(found) <= _MOST_AGGREGATES else None

    def _aggregate(self, rows: ast.expr) -> tuple[ast.Call, str] | None:
        """The aggregate that is given the rows, themselves or one attribute of each."""
        parent = self.module.parent(rows)
        if isinstance(parent, ast.comprehension) and parent.iter is rows:
            owner = self.module.parent(parent)
            if not isinstance(owner, (ast.GeneratorExp, ast.ListComp)) or len(owner.generators) != 1:
                return None
            if not isinstance(owner.elt, (ast.Attribute, ast.Constant, ast.Name)) or _calls(parent.ifs):
                return None
            rows = owner
            parent = self.module.parent(owner)
        if (
            not isinstance(parent, ast.Call)
            or len(parent.args) != 1
            or parent.args[0] is not rows
            or parent.keywords
        ):
            return None
        name = self.module.qualname(parent.func)
        return (parent, name) if name in _AGGREGATES else None


def _calls(tests: list[ast.expr]) -> bool:
    """Whether a test calls something, which the database may not know."""
    return any(isinstance(part, ast.Call) for test in tests for part in ast.walk(test))
