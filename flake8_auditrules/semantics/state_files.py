"""State files: which path a module reads and writes over in place."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator
from functools import partial
from typing import TypeGuard

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import Raising, dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import defaults_of, last_name
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_READING = frozenset({"read_text", "read_bytes"})
_WRITING = frozenset({"write_text", "write_bytes"})
_RENAMING = frozenset({"replace", "rename", "move", "renames"})
_ASKING = frozenset({"exists", "is_file", "isfile", "lexists"})
_SERIALISING = frozenset(
    {
        "dump",
        "dump_all",
        "dumps",
        "encrypt",
        "model_dump_json",
        "safe_dump",
        "safe_dump_all",
        "to_json",
        "to_toml",
        "to_yaml",
    }
)
_PARSING = frozenset({"load", "load_all", "loads", "model_validate_json", "parse", "safe_load", "safe_load_all"})
_MODE = pattern(r"[rwaxbt+U]{1,4}")
_READER = pattern(r"_*(?:load|parse|read)_(?:\w+_)?(?:json|toml|ya?ml)(?:_file)?")
_LOADING = pattern(
    r"_*(?:load|read|save|store|write)_"
    r"((?:\w+_)?(?:accounts|config|credentials|keys|policies|policy|preferences|profiles?|registry|secrets|settings"
    r"|state|tokens?|users))"
)
_OF_OBJECT = pattern(r"\b(?:self|cls)\.")
_FIXED = "!"
_SETTINGS = pattern(r"conf|env|hosts|json|key|memory|settings|state|toml|token|ya?ml", re.IGNORECASE)
_KEEPING = pattern(r"backup|copy", re.IGNORECASE)
# Functions that leave what was there under another name, and what others call such functions.
_COPYING = frozenset({"shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.move"})
_BACKING_UP = pattern(r"back_?up|bak\b", re.IGNORECASE)
_JOINING = frozenset({"os.path.join", "pathlib.Path", "builtins.str", "os.path.expanduser"})
# Methods that give the same path in another form.
_SAME_PATH = frozenset({"absolute", "expanduser", "resolve"})
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

    That is the class whose attribute it is, the function that alone knows it, or nothing (None). `is_of_many` says
    that the path is one of many, made from what the function is given: `self._path(name)`.
    """

    call: ast.Call
    path: str
    holder: ast.AST | None
    function: FunctionNode
    writes: bool
    is_of_many: bool = False


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
    written = [access.call for access in accesses if access.writes and (access.path, access.holder) in read]
    return list(dict.fromkeys(written))


def reads_of_written(module: Module) -> frozenset[ast.Call]:
    """The calls that read what the same class or module writes, in place or not."""
    accesses = module.keep("uses of files", _find_accesses)
    written = {(access.path, access.holder) for access in accesses if access.writes}
    return frozenset(
        access.call for access in accesses if not access.writes and (access.path, access.holder) in written
    )


def _find_accesses(module: Module) -> list[Access]:
    found: list[Access] = []
    for call in module.calls_named("open", *_READING, *_WRITING):
        found.extend(_accesses(module, call))
    if any(access.writes for access in found):
        found.extend(_reads_by_name(module))
    return found


