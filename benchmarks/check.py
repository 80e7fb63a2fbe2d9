"""
Measure `auditrules check` against `flake8 --select=AUD,E9` over a folder, each as a program of its own, with -j1.

    python benchmarks/check.py FOLDER [--runs 3] [--bars]

All are warm: one run each goes before and is not counted. "check" keeps facts but no results of an earlier
run; "unchanged" is a second check of a tree in which nothing changed. Medians of wall time and of processor time;
with `--bars` the exit code is 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

FASTER = 6.0
UNCHANGED_FASTER = 20.0


class Run(NamedTuple):
    """Seconds on the wall, seconds of processor time, and what was printed."""

    wall: float
    processor: float
    output: str


def run(command: list[str], folder: Path) -> Run:
    before = os.times()
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - started
    after = os.times()
    if done.returncode not in (0, 1) or done.stderr:
        raise SystemExit(f"{' '.join(command)}: {done.stdout[-500:]}{done.stderr[-500:]}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(wall, used, done.stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description="auditrules check against flake8.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--bars", action="store_true", help="exit with 1 where a bar is missed")
    chosen = parser.parse_args()
    flake8 = [sys.executable, "-m", "flake8", "--select=AUD,E9", "--isolated", "-j1", "."]
    check = [sys.executable, "-m", "flake8_auditrules", "check", "--isolated", "-j1", "."]
    runs: dict[str, list[Run]] = {"flake8": [], "check": [], "unchanged": []}
    run(flake8, chosen.folder)
    run(check, chosen.folder)
    for number in range(chosen.runs):
        runs["flake8"].append(run(flake8, chosen.folder))
        # Other arguments are another run to remember, so nothing but facts is left of earlier ones.
        fresh = [*check[:-1], f"--max-line-length={1000 + number + int(time.time()) % 100_000 * 10}", "."]
        runs["check"].append(run(fresh, chosen.folder))
        runs["unchanged"].append(run(fresh, chosen.folder))
    outputs = {one.output for several in runs.values() for one in several}
    print(
        f"findings: {runs['flake8'][0].output.count(chr(10))}, {'the same' if len(outputs) == 1 else 'DIFFERENT'}"
    )
    print(f"{'':10} {'wall s':>8} {'times':>7} {'processor s':>12} {'times':>7}")
    wall = {name: statistics.median(one.wall for one in several) for name, several in runs.items()}
    processor = {name: statistics.median(one.processor for one in several) for name, several in runs.items()}
    faster = {name: processor["flake8"] / processor[name] for name in runs}
    for name in runs:
        print(
            f"{name:10} {wall[name]:8.2f} {wall['flake8'] / wall[name]:7.1f} "
            f"{processor[name]:12.2f} {faster[name]:7.1f}"
        )
    met = len(outputs) == 1 and faster["check"] >= FASTER and faster["unchanged"] >= UNCHANGED_FASTER
    return int(chosen.bars and not met)


if __name__ == "__main__":
    sys.exit(main())
