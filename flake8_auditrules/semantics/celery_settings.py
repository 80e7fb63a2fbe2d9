"""Celery's settings in one module: on an application's `conf`, in variables and classes of settings."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_auditrules.knowledge import celery
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module

_UPDATING = frozenset({"update", "add_defaults", "setdefault"})


class Setting(NamedTuple):
    """
    One setting: its key as it is written, Celery's new name for it ("" where Celery knows none), where the
    key stands, its value, and the application whose `conf` gets it (None: a variable of a module or class).
    """

    key: str
    name: str
    place: ast.expr | ast.keyword
    value: ast.expr
    application: ast.expr | None


def mentions_celery(module: Module) -> bool:
    """Whether the module imports something with "celery" in its name, or is called so itself."""
    return module.keep("mentions celery", _mentions_celery)


def _mentions_celery(module: Module) -> bool:
    names = [module.name]
    names.extend([alias.name for node in module.nodes(ast.Import) for alias in node.names])
    for statement in module.nodes(ast.ImportFrom):
        names.append(statement.module or "")
        names.extend([alias.name for alias in statement.names])
    return "celery" in " ".join(names).lower()


def settings(module: Module) -> Sequence[Setting]:
    """The settings that the module writes out by their names, in no particular order."""
    return module.keep("celery settings", lambda asked: tuple(_settings(asked)))


def settings_named(module: Module, name: str) -> list[Setting]:
    """The module's values of one setting, by Celery's new name for it."""
    return [one for one in settings(module) if one.name == name]


def _settings(module: Module) -> Iterator[Setting]:
    is_about_celery = mentions_celery(module)
    yield from _variables(module.tree.body, is_about_celery)
    if is_about_celery:
        for node in module.nodes(ast.ClassDef):
            yield from _variables(node.body, True)
        for attribute in module.attributes_named("conf"):
            yield from _on_application(module, attribute)


def _variables(statements: Sequence[ast.stmt], is_about_celery: bool) -> Iterator[Setting]:
    """Settings in variables: under old names, as Django has them under `CELERY_`, or under new names."""
    for statement in statements:
        kind = statement.__class__
        if kind is ast.Assign:
            target = statement.targets[0]  # type: ignore[attr-defined]
        elif kind is ast.AnnAssign:
            target = statement.target  # type: ignore[attr-defined]
        elif kind is ast.If:
            branches = [*statement.body, *statement.orelse]  # type: ignore[attr-defined]
            yield from _variables(branches, is_about_celery)
            continue
        else:
            continue
        if target.__class__ is ast.Name and (is_about_celery or target.id.startswith("CELERY")):
            name = setting_of_variable(target.id, is_about_celery)
            value: ast.expr | None = statement.value  # type: ignore[attr-defined]
            if name and value is not None:
                yield Setting(target.id, name, target, value, None)


def setting_of_variable(identifier: str, is_about_celery: bool) -> str:
    """The setting that a variable of a settings module stands for; "" for none."""
    if identifier.startswith("CELERY"):
        known = celery.NEW_SETTINGS.get(identifier)
        if known is None and identifier[7:].lower() in celery.SETTINGS:
            known = identifier[7:].lower()
        return known or ""
    return identifier if is_about_celery and identifier in celery.SETTINGS else ""


def _on_application(module: Module, conf: ast.Attribute) -> Iterator[Setting]:
    """Settings written by `app.conf.x = ...`, `app.conf["x"] = ...` and `app.conf.update(...)`."""
    parent = module.parent(conf)
    if isinstance(parent, ast.Attribute) and isinstance(parent.ctx, ast.Store):
        value = _assigned(module, parent)
        if value is not None:
            yield _setting(parent.attr, parent, value, conf)
    elif isinstance(parent, ast.Subscript) and parent.value is conf and isinstance(parent.ctx, ast.Store):
        value = _assigned(module, parent)
        if value is not None and isinstance(parent.slice, ast.Constant) and isinstance(parent.slice.value, str):
            yield _setting(parent.slice.value, parent, value, conf)
    elif isinstance(parent, ast.Attribute) and parent.attr in _UPDATING:
        call = module.parent(parent)
        if isinstance(call, ast.Call) and call.func is parent:
            yield from _updated(module, call, conf)
    elif isinstance(parent, ast.Assign) and conf in parent.targets and isinstance(parent.value, ast.Dict):
        yield from _of_dict(parent.value, conf)


def _updated(module: Module, call: ast.Call, conf: ast.Attribute) -> Iterator[Setting]:
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield _setting(keyword.arg, keyword, keyword.value, conf)
        else:
            yield from _of_dict(dict_behind(module, keyword.value), conf)
    if call.args:
        yield from _of_dict(dict_behind(module, call.args[0]), conf)


def _of_dict(given: ast.Dict | None, conf: ast.Attribute) -> Iterator[Setting]:
    if given is None:
        return
    for key, value in zip(given.keys, given.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield _setting(key.value, key, value, conf)


def _setting(key: str, place: ast.expr | ast.keyword, value: ast.expr, conf: ast.Attribute) -> Setting:
    name = key if key in celery.SETTINGS else celery.NEW_SETTINGS.get(key, "")
    return Setting(key, name, place, value, conf.value)


def _assigned(module: Module, target: ast.expr) -> ast.expr | None:
    """What a statement assigns to one whole target."""
    statement = module.parent(target)
    if isinstance(statement, ast.Assign) and target in statement.targets:
        return statement.value
    if isinstance(statement, ast.AnnAssign):
        return statement.value
    return None


def value_behind(module: Module, expression: ast.expr) -> ast.expr:
    """The expression, or what the one assignment of the name binds that it is."""
    if isinstance(expression, ast.Name):
        bindings = module.bindings(expression)
        if len(bindings) == 1 and bindings[0].value is not None:
            return bindings[0].value
    return expression


def dict_behind(module: Module, expression: ast.expr) -> ast.Dict | None:
    """The dict display that an expression is or names."""
    found = value_behind(module, expression)
    return found if isinstance(found, ast.Dict) else None


def text_of(expression: ast.expr | None) -> str | None:
    """The text that an expression writes out; None for all others."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return expression.value
    return None


