"""
Wiring: what one module says of how an application is put together, in built-in containers only.

What it imports, which routers it includes where, which dependencies routers and functions ask for, and
whether it imports modules by names that are worked out at run time.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.celery_facts import CeleryFacts, celery_facts_of, from_plain_celery, to_plain_celery
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.arguments import loads
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.route_tables import router_name, routers, routes

_INCLUDING = frozenset({"include_router", "register_blueprint", "add_router", "include_routers"})
_IMPORTING = frozenset(
    {"import_module", "iter_modules", "walk_packages", "find_packages", "__import__", "load_module"}
)
# Middlewares that by their name limit the size of bodies; those that limit the rate or only look on do not.
_BODY_LIMITING = pattern(
    r"size|length|body|upload|payload|content_?limit|(?:request|max)_?limit|limit_?(?:request|max)|maxcontent",
    re.IGNORECASE,
)
_LOOKING_ON = pattern(r"log|audit|trac|record|metric|compress|gzip|cache|encrypt", re.IGNORECASE)
_CONTENT_LENGTHS = frozenset({"content-length", b"content-length"})
_REFUSALS = frozenset({400, 413})
_REFUSING = pattern(r"too_?large|413", re.IGNORECASE)
# What a file imports that may put an application together, in one that cannot be parsed.
_ASSEMBLING = re.compile(rb"^\s*(?:from|import)\s+(?:celery|fastapi|flask|quart|starlette)\b", re.MULTILINE)
# Templates are no modules: they are filled in first.
_TEMPLATE = re.compile(rb"\{\{|\{%")


class Include(NamedTuple):
    """
    One `include_router`: the router's qualified name ("" where it is not known), the prefix (None: not
    written out), the names of the dependencies, and the qualified name of the router that includes ("" too);
    the name of the table that it adds to, as in `Table`, the 1-based line, the prefix as a table has it, and
    the place whose includes run in the order of their lines ("" for one that need not run at all).
    """

    router: str
    prefix: str | None
    dependencies: tuple[str, ...]
    receiver: str
    table: str
    line: int
    path: str
    place: str


class Registered(NamedTuple):
    """One route of a table: its methods in lower case, its path in the table, the 1-based line of its function."""

    methods: tuple[str, ...]
    path: str
    line: int
    place: str


class Table(NamedTuple):
    """
    The routes of a FastAPI or Starlette router in the order of the source.

    `router` is the router's qualified name, of a local one the module's name and its place. A prefix that is
    not written out stands in paths as its own text between control characters.
    """

    router: str
    prefix: str
    routes: tuple[Registered, ...]


class Wiring(NamedTuple):
    """
    `imports` are the absolute dotted names that the module imports, anywhere in it; `dynamic` whether it
    imports modules by names worked out; `includes` its includes; `guarded` the routers and applications that
    have dependencies, with these; `provided` each function's dependencies by its dotted name in the module;
    `middlewares` the names of what is added as middleware and of functions that are decorated as such; `celery`
    what it says of Celery, if anything; `tables` the routes; `body_limits` the paths for which a middleware limits
    the size of request bodies, with "" for all.
    """

    imports: tuple[str, ...]
    dynamic: bool
    includes: tuple[Include, ...]
    guarded: dict[str, tuple[str, ...]]
    provided: dict[str, tuple[str, ...]]
    middlewares: tuple[str, ...]
    celery: CeleryFacts | None
    tables: tuple[Table, ...]
    body_limits: tuple[str, ...]


def to_plain_wiring(wiring: Wiring) -> tuple[object, ...]:
    """The wiring in built-in containers only, for storage."""
    return (
        *wiring[:2],
        tuple(tuple(include) for include in wiring.includes),
        *wiring[3:6],
        to_plain_celery(wiring.celery),
        tuple((*table[:2], tuple(tuple(route) for route in table.routes)) for table in wiring.tables),
        wiring.body_limits,
    )


def from_plain_wiring(plain: Sequence[object]) -> Wiring:
    """The wiring out of what `to_plain_wiring` gave. Raises TypeError or ValueError for anything else."""
    wiring = Wiring(*plain)  # type: ignore[arg-type]
    return wiring._replace(
        includes=tuple(Include(*include) for include in wiring.includes),
        celery=from_plain_celery(plain[6]),  # type: ignore[arg-type]
        tables=tuple(
            Table(router, prefix, tuple(Registered(*route) for route in listed))
            for router, prefix, listed in wiring.tables
        ),
        body_limits=tuple(wiring.body_limits),
    )


def unreadable_wiring(source: bytes) -> Wiring | None:
    """
    The wiring of a file that cannot be parsed: it may say anything. None for one that makes no application.

    A main module is broken as long as something is typed in it, or where it is written for a newer Python;
    what it includes and adds is there all the same.
    """
    if not _ASSEMBLING.search(source) or _TEMPLATE.search(source):
        return None
    anything = CeleryFacts((), (), True, True, (), (None,), (), {}, ("?",), (("?", "**"),), True)
    return Wiring((), True, (), {}, {}, ("?",), anything, (), ("",))


def wiring_of(module: Module) -> Wiring:
    """What the module says, by its own text alone."""
    imports = [alias.name for node in module.nodes(ast.Import) for alias in node.names]
    for statement in module.nodes(ast.ImportFrom):
        base = module.names.imported_module(statement)
        imports.extend(f"{base}.{alias.name}" for alias in statement.names)
    is_web = module.imports(*web.FRAMEWORKS)
    dynamic = False
    includes: list[Include] = []
    middlewares: list[str] = []
    guarded: dict[str, tuple[str, ...]] = {}
    for call in module.nodes(ast.Call):
        last = last_name(call)
        if last in _IMPORTING:
            dynamic = True
        elif last in _INCLUDING:
            includes.append(_include(module, call))
        elif last in ("add_middleware", "Middleware") and call.args:
            middlewares.append(module.qualname(call.args[0]) or ast.unparse(call.args[0]))
        elif last == "middleware" and is_web:
            function = module.parent(call)
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                middlewares.append(module.definition(function))
        elif is_web and last[:1].isupper() and any(keyword.arg == "dependencies" for keyword in call.keywords):
            names = dependencies_of(module, call)
            if names:
                guarded[_holder(module, call)] = names
    provided: dict[str, tuple[str, ...]] = {}
    if module.imports("fastapi"):
        prefix = len(module.name) + 1 if module.name else 0
        for kind in (ast.FunctionDef, ast.AsyncFunctionDef):
            for function in module.nodes(kind):
                given = providers_of(module, function)  # type: ignore[arg-type]
                if given:
                    provided[module.definition(function)[prefix:]] = given
    celery = celery_facts_of(module)
    names = tuple(dict.fromkeys(imports))
    return Wiring(
        names,
        dynamic,
        tuple(includes),
        guarded,
        provided,
        tuple(middlewares),
        celery,
        tuple(_tables(module)),
        _body_limits(module) if is_web else (),
    )


def _body_limits(module: Module) -> tuple[str, ...]:
    """
    The paths for which a module limits the size of request bodies, with "" for all.

    An argument for it, a middleware that by its name does, or one of this module that reads the content's length
    and refuses what is too much.
    """
    for call in module.calls_given(*web.BODY_LIMITS):
        if not _LOOKING_ON.search(ast.unparse(call.args[0] if call.args else call.func)):
            return ("",)
    found: list[str] = []
    seen: set[str] = set()
    for constant in module.nodes(ast.Constant):
        if isinstance(constant.value, (str, bytes)) and constant.value.lower() in _CONTENT_LENGTHS:
            middlewares = [ancestor for ancestor in module.ancestors(constant) if _is_middleware(ancestor)]
            if middlewares and _is_read(module, constant) and any(map(_refuses, middlewares)):
                seen.update(middleware.name for middleware in middlewares)
                found.extend(_limited_paths(module, constant))
    for call in module.calls_named("add_middleware", "Middleware"):
        named = ast.unparse(call.args[0]) if call.args else ""
        if _BODY_LIMITING.search(named) and not _LOOKING_ON.search(named) and named not in seen:
            found.append("")
    return tuple(dict.fromkeys(found))


def _is_read(module: Module, name: ast.Constant) -> bool:
    """Whether the name of a request's header is given to read it, not to write one of a response."""
    parent = module.parent(name)
    if isinstance(parent, ast.Subscript):
        return isinstance(parent.ctx, ast.Load) and "response" not in ast.unparse(parent.value)
    if isinstance(parent, ast.Call):
        return "response" not in ast.unparse(parent.func)
    return isinstance(parent, ast.Compare)


