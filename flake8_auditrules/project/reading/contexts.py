"""Under what conditions a statement runs: without an event loop, once, on another platform, behind guards."""

from __future__ import annotations

import ast
import bisect
import sys
from collections.abc import Sequence

from flake8_auditrules.project.facts import (
    ANYTHING,
    BRANCH,
    FALSY,
    GUARD,
    IN_LOOP,
    IS_NONE,
    MOST_BRANCHES,
    NOT_NONE,
    OFF_LOOP,
    ONCE,
    OTHERWISE,
    REMOTE,
    TRUTHY,
    Guard,
    Site,
    branches_in,
    known_value,
)
from flake8_auditrules.project.reading.fillings import FillingTests
from flake8_auditrules.project.reading.places import COMPREHENSIONS, DEFINITIONS, FUNCTIONS, RUNNING_NODES, dotted
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import last_name

_HOLDING_STATEMENTS = (*DEFINITIONS, ast.Module)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_FORKS = (ast.If, *_LOOPS)
_PLATFORM_NAMES = frozenset({"sys.platform", "os.name", "platform.system", "platform"})
_OTHER_PLATFORMS = ("win", "nt", "darwin", "cygwin", "macos")
_OTHER_PLATFORM_FLAGS = frozenset(
    f"{prefix}{name}"
    for prefix in ("", "is_", "on_", "_is_", "_")
    for name in ("windows", "win", "win32", "macos", "mac", "darwin", "osx")
)
_MOST_GUARDS = 4
LOOP_TESTS = frozenset(
    {
        "get_running_loop",
        "_get_running_loop",
        "is_running",
        "current_async_library",
        "in_async_context",
        "get_current_task",
    }
)
_COROUTINE_TESTS = frozenset({"iscoroutine", "iscoroutinefunction", "isawaitable", "is_async_callable"})
_ASKING_FOR_FILES = frozenset({"exists", "is_dir", "is_file", "isdir", "isfile"})


class OpenFunction:
    """A function whose sites are being collected."""

    __slots__ = (
        *("called", "finished", "first_yield", "guards", "leaving", "loop_aware", "name", "returned", "sites"),
        "yielded",
    )

    def __init__(self, name: str) -> None:
        self.name = name
        self.sites: list[Site] = []
        self.returned: list[int] = []
        self.yielded: list[int] = []
        self.called: set[str] = set()
        self.loop_aware = False
        self.finished = False
        self.first_yield = 0
        self.guards: list[tuple[Guard, ...]] = []
        self.leaving: list[tuple[int, int]] | None = None

    def number_of(self, guards: tuple[Guard, ...]) -> int:
        """The number of some guards, times GUARD."""
        if guards not in self.guards:
            self.guards.append(guards)
        return GUARD * (self.guards.index(guards) + 1)


