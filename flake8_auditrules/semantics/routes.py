"""Routes: which functions a web framework or a task queue calls, and how."""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TASK_DECORATORS = frozenset({"celery.shared_task", "celery.task", "celery.app.shared_task", "celery.Celery.task"})
_TASK_CLASSES = frozenset({"celery.Task", "celery.app.task.Task", "celery.app.Task"})
_STATUS_NAME = pattern(r"(?:HTTP|WS)_(\d{3,4})(?:_\w+)?")
_ROUTER_NAME = pattern(r"(?:\w*_)?(?:api|app|application|blueprint|bp|router|routes)")


_REGISTERING = frozenset(
    {
        "Depends",
        "Security",
        *web.REGISTERING,
        *(name.rpartition(".")[2] for name in web.REGISTERING_FUNCTIONS),
    }
)
_REGISTERING_TAILS = frozenset(name.rpartition(".")[2] for name in web.REGISTERING_FUNCTIONS)


class Role(enum.Enum):
    """What calls a function from outside the program."""

    ROUTE = "route"
    WEBSOCKET = "websocket"
    DEPENDENCY = "dependency"
    """A function given to `Depends`: it runs before the route and its HTTPException is the answer."""
    ERROR_HANDLER = "error handler"
    """A function that answers requests which ended with an exception."""
    TASK = "task"
    """A Celery task."""


def role_of(module: Module, function: ast.AST | None) -> Role | None:
    """What calls a function of this module from outside; None where nothing is known to."""
    if not isinstance(function, _FUNCTIONS):
        return None
    return roles(module).get(function)


def roles(module: Module) -> dict[FunctionNode, Role]:
    """The functions of the module that a framework or task queue calls."""
    return module.keep("roles of functions", _roles)


def is_route(module: Module, function: ast.AST | None) -> bool:
    """Whether a function answers HTTP requests."""
    return role_of(module, function) is Role.ROUTE


def is_tool(module: Module, function: ast.AST | None) -> bool:
    """Whether a function is a tool of a server of the Model Context Protocol: `@mcp.tool()`."""
    return function in _tools(module, "tool")


def is_tool_dispatcher(module: Module, function: ast.AST | None) -> bool:
    """Whether a function takes the name and arguments of all tools of such a server: `@server.call_tool()`."""
    return function in _tools(module, "call_tool")


def _tools(module: Module, method: str) -> set[ast.AST | None]:
    """The functions that a method of a tool server decorates."""
    return module.keep(f"functions of {method}", lambda _: set(_find_tools(module, method)))


def _find_tools(module: Module, method: str) -> Iterator[ast.AST | None]:
    if not module.imports(*web.TOOL_PACKAGES):
        return
    for attribute in module.attributes_named(method):
        decorator: ast.AST = attribute
        holder = module.parent(attribute)
        if isinstance(holder, ast.Call) and holder.func is attribute:
            decorator, holder = holder, module.parent(holder)
        if isinstance(holder, _FUNCTIONS) and decorator in holder.decorator_list:
            owner = module.instance_of(attribute.value)
            if owner is None or not web.TOOL_SERVERS.isdisjoint(module.instances.ancestry(owner)):
                yield holder


def is_task(module: Module, function: ast.AST | None) -> bool:
    """Whether a function is a Celery task."""
    return role_of(module, function) is Role.TASK


def _roles(module: Module) -> dict[FunctionNode, Role]:
    found: dict[FunctionNode, Role] = {}
    functions: list[FunctionNode] = [*module.nodes(ast.FunctionDef), *module.nodes(ast.AsyncFunctionDef)]
    for function in functions:
        role = _role_by_decorators(module, function) if function.decorator_list else None
        if role is None:
            holder = module.parent(function)
            if isinstance(holder, ast.ClassDef):
                role = _role_by_class(module, holder, function) if holder.bases else None
            elif isinstance(holder, ast.Module):
                role = _role_by_request(module, function)
        if role is not None:
            found[function] = role
    for handed, registration in _registrations(module).items():
        found.setdefault(handed, registration.role)
    return found


class _Registration(NamedTuple):
    """A call that makes a function of the module a route or a dependency."""

    call: ast.Call
    role: Role


