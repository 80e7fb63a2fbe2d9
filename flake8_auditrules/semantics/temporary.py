"""Temporary files and folders: what becomes of one, and the ways out on which it stays on the disk."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import files, harmless, raising
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import Exit, ExitKind, Flow, Raising, Statement, evaluated
from flake8_auditrules.semantics.flow.exceptions import ancestors_of, catches, classes_of, raised_by
from flake8_auditrules.semantics.handlers import statements
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.ownership import Outcome, outcome_of
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRIES = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))
_REMOVING = pattern(r"remove|unlink|delet|rmtree|rmdir|clean_?up|discard|purge|dispose|move|rename|replace")
_STAYING = pattern(r"\b(?:is |was )?(?:kept|left|preserved|saved|retained) (?:at|in|as|under)\b")
_TEMPORARY_FOLDER = pattern(r"te?mp_?(?:dir|folder|root)|scratch")
_OUTLIVING = frozenset({Outcome.RETURNED, Outcome.YIELDED, Outcome.ATTRIBUTE, Outcome.KEPT, Outcome.UNKNOWN})
_UNLIKELY_TO_FAIL = raising.SILENT_METHODS | {
    "chdir",
    "chmod",
    "fchmod",
    "fdopen",
    "flush",
    "fsync",
    "seek",
    "write",
}
# What hardly fails on a file or folder that has just been made.
_FIRST_DEEDS = frozenset({"close", "exists", "makedirs", "mkdir", "open", "touch", "write_bytes", "write_text"})
_FOLDER_DEEDS = frozenset({"exists", "makedirs", "mkdir"})
_SERIALISING = frozenset({"dump", "dumps", "encode", "model_dump", "model_dump_json", "safe_dump"})
# What only works on the text of a path.
_NAMING = frozenset({"absolute", "as_posix", "joinpath", "with_name", "with_stem", "with_suffix"})
_KEEPING = frozenset(
    {"append", "add", "put", "put_nowait", "extend", "insert", "register", "setdefault", "update", "add_task"}
)


class Temporary(NamedTuple):
    """
    A temporary file or folder that `call` makes, and that nothing removes by itself.

    `names` are the local names that hold its path, or what its path is read from, or a path made from it.
    `start` is the statement after which it exists, `function` what makes it.
    """

    call: ast.Call
    names: frozenset[str]
    function: FunctionNode
    start: ast.stmt


def temporary_of(module: Module, call: ast.Call) -> Temporary | None:
    """The temporary file or folder that a call makes; None where it removes itself or is not held by a name."""
    callee = module.callee(call)
    function = module.function_of(call)
    if not isinstance(function, _FUNCTIONS):
        return None
    if callee == files.TEMPORARY_FILE and not _is_kept_when_closed(module, call):
        return None
    folder = module.argument(call, "dir")
    if isinstance(folder, ast.Attribute) and _TEMPORARY_FOLDER.search(folder.attr):
        # It goes with the temporary folder of the object.
        return None
    if isinstance(folder, ast.Name) and _is_within(module, call, folder.id):
        return None
    names = set(_names_given(module, call, callee == files.TEMPORARY_DESCRIPTOR))
    if not names or len(names) != len({name for name in names if _is_only_binding(module, name, function)}):
        return None
    derived = {name.id for name in names}
    grown = True
    while grown:
        grown = False
        for use in list(_uses(module, derived, function)):
            for target in _derived_targets(module, use):
                if target not in derived:
                    derived.add(target)
                    grown = True
    return Temporary(call, frozenset(derived), function, module.statement(call))


def _is_within(module: Module, call: ast.Call, folder: str) -> bool:
    """Whether a name is that of the `TemporaryDirectory` in a `with` around the call: all in it goes with it."""
    return any(
        isinstance(item.optional_vars, ast.Name)
        and item.optional_vars.id == folder
        and last_name(item.context_expr) == "TemporaryDirectory"
        for ancestor in module.ancestors(call)
        if isinstance(ancestor, (ast.With, ast.AsyncWith))
        for item in ancestor.items
    )


def is_removed(module: Module, temporary: Temporary) -> bool:
    """Whether anything in the function removes, moves or renames it, on whatever path."""
    return any(_removes(module, use) for use in _uses(module, temporary.names, temporary.function))


def is_given_back(module: Module, temporary: Temporary) -> bool:
    """Whether the function returns the path: who calls it removes the file, and gets no path where it raises."""
    if module.argument(temporary.call, "dir") is not None:
        # What stands in a folder of somebody goes with that folder.
        return False
    for use in _uses(module, temporary.names, temporary.function):
        value: ast.AST | None = use
        parent = module.parent(use)
        while (
            isinstance(parent, ast.Tuple)
            or (isinstance(parent, ast.Attribute) and parent.attr == "name")
            or (
                isinstance(parent, ast.Call)
                and value in parent.args
                and module.callee(parent) in files.PATH_MAKERS
            )
        ):
            value, parent = parent, module.parent(parent)
        if isinstance(parent, ast.Return):
            return True
    return False


def left_behind(module: Module, temporary: Temporary) -> Exit | None:
    """
    A way out on which the file or folder is neither removed nor handed over; None where none is.

    A condition under which it is removed counts as removal: it is gone already, or somebody wanted to keep it
    otherwise. So does a `try` of which a handler or the `finally` removes it, but for what is raised in it and is
    surely nothing that one of its handlers is for. A function made in the function that uses the path has it
    from there on.
    """
    function = temporary.function
    keeping: set[Statement] = set()
    for use in _uses(module, temporary.names, function):
        if _is_told_of(module, use):
            return None
        if module.function_of(use) is not function:
            keeper = _statement_within(module, use, function)
            if keeper.lineno <= temporary.start.lineno:
                # Whoever calls what was defined before may remove it.
                return None
            keeping.add(keeper)
    guards = list(_guards(module, temporary))
    around = [
        guard for guard in guards if isinstance(guard, ast.Try) and temporary.start in statements(guard.body)
    ]
    if around:
        return _left_before_named(module, temporary, around)
    guarded: set[Statement] = set(guards)
    conditions = {guard for guard in guards if isinstance(guard, ast.If)}
    for guard in guards:
        if isinstance(guard, ast.Try):
            guarded.update(statements(guard.body))

    is_guarded = bool(guards) or any(_registers(module, use) for use in _uses(module, temporary.names, function))

    def ends(statement: Statement) -> bool:
        return statement in guarded or is_done(statement)

    def is_done(statement: Statement) -> bool:
        if statement in keeping or statement in conditions:
            return True
        for node in evaluated(statement):
            if isinstance(node, ast.Name) and node.id in temporary.names and isinstance(node.ctx, ast.Load):
                if _removes(module, node) or _is_handed_over(module, node):
                    return True
        return False

    is_cleaned = is_removed(module, temporary)

    def is_of_temporary(call: ast.Call) -> bool:
        return any(
            isinstance(part, ast.Name) and part.id in temporary.names
            for given in (call.func, *call.args[:1])
            for part in ast.walk(given)
        )

    def never_fails(call: ast.Call) -> bool:
        # What only a full disk or a wrong mode makes fail is not looked at.
        last = last_name(call)
        if last in _FOLDER_DEEDS and is_of_temporary(call):
            # The folder is empty still.
            return True
        if not is_cleaned and (last in _SERIALISING or (last in _FIRST_DEEDS and is_of_temporary(call))):
            # It has just been made, and what is written to it is the program's own.
            return True
        if last in _UNLIKELY_TO_FAIL or last in harmless.METHODS or last in _NAMING or module.is_harmless(call):
            return True
        # Where clean-up is seen to later on, only what already works with the thing counts before it.
        return is_guarded and not any(
            isinstance(part, ast.Name) and part.id in temporary.names for part in ast.walk(module.statement(call))
        )

    flow = Flow(function, module.qualname, never_fails)
    found = flow.leaves_without(temporary.start, ends, raising=Raising.CALLS)
    if found is not None:
        return found
    past = set(_raised_past(module, guards))
    way = flow.path(temporary.start, lambda statement: statement in past, is_done) if past else None
    return Exit(ExitKind.RAISE, way[-1], way[-1].lineno) if way else None


def _statement_within(module: Module, use: ast.Name, function: FunctionNode) -> ast.stmt:
    """The statement of the function itself in which a use in a nested function or lambda stands."""
    inner: ast.AST = use
    for ancestor in module.ancestors(use):
        if ancestor is function:
            break
        if isinstance(ancestor, (*_FUNCTIONS, ast.Lambda)):
            inner = ancestor
    return inner if isinstance(inner, ast.stmt) else module.statement(inner)


def _raised_past(module: Module, guards: list[ast.If | ast.Try]) -> Iterator[ast.Raise]:
    """
    The `raise` statements in a `try` with clean-up that no handler around them is for.

    The clean-up stands in handlers for something else. Only classes whose whole ancestry is known count.
    """
    tries = [guard for guard in guards if isinstance(guard, ast.Try)]
    for guard in tries:
        for statement in statements(guard.body):
            if not isinstance(statement, ast.Raise) or not _is_surely_uncaught(module, statement):
                continue
            if not any(one.finalbody for one in tries if one in module.ancestors(statement)):
                yield statement


def _is_surely_uncaught(module: Module, statement: ast.Raise) -> bool:
    raised = raised_by(statement, module.qualname)
    if not raised.exact or ancestors_of(raised.name) is None:
        return False
    child: ast.AST = statement
    for ancestor in module.ancestors(statement):
        if isinstance(ancestor, _FUNCTIONS):
            return True
        if isinstance(ancestor, (ast.With, ast.AsyncWith)) and any(
            last_name(item.context_expr) in ("ExitStack", "AsyncExitStack", "suppress") for item in ancestor.items
        ):
            return False
        if isinstance(ancestor, _TRIES) and child not in (*ancestor.orelse, *ancestor.finalbody):
            for handler in ancestor.handlers if child in ancestor.body else ():
                caught = classes_of(handler.type, module.qualname)
                if catches(raised, caught)[0] or any(
                    name is None or ancestors_of(name) is None for name in caught
                ):
                    return False
        child = ancestor
    return False


def _is_told_of(module: Module, use: ast.Name) -> bool:
    """Whether a message says that the file stays, and where: `f"Temporary file kept at {path}"`."""
    part = module.parent(use)
    text = module.parent(part) if isinstance(part, ast.FormattedValue) else None
    return isinstance(text, ast.JoinedStr) and any(
        isinstance(one, ast.Constant) and _STAYING.search(str(one.value)) is not None for one in text.values
    )


def _left_before_named(module: Module, temporary: Temporary, around: list[ast.Try]) -> Exit | None:
    """
    Where control leaves before the variable is set by which a `try` around removes the file.

    `path = file.name` comes after what writes the file: when that raises, the clean-up finds no path.
    """
    named = _named_late(module, temporary, around)
    if named is None:
        return None

    def never_fails(call: ast.Call) -> bool:
        return (
            last_name(call) in _UNLIKELY_TO_FAIL
            or last_name(call) in _NAMING
            or last_name(call) in harmless.METHODS
            or module.callee(call) in files.PATH_MAKERS
            or module.is_harmless(call)
        )

    for statement in _between(module, temporary.start, named):
        if isinstance(statement, _TRIES):
            continue
        for node in evaluated(statement):
            if isinstance(node, ast.Call) and not never_fails(node):
                return Exit(ExitKind.RAISE, statement, statement.lineno)
    return None


def _between(module: Module, start: ast.stmt, end: ast.stmt) -> Iterator[ast.stmt]:
    """The statements that always run after `start` and before `end`, where both stand in one block."""
    holder = module.parent(end)
    block = start.body if isinstance(start, ast.With) and holder is start else None
    if block is None:
        if holder is not module.parent(start):
            return
        fields = (getattr(holder, field, None) for field in ("body", "orelse", "finalbody"))
        block = next((field for field in fields if isinstance(field, list) and end in field), None)
        if block is None or start not in block:
            return
        block = block[block.index(start) + 1 :]
    for statement in block:
        if statement is end:
            return
        yield statement


def _named_late(module: Module, temporary: Temporary, around: list[ast.Try]) -> ast.stmt | None:
    """The one statement that sets the variable by which all clean-up around removes the file; None else."""
    removed: set[str] = set()
    cleaning = {statement for guard in around for statement in _clean_up(guard)}
    for use in _uses(module, temporary.names, temporary.function):
        if not _removes(module, use):
            continue
        if module.statement(use) not in cleaning:
            return None
        removed.add(use.id)
        last = use
    if len(removed) != 1:
        return None
    setting: list[ast.stmt] = []
    for binding in module.bindings(last):
        if binding.kind is not BindingKind.ASSIGNMENT:
            return None
        if not isinstance(binding.value, ast.Constant):
            setting.append(module.statement(binding.site))
    if len(setting) != 1 or setting[0] is temporary.start or setting[0].lineno < temporary.start.lineno:
        return None
    return setting[0] if any(setting[0] in statements(guard.body) for guard in around) else None


def _clean_up(guard: ast.Try) -> Iterator[ast.stmt]:
    """The statements of the handlers and of the `finally` of a `try`."""
    for handler in guard.handlers:
        yield from statements(handler.body)
    yield from statements(guard.finalbody)


def _is_kept_when_closed(module: Module, call: ast.Call) -> bool:
    delete = module.argument(call, "delete")
    return isinstance(delete, ast.Constant) and delete.value is False


def _names_given(module: Module, call: ast.Call, is_pair: bool) -> Iterator[ast.Name]:
    """The names that the path, or the file whose `name` it is, is bound to."""
    parent = module.parent(call)
    if isinstance(parent, ast.withitem):
        if isinstance(parent.optional_vars, ast.Name):
            yield parent.optional_vars
        return
    if is_pair and isinstance(parent, ast.Subscript):
        parent = module.parent(parent)
        is_pair = False
    while isinstance(parent, ast.Call) and module.callee(parent) in files.PATH_MAKERS:
        parent = module.parent(parent)
    if not isinstance(parent, ast.Assign) or len(parent.targets) != 1:
        return
    target = parent.targets[0]
    if is_pair:
        if isinstance(target, ast.Tuple) and len(target.elts) == 2:
            target = target.elts[1]
        else:
            return
    if isinstance(target, ast.Name):
        yield target


def _is_only_binding(module: Module, name: ast.Name, function: FunctionNode) -> bool:
    owner = module.owner_of(name)
    return owner is not None and owner.node is function


def _uses(module: Module, names: set[str] | frozenset[str], function: FunctionNode) -> Iterator[ast.Name]:
    """The reads of names of the function's own scope, those in nested functions included."""
    held = module.names_in(function)
    for name in names:
        for use in held.get(name, ()):
            if isinstance(use.ctx, ast.Load) and _is_only_binding(module, use, function):
                yield use


