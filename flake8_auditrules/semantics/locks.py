"""Locks: which expressions are locks, which of them are the same, and where they are held."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge.locks import LOCKS, LockClass, LockKind
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import EdgeKind, Flow, Raising, dotted, evaluated
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 4
_LOCK_NAME = pattern(r"(?:^|_)(?:r?lock|mutex)$", re.IGNORECASE)
_REENTRANT = pattern(r"rlock|reentrant", re.IGNORECASE)
_HOLDING_NAME = pattern(
    r"lock|mutex|semaphore|synchron|exclusive|critical|transaction|atomic|(?:^|_)(?:sem|cond|condition|cv|guard)(?:_|$)",
    re.IGNORECASE,
)
_ACQUIRE = ("acquire", "acquire_on_behalf_of")
_ENTER = ("enter_context", "enter_async_context")
_RELEASE = frozenset({"release", "release_on_behalf_of"})


class Lock(NamedTuple):
    """
    A lock as an expression of the module names it.

    `key` is the same for expressions that name the same lock: an attribute of one class, a module's variable,
    a local variable of one function. `known` is None where only its name says that it is a lock. `owner` is
    the class of this module whose attribute it is; `is_shared` tells that more than one function can name it.
    """

    key: str
    text: str
    known: LockClass | None
    owner: ast.ClassDef | None
    is_shared: bool

    def is_kind(self, *kinds: LockKind) -> bool:
        """Whether the lock is known to be of one of these kinds."""
        return self.known is not None and self.known.kind in kinds


class Entered(NamedTuple):
    """A lock that a `with` statement holds for its block; `lock` is None where its identity is not known."""

    lock: Lock | None
    item: ast.withitem
    statement: ast.With | ast.AsyncWith


class Block(NamedTuple):
    """A `with` statement over a lock whose identity is known."""

    lock: Lock
    statement: ast.With | ast.AsyncWith


class Held(NamedTuple):
    """What is held at a place: the keys of locks, and whether something unknown that reads as a lock is."""

    keys: frozenset[str]
    unknown: bool = False

    def __bool__(self) -> bool:
        return bool(self.keys) or self.unknown


NOTHING = Held(frozenset())


def locked_blocks(module: Module) -> list[Block]:
    """All blocks of the module over locks whose identity is known, `with` before `async with`."""
    return module.keep("blocks over locks", _locked_blocks)


def block_around(module: Module, node: ast.AST) -> ast.AST:
    """The innermost block of the module over a known lock that a node stands in; the node itself outside."""
    blocks = {block.statement for block in locked_blocks(module)}
    return next((ancestor for ancestor in (node, *module.ancestors(node)) if ancestor in blocks), node)


def _locked_blocks(module: Module) -> list[Block]:
    found: list[Block] = []
    statements: list[ast.With | ast.AsyncWith] = [*module.nodes(ast.With), *module.nodes(ast.AsyncWith)]
    for statement in statements:
        for item in statement.items:
            if isinstance(item.context_expr, (ast.Name, ast.Attribute)):
                lock = lock_of(module, item.context_expr)
                if lock is not None:
                    found.append(Block(lock, statement))
    return found


# ---------------------------------------------------------------------------------------------------------
# Which expression is a lock
# ---------------------------------------------------------------------------------------------------------


def lock_of(module: Module, expression: ast.expr) -> Lock | None:
    """The lock that an expression names: by its class, or, where that is unknown, by its name."""
    if not isinstance(expression, (ast.Name, ast.Attribute)):
        return None
    known = lock_class(module, expression)
    if known is None:
        if module.instance_of(expression) is not None or not _LOCK_NAME.search(last_name(expression)):
            return None
    found = _identity(module, expression, 0)
    if found is None:
        return None
    key, owner, is_shared = found
    return Lock(key, module.text(expression), known, owner, is_shared)


def lock_class(module: Module, expression: ast.expr) -> LockClass | None:
    """What is known of the class of an expression's value, where that is a class of locks."""
    name = module.instance_of(expression)
    if name is None:
        return None
    found = LOCKS.get(name)
    if found is None:
        for ancestor in module.instances.ancestry(name):
            if ancestor in LOCKS:
                found = LOCKS[ancestor]
                if _REENTRANT.search(name.rpartition(".")[2]):
                    found = found._replace(reentrant=True)
                break
    if found is None or not found.condition:
        return found
    made = _made_by(module, expression)
    if made is None or not made.args:
        return found
    inner = lock_class(module, made.args[0])
    return found._replace(reentrant=inner.reentrant) if inner is not None else found


def _made_by(module: Module, expression: ast.expr) -> ast.Call | None:
    """The call that makes what a variable or an attribute of `self` holds, where there is one only."""
    values: list[ast.expr] = []
    if isinstance(expression, ast.Name):
        values = [binding.value for binding in module.bindings(expression) if binding.value is not None]
    elif isinstance(expression, ast.Attribute):
        holder = receiver_class(module, expression.value)
        if holder is not None:
            owner = attribute_owner(module, holder, expression.attr)
            members = module.members(owner).attributes.get(expression.attr, [])
            values = [binding.value for binding, _ in members if binding.value is not None]
    calls = [value for value in values if isinstance(value, ast.Call)]
    return calls[0] if len(calls) == 1 and len(values) == 1 else None


