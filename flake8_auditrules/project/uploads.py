"""Uploads: where a route takes a whole uploaded file or body into memory, through the functions of the project."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import arguments_by_place, definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.wiring import providers_of
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import assigned_target, last_name, mentions, uncalled
from flake8_auditrules.semantics.route_answers import route_path
from flake8_auditrules.semantics.routes import is_route
from flake8_auditrules.semantics.scopes import FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 3
# The class of a form's files: FastAPI's own is a subclass that only parameters are.
_POSTED = "starlette.datastructures.UploadFile"
_FORMS = frozenset({"starlette.requests.Request.form", "fastapi.Request.form", "fastapi.requests.Request.form"})
_CHECKING = pattern(r"size|length|valid|check|limit|verif|ensure|guard|sanit", re.IGNORECASE)
_SIZES = pattern(r"size|length|\blen\(|tell\(|limit|max_|bytes", re.IGNORECASE)
_SIZE_NAME = pattern(r"size|length|bytes", re.IGNORECASE)
_LIMITING = pattern(r"size|length|upload|valid|check|limit|quota", re.IGNORECASE)
# What asks who is there says nothing of sizes: `check_admin_role`, `verify_token`.
_ASKING_WHO = pattern(r"role|admin|user|auth|permission|login|token|api_?key|access|member", re.IGNORECASE)
_REQUEST = "starlette.requests.Request"
# What is signed has to be read as a whole.
_SIGNED = pattern(r"web_?hook|signature|hmac|signed|construct_event", re.IGNORECASE)
_FLASK_LIMIT = re.compile(rb"max_content|content_length", re.IGNORECASE)
_COLLECTIONS = frozenset({"list", "List", "Sequence", "Iterable", "tuple", "Tuple", "set", "Set"})


class UploadRead(NamedTuple):
    """
    A place of a route where a whole upload goes into memory.

    `node` is the place in the linted module: the call, the parameter of type `bytes`, or the call that hands the
    upload on; `text` is what reads, `path` and `line` (1-based) are its place.
    """

    node: ast.AST
    text: str
    path: str
    line: int
    is_limited: bool
    """Whether something looks at the upload's size before, or may do so."""
    is_body: bool = False
    """Whether the body of the request is read and not a file of a form."""


class _Uploads(NamedTuple):
    """The names that hold an upload in a function, those that hold several, and those filled from a form."""

    one: frozenset[str]
    several: frozenset[str]
    posted: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    """Those of Flask, whose `read` is no coroutine."""


def upload_reads(project: Project, module: Module, function: FunctionNode) -> Iterator[UploadRead]:
    """The places where a route reads its uploads as a whole, those that something limits too."""
    if not module.imports("fastapi", "starlette"):
        yield from _reads_of_flask(project, module, function)
        return
    uploads, contents = _declared(module, function)
    uploads = uploads._replace(posted=_posted(module, function))
    bodies = _body_reads(module, function)
    if not (uploads.one or uploads.several or uploads.posted or contents or bodies):
        return
    if not is_route(module, function):
        if not bodies or not _is_before_routes(module, function):
            return
        uploads, contents = _Uploads(frozenset(), frozenset()), []
    outside = limits_bodies(project, module, function)
    for call in bodies:
        names = frozenset({last_name(call.func.value)})  # type: ignore[attr-defined]
        limited = outside or _is_looked_at(project, module, function, names, call.lineno)
        shown = module.parent(call)
        assert shown is not None
        yield UploadRead(call, module.text(shown, 40), module.path, call.lineno, limited, is_body=True)
    for argument in contents:
        yield UploadRead(argument, module.text(argument, 40), module.path, argument.lineno, outside)
    if uploads.one or uploads.several or uploads.posted:
        # Several routes may hand their uploads to one function: its read is one defect.
        told: set[tuple[str, int]] = module.keep("upload reads that were told", lambda _: set())
        for read in _reads(project, module, function, uploads, 0):
            limited = outside or read.is_limited
            if not limited and (read.path, read.line) in told:
                continue
            if not limited:
                told.add((read.path, read.line))
            yield read._replace(is_limited=limited)


def _reads_of_flask(project: Project, module: Module, function: FunctionNode) -> Iterator[UploadRead]:
    """
    The places where a route of Flask reads a file of `request.files` as a whole.

    None where the project makes no application: who makes it may limit the bodies.
    """
    files = module.keep("files of Flask's requests", _files_of_flask)
    held = files.get(function)
    if held is None or not is_route(module, function):
        return
    told: set[tuple[str, int]] = module.keep("upload reads that were told", lambda _: set())
    for read in _reads(project, module, function, held, 0):
        if read.is_limited or module.keep("limits bodies of Flask", lambda module: _limits_flask(project)):
            yield read._replace(is_limited=True)
        elif (read.path, read.line) not in told:
            told.add((read.path, read.line))
            yield read._replace(is_limited=limits_bodies(project, module, function))


