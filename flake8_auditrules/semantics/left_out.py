"""What is left out: an item of a loop, a step of a job or an answer, and nobody sees that it is missing."""

from __future__ import annotations

import ast
import datetime
import pathlib
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import stores
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.work import drives_pages

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_PASSING = (ast.Pass, ast.Continue)
_BRANCHES = (ast.If, ast.With, ast.AsyncWith)
# Methods of texts, paths and containers: what they cannot do with an item is an answer about the item.
_OF_VALUES = frozenset(
    name
    for kind in (str, bytes, list, dict, set, pathlib.Path, re.Pattern, re.Match, datetime.datetime)
    for name in dir(kind)
) | {
    "as_dict",
    "asdict",
    "dict",
    "model_dump",
    "model_dump_json",
    "_replace",
    "getmtime",
    "getsize",
    "joinpath",
    "read_text",
    "realpath",
    "relpath",
}
# Names of functions that make one value of another, or only look at one.
_LOOKING = pattern(
    r"_*(?:abs|as|can|clean|coerce|compare|compute_hash|convert|decode|detect|encode|ensure|escape|eval|extract_text"
    r"|float|format|from_iso|guess|has|hash|int|is|len|make_aware|match|normali[sz]e|parse_(?:bool|date|datetime|float"
    r"|int|iso|line|num|number|time|timestamp|url|version)|path|quote|relative|render|resolve|round|safe|sanitize|sort"
    r"|split|stat|str|strip|to|truncate|try|url\w*|weight|zip)(?:_|$)|(?:\w+_)?(?:stat|path|url|date|datetime|time"
    r"|timestamp|version|name|size|hash|score|similarity|distance)$"
)
# What ends something, tells of something or is there for the eye.
_SMALL_STEPS = pattern(
    r"_*(?:log|print|echo|warn|kill|terminate|interrupt|capture|detach|emit|close|stop|shutdown|cancel|disconnect"
    r"|cleanup|clean|remove|delete|drop|unlink|unsubscribe|unregister|release|dispose|discard|evict|invalidate|reset"
    r"|flush|draw|paint|render|show|hide|highlight|focus|scroll|click|hover|set|seek|patch|wrap|instrument|sleep|wait"
    r"|join|warm|warmup|prefetch|preload|ping|setattr|touch|chmod|chown|utime|copystat|deliver|reply|respond|answer"
    r"|edit|send|react|pin|unpin|play|put|notify)(?:_|$|[A-Z])"
)
# Names of functions that do a step of a job.
_STEPS = pattern(
    r"_*(?:async_|a)?(?:advance|dispatch|distribute|evaluate|expire|handle|index|ingest|learn|migrate|observe|on_alert"
    r"|process|reconcile|recompute|rebuild|refresh|reindex|replay|retrain|run|schedule|settle|sync|tick|train|trigger)"
    r"(?:_|$|[A-Z])"
)
# Names of functions that get what there is of something.
_GATHERING = pattern(
    r"_*(?:async_|a)?(?:all|build|collect|compute|discover|fetch|find|gather|get|iter|list|load|query|read|retrieve"
    r"|scan|search|select)(?:_|$|[A-Z])"
)
# Functions that tell of a failure, or deal with one.
_OF_FAILURES = pattern(r"^_*log(?:_|$)|error|exception|crash|fail|panic|traceback", re.IGNORECASE)
_CANDIDATES = pattern(r"candidate|fallback|attempt|encoding|option|variant|possib|alternativ", re.IGNORECASE)
# What a loop goes over whose parts are read from the machine, and come and go: processes, folders, pages.
_PASSING_THINGS = pattern(
    r"process_iter|\bpids?\b|\bproc(?:s|esses)?\b|\bframes?\b|windows?\b|elements?\b"
    r"|\bgc\.|sys\.modules|\bdir\(|getmembers|__dict__|vars\(|select\(|find_all|xpath|query_selector|splitlines"
    r"|readlines|\.lines\b|\blines\b|tokens?\b|matches\b|finditer|findall|split\(",
    re.IGNORECASE,
)


def first_left_out(module: Module, node: ast.AST, body: list[ast.stmt]) -> ast.Call | None:
    """
    The first call of a block that gets an item for its loop to collect, or does what is to be done with each.

    `node` is the handler that goes on to the next round. The call is one of the project's own functions, or a
    method of the item. None where the loop looks for what works, goes over what comes and goes, or only converts.
    """
    loop = _loop_passed_on(module, node)
    if loop is None or not isinstance(node, ast.ExceptHandler) or drives_pages(module):
        return None
    if _goes_over_passing_things(module, loop):
        return None
    if any(isinstance(part, (ast.Continue, ast.Break, ast.Return)) for part in body[-1:]):
        # What stands behind it is another way.
        return None
    items = _item_names(loop, node.lineno)
    statement = handlers.try_of(module, node)
    if isinstance(node.body[0], ast.Pass) and _is_kept_behind(statement, loop):
        return None
    for call in _working_calls(module, body, items):
        around = _statement_value_of(module, call)
        if around is not None:
            if _SMALL_STEPS.match(last_name(call)) is None and len(body) == 1:
                return call
        elif _is_collected(module, call, statement, loop):
            return call
    return None