def _refuses(middleware: ast.AST) -> bool:
    """Whether a middleware has an answer for what it does not let through."""
    for node in ast.walk(middleware):
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Constant) and node.value in _REFUSALS):
            return True
        if isinstance(node, (ast.Name, ast.Attribute)) and _REFUSING.search(last_name(node)):
            return True
    return False


def _limited_paths(module: Module, place: ast.AST) -> list[str]:
    """The paths to which tests restrict a place of a middleware; one "" where there are none."""
    child = place
    for ancestor in module.ancestors(place):
        if isinstance(ancestor, ast.If) and child in ancestor.body:
            paths = _tested_paths(ancestor.test, negated=False)
            if paths:
                return paths
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for statement in ancestor.body:
                if statement is child:
                    break
                if isinstance(statement, ast.If) and isinstance(statement.body[-1], ast.Return):
                    paths = _tested_paths(statement.test, negated=True)
                    if paths:
                        return paths
            break
        child = ancestor
    return [""]


def _tested_paths(test: ast.expr, *, negated: bool) -> list[str]:
    """The paths written out to which a test, or its contrary, says that the request's is equal."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _tested_paths(test.operand, negated=not negated)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or if negated else ast.And):
        return [path for value in test.values for path in _tested_paths(value, negated=negated)]
    if isinstance(test, ast.BoolOp):
        return []
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return []
    if not isinstance(test.ops[0], (ast.NotEq, ast.NotIn) if negated else (ast.Eq, ast.In)):
        return []
    return [
        node.value
        for side in (test.left, test.comparators[0])
        for node in ast.walk(side)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("/")
    ]


def _is_middleware(node: ast.AST) -> TypeGuard[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Whether a function or class stands before all routes: by its name, its base or its decorator."""
    if isinstance(node, ast.ClassDef):
        names = [node.name, *(ast.unparse(base) for base in node.bases)]
        return any("middleware" in name.lower() for name in names)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        names = [node.name, *(ast.unparse(decorator) for decorator in node.decorator_list)]
        return any("middleware" in name.lower() for name in names)
    return False


