"""Proofs of AUD412: one session in two threads at the same time."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from tests.harm.proof import run_example


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A database with three empty tables, to which it takes a while to connect."""
    file = tmp_path / "rows.db"
    tables = sqlite3.connect(file)
    for name in ("first", "second", "third"):
        tables.execute(f"create table {name} (id integer primary key)")
    tables.close()

    def connect() -> sqlite3.Connection:
        time.sleep(0.1)
        return sqlite3.connect(file, check_same_thread=False)

    return create_engine("sqlite://", creator=connect, poolclass=QueuePool)


def test_aud412_threads_get_in_each_others_way(engine: Engine) -> None:
    with pytest.raises(InvalidRequestError, match="concurrent operations are not permitted"):
        run_example("AUD412", "bad").counts(Session(engine), ["first", "second", "third"])


def test_aud412_with_a_session_each_they_do_not(engine: Engine) -> None:
    counts = run_example("AUD412", "good").counts
    assert counts(sessionmaker(engine), ["first", "second", "third"]) == [0, 0, 0]


def start(example: SimpleNamespace, engine: Engine) -> None:
    """Run `start` of an example, which leaves a thread behind, and wait for that."""
    with pytest.MonkeyPatch.context() as patch:
        failures: list[object] = []
        patch.setattr("threading.excepthook", failures.append)
        thread = None
        try:
            thread = example.start(Session(engine))
        finally:
            time.sleep(0.3)
        assert not thread.is_alive() and not failures


def test_aud412_the_starter_gets_in_the_way_of_its_thread(engine: Engine) -> None:
    with pytest.raises(InvalidRequestError, match="concurrent operations are not permitted"):
        start(run_example("AUD412", "bad", 1), engine)


def test_aud412_after_the_thread_it_does_not(engine: Engine) -> None:
    start(run_example("AUD412", "good", 1), engine)
