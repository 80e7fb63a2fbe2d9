"""Proofs of AUD401: savepoints that nothing ends nest deeper with each item, and undo nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Integer, String, create_engine, event
from sqlalchemy.orm import Session, declarative_base
from sqlalchemy.pool import StaticPool

from tests.harm.proof import run_example

Base = declarative_base()


class Row(Base):  # type: ignore[misc, valid-type]
    __tablename__ = "row"

    id = Column(Integer, primary_key=True)
    name = Column(String)


def depth(session: Session) -> int:
    """How many savepoints are open."""
    count = 0
    transaction = session.get_nested_transaction()
    while transaction is not None and transaction.nested:
        count += 1
        transaction = transaction.parent
    return count


def depths_during(import_rows: Callable[..., Any], *given: Any) -> list[int]:
    """The nesting depth each time a savepoint is set."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    found: list[int] = []
    with Session(engine) as session:

        @event.listens_for(session, "after_transaction_create")
        def note(session: Session, transaction: Any) -> None:
            if transaction.nested:
                parent = transaction.parent
                count = 1
                while parent is not None and parent.nested:
                    count += 1
                    parent = parent.parent
                found.append(count)

        import_rows(session, *given)
        assert depth(session) == 0
    engine.dispose()
    return found


def test_aud401_the_depth_grows_by_one_with_each_item() -> None:
    rows = [Row(name="a"), Row(name="b"), Row(name="c")]
    assert depths_during(run_example("AUD401", "bad").import_rows, rows) == [1, 2, 3]


def test_aud401_a_with_block_keeps_the_depth() -> None:
    rows = [Row(name="a"), Row(name="b"), Row(name="c")]
    assert depths_during(run_example("AUD401", "good").import_rows, rows) == [1, 1, 1]


def read(name: str) -> Row:
    if name == "bad":
        raise ValueError(name)
    return Row(name=name)


def test_aud401_a_failed_item_leaves_its_savepoint_open() -> None:
    names = ["a", "bad", "bad", "b"]
    assert depths_during(run_example("AUD401", "bad", 1).import_rows, names, read) == [1, 1, 2, 3]
    assert depths_during(run_example("AUD401", "good", 1).import_rows, names, read) == [1, 1, 1, 1]
