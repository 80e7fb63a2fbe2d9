"""The pinned ruff on our rules' examples and cases: what one alone reports, and what is left to ruff."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.examples import files_of, run_on_files
from flake8_auditrules.registry import all_rules
from tests.conftest import case_files

RULES = {rule.code: rule for rule in all_rules()}
BESIDE_RUFF = Config(settings=MappingProxyType({"beside-ruff": True}))
# Which of ruff's rules has the plain form of which of ours.
PLAIN = {
    "AUD101": ("ASYNC251",),
    "AUD102": ("ASYNC210", "ASYNC212"),
    "AUD104": ("ASYNC230", "ASYNC240"),
    "AUD105": ("ASYNC220", "ASYNC221", "ASYNC222"),
    "AUD106": ("ASYNC250",),
    "AUD109": ("RUF006",),
    "AUD203": ("S113",),
    "AUD208": ("S323", "S501"),
    "AUD301": ("E722",),
    "AUD302": ("S110", "S112", "BLE001"),
    "AUD303": ("TRY400",),
    "AUD305": ("LOG004", "LOG014"),
    "AUD309": ("T201",),
    "AUD410": ("S608",),
    "AUD705": ("DTZ003", "DTZ004", "DTZ005"),
}
# Of which ruff gets all that it reports too.
LEFT_WHOLE = ("AUD302", "AUD303", "AUD305", "AUD309", "AUD705")
# Those that ask the same question as ours, so that each line one of the two alone reports has its reason. Those
# about errors and logs are compared in `test_errors.py`.
COMPARED = (
    "AUD101",
    "AUD102",
    "AUD104",
    "AUD105",
    "AUD106",
    "AUD109",
    "AUD203",
    "AUD208",
    "AUD211",
    "AUD301",
    "AUD410",
)
# Of these, nothing is left to ruff.
ASKED = {**PLAIN, "AUD211": ("SIM115",)}
DIFFERENCES = Path(__file__).with_name("ruff.tsv")
# Forms of which ruff reports one and not the other.
FORMS = {
    "AUD101": """
        import asyncio
        import time as clock
        from time import sleep

        wait = sleep

        async def pause(seconds, otherwise):
            clock.sleep(1)
            sleep(seconds)
            wait(1)
            await asyncio.sleep(1)
            (lambda: sleep(2))()

            async def inner():
                sleep(3)

            def plain():
                sleep(4)
    """,
    "AUD102": """
        import urllib.request
        import urllib.request as requesting

        import httpx
        import httpx2
        import requests
        import urllib3
        from requests import api, get as fetch

        async def read(url, client: httpx.Client, session: requests.Session):
            requests.get(url)
            fetch(url)
            api.get(url)
            requests.request("GET", url)
            httpx.post(url)
            httpx.stream("GET", url)
            httpx2.get(url)
            urllib.request.urlopen(url)
            requesting.urlopen(url)
            urllib.request.urlretrieve(url)
            urllib3.request("GET", url)
            client.get(url)
            httpx.Client().get(url)
            session.get(url)
            await requests.get(url)
    """,
    "AUD104": """
        import io
        import os
        import pathlib
        from pathlib import Path

        async def read(path: Path, text: str):
            open(text)
            io.open(text)
            io.open_code(text)
            os.fdopen(3)
            with open(text) as file:
                file.read()
            Path(text).open()
            Path(text).read_text()
            pathlib.Path(text).write_bytes(b"")
            Path(text).parent.read_bytes()
            Path(text).resolve().read_bytes()
            path.read_text()
            path.open()
            Path(text).exists()
            os.listdir(text)
            [open(one) for one in path.iterdir()]
            for one in Path(text).glob("*"):
                one.read_text()

        async def other(open, text):
            open(text)
    """,
    "AUD105": """
        import os
        import subprocess
        from subprocess import run as start

        async def work(command, process: subprocess.Popen):
            subprocess.run(command)
            start(command)
            subprocess.getoutput(command)
            subprocess.Popen(command)
            process.wait()
            os.system(command)
            os.popen(command)
            os.spawnl(os.P_WAIT, command)
            os.waitpid(3, 0)
    """,
    "AUD106": """
        import builtins
        import getpass

        async def ask(lock):
            input()
            builtins.input()
            getpass.getpass()
    """,
    "AUD203": """
        import httpx
        import requests

        def read(url, client: httpx.Client):
            httpx.Client(timeout=None)
            httpx.get(url, timeout=None)
            httpx.Timeout(timeout=None)
            client.get(url, timeout=None)
            requests.get(url)
            requests.api.get(url)
            requests.Session().get(url)
    """,
    "AUD208": """
        import httpx
        import requests

        def read(url, session: requests.Session):
            requests.get(url, verify=False)
            requests.api.get(url, verify=False)
            session.get(url, verify=False)
            httpx.AsyncClient(verify=False)
    """,
    "AUD301": """
        def read(ask, strict):
            try:
                ask()
            except:
                if strict:
                    raise

        def stop(ask, strict):
            try:
                ask()
            except:
                if not strict:
                    return None
                raise
    """,
    "AUD302": """
        import builtins
        import logging

        logger = logging.getLogger(__name__)

        def load(read, loud):
            try:
                read("one.json")
            except (ValueError, Exception):
                return 1
            try:
                read("two.json")
            except (
                ValueError,
                Exception,
            ):
                return 2
            try:
                read("three.json")
            except builtins.Exception:
                return 3
            try:
                read("four.json")
            except (OSError, (ValueError, BaseException)):
                loud = False
                return 4

        def ways(fetch, loud, tell):
            try:
                fetch("one")
            except Exception as error:
                if loud > 1:
                    raise ValueError("one") from error
            try:
                fetch("two")
            except Exception as error:
                if loud > 1:
                    raise error
            try:
                fetch("three")
            except Exception:
                try:
                    tell()
                except ValueError:
                    raise
            try:
                fetch("four")
            except Exception:
                if loud:
                    raise ValueError("four")
            try:
                fetch("five")
            except Exception:
                if loud > 1:
                    logger.exception("five")
            try:
                fetch("six")
            except Exception:
                while loud > 1:
                    loud -= 1
                else:
                    raise
            return None

        def shadowed(fetch, Exception):
            try:
                fetch("one")
            except Exception:
                return None
    """,
    "AUD303": """
        import logging
        from logging import error, getLogger

        import app.log
        from app.log import log as shared

        LOG = logging.getLogger("LOG")
        _log = logging.getLogger("log")
        catalogue = logging.getLogger("catalogue")
        MY_LOGGER = logging.getLogger("logger")

        class Service:
            logger = LOG

            def run(self, work):
                try:
                    work()
                except Exception:
                    self.logger.error("failed")
                try:
                    work()
                except Exception:
                    self._logger.error("failed", exc_info=False)
                try:
                    work()
                except Exception:
                    self.get_logger().error("failed")
                try:
                    work()
                except Exception:
                    self.log.critical("failed")
                try:
                    work()
                except Exception:
                    Service.logger.error("failed")

        def run(work, logger):
            try:
                work()
            except Exception:
                logger.error("failed")
            try:
                work()
            except Exception:
                LOG.error("failed")
            try:
                work()
            except Exception:
                _log.error("failed")
            try:
                work()
            except Exception:
                catalogue.error("failed")
            try:
                work()
            except Exception:
                MY_LOGGER.error("failed")
            try:
                work()
            except Exception:
                shared.error("failed")
            try:
                work()
            except Exception:
                app.log.logger.error("failed")
            try:
                work()
            except Exception:
                error("failed")
            try:
                work()
            except Exception:
                logging.error("failed")
            try:
                work()
            except Exception:
                getLogger("run").error("failed")
            try:
                work()
            except Exception:
                logging.getLogger("run").error("failed")
    """,
    "AUD305": """
        import logging
        from logging import exception

        from app.log import logger as shared

        journal = logging.getLogger("journal")
        logger = logging.getLogger("logger")

        def check(value):
            logger.exception("no value")
            logger.warning("no value", exc_info=1)
            logger.error("no value", exc_info=True)
            journal.exception("no value")
            shared.exception("no value")
            logging.exception("no value")
            exception("no value")
    """,
    "AUD705": """
        import datetime as dates
        from datetime import datetime, timezone

        def compared(created, zone):
            created = datetime.now(timezone.utc)
            if datetime.now() > created:
                return 1
            if dates.datetime.utcnow() > created:
                return 2
            if created > (
                datetime.utcnow()
            ):
                return 3
            now = datetime.utcnow()
            if now > created:
                return 4
            return datetime.now(tz=None) - created
    """,
    "AUD309": """
        from fastapi import APIRouter

        router = APIRouter()
        say = print

        @router.get("/orders")
        def orders():
            print("one")
            say("two")
            return []
    """,
}


class Place(NamedTuple):
    """A line of an example or case: our code, the name of the case, the file in it, the 1-based line."""

    code: str
    case: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.case}/{self.file}:{self.line}"


def texts() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each code with the names and files of its examples and cases."""
    for code in ASKED:
        rule = RULES[code]
        for kind, examples in (("bad", rule.bad), ("good", rule.good)):
            for number, text in enumerate(examples):
                yield code, f"{kind}{number}", files_of(text)
        for name, files in case_files(code):
            yield code, name, files
        if code in FORMS:
            yield code, "forms", files_of(FORMS[code])


