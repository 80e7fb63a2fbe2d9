"""Lost updates: how a use without the lock and the steps of a holder of the lock spoil each other."""

from __future__ import annotations

import ast

from flake8_auditrules.knowledge.locks import CONTAINERS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.semantics.handlers import own_parts
from flake8_auditrules.semantics.locks import block_around
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode
from flake8_auditrules.semantics.shared_state import Access, AccessKind, Variable, accesses, variable_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LISTS = ("builtins.list", "typing.List", "typing.MutableSequence", "collections.abc.MutableSequence")
_ENDING = pattern(
    r"_*(?:clean(?:_?up)?|a?close|shut_?down|stop|dispose|tear_?down|destroy|terminate|drain|join)(?:_|$)"
)
_REGISTERING = pattern(
    r"_*(?:un)?regist(?:er|ry)\w*$"
    r"|_*(?:add|remove)_(?:adapter|backend|driver|engine|field|filter|handler|hook|plugin|provider|route|type)s?$"
)
_REMOVING = ("pop", "popitem", "popleft", "remove", "discard", "clear")
_GETTING = pattern(r"_*(?:get|ensure|obtain)(?:_|$)")
_FIGURES = pattern(
    r"(?:^|_)(?:stats?|statistics|metrics?|telemetry|diagnostics?|hits|misses|timings?|histograms?)$"
    r"|(?:^|_)(?:dropped|errors?|fail(?:ed|ures?)|skipped|sent|received|processed|evictions?)(?:_count|_total)?$"
)


def is_figure(variable: Variable) -> bool:
    """Whether a variable holds figures for people to look at, by its name: nobody decides anything by them."""
    return _FIGURES.search(variable.name.strip("_").lower()) is not None


def counts(module: Module, access: Access) -> bool:
    """Whether a use counts: `x += 1`, `x[key] += 1`."""
    return _counts_up(module, access) or isinstance(module.parent(access.node), ast.AugAssign)


def spoils(module: Module, access: Access, guarded: list[Access], holding: list[Access]) -> bool:
    """
    Whether a use without the lock can be lost, raise, or make a holder of the lock raise or lose what it does.

    `guarded` are the writes that are done under the lock, `holding` all uses that are.
    """
    variable = variable_of(module, access.node)
    if variable is None:
        return False
    # At the end nobody else is at work any more.
    guarded = [one for one in guarded if not _is_at_the_end(one)]
    holding = [one for one in holding if not _is_at_the_end(one)]
    if access.kind is AccessKind.ITERATE:
        if _is_at_the_end(access):
            return False
        return _is_broken_off(module, variable, guarded) or _drops_what_comes(module, access, guarded)
    if access.kind is AccessKind.UPDATE:
        if any(one.kind is AccessKind.UPDATE for one in guarded) or _is_taken_away(module, access, holding):
            return True
        return isinstance(module.parent(access.node), ast.AugAssign) and any(
            _works_out_anew(module, one) for one in guarded
        )
    if access.kind is AccessKind.MUTATE:
        if _counts_up(module, access):
            return any(_counts_up(module, one) or one.kind is AccessKind.UPDATE for one in guarded)
        return (
            _breaks_loop(module, variable, access, holding)
            or _acts_on_what_it_saw(module, access, guarded)
            or (removes(module, access) and any(_relies_on_entry(module, one) for one in holding))
            or _is_taken_away(module, access, holding)
            or _is_overwritten(module, access, guarded)
        )
    return True


def _is_at_the_end(access: Access) -> bool:
    function = access.function
    return isinstance(function, _FUNCTIONS) and _ENDING.match(function.name) is not None


# ---------------------------------------------------------------------------------------------------------
# Loops that break off
# ---------------------------------------------------------------------------------------------------------


def _is_broken_off(module: Module, variable: Variable, guarded: list[Access]) -> bool:
    """Whether a loop over a variable meets a holder that changes what there is to go through."""
    changing = [one for one in guarded if changes_size(module, one)]
    if not changing or any(_is_list(module, one) for one in changing):
        # `x += [...]` and `x = [...]` leave what is gone through as it was; and a loop over a list goes on.
        return False
    if all(registers(one) for one in [one for one in changing if not _is_at_first(one)] or changing):
        # What is registered is there before the work begins.
        return False
    if any(removes(module, one) and not _is_at_the_end(one) for one in accesses(module, variable)):
        return True
    return not _is_filled_at_once(module, variable) and not all(_is_lasting(module, one) for one in changing)


