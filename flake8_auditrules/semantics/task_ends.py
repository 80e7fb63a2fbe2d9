"""Ends of tasks: what a task uses, and whether the code that ends it lets it finish first."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_auditrules.knowledge import tasks
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import Statement, evaluated
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import Binding, BindingKind, FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 2


class Unfinished(NamedTuple):
    """A task that is cancelled and not awaited: the text of what it uses and the 1-based line that closes that."""

    resource: str
    line: int


def closed_under(module: Module, cancel: ast.Call) -> Unfinished | None:
    """What `task.cancel()` is followed by that closes something the task still uses; None where nothing does."""
    function = module.function_of(cancel)
    statement = module.statement(cancel)
    if not isinstance(function, _FUNCTIONS) or not isinstance(cancel.func, ast.Attribute):
        return None
    if not isinstance(statement, ast.Expr) or statement.value is not cancel:
        return None
    task = cancel.func.value
    coroutine = _coroutine_of(module, task)
    if coroutine is None:
        return None
    used = _used_at_the_end(module, coroutine)
    if not used:
        return None
    key = module.source(task)
    names = _names_of(module, function, key)

    def closes(reached: Statement) -> bool:
        return _closed_resource(module, reached, used) is not None

    def waits(reached: Statement) -> bool:
        """Whether a statement lets the task run, which then ends before what it uses is closed."""
        if isinstance(reached, (ast.AsyncFor, ast.AsyncWith)):
            return True
        return any(isinstance(part, ast.Await) for part in evaluated(reached)) and not closes(reached)

    for node in module.own_nodes(function):
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            if module.source(node) in names and not _is_glance(module, node) and node.lineno >= cancel.lineno:
                # It is waited for, handed on or returned, perhaps after the closing.
                return None
    path = module.flow(function).path(statement, closes, waits)
    if path is None:
        return None
    found = _closed_resource(module, path[-1], used)
    return Unfinished(found, path[-1].lineno) if found is not None else None


def passed_over(module: Module, cancel: ast.Call) -> int | None:
    """
    The line of the await that keeps the one of a cancelled task from being reached; None where nothing does.

    Both stand in one block that catches the cancellation, and the first task was cancelled too: its await raises.
    """
    function, statement = module.function_of(cancel), module.statement(cancel)
    if not isinstance(function, _FUNCTIONS) or not isinstance(cancel.func, ast.Attribute):
        return None
    if not isinstance(statement, ast.Expr) or statement.value is not cancel:
        return None
    waits = [
        node
        for node in module.own_nodes(function)
        if isinstance(node, ast.Await) and module.source(node.value) == module.source(cancel.func.value)
    ]
    if len(waits) != 1 or waits[0].lineno < cancel.lineno:
        return None
    awaiting = module.statement(waits[0])
    body = getattr(module.parent(awaiting), "body", None)
    if not isinstance(body, list) or awaiting not in body or not _catches_all(module, module.parent(awaiting)):
        return None
    cancelled = {
        module.source(one.value): one.lineno
        for one in module.attributes_named("cancel")
        if module.function_of(one) is function
    }
    for earlier in body[: body.index(awaiting)]:
        if isinstance(earlier, ast.Expr) and isinstance(earlier.value, ast.Await):
            if cancelled.get(module.source(earlier.value.value), earlier.lineno) < earlier.lineno:
                return earlier.lineno
    return None


def _catches_all(module: Module, block: ast.AST | None) -> bool:
    """Whether a `with suppress(...)` or a `try` takes the cancellation of what is awaited in it."""
    if isinstance(block, ast.With):
        return any(
            isinstance(item.context_expr, ast.Call)
            and module.callee(item.context_expr) == "contextlib.suppress"
            and any("CancelledError" in module.source(argument) for argument in item.context_expr.args)
            for item in block.items
        )
    return isinstance(block, ast.Try) and any(_takes_cancellation(module, one) for one in block.handlers)


def _names_of(module: Module, function: FunctionNode, key: str) -> set[str]:
    """The texts under which the task goes in the function: itself, and variables that hold it."""
    names = {key}
    for node in module.own_nodes(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            if any(module.source(part) in names for part in ast.walk(node.value) if isinstance(part, ast.expr)):
                names.add(node.targets[0].id)
    return names


def _is_glance(module: Module, task: ast.expr) -> bool:
    """Whether a use of a task neither waits for it nor hands it on."""
    parent = module.parent(task)
    if isinstance(parent, ast.Attribute):
        return parent.attr in tasks.GLANCES or parent.attr == "cancel"
    return isinstance(parent, (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.If, ast.IfExp))


def _closed_resource(module: Module, statement: Statement, used: set[str]) -> str | None:
    """The text of a resource of those used that a statement closes."""
    for node in evaluated(statement):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in tasks.CLOSING and module.source(node.func.value) in used:
                return module.source(node.func.value)
    return None


def _coroutine_of(module: Module, task: ast.expr) -> ast.Call | None:
    """The call of the coroutine that a task runs, where all that is known of the task is one such call."""
    bindings: list[Binding]
    if isinstance(task, ast.Name):
        bindings = module.bindings(task)
    elif isinstance(task, ast.Attribute) and isinstance(task.value, ast.Name) and task.value.id == "self":
        holder = module.instances.local_class(module.instance_of(task.value) or "")
        if holder is None:
            return None
        bindings = [binding for binding, _ in module.members(holder).attributes.get(task.attr, [])]
    else:
        return None
    found: ast.Call | None = None
    for binding in bindings:
        value = binding.value
        if value is None or (isinstance(value, ast.Constant) and value.value is None):
            continue
        if binding.kind is not BindingKind.ASSIGNMENT or not isinstance(value, ast.Call) or found is not None:
            return None
        if module.called(value, tasks.CREATING) is None or not value.args:
            return None
        coroutine = value.args[0]
        if not isinstance(coroutine, ast.Call):
            return None
        found = coroutine
    return found


def _used_at_the_end(module: Module, coroutine: ast.Call) -> set[str]:
    """
    The texts of what a coroutine uses when it is cancelled: attributes of self, and variables that it is given.

    That is what stands in its `finally` blocks, in its handlers of a cancellation and under an `async with`, whose
    end waits too, there or in methods that are called from there. Nothing of coroutines that are not known.
    """
    function = module.called_function(coroutine)
    if function is None:
        return set()
    used = _attributes_told(module, _run_at_the_end(module, function), 0)
    parameters = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    given = dict(zip(parameters, coroutine.args, strict=False))
    given.update((keyword.arg, keyword.value) for keyword in coroutine.keywords if keyword.arg is not None)
    names = {
        node.id
        for part in _run_at_the_end(module, function)
        for node in ast.walk(part)
        if isinstance(node, ast.Name)
    }
    used.update(
        argument.id for name, argument in given.items() if name in names and isinstance(argument, ast.Name)
    )
    return used


def _run_at_the_end(module: Module, function: FunctionNode) -> list[ast.AST]:
    """The parts of a coroutine that run when it is cancelled, or whose end then waits."""
    found: list[ast.AST] = []
    for node in module.own_nodes(function):
        if isinstance(node, ast.AsyncWith):
            found.extend(_entered(node))
        elif isinstance(node, ast.Try):
            if not any(
                isinstance(ancestor, ast.ExceptHandler) and not _takes_cancellation(module, ancestor)
                for ancestor in module.ancestors(node)
            ):
                found.extend(node.finalbody)
            for handler in node.handlers:
                if _takes_cancellation(module, handler):
                    found.extend(handler.body)
    return found


def _entered(block: ast.AsyncWith) -> Iterator[ast.AST]:
    """What an `async with` ends: its contexts, and what is stored of them."""
    names: set[str] = set()
    for item in block.items:
        yield item.context_expr
        if isinstance(item.optional_vars, ast.Name):
            names.add(item.optional_vars.id)
    for node in ast.walk(block):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in names:
            yield from node.targets


def _takes_cancellation(module: Module, handler: ast.ExceptHandler) -> bool:
    caught = module.source(handler.type) if handler.type is not None else "BaseException"
    return "CancelledError" in caught or "BaseException" in caught


def _attributes_told(module: Module, parts: Sequence[ast.AST], hops: int) -> set[str]:
    """The attributes of self that some code touches, through other methods of the class."""
    used: set[str] = set()
    for part in parts:
        for node in ast.walk(part):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
                if not _is_only_closed(module, node):
                    used.add(f"self.{node.attr}")
            if isinstance(node, ast.Call) and hops < _MAXIMUM_HOPS and _is_of_self(node):
                inner = module.called_function(node)
                if inner is not None:
                    used |= _attributes_told(module, inner.body, hops + 1)
    return used


def _is_only_closed(module: Module, attribute: ast.Attribute) -> bool:
    """Whether a use of something closes it, or asks whether it is there: that may be done twice."""
    parent = module.parent(attribute)
    if isinstance(parent, ast.Attribute):
        return parent.attr in tasks.CLOSING
    return isinstance(parent, (ast.If, ast.Compare, ast.BoolOp, ast.UnaryOp))


def _is_of_self(call: ast.Call) -> bool:
    """Whether a call is one of a method of self."""
    method = call.func
    return isinstance(method, ast.Attribute) and isinstance(method.value, ast.Name) and method.value.id == "self"


def never_ended(module: Module, made: ast.Call) -> str | None:
    """
    The stop method that leaves a task running which `made` starts; None where something may end it.

    The task has to be kept in an attribute of self that no other method touches, its coroutine has to be an
    endless loop of the same class, and the class has to have a method to stop that shares nothing with it.
    """
    statement = module.statement(made)
    method = module.function_of(made)
    if not isinstance(statement, ast.Assign) or statement.value is not made or len(statement.targets) != 1:
        return None
    target = statement.targets[0]
    if (
        not isinstance(target, ast.Attribute)
        or not isinstance(target.value, ast.Name)
        or target.value.id != "self"
    ):
        return None
    holder = module.class_of(method) if method is not None else None
    coroutine = made.args[0] if made.args else None
    if holder is None or not isinstance(coroutine, ast.Call) or not target.attr.startswith("_"):
        return None
    loop = module.called_function(coroutine)
    if loop is None or module.class_of(loop) is not holder or not is_endless(module, loop):
        return None
    methods = module.members(holder).methods
    stops = [one for name, one in methods.items() if name in tasks.STOPPING]
    if not stops:
        return None
    reads = [
        node
        for node in module.attributes_named(target.attr)
        if isinstance(node.ctx, ast.Load) and (_is_cancelled(module, node) or not _is_glance(module, node))
    ]
    if reads or any(_shares(module, one, loop) for one in stops):
        return None
    if any(constant.value == target.attr for constant in module.nodes(ast.Constant)):
        # `getattr(self, "_task", None)`
        return None
    return stops[0].name


def _is_cancelled(module: Module, task: ast.Attribute) -> bool:
    parent = module.parent(task)
    return isinstance(parent, ast.Attribute) and parent.attr == "cancel"


def is_endless(module: Module, function: FunctionNode) -> bool:
    """Whether a coroutine is a `while True` that it never leaves by itself."""
    loops = [
        node
        for node in function.body
        if isinstance(node, ast.While) and isinstance(node.test, ast.Constant) and node.test.value
    ]
    if not loops:
        return False
    return not any(isinstance(node, (ast.Return, ast.Break, ast.Raise)) for node in module.own_nodes(function))


def _shares(module: Module, stop: FunctionNode, loop: FunctionNode) -> bool:
    """Whether a method that stops touches something that the loop touches too, or hands the work on."""
    touched = _attributes_of(module, stop)
    for node in module.own_nodes(stop):
        if isinstance(node, ast.Call) and module.callee(node) == "builtins.super":
            return True
        if isinstance(node, ast.Call):
            inner = module.called_function(node)
            if inner is not None:
                touched |= _attributes_of(module, inner)
    return not touched.isdisjoint(_attributes_of(module, loop))


def _attributes_of(module: Module, function: FunctionNode) -> set[str]:
    return {
        node.attr
        for node in module.own_nodes(function)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    }