def ruff(*arguments: str) -> str:
    """What the pinned ruff prints, with no configuration but the arguments."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--quiet", "--no-cache", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Place]]:
    """The places that ruff reports, by our code."""
    root = tmp_path_factory.mktemp("ruff").resolve()
    for code, name, files in texts():
        for file, text in files.items():
            target = root / code / name / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    selected = ",".join(sorted({code for codes in ASKED.values() for code in codes}))
    found: dict[str, set[Place]] = {code: set() for code in ASKED}
    options = ("--output-format=json", "--target-version=py312", "--ignore-noqa")
    output = ruff(*options, f"--select={selected}", str(root))
    for report in json.loads(output):
        code, name, *parts = Path(report["filename"]).relative_to(root).parts
        if report["code"] in ASKED[code]:
            found[code].add(Place(code, name, "/".join(parts), report["location"]["row"]))
    return found


def ours(code: str, config: Config | None = None) -> set[Place]:
    """The places that our rule reports."""
    return {
        Place(code, name, file, finding.line)
        for own, name, files in texts()
        if own == code
        for file, finding in run_on_files([RULES[code]], files, config)
    }


def listed() -> dict[tuple[str, str, str], str]:
    """The known differences: code, place and who alone reports it, each with its reason."""
    rows = [line.split("\t") for line in DIFFERENCES.read_text(encoding="utf-8").splitlines()[1:]]
    assert all(len(row) == 4 and row[3] for row in rows)
    return {(code, place, alone): reason for code, place, alone, reason in rows}


@pytest.mark.parametrize("code", COMPARED)
def test_each_difference_is_listed_with_its_reason(code: str, theirs: dict[str, set[Place]]) -> None:
    own = ours(code)
    found = {(code, str(place), "ruff") for place in theirs[code] - own}
    found |= {(code, str(place), "we") for place in own - theirs[code]}
    known = {row for row in listed() if row[0] == code}
    assert found == known, f"unlisted: {sorted(found - known)}; gone: {sorted(known - found)}"


@pytest.mark.parametrize("code", PLAIN)
def test_what_is_silent_beside_ruff_is_what_ruff_reports(code: str, theirs: dict[str, set[Place]]) -> None:
    everything, left = ours(code), ours(code, BESIDE_RUFF)
    assert left <= everything
    silenced = everything - left
    assert silenced, "the option changes nothing"
    assert silenced <= theirs[code], sorted(map(str, silenced - theirs[code]))
    if code in LEFT_WHOLE:
        assert silenced == everything & theirs[code], sorted(map(str, (everything & theirs[code]) - silenced))


QUICK = """
import os
import pathlib
from os.path import getsize

