"""Proofs of AUD51x: what Celery does with names, routes, queues, settings and arguments; brokers in memory."""

from __future__ import annotations

import importlib
import socket
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import httpx
import pytest
from celery import Celery, _state  # type: ignore[import-untyped]
from celery.exceptions import (  # type: ignore[import-untyped]
    ImproperlyConfigured,
    NotRegistered,
)
from celery.exceptions import TimeoutError as CeleryTimeoutError
from celery.schedules import maybe_schedule  # type: ignore[import-untyped]
from kombu import serialization
from kombu.exceptions import EncodeError
from kombu.transport.memory import Channel, Transport
from sqlalchemy.orm import Session
from starlette.requests import Request

from tests.harm.proof import run_example, write_example


@pytest.fixture(autouse=True)
def fresh_celery(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A broker without messages, and no tasks of applications that other proofs made."""
    monkeypatch.setattr(_state, "_on_app_finalizers", set())
    Channel.queues.clear()
    Transport.global_state.clear()  # type: ignore[no-untyped-call]
    yield
    _state._set_current_app(None)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the search path whose package `shop` is forgotten afterwards."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
        del sys.modules[name]


def waiting(app: Celery, queue: str) -> int:
    """How many messages lie in a queue of the broker."""
    with app.connection_for_read() as connection:
        size: int = connection.default_channel._size(queue)
    return size


def queue_of(app: Celery, task: str) -> str:
    """The name of the queue that a task of this name is sent to."""
    name: str = app.amqp.router.route({}, task)["queue"].name
    return name


def taken(app: Celery, name: str) -> Any:
    """The task that a worker takes for a message. Raises NotRegistered, which a worker logs."""
    app.finalize()
    return app.tasks[name]


@pytest.mark.parametrize("kind", ["bad", "good"])
def test_aud510_a_second_application_sends_to_another_queue(package: Path, kind: str) -> None:
    write_example("AUD510", kind, package)
    web = importlib.import_module("shop.web")
    worker = importlib.import_module("shop.worker")
    sender = getattr(web, "sender", worker.app)
    before = waiting(worker.app, "shop")
    web.finish(1)
    assert queue_of(sender, "shop.worker.send_receipt") == ("celery" if kind == "bad" else "shop")
    assert waiting(worker.app, "shop") - before == (0 if kind == "bad" else 1)


@pytest.mark.parametrize("kind", ["bad", "good"])
def test_aud511_no_task_has_the_name_that_is_sent(package: Path, kind: str) -> None:
    write_example("AUD511", kind, package)
    orders = importlib.import_module("shop.orders")
    app = orders.app
    orders.finish(1)
    with app.connection_for_read() as connection:
        message = connection.default_channel.basic_get("celery", no_ack=True)
    name = message.headers["task"]
    if kind == "bad":
        with pytest.raises(NotRegistered):
            taken(app, name)
    else:
        assert taken(app, name)(1) == 1


def test_aud511_the_schedule_names_no_task(package: Path) -> None:
    write_example("AUD511", "bad", package, 1)
    tasks = importlib.import_module("shop.tasks")
    with pytest.raises(NotRegistered):
        taken(tasks.app, tasks.app.conf.beat_schedule["nightly"]["task"])


@pytest.mark.parametrize("kind", ["bad", "good"])
def test_aud512_a_task_without_route_goes_to_the_default_queue(package: Path, kind: str) -> None:
    write_example("AUD512", kind, package)
    mails = importlib.import_module("shop.mails")
    assert queue_of(mails.app, mails.send_receipt.name) == ("celery" if kind == "bad" else "mails")


@pytest.mark.parametrize(
    ("kind", "number", "copies"), [("bad", 0, (1, 1)), ("good", 0, (1, 0)), ("good", 1, (1, 0))]
)
def test_aud513_a_message_lies_in_each_queue(kind: str, number: int, copies: tuple[int, int]) -> None:
    example = run_example("AUD513", kind, number)
    app = example.app
    with app.connection_for_write() as connection:
        channel = connection.default_channel
        for queue in app.amqp.queues.values():
            queue(channel).declare()
    routing_key = {"routing_key": "mails.receipt"} if (kind, number) == ("good", 0) else {}
    example.send_receipt.apply_async((1,), queue="mails", **routing_key)
    assert (waiting(app, "mails"), waiting(app, "stock")) == copies


def test_aud514_a_misspelt_setting_has_no_effect() -> None:
    assert run_example("AUD514", "bad", 0).app.conf.task_time_limit is None
    assert run_example("AUD514", "good", 0).app.conf.task_time_limit == 60


def test_aud514_old_names_beside_new_ones_are_refused() -> None:
    with pytest.raises(ImproperlyConfigured):
        run_example("AUD514", "bad", 1).app.conf.task_time_limit  # noqa: B018 -- settings are read when they are asked for
    assert run_example("AUD514", "good", 1).app.conf.task_time_limit == 60


def test_aud514_the_prefix_is_read_with_a_namespace_only() -> None:
    plain = Celery("shop")
    plain.conf.update(CELERY_BROKER_URL="memory://")
    assert plain.conf.broker_url is None
    spaced = Celery("shop")
    spaced.config_from_object({"CELERY_BROKER_URL": "memory://"}, namespace="CELERY")
    assert spaced.conf.broker_url == "memory://"


def test_aud516_a_row_cannot_be_sent() -> None:
    with pytest.raises(EncodeError):
        run_example("AUD516", "bad").finish(1)
    example = run_example("AUD516", "good")
    example.finish(1)
    assert waiting(example.app, "celery") == 1


def test_aud516_neither_can_requests_sessions_files_and_clients(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    with path.open() as file, Session() as session, httpx.Client() as client:
        for argument in (file, session, client, Request({"type": "http", "headers": []})):
            for serializer in ("json", "yaml"):
                with pytest.raises(EncodeError):
                    serialization.dumps({"args": [argument]}, serializer)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("kind", ["bad", "good"])
def test_aud515_a_task_must_not_wait_for_another_one(kind: str) -> None:
    example = run_example("AUD515", kind)
    example.app.finalize()
    # What the worker says when it starts a pool of processes, or one that runs its tasks itself.
    _state._set_task_join_will_block(True)
    try:
        if kind == "bad":
            with pytest.raises(RuntimeError, match="Never call"):
                example.invoice(3)
        else:
            example.send_invoice(3)
    finally:
        _state._set_task_join_will_block(False)


def test_aud515_a_timeout_ends_the_wait() -> None:
    example = run_example("AUD515", "good", 1)
    with pytest.raises(CeleryTimeoutError):
        example.price.delay(3).get(timeout=0.05)


def runs_in_three_days(app: Celery) -> int:
    """How often beat runs the one entry in three days in which it is started anew at noon, without its file."""
    ((_, given),) = app.conf.beat_schedule.items()
    runs = 0
    for day in (1, 2, 3):
        started = datetime(2026, 3, day, 12, tzinfo=timezone.utc)
        plan = maybe_schedule(given["schedule"], app=app)
        last = started
        for hour in range(24):
            plan.nowfun = lambda moment=started + timedelta(hours=hour): moment
            if plan.is_due(last).is_due:
                runs += 1
                last = plan.nowfun()
    return runs


@pytest.mark.parametrize(("kind", "runs"), [("bad", 0), ("good", 3)])
def test_aud518_an_interval_starts_over_with_beat(kind: str, runs: int) -> None:
    assert runs_in_three_days(run_example("AUD518", kind).app) == runs


@pytest.mark.parametrize(("kind", "runs"), [("bad", 4), ("good", 1)])
def test_aud519_the_same_argument_fails_again(kind: str, runs: int) -> None:
    example = run_example("AUD519", kind)
    read: list[str] = []

    def reading(text: str) -> UUID:
        read.append(text)
        return UUID(text)

    example.module.UUID = reading
    assert isinstance(example.pack.apply(("no key",)).result, ValueError)
    assert len(read) == runs


@pytest.mark.parametrize(("kind", "limit"), [("bad", None), ("good", 60)])
def test_aud517_nothing_ends_a_task_whose_peer_trickles(package: Path, kind: str, limit: int | None) -> None:
    write_example("AUD517", kind, package)
    worker = importlib.import_module("shop.worker")

    def trickle(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n")
            for _ in range(8):
                time.sleep(0.1)
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=trickle, args=(listener,))
        thread.start()
        started = time.monotonic()
        # The example's timeout of five seconds, made shorter: each piece comes in time, all of them take longer.
        with httpx.Client(timeout=0.5) as client:
            vars(worker)["httpx"] = SimpleNamespace(get=lambda url, timeout: client.get(url))
            worker.fetch(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        taken_time = time.monotonic() - started
        thread.join()
    assert taken_time > 0.6
    # What the worker gives to the pool of processes, which ends a task that takes longer.
    worker.fetch.bind(worker.app)
    assert worker.fetch.time_limit == limit
