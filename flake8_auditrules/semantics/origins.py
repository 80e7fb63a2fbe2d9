"""Origins: what the value of an expression is made from, followed through local variables."""

from __future__ import annotations

import ast
import enum

from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import BindingKind, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_MAXIMUM_HOPS = 10
_MAXIMUM_SOURCES = 3
# What a program's settings as a whole are called.
_SETTINGS = frozenset({"cfg", "conf", "config", "settings"})


class Origin(enum.Enum):
    """Where a part of a value comes from."""

    CONSTANT = "constant"
    MODULE = "module"
    """A name of the module, an import or a builtin."""
    ATTRIBUTE = "attribute"
    """An attribute of `self` or `cls`."""
    PARAMETER = "parameter"
    LOOP = "loop"
    """What a loop, comprehension or `except` binds anew each time."""
    CALL = "call"
    """What a function gives; it may be another thing each time. Constructors do not count."""
    UNKNOWN = "unknown"


FIXED = frozenset({Origin.CONSTANT, Origin.MODULE, Origin.ATTRIBUTE})
"""Origins that one call of a function shares with the next."""

_STEADY_CALLS = frozenset(
    {
        "builtins.bool",
        "builtins.dict",
        "builtins.enumerate",
        "builtins.float",
        "builtins.frozenset",
        "builtins.int",
        "builtins.len",
        "builtins.list",
        "builtins.max",
        "builtins.min",
        "builtins.reversed",
        "builtins.set",
        "builtins.sorted",
        "builtins.str",
        "builtins.tuple",
        "builtins.zip",
        "datetime.timedelta",
        "itertools.chain",
        "itertools.product",
        "os.getenv",
        "os.path.join",
    }
)
_STEADY_METHODS = frozenset(
    {"format", "join", "lower", "lstrip", "removesuffix", "replace", "rstrip", "strip", "upper"}
)


def origins(module: Module, expression: ast.expr) -> frozenset[Origin]:
    """
    All origins of the expression's value.

    Local variables are followed to all values that are assigned to them, calls to their function and
    arguments; what a nested function or lambda uses is left out.
    """
    found: set[Origin] = set()
    _collect(module, expression, found, set(), 0)
    return frozenset(found)


def is_fixed(module: Module, expression: ast.expr) -> bool:
    """Whether the value is made only of what does not change from one call of the function to the next."""
    return origins(module, expression) <= FIXED


def _collect(module: Module, expression: ast.AST, found: set[Origin], followed: set[ast.AST], hops: int) -> None:
    pending: list[ast.AST] = [expression]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name):
            _collect_name(module, node, found, followed, hops)
        elif isinstance(node, ast.Constant):
            found.add(Origin.CONSTANT)
        elif not isinstance(node, ast.Lambda):
            if isinstance(node, ast.Await):
                found.add(Origin.UNKNOWN)
            elif isinstance(node, ast.Call) and not _is_steady(module, node):
                found.add(Origin.CALL)
            pending.extend(
                child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr_context)
            )


def _is_steady(module: Module, call: ast.Call) -> bool:
    """Whether a call gives the same for the same arguments: constructors, conversions, methods of texts."""
    name = module.qualname(call.func)
    if name is not None and (name in _STEADY_CALLS or name.rpartition(".")[2].lstrip("_")[:1].isupper()):
        return True
    return isinstance(call.func, ast.Attribute) and call.func.attr in _STEADY_METHODS


