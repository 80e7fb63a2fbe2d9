"""Small files: settings, templates, prompts and the like, which their kind keeps small."""

from __future__ import annotations

import ast
from collections.abc import Callable

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
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
_SETTINGS = frozenset({"config", "configuration", "credentials", "preferences", "settings"})
# What is small where a program writes it: its settings, and what lets it in.
_KINDS_WRITTEN = (".cfg", ".conf", ".env", ".ini", ".key", ".pem", ".pid", ".properties", ".pub", ".toml")
_WORDS_WRITTEN = _SETTINGS | {"identity", "pidfile", "token", "tokens", "version"}
# Files that no settings are written to, whatever their names say.
_RECORDS = (".csv", ".html", ".jsonl", ".log", ".md", ".ndjson", ".sql", ".txt", ".xlsx")
_FOLDERS_OF_SMALL_FILES = frozenset(
    {
        *("i18n", "instructions", "locale", "locales", "prompts", "queries", "schemas", "sql", "templates"),
        *("translations", "prompt", "schema", "template"),
    }
)
_OWN_FOLDERS = _FOLDERS_OF_SMALL_FILES | {"assets", "css", "fonts", "icons", "js", "static"}
_NAMING_PATHS = frozenset({"dir", "directory", "file", "filename", "filepath", "folder", "path", "root"})
_READING = frozenset({"read_bytes", "read_text"})
_WRITING = frozenset({"write_bytes", "write_text"})
_NO_METHODS: frozenset[str] = frozenset()
# Functions of a project that read the file which they are given.
_READING_FOR_OTHERS = pattern(
    r"_*(?:load|read|parse)(?:_\w*(?:json|yaml|yml|toml|ini|file|text|config|settings|prompt|template)\w*)?"
    r"|\w+_from_(?:file|path|json|yaml|toml)"
)
# And those that write it.
_WRITING_FOR_OTHERS = pattern(
    r"_*(?:atomic_(?:dump|save|write)|(?:dump|save|write)_\w*(?:json|yaml|yml|toml|text|file|bytes|atomic))"
    r"(?:_\w+)?"
)
# Functions of a project that write the settings of its user, or what lets it in, and classes that keep them.
_WRITING_SETTINGS = pattern(
    r"_*(?:save|write|store|persist|dump|update)_(?:\w+_)?"
    r"(?:api_keys?|config|configuration|credentials|preferences|secrets?|settings|tokens?)"
    r"(?:_(?:to_)?(?:file|disk|json|toml|yaml)|_atomic(?:ally)?)?"
)
_WRITING_ALL = pattern(r"_*(?:save|write|store|persist|dump|flush)(?:_(?:to_)?(?:file|disk|json|toml|yaml))?")
_KEEPERS_OF_SETTINGS = pattern(
    r"_?\w*(?:Config|Configuration|Credentials?|Preferences|Settings)(?:File|Manager|Store)?"
)
_MODULES = frozenset({"builtins", "codecs", "io"})
_ENVIRONMENT = frozenset({"get", "getenv"})
# The path, or the folder, that these are asked for is the same but for its form.
_SAME = frozenset({"absolute", "expanduser", "resolve"})
_SAME_OF_ARGUMENT = frozenset(
    {"abspath", "dirname", "expanduser", "expandvars", "fspath", "normpath", "realpath", "str"}
)
# Endings of what is written beside a file, or kept of it.
_BESIDE = (".bak", ".new", ".part", ".partial", ".temp", ".tmp")
_PARTS_OF_PATHS = frozenset({"parent", "parents", "path"})


class _Kind(NamedTuple):
    """
    What counts as small.

    `fits` is asked with how a path ends, whether it is beside the program, and the words in it; a name for a path
    counts that has one of `words`.
    """

    fits: Callable[[str, bool, frozenset[str]], bool]
    words: frozenset[str]


