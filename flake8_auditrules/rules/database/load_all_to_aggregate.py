"""AUD418: all rows loaded only to be counted, summed or compared in Python."""

from __future__ import annotations

import ast
import re
from typing import TypeGuard

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.lazy_fields import mapped_class
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.accumulations import accumulation, is_of_columns
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import chain_above, is_query, loaded_rows, loading_text, statement_parts
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.sessions import is_upgrade
from flake8_auditrules.semantics.whole_tables import model_loaded, rows_of_text

_AGGREGATES = {
    "builtins.len": "count(...)",
    "builtins.sum": "func.sum(...)",
    "builtins.max": "func.max(...)",
    "builtins.min": "func.min(...)",
    "builtins.any": "exists(...)",
    "builtins.bool": "exists(...)",
    "collections.Counter": "group_by(...)",
    "group": "group_by(...)",
    "first": "limit(1)",
    "truth": "exists(...)",
    "where": "where(...)",
}
# What Django calls the same.
_OF_DJANGO = {
    "builtins.len": "count()",
    "builtins.sum": "aggregate(Sum(...))",
    "builtins.max": "aggregate(Max(...))",
    "builtins.min": "aggregate(Min(...))",
    "builtins.any": "exists()",
    "builtins.bool": "exists()",
    "collections.Counter": "values(...).annotate(Count(...))",
    "group": "values(...).annotate(...)",
}
_TRUTHS = frozenset({"first", "truth", "where"})
# What sends a statement and gives a result that `list` takes the rows of.
_SENDING = frozenset({"exec", "scalars"})
_QUERY_SETS = frozenset(
    {
        "all",
        "exclude",
        "filter",
        "iterator",
        "only",
        "order_by",
        "select_related",
        "using",
        "values",
        "values_list",
    }
)
# A value that is bound or written in, a table of the database itself.
_NARROWED = pattern(rf"{database.PLACEHOLDER}|\b(?:information_schema|sqlite_\w+|pg_\w+)\b", re.IGNORECASE)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MOST_AGGREGATES = 2
# A SELECT of plain columns of one or several tables: no groups, no limit, no list of keys.
_ROWS = pattern(
    r"\s*SELECT\s(?!.*\b(?:LIMIT|FETCH|TOP|GROUP|DISTINCT|UNION|IN|ANY|COUNT|SUM|MAX|MIN|AVG)\b)[^()]*?\sFROM\s",
    re.IGNORECASE | re.DOTALL,
)


