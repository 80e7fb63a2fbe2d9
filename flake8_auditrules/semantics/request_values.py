"""Request values: the texts that a client chooses freely, and what a function makes of them."""

from __future__ import annotations

import ast
import enum
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import loggers, web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.branches import are_alternative
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import annotated, begin_of_chain, last_name, mentions, uncalled
from flake8_auditrules.semantics.routes import is_route, is_tool, is_tool_dispatcher, registration_of
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.secret_names import words

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 6
_MOST_BINDINGS = 4
_PARAMETER = pattern(r"\{(\w+)(?::(\w+))?\}|<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
# Texts, by the annotation of a parameter or field.
_TEXTS = frozenset({"builtins.str", "pydantic.StrictStr"})
# What else names a row or a thing, by its annotation.
_IDENTIFIERS = frozenset({"builtins.int", "builtins.str", "uuid.UUID"})
_MODEL = "pydantic.BaseModel"
_REQUESTS = frozenset(
    {
        "fastapi.Request",
        "fastapi.requests.Request",
        "starlette.requests.Request",
        "django.http.HttpRequest",
        "aiohttp.web.Request",
        "sanic.Request",
    }
)
_FLASK_REQUESTS = frozenset({"flask.request", "quart.request", "flask.globals.request", "bottle.request"})
# Attributes of a request that hold texts of the client by name.
_HOLDERS = frozenset(
    {
        "args",
        "data",
        "form",
        "values",
        "headers",
        "cookies",
        "query",
        "query_params",
        "GET",
        "POST",
        "path_params",
        "match_info",
        "rel_url",
        "view_args",
    }
)
_READERS = frozenset({"get", "getlist", "pop"})
# What declares a parameter of a FastAPI route, and the arguments by which it is limited.
_MARKERS = frozenset(
    f"fastapi.{name}" for name in ("Query", "Path", "Body", "Form", "Header", "Cookie", "File")
) | frozenset({"pydantic.Field"})
_LIMITING = frozenset({"pattern", "regex"})
_CHECKING_NAMES = pattern(
    r"valid|check|sanit|safe|secur|clean|verif|ensure|basename|relative|normali[sz]|allow|authori[sz]|guard|assert|"
    r"escape|quote|slug|reject|permit|inside|within|contain|match|isalnum|isidentifier|isdigit|startswith|"
    r"realpath|commonpath|commonprefix|resolve|uuid|int$|absolute|isabs",
    re.IGNORECASE,
)
# What gives a path another form, and keeps it where it leads: somebody has to look at that.
_FORMING = frozenset({"absolute", "expanduser", "resolve"})
# What a call does by the first word of its name: whether it succeeds says nothing of the text that it is given.
_DEEDS = frozenset(
    {
        "add", "archive", "copy", "create", "delete", "export", "import", "install", "load", "move", "open",
        "read", "remove", "rename", "restore", "run", "save", "send", "store", "uninstall", "update", "upload",
        "write",
    }
)  # fmt: skip
# What keeps what is known, by the last word of its name.
_STORES = frozenset(
    {
        "collection", "crud", "dao", "database", "db", "mongo", "objects", "redis", "repo", "repository",
        "session", "sessions", "table",
    }
)  # fmt: skip
# Tests that say nothing of a text as a whole: whether a file is there, what kind it is, how the text ends.
_SAYING_NOTHING = frozenset(
    {
        "all",
        "any",
        "bool",
        "endswith",
        "exists",
        "get",
        "is_dir",
        "is_file",
        "isdir",
        "isfile",
        "isinstance",
        "len",
    }
)
_WHOLE_PLACES = frozenset({"endpoint", "href", "link", "path", "resource", "route", "uri", "url"})
_STRIPPING = frozenset(
    {"strip", "lower", "upper", "lstrip", "rstrip", "removeprefix", "removesuffix", "title", "format"}
)

# Forms and serializers that are told to look at all that was sent.
_VALIDATING = frozenset({"full_clean", "is_valid", "validate", "validate_on_submit"})
# Calls that say nothing of the text that they are given.
HARMLESS = frozenset({"str", "len", "print", "repr", "format", "strip", "lower", "upper", "isinstance", "type"})


class Part(enum.Enum):
    """The part of a request that holds a value."""

    SEGMENT = "segment of the path"
    """One segment of the path: it holds no slash, but can be `..`."""
    PATH = "rest of the path"
    """The rest of a path, slashes included."""
    PARAMETER = "parameter"
    FIELD = "field"
    FILE_NAME = "upload's file name"
    HEADER = "header"
    BODY = "whole body"
    """A request model as a whole: the texts are in its fields."""
    URL = "part of a URL"
    """In a text that is made for a URL and has come to its path or query."""


class RequestValue(NamedTuple):
    """A free text of a request: the expression that reads it, its part, and the local names that carry it."""

    node: ast.expr
    part: Part
    names: frozenset[str]


def free_parameters(module: Module, function: FunctionNode) -> dict[str, Part]:
    """The parameters of a route whose values are free texts of the client, by name."""
    known: dict[FunctionNode, dict[str, Part]] = module.keep("free parameters", lambda _: {})
    found = known.get(function)
    if found is None:
        found = known[function] = dict(_free_parameters(module, function)) if is_route(module, function) else {}
    return found


def tool_parameters(module: Module, function: FunctionNode) -> dict[str, Part]:
    """
    The parameters of a tool of the Model Context Protocol that are free texts of the client, by name.

    Not those whose name says that a whole URL or path is asked for.
    """
    if not is_tool(module, function):
        return {}
    return {
        argument.arg: Part.PARAMETER
        for argument, annotation in annotated(function)
        if not is_whole_place(argument.arg)
        and _is_text(module, annotation)
        and not _is_limited(module, annotation, module.names.binding(argument).value)
    }


def is_whole_place(name: str) -> bool:
    """Whether a name says that a client names a whole URL or path: what is in it is meant to be followed."""
    return not _WHOLE_PLACES.isdisjoint(words(name)[-1:])


def named_parameters(module: Module, function: FunctionNode) -> dict[str, Part]:
    """The parameters of a route by which a client may name something: free texts, numbers and UUIDs."""
    if not is_route(module, function):
        return {}
    found = dict(free_parameters(module, function))
    in_path, fastapi = path_parameters(module, function), is_fastapi_route(module, function)
    positional = [*function.args.posonlyargs, *function.args.args]
    is_view = module.imports("django", "rest_framework") and "request" in [one.arg for one in positional[:2]]
    for argument in (*positional, *function.args.kwonlyargs):
        binding = module.names.binding(argument)
        is_missing = binding.value is None or (
            isinstance(binding.value, ast.Constant) and binding.value.value is None
        )
        if argument.annotation is None:
            # Django hands a view what its URL says by name.
            if argument.arg in in_path or (is_view and is_missing and argument.arg not in ("self", "request")):
                found.setdefault(argument.arg, Part.SEGMENT)
        elif fastapi or argument.arg in in_path or is_view:
            if module.instances.annotated_class(argument.annotation) in _IDENTIFIERS and not _is_limited(
                module, argument.annotation, binding.value
            ):
                found.setdefault(argument.arg, Part.PARAMETER)
    return found


def _free_parameters(module: Module, function: FunctionNode) -> Iterator[tuple[str, Part]]:
    in_path = path_parameters(module, function)
    fastapi = is_fastapi_route(module, function)
    arguments = function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        converter = in_path.get(argument.arg)
        if converter is None and not fastapi:
            continue
        default = module.names.binding(argument).value
        if _is_limited(module, argument.annotation, default):
            continue
        if argument.annotation is None:
            # Without an annotation a path parameter is a text; another one need not come from the request.
            if converter is None:
                continue
        elif not _is_text(module, argument.annotation):
            continue
        if converter is None:
            header = _marker(module, argument.annotation, default) in ("fastapi.Header", "fastapi.Cookie")
            yield argument.arg, Part.HEADER if header else Part.PARAMETER
        elif converter in ("", "string", "str", "default"):
            yield argument.arg, Part.SEGMENT
        elif converter == "path":
            yield argument.arg, Part.PATH


def is_fastapi_route(module: Module, function: FunctionNode) -> bool:
    """Whether all simple parameters of a route come from the request: FastAPI's do."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute):
            if decorator.func.attr not in web.ROUTE_DECORATORS:
                continue
            owner = module.instance_of(decorator.func.value)
            if owner is None:
                return module.imports("fastapi") and not module.imports("flask", "quart", "sanic")
            return any(one.startswith("fastapi.") for one in module.instances.ancestry(owner))
    registration = registration_of(module, function)
    return registration is not None and last_name(registration) == "add_api_route" and module.imports("fastapi")


def path_parameters(module: Module, function: FunctionNode) -> dict[str, str]:
    """The names of a route's path parameters with their converters ("" for none)."""
    found: dict[str, str] = {}
    for decorator in (*function.decorator_list, registration_of(module, function)):
        if not isinstance(decorator, ast.Call):
            continue
        path = module.argument(decorator, "path", 0) or module.argument(decorator, "rule")
        for match in _PARAMETER.finditer(_written_path(module, path) if path is not None else ""):
            braced, converter, angled_converter, angled = match.groups()
            found[braced or angled] = converter or angled_converter or ""
    return found


def _written_path(module: Module, path: ast.expr) -> str:
    """What of a route's path is written out: `/{name}` of `f"{prefix}/{{name}}"`."""
    if isinstance(path, ast.JoinedStr):
        return "".join(str(part.value) for part in path.values if isinstance(part, ast.Constant))
    text = module.literal(path)
    return text if isinstance(text, str) else ""


def _is_text(module: Module, annotation: ast.expr) -> bool:
    return module.instances.annotated_class(annotation) in _TEXTS


def _marker(module: Module, annotation: ast.expr | None, default: ast.expr | None) -> str | None:
    """What declares a parameter: `fastapi.Query` of `= Query(...)` or `Annotated[str, Query()]`."""
    for part in (default, annotation):
        for node in ast.walk(part) if part is not None else ():
            if isinstance(node, ast.Call):
                return module.callee(node)
    return None


def _is_limited(module: Module, annotation: ast.expr | None, default: ast.expr | None) -> bool:
    """Whether a declaration lets only some texts through, or the value does not come from the request itself."""
    for part in (default, annotation, _behind_name(module, annotation)):
        for node in ast.walk(part) if part is not None else ():
            if isinstance(node, ast.Call):
                if module.callee(node) not in _MARKERS:
                    # A dependency, a validator, or a type with a condition.
                    return True
                if any(keyword.arg is None or keyword.arg in _LIMITING for keyword in node.keywords):
                    return True
            elif isinstance(node, (ast.Name, ast.Attribute)) and module.qualname(node) == "typing.Literal":
                return True
    return False


def _behind_name(module: Module, annotation: ast.expr | None) -> ast.expr | None:
    """What an annotation of the module's own stands for: `Name = Annotated[str, Path(pattern=...)]`."""
    bindings = module.bindings(annotation) if isinstance(annotation, ast.Name) else []
    return bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT else None


# ---------------------------------------------------------------------------------------------------------
# What an expression carries
# ---------------------------------------------------------------------------------------------------------


def carried(
    module: Module, expression: ast.expr, given: dict[str, Part], builders: frozenset[str] = frozenset()
) -> RequestValue | None:
    """
    The request value that is in an expression as it is, through local variables and the building of texts.

    `given` are the names of parameters that hold such values; `builders` the qualified names of calls whose
    result carries their arguments, besides those that build texts.
    """
    return _carried(module, expression, given, builders, frozenset(), 0)


def _carried(
    module: Module,
    expression: ast.expr,
    given: dict[str, Part],
    builders: frozenset[str],
    names: frozenset[str],
    hops: int,
) -> RequestValue | None:
    if hops > _MAXIMUM_HOPS:
        return None
    parts: list[ast.expr] = []
    if isinstance(expression, ast.Name):
        return _carried_by_name(module, expression, given, builders, names, hops)
    read = _read(module, expression, given)
    if read is not None:
        return RequestValue(expression, read, names)
    if isinstance(expression, ast.Await):
        parts = [expression.value]
    elif isinstance(expression, ast.BinOp) and isinstance(expression.op, (ast.Add, ast.Div, ast.Mod)):
        parts = [expression.right, expression.left]
    elif isinstance(expression, ast.JoinedStr):
        parts = [value.value for value in expression.values if isinstance(value, ast.FormattedValue)]
    elif isinstance(expression, (ast.Tuple, ast.List)):
        parts = expression.elts
    elif isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.Or):
        parts = expression.values
    elif isinstance(expression, ast.IfExp):
        parts = [expression.body, expression.orelse]
    elif isinstance(expression, ast.Call):
        function = expression.func
        name = module.qualname(function)
        if name == "builtins.str" or name in builders:
            parts = expression.args
        elif isinstance(function, ast.Attribute) and function.attr in (*_STRIPPING, *_FORMING, "joinpath"):
            parts = [function.value, *expression.args, *(keyword.value for keyword in expression.keywords)]
    for part in parts:
        found = _carried(module, part, given, builders, names, hops + 1)
        if found is not None:
            return found
    return None


