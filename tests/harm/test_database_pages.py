"""Proofs of AUD421 and AUD422: pages that overlap, and a search for what everything matches."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Column, Integer, String, create_engine, text
from sqlalchemy.orm import Session, declarative_base
from sqlalchemy.pool import StaticPool

from tests.harm.proof import run_example

Base = declarative_base()


class Row(Base):  # type: ignore[misc, valid-type]
    __tablename__ = "row"

    id = Column(Integer, primary_key=True)
    price: Any = Column(Integer)


@pytest.fixture
def session() -> Iterator[Session]:
    """Twenty rows whose prices are in the reverse order of their keys, and the module of models."""
    models = types.ModuleType("models")
    models.Row = Row  # type: ignore[attr-defined]
    models.Product = Product  # type: ignore[attr-defined]
    sys.modules["models"] = models
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.add_all(Row(id=number, price=100 - number) for number in range(20))
        opened.commit()
        yield opened
    engine.dispose()
    del sys.modules["models"]


@pytest.mark.parametrize(("kind", "seen"), [("bad", 10), ("good", 20)])
def test_aud421_the_second_page_repeats_the_first(kind: str, seen: int, session: Session) -> None:
    page = run_example("AUD421", kind).page
    first = {row.id for row in page(session, 0)}
    session.execute(text("CREATE INDEX by_price ON row (price)"))
    second = {row.id for row in page(session, 1)}
    assert len(first | second) == seen


class Product(Base):  # type: ignore[misc, valid-type]
    __tablename__ = "product"

    id = Column(Integer, primary_key=True)
    name: Any = Column(String)


@pytest.mark.parametrize(
    ("kind", "number", "found"),
    [("bad", 0, ["shoe", "user_1", "user11"]), ("good", 0, []), ("good", 1, [])],
)
def test_aud422_a_percent_sign_finds_everything(
    kind: str, number: int, found: list[str], session: Session
) -> None:
    session.add_all(Product(name=name) for name in ("shoe", "user_1", "user11"))
    session.flush()
    find_products = run_example("AUD422", kind, number).find_products
    assert [product.name for product in find_products(session, "%")] == found
    assert len(find_products(session, "user_1")) == (2 if kind == "bad" else 1)
