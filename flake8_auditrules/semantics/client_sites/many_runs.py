"""Functions that run often, and those that run once: by what they are called, and by what they keep."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import clients
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.routes import role_of
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.sharing import is_middleware

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LIFECYCLE = frozenset(
    {
        "__init__",
        "__new__",
        "__post_init__",
        "__enter__",
        "__aenter__",
        "__call__",
        "__del__",
        "init",
        "initialize",
        "install",
        "uninstall",
        "setup",
        "start",
        "startup",
        "on_startup",
        "connect",
        "open",
        "close",
        "aclose",
        "stop",
        "shutdown",
        "teardown",
        "lifespan",
        "main",
        "run",
        "handle",
        "login",
        "logout",
        "revoke",
        "backup",
        "restore",
        "migrate",
    }
)
ONCE = pattern(
    r"_*(?:log_?in|log_?out|sign_?in|sign_?out|revoke|backup)_"
    r"|_*(?:start|launch|boot|(?:un)?install|setup|set_up|init|initiali[sz]e|connect|reconnect|open|stop|close|shutdown|disconnect|warm_?up)_"
    r"|_*(?:refresh|renew)_(?:\w+_)?(?:token|credential|session)"
    r"|_*on_(?:\w+_)?(?:start|begin|init|end|stop|complete|close)_"
)
# What asks whether something can be reached has to reach it anew.
_PROBING = pattern(r"(?:^|_)(?:alive|connection|health(?:y|check)?|ping|probe|reachable|ready)(?:_|$)")
_LOOKING_UP = frozenset({"get", "aget", "lookup", "load"})
_PUTTING = frozenset({"set", "aset", "put", "setex", "store"})


def may_serve(module: Module, function: FunctionNode) -> bool:
    """Whether a function of the module's top level, or a method, may be run by requests."""
    if not isinstance(function, _FUNCTIONS) or module.function_of(function) is not None:
        return False
    if function.name in _LIFECYCLE or ONCE.match(f"{function.name}_"):
        return False
    if module.class_of(function) is None:
        # What keeps its answer in a name of the module asks now and then.
        return not any(isinstance(node, ast.Global) for node in module.own_nodes(function))
    receiver = module.instances.receiver_name(function)
    return receiver is None or (
        not _makes_object(module, function, receiver)
        and not _prepares_object(module, function)
        and not _keeps_answer(module, function, receiver)
    )


def calls_of_own(module: Module) -> dict[str, list[ast.Call]]:
    """All calls of functions and methods of this module, by the function's dotted name."""
    found: dict[str, list[ast.Call]] = {}
    own = {node.name for node in module.nodes(ast.FunctionDef)}
    own.update(node.name for node in module.nodes(ast.AsyncFunctionDef))
    for call in module.nodes(ast.Call):
        last = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
        if last in own:
            callee = module.callee(call)
            if callee is not None:
                found.setdefault(callee, []).append(call)
    return found


def runs_many_times(module: Module, function: FunctionNode) -> bool:
    """Whether the function is an entry that each request, task or message runs, or a service's method."""
    if role_of(module, function) is not None or _is_repeated(module, function) or is_middleware(module, function):
        return True
    around = module.function_of(function)
    if isinstance(around, _FUNCTIONS) and (
        role_of(module, around) is not None
        or (_is_only_passed(module, function) and runs_many_times(module, around))
    ):
        # Each request, or each call of a service's method, makes the function anew, and runs it.
        return True
    holder = module.class_of(function)
    if holder is None or function.name in _LIFECYCLE or ONCE.match(f"{function.name}_"):
        # What starts, connects or ends an object is called once or twice in its life.
        return False
    if function.name in ("check", "is_up") or _PROBING.search(function.name):
        return False
    receiver = module.instances.receiver_name(function)
    if receiver is None or _makes_object(module, function, receiver) or _prepares_object(module, function):
        return False
    if not takes_something(function) or _keeps_answer(module, function, receiver):
        return False
    return (
        _keeps_settings(module, holder)
        or _reads_settings(module, holder, function, receiver)
        or _reads_inherited(module, holder, function, receiver)
    )


def _is_only_passed(module: Module, function: FunctionNode) -> bool:
    """Whether a function that takes nothing is handed to calls and nothing else: `await retried(fetch)`."""
    if not isinstance(function, _FUNCTIONS) or function.decorator_list or function.args.args:
        return False
    uses = list(loads(module, function.name))
    return bool(uses) and all(
        isinstance(module.parent(use), (ast.Call, ast.keyword)) and not is_called(module, use) for use in uses
    )


def _is_repeated(module: Module, function: FunctionNode) -> bool:
    """Whether a decorator registers a function with a queue, or as a tool of a model: `@broker.task`."""
    for decorator in function.decorator_list:
        method = uncalled(decorator)
        libraries = clients.REPEATING.get(method.attr, ()) if isinstance(method, ast.Attribute) else ()
        if libraries and isinstance(method, ast.Attribute):
            holder = module.instance_of(method.value) or ""
            if holder.partition(".")[0] in libraries or module.imports(*libraries):
                return True
            if last_name(method.value).lower().endswith("broker"):
                # The module that makes it hides its class behind a chain of calls.
                return True
    return False


def takes_something(function: FunctionNode) -> bool:
    """Whether a method takes more than its object, a function more than one value."""
    arguments = function.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return len(given) > 1 or arguments.vararg is not None or arguments.kwarg is not None


