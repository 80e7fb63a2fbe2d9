"""Job stores: dicts of the process in which one route notes what another route is asked about later."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_auditrules.knowledge import web
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import is_none_literal, last_name, uncalled
from flake8_auditrules.semantics.routes import Role, role_of, roles
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode, ScopeKind
from flake8_auditrules.semantics.shared_state import Variable, accesses, name_uses, variable_of
from flake8_auditrules.semantics.sharing import is_shared

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAKERS = frozenset({"builtins.dict", "collections.OrderedDict"})
# What makes a name that nobody but this process knows until it tells.
_NEW_KEYS = frozenset(
    {
        "uuid.uuid1",
        "uuid.uuid4",
        "uuid.uuid7",
        "secrets.token_hex",
        "secrets.token_urlsafe",
        "nanoid.generate",
        "shortuuid.uuid",
        "shortuuid.random",
        "ulid.new",
        "ulid.ULID",
    }
)
_NEW_KEY_TAILS = tuple(sorted({name.rpartition(".")[2] for name in _NEW_KEYS}))
# What gives an address together with the state by which its answer is known again.
_AUTHORIZING = ("authorization_url", "create_authorization_url")
_PLAIN_CALLS = frozenset({"builtins.dict", "builtins.str", "builtins.list"})
_DATA_BINDINGS = frozenset(
    {BindingKind.PARAMETER, BindingKind.ASSIGNMENT, BindingKind.UNPACKED, BindingKind.LOOP, BindingKind.AUGMENTED}
)
_DATABASES = (
    "sqlalchemy",
    "sqlmodel",
    "tortoise",
    "peewee",
    "asyncpg",
    "aiosqlite",
    "sqlite3",
    "psycopg",
    "psycopg2",
    "motor",
    "pymongo",
    "redis",
    "django",
)
_STATE = pattern(
    r"(?:^|_)(?:job|task|session|progress|state|status|meeting|conversation|pending|question|answer|approval|run"
    r"|workflow|upload|login|token|ticket|invite|order|cart|game)(?:s|es)?(?:_|$)",
    re.IGNORECASE,
)
_TEXT_OF = frozenset({"builtins.str", "builtins.repr"})
_OTHER_STORES = pattern(r"(?:^|_)(?:cache[sd]?|memo|lock|locks|mock|fake|stub|dummy|demo)(?:_|$)", re.IGNORECASE)
# What can live in one process only: there is no other place to keep it.
_LIVE_NAMES = pattern(
    r"(?:^|_)(?:future|process|proc|popen|thread|worker|websocket|ws|socket|sock|queue|event|lock|semaphore"
    r"|condition|connection|conn|client|driver|browser|stream|generator|iterator|callback|handler|executor|pool"
    r"|pipe|subprocess|transport|loop|engine|manager|runner|tempdir)s?$",
    re.IGNORECASE,
)
_LIVE_CALLS = pattern(
    r"^(?:create|open|connect|build|load|make|start|submit|spawn|run|launch|acquire|init|setup|partial|compile)"
    r"(?:_|$)|_(?:task|client|session|thread|process|connection)$",
    re.IGNORECASE,
)
_PLAIN_ANNOTATION = pattern(r"^(?:str|int|float|bool|dict|list|tuple|set|Dict|List|UUID|uuid\.UUID|datetime)\b")
_PLAIN_NAMES = pattern(r"(?:^|_)(?:id|name|email|url|text|title|data|payload|params|scope|role)s?$", re.IGNORECASE)
_LIVE_ANNOTATION = pattern(
    r"Task|Future|Process|Popen|Thread|WebSocket|Queue|Event\b|Lock|Semaphore|Connection|Client|Callable|Generator"
    r"|Iterator|Executor|Stream|Agent|Engine|Manager|Runner|Browser|Page|Model\b|Transport|Server"
)


class JobStore(NamedTuple):
    """
    A dict that holds what one route notes under a key that it makes, and what another route looks up by it.

    `variable` is the shared variable of this module that holds the dict; None where a function around the routes
    or another module does. `made` is where the dict is made, or, in another module, where the first entry is.
    `noted` is where an entry is made, `asked` where it is looked up, `writer` and `reader` the routes that do so.
    """

    variable: Variable | None
    made: ast.Name | ast.Attribute
    noted: ast.Name | ast.Attribute
    asked: ast.Name | ast.Attribute
    writer: FunctionNode
    reader: FunctionNode


class _Dict(NamedTuple):
    """A dict: where it is made as an empty one (None: in another module), and all uses of it in this module."""

    variable: Variable | None
    made: ast.Name | ast.Attribute | None
    uses: list[ast.Name | ast.Attribute]


def job_stores(module: Module) -> list[JobStore]:
    """The job stores of a module, in the order in which their first entries are made."""
    return [store for store in _noted_in(module).values() if store is not None]


def dicts_with_new_keys(module: Module) -> list[ast.Name | ast.Attribute]:
    """What stands for each dict that gets entries under new keys (`JobStore.made`): the job stores and others."""
    return list(_noted_in(module))


def _noted_in(module: Module) -> dict[ast.Name | ast.Attribute, JobStore | None]:
    return module.keep("job stores", _find_stores)


def _find_stores(module: Module) -> dict[ast.Name | ast.Attribute, JobStore | None]:
    found: dict[ast.Name | ast.Attribute, JobStore | None] = {}
    if not module.imports(*web.FRAMEWORKS):
        return found
    if not any(module.calls_named(*_NEW_KEY_TAILS, *_AUTHORIZING)) and not module.imports(*_DATABASES):
        return found
    told: set[tuple[FunctionNode, str]] = set()
    for noted in _entries(module):
        kept = _dict_of(module, noted)
        if kept is None:
            continue
        made = kept.made or next(use for use in kept.uses if _is_entry(module, use))
        if found.get(made) is not None:
            continue
        entry = module.parent(noted)
        assert isinstance(entry, ast.Subscript)
        store = found[made] = _store_of(module, kept, made, noted)
        if store is not None:
            # What one route notes under one key in several dicts is one thing.
            place = (store.writer, module.text(entry.slice))
            if place in told:
                found[made] = None
            told.add(place)
    return found


def _entries(module: Module) -> Iterator[ast.Name | ast.Attribute]:
    """The dicts to which a place adds plain values under a key that was made just there."""
    for statement in module.nodes(ast.Assign):
        for target in statement.targets:
            if isinstance(target, ast.Subscript) and isinstance(target.value, (ast.Name, ast.Attribute)):
                if _is_entry(module, target.value):
                    yield target.value


def _is_entry(module: Module, kept: ast.Name | ast.Attribute) -> bool:
    """Whether a use notes plain values under a key that was made just here."""
    target = module.parent(kept)
    if not isinstance(target, ast.Subscript) or target.value is not kept or not isinstance(target.ctx, ast.Store):
        return False
    statement = module.parent(target)
    if not isinstance(statement, ast.Assign):
        return False
    if not _is_new_key(module, target.slice, 0):
        return _is_state_of_request(module, kept, target.slice, statement.value)
    return _is_plain(module, statement.value, 0)


def _is_state_of_request(module: Module, kept: ast.Name | ast.Attribute, key: ast.expr, value: ast.expr) -> bool:
    """
    Whether a route keeps what a request brings, under a key that the request brings, in a dict of the module whose
    name tells that it is state; where a database is at hand to keep it in.
    """
    if not isinstance(kept, ast.Name) or not _STATE.search(kept.id) or not module.imports(*_DATABASES):
        return False
    function = _function(module, kept)
    if function is None or role_of(module, function) is not Role.ROUTE:
        return False
    root: ast.expr = key.value if isinstance(key, ast.Attribute) else key
    if not isinstance(root, ast.Name) or not _is_given(module, root):
        return False
    return _is_plain(module, value, 0) or (
        isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name) and _is_given(module, value.value)
    )


def _is_given(module: Module, name: ast.Name) -> bool:
    """Whether a name is a parameter of its function."""
    found = module.bindings(name)
    return bool(found) and all(binding.kind is BindingKind.PARAMETER for binding in found)


def _dict_of(module: Module, kept: ast.Name | ast.Attribute) -> _Dict | None:
    """The dict of the process that an expression is; None for all else, and for caches by their names."""
    if _OTHER_STORES.search(kept.attr if isinstance(kept, ast.Attribute) else kept.id):
        return None
    if isinstance(kept, ast.Attribute):
        return _dict_of_class(module, kept)
    scope = module.scope_of(kept).owner(kept.id)
    if (
        scope is None
        or scope.kind not in (ScopeKind.MODULE, ScopeKind.FUNCTION)
        or len(scope.bindings[kept.id]) > 1
    ):
        return None
    uses: list[ast.Name | ast.Attribute] = [
        name
        for name in name_uses(module).get(kept.id, ())
        if isinstance(name.ctx, ast.Load) and module.scope_of(name).owner(name.id) is scope
    ]
    site = scope.bindings[kept.id][0]
    if isinstance(site, ast.alias):
        return _Dict(None, None, uses) if module.instance_of(kept) == "builtins.dict" else None
    if not isinstance(site, ast.Name) or not _is_made_empty(module, site):
        return None
    return _Dict(Variable(None, kept.id) if scope.kind is ScopeKind.MODULE else None, site, uses)


def _dict_of_class(module: Module, kept: ast.Attribute) -> _Dict | None:
    """The dict that the objects of a class have, where one object holds the routes, or serves them all."""
    variable = variable_of(module, kept)
    if variable is None or variable.owner is None:
        return None
    uses = [access.node for access in accesses(module, variable)]
    made = [node for node in uses if not isinstance(node.ctx, ast.Load)]
    if len(made) != 1 or not _is_made_empty(module, made[0]):
        return None
    if not is_shared(module, variable):
        # Routes that are defined in a method serve with one object.
        function = _function(module, kept)
        if function is None or not isinstance(module.function_of(function), _FUNCTIONS):
            return None
    return _Dict(variable, made[0], [node for node in uses if isinstance(node.ctx, ast.Load)])


def _is_made_empty(module: Module, target: ast.Name | ast.Attribute) -> bool:
    """Whether a target is assigned an empty dict, whose annotation names nothing that lives in one process."""
    statement = module.parent(target)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)):
        return False
    if isinstance(statement, ast.AnnAssign) and _LIVE_ANNOTATION.search(module.text(statement.annotation)):
        return False
    value = statement.value
    if isinstance(value, ast.Call):
        return not value.args and not value.keywords and module.callee(value) in _MAKERS
    return isinstance(value, ast.Dict) and not value.keys


def _store_of(
    module: Module, kept: _Dict, made: ast.Name | ast.Attribute, noted: ast.Name | ast.Attribute
) -> JobStore | None:
    reached = _reached_from(module)
    writers = reached.get(_function(module, noted), ())
    if not writers:
        return None
    for use in kept.uses:
        if _is_looked_up(module, use):
            function = _function(module, use)
            readers = [route for route in reached.get(function, ()) if route not in writers]
            if function is not None and function not in reached and _answers_requests(module, function):
                readers = [function]
            if readers:
                return JobStore(kept.variable, made, noted, use, writers[0], readers[0])
    return None


def _answers_requests(module: Module, function: FunctionNode) -> bool:
    """Whether a function is there for requests of other modules' routes: it is given the request."""
    if role_of(module, function) is Role.DEPENDENCY:
        return True
    return any(
        argument.annotation is not None and module.text(argument.annotation) in ("Request", "HTTPConnection")
        for argument in function.args.args
    )


