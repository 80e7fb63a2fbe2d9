"""Keyed state: containers that outlive a call and get an entry for each key that comes along."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from flake8_auditrules.knowledge.locks import LOCKS, SHRINKING
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.branches import are_exclusive
from flake8_auditrules.semantics.handlers import in_finally
from flake8_auditrules.semantics.lock_order import functions_called_by
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.routes import Role, role_of, roles
from flake8_auditrules.semantics.scopes import Binding, BindingKind, FunctionNode, ScopeKind
from flake8_auditrules.semantics.shared_state import (
    Access,
    AccessKind,
    Variable,
    accesses,
    callers,
    name_uses,
    runs_first,
    variable_of,
)
from flake8_auditrules.semantics.sharing import is_shared, shared_classes

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAKERS = ("dict", "set", "defaultdict", "OrderedDict")
_PLAIN = frozenset({"builtins.dict", "builtins.set", "collections.defaultdict", "collections.OrderedDict"})
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
# What a process has a handful of, for all that a file alone tells: parts of the operator's set-up, files to read.
_FEW_KEY = pattern(
    r"(?:^|_)(?:tenant|account|customer|org|team|project|workspace|api_?key|path|file)(?:_?id|_?key)?s?$",
    re.IGNORECASE,
)
# `max_tokens` is a number of tokens.
_NUMBER = pattern(r"(?:max|min|num|n|total|count)_")
# What has been told once is not told again: there is as much of it as goes wrong.
_TOLD = pattern(r"(?:^|_)(?:warned|logged|reported)(?:_|$)", re.IGNORECASE)
# What is counted for each, as long as the process lives.
_TOTALS = pattern(r"(?:^|_)(?:counters|counts|stats|totals)$", re.IGNORECASE)
# Names of parameters that do not tell what the key is a key of: those who call do.
_ANY_KEY = pattern(r"(?:key|k|identifier|ident|bucket)$")
# Those whom the operator has let in, and what they have set up: as many as there are, each of them for long.
_KNOWN_KEY = pattern(
    r"(?:^|_)(?:user|tenant|account|customer|chat|player|org|team|project|workspace|room|device"
    r"|phone(?:_?number)?|email|uid"
    r"|agent|api_?key)"
    r"(?:_?id|_?key)?s?$",
    re.IGNORECASE,
)
# Whose requests a limiter counts.
_LIMITER = pattern(r"rate_?limit|limiter|throttl|quota", re.IGNORECASE)
_COUNTED_KEY = pattern(r"(?:key|ident|identifier|identity|subject|principal|remote|source|origin)$")
# What a fixed value is made of: constants, settings, the module's own place.
_FIXED_NAME = pattern(r"(?:os|Path|pathlib|str|__file__|_*[A-Z][A-Z0-9_]*|\w*(?:conf|config|settings|environ))$")
# What the operator has set up, and a process has a handful of.
_OWN_PARTS = pattern(
    r"(?:^|_)(?:worker|node|server|service|backend|broker|shard|replica|upstream|provider|model|plugin)s?_"
    r"|(?:^|_)(?:db|database|config|settings|base|root|cache|data|log|store|storage|state|audit)_(?:path|file)$",
    re.IGNORECASE,
)
_REMOVING = frozenset({"difference_update", "discard", "intersection_update", "pop", "popitem", "remove"})
_READING = frozenset(
    {
        "get",
        "keys",
        "values",
        "items",
        "copy",
        "setdefault",
        "update",
        "add",
        "append",
        "__contains__",
        "move_to_end",
    }
)
_LOOKING = frozenset(
    f"builtins.{name}"
    for name in (
        "all",
        "any",
        "bool",
        "dict",
        "enumerate",
        "isinstance",
        "list",
        "max",
        "min",
        "print",
        "repr",
        "set",
        "sorted",
        "str",
        "sum",
        "tuple",
    )
)
_ENDING = pattern(
    # A private method may be one half of an end.
    r"^(?:cancel|remove|close|disconnect|stop|end|delete|unregister|unsubscribe|drop|kill|leave|discard|forget"
    r"|release|finish|terminate|expire|evict)(?:_|$)",
    re.IGNORECASE,
)


_BARE_IDS = frozenset({"id", "pk", "uuid"})
# What a route is asked for, of which there are as many as anybody names.
_ASKED_KEY = pattern(r"_(?:id|uuid|hash|sha|url)$|^(?:url|ticker|symbol|slug|hash|text|username|domain)$")
# Libraries whose sessions and connections are those of the program.
_OF_DATABASES = frozenset({"aiosqlite", "asyncpg", "psycopg", "psycopg2", "sqlalchemy", "sqlite3", "sqlmodel"})
# What makes a key that is another one on every call.
_NEW_KEYS = frozenset({"uuid1", "uuid4", "uuid7", "token_hex", "token_urlsafe"})
# A class of which a server makes an object for each request or connection.
_SERVING_BASE = pattern(r"(?:Consumer|Handler|Middleware|Resource|Servicer|View|ViewSet)$")


class Growing(NamedTuple):
    """
    A place that adds an entry under a key which comes from outside: the node, the container, the key, and the
    function. `is_shared` tells whether the module alone shows that many use one container, `runs` whether it shows
    that the function runs for requests or jobs. `parameter` is the function's parameter of which only those who
    call it know what key it is, "" where the key tells that itself; `much` tells whether an entry is more than a
    number, `many` whether there are many such keys for sure.
    """

    node: ast.AST
    container: ast.Attribute | ast.Name
    key: ast.expr
    function: FunctionNode
    variable: Variable
    is_shared: bool
    runs: bool
    parameter: str
    much: bool
    many: bool


class Missed(NamedTuple):
    """A dict that a method which ends a key does not clear: the place that ends it, the two dicts, the method
    that fills both, and the class of all these."""

    node: ast.AST
    ended: str
    missed: str
    filled_in: str
    owner: ast.ClassDef | None


# ---------------------------------------------------------------------------------------------------------
# Containers
# ---------------------------------------------------------------------------------------------------------


def containers(module: Module) -> list[Variable]:
    """The variables of the module and attributes of its classes that are made as an empty dict or set."""
    return module.keep("keyed containers", _containers)


def _containers(module: Module) -> list[Variable]:
    found: dict[Variable, None] = {}
    made: list[ast.Dict | ast.Call] = [*module.nodes(ast.Dict), *module.calls_named(*_MAKERS)]
    if module.imports("dataclasses"):
        made += module.calls_named("field")
    made.sort(key=lambda value: (value.lineno, value.col_offset))
    for value in made:
        statement = module.parent(value)
        if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or not _is_empty_container(module, value):
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        if isinstance(target, (ast.Attribute, ast.Name)):
            variable = variable_of(module, target)
            if variable is None and isinstance(target, ast.Name):
                holder = module.enclosing(target, ast.ClassDef)
                if holder is not None and module.parent(statement) is holder:
                    variable = Variable(holder, target.id)
            if variable is not None and not (_is_field(module, value) and _is_in_other_hands(module, variable)):
                found[variable] = None
    return list(found)


def _is_field(module: Module, value: ast.Dict | ast.Call) -> bool:
    """Whether a value is that of a field of a dataclass, `field(default_factory=dict)`."""
    return isinstance(value, ast.Call) and module.callee(value) == "dataclasses.field"


def _is_in_other_hands(module: Module, variable: Variable) -> bool:
    """Whether something here uses an attribute of more than `self`, or hands it to the object it makes."""
    return any(variable_of(module, use) != variable for use in module.attributes_named(variable.name)) or any(
        keyword.arg == variable.name for call in module.nodes(ast.Call) for keyword in call.keywords
    )


def _is_empty_container(module: Module, call: ast.Dict | ast.Call) -> bool:
    """Whether an expression makes an empty dict or set."""
    if isinstance(call, ast.Dict):
        return not call.keys
    callee = module.callee(call)
    if callee == "dataclasses.field":
        maker = module.argument(call, "default_factory", None)
        if isinstance(maker, ast.Lambda) and isinstance(maker.body, (ast.Dict, ast.Call)):
            return not _is_field(module, maker.body) and _is_empty_container(module, maker.body)
        return maker is not None and module.qualname(maker) in _PLAIN
    if call.keywords:
        return False
    if callee == "collections.defaultdict":
        return len(call.args) <= 1
    return callee in _PLAIN and not call.args


# ---------------------------------------------------------------------------------------------------------
# Growth
# ---------------------------------------------------------------------------------------------------------


def growing(module: Module) -> list[Growing]:
    """The first place of each container that only grows, by a key that each request or job brings along."""
    return module.keep("growing containers", _growing)


def examined_containers(module: Module) -> list[Variable]:
    """The containers of which `growing` is sure: those of a module that requests or jobs run through."""
    if not _request_functions(module):
        return []
    return [variable for variable in containers(module) if is_shared(module, variable)]


def _growing(module: Module) -> list[Growing]:
    found: list[Growing] = []
    if not containers(module):
        return found
    limiters = _limiters(module)
    of_application = limiters | _classes_with_routes(module)
    for variable in containers(module):
        if not _may_grow(module, variable) or _TOLD.search(variable.name) or _is_store_in_memory(variable):
            continue
        if _is_taken_from(module, variable):
            continue
        uses = accesses(module, variable)
        added = [(access, key) for access in uses for key in [_added_key(module, access)] if key is not None]
        # A store says it better than a read that makes an entry.
        added.sort(key=lambda place: place[0].kind is not AccessKind.MUTATE)
        kept = [access for access in uses if not (variable.owner in limiters and _is_reset(module, access))]
        if not added or not all(_only_looks_or_adds(module, access) for access in kept):
            continue
        if any(_adds_module(module, access) for access, _ in added):
            continue
        shared = (
            variable.owner in of_application or is_shared(module, variable) or _is_of_all_objects(module, variable)
        )
        places = [
            place
            for access, key in added
            for place in [_added_place(module, variable, access, key, shared=shared)]
            if place is not None
        ]
        if places and not _is_one_of_many(module, variable):
            found.append(max(places, key=lambda place: (not place.parameter, place.runs)))
    return found


def _is_of_all_objects(module: Module, variable: Variable) -> bool:
    """Whether the body of a class makes a container, and no method another one: all its objects have it."""
    holder = variable.owner
    if holder is None or holder.decorator_list:
        return False
    if not all(_SERVING_BASE.search(last_name(base)) or last_name(base) == "object" for base in holder.bases):
        return False
    uses = module.members(holder).attributes.get(variable.name, ())
    return bool(uses) and all(function is None for _, function in uses)


def _may_grow(module: Module, variable: Variable) -> bool:
    """Whether some place looks like one that adds to something of this name under a key that may be any."""
    for node in _named(module, variable):
        parent = module.parent(node)
        if isinstance(parent, ast.Subscript):
            if parent.value is node and not isinstance(parent.slice, ast.Constant):
                return True
        elif isinstance(parent, ast.Attribute) and parent.attr in ("setdefault", "add"):
            return True
    return False


def _named(module: Module, variable: Variable) -> Iterable[ast.Attribute | ast.Name]:
    """The names or attributes that are called like a variable, of which some may be others."""
    if variable.owner is None:
        return name_uses(module).get(variable.name, ())
    return module.attributes_named(variable.name)


def _is_taken_from(module: Module, variable: Variable) -> bool:
    """Whether some place removes single entries: `del jobs[key]`, `jobs.pop(key)`."""
    for node in _named(module, variable):
        parent = module.parent(node)
        removes = (isinstance(parent, ast.Attribute) and parent.attr in _REMOVING) or (
            isinstance(parent, ast.Subscript) and parent.value is node and isinstance(parent.ctx, ast.Del)
        )
        if removes and variable_of(module, node) == variable:
            return True
    return False


def _is_store_in_memory(variable: Variable) -> bool:
    """Whether a class is the store of records itself, `InMemoryUserStore`: it keeps what it is given by design."""
    return variable.owner is not None and _MEMORY_STORE.search(variable.owner.name) is not None


_MEMORY_STORE = pattern(
    r"^_?(?:In_?)?Mem(?:ory)?(?!Cache)\w*(?:Broker|Bus|Queue|Store|Storage|Repository|Repo|Database|DB)$"
)


def _is_reset(module: Module, access: Access) -> bool:
    """Whether a use empties a limiter by a method that nothing here calls: tests begin anew with it."""
    parent = module.parent(access.node)
    if (
        not isinstance(parent, ast.Attribute)
        or parent.attr != "clear"
        or not isinstance(access.function, _FUNCTIONS)
    ):
        return False
    return access.function.name in ("reset", "reset_all", "clear") and not callers(module, access.function).calls


def _is_one_of_many(module: Module, variable: Variable) -> bool:
    """Whether the objects of a class are entries of a dict themselves, `cls.by_room[self.room] = self`."""
    if variable.owner is None:
        return False
    return any(
        isinstance(target, ast.Subscript)
        for method in module.members(variable.owner).methods.values()
        for part in ast.walk(method)
        if isinstance(part, ast.Assign) and isinstance(part.value, ast.Name) and part.value.id == "self"
        for target in part.targets
    )


def _adds_module(module: Module, access: Access) -> bool:
    """Whether what is stored is a module of Python: a process has a set of files that it imports."""
    entry = module.parent(access.node)
    stored = module.parent(entry) if entry is not None else None
    if not isinstance(stored, ast.Assign):
        return False
    values: list[ast.expr | None] = [stored.value]
    if isinstance(stored.value, ast.Name):
        values = [binding.value for binding in module.bindings(stored.value)]
    return any(
        isinstance(value, ast.Call) and last_name(value) in ("module_from_spec", "import_module", "__import__")
        for value in values
    )


def _added_key(module: Module, access: Access) -> ast.expr | None:
    """The key under which a use adds an entry."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript) and parent.value is access.node and isinstance(parent.ctx, ast.Store):
        return parent.slice
    if isinstance(parent, ast.Subscript) and parent.value is access.node:
        # `self.messages[user].append(...)` makes an entry of a defaultdict.
        if not module.imports("collections"):
            return None
        if module.instance_of(access.node) == "collections.defaultdict" or any(
            binding.value is not None and module.instance_of(binding.value) == "collections.defaultdict"
            for binding in _bindings_of(module, access.node)
        ):
            return parent.slice
        return None
    if isinstance(parent, ast.Attribute) and parent.attr in ("setdefault", "add"):
        call = module.parent(parent)
        if isinstance(call, ast.Call) and call.func is parent and call.args:
            return call.args[0]
    return None