def _makes_object(module: Module, function: FunctionNode, receiver: str) -> bool:
    """Whether a class method is another constructor, `return cls(...)`: what it makes is kept by the object."""
    if not any(isinstance(one, ast.Name) and one.id == "classmethod" for one in function.decorator_list):
        return False
    return any(
        isinstance(node, ast.Return)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == receiver
        for node in module.own_nodes(function)
    )


def _prepares_object(module: Module, function: FunctionNode) -> bool:
    """Whether the module calls a method where its object is made and nowhere else: it runs once for each."""
    callers = module.keep("calls of own functions", calls_of_own).get(module.definition(function), ())
    holder = module.class_of(function)
    return bool(callers) and all(
        isinstance(caller := module.function_of(call), _FUNCTIONS)
        and caller.name in ("__init__", "__post_init__")
        and module.class_of(caller) is holder
        for call in callers
    )


def keeps_answer(module: Module, function: FunctionNode) -> bool:
    """Whether a method keeps on its object what it asks for, so that it asks now and then."""
    receiver = module.instances.receiver_name(function) if module.class_of(function) is not None else None
    return receiver is not None and _keeps_answer(module, function, receiver)


def _keeps_answer(module: Module, function: FunctionNode, receiver: str) -> bool:
    """
    Whether the method stores something on the object: what it fetched serves the next calls (a cache).

    Or it puts it into what it has looked in before, `self._cache.get(key)` and `self._cache.set(key, answer)`.
    What it stores before it makes its client is no answer.
    """
    read: set[str] = set()
    made = [
        node.lineno
        for node in module.own_nodes(function)
        if isinstance(node, ast.Call) and module.called(node, clients.CLIENTS) is not None
    ]
    begun = min(made, default=0)
    for node in module.own_nodes(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            kept = node.func.value
            if isinstance(kept, ast.Attribute) and isinstance(kept.value, ast.Name) and kept.value.id == receiver:
                if node.func.attr in _LOOKING_UP:
                    read.add(kept.attr)
                elif node.func.attr in _PUTTING and kept.attr in read:
                    return True
            continue
        target = node.value if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) else node
        if (
            isinstance(target, ast.Attribute)
            and isinstance(target.value, ast.Name)
            and target.value.id == receiver
        ):
            is_stored = target is not node or isinstance(target.ctx, ast.Store)
            if is_stored and target.lineno >= begun and not _is_note(module, target):
                return True
    return False


def _is_note(module: Module, target: ast.Attribute) -> bool:
    """Whether an attribute is only told how it went, `self._failed = True`, `self._sent += 1`: no answer."""
    statement = module.statement(target)
    if isinstance(statement, ast.Assign) and module.parent(target) is not statement:
        # An element may be what was not found: `self._known[name] = None`.
        return False
    return isinstance(statement, (ast.Assign, ast.AugAssign)) and isinstance(statement.value, ast.Constant)


def _keeps_settings(module: Module, holder: ast.ClassDef) -> bool:
    """Whether a constructor of the class or its bases stores something on the object that its methods share."""
    line = module.instances.ancestry(module.definition(holder))
    return any(
        method is not None and method.name in ("__init__", "__post_init__")
        for owner in map(module.instances.local_class, line)
        if owner is not None
        for bindings in module.members(owner).attributes.values()
        for _, method in bindings
    )


def _reads_settings(module: Module, holder: ast.ClassDef, function: FunctionNode, receiver: str) -> bool:
    """
    Whether a method reads what the object is made with or what another method has stored on it.

    The first are annotated names of the class's body, as data classes and models have them.
    """
    line = module.instances.ancestry(module.definition(holder))
    owners = [owner for owner in map(module.instances.local_class, line) if owner is not None]
    stored = {
        name
        for owner in owners
        for name, bindings in module.members(owner).attributes.items()
        if any(method is not None and method is not function for _, method in bindings)
    }
    stored.update(
        one.target.id
        for owner in owners
        for one in owner.body
        if isinstance(one, ast.AnnAssign)
        and isinstance(one.target, ast.Name)
        and "ClassVar" not in module.source(one.annotation)
    )
    return bool(stored) and any(
        isinstance(node, ast.Attribute)
        and node.attr in stored
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.value, ast.Name)
        and node.value.id == receiver
        for node in module.own_nodes(function)
    )


def _reads_inherited(module: Module, holder: ast.ClassDef, function: FunctionNode, receiver: str) -> bool:
    """Whether a method reads something of the object that only a base class of another module can have stored."""
    line = module.instances.ancestry(module.definition(holder))
    owners = [owner for owner in map(module.instances.local_class, line) if owner is not None]
    if not any(base for owner in owners for base in owner.bases if _is_of_elsewhere(module, base)):
        return False
    own = {
        name for owner in owners for name in (*module.members(owner).methods, *module.members(owner).attributes)
    }
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.value, ast.Name)
        and node.value.id == receiver
        and node.attr not in own
        and not is_called(module, node)
        for node in module.own_nodes(function)
    )


def _is_of_elsewhere(module: Module, base: ast.expr) -> bool:
    name = module.qualname(base)
    return name is not None and module.instances.local_class(name) is None


def is_called(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is what a call calls."""
    parent = module.parent(expression)
    return isinstance(parent, ast.Call) and parent.func is expression
