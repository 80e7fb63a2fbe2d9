"""Exception handlers: what they catch, what every way through them does, and where they stand."""

from __future__ import annotations

import ast
import enum
import io
import re
import tokenize
from collections.abc import Iterator

from flake8_auditrules.knowledge import exceptions
from flake8_auditrules.knowledge.tasks import PERIODIC
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.flow import ExitKind, Raising, Statement, evaluated
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.walk import children

_TRY: tuple[type[ast.AST], ...] = tuple(
    kind for kind in (ast.Try, getattr(ast, "TryStar", None)) if kind is not None
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What nothing is evaluated below, and what runs at another time.
_UNOPENED = frozenset({ast.Name, ast.Constant, *_FUNCTIONS, ast.Lambda, ast.ClassDef})
_GOING_ON = (ast.Pass, ast.Return, ast.Break, ast.Continue, ast.Assign, ast.AugAssign, ast.Delete)
_WAITING = (ast.Await, ast.AsyncFor, ast.AsyncWith, ast.Yield, ast.YieldFrom)
_WAITING_FOR_TASKS = frozenset({"gather", "shield", "wait", "wait_for"})
_ENDING = pattern(
    r"close|exit|disconnect|shut_?down|stop|clean|cancel|terminate|kill|dispose|drain|teardown|release"
)
# What methods are called that end something for good.
_TEARDOWN = pattern(
    r"(?:^|_)a?(?:close|stop|shut_?down|dispose|clean_?up|tear_?down|disconnect|terminate|exit)(?:_|$)",
    re.IGNORECASE,
)
# What a count of attempts is called.
_ATTEMPTS = pattern(r"attempt|retr(?:y|ies)|\btries|_tries", re.IGNORECASE)
_KEEPING = frozenset({"add", "append", "athrow", "put", "put_nowait", "set_exception", "throw"})
# What a function is called that is handed an exception and decides what becomes of it.
_DECIDING = pattern(r"^_*handle(?:_|$)")
_CANCELLATION = frozenset({"asyncio.CancelledError", "anyio.get_cancelled_exc_class", "trio.Cancelled"})


class Breadth(enum.IntEnum):
    """How much a handler catches."""

    NARROW = 0
    EXCEPTION = 1
    """`except Exception`, alone or in a tuple."""
    BASE = 2
    """`except BaseException`."""
    BARE = 3
    """`except:`."""


def caught(module: Module, handler: ast.ExceptHandler) -> tuple[str | None, ...]:
    """The qualified names of the classes that a handler names; None for one that cannot be named."""
    return caught_by(module, handler.type)


def caught_by(module: Module, types: ast.expr | None) -> tuple[str | None, ...]:
    """The qualified names of the classes in an `except` expression or an argument of `suppress`."""
    if types is None:
        return ("builtins.BaseException",)
    parts = types.elts if isinstance(types, (ast.Tuple, ast.List)) else [types]
    return tuple(module.qualname(uncalled(part)) for part in parts)


def breadth(module: Module, handler: ast.ExceptHandler) -> Breadth:
    """How much a handler catches by its own words; what earlier handlers take is not looked at."""
    known: dict[ast.ExceptHandler, Breadth] = module.keep("breadths of handlers", lambda _: {})
    found = known.get(handler)
    if found is None:
        found = known[handler] = _find_breadth(module, handler)
    return found


def _find_breadth(module: Module, handler: ast.ExceptHandler) -> Breadth:
    if handler.type is None:
        return Breadth.BARE
    names = caught(module, handler)
    if "builtins.BaseException" in names:
        return Breadth.BASE
    return Breadth.EXCEPTION if "builtins.Exception" in names else Breadth.NARROW


def is_broad(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether a handler catches every failure."""
    return breadth(module, handler) is not Breadth.NARROW


def is_handled_within(module: Module, node: ast.AST, loop: ast.AST) -> bool:
    """Whether a node stands in a handler of a loop's body: only the turns that fail come to it."""
    for ancestor in module.ancestors(node):
        if ancestor is loop:
            return False
        if isinstance(ancestor, ast.ExceptHandler):
            return True
    return False


def try_of(module: Module, handler: ast.ExceptHandler) -> ast.Try:
    """The `try` statement (or `try` with `except*`) that the handler belongs to."""
    statement = module.parent(handler)
    assert isinstance(statement, _TRY)
    return statement  # type: ignore[return-value]


def earlier_handlers(module: Module, handler: ast.ExceptHandler) -> list[ast.ExceptHandler]:
    """The handlers of the same `try` that get an exception before this one does."""
    handlers = try_of(module, handler).handlers
    return handlers[: handlers.index(handler)]


def handler_of(module: Module, node: ast.AST) -> ast.ExceptHandler | None:
    """The innermost handler of the same function whose body runs `node`."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.ExceptHandler):
            if child is not ancestor.type:
                return ancestor
        elif isinstance(ancestor, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            return None
        child = ancestor
    return None


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements of a block and of the blocks in it, in source order; not those of nested functions."""
    pending = list(reversed(body))
    while pending:
        statement = pending.pop()
        yield statement
        if isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
            continue
        inner: list[ast.stmt] = []
        for field in ("body", "handlers", "orelse", "finalbody", "cases"):
            for part in getattr(statement, field, ()):
                inner.extend([part] if isinstance(part, ast.stmt) else part.body)
        pending.extend(reversed(inner))


def own_parts(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """All nodes that a block itself evaluates; nested functions and lambdas are yielded, their insides are not."""
    pending: list[ast.AST] = list(reversed(body))
    while pending:
        node = pending.pop()
        yield node
        if node.__class__ in _UNOPENED:
            continue
        below = children(node)
        below.reverse()
        pending.extend(below)


def own_calls(body: list[ast.stmt]) -> Iterator[ast.Call]:
    """The calls among a block's own parts."""
    return (part for part in own_parts(body) if isinstance(part, ast.Call))


def parts_of(module: Module, handler: ast.ExceptHandler) -> tuple[ast.AST, ...]:
    """What a handler's body itself evaluates (`own_parts`), worked out once for all rules."""
    known = module.keep("parts of handlers", _no_parts)
    parts = known.get(handler)
    if parts is None:
        parts = known[handler] = tuple(own_parts(handler.body))
    return parts


def calls_of(module: Module, handler: ast.ExceptHandler) -> list[ast.Call]:
    """The calls that a handler's body itself makes, in source order."""
    return [part for part in parts_of(module, handler) if isinstance(part, ast.Call)]


def _no_parts(module: Module) -> dict[ast.ExceptHandler, tuple[ast.AST, ...]]:
    return {}


def always_raises(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether every way through a handler ends with an exception (or with the end of the process)."""
    plain = raises_plainly(handler)
    if plain is not None:
        return plain
    found = module.flow_of(handler).leaves_without(
        handler, lambda statement: _raises(module, statement), within=handler, raising=Raising.EXPLICIT
    )
    return found is None or found.kind is ExitKind.RAISE


def raises_plainly(handler: ast.ExceptHandler) -> bool | None:
    """
    Whether a handler always raises, where its statements alone say so; None where only its paths tell.

    It does where its last statement is a `raise` that nothing can leave before; it does not where it is a row of
    simple statements that neither raise nor call what may never return.
    """
    inside = list(statements(handler.body))
    if isinstance(handler.body[-1], ast.Raise):
        return None if any(isinstance(part, (ast.Return, ast.Break, ast.Continue)) for part in inside) else True
    if all(
        isinstance(part, _GOING_ON) or (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))
        for part in inside
    ):
        return False
    return None


def _raises(module: Module, statement: Statement) -> bool:
    """Whether a statement raises: `raise`, or a block whose context manager raises again what is handled."""
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        return reraises(module, statement)
    return isinstance(statement, ast.Raise)


def reraises(module: Module, block: ast.With | ast.AsyncWith) -> bool:
    """Whether a block's context manager raises again what is handled (`save_and_reraise_exception`)."""
    return any(
        isinstance(item.context_expr, ast.Call)
        and (
            module.qualname(item.context_expr.func) in exceptions.RERAISING
            or "reraise" in (module.qualname(item.context_expr.func) or "").rpartition(".")[2]
        )
        for item in block.items
    )


def keeps_exc_info(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether a handler takes what is being handled as a value (`sys.exc_info()`), to deal with it later."""
    return any(
        isinstance(part, ast.Call) and module.qualname(part.func) in ("sys.exc_info", "sys.exception")
        for part in own_parts(handler.body)
    )


def swallows_cancellation(module: Module, handler: ast.ExceptHandler) -> bool:
    """
    Whether a handler in a coroutine takes a cancellation and the coroutine goes on all the same.

    That is: the handler catches `CancelledError`, by name or with everything; something in the `try` waits;
    on some way through the handler nothing is raised; and that way leads to a later wait or round a loop, be it
    that of a library which calls the coroutine again and again.
    False where the coroutine just cancelled what it waits for; where the handler tells cancellations apart
    (`cancelling()`, a flag, a way out of its own), keeps what it caught for later, or means Ctrl-C, which it
    names as well; where the `try` only tidies up, or runs because of another exception; where the loop only
    sleeps and passes, a stand-in that is deaf on purpose; and where a handler of nothing else stands in no loop:
    what comes behind it tells others that the task was cancelled, and ends.
    """
    function = module.function_of(handler)
    if not isinstance(function, ast.AsyncFunctionDef) or not gets_cancellation(module, handler):
        return False
    statement = try_of(module, handler)
    if _awaits_what_it_cancelled(module, function, statement.body) or _knows_of_cancelling(module, handler):
        return False
    if _minds_the_loop(module, handler) or _ends_all(module, handler, function):
        return False
    if "builtins.KeyboardInterrupt" in caught(module, handler):
        return False  # `asyncio.run` makes a cancellation of Ctrl-C, and that is what is meant
    if _only_tidies(statement.body) or _is_unwinding(module, statement) or _is_shielded(module, statement):
        return False
    if _drains(module, statement) or _is_alone_in_its_loop(module, function) or _takes_leave(module, handler):
        return False
    if _is_nothing_but_deaf(module, handler, statement):
        return False
    if _is_called_again(module, function) and not _ends_loop(handler):
        return True
    return _goes_on(module, handler, statement, [*handler.body, *statement.finalbody])


def _is_called_again(module: Module, function: ast.AsyncFunctionDef) -> bool:
    """Whether a library calls a coroutine again and again in one task, by its decorator."""
    return any(
        isinstance(decorator, ast.Call) and module.callee(decorator) in PERIODIC
        for decorator in function.decorator_list
    )


def _ends_loop(handler: ast.ExceptHandler) -> bool:
    """Whether a handler raises somewhere, or stops the loop that has called it: `self.poll.stop()`."""
    return any(
        isinstance(part, ast.Raise) or (isinstance(part, ast.Call) and last_name(part) in ("stop", "cancel"))
        for part in own_parts(handler.body)
    )


def gets_cancellation(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether a handler catches the cancellation of something that waits in its `try`."""
    if not _takes_cancellation(module, handler):
        return False
    waits = [part for part in own_parts(try_of(module, handler).body) if isinstance(part, _WAITING)]
    return any(not isinstance(wait, ast.Yield) for wait in waits) or any(
        # A generator that yields once may be a context, which gets what is raised in its `with`.
        module.loop_of(wait) is None
        for wait in waits
    )


def suppresses_cancellation(module: Module, statement: ast.With) -> ast.Call | None:
    """
    The `suppress(CancelledError)` of a `with` in a coroutine that goes on after it, as with handlers.
    """
    for item in statement.items:
        call = item.context_expr
        if not isinstance(call, ast.Call) or last_name(call) != "suppress":
            continue
        function = module.function_of(statement)
        if not isinstance(function, ast.AsyncFunctionDef) or module.callee(call) != "contextlib.suppress":
            continue
        names = {name for argument in call.args for name in caught_by(module, argument)}
        if "builtins.BaseException" not in names and names.isdisjoint(_CANCELLATION):
            continue
        if not any(isinstance(part, _WAITING) for part in own_parts(statement.body)):
            continue
        if _awaits_what_it_cancelled(module, function, statement.body) or _only_tidies(statement.body):
            continue
        if _is_unwinding(module, statement) or _drains(module, statement):
            continue
        if _TEARDOWN.search(function.name) and module.loop_of(statement) is None:
            continue
        if _goes_on(module, statement, statement, statement.body):
            return call
    return None


def _ends_all(module: Module, handler: ast.ExceptHandler, function: ast.AsyncFunctionDef) -> bool:
    """Whether a handler stands where a function ends something, and goes on to do so, whoever cancels it."""
    return bool(_TEARDOWN.search(function.name)) and module.loop_of(handler) is None


def _takes_leave(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether a handler is there for cancellations alone, and the coroutine only goes on to its end."""
    names = caught(module, handler)
    ends = {*_CANCELLATION, "builtins.GeneratorExit"}
    return bool(names) and ends.issuperset(names) and module.loop_of(handler) is None


def _is_shielded(module: Module, statement: ast.stmt) -> bool:
    """Whether a `with CancelScope(shield=True)` around a statement keeps cancellations away on purpose."""
    return any(
        isinstance(ancestor, ast.With)
        and any(
            isinstance(item.context_expr, ast.Call)
            and any(
                keyword.arg == "shield" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
                for keyword in item.context_expr.keywords
            )
            for item in ancestor.items
        )
        for ancestor in module.ancestors(statement)
    )


def _drains(module: Module, statement: ast.stmt) -> bool:
    """Whether a `try` or `with` waits again and again for one task to end: `while not task.done():` around it."""
    loop = module.parent(statement)
    if not isinstance(loop, ast.While) or loop.body != [statement]:
        return False
    test = loop.test
    if not isinstance(test, ast.UnaryOp) or not isinstance(test.op, ast.Not):
        return False
    asked = test.operand.func if isinstance(test.operand, ast.Call) else None
    return isinstance(asked, ast.Attribute) and asked.attr == "done"


def _is_alone_in_its_loop(module: Module, function: ast.AsyncFunctionDef) -> bool:
    """Whether a nested coroutine is only given to `run_until_complete`: nobody else has its task to cancel it."""
    if not isinstance(module.function_of(function), (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    uses = [name for name in module.nodes(ast.Name) if name.id == function.name]
    for use in uses:
        made = module.parent(use)
        given = module.parent(made) if isinstance(made, ast.Call) and made.func is use else None
        if not isinstance(given, ast.Call) or last_name(given) != "run_until_complete":
            return False
    return bool(uses)


def _is_nothing_but_deaf(module: Module, handler: ast.ExceptHandler, statement: ast.Try) -> bool:
    """Whether a loop without end does nothing else than sleep and pass over what ends the sleep."""
    if len(statement.body) != 1 or len(statement.handlers) != 1 or statement.orelse or statement.finalbody:
        return False
    if len(handler.body) != 1 or not isinstance(handler.body[0], ast.Pass):
        return False
    loop, waiting = module.parent(statement), statement.body[0]
    return (
        isinstance(loop, ast.While)
        and loop.body == [statement]
        and isinstance(loop.test, ast.Constant)
        and isinstance(waiting, ast.Expr)
        and isinstance(waiting.value, ast.Await)
        and last_name(waiting.value.value) == "sleep"
    )


def _goes_on(module: Module, start: Statement, around: ast.stmt, body: list[ast.stmt]) -> bool:
    """Whether a way from `start` leads to a wait outside `body`, or to `around` again, with nothing raised."""
    inside = {id(part) for part in statements(body)}

    def waits(reached: Statement) -> bool:
        if reached is around:
            return True
        if id(reached) in inside:
            return False
        return isinstance(reached, (ast.AsyncFor, ast.AsyncWith)) or any(
            isinstance(part, _WAITING) for part in evaluated(reached)
        )

    return module.flow_of(around).reachable(
        start, waits, lambda reached: isinstance(reached, ast.Raise), raising=Raising.EXPLICIT
    )


def _takes_cancellation(module: Module, handler: ast.ExceptHandler) -> bool:
    def takes(one: ast.ExceptHandler) -> bool:
        names = caught(module, one)
        return "builtins.BaseException" in names or any(name in _CANCELLATION for name in names)

    return takes(handler) and not any(takes(one) for one in earlier_handlers(module, handler))


def _awaits_what_it_cancelled(module: Module, function: ast.AsyncFunctionDef, body: list[ast.stmt]) -> bool:
    """Whether a cancellation that comes out of `body` may be that of a task which is waited for there."""
    waits = [part for part in own_parts(body) if isinstance(part, _WAITING) and not _is_deadline(part)]
    if all(isinstance(wait, ast.Await) and _waits_for_task(module, wait.value) for wait in waits):
        return True
    if any(
        isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "result"
        for part in own_parts(body)
    ):
        # The result of a task that was cancelled raises as well.
        return True
    awaited = {
        module.text(name)
        for wait in waits
        if isinstance(wait, ast.Await)
        for name in ast.walk(wait.value)
        if isinstance(name, (ast.Name, ast.Attribute))
    }
    return any(
        module.function_of(cancel) is function and module.text(cancel.value) in awaited
        for cancel in module.attributes_named("cancel")
    )


def _is_deadline(part: ast.AST) -> bool:
    """Whether an `async with` only sets a deadline: it waits for nothing itself."""
    return isinstance(part, ast.AsyncWith) and all(
        last_name(item.context_expr) in ("timeout", "timeout_at") for item in part.items
    )


def _waits_for_task(module: Module, awaited: ast.expr) -> bool:
    """Whether what is awaited is a task or future that stands in a variable, alone or with others."""
    if isinstance(awaited, ast.Starred):
        awaited = awaited.value
    if isinstance(awaited, ast.Call):
        if last_name(awaited) in _WAITING_FOR_TASKS:
            return bool(awaited.args) and _waits_for_task(module, awaited.args[0])
        return any(isinstance(argument, ast.Call) for argument in awaited.args) and _makes_task(module, awaited)
    return isinstance(awaited, (ast.Name, ast.Attribute, ast.Subscript))


def _makes_task(module: Module, call: ast.Call) -> bool:
    """Whether a function of this module makes a task of the coroutine that it is given: others may cancel it."""
    function = module.called_function(call)
    if function is None:
        return False
    given = {argument.arg for argument in function.args.args}
    return any(
        isinstance(node, ast.Call)
        and last_name(node) in ("create_task", "ensure_future")
        and bool(node.args)
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id in given
        for node in module.own_nodes(function)
    )


def _knows_of_cancelling(module: Module, handler: ast.ExceptHandler) -> bool:
    for part in own_parts(handler.body):
        if isinstance(part, (ast.Raise, ast.Return, ast.Break)) and not _is_for_other_failures(
            module, handler, part
        ):
            return True
        if isinstance(part, ast.Attribute) and part.attr in ("cancelling", "uncancel"):
            return True
        if isinstance(part, (ast.Assign, ast.AnnAssign)):
            value = part.value
            if isinstance(value, ast.Constant) and isinstance(value.value, bool):
                return True
            if isinstance(value, ast.Name) and value.id == handler.name:
                return True
        if isinstance(part, ast.Call) and (last_name(part) in _KEEPING or _DECIDING.search(last_name(part))):
            if any(isinstance(argument, ast.Name) and argument.id == handler.name for argument in part.args):
                return True
    return False


def _minds_the_loop(module: Module, handler: ast.ExceptHandler) -> bool:
    """
    Whether the flag of a `while` around a handler ends the loop.

    The handler asks for it or calls a method of self that sets it, or who cancels sets it first.
    """
    attributes: set[str] = set()
    for ancestor in module.ancestors(handler):
        if isinstance(ancestor, _FUNCTIONS):
            break
        if isinstance(ancestor, ast.While):
            attributes.update(part.attr for part in ast.walk(ancestor.test) if isinstance(part, ast.Attribute))
    if not attributes:
        return False
    if any(_is_set_before_cancelling(module, attribute) for attribute in attributes):
        return True
    for part in own_parts(handler.body):
        if isinstance(part, ast.If):
            if any(isinstance(one, ast.Attribute) and one.attr in attributes for one in ast.walk(part.test)):
                return True
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            method = module.called_function(part)
            if method is not None and any(
                isinstance(one, ast.Attribute) and one.attr in attributes and isinstance(one.ctx, ast.Store)
                for one in module.own_nodes(method)
            ):
                return True
    return False


def _is_set_before_cancelling(module: Module, attribute: str) -> bool:
    """Whether a function gives an attribute a constant and then cancels something."""
    for stored in module.attributes_named(attribute):
        if not isinstance(stored.ctx, ast.Store):
            continue
        function, statement = module.function_of(stored), module.statement(stored)
        if not isinstance(function, _FUNCTIONS) or not isinstance(getattr(statement, "value", None), ast.Constant):
            continue
        if function.name != "__init__" and any(
            isinstance(part, ast.Call) and "cancel" in last_name(part) and part.lineno > stored.lineno
            for part in module.own_nodes(function)
        ):
            return True
    return False


def _is_for_other_failures(module: Module, handler: ast.ExceptHandler, way_out: ast.stmt) -> bool:
    """
    Whether a way out of a handler is not taken for a cancellation as such.

    It stands in a handler of the handler's own `try`, behind a count of attempts, or for other classes.
    """
    child: ast.AST = way_out
    for ancestor in module.ancestors(way_out):
        if ancestor is handler:
            return False
        if isinstance(ancestor, ast.ExceptHandler):
            return True
        if isinstance(ancestor, ast.If) and child in ancestor.body:
            test = ancestor.test
            if isinstance(test, ast.Compare) and _ATTEMPTS.search(module.text(test)):
                return True
            if isinstance(test, ast.Call) and module.callee(test) == "builtins.isinstance" and len(test.args) == 2:
                names = caught_by(module, test.args[1])
                if None not in names and not {"builtins.BaseException", *_CANCELLATION}.intersection(names):
                    return True
        child = ancestor
    return False


def _only_tidies(body: list[ast.stmt]) -> bool:
    """Whether all that a block waits for is the end of something."""
    waits = [part for part in own_parts(body) if isinstance(part, _WAITING)]
    return all(
        isinstance(wait, ast.Await)
        and isinstance(wait.value, ast.Call)
        and any(
            isinstance(part, (ast.Name, ast.Attribute))
            and _ENDING.search(part.attr if isinstance(part, ast.Attribute) else part.id)
            for part in ast.walk(wait.value)
        )
        for wait in waits
    )


def in_finally(module: Module, node: ast.AST) -> bool:
    """Whether a node stands in a `finally` block of its function."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.Try) and child in ancestor.finalbody:
            return True
        if isinstance(ancestor, _FUNCTIONS):
            return False
        child = ancestor
    return False


def _is_unwinding(module: Module, statement: ast.stmt) -> bool:
    """Whether a statement stands in a `finally` block or in a handler that takes cancellations."""
    child: ast.AST = statement
    for ancestor in module.ancestors(statement):
        if isinstance(ancestor, (*_FUNCTIONS, ast.Lambda, ast.ClassDef)):
            return False
        if isinstance(ancestor, ast.ExceptHandler) and _takes_cancellation(module, ancestor):
            return True
        if isinstance(ancestor, _TRY) and child in getattr(ancestor, "finalbody", ()):
            return True
        child = ancestor
    return False


# ---------------------------------------------------------------------------------------------------------
# What a handler does with the failure
# ---------------------------------------------------------------------------------------------------------

# Calls after which nothing is known of the failure: they tidy up, or wait.
TIDYING = frozenset(
    {
        "aclose",
        "cancel",
        "cleanup",
        "clear",
        "close",
        "close_all",
        "disconnect",
        "dispose",
        "done",
        "expunge_all",
        "flush",
        "join",
        "kill",
        "release",
        "remove",
        "removedirs",
        "rmdir",
        "rmtree",
        "rollback",
        "shutdown",
        "sleep",
        "stop",
        "task_done",
        "terminate",
        "unlink",
        "wait",
        "wait_closed",
    }
)


# Calls that turn one value into another: their failure says that the value is of another kind.
CONVERTING = frozenset(
    {
        "Decimal",
        "UUID",
        "a2b_base64",
        "b64decode",
        "basename",
        "bool",
        "bytes",
        "decode",
        "dict",
        "encode",
        "float",
        "fromhex",
        "fromisoformat",
        "form",
        "from_bytes",
        "fromtimestamp",
        "ZoneInfo",
        "group",
        "get_annotations",
        "get_type_hints",
        "getdoc",
        "getsource",
        "int",
        "json",
        "len",
        "list",
        "literal_eval",
        "loads",
        "lower",
        "model_validate",
        "now",
        "model_validate_json",
        "parse",
        "parse_obj",
        "parse_raw",
        "quote",
        "replace",
        "safe_load",
        "signature",
        "split",
        "str",
        "strip",
        "strptime",
        "unpack",
        "unquote",
        "urlsafe_b64decode",
        "upper",
        "urlparse",
        "urlsplit",
        "validate_python",
    }
)


def only_converts(body: list[ast.stmt]) -> bool:
    """Whether all that a block does is to convert values and to look into them."""
    made = {
        target.id
        for statement in statements(body)
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    for part in own_parts(body):
        if isinstance(part, ast.Await):
            # The body of a request or response, awaited to be converted.
            if not isinstance(part.value, ast.Call) or last_name(part.value) not in ("json", "form"):
                return False
        elif isinstance(part, (*_WAITING, ast.For, ast.While, ast.With)) or (
            isinstance(part, ast.Call) and not is_conversion(part) and not _looks_into(part, made)
        ):
            return False
    return True


def is_conversion(call: ast.Call) -> bool:
    """Whether a call by its name turns one value into another; `os.replace` moves a file."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return last_name(call) in CONVERTING and not (isinstance(owner, ast.Name) and owner.id == "os")


def _looks_into(call: ast.Call, made: set[str]) -> bool:
    """Whether a call looks into what the block has `made` (`loads(text).get("key")`) or asks about a value."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr in ("get", "keys", "items", "values") and (
            isinstance(function.value, (ast.Call, ast.Subscript))
            or (isinstance(function.value, ast.Name) and function.value.id in made)
        )
    if not isinstance(function, ast.Name):
        return False
    return function.id in ("isinstance", "getattr", "hasattr", "type") or function.id.endswith("_logger")


def mentions(handler: ast.ExceptHandler) -> list[ast.Name]:
    """Where the handler's body reads the name that it gave the exception, nested functions included."""
    if handler.name is None:
        return []
    return [
        part
        for statement in handler.body
        for part in ast.walk(statement)
        if isinstance(part, ast.Name) and part.id == handler.name and isinstance(part.ctx, ast.Load)
    ]


def is_class_alone(module: Module, name: ast.Name) -> bool:
    """Whether a mention of an exception is `type(error)` or `error.__class__`."""
    parent = module.parent(name)
    if isinstance(parent, ast.Attribute):
        return parent.attr == "__class__"
    return isinstance(parent, ast.Call) and module.qualname(parent.func) == "builtins.type"


def _lists_nothing(answer: ast.Dict) -> bool:
    """Whether a dict is a list without entries: `{"rows": [], "total": 0}`. A False in it would tell something."""
    return (
        any(isinstance(value, (ast.List, ast.Dict)) for value in answer.values)
        and all(is_empty_value(value) for value in answer.values)
        and not any(isinstance(value, ast.Constant) and value.value is False for value in answer.values)
    )


def is_empty_value(expression: ast.expr | None) -> bool:
    """Whether an expression is a value that says nothing: None, False, 0, an empty text or container."""
    if expression is None:
        return True
    if isinstance(expression, ast.Constant):
        return not expression.value
    if isinstance(expression, (ast.List, ast.Tuple, ast.Set)):
        return all(is_empty_value(element) for element in expression.elts)
    if isinstance(expression, ast.Dict):
        return not expression.keys or _lists_nothing(expression)
    if isinstance(expression, ast.Call):
        return (
            isinstance(expression.func, ast.Name)
            and expression.func.id in ("OrderedDict", "dict", "frozenset", "list", "set", "str", "tuple")
            and not expression.args
            and not expression.keywords
        )
    return False


def is_empty_container(value: ast.expr | None) -> bool:
    """Whether a value is an empty list, dict or set, or nothing but several of them."""
    if isinstance(value, ast.Tuple):
        return bool(value.elts) and all(is_empty_container(part) for part in value.elts)
    return isinstance(value, (ast.List, ast.Dict, ast.Set, ast.Call)) and is_empty_value(value)


def says_nothing(statement: Statement, exception_name: str | None) -> bool:
    """
    Whether a statement in a handler leaves the failure unknown to everybody.

    `pass`, `continue`, `break`, the return or assignment of a value that says nothing, tidying up; and headers
    of compound statements that do not look at the exception.
    """
    if isinstance(statement, (ast.Pass, ast.Continue, ast.Break, ast.Import, ast.ImportFrom, ast.Global)):
        return True
    parts = list(evaluated(statement))
    given = statement.value if isinstance(statement, (ast.Return, ast.Assign, ast.AnnAssign)) else None
    for part in parts:
        if isinstance(part, ast.Name) and part.id == exception_name:
            return False
        if isinstance(part, (ast.Yield, ast.YieldFrom)):
            return False
        if part is given and is_empty_value(given):
            # `set()` is as empty as `[]`.
            continue
        if isinstance(part, ast.Call) and (
            last_name(part) not in TIDYING or any(keyword.arg in ("reason", "code") for keyword in part.keywords)
        ):
            # `close(code=..., reason=...)` tells the peer.
            return False
    if isinstance(statement, ast.Return):
        return is_empty_value(statement.value)
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return all(isinstance(target, ast.Name) for target in targets) and _is_plain_nothing(statement.value)
    return not isinstance(statement, (ast.AugAssign, ast.Delete, ast.Raise, ast.Assert))


def _is_plain_nothing(value: ast.expr | None) -> bool:
    """A flag that is set to False says something; None and empty values do not."""
    return is_empty_value(value) and not (isinstance(value, ast.Constant) and value.value is False)


def comment_on(module: Module, first: int, last: int) -> str:
    """
    The words of the comments on the lines `first` to `last` (1-based), markers for tools left out.

    "" where there is none.
    """
    texts: list[str] = []
    for number in range(first, min(last, len(module.lines)) + 1):
        line = module.lines[number - 1]
        if "#" not in line:
            continue
        texts.append(_comment_of(line))
    return " ".join(text for text in texts if text)


def words_in(comment: str) -> int:
    """How many words a comment has; two characters of a script that is written without spaces count as one."""
    wide = sum(1 for character in comment if character >= "\u3000")
    return len(comment.split()) + wide // 2


def last_line(module: Module, handler: ast.ExceptHandler) -> int:
    """The last line of a handler (1-based), with the comments behind its last statement at its depth."""
    last = handler.body[-1].end_lineno or handler.lineno
    while last < len(module.lines):
        following = module.lines[last]
        text = following.lstrip()
        if not text.startswith("#") or len(following) - len(text) <= handler.col_offset:
            break
        last += 1
    return last


def comment_above(module: Module, line: int) -> str:
    """The words of the comment lines that end right above a line (1-based); "" where there are none."""
    first = line
    while first > 1 and module.lines[first - 2].lstrip().startswith("#"):
        first -= 1
    return comment_on(module, first, line - 1)


_TOOL_MARK = pattern(
    r"noqa(?::\s*[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*)?"
    r"|pragma:\s*no\s*(?:cover|branch)"
    r"|(?:nosec|type:|pylint:|pragma|pyright|mypy:|ruff:|fmt:|isort:|flake8|AUD\d{3}|nosemgrep|TODO|FIXME|XXX)[^#]*",
    re.IGNORECASE,
)


def _comment_of(line: str) -> str:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(line.strip() + "\n").readline))
    except (tokenize.TokenError, SyntaxError):
        _, _, comment = line.rpartition("#")
        return _TOOL_MARK.sub("", comment).strip(" #")
    for token in tokens:
        if token.type == tokenize.COMMENT:
            return _TOOL_MARK.sub("", token.string).strip(" #\n:-")
    return ""
