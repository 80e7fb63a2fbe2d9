"""Insert guards: what keeps two requests from adding the same row at once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.callers import every_caller
from flake8_auditrules.project.definitions import definition_of
from flake8_auditrules.project.key_checks import made_by
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.request_paths import runs_for_requests
from flake8_auditrules.semantics import sessions, text_inserts
from flake8_auditrules.semantics.django_rows import locks_rows
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.row_checks import is_caught
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.sessions import Session

# What a row's own number is called.
_NUMBERS = frozenset({"id", "public_id", "uid", "uuid"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_GUARDING = pattern(
    r"lock|on_conflict|for_update|begin_nested|savepoint|serializable|isolation|upsert|integrityerror|uniqueviolation",
    re.IGNORECASE,
)
_LOCKING = pattern(r"\b(?:pg_(?:try_)?advisory_\w*lock|get_lock|for\s+update|lock\s+tables?)\b", re.IGNORECASE)
_ONCE = pattern(
    r"(?:^|_)(?:re)?(?:seed|set_?up|init|bootstrap|startup|lifespan|migrat|backfill|default|populate|fixture|sync|import|"
    r"provision)",
    re.IGNORECASE,
)
# Files that fill a database at the start.
_SEEDS = pattern(r"(?:^|[/\\_])(?:seed|seeds|seeder|seeding|seed_?\w*|bootstrap|fixtures)\.py$", re.IGNORECASE)
_SINGLE = pattern(r"(?:Collector|Scheduler|Reconciler|Aggregator)$")
# What runs functions in threads, or answers requests in several.
_THREADED = (
    "threading",
    "concurrent",
    "fastapi",
    "flask",
    "starlette",
    "django",
    "bottle",
    "socketserver",
    "http",
)
_ALONE = pattern(r"\s*BEGIN\s+(?:IMMEDIATE|EXCLUSIVE)\b", re.IGNORECASE)


def is_done_once(module: Module, function: FunctionNode) -> bool:
    """Whether a function, or its file, is named for what is done once, at the start; routes are not."""
    if is_route(module, function):
        return False
    return _ONCE.search(function.name) is not None or _SEEDS.search(module.path) is not None


def is_single(module: Module, function: FunctionNode) -> bool:
    """Whether a function is a method of a class that works for itself in the background, one at a time."""
    around = module.parent(function)
    return isinstance(around, ast.ClassDef) and _SINGLE.search(around.name) is not None


def is_handed_over(module: Module, function: FunctionNode, session: ast.expr) -> bool:
    """Whether a function inside another is given to what runs it, and gives it the session of that turn."""
    around = module.function_of(function)
    if not isinstance(around, _FUNCTIONS) or not isinstance(session, ast.Name):
        return False
    return session.id in {one.arg for one in function.args.args} and any(
        isinstance(parent := module.parent(use), (ast.Call, ast.keyword))
        and not (isinstance(parent, ast.Call) and parent.func is use)
        for use in module.names_in(around).get(function.name, ())
    )


def is_guarded(project: Project, module: Module, function: FunctionNode, add: ast.Call) -> bool:
    """
    Whether something in the function deals with the other request: a handler, a lock, ON CONFLICT.

    A handler counts that takes what the insert raises, or what the statements behind it do.
    """
    loop = module.loop_of(add)
    if isinstance(loop, (ast.For, ast.AsyncFor, ast.While)) and not is_route(module, function):
        # A loop is a job's, which nothing need run beside; not where routes call the function.
        if not runs_for_requests(project, module, function, only_routes=True) or _keeps_item(module, loop, add):
            return True
    for part in module.own_nodes(function):
        name = part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
        if name and _GUARDING.search(name.lower().replace("block", "")):
            return True
        if isinstance(part, ast.keyword) and part.arg and _GUARDING.search(part.arg):
            return True
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and _LOCKING.search(part.value):
            return True
    return is_caught(module, function, add)


def _keeps_item(module: Module, loop: ast.AST, add: ast.Call) -> bool:
    """Whether each turn adds the row of its own item, by the item's own number: nobody else has it yet."""
    target = loop.target if isinstance(loop, (ast.For, ast.AsyncFor)) else loop
    items = {part.id for part in ast.walk(target) if isinstance(part, ast.Name)}
    made = made_by(module, add.args[0]) if add.args else None
    return made is not None and any(
        keyword.arg in _NUMBERS
        and isinstance(keyword.value, ast.Attribute)
        and isinstance(keyword.value.value, ast.Name)
        and keyword.value.value.id in items
        for keyword in made.keywords
    )


def is_alone(project: Project, module: Module, add: ast.Call, session: Session) -> bool:
    """Whether what opens the session locks the database: `BEGIN IMMEDIATE` of SQLite lets one writer in."""
    return any(
        sessions.concerns(item, session) and _locks(project, module, item)
        for around in module.ancestors(add)
        if isinstance(around, (ast.With, ast.AsyncWith))
        for item in around.items
    )


def is_in_locking(project: Project, module: Module, node: ast.Call) -> bool:
    """Whether a function of the project that opens a block around a place locks the database."""
    return any(
        _locks(project, module, item)
        for around in module.ancestors(node)
        if isinstance(around, (ast.With, ast.AsyncWith))
        for item in around.items
    )


def is_locked_by_caller(project: Project, module: Module, function: FunctionNode) -> bool:
    """Whether a caller of a function locks rows."""
    return any(
        isinstance(around := caller.module.function_of(caller.call), _FUNCTIONS)
        and locks_rows(caller.module, around)
        for caller in every_caller(project, module, function)
    )


def runs_beside_others(module: Module, function: FunctionNode, insert: ast.Call) -> bool:
    """
    Whether a function that talks to a database of its own may run twice at once.

    With the sqlite3 of one program it does only in threads. Where a transaction begins that locks, or for a
    private method beside a lock of its class, it does not.
    """
    if module.imports("sqlite3") or text_inserts.is_for_sqlite(module, insert):
        if not (is_route(module, function) or module.imports(*_THREADED)):
            return False
    if any(_ALONE.match(part.value) for part in module.nodes(ast.Constant) if isinstance(part.value, str)):
        return False
    return not (function.name.startswith("_") and any(_holds_lock(part) for part in _withs(module, function)))


def _locks(project: Project, module: Module, item: ast.withitem) -> bool:
    if not isinstance(item.context_expr, ast.Call):
        return False
    found = definition_of(project, module, item.context_expr)
    return found is not None and any(
        isinstance(part, ast.Constant) and _ALONE.match(str(part.value)) for part in ast.walk(found.function)
    )


def _withs(module: Module, function: FunctionNode) -> Iterator[ast.With | ast.AsyncWith]:
    """The `with` blocks of the class, or of the module, that a function is defined in."""
    around = module.parent(function)
    blocks: list[ast.With | ast.AsyncWith] = [*module.nodes(ast.With), *module.nodes(ast.AsyncWith)]
    for block in blocks:
        if any(one is around for one in module.ancestors(block)):
            yield block


def _holds_lock(block: ast.With | ast.AsyncWith) -> bool:
    return any("lock" in last_name(item.context_expr).lower() for item in block.items)