def is_of_small_file(module: Module, call: ast.Call) -> bool:
    """
    Whether a call reads, or opens for reading, one file that its kind keeps small.

    That is a file of settings, a key or a template by the end of its name, what is called so (`CONFIG_PATH`,
    `"manifest.json"`), and a text beside the program's own modules. In a loop there may be many. Of what is
    written only settings count, and what lets the program in (`token.json`): they change now and then.
    """
    path = _path_opened(call, _READING, ("r", "rt", "rb"))
    if path is not None:
        return module.loop_of(call) is None and _is_small(module, path, 0, _READ)
    path = _path_opened(call, _WRITING, ("w", "wt", "wb", "x", "xt", "xb"))
    if path is None or module.loop_of(call) is not None:
        return False
    return _is_small(module, path, 0, _WRITTEN) or _stands_where_settings_are_written(module, call, path)


def lists_small_folder(module: Module, call: ast.Call) -> bool:
    """Whether a call lists one folder of the program's own templates or the like, and not what is below it."""
    path = call.func.value if isinstance(call.func, ast.Attribute) else None
    if last_name(call.func) not in ("glob", "iterdir") or path is None or module.loop_of(call) is not None:
        return False
    if any(isinstance(part, ast.Constant) and "**" in str(part.value) for part in call.args):
        return False
    end, is_packaged, words = _described(module, path, 0)
    return is_packaged and bool(end) and not (words | {end.lower()}).isdisjoint(_OWN_FOLDERS)


def opens_text(call: ast.Call) -> bool:
    """Whether a call reads or writes a file as text, or opens it for that."""
    last = last_name(call.func)
    if last in ("read_text", "write_text"):
        return True
    return _path_opened(call, _NO_METHODS, ("a", "at", "r", "r+", "rt", "w", "w+", "wt", "x", "xt")) is not None


def hands_small_file(module: Module, call: ast.Call) -> bool:
    """Whether a function that reads or writes what it is given is given one file that its kind keeps small."""
    if not call.args or module.loop_of(call) is not None:
        return False
    last = last_name(call.func)
    if _READING_FOR_OTHERS.fullmatch(last) is not None:
        return _is_small(module, call.args[0], 0, _READ)
    if _WRITING_FOR_OTHERS.fullmatch(last) is not None:
        return any(_is_small(module, one, 0, _WRITTEN) for one in call.args[:2])
    return False


def _path_opened(call: ast.Call, methods: frozenset[str], modes: tuple[str, ...]) -> ast.expr | None:
    """The path of which a method is called, or that `open` opens in one of the modes; None for others."""
    last, function = last_name(call.func), call.func
    if last in methods:
        return function.value if isinstance(function, ast.Attribute) else None
    if last != "open":
        return None
    is_method = isinstance(function, ast.Attribute) and last_name(function.value) not in _MODULES
    at = 0 if is_method else 1
    mode = call.args[at] if len(call.args) > at else None
    for keyword in call.keywords:
        if keyword.arg == "mode":
            mode = keyword.value
    if not isinstance(mode, ast.Constant) if mode is not None else "r" not in modes:
        return None
    if isinstance(mode, ast.Constant) and mode.value not in modes:
        return None
    if is_method:
        return function.value if isinstance(function, ast.Attribute) else None
    return call.args[0] if call.args else None


def _is_small(module: Module, path: ast.expr, hops: int, kind: _Kind) -> bool:
    """Whether an expression for a path stands for small files only, of a kind that their names tell."""
    if hops > _MOST_HOPS:
        return False
    if isinstance(path, ast.IfExp):
        return all(_is_small(module, one, hops + 1, kind) for one in (path.body, path.orelse))
    if isinstance(path, ast.BoolOp):
        return all(_is_small(module, one, hops + 1, kind) for one in path.values)
    if isinstance(path, (ast.Name, ast.Attribute)):
        values = _values(module, path)
        if values and not _is_named_as_small(last_name(path), _SETTINGS):
            return all(_is_small(module, one, hops + 1, kind) for one in values)
        return _is_named_as_small(last_name(path), kind.words)
    if isinstance(path, ast.Subscript) and isinstance(path.slice, ast.Constant):
        # What holds the paths says by its key of which kind each is.
        if isinstance(path.slice.value, str) and _is_named_as_small(path.slice.value, kind.words):
            return True
    staged = _before_ending(path)
    if staged is not None:
        return _is_small(module, staged, hops + 1, kind)
    if isinstance(path, ast.Call):
        inner = _inner(module, path)
        if inner is not None:
            return all(_is_small(module, one, hops + 1, kind) for one in inner) if inner else False
    end, is_packaged, words = _described(module, path, hops)
    return kind.fits(end, is_packaged, words)


