"""Work: whether a block does something whose failure matters, or only looks at a value."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from flake8_auditrules.knowledge import celery, stores
from flake8_auditrules.knowledge.blocking import Effect, blocking
from flake8_auditrules.knowledge.locks import PLAIN_CONTAINERS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.handlers import CONVERTING, TIDYING, is_broad, own_parts
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_BLOCKS = (ast.AsyncFor, ast.AsyncWith, ast.With)
# What a call of a library waits for that lies outside of the process.
# What a file is closed to others for.
_KEEPING_SECRETS = pattern(
    r"secret|token|passw|credential|private|(?:api|signing|encryption|access)_?key|cookie", re.IGNORECASE
)
_LONG_TEXT = 4_000
_OUTSIDE = frozenset({Effect.DATABASE, Effect.FILE, Effect.NETWORK, Effect.PROCESS})
# Arguments that are a database: a `session` may be one of a conversation.
_GIVEN_DATABASES = pattern(r"(?:^|_|\.)(?:db|database|conn|connection|cursor)\d*$", re.IGNORECASE)
# What lists the plugins that are installed, and what moves files.
_LISTING = frozenset({"importlib.metadata.entry_points", "importlib_metadata.entry_points"})
_MOVING = frozenset(
    {"os.link", "os.rename", "os.replace", "os.symlink", "pathlib.Path.rename", "pathlib.Path.replace"}
)
# What only looks at what there is elsewhere.
_LOOKING_ROUND = frozenset({"glob", "head", "iglob", "iterdir", "listdir", "rglob", "scandir", "walk"})
# What makes objects of texts, be they a file's or not.
_OF_TEXTS = ("yaml.", "ruamel.", "toml.")
# What only requests over HTTP are given.
_OF_REQUESTS = frozenset(
    {"allow_redirects", "cookies", "follow_redirects", "headers", "json", "proxy", "ssl", "timeout", "verify"}
)
# Called like a database, and often something else: a repository of sources, the session of a conversation.
_THINGS = pattern(r"(?:^|_|\.)(?:collection|repo|repository|sess|session|table)$", re.IGNORECASE)
# Modes of a file that is written, and files that tell of a crash or of what was done.
_WRITING = pattern(r"[awx]b?t?\+?b?t?|r\+b?|rb\+")
_OF_CRASHES = pattern(
    r"crash|debug|dump|panic|trace|(?:^|[^a-z])logs?(?:[^a-z]|$)|history|lock|marker|stamp", re.I
)
# Tasks that nobody misses: they keep a cache warm, count, or tell somebody of something; and pools.
_OF_NO_ACCOUNT = pattern(
    r"analytic|cache|e?mail|executor|heartbeat|log(?:_|$)|message|metric|notif|pool|prefetch|send|telemetr|track|warm"
    r"|webhook",
    re.I,
)
# Calls for the sake of their effect that only collect what another call gives.
_COLLECTING = frozenset(
    {"add", "append", "appendleft", "discard", "extend", "insert", "pop", "setdefault", "sort", "update"}
)
# Calls that only wait, start what is waited for, or take what has come.
_WAITING = pattern(
    r"_*(?:body|create_subprocess|drain|form|gather|(?:get_)?json|has|is|join|load_(?:der|pem)|ping|receive|recv"
    r"|shield|sleep|wait)"
    r"(?:_|$)"
)
# Steps on the page of a browser, or a window; and standard input.
_OF_PAGES = pattern(
    r"\b(?:page|driver|browser|element|locator|keyboard|mouse|frame|window)\.|_(?:page|driver|browser|window)\."
    r"|locator|overlay|scroll|click"
    r"|webbrowser|\bstdin\b",
    re.IGNORECASE,
)
# Names that say that something is read or asked for, and what a task to be waited for is called.
_ASKING_NAME = pattern(r"_*read_\w+|\w+_(?:download|fetch|lookup|query|request|search)")
_FUTURES = pattern(r"(?:^|_|\.)(?:async_result|futures?|fut|job|result|task)(?:$|\[)", re.IGNORECASE)
_DRIVERS = ("nodriver", "patchright", "playwright", "pyautogui", "pyppeteer", "selenium", "zendriver")
# Class methods that make an object of a record, and raise where a field of it is missing.
_VALIDATING = pattern(r"(?:model_validate(?:_json)?|from_(?:\w+_)?(?:dict|doc|document|json|record|row))$")
_DECRYPTING = pattern(r"_*decrypt(?:_|$)")
# Functions of `subprocess` that give what a program writes.
_RUNNING = pattern(r"(?:check_output|getoutput|getstatusoutput|run)$")
# A statement that only asks whether a database answers.
_PROBE = pattern(r"[\"']select 1;?[\"']", re.IGNORECASE)
_LOOKING = frozenset(
    {
        "all",
        "any",
        "endswith",
        "enumerate",
        "exists",
        "get",
        "getattr",
        "hasattr",
        "is_dir",
        "is_file",
        "isinstance",
    }
    | {
        "items",
        "keys",
        "len",
        "max",
        "min",
        "range",
        "repr",
        "sorted",
        "startswith",
        "sum",
        "type",
        "values",
        "zip",
    }
)


def does_work(module: Module, body: list[ast.stmt]) -> bool:
    """
    Whether a block does something whose failure matters.

    That is: it waits for what is kept elsewhere, opens something, sets an attribute of another object, calls what
    by its name changes or fetches something, or asks a store of data. A block that asks a plain question,
    `codec.name_of(x)`, or makes one value of another, does none: its failure is an answer.
    """
    for part in own_parts(body):
        if isinstance(part, _BLOCKS) or (isinstance(part, ast.Await) and _asks_elsewhere(part.value)):
            return True
        if isinstance(part, ast.Assign):
            if any(_belongs_to_another(target) for target in part.targets):
                return True
        elif isinstance(part, ast.Call):
            if _reaches_out(module, part):
                return True
    return False


def first_deed(module: Module, body: list[ast.stmt]) -> ast.Call | None:
    """The first call of a block for which `does_work` holds; None where there is none."""
    return next(
        (part for part in own_parts(body) if isinstance(part, ast.Call) and _reaches_out(module, part)), None
    )


def first_request(module: Module, body: list[ast.stmt]) -> ast.Call | None:
    """
    The first call of a block that asks or changes something elsewhere, or runs a program; None where none does.

    The call is made for what it gives: messages whose answer nobody reads do not count, nor does what is there for
    the eye, a step on a page of a browser, waiting, tidying up, nor what stands in a `try` of its own that takes
    every failure.
    """
    if drives_pages(module):
        return None
    found = next((call for call in _unguarded_calls(module, body) if _is_request_for(module, call)), None)
    while found is not None:
        # `_store().get(number)` is asked, not `_store()`.
        method = module.parent(found)
        outer = module.parent(method) if isinstance(method, ast.Attribute) else None
        if not isinstance(outer, ast.Call) or outer.func is not method:
            return found
        found = outer
    return None


def first_outside(
    module: Module, body: list[ast.stmt], leads_outside: Callable[[ast.Call], bool]
) -> ast.Call | None:
    """
    The first call of a block that reads or changes something outside of the process; None where there is none.

    `leads_outside` tells of calls of functions of the project. What is there for the eye does not count, nor do
    steps on a page of a browser, messages whose answer nobody reads, waiting, tidying up and what stands in a
    `try` of its own that takes every failure.
    """
    calls = _weighty_calls(module, body)
    if drives_pages(module):
        return next((call for call in calls if _is_known_outside(module, call)), None)
    return next((call for call in calls if _goes_outside(module, call)), None) or next(
        (call for call in calls if leads_outside(call)), None
    )


def outside_calls(module: Module, body: list[ast.stmt], by_name: bool) -> tuple[bool, list[ast.Call]]:
    """
    Whether a block itself goes outside of the process, as `first_outside` tells, and the calls it makes else.

    Calls of what is not known count where they are `by_name` what does.
    """
    calls = _weighty_calls(module, body)
    goes = _goes_outside if by_name else _is_known_outside
    return any(goes(module, call) for call in calls), calls


def _weighty_calls(module: Module, body: list[ast.stmt]) -> list[ast.Call]:
    """The calls of a block that do more than tell or tidy up, but those in a `try` that takes every failure."""
    records = log_calls(module)
    return [call for call in _unguarded_calls(module, body) if call not in records and not _is_small(module, call)]


def _is_small(module: Module, call: ast.Call) -> bool:
    """Whether a call only tells, waits, tidies up, shows or describes, or removes what may not be there."""
    name = last_name(call)
    if name in TIDYING or _WAITING.match(name) is not None or stores.REMOVING.match(name) is not None:
        return True
    if stores.TELLING.match(name) is not None and isinstance(module.taken_by(call), ast.Expr):
        return True
    text = module.text(call, 300)
    return (
        stores.SLIGHT.search(text) is not None
        or _OF_PAGES.search(text) is not None
        or "cache" in text.lower()
        or _PROBE.search(text) is not None
        or _reads_memory(call)
        or _describes(module, call)
    )


def _goes_outside(module: Module, call: ast.Call) -> bool:
    """Whether a call does so by the library's function that it calls, or by its name and its receiver."""
    if _writes_file(call):
        return _leaves_behind(module, call)
    callee = module.callee(call) or ""
    if callee.startswith(_OF_TEXTS) or last_name(call) in _LOOKING_ROUND:
        return False
    return (
        _is_known_outside(module, call)
        or (last_name(call) in ("chmod", "fchmod") and _protects(module, call))
        or _is_effort(module, call)
        or _leaves_behind(module, call)
        or _is_missed(module, call, True)
    )


