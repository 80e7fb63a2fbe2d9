"""AUD707: `sys.path` changed by code that others import."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.environment import variable
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.programs import is_command_line, is_example

_CHANGING = frozenset({"sys.path.insert", "sys.path.append", "sys.path.extend"})
_STARTED_BY_TOOLS = frozenset({"env", "conf", "noxfile", "tasks", "sitecustomize", "wsgi", "asgi"})
_OF_THE_USER = frozenset({"os.getcwd", "pathlib.Path.cwd"})
_MAXIMUM_HOPS = 3
# What pages of Streamlit begin with.
_DRAWING = ("header", "markdown", "set_page_config", "subheader", "tabs", "title", "write")

# Names of what holds the settings of a program.
_SETTINGS = frozenset({"args", "cfg", "conf", "config", "options", "settings"})


class SearchPathMutation(Rule):
    """
    ## What it does
    Finds `sys.path.insert` and `sys.path.append` that run when a module of a library or service is imported.

    Silent in programs, pages of Streamlit, examples and functions, in packages that lie in a folder of scripts,
    and for a folder that the user or the environment names.

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
        if (
            is_command_line(module)
            or _is_of_scripts(module)
            or is_example(module)
            or file.removesuffix(".py") in _STARTED_BY_TOOLS
        ):
            self.passed(node)
            return
        if _ends_process(module) or _is_page(module) or not _defines_anything(module):
            # Nobody imports what ends the process when it is imported, or gives nothing to whoever imports it.
            self.passed(node)
            return
        if any(module.callee(call) == "django.setup" for call in module.calls_named("setup")):
            # Who starts Django is no module of an application.
            self.passed(node)
            return
        if node.args and _is_set_outside(module, node.args[-1], 0):
            # The folder of somebody else's code, which a setting names.
            self.passed(node)
            return
        self.report(
            node,
            call=module.text(node),
            cure="install the package, or import it relatively",
        )


def _is_of_scripts(module: Module) -> bool:
    """Whether the outermost package of a module lies in a folder of scripts: nobody else can import it."""
    folders = module.path.replace("\\", "/").split("/")[:-1]
    packages = module.name.count(".")
    return folders[: len(folders) - packages][-1:] in (["scripts"], ["script"])


def _is_page(module: Module) -> bool:
    """Whether a module is a page of Streamlit, run anew for each visitor: it draws when it is run."""
    return module.imports("streamlit") and any(
        (module.callee(call) or "").startswith("streamlit.") and module.function_of(call) is None
        for call in module.calls_named(*_DRAWING)
    )


def _ends_process(module: Module) -> bool:
    """Whether the module's last statement ends the process: `sys.exit(failed)`."""
    last = module.tree.body[-1]
    return (
        isinstance(last, ast.Expr)
        and isinstance(last.value, ast.Call)
        and module.callee(last.value) in ("sys.exit", "os._exit", "builtins.exit", "builtins.quit")
    )


def _defines_anything(module: Module) -> bool:
    """Whether a module has a function or class, or does nothing but import: what it imports is then handed on."""
    definitions: tuple[type[ast.stmt], ...] = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    if any(module.nodes(kind) for kind in definitions):
        return True
    deeds = [statement for statement in module.tree.body if isinstance(statement, ast.Expr)]
    # The change of the search path itself is one.
    return sum(isinstance(deed.value, ast.Call) for deed in deeds) <= 1


def _gives_folder_of_user(module: Module, call: ast.Call) -> bool:
    """Whether a call gives the folder that the program is started in, itself or as a function of the module."""
    callee = module.callee(call)
    if callee is None or callee in _OF_THE_USER:
        return callee is not None
    function = module.instances.local_function(callee)
    return function is not None and any(
        isinstance(part, ast.Call) and module.callee(part) in _OF_THE_USER for part in module.own_nodes(function)
    )


def _is_set_outside(module: Module, folder: ast.expr, hops: int) -> bool:
    """Whether a folder is the user's, or read from the environment, and not found from the module's place."""
    parts = list(ast.walk(folder))
    if any(isinstance(part, ast.Name) and part.id == "__file__" for part in parts):
        return False
    for part in parts:
        if isinstance(part, (ast.Call, ast.Subscript)) and variable(module, part) is not None:
            return True
        if isinstance(part, ast.Call) and _gives_folder_of_user(module, part):
            return True
        if isinstance(part, ast.Attribute) and last_name(part.value) in _SETTINGS:
            return True
    return hops < _MAXIMUM_HOPS and any(
        value is not None and _is_set_outside(module, value, hops + 1)
        for part in parts
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
        for binding in module.bindings(part)
        for value in (binding.value or _unpacked(module, binding.site),)
    )


def _unpacked(module: Module, site: ast.AST) -> ast.expr | None:
    """What a name is one part of: `HOME, CACHE = folders()`."""
    holder = module.parent(site)
    statement = module.parent(holder) if isinstance(holder, ast.Tuple) else None
    return statement.value if isinstance(statement, ast.Assign) else None
