"""Connection factories: functions that open a new DB-API connection for each caller and keep nothing of it."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode, ScopeKind

_CONNECT_METHOD = "connect"
# A call that is given one of these may give a connection whose class closes it at the end of a `with` block.
_CLASS_ARGUMENTS = ("factory", "connection_factory")
_PLAIN_DECORATORS = frozenset({"staticmethod", "classmethod"})
# Functions that are named for what they do with a new connection do not keep it.
_PREPARING_NAME = pattern(
    r"_*(?:init|initiali[sz]e|migrate|configure|prepare|ensure|create|set_?up|apply|load|enable|tune)(?:_\w+)?"
)


def opens_for_its_caller(module: Module, function: FunctionNode) -> bool:
    """
    Whether each call of a function gives a new connection whose `with` block only commits or rolls back.

    It opens one, may prepare it, and returns it: nothing decorates the function, keeps the connection, or gives
    it to something that may keep it, and its class is the driver's own.
    """
    if not isinstance(function, ast.FunctionDef) or module.is_generator(function):
        return False
    if not all(isinstance(one, ast.Name) and one.id in _PLAIN_DECORATORS for one in function.decorator_list):
        return False
    given: set[str] = set()
    returns = direct = 0
    for node in module.own_nodes(function):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.Global)):
            return False
        if isinstance(node, ast.Return):
            returns += 1
            if isinstance(node.value, ast.Name):
                given.add(node.value.id)
            elif isinstance(node.value, ast.Call) and _opens_plain(module, node.value):
                direct += 1
            else:
                return False
    if not returns:
        return False
    if not given:
        return direct == returns
    return len(given) == 1 and not direct and _is_new_and_unkept(module, function, given.pop())


def _opens_plain(module: Module, call: ast.Call) -> bool:
    """Whether a call opens a connection of the driver's own class, which its `with` block does not close."""
    if last_name(call) != _CONNECT_METHOD or database.CONNECTING.get(module.callee(call) or "", True):
        return False
    return not module.has_unpacking(call) and not has_own_class(module, call) and not is_in_memory(call)


def has_own_class(module: Module, call: ast.Call) -> bool:
    """Whether a call names the class of the connection that it opens; its `with` block may close it."""
    return any(module.argument(call, name) is not None for name in _CLASS_ARGUMENTS)


def is_in_memory(call: ast.Call) -> bool:
    """Whether a connection is to a database in memory, which ends with the connection."""
    given = [*call.args[:1], *(keyword.value for keyword in call.keywords)]
    return any(isinstance(part, ast.Constant) and part.value == ":memory:" for part in given)


def _is_new_and_unkept(module: Module, function: FunctionNode, given: str) -> bool:
    """Whether a local name always holds a connection that the function opens, and nothing else gets hold of it."""
    opened = False
    for name in module.names_in(function).get(given, ()):
        parent = module.parent(name)
        if isinstance(name.ctx, ast.Store):
            owner = module.owner_of(name)
            value = getattr(parent, "value", None)
            if owner is None or owner.kind is not ScopeKind.FUNCTION or not isinstance(value, ast.Call):
                return False
            alone = isinstance(parent, ast.AnnAssign) or (
                isinstance(parent, ast.Assign) and len(parent.targets) == 1 and parent.targets[0] is name
            )
            if not alone or not _opens_plain(module, value):
                return False
            opened = True
        elif isinstance(parent, ast.Call):
            if name not in parent.args or _PREPARING_NAME.fullmatch(last_name(parent)) is None:
                return False
        elif not isinstance(parent, (ast.Attribute, ast.Return, ast.withitem)):
            return False
    return opened
