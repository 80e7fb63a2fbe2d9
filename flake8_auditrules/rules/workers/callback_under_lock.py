"""AUD522: callbacks that are called while the lock of their registry is held."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Option, Rule, Severity
from flake8_auditrules.semantics.lock_callbacks import callbacks_under_lock
from flake8_auditrules.semantics.locks import block_around, locked_blocks


class CallbackUnderLock(Rule):
    """
    ## What it does
    Finds loops over registered callbacks that call them while holding the lock under which others register
    and unregister.

    ## Why it matters
    What a callback does is not known here. When it unsubscribes itself, or waits for a thread that wants to
    subscribe, it waits for the lock that its caller holds: both stand still. And everybody else waits for as
    long as the slowest callback takes.

    ## When to silence it
    When the callbacks are known, quick, and never come back to the registry.
    """

    code = "AUD522"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "0.1.0"
    message = (
        "`{call}` is called with `{lock}` held, which guards `{registry}`; copy it under the lock, call outside"
    )
    examined = "blocks over a lock call no callback"
    options = (Option("reentrant-locks", False, "also report RLock, which its own thread may take again"),)

    bad = (
        """
        import threading

        class Events:
            def __init__(self):
                self._lock = threading.Lock()
                self._listeners = []

            def subscribe(self, listener):
                with self._lock:
                    self._listeners.append(listener)

            def unsubscribe(self, listener):
                with self._lock:
                    self._listeners.remove(listener)

            def publish(self, event):
                with self._lock:
                    for listener in self._listeners:
                        listener(event)  # AUD522
        """,
    )
    good = (
        """
        import threading

        class Events:
            def __init__(self):
                self._lock = threading.Lock()
                self._listeners = []

            def subscribe(self, listener):
                with self._lock:
                    self._listeners.append(listener)

            def unsubscribe(self, listener):
                with self._lock:
                    self._listeners.remove(listener)

            def publish(self, event):
                with self._lock:
                    listeners = list(self._listeners)
                for listener in listeners:
                    listener(event)
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the calls of callbacks under the lock of their registry."""
        for found in callbacks_under_lock(self.module, reentrant=bool(self.option("reentrant-locks"))):
            self.report(
                found.call,
                place=block_around(self.module, found.call),
                call=self.module.call_text(found.call),
                lock=found.lock.text,
                registry=self.module.text(found.registry),
            )
        self.passed_others(block.statement for block in locked_blocks(self.module))
