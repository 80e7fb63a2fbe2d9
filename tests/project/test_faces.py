"""One file, a tree, several jobs, spawned workers and stdin give the same findings for the same file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

FILES = {
    "app/__init__.py": "",
    "app/clock.py": "import time\n\n\ndef pause():\n    time.sleep(1)\n\n\ndef now():\n    return time.time()\n",
    "app/work.py": "from app.clock import pause\n\n\nclass Worker:\n    def run(self):\n        pause()\n",
    "app/one.py": "from .work import Worker\n\n\nasync def serve(worker: Worker):\n    worker.run()\n",
    "app/two.py": "from app import work\n\n\nasync def serve():\n    work.Worker().run()\n",
    "app/three.py": "from app import clock\n\n\nasync def serve():\n    clock.pause()\n",
    "app/four.py": "from app import clock\n\n\nasync def serve():\n    return clock.now()\n",
}
SPAWN = """
import multiprocessing, sys
from flake8.main.cli import main
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    sys.exit(main(["--isolated", "--select=AUD101", "-j2", "app"]))
"""


def flake8(root: Path, *arguments: str, stdin: str | None = None) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "flake8", "--isolated", "--select=AUD101", *arguments],
        capture_output=True,
        text=True,
        cwd=root,
        input=stdin,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.stderr == ""
    return sorted(line.removeprefix("./") for line in done.stdout.splitlines())


@pytest.fixture
def root(make_project: Callable[[dict[str, str]], Path]) -> Path:
    return make_project(FILES)


def test_all_faces_agree(root: Path) -> None:
    tree = flake8(root, "-j1", "app")
    assert [line.partition(" ")[0] for line in tree] == ["app/one.py:5:5:", "app/three.py:5:5:", "app/two.py:5:5:"]
    assert flake8(root, "-j2", "app") == tree
    single = [line for name in sorted(FILES) for line in flake8(root, name)]
    assert sorted(single) == tree
    for name in ("app/one.py", "app/two.py"):
        from_stdin = flake8(root, "--stdin-display-name", name, "-", stdin=FILES[name])
        assert from_stdin == [line for line in tree if line.startswith(name)]


def test_spawned_workers_agree(root: Path) -> None:
    (root / "spawn.txt").write_text(SPAWN, encoding="utf-8")
    done = subprocess.run([sys.executable, "spawn.txt"], capture_output=True, text=True, cwd=root, check=False)
    assert sorted(done.stdout.splitlines()) == flake8(root, "-j1", "app"), done.stderr


def test_unsaved_text_counts(root: Path) -> None:
    unsaved = FILES["app/one.py"].replace("    worker.run()", "    own(worker)") + (
        "\n\ndef own(worker: Worker):\n    return worker.run()\n"
    )
    (line,) = flake8(root, "--stdin-display-name", "app/one.py", "-", stdin=unsaved)
    assert "(own -> Worker.run -> app.clock.pause -> time.sleep, app/clock.py:5)" in line
    assert flake8(root, "--stdin-display-name", "app/one.py", "-", stdin="async def serve():\n    pass\n") == []


def facts_read(root: Path, *arguments: str) -> list[str]:
    """Which process read which file of the project, in a run that starts without a cache."""
    script = (
        "import os, sys\n"
        "from flake8_auditrules.project import project\n"
        "from flake8.main.cli import main\n"
        "read = project.facts_of\n"
        "started_by = os.getpid()\n"
        "def noted(module, is_package=False):\n"
        "    where = 'parent' if os.getpid() == started_by else 'worker'\n"
        "    os.write(2, f'{where} {os.path.basename(module.path)}\\n'.encode())\n"
        "    return read(module, is_package)\n"
        "project.facts_of = noted\n"
        "sys.exit(main(['--isolated', '--select=AUD101', *sys.argv[1:]]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, cwd=root, check=False
    )
    return sorted(done.stderr.splitlines())


def test_a_tree_is_read_once_and_by_the_parent(root: Path) -> None:
    assert facts_read(root, "-j2", "app") == sorted(f"parent {Path(name).name}" for name in FILES)
    assert facts_read(root, "-j2", "app") == []


def test_a_single_file_reads_what_it_reaches(root: Path) -> None:
    assert facts_read(root, "app/four.py") == ["parent clock.py", "parent four.py"]


def test_who_calls_a_place_that_blocks_is_asked_of_all_files(root: Path) -> None:
    assert facts_read(root, "app/three.py") == sorted(f"parent {Path(name).name}" for name in FILES)


def test_without_a_cache_all_faces_agree(root: Path) -> None:
    tree = flake8(root, "-j1", "app")
    assert flake8(root, "-j1", "--audit-cache-dir=", "app") == tree
    assert flake8(root, "-j2", "--audit-cache-dir=", "app") == tree
    (root / ".auditrules_cache").rename(root / "gone")
    (root / ".auditrules_cache").write_text("in the way", encoding="utf-8")
    assert flake8(root, "-j2", "app") == tree
    assert flake8(root, "app/two.py") == [line for line in tree if line.startswith("app/two.py")]
