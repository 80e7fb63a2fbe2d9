"""Unwaited processes: those whose output a function reads through a pipe and for whose end it does not wait."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_PIPES = frozenset({"stdout", "stderr"})
_PARTS = frozenset({"args", "returncode", "stderr", "stdin", "stdout"})
# What detaches a process from the one that starts it: it is there to live on.
_DETACHING = frozenset({"creationflags", "preexec_fn", "process_group", "start_new_session"})


def is_never_waited_for(module: Module, call: ast.Call) -> bool:
    """
    Whether a call of `Popen` gives pipes whose text is read, and the function then leaves the process alone.

    It neither waits for the process, nor asks or ends it, nor hands it or its pipes on.
    """
    if not any(keyword.arg in _PIPES and _is_pipe(module, keyword.value) for keyword in call.keywords):
        return False
    if any(keyword.arg in _DETACHING or keyword.arg is None for keyword in call.keywords):
        return False
    parent, function = module.parent(call), module.function_of(call)
    if isinstance(parent, ast.Attribute):
        return parent.attr in _PIPES and _is_read_there(module, parent)
    target = parent.targets[0] if isinstance(parent, ast.Assign) and len(parent.targets) == 1 else None
    if not isinstance(target, ast.Name) or not isinstance(function, _FUNCTIONS):
        return False
    owner = module.owner_of(target)
    if owner is None or owner.kind is not ScopeKind.FUNCTION or owner.node is not function:
        return False
    parts = [
        module.parent(name)
        for name in module.names_in(function).get(target.id, ())
        if not isinstance(name.ctx, ast.Store) and module.owner_of(name) is owner
    ]
    return any(isinstance(part, ast.Attribute) and part.attr in _PIPES for part in parts) and all(
        isinstance(part, ast.Attribute) and part.attr in _PARTS and _is_read_there(module, part) for part in parts
    )


def _is_pipe(module: Module, value: ast.expr) -> bool:
    return module.qualname(value) == "subprocess.PIPE"


def _is_read_there(module: Module, pipe: ast.Attribute) -> bool:
    """Whether a pipe, or another part of a process, is read or looked at where it stands, and given to nobody."""
    parent = module.parent(pipe)
    if isinstance(parent, ast.Attribute):
        return parent.attr != "fileno"
    if isinstance(parent, (ast.For, ast.comprehension)):
        return parent.iter is pipe
    return isinstance(
        parent, (ast.Assert, ast.BoolOp, ast.Compare, ast.FormattedValue, ast.If, ast.UnaryOp, ast.While)
    )
