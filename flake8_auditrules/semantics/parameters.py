"""Parameters: the numbers by which a request says how much it wants, and where they go."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import annotated, last_name
from flake8_auditrules.semantics.request_values import is_request, path_parameters
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.secret_names import words
from flake8_auditrules.semantics.sql_texts import limited_by

_AMOUNTS = frozenset(
    {"limit", "size", "count", "hours", "days", "minutes", "weeks", "months", "top", "amount", "n", "k", "rows"}
)
_WHOLE_NAMES = frozenset({"per_page", "page_size", "pagesize", "top_k", "top_n", "num_results", "max_results"})
_MARKERS = frozenset({"fastapi.Query", "fastapi.Path", "fastapi.Body", "fastapi.Form", "pydantic.Field"})
_BOUNDS = frozenset({"le", "lt"})
_SPANS = frozenset({"datetime.timedelta", "dateutil.relativedelta.relativedelta"})
_RANGES = frozenset({"builtins.range", "itertools.islice", "random.sample", "heapq.nlargest", "heapq.nsmallest"})
_TAKING = frozenset({"limit", "fetchmany", "to_list", "batch_size", "most_common", "randbytes", "token_bytes"})
_CAPPING = frozenset({"min", "clamp", "clip", "cap", "bounded"})
# Words of what is sent only when it is cut: a slice of it is a LIMIT.
_QUERYING = frozenset(
    {"filter", "objects", "order", "qs", "query", "queryset", "select", "statement", "stmt", "where"}
)
# Attributes of requests that hold what stands behind the `?` of the URL.
_HOLDERS = frozenset({"GET", "args", "query", "query_params", "values"})
_CHECKING = frozenset({"validate", "check", "verify", "ensure", "assert", "require", "validated", "clamp", "cap"})


class Number(NamedTuple):
    """
    One unbounded number of a route: its name, the parameter or field that declares it, and how the function
    reads it (`limit`, or `body` and `limit` for a field of a request model). `is_optional` tells that who gives
    none gets everything: the default is None. `node` is the assignment for a number that the function itself reads
    from the request.
    """

    name: str
    node: ast.AST
    variable: str
    field: str | None
    is_optional: bool = False


def route_numbers(module: Module, function: FunctionNode) -> Iterator[Number]:
    """The parameters of a route, and the fields of its request models of this module, that have no upper bound."""
    if not is_route(module, function):
        return
    for argument, annotation in annotated(function):
        default = module.names.binding(argument).value
        if _is_amount(argument.arg):
            if _is_whole_number(annotation) and not _is_bounded(module, annotation, default):
                yield Number(argument.arg, argument, argument.arg, None, _is_none(default))
            continue
        model = module.instances.local_class(module.instances.annotated_class(annotation) or "")
        if model is not None and "pydantic.BaseModel" in module.instances.ancestry(module.definition(model)):
            for name, statement in unbounded_fields(module, model):
                yield Number(name, statement, argument.arg, name, _is_none(statement.value))


def handed_models(module: Module, function: FunctionNode) -> Iterator[tuple[ast.arg, str]]:
    """
    The parameters of a route that are models of other modules, each with the class's name, of which the function
    reads a number that says how much is wanted, or which it hands on.
    """
    if not is_route(module, function):
        return
    for argument, annotation in annotated(function):
        uses = (module.parent(name) for name in module.names_in(function).get(argument.arg, ()))
        if any(
            _is_amount(use.attr) if isinstance(use, ast.Attribute) else isinstance(use, (ast.Call, ast.keyword))
            for use in uses
        ):
            held = module.instances.annotated_class(annotation)
            if held and module.instances.local_class(held) is None:
                if "pydantic.BaseModel" in module.instances.ancestry(held):
                    yield argument, held


def unbounded_fields(module: Module, model: ast.ClassDef) -> Iterator[tuple[str, ast.AnnAssign]]:
    """The fields of a model that say how much is wanted, without an upper bound."""
    checked: set[str] | None = None
    for statement in model.body:
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        name = statement.target.id
        if not _is_amount(name) or not _is_whole_number(statement.annotation):
            continue
        if checked is None:
            checked = checked_fields(module, model)
        if name not in checked and "*" not in checked:
            if not _is_bounded(module, statement.annotation, statement.value):
                yield name, statement


def model_number(field: str, statement: ast.AnnAssign, argument: ast.arg) -> Number:
    """The number that a route gets as a field of a model that another module declares."""
    return Number(f"{argument.arg}.{field}", argument, argument.arg, field, _is_none(statement.value))


def path_numbers(module: Module, function: FunctionNode) -> Iterator[Number]:
    """The parameters of a Flask route by which its path says how many: `/rows/<int:limit>`, `/rows/<limit>`."""
    if not is_route(module, function):
        return
    numbers = {
        name for name, converter in path_parameters(module, function).items() if converter in ("", "int", "string")
    }
    for argument in (*function.args.posonlyargs, *function.args.args) if numbers else ():
        if argument.arg in numbers and _is_amount(argument.arg):
            yield Number(argument.arg, argument, argument.arg, None)


def read_numbers(module: Module, function: FunctionNode) -> list[Number]:
    """The numbers that a function reads from a request and keeps: `limit = int(request.args.get("limit", 10))`."""
    return module.keep("numbers read from requests", _find_read_numbers).get(function, [])


def _find_read_numbers(module: Module) -> dict[ast.AST, list[Number]]:
    found: dict[ast.AST, list[Number]] = {}
    for call in module.calls_named("get"):
        holder = call.func.value if isinstance(call.func, ast.Attribute) else None
        name = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
        if not isinstance(holder, ast.Attribute) or holder.attr not in _HOLDERS or not isinstance(name, str):
            continue
        if not _is_amount(name) or not is_request(module, holder.value):
            continue
        statement = _whole_number_of(module, call) or _made_whole_later(module, call)
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        if isinstance(statement, ast.AnnAssign):
            target = statement.target
        function = module.function_of(call)
        if statement is not None and isinstance(target, ast.Name) and function is not None:
            default = call.args[1] if len(call.args) > 1 else module.argument(call, "default")
            found.setdefault(function, []).append(
                Number(name, statement, target.id, None, default is None or _is_none(default))
            )
    return found


def _whole_number_of(module: Module, call: ast.Call) -> ast.stmt | None:
    """The assignment of a text of the request as a whole number and as it is; None where it is anything else."""
    kind = module.argument(call, "type", 2)
    is_whole = kind is not None and module.qualname(kind) == "builtins.int"
    value: ast.expr = call
    while True:
        parent = module.parent(value)
        if isinstance(parent, ast.Call) and parent.args[:1] == [value]:
            if module.qualname(parent.func) != "builtins.int":
                return None
            is_whole = True
        elif not isinstance(parent, ast.BoolOp):
            break
        value = parent
    return parent if is_whole and isinstance(parent, (ast.Assign, ast.AnnAssign)) else None


def _made_whole_later(module: Module, call: ast.Call) -> ast.stmt | None:
    """The assignment `days = int(asked)` of a text that another one keeps: `asked = request.args.get("days")`."""
    kept = module.parent(call)
    target = kept.targets[0] if isinstance(kept, ast.Assign) else None
    function = module.function_of(call)
    if not isinstance(target, ast.Name) or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    if len(module.bindings(target)) != 1:
        return None
    for use in module.names_in(function).get(target.id, ()):
        whole = module.parent(use)
        if isinstance(whole, ast.Call) and whole.args == [use] and module.qualname(whole.func) == "builtins.int":
            statement = module.parent(whole)
            if isinstance(statement, ast.IfExp) and statement.body is whole:
                statement = module.parent(statement)
            if isinstance(statement, ast.Assign):
                return statement
    return None


def _is_none(default: ast.expr | None) -> bool:
    """Whether a default is None, also as that of a `Query`."""
    if isinstance(default, ast.Call):
        default = default.args[0] if default.args else None
    return isinstance(default, ast.Constant) and default.value is None


def checked_fields(module: Module, model: ast.ClassDef) -> set[str]:
    """The fields that a validator of the model looks at; "*" where one looks at all of them."""
    deciding = [
        decorator for method in module.members(model).methods.values() for decorator in method.decorator_list
    ]
    # `_is_date = field_validator("day")(check)`: a decorator that is called by hand.
    deciding += [
        statement.value.func
        for statement in model.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call)
    ]
    made = {"__init__", "model_post_init", "__post_init__"}
    found: set[str] = set() if made.isdisjoint(module.members(model).methods) else {"*"}
    for decorator in deciding:
        last = last_name(decorator)
        if last in ("model_validator", "root_validator"):
            found.add("*")
        elif last in ("field_validator", "validator") and isinstance(decorator, ast.Call):
            found |= {str(one.value) for one in decorator.args if isinstance(one, ast.Constant)}
    return found


def _is_amount(name: str) -> bool:
    parts = words(name)
    return bool(parts) and (name in _WHOLE_NAMES or parts[-1] in _AMOUNTS or parts[-2:] == ("per", "page"))


def _is_whole_number(annotation: ast.expr) -> bool:
    """Whether an annotation is `int`, optional or `Annotated` as may be."""
    if isinstance(annotation, ast.Name):
        return annotation.id == "int"
    if isinstance(annotation, ast.BinOp):
        return _is_whole_number(annotation.left) or _is_whole_number(annotation.right)
    if isinstance(annotation, ast.Subscript):
        outer = (
            annotation.value.attr
            if isinstance(annotation.value, ast.Attribute)
            else getattr(annotation.value, "id", "")
        )
        inner = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        return outer in ("Optional", "Annotated") and _is_whole_number(inner[0])
    return False


def _is_bounded(module: Module, annotation: ast.expr, default: ast.expr | None) -> bool:
    """Whether the declaration has an upper bound, or something in it that may have one."""
    for part in (annotation, default):
        if part is None:
            continue
        for node in ast.walk(part):
            if isinstance(node, ast.Call):
                callee = module.callee(node)
                if callee not in _MARKERS:
                    # `conint(le=5)`, a dependency, or an annotation of another library.
                    return True
                if any(keyword.arg is None or keyword.arg in _BOUNDS for keyword in node.keywords):
                    return True
            elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) and part is annotation:
                # `Annotated[int, SIZE]`: what the name holds may have one.
                if any(isinstance(one, (ast.Name, ast.Attribute)) for one in node.slice.elts[1:]):
                    return True
    return isinstance(default, (ast.Name, ast.Attribute)) and not module.text(default).isupper()


def is_bounded_in(module: Module, function: FunctionNode, number: Number) -> bool:
    """Whether the function compares the number with a bound, caps it, or sets its variable anew."""
    for use in _uses(module, function, number):
        if _is_looked_at(module, use) or isinstance(getattr(use, "ctx", None), ast.Store):
            return True
    if number.field is not None and _is_model_checked(module, function, number):
        return True
    return number.field is None and any(
        isinstance(node, ast.Name)
        and node.id == number.variable
        and isinstance(node.ctx, ast.Store)
        and not _is_read_there(module, node, number)
        for node in module.own_nodes(function)
    )


def _is_model_checked(module: Module, function: FunctionNode, number: Number) -> bool:
    """Whether the model that holds a number is handed to something that by its name checks it."""
    for name in module.names_in(function).get(number.variable, ()):
        holder = module.parent(name)
        call = module.parent(holder) if isinstance(holder, ast.keyword) else holder
        if isinstance(call, ast.Call) and call.func is not name:
            if not _CHECKING.isdisjoint(words(last_name(call))):
                return True
    return False


def _is_read_there(module: Module, target: ast.Name, number: Number) -> bool:
    """Whether a variable is set to the number as the function reads it, or to a constant where that fails."""
    statement = module.parent(target)
    if statement is number.node:
        return True
    if not isinstance(statement, ast.Assign):
        return False
    value = statement.value
    if isinstance(value, ast.Call) and module.qualname(value.func) == "builtins.max":
        # `page = max(page, 1)`
        return all(isinstance(one, ast.Constant) or _is_asking(module, one, number) for one in value.args)
    if not isinstance(value, (ast.Constant, ast.UnaryOp)):
        return False
    test = module.parent(statement)
    return isinstance(number.node, ast.stmt) or (
        isinstance(test, ast.If) and isinstance(test.test, ast.Compare) and _is_lowest(module, test.test)
    )


def _is_asking(module: Module, value: ast.expr, number: Number) -> bool:
    return isinstance(value, (ast.Name, ast.Attribute)) and _is_use(value, number)


def _is_lowest(module: Module, comparison: ast.Compare) -> bool:
    """Whether a comparison only sorts out what is too small: `if page < 1: page = 1`."""
    branch = module.parent(comparison)
    least = comparison.comparators[0]
    return (
        len(comparison.ops) == 1
        and isinstance(comparison.ops[0], (ast.Lt, ast.LtE))
        and isinstance(least, ast.Constant)
        and least.value in (0, 1)
        and isinstance(branch, ast.If)
        and branch.test is comparison
        and not branch.orelse
        and isinstance(branch.body[-1], (ast.Assign, ast.Raise, ast.Return))
    )


def sink_in(module: Module, function: FunctionNode, number: Number) -> ast.expr | None:
    """The expression of the function in which the number decides how much is done; None where there is none."""
    for use in _uses(module, function, number):
        sink = _sink(module, use)
        if sink is not None and not (isinstance(sink, ast.Subscript) and _is_of_all(module, sink, number)):
            return sink
    return None


def is_span(module: Module, sink: ast.expr | None) -> bool:
    """Whether what a number sizes is a length of time."""
    return isinstance(sink, ast.Call) and module.callee(sink) in _SPANS


def _is_of_all(module: Module, sink: ast.Subscript, number: Number) -> bool:
    """Whether a slice is one of a list that is there as a whole, however much is asked for: of no query."""
    pending: list[ast.expr] = [sink.value]
    seen: set[str] = set()
    while pending:
        part = pending.pop()
        # What a plain function of the project answers when it is awaited is no query any more.
        answered = isinstance(part, ast.Await) and isinstance(part.value, ast.Call)
        if answered and isinstance(part.value.func, ast.Name):  # type: ignore[attr-defined]
            return not _mentions(part, number)
        if not _QUERYING.isdisjoint(words(last_name(part))):
            return False
        if isinstance(part, ast.Call):
            if any(_mentions(argument, number) for argument in (*part.args, *part.keywords)):
                return False
            pending.append(part.func)
        elif isinstance(part, (ast.Attribute, ast.Await, ast.Subscript)):
            pending.append(part.value)
        elif isinstance(part, ast.Name) and part.id not in seen:
            seen.add(part.id)
            if _is_filled_by(module, part, number):
                return False
            pending.extend(binding.value for binding in module.bindings(part) if binding.value is not None)
    return True


def _is_filled_by(module: Module, name: ast.Name, number: Number) -> bool:
    """Whether a method of a list is given what the number has a part in: `rows.extend(read(limit))`."""
    function = module.function_of(name)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    for use in module.names_in(function).get(name.id, ()):
        method = module.parent(use)
        call = module.parent(method) if isinstance(method, ast.Attribute) else None
        if isinstance(call, ast.Call) and call.func is method and any(_mentions(one, number) for one in call.args):
            return True
    return False


def _mentions(node: ast.AST, number: Number) -> bool:
    return any(isinstance(part, (ast.Name, ast.Attribute)) and _is_use(part, number) for part in ast.walk(node))


class HandedOn(NamedTuple):
    """
    A call that is given a number, by keyword or 0-based position; `field` is the number's name in what is given as
    a whole, the model that holds it.
    """

    call: ast.Call
    keyword: str | None
    position: int
    field: str | None


def handed_on(module: Module, function: FunctionNode, number: Number) -> Iterator[HandedOn]:
    """The calls that are given the number as it is, or the model that holds it."""
    for use in _uses(module, function, number):
        yield from _handed_to(module, use, None)
    if number.field is not None:
        for name in module.names_in(function).get(number.variable, ()):
            yield from _handed_to(module, name, number.field)


def _handed_to(module: Module, use: ast.expr, field: str | None) -> Iterator[HandedOn]:
    parent = module.parent(use)
    if isinstance(parent, ast.keyword) and parent.arg is not None:
        call = module.parent(parent)
        if isinstance(call, ast.Call):
            yield HandedOn(call, parent.arg, 0, field)
    elif isinstance(parent, ast.Call) and use in parent.args:
        position = parent.args.index(use)
        if not any(isinstance(argument, ast.Starred) for argument in parent.args[:position]):
            yield HandedOn(parent, None, position, field)


def made_of(module: Module, function: FunctionNode, number: Number) -> Iterator[Number]:
    """The variables that a function computes of the number: `start = (page - 1) * size`, `count = int(limit)`."""
    for use in _uses(module, function, number):
        value: ast.expr = use
        while True:
            parent = module.parent(value)
            if isinstance(parent, ast.BinOp):
                is_less = isinstance(parent.op, ast.Sub) and parent.right is value
                if is_less or not isinstance(parent.op, (ast.Add, ast.Sub, ast.Mult)):
                    break
            elif not (
                isinstance(parent, ast.Call)
                and value in parent.args
                and module.qualname(parent.func) in ("builtins.int", "builtins.max")
            ):
                break
            value = parent
        target = parent.targets[0] if isinstance(parent, ast.Assign) else None
        if value is not use and isinstance(target, ast.Name) and len(module.bindings(target)) == 1:
            assert isinstance(parent, ast.stmt)
            yield number._replace(node=parent, variable=target.id, field=None)


def _uses(module: Module, function: FunctionNode, number: Number) -> list[ast.expr]:
    """The places that read the number, also in the functions and lambdas that are nested in the function."""
    found: list[ast.expr] = []
    for name in module.names_in(function).get(number.variable, ()):
        node: ast.AST | None = name if number.field is None else module.parent(name)
        if not isinstance(node, (ast.Name, ast.Attribute)) or not _is_use(node, number):
            continue
        if module.function_of(name) is not function and not _is_of(module, name, function):
            continue
        found.append(node)
    return found


def _is_of(module: Module, name: ast.Name, function: FunctionNode) -> bool:
    """Whether a name in a nested function is the variable of the function around it."""
    owner = module.owner_of(name)
    return owner is not None and owner.node is function


def _is_use(node: ast.Name | ast.Attribute, number: Number) -> bool:
    if number.field is None:
        return isinstance(node, ast.Name) and node.id == number.variable and isinstance(node.ctx, ast.Load)
    return (
        isinstance(node, ast.Attribute)
        and node.attr == number.field
        and isinstance(node.value, ast.Name)
        and node.value.id == number.variable
    )


def _is_looked_at(module: Module, use: ast.AST) -> bool:
    """Whether a use compares the number with a bound or with known ones, caps it, or hands it to a check."""
    for ancestor in module.ancestors(use):
        if isinstance(ancestor, ast.Compare):
            is_member = use is ancestor.left and isinstance(ancestor.ops[0], (ast.In, ast.NotIn))
            if use is ancestor.left and _is_lowest(module, ancestor):
                return False
            if not is_member and not _decides(module, ancestor):
                return False
            return is_member or any(isinstance(one, (ast.Gt, ast.GtE, ast.Lt, ast.LtE)) for one in ancestor.ops)
        if isinstance(ancestor, ast.Call):
            called = last_name(ancestor)
            if called.lower() in _CAPPING or not _CHECKING.isdisjoint(words(called)):
                return True
        if isinstance(ancestor, ast.stmt):
            return False
    return False


def _decides(module: Module, comparison: ast.Compare) -> bool:
    """Whether something is done or not by a comparison; `"has_more": offset + limit < total` is only told."""
    child: ast.AST = comparison
    for ancestor in module.ancestors(comparison):
        if isinstance(ancestor, (ast.If, ast.While, ast.IfExp, ast.Assert, ast.comprehension)):
            return child is not getattr(ancestor, "target", None)
        if isinstance(ancestor, (ast.keyword, ast.Dict)):
            return False
        if isinstance(ancestor, ast.stmt):
            return not isinstance(ancestor, (ast.Assign, ast.AnnAssign)) or not isinstance(
                ancestor.value, ast.Compare
            )
        child = ancestor
    return False


def _is_piece(module: Module, bounds: ast.Slice) -> bool:
    """Whether a slice is `rows[i : i + size]`, with i from a loop: one piece after the other of what is there."""
    first = bounds.lower
    return isinstance(first, ast.Name) and any(
        binding.kind is BindingKind.LOOP for binding in module.bindings(first)
    )


def _sink(module: Module, use: ast.AST) -> ast.expr | None:
    """What a use of the number sizes: the nearest slice, range, span or limit around it."""
    child = use
    for ancestor in module.ancestors(use):
        if isinstance(ancestor, ast.Slice):
            if child is not ancestor.upper or _is_piece(module, ancestor):
                return None
            holder = module.parent(ancestor)
            return holder if isinstance(holder, ast.Subscript) else None
        if isinstance(ancestor, ast.Call):
            callee = module.callee(ancestor)
            if child is ancestor.func:
                return None
            if callee in _SPANS or callee in _RANGES:
                is_step = callee == "builtins.range" and len(ancestor.args) > 2 and child is ancestor.args[2]
                return None if is_step or _ends_with_data(module, ancestor) else ancestor
            if isinstance(ancestor.func, ast.Attribute) and ancestor.func.attr in _TAKING:
                is_given = child in ancestor.args or (isinstance(child, ast.keyword) and child.arg == "length")
                return ancestor if is_given else None
            if _takes_page(module, ancestor):
                return ancestor if child in ancestor.args[1:2] else None
            if callee not in ("builtins.int", "builtins.max"):
                return limited_by(module, child) if isinstance(child, ast.expr) else None
        elif isinstance(ancestor, (ast.Tuple, ast.List, ast.Dict, ast.FormattedValue)):
            return limited_by(module, child) if isinstance(child, ast.expr) else None
        elif not isinstance(ancestor, (ast.BinOp, ast.keyword, ast.BoolOp, ast.IfExp)):
            return None
        child = ancestor
    return None


def _ends_with_data(module: Module, taken: ast.Call) -> bool:
    """Whether a loop leaves as soon as there is nothing more: `if not line: break`, `if line is None: break`."""
    loop = module.parent(taken)
    return (
        isinstance(loop, ast.For)
        and loop.iter is taken
        and any(
            isinstance(statement, ast.If)
            and _asks_whether_missing(statement.test)
            and isinstance(statement.body[-1], ast.Break)
            for statement in loop.body
        )
    )


def _asks_whether_missing(test: ast.expr) -> bool:
    return isinstance(test, ast.UnaryOp) or (isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is))


def _takes_page(module: Module, call: ast.Call) -> bool:
    """
    Whether a call is Flask-SQLAlchemy's `paginate(page, per_page)` without a largest page.

    Since version 3 it takes its arguments by name alone and caps the page at 100 rows itself.
    """
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr == "paginate"
        and len(call.args) in (2, 3)
        and module.imports("flask", "quart")
        and not any(keyword.arg in ("max_per_page", None) for keyword in call.keywords)
    )