def _derived_targets(module: Module, use: ast.Name) -> Iterator[str]:
    """The names to which a path made from the thing is bound: `out = os.path.join(folder, "x")`."""
    statement = module.statement(use)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or not _is_path_made(module, use, statement):
        return
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    for target in targets:
        if isinstance(target, ast.Name):
            yield target.id


def _is_path_made(module: Module, use: ast.Name, statement: ast.stmt) -> bool:
    """Whether the value of a statement is the path itself or a path made from it."""
    for ancestor in module.ancestors(use):
        if ancestor is statement:
            return True
        if isinstance(ancestor, ast.Call):
            if any(part is use for part in ast.walk(ancestor.func)):
                if not isinstance(ancestor.func, ast.Attribute) or ancestor.func.attr not in files.PATH_METHODS:
                    return False
            elif module.callee(ancestor) not in files.PATH_MAKERS:
                return False
        elif isinstance(ancestor, (ast.Subscript, ast.Compare, ast.comprehension)):
            return False
    return False


def _removes(module: Module, use: ast.Name) -> bool:
    """Whether a use stands in a call that removes, moves or renames, or registers such a call."""
    for ancestor in module.ancestors(use):
        if isinstance(ancestor, ast.stmt):
            return False
        if isinstance(ancestor, ast.Call):
            named = [ancestor.func, *ancestor.args, *(keyword.value for keyword in ancestor.keywords)]
            for part in named:
                last = last_name(part)
                if (
                    part is not use
                    and isinstance(part, (ast.Name, ast.Attribute))
                    and _REMOVING.search(last.lower())
                ):
                    return True
    return False