def first_plugin(module: Module, node: ast.AST, body: list[ast.stmt]) -> ast.Call | None:
    """The call of a block that loads one of the plugins or modules that a loop goes over; None where none does."""
    loop = _loop_passed_on(module, node)
    if not isinstance(loop, ast.For) or isinstance(loop.iter, (ast.Tuple, ast.List)):
        return None
    if _CANDIDATES.search(module.text(loop.target)) or _CANDIDATES.search(module.text(loop.iter, 200)):
        return None
    items = _item_names(loop, getattr(node, "lineno", 0))
    for call in handlers.own_calls(body):
        name = last_name(call)
        if name in ("import_module", "exec_module", "__import__", "load_module"):
            if any(mentions(given, items) for given in (*call.args, call.func)):
                return call
        elif name == "load" and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            if call.func.value.id in items and not call.args and "entry_points" in _iterated(module, loop):
                return call
    return None


def passed_over_step(module: Module, node: ast.AST, body: list[ast.stmt]) -> ast.Call | None:
    """The call that is all of a block, a step of the object's own work, whose failure is passed over."""
    if not isinstance(node, ast.ExceptHandler) or not all(isinstance(part, _PASSING) for part in node.body):
        return None
    if len(body) != 1 or not isinstance(body[0], ast.Expr):
        return None
    value = body[0].value
    call = value.value if isinstance(value, ast.Await) else value
    if not isinstance(call, ast.Call) or _STEPS.match(last_name(call)) is None or call in log_calls(module):
        return None
    if not (_is_own(module, call) or _may_be_own(module, call)) or _is_slight(module, call):
        return None
    return None if any(_OF_FAILURES.search(name) for name in _names_around(module, call)) else call


def first_gathering(module: Module, node: ast.AST, body: list[ast.stmt]) -> ast.Call | None:
    """
    The call of an own function that gathers data, for which the handler puts an empty container; or None.

    Where the handler passes, a loop in the block goes through what is gathered, and collects its parts.
    """
    if not isinstance(node, ast.ExceptHandler) or len(node.body) != 1 or drives_pages(module):
        return None
    (statement,) = node.body
    passes = isinstance(statement, ast.Pass)
    if not passes:
        if not isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Return)) or any(
            isinstance(target, ast.Attribute) for target in _targets(statement)
        ):
            return None
        if not handlers.is_empty_container(statement.value):
            return None
    for call in handlers.own_calls(body):
        name = last_name(call)
        if _GATHERING.match(name) is None or name in _OF_VALUES or name in handlers.CONVERTING:
            continue
        if (passes and not _is_gone_through(module, call)) or _is_slight(module, call):
            continue
        if not (_is_own(module, call) or _may_be_own(module, call)):
            continue
        if not any(_OF_FAILURES.search(around) for around in _names_around(module, call)):
            return call
    return None


def _is_gone_through(module: Module, call: ast.Call) -> bool:
    """Whether a loop goes through what a call gives, and collects its parts."""
    around = module.taken_by(call)
    return isinstance(around, (ast.For, ast.AsyncFor)) and any(
        _collects(part) for part in handlers.own_parts(around.body)
    )


def _may_be_own(module: Module, call: ast.Call) -> bool:
    """Whether nothing is known of the receiver of a method call: it comes from elsewhere in the program."""
    return isinstance(call.func, ast.Attribute) and module.callee(call) is None


def _names_around(module: Module, call: ast.Call) -> Iterator[str]:
    yield last_name(call)
    yield from (part.name for part in module.ancestors(call) if isinstance(part, _FUNCTIONS))


def _loop_passed_on(module: Module, node: ast.AST) -> ast.For | ast.AsyncFor | None:
    """The loop over items whose next round a handler goes on to, with nothing more to do in this one but that."""
    if not isinstance(node, ast.ExceptHandler) or len(node.body) != 1 or not isinstance(node.body[0], _PASSING):
        return None
    statement: ast.AST | None = handlers.try_of(module, node)
    around = module.parent(statement) if statement is not None else None
    while isinstance(around, _BRANCHES):
        around = module.parent(around)
    return around if isinstance(around, (ast.For, ast.AsyncFor)) else None


def _goes_over_passing_things(module: Module, loop: ast.For | ast.AsyncFor) -> bool:
    text = f"{module.text(loop.target)} {_iterated(module, loop)}"
    return (
        isinstance(loop.iter, (ast.Tuple, ast.List))
        or _CANDIDATES.search(text) is not None
        or _PASSING_THINGS.search(text) is not None
        or stores.SLIGHT.search(text) is not None
    )


def _iterated(module: Module, loop: ast.For | ast.AsyncFor) -> str:
    """The text of what a loop goes over, and of what a plain name there is bound to."""
    texts = [module.text(loop.iter, 200)]
    for part in ast.walk(loop.iter):
        if isinstance(part, ast.Name):
            values = [binding.value for binding in module.bindings(part)]
            texts += [module.text(value, 200) for value in values if isinstance(value, ast.expr)]
    return " ".join(texts)


