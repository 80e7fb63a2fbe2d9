"""Safe blocks: statements that cannot fail, so that no handler of a `try` around them ever runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.loggers import Traceback, log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, reads_as_class
from flake8_auditrules.semantics.scopes import FunctionNode

_TRY = (ast.Try, getattr(ast, "TryStar", ast.Try))
_DISPLAYS = (ast.List, ast.Tuple, ast.Set)
# Questions to a value that it answers whatever it is.
_IDENTITIES = (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)
# Calls that ask the clock, or a dictionary for what is in it.
_CLOCKS = frozenset({"monotonic", "now", "perf_counter", "time", "utcnow"})
_VIEWS = frozenset({"items", "keys", "values"})
# Changes of a file by its name, and what they raise.
_TIDYING = frozenset(
    {"chmod", "chown", "makedirs", "mkdir", "remove", "rmdir", "rmtree", "touch", "unlink", "utime"}
)
_OF_FILES = frozenset({"builtins.OSError", "builtins.Exception", "builtins.BaseException"})
# Calls by which a handler keeps or shows what went wrong.
_TELLING = frozenset(
    {"append", "format_exc", "inc", "print", "print_exc", "repr", "rollback", "str", "type", "warn", "warning"}
)

# Calls that look something up, or tell what something is.
_READING = frozenset(
    {
        "bool",
        "dict",
        "get",
        "getattr",
        "hasattr",
        "isinstance",
        "items",
        "keys",
        "len",
        "list",
        "model_dump",
        "values",
    }
)
# Statements whose work is not told by the calls in them.
_OPEN_ENDED = (
    ast.Assert, ast.With, ast.AsyncWith, ast.AsyncFor, ast.Yield, ast.YieldFrom, ast.Import,
    ast.ImportFrom,
)  # fmt: skip

# What a docstring says of a function whose callers need no handler.
_NEVER_RAISES = pattern(
    r"(?:never|not|doesn't) raises?\b|(?:never|not) (?:propagates?|throws?)\b|swallows? (?:all|any|every)",
    re.IGNORECASE,
)


# Calls that make a task of a coroutine.
_STARTING = frozenset({"asyncio.create_task", "asyncio.ensure_future"})

_IsSafe = Callable[[ast.Call], bool]
Judge = Callable[[Module, FunctionNode], bool]


def _is_unknown(call: ast.Call) -> bool:
    return False


def never_fails(module: Module, block: Sequence[ast.stmt], is_safe_call: _IsSafe = _is_unknown) -> bool:
    """
    Whether a block only gives constants, or calls functions that take in all their failures.

    Such a function has nothing but a `try` with a handler for every exception that does not raise, and steps that
    cannot fail themselves. `is_safe_call` tells of calls to functions that are not of this module, or that are
    safe for another reason.
    """

    def is_safe(call: ast.Call) -> bool:
        function = module.called_function(call)
        return (function is not None and is_safe_function(module, function)) or is_safe_call(call)

    return all(_is_safe(module, statement, is_safe) for statement in block)


def work_of(module: Module, block: Sequence[ast.stmt]) -> list[ast.Call] | None:
    """
    The calls by which a block does its work; None where it may fail otherwise.

    What it reads, compares, logs and packs up does not count, nor does an exception that it raises by name; unlike
    `never_fails`, this takes `answer["code"] != 200` for something that does not fail.
    """
    calls = []
    for part in handlers.own_parts(list(block)):
        if isinstance(part, _OPEN_ENDED) or (isinstance(part, ast.Raise) and not isinstance(part.exc, ast.Call)):
            return None
        if isinstance(part, ast.Call) and not _is_reading(module, part):
            calls.append(part)
    return calls


def _is_reading(module: Module, call: ast.Call) -> bool:
    """Whether a call tells of something, looks something up, or packs up values as an instance."""
    name = last_name(call)
    return _is_harmless(module, call) or name in _READING or _is_given_back(module, call)


def _is_given_back(module: Module, call: ast.Call) -> bool:
    """Whether a call packs up plain values as an instance to give back: `return Result(ok=False, error=text)`."""
    return reads_as_class(last_name(call)) and _is_given_away(module, call) and _is_packed(module, call)


def _is_given_away(module: Module, call: ast.Call) -> bool:
    """Whether an instance is made only to be raised or returned, alone or in another one that is."""
    around = module.parent(call)
    while isinstance(around, (ast.Call, ast.keyword, ast.Dict)):
        around = module.parent(around)
    return isinstance(around, (ast.Raise, ast.Return))


def _is_packed(module: Module, call: ast.Call) -> bool:
    """Whether an instance is made from plain values, or from a text: `HTTPException(403, detail=f"no {name}")`."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return all(
        isinstance(one, ast.JoinedStr)
        or _is_plain(one)
        or _is_asked_plainly(one)
        or (isinstance(one, ast.Call) and _is_reading(module, one))
        or (isinstance(one, ast.Dict) and all(map(_is_plain_element, one.values)))
        for one in given
    )


