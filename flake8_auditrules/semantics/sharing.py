"""Sharing: which objects and functions of a module several tasks or threads use at once."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.locks import LOCKS
from flake8_auditrules.knowledge.offloading import HANDED_OFF
from flake8_auditrules.semantics.lock_order import functions_called_by
from flake8_auditrules.semantics.locks import held_at
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.routes import Role, roles
from flake8_auditrules.semantics.scopes import FunctionNode, ScopeKind
from flake8_auditrules.semantics.shared_state import Variable

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_CACHED = frozenset({"functools.cache", "functools.lru_cache", "async_lru.alru_cache"})
_THREAD_ENTRIES = frozenset(
    name
    for name in HANDED_OFF
    if not name.startswith(("multiprocessing.", "anyio.to_process", "gevent", "concurrent.futures.Process"))
)
_TAILS = frozenset(name.rpartition(".")[2] for name in _THREAD_ENTRIES)
_PACKAGES = frozenset(name.partition(".")[0] for name in _THREAD_ENTRIES)
_LOCK_PACKAGES = frozenset(name.partition(".")[0] for name in LOCKS)
_ONE_THREAD = frozenset({"threading.Thread", "threading.Timer", "_thread.start_new_thread"})
_IN_THREADS = frozenset({Role.ROUTE, Role.DEPENDENCY})


def is_shared(module: Module, variable: Variable) -> bool:
    """
    Whether many calls use one and the same variable: one of the module, an attribute of the class itself, or
    one of an object that is known to be the only one of its kind.
    """
    if variable.owner is None:
        return True
    return variable.owner in shared_classes(module) or _is_of_class(module, variable)


def _is_of_class(module: Module, variable: Variable) -> bool:
    """Whether methods use the attribute through the class: `cls._client`, `Service._client`."""
    assert variable.owner is not None
    members = module.members(variable.owner)
    uses = members.attributes.get(variable.name, ())
    if not any(function is None for _, function in uses):
        return False
    return any(
        isinstance(binding.site, ast.Attribute)
        and isinstance(binding.site.value, ast.Name)
        and binding.site.value.id in ("cls", variable.owner.name)
        for binding, _ in uses
    )


def shared_classes(module: Module) -> frozenset[ast.ClassDef]:
    """
    The classes of this module of which one object serves many: it is a variable of the module, a cached
    function makes it, the application's state holds it, it has a lock, or it is a middleware, of which an
    application makes one.
    """
    return module.keep("classes of shared objects", _shared_classes)


def _shared_classes(module: Module) -> frozenset[ast.ClassDef]:
    found: set[ast.ClassDef] = set()
    if module.imports(*_LOCK_PACKAGES):
        for holder in module.nodes(ast.ClassDef):
            if _has_lock(module, holder):
                found.add(holder)
    found.update(holder for holder in module.nodes(ast.ClassDef) if is_middleware_class(holder))
    for call in module.calls_named(*{holder.name for holder in module.nodes(ast.ClassDef)}):
        if not isinstance(call.func, ast.Name):
            continue
        name = module.qualname(call.func)
        made = module.instances.local_class(name) if name is not None else None
        if made is None:
            continue
        if module.function_of(call) is None:
            if module.enclosing(call, ast.ClassDef) is None and not is_main(module, call):
                found.add(made)
        elif is_kept_once(module, call):
            found.add(made)
    return frozenset(found)


def is_middleware_class(holder: ast.ClassDef) -> bool:
    """Whether a class is a middleware of Starlette's, or takes what ASGI gives one: `scope, receive, send`."""
    if any(last_name(base) == "BaseHTTPMiddleware" for base in holder.bases):
        return True
    return any(
        isinstance(part, ast.AsyncFunctionDef)
        and part.name == "__call__"
        and [one.arg for one in part.args.args[1:]] == ["scope", "receive", "send"]
        for part in holder.body
    )


def is_middleware(module: Module, function: FunctionNode) -> bool:
    """Whether each request runs a method: `dispatch` or `__call__` of a middleware."""
    if function.name not in ("dispatch", "__call__"):
        return False
    holder = module.class_of(function)
    return holder is not None and is_middleware_class(holder)