def _only_looks_or_adds(module: Module, access: Access) -> bool:
    """Whether a use leaves all entries where they are, and gives the container to nobody."""
    if not isinstance(access.node.ctx, ast.Load):
        if isinstance(module.parent(access.node), (ast.Assign, ast.AnnAssign)):
            function = access.function
            return function is None or (isinstance(function, _FUNCTIONS) and runs_first(module, function))
        return False
    return leaves_entries(module, access.node)


def leaves_entries(module: Module, node: ast.Attribute | ast.Name) -> bool:
    """Whether a place that reads a container leaves all its entries there, and gives it to nobody."""
    parent = module.parent(node)
    if isinstance(parent, ast.Subscript) and parent.value is node:
        return not isinstance(parent.ctx, ast.Del)
    if isinstance(parent, ast.Attribute):
        call = module.parent(parent)
        return isinstance(call, ast.Call) and call.func is parent and parent.attr in _READING - {"copy"}
    if isinstance(
        parent, (ast.Compare, ast.For, ast.AsyncFor, ast.comprehension, ast.If, ast.BoolOp, ast.UnaryOp)
    ):
        return True
    if isinstance(parent, ast.Call) and node in parent.args:
        name = module.callee(parent)
        if name == "builtins.len":
            return not isinstance(module.parent(parent), (ast.Compare, ast.BinOp))
        return name in _LOOKING
    return False