def registration_of(module: Module, function: FunctionNode) -> ast.Call | None:
    """The call by which a function becomes a route without a decorator: `app.add_api_route("/jobs", jobs)`."""
    found = _registrations(module).get(function)
    return found.call if found is not None and found.role in (Role.ROUTE, Role.WEBSOCKET) else None


def _registrations(module: Module) -> dict[FunctionNode, _Registration]:
    return module.keep("registrations of functions", _find_registrations)


def _find_registrations(module: Module) -> dict[FunctionNode, _Registration]:
    found: dict[FunctionNode, _Registration] = {}
    if not module.imports(*web.FRAMEWORKS):
        return found
    for call in module.calls_named(*_REGISTERING):
        handed = _registered(module, call)
        if handed is None:
            continue
        expression, role = handed
        named = module.function_behind(expression)
        if named is not None:
            found.setdefault(named, _Registration(call, role))
    return found


def _registered(module: Module, call: ast.Call) -> tuple[ast.expr, Role] | None:
    """The function that a call makes a route or a dependency."""
    function = call.func
    last = last_name(function)
    if last in ("Depends", "Security"):
        if module.callee(call) in web.DEPENDENCIES:
            given = module.argument(call, "dependency", 0)
            return (given, Role.DEPENDENCY) if given is not None else None
        return None
    place = web.REGISTERING.get(last) if isinstance(function, ast.Attribute) else None
    if place is None:
        if last not in _REGISTERING_TAILS or not _takes_path(call):
            return None
        place = web.REGISTERING_FUNCTIONS.get(module.callee(call) or "")
        if place is None:
            return None
    given = module.argument(call, *place)
    if given is None:
        return None
    return given, Role.WEBSOCKET if "websocket" in last.lower() else Role.ROUTE


def _takes_path(call: ast.Call) -> bool:
    """Whether a call has what a registration has: a path or method as a text, and a function."""
    return len(call.args) + len(call.keywords) > 1 and (
        not call.args
        or isinstance(call.args[0], (ast.Constant, ast.JoinedStr, ast.Name, ast.Attribute, ast.BinOp))
    )


def _role_by_decorators(module: Module, function: FunctionNode) -> Role | None:
    for decorator in function.decorator_list:
        called = decorator if isinstance(decorator, ast.Call) else None
        target = called.func if called is not None else decorator
        qualname = module.qualname(target)
        if qualname in _TASK_DECORATORS:
            return Role.TASK
        if qualname in web.ROUTE_FUNCTIONS:
            return Role.ROUTE
        if not isinstance(target, ast.Attribute):
            continue
        owner = module.instance_of(target.value)
        if target.attr == "task" and _reads_as_celery(module, target.value, owner):
            return Role.TASK
        if called is None or (owner is not None and not _is_router(module, owner)):
            continue
        if target.attr in web.WEBSOCKET_DECORATORS and _names_path(called):
            return Role.WEBSOCKET
        if target.attr in web.ROUTE_DECORATORS and (
            owner is not None or _names_path(called) or _works_out_path(module, target, called)
        ):
            return Role.ROUTE
        if target.attr in web.ERROR_HANDLER_DECORATORS and called.args and module.imports(*web.FRAMEWORKS):
            return Role.ERROR_HANDLER
    return None


def _is_router(module: Module, class_name: str) -> bool:
    ancestry = module.instances.ancestry(class_name)
    if any(ancestor in web.ROUTERS for ancestor in ancestry):
        return True
    # A project's own subclass, defined elsewhere.
    last = class_name.rpartition(".")[2]
    return last.endswith(("Router", "Blueprint", "FastAPI"))


def _names_path(call: ast.Call) -> bool:
    """Whether a decorator's first argument is, or can be, the path of a route."""
    path = call.args[0] if call.args else None
    for keyword in call.keywords:
        if keyword.arg in ("path", "rule"):
            path = keyword.value
    if isinstance(path, ast.Constant):
        return isinstance(path.value, str) and (path.value == "" or path.value.startswith("/"))
    if isinstance(path, ast.JoinedStr):
        return True
    return path is None and any(keyword.arg in ("response_model", "status_code") for keyword in call.keywords)