def _is_at_first(access: Access) -> bool:
    """Whether a function makes everything as it was at first, by its name."""
    return isinstance(access.function, _FUNCTIONS) and access.function.name.lstrip("_").startswith(
        ("clear", "reset")
    )


def registers(access: Access) -> bool:
    """Whether a function registers something, or takes it out again, by its name."""
    return isinstance(access.function, _FUNCTIONS) and _REGISTERING.match(access.function.name) is not None


def _is_lasting(module: Module, access: Access) -> bool:
    """Whether a use adds the one object of a name, which all share from then on."""
    parent = module.parent(access.node)
    key = _key(module, access)
    function = access.function
    if not isinstance(parent, ast.Subscript) or key is None or not isinstance(function, _FUNCTIONS):
        return False
    if _GETTING.match(function.name):
        return True
    if not _is_asked_for_above(module, access, key):
        return False
    if _refuses_a_second(module, function, key):
        return True
    return any(
        isinstance(part, ast.Return)
        and isinstance(part.value, ast.Subscript)
        and module.text(part.value) == module.text(parent)
        for part in module.own_nodes(function)
    )


def _refuses_a_second(module: Module, function: FunctionNode, key: str) -> bool:
    """Whether a function fails where an entry is there already: `assert key not in x`, `if key in x: raise`."""
    for part in module.own_nodes(function):
        test = part.test if isinstance(part, (ast.Assert, ast.If)) else None
        if isinstance(test, ast.Compare) and module.text(test.left) == key:
            if isinstance(part, ast.Assert) and isinstance(test.ops[0], ast.NotIn):
                return True
            if (
                isinstance(part, ast.If)
                and isinstance(test.ops[0], ast.In)
                and isinstance(part.body[-1], ast.Raise)
            ):
                return True
    return False


def _drops_what_comes(module: Module, access: Access, guarded: list[Access]) -> bool:
    """Whether the function that goes through a container empties it then: what holders add meanwhile is lost."""
    variable = variable_of(module, access.node)
    assert variable is not None, "it has been asked"
    return any(_adds(module, one) for one in guarded) and any(
        other.function is access.function and other.node.lineno > access.node.lineno and _empties(module, other)
        for other in accesses(module, variable)
    )


def _breaks_loop(module: Module, variable: Variable, access: Access, holding: list[Access]) -> bool:
    """Whether a use changes what a holder of the lock goes through."""
    if not changes_size(module, access) or not any(one.kind is AccessKind.ITERATE for one in holding):
        return False
    return removes(module, access) or not _is_filled_at_once(module, variable)


def changes_size(module: Module, access: Access) -> bool:
    """Whether a use puts a new entry into a container, or takes one out, so that a loop over it breaks off."""
    if access.kind is not AccessKind.MUTATE:
        return False
    is_list = _is_list(module, access)
    parent = module.parent(access.node)
    if _is_first_of_entry(module, access):
        return False
    if removes(module, access):
        # A loop over a list that is emptied is over, and nothing is passed over.
        return not (is_list and isinstance(parent, ast.Attribute) and parent.attr == "clear")
    if isinstance(parent, ast.Subscript):
        if _is_key_of_its_own(module, access, parent.slice):
            return False
        # An entry with a name of its own is there from the start.
        return not is_list and not isinstance(parent.slice, (ast.Constant, ast.Slice))
    if not isinstance(parent, ast.Attribute):
        return False
    # A list that grows at its end is gone through all the same.
    return parent.attr == "insert" if is_list else parent.attr not in ("sort", "reverse")


def _is_first_of_entry(module: Module, access: Access) -> bool:
    """Whether a use begins an entry anew where everything is cleared: `for kind in kinds: x[kind] = []`."""
    function = access.function
    parent = module.parent(access.node)
    stored = module.parent(parent) if isinstance(parent, ast.Subscript) else None
    if not isinstance(stored, ast.Assign) or not isinstance(function, _FUNCTIONS):
        return False
    value = stored.value
    is_empty = (isinstance(value, (ast.List, ast.Set)) and not value.elts) or (
        isinstance(value, ast.Dict) and not value.keys
    )
    return is_empty and function.name.lstrip("_").startswith(("clear", "reset"))


