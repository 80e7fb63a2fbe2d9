"""`auditrules check`: the same as flake8 over real packages, and what it leaves out."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy

from tests.test_flake8 import FAULTY, flake8

SPAWNING = (
    "import multiprocessing, sys\n"
    "from flake8_auditrules.__main__ import main\n"
    "if __name__ == '__main__':\n"
    "    multiprocessing.set_start_method('spawn')\n"
    "    sys.exit(main(sys.argv[1:]))\n"
)


def check(*arguments: str, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flake8_auditrules", "check", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        input=stdin,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").touch()
    for number in range(4):
        (tmp_path / f"module{number}.py").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def assert_same(folder: Path, *arguments: str, stdin: str | None = None) -> str:
    """flake8 and check print the same and end the same; returns what they print."""
    mine = check(*arguments, cwd=folder, stdin=stdin)
    theirs = flake8("--select=AUD,E9", *arguments, cwd=folder, stdin=stdin)
    assert mine.stdout == theirs.stdout
    assert (mine.returncode, mine.stderr) == (theirs.returncode, theirs.stderr)
    return mine.stdout


def settled(folder: Path) -> None:
    """Give the files an age at which their results may be kept."""
    for file in folder.rglob("*"):
        os.utime(file, (time.time() - 60, time.time() - 60))


def test_same_over_a_real_package() -> None:
    package = Path(sqlalchemy.__file__).parent
    arguments = ("--isolated", "--audit-cache-dir=", "pool", "event")
    assert assert_same(package, *arguments).count("\n") == assert_same(package, "-j2", *arguments).count("\n")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--count",),
        ("--show-source", "--statistics"),
        ("--format=pylint",),
        ("--format=%(code)s|%(row)d|%(col)d",),
        ("--exit-zero", "-q"),
        ("--disable-noqa",),
        ("--per-file-ignores=module1.py:AUD301",),
        ("--extend-ignore=AUD3",),
        ("--exclude=module2.py", "-j2"),
        ("--enable-extensions=AUD9",),
        ("module1.py", "nowhere.py", "broken.py"),
    ],
)
def test_same_with_flake8s_options(folder: Path, arguments: tuple[str, ...]) -> None:
    (folder / "broken.py").write_text("def f(:\n", encoding="utf-8")
    (folder / "silent.py").write_text(FAULTY.replace("except:", "except:  # noqa"), encoding="utf-8")
    (folder / "off.py").write_text(f"# flake8: noqa\n{FAULTY}", encoding="utf-8")
    (folder / "latin.py").write_bytes(b"# -*- coding: latin-1 -*-\nname = '\xe9'\n")
    (folder / "wrong.py").write_bytes(b"name = '\xe9'\n")
    (folder / "null.py").write_bytes(b"x = 1\0\n")
    (folder / "marked.py").write_bytes(b"\xef\xbb\xbf" + FAULTY.encode())
    (folder / "open.py").write_text("x = (1,\n", encoding="utf-8")
    assert_same(folder, *arguments)


def test_the_configuration_is_flake8s(folder: Path) -> None:
    (folder / "setup.cfg").write_text(
        "[flake8]\nselect = E,W\nper-file-ignores =\n    module1.py: AUD301\nmax-complexity = 3\n",
        encoding="utf-8",
    )
    assert assert_same(folder, ".").count("AUD301") == 3
    (folder / "setup.cfg").write_text("[flake8]\nselect = AUD4\n", encoding="utf-8")
    assert check(".", cwd=folder).stdout == ""
    assert check("--select", "AUD3", ".", cwd=folder).stdout.count("AUD301") == 4


def test_standard_input(folder: Path) -> None:
    assert "shown.py:4:5: AUD301" in assert_same(folder, "--stdin-display-name=shown.py", "-", stdin=FAULTY)


def test_spawned_workers(folder: Path) -> None:
    (folder / "spawn.txt").write_text(SPAWNING, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "spawn.txt", "check", "-j2", "."], capture_output=True, text=True, cwd=folder, check=False
    )
    assert done.stdout == flake8("--select=AUD,E9", ".", cwd=folder).stdout, done.stderr


def test_other_plugins_are_not_loaded(folder: Path) -> None:
    (folder / "module0.py").write_text("import os\nx=1 \n", encoding="utf-8")
    assert check("--select=E,W,F", ".", cwd=folder).stdout == ""
    assert "flake8-auditrules" in check("--version", cwd=folder).stdout
    assert "pyflakes" not in check("--version", cwd=folder).stdout


def test_an_unchanged_tree_is_not_checked_again(folder: Path) -> None:
    settled(folder)
    first = check("-j1", ".", cwd=folder)
    # What is kept is used: a rule that would now fail is not asked.
    program = (
        "import sys\n"
        "from flake8_auditrules import engine\n"
        "def fail(*arguments): raise RuntimeError('checked again')\n"
        "engine.Engine.findings = fail\n"
        "from flake8_auditrules.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )

    def again(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, cwd=folder, check=False
        )

    second = again("check", "-j1", ".")
    assert (second.stdout, second.returncode, second.stderr) == (first.stdout, first.returncode, "")
    assert "checked again" in again("check", "-j1", "--audit-min-severity=low", ".").stderr
    (folder / "module1.py").write_text("x = 1\n", encoding="utf-8")
    assert "checked again" in again("check", "-j1", ".").stderr
    settled(folder)
    assert check("-j1", ".", cwd=folder).stdout.count("AUD301") == 3
    assert again("check", "-j1", ".").stdout.count("AUD301") == 3
    (folder / "more.py").write_text(FAULTY, encoding="utf-8")
    assert "checked again" in again("check", "-j1", ".").stderr
    (folder / "more.py").unlink()
    (folder / "pyproject.toml").write_text('[tool.auditrules]\nmin-severity = "low"\n', encoding="utf-8")
    assert "checked again" in again("check", "-j1", ".").stderr


def test_reports_of_an_unchanged_tree_are_the_same(folder: Path) -> None:
    settled(folder)
    reports = [check("--format=audit-sarif", ".", cwd=folder).stdout for _ in range(2)]
    assert reports[0] == reports[1]
    assert reports[0].count('"ruleId": "AUD301"') == 4


def test_a_changed_baseline_counts(folder: Path) -> None:
    settled(folder)
    run = [sys.executable, "-m", "flake8_auditrules"]
    subprocess.run([*run, "baseline", "--output=known.jsonl", "module0.py"], cwd=folder, check=True)
    assert check("--audit-baseline=known.jsonl", ".", cwd=folder).stdout.count("AUD301") == 3
    subprocess.run([*run, "baseline", "--output=known.jsonl", "."], cwd=folder, check=True)
    assert check("--audit-baseline=known.jsonl", ".", cwd=folder).stdout == ""


@pytest.mark.parametrize("damage", [b"", b"AUD1 and nothing that fits"])
def test_a_damaged_memory_costs_time_only(folder: Path, damage: bytes) -> None:
    settled(folder)
    first = check(".", cwd=folder).stdout
    for file in (folder / ".auditrules_cache").rglob("*"):
        if file.is_file():
            file.write_bytes(damage)
    assert check(".", cwd=folder).stdout == first


def test_audit_defaults_to_the_summary_and_takes_flake8s_options(folder: Path) -> None:
    run = [sys.executable, "-m", "flake8_auditrules", "audit"]
    done = subprocess.run(run, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 1 and "4 findings in 4 files" in done.stdout
    done = subprocess.run(
        [*run, "--format=audit-json", "--exclude=module1.py", "."],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    assert done.stdout.count('"code": "AUD301"') == 3


def test_issues(folder: Path) -> None:
    (folder / "known.json").write_text("[]", encoding="utf-8")
    run = [sys.executable, "-m", "flake8_auditrules", "issues"]
    done = subprocess.run(
        [*run, "--known=known.json", "--gh", "."], capture_output=True, text=True, cwd=folder, check=False
    )
    assert done.returncode == 0 and done.stdout.count("gh issue create") == 4
    done = subprocess.run([*run, "--known=nowhere"], capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 2 and done.stderr.count("\n") == 1


def test_progress_on_a_terminal_only(folder: Path) -> None:
    pty = pytest.importorskip("pty")  # Windows has none
    program = (
        "import sys\n"
        "from flake8_auditrules import check\n"
        "check._SHOW_PROGRESS_AFTER = 0.0\n"
        "results = [('a', [], {})] * 3\n"
        "def slowly():\n"
        "    import time\n"
        "    for result in results:\n"
        "        time.sleep(0.15)\n"
        "        yield result\n"
        "assert list(check._with_progress(slowly(), 3)) == results\n"
    )
    reader, writer = pty.openpty()
    done = subprocess.run([sys.executable, "-c", program], stderr=writer, stdout=subprocess.PIPE, check=False)
    os.close(writer)
    shown = os.read(reader, 10_000).decode()
    os.close(reader)
    assert done.returncode == 0 and done.stdout == b""
    assert "auditrules: 2 of 3 files" in shown and shown.endswith("\r")
    plain = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert plain.stderr == b""