def _carried_by_name(
    module: Module,
    name: ast.Name,
    given: dict[str, Part],
    builders: frozenset[str],
    names: frozenset[str],
    hops: int,
) -> RequestValue | None:
    bindings = module.bindings(name)
    if not 1 <= len(bindings) <= _MOST_BINDINGS or name.id in names:
        return None
    if len(bindings) > 1:
        return _carried_by_all(module, name, given, builders, names | {name.id}, hops)
    binding = bindings[0]
    if binding.kind is BindingKind.PARAMETER:
        part = given.get(name.id)
        return RequestValue(name, part, names | {name.id}) if part not in (None, Part.BODY) else None
    if binding.kind is BindingKind.LOOP and isinstance(binding.value, (ast.Tuple, ast.List)):
        # `for file in (folder / name, folder / f"{name}.html"):`
        return _carried(module, binding.value, given, builders, names | {name.id}, hops + 1)
    if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None:
        return None
    return _carried(module, binding.value, given, builders, names | {name.id}, hops + 1)


def _carried_by_all(
    module: Module,
    name: ast.Name,
    given: dict[str, Part],
    builders: frozenset[str],
    names: frozenset[str],
    hops: int,
) -> RequestValue | None:
    """What the last assignment before a name carries, where all assignments to it carry a request value."""
    found: RequestValue | None = None
    for binding in sorted(module.bindings(name), key=lambda one: one.value.lineno if one.value is not None else 0):
        if binding.kind is not BindingKind.ASSIGNMENT or binding.value is None:
            return None
        if isinstance(binding.value, ast.Constant) and binding.value.value is None:
            # Nothing has been found yet.
            continue
        value = _carried(module, binding.value, given, builders, names, hops + 1)
        if value is None:
            return None
        if found is None or binding.value.lineno <= name.lineno:
            found = value
    return found