def _added_place(
    module: Module, variable: Variable, access: Access, key: ast.expr, *, shared: bool
) -> Growing | None:
    """What a use that adds an entry says of its container; None where the keys are known, or few."""
    function = access.function
    if not isinstance(function, _FUNCTIONS) or runs_first(module, function):
        return None
    if _is_called_with_fixed_values(module, function) or _is_state_of_file(module, key):
        return None
    counts = variable.owner in _limiters(module)
    much = (
        _TOTALS.search(variable.name) is None and _keeps_much(module, access) and not _loses_parts(module, access)
    )
    parameter = ""
    if not much and _is_made_on_call(module, key):
        # A token of each session is tiny.
        return None
    if not brings_keys(module, key, much=much, counts=counts):
        if not (isinstance(key, ast.Name) and _ANY_KEY.match(key.id) and _is_parameter(module, key)):
            return None
        parameter = key.id
    runs = function in _request_functions(module)
    node = module.statement(access.node)
    names = _telling_names(module, key, counts=counts)
    many = not names or not all(_FEW_KEY.search(name) for name in names)
    return Growing(node, access.node, key, function, variable, shared, runs, parameter, much, many)


def _is_state_of_file(module: Module, key: ast.expr) -> bool:
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
    names = _telling_names(module, key, counts=counts)
    return bool(names) and (much or not all(_KNOWN_KEY.search(name) for name in names))