def _registers(module: Module, use: ast.Name) -> bool:
    """Whether a use stands among the arguments of a call that is given the function that removes it."""
    call = module.parent(use)
    if not isinstance(call, ast.Call) or use not in call.args:
        return False
    others = [part for part in call.args if part is not use]
    last = [last_name(part) for part in others]
    return any(_REMOVING.search(name.lower()) for name in last)


def _is_handed_over(module: Module, use: ast.Name) -> bool:
    """Whether the path outlives the function by this use: returned, stored, or given to what may keep it."""
    node: ast.expr = use
    for ancestor in module.ancestors(use):
        if isinstance(ancestor, (ast.stmt, ast.Lambda)):
            break
        if isinstance(ancestor, ast.Call):
            if any(part is use for part in ast.walk(ancestor.func)):
                if not isinstance(ancestor.func, ast.Attribute) or ancestor.func.attr not in files.PATH_METHODS:
                    return False
            elif module.callee(ancestor) not in files.PATH_MAKERS:
                function = ancestor.func
                last = last_name(function)
                return last.lstrip("_")[:1].isupper() or last in _KEEPING
        if isinstance(ancestor, ast.expr):
            node = ancestor
    return outcome_of(module, node) in _OUTLIVING


def _guards(module: Module, temporary: Temporary) -> Iterator[ast.If | ast.Try]:
    """The `if` statements under which it is removed, and the `try` statements whose clean-up removes it."""
    for use in _uses(module, temporary.names, temporary.function):
        if not _removes(module, use):
            continue
        child: ast.AST = use
        for ancestor in module.ancestors(use):
            if ancestor is temporary.function:
                break
            if isinstance(ancestor, ast.If) or (
                isinstance(ancestor, ast.Try) and child not in (*ancestor.body, *ancestor.orelse)
            ):
                yield ancestor
            child = ancestor
