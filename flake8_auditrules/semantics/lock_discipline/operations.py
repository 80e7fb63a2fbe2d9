"""Operations: what one use does to a variable, by itself."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.locks import CONTAINERS
from flake8_auditrules.knowledge.loggers import LEVELS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.lock_discipline.uses import FUNCTIONS, WAITING, function_name, reads_variable
from flake8_auditrules.semantics.locks import block_around
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind
from flake8_auditrules.semantics.shared_state import Access, AccessKind, variable_of

_FORGETTING = pattern(r"_*(?:bust|clear|drop|expire|flush|invalidate|purge|refresh|reload|reset)(?:_|$)")
_WHOLE_STATE = 4


def breaks_by_itself(module: Module, access: Access) -> bool:
    """Whether a use is wrong with any other one at the same time: it counts, or goes through what changes."""
    if access.kind in (AccessKind.UPDATE, AccessKind.ITERATE):
        return True
    parent = module.parent(access.node)
    return isinstance(parent, ast.Subscript) and isinstance(module.parent(parent), ast.AugAssign)


def adds_at_the_end(module: Module, access: Access) -> bool:
    """Whether a use puts something at the end, or in the place, of what a list holds."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Attribute):
        return parent.attr in ("append", "extend")
    return isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store)


def is_queued(module: Module, access: Access) -> bool:
    """Whether a use puts something at an end of a list or deque, as for who takes it out at another."""
    parent = module.parent(access.node)
    return isinstance(parent, ast.Attribute) and parent.attr in ("append", "appendleft")


def takes_one(module: Module, access: Access) -> bool:
    """Whether a use leaves what is being put into a list or deque where it is: it takes one out, or looks."""
    if access.kind in (AccessKind.READ, AccessKind.ITERATE):
        return True
    parent = module.parent(access.node)
    return isinstance(parent, ast.Attribute) and parent.attr in ("append", "pop", "popleft", "remove")


def changes_one(module: Module, access: Access) -> bool:
    """Whether a use stores or takes out one entry, whatever was there: `x[key] = value`, `x.pop(key, None)`."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript):
        return isinstance(parent.ctx, ast.Store) and not isinstance(module.parent(parent), ast.AugAssign)
    if not isinstance(parent, ast.Attribute) or parent.attr not in ("pop", "discard", "setdefault"):
        return False
    call = module.parent(parent)
    return isinstance(call, ast.Call) and (last_name(call) == "discard" or len(call.args) > 1)


def looks_up(module: Module, access: Access) -> bool:
    """Whether a use looks for an entry: `x.get(key)`."""
    parent = module.parent(access.node)
    return isinstance(parent, ast.Attribute) and parent.attr == "get"


def asks_for(module: Module, access: Access) -> bool:
    """Whether a use asks if there is an entry: `key in x`."""
    place = module.parent(access.node)
    return isinstance(place, ast.Compare) and isinstance(place.ops[0], (ast.In, ast.NotIn))


def takes_out(module: Module, access: Access) -> bool:
    """Whether a use takes out one entry."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript):
        return isinstance(parent.ctx, ast.Del)
    return isinstance(parent, ast.Attribute) and parent.attr in ("pop", "discard", "remove")


