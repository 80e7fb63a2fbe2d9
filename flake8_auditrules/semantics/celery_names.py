"""Names of tasks in one module: where they are sent, signed and scheduled by their names."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import celery
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.celery_settings import (
    dict_behind,
    mentions_celery,
    settings_named,
    text_of,
    value_behind,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name


class NamedTask(NamedTuple):
    """A task's name written out: the name, where it stands, and what is done by it."""

    name: str
    place: ast.expr
    use: str


class Entry(NamedTuple):
    """One entry of a beat schedule: its key ("" where worked out), the entry's dict, and where it begins."""

    key: str
    given: ast.Dict
    place: ast.expr


def named_tasks(module: Module) -> Iterator[NamedTask]:
    """The names of tasks that the module sends, makes signatures of, or puts into a beat schedule."""
    for entry in beat_entries(module):
        for key, value in zip(entry.given.keys, entry.given.values, strict=True):
            if text_of(key) == "task":
                name = text_of(value_behind(module, value))
                if name is not None:
                    yield NamedTask(name, value, "scheduled")
    for call in module.calls_named("send_task", "signature", "subtask", "Signature"):
        given = module.argument(call, "name" if last_name(call) == "send_task" else "task", 0)
        name = text_of(value_behind(module, given)) if given is not None else None
        if given is None or name is None:
            continue
        if last_name(call) == "send_task" and is_sender(module, call):
            yield NamedTask(name, given, "sent")
        elif last_name(call) != "send_task" and _signs(module, call):
            yield NamedTask(name, given, "signed")


def is_sender(module: Module, call: ast.Call) -> bool:
    """Whether a call of `send_task` is an application's."""
    if module.qualname(call.func) in celery.TASK_SENDERS:
        return True
    if not isinstance(call.func, ast.Attribute):
        return False
    receiver = call.func.value
    # The sender of a signal and a task have their application as attribute.
    if isinstance(receiver, ast.Attribute) and receiver.attr == "app" and module.imports("celery"):
        return True
    return is_application(module, receiver)


def is_application(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is known to be a Celery application."""
    found = module.instance_of(expression)
    return found is not None and not celery.APPLICATIONS.isdisjoint(module.instances.ancestry(found))


def _signs(module: Module, call: ast.Call) -> bool:
    if module.qualname(call.func) in celery.SIGNATURES:
        return True
    return isinstance(call.func, ast.Attribute) and is_application(module, call.func.value)


def beat_entries(module: Module) -> list[Entry]:
    """The entries of the module's beat schedules that are written out as dicts."""
    return module.keep("celery beat entries", _beat_entries)


def _beat_entries(module: Module) -> list[Entry]:
    found: list[Entry] = []
    for setting in settings_named(module, "beat_schedule"):
        given = dict_behind(module, setting.value)
        if given is None:
            continue
        for key, value in zip(given.keys, given.values, strict=True):
            entry = dict_behind(module, value)
            if key is not None and entry is not None:
                found.append(Entry(text_of(key) or "", entry, key))
    is_about = mentions_celery(module)
    if (is_about or any(map(_is_for_celery, module.nodes(ast.FunctionDef)))) and any(
        "schedule" in line for line in module.lines
    ):
        known = {entry.given for entry in found}
        for one in _entries_elsewhere(module):
            if one.given not in known and (is_about or _is_given_to_celery(module, one)):
                found.append(one)
    return found


def _is_given_to_celery(module: Module, entry: Entry) -> bool:
    """Whether the function that makes an entry says by its name that it is for Celery: `def celery_tasks()`."""
    function = module.function_of(entry.given)
    return isinstance(function, ast.FunctionDef) and _is_for_celery(function)


def _is_for_celery(function: ast.FunctionDef) -> bool:
    return "celery" in function.name.lower()


def _entries_elsewhere(module: Module) -> Iterator[Entry]:
    """The entries of dicts that are merged into a schedule elsewhere: `"name": {"task": ..., "schedule": ...}`."""
    for given in module.nodes(ast.Dict):
        names = {text_of(key) for key in given.keys}
        around = module.parent(given)
        if {"task", "schedule"} <= names and isinstance(around, ast.Dict):
            for key, value in zip(around.keys, around.values, strict=True):
                if value is given and key is not None:
                    yield Entry(text_of(key) or "", given, key)
