"""Item queries: what a loop of a module asks the database itself, once for each of its items."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.django_queries import changes_rows, gives_rows, related_queries
from flake8_auditrules.semantics.handlers import is_handled_within, own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.queries import is_left_to_caller, is_query, whole_chain
from flake8_auditrules.semantics.row_loops import (
    Loop,
    asks_for_many,
    asks_no_table,
    depends_on_item,
    follows_last_turn,
    is_for_one_item,
    is_long,
    is_over_rows,
    is_unit_of_work,
    loops_around,
    opens_connection,
    sends_messages,
)
from flake8_auditrules.semantics.turn_work import does_work, is_set_up
from flake8_auditrules.semantics.whole_tables import is_handful

# What ends a query that gives one row, or one figure.
_FOR_ONE = frozenset(
    {"acount", "aexists", "afirst", "aget", "aggregate", "alast", "count", "exists", "first", "get", "last"}
)


# The operators and methods of pgvector.
_NEAREST = pattern(r"<=>|<->|<#>|^(?:cosine|l2|l1|hamming|jaccard)_distance$|^max_inner_product$")
_WHETHER = frozenset({"acount", "aexists", "count", "exists"})


class ItemQuery(NamedTuple):
    """A query in a loop, and whether it is sent once for each of many items, which one statement could ask for."""

    loop: Loop
    is_for_each: bool


def item_query(module: Module, query: ast.Call) -> ItemQuery | None:
    """What a query of a session, a connection or a collection is to the loop around it; None outside of one."""
    loop = module.loop_of(query)
    if loop is None or isinstance(loop, ast.While) or not is_query(module, query):
        return None
    asked = next((one for one in loops_around(module, query) if _asks_for_each(module, query, one)), None)
    return ItemQuery(asked or loop, asked is not None)


def _asks_for_each(module: Module, query: ast.Call, loop: Loop) -> bool:
    """Whether a query is sent once for each of many items of a loop, which one statement could ask for."""
    return (
        depends_on_item(module, whole_chain(module, query), loop)
        and is_long(module, loop)
        and not is_unit_of_work(loop)
        and not _is_done_for_itself(module, query, loop)
        and not asks_for_many(module, query, loop)
        and not is_for_one_item(module, query, loop)
        and not follows_last_turn(module, whole_chain(module, query))
        and not is_handled_within(module, query, loop)
        and not asks_no_table(module, query, loop)
        and not _finds_nearest(whole_chain(module, query))
        and not sends_messages(loop)
        and not is_set_up(module, loop)
    )


def _is_done_for_itself(module: Module, query: ast.Call, loop: Loop) -> bool:
    """Whether each turn opens a session of its own and does something in it, or goes on where it has failed."""
    for around in module.ancestors(query):
        if around is loop:
            return False
        if isinstance(around, (ast.With, ast.AsyncWith)) and any(map(opens_connection, around.items)):
            body = own_parts(getattr(loop, "body", []))
            return does_work(module, loop) or any(isinstance(part, ast.Try) for part in body)
    return False


def _finds_nearest(query: ast.expr) -> bool:
    """Whether a query ranks rows by how near they are to one vector: each has an order of its own."""
    texts = (
        part.attr if isinstance(part, ast.Attribute) else getattr(part, "value", None) for part in ast.walk(query)
    )
    return any(isinstance(text, str) and _NEAREST.search(text) is not None for text in texts)


def loop_that_refreshes(module: Module, refresh: ast.Call) -> ast.For | ast.AsyncFor | None:
    """The loop that does nothing but load its rows again, one by one, by this call."""
    loop = module.loop_of(refresh)
    if not isinstance(loop, (ast.For, ast.AsyncFor)) or len(loop.body) != 1 or len(refresh.args) != 1:
        return None
    if module.statement(refresh) is not loop.body[0] or not isinstance(loop.body[0], ast.Expr):
        return None
    row, receiver = refresh.args[0], refresh.func
    if not isinstance(row, ast.Name) or not isinstance(loop.target, ast.Name) or row.id != loop.target.id:
        return None
    if not isinstance(receiver, ast.Attribute) or sessions.session_of(module, receiver.value) is None:
        return None
    around = module.parent(loop)
    if isinstance(around, ast.If) and loop in around.body and is_left_to_caller(module, around):
        return None
    return loop if is_long(module, loop) and not is_set_up(module, loop) else None


def item_query_of_django(module: Module, query: ast.Call) -> ItemQuery | None:
    """What a query of a model's manager is to the loop around it; None where it asks for nothing of its item."""
    loop = module.loop_of(query)
    if loop is None or isinstance(loop, ast.While) or not depends_on_item(module, query, loop):
        return None
    return ItemQuery(
        loop,
        (gives_rows(module, loop.iter) or _asks_for_one(module, query, loop))
        # A turn that changes what it asks for is a piece of work; whether a row is there is known for all at once.
        and (last_name(query.func) in _WHETHER or not _is_piece_of_work(module, loop))
        and is_long(module, loop)
        and not is_unit_of_work(loop)
        and not is_for_one_item(module, query, loop)
        and not follows_last_turn(module, query)
        and not sends_messages(loop)
        and not is_set_up(module, loop)
        and not _is_over_handful(loop)
        and not _asks_for_group(query)
        and not _asks_another_table(module, query, loop),
    )


