"""Tasks: what becomes of a task once it is made."""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.knowledge import tasks
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import assigned_target, last_name
from flake8_auditrules.semantics.scopes import ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DISPLAYS = (ast.List, ast.Set, ast.Tuple)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp)
_WAITING = (ast.Await, ast.Yield, ast.YieldFrom, ast.AsyncFor, ast.AsyncWith)


class Fate(enum.Enum):
    """How a task is lost."""

    DROPPED = "dropped"
    """The result of the call is used by nothing."""
    LOCAL = "local"
    """Only a local variable holds it, and the function ends without having waited for anything."""
    PILED_UP = "piled up"
    """A container holds it that nothing reads."""


class Lost(NamedTuple):
    """A task that is lost: how, and the name or container that holds it ("" for none)."""

    fate: Fate
    holder: str


def lost_task(module: Module, call: ast.Call) -> Lost | None:
    """How the task that `call` makes is lost; None where something keeps it or may."""
    if is_held_by_executor(call):
        return None
    value: ast.expr = call
    parent = module.parent(value)
    while isinstance(parent, (ast.IfExp, ast.BoolOp, *_DISPLAYS)) or (
        isinstance(parent, _COMPREHENSIONS) and parent.elt is value
    ):
        if isinstance(parent, ast.IfExp) and value is parent.test:
            return None
        value, parent = parent, module.parent(parent)
    if isinstance(parent, ast.Expr):
        return Lost(Fate.DROPPED, "")
    if isinstance(parent, ast.Lambda):
        return Lost(Fate.DROPPED, "") if _drops_result(module, parent) else None
    if isinstance(parent, (ast.Assign, ast.AnnAssign)):
        target = assigned_target(parent)
        return _lost_in_local(module, target) if isinstance(target, ast.Name) else None
    return _lost_in_container(module, value)


def puts_without_waiting(module: Module, waiting: ast.AST) -> bool:
    """Whether an await only puts something into a queue of asyncio that has no bound: it does not wait."""
    call = waiting.value if isinstance(waiting, ast.Await) else None
    if not isinstance(call, ast.Call) or last_name(call) != "put" or not isinstance(call.func, ast.Attribute):
        return False
    queue = call.func.value
    if not isinstance(queue, ast.Name):
        return False
    made = [binding.value for binding in module.bindings(queue)]
    return bool(made) and all(
        isinstance(value, ast.Call)
        and not value.args
        and not value.keywords
        and tasks.QUEUES.get(module.callee(value) or "", False)
        for value in made
    )


def never_suspends(module: Module, waiting: ast.AST) -> bool:
    """Whether an await runs a coroutine function of the module that waits for nothing: the loop stays with it."""
    call = waiting.value if isinstance(waiting, ast.Await) else None
    if not isinstance(call, ast.Call):
        return False
    function = module.called_function(call)
    return (
        isinstance(function, ast.AsyncFunctionDef)
        and not function.decorator_list
        and not any(isinstance(part, _WAITING) for part in module.own_nodes(function))
        and not _is_left_open(function)
    )


def _is_left_open(function: ast.AsyncFunctionDef) -> bool:
    """Whether a function's body says nothing, or only that it is to be written: others fill it."""
    return all(
        isinstance(one, (ast.Pass, ast.Raise))
        or (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        for one in function.body
    )


def is_held_by_executor(call: ast.Call) -> bool:
    """Whether `ensure_future` is given the future of an executor, which is no task and which its work keeps."""
    given = call.args[0] if call.args else None
    return isinstance(given, ast.Call) and last_name(given.func) in ("run_in_executor", "wrap_future")


def _drops_result(module: Module, function: ast.Lambda) -> bool:
    """Whether a lambda is a callback whose result the event loop drops."""
    call = module.parent(function)
    if not isinstance(call, ast.Call):
        return False
    taken = tasks.CALLBACK_TAKERS.get(module.callee(call) or "")
    return taken is not None and module.argument(call, *taken) is function


def _is_dropped_shield(module: Module, call: ast.Call) -> bool:
    """Whether a call is a statement `asyncio.shield(task)`: nobody waits, and what it gives is dropped too."""
    return isinstance(module.parent(call), ast.Expr) and module.callee(call) == "asyncio.shield"


def _lost_in_local(module: Module, target: ast.Name) -> Lost | None:
    scope = module.scope_of(target)
    owner = scope.owner(target.id)
    if owner is None or owner is not scope or owner.kind is not ScopeKind.FUNCTION:
        return None
    lost = Lost(Fate.LOCAL, target.id)
    for use in loads(module, target.id):
        if module.owner_of(use) is not owner:
            continue
        parent = module.parent(use)
        if isinstance(parent, ast.Attribute) and parent.attr in tasks.GLANCES:
            continue
        if isinstance(parent, ast.Call) and _is_dropped_shield(module, parent):
            continue
        piled = _lost_in_container(module, use)
        if piled is None:
            return None
        lost = piled
    if lost.fate is Fate.LOCAL and _waits_after(module, module.statement(target)):
        return None
    return lost


def _waits_after(module: Module, statement: ast.stmt) -> bool:
    """Whether the function may wait for something after a statement, so that its variables live on."""
    function = module.function_of(statement)
    if not isinstance(function, _FUNCTIONS):
        return False
    return any(
        isinstance(node, _WAITING) and (node.lineno > statement.lineno or module.loop_of(statement) is not None)
        for node in module.own_nodes(function)
    )


def _lost_in_container(module: Module, value: ast.expr) -> Lost | None:
    """Whether `value` is put into a list or set that nothing ever looks at."""
    call = module.parent(value)
    if not isinstance(call, ast.Call) or value not in call.args or not isinstance(call.func, ast.Attribute):
        return None
    container = call.func.value
    if call.func.attr not in tasks.PUTTING or not isinstance(module.parent(call), ast.Expr):
        return None
    if isinstance(container, ast.Attribute):
        if not container.attr.startswith("_") or container.attr.startswith("__"):
            return None
        uses: list[ast.expr] = list(_attributes(module, container.attr))
        holder = module.instance_of(container)
    elif isinstance(container, ast.Name):
        owner = module.owner_of(container)
        if owner is None or owner.kind is not ScopeKind.FUNCTION:
            return None
        if not all(isinstance(site, ast.Name) for site in owner.bindings[container.id]):
            return None
        uses = [use for use in loads(module, container.id) if module.owner_of(use) is owner]
        holder = module.instance_of(container)
        if _waits_after(module, module.statement(call)):
            return None
    else:
        return None
    if holder not in ("builtins.list", "builtins.set", "collections.deque"):
        return None
    if all(_only_puts(module, use) for use in uses):
        return Lost(Fate.PILED_UP, module.text(container))
    return None


def _only_puts(module: Module, container: ast.expr) -> bool:
    """Whether a read of a container only puts something in, or counts what is in it."""
    parent = module.parent(container)
    if isinstance(parent, ast.Attribute):
        return parent.attr in tasks.PUTTING
    return isinstance(parent, ast.Call) and module.qualname(parent.func) == "builtins.len"


def _attributes(module: Module, name: str) -> list[ast.Attribute]:
    """All reads of attributes of a name, whatever object they are of."""
    return [node for node in module.attributes_named(name) if isinstance(node.ctx, ast.Load)]
