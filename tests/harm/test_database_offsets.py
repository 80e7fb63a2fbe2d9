"""Proofs of the rules about pages: what a growing offset leaves out."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from tests.harm.proof import run_example


def _filled(module: Any, **values: bool) -> Session:
    engine = create_engine("sqlite://")
    module.Base.metadata.create_all(engine)
    session = Session(engine)
    session.add_all([module.Event(id=number, **values) for number in range(1, 41)])
    session.commit()
    return session


@pytest.mark.parametrize(("kind", "left"), [("bad", 20), ("good", 0)])
def test_aud423_every_second_batch_stays(kind: str, left: int) -> None:
    module = run_example("AUD423", kind)
    with _filled(module, is_old=True) as session:
        module.remove_old(session)
        assert session.scalar(select(func.count()).select_from(module.Event)) == left


def test_aud423_every_second_batch_is_not_sent() -> None:
    module = run_example("AUD423", "bad", 1)
    with _filled(module, is_sent=False) as session:
        module.send_all(session)
        assert session.query(module.Event).filter_by(is_sent=True).count() == 20
