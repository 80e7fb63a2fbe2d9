"""Shared state: attributes of `self` and variables of the module, every use of them, and what is held there."""

from __future__ import annotations

import ast
import enum
import re
from collections.abc import Iterable

from flake8_auditrules.knowledge.locks import CONTAINERS, MUTATING
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.locks import (
    NOTHING,
    Held,
    attribute_owner,
    held_at,
    reads_as_lock,
    receiver_class,
)
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_FIRST_METHODS = frozenset(
    {
        "__init__",
        "__new__",
        "__post_init__",
        "__attrs_post_init__",
        "model_post_init",
        "__init_subclass__",
        "__set_name__",
        "__setstate__",
        "__getstate__",
        "__enter__",
        "__aenter__",
        "__exit__",
        "__aexit__",
        "__copy__",
        "__deepcopy__",
        "__reduce__",
        "__del__",
        "setUp",
        "tearDown",
    }
)
_SAYS_HELD = pattern(
    r"\b(?:hold(?:s|ing)?|held|under|acquire[sd]?|acquiring|own(?:s|ing)?|taken?|protected by|guarded by|with)\b"
    r"[^.]{0,60}(?:\b|_)(?:lock|mutex|semaphore)|(?:\b|_)(?:lock|mutex)\b[^.]{0,40}\b(?:held|hold|acquired|taken|owned)\b",
    re.IGNORECASE,
)
_HELD_NAME = pattern(
    r"(?:^|_)(?:un|no|non)?lock(?:ed|less|free)?(?:_|$)|_nolock|_unsafe$|(?:^|_)unsafe_", re.IGNORECASE
)


class AccessKind(enum.Enum):
    """What a place does with a variable."""

    READ = "read"
    REBIND = "rebind"
    """`x = value`."""
    UPDATE = "update"
    """`x += value`, or `x = ` a value that is worked out of `x`."""
    MUTATE = "mutate"
    """The container that it holds is changed: `x[key] = value`, `del x[key]`, `x.append(value)`."""
    ITERATE = "iterate"
    """The container that it holds is gone through by a loop or comprehension."""


WRITES = frozenset({AccessKind.REBIND, AccessKind.UPDATE, AccessKind.MUTATE})


class Variable(NamedTuple):
    """An attribute of the instances of a class of this module, or (no owner) a variable of the module."""

    owner: ast.ClassDef | None
    name: str


class Access(NamedTuple):
    """One use of a variable: what it does, its node, the function that runs it (None: the module), and
    what that function holds there."""

    kind: AccessKind
    node: ast.Attribute | ast.Name
    function: FunctionNode | ast.Lambda | None
    held: Held


# ---------------------------------------------------------------------------------------------------------
# Uses of variables
# ---------------------------------------------------------------------------------------------------------


def name_uses(module: Module) -> dict[str, list[ast.Name]]:
    """All names, by what they say."""
    return module.keep("uses of names", _name_uses)


def _name_uses(module: Module) -> dict[str, list[ast.Name]]:
    found: dict[str, list[ast.Name]] = {}
    for node in module.nodes(ast.Name):
        found.setdefault(node.id, []).append(node)
    return found


def variable_of(module: Module, expression: ast.expr) -> Variable | None:
    """The shared variable that an expression is: `self.x`, `cls.x`, `Class.x`, or a name of the module."""
    if isinstance(expression, ast.Attribute):
        holder = receiver_class(module, expression.value)
        if holder is None:
            return None
        return Variable(attribute_owner(module, holder, expression.attr), expression.attr)
    if isinstance(expression, ast.Name):
        owner = module.owner_of(expression)
        if owner is not None and owner.kind is ScopeKind.MODULE:
            return Variable(None, expression.id)
    return None


def accesses(module: Module, variable: Variable) -> list[Access]:
    """All uses of a variable in this module, in source order."""
    return module.keep(("accesses", variable), lambda _: _accesses(module, variable))


