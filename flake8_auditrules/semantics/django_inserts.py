"""Django's inserts: rows that are created because a query of the same function did not find them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.django_rows import locks_rows
from flake8_auditrules.semantics.flow import dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import last_assigned
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_MISSING = frozenset({"DoesNotExist", "ObjectDoesNotExist", "Http404"})
_LAST = frozenset({"first", "last", "latest"})
# Columns that tell rows from one another by their number.
NUMBERING = pattern(r"(?:\w+_)?(?:number|version|revision|seq|sequence|serial)(?:_number)?")
# What holds the values that a client sent, each under its name.
_GIVEN_BY_CLIENTS = frozenset(
    {"GET", "POST", "cleaned_data", "data", "query_params", "validated_data", "payload", "body", "params"}
)
# Where the name of a dict is kept that a new row is given whole.
_WHOLE = "**"
_ENDING = (ast.Return, ast.Raise, ast.Continue)
_FINDING = frozenset({"exists", "first", "last", "count", "get"})


def check_before(module: Module, function: FunctionNode, create: ast.Call) -> ast.expr | None:
    """
    The query that decides that `Book.objects.create(...)` runs: no row with what the new one gets was there.

    All that the query asks for is given to the new row; the create stands where the query found nothing. The first
    `save()` of a row that the function has made with `Book(...)` creates it as well.
    """
    made = _created(module, create) or _saved(module, create)
    if made is None:
        return None
    model, given = made
    for query in _checks(module, function, model, create):
        asked = _conditions(query)
        if asked and all(_gives(given, column, value) for column, value in asked.items()):
            if not all(_is_fixed(module, value) for value in asked.values()) and _decides(
                module, function, query, create
            ):
                return query
    return None


def number_before(module: Module, function: FunctionNode, create: ast.Call) -> ast.expr | None:
    """
    Where the highest number so far is read after which `Revision.objects.create(number=last.number + 1)` counts.

    None where the function locks rows or the number is no name of a row: a place in an order may be there twice.
    """
    made = _created(module, create)
    if made is None or locks_rows(module, function):
        return None
    for given in create.keywords:
        if given.arg is None or not NUMBERING.fullmatch(given.arg):
            continue
        for counted in _values(module, given.value):
            if isinstance(counted, ast.BinOp) and isinstance(counted.op, ast.Add) and _is_one(counted.right):
                found = _highest(module, given.arg, counted.left)
                if found is not None:
                    return found
    return None


def _is_one(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value == 1


def _values(module: Module, value: ast.expr) -> Iterator[ast.expr]:
    """The values that an expression may have: the branches of `a if b else c`, what a name was last assigned."""
    if isinstance(value, ast.Name):
        for _, one in last_assigned(module, value):
            yield from (one.body, one.orelse) if isinstance(one, ast.IfExp) else (one,)
    elif isinstance(value, ast.IfExp):
        yield from (value.body, value.orelse)
    else:
        yield value


def _highest(module: Module, column: str, read: ast.expr) -> ast.expr | None:
    """The query that gives the last row, or the highest number, of which an expression is the number."""
    if isinstance(read, ast.BoolOp):
        read = read.values[0]
    if isinstance(read, ast.Attribute):
        if read.attr != column or not isinstance(read.value, ast.Name):
            return None
        values = [value for _, value in last_assigned(module, read.value)]
    elif isinstance(read, ast.Name):
        values = list(_values(module, read))
    else:
        values = [read]
    for value in values:
        one = value.values[0] if isinstance(value, ast.BoolOp) else value
        for part in ast.walk(one):
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
                is_last = isinstance(read, ast.Attribute) and part.func.attr in _LAST
                if is_last or (part.func.attr == "aggregate" and _names_highest(part, column)):
                    return one
    return None


def _names_highest(aggregate: ast.Call, column: str) -> bool:
    """Whether an aggregate is `Max("number")`."""
    return any(
        isinstance(part, ast.Call)
        and last_name(part) == "Max"
        and bool(part.args)
        and isinstance(part.args[0], ast.Constant)
        and part.args[0].value == column
        for part in ast.walk(aggregate)
    )


def _created(module: Module, create: ast.Call) -> tuple[str, dict[str, str]] | None:
    """The model of `Book.objects.create(...)` as it is written, and the dump of what each field gets."""
    manager = create.func.value if isinstance(create.func, ast.Attribute) else None
    if not isinstance(manager, ast.Attribute) or manager.attr != "objects" or create.args:
        return None
    model = dotted(manager.value)
    if model is None or not model.rpartition(".")[2][:1].isupper():
        return None
    return model, _given(module, create)


def _saved(module: Module, save: ast.Call) -> tuple[str, dict[str, str]] | None:
    """The model of `book.save()`, made with `book = Book(...)`, and the dump of what each field gets."""
    row = save.func.value if isinstance(save.func, ast.Attribute) and save.func.attr == "save" else None
    values = [value for _, value in last_assigned(module, row)] if isinstance(row, ast.Name) else []
    made = values[0] if len(values) == 1 else row
    if not isinstance(made, ast.Call) or made.args or not made.keywords:
        return None
    model = dotted(made.func)
    if model is None or not model.rpartition(".")[2][:1].isupper():
        return None
    return model, _given(module, made)


def _given(module: Module, made: ast.Call) -> dict[str, str]:
    """The dump of what each field of a new row gets by name; of a dict that is handed over whole, its name."""
    found: dict[str, str] = {}
    for one in made.keywords:
        if one.arg is not None:
            found[one.arg] = ast.dump(one.value)
        elif isinstance(one.value, ast.Name):
            found[_WHOLE] = one.value.id
            for _, value in last_assigned(module, one.value):
                if isinstance(value, ast.Dict):
                    for key, held in zip(value.keys, value.values, strict=True):
                        if isinstance(key, ast.Constant) and isinstance(key.value, str):
                            found.setdefault(key.value, ast.dump(held))
    return found


def _gives(given: dict[str, str], column: str, value: ast.expr) -> bool:
    """Whether a new row gets a value for a column, be it with a dict that has it: `validated_data["email"]`."""
    if column in given:
        return given[column] == ast.dump(value)
    key: ast.expr | None = value.slice if isinstance(value, ast.Subscript) else None
    source = value.value if isinstance(value, ast.Subscript) else None
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "get":
        key, source = (value.args[0] if value.args else None), value.func.value
    return (
        isinstance(source, ast.Name)
        and given.get(_WHOLE) == source.id
        and isinstance(key, ast.Constant)
        and key.value == column
    )


def _checks(module: Module, function: FunctionNode, model: str, create: ast.Call) -> Iterator[ast.Call]:
    """The calls before the create that ask, by `filter(...)` or `get(...)`, for rows of the model."""
    for call in module.calls_named("filter", "get"):
        manager = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(manager, ast.Attribute) and manager.attr == "objects" and dotted(manager.value) == model:
            if call.lineno < create.lineno and module.function_of(call) is function:
                yield call


def _conditions(query: ast.Call) -> dict[str, ast.expr]:
    """What a query compares for equality, by column; nothing where it asks for anything else too."""
    found: dict[str, ast.expr] = {}
    for keyword in query.keywords:
        column = (keyword.arg or "__").removesuffix("__exact")
        if "__" in column:
            return {}
        found[column] = keyword.value
    return {} if query.args else found


def _is_fixed(module: Module, value: ast.expr) -> bool:
    """Whether a value is always the same, or one of a few by name: whoever comes first makes its row."""
    if isinstance(value, ast.Constant) or (dotted(value) or "").rpartition(".")[2].isupper():
        return True
    values = [binding.value for binding in module.bindings(value)] if isinstance(value, ast.Name) else []
    return bool(values) and all(
        isinstance(one, ast.Subscript)
        and isinstance(one.slice, ast.Constant)
        and last_name(one.value) not in _GIVEN_BY_CLIENTS
        for one in values
    )


def _decides(module: Module, function: FunctionNode, query: ast.Call, create: ast.Call) -> bool:
    """Whether the create runs only where the query finds nothing."""
    asked = _asked(module, query)
    if asked is query:
        return _is_missed(module, query, create)
    parent = module.parent(asked)
    if not isinstance(parent, ast.Assign) or not isinstance(parent.targets[0], ast.Name):
        return _tells(module, asked, create)
    name = parent.targets[0]
    queries = [
        one for one in module.bindings(name) if one.kind is BindingKind.ASSIGNMENT and one.value is not asked
    ]
    if any(one.value is not create and _saved_from(module, one.value, create) is None for one in queries):
        return False
    uses = module.names_in(function).get(name.id, ())
    return any(
        isinstance(use.ctx, ast.Load) and use.lineno <= create.lineno and _tells(module, use, create)
        for use in uses
    )


def _saved_from(module: Module, made: ast.expr | None, save: ast.Call) -> ast.expr | None:
    """The call that makes the row that is saved, if it is this one."""
    row = save.func.value if isinstance(save.func, ast.Attribute) else None
    values = [value for _, value in last_assigned(module, row)] if isinstance(row, ast.Name) else [row]
    return made if len(values) == 1 and values[0] is made else None


def _asked(module: Module, query: ast.Call) -> ast.expr:
    """The whole question: `Book.objects.filter(...)` with `.exists()`, `.first()` or `.count()` behind it."""
    current: ast.expr = query
    while True:
        link = module.parent(current)
        call = module.parent(link) if isinstance(link, ast.Attribute) and link.value is current else None
        if not isinstance(call, ast.Call) or call.func is not link or not isinstance(link, ast.Attribute):
            return current
        current = call
        if link.attr in _FINDING:
            return current


def _is_missed(module: Module, query: ast.Call, create: ast.Call) -> bool:
    """Whether the create stands in the handler for the row that `get(...)` does not find."""
    if not isinstance(query.func, ast.Attribute) or query.func.attr != "get":
        return False
    for around in module.ancestors(create):
        if isinstance(around, ast.ExceptHandler):
            block = module.parent(around)
            kinds = around.type.elts if isinstance(around.type, ast.Tuple) else [around.type]
            names = [(dotted(kind) or "").rpartition(".")[2] for kind in kinds if kind is not None]
            return (
                isinstance(block, ast.Try)
                and any(name in _MISSING for name in names)
                and any(part in block.body for part in module.ancestors(query))
            )
    return False


def _tells(module: Module, answer: ast.expr, create: ast.Call) -> bool:
    """Whether an answer, or the name that holds it, is tested, and the create runs where it says: nothing."""
    test: ast.expr = answer
    found = True
    parent = module.parent(test)
    if isinstance(parent, ast.Compare) and parent.left is test and len(parent.ops) == 1:
        bound = parent.comparators[0]
        operator = parent.ops[0]
        if not isinstance(bound, ast.Constant) or bound.value not in (None, 0):
            return False
        if isinstance(operator, (ast.Is, ast.Eq)):
            found = False
        elif not isinstance(operator, (ast.IsNot, ast.NotEq, ast.Gt)):
            return False
        test, parent = parent, module.parent(parent)
    if isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not):
        test, found = parent, not found
        parent = module.parent(parent)
    if not isinstance(parent, ast.If) or parent.test is not test:
        return False
    around = [id(one) for one in module.ancestors(create)]
    nothing, something = (parent.orelse, parent.body) if found else (parent.body, parent.orelse)
    if any(id(statement) in around for statement in nothing):
        return True
    if any(id(statement) in around for statement in something):
        return False
    ends = bool(something) and isinstance(something[-1], _ENDING)
    return ends and (parent.end_lineno or 0) < create.lineno and id(module.parent(parent)) in around
