"""Time limits of Celery's tasks: which tasks of the project talk to the network without any."""

from __future__ import annotations

from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.project.celery_registry import Registry, is_of_celery, registry
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module

_LIMITS = ("task_time_limit", "task_soft_time_limit", "task_annotations")
_MOST_FUNCTIONS = 60
# One such task alone seldom takes all processes of a worker.
_FEWEST_TASKS = 3
_FOR_TESTS = frozenset({"test", "tests", "testing"})


def unlimited_tasks(project: Project, module: Module) -> list[str]:
    """
    The qualified names of the tasks that make network calls and have no time limit, in a fixed order.

    None where there are only one or two, where a limit is set anywhere, where settings may come from what the
    project does not show, and for a module that is there for tests.
    """
    if not _FOR_TESTS.isdisjoint(module.name.split(".")):
        return []
    found = registry(project, module)
    if any(found.texts(setting) for setting in _LIMITS) or not shows_its_settings(found):
        return []
    linked = project.elsewhere(module.path)
    own = {application.name for home, application in found.applications if home == module.name}
    others = {application.name for _, application in found.applications} - own
    names = sorted(
        {
            f"{home}.{task.function}"
            for home, task in found.tasks
            if not task.has_limit and is_of_celery(found, task) and task.maker.rpartition(".")[0] not in others
        }
    )
    unlimited = [name for name in names if linked.effects.nearest((name, ""), {Effect.NETWORK}, _MOST_FUNCTIONS)]
    return unlimited if len(unlimited) >= _FEWEST_TASKS else []


def shows_its_settings(found: Registry) -> bool:
    """Whether all settings of the project's applications are written in its modules."""
    if found.is_configured_elsewhere():
        return False
    for facts in found.facts.values():
        if any(setting == "**" or variable == "?" for variable, setting in facts.configured):
            return False
        for given in facts.configured_by:
            if given.startswith("django.conf") and not any("settings" in name for name in found.modules):
                return False
    return True
