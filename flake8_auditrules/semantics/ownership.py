"""Ownership: what becomes of a thing that a call makes, and whether every way out closes it."""

from __future__ import annotations

import ast
import enum
from collections.abc import Collection, Iterator

from flake8_auditrules.knowledge import ownership as knowledge
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.files import is_only_uploaded
from flake8_auditrules.semantics.flow import Exit, ExitKind, Flow, Raising, Statement, evaluated
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, unsubscripted
from flake8_auditrules.semantics.scopes import FunctionNode, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_CONTAINERS = (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_READERS = (
    ast.For,
    ast.AsyncFor,
    ast.Compare,
    ast.UnaryOp,
    ast.If,
    ast.While,
    ast.Assert,
    ast.FormattedValue,
    ast.Subscript,
)
# What ends a `with` on the thing, called by itself.
_LEAVING = frozenset({"__aexit__", "__exit__"})
_MAXIMUM_ASSERTIONS = 5
_MAXIMUM_CLIMB = 40
_MAXIMUM_CALLEES = 2


class Outcome(enum.Enum):
    """What becomes of the value of an expression."""

    LOCAL = "local"
    """Only names of the function hold it."""
    INLINE = "inline"
    """It is used where it stands and held by nothing afterwards."""
    DROPPED = "dropped"
    """Nothing is done with it."""
    ENTERED = "entered"
    """`with` or `async with` enters it."""
    CLOSED = "closed"
    """One of its closing methods is called, or handed over to be called."""
    RETURNED = "returned"
    YIELDED = "yielded"
    ATTRIBUTE = "attribute"
    """It is stored on the object whose method this is."""
    KEPT = "kept"
    """It is stored elsewhere: in a container, a global name, another object, or a nested function uses it."""
    PASSED = "passed"
    """It is given to a call that may keep or close it."""
    UNKNOWN = "unknown"


_LEAVES_OPEN = frozenset({Outcome.LOCAL, Outcome.INLINE, Outcome.DROPPED})
_OUTLIVING = frozenset({Outcome.RETURNED, Outcome.YIELDED, Outcome.ATTRIBUTE, Outcome.KEPT, Outcome.UNKNOWN})


class Owned(NamedTuple):
    """
    A thing that `call` makes.

    `names` are the local names that hold it (aliases and what is wrapped around it included; for LOCAL, and
    where it is inline in a wrapper that a name holds), `attribute` the name of the attribute of `self` for
    ATTRIBUTE, `function` what runs the call (None: the module or a class body), `statement` the statement after
    which it exists.
    """

    call: ast.Call
    outcome: Outcome
    names: frozenset[str]
    attribute: str
    function: FunctionNode | ast.Lambda | None
    statement: ast.stmt


class _Fate(NamedTuple):
    outcome: Outcome
    names: tuple[ast.Name, ...] = ()
    attribute: str = ""


def owned_by(module: Module, call: ast.Call, closers: Collection[str]) -> Owned:
    """
    What becomes of the thing that `call` makes, over the whole function that makes it.

    `closers` are the methods that close it. A name that also stands for something that is returned, stored,
    passed on, closed or entered somewhere still gives LOCAL: on which paths that happens, `left_open` tells.
    Where a nested function uses the name, where it is no local name, and where the call only makes what was not
    given (`given or make()`), the outcome is KEPT.
    """
    function = module.function_of(call)
    statement = module.statement(call)
    fate = _fate(module, call, closers)
    names = fate.names
    if fate.outcome is Outcome.LOCAL and _is_alternative(module, call):
        return Owned(call, Outcome.KEPT, frozenset(), "", function, statement)
    if fate.outcome is not Outcome.LOCAL or not isinstance(function, _FUNCTIONS):
        return Owned(call, fate.outcome, frozenset(), fate.attribute, function, statement)
    held: set[str] = set()
    pending = [name.id for name in names]
    while pending:
        name = pending.pop()
        if name in held:
            continue
        held.add(name)
        for use in _uses(module, name, function):
            if call in module.ancestors(use):
                # `server = SMTP(server)`: what the name stood for before.
                continue
            if module.function_of(use) is not function:
                if _is_asked_by_part(module, use, function, closers):
                    continue
                return Owned(call, Outcome.KEPT, frozenset(), "", function, statement)
            alias = _fate(module, use, closers)
            if alias.outcome is Outcome.LOCAL:
                pending.extend(target.id for target in alias.names)
    return Owned(call, Outcome.LOCAL, frozenset(held), "", function, statement)


def _is_asked_by_part(module: Module, use: ast.Name, function: FunctionNode, closers: Collection[str]) -> bool:
    """Whether a function that another contains, and that this one only calls itself, asks something of a thing."""
    part = module.function_of(use)
    if not isinstance(part, _FUNCTIONS) or module.function_of(part) is not function or part.decorator_list:
        return False
    if _outlives_call(module, part) and not isinstance(part, ast.AsyncFunctionDef):
        return False
    if _fate(module, use, closers).outcome not in (Outcome.INLINE, Outcome.DROPPED):
        return False
    return all(
        isinstance(call := module.parent(name), ast.Call)
        and call.func is name
        and (isinstance(part, ast.FunctionDef) or isinstance(module.parent(call), ast.Await))
        for name in _uses(module, part.name, function)
    )


def left_open(
    module: Module,
    owned: Owned,
    closers: Collection[str],
    *,
    raising: Raising = Raising.CALLS,
    never_fail: Collection[str] = (),
    asked_from: int = 0,
    only_fail: Collection[str] = (),
) -> Exit | None:
    """
    A way out of the function on which a LOCAL thing is neither closed nor handed over; None where none is.

    Handed over is what is returned, yielded, stored, or given to a call that may keep it. Control that comes
    back to the statement that makes it counts as a way out. `never_fail` are the last names of calls that raise
    nothing, beside those that are known to be harmless. `asked_from` is the first line at which there is something
    to close: ways out that are taken before it do not count. Where `only_fail` are given, nothing but methods of
    the thing that are called so raises.
    """
    assert owned.outcome is Outcome.LOCAL and isinstance(owned.function, _FUNCTIONS)
    cleaning = frozenset(_clean_up_before(module, owned, closers))

    def ends(statement: Statement) -> bool:
        if statement.lineno < asked_from and isinstance(statement, (ast.Return, ast.Raise)):
            return True
        return statement in cleaning or _ends(module, statement, owned.names, closers)

    def ends_at_exit(item: ast.withitem) -> bool:
        return any(isinstance(node, ast.Name) and node.id in owned.names for node in ast.walk(item.context_expr))

    def is_quiet(call: ast.Call) -> bool:
        if only_fail and not (
            isinstance(call.func, ast.Attribute)
            and call.func.attr in only_fail
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id in owned.names
        ):
            return True
        if answering and _is_answered(module, call, owned.names, answering):
            return True
        return module.is_harmless(call) or last_name(call) in never_fail or call.lineno < asked_from

    answering = _closed_for_os_errors(module, owned, closers)
    flow = module.quiet_flow(owned.function)
    if never_fail or asked_from or only_fail or answering:
        flow = Flow(
            owned.function,
            module.qualname,
            is_quiet,
            never_returns=module.never_returns,
            harmless_awaits=bool(never_fail),
        )

    known = {**dict.fromkeys(owned.names, True), **_flags(module, owned)}

    def leaves(graph: Flow, start: Statement = owned.statement) -> Exit | None:
        return graph.leaves_without(
            start,
            ends,
            raising=raising,
            assuming=known,
            stop_at_exit=ends_at_exit,
        )

    found = leaves(flow)
    for _ in range(_MAXIMUM_ASSERTIONS):
        if found is None or not isinstance(found.node, ast.Assert):
            break
        # An assertion says what always holds.
        found = leaves(flow, found.node)
    if found is not None and found.kind is ExitKind.RAISE and _is_answering(module, found.node):
        # A handler seldom fails itself: the way that leads through it to an end tells more.
        found = leaves(
            Flow(
                owned.function,
                module.qualname,
                lambda call: is_quiet(call) or _is_answering(module, call),
                never_returns=module.never_returns,
                harmless_awaits=bool(never_fail),
            )
        )
    return found


def _closed_for_os_errors(module: Module, owned: Owned, closers: Collection[str]) -> list[ast.Try]:
    """The `try` statements whose first handler is for OSError and closes a thing, or asks for it and closes it."""
    found: list[ast.Try] = []
    for use in uses_of(module, owned):
        if _fate(module, use, closers).outcome is not Outcome.CLOSED:
            continue
        handler = module.enclosing(use, ast.ExceptHandler)
        statement = module.parent(handler) if handler is not None else None
        if handler is None or not isinstance(statement, ast.Try) or statement.handlers[0] is not handler:
            continue
        caught = {last_name(part) for part in ast.walk(handler.type or handler)}
        if not caught.isdisjoint(knowledge.OS_ERRORS):
            found.append(statement)
    return found


def _is_answered(module: Module, call: ast.Call, names: frozenset[str], answering: list[ast.Try]) -> bool:
    """Whether a call that raises nothing but OSError stands in one of some `try` statements that answer that."""
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(receiver, ast.Name) and receiver.id in names:
        if last_name(call) not in knowledge.OS_METHODS:
            return False
    elif not (module.qualname(call.func) or "").startswith(knowledge.OS_MODULES):
        return False
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor in answering and isinstance(ancestor, ast.Try):
            return child in ancestor.body
        child = ancestor
    return False


def _flags(module: Module, owned: Owned) -> dict[str, bool]:
    """
    The flags that say whether a thing was given, and what they are where it had to be made.

    They are set once, before that: `is_given = session is not None`.
    """
    found: dict[str, bool] = {}
    if not isinstance(owned.function, _FUNCTIONS):
        return found
    for name in owned.names:
        for use in _uses(module, name, owned.function):
            asked = module.parent(use)
            flag = module.parent(asked) if isinstance(asked, ast.Compare) and use is asked.left else None
            if not isinstance(flag, ast.Assign) or flag.lineno >= owned.call.lineno or len(flag.targets) != 1:
                continue
            assert isinstance(asked, ast.Compare)
            target, compared = flag.targets[0], asked.comparators[0]
            if not isinstance(target, ast.Name) or len(module.sites_of(target)) != 1:
                continue
            if isinstance(compared, ast.Constant) and compared.value is None:
                if isinstance(asked.ops[0], (ast.Is, ast.IsNot)):
                    found[target.id] = isinstance(asked.ops[0], ast.Is)
    return found


def _is_answering(module: Module, node: ast.AST) -> bool:
    """Whether a node stands in a handler or in a `finally` block."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, _FUNCTIONS):
            return False
        if isinstance(ancestor, ast.ExceptHandler):
            return True
        if isinstance(ancestor, ast.Try) and child in ancestor.finalbody:
            return True
        child = ancestor
    return False


def _clean_up_before(module: Module, owned: Owned, closers: Collection[str]) -> Iterator[ast.stmt]:
    """The statements of `finally` blocks that stand before one that closes the thing: nobody guards clean-up."""
    for use in uses_of(module, owned):
        if _fate(module, use, closers).outcome is not Outcome.CLOSED:
            continue
        child: ast.AST = use
        for ancestor in module.ancestors(use):
            if isinstance(ancestor, ast.Try) and child in ancestor.finalbody:
                before = ancestor.finalbody[: ancestor.finalbody.index(child)]
                yield from before
            child = ancestor


def is_ended(module: Module, owned: Owned, closers: Collection[str]) -> bool:
    """Whether a LOCAL thing is closed or handed over anywhere in the function, on whatever path."""
    if owned.outcome is not Outcome.LOCAL or not isinstance(owned.function, _FUNCTIONS):
        return owned.outcome not in _LEAVES_OPEN
    return any(_fate(module, use, closers).outcome not in _LEAVES_OPEN for use in uses_of(module, owned))


def is_handed_over(module: Module, owned: Owned, closers: Collection[str]) -> bool:
    """Whether a LOCAL thing is returned, stored, or given to a call that may keep it, on whatever path."""
    over = (Outcome.RETURNED, Outcome.YIELDED, Outcome.ATTRIBUTE, Outcome.KEPT, Outcome.PASSED, Outcome.UNKNOWN)
    return any(_fate(module, use, closers).outcome in over for use in uses_of(module, owned))


def uses_of(module: Module, owned: Owned) -> Iterator[ast.Name]:
    """The reads of the local names that hold a LOCAL thing, in no order."""
    if isinstance(owned.function, _FUNCTIONS):
        for name in owned.names:
            for use in _uses(module, name, owned.function):
                if owned.call not in module.ancestors(use):
                    yield use


def is_reached(module: Module, owned: Owned) -> bool:
    """Whether control comes to the statement that makes a thing: nothing has left its function for good before."""
    if not isinstance(owned.function, _FUNCTIONS):
        return True
    flow = module.flow(owned.function)
    return flow.reachable(None, lambda statement: statement is owned.statement, raising=Raising.ANY)


def is_needed_to_the_end(module: Module, owned: Owned) -> bool:
    """Whether the function that makes a LOCAL thing never returns: it goes on for ever, or ends the process."""
    if not isinstance(owned.function, _FUNCTIONS):
        return False

    def ends(statement: Statement) -> bool:
        return any(
            isinstance(node, ast.Call) and module.qualname(node.func) in knowledge.PROCESS_ENDS
            for node in evaluated(statement)
        )

    flow = module.quiet_flow(owned.function)
    return flow.leaves_without(owned.statement, ends, raising=Raising.EXPLICIT) is None


def works_on_and_on(module: Module, owned: Owned) -> bool:
    """Whether a LOCAL thing serves a `while` loop of a worker, and lives as long as that does."""
    made = module.loop_of(owned.call)
    return any(
        isinstance(loop := module.loop_of(use), ast.While) and loop is not made for use in uses_of(module, owned)
    )


def outcome_of(module: Module, expression: ast.expr, closers: Collection[str] = ()) -> Outcome:
    """What becomes of an expression's value in the statement in which it stands."""
    return _fate(module, expression, closers).outcome


def is_closed_by_class(
    module: Module,
    holder: ast.ClassDef,
    attribute: str,
    closers: Collection[str],
    *,
    has_plain_bases: bool = False,
) -> bool | None:
    """
    Whether the code of this module closes or hands on what instances of a class keep in an attribute.

    True too where the class has bases that are not known, which may do it; `has_plain_bases` tells that those of
    other modules do not. None where others can reach the attribute (its name has no leading underscore) and the
    class itself does not close it.
    """
    for node in module.attributes_named(attribute):
        if isinstance(node.ctx, ast.Load) and not _belongs_to_another(module, node, holder):
            if _fate(module, node, closers).outcome not in _LEAVES_OPEN:
                return True
            if _is_aliased_and_ended(module, node, closers):
                return True
    if not has_plain_bases:
        for base in module.instances.ancestry(module.definition(holder))[1:]:
            if base not in knowledge.PLAIN_BASES and module.instances.local_class(base) is None:
                return True
        if any(module.qualname(unsubscripted(base)) is None for base in holder.bases):
            return True
    if attribute in module.keep("texts of constants", _texts):
        return True
    return False if attribute.startswith("_") else None


# ---------------------------------------------------------------------------------------------------------
# One expression in one statement
# ---------------------------------------------------------------------------------------------------------


def _fate(module: Module, expression: ast.expr, closers: Collection[str], depth: int = 0) -> _Fate:
    if isinstance(module.parent(expression), (ast.keyword, ast.Call, *_CONTAINERS, ast.Assign)):
        if is_only_uploaded(module, expression):
            return _Fate(Outcome.INLINE)
    child: ast.AST = expression
    for _ in range(_MAXIMUM_CLIMB):
        parent = module.parent(child)
        if isinstance(parent, (ast.Await, ast.IfExp, ast.BoolOp, ast.Starred, ast.NamedExpr)):
            if isinstance(parent, ast.IfExp) and child is parent.test:
                return _Fate(Outcome.INLINE)
            if isinstance(parent, ast.NamedExpr) and isinstance(parent.target, ast.Name):
                return _Fate(Outcome.LOCAL, (parent.target,))
            child = parent
        elif isinstance(parent, ast.withitem):
            return _Fate(Outcome.ENTERED)
        elif isinstance(parent, (ast.Return, ast.Lambda)):
            return _Fate(Outcome.RETURNED)
        elif isinstance(parent, (ast.Yield, ast.YieldFrom)):
            return _Fate(Outcome.YIELDED)
        elif isinstance(parent, ast.Expr):
            return _Fate(Outcome.DROPPED)
        elif isinstance(parent, (ast.Assign, ast.AnnAssign)):
            targets: list[ast.expr] = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
            if isinstance(targets[0], ast.Tuple) and isinstance(expression, ast.Call):
                place = knowledge.CLOSED_PLACES.get(module.callee(expression) or "")
                if place is not None and place < len(targets[0].elts):
                    return _stored(module, [targets[0].elts[place]])
            return _stored(module, targets)
        elif isinstance(parent, ast.Attribute):
            call = module.parent(parent)
            if parent.attr in closers or parent.attr in _LEAVING:
                return _Fate(Outcome.CLOSED)
            if not isinstance(parent.ctx, ast.Load):
                return _Fate(Outcome.INLINE)
            if not isinstance(call, ast.Call) or call.func is not parent:
                # An attribute, or a bound method that goes elsewhere (`setwriter(file.write)`).
                return _Fate(Outcome.KEPT if _is_part_handed_on(module, parent, depth) else Outcome.INLINE)
            if parent.attr not in knowledge.DEPENDENT_METHODS:
                return _Fate(Outcome.INLINE)
            return _Fate(Outcome.KEPT if _is_handed_on(module, call, depth) else Outcome.INLINE)
        elif isinstance(parent, ast.Subscript) and child is parent.value:
            if not isinstance(parent.ctx, ast.Load):
                return _Fate(Outcome.INLINE)
            return _Fate(Outcome.KEPT if _is_handed_on(module, parent, depth) else Outcome.INLINE)
        elif isinstance(parent, (ast.Call, ast.keyword)):
            call = parent if isinstance(parent, ast.Call) else module.parent(parent)
            if not isinstance(call, ast.Call):
                return _Fate(Outcome.KEPT)
            if _wraps(module, call):
                child = call
                continue
            return _Fate(_given(module, call, child, closers, depth))
        elif isinstance(parent, ast.Tuple) and isinstance(module.parent(parent), ast.Assign):
            return _stored_in_tuple(module, parent, child)
        elif isinstance(parent, ast.comprehension):
            owner = module.parent(parent)
            if child is not parent.iter or not isinstance(owner, ast.expr):
                return _Fate(Outcome.INLINE)
            if isinstance(owner, ast.GeneratorExp):
                # It is read only when the generator is.
                child = owner
            else:
                return _Fate(Outcome.INLINE)
        elif isinstance(parent, _CONTAINERS):
            is_looked_at = _is_compared(module, parent) or _is_looked_into(module, parent)
            return _Fate(Outcome.INLINE if is_looked_at else Outcome.KEPT)
        elif isinstance(parent, _READERS):
            return _Fate(Outcome.INLINE)
        elif isinstance(parent, ast.Delete):
            return _Fate(Outcome.CLOSED)
        else:
            return _Fate(Outcome.UNKNOWN)
    return _Fate(Outcome.UNKNOWN)


def _is_part_handed_on(module: Module, attribute: ast.Attribute, depth: int) -> bool:
    """Whether an attribute of a thing outlives the function: what it owns, or a method by which it is used."""
    if attribute.attr in knowledge.DETACHED:
        return True
    if attribute.attr in knowledge.PLAIN_ATTRIBUTES or depth >= _MAXIMUM_CALLEES:
        return False
    return _fate(module, attribute, (), depth + 1).outcome in (*_OUTLIVING, Outcome.PASSED)


def _is_handed_on(module: Module, made: ast.expr, depth: int) -> bool:
    """Whether what a thing's method gives, and what lives no longer than the thing, outlives the function."""
    fate = _fate(module, made, (), depth + 1)
    if fate.outcome in _OUTLIVING:
        return True
    function = module.function_of(made)
    if fate.outcome is not Outcome.LOCAL or not isinstance(function, _FUNCTIONS) or depth >= _MAXIMUM_CALLEES:
        return fate.outcome is Outcome.LOCAL
    return any(
        module.function_of(use) is not function or _fate(module, use, (), depth + 1).outcome in _OUTLIVING
        for name in fate.names
        for use in _uses(module, name.id, function)
    )


def _is_alternative(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is only one of several that a name may stand for (`x if c else y`, `x or y`)."""
    for ancestor in module.ancestors(expression):
        if isinstance(ancestor, (ast.IfExp, ast.BoolOp)):
            return True
        if isinstance(ancestor, ast.stmt):
            return False
    return False


def _is_compared(module: Module, container: ast.AST) -> bool:
    return isinstance(module.parent(container), ast.Compare)


def _is_looked_into(module: Module, container: ast.AST) -> bool:
    """Whether a container is given to a function that looks at what it holds and keeps nothing of it."""
    call = module.parent(container)
    return isinstance(call, ast.Call) and module.callee(call) in knowledge.LOOKING_INTO


def _stored(module: Module, targets: list[ast.expr]) -> _Fate:
    found: list[ast.Name] = []
    attribute = ""
    for target in targets:
        if isinstance(target, ast.Name):
            function = module.function_of(target)
            if not isinstance(function, _FUNCTIONS) or not _is_local(module, target, function):
                return _Fate(Outcome.KEPT)
            found.append(target)
        elif isinstance(target, ast.Attribute) and _is_receiver(module, target.value):
            attribute = target.attr
        else:
            return _Fate(Outcome.KEPT)
    if attribute:
        return _Fate(Outcome.ATTRIBUTE, tuple(found), attribute)
    return _Fate(Outcome.LOCAL, tuple(found))


def _stored_in_tuple(module: Module, value: ast.Tuple, child: ast.AST) -> _Fate:
    """`a, b = open(x), open(y)`: the target at the same place."""
    assignment = module.parent(value)
    if not isinstance(assignment, ast.Assign) or len(assignment.targets) != 1:
        return _Fate(Outcome.KEPT)
    target = assignment.targets[0]
    if not isinstance(target, ast.Tuple) or len(target.elts) != len(value.elts):
        return _Fate(Outcome.KEPT)
    if any(isinstance(part, ast.Starred) for part in (*target.elts, *value.elts)):
        return _Fate(Outcome.KEPT)
    place = next(number for number, part in enumerate(value.elts) if part is child)
    return _stored(module, [target.elts[place]])


def _is_receiver(module: Module, expression: ast.expr) -> bool:
    function = module.function_of(expression)
    return (
        isinstance(expression, ast.Name)
        and isinstance(function, _FUNCTIONS)
        and module.instances.receiver_name(function) == expression.id
    )


def _wraps(module: Module, call: ast.Call) -> bool:
    """Whether what a call gives reads on from what it was given (`csv.reader(f)`), so that both end together."""
    return module.callee(call) in knowledge.WRAPPERS


def _given(module: Module, call: ast.Call, child: ast.AST, closers: Collection[str], depth: int) -> Outcome:
    """What a call does with one of its arguments (`child` is the argument or its keyword)."""
    callee = module.callee(call)
    if callee in knowledge.BORROWERS:
        return Outcome.INLINE
    if isinstance(call.func, ast.Attribute) and call.func.attr in knowledge.BORROWING_METHODS:
        return Outcome.INLINE
    if callee is None or depth >= _MAXIMUM_CALLEES:
        return Outcome.PASSED
    function = module.instances.local_function(callee)
    if function is None or function.decorator_list or module.has_unpacking(call):
        return Outcome.PASSED
    if _outlives_call(module, function):
        return Outcome.PASSED
    parameter = _parameter_of(module, function, call, child)
    if parameter is None:
        return Outcome.PASSED
    uses = list(_uses(module, parameter, function))
    if not uses:
        # Abstract, or meant to keep it alive.
        return Outcome.PASSED
    for use in uses:
        if module.function_of(use) is not function:
            return Outcome.PASSED
        if _fate(module, use, closers, depth + 1).outcome not in (Outcome.INLINE, Outcome.DROPPED):
            return Outcome.PASSED
    return Outcome.INLINE


def _outlives_call(module: Module, function: FunctionNode) -> bool:
    """Whether a function's body runs after the call of it: a generator, or a coroutine that may become a task."""
    if isinstance(function, ast.AsyncFunctionDef):
        return True
    return module.is_generator(function)


def _parameter_of(module: Module, function: FunctionNode, call: ast.Call, child: ast.AST) -> str | None:
    """The parameter of a function of this module that an argument of a call of it becomes."""
    positional = [*function.args.posonlyargs, *function.args.args]
    if isinstance(child, ast.keyword):
        return child.arg if child.arg in {part.arg for part in (*positional, *function.args.kwonlyargs)} else None
    for keyword in call.keywords:
        if keyword.value is child:
            named = {part.arg for part in (*positional, *function.args.kwonlyargs)}
            return keyword.arg if keyword.arg in named else None
    place = next((number for number, part in enumerate(call.args) if part is child), None)
    if place is None:
        return None
    if module.instances.receiver_name(function) is not None and isinstance(call.func, ast.Attribute):
        place += 1
    return positional[place].arg if place < len(positional) else None


# ---------------------------------------------------------------------------------------------------------
# Names in a function
# ---------------------------------------------------------------------------------------------------------


def _is_local(module: Module, name: ast.Name, function: FunctionNode) -> bool:
    owner = module.owner_of(name)
    return owner is not None and owner.kind is ScopeKind.FUNCTION and owner.node is function


def _uses(module: Module, name: str, function: FunctionNode) -> Iterator[ast.Name]:
    """The reads of a function's local name, in the function and in what is nested in it."""
    for use in module.names_in(function).get(name, ()):
        if not isinstance(use.ctx, ast.Store) and _is_local(module, use, function):
            yield use


def _ends(module: Module, statement: Statement, names: frozenset[str], closers: Collection[str]) -> bool:
    """Whether a statement (or header) itself closes one of the names, hands it over, or ends the process."""
    if isinstance(statement, ast.If) and _closes_if_open(statement, names, closers):
        return True
    for node in evaluated(statement):
        if isinstance(node, ast.Name):
            if node.id in names and not isinstance(node.ctx, ast.Store):
                if isinstance(node.ctx, ast.Del) or _fate(module, node, closers).outcome not in _LEAVES_OPEN:
                    return True
        elif isinstance(node, ast.Call):
            if module.qualname(node.func) in knowledge.PROCESS_ENDS:
                return True
        elif isinstance(node, ast.Compare) and _tells_apart(node, names):
            return True
    return False


def _closes_if_open(statement: ast.If, names: frozenset[str], closers: Collection[str]) -> bool:
    """Whether a test asks whether one of the names is closed, and closes it: `if not it.closed: it.close()`."""

    def reads(within: ast.AST, attributes: Collection[str]) -> bool:
        return any(
            isinstance(part, ast.Attribute)
            and part.attr in attributes
            and isinstance(part.value, ast.Name)
            and part.value.id in names
            for part in ast.walk(within)
        )

    return reads(statement.test, ("closed", "is_closed")) and any(
        reads(inner, closers) for inner in statement.body
    )


def _tells_apart(comparison: ast.Compare, names: frozenset[str]) -> bool:
    """Whether one of the names is compared with another object: `if f is not sys.stdout`."""
    sides = [comparison.left, *comparison.comparators]
    return any(isinstance(side, ast.Name) and side.id in names for side in sides) and not any(
        isinstance(side, ast.Constant) for side in sides
    )


# ---------------------------------------------------------------------------------------------------------
# Attributes of a class
# ---------------------------------------------------------------------------------------------------------


def _belongs_to_another(module: Module, attribute: ast.Attribute, holder: ast.ClassDef) -> bool:
    """Whether `self.name` stands in a method of a class that is no relative of the holder."""
    if not _is_receiver(module, attribute.value):
        return False
    function = module.function_of(attribute)
    other = module.class_of(function) if function is not None else None
    if other is None or other is holder:
        return False
    names = (module.definition(other), module.definition(holder))
    return not any(name in module.instances.ancestry(relative) for name, relative in (names, (names[1], names[0])))


def _is_aliased_and_ended(module: Module, attribute: ast.Attribute, closers: Collection[str]) -> bool:
    """`client = self._client`, and the local name is then closed or handed over."""
    fate = _fate(module, attribute, closers)
    function = module.function_of(attribute)
    if fate.outcome is not Outcome.LOCAL or not isinstance(function, _FUNCTIONS):
        return fate.outcome is Outcome.LOCAL
    return any(
        _fate(module, use, closers).outcome not in _LEAVES_OPEN
        for name in fate.names
        for use in _uses(module, name.id, function)
    )


def _texts(module: Module) -> frozenset[str]:
    """All texts of the module, by one of which an attribute may be read (`getattr(self, "_client", None)`)."""
    return frozenset(node.value for node in module.nodes(ast.Constant) if isinstance(node.value, str))
