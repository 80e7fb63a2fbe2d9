"""AUD523: a lock that its holder takes again, and two locks that are taken in both orders."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.locks import LockKind
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.lock_order import crossings, taken_again
from flake8_auditrules.semantics.locks import block_around, locked_blocks


class LockOrder(Rule):
    """
    ## What it does
    Finds methods that hold a plain lock and call one that takes the same lock again, and pairs of locks that
    one function takes in one order and another function in the other.

    ## Why it matters
    A `Lock` does not know who holds it: taking it again waits for oneself, for ever, the first time the line
    runs. Two locks in opposite orders stand still when two threads come at once, each with one lock and
    waiting for the other: under load, weeks later.

    ## When to silence it
    When another part of the program keeps the two functions from running at once.
    """

    code = "AUD523"
    severity = Severity.HIGH
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{code}` {fact}; {cure}"
    examined = "blocks over a lock keep to one order of locks"

    bad = (
        """
        import threading

        class Ledger:
            def __init__(self):
                self._lock = threading.Lock()
                self.rows = []

            def add(self, row):
                with self._lock:
                    self.rows.append(row)
                    return self.count()  # AUD523

            def count(self):
                with self._lock:
                    return len(self.rows)
        """,
        """
        import threading

        class Accounts:
            def __init__(self):
                self._savings = threading.Lock()
                self._current = threading.Lock()

            def save(self, work):
                with self._current:
                    with self._savings:
                        work()

            def spend(self, work):
                with self._savings:
                    with self._current:  # AUD523
                        work()
        """,
    )
    good = (
        """
        import threading

        class Ledger:
            def __init__(self):
                self._lock = threading.RLock()
                self.rows = []

            def add(self, row):
                with self._lock:
                    self.rows.append(row)
                    return self.count()

            def count(self):
                with self._lock:
                    return len(self.rows)
        """,
        """
        import threading

        class Accounts:
            def __init__(self):
                self._savings = threading.Lock()
                self._current = threading.Lock()

            def save(self, work):
                with self._current, self._savings:
                    work()

            def spend(self, work):
                with self._current, self._savings:
                    work()
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report what waits for itself, and the later place of each pair of opposite orders."""
        for again in taken_again(self.module):
            if isinstance(again.node, ast.Call) and again.through:
                code = self.module.call_text(again.node)
                fact = f"takes `{again.lock.text}` again, which is held here ({' -> '.join(again.through)})"
            else:
                code, fact = again.lock.text, "is taken again while it is held"
            cure = "call what expects it held" if again.lock.is_kind(LockKind.TASK) else "use `threading.RLock`"
            place = block_around(self.module, again.node)
            self.report(again.node, place=place, code=code, fact=fact, cure=cure)
        for crossing in crossings(self.module):
            other = f"`{crossing.other_function}` takes them the other way round"
            fact = f"is taken while `{crossing.first.text}` is held, and {other}"
            place = block_around(self.module, crossing.node)
            self.report(
                crossing.node, place=place, code=crossing.second.text, fact=fact, cure="take them in one order"
            )
        self.passed_others(block.statement for block in locked_blocks(self.module))
