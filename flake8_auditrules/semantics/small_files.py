"""Small files: settings, templates, prompts and the like, which their kind keeps small."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind

_MOST_HOPS = 8
# Settings, keys and templates: somebody writes them by hand, or a program writes one line.
_SMALL_KINDS = (
    *(".cfg", ".conf", ".crt", ".env", ".html.j2", ".ini", ".j2", ".jinja", ".jinja2", ".key", ".mako", ".pem"),
    *(".pid", ".properties", ".pub", ".tmpl", ".toml", ".tpl", ".yaml", ".yml"),
)
# What is small where it is a part of the program.
_SMALL_KINDS_IN_PACKAGES = (
    *_SMALL_KINDS,
    *(".css", ".graphql", ".htm", ".html", ".js", ".lark", ".md", ".rst", ".sql", ".svg", ".txt", ".xml"),
)
# Words that say of a file what it holds.
_SMALL_WORDS = frozenset(
    {
        *("config", "configuration", "credentials", "license", "manifest", "pidfile", "preferences", "prompt"),
        *("prompts", "readme", "schema", "settings", "template", "version"),
    }
)
_FOLDERS_OF_SMALL_FILES = frozenset(
    {
        *("i18n", "instructions", "locale", "locales", "prompts", "queries", "schemas", "sql", "templates"),
        *("translations", "prompt", "schema", "template"),
    }
)
_OWN_FOLDERS = _FOLDERS_OF_SMALL_FILES | {"assets", "css", "fonts", "icons", "js", "static"}
_NAMING_PATHS = frozenset({"dir", "directory", "file", "filename", "filepath", "folder", "path", "root"})
_READING = frozenset({"read_bytes", "read_text"})
# Functions of a project that read the file which they are given.
_READING_FOR_OTHERS = pattern(
    r"_*(?:load|read|parse)(?:_\w*(?:json|yaml|yml|toml|ini|file|text|config|settings|prompt|template)\w*)?"
    r"|\w+_from_(?:file|path|json|yaml|toml)"
)
_MODULES = frozenset({"builtins", "codecs", "io"})
_ENVIRONMENT = frozenset({"get", "getenv"})
# The path, or the folder, that these are asked for is the same but for its form.
_SAME = frozenset({"absolute", "expanduser", "resolve"})
_SAME_OF_ARGUMENT = frozenset(
    {"abspath", "dirname", "expanduser", "expandvars", "fspath", "normpath", "realpath", "str"}
)
_PARTS_OF_PATHS = frozenset({"parent", "parents", "path"})


def is_of_small_file(module: Module, call: ast.Call) -> bool:
    """
    Whether a call reads, or opens for reading, one file that its kind keeps small.

    That is a file of settings, a key or a template by the end of its name, what is called so (`CONFIG_PATH`,
    `"manifest.json"`), and a text beside the program's own modules. In a loop there may be many.
    """
    path = _path_read(call)
    return path is not None and module.loop_of(call) is None and _is_small(module, path, 0)


def lists_small_folder(module: Module, call: ast.Call) -> bool:
    """Whether a call lists one folder of the program's own templates or the like, and not what is below it."""
    path = call.func.value if isinstance(call.func, ast.Attribute) else None
    if last_name(call.func) not in ("glob", "iterdir") or path is None or module.loop_of(call) is not None:
        return False
    if any(isinstance(part, ast.Constant) and "**" in str(part.value) for part in call.args):
        return False
    end, is_packaged, words = _described(module, path, 0)
    return is_packaged and bool(end) and not (words | {end.lower()}).isdisjoint(_OWN_FOLDERS)


def hands_small_file(module: Module, call: ast.Call) -> bool:
    """Whether a call of a function that reads what it is named for is given one file that its kind keeps small."""
    if not call.args or _READING_FOR_OTHERS.fullmatch(last_name(call.func)) is None:
        return False
    return module.loop_of(call) is None and _is_small(module, call.args[0], 0)