def _telling_names(module: Module, key: ast.expr, *, counts: bool) -> list[str]:
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


def _keeps_much(module: Module, access: Access) -> bool:
    """
    Whether an entry is more than a number, a flag or a text: an object, a list that grows, a lock; or one that
    counts what runs, `x[key] -= 1`, and is of no use at zero.
    """
    entry = module.parent(access.node)
    if isinstance(entry, ast.Subscript):
        place = module.parent(entry)
        if isinstance(place, ast.AugAssign):
            return isinstance(place.op, ast.Add) and _is_counted_down(module, access)
        if isinstance(place, (ast.Assign, ast.AnnAssign)):
            return place.value is not None and _is_large(module, place.value, 0)
        made = [binding.value for binding in _bindings_of(module, access.node)]
        return any(
            isinstance(value, ast.Call)
            and bool(value.args)
            and last_name(value.args[0]) not in ("int", "float", "bool", "str")
            for value in made
        )
    call = module.parent(entry) if isinstance(entry, ast.Attribute) else None
    if not isinstance(call, ast.Call) or last_name(call) != "setdefault" or len(call.args) < 2:
        return False
    return _is_large(module, call.args[1], 0) and not _is_emptied(module, call)


def _loses_parts(module: Module, access: Access) -> bool:
    """Whether a place takes something out of an entry, `handlers.get(key, {}).pop(part)`: what stays is empty."""
    variable = variable_of(module, access.node)
    assert variable is not None, "an access is one of a variable"
    for other in accesses(module, variable):
        entry = module.parent(other.node)
        if isinstance(entry, ast.Attribute) and entry.attr == "get":
            entry = module.parent(entry)
        method = module.parent(entry) if isinstance(entry, (ast.Call, ast.Subscript)) else None
        if isinstance(method, ast.Attribute) and method.attr in SHRINKING:
            return True
    return False


