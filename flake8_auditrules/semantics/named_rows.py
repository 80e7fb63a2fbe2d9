"""Named rows: what a route looks up by what the request names, and takes for granted that it is there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import loggers
from flake8_auditrules.knowledge.conversions import CONVERSIONS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.branches import are_alternative
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.queries import (
    DOCUMENT_ASKING,
    is_query,
    names_model,
    queries_of_models,
    statement_parts,
)
from flake8_auditrules.semantics.request_values import (
    HARMLESS,
    Part,
    RequestValue,
    carried,
    is_request,
    model_parameters,
    named_parameters,
)
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# What makes the key of a row of a text of the request.
_MAKING = frozenset(CONVERSIONS)
# What takes the one row of a result and raises where there is none, or gives None.
_EXACT = frozenset({"one", "scalar_one"})
_OPTIONAL = frozenset({"first", "one_or_none", "scalar_one_or_none"})
_FILTERING = frozenset({"filter", "filter_by", "where"})
# What makes a statement give a row whatever it asks for, or one that it has written itself.
_ALWAYS_GIVING = frozenset({"count", "exists", "func", "insert", "literal", "returning"})
_MOST_PARTS = 400
# What functions are called that look for one thing.
_FINDING = pattern(r"_*(?:get|find|fetch|load|lookup|read|retrieve)(?:_\w|$)")


class Lookup(NamedTuple):
    """
    A place that takes for granted that something is there which a request names.

    `place` is the call, the subscript or the first use of what may be None, `asked` what looks it up;
    `value` what the request names it by; `fault` the last name of the exception that ends the route where it
    is not there.
    """

    place: ast.expr
    asked: ast.Call | ast.Subscript
    value: RequestValue
    fault: str


def lookups(module: Module, route: FunctionNode) -> Iterator[Lookup]:
    """The places of a route that take for granted what the client names, in no order."""
    given: dict[str, Part] | None = None
    for node in module.own_nodes(route):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            last = node.func.attr
            if last not in _EXACT and last not in _OPTIONAL and last not in DOCUMENT_ASKING and last != "get":
                continue
        elif not isinstance(node, ast.Subscript) or isinstance(node.ctx, ast.Store):
            continue
        if given is None:
            given = {**named_parameters(module, route), **model_parameters(module, route)}
        found = _of_call(module, node, given) if isinstance(node, ast.Call) else _of_key(module, node, given)
        # A key or a session that a header brings has been looked up by what let the request in.
        if found is not None and found.value.part is not Part.HEADER:
            yield found


def lookups_elsewhere(module: Module, route: FunctionNode) -> Iterator[Lookup]:
    """
    The places of a route that use what another function finds by what the client names: `find_order(pk).total`.

    Whether that function may give None is for the caller to ask.
    """
    given: dict[str, Part] | None = None
    for node in module.own_nodes(route):
        if not isinstance(node, ast.Call) or not _FINDING.match(last_name(node)):
            continue
        use = _first_use(module, node)
        if use is None:
            continue
        if given is None:
            given = {**named_parameters(module, route), **model_parameters(module, route)}
        handed = (*node.args, *(keyword.value for keyword in node.keywords))
        value = _first_named(module, iter(handed), given)
        if value is not None and value.part is not Part.HEADER:
            yield Lookup(use, node, value, "AttributeError" if isinstance(use, ast.Attribute) else "TypeError")


def _of_call(module: Module, call: ast.Call, given: dict[str, Part]) -> Lookup | None:
    """What a query takes for granted that raises where there is no row, or whose None is used."""
    assert isinstance(call.func, ast.Attribute)
    last = call.func.attr
    if last == "get" and _is_of_manager(module, call.func.value):
        value = _first_named(module, (one.value for one in call.keywords if one.arg), given)
        return Lookup(call, call, value, "DoesNotExist") if value is not None else None
    if last in _EXACT:
        value = _filtered_by(module, call, given) if not call.args else None
        return Lookup(call, call, value, "NoResultFound") if value is not None else None
    use = _first_use(module, call)
    if use is None:
        return None
    if last in _OPTIONAL:
        value = _filtered_by(module, call, given) if not call.args else None
    elif last == "get":
        value = _got_by(module, call, given)
    else:
        value = _first_named(module, _filter_of_documents(module, call), given) if last == "find_one" else None
    if value is None:
        return None
    return Lookup(use, call, value, "AttributeError" if isinstance(use, ast.Attribute) else "TypeError")


def _of_key(module: Module, read: ast.Subscript, given: dict[str, Part]) -> Lookup | None:
    """What takes an entry out of a dict of the module: `JOBS[job_id]`."""
    if not _is_table(module, read.value):
        return None
    value = named(module, read.slice, given)
    return Lookup(read, read, value, "KeyError") if value is not None else None


def is_known_before(module: Module, route: FunctionNode, lookup: Lookup) -> bool:
    """Whether a route compares what the client names, or hands it to something, before it looks it up."""
    own = {id(part) for part in statement_parts(module, lookup.asked)}
    names, line = lookup.value.names, lookup.place.lineno
    read = "" if isinstance(lookup.value.node, ast.Name) else module.source(lookup.value.node)
    for node in module.own_nodes(route):
        if not isinstance(node, (ast.Call, ast.Compare)) or node.lineno > line or id(node) in own:
            continue
        given: list[ast.expr] = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        if isinstance(node, ast.Call):
            if _says_nothing(module, node):
                continue
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif any(isinstance(operator, (ast.Is, ast.IsNot)) for operator in node.ops):
            continue
        if any(mentions(one, names) or (read and read in module.source(one)) for one in given):
            # The place itself may stand in what is given: `show(JOBS[job_id])`.
            if not any(part is lookup.asked for one in given for part in ast.walk(one)):
                if not are_alternative(module, node, lookup.place):
                    return True
    return False


def _says_nothing(module: Module, call: ast.Call) -> bool:
    """Whether a call tells nothing about what is there: it writes a log, or makes a number or object of a text."""
    last = last_name(call)
    return last in HARMLESS or last in loggers.WRITING or last[:1].isupper() or module.callee(call) in _MAKING


def named(module: Module, expression: ast.expr, given: dict[str, Part]) -> RequestValue | None:
    """The value of the request that an expression is, as it came or as a number, UUID or the like made of it."""
    if isinstance(expression, ast.Call) and len(expression.args) == 1 and module.callee(expression) in _MAKING:
        expression = expression.args[0]
    if isinstance(expression, (ast.Subscript, ast.Call)) and _is_url_argument(module, expression):
        return RequestValue(expression, Part.SEGMENT, frozenset())
    if isinstance(expression, (ast.JoinedStr, ast.BinOp, ast.BoolOp, ast.IfExp, ast.Tuple, ast.List)):
        # A text that is put together of more, or one of several.
        return None
    return carried(module, expression, given, _MAKING)


def _is_url_argument(module: Module, expression: ast.Subscript | ast.Call) -> bool:
    """Whether an expression is `self.kwargs["pk"]` of one of Django's views."""
    holder: ast.expr = expression
    if isinstance(expression, ast.Subscript):
        holder = expression.value
    elif isinstance(expression.func, ast.Attribute) and expression.func.attr == "get":
        holder = expression.func.value
    if not isinstance(holder, ast.Attribute) or holder.attr != "kwargs":
        return False
    request = ast.copy_location(ast.Attribute(holder.value, "request", ast.Load()), holder)
    return is_request(module, request)