def receiver_class(module: Module, expression: ast.expr) -> ast.ClassDef | None:
    """The class of this module whose `self`, `cls` or own name an expression is."""
    if not isinstance(expression, ast.Name):
        return None
    scope = module.owner_of(expression)
    if scope is None:
        return None
    function = scope.node
    if scope.kind is ScopeKind.FUNCTION and isinstance(function, _FUNCTIONS):
        holder = module.class_of(function)
        if holder is None or module.instances.receiver_name(function) != expression.id:
            return None
        return holder if len(scope.bindings[expression.id]) == 1 else None
    sites = scope.bindings[expression.id]
    return sites[0] if len(sites) == 1 and isinstance(sites[0], ast.ClassDef) else None


def attribute_owner(module: Module, holder: ast.ClassDef, attribute: str) -> ast.ClassDef:
    """The farthest class of this module among a class and its bases that says something of an attribute."""
    found = holder
    for ancestor in module.instances.ancestry(module.definition(holder)):
        node = module.instances.local_class(ancestor)
        if node is not None and attribute in module.members(node).attributes:
            found = node
    return found


def _identity(module: Module, expression: ast.expr, hops: int) -> tuple[str, ast.ClassDef | None, bool] | None:
    if isinstance(expression, ast.Attribute):
        holder = receiver_class(module, expression.value)
        if holder is not None:
            owner = attribute_owner(module, holder, expression.attr)
            return f"{module.definition(owner)}.{expression.attr}", owner, True
        qualname = module.qualname(expression)
        if qualname is not None:
            return qualname, None, True
        chain = dotted(expression)
        if chain is None:
            return None
        function = module.function_of(expression)
        return f"{chain} in line {getattr(function, 'lineno', 0)}", None, False
    assert isinstance(expression, ast.Name)
    scope = module.owner_of(expression)
    if scope is None:
        return None
    bindings = module.bindings(expression)
    if scope.kind is ScopeKind.MODULE:
        qualname = module.qualname(expression)
        return qualname or f"{module.name}:{expression.id}", None, True
    if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT and hops < _MAXIMUM_HOPS:
        value = bindings[0].value
        if isinstance(value, (ast.Name, ast.Attribute)):
            return _identity(module, value, hops + 1)
    return f"{expression.id} in line {getattr(scope.node, 'lineno', 0)}", None, False


def reads_as_lock(expression: ast.expr) -> bool:
    """Whether what a `with` enters reads as something that keeps others out: `self._locked()`, `locks[key]`."""
    for part in ast.walk(expression):
        name = part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
        if name and _HOLDING_NAME.search(name):
            return True
    return False


# ---------------------------------------------------------------------------------------------------------
# Where a lock is held
# ---------------------------------------------------------------------------------------------------------


def locks_entered(module: Module, statement: ast.With | ast.AsyncWith) -> Iterator[Entered]:
    """The items of a `with` that are locks, or read as locks."""
    for item in statement.items:
        lock = lock_of(module, item.context_expr)
        if lock is not None or reads_as_lock(item.context_expr):
            yield Entered(lock, item, statement)


