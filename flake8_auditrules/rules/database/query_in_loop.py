"""AUD408: one query for each row of a loop."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project import row_queries
from flake8_auditrules.project.admin_lists import lazy_columns
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.item_reads import ItemRead, reads_for_item
from flake8_auditrules.project.lazy_fields import ONE, lazy_fields, mapped_class
from flake8_auditrules.project.listed_serializers import place_of_list
from flake8_auditrules.project.model_rows import ModelRows, answered_rows, model_rows
from flake8_auditrules.project.model_writes import ModelWrite, model_writes
from flake8_auditrules.project.serialized_rows import serialized_rows
from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.call_names import calls_named
from flake8_auditrules.semantics.concurrent_sessions import shared_sessions
from flake8_auditrules.semantics.django_queries import (
    bare_rows,
    changes_rows,
    django_queries,
    gives_rows,
    related_queries,
)
from flake8_auditrules.semantics.handlers import is_handled_within, own_parts
from flake8_auditrules.semantics.key_reads import KeyRead, key_reads
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import is_command_line, is_django_command, is_example
from flake8_auditrules.semantics.queries import (
    ASKING,
    DOCUMENT_ASKING,
    TEXT_ASKING,
    is_left_to_caller,
    is_query,
    queries_of_models,
    statement_parts,
    whole_chain,
)
from flake8_auditrules.semantics.row_loops import (
    Loop,
    asks_by_session,
    asks_for_many,
    asks_no_table,
    calls_for_items,
    depends_on_item,
    is_for_effect,
    is_for_one_item,
    is_long,
    is_made_in,
    is_of_turn,
    is_over_rows,
    is_read_each_time,
    is_unit_of_work,
    last_line,
    names_made,
    rows_kept,
    sends_messages,
)
from flake8_auditrules.semantics.row_methods import counted_fields, queries_of_row_methods
from flake8_auditrules.semantics.row_writes import writes_per_row
from flake8_auditrules.semantics.whole_tables import is_handful

_ASKS = "asks the database"
_SET_UP = pattern(
    r"seed|bootstrap|migrat|backfill|default|built_?in|fixture|populate|eras(?:e|ure)|purge", re.IGNORECASE
)
_FOR_ONE = frozenset({"aexists", "afirst", "aget", "exists", "first", "get"})
_KEYS = frozenset({"id", "pk", "uuid"})
_FILLING = frozenset({"add", "append", "clear", "extend", "insert", "remove"})
_UPGRADING = pattern(r"migrat|upgrad", re.IGNORECASE)
_DEFINING = pattern(r"\s*(?:CREATE|ALTER|DROP)\s", re.IGNORECASE)


class QueryInLoop(Rule):
    """
    ## What it does
    Finds queries that run once for each item of a loop and ask for something that belongs to the item, also
    where a function or method of the project sends them or something is given a session and the item
    (`repository.get(session, item.id)`), and lazy relationships that are read for each row of a query: by the
    loop, by a function or a method of the row's model that it calls, by a schema
    (`AuthorOut.model_validate(author)`), or by the schema that a route answers with
    (`response_model=list[AuthorOut]`). Loops that load their rows again, one `refresh` each, count as well, and
    those that do nothing but send one INSERT, UPDATE or DELETE for each row.

    Of Django's, queries on a model's manager or a related one (`author.books.filter(...)`) in loops over rows
    count, foreign keys that such a loop reads (`book.author.name`) without `select_related`, and loops that do
    nothing but write one row after the other (`save`, `delete`, `create`, `get_or_create`, `update_or_create`)
    of a model that has no such method of its own. So do queries for its row that a method sends which gives a
    field of a serializer of Django REST framework that lists rows (`SerializerMethodField`,
    `source="books.count"`), or a column of the list of Django's admin (`list_display`); rows that are listed by
    a serializer which reads what a foreign key or another relation holds (`source="author.name"`, a serializer
    within it), where nothing is loaded with them; and foreign keys that the columns or `__str__` of an admin's
    list read without `list_select_related`: also those that the list shows and that may be empty, which Django
    does not join by itself. Of Redis, loops over keys or rows that read one key in each turn (`await
    redis.get(key)`) and change none. Where each turn makes a connection from its item, it has a database of its
    own.

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
        read_behind = self._look_for_lazy_reads() if self._applies() else []
        if self._is_looked_at():
            names = TEXT_ASKING | DOCUMENT_ASKING
            asking = {*calls_named(self.module, names | ASKING if self._applies() else names)}
            for call in sorted(asking | queries_of_models(self.module), key=_place):
                self._look_at(call)
            for call in calls_named(self.module, ("refresh",)):
                self._look_at_refresh(call)
            for call, loop in writes_per_row(self.module):
                self._look_at_write(call, loop)
            for read in key_reads(self.module):
                self._look_at_key_read(read)
        if self._is_of_django():
            for call in django_queries(self.module):
                self._look_at_django(call)
            self._look_for_related_queries()
            self._look_for_lazy_reads_of_django()
        if self._is_of_django() or (self.module.imports("django") and self._is_looked_at()):
            for write in model_writes(self.project, self.module):
                self._look_at_model_write(write)
        if self.module.imports("django", "rest_framework") and self._is_looked_at():
            self._look_at_row_methods()
            self._look_at_admins()
            self._look_at_serialized_rows()
        if self._reaches_queries():
            self._look_for_calls()
        for one, around in read_behind:
            if not self._is_in_reported_loop(around):
                self._report_lazy_read(one, around, "selectinload")

    def _look_at(self, node: ast.Call) -> None:
        loop = self.module.loop_of(node)
        if loop is None or isinstance(loop, ast.While) or not is_query(self.module, node):
            return
        query = whole_chain(self.module, node)
        if (
            depends_on_item(query, loop)
            and is_long(self.module, loop)
            and not is_unit_of_work(loop)
            and not asks_for_many(self.module, node, loop)
            and not is_for_one_item(self.module, node, loop)
            and not is_handled_within(self.module, node, loop)
            and not asks_no_table(self.module, node, loop)
            and not sends_messages(loop)
            and not _is_set_up(self.module, loop)
        ):
            if self._is_in_reported_loop(loop):
                return
            self._report(node, loop)
        else:
            self.passed(node)

    def _look_at_refresh(self, node: ast.Call) -> None:
        """Report a loop that does nothing but load its rows again, one by one."""
        loop = self.module.loop_of(node)
        if not isinstance(loop, (ast.For, ast.AsyncFor)) or len(loop.body) != 1 or len(node.args) != 1:
            return
        if self.module.statement(node) is not loop.body[0] or not isinstance(loop.body[0], ast.Expr):
            return
        row, receiver = node.args[0], node.func
        if not isinstance(row, ast.Name) or not isinstance(loop.target, ast.Name) or row.id != loop.target.id:
            return
        if not isinstance(receiver, ast.Attribute) or sessions.session_of(self.module, receiver.value) is None:
            return
        around = self.module.parent(loop)
        if isinstance(around, ast.If) and loop in around.body and is_left_to_caller(self.module, around):
            return
        if not is_long(self.module, loop) or _is_set_up(self.module, loop) or self._is_in_reported_loop(loop):
            return
        self._report(node, loop)

    def _look_at_write(self, node: ast.Call, loop: ast.For) -> None:
        """Report a statement that is sent for each row alone, where no tables are made over."""
        module = self.module
        if self._is_in_reported_loop(loop) or sends_messages(loop):
            return
        statement = set(ast.walk(node))
        if any(
            isinstance(part, ast.Call) and part not in statement and row_queries.is_doing(part)
            for part in own_parts(loop.body)
        ):
            return
        function = module.function_of(loop)
        if function is None or _UPGRADING.search(module.path) or sessions.is_upgrade(module, node):
            return
        if not _is_set_up(module, loop) and not _defines_tables(function):
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
            or _is_set_up(self.module, write.loop)
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
        if self._is_in_reported_loop(read.loop) or sends_messages(read.loop) or _is_set_up(self.module, read.loop):
            return
        self.report(
            read.call,
            query=self.module.call_text(read.call),
            items=self.module.text(read.loop.iter, 40),
            asks="asks Redis",
            chain="",
            cure=read.cure,
        )

    def _report(self, node: ast.Call, loop: ast.For | ast.AsyncFor | ast.comprehension) -> None:
        """Report a query, with what its loop goes through."""
        self.report(
            node,
            query=self.module.call_text(node),
            items=self.module.text(loop.iter, 40),
            asks=_ASKS,
            chain="",
            cure="ask for all of them at once",
        )

    def _look_at_django(self, node: ast.Call) -> None:
        loop = self.module.loop_of(node)
        if loop is None or isinstance(loop, ast.While) or not depends_on_item(node, loop):
            return
        if (
            (gives_rows(self.module, loop.iter) or self._asks_for_one(node, loop))
            and is_long(self.module, loop)
            and not is_unit_of_work(loop)
            and not self._does_work(loop)
            and not changes_rows(own_parts(getattr(loop, "body", [])))
            and not is_for_one_item(self.module, node, loop)
            and not sends_messages(loop)
            and not _is_set_up(self.module, loop)
            and not _is_over_handful(loop)
            and not _asks_for_group(node)
            and not _asks_another_table(node, loop)
        ):
            if not self._is_in_reported_loop(loop):
                self._report(node, loop)
        else:
            self.passed(node)

    def _asks_for_one(self, node: ast.Call, loop: Loop) -> bool:
        """Whether a query asks for one row by its key, for each of as many as the function was given."""
        return (
            last_name(node.func) in _FOR_ONE
            and any(
                given.arg in _KEYS and depends_on_item(given.value, loop)
                for call in ast.walk(node)
                if isinstance(call, ast.Call)
                for given in call.keywords
            )
            and is_over_rows(self.module, loop.iter, 0)
            and not is_handled_within(self.module, node, loop)
        )

    def _look_for_related_queries(self) -> None:
        """Report the first query of each loop that asks for what belongs to the row of the turn."""
        for loop in self._loops():
            if not isinstance(loop.target, ast.Name) or self._is_in_reported_loop(loop):
                continue
            parts = list(_parts_of(self.module, loop))
            query = next(related_queries(self.module, loop.target.id, loop.iter, parts), None)
            if (
                query is not None
                and gives_rows(self.module, loop.iter)
                and is_long(self.module, loop)
                and not is_unit_of_work(loop)
                and not self._does_work(loop)
                and not changes_rows(parts)
                and not sends_messages(loop)
                and not _is_set_up(self.module, loop)
            ):
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
                cure=f'load it with the rows (`list_select_related = ("{read.field}",)`)',
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
        if not module.attributes_named("objects") or module.is_test or is_command_line(module):
            return False
        return not sessions.is_migration(module) and not is_django_command(module)

    def _is_looked_at(self) -> bool:
        """Whether the module is one in which queries count, whoever gives it the connection."""
        module = self.module
        return not (
            module.is_test or is_command_line(module) or sessions.is_migration(module) or is_example(module)
        )

    def _applies(self) -> bool:
        return self.module.keep("queries in loops count", lambda module: _applies(self))

    # -- calls into the project ------------------------------------------------------------------------

    def _loops(self) -> list[Loop]:
        module = self.module
        return [*module.nodes(ast.For), *module.nodes(ast.AsyncFor), *module.nodes(ast.comprehension)]

    def _reaches_queries(self) -> bool:
        module = self.module
        if not self._is_looked_at() or not self._loops():
            return False
        return row_queries.reaches_project(self.project, module)

    def _look_for_calls(self) -> None:
        """Report the first call in each loop that asks the database for the loop's item further down."""
        suited: dict[Loop, bool] = {}
        for call, loop in calls_for_items(self.module):
            if loop not in suited:
                suited[loop] = (
                    is_over_rows(self.module, loop.iter, 0)
                    and is_long(self.module, loop)
                    and not is_unit_of_work(loop)
                    and not self._does_work(loop)
                    and not _is_set_up(self.module, loop)
                )
            if not suited[loop] or self._is_in_reported_loop(loop):
                continue
            is_unknown = self._is_unknown(call)
            if is_unknown and not asks_by_session(self.module, call, names_made(self.module, loop, call)):
                continue
            if any(shared.call in self.module.ancestors(call) for shared in shared_sessions(self.module)):
                continue
            made = names_made(self.module, loop, call)
            if any(
                (isinstance(given, ast.Name) and given.id not in made and is_made_in(self.module, loop, given))
                or is_of_turn(self.module, loop, given)
                for given in (*call.args, *(keyword.value for keyword in call.keywords))
            ):
                continue
            if is_for_one_item(self.module, call, loop) or is_for_effect(self.module, call):
                continue
            if is_unknown:
                self._report(call, loop)
                continue
            behind = row_queries.query_behind(self.project, self.module, call, made)
            if behind is None:
                continue
            place = behind.links[-1]
            own = self.project.relative(self.module.path)
            where = f", {place.path}:{place.line}" if place.path != own else ""
            self.report(
                call,
                query=self.module.call_text(call),
                items=self.module.text(loop.iter, 40),
                asks=_ASKS,
                chain=f" ({' -> '.join(behind.names)}{where})",
                cure="ask for all of them at once",
                steps=[Step(*link) for link in behind.links],
            )

    def _is_unknown(self, call: ast.Call) -> bool:
        """Whether a call calls something that the project does not define, as far as that can be told."""
        callee = self.module.callee(call)
        if callee is None:
            return True
        if self.module.instances.local_function(callee) is not None:
            return False
        return self.project.elsewhere(self.module.path).graph.split(callee) is None

    def _does_work(self, loop: Loop) -> bool:
        """Whether the turns of a loop change something, so that each is a unit of work."""
        owner = self.module.parent(loop) if isinstance(loop, ast.comprehension) else None
        parts = ast.walk(owner) if owner is not None else own_parts(getattr(loop, "body", []))
        return any(isinstance(part, ast.Call) and row_queries.is_doing(part) for part in parts)

    # -- queries ---------------------------------------------------------------------------------------

    def _is_in_reported_loop(self, loop: Loop) -> bool:
        """Whether an earlier query of the same loop is reported: they are mended together."""
        around = self.module.parent(loop) if isinstance(loop, ast.comprehension) else loop
        first, last = getattr(around, "lineno", loop.iter.lineno), last_line(self.module, loop)
        return any(first <= finding.line <= last for finding in self.findings)

    # -- lazy relationships ----------------------------------------------------------------------------

    def _look_for_lazy_reads(self) -> list[tuple[ItemRead, Loop]]:
        """
        Report the first read of each lazy relationship in loops over rows, and by the schema of a list.

        The reads of what loops call are given back: they come after all else that is found in their loops.
        """
        module = self.module
        behind: list[tuple[ItemRead, Loop]] = []
        for loop in sorted(self._loops(), key=lambda one: one.iter.lineno):
            # In a coroutine it would raise `MissingGreenlet` at once: so it is loaded somehow.
            if not isinstance(loop.target, ast.Name) or _is_in_coroutine(module, loop):
                continue
            rows = model_rows(self.project, module, loop.iter)
            if rows is None or (isinstance(loop, ast.For) and _deletes(loop, loop.target.id)):
                continue
            parts = list(_parts_of(module, loop))
            if any(isinstance(part, ast.Break) and module.loop_of(part) is loop for part in parts):
                continue
            behind.extend((read, loop) for read in self._look_for_reads_of(rows, loop, parts, loop.target.id))
        for found in answered_rows(self.project, module):
            self.report(
                found.rows,
                query=found.text,
                items=module.text(found.rows, 40),
                asks=_ASKS,
                chain="",
                cure="load it with the rows (`selectinload`)",
                steps=[Step(*found.link)],
            )
        return behind

    def _look_for_reads_of(
        self, rows: ModelRows, loop: Loop, parts: list[ast.AST], item: str
    ) -> Iterator[ItemRead]:
        """Report the loop's own reads of the rows' lazy relationships; those of what it calls are given back."""
        name = rows.module.qualname(rows.model)
        model = mapped_class(self.project, rows.module, name) if name is not None else None
        lazy = lazy_fields(self.project, rows.module, rows.model)
        # Rows of one parent have loaded it with the first.
        lazy = {field: kind for field, kind in lazy.items() if not _is_told(rows.module, rows.query, field)}
        if model is None or not lazy:
            return
        seen = {one.attr for one in parts if isinstance(one, ast.Attribute) and _is_changed(self.module, one)}
        for read in reads_for_item(self.project, self.module, item, parts, lazy, model):
            if read.field not in seen:
                seen.add(read.field)
                if read.link is None:
                    self._report_lazy_read(read, loop, "selectinload")
                elif not (isinstance(read.place, ast.Call) and row_queries.is_doing(read.place)):
                    yield read

    def _look_for_lazy_reads_of_django(self) -> None:
        """Report the first read of each foreign key in loops over rows of a query set of Django's."""
        told: set[tuple[ast.AST, str]] = set()
        for loop in sorted(self._loops(), key=lambda one: one.iter.lineno):
            if not isinstance(loop.target, ast.Name):
                continue
            model = bare_rows(self.module, loop.iter)
            if model is None or is_unit_of_work(loop) or _is_set_up(self.module, loop):
                continue
            # What its turns do beside it, the rows keep what they have read for the next loop.
            is_told = not self._does_work(loop) and not sends_messages(loop)
            if not is_told and not isinstance(loop.iter, ast.Name):
                continue
            name = self.module.qualname(model)
            home = mapped_class(self.project, self.module, name) if name is not None else None
            lazy = lazy_fields(self.project, self.module, model)
            if home is None or not lazy:
                continue
            parts = list(_parts_of(self.module, loop))
            changed = {one.attr for one in parts if isinstance(one, ast.Attribute) and not _is_load(one)}
            for found in reads_for_item(self.project, self.module, loop.target.id, parts, lazy, home):
                is_one = lazy[found.field] in ONE
                if found.read is None or found.field in changed or not _loads_of_django(found, is_one):
                    continue
                if is_read_each_time(self.module, found.place, loop):
                    rows = rows_kept(self.module, loop.iter, found.field)
                    if rows not in told:
                        told.update((rows,) if rows is not None else ())
                        if is_told and not self._is_in_reported_loop(loop):
                            loading = "select_related" if is_one else "prefetch_related"
                            self._report_lazy_read(found, loop, loading)
                    break

    def _report_lazy_read(self, read: ItemRead, loop: Loop, loading: str) -> None:
        self.report(
            read.place,
            query=self.module.text(read.place, 50),
            items=self.module.text(loop.iter, 40),
            asks=_ASKS,
            chain=read.chain,
            cure=f"load it with the rows (`{loading}`)",
            steps=[Step(*read.link)] if read.link is not None else [],
        )