def _tables(module: Module) -> Iterator[Table]:
    """The routers of a module with their routes, for frameworks in which the first route that matches answers."""
    if not module.imports("fastapi", "starlette"):
        return
    by_router: dict[str, list[Registered]] = {}
    for route in routes(module):
        if route.path is not None and route.methods:
            place = _place(module, route.function)
            one = Registered(tuple(sorted(route.methods)), route.path, route.function.lineno, place)
            by_router.setdefault(route.router.name, []).append(one)
    for name, router in routers(module).items():
        if router.class_name.startswith(("fastapi.", "starlette.")):
            listed = by_router.get(name, [])
            yield Table(_table_name(module, name), _path(module, router.call), tuple(listed))


def _table_name(module: Module, name: str) -> str:
    """The name of a router's table: its own, or for a local variable the module's and its place."""
    return f"{module.name}:{name}" if "@" in name else name


def _path(module: Module, call: ast.Call) -> str:
    """The prefix that a router or an include gives, as tables have it."""
    given = module.argument(call, "prefix") or module.argument(call, "url_prefix")
    if given is None:
        return "\x02?\x03" if module.has_unpacking(call) else ""
    bindings = module.bindings(given) if isinstance(given, ast.Name) else []
    if len(bindings) == 1 and bindings[0].value is not None:
        given = bindings[0].value
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return given.value
    # The same words mean the same only in one module, and a variable that changes only in one place.
    line = f":{given.lineno}" if len(bindings) > 1 else ""
    text = ast.unparse(given).replace("{", "(").replace("}", ")").replace("\x02", "").replace("\x03", "")
    return f"\x02{module.name}{line}:{text}\x03"


def _place(module: Module, node: ast.AST) -> str:
    """The function or module whose body certainly runs a place once, in the order of its lines; "" for none."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.Module):
            return f"{module.name}:"
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)) and isinstance(child, ast.stmt):
            return f"{module.name}:{module.definition(ancestor)}"
        if not isinstance(ancestor, (ast.Expr, ast.With, ast.AsyncWith)):
            return ""
        child = ancestor
    return ""


def _include(module: Module, call: ast.Call) -> Include:
    given = module.argument(call, "router", 0) or module.argument(call, "blueprint")
    router = module.qualname(given) if given is not None else None
    prefix = module.argument(call, "prefix") or module.argument(call, "url_prefix")
    written: str | None = ""
    if prefix is not None:
        written = prefix.value if isinstance(prefix, ast.Constant) and isinstance(prefix.value, str) else None
    receiver = _variable(module, call.func.value) if isinstance(call.func, ast.Attribute) else ""
    if router is None and isinstance(given, ast.Name):
        router = _variable(module, given)
    holder = call.func.value if isinstance(call.func, ast.Attribute) else None
    table = router_name(module, holder) if holder is not None else None
    if table is None or "@" not in table:
        table = receiver
    return Include(
        router or "",
        written,
        dependencies_of(module, call),
        receiver,
        _table_name(module, table),
        call.lineno,
        _path(module, call),
        _place(module, call),
    )


def _variable(module: Module, expression: ast.expr) -> str:
    """The qualified name of a variable of the module that an expression refers to; "" for others."""
    if not isinstance(expression, ast.Name):
        return module.qualname(expression) or ""
    sites = module.sites_of(expression)
    if len(sites) != 1:
        return ""
    if isinstance(sites[0], ast.alias):
        return module.qualname(expression) or ""
    if module.function_of(sites[0]) is not None:
        return ""
    return f"{module.name}.{expression.id}" if module.name else expression.id


def _holder(module: Module, call: ast.Call) -> str:
    """The qualified name of the module's variable that a call is assigned to; "" for any other place."""
    parent = module.parent(call)
    if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name):
        return _variable(module, parent.targets[0])
    if isinstance(parent, ast.AnnAssign) and isinstance(parent.target, ast.Name):
        return _variable(module, parent.target)
    return ""


