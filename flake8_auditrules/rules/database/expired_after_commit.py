"""AUD415: an attribute read after a commit that has expired it, on an asynchronous session."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.flow import Raising, Statement, evaluated
from flake8_auditrules.semantics.scopes import Binding, BindingKind
from flake8_auditrules.semantics.sessions import Session, Use

_FACTORY = "sqlalchemy.ext.asyncio.async_sessionmaker"
_NOT_MAPPED = frozenset({"__class__", "__dict__", "metadata", "registry"})


class ExpiredAfterCommit(Rule):
    """
    ## What it does
    Finds attributes of rows that are read after `await session.commit()` where the `AsyncSession` is made in
    the same module with `expire_on_commit` left on.

    ## Why it matters
    A commit expires every row of the session. The next read of an attribute asks the database, which an
    asynchronous session cannot do without `await`: `MissingGreenlet` is raised, after the data are written.

    ## When to silence it
    When the attribute is not mapped to a column.
    """

    code = "AUD415"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{read}` has expired by `{commit}` and raises MissingGreenlet; {cure}"
    examined = "commits that expire rows are followed by no read of them"

    bad = (
        """
        from sqlalchemy.ext.asyncio import async_sessionmaker

        make_session = async_sessionmaker()

        async def create(Row, name):
            async with make_session() as session:
                row = Row(name=name)
                session.add(row)
                await session.commit()
                return row.id  # AUD415
        """,
    )
    good = (
        """
        from sqlalchemy.ext.asyncio import async_sessionmaker

        make_session = async_sessionmaker(expire_on_commit=False)

        async def create(Row, name):
            async with make_session() as session:
                row = Row(name=name)
                session.add(row)
                await session.commit()
                return row.id
        """,
        """
        from sqlalchemy.ext.asyncio import async_sessionmaker

        make_session = async_sessionmaker()

        async def create(Row, name):
            async with make_session() as session:
                row = Row(name=name)
                session.add(row)
                await session.commit()
                await session.refresh(row)
                return row.id
        """,
    )

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report what is read of rows between a commit and a refresh."""
        if not self.module.imports("sqlalchemy", "sqlmodel"):
            return
        reported: set[ast.AST] = set()
        for use in sessions.uses(self.module):
            if use.method == "commit" and self.module.function_of(use.call) is node and self._expires(use):
                before = len(reported)
                self._look_after(node, use, reported)
                if len(reported) == before:
                    self.passed(use.call)

    def _look_after(self, function: ast.AsyncFunctionDef, commit: Use, reported: set[ast.AST]) -> None:
        flow = self.module.flow(function)
        start = self.module.statement(commit.call)
        for row in sorted(self._rows(function, commit.session)):
            way = flow.path(
                start,
                lambda statement, row=row: self._read(statement, row) is not None,  # type: ignore[misc]
                lambda statement, row=row: self._renews(statement, row, commit.session),  # type: ignore[misc]
                raising=Raising.NOTHING,
            )
            if not way:
                continue
            read = self._read(way[-1], row)
            if read is not None and read not in reported:
                reported.add(read)
                self.report(
                    read,
                    place=commit.call,
                    read=self.module.text(read),
                    commit=self.module.call_text(commit.call),
                    cure=f"refresh `{row}` or set `expire_on_commit=False`",
                )

    # -- the session -----------------------------------------------------------------------------------

    def _expires(self, commit: Use) -> bool:
        """Whether the session is made here by a factory or class that leaves `expire_on_commit` on."""
        assert isinstance(commit.call.func, ast.Attribute)
        name = commit.call.func.value
        if not isinstance(name, ast.Name) or not self.module.awaited(commit.call):
            return False
        bindings = self.module.bindings(name)
        return bool(bindings) and all(self._is_made_expiring(binding) for binding in bindings)

    def _is_made_expiring(self, binding: Binding) -> bool:
        if binding.kind not in (BindingKind.ASSIGNMENT, BindingKind.CONTEXT):
            return False
        call = binding.value
        if not isinstance(call, ast.Call):
            return False
        if self._leaves_on(call) and self.module.qualname(call.func) == database.ASYNC_SESSION:
            return True
        if self.module.instance_of(call.func) != _FACTORY or not isinstance(call.func, ast.Name):
            return False
        makers = [maker.value for maker in self.module.bindings(call.func)]
        return self._leaves_on(call) and all(
            isinstance(maker, ast.Call) and self.module.qualname(maker.func) == _FACTORY and self._leaves_on(maker)
            for maker in makers
        )

    def _leaves_on(self, call: ast.Call) -> bool:
        return self.module.argument(call, "expire_on_commit") is None and not any(
            keyword.arg is None for keyword in call.keywords
        )

    # -- the rows --------------------------------------------------------------------------------------

    def _rows(self, function: ast.AsyncFunctionDef, session: Session) -> set[str]:
        """The local names of rows that the session holds: added to it, or loaded by it."""
        found: set[str] = set()
        for part in self.module.own_nodes(function):
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
                if part.func.attr == "add" and len(part.args) == 1 and isinstance(part.args[0], ast.Name):
                    if sessions.session_of(self.module, part.func.value) == session:
                        found.add(part.args[0].id)
            elif isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
                value = part.value.value if isinstance(part.value, ast.Await) else part.value
                if (
                    isinstance(value, ast.Call)
                    and isinstance(value.func, ast.Attribute)
                    and value.func.attr in ("get", "get_one")
                    and sessions.session_of(self.module, value.func.value) == session
                ):
                    found.add(part.targets[0].id)
        return found

    def _read(self, statement: Statement, row: str) -> ast.Attribute | None:
        """The first attribute of the row that a statement itself reads."""
        for node in evaluated(statement):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.ctx, ast.Load)
                and isinstance(node.value, ast.Name)
                and node.value.id == row
                and node.attr not in _NOT_MAPPED
            ):
                parent = self.module.parent(node)
                if not (isinstance(parent, ast.Call) and parent.func is node):
                    return node
        return None

    def _renews(self, statement: Statement, row: str, session: Session) -> bool:
        """Whether a statement refreshes the row, binds its name anew, or gives it to a call that may do so."""
        for node in evaluated(statement):
            if isinstance(node, ast.Name) and node.id == row:
                if not isinstance(node.ctx, ast.Load):
                    return True
                parent = self.module.parent(node)
                if isinstance(parent, (ast.Call, ast.keyword)):
                    return True
            elif isinstance(node, ast.Attribute) and node.attr == "awaitable_attrs":
                return True
        return sessions.calls_on(self.module, statement, session, frozenset({"run_sync", "refresh"}))
