"""
Findings to read: run rules over folders, take a random sample of each rule with a fixed seed, show the code.

    python benchmarks/sample.py FOLDER ... --codes AUD401,AUD501 --most 30 --seed 1 --context 12

Each finding is printed with the lines around it, ready to be judged for docs/precision.tsv. `--tsv` prints
the lines for that file instead, with an empty verdict.
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
import time
import warnings
from collections import Counter, defaultdict
from pathlib import Path

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine
from flake8_auditrules.registry import all_rules
from flake8_auditrules.rule import Finding


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--codes", default="", help="comma separated codes or prefixes; default all")
    parser.add_argument("--most", type=int, default=30, help="findings of each rule (default 30)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--context", type=int, default=12, help="lines shown before and after")
    parser.add_argument("--tests", action="store_true", help="also files in test folders")
    parser.add_argument("--tsv", action="store_true")
    parser.add_argument("--count", action="store_true", help="only count the findings of each rule")
    chosen = parser.parse_args()
    prefixes = tuple(code for code in chosen.codes.split(",") if code) or ("AUD",)
    engine = Engine(Config(), [rule for rule in all_rules() if rule.code.startswith(prefixes)])
    found: dict[str, list[tuple[Path, Path, Finding]]] = defaultdict(list)
    started = time.monotonic()
    warnings.simplefilter("ignore")
    for folder in chosen.folders:
        for file in sorted(folder.rglob("*.py")):
            if not chosen.tests and engine.config.is_test_file(file.relative_to(folder).as_posix()):
                continue
            try:
                text = file.read_bytes().decode("utf-8-sig")
                tree = ast.parse(text)
            except (SyntaxError, ValueError):
                continue
            for finding in engine.findings(tree, text.splitlines(keepends=True), str(file)):
                found[finding.code].append((folder, file, finding))
    print(f"{time.monotonic() - started:.1f} s", file=sys.stderr)
    for code in sorted(found):
        findings = found[code]
        if chosen.count:
            by_folder = Counter(folder.name for folder, _, _ in findings)
            print(code, len(findings), dict(by_folder))
            continue
        sample = findings
        if len(findings) > chosen.most:
            sample = random.Random(chosen.seed).sample(findings, chosen.most)
        print(f"\n######## {code}: {len(sample)} of {len(findings)}")
        for folder, file, finding in sample:
            show(folder, file, finding, chosen.context, chosen.tsv)


def show(folder: Path, file: Path, finding: Finding, context: int, tsv: bool) -> None:
    package, _, version = folder.name.partition("-")
    place = f"{file.relative_to(folder).as_posix()}:{finding.line}"
    if tsv:
        print("\t".join([package, version, place, finding.code, "", ""]))
        return
    print(f"\n==== {package} {version} {place} {finding.code} {finding.text}")
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    first = max(1, finding.line - context)
    for number in range(first, min(len(lines), finding.line + context) + 1):
        mark = ">" if number == finding.line else " "
        print(f"{mark}{number:5} {lines[number - 1]}")


if __name__ == "__main__":
    main()