class SiteContexts(FillingTests):
    """Tells the flags of the places of one module."""

    def __init__(self, module: Module) -> None:
        super().__init__(module)
        self.open: dict[ast.AST, OpenFunction] = {}
        self.contexts: dict[ast.AST, int] = {}
        self.bodies: dict[ast.AST | None, int] = {}
        self.other_blocks: dict[ast.AST | None, int] = {}
        self.asking_for_addresses: set[ast.If] | None = None
        self.never_run: set[ast.AST] | None = None
        self.answered_from: dict[ast.AST, int] = {}
        self.other_platform_from: dict[ast.AST, int] = {}
        self.loop_tests = [call for call in module.nodes(ast.Call) if last_name(call.func) in LOOP_TESTS]
        self.lines_of_loop_tests: list[int] | None = None

    def context(self, node: ast.AST) -> int:
        """The flags that a place has from the statements around it, BRANCH as many times as it applies."""
        child, current = node, self.parents.get(node)
        is_optional = is_repeated = False
        guard = 0
        while current is not None and not isinstance(child, ast.stmt):
            kind = current.__class__
            if kind is ast.BoolOp:
                if child is not current.values[0]:  # type: ignore[attr-defined]
                    is_optional = True
                    is_and = isinstance(current.op, ast.And)  # type: ignore[attr-defined]
                    guard = guard or self.guard(current.values[0], is_and)  # type: ignore[attr-defined]
            elif kind is ast.IfExp and child is not current.test:  # type: ignore[attr-defined]
                is_optional = True
                guard = guard or self.guard(current.test, child is current.body)  # type: ignore[attr-defined]
            elif kind in COMPREHENSIONS and child.__class__ is not ast.comprehension:
                is_repeated = True
            child, current = current, self.parents.get(current)
        if current is None:
            return 0
        flags = self.context_of_statement(child)
        if is_repeated:
            flags |= IN_LOOP
        flags = self.with_guard(flags, guard, child)
        return _in_branch(flags) if is_optional else flags

    def context_of_statement(self, statement: ast.AST) -> int:
        """The flags of a statement, by all that it stands in."""
        known = self.contexts.get(statement)
        if known is not None:
            return known
        parent = self.parents.get(statement)
        flags = 0 if isinstance(parent, _HOLDING_STATEMENTS) else self.context_of_block(parent, statement)
        if statement in self.statements_never_run():
            flags |= OFF_LOOP
        around = self.parents.get(parent) if isinstance(parent, ast.With) else parent
        if isinstance(around, FUNCTIONS):
            flags |= self.follows_early_return(statement, around)
            if self.follows_other_answer(statement, around):
                flags |= OTHERWISE
            if self.follows_this_platform(statement, around):
                flags |= OFF_LOOP
            flags = self.with_guard(flags, self.guard_before(statement, around), statement)
        self.contexts[statement] = flags
        return flags

    def context_of_block(self, holder: ast.AST | None, statement: ast.AST) -> int:
        """The flags that all statements of a block have: of what holds the block in which a statement stands."""
        in_body = not isinstance(holder, _FORKS) or statement in holder.body
        blocks = self.bodies if in_body else self.other_blocks
        flags = blocks.get(holder)
        if flags is None:
            if isinstance(holder, ast.ExceptHandler):
                flags = self.context_of_handler(holder)
            elif isinstance(holder, ast.match_case):
                flags = _in_branch(self.context_of_statement(self.parents[holder]))
            elif isinstance(holder, ast.If):
                flags = self.context_of_branch(holder, in_body, statement)
            elif isinstance(holder, ast.stmt):
                flags = self.context_of_statement(holder)
                if in_body and isinstance(holder, _LOOPS):
                    flags |= IN_LOOP
                    if isinstance(holder, ast.For):
                        # Nothing is run for each of none.
                        flags = self.with_guard(flags, self.guard(holder.iter, True), statement)
            else:
                flags = 0
            blocks[holder] = flags
        return flags

    def context_of_handler(self, handler: ast.ExceptHandler) -> int:
        """The flags of the statements of a handler."""
        attempt = self.parents.get(handler)
        if not isinstance(attempt, ast.Try):
            return 0
        flags = _in_branch(self.context_of_statement(attempt))
        if self.tests_loop(attempt.body) or self.finds_no_loop(handler, attempt):
            flags |= OFF_LOOP
        if last_name(handler.type) == "AttributeError" and _awaits_something(attempt.body[0]):
            flags |= OFF_LOOP
        return flags

    def context_of_branch(self, branch: ast.If, in_body: bool, statement: ast.AST) -> int:
        """The flags of the statements of an `if`, or of its `else`, of which one is given."""
        flags = self.context_of_statement(branch)
        test = branch.test
        is_elif = not in_body and len(branch.orelse) == 1 and isinstance(branch.orelse[0], ast.If)
        if not is_elif and not (in_body and _asks_whether_there(test)):
            flags = _in_branch(flags)
        flags = self.with_guard(flags, self.guard(test, in_body), statement)
        if self.is_off_by_default(test, in_body) or (in_body and _asks_for_coroutine(test)):
            flags = _in_branch(_in_branch(flags))
        if in_body and _asks_for_class_name(test):
            # Which of a plain function's branches runs is then settled by who calls it.
            flags |= OFF_LOOP if isinstance(self.module.function_of(branch), ast.FunctionDef) else 0
        if self.asks_for_another_platform(test, in_body):
            flags |= OFF_LOOP
        if in_body:
            if branch in self.address_tests():
                flags |= REMOTE
        elif not is_elif and self.prefers_a_coroutine(branch):
            flags |= OFF_LOOP
        block = branch.body if in_body else branch.orelse
        if self.branch_without_loop(branch) is block and self.tests_loop([test]):
            flags |= OFF_LOOP
        if in_body and not flags & ONCE:
            flags |= self.fills_what_it_tests(branch)
        return flags

    def prefers_a_coroutine(self, branch: ast.If) -> bool:
        """
        Whether a branch awaits what its test has asked for, so that the other is for objects without coroutines.

        That is `hasattr(client, "aclose")`, or a test of what `getattr(client, "aclose", None)` has given.
        """
        if not any(map(_awaits_something, branch.body)):
            return False
        for part in ast.walk(branch.test):
            if isinstance(part, ast.Name):
                bindings = self.module.bindings(part)
                asked = bindings[0].value if len(bindings) == 1 else None
                part = asked if isinstance(asked, ast.Call) and last_name(asked.func) == "getattr" else part
            if isinstance(part, ast.Call) and self.attribute_asked_for(part):
                return True
            if isinstance(part, ast.Call) and last_name(part.func) in _COROUTINE_TESTS:
                return True
        return False

    def statements_never_run(self) -> set[ast.AST]:
        """The statements behind an `if True:` that leaves the function."""
        if self.never_run is None:
            self.never_run = set()
            for branch in self.module.nodes(ast.If):
                if branch.test.__class__ is ast.Constant and isinstance(branch.body[-1], (ast.Return, ast.Raise)):
                    block = getattr(self.parents[branch], "body", ())
                    if branch.test.value and branch in block:
                        self.never_run.update(block[block.index(branch) + 1 :])
        return self.never_run

    def guard(self, test: ast.expr, wanted: bool) -> int:
        """The number, times GUARD, of what a test coming out as wanted needs of a parameter; 0 for nothing."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.guard(test.operand, not wanted)
        test = _without_empty(test)
        if isinstance(test, ast.BoolOp):
            if isinstance(test.op, ast.And) is not wanted:
                return 0
            return next(filter(None, (self.guard(value, wanted) for value in test.values)), 0)
        asked = TRUTHY if wanted else FALSY
        texts: tuple[str, ...] = ()
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            operator, other = test.ops[0], test.comparators[0]
            if isinstance(operator, (ast.Is, ast.IsNot)):
                if not isinstance(other, ast.Constant) or other.value is not None:
                    return 0
                asked = IS_NONE if isinstance(operator, ast.Is) is wanted else NOT_NONE
            else:
                texts = _texts_asked_for(operator, other)
                if not texts:
                    return 0
                asked = TRUTHY if isinstance(operator, (ast.Eq, ast.In)) is wanted else FALSY
            test = test.left
        if not isinstance(test, ast.Name):
            return 0
        around = self.module.function_of(test)
        sites = self.place(test)[1].lookup(test.id)
        if len(sites) == 1 and isinstance(sites[0], ast.Name) and asked in (TRUTHY, FALSY) and not texts:
            # `wanted = names or []` is as full as `names`.
            value = self.names.binding(sites[0]).value
            given = _without_empty(value) if value is not None else None
            if given is value or not isinstance(given, ast.Name) or self.module.function_of(given) is not around:
                return 0
            test, sites = given, self.place(given)[1].lookup(given.id)
        if not sites or not isinstance(sites[0], ast.arg) or (len(sites) > 1 and not self.is_first(test, sites)):
            return 0
        bindings = self.module.bindings(test)
        owner = self.parents.get(self.parents[bindings[0].site])
        opened = self.open.get(owner) if owner is not None else None
        if opened is None or around is not owner:
            return 0
        guard = Guard(test.id, asked, ANYTHING, texts)
        return opened.number_of((guard._replace(default=guard.told_by(bindings[0].value)),))

    def with_guard(self, flags: int, further: int, statement: ast.AST) -> int:
        """The flags of a statement where one more guard, as `guard` gives it, has to let it; 0 is none."""
        if not further or flags < GUARD:
            return flags + further
        opened = self.open.get(self.module.function_of(statement))  # type: ignore[arg-type]
        if opened is None:
            return flags
        guards = opened.guards[flags // GUARD - 1]
        others = [one for one in opened.guards[further // GUARD - 1] if one not in guards]
        return flags % GUARD + opened.number_of((*guards, *others)[:_MOST_GUARDS])

    def is_first(self, name: ast.Name, sites: Sequence[ast.AST]) -> bool:
        """Whether a parameter is asked for before anything else is put under its name: `db = db or Database()`."""
        return not self.in_loop(name) and all(
            isinstance(site, ast.Name) and site.lineno >= name.lineno for site in sites[1:]
        )

    def guard_before(self, statement: ast.AST, function: ast.AST) -> int:
        """The number, times GUARD, of what a parameter has to be for an `if` before a statement not to leave."""
        opened = self.open.get(function)
        if opened is None:
            return 0
        if opened.leaving is None:
            opened.leaving = [
                (one.lineno, self.guard(one.test, False))
                for one in function.body  # type: ignore[attr-defined]
                if isinstance(one, ast.If) and not one.orelse and isinstance(one.body[-1], (ast.Return, ast.Raise))
            ]
        return next((guard for line, guard in opened.leaving if guard and line < statement.lineno), 0)  # type: ignore[attr-defined]

    def address_tests(self) -> set[ast.If]:
        """The `if` statements that ask what kind of address a text is: its scheme, or how it begins."""
        if self.asking_for_addresses is None:
            asking: list[ast.AST] = [
                call
                for call in self.module.calls_named("startswith")
                if call.args and _begins_an_address(call.args[0])
            ]
            asking += [one for one in self.module.nodes(ast.Compare) if last_name(one.left) == "scheme"]
            self.asking_for_addresses = set()
            for expression in asking:
                child, parent = expression, self.parents.get(expression)
                while isinstance(parent, ast.expr):
                    child, parent = parent, self.parents.get(parent)
                if isinstance(parent, ast.If) and parent.test is child:
                    self.asking_for_addresses.add(parent)
        return self.asking_for_addresses

    def is_off_by_default(self, test: ast.expr, wanted: bool) -> bool:
        """Whether a test comes out as wanted only where a caller sets a parameter that is True or False."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.is_off_by_default(test.operand, not wanted)
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) is wanted:
            return any(self.is_off_by_default(value, wanted) for value in test.values)
        if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is):
            other = test.comparators[0]
            if isinstance(other, ast.Constant) and isinstance(other.value, bool):
                return self.is_off_by_default(test.left, wanted is other.value)
        if not isinstance(test, ast.Name):
            return False
        bindings = self.module.bindings(test)
        if len(bindings) != 1 or not isinstance(bindings[0].site, ast.arg):
            return False
        default = bindings[0].value
        return isinstance(default, ast.Constant) and default.value is (not wanted)

    def asks_for_another_platform(self, test: ast.expr, wanted: bool = True) -> bool:
        """Whether a test comes out as wanted only on Windows or macOS, where servers hardly run."""
        if isinstance(test, ast.Compare):
            operators = (ast.Eq, ast.In) if wanted else (ast.NotEq, ast.NotIn)
            return isinstance(test.ops[0], operators) and _is_platform(test.left, test.comparators)
        if isinstance(test, ast.UnaryOp):
            return isinstance(test.op, ast.Not) and self.asks_for_another_platform(test.operand, not wanted)
        if isinstance(test, ast.BoolOp):
            return isinstance(test.op, ast.And) is wanted and any(
                self.asks_for_another_platform(value, wanted) for value in test.values
            )
        if not wanted:
            return False
        asked_name = last_name(test)
        if asked_name.lower() in _OTHER_PLATFORM_FLAGS and not (isinstance(test, ast.Call) and test.args):
            return True
        if isinstance(test, ast.Name):
            values = [binding.value for binding in self.module.bindings(test)]
            return (
                len(values) == 1
                and isinstance(values[0], ast.Compare)
                and self.asks_for_another_platform(values[0])
            )
        if asked_name == "startswith" and isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute):
            return _is_platform(test.func.value, test.args)
        return False

    def follows_other_answer(self, statement: ast.AST, function: ast.AST) -> bool:
        """Whether an `if` before a statement of a function's body returns an answer that it has already."""
        line = self.answered_from.get(function)
        if line is None:
            answers = (one.lineno for one in function.body if _gives_an_answer(one))  # type: ignore[attr-defined]
            line = self.answered_from[function] = next(answers, sys.maxsize)
        return bool(statement.lineno > line)  # type: ignore[attr-defined]

    def follows_this_platform(self, statement: ast.AST, function: ast.AST) -> bool:
        """Whether an `if` before a statement of a function's body leaves the function on what servers run on."""
        line = self.other_platform_from.get(function)
        if line is None:
            leaving = (
                one.lineno
                for one in function.body  # type: ignore[attr-defined]
                if isinstance(one, ast.If)
                and isinstance(one.body[-1], (ast.Return, ast.Raise))
                and self.asks_for_another_platform(one.test, False)
            )
            line = self.other_platform_from[function] = next(leaving, sys.maxsize)
        return bool(statement.lineno > line)  # type: ignore[attr-defined]

    def branch_without_loop(self, statement: ast.If) -> list[ast.stmt]:
        """The statements of an `if` on a running loop that run where none does."""
        test = statement.test
        negated = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is):
            negated = isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value is None
        return statement.body if negated else statement.orelse

    def tests_loop(self, nodes: Sequence[ast.expr | ast.stmt]) -> bool:
        """Whether a test of a running loop, or the name of what one gave, stands in nodes one after the other."""
        if not self.loop_tests or not self.has_loop_test_between(nodes[0].lineno, nodes[-1].end_lineno or 0):
            return False
        pending: list[ast.AST] = list(nodes)
        while pending:
            node = pending.pop()
            if isinstance(node, ast.Call) and last_name(node.func) in LOOP_TESTS:
                return True
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                values = [binding.value for binding in self.module.bindings(node)]
                if any(isinstance(one, ast.Call) and last_name(one.func) in LOOP_TESTS for one in values):
                    return True
            if not isinstance(node, RUNNING_NODES):
                pending.extend(ast.iter_child_nodes(node))
        return False

    def has_loop_test_between(self, first: int, last: int) -> bool:
        """Whether a test of a running loop, or a name that one may have given something, stands on some lines."""
        if self.lines_of_loop_tests is None:
            lines = {call.lineno for call in self.loop_tests}
            names: set[str] = set()
            for call in self.loop_tests:
                parts = list(ast.walk(self.module.statement(call)))
                names.update(part.arg for part in parts if isinstance(part, ast.arg))
                names.update(
                    part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
                )
            if names:
                lines.update(name.lineno for name in self.module.nodes(ast.Name) if name.id in names)
            self.lines_of_loop_tests = sorted(lines)
        position = bisect.bisect_left(self.lines_of_loop_tests, first)
        return position < len(self.lines_of_loop_tests) and self.lines_of_loop_tests[position] <= last

    def finds_no_loop(self, handler: ast.ExceptHandler, attempt: ast.Try) -> bool:
        """Whether a handler is for the error of `asyncio.get_event_loop()` that there is no loop."""
        return last_name(handler.type) == "RuntimeError" and any(
            attempt in self.module.ancestors(call) for call in self.module.calls_named("get_event_loop")
        )