def _reads_by_name(module: Module) -> Iterator[Access]:
    """The calls of functions that say by their names that they read a file: `load_yaml_file(self.path)`."""
    for call in module.nodes(ast.Call):
        if len(call.args) != 1 or call.keywords or not _READER.fullmatch(last_name(call)):
            continue
        function = module.function_of(call)
        if not isinstance(function, _FUNCTIONS):
            continue
        path = call.args[0]
        text = _path_text(module, path, 0)
        if text is not None and not _PASSING.search(text):
            yield Access(call, text, _holder(module, function, text), function, False)


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
            and (_writes_data(module, access) or any(_rewrites(module, reader, access) for reader in of_the_same))
            and not _is_first_write(module, access.call)
            and not _is_backed_up(module, access)
            and not _is_in_new_folder(module, access)
            and not _is_made_where_missing(module, access.function)
        ):
            in_turn = access.holder is access.function or _calls(module, access.function, _ASKING)
            for reader in of_the_same:
                if in_turn and not _is_read_before(module, reader, access):
                    # It is made where it is not there, and not overwritten.
                    continue
                if access.is_of_many and not _is_changed(module, reader, access):
                    # Each may be a new file.
                    continue
                if reader.function is access.function and reader.call.lineno > access.call.lineno:
                    # What it has just made it reads itself.
                    continue
                if _is_made_anew(module, reader, access):
                    break
                if _is_forgiven(module, reader) and (
                    _is_cache(module, access)
                    or (access.is_of_many and _CACHE.search(reader.function.name))
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


def _rewrites(module: Module, reader: Access, writer: Access) -> bool:
    """Whether a function puts back what it has read from a file that the module names, with changes."""
    return (
        writer.holder is not writer.function
        and not writer.is_of_many
        and _SETTINGS.search(writer.path + module.source(module.statement(reader.call))) is not None
        and not _calls_by_name(module, writer.function, _KEEPING)
        and _is_read_before(module, reader, writer)
        and _gives_back(module, writer.function, reader.call, writer.function)
    )


def _calls_by_name(module: Module, function: FunctionNode, wanted: re.Pattern[str]) -> bool:
    return any(
        isinstance(node, ast.Call) and wanted.search(last_name(node)) for node in module.own_nodes(function)
    )


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


def _is_backed_up(module: Module, access: Access) -> bool:
    """Whether the function has copied the file, or moved it aside, before it writes: the old one is there."""
    opened = _opened(module, access.call)
    if opened is None:
        return False
    wanted = module.source(opened[0])
    return any(
        isinstance(node, ast.Call)
        and node.lineno < access.call.lineno
        and (
            (module.qualname(node.func) in _COPYING and bool(node.args) and module.source(node.args[0]) == wanted)
            or (
                _BACKING_UP.search(last_name(node)) is not None
                and any(module.source(argument) == wanted for argument in node.args)
            )
        )
        for node in module.own_nodes(access.function)
    )


def _is_in_new_folder(module: Module, access: Access) -> bool:
    """Whether each way to a write copies a folder to where it writes: `copytree` fails where there is one."""
    write = module.statement(access.call)
    named = _names_behind(module, access.call)
    for copy in module.calls_named("copytree"):
        made = module.argument(copy, "dst", 1)
        if not isinstance(made, ast.Name) or made.id not in named or module.argument(copy, "dirs_exist_ok"):
            continue
        start = module.statement(copy)
        if module.function_of(copy) is access.function and not module.quiet_flow(access.function).reachable(
            None, partial(operator.is_, write), partial(operator.is_, start)
        ):
            return True
    return False


def _names_behind(module: Module, call: ast.Call) -> set[str]:
    """The names in a call, and those in what its names were given."""
    names = [part for part in ast.walk(call) if isinstance(part, ast.Name)]
    given = [binding.value for name in names for binding in module.bindings(name) if binding.value is not None]
    return {part.id for one in (*names, *given) for part in ast.walk(one) if isinstance(part, ast.Name)}


def _is_made_where_missing(module: Module, function: FunctionNode) -> bool:
    """Whether a function is called nowhere but where a file was found missing: `if not path.exists(): ...`."""
    name = function.name
    if not name.startswith("_"):
        return False
    places = [*module.calls_named(name)]
    return bool(places) and all(_stands_where_missing(module, call) for call in places)


def _stands_where_missing(module: Module, call: ast.Call) -> bool:
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, _FUNCTIONS):
            return False
        if isinstance(ancestor, ast.If):
            test = ancestor.test
            denied = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
            asked = test.operand if isinstance(test, ast.UnaryOp) and denied else test
            branch = ancestor.body if denied else ancestor.orelse
            if isinstance(asked, ast.Call) and last_name(asked) in _ASKING and child in branch:
                return True
        child = ancestor
    return False


