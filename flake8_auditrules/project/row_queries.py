"""Row queries: calls into the project that end in a query for what one argument tells."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.blocked import Link
from flake8_auditrules.project.definitions import (
    Definition,
    answer_behind,
    arguments_by_place,
    definition_of,
    function_named,
    methods_on_state,
)
from flake8_auditrules.project.facts import AWAITED, CALL
from flake8_auditrules.project.linked import Linked
from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.django_queries import django_queries
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import mentions
from flake8_auditrules.semantics.queries import (
    ASKING,
    DOCUMENT_ASKING,
    GROUP_TEXT,
    TEXT_ASKING,
    is_query,
    queries_of_models,
    statement_parts,
    whole_chain,
)
from flake8_auditrules.semantics.row_loops import names_no_table
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.turn_work import is_named_for_deed

_MAXIMUM_HOPS = 2
# Methods of sessions that dictionaries have too.
_AMBIGUOUS = frozenset({"get"})
_ASKING = ASKING | DOCUMENT_ASKING | TEXT_ASKING | {"filter_by", "first_or_404", "get_or_404"}
_CACHING = pattern(r"cache|memo|loaded|preload|prefetch", re.IGNORECASE)
_WRITING = pattern(
    r"\s*(?:(?:INSERT|REPLACE|MERGE)\s+(?:OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\S+\s+SET)\s", re.IGNORECASE
)
_CHANGING = frozenset(
    {
        "commit",
        "flush",
        "add",
        "add_all",
        "bulk_create",
        "bulk_update",
        "delete",
        "get_or_create",
        "merge",
        "refresh",
        "begin_nested",
        "rollback",
        "save",
        "update",
        "update_or_create",
        "with_for_update",
    }
)
_GROUPING = frozenset({"in_", "any_", "notin_", "not_in"})
_THROUGHOUT = (
    ast.With,
    ast.AsyncWith,
    ast.Try,
    ast.expr,
    ast.keyword,
    ast.Assign,
    ast.AnnAssign,
    ast.Return,
    ast.Expr,
)


class Behind(NamedTuple):
    """
    What a call asks the database further down.

    `names` are the functions on the way as a message shows them, the query last; `links` the places, the
    call's own first.
    """

    names: tuple[str, ...]
    links: tuple[Link, ...]


def reaches_project(project: Project, module: Module) -> bool:
    """Whether a module imports another one of the project, or works with a database itself."""
    return module.keep("reaches the project", lambda one: _reaches_project(project, one))


def _reaches_project(project: Project, module: Module) -> bool:
    if sessions.works_with_sessions(module) or module.imports(*database.DRIVERS, *database.DOCUMENT_LIBRARIES):
        return True
    linked = project.elsewhere(module.path)
    for statement in module.nodes(ast.ImportFrom):
        imported = module.names.imported_module(statement)
        if imported and linked.find(imported) is not None:
            return True
    return any(linked.find(alias.name) is not None for node in module.nodes(ast.Import) for alias in node.names)


def query_behind(project: Project, module: Module, call: ast.Call, items: Collection[str]) -> Behind | None:
    """
    The query that a call of a function of the project sends each time, for what these names say in its arguments.

    None where the function may answer from what it keeps, changes rows, or asks for a group of rows at once.
    """
    if module.callee(call) is None:
        answer = _behind(project, module, call, items)
    else:
        places = sorted(str(place) for place, argument in arguments_by_place(call) if mentions(argument, items))
        answer = answer_behind(
            project, module, call, "queries", tuple(places), lambda: _behind(project, module, call, items)
        )
    if answer is None:
        return None
    names, links = answer
    link = Link(project.relative(module.path), call.lineno, names[0])
    return Behind(tuple(names), (link, *(Link(*one) for one in links)))


def query_for_row(project: Project, found: Definition) -> Behind | None:
    """The query for its own row that a method of a model sends each time; None as for `query_behind`."""
    link = Link(project.relative(found.module.path), found.function.lineno, shown(found))
    return _follow(project, found, {"self"}, link, 0)


def _behind(
    project: Project, module: Module, call: ast.Call, items: Collection[str]
) -> tuple[tuple[str, ...], tuple[tuple[str, int, str], ...]] | None:
    """The names of a Behind, and its links less that of the call itself, as built-in types."""
    found = asking(project, module, call)
    if found is None:
        return None
    link = Link(project.relative(module.path), call.lineno, shown(found))
    behind = _follow(project, found, _parameters(found, call, items), link, 0)
    return (behind.names, tuple((*link,) for link in behind.links[1:])) if behind is not None else None


def asking(project: Project, module: Module, call: ast.Call) -> Definition | None:
    """The function of the project that a call calls; None where its facts say that it asks for nothing."""
    callee = module.callee(call)
    if callee is None:
        held = methods_on_state(project, module, call)
        return held[0] if len(held) == 1 else None
    # Facts are at hand, the tree of another module has to be made: so they are asked first.
    if module.instances.local_function(callee) is not None:
        return definition_of(project, module, call)
    if _is_no_method(module, callee):
        return None
    linked = project.elsewhere(module.path)
    for filled in _filled(linked, callee):
        if _may_ask(linked, filled):
            return function_named(project, module, filled)
    return None


def _filled(linked: Linked, callee: str) -> tuple[str, ...]:
    """The functions that a callee runs: itself, or those of the classes that fill a method left open."""
    known = linked.graph.function(callee)
    if known is None or not known[1].stub:
        return (callee,)
    owner, _, method = callee.rpartition(".")
    return tuple(f"{one}.{method}" for one in linked.implementations(owner, method))


def _is_no_method(module: Module, callee: str) -> bool:
    """Whether a callee, no function of this module, is an attribute of a class here that inherits nothing."""
    owner = module.instances.local_class(callee.rpartition(".")[0])
    return owner is not None and not owner.bases


def _may_ask(linked: Linked, callee: str) -> bool:
    """Whether a function, or what it calls in the project, calls a method that may be a query's."""
    value = linked.graph.resolve(callee) if linked.graph.split(callee) is not None else None
    if value is None or value.kind != "function":
        return False
    pending = [(value.name, value.receiver, 0)]
    seen: set[str] = set()
    while pending:
        name, receiver, hops = pending.pop()
        known = linked.graph.function(name)
        if known is None or name in seen:
            continue
        seen.add(name)
        facts, function = known
        receiver = receiver or facts.receiver(function)
        for site in function.sites:
            term = facts.terms[site.term]
            if term[0] == "N" and isinstance(term[1], str) and ".objects." in term[1]:
                return True
            if term[0] == "A" and term[2] in _ASKING and isinstance(term[1], int):
                if term[2] not in _AMBIGUOUS:
                    return True
                held = linked.graph.value(facts, term[1], receiver)
                if held is not None and held.name in database.SESSIONS:
                    return True
        if hops < _MAXIMUM_HOPS:
            for edge in linked.graph.edges(facts, function, receiver):
                if edge.target is not None:
                    pending.append((*edge.target, hops + 1))
            for site in function.sites:
                if site.kind == CALL and site.flags & AWAITED:
                    awaited = linked.graph.value(facts, site.term, receiver)
                    if awaited is not None and awaited.kind == "function":
                        pending.append((awaited.name, awaited.receiver, hops + 1))
    return False


