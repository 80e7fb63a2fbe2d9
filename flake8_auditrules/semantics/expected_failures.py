"""Expected failures: handlers after which nobody misses what their block has not done."""

from __future__ import annotations

import ast
import re
import sys

from flake8_auditrules.knowledge import languages, stores
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics import handlers
from flake8_auditrules.semantics.loggers import log_calls
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, mentions
from flake8_auditrules.semantics.work import outside_calls

# Functions whose name says that a failure is one of the answers, or that they do their best.
_ANSWERING = pattern(
    r"_*(?:is|has|in|can|should|supports?|verify|matches|try|safe|safely|maybe|coerce|guess|detect|ping|probe|looks|attempt"
    r"|exists|check|test|validate|diagnose|warn)_\w+"
    r"|_*(?:check|health|ping|probe|test|validate|verify)|_*(?:\w+_)?health(?:_check|check|z)?"
    r"|(?:\w+_)?(?:contains|matches|equals)"
    r"|_*reset|_*(?:revert|undo|rollback|roll_back|restore|compensate)(?:_\w+)?"
    r"|\w+_(?:or_none|or_default|or_empty|or_null|if_(?:any|available|possible|present)|safe|safely|quietly|silently|best_effort|exists|available)"
    r"|_*(?:safe|best_effort|try|a?exists)\w*"
    r"|_*(?:a?close|cleanup|clean_up|destroy|stop|shutdown|teardown|dispose|disconnect|release|drain"
    r"|unload|unlink|free|flush|kill|terminate|abort|unsubscribe|unregister|detach)(?:_\w+)?"
    r"|\w*_(?:at_?exit|on_exit)|\w*_(?:error|exception|failure|cache|caches|cached|version|versions|updates?_available)"
    r"|_*(?:\w+_)?cache[sd]?_\w+"
    r"|_*(?:handle|on)_\w*(?:error|exception|failure)"
    r"|__(?:del|exit|aexit|repr|str|eq|bool|contains|getattr)__"
)
# Functions that look into what they are given: that it cannot be read is an answer, that a file cannot is none.
_LOOKING_INTO = pattern(r"_*(?:parse|scan)_\w+")
_TELEMETRY = pattern(
    r"telemetr|metric|analytic|posthog|trac(?:er|ing)|span|sentry|statsd|prometheus|instrument|langfuse|otel"
    r"|usage|tracker|(?:^|[._])tracking|^_*track_|heartbeat|progress|notice|event_?bus|(?:^|\.)_?emit(?:_|$)",
    re.IGNORECASE,
)
_REASON = pattern(
    r"fail|error|except|raise|best[- ]effort|guard|ignor|optional|falls? ?(?:back|through)|never|must not"
    r"|^try\b|tries|attempt|if (?:any|available|possible|present)|critical|fatal|(?:may|might) (?:not|already)"
    r"|already|harmless|older|legacy|compat|\bonly (?:for|in|on|with)\b|\bcan(?:no|')t\b|\bcould(?:n't| not)\b"
    r"|\bunable\b",
    re.IGNORECASE,
)
_PROMISE = pattern(
    r"swallow|fire[- ]and[- ]forget"
    r"|without (?:failing|raising)|best[- ]effort|never raises?\b|does not raise|absorb|no-op on"
    r"|fail(?:s|ures? (?:are|is))?[- ](?:open|closed|safe|soft|silent(?:ly)?)"
    r"|\bsafe (?:for|on|when)\b|\bon any\s+(?:error|failure)"
    r"|ignor(?:es?|ing) (?:any |all )?(?:errors?|failures?|exceptions?)"
    r"|\bnon-?(?:blocking|critical|essential|fatal)\b|\bnot (?:critical|fatal)\b"
    r"|\btolerat(?:es?|ing)\b|\bunpars(?:e)?able\b|\bmalformed\b|\bcorrupt(?:ed)?\b"
    r"|(?:if|when|on|upon|in case of)\b[^.\n]{0,60}\b(?:cannot|can't|could not|couldn't|invalid|unable|errors?"
    r"|fail(?:s|ed|ures?)?|exceptions?|unavailable|unreachable|unreadable)\b"
    r"|\b(?:false|none|empty)\b[^.\n]{0,20}\botherwise\b|\bfall(?:s|ing)? ?back\b|\bfallback\b",
    re.IGNORECASE,
)
# What something is said to be that could not be reached.
_FAILED_WORDS = pattern(r"down|error|fail|offline|unavailable|unknown|unreachable", re.IGNORECASE)
_DROPS = re.compile(r"_*\w*?(?:drop|delete)(?:_|$)")
# Names of questions about a state: `run_row_settled`.
_STATE = pattern(r"(?:ed|exists?|able|alive|ready|present)$")
# The part of a docstring that says what is raised, in Google's and in Sphinx's style.
_RAISES = pattern(r"^[ ]*Raises:.*?(?=^[ ]*\w+:[ ]*$|\Z)|^[ ]*:raises? [^\n]*", re.MULTILINE | re.DOTALL)
# What a function is declared to give when it is asked whether something holds.
_QUESTION = pattern(r"bool|(?:typing\.)?Optional\[bool\]|bool \| None|None \| bool")
# Calls that only look at what is there, beside a tidying call.
_LOOKING = frozenset(
    {
        "exists",
        "isfile",
        "is_file",
        "isdir",
        "is_dir",
        "getattr",
        "hasattr",
        "isinstance",
        "callable",
        "is_running",
        "is_alive",
        "done",
        "list",
        "values",
        "items",
        "Path",
        "get",
        "pop",
        "wait_for",
        "gather",
        "iscoroutine",
        "isawaitable",
        "is_closed",
        "glob",
        "iglob",
        "iterdir",
        "listdir",
        "rglob",
        "scandir",
        "sleep",
    }
)
# What a loop goes over whose items are called to end something.
_ENDS = pattern(r"clean|clos|dispos|exit|final|shut_?down|tear_?down|undo", re.IGNORECASE)
_TIDYING_NAMES = (
    "close",
    "_close",
    "delete",
    "detach",
    "evict",
    "interrupt",
    "invalidate",
    "logout",
    "release",
    "remove_",
    "stop_",
    "unload",
    "unregister",
    "unsubscribe",
)
# Calls that look at an installed package.
_OF_PACKAGES = frozenset(
    f"{library}.{name}"
    for library in ("importlib.metadata", "importlib_metadata")
    for name in ("distribution", "files", "metadata", "requires", "version")
) | {"pkg_resources.get_distribution", "pkg_resources.require"}
# What a module says of all its functions.
_PROMISE_OF_ALL = pattern(
    r"\bfails?[- ]open\b"
    r"|\b(?:errors|exceptions|failures) are (?:silently )?(?:discarded|dropped|ignored|swallowed)\b",
    re.IGNORECASE,
)
_WORDS_OF_A_REASON = 2
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def tries_one_after_another(module: Module, handler: ast.ExceptHandler, statement: ast.Try) -> bool:
    """Whether a loop looks for something that works, or asks again after a while."""
    return (
        isinstance(handler.body[-1], (ast.Pass, ast.Continue))
        and (loop := module.loop_of(statement)) is not None
        and (success_leaves(statement) or _waits(loop) or _leaves_behind(loop, statement))
    )


