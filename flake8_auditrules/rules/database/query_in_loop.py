"""AUD408: one query for each row of a loop."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project import row_queries
from flake8_auditrules.project.admin_lists import lazy_columns, may_load
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.item_calls import ItemCall, item_calls
from flake8_auditrules.project.lazy_loops import LazyRead, lazy_reads, lazy_reads_of_django
from flake8_auditrules.project.listed_serializers import place_of_list
from flake8_auditrules.project.model_rows import answered_rows
from flake8_auditrules.project.model_writes import ModelWrite, model_writes
from flake8_auditrules.project.serialized_rows import serialized_rows
from flake8_auditrules.project.shown_rows import shown_rows
from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.call_names import calls_named
from flake8_auditrules.semantics.day_queries import DayQuery, day_queries
from flake8_auditrules.semantics.django_queries import django_queries
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.item_queries import (
    ItemQuery,
    item_query,
    item_query_of_django,
    loop_that_refreshes,
    loops_of,
    related_item_query,
)
from flake8_auditrules.semantics.key_reads import KeyRead, key_reads
from flake8_auditrules.semantics.programs import is_command_line, is_django_command, is_example, is_test_support
from flake8_auditrules.semantics.queries import ASKING, DOCUMENT_ASKING, TEXT_ASKING, queries_of_models
from flake8_auditrules.semantics.row_loops import Loop, last_line, sends_messages
from flake8_auditrules.semantics.row_methods import counted_fields, queries_of_row_methods
from flake8_auditrules.semantics.row_writes import writes_per_row
from flake8_auditrules.semantics.turn_work import defines_tables, is_doing, is_set_up

_ASKS = "asks the database"
_UPGRADING = pattern(r"migrat|upgrad", re.IGNORECASE)


class QueryInLoop(Rule):
    """
    ## What it does
    Finds queries that run once for each item of a loop and ask for something that belongs to the item, also
    where a function or method of the project sends them or something is given a session and the item
    (`repository.get(session, item.id)`), and lazy relationships that are read for each row of a query: by the
    loop, by a function or a method of the row's model that it calls, by a schema
    (`AuthorOut.model_validate(author)`), or by the schema that a route answers with
    (`response_model=list[AuthorOut]`). Properties and methods of the row's model count that ask for what belongs
    to the row (`post.comment_count`), relationships that are queries (`lazy="dynamic"`), and those that another
    model of the module gives (`backref`). So do rows that a view of Flask or FastAPI gives to a page whose
    template reads such things of each of them. Where a loop within a loop asks for the outer one's item, the
    outer one is told. Loops that load their rows again, one `refresh` each, count as well, and those that do
    nothing but send one INSERT, UPDATE or DELETE for each row. Functions of the project that a loop of a route
    calls with keys of the request (`for key in body.ids`) count as asked for a handful, and those that are told
    how many rows to give for each item (`limit=3`) as what no one statement could answer.

    Of Django's, queries on a model's manager or a related one (`author.books.filter(...)`) in loops over rows
    count, foreign keys that such a loop reads (`book.author.name`) without `select_related`, and loops that do
    nothing but write one row after the other (`save`, `delete`, `create`, `get_or_create`, `update_or_create`)
    of a model that has no such method of its own. So do queries for its row that a method sends which gives a
    field of a serializer of Django REST framework that lists rows (`SerializerMethodField`,
    `source="books.count"`), or a column of the list of Django's admin (`list_display`), and those of properties
    and methods of a model that such a field, a column or a loop shows; rows that are listed by a serializer which
    reads what a foreign key or another relation holds (`source="author.name"`, a serializer within it), where
    nothing is loaded with them; and foreign keys that the columns or `__str__` of an admin's list, or the
    `__str__` of a row that it joins, read without `list_select_related`: also those that the list shows and
    that may be empty, which Django does not join by itself. Of Redis, loops over keys or rows that read one key
    in each turn (`await redis.get(key)`) and change none. A loop that makes the days of a period
    (`timedelta(days=number)`) and counts or sums for each of them is one for a statement that groups. Where each
    turn makes a connection from its item, it has a database of its own.

    ## Why it matters
    Each query is a round trip. What takes two of them when asked for all at once takes one more with each
    row: 20 rows in development, 20,000 after a year, and the page times out.

    ## When to silence it
    When the loop runs over a handful of items by nature.
    """

    code = "AUD408"
    severity = Severity.MEDIUM
    category = Category.PERFORMANCE
    since = "0.1.0"
    message = "`{query}` {asks} once for each of `{items}`{chain}; {cure}"
    examined = "queries in loops do not ask for one item at a time"
    reach = Reach.PROJECT

    bad = (
        """
        from sqlalchemy import select
        from sqlalchemy.orm import Session

        def with_authors(session: Session, Book, Author):
            books = session.scalars(select(Book)).all()
            return [(book, session.get(Author, book.author_id)) for book in books]  # AUD408
        """,
        """
        from sqlalchemy import ForeignKey, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

        class Base(DeclarativeBase):
            pass

        class Author(Base):
            __tablename__ = "author"

            id: Mapped[int] = mapped_column(primary_key=True)
            books: Mapped[list["Book"]] = relationship()

        class Book(Base):
            __tablename__ = "book"

            id: Mapped[int] = mapped_column(primary_key=True)
            author_id: Mapped[int] = mapped_column(ForeignKey("author.id"), index=True)

        def counts(session: Session):
            found = {}
            for author in session.scalars(select(Author)):
                found[author.id] = len(author.books)  # AUD408
            return found
        """,
        """
        import redis

        def names(client: redis.Redis, identifiers: list[str]):
            return [client.get(f"name:{one}") for one in identifiers]  # AUD408
        """,
    )
    good = (
        """
        from sqlalchemy import select
        from sqlalchemy.orm import Session

        def with_authors(session: Session, Book, Author):
            books = session.scalars(select(Book)).all()
            wanted = {book.author_id for book in books}
            authors = {
                author.id: author for author in session.scalars(select(Author).where(Author.id.in_(wanted)))
            }
            return [(book, authors[book.author_id]) for book in books]
        """,
        """
        from sqlalchemy import ForeignKey, select
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

        class Base(DeclarativeBase):
            pass

        class Author(Base):
            __tablename__ = "author"

            id: Mapped[int] = mapped_column(primary_key=True)
            books: Mapped[list["Book"]] = relationship()

        class Book(Base):
            __tablename__ = "book"

            id: Mapped[int] = mapped_column(primary_key=True)
            author_id: Mapped[int] = mapped_column(ForeignKey("author.id"), index=True)

        def counts(session: Session):
            found = {}
            for author in session.scalars(select(Author).options(selectinload(Author.books))):
                found[author.id] = len(author.books)
            return found
        """,
        """
        import redis

        def names(client: redis.Redis, identifiers: list[str]):
            return client.mget([f"name:{one}" for one in identifiers]) if identifiers else []
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report a query in a loop that asks for what belongs to the loop's item."""
        module = self.module
        read_behind = list(self._look_for_lazy_reads()) if self._applies() else []
        if self._is_looked_at():
            names = TEXT_ASKING | DOCUMENT_ASKING
            asking = {*calls_named(module, names | ASKING if self._applies() else names)}
            for call in sorted(asking | queries_of_models(module), key=_place):
                self._look_at(call, item_query(module, call))
            for call in calls_named(module, ("refresh",)):
                loop = loop_that_refreshes(module, call)
                if loop is not None and not self._is_in_reported_loop(loop):
                    self._report(call, loop)
            for call, loop in writes_per_row(module):
                self._look_at_write(call, loop)
            for read in key_reads(module):
                self._look_at_key_read(read)
            for query in day_queries(module):
                if not self._is_in_reported_loop(query.loop):
                    self._report_day_query(query)
        if self._is_of_django():
            for call in django_queries(module):
                self._look_at(call, item_query_of_django(module, call))
            self._look_for_related_queries()
            for lazy in lazy_reads_of_django(self.project, module):
                if not self._is_in_reported_loop(lazy.loop):
                    self._report_lazy_read(lazy)
        if self._is_of_django() or (module.imports("django") and self._is_looked_at()):
            for write in model_writes(self.project, module):
                self._look_at_model_write(write)
        if module.imports("django", "rest_framework") and self._is_looked_at():
            self._look_at_row_methods()
            self._look_at_admins()
            self._look_at_serialized_rows()
        if self._reaches_queries():
            for one in item_calls(self.project, module, self._is_in_reported_loop):
                self._report_call(one)
        if self._is_looked_at():
            self._look_at_pages()
        for lazy in read_behind:
            if not self._is_in_reported_loop(lazy.loop):
                self._report_lazy_read(lazy)

    def _look_at(self, query: ast.Call, asked: ItemQuery | None) -> None:
        """Report a query that a loop sends for each item, once for the loop."""
        if asked is None:
            return
        if not asked.is_for_each:
            self.passed(query)
        elif not self._is_in_reported_loop(asked.loop):
            self._report(query, asked.loop)

    def _look_at_write(self, node: ast.Call, loop: ast.For) -> None:
        """Report a statement that is sent for each row alone, where no tables are made over."""
        module = self.module
        if self._is_in_reported_loop(loop) or sends_messages(loop):
            return
        statement = set(ast.walk(node))
        if any(
            isinstance(part, ast.Call) and part not in statement and is_doing(part)
            for part in own_parts(loop.body)
        ):
            return
        function = module.function_of(loop)
        if function is None or _UPGRADING.search(module.path) or sessions.is_upgrade(module, node):
            return
        if not is_set_up(module, loop) and not defines_tables(function):
            self.report(
                node,
                query=module.call_text(node),
                items=module.text(loop.iter, 40),
                asks="sends a statement",
                chain="",
                cure="give one call the values of all (`executemany`)",
            )

    def _look_at_model_write(self, write: ModelWrite) -> None:
        """Report a row of Django's that is written alone, where nothing is set up."""
        if (
            self._is_in_reported_loop(write.loop)
            or sends_messages(write.loop)
            or is_set_up(self.module, write.loop)
        ):
            return
        if not _UPGRADING.search(self.module.path) and not sessions.is_upgrade(self.module, write.call):
            self.report(
                write.call,
                query=self.module.call_text(write.call),
                items=self.module.text(write.loop.iter, 40),
                asks="sends a statement",
                chain="",
                cure=f"write all of them at once (`{write.cure}`)",
            )

    def _look_at_key_read(self, read: KeyRead) -> None:
        """Report a key of Redis that is read alone, in a loop over keys that others have given."""
        if self._is_in_reported_loop(read.loop) or sends_messages(read.loop) or is_set_up(self.module, read.loop):
            return
        self.report(
            read.call,
            query=self.module.call_text(read.call),
            items=self.module.text(read.loop.iter, 40),
            asks="asks Redis",
            chain="",
            cure=read.cure,
        )

    def _report(self, node: ast.Call, loop: Loop) -> None:
        """Report a query, with what its loop goes through."""
        self.report(
            node,
            query=self.module.call_text(node),
            items=self.module.text(loop.iter, 40),
            asks=_ASKS,
            chain="",
            cure="ask for all of them at once",
        )

    def _report_day_query(self, query: DayQuery) -> None:
        """Report a query that counts or sums for one day of a period after the other."""
        self.report(
            query.call,
            query=self.module.call_text(query.call),
            items=self.module.text(query.days, 40),
            asks=_ASKS,
            chain="",
            cure="ask once and group by the day",
        )

    def _look_for_related_queries(self) -> None:
        """Report the first query of each loop that asks for what belongs to the row of the turn."""
        for loop in loops_of(self.module):
            query = related_item_query(self.module, loop) if not self._is_in_reported_loop(loop) else None
            if query is not None:
                self.report(
                    query,
                    query=self.module.text(query, 50),
                    items=self.module.text(loop.iter, 40),
                    asks=_ASKS,
                    chain="",
                    cure="ask for all of them at once",
                )

    def _look_at_row_methods(self) -> None:
        """Report queries in methods that give a column of a list: of a serializer, or of Django's admin."""
        for found in queries_of_row_methods(self.module):
            call, holder = found.query.call, found.holder
            place: Link | None = None
            if not found.is_column:
                place = place_of_list(self.project, self.module, holder, found.query.relation)
                if place is None:
                    continue
            elif found.query.relation and may_load(self.project, self.module, holder):
                continue
            self.report(
                call,
                query=self.module.call_text(call),
                items=f"{holder.name}.list_display" if found.is_column else f"{holder.name}(many=True)",
                asks=_ASKS,
                chain="",
                cure="load it with the rows (`annotate` or `prefetch_related`)",
                steps=[Step(*place)] if place is not None else [],
            )

        for field in counted_fields(self.module):
            place = place_of_list(self.project, self.module, field.holder, field.relation)
            if place is not None:
                self.report(
                    field.call,
                    query=self.module.call_text(field.call),
                    items=f"{field.holder.name}(many=True)",
                    asks=_ASKS,
                    chain="",
                    cure="load it with the rows (`annotate` or `prefetch_related`)",
                    steps=[Step(*place)],
                )

    def _look_at_admins(self) -> None:
        """Report the first read of each foreign key by the columns of an admin that loads none with its rows."""
        for read in lazy_columns(self.project, self.module):
            self.report(
                read.place,
                query=read.text,
                items=f"{read.admin}.list_display" if read.admin else self.module.text(read.place, 50),
                asks=_ASKS,
                chain=read.chain,
                cure=f'load it with the rows (`list_select_related = ("{read.field}",)`)'
                if read.field
                else "load it with the rows (`annotate` or `prefetch_related`)",
                steps=[Step(*read.link)] if read.link is not None else [],
            )

    def _look_at_serialized_rows(self) -> None:
        """Report rows that are listed by a serializer which reads what belongs to each of them."""
        for found in serialized_rows(self.project, self.module):
            if self._is_reported_at(found.rows):
                continue
            self.report(
                found.rows,
                query=found.text,
                items=self.module.text(found.rows, 40),
                asks=_ASKS,
                chain="",
                cure=f"load it with the rows (`{found.loading}`)",
                steps=[Step(*found.link)],
            )

    def _is_reported_at(self, place: ast.expr) -> bool:
        return any(finding.line == place.lineno for finding in self.findings)

    def _is_of_django(self) -> bool:
        module = self.module
        if (
            not module.attributes_named("objects")
            or module.is_test
            or is_command_line(module)
            or is_test_support(module)
        ):
            return False
        return not sessions.is_migration(module) and not is_django_command(module)

    def _is_looked_at(self) -> bool:
        """Whether the module is one in which queries count, whoever gives it the connection."""
        module = self.module
        return not (
            module.is_test
            or is_command_line(module)
            or is_test_support(module)
            or sessions.is_migration(module)
            or is_example(module)
        )

    def _applies(self) -> bool:
        return self.module.keep("queries in loops count", lambda module: _applies(self))

    def _reaches_queries(self) -> bool:
        module = self.module
        if not self._is_looked_at() or not loops_of(module):
            return False
        return row_queries.reaches_project(self.project, module)

    def _report_call(self, one: ItemCall) -> None:
        """Report a call that asks the database for the loop's item further down."""
        if one.behind is None:
            self._report(one.call, one.loop)
            return
        place = one.behind.links[-1]
        own = self.project.relative(self.module.path)
        where = f", {place.path}:{place.line}" if place.path != own else ""
        self.report(
            one.call,
            query=self.module.call_text(one.call),
            items=self.module.text(one.loop.iter, 40),
            asks=_ASKS,
            chain=f" ({' -> '.join(one.behind.names)}{where})",
            cure="ask for all of them at once",
            steps=[Step(*link) for link in one.behind.links],
        )

    def _is_in_reported_loop(self, loop: Loop | ast.While) -> bool:
        """Whether an earlier query of the same loop is reported: they are mended together."""
        around = self.module.parent(loop) if isinstance(loop, ast.comprehension) else loop
        first = getattr(around, "lineno", 0)
        last = loop.body[-1].end_lineno or 0 if isinstance(loop, ast.While) else last_line(self.module, loop)
        return any(first <= finding.line <= last for finding in self.findings)

    def _look_for_lazy_reads(self) -> Iterator[LazyRead]:
        """
        Report the first read of each lazy relationship in loops over rows, and by the schema of a list.

        The reads of what loops call are given back: they come after all else that is found in their loops.
        """
        for lazy in lazy_reads(self.project, self.module):
            if lazy.read.link is None:
                self._report_lazy_read(lazy)
            else:
                yield lazy
        for found in answered_rows(self.project, self.module):
            self.report(
                found.rows,
                query=found.text,
                items=self.module.text(found.rows, 40),
                asks=_ASKS,
                chain="",
                cure="load it with the rows (`selectinload`)",
                steps=[Step(*found.link)],
            )

    def _look_at_pages(self) -> None:
        """Report rows that a page lists whose template reads what belongs to each of them."""
        for found in shown_rows(self.project, self.module):
            if not self._is_reported_at(found.rows):
                cure = (
                    f"load it with the rows (`{found.loading}`)"
                    if found.loading
                    else "ask for all of them at once"
                )
                self.report(
                    found.rows,
                    query=found.text,
                    items=found.items,
                    asks=_ASKS,
                    chain=f" ({found.link.path}:{found.link.line})",
                    cure=cure,
                    steps=[Step(*found.link)],
                )

    def _report_lazy_read(self, lazy: LazyRead) -> None:
        read = lazy.read
        self.report(
            read.place,
            query=self.module.text(read.place, 50),
            items=self.module.text(lazy.loop.iter, 40),
            asks=_ASKS,
            chain=read.chain,
            cure=f"load it with the rows (`{lazy.loading}`)" if lazy.loading else "ask for all of them at once",
            steps=[Step(*read.link)] if read.link is not None else [],
        )


def _place(node: ast.expr) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _applies(rule: QueryInLoop) -> bool:
    module = rule.module
    if (
        module.is_test
        or is_test_support(module)
        or not (module.imports(*database.DRIVERS) or sessions.works_with_sessions(module))
    ):
        return False
    return not is_command_line(module) and not sessions.is_migration(module)