def _is_key_of_its_own(module: Module, access: Access, key: ast.expr) -> bool:
    """Whether a key comes from a loop over the container itself: its entry is there."""
    variable = variable_of(module, access.node)
    for ancestor in module.ancestors(access.node):
        if isinstance(ancestor, _FUNCTIONS):
            return False
        if isinstance(ancestor, ast.For) and isinstance(key, ast.Name):
            named = {part.id for part in ast.walk(ancestor.target) if isinstance(part, ast.Name)}
            if key.id in named and any(
                isinstance(part, (ast.Attribute, ast.Name)) and variable_of(module, part) == variable
                for part in ast.walk(ancestor.iter)
            ):
                return True
    return False


def _is_list(module: Module, access: Access) -> bool:
    name = module.instance_of(access.node)
    if name is not None and not set(module.instances.ancestry(name)).isdisjoint(_LISTS):
        return True
    variable = variable_of(module, access.node)
    return variable is not None and any(
        isinstance(value, (ast.List, ast.ListComp)) for value in _values(module, variable)
    )


def _values(module: Module, variable: Variable) -> list[ast.expr]:
    """What is stored in a variable anywhere, as far as it is an expression of its own."""
    if variable.owner is not None:
        members = module.members(variable.owner).attributes.get(variable.name, [])
        return [binding.value for binding, _ in members if binding.value is not None]
    found: list[ast.expr] = []
    for access in accesses(module, variable):
        parent = module.parent(access.node)
        if access.kind is AccessKind.REBIND and isinstance(parent, (ast.Assign, ast.AnnAssign)) and parent.value:
            found.append(parent.value)
    return found


def _works_out_anew(module: Module, access: Access) -> bool:
    """Whether a write stores a number that is worked out of others: `x = given - self.taken`."""
    parent = module.parent(access.node)
    value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) else None
    return isinstance(value, ast.BinOp)


def removes(module: Module, access: Access) -> bool:
    """Whether a use takes something out of a container."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript):
        return isinstance(parent.ctx, ast.Del)
    return isinstance(parent, ast.Attribute) and parent.attr in _REMOVING


def _is_filled_at_once(module: Module, variable: Variable) -> bool:
    """Whether a dict is made with all its entries: `{kind: [] for kind in Kind}`, `{"a": 0, "b": 0}`."""
    found = _values(module, variable)
    return bool(found) and all(_has_fixed_keys(value) for value in found)


def _has_fixed_keys(value: ast.expr) -> bool:
    if isinstance(value, ast.DictComp):
        return _is_fixed(value.generators[0].iter)
    return isinstance(value, ast.Dict) and bool(value.keys) and all(map(_is_fixed, value.keys))


def _is_fixed(value: ast.expr | None) -> bool:
    """Whether an expression is written out, or a member or class of constants: `"idle"`, `Kind.FIRST`, `Kind`."""
    if isinstance(value, ast.Attribute):
        return _is_fixed(value.value)
    if isinstance(value, (ast.Tuple, ast.List)):
        return all(map(_is_fixed, value.elts))
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id[:1].isupper())


# ---------------------------------------------------------------------------------------------------------
# Steps between which others come
# ---------------------------------------------------------------------------------------------------------


def _counts_up(module: Module, access: Access) -> bool:
    """Whether a use is `x[key] += value`."""
    parent = module.parent(access.node)
    return isinstance(parent, ast.Subscript) and isinstance(module.parent(parent), ast.AugAssign)


def _acts_on_what_it_saw(module: Module, access: Access, guarded: list[Access]) -> bool:
    """
    Whether a use changes an entry by what its function has just seen there, and holders change such entries too.

    `if key in x: del x[key]`, `if key not in x: x[key] = value`, and `x[key] = f(x[key])`.
    """
    key = _key(module, access)
    if key is None:
        return False
    if not any(one.kind is AccessKind.MUTATE and _changes_entries(module, one) for one in guarded):
        return False
    parent = module.parent(access.node)
    if isinstance(parent, ast.Attribute) and parent.attr != "pop":
        return False
    call = module.parent(parent) if isinstance(parent, ast.Attribute) else None
    if isinstance(call, ast.Call) and len(call.args) > 1:
        # Whoever is first takes it out, and the other one nothing.
        return False
    is_stored = isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store)
    if is_stored:
        # Where nobody else works on the entry, it is one's own.
        return _works_out(module, access, key) and any(
            _counts_up(module, one) or ((own := _key(module, one)) is not None and _works_out(module, one, own))
            for one in guarded
        )
    return any(removes(module, one) for one in guarded) and _is_asked_for_above(module, access, key)


def _works_out(module: Module, access: Access, key: str) -> bool:
    """Whether a use stores in an entry what is worked out of that entry."""
    stored = module.statement(access.node)
    if not isinstance(stored, ast.Assign):
        return False
    values: list[ast.expr] = [stored.value]
    for part in ast.walk(stored.value):
        if isinstance(part, ast.Name):
            values.extend(binding.value for binding in module.bindings(part) if binding.value is not None)
    text = module.text(access.node)
    return any(
        (isinstance(part, ast.Subscript) and module.text(part.value) == text and module.text(part.slice) == key)
        or (
            isinstance(part, ast.Call)
            and isinstance(part.func, ast.Attribute)
            and part.func.attr == "get"
            and module.text(part.func.value) == text
            and bool(part.args)
            and module.text(part.args[0]) == key
        )
        for value in values
        for part in ast.walk(value)
    )


def _key(module: Module, access: Access) -> str | None:
    """The text of the key with which a use changes one entry; None where it is written out, or there is none."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript) and not isinstance(parent.slice, (ast.Slice, ast.Constant)):
        return module.text(parent.slice)
    call = module.parent(parent) if isinstance(parent, ast.Attribute) else None
    if isinstance(call, ast.Call) and call.args and not isinstance(call.args[0], ast.Constant):
        return module.text(call.args[0])
    return None


