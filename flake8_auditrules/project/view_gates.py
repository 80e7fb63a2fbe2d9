"""View gates: class views of Django that answer nobody but those who may do anything there is."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import Definition, definition_of, inherited_definition
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode

# What tells developers and administrators from others.
_ASKED = frozenset({"DEBUG", "is_superuser"})


def answers_superusers_only(project: Project, module: Module, function: FunctionNode) -> bool:
    """Whether the `dispatch` of a method's class raises for all but superusers, or outside of a debugging mode."""
    holder = module.class_of(function)
    if holder is None or not holder.bases:
        return False
    gate = inherited_definition(project, module, module.definition(holder), "dispatch")
    if gate is None:
        return False
    calls = (node for node in gate.module.own_nodes(gate.function) if isinstance(node, ast.Call))
    asked = (definition_of(project, gate.module, call) for call in calls)
    return _refuses(gate) or any(one is not None and _refuses(one) for one in asked)


def _refuses(gate: Definition) -> bool:
    """Whether a function raises where somebody is no superuser, or nobody is debugging."""
    return any(
        isinstance(node, ast.If)
        and isinstance(node.body[-1], ast.Raise)
        and any(isinstance(part, ast.Attribute) and part.attr in _ASKED for part in ast.walk(node.test))
        for node in gate.module.own_nodes(gate.function)
    )
