"""
What other linters report about errors and logs, on their own examples and on ours, beside what this suite reports.

Each place that one of the two alone reports stands in `errors.tsv` with its reason. A place is `function+3`, the
third line after the `def`, or the number of a line outside functions.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

from flake8_auditrules.examples import files_of, run_on_files
from flake8_auditrules.registry import all_rules
from tests.conftest import case_files
from tests.oracles.distributions import unpacked
from tests.oracles.peers import PEERS, Report

DIFFERENCES = Path(__file__).with_name("errors.tsv")
RULES = {rule.code: rule for rule in all_rules()}
FAMILY = ("AUD110", *(code for code in RULES if code.startswith("AUD3")))
# Which of our rules asks what a code of another linter asks, and which others take places out of its hands.
COVERED: dict[str, dict[str, tuple[str, ...]]] = {
    "flake8-async": {"ASYNC103": ("AUD110", "AUD301", "AUD302")},
    "flake8-bugbear": {
        "B001": ("AUD301", "AUD110", "AUD302"),
        "B036": ("AUD110", "AUD302"),
        "B904": ("AUD307",),
    },
    "flake8-logging": {"LOG004": ("AUD305",), "LOG005": ("AUD303",), "LOG014": ("AUD305",)},
    "ruff": {
        "B904": ("AUD307",),
        "BLE001": ("AUD302", "AUD110"),
        "LOG004": ("AUD305",),
        "LOG014": ("AUD305",),
        "S110": ("AUD302", "AUD110", "AUD301"),
        "S112": ("AUD302", "AUD110", "AUD301"),
        "T201": ("AUD309",),
        "TRY301": ("AUD310",),
        "TRY400": ("AUD303",),
    },
    "tryceratops": {
        "TRY200": ("AUD307",),
        "TRY202": ("AUD302", "AUD110"),
        "TRY301": ("AUD310",),
        "TRY400": ("AUD303",),
    },
}
# The rules whose own examples and cases the others are run on.
COMPARED = sorted({rules[0] for codes in COVERED.values() for rules in codes.values()})
# The examples with `except*`, which older Pythons cannot read.
NEWER = "_py311" if sys.version_info >= (3, 11) else ""
TRY = (ast.Try, getattr(ast, "TryStar", ast.Try))
# What flake8-logging's examples leave out, on one line.
LOGGER = "import logging; logger = logging.getLogger(__name__)"


class Difference(NamedTuple):
    """A place that one of the two alone reports: the other linter, the example, its place, our code, who does."""

    peer: str
    example: str
    place: str
    code: str
    alone: str


def of_flake8_bugbear() -> Iterator[tuple[str, str]]:
    """Flake8-bugbear's own examples, as they are and with what stands in coroutines."""
    for file in eval_files("flake8-bugbear", r"b(?:001|036|904)"):
        text = file.read_text(encoding="utf-8")
        yield file.name, text
        yield f"async_{file.name}", in_coroutines(text)


def of_flake8_async() -> Iterator[tuple[str, str]]:
    """Flake8-async's own examples, on asyncio and in coroutines."""
    for file in eval_files("flake8-async", r"async10[34]_?\w*"):
        text = file.read_text(encoding="utf-8").replace("trio.Cancelled", "asyncio.CancelledError")
        yield file.name, in_coroutines(re.sub(r"\btrio\b", "asyncio", text))


def of_flake8_logging() -> Iterator[tuple[str, str]]:
    """The examples in flake8-logging's document, by the code of the section and their number in it."""
    text = (unpacked("flake8-logging") / "README.rst").read_text(encoding="utf-8")
    for section in re.split(r"^(?=LOG\d{3} )", text, flags=re.MULTILINE)[1:]:
        blocks = re.findall(r"^\.\. code-block:: python\n\n((?:(?:[ ]{4}.*)?\n)+)", section, re.MULTILINE)
        for number, block in enumerate(blocks, start=1):
            text = dedent(block)
            yield f"{section[:6]}_{number}.py", text if "import logging" in text else f"{LOGGER}\n{text}"


def eval_files(name: str, pattern: str) -> list[Path]:
    """The examples in a linter's distribution whose names match, as far as this Python reads them."""
    files = sorted((unpacked(name) / "tests" / "eval_files").glob("*.py"))
    return [file for file in files if re.fullmatch(pattern + rf"(?:{NEWER})?", file.stem)]


def in_coroutines(text: str) -> str:
    """
    The same `try` statements, each in a coroutine that waits in the `try` and waits again after it.

    Those outside functions get a coroutine of their own, functions with one become coroutines.
    """
    tree = ast.parse(text)
    body: list[ast.stmt] = []
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef) and any(isinstance(part, TRY) for part in ast.walk(statement)):
            body.append(_coroutine(f"{statement.name}_{len(body)}", statement.body))
        elif isinstance(statement, TRY):
            body.append(_coroutine(f"case_{len(body)}", [statement]))
        else:
            body.append(statement)
    for part in ast.walk(tree):
        if isinstance(part, TRY):
            part.body = ast.parse("await work()").body + part.body
    return ast.unparse(ast.fix_missing_locations(ast.Module(body, [])))


def _coroutine(name: str, body: list[ast.stmt]) -> ast.stmt:
    made = ast.parse(f"async def {name}():\n    await go_on()").body[0]
    assert isinstance(made, ast.AsyncFunctionDef)
    made.body = body + made.body
    return made