def _function(module: Module, node: ast.AST) -> FunctionNode | None:
    function = module.function_of(node)
    while isinstance(function, ast.Lambda):
        function = module.function_of(function)
    return function


# ---------------------------------------------------------------------------------------------------------
# Entries
# ---------------------------------------------------------------------------------------------------------


def _is_new_key(module: Module, key: ast.expr, hops: int) -> bool:
    """Whether a key is made by the function that uses it, as a name that nobody else knows."""
    if hops > 4:
        return False
    if isinstance(key, ast.Call):
        if module.qualname(key.func) in _NEW_KEYS or _gives_new_key(module, key, hops + 1):
            return True
        return bool(key.args) and module.callee(key) in _TEXT_OF and _is_new_key(module, key.args[0], hops + 1)
    if isinstance(key, ast.Attribute):
        if key.attr in ("hex", "int"):
            return _is_new_key(module, key.value, hops + 1)
        return _is_new_field(module, key, hops + 1)
    if isinstance(key, ast.Subscript):
        return _is_new_key(module, key.value, hops + 1)
    if isinstance(key, ast.JoinedStr):
        return any(
            isinstance(part, ast.FormattedValue) and _is_new_key(module, part.value, hops + 1)
            for part in key.values
        )
    if isinstance(key, ast.BinOp):
        return _is_new_key(module, key.left, hops + 1) or _is_new_key(module, key.right, hops + 1)
    if isinstance(key, ast.Name):
        # None stands for an entry that is not made.
        bindings = [binding for binding in module.bindings(key) if not is_none_literal(binding.value)]
        return bool(bindings) and all(
            _authorizes(module, binding.site)
            if binding.kind is BindingKind.UNPACKED
            else binding.kind is BindingKind.ASSIGNMENT
            and binding.value is not None
            and _is_new_key(module, binding.value, hops + 1)
            for binding in bindings
        )
    return False


