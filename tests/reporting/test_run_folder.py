"""The run's folder: what is left in it is read back, by those who belong to the run only."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine
from flake8_auditrules.reporting import run_folder
from flake8_auditrules.reporting.record import Identity
from flake8_auditrules.rules.errors.bare_except import BareExcept

TEXT = "def f():\n    try:\n        work()\n    except:\n        pass\n"


@pytest.fixture(autouse=True)
def variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(run_folder.VARIABLE, "")


def test_what_is_left_is_read_back() -> None:
    folder = run_folder.make(run_folder.RunFacts("known", "/root", ("AUD301",)))
    assert run_folder.current() == folder
    lines = TEXT.splitlines(keepends=True)
    result = Engine(Config(), [BareExcept]).result(ast.parse(TEXT), lines, "app/f.py")
    run_folder.leave(folder, "./f.py", "app/f.py", lines, result, lambda line: f"line {line}")
    (record,) = run_folder.collect(folder)
    assert record[:2] == ("./f.py", "app/f.py")
    assert record.examined == {"AUD301": (1, 0)}
    (place,) = record.findings
    assert place.finding == result.findings[0]
    assert place.identity == Identity("app/f.py", "f", "AUD301", "except:", 0)
    assert place.source == ("    except:", "        pass")
    assert place.noqa_line == "line 4"
    assert run_folder.facts_of(folder) == run_folder.RunFacts("known", "/root", ("AUD301",))
    run_folder.remove(folder)
    assert run_folder.current() is None and not folder.exists()


def test_a_folder_of_another_program_is_not_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(run_folder.VARIABLE, f"{os.getppid()}:{tmp_path}")
    assert run_folder.current() is None


def test_two_runs_have_two_folders() -> None:
    facts = run_folder.RunFacts("", "", ())
    first, second = run_folder.make(facts), run_folder.make(facts)
    assert first != second and run_folder.current() == second
    run_folder.remove(first)
    run_folder.remove(second)
