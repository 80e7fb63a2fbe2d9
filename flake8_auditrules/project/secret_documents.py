"""Secret documents: whole objects whose text shows a secret that one of their fields holds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import class_named, home_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.request_values import is_request
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.secret_names import is_of_machine, names_certain_secret, names_secret, words

_MOST_BASES = 3
_MOST_DEPTH = 2
_MODELS = frozenset(
    {
        "pydantic.BaseModel",
        "pydantic.v1.BaseModel",
        "pydantic.BaseSettings",
        "pydantic.v1.BaseSettings",
        "pydantic_settings.BaseSettings",
        "sqlmodel.SQLModel",
    }
)
_DATACLASSES = frozenset({"dataclasses.dataclass", "pydantic.dataclasses.dataclass", "attr.s", "attr.define"})
_ATTRS = frozenset(
    {"attrs.define", "attrs.frozen", "attrs.mutable", "attr.frozen", "attr.attrs", "attr.dataclass"}
)
_TEXT = pattern(
    r"str|Optional\[str\]|(?:typing\.|t\.)Optional\[str\]|str ?\| ?None|None ?\| ?str|Union\[str, None\]"
)
# Methods by which a class decides itself what its text or its document shows.
_OWN_TEXTS = frozenset(
    {
        "__str__",
        "__repr__",
        "__repr_args__",
        "__rich_repr__",
        "__format__",
        "model_dump",
        "model_dump_json",
        "dict",
    }
)
_SERIALIZERS = frozenset({"field_serializer", "model_serializer", "root_validator"})
# What makes a text or a document of the whole of an object that it is given, and methods that do of their own.
_WRITING = frozenset({"str", "repr", "pformat", "dumps", "vars", "asdict", "dict", "to_dict", "jsonable_encoder"})
_METHODS = frozenset({"model_dump", "model_dump_json", "dict", "json", "copy", "items"})
_HARMLESS_ARGUMENTS = frozenset({"indent", "mode", "by_alias", "default", "exclude_none", "sort_keys", "width"})
# What reads the arguments of a command, and how it is told of them.
_READING = frozenset({"parse_args", "parse_known_args"})
_FLAG = pattern(r"--?[a-zA-Z]")
# Names of classes whose plain `token` lets somebody in.
_GRANTED = pattern(r"auth|bot|client|conf|connection|cred|login|session|settings|account", re.IGNORECASE)


class Shown(NamedTuple):
    """An object that is shown whole, and the name of the secret in it."""

    node: ast.expr
    secret: str


def document_in(project: Project, module: Module, expression: ast.expr) -> Shown | None:
    """
    The object whose whole text or document is in an expression and holds a secret as it is.

    An instance of a model of pydantic or of a data class with a plain text for a secret, the arguments of a
    command with such a flag, and the headers of a client's request. Classes that decide themselves what they show,
    fields that are left out, and what a function makes of an object show none.
    """
    for one in _whole(module, expression):
        secret = _secret_of(project, module, one)
        if secret is not None:
            return Shown(one, secret)
    return None


def _whole(module: Module, expression: ast.expr) -> Iterator[ast.expr]:
    """The objects of which an expression shows all."""
    if isinstance(expression, (ast.Name, ast.Attribute)):
        if isinstance(expression, ast.Attribute) and expression.attr == "__dict__":
            expression = expression.value
        yield expression
    elif isinstance(expression, ast.FormattedValue):
        yield from _whole(module, expression.value)
    elif isinstance(expression, ast.JoinedStr):
        for value in expression.values:
            yield from _whole(module, value)
    elif isinstance(expression, (ast.Tuple, ast.List)):
        for one in expression.elts:
            yield from _whole(module, one)
    elif isinstance(expression, ast.BinOp) and isinstance(expression.op, (ast.Add, ast.Mod)):
        yield from _whole(module, expression.left)
        yield from _whole(module, expression.right)
    elif isinstance(expression, ast.Call):
        if any(keyword.arg not in _HARMLESS_ARGUMENTS for keyword in expression.keywords):
            return
        if (
            last_name(expression) in _METHODS
            and isinstance(expression.func, ast.Attribute)
            and not expression.args
        ):
            yield from _whole(module, expression.func.value)
        elif last_name(expression) in _WRITING and expression.args:
            yield from _whole(module, expression.args[0])
        elif last_name(expression) == "format" and isinstance(expression.func, ast.Attribute):
            for given in expression.args:
                yield from _whole(module, given)


def _secret_of(project: Project, module: Module, shown: ast.expr) -> str | None:
    """The name of the secret in an object that is shown whole."""
    if isinstance(shown, ast.Attribute) and shown.attr == "headers":
        return "Authorization" if is_request(module, shown.value) and not is_of_machine(module, shown) else None
    if isinstance(shown, ast.Name):
        flag = _flag_of(module, shown)
        if flag is not None:
            return flag
    name = module.instance_of(shown)
    return secret_field(project, module, name) if name is not None else None


# -- the arguments of a command ---------------------------------------------------------------------------------


def _flag_of(module: Module, name: ast.Name) -> str | None:
    """The secret among the arguments of a command that a name holds all of: `args = parser.parse_args()`."""
    if not any(module.calls_named(*_READING)):
        return None
    bindings = module.bindings(name)
    value = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT else None
    if not isinstance(value, ast.Call) or last_name(value) not in _READING:
        return None
    for call in module.calls_named("add_argument"):
        if any(keyword.arg == "action" for keyword in call.keywords):
            continue
        for given in call.args:
            if isinstance(given, ast.Constant) and isinstance(given.value, str) and _FLAG.match(given.value):
                flag = given.value.lstrip("-").replace("-", "_")
                if flag == "token" or names_certain_secret(flag):
                    return flag
    return None


# -- the fields of a class --------------------------------------------------------------------------------------


def secret_field(project: Project, module: Module, name: str) -> str | None:
    """The field of a class of the project by which the text of its instances shows a secret; None for none."""
    if module.instances.local_class(name) is not None:
        return _secret_field(project, module, name, 0)
    home = home_of(project, module, name)
    if home is None:
        return None
    found = project.answer(home, "secret fields", name, lambda: _secret_field(project, module, name, 0))
    return found if isinstance(found, str) else None


def _secret_field(project: Project, module: Module, name: str, depth: int) -> str | None:
    line: list[tuple[Module, ast.ClassDef]] = []
    wanted: str | None = name
    around = module
    while wanted is not None and len(line) <= _MOST_BASES:
        found = class_named(project, around, wanted)
        if found is None:
            break
        line.append(found)
        around, node = found
        wanted = around.qualname(node.bases[0]) if node.bases else None
    if not line or not (wanted in _MODELS or _is_data_class(*line[0])):
        return None
    if any(_decides_itself(home, node) for home, node in line):
        return None
    seen: set[str] = set()
    for home, node in line:
        for statement in node.body:
            if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
                continue
            field = statement.target.id
            if field in seen or field == "model_config":
                continue
            seen.add(field)
            if _is_left_out(statement):
                continue
            if names_secret(field):
                if _is_plain_text(statement.annotation) and _is_secret_here(node, field):
                    return field
            elif depth < _MOST_DEPTH:
                held = home.instances.annotated_class(statement.annotation)
                inner = _secret_field(project, home, held, depth + 1) if held and held != name else None
                if inner is not None:
                    return f"{field}.{inner}"
    return None


def _is_data_class(module: Module, node: ast.ClassDef) -> bool:
    for decorator in node.decorator_list:
        called = uncalled(decorator)
        if module.qualname(called) in _DATACLASSES or module.qualname(called) in _ATTRS:
            return not (
                isinstance(decorator, ast.Call) and any(keyword.arg == "repr" for keyword in decorator.keywords)
            )
    return False


def _decides_itself(module: Module, node: ast.ClassDef) -> bool:
    """Whether a class says itself what its text or its document shows."""
    methods = module.members(node).methods
    return not _OWN_TEXTS.isdisjoint(methods) or any(
        last_name(decorator) in _SERIALIZERS for method in methods.values() for decorator in method.decorator_list
    )


def _is_left_out(statement: ast.AnnAssign) -> bool:
    """Whether a field is kept out of the text or the document: `repr=False`, `exclude=True`."""
    return any(
        isinstance(part, ast.keyword) and part.arg in ("repr", "exclude") for part in ast.walk(statement)
    ) or any(isinstance(part, ast.Name) and part.id in ("ClassVar", "PrivateAttr") for part in ast.walk(statement))


def _is_plain_text(annotation: ast.expr) -> bool:
    if isinstance(annotation, ast.Subscript) and last_name(annotation.value) == "Annotated":
        parts = annotation.slice
        annotation = parts.elts[0] if isinstance(parts, ast.Tuple) and parts.elts else annotation
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return _TEXT.fullmatch(annotation.value) is not None
    return _TEXT.fullmatch(ast.unparse(annotation)) is not None


def _is_secret_here(node: ast.ClassDef, field: str) -> bool:
    """Whether a field holds a secret, also a plain `token`, by what its class is."""
    return names_certain_secret(field) or (words(field) == ("token",) and _GRANTED.search(node.name) is not None)