def _gives_new_key(module: Module, call: ast.Call, hops: int) -> bool:
    """Whether a call is that of a function of this module that does nothing but make up a name."""
    made = module.instances.local_function(module.callee(call) or "")
    if made is None or call.args or call.keywords:
        return False
    last = made.body[-1]
    return isinstance(last, ast.Return) and last.value is not None and _is_new_key(module, last.value, hops)


def _is_new_field(module: Module, key: ast.Attribute, hops: int) -> bool:
    """Whether a key is the field of an object made just here that gets a new name: `job = Job(id=uuid4().hex)`."""
    bindings = module.bindings(key.value) if isinstance(key.value, ast.Name) else []
    made = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT else None
    if not isinstance(made, ast.Call):
        return False
    for keyword in made.keywords:
        if keyword.arg == key.attr:
            return _is_new_key(module, keyword.value, hops)
    holder = module.instances.local_class(module.callee(made) or "")
    declared = module.members(holder).attributes.get(key.attr, []) if holder is not None else []
    field = declared[0][0].value if declared else None
    factory = module.argument(field, "default_factory") if isinstance(field, ast.Call) else None
    if isinstance(factory, ast.Lambda):
        return _is_new_key(module, factory.body, hops)
    return factory is not None and module.qualname(factory) in _NEW_KEYS


