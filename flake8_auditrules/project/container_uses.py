"""Container uses: whether other files do more with a container of a module than to look into it, or to add."""

from __future__ import annotations

import ast

from flake8_auditrules.project.callers import places_named
from flake8_auditrules.project.definitions import module_at
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.keyed_state import leaves_entries
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.shared_state import Variable

_MOST_FILES = 8


def takes_care_elsewhere(project: Project, module: Module, container: Variable) -> bool:
    """
    Whether another file may take entries out of a module's container, by the name of its variable or attribute.

    What hands the container on, or gives it another name, may; so may one of too many files that name it.
    """
    name = container.name
    files = project.files_that_mention(module, name, _MOST_FILES)
    if files is None:
        return project.is_named_elsewhere(module, name)
    for path in files:
        other = module_at(project, path)
        if other is None:
            return True
        for node in places_named(other, name):
            if _may_mean(other, node, module, container) and not _only_looks(other, node):
                return True
    return False


def _only_looks(module: Module, node: ast.Attribute | ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load) and leaves_entries(module, node)


def _may_mean(module: Module, node: ast.Attribute | ast.Name, home: Module, container: Variable) -> bool:
    """Whether a place of another module may mean the container: no local name, no attribute of another class."""
    if isinstance(node, ast.Name):
        return container.owner is None and module.qualname(node) == f"{home.name}.{container.name}"
    holder = module.enclosing(node, ast.ClassDef)
    if isinstance(node.value, ast.Name) and node.value.id == "self" and holder is not None:
        return container.name not in module.members(holder).attributes
    made = module.instance_of(node.value)
    return made is None or container.owner is None or made.rpartition(".")[2] == container.owner.name
