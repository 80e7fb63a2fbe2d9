"""Model writes: loops that write one row of Django's after the other, where one call could write all of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.admin_lists import registered_model
from flake8_auditrules.project.class_lines import class_line
from flake8_auditrules.project.definitions import class_named
from flake8_auditrules.project.item_reads import member
from flake8_auditrules.project.lazy_fields import mapped_class
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.django_queries import bare_rows
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import begin_of_chain, last_name, mentions
from flake8_auditrules.semantics.row_loops import depends_on_item, is_for_one_item, is_long, is_over_rows
from flake8_auditrules.semantics.turn_work import is_doing
from flake8_auditrules.semantics.whole_tables import grows

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What writes one row by a manager -> what writes many.
_BY_MANAGER = {
    "create": "bulk_create",
    "get_or_create": "bulk_create(..., ignore_conflicts=True)",
    "update_or_create": "bulk_create(..., update_conflicts=True)",
}
_BY_ROW = {"save": "bulk_update", "delete": "delete"}
# What makes a turn a unit of work, or the last one.
_LEAVING = (ast.Return, ast.Break, ast.Yield, ast.YieldFrom, ast.Try, ast.With, ast.AsyncWith, ast.Await, ast.For)
# Work beside the database, or with other rows, that a turn does.
_WORK = pattern(
    r".*(?:log_(?:addition|change|deletion|action)|message_user|notify|send|publish|emit|signal|call|request|fetch|upload"
    r"|download|sync|process|run|execute|generate|render|import|export|calculate|compute|clean|validate|full_clean|copy"
    r"|clone|duplicate|get_or_create|update_or_create).*"
)
_HARMLESS = pattern(r"log_\w+|logger|append|extend|add|update|setdefault|get|pop")
_SAVING = frozenset({"update_fields", "using"})
# Where rows are made for a test or once.
_ONCE = pattern(
    r"set_?up|seed|fixture|testing|factor(?:y|ies)|demo|sample|script|upgrad|migrat"
    r"|(?:^|/)_?init(?:iali[sz]\w*)?\.py$|random_data|populate|bootstrap|install",
    re.IGNORECASE,
)
_KEYS = frozenset({"id", "pk"})
_NARROWING = frozenset({"all", "exclude", "filter", "iterator", "order_by"})
_COMPARING = pattern(r"__(?:gte?|lte?|in|isnull|range|startswith|i?contains|date)$")
_NOW = frozenset({"now", "today", "utcnow"})
_MODEL = "django.db.models."
_ROW_FILLING = frozenset({"add", "clear", "create", "remove", "set", "update"})
_MOST_LINKS = 12


class ModelWrite(NamedTuple):
    """A write of one row in each turn of a loop, and the method that would write all of them."""

    call: ast.Call
    loop: ast.For
    cure: str


def model_writes(project: Project, module: Module) -> Iterator[ModelWrite]:
    """The one write of each loop that does nothing but make or change rows of Django's."""
    if _ONCE.search(project.relative(module.path)):
        return
    for name, cure in _BY_MANAGER.items():
        for call in module.calls_named(name):
            loop = module.loop_of(call)
            if (
                isinstance(loop, ast.For)
                and depends_on_item(module, call, loop)
                and is_over_rows(module, loop.iter, 0)
            ):
                model = _model_of_manager(call)
                if model is not None and _is_one_of_many(module, call, loop):
                    if name == "create" and bare_rows(module, loop.iter) is None and not grows(last_name(model)):
                        # The parts of a thing that is made: a handful.
                        continue
                    if _is_plain(project, module, model, "save"):
                        yield ModelWrite(call, loop, cure)
    for loop in module.nodes(ast.For):
        written = _write_of_item(loop)
        model = _model_of_rows(module, loop.iter) if written is not None else None
        if written is None or model is None or not _is_one_of_many(module, written, loop):
            continue
        name = last_name(written)
        if name not in _BY_ROW and not _only_saves(project, module, model, name):
            continue
        if name == "delete" and module.statement(written) not in loop.body:
            # Python decides which of them go.
            continue
        if all(one.arg in _SAVING for one in written.keywords):
            if _is_plain(project, module, model, "delete" if name == "delete" else "save"):
                yield ModelWrite(written, loop, _BY_ROW.get(name, "update"))


def _is_one_of_many(module: Module, call: ast.Call, loop: ast.For) -> bool:
    return (
        is_long(module, loop)
        and not _are_of_one(module, loop.iter)
        and not is_for_one_item(module, call, loop)
        and _only_writes(module, call, loop)
    )


def _are_of_one(module: Module, rows: ast.expr) -> bool:
    """Whether a query asks for the rows that belong to one thing: `Copy.objects.filter(book=book)`."""
    for _ in range(_MOST_LINKS):
        if isinstance(rows, ast.Name):
            values = [binding.value for binding in module.bindings(rows)]
            if len(values) != 1 or values[0] is None:
                return False
            rows = values[0]
        elif isinstance(rows, ast.Call) and isinstance(rows.func, ast.Attribute):
            if rows.func.attr == "filter" and any(map(_is_of_one_thing, rows.keywords)):
                return True
            rows = rows.func.value
        else:
            return False
    return False