def _authorizes(module: Module, site: ast.AST) -> bool:
    """Whether an unpacked name gets a part of the address that logs a client in, and of the state of that."""
    statement = module.statement(site)
    value = statement.value if isinstance(statement, ast.Assign) else None
    if isinstance(value, ast.Await):
        value = value.value
    return isinstance(value, ast.Call) and getattr(value.func, "attr", "") in _AUTHORIZING


def _is_plain(module: Module, value: ast.expr, hops: int) -> bool:
    """Whether a whole entry is data that could as well lie in a database."""
    if isinstance(value, ast.Name) and hops < 3:
        bindings = module.bindings(value)
        if len(bindings) != 1:
            return False
        (binding,) = bindings
        if binding.kind is BindingKind.PARAMETER:
            if binding.annotation is not None:
                return bool(_PLAIN_ANNOTATION.match(module.text(binding.annotation)))
            return bool(_PLAIN_NAMES.search(value.id))
        return binding.value is not None and _is_plain(module, binding.value, hops + 1)
    if isinstance(value, ast.Call):
        made = module.callee(value)
        return (made in _PLAIN_CALLS or _is_record(module, made)) and _is_data(module, value, hops)
    if isinstance(value, ast.BinOp):
        # `time.time() + lifetime`.
        return _is_number(module, value.left) and _is_data(module, value.right, hops)
    return isinstance(value, (ast.Constant, ast.JoinedStr, ast.Dict, ast.List, ast.Tuple)) and _is_data(
        module, value, hops
    )


def _is_number(module: Module, value: ast.expr) -> bool:
    """Whether an expression is a number or a time."""
    if isinstance(value, ast.Call):
        return module.callee(value) in ("time.time", "time.monotonic", "datetime.datetime.now")
    return isinstance(value, ast.Constant) and isinstance(value.value, (int, float))