EXAMPLES = {
    "flake8-async": of_flake8_async,
    "flake8-bugbear": of_flake8_bugbear,
    "flake8-logging": of_flake8_logging,
}


@functools.cache
def own_examples() -> dict[str, tuple[str, frozenset[tuple[int, str]]]]:
    """Our examples and cases by their paths: the text, and line and code of what the family reports in it."""
    found: dict[str, tuple[str, frozenset[tuple[int, str]]]] = {}
    for code in COMPARED:
        rule = RULES[code]
        examples = [(f"bad{number}", files_of(text)) for number, text in enumerate(rule.bad)]
        examples += [(f"good{number}", files_of(text)) for number, text in enumerate(rule.good)]
        for name, files in [*examples, *case_files(code)]:
            reports = reported(files)
            for file, text in files.items():
                if file.endswith(".py"):
                    found[f"{code}/{name}/{file}"] = text, frozenset(reports[file])
    return found


def reported(files: dict[str, str]) -> dict[str, set[tuple[int, str]]]:
    """Line and code of what the family reports in some files, by file."""
    found: dict[str, set[tuple[int, str]]] = {file: set() for file in files}
    for file, finding in run_on_files([RULES[code] for code in FAMILY], files):
        found[file].add((finding.line, finding.code))
    return found


def our_line(report: Report, tree: ast.Module) -> int:
    """The line where this suite reports what another linter reports at a handler's class, `pass` or a `raise`."""
    innermost = report.line
    for statement in (node for node in ast.walk(tree) if isinstance(node, TRY)):
        if report.code == "TRY301" and statement.body[0].lineno <= report.line <= _last_line(statement.body):
            innermost = statement.handlers[-1].lineno
        for handler in statement.handlers:
            if handler.lineno <= report.line < handler.body[0].lineno or (
                report.code == "TRY202" and handler.body[0].lineno == report.line
            ):
                innermost = handler.lineno
    return innermost


def _last_line(body: list[ast.stmt]) -> int:
    return body[-1].end_lineno or body[-1].lineno


def place(line: int, tree: ast.Module) -> str:
    """A line by the innermost function or method around it and the number of lines from its `def`."""
    found = line
    names: list[str] = []
    body: list[ast.stmt] = tree.body
    while body:
        around = [
            node
            for statement in body
            for node in ast.walk(statement)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            and node.lineno <= line <= _last_line(node.body)
        ]
        if not around:
            break
        names.append(around[0].name)
        found, body = line - around[0].lineno, around[0].body
    return f"{'.'.join(names)}+{found}" if names else str(found)


def differences(
    peer: str, examples: dict[str, tuple[str, frozenset[tuple[int, str]]]], reports: Iterable[Report]
) -> Iterator[Difference]:
    """The places in some examples, each with its text and our reports, that one of the two alone reports."""
    theirs = defaultdict(list)
    for report in reports:
        theirs[report.file].append(report)
    for path, (text, ours) in examples.items():
        tree = ast.parse(text)
        own_rule = path.partition("/")[0] if path in own_examples() else None
        reported_by_them: set[int] = set()
        for report in theirs[path]:
            codes = COVERED[peer][report.code]
            line = our_line(report, tree)
            reported_by_them.add(line)
            if own_rule in (None, codes[0]) and not any((line, code) in ours for code in codes):
                yield Difference(peer, path, place(line, tree), codes[0], "they")
        for line, code in ours:
            if line not in reported_by_them and own_rule in (None, code):
                yield Difference(peer, path, place(line, tree), code, "we")


def listed(peer: str) -> set[Difference]:
    """The known differences from a linter; each row has a reason, and one of several linters and places."""
    found: set[Difference] = set()
    for row in DIFFERENCES.read_text(encoding="utf-8").splitlines()[1:]:
        peers, example, places, code, alone, reason = row.split("\t")
        assert reason
        if peer in peers.split(","):
            found |= {Difference(peer, example, one, code, alone) for one in places.split(",")}
    return found


@pytest.mark.parametrize("peer", COVERED)
def test_each_difference_is_listed_with_its_reason(peer: str, tmp_path: Path) -> None:
    asked = {codes[0] for codes in COVERED[peer].values()}
    examples = {path: one for path, one in own_examples().items() if path.partition("/")[0] in asked}
    if peer in EXAMPLES:
        for name, text in EXAMPLES[peer]():
            examples[name] = text, frozenset(reported({name: text})[name])
    for path, (text, _) in examples.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    options = ("--target-version=py312",) if peer == "ruff" else ()
    reports = PEERS[peer](tmp_path, COVERED[peer], options)
    assert {report.code for report in reports} == set(COVERED[peer])
    found = set(differences(peer, examples, reports))
    known = {row for row in listed(peer) if row.example in examples}
    unlisted, gone = (["\t".join(row) for row in sorted(rows)] for rows in (found - known, known - found))
    assert found == known, "\n".join(["rows without a reason:", *unlisted, "rows of what is no more:", *gone])


def test_every_example_of_the_list_is_there() -> None:
    rows = [row.split("\t") for row in DIFFERENCES.read_text(encoding="utf-8").splitlines()[1:]]
    names = {name for examples in EXAMPLES.values() for name, _ in examples()} | set(own_examples())
    assert {row[1] for row in rows if NEWER or "_py311" not in row[1]} <= names
