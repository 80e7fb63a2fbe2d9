"""Test outcomes: whether a test function can fail, by what it asserts and by what it swallows."""

from __future__ import annotations

import ast
import enum
import re
from collections.abc import Iterator, Sequence

from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name, uncalled
from flake8_auditrules.semantics.scopes import Binding, BindingKind, FunctionNode
from flake8_auditrules.semantics.shared_state import name_uses

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Whatever may be an assertion by its name: helpers of the tests are many, and look like anything.
_ASSERTING = pattern(
    r"assert|expect|verif|check|valid|ensure|should|compar|match|raises|fail|warn|approx|snapshot|regress|golden"
    r"|wait|eq_|ok_|test|must|equal|raise_for|benchmark|exit|diff|inspect|confirm|prove|same|require|poll|until"
    r"|approv|hypothesis|given|respx|nock|vcr|mock|monkey|call_command|invoke|run",
    re.IGNORECASE,
)
_PLAIN_ASSERTING = pattern(r"^(?:assert|fail$)")
_SMOKE = pattern(
    r"smoke|import|no_?(?:error|exception|crash|raise|op)|not_(?:raise|crash|fail|throw|break)|without_(?:error|raising"
    r"|exception|crash)|doesnt|does_not|do_not|can_be|ok$|works|safe|harmless|allow|accept|valid|idempotent|ignore"
    r"|benchmark|perf|speed|debug|manual|demo|example|print|repr|show|plot",
    re.IGNORECASE,
)
# Folders of tests that a generator copies, for others to fill in.
_TEMPLATES = frozenset({"cookiecutter", "scaffold", "scaffolding", "skeleton", "template", "templates"})
# Without one test a runner says that there is none.
_PLACEHOLDER = pattern(r"dummy|placeholder|nothing|noop|no_op|stub", re.IGNORECASE)
_TALKING = pattern(r"^(?:print|pprint|debug|info|warning|error|exception|log|echo|write)$")
_BROAD = frozenset({"builtins.Exception", "builtins.BaseException"})
_NEUTRAL_MARKS = ("pytest.mark.asyncio", "pytest.mark.anyio", "pytest.mark.parametrize", "pytest.mark.django_db")
_CLIENTS = frozenset(
    {
        "fastapi.testclient.TestClient",
        "starlette.testclient.TestClient",
        "httpx.AsyncClient",
        "httpx.Client",
        "flask.testing.FlaskClient",
        "django.test.Client",
        "django.test.client.Client",
        "rest_framework.test.APIClient",
    }
)
_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_CLIENT_NAMES = pattern(r"^(?:(?:test|api|http|async|auth\w*|logged\w*|admin|anonymous|user)_?)*client$")


class Flaw(enum.Enum):
    """Why a test, or an assertion of it, cannot fail."""

    EMPTY = "no statement"
    SWALLOWED_ASSERTION = "a handler takes what its assertion raises"
    SWALLOWED_FAILURE = "a handler takes whatever fails in it"
    UNSEEN_RESPONSE = "nobody looks at the answer of its request"
    UNSEEN_RESULT = "nobody looks at what its last call gives"


class Outcome(NamedTuple):
    """A place by which a test cannot fail: the node to report, the flaw, and the code that it is about."""

    node: ast.AST
    flaw: Flaw
    about: ast.AST


def test_functions(module: Module) -> list[FunctionNode]:
    """The functions of the module and its classes that read as tests, collected by their names."""
    return module.keep("test functions", _test_functions)


def _test_functions(module: Module) -> list[FunctionNode]:
    functions: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
    found = [one for one in functions if one.name.startswith("test") and _is_collected(module, one)]
    found.sort(key=lambda function: function.lineno)
    return found


def _is_collected(module: Module, function: FunctionNode) -> bool:
    """Whether no function holds a test function."""
    holder = module.parent(function)
    if isinstance(holder, ast.ClassDef):
        holder = module.parent(holder)
    return holder.__class__ is ast.Module or module.function_of(function) is None


