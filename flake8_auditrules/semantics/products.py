"""Products: what a function makes anew at each call and gives to its caller, keeping nothing of it."""

from __future__ import annotations

import ast
from collections.abc import Callable

from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import FunctionNode, ScopeKind

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_PLAIN_DECORATORS = frozenset({"staticmethod", "classmethod"})
# Functions that are named for what they do with a new thing do not keep it.
_PREPARING_NAME = pattern(
    r"_*(?:init|initiali[sz]e|migrate|configure|prepare|ensure|create|set_?up|apply|load|enable|tune)(?:_\w+)?"
)
_LOOKING = (ast.Attribute, ast.Return, ast.withitem, ast.Compare, ast.If, ast.UnaryOp, ast.FormattedValue)


def product_of(module: Module, function: FunctionNode, makes: Callable[[ast.Call], str | None]) -> str | None:
    """
    What each call of a function makes and gives to its caller; None where that is not sure or not always the same.

    `makes` names what a call makes (None: nothing of the kind). The function may prepare the thing, fail, or give
    None instead: nothing decorates it, keeps the thing, or gives it to something that may keep it.
    """
    if not isinstance(function, _FUNCTIONS) or module.is_generator(function):
        return None
    if not all(isinstance(one, ast.Name) and one.id in _PLAIN_DECORATORS for one in function.decorator_list):
        return None
    made: set[str | None] = set()
    for node in module.own_nodes(function):
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            return None
        if isinstance(node, ast.Return) and not _is_nothing(node.value):
            assert node.value is not None
            if isinstance(node.value, ast.Name):
                made.add(_held(module, function, node.value.id, makes))
            else:
                made.add(_made(node.value, makes))
    return made.pop() if len(made) == 1 else None


def yielded_by(module: Module, function: FunctionNode, makes: Callable[[ast.Call], str | None]) -> str | None:
    """
    What a generator function makes anew at each call and yields, at its one `yield`; None for anything else.

    `makes` names what a call makes, also one that a `with` statement enters (None: nothing of the kind).
    """
    if not isinstance(function, _FUNCTIONS):
        return None
    yields = [node for node in module.own_nodes(function) if isinstance(node, (ast.Yield, ast.YieldFrom))]
    value = yields[0].value if len(yields) == 1 and isinstance(yields[0], ast.Yield) else None
    if not isinstance(value, ast.Name):
        return _made(value, makes) if value is not None else None
    stores = [one for one in module.names_in(function).get(value.id, ()) if isinstance(one.ctx, ast.Store)]
    if len(stores) != 1 or module.function_of(stores[0]) is not function:
        return None
    holder = module.parent(stores[0])
    if isinstance(holder, ast.withitem):
        return _made(holder.context_expr, makes)
    return _stored(module, stores[0], makes)


def _is_nothing(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _made(value: ast.expr, makes: Callable[[ast.Call], str | None]) -> str | None:
    if isinstance(value, ast.Await):
        value = value.value
    return makes(value) if isinstance(value, ast.Call) else None


def _held(
    module: Module, function: FunctionNode, held: str, makes: Callable[[ast.Call], str | None]
) -> str | None:
    """What a local name always holds, if that is new each time and nothing else gets hold of it."""
    made: set[str | None] = set()
    for name in module.names_in(function).get(held, ()):
        parent = module.parent(name)
        if module.function_of(name) is not function:
            return None
        if isinstance(name.ctx, ast.Store):
            made.add(_stored(module, name, makes))
        elif isinstance(parent, ast.Call):
            if name not in parent.args or _PREPARING_NAME.fullmatch(last_name(parent)) is None:
                return None
        elif not isinstance(parent, _LOOKING):
            return None
    return made.pop() if len(made) == 1 else None


def _stored(module: Module, name: ast.Name, makes: Callable[[ast.Call], str | None]) -> str | None:
    """What a statement makes and stores in a local name alone."""
    owner, statement = module.owner_of(name), module.parent(name)
    if (
        owner is None
        or owner.kind is not ScopeKind.FUNCTION
        or not isinstance(statement, (ast.Assign, ast.AnnAssign))
    ):
        return None
    if isinstance(statement, ast.Assign) and len(statement.targets) != 1:
        return None
    return _made(statement.value, makes) if statement.value is not None else None
