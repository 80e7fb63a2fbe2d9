"""
Blocking calls on the event loop: what each tool finds, what several find, what one finds alone.

    python benchmarks/blocking.py --peers ENVIRONMENT FOLDER ... [--read 40 --seed 1]

ENVIRONMENT is a virtual environment with ruff, flake8, flake8-async and hydroid-cli. A site is a file and a
line. Only files are compared that are no tests; hydroid reports cheap file calls too (`mkdir`, `exists`),
which this suite leaves out on purpose: they are counted apart. `--read` prints a random sample of the sites
that only one of hydroid and this suite reports, with the code around: as many from each folder, so that a
large one does not make up the whole sample.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from flake8_auditrules.config import Config

Site = tuple[str, int]
Alone = tuple[str, Path, Site]
OURS = "AUD101,AUD102,AUD103,AUD104,AUD105,AUD106,AUD107,AUD116"
# flake8-async and ruff: blocking HTTP, process, file, sleep and wait calls in async functions.
THEIRS = "ASYNC210,ASYNC211,ASYNC212,ASYNC220,ASYNC221,ASYNC222,ASYNC230,ASYNC231,ASYNC232,ASYNC250,ASYNC251"
CHEAP = re.compile(
    r"\.(mkdir|exists|is_file|is_dir|stat|unlink|rename|replace|touch|resolve|makedirs|remove|isfile)$"
)


def output(command: list[str], cwd: Path) -> str:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=1800).stdout


def lines(text: str) -> set[Site]:
    # ruff's preview shows rules by their names instead of codes.
    found = re.findall(r"^(?:\./)?(.+?):(\d+):\d+:? (?:[A-Z]+\d+|[a-z]+(?:-[a-z0-9]+)+)", text, re.MULTILINE)
    return {(file, int(line)) for file, line in found}


def ruff(peers: Path, folder: Path) -> set[Site]:
    command = [str(peers / "ruff"), "check", "--isolated", "--preview", "--no-cache", "--select=ASYNC2"]
    return lines(output([*command, "--output-format=concise", "."], folder))


def flake8_async(peers: Path, folder: Path) -> set[Site]:
    arguments = ["--isolated", f"--select={THEIRS}", "--anyio", "--asyncio", "."]
    return lines(output([str(peers / "flake8"), *arguments], folder))


def hydroid(peers: Path, folder: Path) -> tuple[set[Site], set[Site]]:
    """The sites that hydroid reports, and those among them whose primitive is a cheap file call."""
    text = output([str(peers / "hydroid"), "--no-cache", "--format", "json", "."], folder)
    found: set[Site] = set()
    cheap: set[Site] = set()
    for one in json.loads(text)["diagnostics"] if text.strip() else []:
        site = (one["location"]["path"].removeprefix("./"), int(one["location"]["line"]))
        found.add(site)
        if CHEAP.search(one["sink"]["qualname"]):
            cheap.add(site)
    return found, cheap


def ours(folder: Path) -> set[Site]:
    command = ["python", "-m", "flake8", "--isolated", "-j2", f"--select={OURS}", "--disable-noqa"]
    with tempfile.TemporaryDirectory() as cache:
        return lines(output([*command, f"--audit-cache-dir={cache}", "."], folder))


def outside_tests(sites: set[Site]) -> set[Site]:
    config = Config()
    return {site for site in sites if not config.is_test_file(site[0])}


def sampled(alone: list[Alone], folders: list[Path], number: int, seed: int) -> list[Alone]:
    """A random sample, as even over the folders as their sites allow."""
    chance = random.Random(seed)
    left = {folder: [one for one in alone if one[1] == folder] for folder in folders}
    for sites in left.values():
        chance.shuffle(sites)
    drawn: list[Alone] = []
    while len(drawn) < number and any(left.values()):
        drawn += [sites.pop() for sites in left.values() if sites][: number - len(drawn)]
    return drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--read", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    peers = chosen.peers / "bin"
    heads = ["package", "ruff", "flake8-async", "hydroid (cheap file calls)", "ours", "both hydroid and ours"]
    print(f"| {' | '.join([*heads, 'only hydroid, without cheap', 'only ours'])} |")
    print("|---|---|---|---|---|---|---|---|")
    alone: list[Alone] = []
    for folder in chosen.folders:
        tools: list[Callable[[Path, Path], set[Site]]] = [ruff, flake8_async]
        counts = [str(len(outside_tests(tool(peers, folder)))) for tool in tools]
        theirs, cheap = (outside_tests(sites) for sites in hydroid(peers, folder))
        own = outside_tests(ours(folder))
        only_theirs = theirs - own - cheap
        only_own = own - theirs
        counts += [f"{len(theirs)} ({len(cheap)})", str(len(own)), str(len(own & theirs))]
        print(f"| {folder.name} | {' | '.join(counts)} | {len(only_theirs)} | {len(only_own)} |", flush=True)
        alone += [("only hydroid", folder, site) for site in sorted(only_theirs)]
        alone += [("only ours", folder, site) for site in sorted(only_own)]
    for label, folder, (file, line) in sampled(alone, chosen.folders, chosen.read, chosen.seed):
        print(f"\n==== {label}: {folder.name} {file}:{line}")
        code = (folder / file).read_text(encoding="utf-8", errors="replace").splitlines()
        for number in range(max(1, line - 8), min(len(code), line + 4) + 1):
            print(f"{'>' if number == line else ' '}{number:5} {code[number - 1]}")


if __name__ == "__main__":
    main()
