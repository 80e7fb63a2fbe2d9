"""AUD519: a bad argument that a task tries again and again."""

from __future__ import annotations

import ast

from flake8_auditrules.patterns import pattern
from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import is_task

# What reads a text: the same text always fails with ValueError.
_READING = frozenset(
    {
        "uuid.UUID",
        "datetime.datetime.fromisoformat",
        "datetime.date.fromisoformat",
        "datetime.datetime.strptime",
        "ipaddress.ip_address",
        "ipaddress.ip_network",
        "json.loads",
    }
)
# What looks a row up for a page, and fails with Http404 where there is none.
_LOOKING_UP = frozenset({"django.shortcuts.get_object_or_404", "django.shortcuts.get_list_or_404"})
# What a refusal of an argument raises, and which errors take it in.
_REFUSING: dict[str, frozenset[str]] = {
    name: frozenset({name, "Exception", "BaseException", *bases})
    for name, bases in (
        ("ValueError", ()),
        ("TypeError", ()),
        ("KeyError", ("LookupError",)),
        ("LookupError", ()),
        ("NotImplementedError", ("RuntimeError",)),
        ("Http404", ()),
    )
}
_TRIES = (ast.Try, getattr(ast, "TryStar", ast.Try))
# Blocks that let errors through.
_OPEN_BLOCKS = frozenset({"django.db.transaction.atomic", "builtins.open"})
# What a test of an argument may ask beside comparing it.
_ASKING = frozenset(
    {"len", "isinstance", "bool", "strip", "lower", "upper", "startswith", "endswith", "keys", "get"}
)