def is_safe_function(module: Module, function: FunctionNode) -> bool:
    """Whether a function takes in all its failures by a `try`, so that calling it never raises."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    # What has no `try` may be there to be overridden.
    return (
        not function.decorator_list
        and any(isinstance(part, _TRY) for part in handlers.statements(body))
        and all(_is_safe(module, statement, None) for statement in body)
    )


def only_tidies_files(module: Module, function: FunctionNode) -> bool:
    """Whether all that a function does is to change files by name, and to take in the `OSError` of that."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return not function.decorator_list and bool(body) and all(_tidies_files(module, one) for one in body)


def _tidies_files(module: Module, statement: ast.stmt) -> bool:
    """Whether a statement is a `try` or `suppress` that takes in `OSError` around changes of files alone."""
    caught: list[ast.expr] = []
    if isinstance(statement, ast.With):
        for item in statement.items:
            entered = item.context_expr
            if not isinstance(entered, ast.Call) or module.qualname(entered.func) != "contextlib.suppress":
                return False
            caught += entered.args
    elif isinstance(statement, ast.Try) and not (statement.orelse or statement.finalbody):
        for handler in statement.handlers:
            if not all(_is_safe(module, one, None) for one in handler.body):
                return False
            caught += [handler.type] if handler.type is not None else []
    else:
        return False
    return any(module.qualname(one) in _OF_FILES for one in caught) and all(
        isinstance(one, ast.Expr)
        and isinstance(one.value, ast.Call)
        and last_name(one.value) in _TIDYING
        and _is_given_plainly(one.value)
        for one in statement.body
    )


def records_its_failures(module: Module, function: FunctionNode) -> bool:
    """
    Whether a function has recorded every failure of its work with its traceback before it lets one out.

    What its handlers for narrower classes let out is an exception that the function has chosen.
    """
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    attempts = [statement for statement in body if isinstance(statement, _TRY)]
    return bool(attempts) and all(
        _records_all(module, statement)
        if isinstance(statement, _TRY)
        else _is_safe(module, statement, None) or handlers.only_converts([statement])
        for statement in body
    )


def promises_not_to_raise(module: Module, function: FunctionNode) -> bool:
    """Whether a function says that it never raises, and takes in a failure somewhere."""
    return _NEVER_RAISES.search(ast.get_docstring(function) or "") is not None and any(
        handlers.raises_plainly(handler) is not True
        for part in handlers.statements(function.body)
        if isinstance(part, _TRY)
        for handler in part.handlers
    )


def _records_all(module: Module, attempt: ast.Try) -> bool:
    """Whether the first thing that the broad handler of a `try` does is to record the traceback."""
    broad = next((one for one in attempt.handlers if handlers.is_broad(module, one)), None)
    if broad is None or attempt.finalbody:
        return False
    rest = [part for part in broad.body if not isinstance(part, ast.Raise)]
    if any(
        isinstance(part, ast.Await) or (isinstance(part, ast.Call) and not _is_harmless(module, part))
        for part in handlers.own_parts(rest)
    ):
        return False
    first = broad.body[0].value if isinstance(broad.body[0], ast.Expr) else None
    record = log_calls(module).get(first) if isinstance(first, ast.Call) else None
    return (
        record is not None
        and record.traceback is Traceback.YES
        and all(_is_safe(module, statement, None) for statement in attempt.orelse)
    )


def _is_safe(module: Module, statement: ast.stmt, elsewhere: _IsSafe | None) -> bool:
    """Whether a statement cannot fail; calls of functions are followed only with an `elsewhere`."""
    if isinstance(statement, (ast.Pass, ast.Continue, ast.Break)):
        return True
    if isinstance(statement, ast.AugAssign):
        # A count: `sent += 1`.
        return isinstance(statement.target, ast.Name) and isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Assign) and not all(isinstance(one, ast.Name) for one in statement.targets):
        return False
    if isinstance(statement, (ast.Assign, ast.Expr, ast.Return)):
        value = statement.value
        if isinstance(value, ast.Await):
            value = value.value
        if value is None or _is_plain(value) or _is_asked_plainly(value):
            return True
        if elsewhere is None and _is_text_of_names(value):
            return True
        if not isinstance(value, ast.Call):
            return False
        if value in log_calls(module) or _starts_task(module, value):
            return True
        if elsewhere is not None:
            return _is_given_plainly(value) and elsewhere(value)
        return _asks_clock(value) or _looks_up_plainly(value) or _is_given_back(module, value)
    if isinstance(statement, ast.If):
        inner = [*statement.body, *statement.orelse]
        asked = _is_asked_plainly(statement.test) or (elsewhere is None and _is_compared_plainly(statement.test))
        return asked and all(_is_safe(module, one, elsewhere) for one in inner)
    if isinstance(statement, ast.For):
        inner = [*statement.body, *statement.orelse]
        return _is_gone_through_plainly(statement.iter) and all(_is_safe(module, one, elsewhere) for one in inner)
    return isinstance(statement, _TRY) and _takes_all_in(module, statement)


