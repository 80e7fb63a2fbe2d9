"""The Celery registry: the tasks, applications and settings of a whole project, and names that no task has."""

from __future__ import annotations

import ast
import fnmatch
from collections.abc import Mapping

from flake8_auditrules.project.celery_facts import (
    Application,
    CeleryFacts,
    Task,
    application_calls,
    celery_facts_of,
)
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.wiring import Wiring
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode

_LIKENESS = 0.85
_FEWEST_OTHERS = 5
_FEWEST_APPLICATIONS = 2
_ROUTING = frozenset(
    {
        "*",
        "**",
        "task_routes",
        "task_queues",
        "task_default_queue",
        "task_default_exchange",
        "task_default_exchange_type",
        "task_default_routing_key",
    }
)
_CONFIGURING = frozenset({"config_source", "changes", "set_as_current", "namespace", "task_cls", "amqp"})
_WILD = frozenset("*?[")


class Registry(NamedTuple):
    """
    What the project's modules, tests left out, say of Celery together.

    `names` are all names under which tasks are, or may be, registered; `explicit` those that are written out;
    `tasks` and `applications` each with the name of their module; `facts` what each module says; `modules` all
    modules of the project with what they import; `is_open` whether some names are not known.
    """

    names: frozenset[str]
    explicit: frozenset[str]
    tasks: tuple[tuple[str, Task], ...]
    applications: tuple[tuple[str, Application], ...]
    facts: Mapping[str, CeleryFacts]
    modules: Mapping[str, Wiring]
    is_open: bool
    renames: bool
    included: frozenset[str]

    def texts(self, setting: str) -> set[str]:
        """The texts of the values that a setting is given anywhere; "?" for one that is worked out."""
        return {one.settings[setting] for one in self.facts.values() if setting in one.settings}

    def has_own_serializers(self) -> bool:
        """Whether a module has to do with kombu's serializers, and so may have added some."""
        return any(
            name.startswith(("kombu.serialization", "kombu.utils.json"))
            for wiring in self.modules.values()
            for name in wiring.imports
        )

    def is_configured_elsewhere(self) -> bool:
        """Whether settings come from an object or module that the project does not show by its name."""
        for one in self.facts.values():
            for given in one.configured_by:
                name = given.partition(" ")[0].partition(":")[0]
                if name == "django.conf":
                    continue
                if name not in self.modules and name.rpartition(".")[0] not in self.modules:
                    return True
        return False


def registry(project: Project, module: Module) -> Registry:
    """What the project says of Celery, the open module as it is in the editor."""
    return module.keep("celery registry", lambda asked: _registry(project, asked))


def _registry(project: Project, module: Module) -> Registry:
    modules = project.wirings()
    facts = {name: wiring.celery for name, wiring in modules.items() if wiring.celery is not None}
    if not module.is_test and module.name not in modules:
        own = module.keep("celery facts", celery_facts_of)
        if own is not None:
            facts[module.name] = own
    facts = {name: _with_names(project, module, one) for name, one in facts.items()}
    included = frozenset(name for one in facts.values() for name in one.included)
    tasks = tuple((name, task) for name, one in facts.items() for task in one.tasks)
    names: set[str] = set()
    for home, task in tasks:
        if task.name is not None:
            names.add(task.name)
            if not task.is_explicit:
                names.update(f"{prefix}.{task.function}" for prefix in included if _is_same(prefix, home))
    return Registry(
        frozenset(names),
        frozenset(task.name for _, task in tasks if task.is_explicit and task.name is not None),
        tasks,
        tuple((name, application) for name, one in facts.items() for application in one.applications),
        facts,
        modules,
        any(one.is_open for one in facts.values()),
        any(one.renames for one in facts.values()),
        included,
    )


def _with_names(project: Project, module: Module, facts: CeleryFacts) -> CeleryFacts:
    """The facts with the names of tasks that are constants of other modules."""
    if not any(task.named_by for task in facts.tasks):
        return facts
    linked = project.elsewhere(module.path)
    tasks: list[Task] = []
    for task in facts.tasks:
        named = linked.constant(task.named_by) if task.named_by else None
        tasks.append(task._replace(name=named) if isinstance(named, str) else task)
    return facts._replace(tasks=tuple(tasks), is_open=any(task.name is None for task in tasks))


