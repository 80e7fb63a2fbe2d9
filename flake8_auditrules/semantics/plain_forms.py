"""Whether a place has the plain form that ruff reports itself, and whether its owner waives that report."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import ruff
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind

_UNSEEN = (ast.Try, getattr(ast, "TryStar", ast.Try), ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_DEFINED = (BindingKind.FUNCTION, BindingKind.CLASS)


def is_waived(module: Module, place: ast.AST, code: str) -> bool:
    """
    Whether the owner of the code waives a check of ruff by its code (`S113`) in the first line of a place.

    Bandit has ruff's `S` rules under the same numbers: `# nosec B113`.
    """
    number: int = getattr(place, "lineno", 1)
    line = module.lines[number - 1] if number <= len(module.lines) else ""
    if code in line.partition("# noqa:")[2].replace(",", " ").split():
        return True
    waived = line.partition("# nosec")[2].replace(",", " ").replace(":", " ").split()
    return code.startswith("S") and f"B{code[1:]}" in waived


def is_waived_as_blocking(module: Module, line: int) -> bool:
    """Whether the owner waives one of ruff's ASYNC2 by its code in a line (1-based)."""
    written = module.lines[line - 1] if line <= len(module.lines) else ""
    return "ASYNC2" in written.partition("# noqa:")[2]


def is_plainly_blocking(module: Module, place: ast.AST) -> bool:
    """Ruff's ASYNC2: a call of an imported function, of a built-in, or on a path that is made right there."""
    if not isinstance(place, ast.Call) or isinstance(module.function_of(place), ast.FunctionDef):
        return False
    function = place.func
    if isinstance(function, ast.Name) and not module.bindings(function):
        return function.id in ruff.BLOCKING_BUILTINS
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Call):
        return function.attr in ruff.BLOCKING_ON_PATHS and _imported(module, function.value.func) == "pathlib.Path"
    return _imported(module, function) in ruff.BLOCKING


def is_plainly_dropped_task(module: Module, call: ast.Call) -> bool:
    """Ruff's RUF006: a statement that only makes a task, by a function that is imported."""
    return isinstance(module.parent(call), ast.Expr) and _imported(module, call.func) in ruff.CREATING_TASKS


def is_plainly_untimed(module: Module, call: ast.Call) -> bool:
    """Ruff's S113: an imported function of requests without a timeout, or one of httpx too with `timeout=None`."""
    name = _imported(module, call.func)
    if name not in ruff.REQUESTS and name not in ruff.HTTPX:
        return False
    for keyword in call.keywords:
        if keyword.arg == "timeout":
            return isinstance(keyword.value, ast.Constant) and keyword.value.value is None
    return name in ruff.REQUESTS


def is_plainly_unverified(module: Module, place: ast.AST) -> bool:
    """Ruff's S501: an imported function of requests or httpx that is given `verify=False`."""
    if not isinstance(place, ast.Call):
        return False
    name = _imported(module, place.func)
    return (name in ruff.REQUESTS or name in ruff.HTTPX) and any(
        keyword.arg == "verify" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        for keyword in place.keywords
    )


def is_plainly_bare(handler: ast.ExceptHandler) -> bool:
    """Ruff's E722: an `except:` that does not raise again at its own level."""
    return handler.type is None and not any(
        isinstance(statement, ast.Raise) and statement.exc is None for statement in handler.body
    )


def is_plainly_silent(handler: ast.ExceptHandler) -> bool:
    """Ruff's S110 and S112: a handler that is nothing but `pass` or `continue`; its breadth is not asked."""
    return len(handler.body) == 1 and isinstance(handler.body[0], (ast.Pass, ast.Continue))


def is_plainly_blind(module: Module, handler: ast.ExceptHandler) -> bool:
    """Ruff's BLE001: a handler of `Exception` that neither raises it again nor logs it with its traceback."""
    pending = [handler.type]
    while pending:
        named = pending.pop(0)
        if isinstance(named, ast.Tuple):
            pending[:0] = named.elts
        elif named is not None and module.qualname(named) in ("builtins.Exception", "builtins.BaseException"):
            return named.lineno == handler.lineno and not any(
                _is_seen_to_tell(part, handler.name) for part in _seen_statements(handler.body)
            )
    return False