def _is_plain(value: ast.expr) -> bool:
    """Whether an expression is a constant, a name, or a display of such, and of attributes of names."""
    if isinstance(value, _DISPLAYS):
        return all(map(_is_plain_element, value.elts))
    if isinstance(value, ast.Dict):
        return all(key is not None and _is_plain(key) for key in value.keys) and all(
            map(_is_plain_element, value.values)
        )
    return isinstance(value, (ast.Constant, ast.Name))


def _is_text_of_names(value: ast.expr) -> bool:
    """Whether an expression puts names into a text: `f"https://example.org/{number}"`."""
    return isinstance(value, ast.JoinedStr) and all(
        isinstance(part, ast.Constant)
        or (isinstance(part, ast.FormattedValue) and part.format_spec is None and _is_plain(part.value))
        for part in value.values
    )


def _is_plain_element(value: ast.expr) -> bool:
    return _is_plain(value) or (isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name))


def _is_asked_plainly(test: ast.expr) -> bool:
    """Whether a test only asks for the truth of names and attributes."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _is_asked_plainly(test.operand)
    if isinstance(test, ast.Attribute):
        return _is_asked_plainly(test.value)
    return isinstance(test, ast.Name)


def _is_compared_plainly(test: ast.expr) -> bool:
    """Whether a test also asks whether one name or attribute is another, or a constant."""
    if isinstance(test, ast.BoolOp):
        return all(_is_asked_plainly(one) or _is_compared_plainly(one) for one in test.values)
    if not isinstance(test, ast.Compare):
        return False
    sides = (test.left, *test.comparators)
    return all(isinstance(one, _IDENTITIES) for one in test.ops) and all(
        isinstance(one, ast.Constant) or _is_asked_plainly(one) for one in sides
    )


def _is_gone_through_plainly(iterable: ast.expr) -> bool:
    """Whether a loop goes through a name or attribute, what a dictionary holds, or a list of one of them."""
    if isinstance(iterable, ast.Call) and not iterable.keywords:
        function = iterable.func
        if isinstance(function, ast.Attribute) and function.attr in _VIEWS and not iterable.args:
            return _is_asked_plainly(function.value)
        if isinstance(function, ast.Name) and function.id in ("list", "tuple") and len(iterable.args) == 1:
            return _is_gone_through_plainly(iterable.args[0])
        return False
    return isinstance(iterable, (ast.Name, ast.Attribute)) and _is_asked_plainly(iterable)


def _looks_up_plainly(call: ast.Call) -> bool:
    """Whether a call looks up a constant in what a name is for: `arguments.get("limit", 10)`."""
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "get"
        and isinstance(function.value, ast.Name)
        and 1 <= len(call.args) <= 2
        and not call.keywords
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and all(map(_is_plain, call.args))
    )


def _asks_clock(call: ast.Call) -> bool:
    """Whether a call gives the time, or a time as a text: `now.strftime("%H:%M")`."""
    name = last_name(call)
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return (name in _CLOCKS or name in ("isoformat", "strftime")) and all(
        isinstance(one, (ast.Constant, ast.Attribute)) for one in given
    )


def _starts_task(module: Module, call: ast.Call) -> bool:
    """Whether a coroutine makes a task of another one, which runs later: `create_task(self.send(text))`."""
    started = call.args[0] if len(call.args) == 1 and not call.keywords else None
    return (
        isinstance(started, ast.Call)
        and _is_given_plainly(started)
        and module.callee(call) in _STARTING
        and isinstance(module.function_of(call), ast.AsyncFunctionDef)
        and (isinstance(started.func, ast.Name) or _is_asked_plainly(started.func))
    )


def _is_given_plainly(call: ast.Call) -> bool:
    """Whether the arguments of a call are constants, names and attributes, which cannot fail."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return all(_is_plain(one) or _is_asked_plainly(one) for one in given)


def _takes_all_in(module: Module, attempt: ast.Try) -> bool:
    """Whether a `try` has a handler for every exception, and its handlers only log, and cannot fail themselves."""
    if not any(handlers.is_broad(module, handler) for handler in attempt.handlers):
        return False
    rest = [*attempt.orelse, *attempt.finalbody]
    return all(_is_safe(module, statement, None) for statement in rest) and not any(
        isinstance(part, (ast.Raise, ast.Await))
        or (isinstance(part, ast.Call) and not _is_harmless(module, part) and not _is_given_back(module, part))
        for handler in attempt.handlers
        for part in handlers.own_parts(handler.body)
    )


def _is_harmless(module: Module, call: ast.Call) -> bool:
    """Whether a call in a handler only tells of the failure: a record, a text of the error, a count of it."""
    return (
        call in log_calls(module)
        or _asks_clock(call)
        or last_name(call) in _TELLING
        or any(
            isinstance(ancestor, ast.Call) and ancestor in log_calls(module) for ancestor in module.ancestors(call)
        )
    )