def _is_piece_of_work(module: Module, loop: Loop) -> bool:
    """Whether the turns of a loop change something."""
    return does_work(module, loop) or changes_rows(own_parts(getattr(loop, "body", [])))


def related_item_query(module: Module, loop: Loop) -> ast.expr | None:
    """The first query of a loop for what belongs to the row of the turn: `author.books.filter(...)`."""
    if not isinstance(loop.target, ast.Name):
        return None
    parts = list(parts_of(module, loop))
    query = next(related_queries(module, loop.target.id, loop.iter, parts), None)
    if (
        query is not None
        and gives_rows(module, loop.iter)
        and is_long(module, loop)
        and not is_unit_of_work(loop)
        and not does_work(module, loop)
        and not changes_rows(parts)
        and not sends_messages(loop)
        and not is_set_up(module, loop)
    ):
        return query
    return None


def parts_of(module: Module, loop: Loop) -> Iterator[ast.AST]:
    """The nodes that the turns of a loop come by: its body, or the whole comprehension."""
    if isinstance(loop, ast.comprehension):
        owner = module.parent(loop)
        return ast.walk(owner) if owner is not None else iter(())
    return iter(own_parts(loop.body))


def loops_of(module: Module) -> list[Loop]:
    """The loops of a module that run over something."""
    return [*module.nodes(ast.For), *module.nodes(ast.AsyncFor), *module.nodes(ast.comprehension)]


def _asks_for_one(module: Module, query: ast.Call, loop: Loop) -> bool:
    """Whether a query asks for one row, or a figure, by what it is given of each item."""
    return (
        last_name(query.func) in _FOR_ONE
        and any(
            depends_on_item(module, given.value, loop)
            for call in ast.walk(query)
            if isinstance(call, ast.Call)
            for given in call.keywords
        )
        and (is_over_rows(module, loop.iter, 0) or _is_listed(module, loop.iter))
        and not _is_of_arguments(module, loop.iter)
        and not is_handled_within(module, query, loop)
    )


def _is_of_arguments(module: Module, iterable: ast.expr) -> bool:
    """Whether a loop runs over the arguments of a call, which somebody wrote there: `*names`."""
    function = module.function_of(iterable)
    arguments = getattr(function, "args", None)
    return (
        isinstance(iterable, ast.Name)
        and isinstance(arguments, ast.arguments)
        and arguments.vararg is not None
        and arguments.vararg.arg == iterable.id
    )


def _is_listed(module: Module, iterable: ast.expr) -> bool:
    """Whether a loop runs over what a document lists: `data.get("steps", [])`, `data.get("steps") or []`."""
    if isinstance(iterable, ast.Name):
        bindings = module.bindings(iterable)
        iterable = bindings[0].value or iterable if len(bindings) == 1 else iterable
    if isinstance(iterable, ast.BoolOp) and isinstance(iterable.op, ast.Or):
        call, empty = iterable.values[0], iterable.values[-1]
    elif isinstance(iterable, ast.Call) and len(iterable.args) == len(("key", "default")):
        call, empty = iterable, iterable.args[1]
    else:
        return False
    return (
        isinstance(call, ast.Call) and last_name(call) == "get" and isinstance(empty, ast.List) and not empty.elts
    )


def _asks_for_group(query: ast.Call) -> bool:
    """Whether a Django query asks for many at once: `filter(pk__in=chunk)`."""
    return any(
        isinstance(part, ast.keyword) and part.arg is not None and part.arg.endswith("__in")
        for part in ast.walk(query)
    )


def _is_over_handful(loop: Loop) -> bool:
    """Whether the items of a loop are named for what there are a handful of: `for nav_type in nav_types`."""
    return isinstance(loop.target, ast.Name) and is_handful(loop.target.id.title().replace("_", ""))


def _asks_another_table(module: Module, query: ast.Call, loop: Loop) -> bool:
    """Whether each turn asks the table of another model, the one that its item names."""
    return any(
        isinstance(part, ast.Attribute) and part.attr == "objects" and depends_on_item(module, part.value, loop)
        for part in ast.walk(query)
    )