def _asks_for_class_name(test: ast.expr) -> bool:
    """Whether a test compares the name of an object's class with a text: each caller hands over one of its own."""
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Attribute) and test.left.attr == "__name__"


def _gives_an_answer(statement: ast.stmt) -> bool:
    """Whether a statement is an `if` that ends in returning something that is no constant."""
    if not isinstance(statement, ast.If):
        return False
    last = statement.body[-1]
    return isinstance(last, ast.Return) and isinstance(
        last.value, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)
    )


def _is_platform(asked: ast.expr, names: Sequence[ast.expr]) -> bool:
    """Whether the platform's name is compared with names of others than servers run on."""
    if isinstance(asked, ast.Call):
        asked = asked.func
    if len(names) != 1 or not isinstance(asked, (ast.Name, ast.Attribute)) or dotted(asked) not in _PLATFORM_NAMES:
        return False
    named = names[0].elts if isinstance(names[0], (ast.Tuple, ast.List, ast.Set)) else names
    return all(
        isinstance(one, ast.Constant) and str(one.value).lower().startswith(_OTHER_PLATFORMS) for one in named
    )


def _texts_asked_for(operator: ast.cmpop, other: ast.expr) -> tuple[str, ...]:
    """The texts of `== "error"` and `in ("error", "warning")` and their opposites; none for other comparisons."""
    if isinstance(operator, (ast.Eq, ast.NotEq)):
        ones = [other]
    elif isinstance(operator, (ast.In, ast.NotIn)) and isinstance(other, (ast.Tuple, ast.List, ast.Set)):
        ones = other.elts
    else:
        return ()
    found = tuple(one.value for one in ones if isinstance(one, ast.Constant) and isinstance(one.value, str))
    return found if len(found) == len(ones) else ()


