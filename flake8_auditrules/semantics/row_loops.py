"""Loops over rows: how often a loop runs, what it does in each turn, and what is asked for an item of it."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Collection, Iterable, Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.origins import FIXED, origins
from flake8_auditrules.semantics.queries import GROUP_TEXT, queries_of_models, statement_parts, whole_chain
from flake8_auditrules.semantics.scopes import Binding, BindingKind
from flake8_auditrules.semantics.sessions import is_named_like_one, session_of

Loop = ast.For | ast.AsyncFor | ast.comprehension
_OF_BUILTINS = frozenset(
    name for kind in (str, bytes, list, dict, set, int, float, tuple) for name in dir(kind)
) | frozenset(dir(builtins))
# Methods of dictionaries and texts that stores have as well, and the names of stores.
_OF_STORES = frozenset({"count", "find", "get", "index"})
_STORE = pattern(
    r"(?:store|storage|repo|repos|repository|dao|crud|service|services|manager|database|db|catalog)$",
    re.IGNORECASE,
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 6
_FIRST_REFUSAL = 400
_HANDFUL = 20
_LISTED = pattern(r"(?:^|_)(?:ids|items|entries|rows|records)$")
_HELD = pattern(r"(?:\w+_)?(?:data|docs|documents|entries|hits|ids|items|objects|records|results|rows)")
_BATCH = pattern(r"batch|chunk|page|bucket|slice|window|attempt|retry|retries", re.IGNORECASE)
_KEY = pattern(r"(?:^|_)(?:id|pk|uuid)$")
# Names of functions that ask for one thing, whatever they belong to; of groups, and of what keeps answers.
_ASKING_FOR_ONE = pattern(
    r"_*a?(?:count|exists|fetch|find|get|load|lookup|read|retrieve)"
    r"(?:_(?!\w*(?:or_create|many|multi|bulk|batch|ids\b|cache|for_update|lock|defaults?\b|settings?\b|config))\w+)?"
)
_KEEPING = pattern(r"cache|memo|preload|prefetch|registry", re.IGNORECASE)
_GROUP = pattern(r"(?:^|_)(?:ids|keys|names|pks|uuids|batch|chunk)$")
# A pattern for each item: one statement for all would be a chain of them.
_LIKENESS = pattern(r"\b(?:I?LIKE|GLOB|MATCH)\s*(?:[?$:@]|%[s(]|$)", re.IGNORECASE)
_TABLELESS = pattern(r"\s*SELECT\b(?!.*\bFROM\b)", re.IGNORECASE | re.DOTALL)
_TABLE_NEXT = pattern(r"\b(?:FROM|JOIN)\s+[\w.\"`\[]*$", re.IGNORECASE)
_WRITING = pattern(
    r"\s*(?:(?:INSERT|REPLACE|MERGE)\s+(?:OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\S+\s+SET)\s", re.IGNORECASE
)
_SENDING = pattern(
    r"(?:send|mail|email|notify|publish|delay|apply_async|resume|restart|trigger|launch|terminate|shutdown|kill|index|import)(?:_.*)?"
    r"|.*_(?:e?mail|message|notification)s?|_*(?:\w+_)?(?:llm|embed|embedding|completion|summari[sz]e)(?:_\w+)?"
)
_PROMPTS = frozenset({"prompt", "system_prompt", "user_prompt"})
_UNIQUE = frozenset({"id", "key", "name", "pk", "slug"})
_PASSING = frozenset(f"builtins.{name}" for name in ("enumerate", "list", "reversed", "set", "sorted", "tuple"))
_COUNTING = frozenset(
    {"builtins.range", "itertools.batched", "itertools.count", "itertools.groupby", "itertools.repeat"}
)
_CONFIGURATIONS = frozenset({"cfg", "conf", "config", "configuration", "settings"})
_OF_UNITS = frozenset(
    {"acquire", "acquire_lock", "begin", "begin_nested", "commit", "flush", "refresh", "release_lock", "sleep"}
)
# What gives the rows of one statement, to be closed after them.
_OF_RESULTS = frozenset({"closing", "cursor", "execute", "open", "stream"})
# Names of contexts in which one unit of work is done.
_UNIT = pattern(r"transaction|atomic|(?:^|_)(?:begin|using|savepoint)(?:$|_)", re.IGNORECASE)

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp)


def follows_last_turn(module: Module, query: ast.expr) -> bool:
    """Whether a query asks by what the turn before has found: `parent = Folder.objects.get(parent=parent)`."""
    statement = module.statement(query)
    if not isinstance(statement, ast.Assign):
        return False
    return mentions(query, {target.id for target in statement.targets if isinstance(target, ast.Name)})


def is_for_one_item(module: Module, call: ast.Call, loop: Loop) -> bool:
    """
    Whether a call runs for one item only, or once for each thing that several items share.

    Either for one key of a mapping, `for name, value in new.items(): if name == "id":`, or for the one object
    of a name: `if table.name == "users":`; or up to the first that the answer is good for, `next(... if ...)`.
    """
    if _is_kept(module, call, loop) or _finds_the_first(module, call, loop):
        return True
    target, iterable = loop.target, loop.iter
    key = target
    if isinstance(iterable, ast.Call) and last_name(iterable.func) in ("items", "keys"):
        key = target.elts[0] if isinstance(target, ast.Tuple) else target
        attributes = frozenset({"", *_UNIQUE})
    elif (
        isinstance(iterable, ast.Call)
        and last_name(iterable.func) == "enumerate"
        and isinstance(target, ast.Tuple)
    ):
        # The number of the turn: `if index == 0:`.
        key, attributes = target.elts[0], frozenset({""})
    else:
        attributes = _UNIQUE
    if not isinstance(key, ast.Name):
        return False
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if ancestor is loop:
            return False
        if (
            isinstance(ancestor, ast.If)
            and child in ancestor.body
            and _picks_one(ancestor.test, key.id, attributes)
        ):
            return True
        child = ancestor
    return False


def _finds_the_first(module: Module, call: ast.Call, loop: Loop) -> bool:
    """Whether a call decides which item of a generator is the one that `next` takes."""
    if not isinstance(loop, ast.comprehension):
        return False
    generator = module.parent(loop)
    taken = module.parent(generator) if isinstance(generator, ast.GeneratorExp) else None
    return (
        isinstance(taken, ast.Call)
        and module.qualname(taken.func) == "builtins.next"
        and any(call in ast.walk(test) for test in loop.ifs)
    )


def is_for_effect(module: Module, call: ast.Call) -> bool:
    """Whether nobody takes what a call gives: it changes something, starts something or fills a cache."""
    return isinstance(module.taken_by(call), ast.Expr)


def _is_kept(module: Module, call: ast.Call, loop: Loop) -> bool:
    """Whether a call is made only for what a mapping does not hold yet, which then keeps the answer."""
    if isinstance(loop, ast.comprehension):
        return False
    asked: set[str] = set()
    for ancestor in module.ancestors(call):
        if ancestor is loop:
            break
        if isinstance(ancestor, ast.If) and isinstance(ancestor.test, ast.Compare):
            if isinstance(ancestor.test.ops[0], (ast.In, ast.NotIn)):
                asked.add(module.text(ancestor.test.comparators[0]))
    return bool(asked) and any(
        isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store) and module.text(part.value) in asked
        for part in own_parts(loop.body)
    )


def names_made(module: Module, loop: Loop, call: ast.Call) -> frozenset[str]:
    """The names of a loop's item, and of what the body makes of it before a call and never otherwise."""
    names = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
    for one in _bound_in(module, loop):
        if one.line < call.lineno and mentions(one.value, names):
            names.update(one.names)
    return frozenset(names)


