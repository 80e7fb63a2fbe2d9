"""Proofs of AUD4: sessions that a failed flush leaves unusable, and savepoints that nothing ends."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from celery import Celery  # type: ignore[import-untyped]
from sqlalchemy import Column, Integer, String, create_engine, select
from sqlalchemy.exc import IntegrityError, OperationalError, PendingRollbackError
from sqlalchemy.orm import Session, declarative_base
from sqlalchemy.pool import StaticPool

from tests.harm.proof import run_example

Base = declarative_base()


class Row(Base):  # type: ignore[misc, valid-type]
    __tablename__ = "row"

    id = Column(Integer, primary_key=True)
    name = Column(String, unique=True)
    status = Column(String)


def open_session() -> Session:
    """A session on an empty database of its own, in memory."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    Base.metadata.create_all(engine)
    return Session(engine)


def names_in(session: Session) -> list[str]:
    return [str(row.name) for row in session.scalars(select(Row).order_by(Row.id))]


def rows() -> list[Row]:
    return [Row(name="first"), Row(name="first"), Row(name="second"), Row(name="third")]


def test_aud402_one_bad_row_makes_all_later_rows_fail() -> None:
    session = open_session()
    with pytest.raises(PendingRollbackError):
        run_example("AUD402", "bad").save_all(session, rows())
    session.rollback()
    assert names_in(session) == []


def test_aud402_a_savepoint_or_a_rollback_keeps_the_later_rows() -> None:
    for number in (0, 1):
        session = open_session()
        run_example("AUD402", "good", number).save_all(session, rows())
        assert names_in(session) == ["first", "second", "third"]


def run_twice(session: Session, kind: str) -> None:
    job = Row(name="job")
    session.add_all([job, Row(name="taken")])
    session.commit()
    run_example("AUD403", kind).run(session, job, lambda _: Row(name="taken"))


def test_aud403_the_failure_is_never_stored() -> None:
    session = open_session()
    with pytest.raises(PendingRollbackError):
        run_twice(session, "bad")
    session.rollback()
    assert session.scalars(select(Row.status).where(Row.name == "job")).all() == [None]


def test_aud403_with_a_rollback_it_is_stored() -> None:
    session = open_session()
    with pytest.raises(IntegrityError):
        run_twice(session, "good")
    assert session.scalars(select(Row.status).where(Row.name == "job")).all() == ["failed"]


def save_with_store(kind: str, tmp_path: Path) -> list[str]:
    url = f"sqlite:///{tmp_path}/rows.db"
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    store = run_example("AUD420", kind).Store(url)
    for row in rows():
        store.save(row)
    store.session.rollback()
    found = names_in(store.session)
    store.session.close()
    store.session.get_bind().dispose()
    engine.dispose()
    return found


def test_aud420_a_kept_session_fails_for_every_later_call(tmp_path: Path) -> None:
    assert save_with_store("bad", tmp_path) == ["first"]


def test_aud420_a_rollback_frees_it(tmp_path: Path) -> None:
    assert save_with_store("good", tmp_path) == ["first", "second", "third"]


def test_aud420_the_rest_of_the_function_fails() -> None:
    for kind, expected in (("bad", ["taken"]), ("good", ["taken", "receipt"])):
        session = open_session()
        session.add(Row(name="taken"))
        session.commit()
        save = run_example("AUD420", kind, 1).save
        if kind == "bad":
            with pytest.raises(PendingRollbackError):
                save(session, Row(name="taken"), Row(name="receipt"))
            session.rollback()
        else:
            save(session, Row(name="taken"), Row(name="receipt"))
        assert names_in(session) == expected


def test_aud420_the_next_commit_keeps_the_half(tmp_path: Path) -> None:
    for kind, kept in (("bad", []), ("good", [("mine", "apple")])):
        path = tmp_path / f"{kind}.db"
        with contextlib.closing(sqlite3.connect(path)) as before, before:
            before.execute("CREATE TABLE items (cart TEXT, item TEXT NOT NULL)")
            before.execute("INSERT INTO items VALUES ('mine', 'apple')")
        carts = run_example("AUD420", kind, 2).Carts(path)
        with pytest.raises(sqlite3.IntegrityError):
            carts.replace("mine", [None])
        # Another request, which has nothing to do with that cart.
        carts.replace("yours", ["pear"])
        with contextlib.closing(sqlite3.connect(path)) as after:
            assert after.execute("SELECT * FROM items WHERE cart = 'mine'").fetchall() == kept
        carts._rows.close()