def _place(node: ast.expr) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _applies(rule: QueryInLoop) -> bool:
    module = rule.module
    if module.is_test or not (module.imports(*database.DRIVERS) or sessions.works_with_sessions(module)):
        return False
    return not is_command_line(module) and not sessions.is_migration(module)


def _parts_of(module: Module, loop: Loop) -> Iterator[ast.AST]:
    """The nodes that the turns of a loop come by: its body, or the whole comprehension."""
    if isinstance(loop, ast.comprehension):
        owner = module.parent(loop)
        return ast.walk(owner) if owner is not None else iter(())
    return iter(own_parts(loop.body))


def _is_in_coroutine(module: Module, loop: Loop) -> bool:
    return isinstance(module.function_of(loop), ast.AsyncFunctionDef)


def _is_told(module: Module, rows: ast.expr, field: str) -> bool:
    """Whether a query compares what a field refers to: `filter(Book.author_id == author.id)`."""
    names = (field, f"{field}_id")
    return any(
        (isinstance(part, ast.Attribute) and part.attr in names)
        or (isinstance(part, ast.keyword) and part.arg in names)
        for part in statement_parts(module, rows)
    )


def _loads_of_django(found: ItemRead, is_one: bool) -> bool:
    """Whether a read of a field loads something: what is in the row of a key, or the rows of many."""
    used = found.module.parent(found.read) if found.read is not None else None
    if is_one:
        return found.link is None or (isinstance(used, ast.Attribute) and used.attr not in ("id", "pk"))
    call = found.module.parent(used) if used is not None else None
    return isinstance(call, ast.Call) and last_name(call.func) in ("all", "count")


