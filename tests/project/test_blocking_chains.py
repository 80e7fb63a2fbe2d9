"""Blocking calls through wrappers and modules, as small projects on disk."""

from __future__ import annotations

import textwrap

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.examples import run_on_files
from flake8_auditrules.registry import all_rules

RULES = [
    rule
    for rule in all_rules()
    if rule.code in ("AUD101", "AUD102", "AUD103", "AUD104", "AUD105", "AUD106", "AUD107")
]

CATALOGUE = """
    import time
    import httpx

    class CatalogueClient:
        def __init__(self, base_url: str) -> None:
            self._client = httpx.Client(base_url=base_url)

        def latest(self, artist):
            return self._request("/latest", artist)

        def _request(self, path, artist):
            time.sleep(1)
            return self._client.get(path, params={"artist": artist})

        def label(self):
            return "catalogue"
"""


def found(files: dict[str, str], config: Config | None = None) -> list[tuple[str, int, str, str]]:
    """File, line, code and text of what is reported."""
    written = {name: textwrap.dedent(text).lstrip("\n") for name, text in files.items()}
    return [
        (name, finding.line, finding.code, finding.text) for name, finding in run_on_files(RULES, written, config)
    ]


def codes(files: dict[str, str], config: Config | None = None) -> list[tuple[str, int, str]]:
    return [(name, line, code) for name, line, code, _ in found(files, config)]


def test_a_class_of_another_module_three_calls_down() -> None:
    files = {
        "app/__init__.py": "",
        "app/core/__init__.py": "",
        "app/core/catalogue.py": CATALOGUE,
        "app/service.py": """
            from app.core.catalogue import CatalogueClient

            class Service:
                def __init__(self, *, catalogue: CatalogueClient) -> None:
                    self._catalogue = catalogue

                async def newest(self, artist):
                    return self._catalogue.latest(artist)
        """,
    }
    ((name, line, code, text),) = found(files)
    assert (name, line, code) == ("app/service.py", 8, "AUD101")
    assert text == (
        "`self._catalogue.latest(...)` blocks the event loop (CatalogueClient.latest -> _request -> time.sleep, "
        "app/core/catalogue.py:12); use `asyncio.sleep` all the way or `asyncio.to_thread`"
    )


def test_the_chain_is_kept_in_steps() -> None:
    files = {
        "catalogue.py": textwrap.dedent(CATALOGUE).lstrip("\n"),
        "service.py": (
            "from catalogue import CatalogueClient\n"
            "async def newest(client: CatalogueClient):\n"
            "    return client.latest(1)\n"
        ),
    }
    ((_, finding),) = run_on_files(RULES, files)
    assert [tuple(step) for step in finding.steps] == [
        ("service.py", 3, "CatalogueClient.latest"),
        ("catalogue.py", 9, "_request"),
        ("catalogue.py", 12, "time.sleep"),
    ]