def _item_names(loop: ast.For | ast.AsyncFor, line: int) -> set[str]:
    """The names of a loop's item, and of what is made of it before a line."""
    names = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
    for part in handlers.statements(loop.body):
        if part.lineno < line and isinstance(part, ast.Assign) and mentions(part.value, names):
            names.update(
                one.id for target in part.targets for one in ast.walk(target) if isinstance(one, ast.Name)
            )
    return names


def _working_calls(module: Module, body: list[ast.stmt], items: set[str]) -> Iterator[ast.Call]:
    """The calls of a block that are given an item, or made on one, and do more than to look at it."""
    records = log_calls(module)
    for call in handlers.own_calls(body):
        name = last_name(call)
        if (
            name in _OF_VALUES
            or name in handlers.TIDYING
            or name in handlers.CONVERTING
            or _LOOKING.match(name) is not None
            or call in records
            or not mentions(call, items)
        ):
            continue
        if (_is_own(module, call) or _is_made_on(call, items)) and not _is_for_show(module, call):
            yield call


def _is_made_on(call: ast.Call, items: set[str]) -> bool:
    """Whether a call is made on an item itself: `plugin.manifest()`, `load()`."""
    function = call.func
    value = function.value if isinstance(function, ast.Attribute) else function
    return isinstance(value, ast.Name) and value.id in items


def _is_own(module: Module, call: ast.Call) -> bool:
    """Whether a call calls a function of the package, or a method of the object or of a part of it."""
    function: ast.expr = call.func
    while isinstance(function, ast.Attribute):
        function = function.value
    if isinstance(function, ast.Name) and function.id in ("self", "cls") and isinstance(call.func, ast.Attribute):
        return True
    callee = module.callee(call)
    return callee is not None and callee.partition(".")[0] == module.name.partition(".")[0]


def _is_for_show(module: Module, call: ast.Call) -> bool:
    """Whether a call, or a function around it, is there for the eye, or for a cache."""
    text = module.text(call, 300)
    return (
        stores.SLIGHT.search(text) is not None
        or "cache" in text.lower()
        or any(stores.SLIGHT.search(name) for name in _names_around(module, call))
    )


def _is_slight(module: Module, call: ast.Call) -> bool:
    """Whether a call, or a function around it, is there for show, for figures or for a cache."""
    return _is_for_show(module, call) or any(
        stores.FIGURES.search(name) is not None for name in _names_around(module, call)
    )


def _statement_value_of(module: Module, call: ast.Call) -> ast.Expr | None:
    """The statement that a call, or the `await` of it, is; None where its answer is used."""
    around = module.taken_by(call)
    return around if isinstance(around, ast.Expr) else None


def _is_collected(module: Module, call: ast.Call, statement: ast.stmt, loop: ast.For | ast.AsyncFor) -> bool:
    """Whether what a call gives is among what the loop collects: in the same statement, or later in the round."""
    own = module.statement(call)
    made = {one.id for target in _targets(own) for one in ast.walk(target) if isinstance(one, ast.Name)}
    if any(_collects(part) and call in ast.walk(part) for part in _of_statement(own)):
        return True
    if isinstance(own, (ast.For, ast.AsyncFor)):
        # Its parts are what is collected one by one.
        return any(_collects(part) for part in handlers.own_parts(own.body))
    if not made:
        return False
    end = statement.end_lineno or 0
    for later in handlers.statements(loop.body):
        if later.lineno <= own.lineno or (later.lineno <= end and later.lineno > _end_of_body(statement)):
            continue
        if isinstance(later, ast.Assign) and mentions(later.value, made):
            made.update(
                one.id for target in later.targets for one in ast.walk(target) if isinstance(one, ast.Name)
            )
        if any(_collects(part) and mentions(part, made) for part in _of_statement(later)):
            return True
    return False


def _is_kept_behind(statement: ast.Try, loop: ast.For | ast.AsyncFor) -> bool:
    """Whether a round goes on to collect something behind the `try`: the item is there all the same."""
    return any(
        _collects(part)
        for later in handlers.statements(loop.body)
        if later.lineno > (statement.end_lineno or 0)
        for part in _of_statement(later)
    )


def _end_of_body(statement: ast.stmt) -> int:
    body: list[ast.stmt] = getattr(statement, "body", [])
    return (body[-1].end_lineno or 0) if body else 0


def _of_statement(statement: ast.stmt) -> Iterator[ast.AST]:
    """A simple statement and its parts."""
    if isinstance(statement, (ast.Expr, ast.Assign, ast.AugAssign)):
        yield from ast.walk(statement)


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, ast.AnnAssign) else []


def _collects(part: ast.AST) -> bool:
    """Whether a node adds something to what is collected: `rows.append(x)`, `known[key] = x`, `yield x`."""
    if isinstance(part, ast.Assign):
        return any(isinstance(target, ast.Subscript) for target in part.targets)
    if isinstance(part, (ast.Yield, ast.YieldFrom)):
        return True
    return (
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and part.func.attr in ("add", "append", "extend", "update")
        and _CANDIDATES.search(last_name(part.func.value)) is None
    )