def measures(module: Module, access: Access) -> bool:
    """Whether a use asks how much there is: `len(x)`, `if x:`."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Call):
        return access.node in parent.args and last_name(parent) == "len"
    return isinstance(parent, (ast.If, ast.UnaryOp, ast.BoolOp))


def is_emptying(module: Module, access: Access) -> bool:
    """Whether a write puts an empty container in the place of what was there: `self._entries = {}`."""
    parent = module.parent(access.node)
    value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) else None
    if isinstance(value, ast.Dict):
        return not value.keys
    if isinstance(value, (ast.List, ast.Set, ast.Tuple)):
        return not value.elts
    return isinstance(value, ast.Call) and not value.args and module.instance_of(value) in CONTAINERS


def empties(module: Module, access: Access) -> bool:
    """Whether a use is `x.clear()`."""
    parent = module.parent(access.node)
    return isinstance(parent, ast.Attribute) and parent.attr == "clear"


def stores_none(module: Module, access: Access) -> bool:
    """Whether a write stores None."""
    parent = module.parent(access.node)
    value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) else None
    return isinstance(value, ast.Constant) and value.value is None


def sets_constant(module: Module, access: Access) -> bool:
    """Whether a write stores a number, text, True, False or None."""
    parent = module.parent(access.node)
    return isinstance(parent, (ast.Assign, ast.AnnAssign)) and isinstance(parent.value, ast.Constant)


def resets(module: Module, access: Access) -> bool:
    """Whether a write begins anew: it stores a constant, or what bears the name of one."""
    if sets_constant(module, access):
        return True
    parent = module.parent(access.node)
    value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) else None
    return isinstance(value, ast.Name) and value.id.isupper()


def is_swapped(module: Module, access: Access) -> bool:
    """Whether one statement takes the value and stores another: `taken, self.left = self.left, 0`."""
    statement = module.statement(access.node)
    variable = variable_of(module, access.node)
    return isinstance(statement, ast.Assign) and reads_variable(module, statement.value, variable)


def is_given(module: Module, access: Access) -> bool:
    """Whether a write stores a parameter of the function as it is."""
    parent = module.parent(access.node)
    value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) else None
    if not isinstance(value, ast.Name):
        return False
    bindings = module.bindings(value)
    return bool(bindings) and all(binding.kind is BindingKind.PARAMETER for binding in bindings)


def keeps_first(module: Module, access: Access) -> bool:
    """Whether a write keeps what is there already: `self.error = self.error or error`."""
    parent = module.parent(access.node)
    value = parent.value if isinstance(parent, ast.Assign) else None
    return (
        isinstance(value, ast.BoolOp)
        and isinstance(value.op, ast.Or)
        and module.source(value.values[0]) == module.source(access.node)
    )


def is_wholly_replaced(module: Module, access: Access) -> bool:
    """Whether a use puts other values in the place of all, in one step: `counts[:] = [0] * len(counts)`."""
    parent = module.parent(access.node)
    return (
        isinstance(parent, ast.Subscript)
        and isinstance(parent.ctx, ast.Store)
        and isinstance(parent.slice, ast.Slice)
        and parent.slice.lower is None
        and parent.slice.upper is None
    )


def derives(module: Module, access: Access) -> bool:
    """Whether a write stores what was worked out of the variable's old value."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.AugAssign):
        # `x += 1` reads x anew; `x += await f()` has read it before it waits.
        return any(isinstance(part, WAITING) for part in ast.walk(parent.value))
    if not isinstance(parent, (ast.Assign, ast.AnnAssign)) or parent.value is None:
        return False
    variable = variable_of(module, access.node)
    if reads_variable(module, parent.value, variable):
        # So does `x = x[1:]`.
        return any(isinstance(part, WAITING) for part in ast.walk(parent.value))
    values: list[ast.expr] = []
    for part in ast.walk(parent.value):
        if isinstance(part, ast.Name):
            values.extend(binding.value for binding in module.bindings(part) if binding.value is not None)
    return any(reads_variable(module, value, variable) for value in values)


def _loads_data(module: Module, value: ast.expr | None) -> bool:
    """Whether a value comes from a call that is neither built in nor a constructor: an object is made anew."""
    if isinstance(value, ast.Await):
        value = value.value
    if not isinstance(value, ast.Call) or last_name(value).lstrip("_")[:1].isupper():
        return False
    return not (module.callee(value) or "").startswith(("builtins.", "time.", "collections."))


def _is_loaded(module: Module, access: Access) -> bool:
    """
    Whether a write stores, at the end of its block, what calls in that block have loaded.

    Who empties the cache meanwhile without the lock has done so in vain: what is older is stored after it.
    """
    parent = module.parent(access.node)
    block = block_around(module, access.node)
    if not isinstance(parent, (ast.Assign, ast.AnnAssign)) or not isinstance(block, (ast.With, ast.AsyncWith)):
        return False
    made = parent.value
    if (
        isinstance(made, ast.Call)
        and isinstance(made.func, ast.Name)
        and made.func.id in ("list", "dict", "set", "tuple")
    ):
        made = made.args[0] if made.args else None
    if isinstance(made, ast.Name):
        values = [binding.value for binding in module.bindings(made)]
        inside = set(own_parts(block.body))
        return any(_loads_data(module, value) and value in inside for value in values)
    return _loads_data(module, made)


