"""Session changes: what functions load of SQLAlchemy's rows, change and commit: numbers, documents, states."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_auditrules.knowledge import database
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.definitions import definition_of
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.row_sources import asks_for_state, gives_loaded_row
from flake8_auditrules.semantics import sessions
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import is_none_literal, last_name, reads_as_class
from flake8_auditrules.semantics.queries import last_assigned, queried_model, statement_parts, whole_chain
from flake8_auditrules.semantics.routes import is_route, is_task
from flake8_auditrules.semantics.row_changes import ChangeKind, RowChange
from flake8_auditrules.semantics.row_guards import is_for_work, is_guarded, is_of_service
from flake8_auditrules.semantics.row_numbers import added_to, changes_within, is_merged, is_number, is_text
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.tested_states import sets_state, tested_state

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_UPDATES = frozenset({"sqlalchemy.update", "sqlalchemy.sql.update", "sqlmodel.update"})
# Methods and functions that write what was changed.
_SAVING = pattern(r"_*(?:commit|flush|persist|save|update)(?:_|$)")
# What gives one row or refuses: of Flask-SQLAlchemy's own object.
_OR_REFUSING = frozenset({"first_or_404", "get_or_404", "one_or_404"})
_LOCKING = frozenset({"with_for_update", "with_lockmode"})
# Functions that take rows for the one who works on them.
_CLAIMING = pattern(r"claim|acquire|lease|lock|pick|reserve|dequeue|take|pop|next")


def session_changes(project: Project, module: Module) -> Iterator[RowChange]:
    """The numbers, texts, documents and states of rows that functions of a module load, change and commit."""
    for grown in module.nodes(ast.AugAssign):
        if isinstance(grown.op, (ast.Add, ast.Sub)) and isinstance(grown.target, ast.Attribute):
            yield from _counter(project, module, grown, grown.target, grown.value)
    for assignment in module.nodes(ast.Assign):
        target = assignment.targets[0]
        if isinstance(target, ast.Attribute):
            by = added_to(module, assignment, target)
            if isinstance(target.value, ast.Name) and is_merged(module, target, assignment.value):
                yield from _merged(project, module, assignment, target.value)
            elif by is not None:
                yield from _counter(project, module, assignment, target, by)
            yield from _state(project, module, assignment, target)
    for call in module.calls_named("flag_modified"):
        yield from _document(module, call)
    for call in module.calls_named("update", "values"):
        yield from _given_number(project, module, call)


def loads_row(project: Project, module: Module, row: ast.Name) -> bool:
    """
    Whether a known session loads the row in this function, or one that it calls, without a lock.

    Where there is none the function may make one.
    """
    bindings = module.bindings(row)
    if any(one.value is None or one.kind not in (BindingKind.ASSIGNMENT, BindingKind.LOOP) for one in bindings):
        return False
    values = [one.value for one in bindings if one.kind is BindingKind.LOOP and one.value is not None]
    values += [value for _, value in last_assigned(module, row)]
    asked = [value for value in values if not is_none_literal(value) and not _makes_row(value)]
    return bool(asked) and all(_asks(project, module, value) for value in asked)


def _makes_row(value: ast.expr) -> bool:
    """Whether a value is a new object, whatever loaded rows it is given: `Entry(owner_id=owner.id)`."""
    return isinstance(value, ast.Call) and reads_as_class(last_name(value.func))


def loading_by_state(project: Project, module: Module, row: ast.Name, state: str) -> ast.Call | None:
    """The call of a function of the project that has loaded a row only because it has, or has not, a state."""
    for _, value in last_assigned(module, row):
        call = value.value if isinstance(value, ast.Await) else value
        if isinstance(call, ast.Call) and asks_for_state(project, module, call, state):
            return call
    return None


def counts_versions(module: Module) -> bool:
    """Whether a model of the module counts versions: SQLAlchemy then finds the conflict."""
    return any(
        isinstance(constant.value, str) and constant.value == "version_id_col"
        for constant in module.nodes(ast.Constant)
    )


def _asks(project: Project, module: Module, value: ast.expr) -> bool:
    """Whether a value is what a known session loads without a lock, here or in a function of the project."""
    asks = False
    for part in statement_parts(module, value):
        if isinstance(part, ast.Attribute) and part.attr in _LOCKING:
            return False
        asks = asks or queried_model(module, part) is not None
        if isinstance(part, ast.keyword) and part.arg == "with_for_update":
            return False
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            if part.func.attr in _OR_REFUSING and last_name(part.func.value) == "db":
                asks = True
            if part.func.attr in database.WORKING and part.func.attr not in database.FLUSHING:
                asks = asks or sessions.session_of(module, part.func.value) is not None
    if asks:
        return True
    call = value.value if isinstance(value, ast.Await) else value
    return isinstance(call, ast.Call) and gives_loaded_row(project, module, call)


def _counter(
    project: Project, module: Module, change: ast.stmt, target: ast.Attribute, by: ast.expr
) -> Iterator[RowChange]:
    row = target.value
    if not isinstance(row, ast.Name) or not (is_number(module, target, by) or is_text(by)):
        return
    function = module.function_of(change)
    if not isinstance(function, _FUNCTIONS) or not loads_row(project, module, row) or counts_versions(module):
        return
    guarded = (
        is_guarded(module, function) or not _is_written(project, module, function) or _is_job(module, function)
    )
    guarded = guarded or (not is_route(module, function) and _is_claimed_before(module, function, row))
    kind = ChangeKind.COUNTER if is_number(module, target, by) else ChangeKind.TEXT
    yield RowChange(change, kind, 0, guarded)


def _state(project: Project, module: Module, change: ast.Assign, target: ast.Attribute) -> Iterator[RowChange]:
    """A state that is set because it was another one when the row was read."""
    if not isinstance(target.value, ast.Name):
        return
    function = module.function_of(change)
    if not isinstance(function, _FUNCTIONS) or not sets_state(module, change, target):
        return
    tested = tested_state(module, change, target) or loading_by_state(project, module, target.value, target.attr)
    if tested is None or not loads_row(project, module, target.value) or counts_versions(module):
        return
    guarded = (
        is_guarded(module, function)
        or _counts_changes(module, function)
        or not _is_written(project, module, function)
        or not _answers_requests(module, function, change)
    )
    yield RowChange(change, ChangeKind.STATE, tested.lineno, guarded)


def _merged(project: Project, module: Module, change: ast.Assign, row: ast.Name) -> Iterator[RowChange]:
    """A list or dict of a row that a route replaces by one that is made of it."""
    function = module.function_of(change)
    if not isinstance(function, _FUNCTIONS) or not is_route(module, function):
        return
    if not loads_row(project, module, row) or counts_versions(module):
        return
    guarded = is_guarded(module, function) or not _is_written(project, module, function)
    yield RowChange(change, ChangeKind.DOCUMENT, 0, guarded)


def _given_number(project: Project, module: Module, call: ast.Call) -> Iterator[RowChange]:
    """A number that was worked out of the one that a loaded row has, and that an UPDATE of the route is given."""
    given: list[tuple[str | None, ast.expr]] = [(one.arg, one.value) for one in call.keywords]
    if len(call.args) == 1 and isinstance(call.args[0], ast.Dict):
        pairs = zip(call.args[0].keys, call.args[0].values, strict=True)
        given += [(_column(key), value) for key, value in pairs if key is not None]
    for column, value in given:
        if not isinstance(value, ast.BinOp) or not isinstance(value.op, (ast.Add, ast.Sub)):
            continue
        read = value.left.values[0] if isinstance(value.left, ast.BoolOp) else value.left
        row = read.value if isinstance(read, ast.Attribute) and read.attr == column else None
        function = module.function_of(call)
        if not isinstance(read, ast.Attribute) or not isinstance(row, ast.Name):
            continue
        if not isinstance(function, _FUNCTIONS) or not is_number(module, read, value.right):
            continue
        if not _is_update(module, call) or not loads_row(project, module, row) or counts_versions(module):
            continue
        asked = [part for part in ast.walk(whole_chain(module, call)) if isinstance(part, ast.Compare)]
        old = any(
            isinstance(part, ast.Attribute) and module.text(part) == module.text(read)
            for one in asked
            for part in ast.walk(one)
        )
        guarded = old or is_guarded(module, function) or not _is_written(project, module, function)
        guarded = guarded or _is_job(module, function)
        yield RowChange(call, ChangeKind.COUNTER, 0, guarded)


def _column(key: ast.expr) -> str:
    """The name of the column that a key of `update({...})` is: `"hits"`, `Author.hits`."""
    return str(key.value) if isinstance(key, ast.Constant) else last_name(key)


def _is_update(module: Module, call: ast.Call) -> bool:
    """Whether a call gives an UPDATE its values: `update(User).values(...)`, `session.query(...).update(...)`."""
    links = [part for part in ast.walk(call.func) if isinstance(part, ast.Call)]
    if last_name(call) == "values":
        return any(module.qualname(one.func) in _UPDATES for one in links)
    return any(last_name(one) in ("filter", "filter_by", "query", "where") for one in links)


def _is_written(project: Project, module: Module, function: FunctionNode) -> bool:
    """
    Whether a function flushes or commits itself, or at the end of a block: `async with session.begin():`.

    Or has it done by a function of the project named for it (`self._commit()`), or by the row: `row.save()`.
    """
    if sessions.is_flushed_in(module, function):
        return True
    for part in module.own_nodes(function):
        if isinstance(part, (ast.With, ast.AsyncWith)):
            for item in part.items:
                if isinstance(item.context_expr, ast.Call) and last_name(item.context_expr) == "begin":
                    return True
        elif isinstance(part, ast.Call) and _SAVING.match(last_name(part)):
            receiver = part.func.value if isinstance(part.func, ast.Attribute) else None
            if isinstance(receiver, ast.Name) and not part.args and loads_row(project, module, receiver):
                return True
            found = definition_of(project, module, part)
            if found is not None and sessions.is_flushed_in(*found):
                return True
    return False


def _document(module: Module, flag: ast.Call) -> Iterator[RowChange]:
    """A list or dict of a row that a route changes in place and marks: all of it is written."""
    function = module.function_of(flag)
    if len(flag.args) != 2 or not isinstance(function, _FUNCTIONS) or not is_route(module, function):
        return
    row, column = flag.args
    if not isinstance(row, ast.Name) or not isinstance(column, ast.Constant):
        return
    if any(isinstance(part, ast.keyword) and part.arg in _LOCKING for part in module.own_nodes(function)):
        return
    if any(isinstance(part, ast.Attribute) and part.attr in _LOCKING for part in module.own_nodes(function)):
        return
    values = [value for _, value in last_assigned(module, row)]
    if not values or any(isinstance(one, ast.Call) and reads_as_class(last_name(one)) for one in values):
        return
    text = f"{row.id}.{column.value!s}"
    changes = [part for part in module.own_nodes(function) if changes_within(part, text)]
    first = min(changes, key=lambda one: one.lineno, default=None)
    if first is not None and sessions.is_flushed_in(module, function):
        yield RowChange(first, ChangeKind.DOCUMENT, 0, is_guarded(module, function))


def _counts_changes(module: Module, function: FunctionNode) -> bool:
    """Whether a function sends an UPDATE of its own and asks how many rows it changed."""
    return any(isinstance(part, ast.Attribute) and part.attr == "rowcount" for part in module.own_nodes(function))


def _answers_requests(module: Module, function: FunctionNode, change: ast.stmt) -> bool:
    """Whether a function is a route, or works for whoever gives it a session or calls its service."""
    if is_route(module, function):
        return True
    if is_task(module, function) or module.loop_of(change) is not None or is_for_work(function.name):
        return False
    if is_of_service(module, function):
        return True
    parameters = {one.arg for one in [*function.args.args, *function.args.kwonlyargs]} - {"self", "cls"}
    return any(
        use.session.root in parameters and use.method in database.FLUSHING
        for use in sessions.uses(module)
        if module.function_of(use.call) is function
    )


def _is_claimed_before(module: Module, function: FunctionNode, row: ast.Name) -> bool:
    """
    Whether another method of the class loads rows of the same model under a lock, and this one takes a key.

    Then it is the second step of those who have claimed the row with the first.
    """
    holder = module.class_of(function)
    models = {
        part.id
        for _, value in last_assigned(module, row)
        for part in ast.walk(value)
        if isinstance(part, ast.Name) and part.id[:1].isupper()
    }
    if holder is None or not models:
        return False
    for locking in module.attributes_named("with_for_update"):
        around = module.function_of(locking)
        if around is not None and around is not function and module.class_of(around) is holder:
            statement = module.statement(locking)
            if any(isinstance(part, ast.Name) and part.id in models for part in ast.walk(statement)):
                return _CLAIMING.search(getattr(around, "name", "")) is not None
    return False


def _is_job(module: Module, function: FunctionNode) -> bool:
    """Whether a function that is no route opens its own session: a job beside which no other one need run."""
    if is_route(module, function) or (_serves(module) and not is_for_work(function.name)):
        return False
    if is_of_service(module, function):
        return False
    for use in sessions.uses(module):
        if use.method in database.FLUSHING and module.function_of(use.call) is function:
            if isinstance(use.call.func, ast.Attribute) and isinstance(use.call.func.value, ast.Name):
                bindings = module.bindings(use.call.func.value)
                if bindings and all(one.kind is BindingKind.CONTEXT for one in bindings):
                    return True
    return False


def _serves(module: Module) -> bool:
    """Whether a module answers clients: it knows the sockets or requests of a web framework."""
    return module.imports("fastapi", "starlette", "flask", "quart", "sanic", "litestar")
