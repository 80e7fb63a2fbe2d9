"""
What other linters report and this suite does not, over whole packages, by pairs of codes that ask the same.

    python -m benchmarks.peers PACKAGE ... [--codes AUD109,AUD203 --peers ruff,tryceratops --most 30 --seed 1]

Run from the repository. A PACKAGE is a folder, or a name and version (`slack-sdk==3.47.0`), which is then
fetched. The pairs stand in `tests/oracles/pairs.py`, the linters are those that the tests pin. A site is a file
and a line; files of tests are left out. Printed are a table with a row for each pair and package, and a random
sample of the sites that the other linter alone reports, with the source and with what other rules of this suite
report there.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from flake8_auditrules.config import Config
from tests.oracles.pairs import PAIRS, Pair
from tests.oracles.peers import PEERS, Report

_LINE = re.compile(r"(?P<file>.+?):(?P<line>\d+):\d+: (?P<code>AUD\d+) ")


class Alone(NamedTuple):
    """A site that only the other linter of a pair reports: the package's folder, its report there."""

    pair: Pair
    folder: Path
    report: Report


def folder_of(package: str, work: Path) -> Path:
    """The folder of a package: the given one, or what pip installs for a name and version below `work`."""
    if "==" not in package:
        return Path(package)
    target = work / package.replace("==", "-")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
    subprocess.run([*command, f"--target={target}", package], check=True)
    (target / "pyproject.toml").touch()
    return target


def ours(folder: Path) -> set[Report]:
    """What this suite reports in a folder."""
    command = [sys.executable, "-m", "flake8", "--isolated", "--disable-noqa", "-j2", "--select=AUD"]
    with tempfile.TemporaryDirectory() as cache:
        done = subprocess.run(
            [*command, f"--audit-cache-dir={cache}", "."], cwd=folder, capture_output=True, text=True, check=False
        )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return {
        Report(found["file"].removeprefix("./"), int(found["line"]), found["code"])
        for found in _LINE.finditer(done.stdout)
    }


def theirs(folder: Path, pairs: Iterable[Pair]) -> dict[str, set[Report]]:
    """What the linters of the pairs report in a folder, outside tests, by the linter's name."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        wanted[pair.peer] |= set(pair.theirs)
    config = Config()
    return {
        peer: {report for report in PEERS[peer](folder, codes, ()) if not config.is_test_file(report.file)}
        for peer, codes in wanted.items()
    }


def compared(folder: Path, own: set[Report], pairs: Iterable[Pair]) -> list[Alone]:
    """Print a row for each pair that reports something in a folder; what the others alone report is returned."""
    reported = theirs(folder, pairs)
    alone: list[Alone] = []
    for pair in pairs:
        mine = {(one.file, one.line) for one in own if one.code == pair.ours}
        others = [one for one in sorted(reported[pair.peer]) if one.code in pair.theirs]
        sites = {(one.file, one.line) for one in others}
        if not mine | sites:
            continue
        counts = [len(mine & sites), len(mine - sites), len(sites - mine)]
        names = [folder.name, pair.ours, f"{pair.peer} {', '.join(pair.theirs)}"]
        print(f"| {' | '.join([*names, *map(str, counts)])} |", flush=True)
        alone += [Alone(pair, folder, one) for one in others if (one.file, one.line) not in mine]
    return alone


def show(site: Alone, own: set[Report]) -> None:
    """Print a site, with its line of source and the codes that this suite reports there for something else."""
    pair, folder, report = site
    source = (folder / report.file).read_text(encoding="utf-8", errors="replace").splitlines()
    line = source[report.line - 1].strip() if report.line <= len(source) else ""
    here = sorted({one.code for one in own if (one.file, one.line) == (report.file, report.line)})
    place = f"{folder.name}/{report.file}:{report.line}"
    print("\t".join([pair.ours, f"{pair.peer} {report.code}", place, line[:100], " ".join(here)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="+", metavar="PACKAGE")
    parser.add_argument("--codes", help="only pairs of these codes of ours, parted by commas")
    parser.add_argument("--peers", help="only pairs with these linters, parted by commas")
    parser.add_argument("--most", type=int, default=30, help="as many sites for each code of another linter")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    codes = chosen.codes.split(",") if chosen.codes else [pair.ours for pair in PAIRS]
    peers = chosen.peers.split(",") if chosen.peers else list(PEERS)
    pairs = [pair for pair in PAIRS if pair.ours in codes and pair.peer in peers]
    print("| package | ours | the other | both | only ours | only the other |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as work:
        by_code: dict[tuple[str, str, str], list[Alone]] = defaultdict(list)
        own: dict[Path, set[Report]] = {}
        for name in chosen.packages:
            folder = folder_of(name, Path(work))
            own[folder] = ours(folder)
            for one in compared(folder, own[folder], pairs):
                by_code[one.pair.ours, one.pair.peer, one.report.code].append(one)
        print()
        chance = random.Random(chosen.seed)
        for sites in by_code.values():
            for site in sorted(chance.sample(sites, min(len(sites), chosen.most))):
                show(site, own[site.folder])


if __name__ == "__main__":
    main()