def _is_of_one_thing(condition: ast.keyword) -> bool:
    """Whether a condition of a query compares a column with a variable."""
    value = condition.value
    is_variable = isinstance(value, (ast.Name, ast.Attribute, ast.Subscript)) and not last_name(value).isupper()
    return is_variable and condition.arg is not None and _COMPARING.search(condition.arg) is None


def _write_of_item(loop: ast.For) -> ast.Call | None:
    """The one call in a loop that writes the row of the turn, or may do so: `book.save()`, `book.close()`."""
    if not isinstance(loop.target, ast.Name):
        return None
    found = [
        part.value
        for part in own_parts(loop.body)
        if isinstance(part, ast.Expr)
        and isinstance(part.value, ast.Call)
        and isinstance(part.value.func, ast.Attribute)
        and isinstance(part.value.func.value, ast.Name)
        and part.value.func.value.id == loop.target.id
        and not part.value.args
    ]
    return found[0] if len(found) == 1 else None


def _model_of_rows(module: Module, rows: ast.expr) -> ast.expr | None:
    """The model of the rows that a loop goes through: by their query, or that of the admin whose action it is."""
    model = bare_rows(module, rows)
    if model is not None:
        return model
    rows = begin_of_chain(rows, _NARROWING)
    function = module.function_of(rows)
    if not isinstance(rows, ast.Name) or not isinstance(function, ast.FunctionDef):
        return None
    holder = module.class_of(function)
    given = [one.arg for one in function.args.args]
    is_action = len(given) == 3 and given[2] == rows.id and holder is not None and len(module.bindings(rows)) == 1
    return registered_model(module, holder) if is_action and holder is not None else None


def _only_saves(project: Project, module: Module, model: ast.expr, name: str) -> bool:
    """Whether a method of a model sets columns of its row to what belongs to no row, and saves it."""
    dotted = module.qualname(model)
    found = mapped_class(project, module, dotted) if dotted is not None else None
    method = member(project, found, name) if found is not None else None
    if method is None:
        return False
    saves = sets = False
    for part in method[0].own_nodes(method[1]):
        if isinstance(part, (ast.For, ast.With, ast.Try, ast.Raise, ast.AugAssign)):
            return False
        if isinstance(part, ast.Assign):
            sets = sets or isinstance(part.targets[0], ast.Attribute)
        if isinstance(part, ast.Call):
            if last_name(part) == "save" and all(one.arg in _SAVING for one in part.keywords):
                saves = True
            elif last_name(part) not in _NOW:
                return False
    return saves and sets


def _model_of_manager(call: ast.Call) -> ast.expr | None:
    """The model whose manager a call is one of: `Book` of `Book.objects.create(...)`."""
    manager = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(manager, ast.Attribute) and manager.attr == "objects" and last_name(manager.value)[:1].isupper():
        return manager.value
    return None


def _is_plain(project: Project, module: Module, model: ast.expr, method: str) -> bool:
    """Whether a model is seen to the end, and none of its classes does more in a method than Django does."""
    name = module.qualname(model)
    found = class_named(project, module, name) if name is not None else None
    if found is None:
        return False
    line = class_line(project, *found)
    if any(isinstance(part, _FUNCTIONS) and part.name == method for _, one in line.classes for part in one.body):
        return False
    return bool(line.other_names()) and all(name.startswith(_MODEL) for name in line.other_names())


def _only_writes(module: Module, call: ast.Call, loop: ast.For) -> bool:
    """Whether the turns of a loop do nothing that has to be done row by row, and one write each."""
    if not isinstance(module.parent(call), ast.Expr) or not _is_run_each_time(module, call, loop):
        return False
    inside = set(ast.walk(call))
    items = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
    for part in own_parts(loop.body):
        if isinstance(part, _LEAVING):
            return False
        if isinstance(part, ast.Attribute) and part.attr in _KEYS and not isinstance(part.ctx, ast.Load):
            # Copies are made of the rows.
            return False
        if isinstance(part, ast.Attribute) and part.attr in _ROW_FILLING and part not in inside:
            if isinstance(part.value, ast.Attribute) and mentions(part.value, items):
                return False
        if isinstance(part, ast.Call) and part not in inside and not _HARMLESS.fullmatch(last_name(part)):
            if is_doing(part) or _WORK.fullmatch(last_name(part)):
                return False
    return True


def _is_run_each_time(module: Module, call: ast.Call, loop: ast.For) -> bool:
    """Whether a write stands in the loop's own block, or behind one test."""
    statement = module.statement(call)
    around = module.parent(statement)
    if around is loop:
        return statement in loop.body
    return isinstance(around, ast.If) and module.parent(around) is loop
