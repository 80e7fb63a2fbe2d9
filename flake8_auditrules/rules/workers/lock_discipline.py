"""AUD520: state that is guarded by a lock in one place and changed without it in another."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Option, Rule, Severity
from flake8_auditrules.semantics.lock_discipline import guarded_variables, undisciplined


class LockDiscipline(Rule):
    """
    ## What it does
    Finds attributes and module variables that one method writes under a lock and another one writes, or goes
    through in a loop, without it, where one of the two is certain to spoil the other some day: a loop breaks off
    since entries come or go, a count is lost between read and write, an entry that was asked for is gone, what
    is added is dropped with what the lock's holder has just gone through. Both must be open to others, or run in
    threads that the module starts. Plain stores that nobody works on, lists that are gone through, figures for
    people (`stats`, `metrics`), what is registered, what most functions change without the lock, locks that are
    named after something else, and what runs before the start or at the end are left alone. Under an
    `asyncio.Lock` only what its holder reads before an `await` and writes after it, or loops over with one, needs
    the lock: the rest happens in one go. Caches that are emptied while the lock's holder loads them are told.

    ## Why it matters
    A lock keeps out only those who take it. Where one place changes the state without it, an increment is
    lost between another thread's read and write, an entry that was just added is dropped with the old
    dictionary, or a loop ends with `dictionary changed size during iteration`; all of it rarely, under load,
    and never in a test.

    ## When to silence it
    When the place runs while no other thread can: before the workers are started, or after they are joined.
    """

    code = "AUD520"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{variable}` is {done} without `{lock}`, which guards it in `{function}`; take the lock here too"
    examined = "variables written under a lock are never used without it"
    options = (Option("plain-reads", False, "also report plain reads without the lock"),)

    bad = (
        """
        import threading

        class Counter:
            def __init__(self):
                self._lock = threading.Lock()
                self.total = 0

            def add(self, amount):
                with self._lock:
                    self.total += amount

            def add_one(self):
                self.total += 1  # AUD520
        """,
        """
        import threading

        class Subscribers:
            def __init__(self):
                self._lock = threading.Lock()
                self._queues = {}

            def subscribe(self, name, queue):
                with self._lock:
                    self._queues[name] = queue

            def publish(self, message):
                for queue in self._queues.values():  # AUD520
                    queue.put(message)
        """,
    )
    good = (
        """
        import threading

        class Counter:
            def __init__(self):
                self._lock = threading.Lock()
                self.total = 0

            def add(self, amount):
                with self._lock:
                    self._add(amount)

            def add_one(self):
                with self._lock:
                    self._add(1)

            def _add(self, amount):
                self.total += amount
        """,
        """
        import threading

        class Subscribers:
            def __init__(self):
                self._lock = threading.Lock()
                self._queues = {}

            def subscribe(self, name, queue):
                with self._lock:
                    self._queues[name] = queue

            def publish(self, message):
                with self._lock:
                    queues = list(self._queues.values())
                for queue in queues:
                    queue.put(message)
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report each variable once for each function that uses it without its lock."""
        if self.module.is_test:
            return
        for found in undisciplined(self.module, plain_reads=bool(self.option("plain-reads"))):
            name = found.node.attr if isinstance(found.node, ast.Attribute) else found.node.id
            self.report(
                found.node,
                place=name,
                variable=found.text,
                done=found.done,
                lock=found.lock,
                function=found.guarded_in,
            )
        self.passed_others(guarded_variables(self.module))
