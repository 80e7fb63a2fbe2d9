"""State files: which path a module reads and writes over in place."""

from __future__ import annotations

import ast
import re
from typing import TypeGuard

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import Raising, dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_READING = frozenset({"read_text", "read_bytes"})
_WRITING = frozenset({"write_text", "write_bytes"})
_RENAMING = frozenset({"replace", "rename", "move", "renames"})
_ASKING = frozenset({"exists", "is_file", "isfile", "lexists"})
_SERIALISING = frozenset(
    {"dump", "dump_all", "dumps", "model_dump_json", "safe_dump", "safe_dump_all", "to_json", "to_yaml"}
)
_PARSING = frozenset({"load", "load_all", "loads", "model_validate_json", "parse", "safe_load", "safe_load_all"})
_MODE = pattern(r"[rwaxbt+U]{1,4}")
_PASSING = pattern(
    r"log|tmp|temp|lock|pid|sock|report|output|export|dump|cache_dir|null|replay|cassette|fixture|recording",
    re.IGNORECASE,
)
_CACHE = pattern("cache", re.IGNORECASE)
_CALLED = pattern(r"(\w+)\(\)")
_ANY_TROUBLE = frozenset(
    {"", "Exception", "BaseException", "ValueError", "JSONDecodeError", "YAMLError", "UnpicklingError"}
)
_LEAVING = frozenset({"__aexit__", "__exit__", "aclose", "close", "release"})
_MAXIMUM_HOPS = 4
_PLAIN_PARTS = (ast.Attribute, ast.BinOp, ast.Constant, ast.Div, ast.Name, ast.Subscript, ast.UnaryOp, ast.USub)


class Access(NamedTuple):
    """
    A place that reads a path or writes it anew: the call, the path as a text, and what it belongs to.

    That is the class whose attribute it is, the function that alone knows it, or nothing (None).
    """

    call: ast.Call
    path: str
    holder: ast.AST | None
    function: FunctionNode
    writes: bool


def overwritten(module: Module) -> dict[ast.Call, Access]:
    """
    The calls that write a file over in place which the same class or module reads, each with a reader.

    What is written is data in a format (JSON, YAML, pickle): half of that cannot be read. Left out are functions
    that rename or ask whether the file is there (it is made, not overwritten), and paths
    that are named like logs, locks, exports and temporary files.
    """
    return module.keep("files written in place", _find_overwritten)


def rewritten(module: Module) -> list[ast.Call]:
    """The calls that write what the same class or module reads, in place or not."""
    accesses = module.keep("uses of files", _find_accesses)
    read = {(access.path, access.holder) for access in accesses if not access.writes}
    return [access.call for access in accesses if access.writes and (access.path, access.holder) in read]


def _find_accesses(module: Module) -> list[Access]:
    return list(filter(None, (_access(module, call) for call in module.calls_named("open", *_READING, *_WRITING))))


def _find_overwritten(module: Module) -> dict[ast.Call, Access]:
    found: dict[ast.Call, Access] = {}
    accesses = module.keep("uses of files", _find_accesses)
    readers = [access for access in accesses if not access.writes]
    for access in accesses:
        of_the_same = [one for one in readers if (one.path, one.holder) == (access.path, access.holder)]
        if (
            access.writes
            and of_the_same
            and not _renames(module, access.function)
            and _writes_data(module, access)
            and not _is_first_write(module, access.call)
        ):
            in_turn = access.holder is access.function or _calls(module, access.function, _ASKING)
            for reader in of_the_same:
                if in_turn and not _is_read_before(module, reader, access):
                    # It is made where it is not there, and not overwritten.
                    continue
                if reader.function is access.function and reader.call.lineno > access.call.lineno:
                    # What it has just made it reads itself.
                    continue
                if _is_forgiven(module, reader) and (
                    _is_cache(module, access)
                    or _may_be_missing(module, access.call)
                    or _ends_with_holder(module, access)
                ):
                    # What cannot be read is made again.
                    break
                found[access.call] = reader
                break
    return found


def _writes_data(module: Module, access: Access) -> bool:
    """Whether what a call writes is data in a format: something serialises it there, or has done so by name."""
    method = last_name(access.call)
    if method in _WRITING:
        return any(_is_serialised(module, part) for part in access.call.args)
    opened = module.statement(access.call)
    if not isinstance(opened, (ast.With, ast.AsyncWith)) or not any(
        _opens(item, access.call) for item in opened.items
    ):
        return _calls(module, access.function, _SERIALISING)
    for statement in opened.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in _SERIALISING:
                    return True
                if node.func.attr == "write" and any(_is_serialised(module, part) for part in node.args):
                    return True
    return False


def _opens(item: ast.withitem, call: ast.Call) -> bool:
    return any(node is call for node in ast.walk(item.context_expr))