def _is_known_outside(module: Module, call: ast.Call) -> bool:
    """Whether a call calls a library's function that waits for a file, a database, a host or a program."""
    callee = module.callee(call)
    if callee is None:
        return False
    known = blocking(callee)
    return callee in _LISTING or callee in _MOVING or (known is not None and known.effect in _OUTSIDE)


def asks_remote(module: Module, call: ast.Call) -> bool:
    """Whether a call calls a library's function that waits for a database or another machine."""
    known = blocking(module.callee(call) or "")
    return known is not None and known.effect in (Effect.DATABASE, Effect.NETWORK)


def asks_program(module: Module, call: ast.Call) -> bool:
    """Whether a call runs a program for what it answers."""
    known = blocking(module.callee(call) or "")
    return known is not None and known.effect is Effect.PROCESS and not isinstance(module.taken_by(call), ast.Expr)


def _protects(module: Module, call: ast.Call) -> bool:
    """Whether a call closes a file to all but its owner, in a function that has to do with secrets."""
    mode = call.args[-1] if call.args else None
    if not isinstance(mode, ast.Constant) or not isinstance(mode.value, int) or mode.value & 0o077:
        return False
    function = module.function_of(call)
    return _KEEPING_SECRETS.search(module.text(function if function is not None else call, _LONG_TEXT)) is not None