def _is_counted_down(module: Module, access: Access) -> bool:
    """Whether another place takes off what a use has added to an entry."""
    variable = variable_of(module, access.node)
    assert variable is not None, "an access is one of a variable"
    for other in accesses(module, variable):
        entry = module.parent(other.node)
        place = module.parent(entry) if isinstance(entry, ast.Subscript) else None
        if isinstance(place, ast.AugAssign) and isinstance(place.op, ast.Sub):
            return True
    return False


def _bindings_of(module: Module, node: ast.Attribute | ast.Name) -> Iterator[Binding]:
    if isinstance(node, ast.Name):
        yield from module.bindings(node)
        return
    variable = variable_of(module, node)
    if variable is not None and variable.owner is not None:
        for binding, _ in module.members(variable.owner).attributes.get(variable.name, ()):
            yield binding


def _is_large(module: Module, value: ast.expr, hops: int) -> bool:
    """Whether a value is an object of its own: made by a class, awaited, a container, or handed in."""
    if isinstance(value, (ast.Await, ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)):
        return True
    if isinstance(value, ast.Call):
        name = last_name(value).lstrip("_")
        return name[:1].isupper() or name in _MAKING
    if isinstance(value, ast.Tuple):
        return any(_is_large(module, part, hops) for part in value.elts)
    if isinstance(value, ast.Name) and hops < 3:
        for binding in module.bindings(value):
            if binding.kind is BindingKind.PARAMETER:
                return not _is_small_parameter(binding)
            if binding.value is not None and _is_large(module, binding.value, hops + 1):
                return True
    return False