def queues_without_binding(module: Module) -> list[list[ast.Call]]:
    """Of each `task_queues` of the module the queues without exchange and routing key, if two or more."""
    found: list[list[ast.Call]] = []
    for setting in settings_named(module, "task_queues"):
        value = value_behind(module, setting.value)
        if not isinstance(value, (ast.List, ast.Tuple, ast.Set)):
            continue
        queues = [
            element
            for element in value.elts
            if isinstance(element, ast.Call)
            and module.qualname(element.func) in celery.QUEUES
            and len(element.args) <= 1
            and not module.has_unpacking(element)
            and not any(keyword.arg in celery.BINDING_ARGUMENTS for keyword in element.keywords)
        ]
        if len(queues) > 1:
            found.append(queues)
    return found


def mixed_settings(module: Module) -> list[Setting]:
    """
    The old names among an application's settings that stand beside new ones in this module.

    Celery refuses the mixture if on both sides there is a setting that the other side does not give as well.
    """
    by_application: dict[str, list[Setting]] = {}
    for setting in settings(module):
        if setting.application is not None:
            by_application.setdefault(ast.unparse(setting.application), []).append(setting)
    found: list[Setting] = []
    for given in by_application.values():
        keys = {setting.key for setting in given}
        old = [one for one in given if one.key in celery.NEW_SETTINGS and one.name not in keys]
        new = [one for one in given if celery.OLD_SETTINGS.get(one.key, one.key) not in keys]
        if any(one.key in celery.OLD_SETTINGS for one in new):
            found.extend(old)
    return found