async def ask(text: str, path: pathlib.Path):
    os.path.exists(text)
    getsize(text)
    pathlib.Path(text).mkdir()
    path.exists()
    os.stat(text)
"""


def test_quick_calls_on_files_are_left_as_well(tmp_path: Path) -> None:
    options = {"blocking-file": {"quick-calls": True}}
    beside = Config(settings=BESIDE_RUFF.settings, rules=options)
    file = tmp_path / "example.py"
    file.write_text(QUICK, encoding="utf-8")
    reports = json.loads(ruff("--output-format=json", "--select=ASYNC240", str(file)))
    lines = [
        {finding.line for _, finding in run_on_files([RULES["AUD104"]], {"example.py": QUICK}, config)}
        for config in (Config(rules=options), beside)
    ]
    assert lines == [{7, 8, 9, 10, 11}, {10, 11}]
    assert lines[0] - lines[1] <= {report["location"]["row"] for report in reports}


NOQA = "try:\n    import orjson\nexcept:  # noqa: AUD301\n    orjson = None\n"


@pytest.mark.parametrize("preview", [(), ("--preview",)], ids=["stable", "preview"])
@pytest.mark.parametrize(
    ("options", "kept"), [(("--config", 'lint.external=["AUD"]'), True), ((), False)], ids=["external", "unknown"]
)
def test_ruff_fix_leaves_our_comments_alone_where_it_knows_them(
    tmp_path: Path, options: tuple[str, ...], kept: bool, preview: tuple[str, ...]
) -> None:
    file = tmp_path / "speed.py"
    file.write_text(NOQA, encoding="utf-8")
    ruff("--fix", "--select=RUF100,RUF102", *options, *preview, str(file))
    assert ("# noqa: AUD301" in file.read_text(encoding="utf-8")) is kept