class _Bound(NamedTuple):
    """Names that the body of a loop binds to a value, or to the parts of one; the line is 1-based."""

    line: int
    value: ast.expr
    names: frozenset[str]


def _bound_in(module: Module, loop: Loop) -> list[_Bound]:
    """What the body of a loop binds, in source order: by assignments, by loops and by comprehensions."""
    known = module.keep("what loops bind", lambda module: dict[ast.AST, list[_Bound]]())
    if loop not in known:
        known[loop] = [] if isinstance(loop, ast.comprehension) else list(_find_bound(loop))
    return known[loop]


def _find_bound(loop: ast.For | ast.AsyncFor) -> Iterator[_Bound]:
    for part in own_parts(loop.body):
        targets: list[ast.expr]
        if isinstance(part, ast.Assign):
            targets, value = part.targets, part.value
        elif isinstance(part, (ast.AnnAssign, ast.NamedExpr)) and part.value is not None:
            targets, value = [part.target], part.value
        elif isinstance(part, (ast.For, ast.AsyncFor, ast.comprehension)):
            targets, value = [part.target], part.iter
        else:
            continue
        stored = (name for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
        yield _Bound(value.lineno, value, frozenset(name.id for name in stored if isinstance(name.ctx, ast.Store)))


def calls_for_items(module: Module) -> list[tuple[ast.Call, Loop]]:
    """
    The calls in loops, in source order, that may be of the project and for an item: by names alone.

    Each with the innermost loop, and then with those around it.
    """
    found: list[tuple[ast.Call, Loop]] = []
    items: dict[Loop, set[str]] = {}
    for name, calls in module.calls_by_name().items():
        if name[:1].isupper() or (name in _OF_BUILTINS and name not in _OF_STORES):
            continue
        for call in calls:
            if not call.args and not call.keywords:
                continue
            is_in_doubt = name in _OF_BUILTINS and not _is_on_store(call) and not _is_given_session(call)
            for loop in loops_around(module, call):
                if is_in_doubt and not _is_on_own(module, call):
                    break
                if isinstance(call.func, ast.Attribute):
                    if loop not in items:
                        items[loop] = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
                    if mentions(call.func, items[loop]):
                        break
                found.append((call, loop))
    found.sort(key=lambda pair: (pair[0].lineno, pair[0].col_offset))
    return found


def _is_on_store(call: ast.Call) -> bool:
    """Whether a method, which dictionaries and texts have too, is called on the object itself or on a store."""
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(receiver, ast.Name) and receiver.id == "self":
        return True
    return receiver is not None and _STORE.search(last_name(receiver)) is not None


def _is_on_own(module: Module, call: ast.Call) -> bool:
    """Whether a method is one of an object of the project's own classes."""
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    if receiver is None or _KEEPING.search(last_name(receiver)) is not None:
        return False
    made = module.instance_of(receiver)
    return made is not None and module.instances.is_defined(made)


def _is_given_session(call: ast.Call) -> bool:
    """Whether a call hands over what is called like a session of a database."""
    return any(is_named_like_one(one) for one in (*call.args, *(keyword.value for keyword in call.keywords)))


def asks_by_session(module: Module, call: ast.Call, items: Collection[str]) -> bool:
    """
    Whether a call, whatever it calls, asks for what these names say with the session that it is given.

    It is named for an answer about one thing, `repository.get(session, key)`, and for no cache and no group.
    """
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if len(given) < 2 or _ASKING_FOR_ONE.fullmatch(last_name(call)) is None:
        return False
    if _KEEPING.search(module.text(call.func)) is not None:
        return False
    rest = [one for one in given if session_of(module, one) is None]
    if len(rest) == len(given) or not any(mentions(one, items) for one in rest):
        return False
    return not any(map(is_group, rest))


def is_group(given: ast.expr) -> bool:
    """Whether what a call is given is a group of keys: written as one, or named for it."""
    return isinstance(given, (ast.List, ast.Set, ast.Tuple, ast.ListComp, ast.SetComp)) or (
        isinstance(given, (ast.Name, ast.Attribute)) and _GROUP.search(last_name(given)) is not None
    )


# What connections are called.
_CONNECTION = pattern(r"_?(?:\w+_)?(?:con|conn|connection|cnx|cur|curs|cursor|database|db|session|store)")
_CONNECTING = frozenset({"connect", "connection", "cursor"})


def is_over_rows(module: Module, iterable: ast.expr, hops: int) -> bool:
    """Whether a loop may run over rows: what a call gave, or the function was given; no part of a setting."""
    if hops > _MAXIMUM_HOPS:
        return False
    if isinstance(iterable, (ast.Await, ast.NamedExpr)) or (
        isinstance(iterable, ast.Subscript) and isinstance(iterable.slice, ast.Slice)
    ):
        return is_over_rows(module, iterable.value, hops + 1)
    if isinstance(iterable, ast.Subscript):
        # `for event in page["data"]`: what a call gave has in it.
        key = iterable.slice.value if isinstance(iterable.slice, ast.Constant) else None
        return (
            isinstance(key, str)
            and _HELD.fullmatch(key) is not None
            and is_over_rows(module, iterable.value, hops + 1)
        )
    if isinstance(iterable, ast.BoolOp):
        return is_over_rows(module, iterable.values[0], hops + 1)
    if isinstance(iterable, ast.BinOp) and isinstance(iterable.op, ast.Add):
        return any(is_over_rows(module, side, hops + 1) for side in (iterable.left, iterable.right))
    if isinstance(iterable, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        return is_over_rows(module, iterable.generators[0].iter, hops + 1)
    if isinstance(iterable, ast.Name):
        return _grows(module, iterable) or any(
            _binds_rows(module, binding, hops) for binding in module.bindings(iterable)
        )
    if isinstance(iterable, ast.Attribute):
        value = iterable.value
        values = module.bindings(value) if isinstance(value, ast.Name) and value.id not in ("self", "cls") else []
        # `for identifier in body.ids`: what a request or a caller lists.
        kinds = (BindingKind.ASSIGNMENT, BindingKind.PARAMETER)
        return any(
            binding.kind in (kinds if _LISTED.search(iterable.attr) else kinds[:1])
            and _binds_rows(module, binding, hops)
            for binding in values
        )
    if not isinstance(iterable, ast.Call):
        return False
    callee = module.qualname(iterable.func) or ""
    last = last_name(iterable.func)
    if callee.startswith("builtins.") and callee != "builtins.getattr":
        return any(is_over_rows(module, argument, hops + 1) for argument in iterable.args[:1])
    if last in ("items", "values", "keys") and isinstance(iterable.func, ast.Attribute):
        return is_over_rows(module, iterable.func.value, hops + 1)
    return last not in ("get", "getattr", "pop") and not last[:1].isupper()


def _binds_rows(module: Module, binding: Binding, hops: int) -> bool:
    if binding.kind is BindingKind.PARAMETER:
        return True
    if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None:
        return False
    return is_over_rows(module, binding.value, hops + 1)


def depends_on_item(module: Module, query: ast.expr, loop: Loop) -> bool:
    """Whether the query uses the loop's item, or a name that the loop's body makes from it."""
    names = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
    for one in _bound_in(module, loop):
        if mentions(one.value, names):
            names.update(one.names)
    return mentions(query, names)


# What compares a column with all of a group, as an operator or function of SQLAlchemy or of the project.
_GROUPS = frozenset({"in_", "any_", "notin_", "not_in", "any_of", "all_of"})


def asks_for_many(module: Module, query: ast.Call, loop: Loop) -> bool:
    """Whether the query asks for a group at once, or each turn asks another table."""
    items = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
    if isinstance(query.func, ast.Attribute) and mentions(query.func.value, items):
        # A collection of MongoDB by the item's name, or the item's own session; no condition of `Model.query`.
        if query not in queries_of_models(module):
            return True
    if isinstance(query.func, ast.Attribute) and is_of_turn(module, loop, query.func.value):
        # Each turn has a database of its own.
        return True
    for part in statement_parts(module, whole_chain(module, query)):
        if isinstance(part, ast.Attribute) and part.attr in _GROUPS:
            return True
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in _GROUPS:
            return True
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            if GROUP_TEXT.search(part.value) or _LIKENESS.search(part.value):
                return True
        if isinstance(part, ast.Call) and last_name(part.func) in ("select", "query", "get", "select_from"):
            if part in queries_of_models(module):
                continue
            if any(_names_column(argument, items) for argument in part.args):
                return True
            for argument in part.args[:1]:
                model = argument.value if isinstance(argument, ast.Attribute) else argument
                while last_name(part.func) != "get" and isinstance(
                    model, (ast.Attribute, ast.Subscript, ast.Call)
                ):
                    model = model.func if isinstance(model, ast.Call) else model.value
                if isinstance(model, ast.Name) and (model.id in items or is_made_in(module, loop, model)):
                    return True
    return False


def _names_column(asked: ast.expr, items: set[str]) -> bool:
    """Whether what is asked for is a column that the item names: `func.max(getattr(Table, column.name))`."""
    return any(
        isinstance(part, ast.Call)
        and last_name(part.func) == "getattr"
        and any(mentions(given, items) for given in part.args[1:2])
        for part in ast.walk(asked)
    )


def asks_no_table(module: Module, query: ast.Call, loop: Loop) -> bool:
    """Whether a statement calls a function of the database alone, a lock's, or names a table by the item."""
    return names_no_table(module, query, lambda piece: depends_on_item(module, piece, loop))


def names_no_table(module: Module, query: ast.Call, is_of_item: Callable[[ast.expr], bool]) -> bool:
    """Whether the text of a statement names no table, or each time another: one that is made of the item."""
    for part in statement_parts(module, whole_chain(module, query)):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and _TABLELESS.match(part.value):
            if not isinstance(module.parent(part), ast.JoinedStr):
                return True
        elif isinstance(part, ast.JoinedStr):
            before = ""
            for piece in part.values:
                if isinstance(piece, ast.Constant):
                    before = str(piece.value)
                elif _TABLE_NEXT.search(before) and (is_of_item(piece) or _is_of_a_loop(module, piece)):
                    return True
    return False


def _is_of_a_loop(module: Module, piece: ast.expr) -> bool:
    """Whether a part of a text is made of the item of a loop around it."""
    return any(
        binding.kind is BindingKind.LOOP
        for name in ast.walk(piece)
        if isinstance(name, ast.Name)
        for binding in module.bindings(name)
    )


def sends_messages(loop: Loop) -> bool:
    """Whether the turns of a loop send or start something each: next to that, a query is no loss."""
    if isinstance(loop, ast.comprehension):
        return False
    return any(isinstance(part, ast.Call) and _sends(part) for part in own_parts(loop.body))


def _sends(call: ast.Call) -> bool:
    return _is_prompted(call) or (_SENDING.fullmatch(last_name(call.func)) is not None and not _finds_place(call))


def _is_prompted(call: ast.Call) -> bool:
    """Whether a call asks a language model: `extract(text, prompt=prompt)`."""
    return any(keyword.arg in _PROMPTS for keyword in call.keywords)


def _finds_place(call: ast.Call) -> bool:
    """Whether a call asks a list for the place of something: `names.index(name)`."""
    return last_name(call.func) == "index" and len(call.args) == 1 and not call.keywords


def is_made_in(module: Module, loop: Loop, name: ast.Name) -> bool:
    """Whether the body of the loop binds a name."""
    inside = set() if isinstance(loop, ast.comprehension) else set(own_parts(loop.body))
    return any(binding.site in inside for binding in module.bindings(name))


def is_of_turn(module: Module, loop: Loop, asked: ast.expr) -> bool:
    """Whether a connection or session is one that the loop's body makes from its item, one of its own."""
    if not isinstance(asked, ast.Name):
        return False
    is_named = _CONNECTION.fullmatch(asked.id) is not None
    if not is_named and not any(
        last_name(one.value) in _CONNECTING for one in module.bindings(asked) if one.value
    ):
        return False
    inside = set() if isinstance(loop, ast.comprehension) else set(own_parts(loop.body))
    return any(
        binding.site in inside and binding.value is not None and depends_on_item(module, binding.value, loop)
        for binding in module.bindings(asked)
    )


def loops_around(module: Module, node: ast.AST) -> Iterator[Loop]:
    """The loops over something that run a node in each turn, the innermost first, up to the first `while`."""
    loop = module.loop_of(node)
    while loop is not None and not isinstance(loop, ast.While):
        yield loop
        loop = module.loop_of(loop)


def last_line(module: Module, loop: Loop) -> int:
    """The last line (1-based) of what a loop runs: of a comprehension, the whole expression."""
    owner: ast.AST | None = module.parent(loop) if isinstance(loop, ast.comprehension) else loop
    return getattr(owner, "end_lineno", None) or loop.iter.lineno


def is_long(module: Module, loop: Loop) -> bool:
    """Whether the loop may run over many items: no constants, no counting, no batches."""
    iterable = loop.iter
    if isinstance(iterable, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Constant)):
        return False
    if _is_counting(module, iterable) or is_cut_short(iterable) or is_typed_in(module, iterable):
        return False
    if _BATCH.search(f"{module.text(loop.target)} {module.text(iterable)}") and not _has_key(module, loop):
        return False
    if isinstance(iterable, ast.Name) and _is_written_out(module, loop, iterable):
        return False
    if _is_configured(iterable) or _is_of_mapping(module, iterable) or _is_of_constant(iterable):
        return False
    return _grows(module, iterable) or not origins(module, iterable) <= FIXED


def _has_key(module: Module, loop: Loop) -> bool:
    """Whether the items of a loop are things with keys, not groups of them: `chunk.document_id`."""
    parts = own_parts(loop.body) if isinstance(loop, (ast.For, ast.AsyncFor)) else _around(module, loop)
    return isinstance(loop.target, ast.Name) and any(
        isinstance(part, ast.Attribute)
        and isinstance(part.value, ast.Name)
        and part.value.id == loop.target.id
        and _KEY.search(part.attr) is not None
        for part in parts
    )


def _around(module: Module, loop: ast.comprehension) -> Iterator[ast.AST]:
    owner = module.parent(loop)
    return ast.walk(owner) if owner is not None else iter(())


def is_typed_in(module: Module, iterable: ast.expr) -> bool:
    """Whether a loop runs over the pieces of a text that somebody typed: `names.split(",")`."""
    if isinstance(iterable, ast.Name):
        bindings = module.bindings(iterable)
        value = bindings[0].value if len(bindings) == 1 else None
        return value is not None and not isinstance(value, ast.Name) and is_typed_in(module, value)
    if isinstance(iterable, _COMPREHENSIONS):
        return is_typed_in(module, iterable.generators[0].iter)
    separator = iterable.args[0] if isinstance(iterable, ast.Call) and iterable.args else None
    return (
        isinstance(iterable, ast.Call)
        and last_name(iterable) == "split"
        and isinstance(separator, ast.Constant)
        and str(separator.value).strip() != ""
    )


def is_cut_short(iterable: ast.expr | None) -> bool:
    """Whether a loop runs over the first handful of what is there: `rows[:10]`."""
    end = (
        iterable.slice.upper
        if isinstance(iterable, ast.Subscript) and isinstance(iterable.slice, ast.Slice)
        else None
    )
    return isinstance(end, ast.Constant) and isinstance(end.value, int) and 0 <= end.value < _HANDFUL


def _is_of_mapping(module: Module, iterable: ast.expr) -> bool:
    """Whether a loop runs over the pairs of a mapping that was given: names and values, a handful."""
    return (
        isinstance(iterable, ast.Call)
        and isinstance(iterable.func, ast.Attribute)
        and iterable.func.attr == "items"
        and isinstance(iterable.func.value, ast.Name)
        and not iterable.args
        and not _grows(module, iterable.func.value)
        and not any(
            binding.value is not None
            and (
                (
                    isinstance(binding.value, (ast.DictComp, ast.Call, ast.Await))
                    and last_name(binding.value) != "dict"
                )
                or _holds_items(binding.value)
            )
            for binding in module.bindings(iterable.func.value)
        )
    )


def _holds_items(value: ast.expr) -> bool:
    """Whether a value is a part of what was given that is named for many: `body["items"]`."""
    key = value.slice if isinstance(value, ast.Subscript) else None
    return isinstance(key, ast.Constant) and isinstance(key.value, str) and _HELD.fullmatch(key.value) is not None


def _is_of_constant(iterable: ast.expr) -> bool:
    """Whether a loop runs over what a constant of some module holds: `LEVELS`, `LEVELS.keys()`."""
    while isinstance(iterable, ast.Call) and isinstance(iterable.func, (ast.Attribute, ast.Name)):
        if isinstance(iterable.func, ast.Attribute) and iterable.func.attr in ("items", "keys", "values"):
            iterable = iterable.func.value
        elif isinstance(iterable.func, ast.Name) and iterable.func.id in ("list", "sorted", "set", "tuple"):
            iterable = iterable.args[0] if iterable.args else iterable.func
        else:
            return False
    return isinstance(iterable, (ast.Name, ast.Attribute)) and last_name(iterable).strip("_").isupper()


def _is_configured(iterable: ast.expr) -> bool:
    """Whether a loop runs over what somebody has written into a configuration: `app.conf.schedule.items()`."""
    while isinstance(iterable, (ast.Attribute, ast.Call, ast.Subscript)):
        iterable = iterable.func if isinstance(iterable, ast.Call) else iterable.value
        if last_name(iterable).lower().lstrip("_") in _CONFIGURATIONS:
            return True
    return False


def _grows(module: Module, iterable: ast.expr) -> bool:
    """Whether a loop runs over a local collection that starts empty and that another loop fills."""
    while isinstance(iterable, ast.Call) and iterable.args and module.qualname(iterable.func) in _PASSING:
        iterable = iterable.args[0]
    if not isinstance(iterable, ast.Name):
        return False
    function = module.function_of(iterable)
    if not isinstance(function, _FUNCTIONS):
        return False
    if not any(_is_empty(one.value) for one in module.bindings(iterable)):
        return False
    for use in module.names_in(function).get(iterable.id, ()):
        parent = module.parent(use)
        fills = isinstance(parent, ast.Attribute) and parent.attr in ("add", "append", "setdefault")
        # `groups[key] = row`, and `groups[key].append(row)` of a `defaultdict`.
        fills = fills or (isinstance(parent, ast.Subscript) and parent.value is use and _is_filled(module, parent))
        if fills and parent is not None and module.loop_of(parent) is not None:
            return True
    return False


def _is_filled(module: Module, place: ast.Subscript) -> bool:
    outer = module.parent(place)
    return isinstance(place.ctx, ast.Store) or (
        isinstance(outer, ast.Attribute) and outer.attr in ("add", "append")
    )


def _is_counting(module: Module, iterable: ast.expr) -> bool:
    """Whether a loop counts, or runs over groups of rows: where it is written or by what is assigned once."""
    if isinstance(iterable, ast.Name):
        bindings = module.bindings(iterable)
        iterable = bindings[0].value or iterable if len(bindings) == 1 else iterable
    return isinstance(iterable, ast.Call) and module.qualname(iterable.func) in _COUNTING


def _is_written_out(module: Module, loop: Loop, name: ast.Name) -> bool:
    """Whether a name stands for what is written out, or for a list that grows as the loop runs."""
    bindings = module.bindings(name)
    for binding in bindings:
        if isinstance(binding.value, (ast.Tuple, ast.Set, ast.Dict)) and _size(binding.value):
            return True
        if len(bindings) == 1 and isinstance(binding.value, ast.List):
            if _stays_short(module, name, binding.value):
                return True
        if binding.kind in (BindingKind.LOOP, BindingKind.UNPACKED) and _is_loop_over_constants(
            module, binding.site
        ):
            return True
    if isinstance(loop, ast.comprehension):
        return False
    return any(
        isinstance(part, ast.Attribute)
        and part.attr in ("append", "extend", "add", "insert")
        and isinstance(part.value, ast.Name)
        and part.value.id == name.id
        for part in own_parts(loop.body)
    )


def _stays_short(module: Module, name: ast.Name, written: ast.List) -> bool:
    """Whether a list has a few written elements, and no loop adds others."""
    function = module.function_of(name)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or not written.elts:
        return False
    if any(isinstance(one, ast.Starred) for one in written.elts):
        return False
    for use in module.names_in(function).get(name.id, ()):
        parent = module.parent(use)
        if isinstance(parent, ast.AugAssign):
            return False
        if isinstance(parent, ast.Attribute) and parent.attr in ("append", "insert", "extend"):
            if parent.attr == "extend" or module.loop_of(parent) is not None:
                return False
    return True


def _is_loop_over_constants(module: Module, target: ast.AST) -> bool:
    """Whether a name is bound by a loop over what is written out."""
    for around in module.ancestors(target):
        if isinstance(around, (ast.For, ast.AsyncFor, ast.comprehension)):
            return isinstance(around.iter, (ast.Tuple, ast.List, ast.Set))
    return False


def is_unit_of_work(loop: Loop) -> bool:
    """Whether each turn writes, is a transaction of its own, or the first answer ends the loop."""
    if isinstance(loop, ast.comprehension):
        return False
    others: set[ast.AST] | None = None
    opened: set[ast.AST] = set()
    for part in own_parts(loop.body):
        if isinstance(part, (ast.With, ast.AsyncWith)):
            opened.update(item.context_expr for item in part.items if _is_passing(item, loop))
        if isinstance(part, (ast.Return, ast.Break)):
            if others is None:
                others = {*_breaks_of_inner_loops(loop), *_ends_without_answer(loop)}
            if part not in others:
                return True
        if isinstance(part, ast.Yield) and isinstance(part.value, (ast.JoinedStr, ast.Constant, ast.Call)):
            # Each turn sends a message.
            return True
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and _WRITING.match(part.value):
            return True
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            if part.func.attr in _OF_UNITS and part not in opened:
                return True
        if isinstance(part, (ast.With, ast.AsyncWith)) and any(
            (item.optional_vars is not None and not _is_passing(item, loop))
            or _UNIT.search(last_name(item.context_expr))
            for item in part.items
        ):
            return True
    return False


def _breaks_of_inner_loops(loop: ast.For | ast.AsyncFor) -> set[ast.AST]:
    """The `break`s in the body of a loop that end another loop within it."""
    return {
        part
        for inner in own_parts(loop.body)
        if isinstance(inner, (ast.For, ast.AsyncFor, ast.While))
        for part in own_parts(inner.body)
        if isinstance(part, ast.Break)
    }


def _is_passing(item: ast.withitem, loop: Loop) -> bool:
    """Whether a `with` gives rows or a file, or opens one database for each turn: `with connect() as conn:`."""
    if item.optional_vars is None:
        return False
    if last_name(item.context_expr) in _OF_RESULTS:
        return True
    names = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
    return opens_connection(item) and not mentions(item.context_expr, names)


def opens_connection(item: ast.withitem) -> bool:
    """Whether a `with` binds what is called like a connection or a session."""
    return isinstance(item.optional_vars, ast.Name) and _CONNECTION.fullmatch(item.optional_vars.id) is not None


def _ends_without_answer(loop: ast.For | ast.AsyncFor) -> Iterator[ast.AST]:
    """What ends a loop without an answer: refusals of what it found, and `break` where enough rows are there."""
    for test in own_parts(loop.body):
        if not isinstance(test, ast.If):
            continue
        last = test.body[-1]
        if isinstance(last, ast.Return) and last.value is not None:
            if _is_refusal(last.value) or (_says_missing(test.test) and _is_plain_answer(last.value)):
                yield last
        elif isinstance(last, ast.Break) and isinstance(test.test, ast.Compare) and _is_full(test.test):
            yield last


def _says_missing(test: ast.expr) -> bool:
    """Whether a test says that something is not there: `not row`, `row is None`."""
    if isinstance(test, ast.UnaryOp):
        return isinstance(test.op, ast.Not)
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.ops[0], ast.Is)
        and isinstance(test.comparators[0], ast.Constant)
    )


