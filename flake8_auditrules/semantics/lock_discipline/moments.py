"""Moments: when a function runs, and who else can run then."""

from __future__ import annotations

import ast
import re

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.lock_discipline.uses import FUNCTIONS, functions_of, outermost_function
from flake8_auditrules.semantics.locks import held_at
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import Access, callers, held_by_callers
from flake8_auditrules.semantics.sharing import in_threads

# What fills an object before others have it.
_PREPARING = pattern(
    r"_*(?:load|init|initiali[sz]e|rehydrate|setup|set_up|configure|bootstrap|connect|populate)(?:_|$)"
    r"|_*restore(?:_|$)|_*(?:reload(?:_state|_data)?|(?:from|set|load|import|restore)_(?:dict|json|state\w*|snapshot))$"
)
_LOADING = pattern(
    r"_*(?:ensure_)?(?:re|un)?(?:load|init|initiali[sz]e|setup|set_up|discover|scan|import)(?:ed)?(?:_|$)"
)
ENDING = pattern(r"_*(?:clean_?up|a?close|shutdown|stop|dispose|teardown|destroy|terminate)(?:_|$)")
_WORKERS = frozenset(
    {
        "threading.Thread",
        "threading.Timer",
        "concurrent.futures.ThreadPoolExecutor",
        "multiprocessing.Process",
        "multiprocessing.pool.ThreadPool",
    }
)
_WHOLE_RUN = frozenset({"main", "run", "run_forever", "wait", "wait_for_all"})
_HANDING_OVER = (
    "ThreadPoolExecutor",
    "run_coroutine_threadsafe",
    "run_in_executor",
    "run_sync",
    "submit",
    "to_thread",
)
_DEEPEST = 3
_OF_LOOP = ("get_running_loop", "create_task", "ensure_future")
_ALONE = pattern(r"\bsingle[- ]thread|\bnot thread[- ]safe|\b(?:at|on|during) import\b", re.IGNORECASE)
_FOR_TESTS = pattern(
    r"\b(?:for|in|by|between) (?:unit )?tests?\b|\btest(?:ing)?[- ](?:hook|only|helper)", re.IGNORECASE
)
_WITHOUT_LOCK = pattern(
    r"\b(?:without|no|not|needs?|needed|unnecessary|outside|avoid|holds?|holding|held|under)\b[^.]{0,40}(?:lock|mutex)"
    r"|(?:lock|mutex)\b[^.]{0,40}\b(?:not|unnecessary|needless|held|hold)\b"
    r"|lock-?free|\batomic|\bGIL\b|thread[- ]safe",
    re.IGNORECASE,
)
_STARTING = pattern(r"_*(?:start|launch|open|run)(?:_|$)")


def is_asked_by_others(module: Module, access: Access, guarded: list[Access]) -> bool:
    """
    Whether others call the function of a use and one that takes the lock, or threads of the module run one.

    Steps of a program, `_collect()` and then `_report()`, come one after the other.
    """
    function = outermost_function(module, access)
    if function is None or function.name in _WHOLE_RUN:
        return False
    running = in_threads(module)
    others = functions_of(module, guarded)
    if function in running or any(one in running for one in others):
        return True
    return _is_open(module, function) and any(_is_open(module, one) for one in others)


def _is_open(module: Module, function: FunctionNode) -> bool:
    """Whether others may call a function, or one of this module that calls it."""
    if _is_public(function):
        return True
    above = [module.function_of(call) for call in callers(module, function).calls]
    return any(isinstance(one, FUNCTIONS) and _is_public(one) for one in above)


def _is_public(function: FunctionNode) -> bool:
    if function.name in _WHOLE_RUN or function.name in ("__init__", "__new__"):
        return False
    return not function.name.startswith("_") or function.name.endswith("__")


def runs_before_start(module: Module, function: FunctionNode) -> bool:
    """Whether all that call a private function without a lock are about to start the workers."""
    if not function.name.startswith("_"):
        return False
    known = callers(module, function)
    bare = [
        caller
        for call in known.calls
        if not held_at(module, call) and not held_by_callers(module, caller := module.function_of(call))
    ]
    return (
        not known.references
        and bool(bare)
        and all(isinstance(caller, FUNCTIONS) and _STARTING.match(caller.name) for caller in bare)
    )


def starts_workers(module: Module, function: FunctionNode | ast.Lambda | None) -> bool:
    """Whether a function makes the workers, itself or by a function of the module that it calls."""
    if not isinstance(function, FUNCTIONS):
        return False
    called = [module.callee(node) or "" for node in module.own_nodes(function) if isinstance(node, ast.Call)]
    inner = [module.instances.local_function(name) for name in called]
    return not _WORKERS.isdisjoint(called) or any(
        isinstance(part, ast.Call) and module.callee(part) in _WORKERS
        for one in inner
        if one is not None
        for part in module.own_nodes(one)
    )


def starts_workers_below(module: Module, access: Access) -> bool:
    """Whether a use comes before the thread that its function starts: `def start(self)` fills, then starts."""
    if not isinstance(access.function, FUNCTIONS) or not _STARTING.match(access.function.name):
        return False
    lines = [
        call.lineno
        for call in module.calls_named("Thread", "Timer")
        if module.function_of(call) is access.function and module.callee(call) in _WORKERS
    ]
    return bool(lines) and access.node.lineno < min(lines)


