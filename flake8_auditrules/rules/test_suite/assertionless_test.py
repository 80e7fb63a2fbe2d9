"""AUD803: a test that passes whatever the code under test does."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.test_outcomes import Flaw, Outcome, outcomes, test_functions

_CURES = {
    Flaw.EMPTY: "write it, skip it with a reason, or remove it",
    Flaw.SWALLOWED_ASSERTION: "let it fail, or use `pytest.raises`",
    Flaw.SWALLOWED_FAILURE: "let it fail, or use `pytest.raises`",
    Flaw.UNSEEN_RESPONSE: "assert the status",
    Flaw.UNSEEN_RESULT: "assert something of it",
}


class AssertionlessTest(Rule):
    """
    ## What it does
    Finds tests that pass whatever the code under test does: those without any statement, those whose
    `except Exception:` swallows the failures of their own assertions or of the whole test, and those that send a
    request to the application or end with a call, and look at no answer or result.

    ## Why it matters
    The test is counted, shows up as green, and covers the lines that it runs. The day the code breaks it stays
    green: an `AssertionError` is an `Exception`, and a test client answers 404 or 500 without raising.

    ## When to silence it
    When the test is there to see that nothing is raised: say so in its name (`test_..._does_not_raise`).
    """

    code = "AUD803"
    severity = Severity.MEDIUM
    category = Category.INCONSISTENCY
    since = "0.1.0"
    message = "`{shown}` {fact}; {cure}"
    examined = "tests can fail"

    bad = (
        """
        # file: test_orders.py
        from orders import app, total

        client = app.test_client()

        def test_total():
            try:
                assert total([1, 2]) == 3
            except Exception as error:  # AUD803
                print("total failed:", error)

        def test_order_is_found():  # AUD803
            response = client.get("/orders/1")
            print(response.json)
        """,
        """
        # file: test_orders.py
        def test_order_is_deleted():  # AUD803
            pass
        """,
    )
    good = (
        """
        # file: test_orders.py
        from orders import app, total

        client = app.test_client()

        def test_total():
            assert total([1, 2]) == 3

        def test_order_is_found():
            response = client.get("/orders/1")
            assert response.status_code == 200
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the tests that cannot fail."""
        if not self.module.is_test:
            return
        for test in test_functions(self.module):
            found = outcomes(self.module, test)
            for outcome in found:
                shown, fact = self._told(test, outcome)
                self.report(outcome.node, place=test, shown=shown, fact=fact, cure=_CURES[outcome.flaw])
            if not found:
                self.passed(test)

    def _told(self, test: FunctionNode, outcome: Outcome) -> tuple[str, str]:
        """The code that a message shows, and what it says of it."""
        if outcome.flaw is Flaw.EMPTY:
            return test.name, "has no statement and always passes"
        if outcome.flaw is Flaw.UNSEEN_RESPONSE:
            return self.module.text(outcome.about), f"gets an answer at which `{test.name}` does not look"
        if outcome.flaw is Flaw.UNSEEN_RESULT:
            return self.module.text(outcome.about), f"gives a result at which `{test.name}` does not look"
        clause = self.module.source(outcome.node).partition(":")[0]
        if outcome.flaw is Flaw.SWALLOWED_ASSERTION:
            return clause, f"takes the failure of `{self.module.text(outcome.about, 40)}` as well"
        return clause, f"takes whatever fails in `{test.name}`, which always passes"