def _files_of_flask(module: Module) -> dict[ast.AST | None, _Uploads]:
    """The names that hold a file of `request.files`, or several, by function."""
    found: dict[ast.AST | None, _Uploads] = {}
    for files in module.attributes_named("files"):
        if module.qualname(files) != "flask.request.files":
            continue
        taken = module.parent(files)
        if isinstance(taken, ast.Attribute):
            taken = module.parent(taken)
        statement = module.parent(taken) if isinstance(taken, (ast.Call, ast.Subscript)) else None
        target = statement.targets[0] if isinstance(statement, ast.Assign) and statement.value is taken else None
        if not isinstance(target, ast.Name) or len(module.bindings(target)) != 1:
            continue
        function = module.function_of(files)
        held = found.get(function, _Uploads(frozenset(), frozenset()))
        if isinstance(taken, ast.Call) and last_name(taken) == "getlist":
            held = held._replace(several=held.several | {target.id})
        elif isinstance(taken, ast.Subscript) or last_name(taken) == "get":
            held = held._replace(plain=held.plain | {target.id}, posted=held.posted | {target.id})
        found[function] = held
    return found


def _limits_flask(project: Project) -> bool:
    """Whether a file of the project speaks of the setting by which Flask limits bodies, or none makes its app."""
    if b"\nflask.Flask\n" not in project.names_used():
        return True
    for path in project.files():
        try:
            text = Path(path).read_bytes()
        except OSError:
            continue
        if _FLASK_LIMIT.search(text) is not None:
            return True
    return False


def _declared(module: Module, function: FunctionNode) -> tuple[_Uploads, list[ast.arg]]:
    """The uploads of a FastAPI route, and the parameters that are given an upload's content at once."""
    arguments = function.args
    one: set[str] = set()
    several: set[str] = set()
    contents: list[ast.arg] = []
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if argument.annotation is None:
            continue
        default = module.names.binding(argument).value
        if isinstance(default, ast.Call) and module.callee(default) in web.DEPENDENCIES:
            continue
        named = module.instances.annotated_class(argument.annotation)
        if named in web.UPLOADS:
            one.add(argument.arg)
        elif named == "builtins.bytes":
            if _is_file(module, argument.annotation, default):
                contents.append(argument)
        elif _holds_uploads(module, argument.annotation):
            several.add(argument.arg)
    return _Uploads(frozenset(one), frozenset(several)), contents


def _body_reads(module: Module, function: FunctionNode) -> list[ast.Call]:
    """
    The calls `await request.body()` of a function that is not there for signed requests.

    What only becomes a document is left out: `request.json()` and every model read as much.
    """
    named = module.calls_named("body")
    calls = [
        call
        for call in named
        if not call.args
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and module.awaited(call)
        and module.function_of(call) is function
        and module.instance_of(call.func.value) == _REQUEST
    ]
    if not calls or _SIGNED.search(module.name) or _SIGNED.search(module.source(function)):
        return []
    return [call for call in calls if not _becomes_document(module, call)]


def _becomes_document(module: Module, body: ast.Call) -> bool:
    """Whether a body is read as JSON and nothing else: `json.loads(await request.body())`, also by a name."""
    read: ast.AST | None = module.parent(body)
    holder = module.parent(read) if read is not None else None
    while isinstance(holder, (ast.BoolOp, ast.IfExp)):
        read, holder = holder, module.parent(holder)
    if isinstance(holder, ast.Call):
        return module.callee(holder) in web.JSON_READERS
    target = assigned_target(holder)
    if not isinstance(target, ast.Name) or len(module.bindings(target)) != 1:
        return False
    function = module.function_of(body)
    if not isinstance(function, _FUNCTIONS):
        return False
    uses = [use for use in module.names_in(function).get(target.id, ()) if isinstance(use.ctx, ast.Load)]
    read_as = [module.parent(use) for use in uses if not _is_asked_whether_empty(module, use)]
    return bool(read_as) and all(
        isinstance(call, ast.Call) and module.callee(call) in web.JSON_READERS for call in read_as
    )


def _is_asked_whether_empty(module: Module, use: ast.Name) -> bool:
    """Whether a use of a body only asks whether there is one: `if body:`, `json.loads(body) if body else {}`."""
    holder = module.parent(use)
    while isinstance(holder, ast.UnaryOp) and isinstance(holder.op, ast.Not):
        holder = module.parent(holder)
    return isinstance(holder, (ast.If, ast.IfExp)) and not isinstance(getattr(holder, "body", None), ast.Name)


