"""AUD505: a method that ends a key in one dict and leaves it in another."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.keyed_state import missed_registries, paired_registries
from flake8_auditrules.semantics.shared_state import Variable


class CleanupMissesRegistry(Rule):
    """
    ## What it does
    Finds classes, of which one object serves all, that store two entries under one key in one method, and a
    method that cancels, closes or removes the key in one of the two dicts and never touches the other.

    ## Why it matters
    The entry that is left looks alive: a cancelled job is still counted as running, a closed connection is
    still written to, and the memory of each stays.

    ## When to silence it
    When the second dict is a record that is meant to outlive the first.
    """

    code = "AUD505"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    message = (
        "`{ended}` loses the key and `{missed}`, which `{function}` fills with it, does not; remove it there too"
    )
    examined = "dicts that are filled together lose their keys together"

    bad = (
        """
        import time

        class Jobs:
            def __init__(self):
                self.running = {}
                self.started = {}

            def start(self, job_id, job):
                self.running[job_id] = job
                self.started[job_id] = time.time()

            def cancel(self, job_id):
                self.running.pop(job_id, None)  # AUD505

        jobs = Jobs()
        """,
    )
    good = (
        """
        import time

        class Jobs:
            def __init__(self):
                self.running = {}
                self.started = {}

            def start(self, job_id, job):
                self.running[job_id] = job
                self.started[job_id] = time.time()

            def cancel(self, job_id):
                self.running.pop(job_id, None)
                self.started.pop(job_id, None)

        jobs = Jobs()
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the place that ends a key in one of two dicts only."""
        for missed in missed_registries(self.module):
            self.report(
                missed.node,
                place=Variable(missed.owner, missed.missed),
                ended=missed.ended,
                missed=f"self.{missed.missed}",
                function=missed.filled_in,
            )
        self.passed_others(paired_registries(self.module))
