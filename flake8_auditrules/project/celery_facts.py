"""
Celery facts: what one module says of Celery applications, tasks and their names; by its own text alone.

The names of tasks are taken generously: what looks like a task counts, since these names tell which others
are unknown.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_auditrules.knowledge import celery
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.celery_settings import (
    dict_behind,
    mentions_celery,
    settings,
    text_of,
    value_behind,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_REGISTERING = frozenset({"register_task", "register"})
_CHANGING = frozenset({"gen_task_name", *celery.SENDING})
_KEPT_SETTINGS = frozenset(
    {
        "task_default_exchange_type",
        "task_default_exchange",
        "task_default_routing_key",
        "task_default_queue",
        "task_create_missing_queue_exchange_type",
        "task_serializer",
        "accept_content",
        "task_time_limit",
        "task_soft_time_limit",
        "task_annotations",
    }
)


class Application(NamedTuple):
    """
    One `Celery(...)`: the qualified name of the variable that holds it ("" where none does), its 1-based line,
    the texts of its main name and of its broker ("" where not given), and whether the module itself makes it.
    """

    name: str
    line: int
    main: str
    broker: str
    at_import: bool


class Task(NamedTuple):
    """
    One task: the name under which it is registered (None: worked out at run time), the name of its function
    or class in the module, its 1-based line, whether the name is written out, whether it names its own queue,
    whether it has, or may have, its own time limit,
    its own serializer ("" where it names none), the qualified name of the decorator ("?" where not known), and
    that of the variable which holds the task's name where that is another module's ("" for all others).
    """

    name: str | None
    function: str
    line: int
    is_explicit: bool
    has_queue: bool
    has_limit: bool
    serializer: str
    maker: str
    named_by: str = ""


class CeleryFacts(NamedTuple):
    """
    `tasks` are all that look like tasks; `is_open` tells that the module registers tasks under names that are
    not known, `renames` that it changes how names are made; `included` are the modules that an application is
    told to import; `routes` the patterns of `task_routes` (None for one that is worked out);
    `published` the pairs of exchange and routing key that are published to by name; `settings` the texts of
    some settings ("?" for values that are worked out); `configured_by` the objects and modules whose
    attributes are the configuration; `configured` the variables of applications ("?" for other receivers) with
    each setting that they get ("*" for all that an object has, "**" for what is worked out); `sends_otherwise`
    whether the module has its own `delay`, `apply_async` or `send_task`.
    """

    applications: tuple[Application, ...]
    tasks: tuple[Task, ...]
    is_open: bool
    renames: bool
    included: tuple[str, ...]
    routes: tuple[str | None, ...]
    published: tuple[tuple[str, str], ...]
    settings: dict[str, str]
    configured_by: tuple[str, ...]
    configured: tuple[tuple[str, str], ...]
    sends_otherwise: bool


def to_plain_celery(facts: CeleryFacts | None) -> tuple[object, ...]:
    """The facts in built-in containers only, for storage; an empty tuple where there are none."""
    if facts is None:
        return ()
    return (tuple(map(tuple, facts.applications)), tuple(map(tuple, facts.tasks)), *facts[2:])


def from_plain_celery(plain: Sequence[object]) -> CeleryFacts | None:
    """The facts out of what `to_plain_celery` gave. Raises TypeError or ValueError for anything else."""
    if not plain:
        return None
    facts = CeleryFacts(*plain)  # type: ignore[arg-type]
    return facts._replace(
        applications=tuple(Application(*one) for one in facts.applications),
        tasks=tuple(Task(*one) for one in facts.tasks),
    )


def celery_facts_of(module: Module) -> CeleryFacts | None:
    """What the module says of Celery; None for the many that say nothing."""
    tasks, own_functions = _decorated_tasks(module)
    renames = "gen_task_name" in own_functions
    sends_otherwise = not own_functions.isdisjoint(celery.SENDING)
    if not mentions_celery(module):
        # Subclasses of the project's own task classes need not import Celery.
        tasks.extend(one for one in _task_classes(module) if one.is_explicit and one.name is not None)
        if not tasks and not renames and not settings(module):
            return None
        published = tuple(_published(module)) if tasks else ()
        given = {one.name: _written(one.value) for one in settings(module) if one.name in _KEPT_SETTINGS}
        routes = tuple(_routes(module))
        if not tasks and not given and not routes and not renames:
            return None
        return CeleryFacts(
            (), tuple(tasks), _is_open(tasks), renames, (), routes, published, given, (), (), sends_otherwise
        )
    tasks.extend(_task_classes(module))
    applications = tuple(_applications(module))
    tasks.extend(_registered_by_call(module))
    for application in applications:
        if application.main:
            # A module that is run as a program registers its tasks under the application's main name.
            own = [one for one in tasks if one.function and not one.is_explicit]
            tasks.extend(one._replace(name=f"{application.main}.{one.function}") for one in own)
    given = {one.name: _written(one.value) for one in settings(module) if one.name in _KEPT_SETTINGS}
    return CeleryFacts(
        applications,
        tuple(tasks),
        _is_open(tasks),
        renames,
        tuple(dict.fromkeys(_included(module))),
        tuple(_routes(module)),
        tuple(_published(module)),
        given,
        tuple(_configured_by(module)),
        tuple(dict.fromkeys(_configured(module))),
        sends_otherwise,
    )


def _is_open(tasks: Sequence[Task]) -> bool:
    return any(task.name is None for task in tasks)


def _written(value: ast.expr) -> str:
    """The text of a constant; "?" for a value that is worked out."""
    if isinstance(value, ast.Constant):
        return str(value.value)
    if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        return " ".join(_written(element) for element in value.elts)
    return "?"


# -- tasks -------------------------------------------------------------------------------------------------


def _decorated_tasks(module: Module) -> tuple[list[Task], set[str]]:
    """The functions with a decorator that has "task" in its name, and the functions that change Celery's ways."""
    found: list[Task] = []
    changing: set[str] = set()
    for kind in _FUNCTIONS:
        for function in module.nodes(kind):
            if function.name in _CHANGING:  # type: ignore[attr-defined]
                changing.add(function.name)  # type: ignore[attr-defined]
            decorators: list[ast.expr] = function.decorator_list  # type: ignore[attr-defined]
            if not decorators:
                continue
            for decorator in decorators:
                target = uncalled(decorator)
                last = last_name(target)
                if _is_called_task(last):
                    found.append(_task(module, function.name, function.lineno, decorator))  # type: ignore[attr-defined]
    return found, changing