def _collect_name(module: Module, name: ast.Name, found: set[Origin], followed: set[ast.AST], hops: int) -> None:
    owner = module.owner_of(name)
    if owner is None or owner.kind in (ScopeKind.MODULE, ScopeKind.CLASS):
        found.add(Origin.MODULE)
        return
    for binding in module.bindings(name):
        site = binding.site
        if site in followed:
            continue
        followed.add(site)
        if binding.kind is BindingKind.PARAMETER:
            found.add(Origin.ATTRIBUTE if _is_receiver(module, site) else Origin.PARAMETER)
        elif binding.kind in (BindingKind.IMPORT, BindingKind.FUNCTION, BindingKind.CLASS, BindingKind.TYPE):
            found.add(Origin.MODULE)
        elif binding.kind in (BindingKind.LOOP, BindingKind.EXCEPTION, BindingKind.PATTERN):
            found.add(Origin.LOOP)
        elif binding.kind in (BindingKind.DELETION, BindingKind.ANNOTATION):
            continue
        else:
            value = binding.value if binding.value is not None else _unpacked_from(module, site)
            if value is None or hops > _MAXIMUM_HOPS:
                found.add(Origin.LOOP if _is_loop_target(module, site) else Origin.UNKNOWN)
            else:
                _collect(module, value, found, followed, hops + 1)


def _is_receiver(module: Module, site: ast.AST) -> bool:
    arguments = module.parent(site)
    function = module.parent(arguments) if arguments is not None else None
    return (
        isinstance(function, _FUNCTIONS)
        and isinstance(site, ast.arg)
        and module.instances.receiver_name(function) == site.arg
    )


def _unpacked_from(module: Module, site: ast.AST) -> ast.expr | None:
    """The whole value that is unpacked into `site`."""
    for ancestor in module.ancestors(site):
        if isinstance(ancestor, ast.Assign):
            return ancestor.value
        if not isinstance(ancestor, (ast.Tuple, ast.List, ast.Starred)):
            return None
    return None


def _is_loop_target(module: Module, site: ast.AST) -> bool:
    for ancestor in module.ancestors(site):
        if isinstance(ancestor, (ast.For, ast.AsyncFor, ast.comprehension)):
            return True
        if not isinstance(ancestor, (ast.Tuple, ast.List, ast.Starred)):
            return False
    return False


def leading_part(module: Module, url: ast.expr) -> ast.expr | None:
    """
    The part of a URL expression that holds scheme and host, as far as it is written out.

    A literal counts as that only where it goes on after the host; None where the start is not known.
    """
    for _ in range(_MAXIMUM_HOPS):
        if isinstance(url, ast.JoinedStr):
            if not url.values:
                return None
            first = url.values[0]
            if isinstance(first, ast.FormattedValue):
                url = first.value
                continue
            return first if isinstance(first, ast.Constant) and has_host(first.value) else None
        if isinstance(url, ast.BinOp) and isinstance(url.op, (ast.Add, ast.Mod, ast.Div)):
            url = url.left
            continue
        if isinstance(url, ast.Call):
            function = url.func
            if isinstance(function, ast.Attribute) and function.attr in ("format", "rstrip", "strip", "join"):
                url = function.value
                continue
            if module.qualname(function) in ("urllib.parse.urljoin", "builtins.str") and url.args:
                url = url.args[0]
                continue
            return url
        if isinstance(url, ast.Name):
            owner = module.owner_of(url)
            if owner is None or owner.kind is ScopeKind.MODULE:
                return url
            bindings = module.bindings(url)
            if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT and bindings[0].value is not None:
                url = bindings[0].value
                continue
            return url
        if isinstance(url, ast.Constant):
            return url if isinstance(url.value, str) and ("://" in url.value) else None
        return url
    return None


def has_host(text: object) -> bool:
    """Whether a literal goes on after scheme and host: "https://api.example.com/" does, "https://" does not."""
    if not isinstance(text, str) or "://" not in text:
        return False
    return "/" in text.partition("://")[2]


def has_fixed_host(module: Module, url: ast.expr) -> bool:
    """Whether every call of the function talks to the same host: a constant, a setting, an attribute of self."""
    return _begins_fixed(module, url, 0)


def _begins_fixed(module: Module, value: ast.expr, hops: int) -> bool:
    part = leading_part(module, value)
    if part is None:
        return _is_host_of_fixed_parts(module, value)
    if origins(module, part) <= FIXED | {Origin.CALL} or _is_one_of_table(module, part):
        return True
    if isinstance(part, ast.Attribute) and _is_section_of_settings(module, part.value):
        return True
    if hops >= _MAXIMUM_SOURCES:
        return False
    if isinstance(part, ast.Call):
        return _is_given_fixed(module, part, hops)
    if not isinstance(part, ast.Name):
        return False
    values = _assigned(module, part) or _given_by_callers(module, part)
    return bool(values) and all(value is not part and _begins_fixed(module, value, hops + 1) for value in values)


