"""The Celery registry: tasks of all files, the opened one as in the editor, the same with and without cache."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine
from flake8_auditrules.project.celery_registry import is_matched
from flake8_auditrules.registry import all_rules

RULES = [rule for rule in all_rules() if rule.code == "AUD511"]
FILES = {
    "shop/__init__.py": "",
    "shop/tasks.py": """
        from celery import Celery

        app = Celery("shop")

        @app.task
        def pack():
            return None
        """,
    "shop/web.py": """
        from shop.tasks import app

        def finish():
            app.send_task("shop.tasks.pack")
            app.send_task("shop.tasks.unpack")
        """,
}


def lines(folder: Path, name: str, text: str | None = None) -> list[int]:
    """The lines that AUD511 reports in a file, whose text may differ from what is on disk."""
    path = folder / name
    text = path.read_text(encoding="utf-8") if text is None else text
    engine = Engine(Config(), RULES)
    result = engine.result(ast.parse(text), text.splitlines(keepends=True), str(path))
    return [finding.line for finding in result.findings]


def test_findings_do_not_depend_on_the_cache(make_project: Callable[[dict[str, str]], Path]) -> None:
    folder = make_project(FILES)
    assert lines(folder, "shop/web.py") == [6]
    assert lines(folder, "shop/web.py") == [6]
    tasks = folder / "shop/tasks.py"
    tasks.write_text(tasks.read_text(encoding="utf-8").replace("def pack", "def repack"), encoding="utf-8")
    assert lines(folder, "shop/web.py") == [5, 6]


def test_the_text_in_the_editor_counts(make_project: Callable[[dict[str, str]], Path]) -> None:
    folder = make_project(FILES)
    text = (folder / "shop/tasks.py").read_text(encoding="utf-8") + '\napp.send_task("shop.tasks.repack")\n'
    assert lines(folder, "shop/tasks.py", text) == [10]
    assert lines(folder, "shop/tasks.py", text.replace("def pack", "def repack")) == []


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("shop.*", "shop.tasks.pack", True),
        ("*.pack", "shop.tasks.pack", True),
        ("shop.tasks.pack", "shop.tasks.pack", True),
        ("shop.tasks.p?ck", "shop.tasks.pack", False),
        ("shop.*", "billing.tasks.pack", False),
    ],
)
def test_patterns_match_as_celery_matches_them(pattern: str, name: str, expected: bool) -> None:
    from celery.app.routes import MapRoute  # type: ignore[import-untyped]

    assert is_matched(pattern, name) is expected
    assert (MapRoute({pattern: "queue"})(name) is not None) is expected