def goes_another_way(module: Module, handler: ast.ExceptHandler, statement: ast.Try) -> bool:
    """Whether the failure of the block goes on to another way of doing the same."""
    if any(_asks_again(part) for part in handler.body):
        return True
    if not all(isinstance(part, (ast.Pass, ast.Assign, ast.Continue)) for part in handler.body):
        return False
    loop = module.loop_of(statement) if isinstance(handler.body[-1], ast.Continue) else None
    following = statement_behind(module, statement if loop is None else loop)
    if following is None:
        return False
    block = list(handlers.statements(statement.body))
    if any(isinstance(part, ast.Return) and not handlers.is_empty_value(part.value) for part in block) or (
        isinstance(statement.body[-1], ast.Return)
    ):
        # The success leaves the function.
        return loop is not None or not (
            isinstance(following, ast.Return) and handlers.is_empty_value(following.value)
        )
    if isinstance(statement.body[-1], (ast.Continue, ast.Break)) and isinstance(handler.body[-1], ast.Pass):
        # The success leaves the round.
        return True
    return isinstance(following, ast.If) and _tries_instead(following, [*block, *handler.body])


def _asks_again(statement: ast.stmt) -> bool:
    """Whether a branch of a handler gets the value in another way: `if name != default: text = load(default)`."""
    return isinstance(statement, ast.If) and any(
        isinstance(part, ast.Assign) and isinstance(part.value, (ast.Call, ast.Await))
        for part in handlers.statements([*statement.body, *statement.orelse])
    )


