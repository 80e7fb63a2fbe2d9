"""What makes a module one that only tests run."""

from __future__ import annotations

import ast
import textwrap

import pytest

from flake8_auditrules.semantics.module import Module


@pytest.mark.parametrize(
    ("text", "is_test"),
    [
        ("import pytest\n@pytest.fixture\ndef client(): ...", True),
        ("import unittest\nclass Jobs(unittest.TestCase):\n    def test_run(self): ...", True),
        (
            "import unittest\nclass Jobs(unittest.IsolatedAsyncioTestCase):\n    async def test_run(self): ...",
            True,
        ),
        ("import unittest\nclass Base(unittest.TestCase):\n    def make(self): ...", False),
        ("class Jobs(library.TestCase):\n    def test_run(self): ...", False),
        ("def fixture(): ...", False),
    ],
)
def test_tests_are_known_by_what_they_hold(text: str, is_test: bool) -> None:
    """Fixtures of pytest and test cases of unittest make one."""
    module = Module(ast.parse(textwrap.dedent(text)), text.splitlines(keepends=True))
    assert module.is_test is is_test
