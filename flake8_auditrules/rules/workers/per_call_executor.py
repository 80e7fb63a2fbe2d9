"""AUD502: an executor made again and again, or never shut down."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import executors
from flake8_auditrules.project.callers import every_caller
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.flow import ExitKind, Raising
from flake8_auditrules.semantics.names import mentions
from flake8_auditrules.semantics.ownership import (
    Outcome,
    Owned,
    is_ended,
    is_handed_over,
    left_open,
    owned_by,
    uses_of,
)
from flake8_auditrules.semantics.programs import is_terminal_program
from flake8_auditrules.semantics.routes import role_of
from flake8_auditrules.semantics.vain_timeouts import vain_timeout

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class PerCallExecutor(Rule):
    """
    ## What it does
    Finds executors and process pools that a function makes and does not shut down on some way out, pools that
    are made anew on each turn of a loop, and pools that a route or task makes for one single job. A pool that a
    function returns is found where a caller, also in another module of the project, never shuts it down. An
    executor has no workers before its first job, so what fails before that leaves nothing behind. It also finds
    executors in a `with` statement in whose block a job is waited for with a timeout.

    ## Why it matters
    An executor that is not shut down keeps its threads or processes until the garbage collector comes by, and
    a busy service piles them up. Starting threads for each turn or request costs more than many of the jobs,
    and no limit holds over all requests together: each brings its own workers. The end of a `with` block waits
    for all jobs, so the timeout of `result` runs out, and the caller goes on waiting for the job that hangs.

    ## When to silence it
    When each turn needs fresh processes on purpose, for instance against memory that a library leaks.
    """

    code = "AUD502"
    severity = Severity.MEDIUM
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    reach = Reach.PROJECT
    calls = executors.POOLS
    message = "`{call}` is {fact}; {cure}"
    examined = "pools are shut down and serve more than one job"

    bad = (
        """
        from concurrent.futures import ThreadPoolExecutor

        def warm_up(load, names):
            pool = ThreadPoolExecutor(max_workers=4)  # AUD502
            return [pool.submit(load, name).result() for name in names]
        """,
        """
        from concurrent.futures import ThreadPoolExecutor

        def convert_all(groups, convert):
            converted = []
            for group in groups:
                with ThreadPoolExecutor(max_workers=4) as pool:  # AUD502
                    converted.extend(pool.map(convert, group))
            return converted
        """,
    )
    good = (
        """
        from concurrent.futures import ThreadPoolExecutor

        def warm_up(load, names):
            with ThreadPoolExecutor(max_workers=4) as pool:
                return list(pool.map(load, names))
        """,
        """
        from concurrent.futures import ThreadPoolExecutor

        def convert_all(groups, convert):
            converted = []
            with ThreadPoolExecutor(max_workers=4) as pool:
                for group in groups:
                    converted.extend(pool.map(convert, group))
            return converted
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a pool that is not shut down, or made where one could serve all turns."""
        module = self.module
        if module.is_test or is_terminal_program(module):
            # What a person runs ends with its pool.
            return
        closers = executors.POOLS[module.called(node, executors.POOLS) or ""]
        owned = owned_by(module, node, closers)
        cure = "use `with`, or make it once for the process"
        fact = self._open_fact(owned, closers)
        if fact is None and self._is_made_each_turn(owned):
            fact, cure = "made anew on each turn of the loop", "make it once before the loop"
        if fact is None and self._serves_one_job(owned):
            fact, cure = "made for a single job", "make one for the process and share it"
        wait = vain_timeout(module, node) if fact is None else None
        if wait is not None:
            fact = f"left only when its job is done, so that the timeout of line {wait.lineno} does not hold"
            cure = "call `shutdown(wait=False)` in place of `with`, or give the job a timeout itself"
        if fact is None and owned.outcome is Outcome.RETURNED:
            place = self._forgetful_caller(owned, closers)
            if place is not None:
                fact, cure = f"returned to {place}, where nothing shuts it down", "use `with` there"
        if fact is None:
            self.passed(node)
        else:
            self.report(node, call=module.call_text(node), fact=fact, cure=cure)

    def _forgetful_caller(self, owned: Owned, closers: tuple[str, ...]) -> str | None:
        """The file and line of a call that gets the pool from the function that makes it, and drops it."""
        function = owned.function
        if not isinstance(function, ast.FunctionDef) or function.decorator_list:
            return None
        for caller in every_caller(self.project, self.module, function):
            given = owned_by(caller.module, caller.call, closers)
            if given.function is None or caller.module.is_test:
                continue
            is_dropped = given.outcome in (Outcome.INLINE, Outcome.DROPPED)
            if is_dropped or (given.outcome is Outcome.LOCAL and not is_ended(caller.module, given, closers)):
                return f"{self.project.relative(caller.module.path)}:{caller.call.lineno}"
        return None

    def _open_fact(self, owned: Owned, closers: tuple[str, ...]) -> str | None:
        if owned.outcome in (Outcome.INLINE, Outcome.DROPPED):
            return "never shut down" if owned.function is not None else None
        if owned.outcome is not Outcome.LOCAL:
            return None
        if not is_ended(self.module, owned, closers):
            return None if self._serves_for_ever(owned) else "never shut down"
        raising = Raising.EXPLICIT if is_handed_over(self.module, owned, closers) else Raising.CALLS
        asked_from = 0
        if self.module.called(owned.call, executors.EXECUTORS) is not None:
            # An executor has no workers before its first job.
            asked_from = self._first_job(owned, closers)
            if asked_from == 0:
                return None
        # Handing a job in does not fail.
        found = left_open(
            self.module, owned, closers, raising=raising, never_fail=("submit",), asked_from=asked_from
        )
        if found is None:
            return None
        if found.kind is ExitKind.RAISE:
            if self._serves_for_ever(owned):
                return None
            return f"not shut down when line {found.origin} raises"
        return f"not shut down on the way out at line {found.line}"

    def _first_job(self, owned: Owned, closers: tuple[str, ...]) -> int:
        """
        The line at which the pool gets its first job, or goes to a call that may give it one; 0 without one.

        Where it is handed over for good on some path, what is not given a job there is nobody's concern.
        """
        is_given = is_handed_over(self.module, owned, closers)
        lines = []
        for use in uses_of(self.module, owned):
            parent = self.module.parent(use)
            if isinstance(parent, ast.Attribute) and parent.attr not in executors.JOBS:
                continue
            if isinstance(parent, ast.Attribute) or not is_given:
                lines.append(use.lineno)
        return min(lines, default=0)

    def _serves_for_ever(self, owned: Owned) -> bool:
        """Whether an endless loop, the work of the whole function, comes after the pool: they end together."""
        statement = self.module.statement(owned.call)
        block = getattr(self.module.parent(statement), "body", [])
        return any(
            isinstance(other, ast.While)
            and isinstance(other.test, ast.Constant)
            and other.lineno > statement.lineno
            for other in block
        )

    def _is_made_each_turn(self, owned: Owned) -> bool:
        """Whether a `for` loop makes the pool, with the same arguments, and lets it go in the same turn."""
        module = self.module
        loop = module.loop_of(owned.call)
        if not isinstance(loop, (ast.For, ast.AsyncFor)) or owned.outcome is not Outcome.ENTERED:
            return False
        if handlers.handler_of(module, owned.call) is not None:
            # What is done instead where something has failed is not done on each turn.
            return False
        turn = {
            name.id for name in ast.walk(loop) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }
        given = [*owned.call.args, *(keyword.value for keyword in owned.call.keywords)]
        if any(mentions(part, turn) for part in given):
            return False
        # A loop that is left after the first pool that did its work is a retry.
        return not any(isinstance(node, (ast.Return, ast.Break)) for node in ast.walk(loop))

    def _serves_one_job(self, owned: Owned) -> bool:
        """Whether a route or task makes the pool to run one call in it."""
        module = self.module
        if not isinstance(owned.function, _FUNCTIONS) or role_of(module, owned.function) is None:
            return False
        parent = module.parent(owned.call)
        if not isinstance(parent, ast.withitem) or not isinstance(parent.optional_vars, ast.Name):
            return False
        name = parent.optional_vars.id
        uses = [
            node for node in module.own_nodes(owned.function) if isinstance(node, ast.Name) and node.id == name
        ]
        loads = [use for use in uses if isinstance(use.ctx, ast.Load)]
        if len(loads) != 1 or module.loop_of(loads[0]) is not None:
            return False
        used = module.parent(loads[0])
        if isinstance(used, ast.Attribute):
            return used.attr == "submit"
        call = used if isinstance(used, ast.Call) else None
        return call is not None and isinstance(call.func, ast.Attribute) and call.func.attr == "run_in_executor"
