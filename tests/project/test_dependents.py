"""Digests of all that a file depends on, and the answers that are kept for as long as they are the same."""

from __future__ import annotations

import ast
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine
from flake8_auditrules.project import definitions
from flake8_auditrules.project.blocked import BlockedPlaces
from flake8_auditrules.project.dependents import affected, digests
from flake8_auditrules.project.project import Project
from flake8_auditrules.registry import all_rules
from flake8_auditrules.semantics.module import Module

_MOST_MODULES = 6


def _write(root: Path, files: dict[str, str]) -> None:
    (root / "pyproject.toml").touch()
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _digests(root: Path) -> dict[str, str]:
    project = Project(root, Config({"cache-dir": ""}))
    project._index.refresh(project.files())
    found = digests(project.layout, project._index.entries())
    return {Path(path).relative_to(root).as_posix(): digest for path, digest in found.items()}


def _modules(imports: list[set[int]], marked: int | None = None) -> dict[str, str]:
    return {
        f"m{number}.py": "".join(f"from m{other} import work as w{other}\n" for other in sorted(others))
        + f"def work():\n    return {[f'w{other}' for other in sorted(others)]}\n"
        + "".join(f"w{other}()\n" for other in sorted(others))
        + ("# changed\n" if number == marked else "")
        for number, others in enumerate(imports)
    }


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_digest_changes_exactly_where_something_needed_changes(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, _MOST_MODULES))
    imports = [data.draw(st.sets(st.integers(0, size - 1), max_size=3)) - {number} for number in range(size)]
    changed = data.draw(st.integers(0, size - 1))
    reaching = {changed}
    while more := {one for one in range(size) if imports[one] & reaching} - reaching:
        reaching |= more
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        _write(root, _modules(imports))
        before = _digests(root)
        _write(root, _modules(imports, changed))
        after = _digests(root)
        project = Project(root, Config({"cache-dir": ""}))
        project._index.refresh(project.files())
        touched = affected(project.layout, project._index.entries(), {str(root / f"m{changed}.py")})
    assert all(before.values())
    differ = {name for name in before if before[name] != after[name]}
    assert differ == {f"m{number}.py" for number in reaching}
    assert {Path(path).name for path in touched} == differ


def test_a_package_as_a_whole_stands_for_all_that_is_in_it(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/inner/__init__.py": "",
        "app/inner/deep.py": "X = 1\n",
        "user.py": "import app\n",
    }
    _write(tmp_path, files)
    before = _digests(tmp_path)
    _write(tmp_path, {"app/inner/deep.py": "X = 2\n"})
    after = _digests(tmp_path)
    assert before["user.py"] != after["user.py"]
    assert before["app/inner/__init__.py"] == after["app/inner/__init__.py"]


def test_what_needs_a_file_that_is_not_told_of_has_no_digest(tmp_path: Path) -> None:
    files = {
        "test_data.py": "def rows():\n    return []\n",
        "app.py": "from test_data import rows\nrows()\n",
        "other.py": "import json\n",
    }
    _write(tmp_path, files)
    found = _digests(tmp_path)
    assert found["app.py"] == ""
    assert found["other.py"]
    assert "test_data.py" not in found


_APP = """import slow
async def handler():
    slow.wait()
"""
_SLOW = """import time
def wait():
    time.sleep(5)
"""


def _found(root: Path, config: Config | None = None) -> list[str]:
    engine = Engine(config or Config(), [rule for rule in all_rules() if rule.code == "AUD101"])
    engine.prepare(str(root))
    text = (root / "app.py").read_text(encoding="utf-8")
    return [one.text for one in engine.findings(ast.parse(text), text.splitlines(True), str(root / "app.py"))]