def dependencies_of(module: Module, call: ast.Call) -> tuple[str, ...]:
    """The names of what `dependencies=[Depends(x)]` of a call depends on; ("?",) where it is not written out."""
    given = module.argument(call, "dependencies")
    if given is None or (isinstance(given, ast.Constant) and given.value is None):
        return ()
    if isinstance(given, ast.Name):
        values = [binding.value for binding in module.bindings(given)]
        if any(isinstance(module.parent(use), ast.Attribute) for use in loads(module, given.id)):
            # `dependencies.append(...)`: what is in it is not written out.
            return ("?",)
        if len(values) == 1 and values[0] is not None:
            given = values[0]
    if not isinstance(given, (ast.List, ast.Tuple)):
        return ("?",)
    return tuple(provider_name(module, element) for element in given.elts)


def provider_name(module: Module, expression: ast.expr) -> str:
    """The name of what `Depends(x)` depends on; the name of anything else as it is written."""
    if isinstance(expression, ast.Call):
        function = module.qualname(expression.func) or ""
        if function in web.DEPENDENCIES:
            provider = expression.args[0] if expression.args else module.argument(expression, "dependency")
            if provider is None:
                return "?"
            if isinstance(provider, ast.Call):
                provider = provider.func
            name = module.qualname(provider) or ast.unparse(provider)
            return f"Security {name}" if function.endswith(".Security") else name
    return module.qualname(expression) or ast.unparse(expression)


def providers_of(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[str, ...]:
    """The names of the dependencies that a function's parameters ask for, by default or annotation."""
    arguments = function.args
    found: list[str] = []
    defaults: list[ast.expr] = [one for one in (*arguments.defaults, *arguments.kw_defaults) if one is not None]
    for default in defaults:
        if isinstance(default, ast.Call) and module.qualname(default.func) in web.DEPENDENCIES:
            found.append(_provider_of_call(module, default, function))
    for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        annotation = parameter.annotation
        if isinstance(annotation, ast.Subscript) and isinstance(annotation.slice, ast.Tuple):
            for part in annotation.slice.elts[1:]:
                if isinstance(part, ast.Call) and module.qualname(part.func) in web.DEPENDENCIES:
                    found.append(provider_name(module, part))
        elif isinstance(annotation, (ast.Name, ast.Attribute)):
            name = module.qualname(annotation)
            if name is None and isinstance(annotation, ast.Name):
                name = _alias_provider(module, annotation)
            if name is not None and not name.startswith("builtins."):
                found.append(f"annotation {name}")
    return tuple(dict.fromkeys(found))


def _provider_of_call(module: Module, default: ast.Call, function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The provider of a default; `x: Service = Depends()` depends on the annotation."""
    name = provider_name(module, default)
    if name != "?":
        return name
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    if default in arguments.defaults:
        parameter = positional[len(positional) - len(arguments.defaults) + arguments.defaults.index(default)]
    else:
        parameter = arguments.kwonlyargs[arguments.kw_defaults.index(default)]
    return (module.instances.annotated_class(parameter.annotation) if parameter.annotation else None) or "?"


def _alias_provider(module: Module, annotation: ast.Name) -> str | None:
    """The name of a variable of this module that holds `Annotated[..., Depends(x)]`, or x itself."""
    for binding in module.bindings(annotation):
        value = binding.value
        if isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Tuple):
            for part in value.slice.elts[1:]:
                if isinstance(part, ast.Call) and module.qualname(part.func) in web.DEPENDENCIES:
                    return provider_name(module, part)
    return None
