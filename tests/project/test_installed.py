"""Calls into installed packages: followed into their source when the configuration asks for it."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.examples import run_on_files
from flake8_auditrules.project.installed import Installed
from flake8_auditrules.registry import all_rules
from flake8_auditrules.rule import Finding

RULES = [rule for rule in all_rules() if rule.code in ("AUD101", "AUD102", "AUD103", "AUD104", "AUD105", "AUD106")]
FOLLOW = Config({"follow-installed": True})

PACKAGE = {
    "payments/__init__.py": """
        raise SystemExit("imported")
        from .client import Client, connect, fetch, later, lazily
        from .client import quiet
    """,
    "payments/client.py": """
        import asyncio
        import threading
        import time
        import requests
        import httpx2_of_nowhere

        class Client:
            def __init__(self, key):
                self.key = key
                self._lock = threading.Lock()
                self.charges = Charges(self)

            def pay(self, amount):
                return self._send("/pay", amount)

            def _send(self, path, amount):
                return requests.post(path, json={"amount": amount}, timeout=5)

            def close(self):
                with self._lock:
                    open("/tmp/closed").read()

            async def apay(self, amount):
                await asyncio.sleep(1)

        class Charges:
            def __init__(self, client):
                self._client = client

            def all(self):
                time.sleep(1)

        def connect(key) -> Client:
            return Client(key)

        def fetch(path):
            for attempt in range(3):
                time.sleep(attempt)

        async def later():
            time.sleep(1)

        def lazily():
            yield time.sleep(1)

        def quiet(path):
            return even(3)

        def even(n):
            return n == 0 or odd(n - 1)

        def odd(n):
            return n != 0 and even(n - 1)
    """,
    "single_file_package.py": """
        import time

        def pause():
            time.sleep(1)
    """,
    "portions/sales/__init__.py": """
        import time

        def report():
            time.sleep(1)
    """,
    "broken_package.py": "def broken(:\n",
    "requests/__init__.py": """
        import time

        def some_helper():
            time.sleep(1)
    """,
}


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "lib" / "site-packages"
    for name, text in PACKAGE.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    return folder


def found(text: str, config: Config) -> list[Finding]:
    return [finding for _, finding in run_on_files(RULES, {"main.py": textwrap.dedent(text).lstrip("\n")}, config)]


SHAPES = {
    "function": """
        import payments

        async def run():
            payments.fetch("x")  # AUD101
    """,
    "method": """
        from payments import Client

        async def run(client: Client):
            client.pay(1)  # AUD102
    """,
    "result of a function": """
        from payments import connect

        async def run():
            connect("key").pay(1)  # AUD102
    """,
    "attribute": """
        import payments

        async def run():
            client = payments.Client("key")
            client.charges.all()  # AUD101
    """,
    "through a function of the project": """
        import payments

        class Service:
            def __init__(self, client: payments.Client) -> None:
                self._client = client

            def charge(self):
                return self._client.pay(1)

        async def run(service: Service):
            return service.charge()  # AUD102
    """,
    "a portion of a namespace package": """
        from portions.sales import report

        async def run():
            report()  # AUD101
    """,
    "a package of one file": """
        from single_file_package import pause

        async def run():
            pause()  # AUD101
    """,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_calls_that_block_inside_a_package(shape: str, packages: Path) -> None:
    text = SHAPES[shape]
    lines = textwrap.dedent(text).lstrip("\n").splitlines()
    wanted = [(number, line[-6:]) for number, line in enumerate(lines, 1) if "# AUD" in line]
    assert [(finding.line, finding.code) for finding in found(text, FOLLOW)] == wanted
    assert found(text, Config()) == [], "off by default"
    assert "payments" not in sys.modules


def test_the_message_shows_the_way_into_the_package(packages: Path) -> None:
    (finding,) = found(SHAPES["through a function of the project"], FOLLOW)
    assert finding.text == (
        "`service.charge()` blocks the event loop (Service.charge -> payments.Client.pay -> Client._send -> "
        "requests.post, payments/client.py:18); use an async client or `asyncio.to_thread`"
    )
    assert [tuple(step) for step in finding.steps][-1] == ("payments/client.py", 18, "requests.post")


SILENT = {
    "async, lazy and quiet functions": """
        import payments

        async def run():
            await payments.later()
            payments.lazily()
            payments.quiet("x")
    """,
    "files and locks": """
        from payments import Client

        async def run(client: Client):
            client.close()
    """,
    "handed to a thread": """
        import asyncio
        from payments import Client

        async def run(client: Client):
            await asyncio.to_thread(client.pay, 1)
    """,
    "what the knowledge lists is not followed": """
        import requests

        async def run():
            requests.some_helper()
    """,
    "packages that are not there or cannot be read": """
        import broken_package
        import package_that_is_not_installed

        async def run():
            broken_package.broken()
            package_that_is_not_installed.run()
    """,
}


@pytest.mark.parametrize("shape", SILENT)
def test_calls_that_are_not_reported(shape: str, packages: Path) -> None:
    assert found(SILENT[shape], FOLLOW) == []


def test_no_more_functions_are_looked_at_than_allowed(packages: Path) -> None:
    text = "import time\n\ndef f0():\n    time.sleep(1)\n"
    text += "".join(f"\ndef f{n}():\n    f{n - 1}()\n" for n in range(1, 10))
    (packages / "long_package.py").write_text(text, encoding="utf-8")
    calls = "import long_package\n\nasync def run():\n    long_package.f{n}()\n"
    assert [finding.code for finding in found(calls.format(n=4), FOLLOW)] == ["AUD101"]
    assert found(calls.format(n=9), FOLLOW) == []


def test_the_standard_library_is_not_followed() -> None:
    installed = Installed(lambda path, name: None)
    assert installed.entry("json.loads") is None
    assert installed.steps("json.loads") == ()