def _is_before_routes(module: Module, function: FunctionNode) -> bool:
    """Whether each request runs a function before its route: a middleware, or what one of the module calls."""
    if _is_middleware(module, function):
        return True
    return any(
        isinstance(caller, _FUNCTIONS) and _is_middleware(module, caller)
        for call in module.calls_named(function.name)
        if module.called_function(call) is function
        for caller in [module.function_of(call)]
    )


def _is_middleware(module: Module, function: FunctionNode) -> bool:
    """Whether a function is a middleware of FastAPI or Starlette: `@app.middleware("http")`, or its `dispatch`."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and last_name(decorator) == "middleware":
            return isinstance(decorator.func, ast.Attribute)
    holder = module.class_of(function) if function.name == "dispatch" else None
    return holder is not None and any(last_name(base) == "BaseHTTPMiddleware" for base in holder.bases)


def _posted(module: Module, function: FunctionNode) -> frozenset[str]:
    """The names that hold a file of `await request.form()`, or what the function asks to be an upload."""
    if not module.keep("a form is read", _reads_form):
        return frozenset()
    forms: set[str] = set()
    items: list[tuple[str, str]] = []
    asked: set[str] = set()
    never: set[str] = set()
    for node in module.own_nodes(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            value = node.value
            if isinstance(value, ast.Await) and isinstance(value.value, ast.Call):
                if module.callee(value.value) in _FORMS:
                    forms.add(node.targets[0].id)
            elif (form := _form_of(value)) is not None:
                items.append((node.targets[0].id, form))
        elif isinstance(node, ast.Call) and len(node.args) == 2 and module.callee(node) == "builtins.isinstance":
            named = module.qualname(node.args[1])
            if isinstance(node.args[0], ast.Name) and named in web.UPLOADS:
                (asked if named == _POSTED else never).add(node.args[0].id)
    if not forms:
        return frozenset()
    return frozenset((asked | {name for name, form in items if form in forms}) - never)


def _reads_form(module: Module) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == "form" for node in module.nodes(ast.Attribute))


def _form_of(value: ast.expr) -> str | None:
    """The name of the form in `form["file"]` and `form.get("file")`."""
    if isinstance(value, ast.Subscript):
        return value.value.id if isinstance(value.value, ast.Name) else None
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "get":
        return value.func.value.id if isinstance(value.func.value, ast.Name) and len(value.args) == 1 else None
    return None


def _is_file(module: Module, annotation: ast.expr, default: ast.expr | None) -> bool:
    """Whether a parameter is declared by `File()`."""
    return any(
        isinstance(node, ast.Call) and module.callee(node) == "fastapi.File"
        for part in (annotation, default)
        if part is not None
        for node in ast.walk(part)
    )


def _holds_uploads(module: Module, annotation: ast.expr) -> bool:
    """Whether an annotation is a collection of uploads, optional as may be."""
    for node in ast.walk(annotation):
        if isinstance(node, ast.Subscript):
            outer = last_name(node.value)
            inner = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice
            if outer in _COLLECTIONS and module.instances.annotated_class(inner) in web.UPLOADS:
                return True
    return False


# -- what limits -----------------------------------------------------------------------------------------


def limits_bodies(project: Project, module: Module, function: FunctionNode) -> bool:
    """Whether something before a route looks, or by its name may look, at the size of the request's body."""
    for name in providers_of(module, function):
        last = name.rpartition(".")[2]
        if not name.startswith("annotation ") and _LIMITING.search(last) and not _ASKING_WHO.search(last):
            return True
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call):
            given = module.argument(decorator, "dependencies")
            if given is not None and _LIMITING.search(module.text(given, 400)):
                return True
        target = uncalled(decorator)
        last = last_name(target)
        if last not in web.ROUTE_DECORATORS and last != "limit" and _LIMITING.search(last):
            return True
    limited = [path for wiring in project.wirings().values() for path in wiring.body_limits]
    # A middleware knows the whole path, a route's decorator its end.
    return "" in limited or any(path.endswith(route_path(module, function) or "") for path in limited)


def _is_looked_at(
    project: Project, module: Module, function: FunctionNode, names: frozenset[str], line: int
) -> bool:
    """Whether a function asks for an upload's size, or hands it to something that may, before a line."""
    for node in module.own_nodes(function):
        if getattr(node, "lineno", 0) > line:
            continue
        if isinstance(node, ast.Attribute):
            if node.attr in ("content_length", "tell") or (
                node.attr == "size" and isinstance(node.value, ast.Name) and node.value.id in names
            ):
                return True
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str) and node.value.lower() in ("content-length", "size"):
                return True
        elif isinstance(node, ast.Name):
            if "content_length" in node.id.lower():
                return True
        elif isinstance(node, ast.Compare):
            if any(_reads_as_size(side) for side in (node.left, *node.comparators)):
                return True
        elif isinstance(node, ast.Call) and _may_check(project, module, node, names):
            return True
    return False