_MAKING = frozenset(
    {"create_task", "ensure_future", "connect", "open", "list", "dict", "set", "deque", "defaultdict"}
)


def _is_small_parameter(binding: Binding) -> bool:
    """Whether a parameter is a number, a flag or a text by its annotation."""
    return binding.annotation is not None and any(
        isinstance(part, ast.Name) and part.id in ("bool", "datetime", "float", "int", "str")
        for part in ast.walk(binding.annotation)
    )


def _is_emptied(module: Module, call: ast.Call) -> bool:
    """Whether the list that a call gives is emptied again: `lines = logs.setdefault(key, [])`, `lines.clear()`."""
    statement = module.parent(call)
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    return any(
        isinstance(other.func, ast.Attribute)
        and isinstance(other.func.value, ast.Name)
        and other.func.value.id in names
        and module.function_of(other) is module.function_of(call)
        for other in module.calls_named("clear")
    )


def _is_called_with_fixed_values(module: Module, function: FunctionNode) -> bool:
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
        if isinstance(root, ast.Name) and (_is_parameter(module, root) or _is_made_here(module, key)):
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


def _is_made_on_call(module: Module, key: ast.expr) -> bool:
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
    if _ANY_KEY.match(key.id) is None:
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
        if isinstance(part, ast.Name) and _REQUEST.match(part.id) and _is_parameter(module, part):
            return True
    return False


_REQUEST = pattern(r"(?:request|req|websocket|ws|connection|conn|message|update|scope|payload|body)$")


def _is_parameter(module: Module, name: ast.Name) -> bool:
    owner = module.owner_of(name)
    if owner is None or owner.kind is not ScopeKind.FUNCTION:
        return False
    bindings = module.bindings(name)
    return any(binding.kind is BindingKind.PARAMETER for binding in bindings) and name.id not in ("self", "cls")


def _request_functions(module: Module) -> frozenset[FunctionNode]:
    """The functions of this module that run for requests or jobs: routes, tasks, coroutines, what they call."""
    return module.keep("functions of requests", _find_request_functions)


def _find_request_functions(module: Module) -> frozenset[FunctionNode]:
    found: set[FunctionNode] = {
        function for function, role in roles(module).items() if role is not Role.ERROR_HANDLER
    }
    found.update(module.nodes(ast.AsyncFunctionDef))
    for holder in _limiters(module):
        for part in holder.body:
            if isinstance(part, ast.FunctionDef) and not _sets_limits(part):
                found.add(part)
    pending = list(found)
    while pending:
        function = pending.pop()
        for _, called in functions_called_by(module, function):
            if called not in found:
                found.add(called)
                pending.append(called)
    return frozenset(found)


def _classes_with_routes(module: Module) -> frozenset[ast.ClassDef]:
    """The classes whose methods define routes: one object of them is an application, or a part of one."""
    found: set[ast.ClassDef] = set()
    for function, role in roles(module).items():
        if role in (Role.ROUTE, Role.WEBSOCKET):
            holder = module.class_of(module.function_of(function) or function)
            if holder is not None and module.function_of(function) is not None:
                found.add(holder)
    return frozenset(found)


