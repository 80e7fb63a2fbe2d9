"""Proofs of AUD101-AUD107: the heartbeat of the event loop stops."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import importlib
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.harm.proof import beats_during, example, run_example, write_example

STOPPED = 5
"""As many beats a blocked loop gets in at its start and end; a free one gets dozens."""


def beats(work: Callable[[], Awaitable[object]]) -> int:
    return asyncio.run(beats_during(work))


@contextlib.contextmanager
def modules_of(code: str, number: int, folder: Path, *names: str) -> Iterator[list[ModuleType]]:
    """The modules of a bad example of several files, imported."""
    write_example(code, "bad", folder, number)
    sys.path.insert(0, str(folder))
    try:
        yield [importlib.import_module(name) for name in names]
    finally:
        sys.path.remove(str(folder))
        for file in folder.glob("*.py"):
            sys.modules.pop(file.stem, None)


class Job:
    """Done when it has been asked once."""

    def __init__(self) -> None:
        self.asked = 0

    @property
    def done(self) -> bool:
        self.asked += 1
        return self.asked > 1


def test_aud101_sleep_stops_the_heartbeat() -> None:
    assert beats(lambda: run_example("AUD101", "bad").wait_for_job(Job())) < STOPPED
    assert beats(lambda: run_example("AUD101", "good").wait_for_job(Job())) > STOPPED
    assert beats(lambda: run_example("AUD101", "good", 1).run()) > STOPPED


def test_aud101_sleep_in_another_module(tmp_path: Path) -> None:
    with modules_of("AUD101", 1, tmp_path, "service", "catalogue") as (service, catalogue):
        made = service.Service(catalogue=catalogue.Catalogue())
        assert beats(lambda: made.newest("x")) < STOPPED


@pytest.fixture
def slow_server() -> Iterator[str]:
    """The address of a server that answers `{}` after 0.4 s."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(0.4)
            self.send_response(200)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_aud102_request_stops_the_heartbeat(slow_server: str) -> None:
    import httpx

    async def with_client() -> None:
        async with httpx.AsyncClient() as client:
            await run_example("AUD102", "good").profile(client, slow_server)

    assert beats(lambda: run_example("AUD102", "bad").profile(slow_server)) < STOPPED
    assert beats(with_client) > STOPPED
    assert beats(lambda: run_example("AUD102", "good", 1).profile(slow_server)) > STOPPED


def test_aud102_request_in_another_module(slow_server: str, tmp_path: Path) -> None:
    with modules_of("AUD102", 1, tmp_path, "service", "catalogue") as (service, catalogue):
        made = service.Service(catalogue=catalogue.CatalogueClient(slow_server))
        assert beats(lambda: made.newest("x")) < STOPPED


def slow_database(path: Path) -> Any:
    """A session on a database whose view `artist` takes 0.4 s to read."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.orm import Session

    engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False})

    def pause() -> str:
        time.sleep(0.4)
        return "someone"

    @event.listens_for(engine, "connect")
    def add_function(connection: sqlite3.Connection, record: object) -> None:
        connection.create_function("pause", 0, pause)

    with engine.begin() as connection:
        connection.exec_driver_sql("create view if not exists artist as select pause() as name")
    return Session(engine)


def test_aud103_query_stops_the_heartbeat(tmp_path: Path) -> None:
    with slow_database(tmp_path / "a.db") as session:
        assert beats(lambda: run_example("AUD103", "bad").artists(session)) < STOPPED
        in_thread = run_example("AUD103", "good", 1).artists
        assert beats(lambda: asyncio.to_thread(in_thread, session)) > STOPPED


def test_aud103_query_in_another_module(tmp_path: Path) -> None:
    with slow_database(tmp_path / "a.db") as session, modules_of("AUD103", 1, tmp_path, "routes") as (routes,):
        assert beats(lambda: routes.artists(session)) < STOPPED


@pytest.fixture
def slow_file(tmp_path: Path) -> Iterator[Callable[[], Path]]:
    """Makes a pipe that takes 0.4 s until there is something to read."""
    writers: list[threading.Thread] = []

    def make() -> Path:
        path = tmp_path / f"pipe{len(writers)}"
        os.mkfifo(path)

        def write() -> None:
            time.sleep(0.4)
            path.write_text("text")

        writers.append(threading.Thread(target=write))
        writers[-1].start()
        return path

    yield make
    for writer in writers:
        writer.join()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX only")
def test_aud104_reading_stops_the_heartbeat(slow_file: Callable[[], Path], tmp_path: Path) -> None:
    assert beats(lambda: run_example("AUD104", "bad").report(slow_file())) < STOPPED
    assert beats(lambda: run_example("AUD104", "good").report(slow_file())) > STOPPED
    with modules_of("AUD104", 1, tmp_path, "routes") as (routes,):
        assert beats(lambda: routes.page(slow_file())) < STOPPED


def test_aud104_start_up_reads_before_anything_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "motto.txt").write_text("onwards")
    monkeypatch.chdir(tmp_path)
    application = SimpleNamespace(state=SimpleNamespace())

    async def run() -> None:
        async with run_example("AUD104", "good", 1).lifespan(application):
            pass

    asyncio.run(run())
    assert application.state.motto == "onwards"


def test_aud105_process_stops_the_heartbeat() -> None:
    command = [sys.executable, "-c", "import time; time.sleep(0.4)"]
    assert beats(lambda: run_example("AUD105", "bad").wait_for_tool(command)) < STOPPED
    assert beats(lambda: run_example("AUD105", "bad", 1).version(command)) < STOPPED
    assert beats(lambda: run_example("AUD105", "good").wait_for_tool(command)) > STOPPED


def test_aud106_wait_stops_the_heartbeat() -> None:
    def work() -> None:
        time.sleep(0.4)

    assert beats(lambda: run_example("AUD106", "bad").answer(work)) < STOPPED
    assert beats(lambda: run_example("AUD106", "good").answer(work)) > STOPPED


def test_aud106_empty_queue_stops_the_heartbeat() -> None:
    example = run_example("AUD106", "bad", 1)
    inbox = example.Inbox()
    sender = threading.Timer(0.4, inbox.messages.put, ["late"])
    sender.start()
    assert beats(lambda: example.read(inbox)) < STOPPED


def test_aud106_a_wait_for_its_own_loop_never_ends() -> None:
    script = (
        f"{example('AUD106', 'bad', 2)}\n"
        "async def answer():\n    return 42\n"
        "async def main():\n    print('waits', flush=True)\n    return run_sync(answer())\n"
        "asyncio.run(main())\n"
    )
    with pytest.raises(subprocess.TimeoutExpired) as given_up:
        subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, timeout=0.9, check=False)
    assert given_up.value.stdout == b"waits\n"

    async def main() -> None:
        coroutine = asyncio.sleep(0)
        with pytest.raises(RuntimeError, match="await the coroutine"):
            run_example("AUD106", "good", 2).run_sync(coroutine)
        await coroutine

    asyncio.run(main())


@pytest.mark.filterwarnings("ignore:coroutine 'fetch' was never awaited")
def test_aud107_a_second_loop_is_refused() -> None:
    with pytest.raises(RuntimeError, match="running event loop"):
        asyncio.run(run_example("AUD107", "bad").answer())
    assert asyncio.run(run_example("AUD107", "good").answer()) == 42