def _task(module: Module, function: str, line: int, decorator: ast.expr) -> Task:
    own = f"{module.name}.{function}" if module.name else function
    maker = variable_of(module, uncalled(decorator))
    if not isinstance(decorator, ast.Call):
        return Task(own, function, line, False, False, False, "", maker)
    name: str | None = own
    is_explicit = has_queue = has_limit = False
    serializer = named_by = ""
    for keyword in decorator.keywords:
        if keyword.arg == "name":
            if not (isinstance(keyword.value, ast.Constant) and keyword.value.value is None):
                name, is_explicit = _literal(module, keyword.value), True
                if name is None:
                    named_by = module.qualname(keyword.value) or ""
        elif keyword.arg is None:
            name = None
        elif keyword.arg in ("queue", "exchange", "routing_key"):
            has_queue = True
        elif keyword.arg in ("time_limit", "soft_time_limit", "base"):
            has_limit = True
        elif keyword.arg == "serializer":
            serializer = _written(keyword.value)
    first = text_of(decorator.args[0]) if decorator.args else None
    if first is not None and not is_explicit:
        name, is_explicit = first, True
    return Task(name, function, line, is_explicit, has_queue, has_limit, serializer, maker, named_by)


def _literal(module: Module, expression: ast.expr) -> str | None:
    return text_of(value_behind(module, expression))