def passed_on(body: list[ast.stmt]) -> ast.Call | None:
    """The call whose parts a block passes on one by one: `async for part in stream(): yield part`."""
    for part in own_parts(body):
        if isinstance(part, ast.AsyncFor) and isinstance(part.iter, ast.Call):
            if any(isinstance(inner, ast.Yield) for inner in own_parts(part.body)):
                return part.iter
    return None


def _is_request_for(module: Module, call: ast.Call) -> bool:
    name = last_name(call)
    if isinstance(module.taken_by(call), ast.Expr) or name in TIDYING or _WAITING.match(name) is not None:
        return False
    text = module.text(call, 300)
    if (
        stores.SLIGHT.search(text) is not None
        or _OF_PAGES.search(text) is not None
        or "cache" in text.lower()
        or _looks_into_session(call)
        or _describes(module, call)
        or _reads_memory(call)
    ):
        return False
    if _RUNNING.match(name) is not None and (module.callee(call) or "").startswith("subprocess."):
        return True
    return stores.FIGURES.search(name) is None and _reaches_out(module, call)


def _belongs_to_another(target: ast.expr) -> bool:
    """Whether an assignment changes an attribute of an object that is not the method's own."""
    return isinstance(target, ast.Attribute) and not (
        isinstance(target.value, ast.Name) and target.value.id in ("self", "cls")
    )