def _before_ending(path: ast.expr) -> ast.expr | None:
    """The path whose place a file is to take: `config_path` of `f"{config_path}.tmp"`."""
    beside: ast.expr | None = None
    end: ast.expr | None = None
    if (
        isinstance(path, ast.JoinedStr)
        and len(path.values) == 2
        and isinstance(path.values[0], ast.FormattedValue)
    ):
        beside, end = path.values[0].value, path.values[1]
    elif isinstance(path, ast.BinOp) and isinstance(path.op, ast.Add):
        beside, end = path.left, path.right
    elif isinstance(path, ast.Call) and isinstance(path.func, ast.Attribute) and len(path.args) == 1:
        if path.func.attr == "with_suffix":
            beside, end = path.func.value, path.args[0]
    text = end.value if isinstance(end, ast.Constant) else None
    return beside if isinstance(text, str) and text.endswith(_BESIDE) else None


def _is_kind_small(end: str, is_packaged: bool, words: frozenset[str]) -> bool:
    if not end:
        return is_packaged and not words.isdisjoint(_FOLDERS_OF_SMALL_FILES)
    end = end.lower()
    if end.endswith(_SMALL_KINDS_IN_PACKAGES if is_packaged else _SMALL_KINDS):
        return True
    name = end.replace("\\", "/").rpartition("/")[2]
    stem = name.partition(".")[0]
    if name.startswith(".env") or not _SMALL_WORDS.isdisjoint(stem.replace("-", "_").split("_")):
        return True
    return is_packaged and not words.isdisjoint(_FOLDERS_OF_SMALL_FILES)


def _is_of_settings(end: str, _: bool, __: frozenset[str]) -> bool:
    """Whether what is written is a file of settings, or of what lets the program in, by what it is called."""
    name = end.lower().replace("\\", "/").rpartition("/")[2]
    if not name or name.endswith(_RECORDS):
        return False
    if name.startswith(".env") or name.endswith(_KINDS_WRITTEN):
        return True
    stem = name.lstrip("?").partition(".")[0].replace("-", "_")
    return not _WORDS_WRITTEN.isdisjoint(stem.split("_"))


def _stands_where_settings_are_written(module: Module, call: ast.Call, path: ast.expr) -> bool:
    """Whether the function around a call is there to write settings or keys, by its name and its class's."""
    function = module.function_of(call)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    if _described(module, path, 0)[0].lower().endswith(_RECORDS):
        return False
    if _WRITING_SETTINGS.fullmatch(function.name) is not None:
        return True
    owner = module.class_of(function)
    return (
        owner is not None
        and _KEEPERS_OF_SETTINGS.fullmatch(owner.name) is not None
        and _WRITING_ALL.fullmatch(function.name) is not None
    )


_READ = _Kind(_is_kind_small, _SMALL_WORDS)
_WRITTEN = _Kind(_is_of_settings, _WORDS_WRITTEN)


def _is_named_as_small(name: str, small: frozenset[str]) -> bool:
    """Whether a name for a path says that it is of settings or the like: `config_path`, `PROMPT_FILE`."""
    words = name.lower().strip("_").split("_")
    return words[-1] in _NAMING_PATHS - {"dir", "directory", "folder", "root"} and not small.isdisjoint(words)


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