def _task_classes(module: Module) -> Iterator[Task]:
    """The classes whose base has "Task" in its name: one name by themselves, one as they write it."""
    for node in module.nodes(ast.ClassDef):
        bases = [last_name(base) for base in node.bases]
        if not any("Task" in base for base in bases):
            continue
        yield Task(f"{module.name}.{node.name}", node.name, node.lineno, False, False, True, "", "?")
        for statement in node.body:
            if isinstance(statement, ast.Assign):
                target, value = statement.targets[0], statement.value
            elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
                target, value = statement.target, statement.value
            else:
                continue
            if isinstance(target, ast.Name) and target.id == "name":
                yield Task(_literal(module, value), node.name, node.lineno, True, False, True, "", "?")


def _registered_by_call(module: Module) -> Iterator[Task]:
    """Tasks made by `app.task(f)`, `app.task(name=...)(f)` and `app.register_task(...)`."""
    for call in module.calls_named("task", "shared_task"):
        holder = module.parent(call)
        if isinstance(holder, _FUNCTIONS):
            continue
        given = holder.args if isinstance(holder, ast.Call) and holder.func is call else call.args
        function = given[0].id if given and isinstance(given[0], ast.Name) else ""
        made = _task(module, function, call.lineno, call)
        if not function and not made.is_explicit and _is_in_decorator(module, call):
            continue
        yield made if function or made.is_explicit else made._replace(name=None)
    for call in module.calls_named(*_REGISTERING):
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        last = last_name(owner)
        is_registry = isinstance(call.func, ast.Attribute) and (
            call.func.attr == "register_task" or last in ("tasks", "task_registry", "registry")
        )
        given_class = call.args[0].func if call.args and isinstance(call.args[0], ast.Call) else None
        if is_registry and not isinstance(given_class or (call.args[0] if call.args else None), ast.Name):
            yield Task(None, "", call.lineno, True, False, True, "", "?")


def _is_in_decorator(module: Module, call: ast.Call) -> bool:
    """Whether a task is made in a decorator of the project: the functions that it decorates are tasks by name."""
    return any(
        isinstance(around, _FUNCTIONS) and _is_called_task(around.name) for around in module.ancestors(call)
    )


def _is_called_task(name: str) -> bool:
    return "task" in name.lower() or name in ("actor", "job")


# -- applications ------------------------------------------------------------------------------------------


def _applications(module: Module) -> Iterator[Application]:
    for call in application_calls(module):
        parent = module.parent(call)
        variable = ""
        target = parent.targets[0] if isinstance(parent, ast.Assign) else getattr(parent, "target", None)
        at_import = module.function_of(call) is None
        if at_import and isinstance(target, ast.Name):
            variable = f"{module.name}.{target.id}" if module.name else target.id
        main = text_of(module.argument(call, "main", 0)) or ""
        broker = module.argument(call, "broker")
        yield Application(variable, call.lineno, main, ast.unparse(broker) if broker else "", at_import)


def application_calls(module: Module) -> list[ast.Call]:
    """The calls that make a Celery application, also of a class of this module that is one."""
    if not module.imports("celery"):
        return []
    classes = {
        node.name
        for node in module.nodes(ast.ClassDef)
        if any(module.qualname(base) in celery.APPLICATIONS for base in node.bases)
    }
    return [
        call
        for call in module.calls_named("Celery", *sorted(classes))
        if module.qualname(call.func) in celery.APPLICATIONS
        or (isinstance(call.func, ast.Name) and call.func.id in classes)
    ]


def _included(module: Module) -> Iterator[str]:
    """The modules that an application is told to import, by names written out."""
    given = [module.argument(call, "include") for call in application_calls(module)]
    given += [one.value for one in settings(module) if one.name in ("imports", "include")]
    for expression in given:
        value = value_behind(module, expression) if expression is not None else None
        if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
            for element in value.elts:
                name = text_of(element)
                if name is not None:
                    yield name
    for call in module.calls_named("autodiscover_tasks"):
        packages = module.argument(call, "packages", 0)
        last = module.argument(call, "related_name", 1)
        related = text_of(last) if last is not None else "tasks"
        if isinstance(packages, (ast.List, ast.Tuple)):
            for element in packages.elts:
                name = text_of(element)
                if name is not None and related:
                    yield f"{name}.{related}"


