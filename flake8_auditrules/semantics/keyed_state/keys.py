"""Keys that come with a request or a job: by their names, and by what they are made of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import Role, role_of
from flake8_auditrules.semantics.scopes import Binding, BindingKind, FunctionNode, ScopeKind
from flake8_auditrules.semantics.shared_state import (
    callers,
    variable_of,
)

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_REQUEST_KEY = pattern(
    r"(?:^|_)(?:user|client|session|job|task|request|req|conversation|chat|thread|tenant|account|customer|device|ip"
    r"|host|addr|address|email|token|room|connection|conn|websocket|ws|sid|run|order|message|path|uid|uuid"
    r"|phone(?:_?number)?|player|game|document|doc|file|upload|trace|span|call|org|team|project|workspace|agent|stream|api_?key)"
    r"(?:_?id|_?key)?s?$"
    r"|(?:^|_)(?:event|msg|family|correlation|transaction|txn|payment|notification|update|delivery|interaction|invocation"
    r"|execution|attestation)_?(?:id|uuid)s?$|(?:^|_)(?:jti|nonce|idempotency_?key)$"
    # Texts that people type, each another one.
    r"|^q$|(?:^|_)(?:prompt|question|user_(?:input|query|message)|search_(?:query|term|text))$",
    re.IGNORECASE,
)
# What is to be done, of which there are a few kinds.
_KINDS = frozenset({"task", "tasks"})
# `max_tokens` is a number of tokens.
_NUMBER = pattern(r"(?:max|min|num|n|total|count)_")
# Names of parameters that do not tell what the key is a key of: those who call do.
ANY_KEY = pattern(r"(?:key|k|identifier|ident|bucket)$")
# Those whom the operator has let in, and what they have set up: as many as there are, each of them for long.
_KNOWN_KEY = pattern(
    r"(?:^|_)(?:user|tenant|account|customer|chat|player|org|team|project|workspace|room|device"
    r"|phone(?:_?number)?|email|uid"
    r"|agent|api_?key)"
    r"(?:_?id|_?key)?s?$",
    re.IGNORECASE,
)
_COUNTED_KEY = pattern(r"(?:key|ident|identifier|identity|subject|principal|remote|source|origin)$")
# What a fixed value is made of: constants, settings, the module's own place.
_FIXED_NAME = pattern(r"(?:os|Path|pathlib|str|__file__|_*[A-Z][A-Z0-9_]*|\w*(?:conf|config|settings|environ))$")
# What the operator has set up, and a process has a handful of.
_OWN_PARTS = pattern(
    r"(?:^|_)(?:worker|node|server|service|backend|broker|shard|replica|upstream|provider|model|plugin)s?_"
    r"|(?:^|_)(?:db|database|config|settings|base|root|cache|data|log|store|storage|state|audit)_(?:path|file)$",
    re.IGNORECASE,
)
_BARE_IDS = frozenset({"id", "pk", "uuid"})
# What a route is asked for, of which there are as many as anybody names.
_ASKED_KEY = pattern(r"_(?:id|uuid|hash|sha|url)$|^(?:url|ticker|symbol|slug|hash|text|username|domain)$")
# Libraries whose sessions and connections are those of the program.
_OF_DATABASES = frozenset({"aiosqlite", "asyncpg", "psycopg", "psycopg2", "sqlalchemy", "sqlite3", "sqlmodel"})
# What makes a key that is another one on every call.
_NEW_KEYS = frozenset({"uuid1", "uuid4", "uuid7", "token_hex", "token_urlsafe"})


def is_state_of_file(module: Module, key: ast.expr) -> bool:
    """Whether a key tells the state of a file, `(str(path), stat.st_mtime)`: it is a memo."""
    values = [key]
    if isinstance(key, ast.Name):
        values = [binding.value for binding in module.bindings(key) if binding.value is not None]
    return any(
        isinstance(part, ast.Attribute) and part.attr.startswith("st_")
        for value in values
        if isinstance(value, ast.Tuple)
        for part in value.elts
    )


def brings_keys(module: Module, key: ast.expr, *, much: bool, counts: bool = False) -> bool:
    """
    Whether an expression is another key for each request or job: by the names of what it is made of.

    `much` tells whether an entry is more than a number or a text: users and the like, of whom there are as many as
    have been let in, count only then. `counts` tells that the keys are those of a limiter.
    """
    names = telling_names(module, key, counts=counts)
    return bool(names) and (much or not all(_KNOWN_KEY.search(name) for name in names))


def telling_names(module: Module, key: ast.expr, *, counts: bool) -> list[str]:
    """The names of what a key is made of that tell that it comes with a request or job."""
    return [
        name
        for name in _key_names(module, key, 0)
        if (
            _REQUEST_KEY.search(name) is not None
            and _OWN_PARTS.search(name) is None
            and _NUMBER.match(name) is None
            and name not in _KINDS
        )
        or (counts and _COUNTED_KEY.match(name) is not None)
    ]


def bindings_of(module: Module, node: ast.Attribute | ast.Name) -> Iterator[Binding]:
    """Where a name, or an attribute of the objects of a class, gets a value."""
    if isinstance(node, ast.Name):
        yield from module.bindings(node)
        return
    variable = variable_of(module, node)
    if variable is not None and variable.owner is not None:
        for binding, _ in module.members(variable.owner).attributes.get(variable.name, ()):
            yield binding


def is_called_with_fixed_values(module: Module, function: FunctionNode) -> bool:
    """Whether each call of a function here gives it what is known at the start: literals, settings."""
    if module.class_of(function) is not None:
        return False
    known = callers(module, function)
    return (
        bool(known.calls)
        and not known.references
        and all(
            isinstance(call, ast.Call)
            and all(
                _FIXED_NAME.match(part.id) is not None or _is_of_outer_function(module, part, call)
                for given in (*call.args, *(keyword.value for keyword in call.keywords))
                for part in ast.walk(given)
                if isinstance(part, ast.Name)
            )
            for call in known.calls
        )
    )


def _is_of_outer_function(module: Module, name: ast.Name, call: ast.Call) -> bool:
    """Whether a name is a parameter of a function around the one that calls: it has been given once for all."""
    owner, caller = module.owner_of(name), module.function_of(call)
    return (
        owner is not None
        and owner.kind is ScopeKind.FUNCTION
        and owner.node is not caller
        and all(binding.kind is BindingKind.PARAMETER for binding in module.bindings(name))
    )


def _key_names(module: Module, key: ast.expr, hops: int) -> Iterator[str]:
    """The names of parameters, or of attributes of them, that a key is made of."""
    if hops > 3:
        return
    if isinstance(key, ast.Attribute):
        root: ast.expr = key
        while isinstance(root, ast.Attribute):
            root = root.value
        if isinstance(root, ast.Name) and (is_parameter(module, root) or _is_made_here(module, key)):
            # What `user.id` is the id of, its holder tells.
            yield f"{last_name(key.value)}_{key.attr}" if key.attr in _BARE_IDS else key.attr
    elif isinstance(key, ast.Name):
        for binding in module.bindings(key):
            if binding.kind is BindingKind.PARAMETER:
                if (module.instance_of(key) or "").partition(".")[0] in _OF_DATABASES:
                    # A session of a database is no session of a user.
                    continue
                yield key.id
                yield from _names_of_parameter(module, key, binding, hops)
            elif binding.kind is BindingKind.ASSIGNMENT and binding.value is not None:
                if _is_taken_from_request(module, binding.value) or (
                    _is_new(binding.value) and _KNOWN_KEY.search(key.id) is None
                ):
                    yield key.id
                yield from _key_names(module, binding.value, hops + 1)
    elif (own := _own_id(module, key)) is not None:
        yield own
    elif (field := _field_of_request(module, key)) is not None:
        yield field
    elif isinstance(key, (ast.Tuple, ast.JoinedStr)):
        for part in ast.walk(key):
            if isinstance(part, (ast.Name, ast.Attribute)):
                yield from _key_names(module, part, hops + 1)
    elif isinstance(key, (ast.BoolOp, ast.IfExp)):
        # `request.client.host if request.client else "unknown"`
        for part in key.values if isinstance(key, ast.BoolOp) else (key.body, key.orelse):
            yield from _key_names(module, part, hops + 1)
    elif isinstance(key, ast.Call) and isinstance(key.func, ast.Name) and key.func.id == "str" and key.args:
        yield from _key_names(module, key.args[0], hops + 1)
    elif isinstance(key, ast.Call) and isinstance(key.func, ast.Attribute) and _AS_TEXT.match(key.func.attr):
        yield from _key_names(module, key.func.value, hops)
    elif isinstance(key, ast.Call) and last_name(key) == "hexdigest" and isinstance(key.func, ast.Attribute):
        # `hashlib.sha256(prompt.encode()).hexdigest()` is another one for each text.
        made = key.func.value
        for part in made.args if isinstance(made, ast.Call) else ():
            for name in _key_names(module, part, hops):
                yield "prompt" if _HASHED.match(name) else name
    elif isinstance(key, ast.Call) and last_name(key).endswith("_key"):
        # `bucket_key(user, path)` puts a key together.
        for part in (*key.args, *(keyword.value for keyword in key.keywords)):
            yield from _key_names(module, part, hops + 1)


def _is_made_here(module: Module, key: ast.Attribute) -> bool:
    """Whether a key is the id of an object that the function has just made: `task = Task()`, `task.id`."""
    bindings = module.bindings(key.value) if isinstance(key.value, ast.Name) else []
    return (
        len(bindings) == 1
        and isinstance(bindings[0].value, ast.Call)
        and last_name(bindings[0].value).lstrip("_")[:1].isupper()
        and (key.attr in _BARE_IDS or key.attr.endswith("_id"))
        and _KNOWN_KEY.search(f"{last_name(key.value)}_id") is None
    )


def _own_id(module: Module, key: ast.expr) -> str | None:
    """The id of a dict just made: `job_id` for `job["id"]` after `job = {"id": uuid4().hex}`; None for others."""
    if not isinstance(key, ast.Subscript) or not isinstance(key.value, ast.Name):
        return None
    bindings = module.bindings(key.value)
    made = bindings[0].value if len(bindings) == 1 else None
    if not isinstance(made, ast.Dict):
        return None
    wanted = module.literal(key.slice)
    given = [
        value
        for name, value in zip(made.keys, made.values, strict=True)
        if name is not None and module.literal(name) == wanted
    ]
    if not isinstance(wanted, str) or len(given) != 1 or not _is_new(given[0]):
        return None
    return f"{key.value.id}_{wanted}" if wanted in _BARE_IDS else wanted


def is_made_on_call(module: Module, key: ast.expr) -> bool:
    """Whether a key is one that the function makes itself, and nobody else can name."""
    if isinstance(key, ast.Attribute):
        return _is_made_here(module, key)
    if _own_id(module, key) is not None:
        return True
    bindings = module.bindings(key) if isinstance(key, ast.Name) else []
    return (
        len(bindings) == 1
        and bindings[0].value is not None
        and not isinstance(bindings[0].value, (ast.BoolOp, ast.IfExp))
        and _is_new(bindings[0].value)
    )


def _is_new(value: ast.expr) -> bool:
    """Whether a value is another one each time: `f"job_{uuid4().hex[:8]}"`."""
    return any(isinstance(part, ast.Call) and last_name(part) in _NEW_KEYS for part in ast.walk(value))


def _field_of_request(module: Module, key: ast.expr) -> str | None:
    """What a key is called in the body or the headers of a request: `event["id"]`, `headers.get("X-Client")`."""
    if isinstance(key, ast.Subscript):
        holder, given = key.value, key.slice
    elif isinstance(key, ast.Call) and isinstance(key.func, ast.Attribute) and key.func.attr == "get" and key.args:
        holder, given = key.func.value, key.args[0]
    else:
        return None
    if not isinstance(given, ast.Constant) or not isinstance(given.value, str):
        return None
    if not _is_taken_from_request(module, key) and not (
        isinstance(holder, ast.Name)
        and any(
            binding.value is not None and _is_taken_from_request(module, binding.value)
            for binding in module.bindings(holder)
        )
    ):
        return None
    name = given.value.lower().replace("-", "_").removeprefix("x_")
    return f"{last_name(holder)}_{name}" if name in _BARE_IDS else name


# Texts whose hashes are keys, each another one.
_HASHED = pattern(r"(?:content|input|input_text|message|text)$")
_AS_TEXT = pattern(r"(?:as_str|as_key|to_key|encode|hex|lower|strip|upper)$")


def _names_of_parameter(module: Module, key: ast.Name, binding: Binding, hops: int) -> Iterator[str]:
    """What the annotation of a parameter and the callers in its module call a key that tells nothing itself."""
    if ANY_KEY.match(key.id) is None:
        if _ASKED_KEY.search(key.id) and _OWN_PARTS.search(key.id) is None and _KNOWN_KEY.search(key.id) is None:
            if _is_asked_of_route(module, key, binding):
                yield "request"
        return
    if isinstance(binding.annotation, ast.Name):
        yield _CAPITAL.sub("_", binding.annotation.id).lower()
    function = module.function_of(key)
    if not isinstance(function, _FUNCTIONS):
        return
    names = module.instances.positional_parameters(function)
    position = names.index(key.id) if key.id in names else None
    for call in callers(module, function).calls:
        given = module.argument(call, key.id, position) if isinstance(call, ast.Call) else None
        if given is not None:
            # For users and the like the key's own name would have told it.
            yield from (name for name in _key_names(module, given, hops + 1) if _KNOWN_KEY.search(name) is None)


def _is_asked_of_route(module: Module, key: ast.Name, binding: Binding) -> bool:
    """Whether whoever calls a route gives a parameter any text or number that he likes."""
    annotation = binding.annotation
    return role_of(module, module.function_of(key)) is Role.ROUTE and (
        annotation is None or (isinstance(annotation, ast.Name) and annotation.id in ("int", "str", "UUID"))
    )


_CAPITAL = pattern(r"(?<!^)(?=[A-Z])")


def _is_taken_from_request(module: Module, value: ast.expr) -> bool:
    """Whether a value is looked up in a request, `request.headers.get("X-Client")`, or a call gives it for one."""
    while isinstance(value, (ast.BoolOp, ast.IfExp, ast.Await)):
        if isinstance(value, ast.BoolOp):
            value = value.values[0]
        else:
            value = value.body if isinstance(value, ast.IfExp) else value.value
    if not isinstance(value, (ast.Call, ast.Subscript)):
        return False
    asked: list[ast.expr] = [value]
    if isinstance(value, ast.Call) and not isinstance(value.func, ast.Attribute):
        asked = list(value.args)
    for part in asked:
        while isinstance(part, (ast.Attribute, ast.Call, ast.Subscript)):
            part = part.func if isinstance(part, ast.Call) else part.value
        if isinstance(part, ast.Name) and _REQUEST.match(part.id) and is_parameter(module, part):
            return True
    return False


_REQUEST = pattern(r"(?:request|req|websocket|ws|connection|conn|message|update|scope|payload|body)$")


def is_parameter(module: Module, name: ast.Name) -> bool:
    """Whether a name is a parameter of a function, but for that of the object itself."""
    owner = module.owner_of(name)
    if owner is None or owner.kind is not ScopeKind.FUNCTION:
        return False
    bindings = module.bindings(name)
    return any(binding.kind is BindingKind.PARAMETER for binding in bindings) and name.id not in ("self", "cls")
