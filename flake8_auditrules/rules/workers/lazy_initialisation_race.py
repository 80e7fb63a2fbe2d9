"""AUD524: a shared object that threads make on first use, with no lock."""

from __future__ import annotations

import ast

from flake8_auditrules.project.threads import holds_something, thread_elsewhere
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.first_use import (
    Filled,
    filled_at_first_call,
    filled_in_threads,
    stored,
    tests_in_threads,
)
from flake8_auditrules.semantics.shared_state import says_none_is_needed


class LazyInitialisationRace(Rule):
    """
    ## What it does
    Finds functions that make a shared object when they find none (`if client is None: client = Client()`),
    with no lock, and that several threads run: threads and executors of this module, and plain `def` routes and
    dependencies, here and in other files, which run in a pool of threads. What a lifespan calls first is left out.

    ## Why it matters
    Two threads find nothing there, and both make one. The first is overwritten: its connections stay open, and
    what was already stored in it is gone for the others.

    ## When to silence it
    When making it twice does no harm, or it is always made before the threads start.
    """

    code = "AUD524"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    reach = Reach.PROJECT
    message = "`{variable}` is made twice when two threads come at once (from {runner}); test it under a lock"
    examined = "lazily filled variables of threads are filled once"

    bad = (
        """
        import threading

        class Registry:
            def __init__(self):
                self.names = []

        registry = None

        def get_registry():
            global registry
            if registry is None:
                registry = Registry()  # AUD524
            return registry

        def work(name):
            get_registry().names.append(name)

        def start(names):
            return [threading.Thread(target=work, args=(name,)) for name in names]
        """,
    )
    good = (
        """
        import threading

        class Registry:
            def __init__(self):
                self.names = []

        registry = None
        lock = threading.Lock()

        def get_registry():
            global registry
            if registry is None:
                with lock:
                    if registry is None:
                        registry = Registry()
            return registry

        def work(name):
            get_registry().names.append(name)

        def start(names):
            return [threading.Thread(target=work, args=(name,)) for name in names]
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report what several threads may make at once."""
        found = [
            (filled, runner)
            for filled, runner in filled_in_threads(self.module)
            if self._holds(filled) is not False and not says_none_is_needed(self.module, filled.function)
        ]
        for filled in filled_at_first_call(self.module):
            if says_none_is_needed(self.module, filled.function):
                continue
            runner = thread_elsewhere(self.project, self.module, filled.function)
            if runner is not None and self._holds(filled):
                found.append((filled, runner))
        for filled, runner in found:
            variable = self.module.text(filled.write.node)
            self.report(filled.write.node, place=filled.test, variable=variable, runner=runner)
        self.passed_others(tests_in_threads(self.module))

    def _holds(self, filled: Filled) -> bool | None:
        """Whether what is made holds something that is lost with the first of two; None where nobody knows."""
        made = stored(self.module, filled.write)
        return holds_something(self.project, self.module, made) if made is not None else None
