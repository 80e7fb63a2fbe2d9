"""Proofs of AUD805: tests that pass without running, and preparations that nobody awaits."""

from __future__ import annotations

import io
import unittest
import warnings
from pathlib import Path

import pytest

from tests.harm.proof import run_example, write_example

pytest_plugins = ["pytester"]


def outcome(kind: str, number: int, name: str) -> unittest.TestResult:
    """The result of the tests of an example's class."""
    case = getattr(run_example("AUD805", kind, number), name)
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(case)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return unittest.TextTestRunner(stream=io.StringIO()).run(suite)


def test_aud805_a_coroutine_passes_whatever_it_asserts() -> None:
    assert outcome("bad", 0, "PriceTest").wasSuccessful()
    assert len(outcome("good", 0, "PriceTest").failures) == 1


def test_aud805_what_set_up_prepares_is_missing() -> None:
    ((_, trace),) = outcome("bad", 1, "OrderTest").errors
    assert "has no attribute 'orders'" in trace
    assert outcome("good", 1, "OrderTest").wasSuccessful()


def test_aud805_pytest_awaits_them_neither(tmp_path: Path, pytester: pytest.Pytester) -> None:
    write_example("AUD805", "bad", pytester.path, 0)
    pytester.path.joinpath("test_class.py").write_text(
        "class TestOrders:\n"
        "    async def setup_method(self):\n"
        "        raise ValueError\n"
        "    def test_orders(self):\n"
        "        pass\n",
        encoding="utf-8",
    )
    pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider", "-W", "ignore").assert_outcomes(passed=2)