def test_kept_answers_are_given_again_and_only_while_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, {"app.py": _APP, "slow.py": _SLOW})
    first = _found(tmp_path)
    assert len(first) == 1
    assert "slow.wait -> time.sleep" in first[0]
    looked: list[str] = []
    find = BlockedPlaces._find_blocked

    def noted(self: BlockedPlaces, module, *rest):  # type: ignore[no-untyped-def]
        looked.append(module.name)
        return find(self, module, *rest)

    monkeypatch.setattr(BlockedPlaces, "_find_blocked", noted)
    assert _found(tmp_path) == first
    assert not looked
    _write(tmp_path, {"slow.py": _SLOW.replace("time.sleep(5)", "return 5")})
    assert _found(tmp_path) == []
    assert looked == ["app"]
    _write(tmp_path, {"slow.py": _SLOW})
    assert _found(tmp_path) == first
    table = {"blocking": {"time.sleep": "network: do not"}}
    assert _found(tmp_path, Config({}, {}, table)) == []


def test_what_an_application_keeps_is_asked_again_where_it_is_put_there_otherwise(tmp_path: Path) -> None:
    route = "from fastapi import Request\n\nasync def show(request: Request):\n    request.app.state.slow.wait()\n"
    slow = (
        "import time\n\nclass Slow:\n    def wait(self):\n        time.sleep(5)\n\nclass Quick:\n    wait = id\n"
    )
    main = "import slow\n\ndef make(app):\n    app.state.slow = slow.Slow()\n"
    _write(tmp_path, {"app.py": route, "slow.py": slow, "main.py": "import slow\n"})
    assert _found(tmp_path) == []
    _write(tmp_path, {"main.py": main})
    assert len(_found(tmp_path)) == 1
    _write(tmp_path, {"main.py": main.replace("Slow()", "Quick()")})
    assert _found(tmp_path) == []
    _write(tmp_path, {"main.py": main, "other.py": "def fill(app, given):\n    app.state.slow = given\n"})
    assert _found(tmp_path) == []


def test_what_is_called_on_something_unknown_is_asked_again_where_a_class_comes_to_have_it(tmp_path: Path) -> None:
    route = "async def show(slow_store):\n    slow_store.wait_long()\n"
    slow = "import time\n\nclass SlowStore:\n    def wait_long(self):\n        time.sleep(5)\n"
    _write(tmp_path, {"app.py": route, "slow.py": "import time\n"})
    assert _found(tmp_path) == []
    _write(tmp_path, {"slow.py": slow})
    assert len(_found(tmp_path)) == 1
    _write(tmp_path, {"other.py": "class Other:\n    def wait_long(self):\n        return 1\n"})
    assert _found(tmp_path) == []
    _write(tmp_path, {"other.py": "class Other:\n    pass\n"})
    assert len(_found(tmp_path)) == 1


def test_a_buffer_that_is_not_what_is_on_disk_is_looked_at_afresh(tmp_path: Path) -> None:
    _write(tmp_path, {"app.py": _APP, "slow.py": _SLOW})
    assert len(_found(tmp_path)) == 1
    engine = Engine(Config(), [rule for rule in all_rules() if rule.code == "AUD101"])
    engine.prepare(str(tmp_path))
    text = _APP.replace("    slow.wait()\n", "    pass\n    slow.wait()\n    slow.wait()\n")
    found = engine.findings(ast.parse(text), text.splitlines(True), str(tmp_path / "app.py"))
    assert [one.line for one in found] == [4, 5]


@pytest.mark.parametrize("damage", [b"", b"junk", None])
def test_damaged_answers_cost_time_only(tmp_path: Path, damage: bytes | None) -> None:
    _write(tmp_path, {"app.py": _APP, "slow.py": _SLOW})
    first = _found(tmp_path)
    for file in (tmp_path / ".auditrules_cache").rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-3] if damage is None else damage)
    assert _found(tmp_path) == first


_ROUTES = """from fastapi import FastAPI
import store
app = FastAPI()
@app.get("/files/{name:path}")
def read(name: str):
    return store.content(name)
"""
_STORE = """from pathlib import Path
def content(name):
    return (Path("/srv") / name).read_text()
"""


