"""
Every rule whose claim is one of run time has a proof in tests/harm: its examples really run.

A proof is a test function whose name starts with the rule's code, `test_aud301_...`.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from flake8_auditrules.registry import all_rules
from flake8_auditrules.rule import Rule

# The catalogue's rules whose harm is not one of run time.
NOT_OF_RUN_TIME = {
    "AUD116",
    "AUD208",
    "AUD209",
    "AUD309",
    "AUD314",
    "AUD413",
    "AUD619",
    "AUD707",
    # Opinions that speak of what an application has not got, or of where a value stands.
    "AUD901",
    "AUD903",
    "AUD904",
    "AUD905",
    "AUD906",
    "AUD907",
    "AUD909",
    "AUD910",
    "AUD918",
}


def proven() -> set[str]:
    """The codes for which tests/harm has a proof."""
    codes: set[str] = set()
    for file in (Path(__file__).parent / "harm").glob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_aud"):
                codes.add(node.name.split("_")[1].upper())
    return codes


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_harm_is_proven(rule: type[Rule]) -> None:
    assert rule.code in proven() or rule.code in NOT_OF_RUN_TIME
