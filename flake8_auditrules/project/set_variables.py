"""Set variables: the variables of the environment that a program sets for the processes that it starts."""

from __future__ import annotations

import ast
import functools
import os
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import module_at
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module

_MAKING = re.compile(rb"[:=] ?str\(")
_NAME = pattern(r"([A-Z][A-Z0-9_]+)[\"']?\]? ?$")
_LONGEST_NAME = 80


def is_set_as_text(project: Project, module: Module, name: str) -> bool:
    """Whether another file, tests left out, sets a variable to a text that it makes: `env["RANK"] = str(rank)`."""
    own = os.path.abspath(module.path)
    for path in project.files():
        if path == own or name not in _may_be_set(path, _changed(path)):
            continue
        other = module_at(project, path)
        if other is not None and any(_sets(other, call, name) for call in other.calls_named("str")):
            return True
    return False


def _changed(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


@functools.lru_cache(maxsize=4096)
def _may_be_set(path: str, changed: int) -> frozenset[str]:
    """The names in capitals to which a file, as it was at a time, gives `str(...)`."""
    try:
        with open(path, "rb") as file:
            text = file.read()
    except OSError:
        return frozenset()
    before = (text[max(0, found.start() - _LONGEST_NAME) : found.start()] for found in _MAKING.finditer(text))
    names = (_NAME.search(one.decode("latin-1")) for one in before)
    return frozenset(name[1] for name in names if name is not None)


def _sets(module: Module, text: ast.Call, name: str) -> bool:
    """Whether a variable is set to `str(...)`: in a dictionary, by its key, or as an argument of its name."""
    holder = module.parent(text)
    if isinstance(holder, ast.keyword):
        return holder.arg == name
    if isinstance(holder, ast.Dict):
        key = holder.keys[holder.values.index(text)] if text in holder.values else None
        return isinstance(key, ast.Constant) and key.value == name
    target = holder.targets[0] if isinstance(holder, ast.Assign) else None
    return (
        isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant) and target.slice.value == name
    )
