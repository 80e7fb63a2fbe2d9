"""The baseline: states under random edits, its file, renames in a real git repository."""

from __future__ import annotations

import ast
import os
import random
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from flake8_auditrules.config import Config, ConfigurationError
from flake8_auditrules.engine import Engine
from flake8_auditrules.reporting import baseline
from flake8_auditrules.reporting.baseline import Baseline
from flake8_auditrules.reporting.record import Identity, Status
from flake8_auditrules.rules.errors.bare_except import BareExcept

PATH = "module.py"
TEXTS = ("except:", "except:  # again")
Key = tuple[str, str, int]


class Block:
    """One `try` in a function; a fault where it is bare."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bare = True
        self.silenced = False

    def lines(self) -> list[str]:
        handler = self.text if self.bare else "except ValueError:"
        return ["try:", "    work()", handler + ("  # noqa: AUD301" if self.silenced else ""), "    pass"]


class Function:
    """A function with blocks, written at some depth and after some blank lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.blocks: list[Block] = []
        self.depth = 0
        self.padding = 1

    def text(self) -> str:
        lines = [f"{'    ' * level}if True:" for level in range(self.depth)]
        indent = "    " * self.depth
        lines.append(f"{indent}def {self.name}():")
        for block in self.blocks:
            lines.extend("" for _ in range(self.padding))
            lines.extend(f"{indent}    {line}" for line in block.lines())
        lines.append(f"{indent}    return 1")
        return "\n".join(lines) + "\n"


class Edits(RuleBasedStateMachine):
    """Random edits of a module; the states of its findings are held against a count by hand."""

    @initialize(seed=st.integers(0, 2**32))
    def start(self, seed: int) -> None:
        self.engine = Engine(Config(), [BareExcept])
        self.random = random.Random(seed)
        self.functions = [Function(f"function_{number}") for number in range(3)]
        self.known = baseline.EMPTY
        self.standing: set[Key] = set()
        self.fixed: set[Key] = set()
        for _ in range(4):
            self.duplicate()
        self.write_baseline()

    def blocks(self, bare: bool) -> list[tuple[Function, Block]]:
        return [(one, block) for one in self.functions for block in one.blocks if block.bare is bare]

    def chosen(self, bare: bool = True) -> Block | None:
        found = self.blocks(bare)
        return self.random.choice(found)[1] if found else None

    def places(self) -> dict[Key, Block]:
        """Each faulty block with its key, counted by hand: function, text, how many like it stand before it."""
        found: dict[Key, Block] = {}
        for function, block in self.blocks(bare=True):
            text = " ".join(block.text.split())
            number = sum((function.name, text) == key[:2] for key in found)
            found[function.name, text, number] = block
        return found

    def identities(self) -> tuple[set[Identity], set[Identity]]:
        """All findings of the module as the engine has them, and those that nothing silences."""
        text = "".join(one.text() for one in self.functions)
        lines = text.splitlines(keepends=True)
        result = self.engine.result(ast.parse(text), lines, PATH)
        current = [
            (Identity(PATH, place.scope, finding.code, place.text, place.ordinal), lines[finding.line - 1])
            for finding, place in zip(result.findings, result.places, strict=True)
        ]
        assert len({one for one, _ in current}) == len(current)
        return {one for one, _ in current}, {one for one, line in current if "noqa" not in line}

    @rule()
    def insert_lines(self) -> None:
        self.random.choice(self.functions).padding = self.random.randrange(4)

    @rule()
    def move_functions(self) -> None:
        self.random.shuffle(self.functions)

    @rule()
    def indent(self) -> None:
        self.random.choice(self.functions).depth = self.random.randrange(3)

    @rule()
    def duplicate(self) -> None:
        function = self.random.choice(self.functions)
        function.blocks.insert(self.random.randint(0, len(function.blocks)), Block(self.random.choice(TEXTS)))

    @rule()
    def fix(self) -> None:
        block = self.chosen()
        if block is not None:
            block.bare = False

    @rule()
    def bring_back(self) -> None:
        block = self.chosen(bare=False)
        if block is not None:
            block.bare = True

    @rule()
    def silence(self) -> None:
        block = self.chosen()
        if block is not None:
            block.silenced = not block.silenced

    @rule()
    def write_baseline(self) -> None:
        current, reported = self.identities()
        self.known = self.known.updated("", reported, current, {PATH}, {"AUD301"})
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "known.jsonl"
            baseline.write(file, self.known)
            assert baseline.read(file) == self.known
        places = self.places()
        gone = {key for key in self.standing if key not in places}
        shown = {key for key, block in places.items() if not block.silenced}
        self.standing = (self.standing - gone) | shown
        self.fixed = (self.fixed | gone) - self.standing

    @invariant()
    def states_are_right(self) -> None:
        if not hasattr(self, "engine"):
            return
        current, reported = self.identities()
        places = self.places()
        shown = {key for key, block in places.items() if not block.silenced}
        got = {(one.scope, one.text, one.ordinal): self.known.status(one) for one in reported}
        wanted = {
            key: Status.EXISTING
            if key in self.standing
            else Status.REGRESSION
            if key in self.fixed
            else Status.NEW
            for key in shown
        }
        assert got == wanted
        vanished = self.known.vanished(current, {PATH}, {"AUD301"})
        assert {one[1:2] + one[3:] for one in vanished} == {key for key in self.standing if key not in places}
        assert self.known.vanished(current, {"other.py"}, {"AUD301"}) == []
        assert self.known.vanished(current, {PATH}, {"AUD302"}) == []


