"""Row locks: which calls on a session send a statement that locks rows until the transaction ends."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import statement_parts
from flake8_auditrules.semantics.sessions import Use

_WRITING = frozenset({"insert", "update", "delete", "with_for_update"})
_STATEMENT = pattern(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


def takes_locks(module: Module, use: Use) -> bool:
    """Whether a call on a session sends what takes locks: `flush()`, an INSERT, UPDATE or DELETE."""
    if use.method == "flush":
        return True
    if use.method not in ("execute", "exec", "scalar", "scalars", "query") or not use.call.args:
        return False
    for part in statement_parts(module, use.call):
        if isinstance(part, ast.Call):
            if last_name(part.func) in _WRITING:
                return True
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and _STATEMENT.match(part.value):
            return True
    return False
