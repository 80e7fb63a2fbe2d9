"""Subscriptions: queues of those who listen, which a publisher fills one after the other."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_PUTS = frozenset({"put", "put_nowait"})
_ADDING = frozenset({"add", "append"})
_ENDING = pattern(r"(?:^|_)a?(?:close|stop|shutdown|terminate|cancel|finish|clear|end)(?:_|$)")
_MEASURING = frozenset({"qsize", "full"})
# Work that ends: as much is told of it as it has steps.
_ENDS_ITSELF = pattern(
    r"(?:^|_)(?:build|download|execution|export|import|ingest|job|run|scan|task|upload)_?(?:id)?$"
)


def published(module: Module, made: ast.Call) -> ast.AST | None:
    """Where a queue is filled that a listener gets for itself; None where that is not seen, or has a bound."""
    statement = module.statement(made)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is not made:
        return None
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    if isinstance(target, ast.Subscript):
        return None if _is_of_work(target) else _published_over(module, _last_name_of(module, target.value))
    if not isinstance(target, ast.Name):
        return None
    owner, function = module.owner_of(target), module.function_of(made)
    if owner is None or owner.kind is not ScopeKind.FUNCTION or not isinstance(function, _FUNCTIONS):
        return None
    for use in module.nodes(ast.Name):
        if use.id != target.id or not isinstance(use.ctx, ast.Load) or module.owner_of(use) is not owner:
            continue
        found = _published_over(module, _kept_in(module, use))
        if found is not None:
            return found
    return None


def _kept_in(module: Module, queue: ast.Name) -> str:
    """The last name of the shared container that a queue is put into; "" for none."""
    held: ast.AST = queue
    parent = module.parent(queue)
    if isinstance(parent, ast.Tuple):
        held, parent = parent, module.parent(parent)
    if isinstance(parent, ast.Call) and held in parent.args and isinstance(parent.func, ast.Attribute):
        kept = parent.func.value
        return _last_name_of(module, kept) if parent.func.attr in _ADDING and not _is_of_work(kept) else ""
    if isinstance(parent, ast.Assign) and parent.value is held and isinstance(parent.targets[0], ast.Subscript):
        kept = parent.targets[0]
        return "" if _is_of_work(kept) else _last_name_of(module, kept.value)
    return ""


def _is_of_work(kept: ast.expr) -> bool:
    """Whether a place is that of one job, `listeners[job_id]`, `listeners.setdefault(run_id, [])`, which ends."""
    key: ast.expr | None = None
    if isinstance(kept, ast.Subscript):
        key = kept.slice
    elif isinstance(kept, ast.Call) and last_name(kept) in ("setdefault", "get") and kept.args:
        key = kept.args[0]
    return isinstance(key, (ast.Name, ast.Attribute)) and _ENDS_ITSELF.search(last_name(key)) is not None


def _last_name_of(module: Module, container: ast.expr) -> str:
    """The last name of an attribute or a variable of the module, `rooms` also for `self.rooms[key]`."""
    while isinstance(container, (ast.Subscript, ast.Call)):
        if isinstance(container, ast.Subscript):
            container = container.value
        elif isinstance(container.func, ast.Attribute) and container.func.attr in ("setdefault", "get"):
            container = container.func.value
        else:
            return ""
    if isinstance(container, ast.Attribute):
        return container.attr
    if isinstance(container, ast.Name):
        owner = module.owner_of(container)
        return container.id if owner is not None and owner.kind is ScopeKind.MODULE else ""
    return ""


def _published_over(module: Module, name: str) -> ast.AST | None:
    """The put in a loop over a container, by its last name, that gives something to each queue in it."""
    if not name:
        return None
    handed = module.keep("handed to the loop", _handed_to_loop)
    for loop in module.nodes(ast.For):
        function = module.function_of(loop)
        if not isinstance(function, _FUNCTIONS) or not _mentions(function, name) or _ENDING.search(function.name):
            continue
        if function.name in handed:
            # A thread has the loop run it, and nobody there can wait.
            continue
        targets = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
        put: ast.AST | None = None
        for part in ast.walk(loop):
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in targets:
                if part.attr in _MEASURING:
                    put = None
                    break
                # What another thread hands to the loop, `call_soon_threadsafe(queue.put_nowait, x)`, cannot wait.
                if part.attr in _PUTS and _is_called(module, part) and not _says_goodbye(module, part):
                    put = put or part
        if put is not None and _goes_over(module, loop.iter, name, 0):
            return put
    return None


def _handed_to_loop(module: Module) -> frozenset[str]:
    """The last names of what other threads hand to the loop: `loop.call_soon_threadsafe(self._deliver, event)`."""
    return frozenset(last_name(call.args[0]) for call in module.calls_named("call_soon_threadsafe") if call.args)


def _is_called(module: Module, method: ast.Attribute) -> bool:
    """Whether a method is called where it stands, and not handed on."""
    call = module.parent(method)
    return isinstance(call, ast.Call) and call.func is method


def _says_goodbye(module: Module, put: ast.Attribute) -> bool:
    """Whether what is put is None or a constant by its name: a sign that nothing more comes."""
    call = module.parent(put)
    values = call.args if isinstance(call, ast.Call) else []
    return bool(values) and (
        isinstance(values[-1], ast.Constant)
        or (isinstance(values[-1], (ast.Name, ast.Attribute)) and last_name(values[-1]).lstrip("_").isupper())
    )


def _goes_over(module: Module, expression: ast.expr, name: str, hops: int) -> bool:
    """Whether an expression names a container, or is a local copy of it."""
    for part in ast.walk(expression):
        if (isinstance(part, ast.Attribute) and part.attr == name) or (
            isinstance(part, ast.Name) and part.id == name
        ):
            return True
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load) and hops < 2:
            for binding in module.bindings(part):
                if binding.value is not None and _goes_over(module, binding.value, name, hops + 1):
                    return True
    return False


def _mentions(function: ast.AST, name: str) -> bool:
    return any(
        (isinstance(part, ast.Attribute) and part.attr == name) or (isinstance(part, ast.Name) and part.id == name)
        for part in ast.walk(function)
    )