def _is_load(attribute: ast.Attribute) -> bool:
    return isinstance(attribute.ctx, ast.Load)


def _is_changed(module: Module, attribute: ast.Attribute) -> bool:
    """Whether an attribute is assigned, or something is put into what it holds: `role.members.append(user)`."""
    used = module.parent(attribute)
    return not _is_load(attribute) or (isinstance(used, ast.Attribute) and used.attr in _FILLING)


def _asks_for_group(query: ast.Call) -> bool:
    """Whether a Django query asks for many at once: `filter(pk__in=chunk)`."""
    return any(
        isinstance(part, ast.keyword) and part.arg is not None and part.arg.endswith("__in")
        for part in ast.walk(query)
    )


def _is_over_handful(loop: Loop) -> bool:
    """Whether the items of a loop are named for what there are a handful of: `for nav_type in nav_types`."""
    return isinstance(loop.target, ast.Name) and is_handful(loop.target.id.title().replace("_", ""))


def _asks_another_table(query: ast.Call, loop: Loop) -> bool:
    """Whether each turn asks the table of another model, the one that its item names."""
    return any(
        isinstance(part, ast.Attribute) and part.attr == "objects" and depends_on_item(part.value, loop)
        for part in ast.walk(query)
    )


def _deletes(loop: ast.For, item: str) -> bool:
    """Whether each turn deletes its item, for which what belongs to it is loaded anyway."""
    return any(
        isinstance(part, ast.Call)
        and last_name(part.func) == "delete"
        and any(isinstance(given, ast.Name) and given.id == item for given in part.args)
        for part in own_parts(loop.body)
    )


def _is_set_up(module: Module, loop: ast.AST) -> bool:
    """Whether a loop prepares the database once: it makes tables, or its function fills in what is built in."""
    function = module.function_of(loop)
    if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and _SET_UP.search(function.name):
        return True
    if isinstance(loop, (ast.For, ast.AsyncFor)) and "default" in module.text(loop.iter).lower():
        return True
    return _defines_tables(loop)


def _defines_tables(place: ast.AST) -> bool:
    """Whether a statement in a place makes, changes or drops a table."""
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and _DEFINING.match(part.value)
        for part in ast.walk(place)
    )