def outcomes(module: Module, function: FunctionNode) -> list[Outcome]:
    """The places by which a test passes whatever happens; none where the test may fail."""
    swallowed = _swallowed_assertions(module).get(function)
    if swallowed is not None:
        return swallowed if _is_neutral(module, function) else []
    body = _without_docstring(function.body)
    if all(_says_nothing(statement) for statement in body):
        flawed = _is_alone(module, function) and _is_neutral(module, function) and not _is_named(module, function)
        return [Outcome(function, Flaw.EMPTY, function)] if flawed else []
    found: Outcome | None = None
    last = body[-1]
    if isinstance(last, ast.Try):
        handler = _swallowing(module, last, _BROAD)
        if handler is not None and not last.finalbody and all(_cannot_fail(one) for one in body[:-1]):
            found = Outcome(handler, Flaw.SWALLOWED_FAILURE, last)
    else:
        request = _unseen_request(module, function, body)
        result = _unseen_result(module, function, body) if request is None else None
        if _SMOKE.search(function.name):
            request = result = None
        if request is not None:
            found = Outcome(function, Flaw.UNSEEN_RESPONSE, request)
        elif result is not None:
            found = Outcome(function, Flaw.UNSEEN_RESULT, result)
    if found is None or not _is_neutral(module, function) or _is_named(module, function):
        return []
    return [] if _asserts(module, body, 0, frozenset({function})) else [found]


def _without_docstring(body: Sequence[ast.stmt]) -> Sequence[ast.stmt]:
    first = body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        return body[1:]
    return body


def _says_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def _is_neutral(module: Module, function: FunctionNode) -> bool:
    """Whether no decorator has a part in what a test asserts, or skips it."""
    for decorator in function.decorator_list:
        name = module.qualname(uncalled(decorator)) or ""
        if not name.startswith(_NEUTRAL_MARKS) and name not in ("builtins.staticmethod", "builtins.classmethod"):
            return False
    return True


def _is_named(module: Module, function: FunctionNode) -> bool:
    """Whether the module uses a test, or its class, by name: as a step of a program, or as a value."""
    holder = module.class_of(function)
    names = (function.name,) if holder is None else (function.name, holder.name)
    return any(isinstance(use.ctx, ast.Load) for name in names for use in name_uses(module).get(name, ())) or any(
        isinstance(use.value, ast.Name) for use in module.attributes_named(function.name)
    )


def _is_alone(module: Module, function: FunctionNode) -> bool:
    """Whether nothing else can make a test of a function without statements: no fixture, no inherited test."""
    folders = module.path.replace("\\", "/").split("/")[:-1]
    if _PLACEHOLDER.search(function.name) or not _TEMPLATES.isdisjoint(folders):
        return False
    arguments = function.args
    holder = module.class_of(function)
    given = len(arguments.posonlyargs) + len(arguments.args) + len(arguments.kwonlyargs)
    if given > (holder is not None) or arguments.vararg is not None or arguments.kwarg is not None:
        return False
    if holder is None:
        return not function.decorator_list
    bases = [module.qualname(base) for base in holder.bases]
    return (
        not holder.decorator_list
        and not holder.keywords
        and all(name is not None and name.startswith("unittest.") for name in bases)
    )


# ---------------------------------------------------------------------------------------------------------
# What is swallowed
# ---------------------------------------------------------------------------------------------------------


def _swallowed_assertions(module: Module) -> dict[ast.AST, list[Outcome]]:
    """The handlers that take what the assertions before them raise, and say at most a word; by function."""
    return module.keep("swallowed assertions", _find_swallowed_assertions)


def _find_swallowed_assertions(module: Module) -> dict[ast.AST, list[Outcome]]:
    found: dict[ast.AST, list[Outcome]] = {}
    for node in module.nodes(ast.Try):
        handler = _swallowing(module, node, _BROAD) if not node.orelse else None
        if handler is None or _is_repeated(module, node):
            continue
        assertion = next(_assertions_of(node.body), None)
        function = module.function_of(node)
        if assertion is not None and function is not None:
            found.setdefault(function, []).append(Outcome(handler, Flaw.SWALLOWED_ASSERTION, assertion))
    return found