def _reads_as_size(side: ast.expr) -> bool:
    """Whether one side of a comparison is a size by its name."""
    return any(
        isinstance(node, (ast.Name, ast.Attribute))
        and _SIZE_NAME.search(node.attr if isinstance(node, ast.Attribute) else node.id) is not None
        for node in ast.walk(side)
    )


def _may_check(project: Project, module: Module, call: ast.Call, names: frozenset[str]) -> bool:
    """Whether a call is given an upload and checks it: by what it does where that is known, else by its name."""
    last = last_name(call)
    if not _CHECKING.search(last):
        return False
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if not any(mentions(one, names) for one in given):
        return False
    found = definition_of(project, module, call)
    return found is None or bool(_SIZES.search(found.module.source(found.function)))


# -- reads -----------------------------------------------------------------------------------------------


def _reads(
    project: Project, module: Module, function: FunctionNode, uploads: _Uploads, hops: int
) -> Iterator[UploadRead]:
    uploads = _with_elements(module, function, uploads)
    for call in module.own_nodes(function):
        if not isinstance(call, ast.Call):
            continue
        if _reads_all(module, call, uploads):
            limited = _is_looked_at(project, module, function, uploads.one, call.lineno)
            shown = module.parent(call) if module.awaited(call) else call
            assert shown is not None
            yield UploadRead(call, module.text(shown, 40), module.path, call.lineno, limited)
        elif hops < _MAXIMUM_HOPS and (call.args or call.keywords):
            yield from _handed_on(project, module, function, call, uploads, hops)


def _with_elements(module: Module, function: FunctionNode, uploads: _Uploads) -> _Uploads:
    """The uploads with the names that loops give to the single ones of several; without those bound anew."""
    one = set(uploads.one)
    stored: set[str] = set()
    for node in module.own_nodes(function):
        if isinstance(node, (ast.For, ast.comprehension)):
            target = _element(node, uploads.several)
            if target is not None:
                one.add(target)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in uploads.one:
            stored.add(node.id)
    return uploads._replace(one=frozenset(one - stored) | uploads.posted)


def _element(loop: ast.For | ast.comprehension, several: frozenset[str]) -> str | None:
    """The name of the single upload in `for file in files` and `for i, file in enumerate(files)`."""
    source, target = loop.iter, loop.target
    if isinstance(source, ast.Call) and isinstance(source.func, ast.Name) and source.func.id == "enumerate":
        if not source.args or not isinstance(target, ast.Tuple) or len(target.elts) != 2:
            return None
        source, target = source.args[0], target.elts[1]
    if isinstance(source, ast.Name) and source.id in several and isinstance(target, ast.Name):
        return target.id
    return None


def _reads_all(module: Module, call: ast.Call, uploads: _Uploads) -> bool:
    """Whether a call is `file.read()` or `file.file.read()` of an upload, without a number of bytes."""
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr != "read" or len(call.args) > 1:
        return False
    holder = function.value
    is_plain = isinstance(holder, ast.Attribute) and holder.attr == "stream"
    if isinstance(holder, ast.Attribute) and holder.attr in ("file", "stream"):
        holder = holder.value
    elif isinstance(holder, ast.Name) and holder.id in uploads.plain:
        is_plain = True
    elif not module.awaited(call):
        return False
    if not isinstance(holder, ast.Name) or holder.id not in uploads.one:
        return False
    if is_plain != (holder.id in uploads.plain):
        return False
    size = module.argument(call, "size", 0)
    return module.literal(size) == -1 if size is not None else not call.keywords


def _handed_on(
    project: Project, module: Module, function: FunctionNode, call: ast.Call, uploads: _Uploads, hops: int
) -> Iterator[UploadRead]:
    """The reads of an upload in the function that a call hands it to, shown at the call."""
    held = uploads.one | uploads.several
    given = arguments_by_place(call)
    handed = {place: one.id for place, one in given if isinstance(one, ast.Name) and one.id in held}
    if not handed or any(isinstance(argument, ast.Starred) for argument in call.args):
        return
    found = definition_of(project, module, call)
    if found is None or found.function is function or is_route(found.module, found.function):
        return
    one: set[str] = set()
    several: set[str] = set()
    plain: set[str] = set()
    for place, name in handed.items():
        parameter = found.parameter(place)
        if parameter:
            (one if name in uploads.one else several).add(parameter)
            if name in uploads.plain:
                plain.add(parameter)
    inner = _Uploads(frozenset(one), frozenset(several), frozenset(), frozenset(plain))
    for read in _reads(project, found.module, found.function, inner, hops + 1):
        if not read.is_limited:
            limited = _is_looked_at(project, module, function, uploads.one, call.lineno)
            yield read._replace(node=call, is_limited=limited)
            return