def _is_serialised(module: Module, written: ast.expr) -> bool:
    """Whether an expression, or a name in it, holds what a serialising method gave (`json` of a model as well)."""
    for node in ast.walk(written):
        if isinstance(node, ast.Call) and last_name(node) in (*_SERIALISING, "json"):
            return True
        values: list[ast.expr] = []
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            bound = (binding.value for binding in module.bindings(node))
            values = [part for value in bound if value is not None for part in ast.walk(value) if _is_call(part)]
        if any(last_name(value) in _SERIALISING for value in values):
            return True
    return False


def _is_call(node: ast.AST) -> TypeGuard[ast.expr]:
    return isinstance(node, ast.Call)


def _is_read_before(module: Module, reader: Access, writer: Access) -> bool:
    """Whether a function reads what it then writes over: a way leads from the one to the other."""
    if reader.function is not writer.function or reader.call.lineno >= writer.call.lineno:
        return False
    start, end = module.statement(reader.call), module.statement(writer.call)
    return module.quiet_flow(writer.function).reachable(
        start, lambda statement: statement is end, raising=Raising.EXPLICIT
    )


def _is_cache(module: Module, access: Access) -> bool:
    """Whether a path is that of a cache: by its own text, or by that of the function that tells it."""
    if _CACHE.search(access.path) or (
        isinstance(access.holder, ast.ClassDef) and _CACHE.search(access.holder.name)
    ):
        return True
    told_by = [module.instances.local_function(f"{module.name}.{name}") for name in _CALLED.findall(access.path)]
    return any(
        _CACHE.search(module.source(part))
        for function in told_by
        if function is not None
        for part in function.body
    )


def _ends_with_holder(module: Module, access: Access) -> bool:
    """Whether the class removes the file when an object of it is left or closed: a note about its holder."""
    for name in ("unlink", "remove"):
        for removing in module.attributes_named(name):
            function = module.function_of(removing)
            if not isinstance(function, _FUNCTIONS) or function.name not in _LEAVING:
                continue
            if module.class_of(function) is not access.holder:
                continue
            call = module.parent(removing)
            of_call = call.args[:1] if isinstance(call, ast.Call) and call.func is removing else []
            if any(_path_text(module, path, 0) == access.path for path in (removing.value, *of_call)):
                return True
    return False


def _is_first_write(module: Module, call: ast.Call) -> bool:
    """Whether a call answers that the file was not there: there is nothing to overwrite."""
    handler = module.enclosing(call, ast.ExceptHandler)
    return handler is not None and last_name(handler.type) == "FileNotFoundError"


def _is_forgiven(module: Module, access: Access) -> bool:
    """Whether the function goes on without what it fails to read or to parse, whatever is wrong with it."""
    parsing = [
        node
        for node in module.own_nodes(access.function)
        if isinstance(node, ast.Call) and last_name(node) in _PARSING and node.lineno >= access.call.lineno
    ]
    return any(_is_guarded(module, call) for call in (access.call, *parsing))


def _may_be_missing(module: Module, call: ast.Call) -> bool:
    """Whether a write stands under `suppress`: it does not matter whether it is done."""
    return any(
        isinstance(ancestor, ast.With)
        and any(
            isinstance(item.context_expr, ast.Call)
            and last_name(item.context_expr) == "suppress"
            and any(last_name(part) in ("Exception", "OSError") for part in item.context_expr.args)
            for item in ancestor.items
        )
        for ancestor in module.ancestors(call)
    )


def _is_guarded(module: Module, call: ast.Call) -> bool:
    """Whether a handler that raises nothing, or `suppress`, takes whatever a call in the same function raises."""
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, ast.Try) and child in ancestor.body:
            for handler in ancestor.handlers:
                caught = {last_name(part) for part in ast.walk(handler.type)} if handler.type is not None else {""}
                if not caught.isdisjoint(_ANY_TROUBLE) and not any(
                    isinstance(part, ast.Raise) for part in ast.walk(handler)
                ):
                    return True
        elif isinstance(ancestor, ast.With):
            for item in ancestor.items:
                suppressing = item.context_expr
                if isinstance(suppressing, ast.Call) and last_name(suppressing) == "suppress":
                    if not _ANY_TROUBLE.isdisjoint(last_name(part) for part in suppressing.args):
                        return True
        elif isinstance(ancestor, _FUNCTIONS):
            return False
        child = ancestor
    return False


def _access(module: Module, call: ast.Call) -> Access | None:
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    is_open = isinstance(call.func, ast.Name) and call.func.id == "open"
    if not is_open and method not in ("open", *_READING, *_WRITING):
        return None
    if method in _WRITING and len(call.args) > 1:
        # `store.write_text(path, text)` is asked of a store, which writes objects as a whole.
        return None
    function = module.function_of(call)
    if not isinstance(function, _FUNCTIONS):
        return None
    if is_open:
        if module.callee(call) != "builtins.open" or not call.args:
            return None
        path: ast.expr = call.args[0]
    else:
        assert isinstance(call.func, ast.Attribute)
        if method == "open" and not _opens_itself(call):
            return None
        path = call.func.value
    if is_open or method == "open":
        mode = _mode(module, call, 1 if is_open else 0)
        if mode.replace("b", "").replace("t", "") not in ("r", "w", "w+"):
            return None
        writes = mode.startswith("w")
    else:
        writes = method in _WRITING
    text = _path_text(module, path, 0)
    holder: ast.AST | None = None
    if text is None:
        text, holder = _local_path_text(module, function, path), function
    elif text.startswith(("self.", "cls.")) or "(self." in text:
        holder = module.class_of(function)
    if text is None or _PASSING.search(text):
        return None
    return Access(call, text, holder, function, writes)


