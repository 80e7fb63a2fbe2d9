"""AUD801: a test whose name says 404, and that asserts 200."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.test_outcomes import test_functions
from flake8_auditrules.semantics.test_statuses import asserted_statuses, promised_status


class TestNameStatusMismatch(Rule):
    """
    ## What it does
    Finds tests whose name says which status the application answers (`test_missing_order_returns_404`), where the
    test asserts another one and the promised number stands nowhere in it.

    ## Why it matters
    One of the two is wrong. Mostly the assertion was changed to what the code happened to answer, and the name
    still tells what was meant: the list of passed tests then says that a missing order is a 404, which it is not.

    ## When to silence it
    When the number in the name is the status of somebody else, whom the test replaces.
    """

    code = "AUD801"
    severity = Severity.MEDIUM
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{test}` asserts status {asserted} and nowhere {promised}; assert what its name says, or rename it"
    examined = "tests assert the status that their names say"

    bad = (
        """
        # file: test_orders.py
        from orders import app

        def test_missing_order_returns_404():  # AUD801
            response = app.test_client().get("/orders/0")
            assert response.status_code == 200
        """,
    )
    good = (
        """
        # file: test_orders.py
        from orders import app

        def test_missing_order_returns_404():
            response = app.test_client().get("/orders/0")
            assert response.status_code == 404
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the tests that assert another status than their names say."""
        if not self.module.is_test:
            return
        for test in test_functions(self.module):
            promised = promised_status(test.name)
            if promised is None:
                continue
            asserted = asserted_statuses(self.module, test, promised)
            if asserted:
                self.report(test, test=test.name, asserted=str(asserted[-1]), promised=str(promised))
            else:
                self.passed(test)
