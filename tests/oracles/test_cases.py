"""Plugins of flake8 on our own examples and cases: each line that one of the two alone reports has its reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_auditrules.examples import files_of, run_on_files
from flake8_auditrules.registry import all_rules
from tests.conftest import case_files
from tests.oracles.pairs import PAIRS, Pair
from tests.oracles.peers import PEERS

RULES = {rule.code: rule for rule in all_rules()}
# test_ruff.py compares with ruff, test_errors.py compares what is about errors and logs, and cancellations.
COMPARED = [
    pair for pair in PAIRS if pair.peer != "ruff" and pair.ours[:4] in ("AUD1", "AUD2") and pair.ours != "AUD110"
]
DIFFERENCES = Path(__file__).with_name("cases.tsv")


def texts(code: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The examples and cases of a rule: the name and the files of each."""
    rule = RULES[code]
    for kind, examples in (("bad", rule.bad), ("good", rule.good)):
        for number, text in enumerate(examples):
            yield f"{kind}{number}", files_of(text)
    yield from case_files(code)


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> dict[Pair, set[str]]:
    """The places that the other linter of each pair reports."""
    root = tmp_path_factory.mktemp("cases")
    for code in {pair.ours for pair in COMPARED}:
        for name, files in texts(code):
            for file, text in files.items():
                target = root / code / name / file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
    found: dict[Pair, set[str]] = {}
    for peer in {pair.peer for pair in COMPARED}:
        pairs = [pair for pair in COMPARED if pair.peer == peer]
        reports = PEERS[peer](root, {code for pair in pairs for code in pair.theirs}, ())
        for pair in pairs:
            found[pair] = {
                f"{one.file.partition('/')[2]}:{one.line}"
                for one in reports
                if one.code in pair.theirs and one.file.startswith(f"{pair.ours}/")
            }
    return found


def ours(code: str) -> set[str]:
    """The places that our rule reports."""
    return {
        f"{name}/{file}:{finding.line}"
        for name, files in texts(code)
        for file, finding in run_on_files([RULES[code]], files)
    }


def listed(pair: Pair) -> set[tuple[str, str]]:
    """The known differences of a pair: the place and who alone reports it; each row has a reason."""
    rows = [line.split("\t") for line in DIFFERENCES.read_text(encoding="utf-8").splitlines()[1:]]
    assert all(len(row) == 5 and row[4] for row in rows)
    return {(place, alone) for code, peer, place, alone, _ in rows if (code, peer) == (pair.ours, pair.peer)}


@pytest.mark.parametrize("pair", COMPARED, ids=lambda pair: f"{pair.ours}-{pair.peer}")
def test_each_difference_is_listed_with_its_reason(pair: Pair, theirs: dict[Pair, set[str]]) -> None:
    own = ours(pair.ours)
    different = {(place, "they") for place in theirs[pair] - own}
    different |= {(place, "we") for place in own - theirs[pair]}
    known = listed(pair)
    assert different == known, f"unlisted: {sorted(different - known)}; gone: {sorted(known - different)}"