def makes_room(module: Module, statement: ast.Try) -> bool:
    """Whether the block drops what may not exist, and it is made again right behind."""
    calls = [part for part in handlers.own_parts(statement.body) if isinstance(part, ast.Call)]
    if not calls or not all(_DROPS.match(last_name(call)) for call in calls):
        return False
    following = statement_behind(module, statement)
    return following is not None and any(
        isinstance(part, ast.Call) and "create" in module.text(part, 500).lower() for part in ast.walk(following)
    )


def tells_beforehand(module: Module, handler: ast.ExceptHandler, statement: ast.Try) -> bool:
    """Whether what the block finds out has the word for a failure before it: `status = "down"`."""
    if not all(isinstance(part, (ast.Pass, ast.Continue)) for part in handler.body):
        return False
    around = module.parent(statement)
    block: list[ast.stmt] = next(
        (one for field in ("body", "orelse") if statement in (one := getattr(around, field, []))), [statement]
    )
    told = {
        target.id
        for before in block[max(0, block.index(statement) - 3) : block.index(statement)]
        if isinstance(before, ast.Assign)
        and isinstance(before.value, ast.Constant)
        and isinstance(before.value.value, str)
        and _FAILED_WORDS.search(before.value.value) is not None
        for target in before.targets
        if isinstance(target, ast.Name)
    }
    return bool(told) and any(
        isinstance(part, ast.Assign) and any(isinstance(one, ast.Name) and one.id in told for one in part.targets)
        for part in handlers.statements(statement.body)
    )


def _tries_instead(following: ast.If, block: list[ast.stmt]) -> bool:
    """Whether an `if` asks for what a block would have given, and else tries something else or raises."""
    given = {
        name.id
        for part in block
        if isinstance(part, ast.Assign)
        for target in part.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }
    if not mentions(following.test, given):
        return False
    called = {last_name(call) for call in handlers.own_parts(block) if isinstance(call, ast.Call)}
    return any(
        isinstance(part, (ast.Try, ast.Await, ast.Raise))
        or (isinstance(part, ast.Call) and last_name(part) == "abort")
        or (isinstance(part, ast.Call) and last_name(part) in called)
        or (isinstance(part, ast.Assign) and isinstance(part.value, ast.Call) and _gives(part, given))
        for inner in following.body
        for part in ast.walk(inner)
    )


def _gives(statement: ast.Assign, names: set[str]) -> bool:
    """Whether an assignment gives one of the names a value."""
    given = (name for target in statement.targets for name in ast.walk(target))
    return any(isinstance(name, ast.Name) and name.id in names for name in given)


def statement_behind(module: Module, statement: ast.AST) -> ast.stmt | None:
    """The statement that stands next behind one, in its own block or behind a block around it."""
    child = statement
    for ancestor in module.ancestors(statement):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(ancestor, field, None)
            if isinstance(block, list) and child in block:
                behind = block[block.index(child) + 1 :]
                if behind:
                    found: ast.stmt = behind[0]
                    return found
        if isinstance(ancestor, _FUNCTIONS):
            return None
        child = ancestor
    return None


def waits_for_cancelled(module: Module, body: list[ast.stmt]) -> bool:
    """Whether the block only waits for tasks that the same function cancels."""
    function = module.function_of(body[0])
    if not isinstance(function, ast.AsyncFunctionDef):
        return False
    if not all(isinstance(one, ast.Expr) and isinstance(one.value, ast.Await) for one in body):
        return False
    cancelled = {
        module.text(part.func.value)
        for part in module.own_nodes(function)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "cancel"
    }
    awaited = [
        module.text(name) for one in body for name in ast.walk(one) if isinstance(name, (ast.Name, ast.Attribute))
    ]
    return not cancelled.isdisjoint(awaited)


def imports(module: Module, body: list[ast.stmt]) -> bool:
    """
    Whether the block imports something, by a statement or a call: what is optional may fail in any way.

    A package's own modules are there; they are imported so late to break a circle. To look at what is known of an
    installed package is to ask whether there is one.
    """
    if any(
        isinstance(part, ast.Call) and (module.callee(part) or "") in _OF_PACKAGES
        for part in handlers.own_parts(body)
    ):
        return True
    return any(_imports_other(module, part) for part in handlers.statements(body)) or any(
        isinstance(part, ast.Call) and last_name(part).startswith(("import_", "__import__"))
        for part in handlers.own_parts(body)
    )