# A thousand edits and more: forty stories of twenty-five.
TestEdits = Edits.TestCase
TestEdits.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


def identity(path: str = "a.py", text: str = "except:", ordinal: int = 0) -> Identity:
    return Identity(path, "f", "AUD301", text, ordinal)


def test_file_is_sorted_lines_of_json(tmp_path: Path) -> None:
    file = tmp_path / "new" / "known.jsonl"
    known = Baseline("abc", frozenset({identity("b.py"), identity()}), frozenset({identity(ordinal=1)}))
    baseline.write(file, known)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[1:] == sorted(lines[1:])
    assert [line.count('"state": "fixed"') for line in lines] == [0, 0, 1, 0]
    assert baseline.read(file) == known
    assert [entry.name for entry in file.parent.iterdir()] == ["known.jsonl"]


@pytest.mark.parametrize("text", ["x = '\u2028\x0c\x85'", "naïve 🙂", "\udcff"])
def test_any_text_reads_back(tmp_path: Path, text: str) -> None:
    known = Baseline("", frozenset({identity(text=text), identity(path=f"{text}.py")}), frozenset())
    baseline.write(tmp_path / "known.jsonl", known)
    assert baseline.read(tmp_path / "known.jsonl") == known


HEADER = '{"format": "auditrules-baseline", "version": 1, "commit": ""}\n'
ENTRY = '{"path": "a.py", "scope": "", "code": "AUD301", "text": "x", "ordinal": 0, "state": "standing"}'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "known.jsonl:1: "),
        (b"[]\n", "known.jsonl:1: "),
        (b'{"results": []}\n', "is not a baseline of auditrules"),
        (HEADER.replace("1,", "7,").encode(), "is a baseline of version 7"),
        (f"{HEADER}{ENTRY[:40]}\n".encode(), "known.jsonl:2: the baseline is damaged"),
        (f"{HEADER}{ENTRY}\n{{}}\n".encode(), "known.jsonl:3: the baseline is damaged"),
        (f"{HEADER}<<<<<<< HEAD\n{ENTRY}\n".encode(), "known.jsonl:2: the baseline is damaged"),
        (HEADER.encode() + ENTRY.replace('"standing"', '"perhaps"').encode(), "known.jsonl:2: "),
        (b"\xff\xfe", "is not UTF-8"),
    ],
)
def test_damaged_and_foreign_files_are_refused_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "known.jsonl"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        baseline.read(file)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        baseline.read(tmp_path / "nowhere.jsonl")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "known.jsonl"
    file.mkdir()
    with pytest.raises(OSError):
        baseline.write(file, baseline.EMPTY)
    assert [entry.name for entry in tmp_path.iterdir()] == ["known.jsonl"]


def git(folder: Path, *arguments: str) -> str:
    names = {f"GIT_{role}_{part}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True, env={**os.environ, **names}
    )
    return done.stdout.strip()


def test_renames_are_followed_through_git(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "service").mkdir()
    body = "".join(f"line_{number} = {number}\n" for number in range(30))
    (tmp_path / "service" / "old name.py").write_text(body, encoding="utf-8")
    (tmp_path / "service" / "stays.py").write_text("x = 1\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    first = baseline.head_commit(tmp_path)
    assert first == git(tmp_path, "rev-parse", "HEAD")
    (tmp_path / "service" / "parts").mkdir()
    git(tmp_path, "mv", "service/old name.py", "service/parts/über.py")
    (tmp_path / "service" / "parts" / "über.py").write_text(body + "more = 1\n", encoding="utf-8")
    expected = {"service/old name.py": "service/parts/über.py"}
    assert baseline.moves_since(tmp_path, first) == expected
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "moved")
    assert baseline.moves_since(tmp_path, first) == expected
    assert baseline.moves_since(tmp_path / "service", first) == {"old name.py": "parts/über.py"}
    assert baseline.moves_since(tmp_path, baseline.head_commit(tmp_path)) == {}
    known = Baseline(first, frozenset({identity("service/old name.py")}), frozenset())
    moved = known.renamed(baseline.moves_since(tmp_path, first))
    assert moved.status(identity("service/parts/über.py")) is Status.EXISTING
    assert moved.status(identity("service/old name.py")) is Status.NEW


def test_outside_of_git_nothing_is_followed(tmp_path: Path) -> None:
    assert baseline.head_commit(tmp_path) == ""
    assert baseline.moves_since(tmp_path, "0" * 40) == {}
    assert baseline.moves_since(tmp_path, "") == {}