def _is_forgiven(module: Module, access: Access) -> bool:
    """Whether the function goes on without what it fails to read or to parse, whatever is wrong with it."""
    parsing = [
        node
        for node in module.own_nodes(access.function)
        if isinstance(node, ast.Call) and last_name(node) in _PARSING and node.lineno >= access.call.lineno
    ]
    if any(_is_guarded(module, call) for call in (access.call, *parsing)):
        return True
    reader = module.called_function(access.call) if _READER.fullmatch(last_name(access.call)) else None
    return reader is not None and any(
        isinstance(node, ast.Call) and last_name(node) in _PARSING and _is_guarded(module, node)
        for node in module.own_nodes(reader)
    )


def _is_made_anew(module: Module, reader: Access, writer: Access) -> bool:
    """Whether the write stands in the handler of what cannot be read: half a file is made anew next time."""
    child: ast.AST = writer.call
    for ancestor in module.ancestors(writer.call):
        if isinstance(ancestor, _FUNCTIONS):
            return False
        if (
            isinstance(ancestor, ast.Try)
            and child in ancestor.handlers
            and any(reader.call is part for statement in ancestor.body for part in ast.walk(statement))
        ):
            return _is_guarded(module, reader.call)
        child = ancestor
    return False


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


def _accesses(module: Module, call: ast.Call) -> Iterator[Access]:
    """What a call reads or writes: the path that is the same on every call, and what it is one of."""
    found = _opened(module, call)
    if found is None:
        return
    path, writes = found
    function = module.function_of(call)
    if not isinstance(function, _FUNCTIONS):
        return
    text = _path_text(module, path, 0)
    if text is not None:
        if not _PASSING.search(text):
            yield Access(call, text, _holder(module, function, text), function, writes)
        return
    usual, holder = _usual_path_text(module, function, path), module.class_of(function)
    if usual is None:
        usual, holder = _default_path_text(module, path), None
    if usual is not None:
        yield Access(call, usual, holder, function, writes)
    local = _local_path_text(module, function, path)
    if local is not None:
        yield Access(call, local, function, function, writes)
    family = _family_text(module, path, 0)
    if family is not None and _FIXED in family and "*" in family and not _PASSING.search(family):
        yield Access(call, family, _holder(module, function, family), function, writes, is_of_many=True)


def _usual_path_text(module: Module, function: FunctionNode, path: ast.expr) -> str | None:
    """
    A path that a pair of functions has for itself where its callers give none, as a text.

    That is the parameter of `load_settings(path=None)` and of `save_settings(settings, path=None)`.
    """
    said = _LOADING.fullmatch(function.name)
    name = _parameter_behind(module, path, 0)
    if said is None or name is None:
        return None
    optional = {parameter.arg for parameter, _ in defaults_of(function)}
    return f"{said[1]} at {name.id}" if name.id in optional else None


def _parameter_behind(module: Module, path: ast.expr, hops: int) -> ast.Name | None:
    """The parameter that a path is where it is given: `path` of `Path(path)` and of `path or usual_path()`."""
    if hops > _MAXIMUM_HOPS:
        return None
    path = _unwrapped(module, path)
    if isinstance(path, ast.BoolOp):
        return _parameter_behind(module, path.values[0], hops + 1)
    if isinstance(path, ast.IfExp):
        found = _parameter_behind(module, path.body, hops + 1)
        return found or _parameter_behind(module, path.orelse, hops + 1)
    if not isinstance(path, ast.Name):
        return None
    bindings = module.bindings(path)
    if any(binding.kind is BindingKind.PARAMETER for binding in bindings):
        return path
    made = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT else None
    return _parameter_behind(module, made, hops + 1) if made is not None else None


def _unwrapped(module: Module, path: ast.expr) -> ast.expr:
    """What a path is made of that only changes its form: `path` of `Path(path).expanduser()`."""
    while isinstance(path, ast.Call) and not path.keywords:
        if isinstance(path.func, ast.Attribute) and path.func.attr in _SAME_PATH and not path.args:
            path = path.func.value
        elif len(path.args) == 1 and module.callee(path) in _JOINING:
            path = path.args[0]
        else:
            break
    return path


def _default_path_text(module: Module, path: ast.expr) -> str | None:
    """
    The path of the module that a parameter stands for where nobody gives one.

    That is its default, `def save(data, path=STATE_FILE)`, or what stands in its place: `path or usual_path()`.
    """
    usual = _usual_value(module, path, 0)
    text = _path_text(module, usual, 1) if usual is not None else None
    return text if text is not None and not _PASSING.search(text) and not _OF_OBJECT.search(text) else None