def _is_refusal(answer: ast.expr) -> bool:
    """Whether a route answers with a status of an error: `jsonify(error="unknown"), 404`."""
    given = answer.elts[1:] if isinstance(answer, ast.Tuple) else []
    if isinstance(answer, ast.Call):
        given = [one.value for one in answer.keywords if one.arg in ("status", "status_code")]
    return any(
        isinstance(one, ast.Constant) and isinstance(one.value, int) and one.value >= _FIRST_REFUSAL
        for one in given
    )


def _is_plain_answer(answer: ast.expr) -> bool:
    """Whether an answer is a plain no, or sends the client elsewhere."""
    if isinstance(answer, ast.Constant):
        return answer.value is None or answer.value is False
    return isinstance(answer, ast.Call) and last_name(answer) == "redirect"


def _is_full(test: ast.Compare) -> bool:
    """Whether a test asks whether a collection has as many items as are wanted, more than a handful."""
    sizes = [
        one for one in (test.left, *test.comparators) if isinstance(one, ast.Call) and last_name(one) == "len"
    ]
    return bool(sizes) and not any(
        isinstance(one, ast.Constant) and isinstance(one.value, int) and one.value < _HANDFUL
        for one in (test.left, *test.comparators)
    )


def is_read_each_time(module: Module, read: ast.expr, loop: Loop) -> bool:
    """Whether each turn of a loop comes by a place in it, as far as no test stands before it."""
    around = module.parent(loop) if isinstance(loop, ast.comprehension) else loop
    child: ast.AST = read
    for ancestor in module.ancestors(read):
        if ancestor is around:
            return True
        if isinstance(ancestor, (ast.If, ast.IfExp)) and child is not ancestor.test:
            return False
        if isinstance(ancestor, ast.BoolOp) and child is not ancestor.values[0]:
            return False
        if isinstance(ancestor, (ast.ExceptHandler, ast.Lambda, ast.Match)):
            return False
        child = ancestor
    return False