def _swallowing(module: Module, node: ast.Try, broad: frozenset[str]) -> ast.ExceptHandler | None:
    """The handler of a `try` that takes every exception and goes on as if nothing had happened."""
    for handler in node.handlers:
        names = _caught(module, handler)
        if "builtins.AssertionError" in names:
            return None
        if names & broad:
            return handler if all(_goes_on(statement) for statement in handler.body) else None
    return None


def _caught(module: Module, handler: ast.ExceptHandler) -> set[str]:
    if handler.type is None:
        return {"builtins.BaseException"}
    parts = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return {module.qualname(part) or "" for part in parts}


def _goes_on(statement: ast.stmt) -> bool:
    """Whether a statement of a handler lets the test pass: it does nothing, or says a word."""
    if isinstance(statement, ast.Return):
        return statement.value is None or (
            isinstance(statement.value, ast.Constant) and statement.value.value is None
        )
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        called = last_name(statement.value)
        return bool(_TALKING.search(called)) or called == "print_exc"
    return _says_nothing(statement)


def _is_repeated(module: Module, node: ast.AST) -> bool:
    """Whether a loop or a nested function runs a node: it may be tried again, or collected."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.While, ast.For, ast.AsyncFor, ast.Try)):
            return True
        if isinstance(ancestor, _FUNCTIONS):
            return False
    return False


def _assertions_of(body: Sequence[ast.stmt]) -> Iterator[ast.AST]:
    """The `assert` statements and calls of `unittest`'s assertions that a body itself runs."""
    for statement in body:
        if isinstance(statement, ast.Assert):
            yield statement
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            function = statement.value.func
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
                if function.value.id == "self" and _PLAIN_ASSERTING.search(function.attr):
                    yield statement.value
        elif isinstance(statement, (ast.If, ast.With, ast.AsyncWith, ast.For, ast.AsyncFor)):
            yield from _assertions_of(statement.body)


def _cannot_fail(statement: ast.stmt) -> bool:
    """Whether a statement before the `try` is there to prepare: definitions, imports, values, a word."""
    if isinstance(statement, (*_FUNCTIONS, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Pass)):
        return True
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant) or (
            isinstance(statement.value, ast.Call) and bool(_TALKING.search(last_name(statement.value)))
        )
    if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
        return not any(isinstance(part, (ast.Call, ast.Await)) for part in ast.walk(statement.value))
    return False


# ---------------------------------------------------------------------------------------------------------
# What is asserted
# ---------------------------------------------------------------------------------------------------------


def _asserts(module: Module, body: Sequence[ast.stmt], depth: int, seen: frozenset[ast.AST]) -> bool:
    """Whether something in a function may be an assertion, in functions of this module that it names too."""
    for statement in body:
        for part in ast.walk(statement):
            if isinstance(part, (ast.Assert, ast.Raise, ast.Yield, ast.YieldFrom)):
                return True
            if isinstance(part, ast.Call) and _ASSERTING.search(_dotted(part.func)):
                return True
            if isinstance(part, ast.keyword) and part.arg in ("check", "expect_errors", "status"):
                return True
            if isinstance(part, ast.Return) and part.value is not None:
                return True
            if isinstance(part, ast.withitem) and not isinstance(part.context_expr, ast.Call):
                return True
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                for binding in module.bindings(part):
                    if _brings_assertions(module, binding.kind, binding.site, depth, seen):
                        return True
    return False


def _brings_assertions(
    module: Module, kind: BindingKind, site: ast.AST, depth: int, seen: frozenset[ast.AST]
) -> bool:
    if kind is BindingKind.IMPORT and isinstance(site, ast.alias):
        imported = module.names.imported(site)
        return bool(_ASSERTING.search(imported)) or imported.startswith(".") or "helper" in imported
    if isinstance(site, _FUNCTIONS) and site not in seen:
        return depth > 2 or _asserts(module, site.body, depth + 1, seen | {site})
    return kind is BindingKind.CLASS