def _limiters(module: Module) -> frozenset[ast.ClassDef]:
    """The classes that count the requests of others, by their name; one that waits holds back its own requests."""
    return module.keep("limiters of requests", _find_limiters)


def _find_limiters(module: Module) -> frozenset[ast.ClassDef]:
    return frozenset(
        holder
        for holder in module.nodes(ast.ClassDef)
        if _LIMITER.search(holder.name)
        and not any(isinstance(part, _FUNCTIONS) and _counts_own(part) for part in holder.body)
        and not any(module.enclosing(call, ast.ClassDef) is holder for call in module.calls_named("sleep", "wait"))
    )


def _sets_limits(function: ast.FunctionDef) -> bool:
    """Whether a method of a limiter says how much is allowed, or counts what goes out to others."""
    return _SETTING.match(function.name) is not None or _counts_own(function)


def _counts_own(function: FunctionNode) -> bool:
    """Whether a method is told which of the program's own parts, or of others, is called."""
    return any(_GOES_OUT.search(argument.arg) for argument in (*function.args.args, *function.args.kwonlyargs))


_SETTING = pattern(r"(?:set|add|register|configure|define|load)(?:_|$)")
_GOES_OUT = pattern(
    r"^(?:tool|namespace|model|provider|upstream|backend|endpoint|server|service|api|domain|exchange|broker)(?:_|$)"
)


# ---------------------------------------------------------------------------------------------------------
# Entries that an end leaves behind
# ---------------------------------------------------------------------------------------------------------


def missed_registries(module: Module) -> list[Missed]:
    """The methods that end a key in one dict and leave it in another, where one method fills both."""
    return module.keep("missed registries", _missed_registries)


def paired_registries(module: Module) -> list[Variable]:
    """The dicts and sets of shared classes that have at least one other."""
    owners = [variable.owner for variable in containers(module)]
    return [
        variable
        for variable in containers(module)
        if variable.owner is not None
        and owners.count(variable.owner) > 1
        and variable.owner in shared_classes(module)
    ]


def _missed_registries(module: Module) -> list[Missed]:
    found: dict[ast.AST, Missed] = {}
    by_owner: dict[ast.ClassDef, list[Variable]] = {}
    for variable in containers(module):
        if variable.owner is not None:
            by_owner.setdefault(variable.owner, []).append(variable)
    for variables in by_owner.values():
        if len(variables) < 2 or variables[0].owner not in shared_classes(module):
            continue
        filled = {variable: _filled_by(module, variable) for variable in variables}
        for first in variables:
            for second in variables:
                if first is second:
                    continue
                both = [
                    (function, key)
                    for function, key in filled[first]
                    if (function, key) in filled[second] and _fills_both(module, function, first, second)
                ]
                if both:
                    for missed in _ends(module, first, second, both[0][0]):
                        found.setdefault(missed.node, missed)
    return list(found.values())


def _filled_by(module: Module, variable: Variable) -> set[tuple[FunctionNode, str]]:
    """The methods that store an entry, each with the text of the key."""
    found: set[tuple[FunctionNode, str]] = set()
    for access in accesses(module, variable):
        key = _added_key(module, access)
        if (
            isinstance(key, ast.Name)
            and isinstance(access.function, _FUNCTIONS)
            and access.kind is AccessKind.MUTATE
        ):
            found.add((access.function, key.id))
    return found


def _fills_both(module: Module, function: FunctionNode, first: Variable, second: Variable) -> bool:
    """Whether one way through a method stores an entry in both: not one here, and the other one else."""
    stored = [
        [
            access.node
            for access in accesses(module, variable)
            if access.function is function and _added_key(module, access)
        ]
        for variable in (first, second)
    ]
    return any(not are_exclusive(module, one, other) for one in stored[0] for other in stored[1])