def _changes_entries(module: Module, access: Access) -> bool:
    """Whether a use changes entries of a dictionary by keys that are not written out."""
    return removes(module, access) or _key(module, access) is not None


def _is_asked_for_above(module: Module, access: Access, key: str) -> bool:
    """Whether the function has asked above whether an entry is there: `if key in x`."""
    variable = variable_of(module, access.node)
    if not isinstance(access.function, _FUNCTIONS):
        return False
    for part in module.own_nodes(access.function):
        if isinstance(part, ast.Compare) and part.lineno <= access.node.lineno:
            if isinstance(part.ops[0], (ast.In, ast.NotIn)) and module.text(part.left) == key:
                asked = part.comparators[0]
                if isinstance(asked, (ast.Attribute, ast.Name)) and variable_of(module, asked) == variable:
                    return True
    return False


def _relies_on_entry(module: Module, access: Access) -> bool:
    """
    Whether a holder of the lock fails where an entry that it has asked for is gone.

    `if key in x: return x[key]`, `if key in x: del x[key]`, `if len(x) > most: x.popitem()`.
    """
    parent = module.parent(access.node)
    variable = variable_of(module, access.node)
    function = access.function
    if variable is None or not isinstance(function, _FUNCTIONS):
        return False
    if isinstance(parent, ast.Subscript):
        if isinstance(parent.ctx, ast.Store) or isinstance(parent.slice, (ast.Slice, ast.Constant)):
            return False
        key = module.text(parent.slice)
    elif isinstance(parent, ast.Attribute) and parent.attr in ("pop", "popitem", "popleft", "remove"):
        call = module.parent(parent)
        if not isinstance(call, ast.Call) or len(call.args) > 1:
            return False
        key = module.text(call.args[0]) if call.args else ""
        if not key or parent.attr == "popitem":
            return _is_measured_around(module, access, variable)
    else:
        return False
    if _is_expected_to_fail(module, access):
        return False
    return _is_asked_for_above(module, access, key) and _is_under(module, access, function)