def _follow(project: Project, found: Definition, tainted: set[str], link: Link, hops: int) -> Behind | None:
    module, function = found
    if not tainted:
        return None
    known = module.keep("parts of functions that ask", lambda one: dict[ast.AST, "_Parts | None"]())
    if function not in known:
        known[function] = _parts(found)
    parts = known[function]
    if parts is None:
        return None
    names = set(tainted)
    for value, targets in parts.assignments:
        if mentions(value, names):
            names.update(name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
    calls = parts.calls
    for call in calls:
        if (is_query(module, call) or call in _of_django(module)) and mentions(whole_chain(module, call), names):
            if _asks_for_many(module, call, names):
                return None
            path = project.relative(module.path)
            text = module.call_text(call)
            return Behind((link.text, text), (link, Link(path, call.lineno, text)))
    if hops >= _MAXIMUM_HOPS:
        return None
    for call in calls:
        if any(mentions(argument, names) for argument in _arguments(call)):
            following = asking(project, module, call)
            if following is None or following.function is function:
                continue
            given = _parameters(following, call, names)
            step = Link(project.relative(module.path), call.lineno, shown(following))
            behind = _follow(project, following, given, step, hops + 1)
            if behind is not None:
                return Behind((link.text, *behind.names), (link, *behind.links))
    return None


def _of_django(module: Module) -> frozenset[ast.Call]:
    """The calls of a module at which a model's manager of Django's asks."""
    return module.keep("Django's queries", lambda one: frozenset(django_queries(one)))


class _Parts(NamedTuple):
    """What counts of a function that may ask: its assignments, and the calls that each run of it makes."""

    assignments: list[tuple[ast.expr, list[ast.expr]]]
    calls: list[ast.Call]


def _parts(found: Definition) -> _Parts | None:
    """What counts of a function; None where no query in it is one, or it calls nothing each time."""
    module, function = found
    if module.is_generator(function) or _keeps_or_changes(module, found):
        return None
    parts = _Parts([], [])
    for part in module.own_nodes(function):
        if isinstance(part, ast.Assign):
            parts.assignments.append((part.value, part.targets))
        elif isinstance(part, (ast.For, ast.comprehension)):
            parts.assignments.append((part.iter, [part.target]))
        elif isinstance(part, (ast.AnnAssign, ast.NamedExpr)) and part.value is not None:
            parts.assignments.append((part.value, [part.target]))
        elif isinstance(part, ast.Call) and is_always_run(module, found, part):
            parts.calls.append(part)
    return parts if parts.calls else None


def _asks_for_many(module: Module, query: ast.Call, names: set[str]) -> bool:
    """Whether a query asks for a group at once, or each time for rows of another table or collection."""
    own = queries_of_models(module) | _of_django(module)
    if query not in own and mentions(query.func, names):
        return True
    if names_no_table(module, query, lambda piece: mentions(piece, names)):
        return True
    for part in statement_parts(module, whole_chain(module, query)):
        if isinstance(part, ast.Attribute) and part.attr in _GROUPING:
            return True
        if isinstance(part, ast.keyword) and part.arg is not None and part.arg.endswith("__in"):
            return True
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and GROUP_TEXT.search(part.value):
            return True
        if part in own:
            continue
        if isinstance(part, ast.Call) and part.args and isinstance(part.func, (ast.Name, ast.Attribute)):
            last = part.func.attr if isinstance(part.func, ast.Attribute) else part.func.id
            if last in ("select", "query", "get", "select_from") and mentions(part.args[0], names):
                return True
    return False


def _keeps_or_changes(module: Module, found: Definition) -> bool:
    """Whether a function may answer from what it keeps, or changes rows: a unit of work of its own."""
    function = found.function
    if any(_CACHING.search(module.text(decorator)) for decorator in function.decorator_list):
        return True
    for part in module.own_nodes(function):
        if isinstance(part, ast.Attribute) and (part.attr in _CHANGING or _CACHING.search(part.attr)):
            return True
        if isinstance(part, ast.Name) and _CACHING.search(part.id):
            return True
        if isinstance(part, ast.Call) and module.qualname(part.func) in database.CHANGING_STATEMENTS:
            return True
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and _WRITING.match(part.value):
            return True
    return _CACHING.search(function.name) is not None or is_named_for_deed(function.name)


def is_always_run(module: Module, found: Definition, call: ast.expr) -> bool:
    """Whether every call of a function that is not turned away at its start comes by a place in it."""
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is found.function:
            return True
        if isinstance(ancestor, (ast.IfExp, ast.BoolOp)) and child is not _first(ancestor):
            return False
        if isinstance(ancestor, ast.If):
            if child is not ancestor.test and not _is_for_given(found.function, ancestor, child):
                return False
        elif isinstance(ancestor, (ast.For, ast.AsyncFor, ast.comprehension)):
            # What a loop runs over is asked for once; of a comprehension's loops the first one's.
            if child is not ancestor.iter or module.loop_of(call) is not None:
                return False
        elif not isinstance(ancestor, (*_THROUGHOUT, ast.withitem)):
            return False
        if isinstance(ancestor, ast.Try) and child not in ancestor.body:
            return False
        child = ancestor
    return False


def _is_for_given(function: FunctionNode, branch: ast.If, child: ast.AST) -> bool:
    """Whether a branch is taken where a parameter is given: `if owner is None: ... else:`."""
    test = branch.test
    if not isinstance(test, ast.Compare) or not isinstance(test.left, ast.Name):
        return False
    arguments = function.args
    if test.left.id not in {one.arg for one in (*arguments.args, *arguments.kwonlyargs)}:
        return False
    is_none = isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value is None
    taken = {ast.Is: branch.orelse, ast.IsNot: branch.body}.get(type(test.ops[0]), [])
    return is_none and child in taken


def _first(expression: ast.IfExp | ast.BoolOp) -> ast.expr:
    return expression.test if isinstance(expression, ast.IfExp) else expression.values[0]


def _parameters(found: Definition, call: ast.Call, items: Collection[str]) -> set[str]:
    """The parameters of a function that a call gives what is made of these names."""
    positional = found.module.instances.positional_parameters(found.function)
    names = {name for name, given in zip(positional, call.args, strict=False) if mentions(given, items)}
    rest = found.function.args.vararg
    if rest is not None and any(mentions(given, items) for given in call.args[len(positional) :]):
        names.add(rest.arg)
    named = [one.arg for one in call.keywords if one.arg is not None and mentions(one.value, items)]
    arguments = found.function.args
    known = {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    if arguments.kwarg is not None and not known.issuperset(named):
        names.add(arguments.kwarg.arg)
    return names | known.intersection(named)


def _arguments(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args
    for keyword in call.keywords:
        yield keyword.value


def shown(found: Definition) -> str:
    """A function as a chain shows it: a method by its class."""
    owner = found.module.parent(found.function)
    return f"{owner.name}.{found.function.name}" if isinstance(owner, ast.ClassDef) else found.function.name