def _read(module: Module, expression: ast.expr, given: dict[str, Part]) -> Part | None:
    """The part of a request that an expression itself reads: `file.filename`, `request.args["name"]`."""
    if isinstance(expression, ast.Attribute):
        if expression.attr == "filename":
            held = module.instance_of(expression.value)
            if held in web.UPLOADS or is_flask_upload(module, expression.value):
                return Part.FILE_NAME
        return _field(module, expression, given)
    holder: ast.expr | None = None
    if isinstance(expression, ast.Subscript):
        holder = expression.value
        if isinstance(expression.slice, ast.Constant) and expression.slice.value == "filename":
            if _is_tornado_upload(module, holder):
                return Part.FILE_NAME
    elif isinstance(expression, ast.Call):
        function = expression.func
        if isinstance(function, ast.Attribute) and function.attr in web.TORNADO_READERS:
            return Part.PARAMETER if _is_tornado_handler(module, function.value) else None
        if isinstance(function, ast.Attribute) and function.attr in _READERS:
            if any(keyword.arg == "type" for keyword in expression.keywords):
                return None
            holder = function.value
    if isinstance(holder, ast.Attribute) and holder.attr in _HOLDERS and is_request(module, holder.value):
        return Part.HEADER if holder.attr in ("headers", "cookies") else Part.PARAMETER
    return Part.FIELD if holder is not None and _holds_body(module, holder) else None


