"""No file crashes a rule: the standard library, site-packages, and shapes that break other tools."""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
import warnings
from pathlib import Path

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine
from flake8_auditrules.registry import all_rules

STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))
SITE_PACKAGES = Path(sysconfig.get_path("purelib"))
SHARDS = 8


def library_files() -> list[Path]:
    own = [file for file in STANDARD_LIBRARY.rglob("*.py") if "site-packages" not in file.parts]
    return sorted({*own, *SITE_PACKAGES.rglob("*.py")})


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_internal_error_on_installed_code(shard: int) -> None:
    engine = Engine(Config(), all_rules())
    checked = 0
    crashes: list[str] = []
    for file in library_files()[shard::SHARDS]:
        try:
            text = file.read_bytes().decode("utf-8-sig")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError):
            continue
        checked += 1
        for finding in engine.findings(tree, text.splitlines(keepends=True), str(file)):
            if "internal error" in finding.text:
                crashes.append(f"{file}:{finding.line} {finding.code} {finding.text}")
    assert checked > 100
    assert not crashes, "\n".join(crashes[:20])


def check(text: str) -> list[str]:
    engine = Engine(Config(), all_rules())
    return [
        finding.text for finding in engine.findings(ast.parse(text), text.splitlines(keepends=True), "deep.py")
    ]


def test_long_chain_of_additions() -> None:
    chain = " + ".join(f"x{number}" for number in range(800))
    text = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        f"def f(x0):\n    pool = ThreadPoolExecutor(max_workers={chain})\n    return {chain}\n"
    )
    assert not [found for found in check(text) if "internal error" in found]


def test_long_chain_of_attributes_and_calls() -> None:
    text = "import httpx\nclient = httpx.Client()\nanswer = client" + ".get('x')" * 300 + "\n"
    assert not [found for found in check(text) if "internal error" in found]


def test_function_of_five_thousand_lines() -> None:
    lines = ["async def generated(session, items):"]
    for number in range(1000):
        lines += [
            "    try:",
            f"        value{number} = await items.get({number})",
            "    except Exception:",
            f"        value{number} = None",
            f"    if value{number}: await session.send(value{number})",
        ]
    text = "\n".join(lines) + "\n"
    assert not [found for found in check(text) if "internal error" in found]


BARE = "try:\n    run()\nexcept:\n    pass\n"
ODD_FILES = {
    "form_feed": ("\x0c\n" + BARE).encode(),
    "byte_order_mark": b"\xef\xbb\xbf" + BARE.encode(),
    "crlf": BARE.replace("\n", "\r\n").encode(),
    "tabs": BARE.replace("    ", "\t").encode(),
    "latin_1": b"# -*- coding: latin-1 -*-\nname = '\xe9\xe8'\n" + BARE.encode(),
    "no_newline_at_end": BARE.rstrip("\n").encode(),
}


@pytest.mark.parametrize("name", ODD_FILES)
def test_odd_files_through_flake8(name: str, tmp_path: Path) -> None:
    file = tmp_path / "odd.py"
    file.write_bytes(ODD_FILES[name])
    done = subprocess.run(
        [sys.executable, "-m", "flake8", "--isolated", "--select=AUD301,E9", str(file)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    line = ODD_FILES[name].decode("latin-1").replace("\r\n", "\n").split("\n").index("except:") + 1
    assert f"odd.py:{line}:1: AUD301" in done.stdout, done.stdout + done.stderr
    assert "E9" not in done.stdout
