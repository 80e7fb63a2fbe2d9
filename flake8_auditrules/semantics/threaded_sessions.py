"""Threaded sessions: a database session that a thread works with while others still use it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.knowledge.offloading import HANDED_OFF
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.concurrent_sessions import shared_sessions
from flake8_auditrules.semantics.flow import ExitKind, Raising, Statement, dotted, evaluated
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import defaults_of, last_name
from flake8_auditrules.semantics.programs import has_main_guard
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode, ScopeKind
from flake8_auditrules.semantics.sharing import goes_to_one_worker

# What runs a function in a thread beside the one that goes on, and what only does so once it is awaited.
_AT_ONCE = (
    "asyncio.AbstractEventLoop.run_in_executor",
    "concurrent.futures.Executor.submit",
    "concurrent.futures.ThreadPoolExecutor.submit",
    "concurrent.futures.Executor.map",
    "concurrent.futures.ThreadPoolExecutor.map",
    "threading.Thread",
    "threading.Timer",
    "_thread.start_new_thread",
)
_WHEN_AWAITED = ("asyncio.to_thread", "starlette.concurrency.run_in_threadpool", "anyio.to_thread.run_sync")
STARTING = frozenset({*_AT_ONCE, *_WHEN_AWAITED})
"""The calls by which a function comes to run in a thread."""

_TAILS = sorted({name.rpartition(".")[2] for name in STARTING})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_THREADS = frozenset({"threading.Thread", "threading.Timer"})
_SCHEDULING = frozenset({"create_task", "ensure_future", "start_soon"})
_WAITING = frozenset(
    {
        "result",
        "join",
        "shutdown",
        "wait",
        "wait_for",
        "exception",
        "gather",
        "as_completed",
        "acquire",
        "get",
        "done",
        "is_alive",
        "run_until_complete",
    }
)
_UNSHARED = frozenset({"bind", "get_bind", "info", "in_transaction", "is_active", "expunge", "expunge_all"})
_NODES = frozenset({"bind", "get_bind", "info"})


class Crossing(NamedTuple):
    """
    A session that a thread gets while it is not alone with it.

    `session` is the session's text, `meanwhile` says who else has it.
    """

    session: str
    meanwhile: str


def threaded_sessions(module: Module) -> dict[ast.Call, Crossing | None]:
    """
    The calls of STARTING that let a thread work with a session, in source order.

    Each with how that session is in other hands at the same time; None where it is not, and where an earlier
    call of the same function says so of the same session.
    """
    return module.keep("threaded sessions", _threaded_sessions)


def sessions_of_the_module(module: Module) -> list[tuple[ast.Call, ast.Name]]:
    """
    The sessions that a module makes when it is imported, each with its name: all threads have that one.

    None that stand under `if __name__ == "__main__":`, and none of a program that is run by itself.
    """
    if not module.imports(*database.ORM_LIBRARIES) or has_main_guard(module):
        return []
    found: list[tuple[ast.Call, ast.Name]] = []
    for statement in module.tree.body:
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
            continue
        target, value = statement.targets[0], statement.value
        if not isinstance(target, ast.Name) or not isinstance(value, ast.Call) or value.args or value.keywords:
            continue
        made = module.instance_of(value)
        ancestry = module.instances.ancestry(made) if made is not None else ()
        if database.SESSIONS.isdisjoint(ancestry) or not database.SCOPED_SESSIONS.isdisjoint(ancestry):
            continue
        if database.ASYNC_SESSION not in ancestry:
            found.append((value, target))
    return found


def functions_using(module: Module, name: ast.Name) -> list[FunctionNode]:
    """The functions of the module that work with the session which a name of the module holds, without a lock."""
    found: list[FunctionNode] = []
    for method in _WORKING:
        for use in module.attributes_named(method):
            function = module.function_of(use)
            if isinstance(use.value, ast.Name) and use.value.id == name.id and name in module.sites_of(use.value):
                if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and not _is_under_lock(
                    module, use
                ):
                    found.append(function)
    return found


_WORKING = ("add", "add_all", "commit", "delete", "execute", "query", "scalars")


def _threaded_sessions(module: Module) -> dict[ast.Call, Crossing | None]:
    found: dict[ast.Call, Crossing | None] = {}
    told: set[tuple[ast.AST | None, str]] = set()
    for call in sorted(module.calls_named(*_TAILS), key=lambda call: (call.lineno, call.col_offset)):
        callee = module.called(call, STARTING)
        handed = list(_sessions_handed(module, call, callee)) if callee is not None else []
        if callee is None or not handed:
            continue
        function = module.function_of(call)
        one = _crossing(module, call, callee, handed) if isinstance(function, _FUNCTIONS) else None
        if one is not None and (function, one.session) in told:
            one = None
        if one is not None:
            told.add((function, one.session))
        found[call] = one
    return found


def _crossing(module: Module, call: ast.Call, callee: str, handed: list[tuple[str, ast.expr]]) -> Crossing | None:
    function = module.function_of(call)
    if not isinstance(function, _FUNCTIONS) or _is_of_gathered(module, call):
        return None
    if callee in _WHEN_AWAITED and not _is_scheduled(module, call):
        return None
    if _is_awaited(module, call):
        return None
    for text, _ in handed:
        found = _meanwhile(module, function, call, callee, text)
        if found is not None:
            return Crossing(text, found)
    return None


def _is_of_gathered(module: Module, call: ast.Call) -> bool:
    """Whether several coroutines that share the session are run at once here, which is told as that."""
    places = {shared.call for shared in shared_sessions(module)}
    return call in places or any(ancestor in places for ancestor in module.ancestors(call))


def _is_scheduled(module: Module, call: ast.Call) -> bool:
    """Whether a coroutine is made a task at once."""
    parent = module.parent(call)
    if not isinstance(parent, ast.Call):
        return False
    last = last_name(parent)
    return last in _SCHEDULING


def _is_awaited(module: Module, call: ast.Call) -> bool:
    """Whether the statement of a call waits for it: by `await`, or by a method of what the call gives."""
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, (ast.stmt, ast.Lambda)):
            return False
        if isinstance(ancestor, (ast.Await, ast.YieldFrom)):
            return True
        if isinstance(ancestor, ast.Attribute) and ancestor.attr in _WAITING:
            return True
    return False


# -- what the thread gets ------------------------------------------------------------------------------------


def _sessions_handed(module: Module, call: ast.Call, callee: str) -> Iterator[tuple[str, ast.expr]]:
    """The sessions that the thread gets: arguments, and what its function uses; each with an expression for it."""
    position, keyword = HANDED_OFF.get(callee, (0, ""))
    target = module.argument(call, keyword, position)
    arguments = [argument for argument in call.args if argument is not target]
    arguments.extend(one.value for one in call.keywords if one.value is not target)
    for argument in arguments:
        for expression in _unpacked(module, argument):
            if _is_session(module, expression):
                yield module.text(expression), expression
    if target is not None:
        yield from _used_by(module, target)


def _unpacked(module: Module, argument: ast.expr) -> Iterator[ast.expr]:
    """An argument, or the elements of a tuple, list or dictionary of arguments."""
    if isinstance(argument, ast.Starred):
        argument = argument.value
    if isinstance(argument, (ast.Tuple, ast.List)):
        yield from argument.elts
    elif isinstance(argument, ast.Dict):
        yield from argument.values
    else:
        yield argument


def _used_by(module: Module, target: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """The sessions that a function which is handed over brings with it."""
    if isinstance(target, ast.Call) and module.callee(target) == "functools.partial" and target.args:
        for argument in (*target.args[1:], *(keyword.value for keyword in target.keywords)):
            if _is_session(module, argument):
                yield module.text(argument), argument
        target = target.args[0]
    if isinstance(target, ast.Attribute) and _is_session(module, target.value):
        yield module.text(target.value), target.value
        return
    if isinstance(target, ast.Lambda):
        yield from _brought_by(module, target, ast.walk(target.body))
        return
    function = module.function_behind(target)
    if isinstance(function, ast.FunctionDef):
        yield from _brought_by(module, function, module.own_nodes(function))


def _brought_by(
    module: Module, function: ast.FunctionDef | ast.Lambda, nodes: Iterator[ast.AST]
) -> Iterator[tuple[str, ast.expr]]:
    """The sessions of the function around it, or of its object, that a function uses without a lock of its own."""
    own = module.index.scopes.get(function)
    method = isinstance(function, ast.FunctionDef) and isinstance(module.parent(function), ast.ClassDef)
    for node in nodes:
        if not isinstance(node, (ast.Name, ast.Attribute)) or not isinstance(node.ctx, ast.Load):
            continue
        root = node
        while isinstance(root, ast.Attribute) and isinstance(root.value, (ast.Name, ast.Attribute)):
            root = root.value
        if not isinstance(root, ast.Name):
            continue
        owner = module.owner_of(root)
        if owner is None or owner.kind is ScopeKind.MODULE:
            continue
        if (owner is own) != (method and isinstance(node, ast.Attribute)):
            continue
        if _is_session(module, node) and not _is_only_asked(module, node) and not _is_under_lock(module, node):
            yield module.text(node), node


def _is_session(module: Module, expression: ast.AST) -> bool:
    """Whether an expression is a session, and no proxy with one for each thread."""
    if not isinstance(expression, (ast.Name, ast.Attribute)):
        return False
    made = module.instance_of(expression)
    if made is not None:
        ancestry = module.instances.ancestry(made)
        return not database.SESSIONS.isdisjoint(ancestry) and database.SCOPED_SESSIONS.isdisjoint(ancestry)
    if not isinstance(expression, ast.Name) or module.imports("flask_sqlalchemy", "flask"):
        return False
    owner = module.owner_of(expression)
    if owner is None or owner.kind is not ScopeKind.FUNCTION:
        return False
    if any(binding.kind is not BindingKind.PARAMETER for binding in module.bindings(expression)):
        return False
    return sessions.session_of(module, expression) is not None


def _is_only_asked(module: Module, expression: ast.AST) -> bool:
    """Whether only what engine a session works with is asked."""
    parent = module.parent(expression)
    return isinstance(parent, ast.Attribute) and parent.attr in _NODES


def _is_under_lock(module: Module, node: ast.AST) -> bool:
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, _FUNCTIONS):
            return False
        if isinstance(ancestor, (ast.With, ast.AsyncWith)):
            if any("lock" in module.text(item.context_expr).lower() for item in ancestor.items):
                return True
    return False


# -- who else has it -----------------------------------------------------------------------------------------


def _meanwhile(module: Module, function: FunctionNode, call: ast.Call, callee: str, text: str) -> str | None:
    several = not goes_to_one_worker(module, call) and not _is_under_lock(module, call)
    if several and _is_repeated(module, call, callee, text):
        return "which other threads have too"
    start = _start_of(module, function, call, callee)
    if start is None:
        return None
    flow = module.quiet_flow(function)
    held = _held_blocks(module, call)
    waits = _waits(module, text)
    root = text.partition(".")[0]

    def goal(statement: Statement) -> bool:
        return statement is not start and _use_in(module, statement, text) is not None

    path = flow.path(
        start,
        goal,
        lambda statement: waits(statement) or _binds(statement, text),
        raising=Raising.EXPLICIT,
        stop_at_exit=lambda item: item in held,
    )
    if path:
        used = _use_in(module, path[-1], text)
        if used is not None:
            other = _handing_over(module, used)
            if other is None:
                return f"which line {used.lineno} uses meanwhile"
            if several:
                return f"which line {used.lineno} gives to another thread"
            return None
    if several and module.loop_of(start) is not None:
        again = flow.reachable(
            start,
            lambda statement: statement is start,
            lambda statement: waits(statement) or _binds(statement, text),
            raising=Raising.EXPLICIT,
            stop_at_exit=lambda item: item in held or _is_bound_by(item, root),
        )
        if again:
            return "which other threads have too"
    closing = _closing_block(module, function, start, text)
    if closing is not None:
        left = flow.leaves_without(
            start,
            waits,
            within=closing if isinstance(closing, ast.stmt) else None,
            raising=Raising.EXPLICIT,
            stop_at_exit=lambda item: item in held,
        )
        if left is not None and left.kind not in (ExitKind.RAISE, ExitKind.CANCEL, ExitKind.AGAIN):
            where = (
                f"the `with` block of line {closing.lineno}" if isinstance(closing, ast.stmt) else "its dependency"
            )
            return f"which {where} closes meanwhile"
    return None


def _is_repeated(module: Module, call: ast.Call, callee: str, text: str) -> bool:
    """Whether one expression starts several threads: `map`, or a call in a comprehension."""
    if callee.endswith(".map"):
        return True
    loop = module.loop_of(call)
    if not isinstance(loop, ast.comprehension):
        return False
    root = text.partition(".")[0]
    owner = module.parent(loop)
    assert isinstance(owner, _COMPREHENSIONS)
    return not any(
        isinstance(part, ast.Name) and part.id == root
        for generator in owner.generators
        for part in ast.walk(generator.target)
    )


def _start_of(module: Module, function: FunctionNode, call: ast.Call, callee: str) -> ast.stmt | None:
    """The statement from which on the thread runs; None where it is not known."""
    statement = module.statement(call)
    if callee not in _THREADS:
        return statement
    parent = module.parent(call)
    if isinstance(parent, ast.Attribute):
        return statement if parent.attr == "start" else None
    if not isinstance(parent, (ast.Assign, ast.AnnAssign)):
        return None
    target = parent.targets[0] if isinstance(parent, ast.Assign) else parent.target
    name = dotted(target)
    for attribute in module.attributes_named("start"):
        if attribute.lineno > call.lineno and name is not None and dotted(attribute.value) == name:
            if module.function_of(attribute) is function:
                return module.statement(attribute)
    return None


def _held_blocks(module: Module, call: ast.Call) -> set[ast.withitem]:
    """The `with` items around a call whose end waits for the thread: executors and task groups that it names."""
    names = {part.id for part in ast.walk(module.statement(call)) if isinstance(part, ast.Name)}
    held: set[ast.withitem] = set()
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, _FUNCTIONS):
            break
        if isinstance(ancestor, (ast.With, ast.AsyncWith)):
            for item in ancestor.items:
                named = item.optional_vars if item.optional_vars is not None else item.context_expr
                if isinstance(named, ast.Name) and named.id in names and not _is_session(module, named):
                    held.add(item)
    return held


def _waits(module: Module, text: str) -> Callable[[Statement], bool]:
    """Whether a statement may wait for what runs elsewhere; of loops and branches the whole counts."""

    def waits(statement: Statement) -> bool:
        whole = isinstance(statement, (ast.For, ast.AsyncFor, ast.While, ast.If))
        for node in ast.walk(statement) if whole else evaluated(statement):
            if isinstance(node, ast.Call):
                function = node.func
                last = last_name(function)
                if last in _WAITING and not (
                    isinstance(function, ast.Attribute) and dotted(function.value) == text
                ):
                    return True
            elif isinstance(node, ast.Await) and not isinstance(node.value, ast.Call):
                return True
        return False

    return waits


def _use_in(module: Module, statement: Statement, text: str) -> ast.expr | None:
    """Where a statement (or header) itself uses the session."""
    for node in evaluated(statement):
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            if dotted(node) == text:
                parent = module.parent(node)
                if isinstance(parent, ast.Attribute) and parent.attr in _UNSHARED:
                    continue
                if isinstance(parent, (ast.Attribute, ast.Call, ast.keyword, ast.Tuple)):
                    return node
    return None


def _handing_over(module: Module, use: ast.expr) -> ast.Call | None:
    """The call that hands a session to another thread, where that is what a use of it does."""
    for ancestor in module.ancestors(use):
        if isinstance(ancestor, ast.stmt):
            return None
        if isinstance(ancestor, ast.Call) and module.called(ancestor, STARTING) is not None:
            return ancestor
    return None


def _binds(statement: Statement, text: str) -> bool:
    """Whether a statement binds the session's name anew."""
    return any(
        isinstance(node, (ast.Name, ast.Attribute))
        and not isinstance(node.ctx, ast.Load)
        and dotted(node) in (text, text.partition(".")[0])
        for node in evaluated(statement)
    )


def _is_bound_by(item: ast.withitem, root: str) -> bool:
    return isinstance(item.optional_vars, ast.Name) and item.optional_vars.id == root


def _closing_block(
    module: Module, function: FunctionNode, start: ast.stmt, text: str
) -> ast.With | ast.AsyncWith | ast.arg | None:
    """What closes the session without a word in the function: its `with` block, or the dependency that gave it."""
    for ancestor in module.ancestors(start):
        if isinstance(ancestor, _FUNCTIONS):
            break
        if isinstance(ancestor, (ast.With, ast.AsyncWith)):
            for item in ancestor.items:
                if _is_bound_by(item, text) and _closes(module, item.context_expr):
                    return ancestor
    for parameter, default in defaults_of(function):
        if (
            parameter.arg == text
            and isinstance(default, ast.Call)
            and module.qualname(default.func) == "fastapi.Depends"
        ):
            return parameter
    return None


def _closes(module: Module, context: ast.expr) -> bool:
    """Whether a `with` block closes the session that it binds: one that is made there."""
    return isinstance(context, ast.Call) and not isinstance(context.func, ast.Subscript)