class LoadAllToAggregate(Rule):
    """
    ## What it does
    Finds queries whose rows are all loaded and then used only for `len`, `sum`, `max`, `min`, `any` or
    `Counter`, are only added up in a loop, asked whether there are any, picked to be counted, or searched for
    those with one value in a column. What a method or property of the model's class tells is left out: the
    database does not know it.

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
    call_names = ("all", "fetchall", *_SENDING)
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
        if not isinstance(node.func, ast.Attribute) or self.module.is_test:
            return
        rows: ast.expr = node
        if node.func.attr in _SENDING:
            around = self.module.parent(node)
            if not isinstance(around, ast.Call) or self.module.qualname(around.func) != "builtins.list":
                return
            rows = around
            loads = is_query(self.module, node)
        elif node.func.attr == "fetchall" and self._loads_by_text(node):
            loads = True
        else:
            loads = node.func.attr in ("all", "fetchall") and loaded_rows(self.module, node)
        if not loads or is_upgrade(self.module, node):
            return
        listed = self.module.parent(rows)
        if isinstance(listed, ast.Call) and self.module.qualname(listed.func) == "builtins.list":
            # `list(result.scalars().all())` says the same.
            rows = listed
        aggregate = self._aggregate_of(rows)
        if aggregate is None or self._is_aggregated(node) or self._is_no_more_than_a_few(node, aggregate):
            self.passed(node)
            return
        if self._reads_methods(model_loaded(self.module, node), aggregate):
            return
        self._report(node, rows, aggregate, _AGGREGATES)

    def _loads_by_text(self, fetch: ast.Call) -> bool:
        """Whether all rows of a table are fetched, or those that a SQL text always names, without a limit."""
        text = rows_of_text(self.module, fetch)
        return text is not None and _ROWS.match(text) is not None and not _NARROWED.search(text)

    def visit_Module(self, node: ast.Module) -> None:
        """Report queries of Django managers that are read for an aggregate alone."""
        for manager in self.module.attributes_named("objects"):
            if last_name(manager.value)[:1].isupper() and not self.module.is_test:
                self._look_at_django(manager)

    def _look_at_django(self, node: ast.Attribute) -> None:
        last: ast.Call | None = None
        for link in chain_above(self.module, node):
            call = self.module.parent(link)
            if link.attr not in _QUERY_SETS or not isinstance(call, ast.Call) or call.func is not link:
                return
            last = call
        if last is None or is_upgrade(self.module, node) or self._is_bounded(last):
            return
        aggregate = self._aggregate_of(last)
        if aggregate is None or any(name in _TRUTHS for name in aggregate):
            self.passed(last)
            return
        if not self._reads_methods(node.value, aggregate):
            self._report(last, last, aggregate, _OF_DJANGO)

    def _reads_methods(self, model: ast.expr | None, aggregate: dict[str, ast.AST]) -> bool:
        """Whether what is counted is told by a property of the model's class, which the database does not know."""
        read = {
            part.attr
            for place in aggregate.values()
            for part in ast.walk(place)
            if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Load)
        }
        name = self.module.qualname(model) if model is not None and read else None
        home = mapped_class(self.project, self.module, name) if name is not None else None
        return home is not None and any(
            isinstance(one, ast.FunctionDef)
            and one.name in read
            and not any("hybrid" in last_name(decorator) for decorator in one.decorator_list)
            for one in home.node.body
        )

    def _report(
        self, query: ast.Call, rows: ast.expr, aggregate: dict[str, ast.AST], cures: dict[str, str]
    ) -> None:
        # Two of them share the message: rows for `len(...)` and `max(...)`.
        self.report(
            query,
            query=loading_text(self.module, query) if query is rows else self.module.call_text(query),
            aggregate="` and `".join(self.module.text(called, 40) for called in aggregate.values()),
            cure="` and `".join(dict.fromkeys(cures[name] for name in aggregate)),
        )

    def _is_bounded(self, query: ast.Call) -> bool:
        """Whether a query of Django asks for no more rows than it is given keys."""
        return any(
            isinstance(part, ast.keyword) and part.arg is not None and part.arg.endswith("__in")
            for part in ast.walk(query)
        )

    def _is_no_more_than_a_few(self, loading: ast.Call, aggregate: dict[str, ast.AST]) -> bool:
        """Whether rows that are asked for their truth, or for one of them, are those of a key that is given."""
        if not all(name in _TRUTHS for name in aggregate):
            return False
        return any(
            (isinstance(part, ast.Compare) and not isinstance(part.comparators[0], ast.Constant))
            or (isinstance(part, ast.Call) and last_name(part) == "filter_by")
            for part in statement_parts(self.module, loading)
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

    def _aggregate_of(self, rows: ast.expr) -> dict[str, ast.AST] | None:
        """The first place of each aggregate that reads the rows, by its name; None where anything else does."""
        parent = self.module.parent(rows)
        value = rows
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
        function = self.module.function_of(rows)
        if function is None:
            return None
        found: dict[str, ast.AST] = {}
        uses = 0
        for part in ast.walk(function):
            if isinstance(part, ast.Name) and part.id == target.id and isinstance(part.ctx, ast.Load):
                one = self._aggregate(part)
                if one is None or self.module.loop_of(part) is not self.module.loop_of(rows):
                    # Asked for in each turn of a loop, the database would answer many times.
                    return None
                found.setdefault(one[1], one[0])
                uses += 1
        if "where" in found and uses > 1:
            # Those that are left out of one list are in the other.
            return None
        if "first" in found and not found.keys() <= {"first", "truth"}:
            # The only one, as their number has said.
            return None
        if len(found) > 1:
            # `if rows:` stands before what is worked out of them.
            found.pop("truth", None)
        return found if 0 < len(found) <= _MOST_AGGREGATES else None

    def _counted_later(self, picked: ast.ListComp) -> ast.Call | None:
        """The `len(...)` of a list that was assigned to a name which nothing else reads."""
        parent = self.module.parent(picked)
        target = parent.targets[0] if isinstance(parent, ast.Assign) else None
        function = self.module.function_of(picked)
        if not isinstance(target, ast.Name) or not isinstance(function, _FUNCTIONS):
            return None
        uses = [one for one in self.module.names_in(function).get(target.id, ()) if one is not target]
        found = [self.module.parent(one) for one in uses]
        lengths = [
            one for one in found if isinstance(one, ast.Call) and self.module.qualname(one.func) == "builtins.len"
        ]
        return lengths[0] if lengths and len(lengths) == len(uses) else None

    def _aggregate(self, rows: ast.expr) -> tuple[ast.AST, str] | None:
        """What reads the rows, themselves or an attribute of each, for one number, one truth or one of them."""
        parent = self.module.parent(rows)
        if isinstance(parent, (ast.For, ast.AsyncFor)) and parent.iter is rows:
            counted = accumulation(self.module, parent)
            if counted is not None:
                return counted, "group"
            picked = _picked_by(parent)
            return (picked, "where") if picked is not None else None
        if isinstance(parent, ast.Subscript) and parent.value is rows:
            is_first = isinstance(parent.slice, ast.Constant) and parent.slice.value == 0
            return (parent, "first") if is_first and isinstance(parent.ctx, ast.Load) else None
        if _is_truth(parent, rows):
            return (parent if isinstance(parent, ast.UnaryOp) else rows), "truth"
        if isinstance(parent, ast.comprehension) and parent.iter is rows:
            owner = self.module.parent(parent)
            if not isinstance(owner, (ast.GeneratorExp, ast.ListComp)) or len(owner.generators) != 1:
                return None
            around = self.module.parent(owner)
            if not isinstance(owner.elt, (ast.Attribute, ast.Constant, ast.Name)) and not _is_column(owner.elt):
                # The database adds up what is worked out of a row's columns as well.
                added = isinstance(around, ast.Call) and self.module.qualname(around.func) == "builtins.sum"
                if not added or not isinstance(parent.target, ast.Name):
                    return None
                if not is_of_columns(owner.elt, parent.target.id):
                    return None
            if _calls(parent.ifs):
                return None
            if isinstance(around, ast.Call) and around.args and around.args[0] is owner:
                name = self.module.qualname(around.func)
                if name == "builtins.next" and _picks_by_column(parent):
                    return around, "where"
            elif isinstance(owner, ast.ListComp) and isinstance(owner.elt, ast.Name) and parent.ifs:
                counted_later = self._counted_later(owner)
                if counted_later is not None:
                    return counted_later, "builtins.len"
                if _picks_by_column(parent):
                    return owner, "where"
            rows = owner
            parent = around
        if (
            not isinstance(parent, ast.Call)
            or len(parent.args) != 1
            or parent.args[0] is not rows
            or parent.keywords
        ):
            return None
        name = self.module.qualname(parent.func)
        return (parent, name) if name in _AGGREGATES else None


def _picked_by(loop: ast.For | ast.AsyncFor) -> ast.expr | None:
    """The test of a loop that does nothing but look for the row with a value in a column, and ends with it."""
    branch = loop.body[0]
    if len(loop.body) != 1 or not isinstance(branch, ast.If) or branch.orelse:
        return None
    if not isinstance(branch.body[-1], (ast.Break, ast.Return)):
        return None
    picks = _picks_by_column(ast.comprehension(loop.target, loop.iter, [branch.test], 0))
    return branch.test if picks else None


def _is_column(expression: ast.expr) -> TypeGuard[ast.Subscript]:
    """Whether an expression is a column of a row by its name or place: `row["amount"]`, `row[0]`."""
    return (
        isinstance(expression, ast.Subscript)
        and isinstance(expression.value, ast.Name)
        and isinstance(expression.slice, ast.Constant)
    )


def _is_truth(parent: ast.AST | None, rows: ast.expr) -> bool:
    """Whether rows are asked for nothing but whether there are any."""
    if isinstance(parent, (ast.If, ast.While, ast.IfExp)):
        return parent.test is rows
    return isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not)


def _picks_by_column(comprehension: ast.comprehension) -> bool:
    """Whether rows are picked by an attribute that is compared with what is no row's: `row.name == name`."""
    target = comprehension.target
    if not isinstance(target, ast.Name) or len(comprehension.ifs) != 1:
        return False
    test = comprehension.ifs[0]
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], (ast.Eq, ast.NotEq)) or len(test.ops) != 1:
        return False
    left, right = test.left, test.comparators[0]
    if isinstance(left, ast.Name):
        left, right = right, left
    return (
        (isinstance(left, ast.Attribute) or _is_column(left))
        and isinstance(left.value, ast.Name)
        and left.value.id == target.id
        and not any(isinstance(part, ast.Name) and part.id == target.id for part in ast.walk(right))
    )


def _calls(tests: list[ast.expr]) -> bool:
    """Whether a test calls something, which the database may not know."""
    return any(isinstance(part, ast.Call) for test in tests for part in ast.walk(test))
