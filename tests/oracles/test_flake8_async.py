"""flake8-async's own examples of blocking calls and lost tasks, on asyncio: what it reports, we report too."""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.examples import run_on_files
from flake8_auditrules.registry import all_rules
from tests.oracles.distributions import unpacked
from tests.oracles.peers import flake8_async

COVERED = {
    "ASYNC200": "AUD106",
    "ASYNC210": "AUD102",
    "ASYNC211": "AUD102",
    "ASYNC212": "AUD102",
    "ASYNC220": "AUD105",
    "ASYNC221": "AUD105",
    "ASYNC222": "AUD105",
    "ASYNC230": "AUD104",
    "ASYNC231": "AUD104",
    "ASYNC232": "AUD104",
    "ASYNC240": "AUD104",
    "ASYNC250": "AUD106",
    "ASYNC251": "AUD101",
    "ASYNC300": "AUD109",
}
RULES = [rule for rule in all_rules() if rule.code in COVERED.values()]
FILES = (
    "async200.py",
    "async210.py",
    "async211.py",
    "async212.py",
    "async22x.py",
    "async22x_asyncio.py",
    "async232.py",
    "async232_asyncio.py",
    "async23x.py",
    "async23x_asyncio.py",
    "async240.py",
    "async250.py",
    "async250_multi_library.py",
    "async251.py",
    "async251_multi_library.py",
    "async300.py",
)
DIFFERENCES = Path(__file__).with_name("flake8_async.tsv")
# The calls that the command line of flake8-async names for this one file, and our configuration as well.
CONFIGURED = "async200.py"
TOLD_BY_USERS = ("bar", "bee.bonnet", "*.postwild", "prewild.*", "*.*.*", "*session.get")
CONFIG = Config(rules={"blocking-file": {"quick-calls": True}})
WITH_TOLD = Config(rules=CONFIG.rules, tables=MappingProxyType({"blocking": dict.fromkeys(TOLD_BY_USERS, "wait")}))
# Modules that the examples use without importing them; flake8-async goes by what is written.
IMPORTS = {
    **{
        name: f"import {name}"
        for name in ("a", "bee", "httpx", "httpx2", "os", "prewild", "session", "subprocess")
    },
    "Optional": "from typing import Optional",
}

Line = tuple[str, int, str]


def examples() -> Path:
    """The folder of flake8-async's examples."""
    return unpacked("flake8-async") / "tests" / "eval_files"


def on_asyncio(name: str) -> str:
    """
    The text of an example with asyncio in the place of trio, and with the imports that it leaves out.

    They stand where the example has its first comment, so that every line keeps its number.
    """
    text = (examples() / name).read_text(encoding="utf-8")
    text = re.sub(r"\btrio\b", "asyncio", text)
    missing = [
        statement
        for used, statement in IMPORTS.items()
        if re.search(rf"(?<![\w.]){used}[.\[]", text) and statement not in text
    ]
    first, _, rest = text.partition("\n")
    assert not missing or first.startswith("#")
    return "\n".join(["; ".join(missing), rest]) if missing else text


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Line]]:
    """The lines that flake8-async reports, with our code for each, by file."""
    folder = tmp_path_factory.mktemp("flake8_async")
    for name in FILES:
        (folder / name).write_text(on_asyncio(name), encoding="utf-8")
    told = ",".join(f"{pattern}->another" for pattern in TOLD_BY_USERS)
    reports = flake8_async(folder, COVERED, [f"--async200-blocking-calls={told}"])
    reports = {one for one in reports if one.code != "ASYNC200" or one.file == CONFIGURED}
    return {name: {(name, one.line, COVERED[one.code]) for one in reports if one.file == name} for name in FILES}


def listed(name: str) -> set[tuple[int, str, str]]:
    """The known differences in a file: line, code and who alone reports it; each row has a reason."""
    found: set[tuple[int, str, str]] = set()
    for row in DIFFERENCES.read_text(encoding="utf-8").splitlines()[1:]:
        file, lines, code, alone, reason = row.split("\t")
        assert reason
        for part in lines.split(","):
            first, _, last = part.partition("-")
            if file == name:
                found |= {(line, code, alone) for line in range(int(first), int(last or first) + 1)}
    return found


@pytest.mark.parametrize("name", FILES)
def test_each_difference_is_listed_with_its_reason(name: str, theirs: dict[str, set[Line]]) -> None:
    config = WITH_TOLD if name == CONFIGURED else CONFIG
    own = {(name, one.line, one.code) for _, one in run_on_files(RULES, {name: on_asyncio(name)}, config)}
    different = {(line, code, "they") for _, line, code in theirs[name] - own}
    different |= {(line, code, "we") for _, line, code in own - theirs[name]}
    known = listed(name)
    assert different == known, f"unlisted: {sorted(different - known)}; gone: {sorted(known - different)}"


def test_the_examples_are_read(theirs: dict[str, set[Line]]) -> None:
    assert sorted(file.name for file in examples().glob("async[23]*.py")) == sorted(FILES)
    assert {code for lines in theirs.values() for _, _, code in lines} == set(COVERED.values())
    assert sum(map(len, theirs.values())) > 250
    assert all(theirs.values())


def test_every_file_of_the_list_is_there() -> None:
    rows = DIFFERENCES.read_text(encoding="utf-8").splitlines()[1:]
    assert {row.partition("\t")[0] for row in rows} <= set(FILES)
