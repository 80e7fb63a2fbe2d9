"""First use: shared variables that are tested, found empty, and then filled; with time in between."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator
from functools import partial

from flake8_auditrules.knowledge.clients import CLIENTS
from flake8_auditrules.knowledge.locks import LOCKS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.flow import Statement, dotted, evaluated
from flake8_auditrules.semantics.handlers import own_parts, statements
from flake8_auditrules.semantics.locks import held_at
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.scopes import BindingKind, FunctionNode
from flake8_auditrules.semantics.shared_state import (
    Access,
    AccessKind,
    Variable,
    accesses,
    callers,
    held_by_callers,
    says_lock_is_held,
    variable_of,
)
from flake8_auditrules.semantics.sharing import in_threads, is_shared

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_RESOURCE = pattern(
    r"client|session|pool|conn|engine|browser|channel|producer|consumer|redis|socket|server|bot|worker|task|thread"
    r"|process|driver|broker|scheduler|executor|database|(?:^|_)db(?:_|$)",
    re.IGNORECASE,
)
_POOL = pattern(r"pool|engine", re.IGNORECASE)
# Objects of which an application has one, by the names of their classes.
_FOR_ALL = pattern(
    r"(?:Store|Storage|Backend|Repository|Database|DB|Service|Gateway|Orchestrator|Manager|Provider|Registry|Broker|Cache"
    r"|Queue)$"
)
# A step of one run, which makes its calls one after the other.
_OF_ONE_RUN = pattern(r"(?:Tool|Node)$")
_STARTING = pattern(
    r"lifespan|start_?up|^_?(?:async_)?start_|^_?async_start$|create_connection$|(?:^|_)main(?:_|$)", re.IGNORECASE
)
_BEGINNING = pattern(r"^a?(?:connect|init|initiali[sz]e|launch|open|set_?up|start)(?:_|$)", re.IGNORECASE)
_MAKING = pattern(r"^_?(?:create|make|open|connect|start|launch|spawn|build|new)(?:_|$)|connect$", re.IGNORECASE)


class Filled(NamedTuple):
    """A shared variable that is found empty by `test` and filled by `write`, of the function `function`."""

    variable: Variable
    test: ast.If
    write: Access
    function: FunctionNode


def filled_after_wait(module: Module) -> list[tuple[Filled, ast.AST]]:
    """What coroutines find empty and fill after an await, with nothing held; with the node that waits."""
    return module.keep("filled after a wait", lambda _: list(_filled_after_wait(module)))


def _filled_after_wait(module: Module) -> Iterator[tuple[Filled, ast.AST]]:
    for test, function in _candidates(module) if module.nodes(ast.AsyncFunctionDef) else ():
        if not isinstance(function, ast.AsyncFunctionDef):
            continue
        for filled in _fillings(module, test, function):
            made = filled if _is_resource(module, filled.write) else _made_below_flag(module, filled)
            if made is None or not _serves_many(module, made):
                continue
            if _STARTING.search(function.name) or _refuses_a_second(test) or _is_for_its_owner(module, function):
                continue
            waiting = _wait_between(module, filled)
            if waiting is not None and not _is_held(module, filled):
                yield made, waiting


def _made_below_flag(module: Module, filled: Filled) -> Filled | None:
    """What is made where a flag was found unset, `if self._ready: return`, which is set after it."""
    value = stored(module, filled.write)
    if not isinstance(value, ast.Constant) or value.value is not True:
        return None
    function = filled.function
    if not (function.name.startswith(("_", "ensure")) or _is_asked_by_many(module, function)):
        if not any(_stands_below(module, call, filled.variable) for call in callers(module, function).calls):
            return None
    for part in _branch(module, filled):
        for target in part.targets if isinstance(part, ast.Assign) else ():
            if not isinstance(target, ast.Attribute):
                continue
            variable = variable_of(module, target)
            if variable is None or variable.owner is None:
                continue
            for access in accesses(module, variable):
                if access.node is target and _is_resource(module, access):
                    return Filled(variable, filled.test, access, filled.function)
    return None


def _stands_below(module: Module, node: ast.AST, flag: Variable) -> bool:
    """Whether a node stands in the branch of a test of a flag: `if not self._ready: await self.prepare()`."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, _FUNCTIONS):
            return False
        if isinstance(ancestor, ast.If):
            for part in ast.walk(ancestor.test):
                if isinstance(part, (ast.Attribute, ast.Name)) and variable_of(module, part) == flag:
                    return True
    return False


def _refuses_a_second(test: ast.If) -> bool:
    """Whether a test raises where something is there already: a guard against misuse, for one caller."""
    return isinstance(test.body[-1], ast.Raise)


