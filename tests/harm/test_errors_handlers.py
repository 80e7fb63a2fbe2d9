"""Proofs of AUD302-AUD307, AUD310, AUD311: what handlers do with a failure."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.harm.proof import run_example


def failing(*_: object) -> Any:
    raise ConnectionError("server gone")


Records = Callable[[], list[logging.LogRecord]]


@pytest.fixture
def records(caplog: pytest.LogCaptureFixture) -> Records:
    """Gives what was logged so far, at every level."""
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.records


class Application:
    """Stands for a project's own module `app.log`, whose `get_logger` gives an ordinary logger."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import sys
        import types

        package, module = types.ModuleType("app"), types.ModuleType("app.log")
        package.__path__ = []
        vars(module).update(get_logger=logging.getLogger, logger=logging.getLogger("app"))
        monkeypatch.setitem(sys.modules, "app", package)
        monkeypatch.setitem(sys.modules, "app.log", module)


@pytest.fixture
def application(monkeypatch: pytest.MonkeyPatch) -> Application:
    return Application(monkeypatch)


def test_aud302_the_failure_is_invisible(records: Records) -> None:
    with sqlite3.connect(":memory:") as without_profiles:
        assert run_example("AUD302", "bad").load_profiles(without_profiles, ["a", "b"]) == []
    assert records() == []


def test_aud302_good_examples_show_it(records: Records) -> None:
    with sqlite3.connect(":memory:") as without_profiles:
        assert run_example("AUD302", "good").load_profiles(without_profiles, ["a", "b"]) == []
        assert [record.exc_info is not None for record in records()] == [True, True]
        with pytest.raises(sqlite3.OperationalError):
            run_example("AUD302", "good", 1).load_profiles(without_profiles, ["a"])


def test_aud303_the_record_has_no_traceback(records: Records, application: Application) -> None:
    run_example("AUD303", "bad").refresh(lambda: dict[str, int]()["id"])
    run_example("AUD303", "bad", 1).Worker(failing).run()
    assert [record.exc_info for record in records()] == [None, None]
    assert records()[0].getMessage() == "refresh failed: 'id'"


def test_aud303_good_examples_have_one(records: Records, application: Application) -> None:
    run_example("AUD303", "good").refresh(failing)
    run_example("AUD303", "good", 1).refresh(failing)
    for record in records():
        assert record.exc_info is not None and record.exc_info[0] is ConnectionError


def test_aud304_at_info_the_traceback_is_gone(
    records: Records, application: Application, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    run_example("AUD304", "bad").refresh(failing)
    assert [record.levelname for record in records()] == ["ERROR"]
    assert "Traceback" not in caplog.text
    run_example("AUD304", "bad", 1).refresh(lambda: int("x"))
    assert "Traceback" not in caplog.text


def test_aud304_good_examples_keep_it_with_the_message(records: Records, caplog: pytest.LogCaptureFixture) -> None:
    run_example("AUD304", "good", 1).refresh(lambda: int("x"))
    caplog.set_level(logging.INFO)
    run_example("AUD304", "good").refresh(failing)
    assert caplog.text.count("Traceback") == 2


class Response:
    status_code = 500


def test_aud305_the_record_ends_with_none(caplog: pytest.LogCaptureFixture) -> None:
    run_example("AUD305", "bad").read_status(Response())
    assert "NoneType: None" in caplog.text


def test_aud305_good_examples_show_what_there_is(caplog: pytest.LogCaptureFixture) -> None:
    run_example("AUD305", "good").read_status(Response())
    assert "NoneType: None" not in caplog.text

    async def work() -> None:
        task = asyncio.ensure_future(asyncio.to_thread(failing))
        await asyncio.wait([task])
        run_example("AUD305", "good", 1).on_done(task)

    asyncio.run(work())
    assert "ConnectionError: server gone" in caplog.text


def served(example: Any) -> TestClient:
    """A client of the example's application."""
    application = FastAPI()
    application.include_router(example.router)
    return TestClient(application, raise_server_exceptions=False)


def ours(records: list[logging.LogRecord]) -> list[logging.LogRecord]:
    """The records that are not of the test's own client."""
    return [record for record in records if not record.name.startswith(("httpx", "asyncio", "httpcore"))]


def test_aud307_a_500_with_nothing_in_the_log(records: Records) -> None:
    assert served(run_example("AUD307", "bad")).get("/report").status_code == 500
    assert ours(records()) == []
    with pytest.raises(RuntimeError) as raised:
        run_example("AUD307", "bad", 1).load(failing)
    assert raised.value.__suppress_context__


def test_aud307_good_examples_tell_the_cause(records: Records) -> None:
    assert served(run_example("AUD307", "good")).get("/report").status_code == 500
    (record,) = ours(records())
    assert record.exc_info is not None and record.exc_info[0] is ZeroDivisionError
    with pytest.raises(RuntimeError) as raised:
        run_example("AUD307", "good", 1).load(failing)
    assert not raised.value.__suppress_context__ and isinstance(raised.value.__context__, ConnectionError)


def test_aud310_a_404_becomes_a_500() -> None:
    assert served(run_example("AUD310", "bad")).get("/items/b").status_code == 500


def test_aud310_good_example_answers_404() -> None:
    assert served(run_example("AUD310", "good")).get("/items/b").status_code == 404


class Gone:
    """A web socket whose client has gone: every receive fails at once."""

    def __init__(self) -> None:
        self.received = 0

    async def receive_text(self) -> str:
        self.received += 1
        if self.received % 50 == 0:
            # Without this the loop would not even let the test stop it.
            await asyncio.sleep(0)
        raise RuntimeError("cannot receive once a disconnect message has been received")


async def receives_within(example: Any, seconds: float) -> int:
    socket = Gone()
    logging.getLogger("example").disabled = True
    try:
        await asyncio.wait_for(example.serve(socket, str.upper), seconds)
    except (asyncio.TimeoutError, RuntimeError):
        pass
    finally:
        logging.getLogger("example").disabled = False
    return socket.received


def test_aud311_the_loop_runs_hot() -> None:
    assert asyncio.run(receives_within(run_example("AUD311", "bad"), 0.2)) > 500


def test_aud311_good_examples_end_or_wait() -> None:
    assert asyncio.run(receives_within(run_example("AUD311", "good"), 0.2)) == 1
    assert asyncio.run(receives_within(run_example("AUD311", "good", 1), 0.2)) == 1
