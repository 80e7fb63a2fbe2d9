"""Tests of flake8_auditrules/registry.py: the outlines of rules out of the cache are those of the rules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flake8_auditrules.project.cache import Cache
from flake8_auditrules.registry import all_rules, outlines
from flake8_auditrules.rule import Outline

LOADED = """
import sys
from flake8.main.cli import main
main(["--isolated", "-"])
print(sorted(name for name in sys.modules if name.startswith("flake8_auditrules.rules.") and name.count(".") == 3))
"""


def kept_files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and file.name != ".gitignore"]


def test_outlines_are_kept_and_read_again(tmp_path: Path) -> None:
    made = outlines(Cache(tmp_path))
    assert len(kept_files(tmp_path)) == 1
    again = outlines(Cache(tmp_path))
    assert [one.plain() for one in again] == [one.plain() for one in made]
    assert [one.plain() for one in again] == [Outline.of(rule).plain() for rule in all_rules()]
    assert [one.rule for one in again] == list(all_rules())


@pytest.mark.parametrize("damage", [b"", b"AUD1 and something else"])
def test_a_damaged_cache_costs_only_time(tmp_path: Path, damage: bytes) -> None:
    outlines(Cache(tmp_path))
    (kept,) = kept_files(tmp_path)
    kept.write_bytes(damage)
    assert [one.rule for one in outlines(Cache(tmp_path))] == list(all_rules())


def strange_values() -> list[object]:
    plain = [Outline.of(rule).plain() for rule in all_rules()]
    other = ("os.path", *plain[0][1:])
    return [7, "text", [], [()], [3], plain[1:], [other, *plain[1:]], [*plain, other]]


@pytest.mark.parametrize("value", strange_values(), ids=lambda value: repr(value)[:20])
def test_a_cache_that_says_something_else_is_not_believed(tmp_path: Path, value: object) -> None:
    outlines(Cache(tmp_path))
    (kept,) = kept_files(tmp_path)
    Cache(tmp_path).put(kept.name, value)
    assert [one.rule for one in outlines(Cache(tmp_path))] == list(all_rules())


def test_only_rules_that_a_file_asks_for_are_imported(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    text = "try:\n    print()\nexcept:\n    pass\n"
    runs = [
        subprocess.run(
            [sys.executable, "-c", LOADED], input=text, capture_output=True, text=True, cwd=tmp_path, check=True
        ).stdout
        for _ in range(2)
    ]
    assert runs[0].count("AUD301") == runs[1].count("AUD301") == 1
    assert "'flake8_auditrules.rules.errors.bare_except'" in runs[1]
    loaded = [run.count("flake8_auditrules.rules.") for run in runs]
    assert loaded[1] < loaded[0] == len(all_rules())
