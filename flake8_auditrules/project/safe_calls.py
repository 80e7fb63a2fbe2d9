"""Safe calls: calls of functions of the project that take in all their failures, or have recorded them."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_auditrules.project.definitions import Definition, answer_behind, definition_of, methods_on_state
from flake8_auditrules.project.guarding_decorators import is_guarded
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.safe_blocks import (
    Judge,
    is_safe_function,
    only_tidies_files,
    promises_not_to_raise,
    records_its_failures,
    work_of,
)
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.stubs import is_stub

_MAXIMUM_HOPS = 2


def leaves_no_record_to_make(project: Project, module: Module, call: ast.Call) -> bool:
    """
    Whether a call never raises, or only what its function has recorded with the traceback, or has chosen itself.

    Functions of the same module are looked at too, and what an application keeps on its state. A function that
    takes in what it can and says that it never raises is taken at its word.
    """
    function = module.called_function(call)
    if function is not None:
        return _leaves_no_record(module, function)
    return _is_one_that(project, module, call, "leaves no record to make", _leaves_no_record) or _is_kept_on_state(
        project, module, call
    )


def takes_in_its_failures(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether a call of a function of the project, this module's too, never raises."""
    return (
        answer_behind(
            project,
            module,
            call,
            "takes in its failures",
            "",
            lambda: _takes_in(project, definition_of(project, module, call)),
        )
        is True
    )


def _takes_in(project: Project, found: Definition | None) -> bool:
    return found is not None and (
        is_safe_function(found.module, found.function)
        or only_tidies_files(found.module, found.function)
        or is_guarded(project, found)
    )


def takes_in_all_its_work(project: Project, module: Module, block: Sequence[ast.stmt]) -> bool:
    """Whether every call by which a block does its work is one that leaves no record to make."""
    work = work_of(module, block)
    if not work:
        return False  # there is none, or it is not known which calls do it
    return all(leaves_no_record_to_make(project, module, one) for one in work)


def lets_nothing_unforeseen_out(
    project: Project, module: Module, block: Sequence[ast.stmt], *, recorded: bool = False
) -> bool:
    """
    Whether all work of a block is done by functions of the project that take in their failures.

    What they and the block raise themselves, by name, they have chosen. `recorded` lets those pass too that let a
    failure out after they have recorded it.
    """
    work = work_of(module, block)
    return bool(work) and _is_foreseen(project, module, work, recorded, 0)


def _is_foreseen(
    project: Project, module: Module, work: Sequence[ast.Call] | None, recorded: bool, hops: int
) -> bool:
    return work is not None and all(_gives_nothing_away(project, module, call, recorded, hops) for call in work)


def _gives_nothing_away(project: Project, module: Module, call: ast.Call, recorded: bool, hops: int) -> bool:
    if takes_in_its_failures(project, module, call) or (
        recorded and leaves_no_record_to_make(project, module, call)
    ):
        return True
    found = definition_of(project, module, call) if hops < _MAXIMUM_HOPS else None
    if found is None or found.function.decorator_list or is_stub(found.function):
        return False
    if any(isinstance(part, ast.ExceptHandler) for part in own_parts(found.function.body)):
        return False
    work = work_of(found.module, found.function.body)
    if not work and found.module.class_of(found.function) is not None:
        # A method that does nothing is likely to stand in for those of subclasses.
        return False
    return _is_foreseen(project, found.module, work, recorded, hops + 1)


def _leaves_no_record(module: Module, function: FunctionNode) -> bool:
    return (
        is_safe_function(module, function)
        or records_its_failures(module, function)
        or promises_not_to_raise(module, function)
    )


def _is_kept_on_state(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether a call is one of a method, that leaves no record to make, of what the application's state holds."""
    found = methods_on_state(project, module, call)
    return bool(found) and all(_leaves_no_record(one.module, one.function) for one in found)


def _is_one_that(project: Project, module: Module, call: ast.Call, what: str, judge: Judge) -> bool:
    def compute() -> bool:
        definition = definition_of(project, module, call)
        return definition is not None and judge(definition.module, definition.function)

    return answer_behind(project, module, call, what, "", compute) is True