def entered_around(module: Module, node: ast.AST) -> Iterator[Entered]:
    """The locks whose `with` block, in the same function, runs `node`; the innermost first."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.With, ast.AsyncWith)):
            if child in ancestor.body:
                yield from locks_entered(module, ancestor)
        elif isinstance(ancestor, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            return
        child = ancestor


def held_at(module: Module, node: ast.AST) -> Held:
    """
    What the function that runs `node` holds, or may hold, there: by `with`, and by `acquire` till `release`.

    What its callers hold is not asked.
    """
    keys: set[str] = set()
    unknown = False
    for entered in entered_around(module, node):
        if entered.lock is None:
            unknown = True
        else:
            keys.add(entered.lock.key)
    managers = module.keep("context managers that hold locks", _managers)
    if managers:
        for name in _managers_around(module, node):
            keys.update(managers.get(name, ()))
    function = module.function_of(node)
    if isinstance(function, _FUNCTIONS):
        held = _acquired(module).get(function)
        if held is not None:
            found = held.get(id(_point_statement(module, node)))
            if found is not None:
                keys |= found.keys
                unknown = unknown or found.unknown
    return Held(frozenset(keys), unknown) if keys or unknown else NOTHING


def _managers(module: Module) -> dict[str, frozenset[str]]:
    """The keys of the locks that each context manager of the module holds for its block, by its name."""
    found: dict[str, frozenset[str]] = {}
    if not module.imports("contextlib"):
        return found
    for node in module.nodes(ast.Yield):
        function = module.function_of(node)
        if not isinstance(function, _FUNCTIONS) or not function.decorator_list:
            continue
        if any(last_name(decorator) in _MANAGING for decorator in function.decorator_list):
            keys = frozenset(
                entered.lock.key for entered in entered_around(module, node) if entered.lock is not None
            )
            if keys:
                found[function.name] = keys
    return found


_MANAGING = ("contextmanager", "asynccontextmanager")


def _managers_around(module: Module, node: ast.AST) -> Iterator[str]:
    """The last names of what is called in the `with` statements around a node, of the same function."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.With, ast.AsyncWith)):
            if child in ancestor.body:
                for item in ancestor.items:
                    if isinstance(item.context_expr, ast.Call):
                        yield last_name(item.context_expr)
        elif isinstance(ancestor, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            return
        child = ancestor


def _point_statement(module: Module, node: ast.AST) -> ast.AST:
    """The statement or handler whose point evaluates `node`."""
    current: ast.AST | None = node
    while current is not None and not isinstance(current, (ast.stmt, ast.ExceptHandler)):
        current = module.parent(current)
    assert current is not None
    return current


def acquisitions(module: Module) -> dict[FunctionNode, list[tuple[ast.Call, Lock | None]]]:
    """The calls of `lock.acquire()` by the function they stand in; no lock where its identity is not known."""
    return module.keep("calls of acquire", _acquisitions)


def _acquisitions(module: Module) -> dict[FunctionNode, list[tuple[ast.Call, Lock | None]]]:
    found: dict[FunctionNode, list[tuple[ast.Call, Lock | None]]] = {}
    for name in (*_ACQUIRE, *_ENTER):
        for called in module.attributes_named(name):
            call = module.parent(called)
            if not isinstance(call, ast.Call) or call.func is not called or (name in _ENTER and not call.args):
                continue
            receiver = call.args[0] if name in _ENTER else called.value
            _add_acquisition(module, found, call, receiver)
    return found


def _add_acquisition(
    module: Module,
    found: dict[FunctionNode, list[tuple[ast.Call, Lock | None]]],
    call: ast.Call,
    receiver: ast.expr,
) -> None:
    lock = lock_of(module, receiver)
    if lock is not None or reads_as_lock(receiver):
        function = module.function_of(call)
        if isinstance(function, _FUNCTIONS):
            found.setdefault(function, []).append((call, lock))


def releases(module: Module, statement: ast.AST, key: str) -> bool:
    """Whether a statement or handler itself releases the lock."""
    if not isinstance(statement, (ast.stmt, ast.ExceptHandler)):
        return False
    for part in evaluated(statement):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in _RELEASE:
            lock = lock_of(module, part.func.value)
            if lock is not None and lock.key == key:
                return True
    return False


def released_before(module: Module, function: FunctionNode, call: ast.Call, lock: Lock) -> bool:
    """Whether a function gives a lock up before the call that takes it back: its callers, or a `with`, hold it."""
    if any(entered.lock is not None and entered.lock.key == lock.key for entered in entered_around(module, call)):
        return True
    return any(
        isinstance(part, ast.Expr) and part.lineno < call.lineno and releases(module, part, lock.key)
        for part in function.body
    ) and not any(
        part.lineno < call.lineno and part is not call
        for part, taken in acquisitions(module).get(function, ())
        if taken is not None and taken.key == lock.key
    )


def _acquired(module: Module) -> dict[FunctionNode, dict[int, Held]]:
    return module.keep("places between acquire and release", _places_acquired)


def _places_acquired(module: Module) -> dict[FunctionNode, dict[int, Held]]:
    """For each function that acquires: the statements (by identity) that may run before it releases."""
    found: dict[FunctionNode, dict[int, Held]] = {}
    for function, calls in acquisitions(module).items():
        flow = module.flow(function)
        places: dict[int, Held] = {}
        for call, lock in calls:
            statement = _point_statement(module, call)
            for reached in _until_release(module, flow, statement, lock):
                held = places.get(reached, NOTHING)
                if lock is None:
                    places[reached] = held._replace(unknown=True)
                else:
                    places[reached] = held._replace(keys=held.keys | {lock.key})
        found[function] = places
    return found


def _until_release(module: Module, flow: Flow, statement: ast.AST, lock: Lock | None) -> set[int]:
    assert isinstance(statement, (ast.stmt, ast.ExceptHandler))
    points = {point.number: point.node for point in flow.points}
    waiting = [
        target
        for point in flow.points_of(statement)
        for target, edge in flow.successors(point, raising=Raising.CALLS)
        if edge is not EdgeKind.RAISE
    ]
    seen: set[int] = set()
    reached: set[int] = set()
    while waiting:
        point = waiting.pop()
        if point in seen:
            continue
        seen.add(point)
        node = points[point]
        if node is not None:
            if lock is not None and releases(module, node, lock.key):
                continue
            reached.add(id(node))
        waiting.extend(target for target, _ in flow.successors(point, raising=Raising.CALLS))
    return reached
