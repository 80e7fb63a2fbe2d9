"""AUD408: one query for each row of a loop."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Iterable, Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project import row_queries
from flake8_auditrules.project.lazy_fields import lazy_fields
from flake8_auditrules.rule import Category, Reach, Rule, Severity, Step
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.call_names import calls_named
from flake8_auditrules.semantics.concurrent_sessions import shared_sessions
from flake8_auditrules.semantics.django_queries import bare_rows, changes_rows, django_queries, gives_rows
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.origins import FIXED, origins
from flake8_auditrules.semantics.programs import is_command_line
from flake8_auditrules.semantics.queries import ASKING, is_query, statement_parts, whole_chain
from flake8_auditrules.semantics.scopes import Binding, BindingKind

_OF_BUILTINS = frozenset(
    name for kind in (str, bytes, list, dict, set, int, float, tuple) for name in dir(kind)
) | frozenset(dir(builtins))
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 6
_COMMANDS = "/management/commands/"
# What statements for rows of a model begin with.
_ASKING_FOR_ROWS = ("select", "query")
_Loop = ast.For | ast.AsyncFor | ast.comprehension
_BATCH = pattern(r"batch|chunk|page|bucket|slice|window|attempt|retry|retries", re.IGNORECASE)
# What one thing has a handful of.
_HANDFUL = pattern(
    r"(?:^|_)(?:actors?|cast|directors?|genres?|languages?|locales?|mounts?|passes|phases|quotas?|roles?|role_refs"
    r"|translations?|volumes?)$",
    re.IGNORECASE,
)
_ANSWERING = pattern(r"_*(?:fetch|find|get|load|resolve)(?:_|$)")
_SET_UP = pattern(
    r"seed|bootstrap|migrat|backfill|default|built_?in|fixture|populate|eras(?:e|ure)|purge", re.IGNORECASE
)
_TABLELESS = pattern(r"\s*SELECT\b(?!.*\bFROM\b)", re.IGNORECASE | re.DOTALL)
_TABLE_NEXT = pattern(r"\b(?:FROM|JOIN)\s+[\w.\"`\[]*$", re.IGNORECASE)
_SENDING = pattern(
    r"(?:send|mail|email|notify|publish|delay|apply_async|resume|restart|trigger|launch|terminate|shutdown|kill|index|import)(?:_.*)?"
    r"|.*_(?:e?mail|message|notification)s?"
)
_UNIQUE = frozenset({"id", "key", "name", "pk", "slug"})
_DEFINING = pattern(r"\s*(?:CREATE|ALTER|DROP)\s", re.IGNORECASE)
_PASSING = frozenset(f"builtins.{name}" for name in ("enumerate", "list", "reversed", "set", "sorted", "tuple"))
_COUNTING = frozenset(
    {"builtins.range", "itertools.batched", "itertools.count", "itertools.groupby", "itertools.repeat"}
)
_OF_UNITS = frozenset(
    {"acquire", "acquire_lock", "begin", "begin_nested", "commit", "flush", "refresh", "release_lock", "sleep"}
)
# Names of contexts in which one unit of work is done.
_UNIT = pattern(r"transaction|atomic|(?:^|_)(?:begin|using|savepoint)(?:$|_)", re.IGNORECASE)


class QueryInLoop(Rule):
    """
    ## What it does
    Finds queries that run once for each item of a loop and ask for something that belongs to the item, also
    where a function or method of the project sends them, and lazy relationships that are read for each row of
    a query. Of Django's, queries on a model's manager in loops over rows count, and foreign keys that such a
    loop reads (`book.author.name`) without `select_related`.

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
    message = "`{query}` asks the database once for each of `{items}`{chain}; {cure}"
    examined = "queries in loops do not ask for one item at a time"
    reach = Reach.CALLEES

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
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report a query in a loop that asks for what belongs to the loop's item."""
        if self._applies():
            for call in calls_named(self.module, ASKING):
                self._look_at(call)
        if self._is_of_django():
            for call in django_queries(self.module):
                self._look_at_django(call)
            self._look_for_lazy_reads_of_django()
        if self._reaches_queries():
            self._look_for_calls()

    def _look_at(self, node: ast.Call) -> None:
        loop = self.module.loop_of(node)
        if loop is None or isinstance(loop, ast.While) or not is_query(self.module, node):
            return
        query = whole_chain(self.module, node)
        if (
            self._depends_on_item(query, loop)
            and self._is_long(loop)
            and not self._is_unit_of_work(loop)
            and not self._asks_for_many(node, loop)
            and not self._is_for_one_item(node, loop)
            and not self._is_for_a_failure(node, loop)
            and not self._asks_no_table(node, loop)
            and not self._sends(loop)
            and not _is_set_up(self.module, loop)
        ):
            if self._is_in_reported_loop(loop):
                return
            self.report(
                node,
                query=self.module.call_text(node),
                items=self.module.text(loop.iter, 40),
                chain="",
                cure="ask for all of them at once",
            )
        else:
            self.passed(node)

    def _look_at_django(self, node: ast.Call) -> None:
        loop = self.module.loop_of(node)
        if loop is None or isinstance(loop, ast.While) or not self._depends_on_item(node, loop):
            return
        if (
            gives_rows(self.module, loop.iter)
            and self._is_long(loop)
            and not self._is_unit_of_work(loop)
            and not self._does_work(loop)
            and not changes_rows(own_parts(getattr(loop, "body", [])))
            and not self._is_for_one_item(node, loop)
            and not self._sends(loop)
            and not _is_set_up(self.module, loop)
            and not _asks_for_group(node)
        ):
            if not self._is_in_reported_loop(loop):
                self.report(
                    node,
                    query=self.module.call_text(node),
                    items=self.module.text(loop.iter, 40),
                    chain="",
                    cure="ask for all of them at once",
                )
        else:
            self.passed(node)

    def _is_of_django(self) -> bool:
        module = self.module
        if not module.attributes_named("objects") or module.is_test or is_command_line(module):
            return False
        return not sessions.is_migration(module) and _COMMANDS not in module.path.replace("\\", "/")

    def visit_For(self, node: ast.For) -> None:
        """Report the first read of each lazy relationship in a loop over rows."""
        if isinstance(node.target, ast.Name) and self._applies() and calls_named(self.module, _ASKING_FOR_ROWS):
            function = self.module.function_of(node)
            if isinstance(function, ast.AsyncFunctionDef):
                # There it would raise `MissingGreenlet` at once: so it is loaded somehow.
                return
            self._look_for_lazy_reads(node, node.target.id)

    def _applies(self) -> bool:
        return self.module.keep("queries in loops count", lambda module: _applies(self))

    # -- calls into the project ------------------------------------------------------------------------

    def _loops(self) -> list[_Loop]:
        module = self.module
        return [*module.nodes(ast.For), *module.nodes(ast.AsyncFor), *module.nodes(ast.comprehension)]

    def _reaches_queries(self) -> bool:
        module = self.module
        if module.is_test or not self._loops() or is_command_line(module) or sessions.is_migration(module):
            return False
        return row_queries.reaches_project(self.project, module)

    def _look_for_calls(self) -> None:
        """Report the first call in each loop that asks the database for the loop's item further down."""
        suited: dict[_Loop, bool] = {}
        for call, loop in self._calls_for_items():
            if loop not in suited:
                suited[loop] = (
                    self._is_over_rows(loop.iter, 0)
                    and self._is_long(loop)
                    and not self._is_unit_of_work(loop)
                    and not self._does_work(loop)
                )
            if not suited[loop] or self._is_in_reported_loop(loop) or self.module.callee(call) is None:
                continue
            if any(shared.call in self.module.ancestors(call) for shared in shared_sessions(self.module)):
                continue
            made = self._names_made(loop, call)
            if any(
                isinstance(given, ast.Name) and given.id not in made and self._is_made_in(loop, given)
                for given in (*call.args, *(keyword.value for keyword in call.keywords))
            ):
                continue
            if self._is_for_one_item(call, loop) or self._is_for_effect(call):
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
                chain=f" ({' -> '.join(behind.names)}{where})",
                cure="ask for all of them at once",
                steps=[Step(*link) for link in behind.links],
            )

    def _is_for_one_item(self, call: ast.Call, loop: _Loop) -> bool:
        """
        Whether a call runs for one item only, or once for each thing that several items share.

        Either for one key of a mapping, `for name, value in new.items(): if name == "id":`, or for the one object
        of a name: `if table.name == "users":`.
        """
        if self._is_kept(call, loop):
            return True
        target, iterable = loop.target, loop.iter
        key = target
        if isinstance(iterable, ast.Call) and last_name(iterable.func) in ("items", "keys"):
            key = target.elts[0] if isinstance(target, ast.Tuple) else target
            attributes = frozenset({"", *_UNIQUE})
        else:
            attributes = _UNIQUE
        if not isinstance(key, ast.Name):
            return False
        child: ast.AST = call
        for ancestor in self.module.ancestors(call):
            if ancestor is loop:
                return False
            if (
                isinstance(ancestor, ast.If)
                and child in ancestor.body
                and _picks_one(ancestor.test, key.id, attributes)
            ):
                return True
            child = ancestor
        return False

    def _is_for_a_failure(self, call: ast.Call, loop: _Loop) -> bool:
        """Whether a call runs only for the items at which a statement of the loop has failed."""
        for ancestor in self.module.ancestors(call):
            if ancestor is loop:
                return False
            if isinstance(ancestor, ast.ExceptHandler):
                return True
        return False

    def _is_for_effect(self, call: ast.Call) -> bool:
        """Whether nobody takes what a call named for an answer gives: it starts something, or fills a cache."""
        parent = self.module.parent(call)
        if isinstance(parent, ast.Await):
            parent = self.module.parent(parent)
        return isinstance(parent, ast.Expr) and _ANSWERING.match(last_name(call)) is not None

    def _is_kept(self, call: ast.Call, loop: _Loop) -> bool:
        """Whether a call is made only for what a mapping does not hold yet, which then keeps the answer."""
        if isinstance(loop, ast.comprehension):
            return False
        asked: set[str] = set()
        for ancestor in self.module.ancestors(call):
            if ancestor is loop:
                break
            if isinstance(ancestor, ast.If) and isinstance(ancestor.test, ast.Compare):
                if isinstance(ancestor.test.ops[0], (ast.In, ast.NotIn)):
                    asked.add(self.module.text(ancestor.test.comparators[0]))
        return bool(asked) and any(
            isinstance(part, ast.Subscript)
            and isinstance(part.ctx, ast.Store)
            and self.module.text(part.value) in asked
            for part in own_parts(loop.body)
        )

    def _names_made(self, loop: _Loop, call: ast.Call) -> frozenset[str]:
        """The names of a loop's item, and of what the body makes of it before a call and never otherwise."""
        names = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
        if not isinstance(loop, ast.comprehension):
            for part in self._assignments(loop):
                if part.lineno < call.lineno and mentions(part.value, names):
                    names.update(
                        name.id
                        for target in part.targets
                        for name in ast.walk(target)
                        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
                    )
        return frozenset(names)

    def _assignments(self, loop: ast.For | ast.AsyncFor) -> list[ast.Assign]:
        known = self.module.keep("assignments of loops", lambda module: dict[ast.AST, list[ast.Assign]]())
        if loop not in known:
            known[loop] = [part for part in own_parts(loop.body) if isinstance(part, ast.Assign)]
        return known[loop]

    def _calls_for_items(self) -> list[tuple[ast.Call, _Loop]]:
        """The calls in loops, in source order, that may be of the project and for an item: by names alone."""
        found: list[tuple[ast.Call, _Loop]] = []
        for name, calls in self.module.calls_by_name().items():
            if name in _OF_BUILTINS or name[:1].isupper():
                continue
            for call in calls:
                loop = self.module.loop_of(call) if call.args or call.keywords else None
                if loop is None or isinstance(loop, ast.While):
                    continue
                items = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
                if not isinstance(call.func, ast.Attribute) or not mentions(call.func, items):
                    found.append((call, loop))
        found.sort(key=lambda pair: (pair[0].lineno, pair[0].col_offset))
        return found

    def _is_over_rows(self, iterable: ast.expr, hops: int) -> bool:
        """Whether a loop may run over rows: what a call gave, or the function was given; no part of a setting."""
        if hops > _MAXIMUM_HOPS:
            return False
        if isinstance(iterable, (ast.Await, ast.NamedExpr)) or (
            isinstance(iterable, ast.Subscript) and isinstance(iterable.slice, ast.Slice)
        ):
            return self._is_over_rows(iterable.value, hops + 1)
        if isinstance(iterable, ast.BoolOp):
            return self._is_over_rows(iterable.values[0], hops + 1)
        if isinstance(iterable, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            return self._is_over_rows(iterable.generators[0].iter, hops + 1)
        if isinstance(iterable, ast.Name):
            return self._grows(iterable) or any(
                self._binds_rows(binding, hops) for binding in self.module.bindings(iterable)
            )
        if isinstance(iterable, ast.Attribute):
            value = iterable.value
            values = self.module.bindings(value) if isinstance(value, ast.Name) else []
            return any(
                binding.kind is BindingKind.ASSIGNMENT and self._binds_rows(binding, hops) for binding in values
            )
        if not isinstance(iterable, ast.Call):
            return False
        callee = self.module.qualname(iterable.func) or ""
        last = last_name(iterable.func)
        if callee.startswith("builtins.") and callee != "builtins.getattr":
            return any(self._is_over_rows(argument, hops + 1) for argument in iterable.args[:1])
        if last in ("items", "values", "keys") and isinstance(iterable.func, ast.Attribute):
            return self._is_over_rows(iterable.func.value, hops + 1)
        return last not in ("get", "getattr", "pop") and not last[:1].isupper()

    def _binds_rows(self, binding: Binding, hops: int) -> bool:
        if binding.kind is BindingKind.PARAMETER:
            return True
        if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None:
            return False
        return self._is_over_rows(binding.value, hops + 1)

    def _does_work(self, loop: _Loop) -> bool:
        """Whether the turns of a loop change something, so that each is a unit of work."""
        owner = self.module.parent(loop) if isinstance(loop, ast.comprehension) else None
        parts = ast.walk(owner) if owner is not None else own_parts(getattr(loop, "body", []))
        return any(isinstance(part, ast.Call) and row_queries.is_doing(part) for part in parts)

    # -- queries ---------------------------------------------------------------------------------------

    def _depends_on_item(self, query: ast.expr, loop: _Loop) -> bool:
        """Whether the query uses the loop's item, or a name that the loop's body makes from it."""
        names = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
        if not isinstance(loop, ast.comprehension):
            for part in own_parts(loop.body):
                if isinstance(part, ast.Assign) and mentions(part.value, names):
                    names.update(
                        name.id
                        for target in part.targets
                        for name in ast.walk(target)
                        if isinstance(name, ast.Name)
                    )
        return mentions(query, names)

    def _asks_for_many(self, query: ast.Call, loop: _Loop) -> bool:
        """Whether the query asks for a group at once, or each turn asks another table."""
        items = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
        for part in statement_parts(self.module, whole_chain(self.module, query)):
            if isinstance(part, ast.Attribute) and part.attr in ("in_", "any_", "notin_", "not_in"):
                return True
            if isinstance(part, ast.Call) and last_name(part.func) in ("select", "query", "get", "select_from"):
                if any(self._names_column(argument, items) for argument in part.args):
                    return True
                for argument in part.args[:1]:
                    model = argument.value if isinstance(argument, ast.Attribute) else argument
                    while last_name(part.func) != "get" and isinstance(
                        model, (ast.Attribute, ast.Subscript, ast.Call)
                    ):
                        model = model.func if isinstance(model, ast.Call) else model.value
                    if isinstance(model, ast.Name) and (model.id in items or self._is_made_in(loop, model)):
                        return True
        return False

    def _names_column(self, asked: ast.expr, items: set[str]) -> bool:
        """Whether what is asked for is a column that the item names: `func.max(getattr(Table, column.name))`."""
        return any(
            isinstance(part, ast.Call)
            and last_name(part.func) == "getattr"
            and any(mentions(given, items) for given in part.args[1:2])
            for part in ast.walk(asked)
        )

    def _asks_no_table(self, query: ast.Call, loop: _Loop) -> bool:
        """Whether a statement calls a function of the database alone, a lock's, or names a table by the item."""
        for part in statement_parts(self.module, whole_chain(self.module, query)):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and _TABLELESS.match(part.value):
                if not isinstance(self.module.parent(part), ast.JoinedStr):
                    return True
            elif isinstance(part, ast.JoinedStr):
                before = ""
                for piece in part.values:
                    if isinstance(piece, ast.Constant):
                        before = str(piece.value)
                    elif _TABLE_NEXT.search(before) and self._depends_on_item(piece, loop):
                        return True
        return False

    def _sends(self, loop: _Loop) -> bool:
        """Whether the turns of a loop send or start something each: next to that, a query is no loss."""
        if isinstance(loop, ast.comprehension):
            return False
        return any(
            isinstance(part, ast.Call) and _SENDING.fullmatch(last_name(part.func))
            for part in own_parts(loop.body)
        )

    def _is_made_in(self, loop: _Loop, name: ast.Name) -> bool:
        """Whether the body of the loop binds a name."""
        inside = set() if isinstance(loop, ast.comprehension) else set(own_parts(loop.body))
        return any(binding.site in inside for binding in self.module.bindings(name))

    def _is_in_reported_loop(self, loop: _Loop) -> bool:
        """Whether an earlier query of the same loop is reported: they are mended together."""
        first, last = loop.iter.lineno, self._last_line(loop)
        return any(first <= finding.line <= last for finding in self.findings)

    def _last_line(self, loop: _Loop) -> int:
        owner: ast.AST | None = self.module.parent(loop) if isinstance(loop, ast.comprehension) else loop
        return getattr(owner, "end_lineno", None) or loop.iter.lineno

    def _is_long(self, loop: _Loop) -> bool:
        """Whether the loop may run over many items: no constants, no counting, no batches."""
        iterable = loop.iter
        if isinstance(iterable, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Constant)):
            return False
        if self._is_counting(iterable) or _HANDFUL.search(last_name(_looped(iterable))):
            return False
        if _BATCH.search(f"{self.module.text(loop.target)} {self.module.text(iterable)}"):
            return False
        if isinstance(iterable, ast.Name) and self._is_written_out(loop, iterable):
            return False
        return self._grows(iterable) or not origins(self.module, iterable) <= FIXED

    def _grows(self, iterable: ast.expr) -> bool:
        """Whether a loop runs over a local collection that starts empty and that another loop fills."""
        while isinstance(iterable, ast.Call) and iterable.args and self.module.qualname(iterable.func) in _PASSING:
            iterable = iterable.args[0]
        if not isinstance(iterable, ast.Name):
            return False
        function = self.module.function_of(iterable)
        if not isinstance(function, _FUNCTIONS):
            return False
        if not any(_is_empty(one.value) for one in self.module.bindings(iterable)):
            return False
        for use in self.module.names_in(function).get(iterable.id, ()):
            parent = self.module.parent(use)
            if isinstance(parent, ast.Attribute) and parent.attr in ("add", "append"):
                if self.module.loop_of(parent) is not None:
                    return True
        return False

    def _is_counting(self, iterable: ast.expr) -> bool:
        """Whether a loop counts, or runs over groups of rows: where it is written or by what is assigned once."""
        if isinstance(iterable, ast.Name):
            bindings = self.module.bindings(iterable)
            iterable = bindings[0].value or iterable if len(bindings) == 1 else iterable
        return isinstance(iterable, ast.Call) and self.module.qualname(iterable.func) in _COUNTING

    def _is_written_out(self, loop: _Loop, name: ast.Name) -> bool:
        """Whether a name stands for what is written out, or for a list that grows as the loop runs."""
        bindings = self.module.bindings(name)
        for binding in bindings:
            if isinstance(binding.value, (ast.Tuple, ast.Set, ast.Dict)) and _size(binding.value):
                return True
            if len(bindings) == 1 and isinstance(binding.value, ast.List):
                if self._stays_short(name, binding.value):
                    return True
            if binding.kind in (BindingKind.LOOP, BindingKind.UNPACKED) and self._is_loop_over_constants(
                binding.site
            ):
                return True
        if isinstance(loop, ast.comprehension):
            return False
        return any(
            isinstance(part, ast.Attribute)
            and part.attr in ("append", "extend", "add", "insert")
            and isinstance(part.value, ast.Name)
            and part.value.id == name.id
            for part in own_parts(loop.body)
        )

    def _stays_short(self, name: ast.Name, written: ast.List) -> bool:
        """Whether a list has a few written elements, and no loop adds others."""
        function = self.module.function_of(name)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or not written.elts:
            return False
        if any(isinstance(one, ast.Starred) for one in written.elts):
            return False
        for use in self.module.names_in(function).get(name.id, ()):
            parent = self.module.parent(use)
            if isinstance(parent, ast.AugAssign):
                return False
            if isinstance(parent, ast.Attribute) and parent.attr in ("append", "insert", "extend"):
                if parent.attr == "extend" or self.module.loop_of(parent) is not None:
                    return False
        return True

    def _is_loop_over_constants(self, target: ast.AST) -> bool:
        """Whether a name is bound by a loop over what is written out."""
        for around in self.module.ancestors(target):
            if isinstance(around, (ast.For, ast.AsyncFor, ast.comprehension)):
                return isinstance(around.iter, (ast.Tuple, ast.List, ast.Set))
        return False

    def _is_unit_of_work(self, loop: _Loop) -> bool:
        """Whether each turn is a transaction of its own, or the first answer ends the loop."""
        if isinstance(loop, ast.comprehension):
            return False
        for part in own_parts(loop.body):
            if isinstance(part, (ast.Return, ast.Break, ast.Yield)):
                return True
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
                if part.func.attr in _OF_UNITS:
                    return True
            if isinstance(part, (ast.With, ast.AsyncWith)) and any(
                item.optional_vars is not None or _UNIT.search(last_name(item.context_expr)) for item in part.items
            ):
                return True
        return False

    # -- lazy relationships ----------------------------------------------------------------------------

    def _look_for_lazy_reads(self, loop: ast.For, item: str) -> None:
        if not sessions.comes_from_database(self.module, loop.iter) or _deletes(loop, item):
            return
        parts = list(statement_parts(self.module, loop.iter))
        if any(isinstance(part, ast.Attribute) and part.attr == "options" for part in parts):
            return
        lazy: dict[str, str] = {}
        for part in parts:
            if isinstance(part, ast.Call) and part.args and last_name(part.func) in _ASKING_FOR_ROWS:
                lazy.update(lazy_fields(self.project, self.module, part.args[0]))
        seen: set[str] = set()
        for read in self._reads_of(own_parts(loop.body), item, lazy):
            if read.attr not in seen:
                seen.add(read.attr)
                self._report_lazy_read(read, loop, "selectinload")

    def _look_for_lazy_reads_of_django(self) -> None:
        """Report the first read of each foreign key in loops over rows of a query set of Django's."""
        told: set[tuple[ast.AST, str]] = set()
        for loop in sorted(self._loops(), key=lambda one: one.iter.lineno):
            if not isinstance(loop.target, ast.Name):
                continue
            model = bare_rows(self.module, loop.iter)
            if model is None or self._is_unit_of_work(loop) or _is_set_up(self.module, loop):
                continue
            # What its turns do beside it, the rows keep what they have read for the next loop.
            is_told = not self._does_work(loop) and not self._sends(loop)
            if not is_told and not isinstance(loop.iter, ast.Name):
                continue
            parts = _parts_of(self.module, loop)
            lazy = lazy_fields(self.project, self.module, model)
            for read in self._reads_of(parts, loop.target.id, lazy):
                call = self.module.parent(self.module.parent(read) or read)
                is_one = lazy[read.attr] == "one"
                if not is_one and not (isinstance(call, ast.Call) and last_name(call.func) in ("all", "count")):
                    continue
                if self._is_read_each_time(read, loop):
                    rows = self._rows_kept(loop.iter, read.attr)
                    if not self._is_in_reported_loop(loop) and rows not in told:
                        told.update((rows,) if rows is not None else ())
                        if is_told:
                            self._report_lazy_read(read, loop, "select_related" if is_one else "prefetch_related")
                    break

    def _rows_kept(self, iterable: ast.expr, field: str) -> tuple[ast.AST, str] | None:
        """Which rows a name holds, and a field of theirs: the first loop over them loads it for the next ones."""
        bindings = self.module.bindings(iterable) if isinstance(iterable, ast.Name) else []
        return (bindings[0].site, field) if len(bindings) == 1 else None

    def _reads_of(self, parts: Iterable[ast.AST], item: str, lazy: Collection[str]) -> Iterator[ast.Attribute]:
        """The reads of these attributes of a loop's item, but for those that the loop assigns."""
        reads = [
            part
            for part in parts
            if isinstance(part, ast.Attribute)
            and part.attr in lazy
            and isinstance(part.value, ast.Name)
            and part.value.id == item
        ]
        assigned = {part.attr for part in reads if not isinstance(part.ctx, ast.Load)}
        return (part for part in reads if part.attr not in assigned)

    def _is_read_each_time(self, read: ast.Attribute, loop: _Loop) -> bool:
        """Whether each turn of a loop comes by a place in it, as far as no test stands before it."""
        around = self.module.parent(loop) if isinstance(loop, ast.comprehension) else loop
        child: ast.AST = read
        for ancestor in self.module.ancestors(read):
            if ancestor is around:
                return True
            if isinstance(ancestor, (ast.If, ast.IfExp)) and child is not ancestor.test:
                return False
            if isinstance(ancestor, ast.BoolOp) and child is not ancestor.values[0]:
                return False
            if isinstance(ancestor, (ast.ExceptHandler, ast.Lambda, ast.Match)):
                return False
            child = ancestor
        return False

    def _report_lazy_read(self, read: ast.Attribute, loop: _Loop, loading: str) -> None:
        self.report(
            read,
            query=self.module.text(read),
            items=self.module.text(loop.iter, 40),
            chain="",
            cure=f"load it with the rows (`{loading}`)",
        )


