"""AUD914: a periodic job that is registered although the setting that it needs is empty."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.project.definitions import Definition, function_named
from flake8_auditrules.project.setting_defaults import default_of
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.names import last_name, uncalled

# APScheduler, Celery and `schedule`: where the job stands among the arguments.
_REGISTERING = {"add_job": 0, "add_periodic_task": 1, "do": 0}
_JOB_ARGUMENTS = {"add_job": "func", "add_periodic_task": "sig", "do": "job_func"}
# The decorator of APScheduler.
_SCHEDULING = "scheduled_job"


class UnconditionalRegistration(Rule):
    """
    ## What it does
    Finds periodic jobs of APScheduler, Celery and `schedule` that begin with a test of a setting and return where
    it is empty, as it is unless somebody sets it, and that are registered without a look at the setting.

    ## Why it matters
    The scheduler wakes the job for ever to do nothing, its log and its metrics count runs that succeed, and
    nobody is told that what the job is for never happens.

    ## When to silence it
    When the setting can change while the program runs.
    """

    code = "AUD914"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    call_names = frozenset((*_REGISTERING, _SCHEDULING))
    reach = Reach.CALLEES
    message = "`{job}` runs for ever and does nothing while `{setting}` is empty; register it where that is set"
    examined = "periodic jobs are registered where their settings are there"

    bad = (
        """
        # file: shop/settings.py
        from pydantic_settings import BaseSettings

        class Settings(BaseSettings):
            webhook: str = ""

        settings = Settings()

        # file: shop/jobs.py
        from celery import Celery

        from shop.settings import settings

        app = Celery("shop", broker="memory://", backend="cache+memory://")
        sent = []

        @app.task
        def report():
            if not settings.webhook:
                return
            sent.append(settings.webhook)

        @app.on_after_configure.connect
        def register(sender, **options):
            sender.add_periodic_task(3600, report.s())  # AUD914
        """,
    )
    good = (
        """
        # file: shop/settings.py
        from pydantic_settings import BaseSettings

        class Settings(BaseSettings):
            webhook: str = ""

        settings = Settings()

        # file: shop/jobs.py
        from celery import Celery

        from shop.settings import settings

        app = Celery("shop", broker="memory://", backend="cache+memory://")
        sent = []

        @app.task
        def report():
            sent.append(settings.webhook)

        @app.on_after_configure.connect
        def register(sender, **options):
            if settings.webhook:
                sender.add_periodic_task(3600, report.s())
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a registration of a job that returns at once without a setting that nobody looks at here."""
        module = self.module
        name = last_name(node)
        if module.is_test or not module.imports("apscheduler", "celery", "schedule"):
            return
        if name == _SCHEDULING:
            function = module.parent(node)
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self._look(node, Definition(module, function))
            return
        given = module.argument(node, _JOB_ARGUMENTS[name], _REGISTERING[name])
        if given is None:
            return
        job = uncalled(given)
        if isinstance(job, ast.Attribute) and job.attr in ("s", "si"):
            job = job.value
        self._look(node, self._definition(job))

    def _definition(self, job: ast.expr) -> Definition | None:
        qualname = self.module.qualname(job)
        return function_named(self.project, self.module, qualname) if qualname is not None else None

    def _look(self, place: ast.expr, definition: Definition | None) -> None:
        if definition is None:
            return
        empty = next(self._empty_settings(definition), None)
        if empty is None or self._is_asked_here(place, empty.attr):
            self.passed(place)
        else:
            name = definition.function.name
            self.report(place, job=name, setting=definition.module.source(empty))

    def _empty_settings(self, definition: Definition) -> Iterator[ast.Attribute]:
        """The settings without which a job returns before it does anything, and that are empty unless set."""
        module, function = definition.module, definition.function
        body = function.body
        if ast.get_docstring(function) is not None:
            body = body[1:]
        first = body[0] if body else None
        if not isinstance(first, ast.If) or first.orelse or not isinstance(first.body[-1], ast.Return):
            return
        if first.body[-1].value is not None and module.literal(first.body[-1].value) is not None:
            return
        tests = first.test.values if isinstance(first.test, ast.BoolOp) else [first.test]
        if isinstance(first.test, ast.BoolOp) and not isinstance(first.test.op, ast.Or):
            return
        for test in tests:
            if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
                read: ast.expr = test.operand
            elif isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is):
                read = test.left
            else:
                continue
            if not isinstance(read, ast.Attribute):
                continue
            default = default_of(self.project, module, read)
            if default is not None and isinstance(default.value, ast.Constant) and not default.value.value:
                yield read

    def _is_asked_here(self, place: ast.AST, setting: str) -> bool:
        """Whether a test around a registration, or before it in the same function, reads the setting."""
        module = self.module
        function = module.function_of(place)
        within = (
            module.ancestors(place)
            if function is None or isinstance(function, ast.Lambda)
            else module.own_nodes(function)
        )
        return any(
            isinstance(test, (ast.If, ast.IfExp, ast.While))
            and any(isinstance(part, ast.Attribute) and part.attr == setting for part in ast.walk(test.test))
            for test in within
        )
