"""A check after a change tells what a check of everything tells, and leaves out what the change cannot touch."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_auditrules import check, plugin

SLEEPS = "import time\n\n\ndef pause():\n    time.sleep(1)\n"
INCLUDES = (
    "from fastapi import FastAPI\nfrom app.{} import router\n\napp = FastAPI()\napp.include_router(router)\n"
)
VARIANTS: dict[str, tuple[str | None, ...]] = {
    "app/__init__.py": ("", "from app.clock import pause\n"),
    "app/clock.py": (SLEEPS, "def pause():\n    pass\n", f"# further down\n{SLEEPS}", "LIMIT = 0\n"),
    "app/again.py": ("from app.clock import pause\n", "from app.clock import *\n", "def pause():\n    pass\n"),
    "app/work.py": (
        "from app.clock import pause\n\n\nclass Worker:\n    def run(self):\n        pause()\n",
        "from app import again\n\n\nclass Worker:\n    def run(self):\n        again.pause()\n",
        "from app.base import Base\n\n\nclass Worker(Base):\n    pass\n",
        "import app\n\n\nclass Worker:\n    def run(self):\n        app.clock.pause()\n",
    ),
    "app/base.py": (
        "import abc\n\n\nclass Base(abc.ABC):\n    @abc.abstractmethod\n    def run(self): ...\n",
        "import time\n\n\nclass Base:\n    def run(self):\n        time.sleep(1)\n",
        "import typing\n\n\nclass Base(typing.Protocol):\n    def run(self): ...\n",
    ),
    "app/only.py": (
        "from app.base import Base\nfrom app.clock import pause\n\n\n"
        "class Only(Base):\n    def run(self):\n        pause()\n",
        "import time\n\n\nclass Only:\n    def run(self):\n        time.sleep(2)\n",
        "class Only:\n    pass\n",
        None,
    ),
    "app/other.py": ("class Other:\n    pass\n", "class Other:\n    def run(self):\n        return 1\n", None),
    "app/one.py": (
        "from app.work import Worker\n\n\nasync def serve(worker: Worker):\n    worker.run()\n",
        "from app.base import Base\n\n\nasync def serve(base: Base):\n    base.run()\n",
        "from app.again import pause\n\n\nasync def serve():\n    pause()\n",
    ),
    "app/two.py": (
        "from app.base import Base\n\n\nasync def serve(base: Base):\n    base.run()\n",
        "from app import work\n\n\nasync def serve():\n    work.Worker().run()\n",
    ),
    "app/alone.py": (
        "import time\n\n\nasync def serve():\n    return time.time()\n",
        "import time\n\n\nasync def serve():\n    time.sleep(1)\n",
        "VALUE = 1\n",
    ),
    "app/routes.py": (
        "from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n@router.get('/a')\ndef a():\n    return 1\n",
    ),
    "app/main.py": (
        INCLUDES.format("routes"),
        INCLUDES.format("more"),
    ),
    "app/more.py": ("from fastapi import APIRouter\n\nrouter = APIRouter()\n",),
    "tests/test_one.py": ("from app.clock import pause\n\n\nasync def test_it():\n    pause()\n",),
}


class Tree:
    """A project on disk whose files get other texts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.age = time.time() - 10_000

    def write(self, name: str, text: str | None) -> None:
        """Give a file a text, or none at all, and an age at which results may be kept."""
        file = self.root / name
        if text is None:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.age += 1
        os.utime(file, (self.age, self.age))


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tree]:
    made = Tree(tmp_path)
    made.write("pyproject.toml", "")
    for name, texts in VARIANTS.items():
        made.write(name, texts[0])
    monkeypatch.chdir(tmp_path)
    yield made
    monkeypatch.setattr(plugin, "_prepares_at_once", True)


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were really looked at."""
    names: list[str] = []
    check_file = check._check_file

    def noted(filename: str, *rest: object) -> check.Checked:
        names.append(filename.removeprefix("./"))
        return check_file(filename, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(check, "_check_file", noted)
    return names


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    check.run(["--isolated", "-j1", *arguments, "."])
    return capsys.readouterr().out


@pytest.mark.parametrize("seed", range(4))
def test_after_any_change_the_findings_are_those_of_everything(
    tree: Tree, capsys: pytest.CaptureFixture[str], checked: list[str], seed: int
) -> None:
    source = random.Random(seed)
    left_out = 0
    seen = set()
    for _ in range(40):
        name = source.choice(list(VARIANTS))
        tree.write(name, source.choice(VARIANTS[name]))
        checked.clear()
        found = output(capsys)
        left_out += len(list(tree.root.rglob("*.py"))) - len(checked)
        assert found == output(capsys, "--audit-cache-dir=")
        seen.add(found)
    assert len(seen) > 3
    assert left_out > 40


def test_only_what_depends_on_a_change_is_looked_at(
    tree: Tree, capsys: pytest.CaptureFixture[str], checked: list[str]
) -> None:
    before = output(capsys)
    assert "app/one.py:5:5: AUD101" in before
    checked.clear()
    assert output(capsys) == before
    assert checked == []
    tree.write("app/clock.py", VARIANTS["app/clock.py"][1])
    after = output(capsys)
    assert "app/one.py" not in after
    assert {"app/clock.py", "app/work.py", "app/one.py"} <= set(checked)
    assert "app/alone.py" not in checked