def _holds_body(module: Module, holder: ast.expr) -> bool:
    """Whether an expression is a JSON body as the client sent it: `await request.json()`, a name that holds it."""
    if not isinstance(holder, ast.Name):
        return _reads_json(module, holder)
    bindings = module.bindings(holder)
    if len(bindings) != 1:
        return False
    binding = bindings[0]
    if binding.kind is BindingKind.ASSIGNMENT and binding.value is not None:
        return _reads_json(module, binding.value)
    if binding.kind is not BindingKind.PARAMETER or binding.annotation is None:
        return False
    function = module.function_of(holder)
    if is_tool_dispatcher(module, function):
        return isinstance(function, _FUNCTIONS) and holder.id in [one.arg for one in function.args.args[-1:]]
    return (
        isinstance(function, _FUNCTIONS)
        and is_route(module, function)
        and module.instances.annotated_class(binding.annotation) == "builtins.dict"
        and is_fastapi_route(module, function)
        and not _is_limited(module, binding.annotation, binding.value)
    )


def _reads_json(module: Module, expression: ast.expr) -> bool:
    if isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.Or):
        expression = expression.values[0]
    if isinstance(expression, ast.Await):
        expression = expression.value
    if isinstance(expression, ast.Attribute):
        return expression.attr == "json" and module.qualname(expression.value) in _FLASK_REQUESTS
    return (
        isinstance(expression, ast.Call)
        and isinstance(expression.func, ast.Attribute)
        and expression.func.attr in ("get_json", "json")
        and is_request(module, expression.func.value)
    )


