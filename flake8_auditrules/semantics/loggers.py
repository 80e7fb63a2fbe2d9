"""Loggers: which calls write a log record, at which level, and whether the record carries a traceback."""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.knowledge import loggers
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind

_MAXIMUM_HOPS = 6


class Library(enum.Enum):
    """Whose logger it is; what `exc_info` does depends on it."""

    LOGGING = "logging"
    LOGURU = "loguru"
    STRUCTLOG = "structlog"
    UNKNOWN = "unknown"


class Traceback(enum.Enum):
    """Whether a log record carries the traceback of the exception that is being handled."""

    NO = "no"
    YES = "yes"
    PERHAPS = "perhaps"
    """`exc_info` is a variable, or `**` may give it."""


class LogCall(NamedTuple):
    """One call that writes a record: its level on the scale of `logging` (0 where it is not known)."""

    call: ast.Call
    level: int
    traceback: Traceback
    library: Library


def log_call(module: Module, call: ast.Call) -> LogCall | None:
    """What record a call writes; None where it is no call on a logger."""
    function = call.func
    if _is_called_itself(module, call):
        return LogCall(call, _level(module, call, "log"), _traceback(module, call, "log"), Library.UNKNOWN)
    if isinstance(function, ast.Attribute):
        method = function.attr
        if method not in loggers.LEVELS and method != "log":
            return None
        library = library_of(module, function.value)
        if library is None:
            return None
    elif isinstance(function, ast.Name):
        owner, _, method = (module.qualname(function) or "").rpartition(".")
        if owner != "logging" or (method not in loggers.LEVELS and method != "log"):
            return None
        library = Library.LOGGING
    else:
        return None
    return LogCall(call, _level(module, call, method), _traceback(module, call, method), library)


def _is_called_itself(module: Module, call: ast.Call) -> bool:
    """Whether a call is one of a function that is handed on as a logger, such as `logging.log`."""
    function = call.func
    last = last_name(function)
    if last not in loggers.CALLED_ITSELF or len(call.args) < 2:
        return False
    level = call.args[0]
    return isinstance(level, ast.Attribute) and module.qualname(level) == f"logging.{level.attr}"


def log_calls(module: Module) -> dict[ast.Call, LogCall]:
    """All calls of the module that write a record."""
    return module.keep("log calls", _log_calls)


def _log_calls(module: Module) -> dict[ast.Call, LogCall]:
    found: dict[ast.Call, LogCall] = {}
    for call in module.calls_named(*loggers.WRITING, *loggers.CALLED_ITSELF):
        record = log_call(module, call)
        if record is not None:
            found[call] = record
    return found


def library_of(module: Module, receiver: ast.expr) -> Library | None:
    """Whose logger an expression is; None where it is no logger."""
    return _library_of(module, receiver, 0)


def _library_of(module: Module, receiver: ast.expr, hops: int) -> Library | None:
    """Whose logger an expression is, looked for some steps far: `logger = logger.bind(...)` may lead to itself."""
    if hops > _MAXIMUM_HOPS:
        return None
    if isinstance(receiver, ast.Call):
        return _library_of_call(module, receiver, hops + 1)
    if not isinstance(receiver, (ast.Name, ast.Attribute)):
        return None
    qualname = module.qualname(receiver)
    if qualname in loggers.OBJECTS:
        return Library.LOGURU if qualname == "loguru.logger" else Library.LOGGING
    held = module.instance_of(receiver)
    if held is not None:
        for ancestor in module.instances.ancestry(held):
            if ancestor in loggers.CLASSES:
                return _library_of_class(ancestor)
        last = held.rpartition(".")[2].lower()
        if last.endswith("logger") and module.instances.local_class(held) is None:
            return Library.UNKNOWN
        return None
    if isinstance(receiver, ast.Name):
        return _library_of_name(module, receiver, hops + 1)
    stored = _stored(module, receiver)
    if stored is not None:
        library = _library_of_call(module, stored, hops + 1)
        if library is not None:
            return library
    return Library.UNKNOWN if _reads_as_logger(receiver.attr) else None


def _stored(module: Module, attribute: ast.Attribute) -> ast.Call | None:
    """The call whose result an attribute of an instance of a class of this module holds, where it is one call."""
    owner = module.instance_of(attribute.value)
    node = module.instances.local_class(owner) if owner is not None else None
    if node is None:
        return None
    bindings = module.members(node).attributes.get(attribute.attr, ())
    calls = [binding.value for binding, _ in bindings if isinstance(binding.value, ast.Call)]
    return calls[0] if len(calls) == len(bindings) == 1 else None


