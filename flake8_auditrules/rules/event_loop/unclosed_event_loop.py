"""AUD108: an event loop that is made and not closed on some path."""

from __future__ import annotations

import ast
from functools import partial

from flake8_auditrules.project.definitions import definition_of, module_named
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.flow import ExitKind, Statement, evaluated
from flake8_auditrules.semantics.handlers import in_finally, statements
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.own_loops import Sight, runs_per_call
from flake8_auditrules.semantics.programs import in_main_guard, is_benchmark, is_terminal_program
from flake8_auditrules.semantics.scopes import ScopeKind
from flake8_auditrules.semantics.task_ends import is_endless

# Calls that are handed the loop and do not take it over.
_BORROWING = frozenset({"asyncio.set_event_loop", "asyncio.run_coroutine_threadsafe", "asyncio.ensure_future"})


class UnclosedEventLoop(Rule):
    """
    ## What it does
    Finds `asyncio.new_event_loop()` in a function that can end without `close()` on that loop.

    ## Why it matters
    An event loop holds a selector and a pair of sockets. Each one that is left open keeps three file descriptors
    until the garbage collector finds it; in a worker that makes one for each job they run out. The transports and
    async generators that the loop still had are never shut down.

    ## When to silence it
    When the loop lives as long as the process.
    """

    code = "AUD108"
    severity = Severity.MEDIUM
    category = Category.RESOURCE_LEAK
    since = "0.1.0"
    reach = Reach.CALLEES
    calls = frozenset({"asyncio.new_event_loop"})
    message = "event loop `{loop}` is not closed when {way}; close it in a `finally`, or use `asyncio.run`"
    examined = "event loops made in functions are closed on every way out"

    bad = (
        """
        import asyncio

        def fetch_now(fetch):
            loop = asyncio.new_event_loop()  # AUD108
            answer = loop.run_until_complete(fetch())
            loop.close()
            return answer
        """,
    )
    good = (
        """
        import asyncio

        def fetch_now(fetch):
            loop = asyncio.new_event_loop()
            try:
                return loop.run_until_complete(fetch())
            finally:
                loop.close()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a loop that some way out leaves open."""
        module = self.module
        function = module.function_of(node)
        if module.is_test or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return
        if is_terminal_program(module) or _runs_at_exit(module, function) or _is_a_process(module, function):
            # A command ends with its loop, and a process of its own.
            return
        if in_finally(module, node):
            # A last thing to do, when all else is over.
            return
        if _is_used_at_once(module, node):
            if in_main_guard(module, node) or is_benchmark(module) or self._runs_per_call(node):
                self.passed(node)
            else:
                self.report(node, loop=module.call_text(node), way="what it runs has ended")
            return
        statement = module.statement(node)
        if in_main_guard(module, node) or not isinstance(statement, ast.Assign) or statement.value is not node:
            return
        target = statement.targets[0]
        if len(statement.targets) > 1 or not isinstance(target, ast.Name) or not _is_owned(module, target):
            return
        name = target.id
        cleaning = _cleaning(module, function, name)
        leaving = module.quiet_flow(function).leaves_without(
            _last_harmless(module, statement),
            lambda reached: reached in cleaning or _closes(reached, name),
            assuming={name: True},
        )
        if leaving is None or self._runs_per_call(node):
            self.passed(node)
            return
        closed = any(_closes(one, name) for one in statements(function.body))
        raised = closed and leaving.kind in (ExitKind.RAISE, ExitKind.CANCEL)
        if raised and _only_begins(module, function, name, leaving.line):
            self.passed(node)
            return
        way = f"line {leaving.line} raises" if raised else f"`{function.name}` ends at line {leaving.line}"
        self.report(node, loop=name, way=way)

    def _runs_per_call(self, made: ast.Call) -> bool:
        sight = Sight(partial(definition_of, self.project), partial(module_named, self.project))
        return runs_per_call(self.module, made, sight)


def _runs_at_exit(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is given to `atexit.register`: the process ends after it."""
    registers = "atexit.register"
    if any(module.qualname(decorator) == registers for decorator in function.decorator_list):
        return True
    return module.imports("atexit") and any(
        call.args and last_name(call.args[0]) == function.name and module.callee(call) == registers
        for call in module.calls_named("register")
    )


def _is_a_process(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is all that a process of its own runs: `Process(target=function)`."""
    return any(
        last_name(target) == function.name
        for call in module.calls_named("Process")
        for target in [module.argument(call, "target")]
        if target is not None
    )


def _is_used_at_once(module: Module, node: ast.Call) -> bool:
    """Whether a loop is made to run something and is held by nobody: `new_event_loop().run_until_complete()`."""
    method = module.parent(node)
    return isinstance(method, ast.Attribute) and method.attr == "run_until_complete"


def _cleaning(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> set[Statement]:
    """The statements of `finally` blocks that stand before one that closes the loop: nobody guards clean-up."""
    found: set[Statement] = set()
    for node in module.own_nodes(function):
        if isinstance(node, ast.Try):
            closing = [number for number, part in enumerate(node.finalbody) if _closes(part, name)]
            found.update(node.finalbody[: closing[0]] if closing else ())
    return found


def _only_begins(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str, line: int) -> bool:
    """Whether a `finally` closes the loop, and what fails at `line` (1-based) before it runs no loop yet."""
    guards = [
        node
        for node in module.own_nodes(function)
        if isinstance(node, ast.Try) and any(_closes(part, name) for part in statements(node.finalbody))
    ]
    runs = any(
        isinstance(node, ast.Name)
        and node.id == name
        and node.lineno == line
        and last_name(module.parent(module.parent(node) or node)).startswith("run_")
        for node in module.own_nodes(function)
    )
    return bool(guards) and not runs and line < min(guard.lineno for guard in guards)


def _last_harmless(module: Module, statement: ast.Assign) -> ast.stmt:
    """The last of the statements after `statement` that only make the loop the current one, or set its handler."""
    last: ast.stmt = statement
    block = next(
        (
            body
            for body in (
                getattr(module.parent(statement), field, None) for field in ("body", "orelse", "finalbody")
            )
            if isinstance(body, list) and statement in body
        ),
        [],
    )
    for following in block[block.index(statement) + 1 :] if block else ():
        call = following.value if isinstance(following, ast.Expr) else None
        if not isinstance(call, ast.Call):
            break
        if module.callee(call) != "asyncio.set_event_loop" and last_name(call) != "set_exception_handler":
            break
        last = following
    return last


def _is_owned(module: Module, target: ast.Name) -> bool:
    """Whether the local variable alone has the loop: it is not stored, returned, captured or handed on."""
    owner = module.owner_of(target)
    if owner is None or owner is not module.scope_of(target) or owner.kind is not ScopeKind.FUNCTION:
        return False
    for binding in module.bindings(target):
        # Beside `get_event_loop()` it is the thread's loop from now on, made once; one that runs is somebody's.
        if binding.site is not target and not (
            (isinstance(binding.value, ast.Constant) and binding.value.value is None)
            or (isinstance(binding.value, ast.Call) and module.callee(binding.value) == "asyncio.get_running_loop")
        ):
            return False
    runs_for_ever = runs = False
    for use in loads(module, target.id):
        if module.owner_of(use) is not owner:
            continue
        if module.scope_of(use) is not owner:
            return False
        parent = module.parent(use)
        if isinstance(parent, ast.Attribute):
            called = module.parent(parent)
            if not (isinstance(called, ast.Call) and called.func is parent):
                # `Thread(target=loop.run_forever)`: somebody else ends it.
                return False
            runs_for_ever = runs_for_ever or parent.attr == "run_forever" or _is_given_endless(module, called)
            runs = True
        elif isinstance(parent, (ast.Call, ast.keyword)):
            call = parent if isinstance(parent, ast.Call) else module.parent(parent)
            if not isinstance(call, ast.Call) or module.callee(call) not in _BORROWING:
                return False
        elif not isinstance(parent, (ast.If, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.IfExp)):
            return False
    # What is only set is the loop of the thread from then on.
    return runs and not runs_for_ever


def _is_given_endless(module: Module, call: ast.Call) -> bool:
    """Whether a loop is given a coroutine of this module that has no end: the loop lasts as long as its thread."""
    coroutine = call.args[0] if call.args else None
    if not isinstance(coroutine, ast.Call):
        return False
    function = module.called_function(coroutine)
    return function is not None and is_endless(module, function)


def _closes(statement: Statement, name: str) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "close"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == name
        for node in evaluated(statement)
    )