def _without_empty(expression: ast.expr) -> ast.expr:
    """What stands before `or []`, `or {}` or the like in an expression; the expression where none does."""
    if isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.Or) and len(expression.values) == 2:
        first, second = expression.values
        if isinstance(second, (ast.Dict, ast.List, ast.Set, ast.Tuple)) and known_value(second) == FALSY:
            return first
    return expression


def _asks_whether_there(test: ast.expr) -> bool:
    """Whether a test only asks if a file is there, which it mostly is where somebody wants to read it."""
    return isinstance(test, ast.Call) and last_name(test.func) in _ASKING_FOR_FILES


def _awaits_something(statement: ast.stmt) -> bool:
    """Whether a statement awaits a call and does nothing else, save keeping or returning what that gives."""
    value = statement.value if isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign, ast.Return)) else None
    return isinstance(value, ast.Await)


def _asks_for_coroutine(test: ast.expr) -> bool:
    """Whether a test asks if what a caller has given is a coroutine: few callers of plain functions give one."""
    return isinstance(test, ast.Call) and last_name(test.func) in _COROUTINE_TESTS


def _begins_an_address(argument: ast.expr) -> bool:
    """Whether an argument is the beginning of an address, or several: `"http://"`, `("http:", "https:")`."""
    ones = argument.elts if isinstance(argument, ast.Tuple) else [argument]
    return any(isinstance(one, ast.Constant) and str(one.value).startswith("http") for one in ones)


def _in_branch(flags: int) -> int:
    """The flags of a place one branch further in."""
    return flags + BRANCH if branches_in(flags) < MOST_BRANCHES else flags
