"""The reports through the real flake8: formats, the baseline's states, jobs, noqa, files, two runs at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.reporting.test_baseline import git

FORMATS = ("summary", "markdown", "json", "sarif", "github", "gitlab", "junit")
FAULT = "    try:\n        return int(ask())\n    except:\n        return None\n"
FAULTY = f"def read(ask):\n{FAULT}"
SPAWNING = (
    "import multiprocessing, sys\n"
    "from flake8.main.cli import main\n"
    "if __name__ == '__main__':\n"
    "    multiprocessing.set_start_method('spawn')\n"
    "    sys.exit(main(sys.argv[1:]))\n"
)


def run(
    *arguments: str, cwd: Path, module: str = "flake8", stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        input=stdin,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
    )


def flake8(*arguments: str, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return run("--isolated", "--select=AUD,E9", *arguments, cwd=cwd, stdin=stdin)


def auditrules(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run(*arguments, cwd=cwd, module="flake8_auditrules")


def states(folder: Path, *arguments: str, known: str = "known.jsonl") -> Counter[tuple[str, str]]:
    """File and status of every AUD301 in the JSON report."""
    done = flake8("--format=audit-json", f"--audit-baseline={known}", *arguments, cwd=folder)
    assert done.stderr == "", done.stderr
    document = json.loads(done.stdout)
    return Counter(
        (one["file"].removeprefix("./"), one["status"])
        for severity in ("critical", "high", "medium", "low", "info")
        for one in document[severity]
        if one["code"] == "AUD301"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "faulty.py").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "other.py").write_text(FAULTY, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_findings_and_broken_files(folder: Path, name: str) -> None:
    (folder / "broken.py").write_text("def f(:\n", encoding="utf-8")
    (folder / "dangling.py").symlink_to(folder / "nowhere.py")
    done = flake8(f"--format=audit-{name}", "broken.py", "dangling.py", "faulty.py", cwd=folder)
    assert done.returncode == 1
    assert done.stderr == ""
    shown = done.stdout
    if name == "gitlab":
        assert {one["check_name"] for one in json.loads(shown)} >= {
            "bare-except",
            "syntax-error",
            "unreadable-file",
        }
    else:
        for code in ("AUD301", "E999", "E902"):
            assert code in shown
    for severity_or_category in ("critical" if name == "gitlab" else "high", "error-handling"):
        assert severity_or_category in shown


def test_jobs_forked_and_spawned_agree(folder: Path) -> None:
    for number in range(6):
        (folder / f"module{number}.py").write_text(FAULTY, encoding="utf-8")
    auditrules("baseline", "--output=known.jsonl", "faulty.py", cwd=folder)
    (folder / "spawn.txt").write_text(SPAWNING, encoding="utf-8")
    arguments = ["--isolated", "--select=AUD,E9", "--format=audit-gitlab", "--audit-baseline=known.jsonl", "."]
    one = run(*arguments, "-j1", cwd=folder)
    two = run(*arguments, "-j2", cwd=folder)
    spawned = subprocess.run(
        [sys.executable, "spawn.txt", *arguments, "-j2"], capture_output=True, text=True, cwd=folder, check=False
    )
    assert one.stdout == two.stdout == spawned.stdout, spawned.stderr
    assert len(json.loads(one.stdout)) == 8
    assert one.returncode == two.returncode == spawned.returncode == 1


def test_only_new_findings_and_regressions_reach_flake8(folder: Path) -> None:
    wrote = auditrules("baseline", "--output=known.jsonl", ".", cwd=folder)
    assert wrote.returncode == 0 and "2 findings stand" in wrote.stdout
    done = flake8("--audit-baseline=known.jsonl", ".", cwd=folder)
    assert (done.stdout, done.returncode) == ("", 0)
    (folder / "faulty.py").write_text(f"import os\n\n\n{FAULTY}\n{FAULT}", encoding="utf-8")
    done = flake8("--audit-baseline=known.jsonl", ".", cwd=folder)
    assert done.stdout.count("AUD301") == 1 and "faulty.py:12:5" in done.stdout
    assert done.returncode == 1
    assert states(folder) == {("faulty.py", "Existing"): 1, ("faulty.py", "NEW"): 1, ("other.py", "Existing"): 1}


def test_fixed_then_regression(folder: Path) -> None:
    auditrules("baseline", "--output=known.jsonl", ".", cwd=folder)
    (folder / "faulty.py").write_text(FAULTY.replace("except:", "except ValueError:"), encoding="utf-8")
    assert states(folder) == {("faulty.py", "Fixed"): 1, ("other.py", "Existing"): 1}
    (folder / "faulty.py").write_text(FAULTY, encoding="utf-8")
    assert states(folder) == {("faulty.py", "Existing"): 1, ("other.py", "Existing"): 1}
    (folder / "faulty.py").write_text("", encoding="utf-8")
    wrote = auditrules("baseline", "--output=known.jsonl", ".", cwd=folder)
    assert "1 findings stand, 1 are fixed" in wrote.stdout
    (folder / "faulty.py").write_text(FAULTY, encoding="utf-8")
    assert states(folder) == {("faulty.py", "Regression"): 1, ("other.py", "Existing"): 1}
    assert flake8("--audit-baseline=known.jsonl", ".", cwd=folder).stdout.count("AUD301") == 1


def test_fixed_is_said_of_what_was_checked_only(folder: Path) -> None:
    auditrules("baseline", "--output=known.jsonl", ".", cwd=folder)
    (folder / "faulty.py").write_text("", encoding="utf-8")
    assert states(folder, "other.py") == {("other.py", "Existing"): 1}
    assert states(folder, "--select=AUD4") == {}
    assert states(folder, "--exclude=faulty.py") == {("other.py", "Existing"): 1}
    (folder / "faulty.py").write_text("def f(:\n", encoding="utf-8")
    assert states(folder) == {("other.py", "Existing"): 1}
    (folder / "faulty.py").unlink()
    assert states(folder, "other.py") == {("other.py", "Existing"): 1}
    assert states(folder, ".") == {("faulty.py", "Fixed"): 1, ("other.py", "Existing"): 1}


def test_silenced_is_not_fixed_and_twins_are_counted_alike(folder: Path) -> None:
    twins = f"{FAULTY}{FAULT}"
    (folder / "faulty.py").write_text(twins, encoding="utf-8")
    auditrules("baseline", "--output=known.jsonl", "faulty.py", cwd=folder)
    assert states(folder, "faulty.py") == {("faulty.py", "Existing"): 2}
    silenced = twins.replace("except:", "except:  # noqa: AUD301", 1)
    (folder / "faulty.py").write_text(silenced, encoding="utf-8")
    assert states(folder, "faulty.py") == {("faulty.py", "Existing"): 1}
    assert flake8("--audit-baseline=known.jsonl", "faulty.py", cwd=folder).stdout == ""
    assert states(folder, "--disable-noqa", "faulty.py") == {("faulty.py", "Existing"): 2}
    assert states(folder, "--per-file-ignores=faulty.py:AUD3", "faulty.py") == {}
    (folder / "new.jsonl").unlink(missing_ok=True)
    auditrules("baseline", "--output=new.jsonl", "faulty.py", cwd=folder)
    (folder / "faulty.py").write_text(twins, encoding="utf-8")
    assert states(folder, "faulty.py", known="new.jsonl") == {
        ("faulty.py", "Existing"): 1,
        ("faulty.py", "NEW"): 1,
    }


def test_a_noqa_after_a_long_text_silences_a_known_finding(folder: Path) -> None:
    text = 'import time\n\n\nasync def f():\n    time.sleep(len("""\n""")){}\n'
    (folder / "faulty.py").write_text(text.format(""), encoding="utf-8")
    auditrules("baseline", "--output=known.jsonl", "faulty.py", cwd=folder)
    arguments = ("--format=audit-summary", "--audit-baseline=known.jsonl", "faulty.py")
    assert "Existing AUD101" in flake8(*arguments, cwd=folder).stdout
    (folder / "faulty.py").write_text(text.format("  # noqa: AUD101"), encoding="utf-8")
    assert "AUD101" not in flake8(*arguments, cwd=folder).stdout


def test_a_renamed_file_keeps_its_findings(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    auditrules("baseline", "--output=known.jsonl", ".", cwd=folder)
    header = json.loads((folder / "known.jsonl").read_text(encoding="utf-8").split("\n")[0])
    assert header["commit"] == git(folder, "rev-parse", "HEAD")
    (folder / "parts").mkdir()
    git(folder, "mv", "faulty.py", "parts/renamed.py")
    assert states(folder) == {("parts/renamed.py", "Existing"): 1, ("other.py", "Existing"): 1}


def test_parts_of_a_project_agree_with_all_of_it(folder: Path) -> None:
    for name in ("first", "second"):
        (folder / name).mkdir()
        (folder / name / "pyproject.toml").touch()
        (folder / name / "same.py").write_text(FAULTY, encoding="utf-8")
    auditrules("baseline", "--output=known.jsonl", "first", cwd=folder)
    assert states(folder, "first", "second") == {("first/same.py", "Existing"): 1, ("second/same.py", "NEW"): 1}
    assert states(folder, "second") == {("second/same.py", "NEW"): 1}


def test_the_configuration_names_the_baseline(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.auditrules]\nbaseline = "known.jsonl"\n', encoding="utf-8")
    done = run("--select=AUD", ".", cwd=folder)
    assert "the baseline cannot be read" in done.stdout and done.stdout.count("\n") == 2
    assert auditrules("baseline", cwd=folder).returncode == 0
    assert (folder / "known.jsonl").exists()
    assert run("--select=AUD", ".", cwd=folder).stdout == ""
    (folder / "sub").mkdir()
    (folder / "sub" / "more.py").write_text(FAULTY, encoding="utf-8")
    assert run("--select=AUD", "..", cwd=folder / "sub").stdout.count("AUD301") == 1


def test_damaged_and_foreign_baselines_stop_the_run_with_one_line(folder: Path) -> None:
    (folder / "known.jsonl").write_text('{"results": []}\n', encoding="utf-8")
    for done in (
        flake8("--audit-baseline=known.jsonl", ".", cwd=folder),
        flake8("--audit-baseline=known.jsonl", "-j2", "--format=audit-json", ".", cwd=folder),
        auditrules("baseline", "--output=known.jsonl", ".", cwd=folder),
    ):
        assert done.stdout.split("\n")[-2].endswith("known.jsonl:1: is not a baseline of auditrules")
        assert done.returncode == 1 and done.stderr == ""
    assert (folder / "known.jsonl").read_text(encoding="utf-8") == '{"results": []}\n'


def test_minimum_severity(folder: Path) -> None:
    assert "AUD301" not in flake8("--audit-min-severity=critical", ".", cwd=folder).stdout
    assert "AUD301" in flake8("--audit-min-severity=low", ".", cwd=folder).stdout
    assert "is not one of info" in flake8("--audit-min-severity=loud", ".", cwd=folder).stdout


def test_output_file_is_replaced_as_a_whole(folder: Path) -> None:
    for _ in range(2):
        done = flake8("--format=audit-json", "--output-file=out/report.json", ".", cwd=folder)
        assert done.stdout == ""
        assert json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))["validated"]
    assert [entry.name for entry in (folder / "out").iterdir()] == ["report.json"]
    done = flake8("--format=audit-json", "--output-file=out/report.json", "--tee", ".", cwd=folder)
    assert done.stdout == (folder / "out" / "report.json").read_text(encoding="utf-8")


def test_standard_input(folder: Path) -> None:
    arguments = ("--format=audit-gitlab", "--stdin-display-name=faulty.py", "-")
    found = json.loads(flake8(*arguments, cwd=folder, stdin=FAULTY).stdout)
    assert [one["location"]["path"] for one in found] == ["faulty.py"]
    auditrules("baseline", "--output=known.jsonl", ".", cwd=folder)
    moved = "\n" + FAULTY
    assert flake8("--audit-baseline=known.jsonl", *arguments[1:], cwd=folder, stdin=moved).stdout == ""


def test_two_runs_at_once_do_not_meet(folder: Path) -> None:
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=AUD", "--format=audit-gitlab", "-j2"]
    several = [
        subprocess.Popen([*command, name], stdout=subprocess.PIPE, text=True, cwd=folder)
        for name in ("faulty.py", "other.py", ".")
    ]
    found = [[one["location"]["path"] for one in json.loads(process.communicate()[0])] for process in several]
    assert [sorted(paths) for paths in found] == [["faulty.py"], ["other.py"], ["faulty.py", "other.py"]]


def test_nothing_is_left_behind(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    flake8("--format=audit-json", "-j2", "faulty.py", "other.py", cwd=folder)
    assert not [entry for entry in scratch.iterdir() if entry.name.startswith("auditrules-")]
