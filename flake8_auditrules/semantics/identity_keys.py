"""Identities: `id(obj)` as a key of what outlives the object."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.locks import SHRINKING
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.shared_state import AccessKind, Variable, accesses, runs_first, variable_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class IdentityKey(NamedTuple):
    """A place that stores an identity: the statement, the call of `id`, and the container."""

    node: ast.AST
    identity: ast.Call
    container: ast.Attribute | ast.Name


def outliving_identity(module: Module, call: ast.Call) -> IdentityKey | None:
    """The place that stores the identity which a call of `id` gives, where nothing keeps the object with it."""
    if len(call.args) != 1 or not isinstance(call.args[0], (ast.Name, ast.Attribute)):
        return None
    place = _stored(module, call)
    if place is None:
        return None
    variable = variable_of(module, place.container)
    if variable is None or _keeps_object(module, place) or _is_tidied(module, variable):
        return None
    if isinstance(place.container, ast.Attribute) and not _lives_with_process(module, place.container):
        return None
    return place


def _lives_with_process(module: Module, container: ast.Attribute) -> bool:
    """
    Whether an attribute outlives what it is about: of a class, or of an instance that the module makes for all.

    What belongs to an object made for one piece of work, as a visitor is, is gone with that work.
    """
    function = module.function_of(container)
    holder = module.class_of(function) if function is not None else None
    if holder is None:
        return False
    for statement in holder.body:
        if isinstance(statement, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == container.attr for target in statement.targets
        ):
            return True
    name = module.definition(holder)
    return any(
        isinstance(statement, (ast.Assign, ast.AnnAssign))
        and isinstance(statement.value, ast.Call)
        and module.callee(statement.value) == name
        for statement in module.tree.body
    )


def _stored(module: Module, call: ast.Call) -> IdentityKey | None:
    """The place that stores the identity, directly or in a tuple: `x[id(o)] = ...`, `x.add(id(o))`."""
    node: ast.AST = call
    parent = module.parent(call)
    if isinstance(parent, ast.Tuple):
        node, parent = parent, module.parent(parent)
    container: ast.expr | None = None
    if isinstance(parent, ast.Subscript) and parent.slice is node and isinstance(parent.ctx, ast.Store):
        container = parent.value
    elif isinstance(parent, ast.Call) and node in parent.args[:1] and isinstance(parent.func, ast.Attribute):
        if parent.func.attr in ("add", "setdefault"):
            container = parent.func.value
    if isinstance(container, (ast.Attribute, ast.Name)):
        return IdentityKey(module.statement(call), call, container)
    return None


def _keeps_object(module: Module, place: IdentityKey) -> bool:
    """Whether what is stored, or something else in the same block, holds the object."""
    given = place.identity.args[0]
    text = module.text(given)
    if isinstance(given, ast.Attribute) or text in ("self", "cls"):
        # What an attribute holds lives as long as its owner, of which nothing is known here.
        return True
    function = module.function_of(place.identity)
    if not isinstance(function, _FUNCTIONS) or function.name.startswith("_"):
        # What a private function is given is as a rule held by those who call it.
        return True
    assert isinstance(given, ast.Name)
    if _is_wrapped(module, function, text):
        return True
    if not any(binding.kind is BindingKind.PARAMETER for binding in module.bindings(given)):
        return True
    return any(
        isinstance(part, ast.Name)
        and part.id == text
        and isinstance(part.ctx, ast.Load)
        and part is not given
        and _may_be_kept(module, part)
        for part in module.own_nodes(function)
    )


def _is_wrapped(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> bool:
    """Whether a decorator gives a function in place of what it is given, and that one calls it."""
    given = {
        part.value.id
        for part in module.own_nodes(function)
        if isinstance(part, ast.Return) and isinstance(part.value, ast.Name)
    }
    return any(
        isinstance(inner, _FUNCTIONS)
        and inner.name in given
        and any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(inner))
        for inner in function.body
    )


def _may_be_kept(module: Module, name: ast.Name) -> bool:
    """Whether a name stands where its value is stored or handed to somebody who may keep it."""
    parent = module.parent(name)
    if isinstance(parent, ast.Call):
        return module.callee(parent) not in ("builtins.id", "builtins.len", "builtins.isinstance", "builtins.type")
    if isinstance(parent, ast.keyword):
        return True
    if isinstance(parent, (ast.Assign, ast.AnnAssign, ast.Tuple, ast.List, ast.Dict, ast.Set)):
        return True
    return isinstance(parent, (ast.Return, ast.Yield, ast.Starred))


def _is_tidied(module: Module, variable: Variable) -> bool:
    """Whether something removes entries, or the container is made anew by a method."""
    for access in accesses(module, variable):
        parent = module.parent(access.node)
        if isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Del):
            return True
        if isinstance(parent, ast.Attribute) and parent.attr in SHRINKING:
            return True
        if access.kind is AccessKind.REBIND and isinstance(access.function, _FUNCTIONS):
            if not runs_first(module, access.function):
                return True
    return False
