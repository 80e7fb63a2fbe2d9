"""The cache of facts: whatever happens to it costs time, never findings."""

from __future__ import annotations

import ast
import os
import stat
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine
from flake8_auditrules.project.cache import Cache, content_key
from flake8_auditrules.project.facts import from_plain, to_plain
from flake8_auditrules.project.index import Index
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.reading.reader import facts_of
from flake8_auditrules.registry import all_rules
from flake8_auditrules.semantics.module import Module

FILES = {
    "work.py": "import time\n\nclass Worker:\n    def run(self):\n        time.sleep(1)\n",
    "main.py": (
        "from work import Worker\n\n\nasync def serve(worker: Worker):\n    worker.run()\n    return worker\n"
    ),
}


def blocked(root: Path) -> list[tuple[int, str]]:
    """What blocks in main.py, by a project that has seen nothing yet."""
    from flake8_auditrules.knowledge.blocking import Effect

    file = root / "main.py"
    text = file.read_text(encoding="utf-8")
    project = Project(root, Config())
    tree = ast.parse(text)
    name, is_package = project.module_name(str(file))
    module = Module(tree, text.splitlines(keepends=True), path=str(file), name=name, is_package=is_package)
    project.open(module)
    return [
        (one.node.lineno, one.shown)  # type: ignore[attr-defined]
        for coroutine in module.nodes(ast.AsyncFunctionDef)
        for one in project.blocked(module, coroutine, Effect.SLEEP)
    ]


WANTED = [(5, " (Worker.run -> time.sleep, work.py:5)")]


def entries(root: Path) -> list[Path]:
    return [
        file for file in (root / ".auditrules_cache").rglob("*") if file.is_file() and file.name != ".gitignore"
    ]


def test_warm_gives_the_same_as_cold(make_project: Callable[[dict[str, str]], Path]) -> None:
    root = make_project(FILES)
    assert blocked(root) == WANTED
    kept = sorted(entries(root))
    assert len(kept) >= len(FILES)
    assert blocked(root) == WANTED
    assert sorted(entries(root)) == kept
    assert (root / ".auditrules_cache" / ".gitignore").read_text(encoding="utf-8").endswith("*\n")


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
        lambda file: file.write_bytes(b"\0" * file.stat().st_size),
        lambda file: file.write_bytes(file.read_bytes()[:-1] + b"x"),
        lambda file: file.unlink(),
        lambda file: (file.unlink(), file.mkdir()),
    ],
    ids=["emptied", "truncated", "zeroed", "one byte changed", "removed", "a folder in its place"],
)
def test_damage_costs_only_time(
    make_project: Callable[[dict[str, str]], Path], damage: Callable[[Path], object]
) -> None:
    root = make_project(FILES)
    blocked(root)
    for file in entries(root):
        damage(file)
    assert blocked(root) == WANTED
    assert blocked(root) == WANTED


def test_valid_marshal_of_something_else(make_project: Callable[[dict[str, str]], Path]) -> None:
    root = make_project(FILES)
    blocked(root)
    cache = Cache(root / ".auditrules_cache")
    for file in entries(root):
        cache.put(file.name, (1, 2, 3))
    assert blocked(root) == WANTED


def test_a_folder_that_cannot_be_written(make_project: Callable[[dict[str, str]], Path]) -> None:
    root = make_project(FILES)
    (root / ".auditrules_cache").write_text("in the way", encoding="utf-8")
    assert blocked(root) == WANTED


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(make_project: Callable[[dict[str, str]], Path]) -> None:
    root = make_project(FILES)
    folder = root / ".auditrules_cache"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert blocked(root) == WANTED
    finally:
        folder.chmod(stat.S_IRWXU)


def test_no_cache_folder_when_it_is_turned_off(make_project: Callable[[dict[str, str]], Path]) -> None:
    root = make_project(FILES)
    project = Project(root, Config(settings={"cache-dir": ""}))
    assert project.facts(str(root / "work.py")) is not None
    assert not (root / ".auditrules_cache").exists()


def test_changed_text_is_read_anew(make_project: Callable[[dict[str, str]], Path]) -> None:
    root = make_project(FILES)
    assert blocked(root) == WANTED
    (root / "work.py").write_text("class Worker:\n    def run(self):\n        pass\n", encoding="utf-8")
    assert blocked(root) == []


def test_several_processes_at_once(make_project: Callable[[dict[str, str]], Path]) -> None:
    files = {**FILES, **{f"other{number}.py": FILES["work.py"] for number in range(20)}}
    root = make_project(files)
    with get_context("spawn").Pool(2) as pool:
        assert pool.map(blocked, [root] * 6) == [WANTED] * 6


def test_the_size_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flake8_auditrules.project.cache._MAXIMUM_BYTES", 5000)
    monkeypatch.setattr("flake8_auditrules.project.cache._SECONDS_BETWEEN_CLEANINGS", 0)
    first = Cache(tmp_path)
    for number in range(10):
        first.put(f"{number:032x}", "x" * 1000)
    second = Cache(tmp_path)
    second.put("f" * 32, "x")
    kept = sum(file.stat().st_size for file in tmp_path.rglob("*") if file.is_file())
    assert kept < 7000
    assert second.get("f" * 32) == "x"


