"""Proofs of AUD4: what queries cost, and what they let in."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, Integer, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ArgumentError, ObjectNotExecutableError
from sqlalchemy.orm import Session, declarative_base
from sqlalchemy.pool import StaticPool

from tests.harm.proof import run_example

Base = declarative_base()


class Author(Base):  # type: ignore[misc, valid-type]
    __tablename__ = "author"

    id = Column(Integer, primary_key=True)


class Book(Base):  # type: ignore[misc, valid-type]
    __tablename__ = "book"

    id = Column(Integer, primary_key=True)
    author_id: Any = Column(ForeignKey("author.id"), index=True)


@contextmanager
def statements_of(engine: Engine) -> Iterator[list[str]]:
    """The SELECT statements that the engine sends in the block."""
    found: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith("SELECT"):
            found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def filled(base: Any, author: Any, book: Any, count: int) -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    base.metadata.create_all(engine)
    with Session(engine) as session:
        for number in range(1, count + 1):
            session.add(author(id=number))
        session.flush()
        for number in range(1, count + 1):
            session.add(book(id=number, author_id=number))
        session.commit()
    return engine


def queries_for(kind: str, count: int) -> int:
    engine = filled(Base, Author, Book, count)
    with Session(engine) as session, statements_of(engine) as statements:
        pairs = run_example("AUD408", kind).with_authors(session, Book, Author)
    engine.dispose()
    assert [(book.id, author.id) for book, author in pairs] == [(n, n) for n in range(1, count + 1)]
    return len(statements)


def test_aud408_one_query_more_with_each_row() -> None:
    assert queries_for("bad", 5) == 6
    assert queries_for("bad", 20) == 21
    assert queries_for("good", 20) == 2


def test_aud408_a_lazy_relationship_is_a_query_too() -> None:
    for kind, expected in (("bad", 21), ("good", 2)):
        example = run_example("AUD408", kind, 1)
        engine = filled(example.Base, example.Author, example.Book, 20)
        with Session(engine) as session, statements_of(engine) as statements:
            assert example.counts(session) == dict.fromkeys(range(1, 21), 1)
        engine.dispose()
        assert len(statements) == expected


def test_aud410_the_value_chooses_the_statement() -> None:
    everybody = "' OR '1'='1"
    for kind, expected in (("bad", [("a secret",), ("another",)]), ("good", [])):
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE TABLE user (name TEXT, secret TEXT)")
        connection.execute("INSERT INTO user VALUES ('a', 'a secret'), ('b', 'another')")
        found = run_example("AUD410", kind).secret_of(connection, everybody)
        connection.close()
        assert found == expected


def test_aud411_sqlalchemy_2_refuses_a_plain_text() -> None:
    engine = filled(Base, Author, Book, 1)
    with Session(engine) as session:
        session.connection().exec_driver_sql("CREATE TABLE row (id INTEGER)")
        with pytest.raises(ArgumentError):
            run_example("AUD411", "bad").count(session)
        assert run_example("AUD411", "good").count(session) == 0
    engine.dispose()
    with pytest.raises(ObjectNotExecutableError):
        run_example("AUD411", "bad", 1).ping()
    assert run_example("AUD411", "good", 1).ping() == 1


def test_aud418_every_row_becomes_an_object_to_be_counted() -> None:
    for kind, loaded in (("bad", 50), ("good", 0)):
        engine = filled(Base, Author, Book, 50)
        with Session(engine) as session:
            made: list[object] = []
            event.listen(Author, "load", lambda row, context, made=made: made.append(row))
            assert run_example("AUD418", kind).how_many(session, Author) == 50
            assert len(made) == loaded
        engine.dispose()


def plan_of_join(kind: str) -> str:
    example = run_example("AUD406", kind)
    engine = create_engine("sqlite://", poolclass=StaticPool)
    example.Base.metadata.create_all(engine)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("EXPLAIN QUERY PLAN SELECT id FROM book WHERE author_id = 1").all()
    engine.dispose()
    return str(rows[0][-1])


def test_aud406_without_an_index_the_whole_table_is_read() -> None:
    assert plan_of_join("bad").startswith("SCAN")
    assert plan_of_join("good").startswith("SEARCH")


def rows_sent(kind: str) -> int:
    example = run_example("AUD407", kind)
    engine = create_engine("sqlite://", poolclass=StaticPool)
    example.Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(example.Customer(id=1))
        session.flush()
        for number in range(1, 11):
            session.add(example.Order(id=number, customer_id=1))
            session.add(example.Visit(id=number, customer_id=1))
        session.commit()
        session.expunge_all()
        statements: list[tuple[str, Any]] = []

        def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
            statements.append((statement, parameters))

        event.listen(engine, "before_cursor_execute", note)
        (customer,) = session.scalars(example.customers()).unique().all()
        assert (len(customer.orders), len(customer.visits)) == (10, 10)
        event.remove(engine, "before_cursor_execute", note)
        count = sum(
            len(session.connection().exec_driver_sql(statement, parameters).all())
            for statement, parameters in statements
        )
    engine.dispose()
    return count


def test_aud407_ten_times_ten_rows_for_twenty_children() -> None:
    assert rows_sent("bad") == 100
    assert rows_sent("good") == 21


def test_aud424_what_belongs_to_a_deleted_row_stays() -> None:
    for kind, left in (("bad", [("a note of Ann",)]), ("good", [])):
        example = run_example("AUD424", kind)
        with contextlib.closing(example.connect(":memory:")) as connection:
            connection.execute("INSERT INTO users VALUES (1)")
            connection.execute("INSERT INTO notes VALUES ('a note of Ann', 1)")
            example.forget(connection, 1)
            # The next user gets the number, and in the first database the note with it.
            connection.execute("INSERT INTO users VALUES (1)")
            assert connection.execute("SELECT text FROM notes WHERE user_id = 1").fetchall() == left