def _is_for_its_owner(module: Module, function: FunctionNode) -> bool:
    """Whether a function is called to begin something, and nothing of this module calls it when it is needed."""
    return bool(_BEGINNING.search(function.name)) and not callers(module, function).calls


def tests_in_coroutines(module: Module) -> list[ast.If]:
    """The tests in coroutines in whose branch or after which something is stored under what is tested."""
    if not module.nodes(ast.AsyncFunctionDef):
        return []
    return [test for test, function in _candidates(module) if isinstance(function, ast.AsyncFunctionDef)]


def tests_in_threads(module: Module) -> list[ast.If]:
    """The tests, in functions that several threads run, after which something is stored under what is tested."""
    runners = in_threads(module)
    return [test for test, function in _candidates(module) if function in runners] if runners else []


def filled_in_threads(module: Module) -> list[tuple[Filled, str]]:
    """What functions that several threads run find empty and fill, with nothing held; with what runs them."""
    runners = in_threads(module)
    return [(filled, runners[filled.function]) for filled in _filled_bare(module) if filled.function in runners]


def filled_at_first_call(module: Module) -> list[Filled]:
    """What other plain functions find empty and fill, with nothing held: whether threads run them is not known."""
    runners = in_threads(module)
    return [filled for filled in _filled_bare(module) if filled.function not in runners]


def _filled_bare(module: Module) -> list[Filled]:
    return module.keep("filled with nothing held", lambda _: list(_find_filled_bare(module)))


def _find_filled_bare(module: Module) -> Iterator[Filled]:
    runners = in_threads(module)
    # Of a method, other files do not say what runs it; a plain function fills what it declares as `global`.
    declaring = {module.function_of(node) for node in module.nodes(ast.Global)}
    asked = {one for one in declaring if one is not None and isinstance(module.parent(one), ast.Module)}
    if not runners and not asked:
        return
    for test in module.nodes(ast.If):
        function = module.function_of(test)
        if not isinstance(function, ast.FunctionDef) or not (function in runners or function in asked):
            continue
        if not _may_fill(module, test):
            continue
        for filled in _fillings(module, test, function):
            if filled.write.kind is not AccessKind.REBIND or not is_shared(module, filled.variable):
                continue
            if _makes_resource(module, filled.write) and not _is_held(module, filled):
                yield filled


def _fillings(module: Module, test: ast.If, function: FunctionNode) -> Iterator[Filled]:
    """The writes, in the branch that `test` takes for an empty shared variable, of that variable."""
    for subject, is_empty in _emptiness(module, test.test):
        variable = _shared_variable(module, subject)
        if variable is None:
            continue
        if is_empty:
            region = test.body
        elif isinstance(test.body[-1], _LEAVING):
            region = [*test.orelse, *_following(module, test)]
        else:
            region = test.orelse
        inside = set(own_parts(region))
        for access in accesses(module, variable):
            if access.kind not in (AccessKind.REBIND, AccessKind.MUTATE) or access.node not in inside:
                continue
            if access.kind is AccessKind.MUTATE and not isinstance(module.parent(access.node), ast.Subscript):
                continue
            yield Filled(variable, test, access, function)
            break


def _candidates(module: Module) -> list[tuple[ast.If, FunctionNode]]:
    """The tests in functions, in whose branch or after which something is stored under what is tested."""
    return module.keep("tests that may fill", _find_candidates)


def _find_candidates(module: Module) -> list[tuple[ast.If, FunctionNode]]:
    found: list[tuple[ast.If, FunctionNode]] = []
    for test in module.nodes(ast.If):
        if _may_fill(module, test):
            function = module.function_of(test)
            if isinstance(function, _FUNCTIONS):
                found.append((test, function))
    return found


def _may_fill(module: Module, test: ast.If) -> bool:
    """Whether something is stored, in the branch of a test or after it, under what it asks for."""
    shared_names = module.index.root.bindings
    subjects: set[str] = set()
    reads_element = False
    for subject, _ in _emptiness(module, test.test):
        name = dotted(subject)
        if name is None:
            continue
        first = name.partition(".")[0]
        if first in shared_names or first in ("self", "cls"):
            subjects.add(name)
        elif first == name:
            reads_element = True
    return bool(subjects or reads_element) and _stores(module, test, subjects, reads_element)


def _stores(module: Module, test: ast.If, subjects: set[str], reads_element: bool) -> bool:
    """Whether the branch of a test, or what follows it, stores under one of these names, or an element."""
    block = test.body if not isinstance(test.body[-1], _LEAVING) else _following(module, test)
    # A local name that was read from a dict is looked for only where the branch itself stores an element.
    pending = statements([*block, *test.orelse]) if subjects else iter(block)
    for statement in pending:
        targets: list[ast.expr] = []
        if isinstance(statement, ast.Assign):
            targets = statement.targets
        elif isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        for target in targets:
            if isinstance(target, ast.Subscript):
                if reads_element or dotted(target.value) in subjects:
                    return True
            elif dotted(target) in subjects and _is_declared(module, target):
                return True
    return False


