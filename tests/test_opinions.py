"""Opinions in the real flake8: silent until somebody enables them, by its own option or by the configuration."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

APPLICATION = """\
import httpx
from fastapi import FastAPI

app = FastAPI()


@app.post("/rates")
def rates(number: int):
    return httpx.get("https://example.org/rates", timeout=7.5).raise_for_status().json()
"""
CODES = {"AUD901", "AUD903", "AUD904", "AUD906", "AUD907", "AUD908", "AUD917"}


def _run(module: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *module.split(), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def _codes(module: str, *arguments: str, cwd: Path) -> list[str]:
    done = _run(module, *arguments, cwd=cwd)
    assert done.stderr == ""
    return [line.split()[1] for line in done.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "application.py").write_text(APPLICATION, encoding="utf-8")
    _enable(tmp_path)
    return tmp_path


def _enable(folder: Path, *codes: str) -> None:
    written = ", ".join(f'"{code}"' for code in codes)
    (folder / "pyproject.toml").write_text(f"[tool.auditrules]\nenable = [{written}]\n", encoding="utf-8")


@pytest.fixture(params=["flake8", "flake8_auditrules check"])
def module(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize(
    "arguments",
    [("--select=AUD,E9",), ("--select=AUD9",), ("--select=AUD904", "--extend-select=AUD901"), ("--ignore=E501",)],
)
def test_off_whatever_is_selected(folder: Path, module: str, arguments: tuple[str, ...]) -> None:
    assert not CODES & set(_codes(module, *arguments, ".", cwd=folder))


def test_on_by_flake8s_own_option(folder: Path, module: str) -> None:
    found = _codes(module, "--select=AUD", "--enable-extensions=AUD9", ".", cwd=folder)
    assert set(found) == CODES
    assert len(found) == len(CODES)


def test_on_by_the_configuration(folder: Path, module: str) -> None:
    _enable(folder, "AUD9")
    assert sorted(_codes(module, "--select=AUD", ".", cwd=folder)) == sorted(CODES)
    _enable(folder, "AUD904", "AUD917")
    assert sorted(_codes(module, "--select=AUD,E9", ".", cwd=folder)) == ["AUD904", "AUD917"]


def test_on_beside_flake8s_default_selection(folder: Path, module: str) -> None:
    _enable(folder, "AUD901")
    assert "AUD901" in _codes(module, ".", cwd=folder)


def test_enabled_and_ignored(folder: Path, module: str) -> None:
    _enable(folder, "AUD9")
    found = _codes(module, "--select=AUD", "--extend-ignore=AUD906,AUD907", ".", cwd=folder)
    assert set(found) == CODES - {"AUD906", "AUD907"}


def test_enabled_twice_reports_once(folder: Path, module: str) -> None:
    _enable(folder, "AUD9")
    found = _codes(module, "--select=AUD", "--enable-extensions=AUD9", ".", cwd=folder)
    assert sorted(found) == sorted(CODES)


def test_noqa(folder: Path, module: str) -> None:
    _enable(folder, "AUD904", "AUD901")
    text = APPLICATION.replace("app = FastAPI()", "app = FastAPI()  # noqa: AUD904")
    (folder / "application.py").write_text(text, encoding="utf-8")
    assert _codes(module, "--select=AUD", ".", cwd=folder) == ["AUD901"]


def test_jobs_agree(folder: Path, module: str) -> None:
    _enable(folder, "AUD9")
    (folder / "other.py").write_text(
        "import httpx\n\nhttpx.get('https://example.org', timeout=3)\n", encoding="utf-8"
    )
    found = sorted(_codes(module, "--select=AUD9", "-j1", ".", cwd=folder))
    assert sorted(_codes(module, "--select=AUD9", "-j2", ".", cwd=folder)) == found
    assert found.count("AUD901") == 2


def test_another_file_gives_what_is_missing(folder: Path, module: str) -> None:
    _enable(folder, "AUD903", "AUD904", "AUD908")
    (folder / "limits.py").write_text("from slowapi import Limiter\n\nlimiter = Limiter(str)\n", encoding="utf-8")
    (folder / "health.py").write_text("def health():\n    return {}\n", encoding="utf-8")
    text = "def install(app, handler):\n    app.add_exception_handler(Exception, handler)\n"
    (folder / "failures.py").write_text(text, encoding="utf-8")
    assert _codes(module, "--select=AUD9", ".", cwd=folder) == []


def test_an_unknown_opinion_is_refused(folder: Path) -> None:
    _enable(folder, "AUD999")
    done = _run("flake8", "--select=AUD", ".", cwd=folder)
    assert done.returncode == 1
    assert "enable names `AUD999`, which is no rule or family" in done.stdout + done.stderr
