"""AUD805: a coroutine where the test runner calls a plain method, and awaits nothing."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.test_classes import AWAITING_CLASS, Runner, keeps_to_runner, runner_of

_FIXTURES = {
    Runner.PLAIN_CASE: {
        "setUp": "`IsolatedAsyncioTestCase`",
        "tearDown": "`IsolatedAsyncioTestCase`",
        "setUpClass": "`asyncio.run`",
        "tearDownClass": "`asyncio.run`",
    },
    Runner.AWAITING_CASE: {
        "setUp": "`asyncSetUp`",
        "tearDown": "`asyncTearDown`",
        "setUpClass": "`asyncio.run`",
        "tearDownClass": "`asyncio.run`",
    },
    Runner.PYTEST: {
        "setup_method": "an async fixture",
        "teardown_method": "an async fixture",
        "setup_class": "an async fixture",
        "teardown_class": "an async fixture",
    },
}


class UnawaitedCoroutineInTest(Rule):
    """
    ## What it does
    Finds `async def` methods that the test runner calls like plain ones: tests of a `unittest.TestCase`, its
    `setUp`, `tearDown`, `setUpClass` and `tearDownClass` (`IsolatedAsyncioTestCase` does not await these four
    either), and `setup_method`, `setup_class` and their counterparts of pytest's test classes.

    ## Why it matters
    Calling a coroutine function runs nothing of it. The test passes whatever its assertions say, or runs
    without what its `setUp` was to prepare; a warning about a coroutine that was never awaited is all that tells.
    The markers and the automatic mode of pytest-asyncio do not reach methods of a `TestCase`.

    ## When to silence it
    When a test runner of the project's own awaits these methods.
    """

    code = "AUD805"
    severity = Severity.HIGH
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{method}` of `{owner}` is a coroutine that nothing awaits, so none of it runs; use {cure}"
    examined = "coroutines of test classes are awaited by the test runner"

    bad = (
        """
        # file: test_prices.py
        import unittest

        class PriceTest(unittest.TestCase):
            async def test_price_of_nothing(self):  # AUD805
                self.assertEqual(await price_of([]), 0)

        async def price_of(items):
            return 1
        """,
        """
        # file: test_orders.py
        import unittest

        class OrderTest(unittest.IsolatedAsyncioTestCase):
            async def setUp(self):  # AUD805
                self.orders = await load_orders()

            async def test_orders(self):
                self.assertEqual(self.orders, [])

        async def load_orders():
            return []
        """,
    )
    good = (
        """
        # file: test_prices.py
        import unittest

        class PriceTest(unittest.IsolatedAsyncioTestCase):
            async def test_price_of_nothing(self):
                self.assertEqual(await price_of([]), 0)

        async def price_of(items):
            return 1
        """,
        """
        # file: test_orders.py
        import unittest

        class OrderTest(unittest.IsolatedAsyncioTestCase):
            async def asyncSetUp(self):
                self.orders = await load_orders()

            async def test_orders(self):
                self.assertEqual(self.orders, [])

        async def load_orders():
            return []
        """,
    )

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Report a coroutine that a test runner calls as a plain method."""
        owner = self.module.class_of(node)
        if owner is None or not self.module.is_test:
            return
        fixture = any(node.name in names for names in _FIXTURES.values())
        if not fixture and not node.name.startswith("test"):
            return
        runner = runner_of(self.module, owner)
        if runner is None:
            return
        if runner is Runner.AWAITING_CASE and not fixture:
            self.passed(node)
            return
        cure = _FIXTURES[runner].get(node.name)
        if cure is None and (runner is not Runner.PLAIN_CASE or fixture):
            return
        if keeps_to_runner(self.module, node):
            self.report(node, method=node.name, owner=owner.name, cure=cure or f"`{AWAITING_CLASS}`")
