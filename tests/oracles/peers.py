"""What other linters report on the files of a folder: each run from its pinned version, with no configuration."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.oracles.distributions import import_folder

_LINE = re.compile(r"(?P<file>.+?):(?P<line>\d+):\d+: (?P<code>[A-Z]+\d+)\b")
_TRYCERATOPS = re.compile(r"\[(?P<code>TRY\d+)\] .* - (?P<file>.+?):(?P<line>\d+):\d+")


class Report(NamedTuple):
    """One report: the file's path below the folder (with slashes), its 1-based line, the code."""

    file: str
    line: int
    code: str


def ruff(folder: Path, codes: Iterable[str], options: Sequence[str] = ()) -> set[Report]:
    """What the installed ruff reports, without its preview; `options` are further ones of its command line."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--quiet", "--no-cache", "--ignore-noqa"]
    selected = f"--select={','.join(sorted(set(codes)))}"
    output = _output([*command, "--output-format=json", selected, *options, str(folder.resolve())], folder)
    return {
        Report(_below(folder, one["filename"]), one["location"]["row"], one["code"])
        for one in json.loads(output)
        if one["code"] is not None
    }


def plugin(name: str, folder: Path, codes: Iterable[str], options: Sequence[str] = ()) -> set[Report]:
    """What a plugin of flake8 among the pinned distributions reports; `options` are further ones of flake8."""
    command = [sys.executable, "-m", "flake8", "--isolated", "--disable-noqa", "--exit-zero", "-j1"]
    selected = f"--select={','.join(sorted(set(codes)))}"
    output = _output([*command, selected, *options, "."], folder, import_folder(name))
    return _matched(_LINE, folder, output)


def tryceratops(folder: Path, codes: Iterable[str], options: Sequence[str] = ()) -> set[Report]:
    """What tryceratops reports, by its own command line."""
    command = [sys.executable, "-m", "tryceratops", *options, "."]
    output = _output(command, folder, import_folder("tryceratops"))
    wanted = set(codes)
    return {report for report in _matched(_TRYCERATOPS, folder, output) if report.code in wanted}


def flake8_async(folder: Path, codes: Iterable[str], options: Sequence[str] = ()) -> set[Report]:
    """What flake8-async reports, by its own command line, for code on asyncio in files with coroutines."""
    files = [str(file.relative_to(folder)) for file in sorted(folder.rglob("*.py")) if _has_coroutines(file)]
    if not files:
        return set()
    command = [sys.executable, "-m", "flake8_async", "--disable-noqa", "--asyncio"]
    enabled = f"--enable={','.join(sorted(set(codes)))}"
    return _matched(
        _LINE, folder, _output([*command, enabled, *options, *files], folder, import_folder("flake8-async"))
    )


def flake8_bugbear(folder: Path, codes: Iterable[str], options: Sequence[str] = ()) -> set[Report]:
    """What flake8-bugbear reports."""
    return plugin("flake8-bugbear", folder, codes, options)


def flake8_logging(folder: Path, codes: Iterable[str], options: Sequence[str] = ()) -> set[Report]:
    """What flake8-logging reports."""
    return plugin("flake8-logging", folder, codes, options)


PEERS: dict[str, Callable[[Path, Iterable[str], Sequence[str]], set[Report]]] = {
    "ruff": ruff,
    "flake8-async": flake8_async,
    "flake8-bugbear": flake8_bugbear,
    "flake8-logging": flake8_logging,
    "tryceratops": tryceratops,
}


def _output(command: Sequence[str], folder: Path, sources: Path | None = None) -> str:
    """What a command prints, run in the folder, with the sources on the search path."""
    environment = dict(os.environ, PYTHONIOENCODING="utf-8", COLUMNS="1000")
    if sources is not None:
        environment["PYTHONPATH"] = str(sources)
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}{done.stdout}")
    return done.stdout


def _has_coroutines(file: Path) -> bool:
    """Whether a file defines coroutines and this Python can read it."""
    text = file.read_text(encoding="utf-8", errors="replace")
    if "async def" not in text:
        return False
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _below(folder: Path, file: str) -> str:
    """The path of a file below the folder."""
    return (folder / file).resolve().relative_to(folder.resolve()).as_posix()


def _matched(pattern: re.Pattern[str], folder: Path, output: str) -> set[Report]:
    return {
        Report(_below(folder, found["file"]), int(found["line"]), found["code"])
        for found in pattern.finditer(output)
    }
