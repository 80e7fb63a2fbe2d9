"""Files of some bytes: reads and writes that take no longer than asking whether the file is there."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_LONGEST_TEXT = 200
_LONGEST_HEAD = 4096
_MOST_LINES = 2
_READS = frozenset({"read", "read_bytes", "read_text", "readline"})
_WRITES = frozenset({"write_bytes", "write_text"})
_STRIPPING = frozenset({"decode", "lstrip", "rstrip", "strip"})
# What these give is one number, a time, or a secret of one line.
_GIVING_A_FEW_BYTES = frozenset(
    {
        *("float", "generate_key", "getpid", "hexdigest", "int", "isoformat", "len", "monotonic", "now"),
        *("round", "time", "time_ns", "token_bytes", "token_hex", "token_urlsafe", "urandom", "utcnow", "uuid4"),
    }
)
_CONVERTING = frozenset(
    {"b64encode", "decode", "encode", "hex", "repr", "str", "strip", "urlsafe_b64encode", "zfill"}
)
_NAMES_OF_NUMBERS = frozenset(
    {"count", "counter", "hex", "mtime", "offset", "pid", "port", "timestamp", "token", "uid", "version"}
)
_ASKING = frozenset({"exists", "is_file", "isfile"})


def is_of_some_bytes(module: Module, call: ast.Call) -> bool:
    """
    Whether a call that reads, writes or opens a file has to do with no more than some bytes of it.

    What is written is a short constant, one number, a time or a secret; what is read becomes a number, or is
    compared with something; a file is opened for such reads and writes alone. Writing a key or a mark once in the
    life of a machine, where its file is not there yet, counts as well.
    """
    last = last_name(call.func)
    if last in _WRITES:
        return bool(call.args) and (_is_short(module, call.args[0], 0) or _is_written_once(module, call))
    if last in _READS:
        return _becomes_a_value(module, call)
    return last == "open" and _is_opened_for_some_bytes(module, call)


def is_filled(module: Module, call: ast.Call) -> bool:
    """
    Whether something is written into the temporary file that a call opens, in the function that opens it.

    What `os.fdopen` opens counts where it stands behind `mkstemp` or `os.open`.
    """
    if last_name(call.func) == "fdopen" and not (call.args and _is_descriptor(module, call.args[0])):
        return False
    holder = module.parent(call)
    name: ast.expr | None = None
    if isinstance(holder, ast.withitem):
        name = holder.optional_vars
    elif isinstance(holder, ast.Assign):
        name = holder.targets[0]
    function = module.function_of(call)
    if not isinstance(name, ast.Name) or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    for use in module.own_nodes(function):
        if isinstance(use, ast.Name) and use.id == name.id and isinstance(use.ctx, ast.Load):
            parent = module.parent(use)
            if isinstance(parent, ast.Attribute) and parent.attr in ("write", "writelines"):
                return True
            if isinstance(parent, ast.Call) and use in parent.args:
                return True
    return False


def _is_descriptor(module: Module, argument: ast.expr) -> bool:
    """Whether a name stands for the descriptor that `mkstemp` or `os.open` has given."""
    for binding in module.bindings(argument) if isinstance(argument, ast.Name) else ():
        statement = module.parent(binding.site)
        statement = module.parent(statement) if isinstance(statement, ast.Tuple) else statement
        value = statement.value if isinstance(statement, ast.Assign) else None
        if isinstance(value, ast.Call) and last_name(value.func) in ("mkstemp", "open"):
            return True
    return False


def _is_short(module: Module, value: ast.expr, depth: int) -> bool:
    """Whether a text, or bytes, cannot be long."""
    if isinstance(value, ast.Constant):
        return not isinstance(value.value, (str, bytes)) or len(value.value) <= _LONGEST_TEXT
    if depth > 4:
        return False
    if isinstance(value, ast.JoinedStr):
        return all(_is_short(module, part, depth + 1) for part in value.values)
    if isinstance(value, ast.FormattedValue):
        return _is_short(module, value.value, depth + 1)
    if isinstance(value, ast.IfExp):
        return _is_short(module, value.body, depth + 1) and _is_short(module, value.orelse, depth + 1)
    if isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Sub)):
        return _is_short(module, value.left, depth + 1) and _is_short(module, value.right, depth + 1)
    if isinstance(value, ast.Call):
        name = last_name(value.func)
        if name in _GIVING_A_FEW_BYTES:
            return True
        if name not in _CONVERTING:
            return False
        inner = value.func.value if isinstance(value.func, ast.Attribute) and not value.args else None
        converted = value.args[0] if value.args else inner
        return converted is not None and _is_short(module, converted, depth + 1)
    if isinstance(value, (ast.Attribute, ast.Name)):
        if last_name(value).lower().rpartition("_")[2] in _NAMES_OF_NUMBERS:
            return True
        if isinstance(value, ast.Name):
            bindings = module.bindings(value)
            return bool(bindings) and all(
                binding.value is not None
                and not isinstance(binding.site, ast.arg)
                and isinstance(binding.site, ast.Name)
                and isinstance(module.parent(binding.site), (ast.Assign, ast.AnnAssign))
                and _is_short(module, binding.value, depth + 1)
                for binding in bindings
            )
    return False


def _becomes_a_value(module: Module, call: ast.Call) -> bool:
    """Whether what a call reads is made a number, or compared with something, where it stands."""
    if call.args and isinstance(call.args[0], ast.Constant) and last_name(call.func) == "read":
        size = call.args[0].value
        return isinstance(size, int) and 0 <= size <= _LONGEST_HEAD
    child: ast.AST = call
    parent = module.parent(child)
    while isinstance(parent, ast.Attribute) and parent.attr in _STRIPPING:
        method = module.parent(parent)
        if not isinstance(method, ast.Call) or method.func is not parent:
            return False
        child, parent = method, module.parent(method)
    if isinstance(parent, ast.Call) and child in parent.args:
        return last_name(parent.func) in ("float", "int") and isinstance(parent.func, ast.Name)
    if isinstance(parent, ast.Compare):
        return all(isinstance(operator, (ast.Eq, ast.NotEq)) for operator in parent.ops) and any(
            isinstance(part, ast.Constant) for part in (parent.left, *parent.comparators)
        )
    return False


def _is_opened_for_some_bytes(module: Module, call: ast.Call) -> bool:
    """Whether a `with` opens a file in whose block no more than some bytes are read or written."""
    item = module.parent(call)
    if not isinstance(item, ast.withitem) or not isinstance(item.optional_vars, ast.Name):
        return False
    around = module.parent(item)
    if not isinstance(around, ast.With):
        return False
    file = item.optional_vars.id
    lines = 0
    is_used = False
    for part in _parts(around.body):
        if isinstance(part, (ast.For, ast.While, ast.AsyncFor, ast.comprehension)):
            return False
        if not isinstance(part, ast.Name) or part.id != file:
            continue
        is_used = True
        method = module.parent(part)
        used = module.parent(method) if isinstance(method, ast.Attribute) else None
        if not isinstance(method, ast.Attribute) or not isinstance(used, ast.Call) or used.func is not method:
            return False
        if method.attr == "write":
            lines += 1
            if lines > _MOST_LINES or not used.args or not _is_short(module, used.args[0], 0):
                return False
        elif method.attr not in ("flush", "close", "seek", "fileno") and not (
            method.attr in _READS and _becomes_a_value(module, used)
        ):
            return False
    return is_used


def _parts(statements: Iterable[ast.stmt]) -> Iterable[ast.AST]:
    for statement in statements:
        yield from ast.walk(statement)


def _is_written_once(module: Module, call: ast.Call) -> bool:
    """
    Whether a file of the program's own is written only where it is not there yet.

    Its path is a constant of the module; an `if` around the call, or one before it that leaves the function, asks.
    """
    if not isinstance(call.func, ast.Attribute):
        return False
    path = call.func.value
    if not _is_constant(module, path):
        return False
    written = ast.dump(path)
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            return any(
                (one.end_lineno or 0) < call.lineno
                and _asks_for(one.test) == written
                and any(isinstance(part, ast.Return) for part in ast.walk(one))
                for one in getattr(ancestor, "body", ())
                if isinstance(one, ast.If)
            )
        if isinstance(ancestor, ast.If):
            test = ancestor.test
            if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and child in ancestor.body:
                if _asks_for(test.operand) == written:
                    return True
            elif child in ancestor.orelse and _asks_for(test) == written:
                return True
        child = ancestor
    return False


def _asks_for(test: ast.expr) -> str:
    """The dump of the path for which a test asks whether it is there; "" for none."""
    if isinstance(test, ast.Call) and last_name(test.func) in _ASKING and isinstance(test.func, ast.Attribute):
        return ast.dump(test.args[0] if test.args else test.func.value)
    return ""


def _is_constant(module: Module, path: ast.expr) -> bool:
    """Whether a path is a variable of the module, or a name of the function for one."""
    if not isinstance(path, ast.Name):
        return False
    if path.id.strip("_").isupper():
        return True
    bindings = module.bindings(path)
    value = bindings[0].value if len(bindings) == 1 and isinstance(bindings[0].site, ast.Name) else None
    return isinstance(value, ast.Name) and value.id.strip("_").isupper()