def field_name(value: ast.expr) -> str:
    """The name of the field that an expression reads of a body: `name` of `body.name` and `body["name"]`."""
    key = value.slice if isinstance(value, ast.Subscript) else None
    if isinstance(value, ast.Call) and value.args:
        key = value.args[0]
    if key is not None:
        return str(key.value) if isinstance(key, ast.Constant) else ""
    return last_name(value)


def _field(module: Module, expression: ast.Attribute, given: dict[str, Part]) -> Part | None:
    """A field of type `str` of a request model, read from the parameter that holds it: `body.name`."""
    holder = expression.value
    while isinstance(holder, ast.Attribute):
        holder = holder.value
    if not isinstance(holder, ast.Name) or not _holds_model(module, holder, given):
        return None
    class_name = _class_of_model(module, expression.value)
    model = module.instances.local_class(class_name)
    if model is not None:
        return Part.FIELD if is_free_field(module, model, expression.attr) else None
    # A model of another module: whether it limits the field is asked where the value does harm.
    is_model = _MODEL in module.instances.ancestry(class_name)
    return Part.FIELD if is_model and module.instance_of(expression) in _TEXTS else None


def _holds_model(module: Module, name: ast.Name, given: dict[str, Part]) -> bool:
    """Whether a name is a parameter that holds a model of a request, in a route or where a route hands it to."""
    function = module.function_of(name)
    bindings = module.bindings(name)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.PARAMETER or bindings[0].annotation is None:
        return False
    if given.get(name.id) is Part.BODY:
        return True
    return (
        isinstance(function, _FUNCTIONS)
        and is_route(module, function)
        and not _is_limited(module, bindings[0].annotation, bindings[0].value)
    )


def _class_of_model(module: Module, holder: ast.expr) -> str:
    """The qualified name of the class of what holds a field: a parameter, or a model in a model; "" for none."""
    if isinstance(holder, ast.Name):
        bindings = module.bindings(holder)
        annotation = bindings[0].annotation if len(bindings) == 1 else None
        return (module.instances.annotated_class(annotation) if annotation is not None else None) or ""
    return module.instance_of(holder) or ""


def model_parameters(module: Module, function: FunctionNode) -> dict[str, Part]:
    """The parameters of a FastAPI route that are models of the request's body, by name."""
    if not is_route(module, function) or not is_fastapi_route(module, function):
        return {}
    return {
        argument.arg: Part.BODY
        for argument, annotation in annotated(function)
        if _MODEL in module.instances.ancestry(module.instances.annotated_class(annotation) or "")
        and not _is_limited(module, annotation, module.names.binding(argument).value)
    }


def model_of_field(module: Module, expression: ast.expr) -> str | None:
    """The qualified name of the class from another module whose field an expression reads: `body.name`."""
    if not isinstance(expression, ast.Attribute) or not isinstance(expression.value, (ast.Attribute, ast.Name)):
        return None
    class_name = _class_of_model(module, expression.value)
    return class_name if class_name and module.instances.local_class(class_name) is None else None


def is_free_field(module: Module, model: ast.ClassDef, name: str) -> bool:
    """Whether a request model of the module declares a field as a text that may be any."""
    if _MODEL not in module.instances.ancestry(module.definition(model)):
        return False
    if any("valid" in decorator for decorator in _decorators(module, model)):
        return False
    return any(
        isinstance(statement, ast.AnnAssign)
        and isinstance(statement.target, ast.Name)
        and statement.target.id == name
        and _is_text(module, statement.annotation)
        and not _is_limited(module, statement.annotation, statement.value)
        for statement in model.body
    )


def _decorators(module: Module, holder: ast.ClassDef) -> Iterator[str]:
    for method in module.members(holder).methods.values():
        for decorator in method.decorator_list:
            target = uncalled(decorator)
            yield last_name(target)