def _is_same(one: str, other: str) -> bool:
    """Whether two dotted names may be those of one module, seen from different folders."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def task_called(project: Project, module: Module, receiver: ast.expr) -> Task | None:
    """The Celery task that an expression before `.delay` or `.apply_async` certainly is."""
    qualname = module.qualname(receiver)
    if qualname is None:
        return None
    home, _, function = qualname.rpartition(".")
    holder = module.instances.local_class(home)
    if holder is not None and module.parent(holder) is module.tree:
        # A static method of a class of this module.
        home = module.name
    if home != module.name:
        value = project.elsewhere(module.path).graph.resolve(qualname)
        if value is None or value.kind != "function":
            return None
        home, _, function = value.name.rpartition(".")
    facts = registry(project, module).facts.get(home)
    if facts is None:
        # A static method: its class stands between it and the module.
        facts = registry(project, module).facts.get(home.rpartition(".")[0])
    if facts is None:
        return None
    found = registry(project, module)
    tasks = [task for task in facts.tasks if task.function == function and is_of_celery(found, task)]
    return tasks[0] if tasks else None


def is_of_celery(found: Registry, task: Task) -> bool:
    """Whether a task is certainly one of Celery's: by `shared_task`, or `task` of an application."""
    owner, _, last = task.maker.rpartition(".")
    if last == "shared_task":
        return owner.startswith("celery")
    if last != "task":
        return False
    return "celery" in owner.lower() or any(owner == application.name for _, application in found.applications)


def sends_in_its_own_way(project: Project, module: Module) -> bool:
    """Whether the project has a `delay`, `apply_async` or `send_task` of its own, which may wait for a commit."""
    return any(facts.sends_otherwise for facts in registry(project, module).facts.values())


class Unknown(NamedTuple):
    """A name that no task has, and the name that was probably meant ("" where none is near)."""

    name: str
    nearest: str


def unknown_task(project: Project, module: Module, name: str) -> Unknown | None:
    """
    The name of a task, if no task of the project certainly has it; None in every doubt.

    Doubtful is a name in a package that is not the project's, one of a module in which names are worked out,
    one of something decorated that only does not look like a task, and one that differs from a task's by its
    first packages only, unless an application's own list of modules says which of the two is right.
    """
    found = registry(project, module)
    if not found.names or found.renames:
        return None
    if name in found.names:
        return _by_the_folders_alone(found, name)
    if "." not in name:
        near = _nearest(name, {one for one in found.explicit if "." not in one})
        return Unknown(name, near) if near and not found.is_open else None
    same = sorted(one for one in found.names if "." in one and _ends_alike(one, name))
    if same:
        return _by_another_prefix(found, name, same)
    home = name.rpartition(".")[0]
    candidates = found.names
    if home in found.modules:
        facts = found.facts.get(home)
        if facts is not None and facts.is_open:
            return None
        if (found.is_open and facts is None) or _may_be_task(project, module, name):
            return None
        own = {one for one in found.names if one.rpartition(".")[0] == home}
        # A name that others of the same project look up is most often that of a task of the same module.
        candidates = frozenset(own) if own else found.names
    elif found.is_open or not _is_of_project(found, name):
        return None
    return Unknown(name, _nearest(name, set(candidates)))


def _may_be_task(project: Project, module: Module, name: str) -> bool:
    """Whether a module defines something of this name that may be made a task in some way of its own."""
    split = project.elsewhere(module.path).graph.split(name)
    if split is None:
        return False
    facts, rest = split
    number = facts.named.get(rest)
    found = registry(project, module)
    celery = found.facts.get(facts.name)
    if celery is not None and any(one.function == rest and is_of_celery(found, one) for one in celery.tasks):
        return False
    if number is not None:
        return bool(facts.functions[number].decorators)
    return rest in facts.classes or rest in facts.exports


def _is_of_project(found: Registry, name: str) -> bool:
    """Whether a name begins with a package of the project that registers tasks under such names."""
    first = name.partition(".")[0]
    return first in _registering(found) and any(module.partition(".")[0] == first for module in found.modules)


def _is_within_project(found: Registry, name: str) -> bool:
    """Whether a name begins with a module or package right within a package that registers tasks."""
    first = name.partition(".")[0]
    packages = _registering(found)
    return any(
        parts[0] in packages and first in parts[1:] for parts in (one.split(".", 2)[:2] for one in found.modules)
    )


def _registering(found: Registry) -> set[str]:
    """The first packages of the names that tasks get from their modules."""
    return {task.name.partition(".")[0] for _, task in found.tasks if task.name and not task.is_explicit}


