"""Proofs of AUD405: what an open session or connection keeps from others."""

from __future__ import annotations

import gc
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError, TimeoutError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from tests.harm.proof import run_example

table = Table("row", MetaData(), Column("id", Integer, primary_key=True), Column("name", String))


def small_pool(folder: Path) -> Engine:
    """An engine on a database without tables that gives out two connections and waits a tenth of a second."""
    return create_engine(
        f"sqlite:///{folder}/rows.db", poolclass=QueuePool, pool_size=2, max_overflow=0, pool_timeout=0.1
    )


def fail_three_times(kind: str, engine: Engine) -> list[BaseException]:
    example = run_example("AUD405", kind)
    example.SessionLocal.configure(bind=engine)
    failures: list[BaseException] = []
    for _ in range(3):
        try:
            example.names(table)
        except (OperationalError, TimeoutError) as error:
            failures.append(error)
    return failures


def test_aud405_the_pool_is_empty_after_as_many_failures_as_it_has_connections(tmp_path: Path) -> None:
    engine = small_pool(tmp_path)
    failures = fail_three_times("bad", engine)
    assert [type(error) for error in failures] == [OperationalError, OperationalError, TimeoutError]
    failures.clear()
    gc.collect()
    engine.dispose()


def test_aud405_a_with_block_gives_the_connection_back(tmp_path: Path) -> None:
    engine = small_pool(tmp_path)
    failures = fail_three_times("good", engine)
    assert [type(error) for error in failures] == [OperationalError] * 3
    engine.dispose()


def test_aud405_the_session_of_a_dropped_generator_is_closed_before_it_is_used_and_not_after(
    tmp_path: Path,
) -> None:
    engine = small_pool(tmp_path)
    ended: list[int] = []

    def get_session() -> Iterator[Session]:
        session = Session(engine)
        try:
            yield session
        finally:
            session.close()
            ended.append(1)

    kept = []
    for _ in range(2):
        session = next(get_session())
        session.execute(text("SELECT 1"))
        kept.append(session)
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    assert (len(ended), pool.checkedout()) == (2, 2)
    with contextmanager(get_session)() as session, pytest.raises(TimeoutError):
        session.execute(text("SELECT 1"))
    for session in kept:
        session.close()
    with contextmanager(get_session)() as session:
        session.execute(text("SELECT 1"))
    assert pool.checkedout() == 0
    engine.dispose()


def opened_by(kind: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> sqlite3.Connection:
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def note(database: Path) -> sqlite3.Connection:
        made.append(connect(database))
        return made[-1]

    with connect(path) as connection:
        connection.execute("CREATE TABLE row (id INTEGER)")
    connection.close()
    monkeypatch.setattr(sqlite3, "connect", note)
    assert run_example("AUD405", kind, 1).count(path) == 0
    return made[0]


def test_aud405_the_block_of_sqlite3_leaves_the_connection_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = opened_by("bad", tmp_path / "rows.db", monkeypatch)
    assert connection.execute("SELECT 1").fetchone() == (1,)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        connection.close()


def test_aud405_closing_closes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = opened_by("good", tmp_path / "rows.db", monkeypatch)
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")