def _asks_elsewhere(waited: ast.expr) -> bool:
    """Whether what is awaited is a call that by its name gets something that is kept elsewhere."""
    return isinstance(waited, ast.Call) and stores.ASKS.match(last_name(waited)) is not None


def _queues(module: Module, waited: ast.expr) -> bool:
    """Whether an expression puts something into a queue in memory or takes it out, which hardly fails."""
    return (
        isinstance(waited, ast.Call)
        and isinstance(waited.func, ast.Attribute)
        and waited.func.attr in ("get", "get_nowait", "put", "put_nowait")
        and module.text(waited.func.value, 200).lower().endswith("queue")
    )


def _reaches_out(module: Module, call: ast.Call) -> bool:
    name = last_name(call)
    if _queues(module, call) or (name == "set" and isinstance(call.func, ast.Name)) or _searches_text(call):
        return False
    if stores.FETCHES.match(name) is not None:
        return True
    if name not in _COLLECTING and name not in TIDYING and stores.DEEDS.match(name) is not None:
        if stores.SMALL_DEEDS.match(name) is None or module.awaited(call):
            return True
    return isinstance(call.func, ast.Attribute) and asks_store(module, call)


def _searches_text(call: ast.Call) -> bool:
    """Whether a call is `PATTERN.search(text)`."""
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "search"
        and isinstance(function.value, ast.Name)
        and (function.value.id.isupper() or function.value.id == "re")
    )


def asks_store(module: Module, call: ast.Call) -> bool:
    """Whether the receiver of a method call is called like a database, a store or a client."""
    if not isinstance(call.func, ast.Attribute):
        return False
    receiver = call.func.value
    while isinstance(receiver, ast.Call):
        if not isinstance(receiver.func, ast.Attribute):
            break
        receiver = receiver.func.value
    return stores.STORES.search(module.text(receiver, 200)) is not None and not _is_collection(module, receiver)


def _is_collection(module: Module, receiver: ast.expr) -> bool:
    """Whether what is called like a store is a collection in memory: `pool = set()`."""
    return isinstance(receiver, (ast.Name, ast.Attribute)) and module.instance_of(receiver) in PLAIN_CONTAINERS


def first_loss(module: Module, body: list[ast.stmt], *, answers: bool) -> ast.Call | None:
    """
    The first call of a block that plainly changes what a database keeps, or, where `answers` are asked for, takes
    something away from one or asks it: when it fails, somebody misses it. None where there is none.

    Narrower than `does_work`: the call is made on what is called like a database, a session or a cursor, or is
    given one. Requests over the network do not count, nor do files: that nobody answers, or that a file is not
    there, is for most callers the same as that there is nothing.
    """
    return next(
        (part for part in own_parts(body) if isinstance(part, ast.Call) and _is_missed(module, part, answers)),
        None,
    )


def first_change(module: Module, body: list[ast.stmt]) -> ast.Call | None:
    """
    The first call of a block that by its name leaves something behind that others rely on; None where none does.

    That is: a coroutine named like one (`await chats.upsert_message(...)`), a method of what is called like a
    store, a client or a service, a statement that by its name keeps something (`save_tokens(...)`) or has a worker
    do something (`import_orders.delay(shop)`), or the opening of a file to be written. What is there for the eye
    alone (typing, emojis, figures for show) does not count, nor do reports of a crash, nor what stands in a `try`
    of its own that takes every failure.
    """
    return next((call for call in _unguarded_calls(module, body) if _leaves_behind(module, call)), None)