def _dotted(function: ast.expr) -> str:
    """The names of what a call calls, also through other calls: `a.b().c`."""
    parts: list[str] = []
    current: ast.expr = function
    while True:
        if isinstance(current, ast.Attribute):
            parts.append(current.attr)
            current = current.value
        elif isinstance(current, (ast.Call, ast.Await, ast.Subscript)):
            current = current.func if isinstance(current, ast.Call) else current.value
        else:
            parts.append(getattr(current, "id", ""))
            return ".".join(reversed(parts))


# ---------------------------------------------------------------------------------------------------------
# Requests
# ---------------------------------------------------------------------------------------------------------


def _unseen_request(module: Module, function: FunctionNode, body: Sequence[ast.stmt]) -> ast.Call | None:
    """The last request of a test to its own application, where nobody looks at the answer but by `print`."""
    last = _last_deed(body)
    if not isinstance(last, (ast.Expr, ast.Assign)):
        return None
    value: ast.expr = last.value.value if isinstance(last.value, ast.Await) else last.value
    if not isinstance(value, ast.Call) or not _is_request(module, value):
        return None
    if isinstance(last, ast.Assign) and not all(
        isinstance(target, ast.Name) and _is_only_said(module, function, target.id) for target in last.targets
    ):
        return None
    return value


def _last_deed(body: Sequence[ast.stmt]) -> ast.stmt | None:
    """The last statement of a test that does something but saying a word, in a `with` too."""
    last: ast.stmt | None = next((statement for statement in reversed(body) if not _is_talk(statement)), None)
    if isinstance(last, (ast.With, ast.AsyncWith)) and last.body:
        last = last.body[-1]
    return last


def _unseen_result(module: Module, function: FunctionNode, body: Sequence[ast.stmt]) -> ast.Call | None:
    """The last call of a test, where the name that takes its result is never read: the assertion was forgotten."""
    last = _last_deed(body)
    if not isinstance(last, ast.Assign) or len(last.targets) != 1 or not isinstance(last.targets[0], ast.Name):
        return None
    name = last.targets[0].id
    value = last.value.value if isinstance(last.value, ast.Await) else last.value
    if not isinstance(value, ast.Call) or name.startswith("_"):
        return None
    called = last_name(value)
    if not called or not called.islower() or _ASSERTING.search(_dotted(value.func)):
        return None
    if any(isinstance(binding.site, _FUNCTIONS) for binding in _bindings_of(module, value.func)):
        return None
    return value if _is_only_said(module, function, name) else None


def _bindings_of(module: Module, called: ast.expr) -> Sequence[Binding]:
    return module.bindings(called) if isinstance(called, ast.Name) else ()


def _is_talk(statement: ast.stmt) -> bool:
    """Whether a statement only says a word: `print(...)`, `log.info(...)`."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and bool(_TALKING.search(last_name(statement.value)))
    )


def _is_request(module: Module, call: ast.Call) -> bool:
    """Whether a call sends a request to a path of the application under test."""
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in _VERBS or not call.args:
        return False
    path = call.args[0]
    begin = path.values[0] if isinstance(path, ast.JoinedStr) and path.values else path
    if not isinstance(begin, ast.Constant) or not str(begin.value).startswith("/"):
        return False
    receiver = function.value
    last = last_name(receiver)
    return bool(_CLIENT_NAMES.search(last)) or module.instance_of(receiver) in _CLIENTS


def _is_only_said(module: Module, function: FunctionNode, name: str) -> bool:
    for use in module.names_in(function).get(name, ()):
        if isinstance(use.ctx, ast.Load) and not any(
            isinstance(ancestor, ast.Call) and _TALKING.search(last_name(ancestor))
            for ancestor in module.ancestors(use)
        ):
            return False
    return True