def _ends_alike(one: str, other: str) -> bool:
    """Whether two dotted names have their last two parts in common, or one is the end of the other."""
    return one.rsplit(".", 2)[-2:] == other.rsplit(".", 2)[-2:] or _is_same(one, other)


def _by_another_prefix(found: Registry, name: str, same: list[str]) -> Unknown | None:
    """A name that has the end of a task's, if the worker certainly imports the task's module by another name."""
    home = name.rpartition(".")[0]
    for other in same:
        right = other.rpartition(".")[0]
        if right in found.included and _is_same(right, home) and home not in found.modules:
            if not any(_is_imported(wiring, home) for wiring in found.modules.values()):
                return Unknown(name, other)
    return None


def _by_the_folders_alone(found: Registry, name: str) -> Unknown | None:
    """
    A name that a task has by the folders that its module lies in, where applications import it by another one.

    None where anything imports the module by the folders' name too, and for the module of an application, whose
    name is what the command line of the worker says.
    """
    home, _, function = name.rpartition(".")
    if name in found.explicit or home in found.included or home not in found.modules:
        return None
    others = sorted(one for one in found.included if _is_same(one, home))
    facts = found.facts.get(home)
    if not others or facts is None or facts.applications:
        return None
    if any(_is_imported(wiring, home) for wiring in found.modules.values()):
        return None
    return Unknown(name, f"{others[0]}.{function}")


def _is_imported(wiring: Wiring, module: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for name in wiring.imports)


def _nearest(name: str, names: set[str]) -> str:
    import difflib

    found = difflib.get_close_matches(name, sorted(names), 1, _LIKENESS)
    return found[0] if found else ""


def matches_no_task(project: Project, module: Module, pattern: str) -> bool:
    """Whether a pattern of `task_routes` certainly matches no task that the project has."""
    found = registry(project, module)
    if not found.names or found.is_open or found.renames:
        return False
    if not _WILD & set(pattern):
        return unknown_task(project, module, pattern) is not None
    if any(is_matched(pattern, name) for name in found.names):
        return False
    fixed = pattern
    for sign in _WILD:
        fixed = fixed.partition(sign)[0]
    if "." not in fixed:
        return False
    # The same module by a longer or shorter name would be matched: then only the worker knows its name.
    parts = pattern.split(".")
    for start in range(1, len(parts) - 1):
        end = ".".join(parts[start:])
        if any(is_matched(f"*{end}", name) for name in found.names):
            return False
    if any(is_matched(f"*.{pattern}", name) for name in found.names):
        return False
    return _is_of_project(found, fixed) or _is_within_project(found, fixed)


class Second(NamedTuple):
    """An application without settings, the variable of the one that has them, and what it lacks of these."""

    call: ast.Call
    configured: str
    lacks: str


def second_applications(project: Project, module: Module) -> list[Second]:
    """
    The applications of this module that have no settings, where another one of the same package says what is
    routed where.

    None where any application is configured in a way that does not show which one it is.
    """
    own = module.keep("celery facts", celery_facts_of)
    if own is None or not own.applications:
        return []
    found = registry(project, module)
    if len(found.applications) < _FEWEST_APPLICATIONS:
        return []
    given: dict[str, set[str]] = {}
    for facts in found.facts.values():
        for variable, setting in facts.configured:
            given.setdefault(variable, set()).add(setting)
    if "?" in given:
        return []
    package = _package(module.name)
    routing = sorted(
        application.name
        for home, application in found.applications
        if application.name and _package(home) == package and given.get(application.name, set()) & _ROUTING
    )
    if not routing:
        return []
    brokers = {application.name: application.broker for _, application in found.applications}
    seconds: list[Second] = []
    for call, application in zip(application_calls(module), own.applications, strict=True):
        if application.name in routing or application.name in given or not _is_whole(module, call):
            continue
        other = next((name for name in routing if _same_broker(brokers[name], application.broker)), None)
        if other is None:
            continue
        is_asking = _only_asks(module, call) and bool({"*", "broker_url"} & given[other])
        if not (application.at_import or is_asking or _only_sends(module, call)):
            continue
        if not _is_configured_by_others(project, module, application):
            seconds.append(Second(call, other, "broker" if is_asking else "routes and queues"))
    return seconds