def _is_data(module: Module, value: ast.expr, hops: int) -> bool:
    """Whether a part of an entry is data for all that is known: nothing in it reads as a living thing."""
    if isinstance(value, (ast.Lambda, ast.Await)) or hops > 4:
        return False
    if isinstance(value, ast.Attribute):
        return not _LIVE_NAMES.search(value.attr)
    if isinstance(value, ast.Name):
        return not _LIVE_NAMES.search(value.id) and all(
            binding.kind in _DATA_BINDINGS
            and not (binding.annotation is not None and _LIVE_ANNOTATION.search(module.text(binding.annotation)))
            and (
                binding.kind is not BindingKind.ASSIGNMENT
                or binding.value is None
                or _is_data(module, binding.value, hops + 1)
            )
            for binding in module.bindings(value)
        )
    if isinstance(value, ast.Call):
        called = last_name(value)
        made = module.callee(value) or called
        if _LIVE_CALLS.search(called) or (made.rpartition(".")[2][:1].isupper() and not _is_record(module, made)):
            return False
        given = [*value.args, *(keyword.value for keyword in value.keywords)]
        return not _is_record(module, made) or all(_is_data(module, one, hops + 1) for one in given)
    if isinstance(value, ast.Dict):
        return all(_is_data(module, one, hops + 1) for one in value.values)
    if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        return all(_is_data(module, one, hops + 1) for one in value.elts)
    return True


def _is_record(module: Module, made: str | None) -> bool:
    """Whether a call makes a data class or a pydantic model of this module."""
    if made is None:
        return False
    holder = module.instances.local_class(made)
    if holder is None:
        return False
    if "pydantic.BaseModel" in module.instances.ancestry(made):
        return True
    return any(module.qualname(uncalled(one)) == "dataclasses.dataclass" for one in holder.decorator_list)


# ---------------------------------------------------------------------------------------------------------
# Look-ups
# ---------------------------------------------------------------------------------------------------------


def _is_looked_up(module: Module, name: ast.Name | ast.Attribute) -> bool:
    """Whether a use looks up one entry by a key that is no constant."""
    parent = module.parent(name)
    key: ast.expr | None = None
    if isinstance(parent, ast.Subscript) and parent.value is name and isinstance(parent.ctx, ast.Load):
        key = parent.slice
    elif isinstance(parent, ast.Attribute) and parent.attr in ("get", "pop"):
        call = module.parent(parent)
        if isinstance(call, ast.Call) and call.func is parent and call.args:
            key = call.args[0]
    elif isinstance(parent, ast.Compare) and isinstance(parent.ops[0], (ast.In, ast.NotIn)):
        key = parent.left if parent.comparators[0] is name else None
    return key is not None and not isinstance(key, ast.Constant)


# ---------------------------------------------------------------------------------------------------------
# Routes
# ---------------------------------------------------------------------------------------------------------


def _reached_from(module: Module) -> dict[FunctionNode | None, list[FunctionNode]]:
    """For each function of this module that routes call or hand on, the routes that do, in source order."""
    return module.keep("functions that routes reach", _find_reached)


def _find_reached(module: Module) -> dict[FunctionNode | None, list[FunctionNode]]:
    found: dict[FunctionNode | None, list[FunctionNode]] = {}
    named: dict[FunctionNode, list[FunctionNode]] = {}
    routes = [function for function, role in roles(module).items() if role is Role.ROUTE]
    for route in sorted(routes, key=lambda function: function.lineno):
        pending, seen = [route], {route}
        while pending:
            function = pending.pop()
            found.setdefault(function, []).append(route)
            if function not in named:
                named[function] = list(_functions_named(module, function))
            for other in named[function]:
                if other not in seen:
                    seen.add(other)
                    pending.append(other)
    return found


def _functions_named(module: Module, function: FunctionNode) -> Iterator[FunctionNode]:
    """The functions of this module that a function names: to call them, or to have them called."""
    for part in module.own_nodes(function):
        if isinstance(part, _FUNCTIONS):
            yield part
        elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
            for site in module.scope_of(part).lookup(part.id):
                if isinstance(site, _FUNCTIONS):
                    yield site
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            # `manager.create_job(...)` of an object of the module, and `self._note(...)`.
            called = module.called_function(part)
            if called is not None:
                yield called