class PermanentErrorRetried(Rule):
    """
    ## What it does
    Finds Celery tasks that are retried for every `Exception` (or `ValueError`), by `autoretry_for` or by an
    `except` that ends in `self.retry()`, and read one of their own arguments with what raises `ValueError` for a
    bad text: `UUID(x)`, `fromisoformat(x)`, `json.loads(x)`; look a row up by it with `get_object_or_404`; or
    refuse it themselves: `if mode not in MODES: raise ValueError(...)`.

    ## Why it matters
    The argument of a retry is the same as before, and so is the error: the task fails as often as it may,
    minutes or hours long, before anybody learns of it, and keeps workers from others meanwhile.

    ## When to silence it
    When the sender has read the argument in the same way before.
    """

    code = "AUD519"
    severity = Severity.LOW
    category = Category.LOGIC
    since = "0.1.0"
    message = "`{call}` fails each time for a bad `{argument}`, and each time is retried; exclude `{error}`"
    examined = "readings of tasks' arguments are not retried"
    calls = _READING | _LOOKING_UP

    bad = (
        """
        from uuid import UUID

        from celery import Celery

        app = Celery("shop", broker="memory://")

        @app.task(autoretry_for=(Exception,), max_retries=3, default_retry_delay=0)
        def pack(order):
            return str(UUID(order))  # AUD519
        """,
    )
    good = (
        """
        from uuid import UUID

        from celery import Celery

        app = Celery("shop", broker="memory://")

        @app.task(
            autoretry_for=(Exception,), dont_autoretry_for=(ValueError,), max_retries=3, default_retry_delay=0
        )
        def pack(order):
            return str(UUID(order))
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Look at a call that reads a text, or looks a row up."""
        module = self.module
        function = module.function_of(node)
        if module.is_test or not isinstance(function, ast.FunctionDef):
            return
        looks_up = module.callee(node) in _LOOKING_UP
        given = [*node.args[1:], *(one.value for one in node.keywords)] if looks_up else node.args[:1]
        names = [one for one in given if isinstance(one, ast.Name) and _is_parameter(module, function, one)]
        if not names or not is_task(module, function):
            return
        error = "Http404" if looks_up else "ValueError"
        if looks_up and _is_second(module, node, function):
            return
        if _is_retried(module, node, function, error):
            self.report(node, call=module.text(node), argument=names[0].id, error=error)
        else:
            self.passed(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """Look at the refusal of an argument: `if mode not in MODES: raise ValueError(mode)`."""
        module = self.module
        if not module.keep("has tasks", _has_tasks):
            return
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        test = module.parent(node)
        if not isinstance(raised, ast.Name) or raised.id not in _REFUSING or not isinstance(test, ast.If):
            return
        function = module.function_of(node)
        if node not in test.body or module.is_test or not isinstance(function, ast.FunctionDef):
            return
        if module.qualname(raised) != f"builtins.{raised.id}" or not is_task(module, function):
            return
        argument = _argument_asked(module, function, test.test)
        if argument and _is_retried(module, node, function, raised.id):
            text = f"raise {raised.id}(...)" if isinstance(node.exc, ast.Call) else f"raise {raised.id}"
            self.report(node, call=text, argument=argument, error=raised.id)


def _has_tasks(module: Module) -> bool:
    """Whether decorators of a module's functions are named as those that make tasks."""
    return any(
        "task" in last_name(decorator) for one in module.nodes(ast.FunctionDef) for decorator in one.decorator_list
    )


def _is_parameter(module: Module, function: ast.FunctionDef, name: ast.Name) -> bool:
    sites = module.sites_of(name)
    arguments = function.args
    own = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return len(sites) == 1 and sites[0] in own


def _is_second(module: Module, node: ast.Call, function: ast.FunctionDef) -> bool:
    """Whether the task has looked up another row above: one exclusion is the cure for both."""
    return any(
        other.lineno < node.lineno and module.function_of(other) is function
        for other in module.calls_named("get_object_or_404", "get_list_or_404")
    )


def _argument_asked(module: Module, function: ast.FunctionDef, test: ast.expr) -> str:
    """The argument about which a test asks, if it asks about arguments and constants alone; else ""."""
    found = ""
    for part in ast.walk(test):
        if isinstance(part, ast.Call):
            if last_name(part) not in _ASKING:
                return ""
        elif isinstance(part, (ast.Await, ast.NamedExpr, ast.Lambda, ast.comprehension)):
            return ""
        elif isinstance(part, ast.Attribute):
            if not isinstance(module.parent(part), ast.Call):
                return ""
        elif isinstance(part, ast.Name):
            if part.id in ("self", "task", "cls"):
                return ""
            if _is_parameter(module, function, part):
                found = found or part.id
            elif not part.id.isupper() and module.qualname(part) not in _TYPES | _ASKED:
                return ""
    return found


_TYPES = frozenset(f"builtins.{name}" for name in ("str", "int", "float", "bool", "dict", "list", "tuple", "set"))
_ASKED = frozenset(f"builtins.{name}" for name in _ASKING)


def _is_retried(module: Module, node: ast.AST, function: ast.FunctionDef, error: str) -> bool:
    """Whether an error that a node raises has the task tried again: by a handler, or by the task's decorator."""
    child = node
    for ancestor in module.ancestors(node):
        if ancestor is function:
            return _retrying_decorator(module, function, error) is not None
        if isinstance(ancestor, _TRIES) and child in ancestor.body:
            for handler in ancestor.handlers:
                if _takes_in(handler, error):
                    return _retries(module, handler, function)
                if handler.type is not None and not _is_of_others(handler):
                    return False
        elif isinstance(ancestor, (ast.With, ast.AsyncWith)):
            calls = [item.context_expr for item in ancestor.items]
            if not all(isinstance(call, ast.Call) and module.callee(call) in _OPEN_BLOCKS for call in calls):
                return False
        child = ancestor
    return False


def _caught(handler: ast.ExceptHandler) -> list[str]:
    """The last names of what a handler catches."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return [last_name(kind) or "" for kind in kinds if kind is not None]


def _takes_in(handler: ast.ExceptHandler, error: str) -> bool:
    return handler.type is None or not _REFUSING[error].isdisjoint(_caught(handler))


def _is_of_others(handler: ast.ExceptHandler) -> bool:
    """Whether a handler is certainly not there for what a bad argument raises: errors of the network, of time."""
    return all(_OF_OTHERS.search(name) for name in _caught(handler))


_OF_OTHERS = pattern(
    r"Connection|Timeout|Network|Request|HTTP(?!.*404)|Operational|Database|IOError|OSError|Redis|SMTP|Socket|Retry|TimeLimit"
)


def _retries(module: Module, handler: ast.ExceptHandler, function: ast.FunctionDef) -> bool:
    """Whether a handler ends, whatever the error is, in `self.retry(...)`."""
    if any(isinstance(part, (ast.If, ast.Return, ast.Try, ast.Match)) for part in own_parts(handler.body)):
        return False
    last = handler.body[-1]
    call = last.exc if isinstance(last, ast.Raise) else last.value if isinstance(last, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "retry":
        return False
    arguments = [*function.args.posonlyargs, *function.args.args]
    owner = call.func.value
    if not isinstance(owner, ast.Name) or owner.id not in {function.name, *(one.arg for one in arguments[:1])}:
        return False
    most = module.argument(call, "max_retries")
    if isinstance(most, ast.Constant) and most.value == 0:
        return False
    return not any(isinstance(one, ast.Call) and _never_again(module, one) for one in function.decorator_list)


def _retrying_decorator(module: Module, function: ast.FunctionDef, error: str) -> ast.Call | None:
    """The decorator that has a task retried for an error; None where there is none."""
    for decorator in function.decorator_list:
        if not isinstance(decorator, ast.Call) or module.has_unpacking(decorator):
            continue
        retried = module.argument(decorator, "autoretry_for")
        excluded = module.argument(decorator, "dont_autoretry_for")
        if retried is None or excluded is not None or _never_again(module, decorator):
            continue
        elements = retried.elts if isinstance(retried, (ast.Tuple, ast.List)) else []
        if any(module.qualname(one) in {f"builtins.{name}" for name in _REFUSING[error]} for one in elements):
            return decorator
    return None


def _never_again(module: Module, decorator: ast.Call) -> bool:
    """Whether a task has no retries after all."""
    for given in (module.argument(decorator, "max_retries"), module.argument(decorator, "retry_kwargs")):
        if isinstance(given, ast.Constant) and given.value == 0:
            return True
        if given is not None and not isinstance(given, (ast.Constant, ast.Dict)):
            return True
    return False
