"""AUD909: worker processes that are used for very many tasks."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.model_loading import GPU_LIBRARIES
from flake8_auditrules.project.celery_facts import application_calls
from flake8_auditrules.project.celery_limits import shows_its_settings
from flake8_auditrules.project.celery_registry import registry
from flake8_auditrules.rule import Category, Option, Reach, Rule, Severity
from flake8_auditrules.semantics.celery_settings import settings_named
from flake8_auditrules.semantics.programs import is_example

_SETTING = "worker_max_tasks_per_child"
_LIMITS = frozenset({_SETTING, "worker_max_memory_per_child"})


class HighTaskReuse(Rule):
    """
    ## What it does
    Finds a `worker_max_tasks_per_child` of over a thousand (option `most-tasks`), and Celery applications that
    set neither it nor `worker_max_memory_per_child` although a module with tasks imports a library that keeps
    memory of the graphics card.

    ## Why it matters
    What a task leaves behind, in fragments of memory, caches of libraries and contexts of the graphics card, stays
    for as long as the worker's process lives. A process that is never replaced grows until the system ends it, in
    the middle of a task.

    ## When to silence it
    When the command that starts the workers has `--max-tasks-per-child`, or the memory has been watched for weeks.
    """

    code = "AUD909"
    severity = Severity.INFO
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    message = "`{shown}` {fact}; set `worker_max_tasks_per_child` to some hundred tasks"
    examined = "worker processes are replaced after some tasks"
    reach = Reach.PROJECT
    options = (Option("most-tasks", 1000, "so many tasks of one process are not reported"),)

    bad = (
        """
        from celery import Celery

        app = Celery("shop", broker="redis://localhost/0")
        app.conf.worker_max_tasks_per_child = 100000  # AUD909

        @app.task
        def resize(path):
            return path
        """,
        """
        import torch
        from celery import Celery

        app = Celery("shop", broker="redis://localhost/0")  # AUD909

        @app.task
        def embed(numbers):
            return torch.tensor(numbers).norm().item()
        """,
    )
    good = (
        """
        import torch
        from celery import Celery

        app = Celery("shop", broker="redis://localhost/0")
        app.conf.worker_max_tasks_per_child = 200

        @app.task
        def embed(numbers):
            return torch.tensor(numbers).norm().item()
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report high limits that the module sets, and applications without one whose tasks need it."""
        module = self.module
        if module.is_test or is_example(module):
            return
        most = int(self.option("most-tasks"))  # type: ignore[arg-type]
        given = settings_named(module, _SETTING)
        for one in given:
            value = module.literal(one.value)
            if isinstance(value, int) and value > most:
                self.report(one.place, shown=one.key, fact=f"lets one process run {value} tasks")
            else:
                self.passed(one.place)
        calls = [] if given else application_calls(module)
        if calls and self._keeps_memory():
            fact = "never replaces its processes, whose tasks keep memory of the graphics card"
            for call in calls:
                self.report(call, shown=module.call_text(call), fact=fact)

    def _keeps_memory(self) -> bool:
        """Whether a module with tasks imports a library of `GPU_LIBRARIES`, and nothing limits the processes."""
        found = registry(self.project, self.module)
        if not shows_its_settings(found):
            return False
        if any(setting in _LIMITS for facts in found.facts.values() for _, setting in facts.configured):
            return False
        if any(found.texts(limit) for limit in _LIMITS):
            return False
        homes = {home for home, _ in found.tasks}
        return any(
            imported.partition(".")[0] in GPU_LIBRARIES
            for home in homes
            if home in found.modules
            for imported in found.modules[home].imports
        )
