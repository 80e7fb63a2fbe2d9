"""Programs: modules that a person runs in a terminal."""

from __future__ import annotations

import ast

from flake8_auditrules.semantics.module import Module

_INTERFACES = ("argparse", "click", "typer", "fire", "docopt", "optparse", "cyclopts", "rich_click", "invoke")
_FILES = frozenset({"__main__", "cli", "cli_main", "manage", "setup", "conftest", "console", "main_cli"})
_FOLDERS = frozenset(
    {"scripts", "script", "examples", "example", "cli", "benchmarks", "commands", "bin", "docs", "playground"}
)


def is_command_line(module: Module) -> bool:
    """Whether a module is a script or a command-line program: it is run by itself, or part of one."""
    return is_terminal_program(module) or has_main_guard(module)


def is_terminal_program(module: Module) -> bool:
    """
    Whether a module belongs to a command-line program, by its imports, its name or its folder.

    A module of an application that can be run by itself as well (`if __name__ == "__main__":`) does not.
    """
    return module.keep("is a terminal program", _is_terminal_program)


def _is_terminal_program(module: Module) -> bool:
    if module.imports(*_INTERFACES):
        return True
    *folders, file = module.path.replace("\\", "/").split("/")
    if file.removesuffix(".py") in _FILES:
        return True
    packages = module.name.split(".")[:-1] or folders[-1:]
    return any(part in _FOLDERS for part in packages)


def is_example(module: Module) -> bool:
    """Whether a module is there to be read: it lies in a folder of examples."""
    return any(folder.startswith("example") for folder in module.path.replace("\\", "/").split("/")[:-1])


def has_main_guard(module: Module) -> bool:
    """Whether the module runs something under `if __name__ == "__main__":`."""
    return module.keep("has a main guard", _has_main_guard)


def _has_main_guard(module: Module) -> bool:
    return any(isinstance(statement, ast.If) and _is_main_guard(statement) for statement in module.tree.body)


def _is_main_guard(statement: ast.If) -> bool:
    return any(isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(statement.test))


def in_main_guard(module: Module, node: ast.AST) -> bool:
    """Whether only `if __name__ == "__main__":` runs a node."""
    return any(isinstance(ancestor, ast.If) and _is_main_guard(ancestor) for ancestor in module.ancestors(node))