def _works_out_path(module: Module, decorator: ast.Attribute, call: ast.Call) -> bool:
    """Whether a decorator of what is named like a router gets a path that is no literal: `@bp.get(paths.HOME)`."""
    return (
        len(call.args) > 0
        and isinstance(call.args[0], (ast.Attribute, ast.BinOp, ast.Name, ast.Subscript))
        and _ROUTER_NAME.fullmatch(last_name(decorator.value).lower()) is not None
        and module.imports(*web.FRAMEWORKS)
    )


def _reads_as_celery(module: Module, receiver: ast.expr, owner: str | None) -> bool:
    if owner is not None:
        return "celery.Celery" in module.instances.ancestry(owner)
    name = (module.qualname(receiver) or ast.unparse(receiver)).lower()
    return "celery" in name or (name.rpartition(".")[2] == "app" and module.imports("celery"))


def _role_by_class(module: Module, holder: ast.ClassDef, function: FunctionNode) -> Role | None:
    if function.name == "run" and module.imports("celery"):
        ancestry = module.instances.ancestry(module.definition(holder))
        return Role.TASK if any(name in _TASK_CLASSES for name in ancestry) else None
    if function.name in web.VIEW_METHODS:
        ancestry = module.instances.ancestry(module.definition(holder))
        if any(name in web.VIEW_CLASSES for name in ancestry):
            return Role.WEBSOCKET if function.name == "on_receive" else Role.ROUTE
    if function.name in web.VIEW_SET_METHODS and module.imports("rest_framework"):
        ancestry = module.instances.ancestry(module.definition(holder))
        if any(name in web.VIEW_SETS for name in ancestry):
            return Role.ROUTE
    return None


def _role_by_request(module: Module, function: FunctionNode) -> Role | None:
    """A function of a module whose first parameter is a request of aiohttp or Django by its annotation."""
    parameters = [*function.args.posonlyargs, *function.args.args]
    if not parameters:
        return None
    annotation = parameters[0].annotation
    if annotation is None:
        if parameters[0].arg == "request" and module.imports("django"):
            return Role.ROUTE if _returns_django_response(module, function) else None
        return None
    if not module.imports("aiohttp", "django"):
        return None
    named = module.instances.annotated_class(annotation)
    return Role.ROUTE if named in web.FIRST_REQUESTS else None


def _returns_django_response(module: Module, function: FunctionNode) -> bool:
    for node in module.own_nodes(function):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Call):
            callee = module.callee(node.value) or ""
            if callee.startswith(("django.http.", "django.shortcuts.")):
                return True
    return False


def status_of(module: Module, expression: ast.expr | None) -> int | None:
    """
    The HTTP status that an expression gives; None where it is not known.

    Numbers, `status.HTTP_500_INTERNAL_SERVER_ERROR` and `HTTPStatus.BAD_GATEWAY` (with or without `.value`).
    """
    if expression is None:
        return None
    if isinstance(expression, ast.Constant):
        return expression.value if isinstance(expression.value, int) else None
    if isinstance(expression, ast.Attribute) and expression.attr == "value":
        return status_of(module, expression.value)
    if not isinstance(expression, (ast.Name, ast.Attribute)):
        return None
    last = expression.attr if isinstance(expression, ast.Attribute) else expression.id
    named = _STATUS_NAME.fullmatch(last)
    if named is not None:
        return int(named.group(1))
    if (module.qualname(expression) or "") == f"http.HTTPStatus.{last}":
        return web.STATUS_NAMES.get(last)
    if isinstance(expression, ast.Name):
        values = [binding.value for binding in module.bindings(expression)]
        if len(values) == 1 and isinstance(values[0], ast.Constant) and isinstance(values[0].value, int):
            return values[0].value
    return None


def answer_of(module: Module, call: ast.Call, table: dict[str, web.Answer]) -> web.Answer | None:
    """
    How a call makes one of the answers in `table` (HTTP_EXCEPTIONS or RESPONSES of the knowledge).

    Subclasses that take over the constructor of a known class count; None for all other calls.
    """
    callee = module.callee(call)
    if callee is None:
        return None
    known = table.get(callee)
    if known is not None:
        return known
    local = module.instances.local_class(callee)
    if local is None or "__init__" in module.members(local).methods:
        return None
    for ancestor in module.instances.ancestry(callee)[1:]:
        if ancestor in table:
            return table[ancestor]
    return None