def is_request(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is a request of a web framework."""
    if module.qualname(expression) in _FLASK_REQUESTS:
        return True
    if module.imports("django", "rest_framework") and _is_request_of_view(module, expression):
        return True
    held = module.instance_of(expression)
    return held is not None and not _REQUESTS.isdisjoint(module.instances.ancestry(held))


def _is_request_of_view(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is the `request` of one of Django's views: the parameter, or the view's attribute."""
    if isinstance(expression, ast.Name):
        if expression.id != "request":
            return False
        owner = module.owner_of(expression)
        bindings = module.bindings(expression)
        return (
            owner is not None
            and is_route(module, owner.node)
            and {binding.kind for binding in bindings} == {BindingKind.PARAMETER}
        )
    if not isinstance(expression, ast.Attribute) or expression.attr != "request":
        return False
    holder = module.class_of_self(expression.value)
    return holder is not None and holder in _views(module)


def is_method_of_view(module: Module, function: FunctionNode) -> bool:
    """Whether a function is a method of one of Django's views, which all have the request: `get_queryset`."""
    return module.imports("django", "rest_framework") and module.class_of(function) in _views(module)


def is_hook_of_view(module: Module, function: FunctionNode) -> bool:
    """Whether a function is a method that Django's views call while they answer a request."""
    return function.name in web.VIEW_HOOKS and is_method_of_view(module, function)


def _views(module: Module) -> frozenset[ast.AST | None]:
    return module.keep("views of Django", _find_views)


def _find_views(module: Module) -> frozenset[ast.AST | None]:
    return frozenset(
        holder
        for holder in module.nodes(ast.ClassDef)
        if any(
            base in web.VIEW_CLASSES or base.startswith("django.views.generic.")
            for base in module.instances.ancestry(module.definition(holder))
        )
    )


def _is_tornado_handler(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is the `self` of one of Tornado's handlers."""
    holder = module.class_of_self(expression)
    if holder is None:
        return False
    return "tornado.web.RequestHandler" in module.instances.ancestry(module.definition(holder))


def _kept_value(module: Module, expression: ast.expr) -> ast.expr | None:
    """What a name holds that is assigned once, any other expression itself; None for other names."""
    if not isinstance(expression, ast.Name):
        return expression
    bindings = module.bindings(expression)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT:
        return None
    return bindings[0].value


def _is_tornado_upload(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is `self.request.files["name"][0]` of Tornado, or a name that holds one."""
    kept = _kept_value(module, expression)
    while isinstance(kept, ast.Subscript):
        kept = kept.value
    return (
        isinstance(kept, ast.Attribute)
        and kept.attr == "files"
        and isinstance(kept.value, ast.Attribute)
        and kept.value.attr == "request"
        and _is_tornado_handler(module, kept.value.value)
    )


def is_flask_upload(module: Module, expression: ast.expr) -> bool:
    """Whether an expression is `request.files["name"]` of Flask, or a name that holds one, also one of several."""
    kept = _kept_value(module, expression)
    if kept is None and isinstance(expression, ast.Name):
        # `for file in request.files.getlist("files")`
        bindings = module.bindings(expression)
        kept = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.LOOP else None
        if not isinstance(kept, ast.Call) or last_name(kept) not in ("getlist", "values"):
            return False
        holder: ast.expr | None = kept.func.value if isinstance(kept.func, ast.Attribute) else None
    elif isinstance(kept, ast.Subscript):
        holder = kept.value
    elif isinstance(kept, ast.Call) and isinstance(kept.func, ast.Attribute):
        holder = kept.func.value if kept.func.attr in _READERS else None
    else:
        holder = None
    return (
        isinstance(holder, ast.Attribute)
        and holder.attr in ("files", "FILES")
        and is_request(module, holder.value)
    )


# ---------------------------------------------------------------------------------------------------------
# Whether somebody looks
# ---------------------------------------------------------------------------------------------------------


def is_looked_at(
    module: Module, function: FunctionNode, value: RequestValue, *, beside: ast.Call | None = None
) -> bool:
    """
    Whether the function tests a value's text, or hands it to something that says that it does, beside some call.

    A test for emptiness and one of the file's existence, kind or ending say nothing of the text as a whole.
    """
    read = module.source(value.node)
    looks = _looks(module, function)
    # What is made of the text by its methods says what the text is: `plain = name.replace("\\", "/")`.
    names = value.names | {made for made, source in looks.made if source in value.names}
    for comparison in looks.comparisons:
        if any(_is_of(module, side, names, read) for side in (comparison.left, *comparison.comparators)):
            return True
    for call in looks.checks:
        if call is beside:
            continue
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(call.func, ast.Attribute):
            given.append(call.func.value)
        if any(_mentions(module, one, names, read) for one in given):
            return True
    if any(key.id in names for key in looks.keys):
        return True
    return not looks.bound.isdisjoint(value.names)


class _Looks(NamedTuple):
    """
    The places of a function that may look at a value: comparisons, and calls that by their name check something;
    and the names that a loop or a `with` binds, which are not followed.
    """

    comparisons: list[ast.Compare]
    checks: list[ast.Call]
    bound: frozenset[str]
    keys: list[ast.Name]
    """The names by which something is taken out of a table, which knows of no others: `jobs[job_id]`."""
    made: list[tuple[str, str]]
    """The names that hold what a method of another name's text gives, each with that name."""


def is_validated_whole(module: Module, function: FunctionNode) -> bool:
    """Whether a function asks a form or a serializer about all that was sent: `if form.is_valid():`."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _VALIDATING
        for node in module.own_nodes(function)
    )


def is_given_before(module: Module, function: FunctionNode, place: ast.AST, names: frozenset[str]) -> bool:
    """Whether something else is given a value before a place: what looks it up knows whether it exists."""
    line = getattr(place, "lineno", 0)
    for node in module.own_nodes(function):
        if not isinstance(node, ast.Call) or node.lineno >= line:
            continue
        last = last_name(node)
        if last in HARMLESS or last in loggers.WRITING or last[:1].isupper():
            continue
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        if any(mentions(argument, names) for argument in given) and not are_alternative(module, node, place):
            return True
    return False


def _looks(module: Module, function: FunctionNode) -> _Looks:
    known: dict[FunctionNode, _Looks] = module.keep("places that look at values", lambda _: {})
    found = known.get(function)
    if found is None:
        found = known[function] = _read_looks(module, function)
    return found


def _read_looks(module: Module, function: FunctionNode) -> _Looks:
    comparisons: list[ast.Compare] = []
    checks: list[ast.Call] = []
    bound: set[str] = set()
    keys: list[ast.Name] = []
    made: list[tuple[str, str]] = []
    forming: list[ast.Call] = []
    for node in module.own_nodes(function):
        kind = node.__class__
        if kind is ast.Compare:
            assert isinstance(node, ast.Compare)
            if not any(isinstance(operator, (ast.Is, ast.IsNot)) for operator in node.ops):
                if not _chooses_constant(module, node):
                    comparisons.append(node)
        elif kind is ast.Call:
            assert isinstance(node, ast.Call)
            last = last_name(node)
            if _only_forms(module, node):
                forming.append(node)
                continue
            if not (node.args or node.keywords):
                is_check = _CHECKING_NAMES.search(last) is not None
            elif last == "get":
                is_check = _leaves_without_result(module, node)
            else:
                is_check = bool(_CHECKING_NAMES.search(last)) or (
                    last not in _SAYING_NOTHING and _decides(module, node)
                )
            if is_check:
                checks.append(node)
        elif kind is ast.Assign:
            assert isinstance(node, ast.Assign)
            pair = _made_of(node)
            if pair is not None:
                made.append(pair)
        elif kind is ast.Subscript:
            assert isinstance(node, ast.Subscript)
            if isinstance(node.slice, ast.Name) and isinstance(node.ctx, ast.Load):
                keys.append(node.slice)
        elif kind is ast.Name:
            assert isinstance(node, ast.Name)
            if isinstance(node.ctx, ast.Store):
                parent = module.parent(node)
                if not isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and not (
                    isinstance(parent, ast.For) and isinstance(parent.iter, (ast.Tuple, ast.List))
                ):
                    bound.add(node.id)
    if comparisons or checks:
        # What is looked at may be what has been resolved before.
        checks += forming
    return _Looks(comparisons, checks, frozenset(bound), keys, made)


def _only_forms(module: Module, call: ast.Call) -> bool:
    """Whether a call gives a path another form and looks at nothing: `path.resolve()`, `os.path.realpath(p)`."""
    if not call.args and not call.keywords:
        return isinstance(call.func, ast.Attribute) and call.func.attr in _FORMING
    return last_name(call) == "realpath" and module.qualname(call.func) == "os.path.realpath"


def _chooses_constant(module: Module, comparison: ast.Compare) -> bool:
    """Whether a comparison only chooses between two constants: `404 if page == missing else 200`."""
    choice = module.parent(comparison)
    return (
        isinstance(choice, ast.IfExp)
        and isinstance(choice.body, ast.Constant)
        and isinstance(choice.orelse, ast.Constant)
    )


def _made_of(assignment: ast.Assign) -> tuple[str, str] | None:
    """The name that is given what a method of another name gives, and that name."""
    target, made = assignment.targets[0], assignment.value
    source = made.func.value if isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute) else None
    if isinstance(target, ast.Name) and isinstance(source, ast.Name) and target.id != source.id:
        return target.id, source.id
    return None


def _decides(module: Module, call: ast.Call) -> bool:
    """
    Whether control leaves the function by what a call says: `if not known(name): raise`, or a call that raises
    an error of validation.
    """
    if _is_lookup(call) and _leaves_without_result(module, call):
        return True
    if not _DEEDS.isdisjoint(words(last_name(call))[:1]):
        return False
    child: ast.AST = call
    negated = False
    for ancestor in module.ancestors(call):
        negated = negated or (isinstance(ancestor, ast.UnaryOp) and isinstance(ancestor.op, ast.Not))
        if isinstance(ancestor, ast.If) and child is ancestor.test:
            if negated:
                return isinstance(ancestor.body[-1], (ast.Raise, ast.Return))
            # `if is_known(name): return read(name)` decides as `if not is_known(name): raise` does.
            return child is call and isinstance(ancestor.body[-1], ast.Return) and _is_given_again(ancestor, call)
        if isinstance(ancestor, ast.Try) and child in ancestor.body:
            return any(
                handler.type is not None and "Validation" in ast.unparse(handler.type)
                for handler in ancestor.handlers
            )
        if isinstance(ancestor, _FUNCTIONS):
            return False
        child = ancestor
    return False


def _is_given_again(branch: ast.If, call: ast.Call) -> bool:
    """Whether the branch behind a call uses a name that the call is given."""
    given = {argument.id for argument in call.args if isinstance(argument, ast.Name)}
    return any(mentions(statement, given) for statement in branch.body)


def _is_lookup(call: ast.Call) -> bool:
    """Whether a call asks something that by its name keeps what is known: `db.get_upload(upload_id)`."""
    return isinstance(call.func, ast.Attribute) and not _STORES.isdisjoint(words(last_name(call.func.value)))


def _leaves_without_result(module: Module, call: ast.Call) -> bool:
    """Whether control leaves the function where the call found nothing: `if not row: raise HTTPException(404)`."""
    statement = module.statement(call)
    value = statement.value if isinstance(statement, ast.Assign) else None
    if (value.value if isinstance(value, ast.Await) else value) is not call:
        return False
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    function = module.function_of(call)
    if not isinstance(target, ast.Name) or not isinstance(function, _FUNCTIONS):
        return False
    for use in module.names_in(function).get(target.id, ()):
        test = module.parent(use)
        is_missing = (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)) or (
            isinstance(test, ast.Compare) and test.left is use and isinstance(test.ops[0], (ast.Is, ast.Eq))
        )
        holder = module.parent(test) if is_missing and test is not None else None
        if isinstance(holder, ast.BoolOp) and isinstance(holder.op, ast.Or):
            test, holder = holder, module.parent(holder)
        if isinstance(holder, ast.If) and holder.test is test:
            if isinstance(holder.body[-1], (ast.Raise, ast.Return)):
                return True
    return False


def _is_of(module: Module, side: ast.expr, names: frozenset[str], read: str) -> bool:
    """Whether one side of a comparison is the value itself, or it in other letters."""
    side = begin_of_chain(side, _STRIPPING)
    if isinstance(side, ast.Attribute) and side.attr in ("parent", "parents", "parts", "name", "stem"):
        side = side.value
    if isinstance(side, ast.Name):
        return side.id in names
    return module.source(side) == read


def _mentions(module: Module, expression: ast.expr, names: frozenset[str], read: str) -> bool:
    return any(
        (isinstance(node, ast.Name) and node.id in names)
        or (isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)) and module.source(node) == read)
        for node in ast.walk(expression)
    )