def _accesses(module: Module, variable: Variable) -> list[Access]:
    found: list[Access] = []
    nodes: Iterable[ast.Attribute | ast.Name]
    if variable.owner is None:
        nodes = name_uses(module).get(variable.name, ())
    else:
        nodes = module.attributes_named(variable.name)
    for node in nodes:
        if variable_of(module, node) == variable:
            found.append(Access(access_kind(module, node), node, module.function_of(node), held_at(module, node)))
    found.sort(key=lambda access: (access.node.lineno, access.node.col_offset))
    return found


def access_kind(module: Module, node: ast.Attribute | ast.Name) -> AccessKind:
    """What the place of a variable does with it."""
    parent = module.parent(node)
    if not isinstance(node.ctx, ast.Load):
        if isinstance(parent, ast.AugAssign):
            return AccessKind.UPDATE
        if isinstance(parent, (ast.Assign, ast.AnnAssign)) and parent.value is not None:
            return AccessKind.UPDATE if _mentions(parent.value, node) else AccessKind.REBIND
        if isinstance(parent, ast.AnnAssign):
            return AccessKind.READ
        return AccessKind.REBIND
    if isinstance(parent, ast.Subscript) and parent.value is node:
        return AccessKind.READ if isinstance(parent.ctx, ast.Load) else AccessKind.MUTATE
    if isinstance(parent, ast.Attribute):
        call = module.parent(parent)
        if isinstance(call, ast.Call) and call.func is parent:
            if parent.attr in MUTATING and _is_container(module, node):
                return AccessKind.MUTATE
            if parent.attr in ("items", "keys", "values") and not call.args and _is_gone_through(module, call):
                return AccessKind.ITERATE
        return AccessKind.READ
    if _is_gone_through(module, node):
        return AccessKind.ITERATE
    return AccessKind.READ


def _mentions(expression: ast.expr, target: ast.Attribute | ast.Name) -> bool:
    return any(
        isinstance(part, target.__class__)
        and (
            part.id == target.id
            if isinstance(part, ast.Name) and isinstance(target, ast.Name)
            else isinstance(part, ast.Attribute)
            and isinstance(target, ast.Attribute)
            and part.attr == target.attr
            and ast.dump(part.value) == ast.dump(target.value)
        )
        for part in ast.walk(expression)
    )


def _is_container(module: Module, node: ast.Attribute | ast.Name) -> bool:
    """Whether a variable is known to hold a container: by its class, or since it is made as one somewhere."""
    found = module.instance_of(node)
    if found is not None:
        return not CONTAINERS.isdisjoint(module.instances.ancestry(found))
    values: list[ast.expr | None] = []
    if isinstance(node, ast.Name):
        values = [binding.value for binding in module.bindings(node)]
    else:
        variable = variable_of(module, node)
        if variable is not None and variable.owner is not None:
            members = module.members(variable.owner).attributes.get(variable.name, [])
            values = [binding.value for binding, _ in members]
    return any(value is not None and module.instance_of(value) in CONTAINERS for value in values)


def _is_gone_through(module: Module, node: ast.expr) -> bool:
    parent = module.parent(node)
    return isinstance(parent, (ast.For, ast.AsyncFor, ast.comprehension)) and parent.iter is node


# ---------------------------------------------------------------------------------------------------------
# What callers hold
# ---------------------------------------------------------------------------------------------------------


class Callers(NamedTuple):
    """
    What is known of who calls a function of this module.

    `calls` are the calls of it (for a property: the places that ask for it), `references` the places that
    name it without calling it.
    """

    calls: list[ast.expr]
    references: list[ast.expr]


def callers(module: Module, function: FunctionNode) -> Callers:
    """Where a function or method of this module is called and named, in this module."""
    return module.keep(("callers", function), lambda _: _callers(module, function))


