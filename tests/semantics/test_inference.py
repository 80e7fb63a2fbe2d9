"""Inference: what astroid is asked, what it may read, and what it may cost."""

from __future__ import annotations

import ast
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine
from flake8_auditrules.registry import all_rules
from flake8_auditrules.semantics import inference
from flake8_auditrules.semantics.inference import Inference, stand_ins


def nowhere(name: str) -> str | None:
    return None


def asked(text: str, method: str = "get", find: inference.Find = nowhere) -> list[str | None]:
    """The class of the receiver of each call of a method, in the order of the source."""
    source = textwrap.dedent(text)
    one = Inference(source, "main", "main.py", find)
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    found = [
        one.receiver_class(call)
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset))
        if isinstance(call.func, ast.Attribute) and call.func.attr == method
    ]
    assert one.error is None, one.error
    return found


def test_an_object_handed_through_a_function() -> None:
    text = """
        import httpx

        def same(thing):
            return thing

        client = same(httpx.Client())
        client.get("x")
    """
    assert asked(text) == ["httpx.Client"]


def test_columns_are_bytes_as_in_ast() -> None:
    text = """
        import httpx
        clients = [httpx.Client()]
        print("äöü€"); clients[0].get("x")
    """
    assert asked(text) == ["httpx.Client"]


def test_several_classes_are_none() -> None:
    text = """
        import httpx
        import requests

        def chosen(one, other, flag):
            return one if flag else other

        client = chosen(httpx.Client(), requests.Session(), input())
        client.get("x")
    """
    assert asked(text) == [None]


def test_none_beside_one_class_is_that_class() -> None:
    text = """
        import httpx

        def same(thing):
            return thing

        client = None
        if input():
            client = same(httpx.Client())
        client.get("x")
    """
    assert asked(text) == ["httpx.Client"]


def test_a_module_of_the_project_is_read_and_not_imported(tmp_path: Path) -> None:
    (tmp_path / "shop_of_this_test.py").write_text(
        "raise SystemExit('imported')\n\nclass Client:\n    pass\n\ndef same(thing):\n    return thing\n",
        encoding="utf-8",
    )

    def find(name: str) -> str | None:
        file = tmp_path / f"{name}.py"
        return str(file) if file.is_file() else None

    text = """
        from shop_of_this_test import Client, same
        same(Client()).get()
    """
    assert asked(text, find=find) == ["shop_of_this_test.Client"]
    assert "shop_of_this_test" not in sys.modules
    assert asked(text) == [None], "another project has no such module"


def test_other_installed_packages_are_not_read() -> None:
    text = """
        import pytest

        def same(thing):
            return thing

        same(pytest.Cache()).get()
        same(pytest.MonkeyPatch()).get()
    """
    assert asked(text) == [None, None]
    from astroid.manager import AstroidManager

    assert "pytest" not in AstroidManager().astroid_cache


def test_known_libraries_under_other_names() -> None:
    text = """
        import redis.client

        def same(thing):
            return thing

        same(redis.client.Redis()).get("x")
        same(redis.from_url("x")).get("x")
    """
    assert asked(text) == ["redis.Redis", "redis.Redis"]


def test_stand_ins_can_be_parsed() -> None:
    texts = stand_ins()
    assert {"httpx", "requests", "sqlalchemy", "sqlalchemy.orm"} <= set(texts)
    for name, text in texts.items():
        ast.parse(text, name)


def test_the_budget_ends_the_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "MOST_QUESTIONS", 2)
    text = "import httpx\n" + "[httpx.Client()][0].get('x')\n" * 4
    assert asked(text) == ["httpx.Client", "httpx.Client", None, None]
    monkeypatch.setattr(inference, "MOST_QUESTIONS", 20)
    monkeypatch.setattr(inference, "MOST_CHARACTERS", 20)
    assert asked(text) == [None] * 4