def _local_path_text(module: Module, function: FunctionNode, path: ast.expr) -> str | None:
    """A path that is the same during one call of a function, which alone knows it, as a text."""
    names = [node for node in ast.walk(path) if isinstance(node, ast.Name)]
    if not names or not all(isinstance(node, (*_PLAIN_PARTS, ast.expr_context)) for node in ast.walk(path)):
        return None
    for name in names:
        owner = module.owner_of(name)
        if owner is None or owner.node is not function or len(module.sites_of(name)) != 1:
            return None
    texts = [module.source(path), *(module.source(b.value) for n in names for b in module.bindings(n) if b.value)]
    return None if any(_PASSING.search(text) for text in texts) else texts[0]


def _opens_itself(call: ast.Call) -> bool:
    """Whether a method `open` is given a mode and not a path: it opens what it is called on."""
    given = call.args[0] if call.args else None
    if given is not None and not (isinstance(given, ast.Constant) and _MODE.fullmatch(str(given.value))):
        return False
    return all(keyword.arg in ("mode", "encoding", "newline", "errors", "buffering") for keyword in call.keywords)


def _mode(module: Module, call: ast.Call, position: int) -> str:
    """The mode of an `open`; "?" where it is not known."""
    given = module.argument(call, "mode", position)
    if given is None:
        return "?" if module.has_unpacking(call) else "r"
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else "?"


def _path_text(module: Module, path: ast.expr, hops: int) -> str | None:
    """A path that is the same on every call, as a text; None for all others."""
    if hops > _MAXIMUM_HOPS:
        return None
    if isinstance(path, ast.Attribute):
        text = dotted(path)
        return text if text is not None and text.startswith(("self.", "cls.")) else _setting(module, path)
    if isinstance(path, ast.Name):
        owner = module.owner_of(path)
        if owner is None:
            return None
        if owner.kind is ScopeKind.MODULE:
            return path.id
        bindings = module.bindings(path)
        if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT and bindings[0].value is not None:
            return _path_text(module, bindings[0].value, hops + 1)
        return None
    if isinstance(path, ast.BinOp) and isinstance(path.op, ast.Div):
        left, right = _path_text(module, path.left, hops + 1), _path_text(module, path.right, hops + 1)
        if right is None and isinstance(path.right, ast.Constant):
            right = repr(path.right.value)
        return f"{left} / {right}" if left is not None and right is not None else None
    if isinstance(path, ast.Call):
        return _made_path_text(module, path, hops)
    return None


def _setting(module: Module, path: ast.Attribute) -> str | None:
    """An attribute of an object that the module holds: `settings.state_file`."""
    text = dotted(path)
    root = path.value
    while isinstance(root, ast.Attribute):
        root = root.value
    if text is None or not isinstance(root, ast.Name):
        return None
    owner = module.owner_of(root)
    return text if owner is not None and owner.kind is ScopeKind.MODULE else None


def _made_path_text(module: Module, call: ast.Call, hops: int) -> str | None:
    callee = module.callee(call)
    if callee in ("os.path.join", "pathlib.Path", "builtins.str", "os.path.expanduser"):
        parts: list[str] = []
        fixed = False
        for argument in call.args:
            if isinstance(argument, ast.Constant):
                parts.append(repr(argument.value))
                continue
            text = _path_text(module, argument, hops + 1)
            if text is None:
                return None
            fixed = True
            parts.append(text)
        return f"{callee}({', '.join(parts)})" if fixed and not call.keywords else None
    if call.args or call.keywords:
        return None
    function = dotted(call.func)
    if function is None or callee is None:
        return None
    # What stands in a module of the same package says where a file lies as one in this module does.
    is_own = module.instances.local_function(callee) is not None or (
        "path" in function.lower() and callee.partition(".")[0] == module.name.partition(".")[0] != ""
    )
    return f"{function}()" if is_own else None


def _renames(module: Module, function: FunctionNode) -> bool:
    """Whether a function gives a file another name (`replace` of a text or a time does not)."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _RENAMING
        and (
            node.func.attr != "replace"
            or (len(node.args) == 1 and not node.keywords)
            or module.qualname(node.func) == "os.replace"
        )
        for node in module.own_nodes(function)
    )


def _calls(module: Module, function: FunctionNode, methods: frozenset[str]) -> bool:
    """Whether a function calls something by one of these last names."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in methods
        for node in module.own_nodes(function)
    )
