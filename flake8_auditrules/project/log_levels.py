"""Log levels: where a project has the root logger show records of INFO, and whether it quiets a library."""

from __future__ import annotations

import ast
import itertools
import re

from flake8_auditrules.knowledge import sizes
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.applications import says_anything
from flake8_auditrules.project.definitions import module_at
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.setting_defaults import default_of
from flake8_auditrules.project.texts import found_in
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import is_benchmark, is_example, is_terminal_program
from flake8_auditrules.semantics.scopes import BindingKind

_MOST_FILES = 12
_CONFIGURING = pattern(r"\b(basicConfig)\(")
_MOST_STEPS = 5
# Levels, and the numbers of `logging`, at which records of INFO are shown.
_SHOWING = frozenset({"DEBUG", "INFO", "10", "20"})
# A logger's name in quotes is there to set its level or to take its records elsewhere; a filter may see to all.
_SEEN_TO = r"[\"']{logger}(?:\.\w+)*[\"']|\blogging\.Filter\b|\bimport Filter\b|\badd_?[fF]ilter\("


class Level(NamedTuple):
    """Where the level of the root logger is set: a file relative to the project, and a line."""

    file: str
    line: int


def shows_records_of(project: Project, module: Module, logger: str) -> Level | None:
    """
    Where a project has the log show what a library's logger records at INFO; None where it does not, or may not.

    That is `logging.basicConfig(level=logging.INFO)`, also as the default of a setting, of a parameter or of a
    variable of the environment, in a module that is no command's. A project that names that logger, or filters
    records, sees to it itself.
    """
    level = _shown_from(project, module)
    if level is None:
        return None
    seen_to = re.compile(_SEEN_TO.format(logger=re.escape(logger)))
    # What stands in the editor may not be in the file yet; a folder of no project is not gone through.
    is_seen_to = any(map(seen_to.search, module.lines)) or (project.is_marked and says_anything(project, seen_to))
    return None if is_seen_to else level


def _shown_from(project: Project, module: Module) -> Level | None:
    own = _set_in(project, module)
    if own is not None:
        return own
    if not project.is_marked:
        return None
    project.note_asked_of_all()
    saying = (path for path in project.files() if found_in(path, _CONFIGURING))
    for path in itertools.islice(saying, _MOST_FILES):
        other = module_at(project, path)
        found = _set_in(project, other) if other is not None else None
        if found is not None:
            return found
    return None


def _set_in(project: Project, module: Module) -> Level | None:
    if module.is_test or is_terminal_program(module) or is_example(module) or is_benchmark(module):
        return None
    for call in module.calls_named("basicConfig"):
        if module.callee(call) == "logging.basicConfig":
            level = module.argument(call, "level")
            if level is not None and _is_shown(project, module, level, 0):
                return Level(project.relative(module.path), call.lineno)
    return None


def _is_shown(project: Project, module: Module, level: ast.expr, steps: int) -> bool:
    """Whether a level is INFO or DEBUG, itself or where an environment, a setting or a caller says nothing."""
    if steps > _MOST_STEPS:
        return False
    if isinstance(level, ast.Constant):
        return str(level.value).strip().upper() in _SHOWING
    if isinstance(level, ast.Attribute):
        if module.qualname(level) in ("logging.DEBUG", "logging.INFO"):
            return True
        default = default_of(project, module, level)
        return default is not None and _is_shown(project, default.module, default.value, steps + 1)
    behind: ast.expr | None = None
    if isinstance(level, ast.Name):
        bindings = module.bindings(level)
        if len(bindings) == 1 and bindings[0].kind in (BindingKind.ASSIGNMENT, BindingKind.PARAMETER):
            behind = bindings[0].value
    elif isinstance(level, ast.BoolOp) and isinstance(level.op, ast.Or):
        behind = level.values[-1]
    elif isinstance(level, ast.Call):
        behind = _made_of(module, level)
    return behind is not None and _is_shown(project, module, behind, steps + 1)


def _made_of(module: Module, call: ast.Call) -> ast.expr | None:
    """
    What a level is made of: `level.upper()`, `getattr(logging, level)`, the default of a variable.

    What `getattr` gives for a name that is no level's does not count.
    """
    callee = module.callee(call) or ""
    if callee in sizes.ENVIRONMENT:
        return call.args[1] if len(call.args) > 1 else module.argument(call, "default")
    if callee == "builtins.getattr":
        is_level = len(call.args) > 1 and module.qualname(call.args[0]) == "logging"
        return call.args[1] if is_level else None
    if callee in ("builtins.str", "logging.getLevelName") and len(call.args) == 1:
        return call.args[0]
    if isinstance(call.func, ast.Attribute) and not call.args and call.func.attr in ("lower", "strip", "upper"):
        return call.func.value
    return None