def _is_configured_by_others(project: Project, module: Module, application: Application) -> bool:
    """Whether another module sets something on this application, or on one that it does not name."""
    if project.is_named_elsewhere(module, "conf"):
        return True
    variable = application.name.rpartition(".")[2]
    return bool(variable) and any(
        project.is_named_elsewhere(module, f"{variable}.{attribute}")
        for attribute in ("conf", "config_from_object")
    )


def _package(name: str) -> str:
    """The first package of a module's name; "" for modules that lie in none."""
    return name.partition(".")[0] if "." in name else ""


def _same_broker(one: str, other: str) -> bool:
    return not one or not other or one == other


def _is_whole(module: Module, call: ast.Call) -> bool:
    """Whether an application is assigned to a name, and not configured by its own arguments."""
    parent = module.parent(call)
    if not isinstance(parent, (ast.Assign, ast.AnnAssign)) or module.has_unpacking(call):
        return False
    return not any(keyword.arg in _CONFIGURING for keyword in call.keywords)


def _only_sends(module: Module, call: ast.Call) -> bool:
    """Whether a function makes an application for itself and sends tasks with it."""
    parents = [module.parent(use) for use in _uses_in_function(module, call)]
    return bool(parents) and all(isinstance(one, ast.Attribute) and one.attr == "send_task" for one in parents)


def _only_asks(module: Module, call: ast.Call) -> bool:
    """Whether a function makes an application without a broker, and talks to workers or reads results with it."""
    if len(call.args) > 1 or any(keyword.arg != "main" for keyword in call.keywords):
        return False
    uses = _uses_in_function(module, call)
    return bool(uses) and all(_asks(module, use) for use in uses)


def _asks(module: Module, use: ast.Name) -> bool:
    """Whether a use asks the broker: `app.control`, `Control(app)`, `AsyncResult(key, app=app)`."""
    parent = module.parent(use)
    if isinstance(parent, ast.Attribute):
        return parent.attr in _TALKING
    call = module.parent(parent) if isinstance(parent, ast.keyword) else parent
    if not isinstance(call, ast.Call) or call.func is use:
        return False
    return last_name(call) in _TALKERS and (not isinstance(parent, ast.keyword) or parent.arg == "app")


_TALKING = frozenset({"control", "send_task", "AsyncResult", "GroupResult", "signature"})
_TALKERS = frozenset({"Control", "Inspect", "AsyncResult", "GroupResult"})


def _uses_in_function(module: Module, call: ast.Call) -> list[ast.Name]:
    """The uses of the name that an application gets in the function that makes it; none for one of the module."""
    parent = module.parent(call)
    target = parent.targets[0] if isinstance(parent, ast.Assign) else getattr(parent, "target", None)
    function = module.function_of(call)
    if not isinstance(target, ast.Name) or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return []
    return [use for use in module.names_in(function).get(target.id, ()) if isinstance(use.ctx, ast.Load)]


def forgotten_by_routes(project: Project, module: Module) -> list[tuple[FunctionNode, int]]:
    """The one task of the project that no route matches, if it is this module's, with the number of all others."""
    own = module.keep("celery facts", celery_facts_of)
    if own is None or not own.tasks:
        return []
    found = registry(project, module)
    if found.is_open or found.renames:
        return []
    patterns = [pattern for one in found.facts.values() for pattern in one.routes]
    written = [pattern for pattern in patterns if pattern is not None]
    if not written or len(written) < len(patterns):
        return []
    names: dict[tuple[str, int], list[str]] = {}
    for home, task in found.tasks:
        if task.name is not None and not task.has_queue:
            names.setdefault((home, task.line), []).append(task.name)
    forgotten = [
        place
        for place, registered in names.items()
        if not any(_is_routed(pattern, name) for name in registered for pattern in written)
    ]
    if len(forgotten) != 1 or len(names) <= _FEWEST_OTHERS or forgotten[0][0] != module.name:
        return []
    functions: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
    return [(one, len(names) - 1) for one in functions if one.lineno == forgotten[0][1]]


def _is_routed(pattern: str, name: str) -> bool:
    """Whether a pattern matches a name, also where the worker may know the module by a shorter or longer name."""
    parts = name.split(".")
    return any(is_matched(pattern, ".".join(parts[start:])) for start in range(len(parts))) or (
        is_matched(pattern.partition(".")[2], name) if pattern.count(".") > 1 else False
    )


def is_matched(pattern: str, name: str) -> bool:
    """Whether a pattern of `task_routes` matches a task's name, as Celery does it."""
    return name == pattern if "*" not in pattern else fnmatch.fnmatchcase(name, pattern)