def _first_named(module: Module, values: Iterator[ast.expr], given: dict[str, Part]) -> RequestValue | None:
    for value in values:
        found = named(module, value, given)
        if found is not None:
            return found
    return None


# ---------------------------------------------------------------------------------------------------------
# What is asked, and by what
# ---------------------------------------------------------------------------------------------------------


def _is_of_manager(module: Module, receiver: ast.expr) -> bool:
    """Whether `get` is asked of a manager of Django or a query of one: `Order.objects.select_related()`."""
    while isinstance(receiver, ast.Call) and isinstance(receiver.func, ast.Attribute):
        receiver = receiver.func.value
    return (
        isinstance(receiver, ast.Attribute)
        and receiver.attr == "objects"
        and names_model(receiver.value)
        and module.imports("django", "rest_framework")
    )


def _filtered_by(module: Module, call: ast.Call, given: dict[str, Part]) -> RequestValue | None:
    """By which value of the request a query chooses its rows: `query(Order).filter(Order.id == order_id)`."""
    assert isinstance(call.func, ast.Attribute)
    found: RequestValue | None = None
    is_of_models = False
    for number, part in enumerate(statement_parts(module, call.func.value)):
        if number > _MOST_PARTS:
            return None
        if isinstance(part, (ast.Name, ast.Attribute)) and last_name(part) in _ALWAYS_GIVING:
            return None
        if isinstance(part, ast.Compare) and len(part.ops) == 1 and isinstance(part.ops[0], ast.Eq):
            column, value = part.left, part.comparators[0]
            if isinstance(column, ast.Attribute) and names_model(column.value):
                is_of_models = True
                found = found or named(module, value, given)
        elif isinstance(part, ast.Call) and last_name(part.func) == "filter_by":
            is_of_models = True
            found = found or _first_named(module, (one.value for one in part.keywords if one.arg), given)
        elif isinstance(part, ast.Call) and last_name(part.func) == "filter" and part.keywords:
            # Django's: `Order.objects.filter(pk=pk).first()`.
            if _is_of_manager(module, part):
                is_of_models = True
                found = found or _first_named(module, (one.value for one in part.keywords if one.arg), given)
    return found if is_of_models else None