def _ends(module: Module, ended: Variable, missed: Variable, filler: FunctionNode) -> Iterator[Missed]:
    if _is_cleared_somewhere(module, missed) or _holds_locks(module, missed) or _counts_on(module, missed):
        return
    touching = {access.function for access in accesses(module, missed)}
    for access in accesses(module, ended):
        function = access.function
        if not isinstance(function, _FUNCTIONS) or function is filler or not _ENDING.search(function.name):
            continue
        key = _removed_key(module, access)
        if not isinstance(key, ast.Name) or not _is_parameter(module, key):
            continue
        if function in touching or _calls_one_of(module, function, touching):
            continue
        if any(isinstance(one, _FUNCTIONS) and one is not filler and _names(one, function) for one in touching):
            # The two share the work: one of them hands the key on to the other.
            continue
        if any(isinstance(one, _FUNCTIONS) and one is not filler and _names(function, one) for one in touching):
            continue
        yield Missed(
            module.statement(access.node), module.text(access.node), missed.name, filler.name, missed.owner
        )
        return


def _names(function: FunctionNode, other: FunctionNode) -> bool:
    """Whether a method names another one, to call it or to have it called."""
    return any(isinstance(part, ast.Attribute) and part.attr == other.name for part in ast.walk(function))


def _holds_locks(module: Module, variable: Variable) -> bool:
    """Whether the container holds a lock for each key: it must outlive those who wait for it."""
    if "lock" in variable.name.lower():
        return True
    for access in accesses(module, variable):
        parent = module.parent(access.node)
        statement = module.parent(parent) if parent is not None else None
        if isinstance(parent, ast.Subscript) and isinstance(statement, ast.Assign):
            if module.instance_of(statement.value) in LOCKS:
                return True
    return False


def _counts_on(module: Module, variable: Variable) -> bool:
    """Whether entries go on from what they were: `self._counts[key] = self._counts.get(key, 0) + 1`."""
    return any(
        isinstance(parent := module.parent(access.node), ast.Subscript)
        and isinstance(stored := module.parent(parent), (ast.Assign, ast.AugAssign))
        and (
            isinstance(stored, ast.AugAssign)
            or any(
                isinstance(part, (ast.Attribute, ast.Name)) and variable_of(module, part) == variable
                for part in ast.walk(stored.value)
            )
        )
        for access in accesses(module, variable)
        if access.kind is AccessKind.MUTATE
    )


def _removed_key(module: Module, access: Access) -> ast.expr | None:
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript) and parent.value is access.node and isinstance(parent.ctx, ast.Del):
        return parent.slice
    if isinstance(parent, ast.Attribute) and parent.attr in ("pop", "discard", "remove"):
        call = module.parent(parent)
        if isinstance(call, ast.Call) and call.func is parent and call.args:
            return call.args[0]
    return None


def _is_cleared_somewhere(module: Module, variable: Variable) -> bool:
    """Whether something that every end reaches clears the entries: a `finally`, a callback, a sweep."""
    for access in accesses(module, variable):
        parent = module.parent(access.node)
        if isinstance(access.function, ast.Lambda):
            return True
        if not isinstance(access.node.ctx, ast.Load) and isinstance(access.function, _FUNCTIONS):
            if not runs_first(module, access.function):
                return True
            continue
        removes = (isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Del)) or (
            isinstance(parent, ast.Attribute) and parent.attr in SHRINKING
        )
        if not removes:
            continue
        key = _removed_key(module, access)
        if not isinstance(key, ast.Name) or not _is_parameter(module, key):
            return True
        if isinstance(access.function, _FUNCTIONS) and callers(module, access.function).references:
            return True
        if in_finally(module, access.node):
            return True
    return False


def _calls_one_of(module: Module, function: FunctionNode, wanted: set[FunctionNode | ast.Lambda | None]) -> bool:
    pending, seen = [function], {function}
    while pending:
        for _, called in functions_called_by(module, pending.pop()):
            if called not in seen:
                if called in wanted:
                    return True
                seen.add(called)
                pending.append(called)
    return False