def _imports_other(module: Module, statement: ast.stmt) -> bool:
    """Whether a statement imports from another package, or nothing but one module of its own."""
    if isinstance(statement, ast.ImportFrom):
        if statement.level:
            return False
        names = [statement.module or ""]
    elif isinstance(statement, ast.Import):
        names = [alias.name for alias in statement.names]
    else:
        return False
    own = module.name.partition(".")[0]
    return any(name.partition(".")[0] not in (own, *sys.stdlib_module_names) for name in names)


def scans_folder(module: Module, node: ast.AST, body: list[ast.stmt]) -> bool:
    """Whether the block reads one of the files of a folder: what cannot be read is left out of a search."""
    calls = [part for part in handlers.own_parts(body) if isinstance(part, ast.Call)]
    if len(calls) != 1 or last_name(calls[0]) not in ("read_text", "read_bytes"):
        return False
    return any(
        isinstance(ancestor, ast.For)
        and isinstance(ancestor.iter, ast.Call)
        and last_name(ancestor.iter) in ("glob", "iterdir", "listdir", "rglob", "scandir", "walk")
        for ancestor in module.ancestors(node)
    )


def only_tidies(module: Module, body: list[ast.stmt]) -> bool:
    """Whether the block only closes, cancels or removes what is there, beside questions about it."""
    records = log_calls(module)
    calls = [part for part in handlers.own_parts(body) if isinstance(part, ast.Call) and part not in records]
    ending = [call for call in calls if _tidies(call) or _is_end_gone_over(module, call)]
    within = {id(part) for call in ending for given in call.args for part in ast.walk(given)}
    named = [last_name(call) for call in calls if id(call) not in within]
    tidying = [last_name(call) for call in ending]
    if tidying:
        return all(
            name in tidying
            or name in _LOOKING
            or name in handlers.CONVERTING
            or stores.GETTING.match(name) is not None
            for name in named
        )
    awaits = [part for part in handlers.own_parts(body) if isinstance(part, ast.Await)]
    return not calls and len(body) == 1 and bool(awaits)


def stands_where_failure_is_an_answer(module: Module, node: ast.AST, body: list[ast.stmt]) -> bool:
    """
    Whether a function around is named like one whose answer may be a failure, or a class keeps a cache.

    What a loop of a function that looks into something leaves out on the way is no answer of it.
    """
    return any(
        (isinstance(ancestor, _FUNCTIONS) and _is_answer_of(module, node, body, ancestor.name))
        or (isinstance(ancestor, ast.ClassDef) and "cache" in ancestor.name.lower())
        for ancestor in module.ancestors(node)
    )


def _is_answer_of(module: Module, node: ast.AST, body: list[ast.stmt], function: str) -> bool:
    if _LOOKING_INTO.fullmatch(function) is None:
        return _ANSWERING.fullmatch(function) is not None
    return (
        not (isinstance(node, ast.ExceptHandler) and _goes_on_to_the_next_item(module, node))
        and not (outside_calls(module, body, True)[0])
    )


