"""Failed calls: functions of the project that commit, in a loop whose handler takes the error and goes on."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.project.committed_rows import commits_what_it_adds
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.failed_flushes import takes_flush_errors
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_LEAVING = (ast.Raise, ast.Return, ast.Break)
_UNDOING = database.RESTORING | {"begin", "begin_nested", "transaction"}


def failed_call(project: Project, module: Module, handler: ast.ExceptHandler) -> ast.Call | None:
    """
    The call, in the `try` of a handler in a loop, of a function that adds a row and commits; None for others.

    It works on a session that all turns of the loop share, and nothing in the turn rolls it back.
    """
    loop = module.loop_of(handler)
    block = module.parent(handler)
    if not isinstance(loop, _LOOPS) or not isinstance(block, ast.Try) or not takes_flush_errors(module, handler):
        return None
    for part in own_parts(loop.body):
        if isinstance(part, (ast.Attribute, ast.Name)) and last_name(part) in _UNDOING:
            return None
    if any(isinstance(part, _LEAVING) for part in own_parts(handler.body)):
        return None
    for statement in block.body:
        value = statement.value if isinstance(statement, (ast.Assign, ast.Expr)) else None
        call = value.value if isinstance(value, ast.Await) else value
        if isinstance(call, ast.Call) and _is_shared(module, call, loop):
            if commits_what_it_adds(project, module, call):
                return call
    return None


def _is_shared(module: Module, call: ast.Call, loop: ast.For | ast.AsyncFor | ast.While) -> bool:
    """Whether what holds the session, given or the object of a method, comes from outside the loop."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    holder: ast.expr | None = next((one for one in given if sessions.is_named_like_one(one)), None)
    if holder is None and isinstance(call.func, ast.Attribute):
        holder = call.func.value
    text = dotted(holder) if holder is not None else None
    if holder is None or text is None or last_name(holder)[:1].isupper():
        return False
    root = holder
    while isinstance(root, ast.Attribute):
        root = root.value
    assert isinstance(root, ast.Name), "a dotted name begins with a name"
    return not any(
        around is loop
        for binding in module.bindings(root)
        for around in (binding.site, *module.ancestors(binding.site))
    )
