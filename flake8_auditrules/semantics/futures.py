"""Futures of executors: whether anybody looks into one, and whether the job can fail unseen."""

from __future__ import annotations

import ast
import sys

from flake8_auditrules.knowledge import executors
from flake8_auditrules.semantics.handlers import is_broad, own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import assigned_target, calls_super, last_name
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode, ScopeKind

_CONTAINERS = (ast.List, ast.Set, ast.Tuple, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)
_FILLING = frozenset({"append", "add", "appendleft"})
_BLIND_METHODS = frozenset({"append", "add", "appendleft", "cancel", "cancelled", "clear", "done", "running"})
_REPORTING = frozenset({"critical", "error", "exception", "warning", "put", "put_nowait", "set_exception"})
_STANDARD = frozenset(sys.stdlib_module_names)
_MAXIMUM_CALLEES = 3
_BLIND_CALLS = frozenset({"builtins.len", "builtins.print", "builtins.bool"})


# Tells by a number how a command went, and raises nothing.
_COMMAND = "os.system"


def is_asked(module: Module, call: ast.Call) -> bool:
    """
    Whether anybody looks into the future that `call` gives (or takes the results, for `map`).

    True wherever it leaves the function's own names: returned, stored elsewhere, given to a call.
    """
    parent = module.parent(call)
    if isinstance(parent, ast.Expr):
        return False
    holder = _holder(module, call)
    if holder is None:
        return True
    owner = module.owner_of(holder)
    if owner is None or owner.kind is not ScopeKind.FUNCTION:
        return True
    reads = [
        name
        for name in module.nodes(ast.Name)
        if name.id == holder.id and isinstance(name.ctx, ast.Load) and module.owner_of(name) is owner
    ]
    return any(_looks(module, name) for name in reads)


def own_executor(module: Module, call: ast.Call) -> str | None:
    """The class of the executor that gets a job, where it is a subclass of those of the standard library."""
    name = module.instance_of(call.func.value) if isinstance(call.func, ast.Attribute) else None
    return None if name in executors.EXECUTORS or name in executors.POOLS else name


COLLECTING: frozenset[str] = frozenset({"submit", "__exit__", "shutdown"})
"""The methods of an executor in which it may look into its futures."""


def looks_into_futures(function: FunctionNode) -> bool:
    """Whether a method of an executor asks futures for their outcome."""
    return any(last_name(part) in _OUTCOMES for part in own_parts(function.body) if isinstance(part, ast.Call))


_OUTCOMES = frozenset({"result", "exception", "add_done_callback", "as_completed"})


def _holder(module: Module, call: ast.Call) -> ast.Name | None:
    """The name that holds the future or the collection into which it goes; None where it is held otherwise."""
    child: ast.AST = call
    parent = module.parent(child)
    if isinstance(parent, ast.Call) and child in parent.args and isinstance(parent.func, ast.Attribute):
        collection = parent.func.value
        if parent.func.attr in _FILLING and isinstance(collection, ast.Name):
            return collection if isinstance(module.parent(parent), ast.Expr) else None
        return None
    while isinstance(parent, _CONTAINERS):
        child, parent = parent, module.parent(parent)
    if not isinstance(parent, (ast.Assign, ast.AnnAssign)) or child is not parent.value:
        return None
    target = assigned_target(parent)
    if isinstance(target, ast.Subscript):
        target = target.value
    return target if isinstance(target, ast.Name) else None


def _looks(module: Module, use: ast.Name) -> bool:
    """Whether a use of a future, or of a collection of futures, may show an exception."""
    parent = module.parent(use)
    if isinstance(parent, ast.Attribute):
        return parent.attr not in _BLIND_METHODS
    if isinstance(parent, ast.Subscript):
        # As the key of a dict it goes where the dict goes.
        return use is parent.slice or not isinstance(parent.ctx, ast.Store)
    if isinstance(parent, ast.Call) and use in parent.args:
        callee = module.callee(parent)
        if callee in _BLIND_CALLS:
            return False
        if callee in executors.WAITING:
            return not isinstance(module.parent(parent), ast.Expr)
        return True
    return not isinstance(parent, (ast.If, ast.While, ast.UnaryOp))


# Calls that only wait, tell others to go on, or move what a container holds.
_MOVING = frozenset(
    {"append", "appendleft", "clear", "discard", "get", "is_set", "notify", "notify_all", "set", "sleep"}
)


def guards_itself(module: Module, call: ast.Call) -> bool:
    """
    Whether the function that a call hands over sees to its own failures, or may do so.

    It does where a broad handler stands in its body, where it logs, or where all that it calls does. It may where
    its body is in another module of the project. What is handed in by a parameter and what a library defines
    does not.
    """
    function = module.argument(call, "fn", 0)
    if (
        isinstance(function, ast.Attribute)
        and function.attr == "run"
        and len(call.args) > 1
        and module.function_behind(function) is None
    ):
        # `context.run(function)`.
        function = call.args[1]
    if isinstance(function, ast.Name):
        made = [binding.value for binding in module.bindings(function)]
        if len(made) == 1 and isinstance(made[0], ast.Call):
            function = made[0]
    if isinstance(function, ast.Call) and module.callee(function) == "functools.partial" and function.args:
        function = function.args[0]
    if not isinstance(function, (ast.Name, ast.Attribute)):
        return True
    named = module.function_named(function) or ""
    if named == _COMMAND:
        return True
    node = module.instances.local_function(named)
    if node is not None:
        return _reports_failures(module, node, 0)
    if isinstance(function, ast.Name):
        bindings = module.bindings(function)
        if bindings and all(binding.kind is BindingKind.PARAMETER for binding in bindings):
            return False
    return not _is_foreign(module, named)


def _is_foreign(module: Module, qualname: str) -> bool:
    """Whether a name belongs to a library that the module imports, the standard library included."""
    top = qualname.partition(".")[0]
    own = module.name.partition(".")[0]
    # What threads wait for and tell each other does not fail; `typing.Any` is nobody.
    is_outcome = top not in ("threading", "typing")
    return bool(top) and top != own and top in _STANDARD and "." in qualname and is_outcome


def _reports_failures(module: Module, function: FunctionNode, depth: int) -> bool:
    if isinstance(function, ast.AsyncFunctionDef) or depth > _MAXIMUM_CALLEES:
        return True
    alone = True
    for part in own_parts(function.body):
        if isinstance(part, ast.ExceptHandler):
            if is_broad(module, part):
                return True
        elif isinstance(part, ast.Raise):
            alone = False
        elif isinstance(part, ast.Call):
            if isinstance(part.func, ast.Attribute) and part.func.attr in _REPORTING:
                return True
            if module.is_harmless(part) or last_name(part) in ("submit", "min", "max") or _cannot_fail(part):
                continue
            if last_name(part) == "system" and module.callee(part) == _COMMAND:
                continue
            if calls_super(part):
                # What a base class in another module does with a failure is not known.
                return True
            called = module.called_function(part)
            alone = alone and called is not None and _reports_failures(module, called, depth + 1)
    return alone


def _cannot_fail(call: ast.Call) -> bool:
    """Whether a call waits, or moves what a container or an event holds: `sleep(1)`, `waiting.append(job)`."""
    name = last_name(call)
    return name in _MOVING or (name == "pop" and len(call.args) == 2)
