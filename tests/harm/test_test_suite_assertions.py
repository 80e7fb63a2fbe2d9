"""Proofs of AUD801, AUD802 and AUD803: tests that pass while the code under test is broken."""

from __future__ import annotations

import pytest

from tests.harm.proof import write_example

pytest_plugins = ["pytester"]

BROKEN = """
import flask

app = flask.Flask("orders")

@app.get("/orders/0")
def missing():
    return "null"

def total(prices):
    return 0
"""


@pytest.mark.parametrize(("kind", "passed", "failed"), [("bad", 1, 0), ("good", 0, 1)])
def test_aud801_a_missing_order_is_no_404(kind: str, passed: int, failed: int, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(orders=BROKEN)
    write_example("AUD801", kind, pytester.path)
    pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider").assert_outcomes(passed=passed, failed=failed)


@pytest.mark.parametrize(("kind", "passed", "failed"), [("bad", 2, 0), ("good", 0, 2)])
def test_aud803_broken_code_passes(kind: str, passed: int, failed: int, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(orders=BROKEN)
    write_example("AUD803", kind, pytester.path)
    pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider").assert_outcomes(passed=passed, failed=failed)


def test_aud803_a_test_without_statements_passes(pytester: pytest.Pytester) -> None:
    write_example("AUD803", "bad", pytester.path, 1)
    pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider").assert_outcomes(passed=1)


@pytest.mark.parametrize(("kind", "passed", "errors"), [("bad", 2, 0), ("good", 0, 1)])
def test_aud802_passes_with_the_code_deleted(
    kind: str, passed: int, errors: int, pytester: pytest.Pytester
) -> None:
    write_example("AUD802", kind, pytester.path)
    result = pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=passed, errors=errors)