def _library_of_name(module: Module, name: ast.Name, hops: int) -> Library | None:
    for binding in module.bindings(name):
        if binding.kind in (BindingKind.FUNCTION, BindingKind.CLASS, BindingKind.LOOP):
            return None
        if isinstance(binding.value, ast.Call) and not _derives_from(binding.value, name.id):
            library = _library_of_call(module, binding.value, hops + 1)
            if library is not None:
                return library
        if isinstance(binding.site, ast.alias) and _reads_as_logger(binding.site.name.rpartition(".")[2]):
            return Library.UNKNOWN
    return Library.UNKNOWN if _reads_as_logger(name.id) else None


def _derives_from(call: ast.Call, name: str) -> bool:
    """Whether a call is one of a method of what has this name: `logger.bind(...)` says nothing new of `logger`."""
    function = call.func
    return (
        isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == name
    )


def _library_of_call(module: Module, call: ast.Call, hops: int) -> Library | None:
    callee = module.callee(call)
    if callee in loggers.FACTORIES:
        return _library_of_class(callee)
    function = call.func
    last = last_name(function)
    if isinstance(function, ast.Attribute) and last in loggers.DERIVING:
        return _library_of(module, function.value, hops + 1)
    if last in loggers.FACTORY_NAMES or last.lower().endswith("logger"):
        return Library.UNKNOWN
    return None


def _library_of_class(name: str) -> Library:
    library = name.partition(".")[0]
    if library == "loguru":
        return Library.LOGURU
    return Library.STRUCTLOG if library == "structlog" else Library.LOGGING


def _reads_as_logger(name: str) -> bool:
    plain = name.strip("_").lower()
    return plain in loggers.NAMES or plain.endswith(("logger", "_log"))


def _level(module: Module, call: ast.Call, method: str) -> int:
    if method != "log":
        return loggers.LEVELS[method]
    level = module.argument(call, "level", 0)
    if isinstance(level, ast.Constant):
        if isinstance(level.value, int):
            return level.value
        return loggers.LEVEL_NAMES.get(str(level.value).upper(), 0)
    if isinstance(level, ast.Attribute) and module.qualname(level) == f"logging.{level.attr}":
        return loggers.LEVEL_NAMES.get(level.attr, 0)
    return 0


def _traceback(module: Module, call: ast.Call, method: str) -> Traceback:
    carried = Traceback.YES if method in loggers.EXCEPTION_METHODS else Traceback.NO
    for keyword in call.keywords:
        if keyword.arg is None:
            if carried is Traceback.NO:
                carried = Traceback.PERHAPS
        elif keyword.arg in ("exc_info", "exception"):
            value = keyword.value
            if isinstance(value, ast.Constant):
                carried = Traceback.YES if value.value else Traceback.NO
            elif isinstance(value, ast.IfExp):
                carried = Traceback.PERHAPS
            else:
                carried = Traceback.YES
    if carried is Traceback.YES:
        return carried
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    while isinstance(receiver, ast.Call) and isinstance(receiver.func, ast.Attribute):
        if receiver.func.attr == "opt":
            given = module.argument(receiver, "exception")
            if given is not None and not (isinstance(given, ast.Constant) and not given.value):
                return Traceback.YES
        receiver = receiver.func.value
    if any(gives_traceback(module, part) for argument in _arguments(call) for part in ast.walk(argument)):
        return Traceback.YES
    return carried


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def gives_traceback(module: Module, node: ast.AST) -> bool:
    """Whether an expression's value is the text of a traceback, or what one is made of."""
    if isinstance(node, ast.Call):
        callee = module.callee(node)
        return callee in loggers.TRACEBACK_TEXTS or callee == "sys.exc_info"
    return isinstance(node, ast.Attribute) and node.attr == "__traceback__"


def reports_traceback(module: Module, call: ast.Call) -> bool:
    """Whether a call shows or sends the traceback of the handled exception: a log record, a tracker, a print."""
    callee = module.callee(call)
    if callee in loggers.TRACEBACK_PRINTERS or gives_traceback(module, call):
        return True
    function = call.func
    last = last_name(function)
    if last in loggers.REPORTERS:
        return True
    record = log_calls(module).get(call)
    return record is not None and record.traceback is not Traceback.NO


def shows_text(module: Module, call: ast.Call) -> bool:
    """Whether a call writes to a log, a console or an error tracker, with or without a traceback."""
    if call in log_calls(module) or module.callee(call) in loggers.PRINTERS:
        return True
    function = call.func
    last = last_name(function)
    return last in loggers.PRINTING_NAMES or reports_traceback(module, call)
