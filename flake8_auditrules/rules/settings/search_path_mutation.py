"""AUD707: `sys.path` changed by code that others import."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.programs import is_command_line, is_example

_CHANGING = frozenset({"sys.path.insert", "sys.path.append", "sys.path.extend"})
_STARTED_BY_TOOLS = frozenset({"env", "conf", "noxfile", "tasks", "sitecustomize", "wsgi", "asgi"})


class SearchPathMutation(Rule):
    """
    ## What it does
    Finds `sys.path.insert` and `sys.path.append` that run when a module of a library or service is imported.

    ## Why it matters
    What is imported afterwards, anywhere in the process, depends on whether this module came first. A file of the
    added folder can take the place of a library of the same name, the same module can be loaded twice under two
    names (with two sets of globals), and what works from one working directory fails from another.

    ## When to silence it
    When loading plugins from a folder that the user names is the task of the code.
    """

    code = "AUD707"
    severity = Severity.LOW
    category = Category.INCONSISTENCY
    since = "0.1.0"
    call_names = tuple(name.rpartition(".")[2] for name in _CHANGING)
    imports = ("sys",)
    message = "`{call}` changes what every later import in the process finds; {cure}"
    examined = "changes of `sys.path` stand in programs, or in functions made for them"

    bad = (
        """
        import sys
        from pathlib import Path

        sys.path.insert(0, str(Path(__file__).parent.parent))  # AUD707

        from shared import models
        """,
    )
    good = (
        """
        from ..shared import models
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a change of the search path."""
        module = self.module
        # `sys.path` is a name: what an instance's `append` is needs no look.
        if module.qualname(node.func) not in _CHANGING:
            return
        if module.is_test or module.function_of(node) is not None:
            # A function that puts a folder on the path when it is asked to has it for its task.
            self.passed(node)
            return
        file = module.path.replace("\\", "/").rpartition("/")[2]
        if is_command_line(module) or is_example(module) or file.removesuffix(".py") in _STARTED_BY_TOOLS:
            self.passed(node)
            return
        self.report(
            node,
            call=module.text(node),
            cure="install the package, or import it relatively",
        )