def _has_lock(module: Module, holder: ast.ClassDef) -> bool:
    for uses in module.members(holder).attributes.values():
        for binding, _ in uses:
            if isinstance(binding.value, ast.Call) and module.callee(binding.value) in LOCKS:
                return True
    return False


def is_main(module: Module, node: ast.AST) -> bool:
    """Whether a node runs only in `if __name__ == "__main__":`."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.If) and any(
            isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(ancestor.test)
        ):
            return True
    return False


def is_kept_once(module: Module, call: ast.Call) -> bool:
    """Whether what a call makes is kept for all: by `global`, on `app.state`, or by a cached function."""
    parent = module.parent(call)
    function = module.function_of(call)
    if isinstance(parent, ast.Return) and isinstance(function, _FUNCTIONS):
        for decorator in function.decorator_list:
            target = uncalled(decorator)
            if module.qualname(target) in _CACHED:
                return True
    if not isinstance(parent, (ast.Assign, ast.AnnAssign)):
        return False
    targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
    for target in targets:
        if isinstance(target, ast.Name):
            owner = module.owner_of(target)
            if owner is not None and owner.kind is ScopeKind.MODULE:
                return True
        elif isinstance(target, ast.Attribute):
            inner = target.value
            if isinstance(inner, ast.Attribute) and inner.attr == "state" and last_name(inner.value) == "app":
                return True
            if isinstance(inner, ast.Name) and inner.id == "cls":
                return True
    return False


def in_threads(module: Module) -> dict[FunctionNode, str]:
    """
    The plain functions of this module that run in several threads at once, with what runs them there.

    Functions given to a thread or an executor, plain `def` routes and dependencies (a pool of threads runs
    them), and what these call in this module.
    """
    return module.keep("functions in threads", _in_threads)


def _in_threads(module: Module) -> dict[FunctionNode, str]:
    found: dict[FunctionNode, str] = {}
    if module.imports("fastapi", "starlette", "flask", "litestar", "django"):
        for function, role in roles(module).items():
            if isinstance(function, ast.FunctionDef) and role in _IN_THREADS:
                found[function] = f"the {role.value} `{function.name}`"
    if module.imports(*_PACKAGES):
        for call in module.calls_named(*_TAILS):
            name = module.called(call, _THREAD_ENTRIES)
            if name is None:
                continue
            # One thread, and what is handed over one after the other, is alone.
            if (name in _ONE_THREAD and module.loop_of(call) is None) or held_at(module, call):
                continue
            if goes_to_one_worker(module, call):
                continue
            position, keyword = HANDED_OFF[name]
            given = module.argument(call, keyword, position)
            handed = _named_function(module, given) if given is not None else None
            if handed is not None:
                found.setdefault(handed, f"`{module.text(call.func)}`")
    pending = list(found)
    while pending:
        function = pending.pop()
        for _, called in functions_called_by(module, function):
            if isinstance(called, ast.FunctionDef) and called not in found:
                found[called] = found[function]
                pending.append(called)
    return found


def goes_to_one_worker(module: Module, call: ast.Call) -> bool:
    """Whether a call hands its work to an executor with a single worker: one thread does all of it, in turn."""
    pool: ast.expr | None = call.func.value if isinstance(call.func, ast.Attribute) else None
    if pool is not None and call.func.attr == "run_in_executor" and call.args:  # type: ignore[attr-defined]
        pool = call.args[0]
    if isinstance(pool, ast.Attribute):
        name = pool.attr
        makers = [
            binding.value
            for node in module.nodes(ast.ClassDef)
            for binding, _ in module.members(node).attributes.get(name, ())
        ]
    elif isinstance(pool, ast.Name):
        makers = [binding.value for binding in module.bindings(pool)]
    else:
        makers = [pool]
    for maker in makers:
        if isinstance(maker, ast.Call):
            size = module.argument(maker, "max_workers", 0)
            if size is not None and module.literal(size) == 1:
                return True
    return False


def _named_function(module: Module, expression: ast.expr) -> ast.FunctionDef | None:
    found = module.function_behind(expression)
    return found if isinstance(found, ast.FunctionDef) else None