def _goes_on_to_the_next_item(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether a handler only goes on to the next item of a loop."""
    return all(isinstance(part, (ast.Pass, ast.Continue)) for part in handler.body) and isinstance(
        module.loop_of(handler), (ast.For, ast.AsyncFor)
    )


def is_telemetry(module: Module, node: ast.AST, body: list[ast.stmt]) -> bool:
    """Whether the module, a function or class around, or a call of the block measures or shows progress."""
    if _TELEMETRY.search(module.name) or _TELEMETRY.search(module.path.rpartition("/")[2]):
        return True
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (*_FUNCTIONS, ast.ClassDef)) and _TELEMETRY.search(ancestor.name):
            return True
    return any(
        _TELEMETRY.search(module.text(part.func)) is not None
        if isinstance(part, ast.Call)
        else isinstance(part, ast.ImportFrom)
        and _TELEMETRY.search((part.module or "").rpartition(".")[2]) is not None
        for part in handlers.own_parts(body)
    )


def stands_beside_a_failure(module: Module, node: ast.AST) -> bool:
    """Whether the `try` itself stands in a handler or a `finally`: something else has failed or is over."""
    statement = handlers.try_of(module, node) if isinstance(node, ast.ExceptHandler) else node
    if handlers.handler_of(module, statement) is not None:
        return True
    return isinstance(statement_behind(module, statement), ast.Raise) or handlers.in_finally(module, statement)


def sets_flag(module: Module, node: ast.AST) -> bool:
    """Whether the block ends by setting a flag that was False before: `reached = True` tells of its success."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    statement = handlers.try_of(module, node)
    flags = {
        target.id
        for part in handlers.own_parts(statement.body)
        if isinstance(part, ast.Assign) and isinstance(part.value, ast.Constant) and part.value.value is True
        for target in part.targets
        if isinstance(target, ast.Name)
    }
    function = module.function_of(node)
    return (
        bool(flags)
        and function is not None
        and any(
            isinstance(part, ast.Assign)
            and part.lineno < statement.lineno
            and isinstance(part.value, ast.Constant)
            and part.value.value is False
            and any(isinstance(target, ast.Name) and target.id in flags for target in part.targets)
            for part in module.own_nodes(function)  # type: ignore[arg-type]
        )
    )


def is_promised(module: Module, node: ast.AST) -> bool:
    """
    Whether the function's docstring, or the comment that it begins with, says that failures end there.

    What a module says of all its functions holds for each of them; what a function says, for those in it too.
    """
    if _PROMISE_OF_ALL.search(ast.get_docstring(module.tree) or "") is not None:
        return True
    for function in module.ancestors(node):
        if isinstance(function, _FUNCTIONS):
            document = _RAISES.sub("", ast.get_docstring(function) or "")
            begin = handlers.comment_above(module, function.body[0].lineno)
            said = f"{document}\n{begin}"
            if _PROMISE.search(said) is not None or languages.FAILURES.search(said) is not None:
                return True
    return False


def answers_a_question(module: Module, node: ast.AST, body: list[ast.stmt]) -> bool:
    """Whether the handler answers no, or nothing, in a function that is asked whether something holds."""
    function = module.function_of(node)
    if not (
        isinstance(node, ast.ExceptHandler)
        and isinstance(function, _FUNCTIONS)
        and len(node.body) == 1
        and (isinstance(node.body[0], ast.Return) or _ends_without_answer(module, node))
    ):
        return False
    if function.returns is None:
        if not _gives_yes_or_no(module, function):
            return False
    elif _QUESTION.fullmatch(module.text(function.returns)) is None:
        return False
    if (
        stores.DEEDS.match(function.name) is not None
        and stores.FETCHES.match(function.name) is None
        and _STATE.search(function.name) is None
    ):
        return False
    return not any(
        isinstance(part, ast.Call)
        and stores.DEEDS.match(last_name(part)) is not None
        and stores.FETCHES.match(last_name(part)) is None
        for part in handlers.own_parts(body)
    )


def _gives_yes_or_no(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether all that a function without annotation returns is True, False or a comparison."""
    given = [part.value for part in module.own_nodes(function) if isinstance(part, ast.Return)]
    return bool(given) and all(
        isinstance(value, (ast.Compare, ast.BoolOp))
        or (isinstance(value, ast.Constant) and isinstance(value.value, bool))
        for value in given
    )


def _ends_without_answer(module: Module, handler: ast.ExceptHandler) -> bool:
    """Whether the handler passes and the function then gives nothing."""
    following = statement_behind(module, handlers.try_of(module, handler))
    return (
        isinstance(handler.body[0], ast.Pass)
        and isinstance(following, ast.Return)
        and handlers.is_empty_value(following.value)
    )


def has_reason(module: Module, node: ast.ExceptHandler | ast.With | ast.AsyncWith) -> bool:
    """Whether a comment at the handler, or above its `try` or `with`, says why the failure does not matter."""
    last = handlers.last_line(module, node) if isinstance(node, ast.ExceptHandler) else node.body[0].lineno
    comment = handlers.comment_on(module, node.lineno, last)
    if handlers.words_in(comment) >= _WORDS_OF_A_REASON or _PROMISE.search(comment) is not None:
        return True
    if isinstance(node, ast.ExceptHandler):
        statement = handlers.try_of(module, node)
        if handlers.words_in(_comment_before(module, node)) >= _WORDS_OF_A_REASON:
            return True
        above = handlers.comment_above(module, _first_line(module, statement))
        above = f"{above} {handlers.comment_on(module, statement.lineno, statement.lineno)}"
        around = module.parent(statement)
        further = ""
        if (isinstance(around, (ast.While, ast.For, ast.AsyncFor)) and around.body[0] is statement) or (
            isinstance(around, ast.If) and _begins(around.body, statement)
        ):
            further = handlers.comment_above(module, around.lineno)
        if isinstance(around, ast.If):
            # What stands above a test may speak of the test alone.
            return _REASON.search(above) is not None or _PROMISE.search(further) is not None
        return _REASON.search(f"{above} {further}") is not None
    return len(handlers.comment_above(module, node.lineno).split()) >= _WORDS_OF_A_REASON


def _begins(block: list[ast.stmt], statement: ast.stmt) -> bool:
    """Whether a block begins with a statement, or with the assignments that it is prepared by."""
    return statement in block and all(isinstance(part, ast.Assign) for part in block[: block.index(statement)])


def _comment_before(module: Module, handler: ast.ExceptHandler) -> str:
    """The words of the comment lines right above an `except`, at its own depth."""
    line = module.lines[handler.lineno - 2] if handler.lineno > 1 else ""
    if len(line) - len(line.lstrip()) != handler.col_offset:
        return ""
    return handlers.comment_above(module, handler.lineno)


def _first_line(module: Module, statement: ast.Try) -> int:
    """The line where a `try` begins, with the plain values that are given right before it: `size = None`."""
    around = module.parent(statement)
    blocks = (getattr(around, field, []) for field in ("body", "orelse", "finalbody"))
    block: list[ast.stmt] = next((block for block in blocks if statement in block), [statement])
    place = block.index(statement)
    while place:
        before = block[place - 1]
        if not isinstance(before, ast.Assign) or not handlers.is_empty_value(before.value):
            break
        place -= 1
    return int(block[place].lineno)


def _waits(loop: ast.AST) -> bool:
    """Whether a loop waits between its rounds."""
    body: list[ast.stmt] = getattr(loop, "body", [])
    return any(isinstance(part, ast.Call) and last_name(part) == "sleep" for part in handlers.own_parts(body))


def _leaves_behind(loop: ast.AST, statement: ast.Try) -> bool:
    """Whether a loop is left behind a statement of it: what that has found is what was looked for."""
    body: list[ast.stmt] = getattr(loop, "body", [])
    if statement not in body:
        return False
    behind = body[body.index(statement) + 1 :]
    return any(isinstance(part, (ast.Return, ast.Break)) for part in handlers.statements(behind))


def _is_end_gone_over(module: Module, call: ast.Call) -> bool:
    """Whether a call is one of the ends that a loop goes over: `for close in closers: close()`."""
    loop = module.loop_of(call)
    return (
        isinstance(call.func, ast.Name)
        and isinstance(loop, ast.For)
        and any(isinstance(part, ast.Name) and part.id == call.func.id for part in ast.walk(loop.target))
        and _ENDS.search(module.text(loop.iter, 100)) is not None
    )


def tries_conversion(body: list[ast.stmt]) -> bool:
    """Whether a block converts something and drops what comes out: it tries what kind of value it has."""
    return any(
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and handlers.is_conversion(statement.value)
        for statement in handlers.statements(body)
    )


def _tidies(call: ast.Call) -> bool:
    """Whether a call closes, cancels or removes something."""
    name = last_name(call)
    return name in handlers.TIDYING or name.startswith(_TIDYING_NAMES)


def relays(body: list[ast.stmt]) -> bool:
    """
    Whether a block is one loop over a connection: it ends by an exception when the connection does.

    What it yields is no relay.
    """
    if len(body) != 1:
        return False
    (loop,) = body
    if isinstance(loop, ast.AsyncFor):
        # What is passed on to whoever asked for it ends too early, and looks whole.
        return not any(isinstance(part, ast.Yield) for part in handlers.own_parts(loop.body))
    return isinstance(loop, ast.While) and any(
        isinstance(part, ast.Call)
        and last_name(part).startswith(("ping", "readline", "recv", "receive", "send", "write"))
        for part in handlers.own_parts(loop.body)
    )


def tries_the_next(module: Module, node: ast.With | ast.AsyncWith) -> bool:
    """Whether a block in a loop over candidates leaves it when all went well."""
    return isinstance(module.loop_of(node), ast.For) and any(
        isinstance(part, (ast.Return, ast.Break)) for part in handlers.statements(node.body)
    )


def success_leaves(statement: ast.Try) -> bool:
    """Whether the block leaves the loop when all went well: then going round again is another attempt."""
    return any(
        isinstance(part, (ast.Return, ast.Break))
        for part in handlers.statements([*statement.body, *statement.orelse])
    )