def _is_under(module: Module, access: Access, function: FunctionNode) -> bool:
    """Whether the test stands in the same hold of the lock: there is one block, or the callers hold it."""
    block = block_around(module, access.node)
    if block is access.node:
        return True
    variable = variable_of(module, access.node)
    assert isinstance(block, (ast.With, ast.AsyncWith))
    return any(
        isinstance(part, ast.Compare)
        and isinstance(part.ops[0], (ast.In, ast.NotIn))
        and isinstance(part.comparators[0], (ast.Attribute, ast.Name))
        and variable_of(module, part.comparators[0]) == variable
        for part in own_parts(block.body)
    )


def _is_measured_around(module: Module, access: Access, variable: Variable) -> bool:
    """Whether a use stands below a test that there is something: `if x:`, `while len(x) > most:`."""
    if _is_expected_to_fail(module, access):
        return False
    child: ast.AST = access.node
    for ancestor in module.ancestors(access.node):
        if isinstance(ancestor, (*_FUNCTIONS, ast.ClassDef)):
            return False
        if isinstance(ancestor, (ast.If, ast.While)) and child is not ancestor.test:
            if any(
                isinstance(part, (ast.Attribute, ast.Name)) and variable_of(module, part) == variable
                for part in ast.walk(ancestor.test)
            ):
                return True
        child = ancestor
    return False


def _is_expected_to_fail(module: Module, access: Access) -> bool:
    child: ast.AST = access.node
    for ancestor in module.ancestors(access.node):
        if isinstance(ancestor, ast.Try) and child in ancestor.body and ancestor.handlers:
            return True
        if isinstance(ancestor, _FUNCTIONS):
            return False
        child = ancestor
    return False


def _is_taken_away(module: Module, access: Access, holding: list[Access]) -> bool:
    """
    Whether a use adds something that a holder drops: it goes through all, and then empties the container.

    What is added between the two is lost.
    """
    if not _adds(module, access):
        return False
    for one in holding:
        if not _empties(module, one):
            continue
        block = block_around(module, one.node)
        for other in holding:
            if other is one or other.function is not one.function or other.node.lineno > one.node.lineno:
                continue
            if block is not one.node and block_around(module, other.node) is not block:
                continue
            if _takes_all(module, other):
                return True
    return False


def _adds(module: Module, access: Access) -> bool:
    if access.kind is AccessKind.UPDATE:
        return isinstance(module.parent(access.node), ast.AugAssign)
    parent = module.parent(access.node)
    if isinstance(parent, ast.Subscript):
        return isinstance(parent.ctx, ast.Store) and not isinstance(parent.slice, ast.Constant)
    return isinstance(parent, ast.Attribute) and parent.attr in ("append", "appendleft", "extend", "add", "update")


def _empties(module: Module, access: Access) -> bool:
    """Whether a use is `x.clear()`, or puts an empty container in the place of what was there."""
    parent = module.parent(access.node)
    if isinstance(parent, ast.Attribute):
        return parent.attr == "clear"
    value = parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign)) else None
    if isinstance(value, (ast.List, ast.Set, ast.Tuple)):
        return not value.elts
    if isinstance(value, ast.Dict):
        return not value.keys
    return isinstance(value, ast.Call) and not value.args and module.instance_of(value) in CONTAINERS


def _takes_all(module: Module, access: Access) -> bool:
    """Whether a use reads all that is there: a loop over it, `list(x)`, `send(x)`, `x[:]`, `x.copy()`."""
    if access.kind is AccessKind.ITERATE:
        return True
    parent = module.parent(access.node)
    if isinstance(parent, ast.Call):
        return access.node in parent.args and not (
            isinstance(parent.func, ast.Name) and parent.func.id in ("len", "bool", "isinstance")
        )
    if isinstance(parent, ast.Subscript):
        return isinstance(parent.slice, ast.Slice) and isinstance(parent.ctx, ast.Load)
    return isinstance(parent, ast.Attribute) and parent.attr in ("copy", "values", "items")


def _is_overwritten(module: Module, access: Access, guarded: list[Access]) -> bool:
    """Whether a holder stores in an entry what it has worked out of it: what others store meanwhile is lost."""
    if _key(module, access) is None or _is_list(module, access):
        return False
    for one in guarded:
        key = _key(module, one) if one.kind is AccessKind.MUTATE else None
        if key is None:
            continue
        if _counts_up(module, one) or _works_out(module, one, key):
            return True
    return False