SHAPES = {
    "imported under another name": """
        import catalogue as shop

        async def run():
            client = shop.CatalogueClient("http://x")
            return client.latest(1)  # here
    """,
    "relative and re-exported": """
        from shelf import Client

        async def run():
            return Client("http://x").latest(1)  # here
    """,
    "inherited": """
        from catalogue import CatalogueClient

        class Special(CatalogueClient):
            def best(self):
                return self.latest(1)

        async def run(special: Special):
            return special.best()  # here
    """,
    "super": """
        from catalogue import CatalogueClient

        class Special(CatalogueClient):
            def latest(self, artist):
                return super().latest(artist)

        async def run(special: Special):
            return special.latest(1)  # here
    """,
    "overridden in the subclass": """
        import time

        class Plain:
            def run(self):
                return self.step()

            def step(self):
                return 1

        class Slow(Plain):
            def step(self):
                time.sleep(1)

        async def run(slow: Slow, plain: Plain):
            plain.run()
            return slow.run()  # here
    """,
    "property": """
        from catalogue import CatalogueClient

        class Holder:
            def __init__(self):
                self.client = CatalogueClient("x")

            @property
            def newest(self):
                return self.client.latest(1)

        async def run(holder: Holder):
            return holder.newest  # here
    """,
    "constructor": """
        from catalogue import CatalogueClient

        class Warm:
            def __init__(self, client: CatalogueClient):
                self.first = client.latest(1)

        async def run(client):
            return Warm(client)  # here
    """,
    "with": """
        import time

        class Pause:
            def __enter__(self):
                time.sleep(1)

            def __exit__(self, *error):
                pass

        async def run():
            with Pause():  # here
                pass
    """,
    "context manager made of a generator": """
        import time
        from contextlib import contextmanager

        @contextmanager
        def pause():
            time.sleep(1)
            yield

        async def run():
            with pause():  # here
                pass
    """,
    "generator": """
        import time

        def ticks():
            while True:
                time.sleep(1)
                yield 1

        async def run():
            for tick in ticks():  # here
                print(tick)
    """,
    "iterator": """
        import time

        class Ticks:
            def __iter__(self):
                return self

            def __next__(self):
                time.sleep(1)

        async def run():
            for tick in Ticks():  # here
                print(tick)
    """,
    "decorated": """
        import functools
        import time

        def logged(function):
            @functools.wraps(function)
            def wrapper(*arguments):
                return function(*arguments)
            return wrapper

        @logged
        def work():
            time.sleep(1)

        async def run():
            work()  # here
    """,
    "partial": """
        import functools
        import time

        async def run():
            pause = functools.partial(time.sleep, 1)
            pause()  # here
    """,
    "local alias": """
        import time

        async def run():
            pause = time.sleep
            pause(1)  # here
    """,
    "nested function": """
        import time

        async def run():
            def work():
                time.sleep(1)
            work()  # here
    """,
    "bound method handed to a helper that retries": """
        from catalogue import CatalogueClient

        def retry(operation, times=3):
            for _ in range(times):
                try:
                    return operation("artist")
                except OSError:
                    continue

        class Service:
            def __init__(self, client: CatalogueClient):
                self._client = client

            async def newest(self):
                return retry(self._client.latest)  # here
    """,
    "bound method handed to a coroutine that retries": """
        from catalogue import CatalogueClient

        async def retry(operation, *, times=3):
            return operation("artist")

        async def newest(client: CatalogueClient):
            return await retry(operation=client.latest)  # here
    """,
    "session behind a factory and a property": """
        from typing import Callable
        from sqlalchemy.orm import Session

        class Repository:
            def __init__(self, factory: Callable[[], Session]):
                self._factory = factory

            @property
            def session(self):
                return self._factory()

            def all(self):
                return self.session.execute("select 1")

        async def run(repository: Repository):
            return repository.all()  # here
    """,
    "Depends": """
        from fastapi import Depends
        from catalogue import CatalogueClient

        def get_client():
            return CatalogueClient("http://x")

        async def route(artist: str, client=Depends(get_client)):
            return client.latest(artist)  # here
    """,
    "annotated Depends": """
        from typing import Annotated
        from fastapi import Depends
        from catalogue import CatalogueClient

        def get_client() -> CatalogueClient: ...

        Client = Annotated[CatalogueClient, Depends(get_client)]

        async def route(artist: str, client: Client):
            return client.latest(artist)  # here
    """,
    "dataclass field": """
        import dataclasses
        from catalogue import CatalogueClient

        @dataclasses.dataclass
        class Context:
            client: CatalogueClient | None = None

        async def run(context: Context):
            return context.client.latest(1)  # here
    """,
    "default factory": """
        import dataclasses
        from catalogue import CatalogueClient

        def make():
            return CatalogueClient("x")

        @dataclasses.dataclass
        class Context:
            client = dataclasses.field(default_factory=make)

        async def run(context: Context):
            return context.client.latest(1)  # here
    """,
    "optional collaborator": """
        from catalogue import CatalogueClient

        class Service:
            def __init__(self, client=None):
                self._client = client or CatalogueClient("x")

            async def run(self):
                return self._client.latest(1)  # here
    """,
    "factory by what it returns": """
        from catalogue import CatalogueClient

        def make():
            client = CatalogueClient("x")
            return client

        async def run():
            return make().latest(1)  # here
    """,
    "mapping of clients": """
        from catalogue import CatalogueClient

        class Pool:
            def __init__(self):
                self.clients: dict[str, CatalogueClient] = {}

        async def run(pool: Pool, name):
            return pool.clients[name].latest(1)  # here
    """,
    "module variable": """
        from settings import shared

        async def run():
            return shared.latest(1)  # here
    """,
    "two more hops in the same class": """
        from catalogue import CatalogueClient

        class Service:
            def __init__(self, client: CatalogueClient):
                self._client = client

            async def run(self):
                return self._first()  # here

            def _first(self):
                return self._second()

            def _second(self):
                return self._client.latest(1)
    """,
    "mutual recursion": """
        import time

        def even(n):
            return n == 0 or odd(n - 1)

        def odd(n):
            time.sleep(1)
            return n != 0 and even(n - 1)

        async def run():
            return even(4)  # here
    """,
    "only implementation of a protocol": """
        from typing import Protocol
        import time

        class Source(Protocol):
            def read(self) -> str: ...

        class SlowSource:
            def read(self) -> str:
                time.sleep(1)
                return ""

        async def run(source: Source):
            return source.read()  # here
    """,
    "only implementation of an abstract class": """
        from abc import ABC, abstractmethod
        import time

        class Source(ABC):
            @abstractmethod
            def read(self) -> str: ...

        class SlowSource(Source):
            def read(self) -> str:
                time.sleep(1)
                return ""

        async def run(source: Source):
            return source.read()  # here
    """,
    "what a function returns that names an abstract class": """
        from abc import ABC, abstractmethod
        import time

        class Source(ABC):
            @abstractmethod
            def read(self) -> str: ...

            @abstractmethod
            def close(self) -> None: ...

        class SlowSource(Source):
            def read(self) -> str:
                time.sleep(1)
                return ""

            def close(self) -> None:
                pass

        def source() -> Source:
            return SlowSource()

        async def run():
            return source().read()  # here
    """,
    "a subclass whose own method calls the one of its base": """
        from abc import ABC, abstractmethod
        import time

        class Source(ABC):
            @abstractmethod
            def token(self) -> str: ...

            @abstractmethod
            def close(self) -> None: ...

            def headers(self):
                return {"token": self.token()}

            async def ask(self):
                return self.headers()  # here

        class SlowSource(Source):
            def token(self) -> str:
                time.sleep(1)
                return ""

            def close(self) -> None:
                pass

            def headers(self):
                return {**super().headers(), "slow": "yes"}
    """,
    "map and sorted": """
        import time

        def key(one):
            time.sleep(1)

        async def run(things):
            return sorted(things, key=key)  # here
    """,
    "with target": """
        import httpx

        async def run(url):
            with httpx.Client() as client:
                return client.get(url)  # here
    """,
    "factory of sessions behind an attribute and a property": """
        from typing import Callable
        from sqlalchemy.orm import Session, sessionmaker

        Factory = sessionmaker[Session]

        class Repository:
            def __init__(self, *, factory: Callable[[], Factory]) -> None:
                self._factory = factory

            @property
            def _session(self):
                return self._factory()()

            def all(self):
                return self._session.execute("select 1")

        async def run(repository: Repository):
            return repository.all()  # here
    """,
    "Depends on a factory without annotation, kept by a service": """
        from fastapi import APIRouter, Depends
        from catalogue import CatalogueClient

        router = APIRouter()

        def get_client():
            client = CatalogueClient("http://x")
            yield client

        @router.get("/")
        async def route(client=Depends(get_client)):
            return client.latest(1)  # here
    """,
    "handed through a function that gives it back": """
        from catalogue import CatalogueClient

        def registered(client):
            print(client)
            return client

        async def run():
            client = registered(CatalogueClient("x"))
            return client.latest(1)  # here
    """,
    "unpacked from what a function gives": """
        import httpx

        def made():
            return httpx.Client(), "http://x"

        async def run():
            client, url = made()
            return client.get(url)  # here
    """,
    "out of a table": """
        import httpx
        from catalogue import CatalogueClient

        CLIENTS = {"plain": CatalogueClient("x")}

        async def run(name):
            CLIENTS["plain"].latest(1)  # here
            for client in [httpx.Client(), httpx.Client()]:
                client.get(name)  # here
    """,
    "behind three conditions, close by": """
        import requests

        def picture(url):
            return requests.get(url)

        def formatted(messages):
            for message in messages:
                if isinstance(message, list):
                    for part in message:
                        if part["type"] == "image":
                            if part["url"].startswith("http"):
                                part['image'] = picture(part["url"])
            return messages

        async def run(messages):
            return formatted(messages)  # here
    """,
    "container of a docker client": """
        import docker

        async def run(name):
            client = docker.from_env()
            container = client.containers.get(name)  # here
            container.stop()  # here
    """,
    "condition that a coroutine waits for": """
        import threading

        async def run(condition: threading.Condition):
            with condition:
                condition.wait()  # here
    """,
    "a queue that may be empty": """
        import queue

        def next_result(results: queue.Queue):
            return results.get()

        async def run(results: queue.Queue):
            return next_result(results)  # here
    """,
    "a program that serves": """
        import argparse
        import asyncio
        import time

        async def run(reader, writer):
            time.sleep(1)  # here

        async def serve(port):
            server = await asyncio.start_server(run, "localhost", port)
            await server.serve_forever()

        if __name__ == "__main__":
            asyncio.run(serve(argparse.ArgumentParser().parse_args().port))
    """,
    "switch that is on by default": """
        import subprocess

        def revision(with_git=True):
            if with_git:
                return subprocess.run(["git", "rev-parse", "HEAD"])

        async def run():
            return revision()  # here
    """,
    "prompt in a server": """
        async def run(question):
            return input(question)  # here
    """,
    "rebound name": """
        import httpx

        async def run(url):
            answer = httpx.Client()
            answer = answer.get(url)  # here
            return answer.json()
    """,
}

