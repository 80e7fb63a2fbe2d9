"""Proofs of AUD415: what an asynchronous session cannot load by itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, String
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import declarative_base

from tests.harm.proof import run_example

Base = declarative_base()


class Row(Base):  # type: ignore[misc, valid-type]
    __tablename__ = "row"

    id = Column(Integer, primary_key=True)
    name = Column(String)


def created_id(kind: str, number: int, folder: Path) -> int:
    """The key of the row that the example makes."""

    async def create() -> int:
        engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/rows.db")
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        example = run_example("AUD415", kind, number)
        example.make_session.configure(bind=engine)
        try:
            return int(await example.create(Row, "first"))
        finally:
            await engine.dispose()

    return asyncio.run(create())


def test_aud415_the_read_raises_after_the_row_is_written(tmp_path: Path) -> None:
    with pytest.raises(SQLAlchemyError, match="greenlet_spawn has not been called"):
        created_id("bad", 0, tmp_path)
    assert created_id("good", 0, tmp_path) == 2


def test_aud415_a_refresh_loads_it(tmp_path: Path) -> None:
    assert created_id("good", 1, tmp_path) == 1
