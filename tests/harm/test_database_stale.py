"""Proof of AUD409: after the server has closed its connections, the pool gives out dead ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from tests.harm.proof import run_example


def engine_of(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine of an example, whose server is a file: the pool is the one that servers get."""
    original: Callable[..., Engine] = sqlalchemy.create_engine

    def create(url: str, **options: object) -> Engine:
        return original(f"sqlite:///{folder / 'orders.db'}", poolclass=QueuePool, **options)

    monkeypatch.setattr(sqlalchemy, "create_engine", create)
    engine: Engine = run_example("AUD409", kind).engine
    return engine


def close_at_the_server(engine: Engine) -> None:
    """Close the one connection that the pool keeps, as a server does: without a word to the pool."""
    with engine.connect() as connection:
        lost = connection.connection.dbapi_connection
    assert lost is not None
    lost.close()


def test_aud409_the_first_query_after_a_restart_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of("bad", tmp_path, monkeypatch)
    close_at_the_server(engine)
    with pytest.raises(SQLAlchemyError), engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    engine.dispose()


def test_aud409_a_ping_finds_it_out_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of("good", tmp_path, monkeypatch)
    close_at_the_server(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    engine.dispose()
