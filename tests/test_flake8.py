"""The real flake8, as a subprocess: selection, noqa, families, jobs, stdin, formats, broken input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_auditrules import __version__

FAULTY = """\
def read(ask):
    try:
        return int(ask())
    except:
        return None
"""


def flake8(*arguments: str, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flake8", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        input=stdin,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "faulty.py").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def test_main_command(folder: Path) -> None:
    done = flake8("--isolated", "--select=AUD,E9", ".", cwd=folder)
    assert done.stdout.startswith("./faulty.py:4:5: AUD301 `except:`")
    assert done.returncode == 1
    assert done.stderr == ""


def test_version_lists_the_suite(folder: Path) -> None:
    assert f"flake8-auditrules: {__version__}" in flake8("--version", cwd=folder).stdout


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--select=AUD3",), True),
        (("--select=AUD301",), True),
        (("--select=AUD4,E9",), False),
        (("--select=AUD", "--ignore=AUD301"), False),
        (("--extend-ignore=AUD3",), False),
        (("--select=E,W,F",), False),
        ((), True),
        (("--per-file-ignores=faulty.py:AUD301",), False),
        (("--per-file-ignores=other.py:AUD301",), True),
    ],
)
def test_selection(folder: Path, arguments: tuple[str, ...], found: bool) -> None:
    done = flake8("--isolated", *arguments, "faulty.py", cwd=folder)
    assert ("AUD301" in done.stdout) is found, done.stdout + done.stderr


def test_noqa(folder: Path) -> None:
    (folder / "faulty.py").write_text(FAULTY.replace("except:", "except:  # noqa: AUD301"), encoding="utf-8")
    assert flake8("--isolated", "--select=AUD", ".", cwd=folder).stdout == ""
    assert "AUD301" in flake8("--isolated", "--select=AUD", "--disable-noqa", ".", cwd=folder).stdout


def several(folder: Path) -> Path:
    for number in range(6):
        (folder / f"module{number}.py").write_text(FAULTY, encoding="utf-8")
    return folder


def test_jobs_agree(folder: Path) -> None:
    several(folder)
    one = flake8("--isolated", "--select=AUD,E9", "-j1", ".", cwd=folder)
    two = flake8("--isolated", "--select=AUD,E9", "-j2", ".", cwd=folder)
    assert one.stdout == two.stdout
    assert one.stdout.count("AUD301") == 7


def test_spawned_workers_agree(folder: Path) -> None:
    several(folder)
    program = (
        "import multiprocessing, sys\n"
        "from flake8.main.cli import main\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method('spawn')\n"
        "    sys.exit(main(['--isolated', '--select=AUD,E9', '-j2', '.']))\n"
    )
    (folder / "spawn.txt").write_text(program, encoding="utf-8")
    done = subprocess.run([sys.executable, "spawn.txt"], capture_output=True, text=True, cwd=folder, check=False)
    assert done.stdout == flake8("--isolated", "--select=AUD,E9", "-j1", ".", cwd=folder).stdout, done.stderr


def test_stdin(folder: Path) -> None:
    done = flake8(
        "--isolated", "--select=AUD,E9", "--stdin-display-name=app/shown.py", "-", cwd=folder, stdin=FAULTY
    )
    assert done.stdout.startswith("app/shown.py:4:5: AUD301")


def test_formats(folder: Path) -> None:
    assert "AUD301" in flake8("--isolated", "--select=AUD", "--format=pylint", ".", cwd=folder).stdout
    done = flake8("--isolated", "--select=AUD", "--format=%(code)s|%(row)d|%(col)d", ".", cwd=folder)
    assert done.stdout.strip() == "AUD301|4|5"


def test_syntax_error_and_unreadable_file_do_not_stop_the_others(folder: Path) -> None:
    (folder / "broken.py").write_text("def f(:\n", encoding="utf-8")
    (folder / "dangling.py").symlink_to(folder / "nowhere.py")
    done = flake8("--isolated", "--select=AUD,E9", "broken.py", "dangling.py", "faulty.py", cwd=folder)
    assert "broken.py:1:" in done.stdout and "E999" in done.stdout
    assert "dangling.py:0:1: E902" in done.stdout
    assert "faulty.py:4:5: AUD301" in done.stdout


def test_columns_count_characters(folder: Path) -> None:
    (folder / "faulty.py").write_text(
        "import time\n\n\nasync def f():\n    return 'grüße 🙂', time.sleep(1)\n", encoding="utf-8"
    )
    done = flake8("--isolated", "--select=AUD101", ".", cwd=folder)
    assert done.stdout.startswith("./faulty.py:5:23: AUD101"), done.stdout


BROKEN_CONFIGURATIONS = {
    "[tool.auditrules]\ntest-fils = []\n": "has no key `test-fils`; the nearest is `test-files`",
    "[tool.auditrules]\nenable = 3\n": "enable is not a list of texts",
    '[tool.auditrules]\nenable = ["AUD3O1"]\n': "enable names `AUD3O1`, which is no rule or family",
    "[tool.auditrules]\nbeside-ruff = 'yes'\n": "beside-ruff is not true or false",
    "[tool.auditrules\n": "is not valid TOML",
    "[tool]\nauditrules = 3\n": "is not a table",
    "[tool.auditrules.bare-except]\nx = 1\n": "has no key `x`",
}


@pytest.mark.parametrize("text", BROKEN_CONFIGURATIONS)
def test_broken_configuration_is_one_line(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    done = flake8("--isolated", "--select=AUD", ".", cwd=folder)
    shown = done.stdout + done.stderr
    assert BROKEN_CONFIGURATIONS[text] in shown
    first, *ours = shown.strip().splitlines()
    assert first == "There was a critical error during execution of Flake8:"
    assert len(ours) == 1, shown
    assert "Traceback" not in shown
    assert done.returncode == 1


def test_configuration_that_is_not_text(folder: Path) -> None:
    (folder / "pyproject.toml").write_bytes(b"[tool.auditrules]\n# \xff\xfe\n")
    done = flake8("--isolated", "--select=AUD", ".", cwd=folder)
    assert "is not UTF-8" in done.stdout + done.stderr


def test_options_from_flag_ini_and_pyproject(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.auditrules]\ntest-files = ['a/']\n", encoding="utf-8")
    assert flake8("--select=AUD", "--audit-test-files=b/,c_*.py", ".", cwd=folder).returncode == 1
    (folder / "setup.cfg").write_text("[flake8]\naudit-test-files = b/\n", encoding="utf-8")
    assert "AUD301" in flake8("--select=AUD", ".", cwd=folder).stdout


def test_a_crash_stays_in_its_rule(folder: Path) -> None:
    program = (
        "import sys\n"
        "from flake8_auditrules.rules.errors.bare_except import BareExcept\n"
        "def crash(self, node): raise KeyError('x')\n"
        "BareExcept.visit_ExceptHandler = crash\n"
        "from flake8.main.cli import main\n"
        "sys.exit(main(['--isolated', '--select=AUD,E9', '-j1', 'faulty.py']))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=folder, check=False)
    assert "faulty.py:4:1: AUD301 internal error on this line (KeyError: 'x'); please report it" in done.stdout
    assert done.stderr == ""