def _applies(rule: QueryInLoop) -> bool:
    module = rule.module
    if module.is_test or not (module.imports(*database.DRIVERS) or sessions.works_with_sessions(module)):
        return False
    return not is_command_line(module) and not sessions.is_migration(module)


def _parts_of(module: Module, loop: _Loop) -> Iterator[ast.AST]:
    """The nodes that the turns of a loop come by: its body, or the whole comprehension."""
    if isinstance(loop, ast.comprehension):
        owner = module.parent(loop)
        return ast.walk(owner) if owner is not None else iter(())
    return iter(own_parts(loop.body))


def _picks_one(test: ast.expr, name: str, attributes: frozenset[str]) -> bool:
    """Whether a test holds only where one of these attributes of a name ("": itself) is equal to a constant."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(_picks_one(value, name, attributes) for value in test.values)
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Eq):
        return False
    tested = test.left
    attribute = tested.attr if isinstance(tested, ast.Attribute) else ""
    named = tested.value if isinstance(tested, ast.Attribute) else tested
    return (
        isinstance(named, ast.Name)
        and named.id == name
        and attribute in attributes
        and isinstance(test.comparators[0], ast.Constant)
    )


def _asks_for_group(query: ast.Call) -> bool:
    """Whether a Django query asks for many at once: `filter(pk__in=chunk)`."""
    return any(
        isinstance(part, ast.keyword) and part.arg is not None and part.arg.endswith("__in")
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


def _looped(iterable: ast.expr) -> ast.expr:
    """What a loop runs over in the end: `roles` of `roles or []`, and of `roles.items()`."""
    if isinstance(iterable, ast.BoolOp):
        iterable = iterable.values[0]
    if isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Attribute):
        return iterable.func.value if iterable.func.attr in ("items", "keys", "values") else iterable
    return iterable


def _is_empty(value: ast.expr | None) -> bool:
    """Whether a value is a new list or set with nothing in it."""
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in ("list", "set") and not value.args
    return isinstance(value, ast.List) and not value.elts


def _size(literal: ast.Tuple | ast.Set | ast.Dict) -> int:
    return len(literal.keys) if isinstance(literal, ast.Dict) else len(literal.elts)


def _is_set_up(module: Module, loop: ast.AST) -> bool:
    """Whether a loop prepares the database once: it makes tables, or its function fills in what is built in."""
    function = module.function_of(loop)
    if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and _SET_UP.search(function.name):
        return True
    if isinstance(loop, (ast.For, ast.AsyncFor)) and "default" in module.text(loop.iter).lower():
        return True
    for part in ast.walk(loop):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and _DEFINING.match(part.value):
            return True
    return False