def _seen_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that BLE001 looks at: those of an inner `try`, function or class are not among them."""
    for statement in body:
        if isinstance(statement, _UNSEEN):
            continue
        yield statement
        yield from _seen_statements(getattr(statement, "body", []))
        yield from _seen_statements(getattr(statement, "orelse", []))
        for case in getattr(statement, "cases", []):
            yield from _seen_statements(case.body)


def _is_seen_to_tell(statement: ast.stmt, name: str | None) -> bool:
    """Whether BLE001 takes a statement for one that raises the exception `name` again, or logs its traceback."""
    if isinstance(statement, ast.Raise):
        return statement.exc is None or any(
            isinstance(part, ast.Name) and part.id == name for part in (statement.exc, statement.cause)
        )
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    call = statement.value
    last = last_name(call)
    return last == "exception" or any(keyword.arg == "exc_info" for keyword in call.keywords)


def is_plainly_logged(module: Module, call: ast.Call) -> bool:
    """Ruff's LOG004 and LOG014: a record of what ruff takes for a logger, by its name or its import."""
    function = call.func
    if isinstance(function, ast.Name):
        return (_imported(module, function) or "").startswith("logging.")
    if not isinstance(function, ast.Attribute):
        return False
    receiver = function.value
    if isinstance(receiver, ast.Call):
        return _imported(module, receiver.func) in ("logging.getLogger", "logging.Logger")
    root = receiver
    while isinstance(root, ast.Attribute):
        root = root.value
    if not isinstance(root, ast.Name):
        return False
    if any(binding.kind in _DEFINED or isinstance(binding.site, ast.alias) for binding in module.bindings(root)):
        return _imported(module, receiver) in ("logging", "flask.current_app.logger")
    last = receiver.attr if isinstance(receiver, ast.Attribute) else root.id
    return last.startswith(ruff.LOGGER_STARTS) or last.endswith(ruff.LOGGER_ENDS)


def is_plainly_an_error(module: Module, call: ast.Call) -> bool:
    """Ruff's TRY400: `error` of what ruff takes for a logger."""
    last = call.func.attr if isinstance(call.func, ast.Attribute) else _imported(module, call.func)
    return last in ("error", "logging.error") and is_plainly_logged(module, call)


def is_plainly_naive(module: Module, place: ast.AST) -> bool:
    """Ruff's DTZ003 to DTZ005: a time without a zone is asked for on the first line of a place."""
    return any(
        isinstance(part, ast.Call)
        and part.lineno == getattr(place, "lineno", None)
        and _is_naive(part, _imported(module, part.func))
        and getattr(module.parent(part), "attr", None) != "astimezone"
        for part in ast.walk(place)
    )


def _is_naive(call: ast.Call, name: str | None) -> bool:
    return name in ruff.NAIVE_TIMES or (name in ruff.ZONED_BY_ARGUMENT and not call.args and not call.keywords)


def is_plain_print(call: ast.Call) -> bool:
    """Ruff's T201: a call of `print` by that name."""
    return isinstance(call.func, ast.Name) and call.func.id == "print"


def is_plainly_built(statement: ast.expr) -> bool:
    """Ruff's S608, for what reads as SQL: a text that is put together in the very argument of a call."""
    if isinstance(statement, ast.Call):
        return isinstance(statement.func, ast.Attribute) and statement.func.attr == "format"
    return isinstance(statement, (ast.JoinedStr, ast.BinOp))


def _imported(module: Module, function: ast.expr) -> str | None:
    """The name of a function as its one import spells it, as ruff reads it; None for any other way to it."""
    attributes: list[str] = []
    root = function
    while isinstance(root, ast.Attribute):
        attributes.insert(0, root.attr)
        root = root.value
    bindings = module.bindings(root) if isinstance(root, ast.Name) else []
    if len(bindings) != 1 or not isinstance(bindings[0].site, ast.alias):
        return None
    alias = bindings[0].site
    statement = module.parent(alias)
    if isinstance(statement, ast.ImportFrom):
        start = f"{statement.module}.{alias.name}"
    else:
        start = alias.name if alias.asname else alias.name.partition(".")[0]
    return ".".join([start, *attributes])
