"""Sources: functions of the project that make a connection, session or client for whoever calls them."""

from __future__ import annotations

import ast
from collections.abc import Callable

from flake8_auditrules.project.definitions import Definition, answer_behind, definition_of, home_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.openings import opened_by, opens_plain_connection
from flake8_auditrules.semantics.products import product_of, yielded_by

_MAXIMUM_HOPS = 2
_CONTEXT_MANAGERS = frozenset({"asynccontextmanager", "contextmanager"})
_Makes = Callable[[Module, ast.Call], "str | None"]


def gives_open_connection(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether a function of the project gives a new connection, which its own `with` block does not close."""
    return made_behind(project, module, call, "open connections", opens_plain_connection) is not None


def opened_behind(project: Project, module: Module, call: ast.Call) -> str | None:
    """What a function of the project opens anew for its caller, as `opened_by` names it; None for nothing."""
    return made_behind(project, module, call, "opened connections", opened_by)


def yielded_behind(project: Project, module: Module, call: ast.Call) -> str | None:
    """What a plain generator of the project opens and yields first, as `opened_by` names it; None for nothing."""
    if not is_of_project(project, module, call):
        return None

    def compute() -> str | None:
        definition = definition_of(project, module, call)
        if definition is None or definition.function.decorator_list:
            return None
        return _yielded(project, definition, 0)

    found: str | None = answer_behind(project, module, call, "yielded connections", "", compute)
    return found


def is_of_project(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether a call may be one of a function of the module, or of its project if it is in one: quick to tell."""
    callee = module.callee(call)
    if callee is None:
        return False
    if module.instances.local_function(callee) is not None:
        return True
    return project.is_marked and home_of(project, module, callee) is not None


def made_behind(project: Project, module: Module, call: ast.Call, what: str, makes: _Makes) -> str | None:
    """
    What the function of the project that `call` calls makes for its caller at each call; None where nothing.

    `makes` says what a call of a library makes, `what` names that question: the answers of other files are kept
    under it. A function that passes on what another function of the project makes counts too.
    """
    if not is_of_project(project, module, call):
        return None
    found: str | None = answer_behind(
        project, module, call, what, "", lambda: _made(project, definition_of(project, module, call), makes, 0)
    )
    return found


def _made(project: Project, definition: Definition | None, makes: _Makes, hops: int) -> str | None:
    if definition is None:
        return None
    module = definition.module

    def made(call: ast.Call) -> str | None:
        found = makes(module, call)
        if found is not None or hops == _MAXIMUM_HOPS:
            return found
        return _made(project, definition_of(project, module, call), makes, hops + 1)

    return product_of(module, definition.function, made)


def _yielded(project: Project, definition: Definition, hops: int) -> str | None:
    """What a generator opens and yields, itself or by a context manager of the project that it enters."""
    module = definition.module

    def made(call: ast.Call) -> str | None:
        found = opened_by(module, call)
        if found is not None or hops == _MAXIMUM_HOPS:
            return found
        further = definition_of(project, module, call)
        if further is None:
            return None
        decorators = further.function.decorator_list
        if not decorators:
            return _made(project, further, opened_by, hops + 1)
        if len(decorators) == 1 and last_name(decorators[0]) in _CONTEXT_MANAGERS:
            return _yielded(project, further, hops + 1)
        return None

    return yielded_by(module, definition.function, made)