def test_what_a_followed_file_does_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    followed: list[str] = []
    read = definitions._read.__wrapped__

    def noted(project: Project, path: str, changed: int) -> Module | None:
        followed.append(Path(path).name)
        return read(project, path, changed)

    monkeypatch.setattr(definitions, "_read", noted)

    def found() -> list[str]:
        engine = Engine(Config(), [rule for rule in all_rules() if rule.code == "AUD610"])
        text = (tmp_path / "app.py").read_text(encoding="utf-8")
        return [
            one.text for one in engine.findings(ast.parse(text), text.splitlines(True), str(tmp_path / "app.py"))
        ]

    _write(tmp_path, {"app.py": _ROUTES, "store.py": _STORE})
    first = found()
    assert len(first) == 1
    assert "store.py" in followed
    followed.clear()
    assert found() == first
    assert not followed
    _write(tmp_path, {"store.py": _STORE.replace(".read_text()", ".name")})
    assert found() == []
    assert followed
    _write(tmp_path, {"store.py": _STORE})
    assert found() == first


def test_what_all_files_tell_is_noted_for_each_file_that_asks(tmp_path: Path) -> None:
    coroutine = "async def read():\n    with open('notes.txt') as file:\n        return file.read()\n"
    _write(
        tmp_path,
        {
            "first.py": coroutine,
            "second.py": coroutine,
            "start.py": "import asyncio\n\nimport first\n\ndef begin():\n    asyncio.run(first.read())\n",
        },
    )
    engine = Engine(Config(), [rule for rule in all_rules() if rule.code == "AUD104"])
    for name in ("first.py", "second.py"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        path = str(tmp_path / name)
        assert engine.findings(ast.parse(text), text.splitlines(True), path) == []
        assert engine.project(path).asked_of_all, name


def test_callers_that_another_file_has_asked_for_are_noted_as_well(tmp_path: Path) -> None:
    _write(
        tmp_path,
        {
            "notes.py": "async def read():\n    return open('notes.txt').read()\n",
            "pages.py": "import notes\n\nasync def show():\n    open('seen').read()\n    await notes.read()\n",
            "server.py": (
                "import asyncio\nfrom aiohttp import web\nimport pages\n\n"
                "async def main():\n    await pages.show()\n\ndef begin():\n    asyncio.run(main())\n"
            ),
        },
    )
    engine = Engine(Config(), [rule for rule in all_rules() if rule.code == "AUD104"])
    for name in ("notes.py", "pages.py"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        path = str(tmp_path / name)
        engine.findings(ast.parse(text), text.splitlines(True), path)
        assert engine.project(path).asked_of_all, name


def test_what_others_depend_on_unnamed_is_told_apart_and_what_a_module_reads_is_not(tmp_path: Path) -> None:
    def outlines(files: dict[str, str]) -> dict[str, str]:
        _write(tmp_path, files)
        project = Project(tmp_path, Config({"cache-dir": ""}))
        project._index.refresh(project.files())
        return {Path(path).name: digest for path, digest in project.outline_digests().items()}

    route = "async def show(request):\n    return request.app.state.{}\n"
    before = outlines({"app.py": route.format("slow"), "main.py": "def make(app):\n    app.state.slow = 1\n"})
    assert outlines({"app.py": route.format("other")}) == before
    after = outlines({"main.py": "def make(app):\n    app.state.other = 1\n"})
    assert after["main.py"] != before["main.py"]
    assert after["app.py"] == before["app.py"]


def test_a_file_depends_on_those_that_hand_something_to_its_functions(tmp_path: Path) -> None:
    make = "from service import Service\nfrom store import Store\n\nservice = Service({})\n"
    _write(
        tmp_path,
        {
            "main.py": make.format("Store()"),
            "other.py": "from store import Store\n",
            "service.py": (
                "class Service:\n    def __init__(self, store):\n        self.store = store\n\n"
                "    async def show(self):\n        return self.store.names()\n"
            ),
            "store.py": "class Store:\n    def names(self):\n        return []\n",
        },
    )
    before = _digests(tmp_path)
    _write(tmp_path, {"main.py": make.format("None")})
    after = _digests(tmp_path)
    assert {name for name in before if before[name] != after[name]} == {"main.py", "service.py"}