def rows_kept(module: Module, iterable: ast.expr, field: str) -> tuple[ast.AST, str] | None:
    """Which rows a name holds, and a field of theirs: the first loop over them loads it for the next ones."""
    bindings = module.bindings(iterable) if isinstance(iterable, ast.Name) else []
    return (bindings[0].site, field) if len(bindings) == 1 else None


def reads_of(parts: Iterable[ast.AST], item: str, lazy: Collection[str]) -> Iterator[ast.Attribute]:
    """The reads of these attributes of a loop's item, but for those that the loop assigns."""
    reads = [
        part
        for part in parts
        if isinstance(part, ast.Attribute)
        and part.attr in lazy
        and isinstance(part.value, ast.Name)
        and part.value.id == item
    ]
    assigned = {part.attr for part in reads if not isinstance(part.ctx, ast.Load)}
    return (part for part in reads if part.attr not in assigned)


def _picks_one(test: ast.expr, name: str, attributes: frozenset[str]) -> bool:
    """Whether a test holds only where one of these attributes of a name ("": itself) is equal to a constant."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(_picks_one(value, name, attributes) for value in test.values)
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Eq):
        return False
    tested = test.left
    attribute = tested.attr if isinstance(tested, ast.Attribute) else ""
    named = tested.value if isinstance(tested, ast.Attribute) else tested
    return (
        isinstance(named, ast.Name)
        and named.id == name
        and attribute in attributes
        and isinstance(test.comparators[0], ast.Constant)
    )


def _is_empty(value: ast.expr | None) -> bool:
    """Whether a value is a new list, set or dictionary with nothing in it."""
    if isinstance(value, ast.Call):
        if last_name(value) == "defaultdict":
            return len(value.args) < 2
        return isinstance(value.func, ast.Name) and value.func.id in ("dict", "list", "set") and not value.args
    return (isinstance(value, ast.List) and not value.elts) or (isinstance(value, ast.Dict) and not value.keys)


def _size(literal: ast.Tuple | ast.Set | ast.Dict) -> int:
    return len(literal.keys) if isinstance(literal, ast.Dict) else len(literal.elts)