def _configured_by(module: Module) -> Iterator[str]:
    """What `config_from_object` and the like are given: a text, a qualified name, "?" for others."""
    for call in module.calls_named("config_from_object", "config_from_envvar"):
        given = call.args[0] if call.args else None
        named = text_of(given) or (module.qualname(given) if given is not None else None)
        namespace = module.argument(call, "namespace", 3)
        yield f"{named or '?'} {text_of(namespace) or ''}".strip()


def _configured(module: Module) -> Iterator[tuple[str, str]]:
    """The variables of applications with the settings that they get."""
    for setting in settings(module):
        if setting.application is not None:
            yield variable_of(module, setting.application), setting.name or setting.key
    for call in module.calls_named("config_from_object", "config_from_envvar"):
        if isinstance(call.func, ast.Attribute):
            yield variable_of(module, call.func.value), "*"
    for attribute in module.attributes_named("conf"):
        # What is updated from a value that is worked out, or handed on whole, may get any setting.
        parent = module.parent(attribute)
        holder = module.parent(parent) if isinstance(parent, ast.Attribute) else None
        updated = holder if isinstance(holder, ast.Call) and holder.func is parent else None
        is_whole = not isinstance(parent, (ast.Attribute, ast.Subscript))
        if is_whole or (updated is not None and not _is_written_out(module, updated)):
            yield variable_of(module, attribute.value), "**"


def _is_written_out(module: Module, call: ast.Call) -> bool:
    """Whether a call of a method of `conf` names all that it sets."""
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg is None)]
    displays = [dict_behind(module, one) for one in given]
    return all(display is not None and None not in display.keys for display in displays)


def variable_of(module: Module, expression: ast.expr) -> str:
    """The qualified name of a module's variable, or of what is below it, that is meant; "?" for all others."""
    name = module.qualname(expression)
    if name is not None:
        return name
    if isinstance(expression, ast.Attribute):
        owner = variable_of(module, expression.value)
        return f"{owner}.{expression.attr}" if owner != "?" else "?"
    if isinstance(expression, ast.Name):
        sites = module.sites_of(expression)
        if sites and all(module.function_of(site) is None and not isinstance(site, ast.arg) for site in sites):
            return f"{module.name}.{expression.id}" if module.name else expression.id
    return "?"


# -- routes and publishing ---------------------------------------------------------------------------------


def _routes(module: Module) -> Iterator[str | None]:
    for setting in settings(module):
        if setting.name == "task_routes":
            for key, _, _ in route_patterns(module, setting.value) or ():
                yield key
            if route_patterns(module, setting.value) is None:
                yield None


def route_patterns(module: Module, value: ast.expr) -> list[tuple[str | None, ast.expr, ast.expr]] | None:
    """
    The patterns of a `task_routes` value, each with its place and its route; None where it is worked out.

    A pattern that is worked out is None.
    """
    value = value_behind(module, value)
    if isinstance(value, (ast.Tuple, ast.List)):
        found: list[tuple[str | None, ast.expr, ast.expr]] = []
        for element in value.elts:
            if isinstance(element, (ast.Tuple, ast.List)) and len(element.elts) == 2:
                found.append((_literal(module, element.elts[0]), element.elts[0], element.elts[1]))
                continue
            inner = route_patterns(module, element) if isinstance(element, (ast.Name, *_DISPLAYS)) else None
            if inner is None:
                return None
            found.extend(inner)
        return found
    given = dict_behind(module, value)
    if given is None or None in given.keys:
        return None
    return [
        (_literal(module, key), key, route)
        for key, route in zip(given.keys, given.values, strict=True)
        if key is not None
    ]


_DISPLAYS = (ast.Dict, ast.Tuple, ast.List)


def _published(module: Module) -> Iterator[tuple[str, str]]:
    """The pairs of exchange and routing key with which tasks are sent, by names written out."""
    for call in module.calls_named("apply_async", "send_task"):
        key = text_of(module.argument(call, "routing_key"))
        if key is not None:
            yield text_of(module.argument(call, "exchange")) or "", key
