"""Dead code: statements that control never comes to, whatever happens before."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.module import Module

_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_BLOCKS = ("body", "orelse", "finalbody")


def is_dead(module: Module, node: ast.AST) -> bool:
    """
    Whether a statement before a node, in its own block or one around it, leaves that block for good.

    What stands in a function that is itself defined behind a `return` is dead as well: the function is never made.
    """
    child = node
    for around in module.ancestors(node):
        for name in _BLOCKS:
            block = getattr(around, name, None)
            if isinstance(block, list) and child in block:
                if any(isinstance(earlier, _LEAVING) for earlier in block[: block.index(child)]):
                    return True
                break
        child = around
    return False
