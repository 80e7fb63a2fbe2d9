"""The documentation site builds without a warning; its YAML parses and its commands run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

DOCS = Path(__file__).parent.parent / "docs"


def test_site_builds_without_warnings(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            "-q",
            "-W",
            "--keep-going",
            "-d",
            tmp_path / "trees",
            DOCS,
            tmp_path / "site",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "index.html").is_file()
    assert (tmp_path / "site" / "search.html").is_file()


def blocks(file: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", file.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["ci.md", "editors.md"])
def test_yaml_parses(name: str) -> None:
    found = blocks(DOCS / name, "yaml")
    assert found
    for text in found:
        assert yaml.safe_load(text)


def ci_commands() -> list[str]:
    commands: list[str] = []
    for text in blocks(DOCS / "ci.md", "yaml"):
        commands += re.findall(r"python -m flake8 .+", text)
    return commands


@pytest.mark.parametrize("command", ci_commands())
def test_ci_commands_run(command: str, tmp_path: Path) -> None:
    (tmp_path / "faulty.py").write_text("try:\n    run()\nexcept:\n    pass\n", encoding="utf-8")
    arguments = [sys.executable, *shlex.split(command)[1:]]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=False)
    written = [file for file in tmp_path.iterdir() if file.suffix in (".sarif", ".json")]
    shown = done.stdout + "".join(file.read_text(encoding="utf-8") for file in written)
    assert "AUD301" in shown, done.stderr
    assert done.returncode == (0 if "--exit-zero" in command else 1)