def _callers(module: Module, function: FunctionNode) -> Callers:
    holder = module.class_of(function)
    calls: list[ast.expr] = []
    references: list[ast.expr] = []
    is_property = any(last_name(decorator).endswith("property") for decorator in function.decorator_list)
    nodes: Iterable[ast.Attribute | ast.Name]
    if holder is None:
        nodes = name_uses(module).get(function.name, ())
    else:
        nodes = module.attributes_named(function.name)
    for node in nodes:
        if holder is None:
            assert isinstance(node, ast.Name)
            owner = module.owner_of(node)
            if owner is None or function not in owner.bindings.get(node.id, ()):
                continue
        elif not _is_related(module, node, holder):
            continue
        parent = module.parent(node)
        if isinstance(parent, ast.Call) and parent.func is node and not is_property:
            calls.append(parent)
        elif is_property:
            calls.append(node)
        elif isinstance(node.ctx, ast.Load):
            references.append(node)
    if holder is not None:
        # `super().method()` in subclasses of this module.
        for target in module.attributes_named(function.name):
            call = module.parent(target)
            if (
                isinstance(target.value, ast.Call)
                and isinstance(target.value.func, ast.Name)
                and target.value.func.id == "super"
                and isinstance(call, ast.Call)
                and call.func is target
            ):
                calls.append(call)
    return Callers(calls, references)


def _is_related(module: Module, node: ast.Attribute | ast.Name, holder: ast.ClassDef) -> bool:
    """Whether the receiver of an attribute may be an instance of `holder`, of a base or of a subclass."""
    assert isinstance(node, ast.Attribute)
    found = receiver_class(module, node.value)
    name = module.definition(holder)
    if found is not None:
        other = module.definition(found)
    else:
        instance = module.instance_of(node.value)
        if instance is None:
            return True
        other = instance
    return name in module.instances.ancestry(other) or other in module.instances.ancestry(name)


def held_by_callers(module: Module, function: FunctionNode | ast.Lambda | None) -> Held:
    """
    What is held at every call of a function that this module knows; nothing where it knows none.

    Calls from functions that only `__init__` runs do not count. A nested function holds nothing.
    """
    if not isinstance(function, _FUNCTIONS):
        return NOTHING
    asked = function
    return module.keep(
        ("held by callers", function), lambda _: _held_by_callers(module, asked, frozenset()) or NOTHING
    )


def _held_by_callers(module: Module, function: FunctionNode, asking: frozenset[ast.AST]) -> Held | None:
    """As `held_by_callers`; None where nobody calls it but functions that are being asked about."""
    if function in asking or len(asking) > 6:
        return None
    known = callers(module, function)
    if known.references:
        return NOTHING
    keys: frozenset[str] | None = None
    unknown: bool | None = None
    for call in known.calls:
        caller = module.function_of(call)
        if caller is function or (isinstance(caller, _FUNCTIONS) and runs_first(module, caller)):
            continue
        # A coroutine or generator runs later, whatever is held where it is made.
        held = held_at(module, call) if _runs_at_once(module, function, call) else NOTHING
        above = (
            _held_by_callers(module, caller, asking | {function}) if isinstance(caller, _FUNCTIONS) else NOTHING
        )
        if above is None:
            if isinstance(caller, _FUNCTIONS) and caller in asking:
                continue
            above = NOTHING
        here_keys, here_unknown = held.keys | above.keys, held.unknown or above.unknown
        keys = here_keys if keys is None else keys & here_keys
        unknown = (
            bool(here_unknown or here_keys) if unknown is None else unknown and bool(here_unknown or here_keys)
        )
        if not keys and not unknown:
            # One call without anything settles it, whatever the others hold.
            return NOTHING
    if keys is None:
        return None
    return Held(keys, bool(unknown) and not keys)


def _runs_at_once(module: Module, function: FunctionNode, call: ast.expr) -> bool:
    if isinstance(function, ast.AsyncFunctionDef):
        return isinstance(call, ast.Call) and module.awaited(call)
    return not module.is_generator(function)


def runs_first(module: Module, function: FunctionNode) -> bool:
    """Whether a method runs before its object is shared: `__init__` and what only such methods call."""
    return module.keep(("runs first", function), lambda _: _runs_first(module, function, frozenset()))


