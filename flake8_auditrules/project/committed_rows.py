"""Committed rows: functions of the project that write to the session they are given, and commit at once."""

from __future__ import annotations

import ast

from flake8_auditrules.project.definitions import Definition, answer_behind, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.sessions import Session

_WRITING = frozenset({"add", "add_all", "delete", "merge"})


def commits_what_it_adds(project: Project, module: Module, call: ast.Call) -> bool:
    """Whether the function behind a call adds, changes or deletes a row on the caller's session and commits."""
    if isinstance(call.func, ast.Name):
        given = (*call.args, *(keyword.value for keyword in call.keywords))
        if not any(map(sessions.is_named_like_one, given)):
            return False
    elif last_name(getattr(call.func, "value", call.func)) == "self" and "commit" not in module.calls_by_name():
        return False
    return bool(
        answer_behind(project, module, call, "commits", "", lambda: _commits(definition_of(project, module, call)))
    )


def _commits(definition: Definition | None) -> bool:
    """Whether a function writes and then commits in its own block, with no handler anywhere."""
    if definition is None:
        return False
    module, function = definition.module, definition.function
    if any(isinstance(part, ast.ExceptHandler) for part in module.own_nodes(function)):
        return False
    written: Session | None = None
    changes_row = False
    for statement in function.body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            changes_row = changes_row or target.value.id != "self"
        value = statement.value if isinstance(statement, ast.Expr) else None
        call = value.value if isinstance(value, ast.Await) else value
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        if call.func.attr in _WRITING:
            session = sessions.session_of(module, call.func.value)
            written = session if session is not None and _is_the_callers(function, session) else written
        elif call.func.attr == "commit" and (written is not None or changes_row):
            session = sessions.session_of(module, call.func.value)
            if session is not None and (
                session == written or (changes_row and _is_the_callers(function, session))
            ):
                return True
    return False


def _is_the_callers(function: FunctionNode, session: Session) -> bool:
    """Whether a session is a parameter of a function, or belongs to the object whose method it is."""
    return session.root in {one.arg for one in [*function.args.args, *function.args.kwonlyargs]}