def _is_declared(module: Module, target: ast.expr) -> bool:
    """Whether a name that is stored is one of the module, by `global`; attributes always are."""
    if not isinstance(target, ast.Name):
        return True
    return target.id in module.scope_of(target).global_names


def _emptiness(module: Module, test: ast.expr) -> Iterator[tuple[ast.expr, bool]]:
    """The expressions that a test compares with nothing, and whether it is true when they are empty."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        if isinstance(test.operand, (ast.Name, ast.Attribute)):
            yield test.operand, True
        elif isinstance(test.operand, ast.Compare):
            for subject, is_empty in _emptiness(module, test.operand):
                yield subject, not is_empty
    elif isinstance(test, (ast.Name, ast.Attribute)):
        yield test, False
    elif isinstance(test, ast.Compare) and len(test.ops) == 1:
        right = test.comparators[0]
        if isinstance(test.ops[0], (ast.Is, ast.IsNot)):
            if isinstance(right, ast.Constant) and right.value is None:
                yield test.left, isinstance(test.ops[0], ast.Is)
        elif isinstance(test.ops[0], (ast.In, ast.NotIn)):
            yield right, isinstance(test.ops[0], ast.NotIn)
    elif isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        for value in test.values:
            yield from ((subject, True) for subject, is_empty in _emptiness(module, value) if is_empty)


def _shared_variable(module: Module, expression: ast.expr) -> Variable | None:
    """The shared variable behind an expression: itself, an element, or a local name that was read from it."""
    if isinstance(expression, ast.Name):
        variable = variable_of(module, expression)
        if variable is not None:
            return variable
        bindings = module.bindings(expression)
        if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT and bindings[0].value is not None:
            value = bindings[0].value
            if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "get":
                value = value.func.value
            if isinstance(value, (ast.Attribute, ast.Name)):
                return variable_of(module, value)
        return None
    return variable_of(module, expression)


def _following(module: Module, statement: ast.stmt) -> list[ast.stmt]:
    """The statements after a statement in the same block."""
    parent = module.parent(statement)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(parent, field, None)
        if isinstance(block, list) and statement in block:
            return block[block.index(statement) + 1 :]
    return []


def _wait_between(module: Module, filled: Filled) -> ast.AST | None:
    """An await on a way from the test to the write, with no second test after it; None where there is none."""
    write = module.statement(filled.write.node)
    if isinstance(write, (ast.Assign, ast.AnnAssign)) and write.value is not None:
        for part in own_parts([write]):
            if isinstance(part, ast.Await) and not _never_waits(module, part):
                return part
    flow = module.flow(filled.function)
    mentioning = {
        id(module.statement(access.node))
        for access in accesses(module, filled.variable)
        if isinstance(module.statement(access.node), (ast.If, ast.While))
    }

    def tests_again(statement: Statement) -> bool:
        return statement is not filled.test and id(statement) in mentioning

    def writes(statement: Statement) -> bool:
        return statement is write

    for goal in _branch(module, filled):
        waiting = _waiting_part(module, goal)
        if waiting is None or goal is write:
            continue
        is_reached = flow.reachable(filled.test, partial(operator.is_, goal), writes)
        if is_reached and flow.reachable(goal, writes, tests_again):
            return waiting
    return None


def _never_waits(module: Module, awaited: ast.Await) -> bool:
    """Whether what is awaited is a coroutine of this module that awaits nothing: no other task runs meanwhile."""
    call = awaited.value
    if not isinstance(call, ast.Call):
        return False
    function = module.called_function(call)
    if function is None and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        holder = module.class_of(module.function_of(call) or call)
        if call.func.value.id == "self" and holder is not None:
            function = module.members(holder).methods.get(call.func.attr)
    return isinstance(function, ast.AsyncFunctionDef) and not any(
        isinstance(node, (ast.Await, ast.AsyncFor, ast.AsyncWith)) for node in module.own_nodes(function)
    )


def _branch(module: Module, filled: Filled) -> list[ast.stmt]:
    """The statements of the function that stand between the test and the write."""
    first, last = filled.test.lineno, filled.write.node.lineno
    found: list[ast.stmt] = []
    for part in module.own_nodes(filled.function):
        if isinstance(part, ast.stmt) and first < part.lineno <= last:
            found.append(part)
    return found


def _waiting_part(module: Module, statement: ast.stmt) -> ast.AST | None:
    if isinstance(statement, (ast.AsyncFor, ast.AsyncWith)):
        return statement
    return next(
        (part for part in evaluated(statement) if isinstance(part, ast.Await) and not _never_waits(module, part)),
        None,
    )


def _is_held(module: Module, filled: Filled) -> bool:
    """Whether something that reads as a lock is held at the write, or the callers hold one."""
    if held_at(module, filled.write.node) or held_by_callers(module, filled.function):
        return True
    return says_lock_is_held(module, filled.function)


def _is_resource(module: Module, write: Access) -> bool:
    """
    Whether what is stored is something of which there should be one: a connection, a task, a lock.

    Data that is loaded twice is only loaded twice.
    """
    value = stored(module, write)
    if value is None:
        return False
    if _gives_what_is_there(value):
        return False
    made = module.instance_of(value)
    if made is not None and (made in CLIENTS or made in LOCKS or made == "asyncio.Task"):
        return True
    if made is not None and made.startswith("builtins."):
        return False
    inner = value.value if isinstance(value, ast.Await) else value
    if not isinstance(inner, ast.Call):
        return False
    if not _RESOURCE.search(_name_of(write)) and not _is_begun(module, write):
        return False
    last = last_name(inner)
    return bool(_MAKING.search(last)) or last[:1].isupper()


def _is_begun(module: Module, write: Access) -> bool:
    """Whether what is stored is first awaited to begin its work: `await adapter.load_model(path)`."""
    statement = module.statement(write.node)
    function = module.function_of(write.node)
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Name):
        return False
    if not isinstance(function, _FUNCTIONS):
        return False
    stored = statement.value.id
    return any(
        isinstance(node, ast.Await)
        and node.lineno < statement.lineno
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and isinstance(node.value.func.value, ast.Name)
        and node.value.func.value.id == stored
        and _LOADING.match(node.value.func.attr) is not None
        for node in module.own_nodes(function)
    )


_LOADING = pattern(r"(?:load_model|connect|start|launch)$")


def _gives_what_is_there(value: ast.expr) -> bool:
    """Whether a value comes from `get_...()`, which is told nothing: it hands out one that others have too."""
    call = value.value if isinstance(value, ast.Await) else value
    if not isinstance(call, ast.Call) or call.args or call.keywords:
        return False
    return last_name(call).lstrip("_").startswith("get_")


def _name_of(write: Access) -> str:
    return write.node.attr if isinstance(write.node, ast.Attribute) else write.node.id


def _serves_many(module: Module, filled: Filled) -> bool:
    """Whether many tasks use the variable: it is shared, or it holds a pool, which is there for many."""
    holder = filled.variable.owner
    if holder is not None and any(
        _OF_ONE_RUN.search(name) for name in (holder.name, *map(last_name, holder.bases))
    ):
        return False
    if is_shared(module, filled.variable) or _POOL.search(_name_of(filled.write)):
        return True
    return holder is not None and bool(_FOR_ALL.search(holder.name)) and _is_asked_by_many(module, filled.function)


def _is_asked_by_many(module: Module, function: FunctionNode) -> bool:
    """Whether several coroutines call a function first thing: each request that comes asks for what it makes."""
    asking = {
        id(caller)
        for call in callers(module, function).calls
        for caller in [module.function_of(call)]
        if isinstance(caller, ast.AsyncFunctionDef) and caller is not function
    }
    return len(asking) >= _MANY


_MANY = 3


def _makes_resource(module: Module, write: Access) -> bool:
    """Whether what is stored is made by a constructor or by a function that says that it makes something."""
    value = stored(module, write)
    if not isinstance(value, ast.Call):
        return False
    made = module.instance_of(value)
    if made is not None and (made in CLIENTS or made in LOCKS):
        return True
    if made is not None and made.startswith("builtins."):
        return False
    last = last_name(value)
    if _STATELESS.search(last):
        return False
    return bool(_MAKING.search(last)) or last.lstrip("_")[:1].isupper()


# Things that hold nothing of their own: of two that are made at once, either will do.
_STATELESS = pattern(
    r"(?:Repository|Repo|Logger|Analy[sz]er|Validator|Parser|Formatter|Serializer|Settings|Config|Mapper|Builder|Factory"
    r"|Encoder|Decoder|Extractor|Resolver|Helper)$"
)


def stored(module: Module, write: Access) -> ast.expr | None:
    """The value that a write stores; for a local name what it has got, where that is one thing."""
    statement = module.statement(write.node)
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        value = statement.value
        if isinstance(value, ast.Name):
            values = [binding.value for binding in module.bindings(value) if binding.value is not None]
            return values[0] if len(values) == 1 else value
        return value
    return None


def written(module: Module, write: Access) -> ast.AST:
    """What a write stores into: the variable, or its element."""
    parent = module.parent(write.node)
    return parent if isinstance(parent, ast.Subscript) else write.node