def _path_read(call: ast.Call) -> ast.expr | None:
    """The path that a call reads from; None for what writes or is no reading of a path."""
    last, function = last_name(call.func), call.func
    if last in _READING:
        return function.value if isinstance(function, ast.Attribute) else None
    if last != "open":
        return None
    is_method = isinstance(function, ast.Attribute) and last_name(function.value) not in _MODULES
    at = 0 if is_method else 1
    mode = call.args[at] if len(call.args) > at else None
    for keyword in call.keywords:
        if keyword.arg == "mode":
            mode = keyword.value
    if mode is not None and not (isinstance(mode, ast.Constant) and mode.value in ("r", "rt", "rb")):
        return None
    if is_method:
        return function.value if isinstance(function, ast.Attribute) else None
    return call.args[0] if call.args else None


def _is_small(module: Module, path: ast.expr, hops: int) -> bool:
    """Whether an expression for a path stands for small files only."""
    if hops > _MOST_HOPS:
        return False
    if isinstance(path, ast.IfExp):
        return _is_small(module, path.body, hops + 1) and _is_small(module, path.orelse, hops + 1)
    if isinstance(path, ast.BoolOp):
        return all(_is_small(module, one, hops + 1) for one in path.values)
    if isinstance(path, (ast.Name, ast.Attribute)):
        values = _values(module, path)
        if values:
            return all(_is_small(module, one, hops + 1) for one in values)
        return _is_named_as_small(last_name(path))
    if isinstance(path, ast.Call):
        inner = _inner(module, path)
        if inner is not None:
            return all(_is_small(module, one, hops + 1) for one in inner) if inner else False
    end, is_packaged, words = _described(module, path, hops)
    return _is_kind_small(end, is_packaged, words)


def _is_kind_small(end: str, is_packaged: bool, words: frozenset[str]) -> bool:
    if not end:
        return is_packaged and not words.isdisjoint(_FOLDERS_OF_SMALL_FILES)
    end = end.lower()
    if end.endswith(_SMALL_KINDS_IN_PACKAGES if is_packaged else _SMALL_KINDS):
        return True
    stem = end.replace("\\", "/").rpartition("/")[2].partition(".")[0]
    if not _SMALL_WORDS.isdisjoint(stem.replace("-", "_").split("_")):
        return True
    return is_packaged and not words.isdisjoint(_FOLDERS_OF_SMALL_FILES)


def _is_named_as_small(name: str) -> bool:
    """Whether a name for a path says that it is of settings or the like: `config_path`, `PROMPT_FILE`."""
    words = name.lower().strip("_").split("_")
    return words[-1] in _NAMING_PATHS - {"dir", "directory", "folder", "root"} and not _SMALL_WORDS.isdisjoint(
        words
    )


def _values(module: Module, path: ast.Name | ast.Attribute) -> list[ast.expr]:
    """What a variable, or an attribute of `self`, is given; nothing where that is not all told here."""
    if isinstance(path, ast.Name):
        bindings = module.bindings(path)
        if not bindings or any(one.kind is not BindingKind.ASSIGNMENT or one.value is None for one in bindings):
            return []
        return [one.value for one in bindings if one.value is not None]
    owner = module.class_of_self(path.value)
    given = module.members(owner).attributes.get(path.attr, ()) if owner is not None else ()
    return [one.value for one, method in given if one.value is not None and method is not None]


def _inner(module: Module, call: ast.Call) -> list[ast.expr] | None:
    """The paths that a call stands for; None where it puts a path together, which is looked at as a whole."""
    name = last_name(call.func)
    if name in _SAME and isinstance(call.func, ast.Attribute) and not call.args:
        return [call.func.value]
    if name in _SAME_OF_ARGUMENT and name != "dirname" and len(call.args) == 1:
        return [call.args[0]]
    if name == "Path" and len(call.args) == 1:
        return [call.args[0]]
    if name in _ENVIRONMENT and len(call.args) == 2:
        return [call.args[1]]
    if isinstance(call.func, ast.Name) and not call.args and not call.keywords:
        bindings = module.bindings(call.func)
        function = bindings[0].site if len(bindings) == 1 else None
        if isinstance(function, ast.FunctionDef):
            return [
                one.value
                for one in module.own_nodes(function)
                if isinstance(one, ast.Return) and one.value is not None
            ]
    return None