MODULES = {
    "catalogue.py": CATALOGUE,
    "shelf/__init__.py": "from .items import CatalogueClient as Client\n",
    "shelf/items.py": "from catalogue import *\n",
    "settings.py": "from catalogue import CatalogueClient\nshared = CatalogueClient('http://x')\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_that_are_reported(shape: str) -> None:
    text = textwrap.dedent(SHAPES[shape]).lstrip("\n")
    wanted = [number for number, line in enumerate(text.splitlines(), start=1) if line.endswith("# here")]
    reported = found({**MODULES, "main.py": text})
    assert [line for name, line, _, _ in reported if name == "main.py"] == wanted, reported
    assert all(name == "main.py" for name, *_ in reported)


SILENT = {
    "files that are read before the server serves": """
        import grpc

        async def serve(path, port):
            server = grpc.aio.server()
            with open(path, "rb") as file:
                server.add_secure_port(port, grpc.ssl_server_credentials(file.read()))
            await server.start()
    """,
    "port of this machine": """
        import socket

        async def is_running():
            with socket.socket() as probe:
                probe.connect(("127.0.0.1", 9050))
    """,
    "switches that are off by default": """
        import subprocess

        def revision():
            return subprocess.run(["git", "rev-parse", "HEAD"])

        class Run:
            def __init__(self, name, read_only=False, with_revision=False):
                if not read_only:
                    if with_revision:
                        self.revision = revision()

        async def run(name):
            return Run(name, read_only=True)
    """,
    "a program with one coroutine": """
        import argparse
        import asyncio
        import sqlite3

        async def run(path):
            return sqlite3.connect(path).execute("SELECT 1").fetchall()

        def main():
            parser = argparse.ArgumentParser()
            parser.add_argument("path")
            asyncio.run(run(parser.parse_args().path))

        if __name__ == "__main__":
            main()
    """,
    "prompt beside what is printed": """
        async def run(question):
            print("Amounts from 1 to 9")
            return input(question)
    """,
    "queue whose reader is ready": """
        import multiprocessing

        class Worker:
            def __init__(self):
                self._requests = multiprocessing.Queue()

            async def run(self, ready):
                for reader in ready:
                    if reader is self._requests._reader:
                        return self._requests.get()
    """,
    "handed to a thread": """
        import asyncio
        from catalogue import CatalogueClient

        class Service:
            def __init__(self, client: CatalogueClient):
                self._client = client

            async def run(self, artist):
                return await asyncio.to_thread(self._client.latest, artist)
    """,
    "executor lambda": """
        import asyncio
        from catalogue import CatalogueClient

        async def run(client: CatalogueClient):
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(None, lambda: client.latest(1))
    """,
    "synchronous route": """
        from fastapi import FastAPI
        from catalogue import CatalogueClient

        app = FastAPI()

        @app.get("/")
        def route(client: CatalogueClient):
            return client.latest(1)
    """,
    "asynchronous method passed by reference": """
        import asyncio

        class Client:
            async def latest(self):
                await asyncio.sleep(1)

        async def retry(operation):
            return await operation()

        async def run(client: Client):
            return await retry(client.latest)
    """,
    "table of different things": """
        import httpx

        TABLE = {"client": httpx.Client(), "limits": {"get": 1}}

        def picked(things, name):
            return things[name]

        async def run(name):
            picked(TABLE, name).get("x")
            thing = picked(TABLE, name)
            return thing.get("x")
    """,
    "handed through a function that gives something else": """
        import httpx

        class Answers:
            def get(self, url):
                return url

        def wrapped(client):
            return Answers()

        async def run(url):
            client, number = wrapped(httpx.Client()), 1
            client.get(url)
            many = dict(client=httpx.Client())
            return many.get("client")
    """,
    "method of an attribute handed to a thread": """
        import asyncio
        from catalogue import CatalogueClient

        class Service:
            def __init__(self, *, client: CatalogueClient) -> None:
                self._client = client

            async def run(self, artist):
                await asyncio.get_running_loop().run_in_executor(None, self._client.latest, artist)
                await asyncio.get_running_loop().run_in_executor(None, lambda: self._client.latest(artist))
                return await asyncio.to_thread(self._client.latest, artist)
    """,
    "module shadowed by a local variable": """
        import requests

        class Recorder:
            def get(self, url):
                return url

        async def run(url):
            requests = Recorder()
            return requests.get(url)
    """,
    "behind three conditions, far away": """
        import requests

        def picture(url):
            return requests.get(url)

        def part_of(part):
            if part["type"] == "image":
                if part["url"].startswith("http"):
                    return picture(part["url"])

        def formatted(messages):
            for message in messages:
                if isinstance(message, list):
                    part_of(message)
            return messages

        async def run(messages):
            return formatted(messages)
    """,
    "answer of a client": """
        import boto3

        class Store:
            def __init__(self):
                self.client = boto3.client("s3")

        def described(store: Store, key):
            head = store.client.generate_presigned_url(key)
            return head.get("Metadata")

        async def run(store: Store, key, head):
            return described(store, key)
    """,
    "prompt in a program": """
        import asyncio

        def confirmed():
            return input("Go on? ") == "y"

        async def main():
            if confirmed():
                input("Name? ")

        if __name__ == "__main__":
            asyncio.run(main())
    """,
    "a lock of the project's own": """
        import threading
        from contextlib import contextmanager

        class ReadWriteLock:
            def __init__(self):
                self._condition = threading.Condition()
                self._readers = 0
                self._writer = False

            def acquire_reading(self):
                with self._condition:
                    while self._writer:
                        self._condition.wait()
                    self._readers += 1

            @contextmanager
            def reading(self):
                self.acquire_reading()
                yield

        class Bus:
            def __init__(self):
                self._lock = ReadWriteLock()
                self._handlers = []

            def emit(self, event):
                with self._lock.reading():
                    handlers = list(self._handlers)
                return len(handlers)

        async def run(bus: Bus):
            return bus.emit("event")
    """,
    "a queue that is not empty": """
        import queue

        def drained(results: queue.Queue):
            found = []
            while not results.empty():
                found.append(results.get())
            return found

        async def run(results: queue.Queue):
            while not results.empty():
                results.get()
            return drained(results)
    """,
    "an event that tells that a thread has begun": """
        import threading

        class Runner:
            def begin(self):
                ready = threading.Event()
                threading.Thread(target=ready.set).start()
                ready.wait()

        async def run(runner: Runner):
            runner.begin()
    """,
    "shadowed by a parameter": """
        import time

        async def run(time):
            time.sleep(1)
    """,
    "look-alike": """
        class Requests:
            def get(self, url):
                return url

        class Service:
            def __init__(self):
                self.requests = Requests()

            async def run(self):
                return self.requests.get("x")
    """,
    "handed to a helper that offloads": """
        import asyncio
        import time

        async def in_thread(function):
            return await asyncio.to_thread(function)

        def work():
            time.sleep(1)

        async def run():
            await in_thread(work)
    """,
    "decorated with sync_to_async": """
        import time
        from asgiref.sync import sync_to_async

        @sync_to_async
        def work():
            time.sleep(1)

        async def run():
            await work()
    """,
    "decorator that makes a coroutine": """
        import asyncio
        import functools
        import time

        def in_thread(function):
            @functools.wraps(function)
            async def wrapper(*arguments):
                return await asyncio.to_thread(function, *arguments)
            return wrapper

        @in_thread
        def work():
            time.sleep(1)

        async def run():
            await work()
    """,
    "generator that is only passed on": """
        import time
        from starlette.responses import StreamingResponse

        def rows():
            time.sleep(1)
            yield "x"

        async def route():
            return StreamingResponse(rows())
    """,
    "behind a test for a running loop": """
        import asyncio

        def run_now(coroutine):
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                return asyncio.run(coroutine)
            raise RuntimeError("await it")

        async def run(coroutine):
            run_now(coroutine)
    """,
    "nested function that is passed on": """
        import asyncio
        import time

        async def run(pool):
            def work():
                time.sleep(1)
            await asyncio.get_running_loop().run_in_executor(pool, work)
    """,
    "rebound to something else": """
        import time

        class Slow:
            def run(self):
                time.sleep(1)

        class Quick:
            def run(self):
                pass

        async def run():
            worker = Slow()
            worker = Quick()
            worker.run()
    """,
    "two implementations of a protocol": """
        from typing import Protocol
        import time

        class Source(Protocol):
            def read(self) -> str: ...

        class SlowSource:
            def read(self) -> str:
                time.sleep(1)
                return ""

        class QuickSource:
            def read(self) -> str:
                return ""

        async def run(source: Source):
            return source.read()
    """,
    "what a function returns that names an abstract class with another implementation": """
        from abc import ABC, abstractmethod
        import time

        class Source(ABC):
            @abstractmethod
            def read(self) -> str: ...

            @abstractmethod
            def close(self) -> None: ...

        class SlowSource(Source):
            def read(self) -> str:
                time.sleep(1)
                return ""

            def close(self) -> None:
                pass

        class QuickSource(Source):
            def read(self) -> str:
                return ""

            def close(self) -> None:
                pass

        def source() -> Source:
            return QuickSource()

        async def run():
            return source().read()
    """,
    "a subclass that has its own method in the place of the one that would call it": """
        from abc import ABC, abstractmethod
        import time

        class Source(ABC):
            @abstractmethod
            def token(self) -> str: ...

            @abstractmethod
            def close(self) -> None: ...

            def headers(self):
                return {"token": self.token()}

            async def ask(self):
                return self.headers()

        class SlowSource(Source):
            def token(self) -> str:
                time.sleep(1)
                return ""

            def close(self) -> None:
                pass

            def headers(self):
                return {}
    """,
    "made once for the process": """
        from catalogue import CatalogueClient

        _newest = None

        def newest():
            global _newest
            if _newest is None:
                _newest = CatalogueClient("x").latest(1)
            return _newest

        async def run():
            return newest()
    """,
    "cached": """
        import functools
        from pathlib import Path

        @functools.lru_cache
        def motto():
            return Path("motto.txt").read_text()

        async def run():
            return motto()
    """,
}


@pytest.mark.parametrize("shape", SILENT)
def test_shapes_that_are_silent(shape: str) -> None:
    assert found({**MODULES, "main.py": SILENT[shape]}) == []


def test_user_tables() -> None:
    files = {
        "main.py": """
            from legacy.sdk import Client
            from pool import run_in_pool
            import time

            def work():
                time.sleep(1)

            async def run(client: Client):
                client.fetch()
                run_in_pool(work)
        """,
        "pool.py": """
            def run_in_pool(function):
                return function()
        """,
    }
    assert codes(files) == [("main.py", 10, "AUD101")]
    config = Config(
        tables={
            "blocking": {"legacy.sdk.Client.*": "network: use AsyncClient"},
            "offloading": {"pool.run_in_pool": "a pool of threads"},
        }
    )
    ((name, line, code, text),) = found(files, config)
    assert (name, line, code) == ("main.py", 9, "AUD102")
    assert text.endswith("; use AsyncClient")
    assert codes(files, Config(tables={"blocking": {"*.fetch": "network"}})) == [
        ("main.py", 9, "AUD102"),
        ("main.py", 10, "AUD101"),
    ]
    assert codes(files, Config(tables={"blocking": {"sdk.*": "network"}})) == [("main.py", 10, "AUD101")]


def test_quick_calls_by_option() -> None:
    files = {
        "main.py": """
            import asyncio
            import os
            from os.path import isfile
            from pathlib import Path

            async def run(path: Path, name: str):
                if path.exists():
                    path.unlink()
                await asyncio.to_thread(os.remove, name)
                os.makedirs(name)
                return isfile(name), (lambda: os.stat(name))

            def plain(path: Path):
                return path.exists()
        """,
    }
    assert codes(files) == []
    config = Config(rules={"blocking-file": {"quick-calls": True}})
    assert codes(files, config) == [("main.py", line, "AUD104") for line in (7, 8, 10, 11)]


def test_test_files_are_left_out_by_default() -> None:
    files = {"tests/test_x.py": "import time\nasync def test_it():\n    time.sleep(1)\n"}
    assert found(files) == []
    assert codes(files, Config(rules={"blocking-sleep": {"in-tests": True}})) == [("tests/test_x.py", 3, "AUD101")]


def test_one_place_is_reported_once() -> None:
    text = """
        import time
        import requests

        def both():
            requests.get("x")
            time.sleep(1)

        async def run(path):
            both()
            return open(path).read()
    """
    assert codes({"main.py": text}) == [("main.py", 9, "AUD101"), ("main.py", 10, "AUD104")]


ALONE_BY_CALLERS = {
    "the program behind a command of its project": {
        "gateway/__init__.py": "",
        "gateway/proxy.py": """
            import asyncio
            import sqlite3

            async def run_proxy(path):
                sqlite3.connect(path)
                async with asyncio.TaskGroup() as group:
                    group.create_task(asyncio.sleep(1))
        """,
        "gateway/cli.py": """
            import asyncio
            from gateway.proxy import run_proxy

            def handle(path):
                asyncio.run(run_proxy(path))
        """,
    },
    "lifespan in another module": {
        "app/__init__.py": "",
        "app/main.py": """
            from contextlib import asynccontextmanager
            from app.tables import fill

            @asynccontextmanager
            async def lifespan(app):
                await fill("seed.json")
                yield
        """,
        "app/tables.py": """
            async def fill(path):
                return open(path).read()
        """,
    },
    "run at the start of a program, before it starts anything": {
        "worker.py": """
            import asyncio
            import requests

            class Worker:
                def start(self):
                    asyncio.run(self.start_and_serve())

                async def start_and_serve(self):
                    await self._register()
                    self.task = asyncio.create_task(self.serve())
                    await self.task

                async def _register(self):
                    self.name = requests.get("http://registry/name", timeout=5).text

                async def serve(self):
                    await asyncio.sleep(1)
        """,
    },
    "a private function of a command": {
        "backup.py": """
            import asyncio
            import click
            from _archive import pack

            @click.group()
            def program():
                pass

            @program.command()
            def backup():
                asyncio.run(pack("all.tar"))
        """,
        "_archive.py": """
            import tarfile

            async def pack(path):
                with tarfile.open(path, "w") as archive:
                    archive.add("data")
        """,
    },
    "a function in a module of its own, of a program that does one thing": {
        "library/__init__.py": "",
        "library/download.py": """
            import requests

            async def download(url):
                return requests.get(url, timeout=5).content
        """,
        "library/program.py": """
            import argparse
            import asyncio
            from library.download import download

            def main():
                argparse.ArgumentParser().parse_args()
                asyncio.run(download("http://x"))
        """,
    },
}
IN_COMPANY = {
    "a route calls it too": {
        "main.py": """
            from contextlib import asynccontextmanager
            from fastapi import FastAPI

            @asynccontextmanager
            async def lifespan(app):
                await fill("seed.json")
                yield

            app = FastAPI(lifespan=lifespan)

            async def fill(path):
                return open(path).read()

            @app.get("/fill")
            async def again():
                return await fill("seed.json")
        """,
    },
    "after something was started": {
        "worker.py": """
            import asyncio
            import requests

            def start():
                asyncio.run(start_and_serve())

            async def start_and_serve():
                task = asyncio.create_task(serve())
                await _register()
                await task

            async def _register():
                return requests.get("http://registry/name", timeout=5).text

            async def serve():
                await asyncio.sleep(1)
        """,
    },
    "a command of a chat": {
        "bot.py": """
            from discord.ext import commands

            class Files(commands.Cog):
                @commands.command()
                async def show(self, context, path):
                    await context.send(open(path).read())
        """,
    },
    "a function of the library that its own command uses, beside a server": {
        "library/__init__.py": "",
        "library/download.py": """
            import requests

            async def download(url):
                return requests.get(url, timeout=5).content
        """,
        "library/server.py": """
            from aiohttp import web

            app = web.Application()
        """,
        "library/program.py": """
            import argparse
            import asyncio
            from library.download import download

            def main():
                argparse.ArgumentParser().parse_args()
                asyncio.run(download("http://x"))
        """,
    },
    "what its own command runs and a package passes on": {
        "library/__init__.py": "from library.proxy import run_proxy",
        "library/proxy.py": """
            import requests

            async def run_proxy(url):
                return requests.get(url, timeout=5).content
        """,
        "library/cli.py": """
            import asyncio
            from library.proxy import run_proxy

            def handle(url):
                asyncio.run(run_proxy(url))
        """,
    },
    "handed on": {
        "main.py": """
            from contextlib import asynccontextmanager

            @asynccontextmanager
            async def lifespan(app):
                await fill("seed.json")
                app.every_minute(fill)
                yield

            async def fill(path):
                return open(path).read()
        """,
    },
}


@pytest.mark.parametrize("shape", ALONE_BY_CALLERS)
def test_nothing_else_runs_beside_what_only_such_places_call(shape: str) -> None:
    assert found(ALONE_BY_CALLERS[shape]) == []


@pytest.mark.parametrize("shape", IN_COMPANY)
def test_what_others_call_too_is_reported(shape: str) -> None:
    assert len(found(IN_COMPANY[shape])) == 1


def test_files_behind_another_answer() -> None:
    files = {
        "main.py": """
            import os

            def user():
                name = os.getenv("NAME")
                if is_valid(name):
                    return name
                with open("name.txt", "w") as file:
                    file.write(make())
                return make()

            def environment():
                return {"NAME": user()}

            class Body:
                def __init__(self):
                    self.environment = environment()

            async def near():
                return user()

            async def far():
                return Body()
        """,
    }
    assert codes(files) == [("main.py", 19, "AUD104")]


def test_a_pause_before_another_try_is_told_only_where_there_is_nothing_else() -> None:
    files = {
        "main.py": """
            import time

            def load():
                for turn in range(3):
                    try:
                        with open("settings.json") as file:
                            return file.read()
                    except OSError:
                        time.sleep(turn)

            def await_turn(queue):
                if not queue:
                    time.sleep(1)

            async def settings():
                return load()

            async def turn(queue):
                await_turn(queue)
        """,
    }
    assert codes(files) == [("main.py", 16, "AUD104"), ("main.py", 19, "AUD101")]


def test_databases_in_memory() -> None:
    files = {
        "main.py": """
            import sqlite3

            class Pool:
                def __init__(self, path):
                    self.items = sqlite3.connect(":memory:")
                    self.kept = sqlite3.connect(path)

                def size(self):
                    return self.items.execute("SELECT count(*) FROM items").fetchone()

                def known(self):
                    return self.kept.execute("SELECT count(*) FROM known").fetchone()

            async def sizes(pool: Pool):
                return pool.size(), pool.known()
        """,
        "annotated.py": """
            import sqlite3

            class Items:
                connection: sqlite3.Connection

                def __init__(self):
                    self.connection = sqlite3.connect(":memory:")

                def size(self):
                    return self.connection.execute("SELECT count(*) FROM items").fetchone()

            async def size(items: Items):
                return items.size()
        """,
    }
    assert codes(files) == [("main.py", 15, "AUD103")]


def test_what_other_platforms_do_and_what_is_known_to_have_ended() -> None:
    files = {
        "main.py": """
            import os
            import platform
            import socket
            import subprocess
            import sys
            from functools import lru_cache

            def is_running(number):
                if sys.platform == "win32":
                    return subprocess.run(["tasklist"], capture_output=True).stdout
                os.kill(number, 0)

            def name():
                own = socket.gethostname()
                return socket.gethostbyaddr(own), socket.gethostbyname(socket.gethostname())

            @lru_cache
            def place(collection):
                return subprocess.check_output(["galaxy", collection])

            def empty(folder, force=False):
                if os.path.isdir(folder) and force is True:
                    for one in os.listdir(folder):
                        os.remove(one)

            async def status(number, process: subprocess.Popen):
                is_running(number)
                name()
                place("posix")
                empty("folder")
                if os.name == "nt":
                    subprocess.run(["taskkill"])
                if platform.system() in ("Windows", "Darwin"):
                    subprocess.run(["taskkill"])
                if process.poll() is not None:
                    return process.communicate(timeout=1)
                if sys.platform in ("linux", "win32"):
                    subprocess.run(["kill"])
                process.wait()
        """,
    }
    assert codes(files) == [("main.py", 38, "AUD105"), ("main.py", 39, "AUD105")]


def test_what_is_opened_once_and_what_is_under_way() -> None:
    files = {
        "main.py": """
            import os
            import subprocess

            ON_WINDOWS = os.name == "nt"

            class Report:
                @property
                def file(self):
                    if getattr(self, "_file", None) is None:
                        self._file = open("report.txt", "a")
                    return self._file

                async def write(self, text):
                    self.file.write(text)

            class Runs:
                def __init__(self):
                    self.running = {}

                async def start(self, number):
                    if number in self.running:
                        return
                    for name in left_over(number):
                        os.remove(name)
                    self.running[number] = number

                async def stop(self, number):
                    if ON_WINDOWS:
                        subprocess.run(["taskkill"])

            def left_over(number):
                return [name for name in os.listdir(str(number)) if name]
        """,
    }
    assert codes(files) == [("main.py", 23, "AUD104")]


def test_decorators_that_give_back_themselves() -> None:
    files = {
        "main.py": """
            import time

            def guarded(function=None):
                if function is None:
                    return guarded
                return other

            def other(function):
                return guarded

            @guarded
            def work():
                time.sleep(1)

            async def run():
                work()
        """,
    }
    assert codes(files) == [("main.py", 16, "AUD101")]


def test_streams_of_any_kind_and_addresses_to_listen_at() -> None:
    files = {
        "main.py": """
            import io
            import socket

            async def listen(host, port, stream: io.IOBase, path):
                socket.getaddrinfo(host, port, flags=socket.AI_PASSIVE | socket.AI_NUMERICHOST)
                stream.read()
                socket.getaddrinfo(host, port)
                file = open(path)
                return file.read()
        """,
    }
    assert codes(files) == [("main.py", 7, "AUD102"), ("main.py", 8, "AUD104")]


def test_main_coroutines_begin_alone() -> None:
    files = {
        "service.py": """
            import asyncio

            async def async_main(path):
                settings = open(path).read()
                task = asyncio.create_task(asyncio.sleep(1))
                open(path).read()
                await task
        """,
    }
    assert codes(files) == [("service.py", 6, "AUD104")]


def test_files_of_the_kernel_and_memoizing_decorators() -> None:
    files = {
        "memory.py": """
            def lru_cache(scope):
                return lambda function: function
        """,
        "main.py": """
            import asyncio
            import subprocess
            from pathlib import Path
            from memory import lru_cache

            @lru_cache(scope="global")
            def system():
                return subprocess.run(["uname"], capture_output=True).stdout

            async def status(pid):
                return system(), Path(f"/proc/{pid}/status").read_text(), open("/proc/version").read()

            async def either(future):
                try:
                    loop = asyncio.get_running_loop()
                except RuntimeError:
                    loop = None
                handle = asyncio.run_coroutine_threadsafe(future(), loop)
                if loop is not None:
                    return await asyncio.wrap_future(handle)
                else:
                    return handle.result()
        """,
    }
    assert codes(files) == []


def test_functions_of_modules_of_their_name() -> None:
    files = {
        "tools/__init__.py": "from .measure import measure\nfrom . import clock\n",
        "tools/measure.py": "import time\n\n\ndef measure():\n    time.sleep(1)\n",
        "tools/clock.py": "import time\n\n\ndef clock():\n    time.sleep(1)\n",
        "main.py": """
            from tools import clock, measure

            async def status():
                measure()
                clock.clock()
        """,
    }
    assert codes(files) == [("main.py", 4, "AUD101"), ("main.py", 5, "AUD101")]


def test_on_twisted_the_cure_is_of_twisted() -> None:
    text = """
        import sqlite3
        import time
        from twisted.internet import defer

        connection = sqlite3.connect("sessions.db")

        def validated(session):
            return connection.execute("SELECT 1 FROM sessions WHERE id = ?", (session,)).fetchone()

        async def render(session):
            time.sleep(1)
            return connection.execute("SELECT 1"), validated(session)

        def begin(session):
            return defer.ensureDeferred(render(session))
    """
    cures = [(line, told.partition("; ")[2]) for _, line, _, told in found({"server.py": text})]
    assert cures == [
        (11, "use `await task.deferLater(...)` of `twisted.internet`"),
        (12, "use `await threads.deferToThread(...)` of `twisted.internet`"),
        (12, "use `await threads.deferToThread(...)` of `twisted.internet`"),
    ]
    with_asyncio = text.replace("import time", "import asyncio, time")
    assert not any("twisted" in told for _, _, _, told in found({"server.py": with_asyncio}))