def test_what_astroid_fails_with_is_kept_and_not_raised() -> None:
    one = Inference("def broken(:\n", "main", "main.py", nowhere)
    call = ast.parse("x.get()").body[0].value  # type: ignore[attr-defined]
    assert one.receiver_class(call) is None
    assert one.error is not None

    def failing(name: str) -> str | None:
        raise RecursionError(name)

    other = Inference("import a\na.b().get()\n", "main", "main.py", failing)
    assert other.receiver_class(ast.parse("\na.b().get()").body[0].value) is None  # type: ignore[attr-defined]


def test_a_call_that_is_not_there_is_none() -> None:
    one = Inference("x = 1\n", "main", "main.py", nowhere)
    assert one.receiver_class(ast.parse("x.get()").body[0].value) is None  # type: ignore[attr-defined]


PLAIN = {
    "known receivers": """
        import httpx

        async def run(client: httpx.Client, data):
            client.get("x")
            data.get("x")
            pairs = list(data)
            pairs.append(1)
            first = data["x"]
            first.get("y")
    """,
    "nothing on the loop": """
        import httpx

        def same(thing):
            return thing

        def run():
            same(httpx.Client()).get("x")
    """,
    "made of clients, asked for nothing that blocks": """
        import httpx

        def same(thing):
            return thing

        async def run():
            client = same(httpx.Client())
            client.close()
    """,
}
OPEN = """
    import httpx

    def same(thing):
        return thing

    async def run():
        client = same(httpx.Client())
        client.get("x")
"""


def imports_astroid(text: str, folder: Path) -> bool:
    """Whether a run over one file imports astroid."""
    (folder / "sample.py").write_text(textwrap.dedent(text), encoding="utf-8")
    program = (
        "import sys; from flake8.main.cli import main; "
        "main(['--isolated', '--select=AUD', '-j1', '--exit-zero', '--audit-cache-dir=', 'sample.py']); "
        "print('astroid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=folder, check=True)
    return done.stdout.splitlines()[-1] == "True"


@pytest.mark.parametrize("name", PLAIN)
def test_where_no_question_is_open_astroid_is_not_imported(name: str, tmp_path: Path) -> None:
    assert not imports_astroid(PLAIN[name], tmp_path)


def test_where_a_question_is_open_astroid_is_imported(tmp_path: Path) -> None:
    assert imports_astroid(OPEN, tmp_path)


def test_a_failing_astroid_leaves_the_other_findings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(self: Inference, call: ast.Call) -> str | None:
        raise AttributeError("astroid")

    monkeypatch.setattr(Inference, "_receiver_class", fails)
    text = textwrap.dedent(OPEN) + "    httpx.get('x')\n"
    findings = Engine(Config(), all_rules()).findings(
        ast.parse(text), text.splitlines(keepends=True), str(tmp_path / "main.py")
    )
    assert [finding.line for finding in findings if finding.code == "AUD102"] == [10]


def _shops(folder: Path) -> inference.Find:
    """Two modules of a project, each with a class of its own."""
    for name in ("first_shop", "second_shop"):
        text = "class Client:\n    def get(self):\n        pass\n\n\ndef made():\n    return Client()\n"
        (folder / f"{name}.py").write_text(text, encoding="utf-8")

    def find(name: str) -> str | None:
        path = folder / f"{name}.py"
        return str(path) if path.exists() else None

    return find


def test_an_answer_does_not_depend_on_what_was_asked_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = _shops(tmp_path)
    monkeypatch.setattr(inference, "MOST_MODULES", 1)
    both = "import first_shop\nimport second_shop\n[first_shop.made()][0].get()\n[second_shop.made()][0].get()\n"
    alone = asked(both, find=find)
    assert alone == ["first_shop.Client", None]
    asked("import second_shop\n[second_shop.made()][0].get()\n", find=find)
    assert asked(both, find=find) == alone


def test_the_modules_read_for_a_file_are_limited_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = _shops(tmp_path)
    text = "import first_shop\nimport second_shop\n[first_shop.made()][0].get()\n[second_shop.made()][0].get()\n"
    assert asked(text, find=find) == ["first_shop.Client", "second_shop.Client"]
    monkeypatch.setattr(inference, "MOST_CHARACTERS_OF_MODULES", 100)
    assert asked(text, find=find) == ["first_shop.Client", None]