def starts_or_joins(module: Module, function: FunctionNode) -> bool:
    """Whether a function makes the workers, or waits for their end: around that it is alone."""
    for node in module.own_nodes(function):
        if isinstance(node, ast.Call):
            if module.callee(node) in _WORKERS:
                return True
            if isinstance(node.func, ast.Attribute) and node.func.attr == "join":
                if not isinstance(node.func.value, ast.Constant) and not node.args:
                    return True
    return False


def has_joined(module: Module, access: Access) -> bool:
    """Whether the function has waited for the end of its workers before a use: `thread.join()`, `with` a pool."""
    for statement in module.nodes(ast.With):
        if (statement.end_lineno or 0) < access.node.lineno and module.function_of(statement) is access.function:
            if any(module.instance_of(item.context_expr) in _WORKERS for item in statement.items):
                return True
    return any(
        isinstance(call.func, ast.Attribute)
        and not call.args
        and not isinstance(call.func.value, ast.Constant)
        and call.lineno < access.node.lineno
        and module.function_of(call) is access.function
        for call in module.calls_named("join")
    )


def has_threads(module: Module) -> bool:
    """Whether the module has to do with threads: it starts some, or hands work to those of a pool."""
    return module.keep("has to do with threads", _find_threads)


def _find_threads(module: Module) -> bool:
    if any(module.calls_named(*_HANDING_OVER)):
        return True
    return any(module.callee(call) in _WORKERS for call in module.calls_named("Thread", "Timer"))


def is_on_loop(module: Module, function: FunctionNode, depth: int) -> bool:
    """Whether a function runs on the event loop: a coroutine, one that asks for it, or what only these call."""
    if isinstance(function, ast.AsyncFunctionDef):
        return True
    if any(module.function_of(call) is function for call in module.calls_named(*_OF_LOOP)):
        return True
    known = callers(module, function)
    if depth >= _DEEPEST or not function.name.startswith("_") or known.references or not known.calls:
        return False
    above = [module.function_of(call) for call in known.calls]
    return all(isinstance(caller, FUNCTIONS) and is_on_loop(module, caller, depth + 1) for caller in above)


def has_lock_for_tasks(module: Module, function: FunctionNode) -> bool:
    """Whether a coroutine is called by one that holds a lock for tasks: it cannot wait for one for threads."""
    if not isinstance(function, ast.AsyncFunctionDef):
        return False
    for call in module.calls_by_name().get(function.name, ()):
        caller = module.function_of(call)
        if isinstance(caller, ast.AsyncFunctionDef) and "locked" in caller.name:
            return True
        block = module.enclosing(call, ast.AsyncWith)
        if block is not None and any("lock" in module.source(item.context_expr).lower() for item in block.items):
            return True
    return False


def answers_signal(access: Access) -> bool:
    """Whether a handler of signals runs a use: it interrupts whoever holds the lock, and would wait for ever."""
    if not isinstance(access.function, FUNCTIONS):
        return False
    arguments = [argument.arg for argument in access.function.args.args]
    return len(arguments) >= 2 and arguments[-1] == "frame"


def ends_process(module: Module, function: FunctionNode) -> bool:
    """Whether a function is handed to `atexit`: it runs when the threads have ended."""
    if not module.imports("atexit"):
        return False
    for call in module.calls_named("register", "unregister"):
        if module.callee(call) in ("atexit.register", "atexit.unregister"):
            if any(last_name(argument) == function.name for argument in call.args[:1]):
                return True
    return any(module.qualname(decorator) == "atexit.register" for decorator in function.decorator_list)


def prepares(module: Module, function: FunctionNode) -> bool:
    """Whether a function fills an object before others have it, by its name or the names of all who call it."""
    if _PREPARING.match(function.name):
        return True
    callers = [module.function_of(call) for call in module.calls_by_name().get(function.name, ())]
    return (
        function.name.startswith("_")
        and bool(callers)
        and all(isinstance(caller, FUNCTIONS) and _PREPARING.match(caller.name) for caller in callers)
    )


def loads(module: Module, function: FunctionNode) -> bool:
    """Whether a function loads or unloads everything, by its name or the names of all who call it."""
    if _LOADING.match(function.name):
        return True
    above = [module.function_of(call) for call in callers(module, function).calls]
    return (
        function.name.startswith("_")
        and bool(above)
        and all(isinstance(caller, FUNCTIONS) and _LOADING.match(caller.name) for caller in above)
    )


def is_alone_as_it_says(function: FunctionNode) -> bool:
    """Whether a function says that nothing else runs meanwhile: it is there for tests, or for one thread."""
    said = ast.get_docstring(function) or ""
    return _FOR_TESTS.search(said) is not None or _ALONE.search(said) is not None


def is_spoken_of(module: Module, access: Access) -> bool:
    """Whether the comment right above a use, or beside it, says why it goes without the lock."""
    line = module.statement(access.node).lineno
    said = [module.lines[line - 1].partition("#")[2]]
    while line > 1 and module.lines[line - 2].lstrip().startswith("#"):
        line -= 1
        said.append(module.lines[line - 1].strip(" \t\r\n#"))
    return _WITHOUT_LOCK.search(" ".join(reversed(said))) is not None