def _forgets(module: Module, access: Access) -> bool:
    """Whether a write empties a cache that is loaded anew: `def clear_cache(self): self._cache = None`."""
    name = access.node.attr if isinstance(access.node, ast.Attribute) else access.node.id
    function = function_name(access)
    return (
        stores_none(module, access)
        and _FORGETTING.match(function) is not None
        and ("cache" in name.lower() or "cache" in function or "invalidate" in function)
    )


def loses_emptying(module: Module, access: Access, guarded: list[Access]) -> bool:
    """Whether a use empties a cache that others load under the lock: what they load is stored after it."""
    return _forgets(module, access) and any(_is_loaded(module, one) for one in guarded)


def is_first_state(statement: ast.stmt) -> bool:
    """Whether a statement empties an attribute, or stores a constant or an empty container in it."""
    if isinstance(statement, ast.Expr):
        call = statement.value
        return isinstance(call, ast.Call) and last_name(call) == "clear" and isinstance(call.func, ast.Attribute)
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    value = getattr(statement, "value", None)
    return all(isinstance(target, ast.Attribute) for target in targets) and (
        isinstance(value, ast.Constant)
        or (isinstance(value, (ast.List, ast.Set, ast.Tuple)) and not value.elts)
        or (isinstance(value, ast.Dict) and not value.keys)
        or (isinstance(value, ast.Call) and not value.args and not value.keywords)
    )


def starts_anew(module: Module, access: Access) -> bool:
    """Whether a use is one of many in its function that make the whole object as it was at first."""
    if not isinstance(access.function, FUNCTIONS) or not is_first_state(module.statement(access.node)):
        return False
    number = 0
    for part in module.own_nodes(access.function):
        if isinstance(part, (ast.Assign, ast.AnnAssign, ast.Expr)) and is_first_state(part):
            number += 1
    return number >= _WHOLE_STATE


def is_told_once(module: Module, access: Access) -> bool:
    """
    Whether a write only remembers that something was logged.

    `if not x: log(...); x = True`, the same for `x[key]`, and `if key not in x: x.add(key); log(...)`.
    """
    statement = module.statement(access.node)
    block = module.parent(statement)
    if not isinstance(block, ast.If) or statement not in block.body:
        return False
    value = statement.value if isinstance(statement, (ast.Assign, ast.Expr)) else None
    if isinstance(statement, ast.Assign):
        remembers = isinstance(value, ast.Constant) and value.value is True
    else:
        remembers = isinstance(value, ast.Call) and last_name(value) == "add"
    others = [one for one in block.body if one is not statement]
    return (
        remembers
        and (bool(others) or isinstance(statement, ast.Assign))
        and all(isinstance(one, ast.Expr) and last_name(one.value) in LEVELS for one in others)
    )


def is_handled_pop(module: Module, access: Access) -> bool:
    """Whether a use takes one entry out, and has an answer where there is none: one step, whoever is first."""
    method = module.parent(access.node)
    if not isinstance(method, ast.Attribute) or method.attr not in ("pop", "popitem", "popleft"):
        return False
    child: ast.AST = access.node
    for ancestor in module.ancestors(access.node):
        if isinstance(ancestor, ast.Try) and child in ancestor.body:
            caught = {last_name(part) for one in ancestor.handlers for part in ast.walk(one.type or one)}
            return not caught.isdisjoint({"IndexError", "KeyError", "LookupError"})
        if isinstance(ancestor, FUNCTIONS):
            return False
        child = ancestor
    return False


def _entry(module: Module, access: Access) -> str | None:
    """The written-out key of the entry that a use changes: `"since"` of `state["since"] = now`."""
    place = module.parent(access.node)
    if not isinstance(place, ast.Subscript) or place.value is not access.node:
        return None
    return (
        place.slice.value if isinstance(place.slice, ast.Constant) and isinstance(place.slice.value, str) else None
    )


def is_of_another_entry(module: Module, access: Access, guarded: list[Access]) -> bool:
    """Whether a use changes one written-out entry of a dictionary of which the lock's holders change others."""
    key = _entry(module, access)
    return key is not None and all(_entry(module, one) not in (None, key) for one in guarded)