def _got_by(module: Module, call: ast.Call, given: dict[str, Part]) -> RequestValue | None:
    """By which value a `get` asks: `session.get(Order, key)`, `Order.query.get(key)`, `JOBS.get(key)`."""
    assert isinstance(call.func, ast.Attribute)
    if len(call.args) == 2 and names_model(call.args[0]):
        return named(module, call.args[1], given)
    if len(call.args) == 1 and not call.keywords:
        if call in queries_of_models(module) or _is_table(module, call.func.value):
            return named(module, call.args[0], given)
    return None


def _filter_of_documents(module: Module, call: ast.Call) -> Iterator[ast.expr]:
    """The values that a filter of MongoDB asks for: `{"_id": order_id}`."""
    asked = call.args[0] if call.args else None
    if isinstance(asked, ast.Dict) and is_query(module, call):
        yield from asked.values


def _is_table(module: Module, holder: ast.expr) -> bool:
    """Whether an expression is a dict of the module itself, which makes no entries by itself."""
    if not isinstance(holder, ast.Name):
        return False
    bindings = module.bindings(holder)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT:
        return False
    owner, made = module.owner_of(holder), bindings[0].value
    if owner is None or not isinstance(owner.node, ast.Module):
        return False
    return isinstance(made, (ast.Dict, ast.DictComp)) or (
        isinstance(made, ast.Call) and module.callee(made) == "builtins.dict"
    )


# ---------------------------------------------------------------------------------------------------------
# Where None is used
# ---------------------------------------------------------------------------------------------------------


def _first_use(module: Module, call: ast.Call) -> ast.Attribute | ast.Subscript | None:
    """Where an attribute or a key is read of what a query gives, before anything else is done with it."""
    given: ast.expr = call
    parent = module.parent(given)
    if isinstance(parent, ast.Await):
        given, parent = parent, module.parent(parent)
    if isinstance(parent, (ast.Attribute, ast.Subscript)) and parent.value is given:
        return parent
    if not isinstance(parent, ast.Assign) or len(parent.targets) != 1:
        return None
    target, function = parent.targets[0], module.function_of(call)
    if not isinstance(target, ast.Name) or not isinstance(function, _FUNCTIONS):
        return None
    names = [one for one in module.names_in(function).get(target.id, ()) if isinstance(one.ctx, ast.Load)]
    stores = len(module.bindings(names[0])) if names else 0
    use = next((one for one in names if _place(one) > _place(parent)), None)
    if use is None or stores != 1 or module.function_of(use) is not function:
        return None
    read = module.parent(use)
    if not isinstance(read, (ast.Attribute, ast.Subscript)) or read.value is not use:
        return None
    return None if _is_tested_around(module, use) else read


def _place(node: ast.expr | ast.stmt) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _is_tested_around(module: Module, use: ast.Name) -> bool:
    """Whether a condition that stands behind a use in the text is asked before it: `row.name if row else None`."""
    child: ast.AST = use
    for ancestor in module.ancestors(use):
        if isinstance(ancestor, ast.IfExp) and child is not ancestor.test and mentions(ancestor.test, {use.id}):
            return True
        if isinstance(ancestor, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)):
            return True
        if isinstance(ancestor, ast.stmt):
            return False
        child = ancestor
    return False
