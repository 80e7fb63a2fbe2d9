"""Programs: modules that a person runs in a terminal."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.routes import Role, roles

INTERFACES = (
    "argparse",
    "click",
    "typer",
    "fire",
    "docopt",
    "optparse",
    "cyclopts",
    "rich_click",
    "invoke",
    "textual",
)
SERVING = (
    *web.FRAMEWORKS,
    "aiogram",
    "aiohttp",
    "celery",
    "discord",
    "grpc",
    "nats",
    "slack_bolt",
    "socketio",
    "telegram",
    "uvicorn",
    "websockets",
)
"""Libraries that run more than one coroutine at a time, by their top-level packages."""
_STARTING = (
    "TaskGroup",
    "as_completed",
    "create_server",
    "create_task",
    "create_task_group",
    "ensure_future",
    "gather",
    "open_nursery",
    "run_coroutine_threadsafe",
    "serve",
    "start_server",
    "start_soon",
)
_TEST_SUPPORT = pattern(
    r"(?:^|[/\\])(?:(?:\w*_)?(?:test_?(?:utils?|helpers?)|testing)(?:\.py$|[/\\])|\w+_tests[/\\])"
)
_FILES = frozenset({"__main__", "cli", "cli_main", "manage", "setup", "conftest", "console", "main_cli"})
_MAIN_FUNCTIONS = frozenset({"async_main", "amain", "cli", "demo", "main", "run"})
_FOLDERS = frozenset(
    {
        "scripts",
        "script",
        "examples",
        "example",
        "cli",
        "benchmarks",
        "commands",
        "bin",
        "doc",
        "docs",
        "playground",
    }
)


_COMMANDS = frozenset({"__main__", "_cli", "bin", "cli", "cmd", "cmds"})
COMMAND_PLACES = _FILES | _FOLDERS | _COMMANDS
"""Names of modules and packages that people run, or that are a part of what they run."""
_SETUPS = frozenset({"setuptools.setup", "distutils.core.setup"})


def is_command_line(module: Module) -> bool:
    """Whether a module is a script or a command-line program: it is run by itself, or part of one."""
    return is_terminal_program(module) or has_main_guard(module)


def is_terminal_program(module: Module) -> bool:
    """
    Whether a module belongs to a command-line program, by its imports, its name or its folder.

    A module of an application that can be run by itself as well (`if __name__ == "__main__":`) does not, nor does
    one that answers requests and only takes its address and the like from the command line.
    """
    return module.keep("is a terminal program", _is_terminal_program)


def _is_terminal_program(module: Module) -> bool:
    if module.imports(*INTERFACES) and Role.ROUTE not in roles(module).values():
        return True
    *folders, file = module.path.replace("\\", "/").split("/")
    if file.removesuffix(".py") in _FILES:
        return True
    packages = module.name.split(".")[:-1] or folders[-1:]
    # A package that is called so (`acme_cli`) is one program.
    return any(part in _FOLDERS or part.endswith("_cli") for part in packages)


def is_part_of_command_line(module: Module) -> bool:
    """Whether a module is a part of a command-line program by its place alone: `acme/cli/users.py`, `cli.py`."""
    *folders, file = module.path.replace("\\", "/").split("/")
    stem = file.removesuffix(".py")
    if stem in _COMMANDS or stem.endswith("_cli"):
        return True
    packages = module.name.split(".")[:-1] or folders[-1:]
    return is_django_command(module) or any(
        part in _COMMANDS or part in ("scripts", "script") or part.startswith("cli_") or part.endswith("_cli")
        for part in packages
    )


def is_script(module: Module) -> bool:
    """Whether a module is run for itself and lies in a folder of such: it has a main guard."""
    folder = module.path.replace("\\", "/").rpartition("/")[0].rpartition("/")[2]
    return folder in ("bin", "script", "scripts") and has_main_guard(module)


def is_script_of_project(path: str) -> bool:
    """
    Whether a file is one of a project's own scripts, which people run by hand or with each build.

    `path` is relative to the project.
    """
    folder = path.replace("\\", "/").partition("/")[0]
    if "scripts" in folder.split("_"):
        return True
    return folder in ("benchmarks", "ci", "dev", "docs", "examples", "script", "tools")


def is_django_command(module: Module) -> bool:
    """Whether a module is a command of Django's `manage.py`: what it raises as a rule ends the process."""
    return "/management/commands/" in module.path.replace("\\", "/")