def _usual_value(module: Module, path: ast.expr, hops: int) -> ast.expr | None:
    if hops > _MAXIMUM_HOPS:
        return None
    path = _unwrapped(module, path)
    if isinstance(path, (ast.BoolOp, ast.IfExp)):
        choices = path.values if isinstance(path, ast.BoolOp) else [path.body, path.orelse]
        given = [one for one in choices if _parameter_behind(module, one, hops + 1) is not None]
        others = [one for one in choices if one not in given]
        return others[0] if given and len(others) == 1 else None
    if not isinstance(path, ast.Name):
        return None
    bindings = module.bindings(path)
    assigned = [one for one in bindings if one.kind is BindingKind.ASSIGNMENT and one.value is not None]
    if len(assigned) + 1 < len(bindings) or len(assigned) > 1:
        return None
    value = assigned[0].value if assigned else None
    if value is not None and len(assigned) == len(bindings):
        return _usual_value(module, value, hops + 1)
    if value is None or _is_itself(module, value, path.id):
        return _default_of(module, path)
    if isinstance(value, (ast.BoolOp, ast.IfExp)):
        return _usual_value(module, value, hops + 1)
    # `if path is None: path = usual_path()`
    test = module.parent(module.statement(value))
    return value if isinstance(test, ast.If) and path.id in _names_read(test.test) else None


def _is_itself(module: Module, value: ast.expr, name: str) -> bool:
    inner = _unwrapped(module, value)
    return isinstance(inner, ast.Name) and inner.id == name


def _default_of(module: Module, name: ast.Name) -> ast.expr | None:
    """The name that a parameter has for its default."""
    function = module.function_of(name)
    if not isinstance(function, _FUNCTIONS):
        return None
    pairs = defaults_of(function)
    return next((default for one, default in pairs if one.arg == name.id and isinstance(default, ast.Name)), None)


def _holder(module: Module, function: FunctionNode, text: str) -> ast.AST | None:
    """The class whose attribute a path is made from."""
    return module.class_of(function) if _OF_OBJECT.search(text) else None