def _runs_first(module: Module, function: FunctionNode, asking: frozenset[ast.AST]) -> bool:
    if module.class_of(function) is None:
        return False
    if function.name in _FIRST_METHODS:
        return True
    if function in asking or not function.name.startswith("_"):
        return False
    known = callers(module, function)
    if known.references or not known.calls:
        return False
    for call in known.calls:
        caller = module.function_of(call)
        if not isinstance(caller, _FUNCTIONS) or not _runs_first(module, caller, asking | {function}):
            return False
    return True


def may_run_bare(module: Module, function: FunctionNode) -> bool:
    """
    Whether a function is known to be run with nothing held.

    A public one is, unless every call of it that this module knows holds a lock; a private one, where
    something that may run bare calls it with nothing held, or where it is handed to somebody.
    """
    return module.keep(("may run bare", function), lambda _: _may_run_bare(module, function, frozenset()))


def _may_run_bare(module: Module, function: FunctionNode, asking: frozenset[ast.AST]) -> bool:
    if function in asking or len(asking) > 6 or runs_first(module, function):
        return False
    if says_lock_is_held(module, function):
        return False
    known = callers(module, function)
    is_private = function.name.startswith("_") and not function.name.endswith("__")
    if not is_private or not all(_is_kept_in_table(module, reference) for reference in known.references):
        if any(not held_at(module, reference) for reference in known.references):
            return True
        if known.references and not known.calls:
            return False
    elif known.references and not known.calls:
        return False
    nested = module.function_of(function)
    if not known.calls:
        # A nested function that nobody names is called by the framework whose decorator it has.
        return not is_private or (nested is not None and bool(function.decorator_list))
    for call in known.calls:
        caller = module.function_of(call)
        if held_at(module, call):
            continue
        if isinstance(caller, _FUNCTIONS) and not _may_run_bare(module, caller, asking | {function}):
            continue
        if isinstance(caller, ast.Lambda):
            continue
        return True
    return not is_private and not any(held_at(module, call) for call in known.calls)


def _is_kept_in_table(module: Module, reference: ast.expr) -> bool:
    """Whether a method is an entry of a dict, list or tuple that an attribute of its own object keeps."""
    table = module.parent(reference)
    if not isinstance(table, (ast.Dict, ast.List, ast.Tuple)):
        return False
    statement = module.parent(table)
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return any(isinstance(target, ast.Attribute) for target in targets)


def says_lock_is_held(module: Module, function: FunctionNode | ast.Lambda | None) -> bool:
    """Whether a function's name, decorators, document or first comment say that its caller holds the lock."""
    if not isinstance(function, _FUNCTIONS):
        return False
    return module.keep(("says lock is held", function), lambda _: _says_lock_is_held(module, function))


def says_none_is_needed(module: Module, function: FunctionNode) -> bool:
    """Whether a function's document or a comment in it says why it takes no lock."""
    end = function.end_lineno or function.lineno
    comments = " ".join(
        line.partition("#")[2] for line in module.lines[max(0, function.lineno - 3) : end] if "#" in line
    )
    text = ast.get_docstring(function, clean=False) or ""
    return bool(_NONE_IS_NEEDED.search(" ".join(text.split())) or _NONE_IS_NEEDED.search(comments))


_NONE_IS_NEEDED = pattern(
    r"\b(?:no|without an?|needs? no|not need(?: an?)?|lacks an?) (?:lock|mutex)|lock-?free|\bGIL\b|thread[- ]safe"
    r"|\b(?:benign|harmless)\b|\bidempotent\b",
    re.IGNORECASE,
)


def _says_lock_is_held(module: Module, function: FunctionNode) -> bool:
    if _HELD_NAME.search(function.name):
        return True
    if any(reads_as_lock(decorator) for decorator in function.decorator_list):
        return True
    text = ast.get_docstring(function, clean=False) or ""
    first = function.body[0].lineno
    above = max(0, function.lineno - 3)
    comments = " ".join(line for line in module.lines[above : first + 1] if line.lstrip().startswith("#"))
    return bool(_SAYS_HELD.search(" ".join(text.split())) or _SAYS_HELD.search(comments))