def _is_section_of_settings(module: Module, section: ast.expr) -> bool:
    """Whether an expression is a section of the program's settings, handed in as a parameter: `config.openai`."""
    if not isinstance(section, ast.Attribute) or not isinstance(section.value, ast.Name):
        return False
    return section.value.id in _SETTINGS and all(
        binding.kind is BindingKind.PARAMETER for binding in module.bindings(section.value)
    )


def _is_host_of_fixed_parts(module: Module, url: ast.expr) -> bool:
    """Whether a text has its host pieced together of what is fixed: `f"https://api.{self.region}.example/v1"`."""
    if isinstance(url, ast.Name) and module.owner_of(url) is not None:
        bindings = module.bindings(url)
        if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT and bindings[0].value is not None:
            url = bindings[0].value
    if not isinstance(url, ast.JoinedStr) or not url.values or not isinstance(url.values[0], ast.Constant):
        return False
    before = ""
    for part in url.values:
        if isinstance(part, ast.Constant):
            before += str(part.value)
            if has_host(before):
                return True
        elif "://" not in before or not isinstance(part, ast.FormattedValue) or not is_fixed(module, part.value):
            return False
        else:
            before += "x"
    return "://" in before


def _is_one_of_table(module: Module, part: ast.expr) -> bool:
    """Whether an expression asks a table of the module, which is written out, for one of its values."""
    table: ast.expr | None = None
    if isinstance(part, ast.Subscript):
        table = part.value
    elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "get":
        table = part.func.value
    if not isinstance(table, ast.Name):
        return False
    owner = module.owner_of(table)
    if owner is None or owner.kind is not ScopeKind.MODULE:
        return False
    bindings = module.bindings(table)
    return len(bindings) == 1 and isinstance(bindings[0].value, ast.Dict)


def _is_given_fixed(module: Module, call: ast.Call, hops: int) -> bool:
    """Whether a function of the module gives nothing but fixed hosts, or nothing."""
    function = module.called_function(call)
    if not isinstance(function, _FUNCTIONS):
        return False
    given = [
        node.value
        for node in module.own_nodes(function)
        if isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value)
    ]
    return bool(given) and all(_begins_fixed(module, value, hops + 1) for value in given)


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and not value.value


def _given_by_callers(module: Module, name: ast.Name) -> list[ast.expr]:
    """What all calls of a private function give for a parameter; nothing where one of them is not known."""
    bindings = module.bindings(name)
    function = module.function_of(name)
    if (
        len(bindings) != 1
        or bindings[0].kind is not BindingKind.PARAMETER
        or not isinstance(function, _FUNCTIONS)
        or not function.name.startswith("_")
    ):
        return []
    named = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    if module.class_of(function) is not None and module.instances.receiver_name(function) is not None:
        named = named[1:]
    if name.id not in (*named, *(argument.arg for argument in function.args.kwonlyargs)):
        return []
    position = named.index(name.id) if name.id in named else None
    found: list[ast.expr] = []
    for call in module.calls_named(function.name):
        argument = module.argument(call, name.id, position)
        if argument is None or module.function_of(call) is function:
            return []
        found.append(argument)
    return found


def _assigned(module: Module, name: ast.Name) -> list[ast.expr]:
    """The values of a local variable that is only assigned, and lengthened by `+=`; none for others."""
    bindings = [binding for binding in module.bindings(name) if binding.kind is not BindingKind.AUGMENTED]
    if not all(binding.kind is BindingKind.ASSIGNMENT for binding in bindings):
        return []
    values = [binding.value for binding in bindings if binding.value is not None]
    return values if len(values) == len(bindings) else []