def test_line_ends_and_marks_do_not_change_the_key() -> None:
    keys = {
        content_key(data, "a", False)
        for data in (b"x = 1\ny = 2\n", b"x = 1\r\ny = 2\r\n", b"\xef\xbb\xbfx = 1\ny = 2\n")
    }
    assert len(keys) == 1
    assert content_key(b"x = 1\ny = 2\n", "b", False) not in keys


def test_facts_survive_storage() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    facts = facts_of(Module(ast.parse(text), text.splitlines(keepends=True), name="tests.project.test_cache"))
    assert from_plain(to_plain(facts)) == facts


def prepared(root: Path) -> Project:
    project = Project(root, Config())
    project.prepare()
    return project


def test_a_prepared_project_reads_nothing_again(
    make_project: Callable[[dict[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_project(FILES)
    monkeypatch.setattr("flake8_auditrules.project.index._SETTLED_AFTER_NS", -1_000_000_000)
    prepared(root)
    monkeypatch.setattr("flake8_auditrules.project.project.facts_of", None)
    monkeypatch.setattr(Index, "_read_unknown", None)
    assert sorted(prepared(root).wirings()) == ["main", "work"]
    assert blocked(root) == WANTED


@pytest.mark.parametrize("pattern", ["*.pack", "?" * 32])
def test_damage_to_what_was_prepared_costs_only_time(
    make_project: Callable[[dict[str, str]], Path], pattern: str
) -> None:
    root = make_project(FILES)
    for damage in (b"", b"AUD1", b"\0" * 200):
        prepared(root)
        for file in (root / ".auditrules_cache").rglob(pattern):
            file.write_bytes(damage)
        assert blocked(root) == WANTED
        assert sorted(prepared(root).wirings()) == ["main", "work"]


def test_a_change_is_seen_by_what_was_prepared(make_project: Callable[[dict[str, str]], Path]) -> None:
    root = make_project(FILES)
    prepared(root)
    work = root / "work.py"
    before = work.stat()
    work.write_text(FILES["work.py"].replace("time.sleep(1)", "len('123456')"), encoding="utf-8")
    os.utime(work, ns=(before.st_atime_ns, before.st_mtime_ns))  # the same size and time
    assert work.stat().st_size == before.st_size
    assert blocked(root) == []
    prepared(root)
    assert blocked(root) == []
    work.unlink()
    assert sorted(prepared(root).wirings()) == ["main"]


def test_packs_are_brought_together(
    make_project: Callable[[dict[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flake8_auditrules.project.index._MOST_PACKS", 3)
    root = make_project(FILES)
    for number in range(8):
        (root / f"other{number}.py").write_text(f"value = {number}\n", encoding="utf-8")
        prepared(root)
    assert len(list((root / ".auditrules_cache").rglob("*.pack"))) <= 4
    assert blocked(root) == WANTED


def test_a_package_that_comes_to_be_renames_its_modules(make_project: Callable[[dict[str, str]], Path]) -> None:
    root = make_project({"tools-folder/app/inner/work.py": FILES["work.py"]})
    assert sorted(prepared(root).wirings()) == ["app.inner.work"]
    (root / "tools-folder" / "app" / "inner" / "__init__.py").touch()
    assert sorted(prepared(root).wirings()) == ["inner", "inner.work"]
    (root / "pyproject.toml").write_text(
        '[tool.uv.build-backend]\nmodule-root = "tools-folder"\n', encoding="utf-8"
    )
    assert sorted(prepared(root).wirings()) == ["app.inner", "app.inner.work"]


def test_the_size_is_looked_at_now_and_then_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flake8_auditrules.project.cache._MAXIMUM_BYTES", 5000)
    Cache(tmp_path).put("1" * 32, "x" * 3000)
    Cache(tmp_path).put("2" * 32, "x" * 3000)
    Cache(tmp_path).put("3" * 32, "x" * 10)
    assert Cache(tmp_path).get("1" * 32) == "x" * 3000
    ignore = tmp_path / ".gitignore"
    os.utime(ignore, (0, 0))
    Cache(tmp_path).put("3" * 32, "x" * 10)
    assert Cache(tmp_path).get("1" * 32) is None
    assert Cache(tmp_path).get("2" * 32) == "x" * 3000


def test_what_is_being_typed_is_not_kept(make_project: Callable[[dict[str, str]], Path]) -> None:
    root = make_project(FILES)
    assert blocked(root) == WANTED
    kept = sorted(entries(root))
    for number in range(3):
        text = (root / "main.py").read_text(encoding="utf-8") + f"# {number}\n"
        engine = Engine(Config(), [rule for rule in all_rules() if rule.code == "AUD101"])
        found = engine.findings(ast.parse(text), text.splitlines(keepends=True), str(root / "main.py"))
        assert [one.line for one in found] == [5]
    assert sorted(entries(root)) == kept
