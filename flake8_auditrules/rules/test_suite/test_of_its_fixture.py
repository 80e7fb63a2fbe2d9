"""AUD802: a test that asserts what it has put there itself."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.test_outcomes import test_functions
from flake8_auditrules.semantics.test_subjects import assertion_about_itself


class TestOfItsFixture(Rule):
    """
    ## What it does
    Finds tests that assert something, and can reach nothing but their own values: constants, mocks that they make
    themselves, and functions of the standard library on these. Nothing of the project is called.

    ## Why it matters
    The test repeats in its assertion what it wrote some lines above. It passes with the code under test deleted,
    and it counts as one of the tests of a feature that nothing tests.

    ## When to silence it
    When the test is there to pin down what Python or a mock does.
    """

    code = "AUD802"
    severity = Severity.LOW
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{assertion}` is about what `{test}` made itself; call the code that it is to test"
    examined = "tests reach more than they make themselves"

    bad = (
        """
        # file: test_orders.py
        from unittest.mock import Mock

        def test_total():
            order = {"prices": [1, 2], "total": 3}
            assert order["total"] == sum(order["prices"])  # AUD802

        def test_payment():
            payment = Mock()
            payment.charge.return_value = "paid"
            assert payment.charge(3) == "paid"  # AUD802
        """,
    )
    good = (
        """
        # file: test_orders.py
        from orders import total

        def test_total():
            assert total([1, 2]) == 3
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the tests that reach nothing but themselves."""
        if not self.module.is_test:
            return
        for test in test_functions(self.module):
            assertion = assertion_about_itself(self.module, test)
            if assertion is None:
                self.passed(test)
            else:
                self.report(assertion, assertion=self.module.text(assertion), test=test.name)