def test_aud404_half_of_the_rows_are_written() -> None:
    for kind, expected in (("bad", ["first"]), ("good", [])):
        session = open_session()
        with pytest.raises(IntegrityError):
            run_example("AUD404", kind).save_all(session, rows())
        session.rollback()
        assert names_in(session) == expected


def names_that_the_worker_sees(kind: str, folder: Path) -> list[str]:
    """What a Celery task finds when it is sent off with a row's key."""
    engine = create_engine(f"sqlite:///{folder}/{kind}.db")
    Base.metadata.create_all(engine)
    application = Celery("receipts")
    application.conf.task_always_eager = True
    found: list[str] = []

    @application.task
    def send_receipt(identifier: int) -> None:
        with Session(engine) as other:
            row = other.get(Row, identifier)
            found.append("none" if row is None else str(row.name))

    with Session(engine) as session:
        run_example("AUD419", kind).place_order(session, Row(name="first"), send_receipt)
    engine.dispose()
    return found


def test_aud419_the_worker_finds_no_row(tmp_path: Path) -> None:
    assert names_that_the_worker_sees("bad", tmp_path) == ["none"]
    assert names_that_the_worker_sees("good", tmp_path) == ["first"]


class Post(Base):  # type: ignore[misc, valid-type]
    __tablename__ = "post"

    id = Column(Integer, primary_key=True)
    likes = Column(Integer, default=0)


class Interrupting(Session):
    """A session that lets another request run through just before it writes."""

    between: Callable[[], None] | None = None

    def commit(self) -> None:
        between, self.between = self.between, None
        if between is not None:
            between()
        super().commit()


def likes_of_two(kind: str, folder: Path) -> int:
    """The number of likes after two requests, of which one runs while the other has read and not written."""
    engine = create_engine(f"sqlite:///{folder}/{kind}.db")
    Base.metadata.create_all(engine)
    like = run_example("AUD416", kind).like
    with Session(engine) as session:
        session.add(Post(id=1))
        session.commit()

    def other_request() -> None:
        with Session(engine) as other:
            like(other, Post, 1)

    with Interrupting(engine) as session:
        session.between = other_request
        like(session, Post, 1)
    with Session(engine) as session:
        post = session.get(Post, 1)
        assert post is not None
        found = int(post.likes or 0)
    engine.dispose()
    return found


def test_aud416_two_likes_are_counted_as_one(tmp_path: Path) -> None:
    assert likes_of_two("bad", tmp_path) == 1
    assert likes_of_two("good", tmp_path) == 2


def register_two(kind: str, folder: Path) -> Exception | None:
    """What a request ends with when another registers the same name while it has checked and not written."""
    engine = create_engine(f"sqlite:///{folder}/{kind}.db")
    Base.metadata.create_all(engine)
    register = run_example("AUD417", kind).register

    def other_request() -> None:
        with Session(engine) as other:
            register(other, Row, "first")

    failure: Exception | None = None
    with Interrupting(engine, autoflush=False) as session:
        session.between = other_request
        try:
            register(session, Row, "first")
        except Exception as error:
            failure = error
    engine.dispose()
    return failure


def test_aud417_the_second_request_fails_in_the_database(tmp_path: Path) -> None:
    assert isinstance(register_two("bad", tmp_path), IntegrityError)
    assert isinstance(register_two("good", tmp_path), ValueError)


def is_locked_during_the_call(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether another connection cannot write while the example waits."""
    engine = create_engine(f"sqlite:///{folder}/{kind}.db", connect_args={"timeout": 0.05})
    Base.metadata.create_all(engine)
    locked: list[bool] = []

    def another_writer(seconds: float) -> None:
        with Session(engine) as other:
            other.add(Row(name="other"))
            try:
                other.commit()
            except OperationalError:
                locked.append(True)
            else:
                locked.append(False)

    monkeypatch.setattr(time, "sleep", another_writer)
    with Session(engine) as session:
        order = Row(name="order")
        session.add(order)
        run_example("AUD414", kind).charge(session, order)
    engine.dispose()
    (found,) = locked
    return found


def test_aud414_nobody_else_can_write_while_the_call_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_locked_during_the_call("bad", tmp_path, monkeypatch)
    assert not is_locked_during_the_call("good", tmp_path, monkeypatch)