def is_build_script(module: Module) -> bool:
    """Whether a module is a `setup.py`: it calls setuptools' or distutils' `setup`, and its process ends then."""
    return module.imports("setuptools", "distutils") and any(
        module.callee(call) in _SETUPS for call in module.calls_named("setup")
    )


def has_the_loop_for_itself(module: Module) -> bool:
    """
    Whether the module is a program whose one coroutine is all that its event loop runs.

    It takes arguments from the command line, calls `asyncio.run` under its main guard or in a function, starts
    no tasks and serves nobody; or it is the environment in which Alembic runs migrations.
    """
    return module.keep("has the loop for itself", _has_the_loop_for_itself)


def _has_the_loop_for_itself(module: Module) -> bool:
    if module.imports("alembic") and next(module.calls_named("run_migrations"), None) is not None:
        return True
    if not has_main_guard(module) or not module.imports(*INTERFACES) or runs_several(module):
        return False
    return any(module.callee(call) in ("asyncio.run", "anyio.run") for call in module.calls_named("run"))


def talks_to_a_person(module: Module) -> bool:
    """Whether a module is a command-line program, or prints and runs no two coroutines at a time."""
    if is_command_line(module):
        return True
    return next(module.calls_named("print"), None) is not None and not runs_several(module)


def runs_several(module: Module) -> bool:
    """Whether a module starts tasks or servers, or has to do with a framework that does."""
    return module.imports(*SERVING) or next(module.calls_named(*_STARTING), None) is not None


def is_test_support(module: Module) -> bool:
    """Whether a file is there for the tests of others, by its folder, its name or what it imports."""
    if _TEST_SUPPORT.search(module.path) is not None:
        return True
    if module.imports("_pytest", "pytest"):
        return True
    if not module.imports("unittest"):
        return False
    # Its mocks have uses elsewhere.
    return any(name.name == "unittest" for node in module.nodes(ast.Import) for name in node.names) or any(
        node.module == "unittest" and any(name.name != "mock" for name in node.names)
        for node in module.nodes(ast.ImportFrom)
    )


_MEASURING = pattern(r"benchmark|profiling")


def is_benchmark(module: Module) -> bool:
    """Whether a module measures something, each turn by itself, as its file or a folder around it is named."""
    *folders, file = module.path.replace("\\", "/").split("/")
    words = file.removesuffix(".py").split("_")
    return not {"bench", "benchmark"}.isdisjoint(words) or any(map(_MEASURING.match, folders))


# How folders begin whose programs are there to be read.
_EXAMPLES = ("cookbook", "example", "sample_", "samples", "tutorial")


def is_example(module: Module) -> bool:
    """Whether a module is there to be read: it lies in a folder of examples, or is the file of them, or a demo."""
    *folders, file = module.path.replace("\\", "/").split("/")
    return file in ("examples.py", "demo.py") or any(folder.startswith(_EXAMPLES) for folder in folders)


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


def is_main_function(module: Module, node: ast.AST) -> bool:
    """Whether a node stands in a function that only `if __name__ == "__main__":` calls."""
    function = module.function_of(node)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or not has_main_guard(module):
        return False
    if function.name.strip("_") not in _MAIN_FUNCTIONS:
        # Others may be called by other modules as well.
        return False
    uses = [
        name
        for name in module.nodes(ast.Name)
        if name.id == function.name and isinstance(name.ctx, ast.Load) and function in module.sites_of(name)
    ]
    return bool(uses) and all(in_main_guard(module, use) for use in uses)
