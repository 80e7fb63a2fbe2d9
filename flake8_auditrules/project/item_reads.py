"""Item reads: what the turns of a loop read of a row, themselves or through a function, a method or a schema."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator

from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.definitions import class_named, definition_of
from flake8_auditrules.project.lazy_fields import MappedClass, mapped_class
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.row_loops import reads_of
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Methods of schemas that read each of their fields from the object that they are given.
_VALIDATING = frozenset({"from_orm", "model_validate"})
# Methods that write rows, or send something.
_WRITING = frozenset(
    {
        "add",
        "commit",
        "delete",
        "execute",
        "expunge",
        "flush",
        "merge",
        "post",
        "publish",
        "refresh",
        "save",
        "send",
    }
)
_MAXIMUM_HOPS = 3


class ItemRead(NamedTuple):
    """
    A read of a field of a loop's item: its place in the loop, the field, and where it is read.

    `module` and `read` are the place of the read itself, `read` None for a schema's field.
    """

    place: ast.expr
    field: str
    module: Module
    read: ast.Attribute | None
    chain: str
    link: Link | None


def reads_for_item(
    project: Project,
    module: Module,
    item: str,
    parts: Iterable[ast.AST],
    fields: Collection[str],
    model: MappedClass,
) -> Iterator[ItemRead]:
    """The reads of some fields of a loop's item that one of these nodes makes, in each call of what it calls."""
    for part in parts:
        if isinstance(part, ast.Attribute) and part.attr in fields and _is_item(part.value, item):
            yield ItemRead(part, part.attr, module, part, "", None)
        elif isinstance(part, ast.Call):
            for home, name, read, field, line in _reads_behind(project, module, part, item, fields, model):
                link = Link(project.relative(home.path), line, home.text(read) if read is not None else field)
                chain = f" ({name} -> {link.text}, {link.path}:{link.line})"
                yield ItemRead(part, field, home, read, chain, link)


_Behind = tuple[Module, str, ast.Attribute | None, str, int]


def _reads_behind(
    project: Project, module: Module, call: ast.Call, item: str, fields: Collection[str], model: MappedClass
) -> Iterator[_Behind]:
    if isinstance(call.func, ast.Attribute) and _is_item(call.func.value, item):
        found = member(project, model, call.func.attr)
        if found is not None:
            yield from _reads_in(*found, "self", fields)
        return
    if not any(_is_item(one, item) for one in (*call.args, *(keyword.value for keyword in call.keywords))):
        return
    definition = definition_of(project, module, call)
    if definition is None and last_name(call) in _VALIDATING and isinstance(call.func, ast.Attribute):
        for home, name, field, line in fields_of(project, module, call.func.value, fields):
            yield home, name, None, field, line
    if definition is None or isinstance(definition.function, ast.AsyncFunctionDef):
        return
    names = definition.module.instances.positional_parameters(definition.function)
    for name, given in zip(names, call.args, strict=False):
        if _is_item(given, item):
            yield from _reads_in(definition.module, definition.function, name, fields)
    for keyword in call.keywords:
        if keyword.arg is not None and _is_item(keyword.value, item):
            yield from _reads_in(definition.module, definition.function, keyword.arg, fields)


def _is_item(expression: ast.expr, item: str) -> bool:
    return isinstance(expression, ast.Name) and expression.id == item


def _reads_in(module: Module, function: FunctionNode, row: str, fields: Collection[str]) -> Iterator[_Behind]:
    if _changes(module, function, row):
        return
    for read in always_read(module, function, row, fields):
        yield module, function.name, read, read.attr, read.lineno


def _changes(module: Module, function: FunctionNode, row: str) -> bool:
    """Whether a function does something with a row beside reading it: each call is a unit of work then."""
    for part in module.own_nodes(function):
        if isinstance(part, ast.Attribute):
            if part.attr in _WRITING or (not isinstance(part.ctx, ast.Load) and _is_item(part.value, row)):
                return True
        elif isinstance(part, (ast.With, ast.AsyncWith)):
            return True
    return False


def always_read(
    module: Module, function: FunctionNode, row: str, fields: Collection[str]
) -> Iterator[ast.Attribute]:
    """The reads of some fields of a parameter that each call of a function comes by, tests for them aside."""
    for read in reads_of(module.own_nodes(function), row, fields):
        if not is_in_branch(module, function, read):
            yield read


def is_in_branch(module: Module, function: FunctionNode, read: ast.Attribute) -> bool:
    """Whether a function reads something only in some cases, others than that there is anything to read."""
    child: ast.AST = read
    for around in module.ancestors(read):
        if around is function:
            return False
        if isinstance(around, (ast.If, ast.IfExp)) and child is not around.test:
            if not any(
                isinstance(part, ast.Attribute) and read.attr in part.attr for part in ast.walk(around.test)
            ):
                return True
        if isinstance(around, ast.BoolOp) and child is not around.values[0]:
            if not any(isinstance(part, ast.Attribute) and read.attr in part.attr for part in around.values[:1]):
                return True
        if isinstance(around, (ast.For, ast.AsyncFor)) and child is not around.iter:
            return True
        if isinstance(around, (ast.ExceptHandler, ast.Lambda, ast.FunctionDef)):
            return True
        child = around
    return False


def member(project: Project, model: MappedClass, name: str) -> tuple[Module, FunctionNode] | None:
    """A method or property of a model, or of the nearest of its bases in the project that has it."""
    pending = [(model, 0)]
    while pending:
        (module, node), hops = pending.pop(0)
        for part in node.body:
            if isinstance(part, _FUNCTIONS) and part.name == name:
                return module, part
        for base in node.bases:
            dotted = module.qualname(base)
            found = mapped_class(project, module, dotted) if dotted is not None and hops < _MAXIMUM_HOPS else None
            if found is not None:
                pending.append((found, hops + 1))
    return None


def fields_of(
    project: Project, module: Module, schema: ast.expr, fields: Collection[str]
) -> Iterator[tuple[Module, str, str, int]]:
    """The fields of these names that a schema of the project has: its module, the class, the field, its line."""
    name = module.qualname(schema)
    first = class_named(project, module, name) if name is not None else None
    for home, holder in class_line(project, *first).classes if first is not None else ():
        for part in holder.body:
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name) and part.target.id in fields:
                yield home, holder.name, part.target.id, part.lineno