def _described(module: Module, path: ast.expr, hops: int) -> tuple[str, bool, frozenset[str]]:
    """
    How a path ends ("" where that is not written down), whether it is beside the program, and the words in it.
    """
    nothing: frozenset[str] = frozenset()
    if hops > _MOST_HOPS:
        return "", False, nothing
    if isinstance(path, ast.Constant):
        text = path.value if isinstance(path.value, str) else ""
        return text, False, frozenset(text.lower().replace("-", "_").replace("/", "_").split("_"))
    if isinstance(path, ast.JoinedStr):
        last = path.values[-1] if path.values else None
        parts = [
            _described(module, one.value, hops + 1) for one in path.values if isinstance(one, ast.FormattedValue)
        ]
        constants = [_described(module, one, hops + 1) for one in path.values if isinstance(one, ast.Constant)]
        end = f"?{last.value!s}" if isinstance(last, ast.Constant) else ""
        return end, any(one[1] for one in parts), nothing.union(*(one[2] for one in (*parts, *constants)))
    if isinstance(path, ast.Name):
        if path.id == "__file__":
            return "", True, nothing
        values = _values(module, path)
        if len(values) == 1:
            end, is_packaged, words = _described(module, values[0], hops + 1)
            return end, is_packaged, words | set(path.id.lower().split("_"))
        return "", False, frozenset(path.id.lower().split("_"))
    if isinstance(path, ast.Attribute):
        if path.attr in _PARTS_OF_PATHS:
            _, is_packaged, words = _described(module, path.value, hops + 1)
            return "", is_packaged, words
        values = _values(module, path)
        if len(values) == 1:
            return _described(module, values[0], hops + 1)
        return "", False, frozenset(path.attr.lower().split("_"))
    if isinstance(path, ast.Subscript):
        _, is_packaged, words = _described(module, path.value, hops + 1)
        return "", is_packaged, words
    if isinstance(path, ast.BinOp) and isinstance(path.op, (ast.Div, ast.Add)):
        return _joined(module, (path.left, path.right), hops)
    if isinstance(path, ast.Call):
        return _described_call(module, path, hops)
    return "", False, nothing


def _joined(module: Module, parts: tuple[ast.expr, ...], hops: int) -> tuple[str, bool, frozenset[str]]:
    found = [_described(module, one, hops + 1) for one in parts]
    words = frozenset().union(*(one[2] for one in found))
    return (found[-1][0] if found else ""), any(one[1] for one in found), words


def _described_call(module: Module, call: ast.Call, hops: int) -> tuple[str, bool, frozenset[str]]:
    name = last_name(call.func)
    holder = call.func.value if isinstance(call.func, ast.Attribute) else None
    if name == "files" and (module.callee(call) or "").endswith("resources.files"):
        return "", True, frozenset()
    if name in ("join", "Path", "PurePath"):
        return _joined(module, tuple(call.args), hops)
    if holder is not None and name in ("joinpath", "with_name"):
        return _joined(module, (holder, *call.args), hops)
    if holder is not None and name in _SAME:
        return _described(module, holder, hops + 1)
    if name in _SAME_OF_ARGUMENT and call.args:
        end, is_packaged, words = _described(module, call.args[0], hops + 1)
        return ("" if name == "dirname" else end), is_packaged, words
    inner = _inner(module, call)
    if inner is not None and len(inner) == 1:
        return _described(module, inner[0], hops + 1)
    return "", False, frozenset()