def _opened(module: Module, call: ast.Call) -> tuple[ast.expr, bool] | None:
    """The path that a call opens, and whether it writes it anew; None where that is not known."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    is_open = isinstance(call.func, ast.Name) and call.func.id == "open"
    if not is_open and method not in ("open", *_READING, *_WRITING):
        return None
    if method in _WRITING and len(call.args) > 1:
        # `store.write_text(path, text)` is asked of a store, which writes objects as a whole.
        return None
    if is_open:
        if module.callee(call) != "builtins.open" or not call.args:
            return None
        path: ast.expr = call.args[0]
    else:
        assert isinstance(call.func, ast.Attribute)
        if method == "open" and isinstance(call.func.value, ast.Name) and call.func.value.id == "os":
            truncates = len(call.args) > 1 and "O_TRUNC" in module.source(call.args[1])
            return (call.args[0], True) if truncates else None
        if method == "open" and not _opens_itself(call):
            return None
        path = call.func.value
    if is_open or method == "open":
        mode = _mode(module, call, 1 if is_open else 0)
        if mode.replace("b", "").replace("t", "") not in ("r", "w", "w+"):
            return None
        return path, mode.startswith("w")
    return path, method in _WRITING


def _family_text(module: Module, path: ast.expr, hops: int) -> str | None:
    """
    A path that is made from what the function is given, as a text that is the same for all that are made so.

    What differs is a star: `self._path(*)` for `self._path(user.name)`. None for what no text can tell.
    """
    if hops > _MAXIMUM_HOPS:
        return None
    fixed = _path_text(module, path, hops) if isinstance(path, (ast.Name, ast.Attribute, ast.Call)) else None
    if fixed is not None:
        return f"{_FIXED}{fixed}"
    if isinstance(path, ast.Name):
        bindings = module.bindings(path)
        if len(bindings) == 1 and bindings[0].kind is BindingKind.PARAMETER:
            return "*"
        if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT and bindings[0].value is not None:
            return _family_text(module, bindings[0].value, hops + 1)
        return None
    if isinstance(path, ast.Attribute):
        return "*" if dotted(path) is not None else None
    if isinstance(path, ast.Subscript) and isinstance(path.slice, ast.Constant):
        return "*"
    if isinstance(path, ast.Constant):
        return repr(path.value)
    if isinstance(path, ast.JoinedStr):
        text = ""
        for value in path.values:
            part = _family_text(module, value.value, hops + 1) if isinstance(value, ast.FormattedValue) else None
            if part is None and not isinstance(value, ast.Constant):
                return None
            text += str(value.value) if isinstance(value, ast.Constant) else part or ""
        return f"f'{text}'"
    if isinstance(path, ast.BinOp) and isinstance(path.op, ast.Div):
        sides = _family_text(module, path.left, hops + 1), _family_text(module, path.right, hops + 1)
        return f"{sides[0]} / {sides[1]}" if None not in sides else None
    if isinstance(path, ast.Call) and not path.keywords:
        given = [_family_text(module, argument, hops + 1) for argument in path.args]
        function = dotted(path.func)
        if None in given or function is None:
            return None
        own = module.called_function(path)
        if module.callee(path) in _JOINING or own is not None:
            mark = _FIXED if own is not None else ""
            return f"{mark}{function}({', '.join(filter(None, given))})"
    return None


def _is_changed(module: Module, reader: Access, writer: Access) -> bool:
    """
    Whether a function of the module writes back what it has read: a file that is there is overwritten.

    It reads and writes itself, or by the functions of the two, and what it has read is in what it writes.
    """
    if reader.function is writer.function:
        return _gives_back(module, writer.function, reader.call, writer.function)
    callers = [
        call
        for call in module.calls_named(reader.function.name)
        if module.callee(call) == module.definition(reader.function)
    ]
    return any(
        isinstance(function := module.function_of(call), _FUNCTIONS)
        and _gives_back(module, function, call, writer.function)
        for call in callers
    )


def _gives_back(module: Module, function: FunctionNode, reading: ast.Call, writer: FunctionNode) -> bool:
    """Whether what a call reads has a name in its function, which is later given to a writer."""
    statement = module.statement(reading)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign, ast.With, ast.AsyncWith)):
        return False
    names = _names_stored(statement)
    wanted = (ast.Assign, ast.Call, ast.With, ast.AsyncWith)
    following = [node for node in module.own_nodes(function) if isinstance(node, wanted)]
    for later in sorted(following, key=lambda node: node.lineno):
        if later.lineno <= statement.lineno:
            continue
        if isinstance(later, (ast.With, ast.AsyncWith)):
            names -= _names_stored(later)
        elif isinstance(later, ast.Assign):
            if not names.isdisjoint(_names_read(later.value)):
                names |= _names_stored(later)
            elif all(isinstance(target, (ast.Name, ast.Tuple)) for target in later.targets):
                names -= _names_stored(later)
        elif not names.isdisjoint(_names_read(later)):
            last = last_name(later)
            if function is writer and (last in _SERIALISING or last in _WRITING or last == "write"):
                return True
            if last == writer.name and module.callee(later) == module.definition(writer):
                return True
    return False


def _names_stored(statement: ast.Assign | ast.AnnAssign | ast.With | ast.AsyncWith) -> set[str]:
    targets: list[ast.expr | None]
    if isinstance(statement, ast.Assign):
        targets = [*statement.targets]
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    else:
        targets = [item.optional_vars for item in statement.items]
    return {
        node.id
        for target in targets
        if target is not None
        for node in ast.walk(target)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _names_read(expression: ast.expr) -> set[str]:
    names = (node for node in ast.walk(expression) if isinstance(node, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Load)}


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
    if isinstance(path, ast.Constant) and hops == 0:
        # What the system keeps under these is no file.
        text = path.value if isinstance(path.value, str) else ""
        return repr(text) if text.startswith("/") and not text.startswith(("/dev/", "/proc/", "/sys/")) else None
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
    if callee in _JOINING:
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
    is_own = module.called_function(call) is not None or (
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