def dropped_item(module: Module, body: list[ast.stmt]) -> ast.Call | None:
    """
    The first call that gets or keeps an item in a block that then collects it: `rows.append(load(name))`.

    None where nothing is collected, and where all that is done to the item is to look into it or to convert it.
    """
    if not any(_collects(part) for part in own_parts(body)):
        return None
    return _first_working(module, body) or next(
        (call for call in _unguarded_calls(module, body) if _VALIDATING.match(last_name(call)) is not None), None
    )


def first_setting(module: Module, body: list[ast.stmt]) -> ast.Call | None:
    """
    The first call that gets something in a block that sets an attribute of another object: `state.view = load(x)`.

    None where none is set, and where an attribute is only made of what it was: `column.kind = parse(column.kind)`.
    """
    for part in own_parts(body):
        if isinstance(part, ast.Assign) and any(_belongs_to_another(target) for target in part.targets):
            made_of = module.text(part.value, 300)
            if not any(module.text(target) in made_of for target in part.targets):
                return _first_working(module, body)
    return None


def _first_working(module: Module, body: list[ast.stmt]) -> ast.Call | None:
    """The first call of a block that by its name gets or keeps something, and does not only look into a value."""
    return next(
        (
            call
            for call in _unguarded_calls(module, body)
            if last_name(call) not in _COLLECTING
            and last_name(call) not in CONVERTING
            and _gets_or_keeps(last_name(call))
            and not _looks(call)
            and stores.SLIGHT.search(module.text(call, 300)) is None
        ),
        None,
    )


def drives_pages(module: Module) -> bool:
    """Whether a module clicks through pages or windows: what is not there to be clicked is an ordinary outcome."""
    return "browser" in module.name or module.imports(*_DRIVERS)


def _collects(part: ast.AST) -> bool:
    """Whether a part of a block adds a value to what is collected over the rounds of a loop."""
    if isinstance(part, ast.AugAssign):
        return isinstance(part.op, ast.BitOr)
    return (
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and part.func.attr in ("add", "append", "extend")
        and isinstance(part.func.value, (ast.Name, ast.Attribute))
        and "candidate" not in last_name(part.func.value)
    )


