"""Proofs of AUD308, AUD312, AUD313, AUD315: what callers, clients and readers of logs get to see."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from celery import Celery, states  # type: ignore[import-untyped]
from starlette.testclient import TestClient

from tests.harm.proof import run_example


def test_aud308_the_statement_is_shown_to_the_client() -> None:
    answer = TestClient(run_example("AUD308", "bad").app).get("/orders/7")
    assert answer.status_code == 500
    assert answer.json()["detail"] == "failed: no such table: orders"


def test_aud308_good_examples_send_fixed_texts_and_curated_ones() -> None:
    answer = TestClient(run_example("AUD308", "good").app).get("/orders/7")
    assert answer.json()["detail"] == "the order cannot be read"
    answer = TestClient(run_example("AUD308", "good", 1).app).get("/orders/x")
    assert answer.status_code == 422


class Socket:
    """Keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    async def send_json(self, message: Any) -> None:
        self.sent.append(message)


def test_aud308_the_web_socket_gets_it_too() -> None:
    socket = Socket()

    async def work() -> None:
        raise ConnectionError("postgresql://admin:hunter2@db/orders")

    asyncio.run(run_example("AUD308", "bad", 1).Session(socket).answer(work))
    assert "hunter2" in socket.sent[0]["message"]


def outcome(kind: str) -> Any:
    """What Celery records of the example's task when it gets a source without a length."""
    application = Celery("proof", broker="memory://", backend="cache+memory://")
    application.conf.task_always_eager = True
    application.set_current()
    # Celery knows tasks by the name of their module.
    given: dict[str, Any] = {"__name__": f"{kind}_example"}
    example = run_example("AUD312", kind, **given)
    return example.import_orders.apply(args=(None,)).state


def test_aud312_the_failed_task_is_recorded_as_a_success() -> None:
    assert outcome("bad") == states.SUCCESS


def test_aud312_good_example_is_recorded_as_a_failure() -> None:
    assert outcome("good") == states.FAILURE


def test_aud313_the_secret_is_in_the_record(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    run_example("AUD313", "bad").sign_in("anna", "hunter2")
    assert "hunter2" in caplog.text
    with pytest.raises(ValueError, match="sk-1234567890"):
        run_example("AUD313", "bad", 1).check("sk-1234567890", ())


def test_aud313_good_examples_keep_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    run_example("AUD313", "good").sign_in("anna", "hunter2")
    assert "anna" in caplog.text and "hunter2" not in caplog.text
    with pytest.raises(ValueError) as raised:
        run_example("AUD313", "good", 1).check("sk-1234567890", ())
    assert "sk-" not in str(raised.value)


class Session:
    """A database session; with `rows` None the database is gone."""

    def __init__(self, rows: list[str] | None) -> None:
        self.rows = rows

    def execute(self, _: str) -> Session:
        if self.rows is None:
            raise ConnectionError("server gone")
        return self

    def all(self) -> list[str] | None:
        return self.rows


def test_aud315_an_outage_looks_like_no_data() -> None:
    list_orders = run_example("AUD315", "bad").list_orders
    assert list_orders(Session(None)) == list_orders(Session([])) == []


def test_aud315_good_example_tells_them_apart() -> None:
    list_orders = run_example("AUD315", "good").list_orders
    assert list_orders(Session([])) == []
    with pytest.raises(ConnectionError):
        list_orders(Session(None))