def _looks(call: ast.Call) -> bool:
    """Whether a call only looks at what there is: `isinstance(x, str)`, `row.get("name")`, `sorted(names)`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr in _LOOKING
    return isinstance(function, ast.Name) and (function.id in _LOOKING or function.id[:1].isupper())


def _is_effort(module: Module, call: ast.Call) -> bool:
    name = last_name(call)
    if name in TIDYING or name in _COLLECTING or _queues(module, call) or _searches_text(call):
        return False
    dropped = isinstance(module.taken_by(call), ast.Expr)
    if (dropped and stores.TELLING.match(name) is not None) or _WAITING.match(name) is not None:
        return False
    text = module.text(call, 300)
    if stores.SLIGHT.search(text) is not None or _OF_PAGES.search(text) is not None or "cache" in text.lower():
        return False
    if name == "load" and call.args and isinstance(call.func, ast.Attribute) and not module.awaited(call):
        # A text or bytes that the block has, unless it is a method of its own or the function of a module.
        return module.text(call.func.value) in ("self", "cls") or module.qualname(call.func) is not None
    if _looks_into_session(call):
        return False
    if _PROBE.search(text) is not None or _describes(module, call) or _reads_memory(call):
        return False
    if module.awaited(call):
        # `await reader.read()` takes what has come.
        return name != "read" and _gets_or_keeps(name)
    if _writes_file(call):
        return _leaves_behind(module, call)
    return (
        name in ("open", "read_text", "read_bytes")
        or _DECRYPTING.match(name) is not None
        or stores.FETCHES.match(name) is not None
        or _ASKING_NAME.fullmatch(name) is not None
        or _waits_for_result(module, call, dropped)
        or (
            isinstance(call.func, ast.Attribute)
            and asks_store(module, call)
            and (name in stores.READING or stores.GETTING.match(name) is not None)
        )
    )


def _gets_or_keeps(name: str) -> bool:
    """Whether a call by its name gets something that is kept elsewhere, or keeps it there."""
    return (
        name in stores.READING
        or stores.FETCHES.match(name) is not None
        or stores.GETTING.match(name) is not None
        or stores.LASTING.match(name) is not None
        or _DECRYPTING.match(name) is not None
        or _ASKING_NAME.fullmatch(name) is not None
    )


def _waits_for_result(module: Module, call: ast.Call, dropped: bool) -> bool:
    """
    Whether a call waits for what a task or a future gives: `future.result()`, `result.get()`.

    What is dropped of a task is asked for so that asyncio does not complain.
    """
    return (
        isinstance(call.func, ast.Attribute)
        and not call.args
        and call.func.attr in ("get", "result")
        and _FUTURES.search(text := module.text(call.func.value, 100)) is not None
        and not (dropped and "task" in text)
    )


def _describes(module: Module, call: ast.Call) -> bool:
    """Whether a statement asks what a table is like, or one is fetched: `execute("PRAGMA ...").fetchall()`."""
    held = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(held, ast.Call) and last_name(call).startswith("fetch"):
        call = held
    return bool(call.args) and stores.DESCRIBING.match(module.text(call.args[0], 100)) is not None


def _reads_memory(call: ast.Call) -> bool:
    """Whether what is opened is a file in memory: the bytes are what they are."""
    return any(last_name(given) in ("BytesIO", "StringIO") for given in call.args if isinstance(given, ast.Call))


def _unguarded_calls(module: Module, body: list[ast.stmt]) -> Iterator[ast.Call]:
    """The calls that a block itself makes, without those whose failures a `try` in it takes."""
    guarded: set[int] = set()
    for part in own_parts(body):
        if isinstance(part, ast.Try) and any(is_broad(module, handler) for handler in part.handlers):
            guarded.update(id(inner) for inner in own_parts(part.body))
        elif isinstance(part, ast.Call) and id(part) not in guarded:
            yield part


def _leaves_behind(module: Module, call: ast.Call) -> bool:
    name = last_name(call)
    if _writes_file(call):
        where = call.args[0] if isinstance(call.func, ast.Name) and call.args else call.func
        function = module.function_of(call)
        name = function.name if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) else ""
        return _OF_CRASHES.search(f"{name} {module.text(where, 200)}") is None
    if name in celery.SENDING:
        return _sends_task(module, call)
    if (
        stores.LASTING.match(name) is None
        or name in TIDYING
        or _queues(module, call)
        or _keeps_cache(module, call)
    ):
        return False
    text = module.text(call, 300)
    if stores.SLIGHT.search(text) is not None or _OF_PAGES.search(text) is not None:
        return False
    return (
        module.awaited(call)
        or (stores.SMALL_DEEDS.match(name) is None and asks_store(module, call))
        or (
            stores.KEEPING.match(name) is not None
            and name not in _COLLECTING
            and isinstance(module.parent(call), ast.Expr)
        )
    )


def _sends_task(module: Module, call: ast.Call) -> bool:
    """
    Whether a call asks a worker to run a task: `import_orders.delay(shop)`.

    Tasks that tell somebody of something or keep a cache, and those of a pool in the same program, do not count.
    """
    if not isinstance(call.func, ast.Attribute) or not (
        module.awaited(call) or isinstance(module.parent(call), ast.Expr)
    ):
        return False
    task = call.func.value
    if last_name(call) == "send_task":
        task = call.args[0] if call.args else task
    named = module.text(task, 100)
    return (
        stores.TELLING.match(last_name(task)) is None
        and stores.SLIGHT.search(named) is None
        and _OF_NO_ACCOUNT.search(named) is None
    )


def _writes_file(call: ast.Call) -> bool:
    """Whether a call writes a file, or opens one to be written."""
    name = last_name(call)
    if name in ("write_bytes", "write_text"):
        return True
    if name != "open":
        return False
    given = [*call.args[:2], *(word.value for word in call.keywords if word.arg == "mode")]
    return any(
        isinstance(mode, ast.Constant)
        and isinstance(mode.value, str)
        and _WRITING.fullmatch(mode.value) is not None
        for mode in given
    )


def _is_missed(module: Module, call: ast.Call, answers: bool) -> bool:
    name = last_name(call)
    if isinstance(call.func, ast.Attribute) and _is_of_schema(module, call.func):
        # What is dropped may not be there; what a `batch_alter_table` does is done by the calls in it.
        return not name.startswith(("batch_", "drop_"))
    if name == "commit":
        return True
    if _keeps_cache(module, call):
        return False
    if name in TIDYING or stores.TELLING.match(name) is not None or _is_request(call) or _looks_into_session(call):
        return False
    if not isinstance(module.taken_by(call), ast.Expr) and _describes(module, call):
        return False
    if name == "execute":
        return _asks_database(module, call) and (
            answers or stores.CHANGING.search(module.text(call, 300)) is not None
        )
    if stores.DEEDS.match(name) is not None and stores.FETCHES.match(name) is None:
        if not (answers or stores.REMOVING.match(name) is None):
            return False
        return _asks_database(module, call) or (
            stores.SMALL_DEEDS.match(name) is None
            and any(_is_database(module, given) for given in (*call.args, *(word.value for word in call.keywords)))
        )
    if not answers or not isinstance(call.func, ast.Attribute) or not _asks_database(module, call):
        return False
    return (
        name in stores.READING
        or stores.FETCHES.match(name) is not None
        or (stores.GETTING.match(name) is not None and _THINGS.search(module.text(call.func.value, 200)) is None)
    )


def _asks_database(module: Module, call: ast.Call) -> bool:
    """Whether the receiver of a method call, or what a chain of calls begins with, is called like a database."""
    if not isinstance(call.func, ast.Attribute):
        return False
    receiver = call.func.value
    while isinstance(receiver, ast.Call):
        if not isinstance(receiver.func, ast.Attribute):
            break
        receiver = receiver.func.value
    return stores.DATABASES.search(module.text(receiver, 200)) is not None and not _is_collection(module, receiver)


def _keeps_cache(module: Module, call: ast.Call) -> bool:
    """Whether what is called is called a cache: what is not in it is worked out again."""
    return "cache" in module.text(call.func, 200).lower()


def _is_database(module: Module, given: ast.expr) -> bool:
    return isinstance(given, (ast.Name, ast.Attribute)) and (
        _GIVEN_DATABASES.search(module.text(given, 200)) is not None
    )


def _is_request(call: ast.Call) -> bool:
    """Whether a call of a session is one of HTTP: it is given a URL, or what only requests are given."""
    first = call.args[0] if call.args else None
    return (
        any(word.arg in _OF_REQUESTS for word in call.keywords)
        or isinstance(first, ast.JoinedStr)
        or (isinstance(first, ast.Constant) and isinstance(first.value, str) and "/" in first.value)
        or (isinstance(first, (ast.Name, ast.Attribute)) and _names_url(first))
    ) and last_name(call) in ("delete", "get", "head", "options", "patch", "put", "request")


def _looks_into_session(call: ast.Call) -> bool:
    """Whether a call looks at a session itself, or into the mapping that a request has: `session.get("user")`."""
    if last_name(call) == "get_bind":
        return True
    first = call.args[0] if call.args else None
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr == "get"
        and last_name(call.func.value) == "session"
        and isinstance(first, ast.Constant)
        and isinstance(first.value, str)
        and "/" not in first.value
    )


def _names_url(given: ast.Name | ast.Attribute) -> bool:
    name = given.id if isinstance(given, ast.Name) else given.attr
    return name.lower().endswith(("url", "uri", "endpoint", "path", "host", "address"))


def _is_of_schema(module: Module, function: ast.Attribute) -> bool:
    """Whether a method changes the schema of a database in a migration: `op.add_column`, `batch_op.add_column`."""
    receiver = function.value
    return (isinstance(receiver, ast.Name) and receiver.id == "batch_op") or (
        module.qualname(function) or ""
    ).startswith(stores.SCHEMA)
