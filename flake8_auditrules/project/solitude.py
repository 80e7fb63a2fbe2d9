"""Solitude: the places of coroutines beside which nothing else runs on the event loop."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.knowledge.company import COMPANY
from flake8_auditrules.knowledge.web import FRAMEWORKS, ROUTE_DECORATORS
from flake8_auditrules.project.facts import (
    AWAITED,
    CALL,
    IN_LOOP,
    OWN_LEVEL,
    FunctionFacts,
    ModuleFacts,
    Site,
    last_part,
)
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.programs import SERVING

if TYPE_CHECKING:
    from flake8_auditrules.project.graph import Graph, Value

_MOST_CALLERS_UP = 3
_MOST_CALLS_DOWN = 2
_ALONE = frozenset(
    {
        "__main__",
        "_tests",
        "benchmark",
        "benchmarking",
        "benchmarks",
        "bin",
        "cli",
        "cmd",
        "cmds",
        "evals",
        "manage",
        "scripts",
        "testing",
    }
)
_COMMAND_LINES = frozenset({"__main__", "bin", "cli", "cmd", "cmds"})
# A module of routes may be called so, a folder hardly.
_FOLDERS_ALONE = frozenset({"demo", "demos", "example", "examples"})
_RUNNERS = frozenset({"asyncio.run", "asyncio.Runner.run", "anyio.run", "trio.run", "uvloop.run"})
SHORTEST_EFFECTS = frozenset({Effect.FILE, Effect.PROCESS})
"""What waits for this machine's disk or programs, which is short beside a request or a query."""

_SHORT_EFFECTS = SHORTEST_EFFECTS | {Effect.WAIT}
# Words in the names of what begins a program that goes on to do other things, and of what is a program itself.
_STARTING = frozenset({"start", "startup", "serve", "server", "bootstrap", "launch", "daemon"})
_SETTING_UP = frozenset({"bootstrap", "initialise", "initialize", "setup", "startup"})
_MIGRATING = frozenset({"apply_migrations", "migrate", "run_migrations"})
_MODULES_THAT_SET_UP = frozenset({"bootstrap", "initialization", "initializer", "startup"})
_PROGRAM = frozenset({"main", "cli", "command", "entrypoint"})
# Words in the names of calls after which something else may run on the loop, and verbs of those that begin one.
_SHARING = frozenset({"future", "gather", "task", "taskgroup", "tasks"})
# Awaited at once, these leave nothing behind.
_WAITING_FOR_ALL = frozenset({"gather", "wait_for"})
# Verbs of calls that do something else with a task, such as one in a table.
_LOOKING = frozenset(
    {
        *("add", "append", "build", "complete", "count", "delete", "describe", "fetch", "find", "format", "get"),
        *("list", "load", "parse", "print", "read", "remove", "render", "save", "show", "update", "write"),
    }
)
_BEGINNING = frozenset({"listen", "schedule", "serve", "spawn", "start", "subscribe"})
# What these start runs beside the loop, not on it.
_BESIDE_THE_LOOP = ("threading.", "multiprocessing.", "concurrent.futures.", "subprocess.")
_INTERFACES = ("argparse.", "click.", "typer.", "docopt.", "fire.")
_SERVING = tuple(f"{name}." for name in SERVING)
_COMPANY = (*SERVING, *COMPANY)
# Much of these has nothing to do with a loop: clients, models, requests that threads answer.
_WITHOUT_LOOPS = frozenset(
    {"aiohttp", "celery", "django", "flask", "flask_openapi3", "flask_restful", "rest_framework"}
)
_COMPANIONS = ("aiohttp.web.", *(f"{name}." for name in _COMPANY if name not in _WITHOUT_LOOPS))
# Workers of these run each job by itself, in a loop of its own.
_QUEUES = ("rq.", "celery.", "dramatiq.", "huey.")
_HARMLESS_DECORATORS = frozenset(
    {
        "builtins.staticmethod",
        "builtins.classmethod",
        "tenacity.retry",
        "typing.override",
        "typing_extensions.override",
    }
)

# What a decorator calls that only puts a function around the one that it is given.
_WRAPPING = frozenset(
    {
        "asyncio.iscoroutinefunction",
        "functools.wraps",
        "inspect.isasyncgenfunction",
        "inspect.iscoroutinefunction",
        "typing.cast",
    }
)

_NOT_ALONE, _PART_OF_START_UP, _PART_OF_PROGRAM = range(3)


class _Caller(NamedTuple):
    """A place that calls a function."""

    facts: ModuleFacts
    function: FunctionFacts
    site: Site


class Solitude:
    """
    Tells of places in coroutines whether nothing else runs on the loop beside them.

    `graph` links the modules; `mentioning` gives the facts of the project's modules, tests left out, that may name
    something by its last name (whether it is a method is told, too), None where they are too many; `names_used`
    what the modules import and what their names mean, line ends around each. `note` is called for each question
    that all files answer, also where the answer is known from a question about another file.
    """

    def __init__(
        self,
        graph: Graph,
        mentioning: Callable[[ModuleFacts, str, bool], Iterable[ModuleFacts] | None],
        names_used: Callable[[], bytes],
        note: Callable[[], None],
    ) -> None:
        self._graph = graph
        self._mentioning = mentioning
        self._names_used = names_used
        self._note = note
        self._is_for_one: bool | None = None
        self._callers: dict[tuple[str, str], tuple[_Caller, ...]] = {}
        self._interfaces: dict[str, bool] = {}
        self._programs: dict[str, bool] = {}

    def is_alone_by_itself(self, facts: ModuleFacts, function: FunctionFacts, line: int) -> bool:
        """
        Whether the names around a line of a coroutine tell that nothing else runs on the loop beside it.

        In a lifespan before its `yield` and in start-up handlers the application does not serve yet, and after
        the `yield` of a lifespan it serves no longer; a command-line command, and what stands in a module of the
        command line or of test support, has the loop for itself; so has a program's main coroutine until it
        starts something.
        """
        return self._begins(facts, function, line) != _NOT_ALONE

    def is_alone_for_now(self, facts: ModuleFacts, function: FunctionFacts, effect: Effect) -> bool:
        """
        Whether a coroutine sets something up, and an effect is short beside that.

        Its name tells that, or the name of a module that does nothing else.
        """
        if effect not in SHORTEST_EFFECTS:
            return False
        return _sets_up(function) or facts.name.rpartition(".")[2] in _MODULES_THAT_SET_UP

    def is_alone_by_project(self, effect: Effect) -> bool:
        """
        Whether a short effect has the loop for itself because the project runs its coroutines for one purpose.

        Such a project calls `asyncio.run` itself, as programs do, and has to do with no server, bot, consumer or
        user interface.
        """
        return effect in _SHORT_EFFECTS and self._runs_for_one_purpose()

    def _runs_for_one_purpose(self) -> bool:
        """Whether the project runs coroutines, and has nothing to do with what runs several at a time."""
        self._note()
        if self._is_for_one is None:
            names = self._names_used()
            self._is_for_one = names_any(names, _RUNNERS) and not names_any(names, _COMPANY)
        return self._is_for_one

    def is_alone_by_callers(self, facts: ModuleFacts, function: FunctionFacts, line: int, effect: Effect) -> bool:
        """
        Whether all that call a coroutine tell that nothing else runs on the loop beside a line of it.

        What `asyncio.run` runs at the start of a program has the loop for itself until it starts something, and
        what only places that are alone await has no company either.
        """
        return self._why(facts, function, line, 0, effect in SHORTEST_EFFECTS) != _NOT_ALONE

    def is_called_now_and_then(self, facts: ModuleFacts, function: FunctionFacts) -> bool:
        """
        Whether a coroutine is called, and nothing tells that it runs often: no decorator, no loop around a call.

        Nor does what calls it, and none of their modules has to do with servers, bots or user interfaces.
        """
        return bool(self._callers_of(facts, function)) and not self._may_run_often(facts, function, 0)

    def _may_run_often(self, facts: ModuleFacts, function: FunctionFacts, depth: int) -> bool:
        if function.decorators or _has_company(facts):
            return True
        if depth == _MOST_CALLERS_UP:
            return False
        return any(
            caller.site.flags & IN_LOOP or self._may_run_often(caller.facts, caller.function, depth + 1)
            for caller in self._callers_of(facts, function)
        )

    def _begins(self, facts: ModuleFacts, function: FunctionFacts, line: int) -> int:
        """What a place is part of by the names around it alone."""
        parts = facts.name.split(".")
        if not _ALONE.isdisjoint(parts) or not _FOLDERS_ALONE.isdisjoint(parts[:-1]):
            # A command may serve: its routes stand in it.
            return _NOT_ALONE if self._is_routed(facts, function) else _PART_OF_PROGRAM
        name = function.name.rpartition(".")[2]
        decorators = self._graph.decorators(facts, function)
        if "contextlib.asynccontextmanager" in decorators or name == "lifespan":
            is_early = line < function.first_yield or name == "lifespan"
            return _PART_OF_START_UP if is_early else _NOT_ALONE
        if any(decorator.startswith(_QUEUES) for decorator in decorators):
            return _PART_OF_PROGRAM
        if "startup" in name.split("_"):
            return _PART_OF_START_UP
        if (
            not function.decorators
            and "main" in name.split("_")
            and not self._shares_the_loop(facts, function, line)
        ):
            return _PART_OF_PROGRAM
        for number in function.decorators:
            last = last_part(facts, number)
            if last == "on_event":
                return _PART_OF_START_UP
            if last == "command" and self._takes_arguments(facts):
                return _PART_OF_PROGRAM
        return _NOT_ALONE

    def _is_routed(self, facts: ModuleFacts, function: FunctionFacts) -> bool:
        """Whether a decorator with a path makes a route of a function: `@api.get("/orders")`."""
        return any(last_part(facts, number) in ROUTE_DECORATORS for number in function.decorators) and any(
            name.partition(".")[0] in FRAMEWORKS for name in facts.wiring.imports
        )

    def _why(self, facts: ModuleFacts, function: FunctionFacts, line: int, depth: int, is_short: bool) -> int:
        """
        What a place is part of by all that call its coroutine.

        What others may call as well, from outside the project, is part of its program only for a short effect, or
        where the project is a program that runs coroutines for one purpose.
        """
        if depth > _MOST_CALLERS_UP or not self._is_called_by_name_only(facts, function):
            return _NOT_ALONE
        part = _NOT_ALONE
        for caller in self._callers_of(facts, function):
            if caller.function.is_async:
                if not caller.site.flags & AWAITED:
                    return _NOT_ALONE
                at = (caller.facts, caller.function, caller.site.line)
                one = self._begins(*at)
                if one == _NOT_ALONE and is_short and _sets_up(caller.function):
                    one = _PART_OF_START_UP
                if one == _NOT_ALONE:
                    one = self._why(*at, depth + 1, is_short)
                if one == _NOT_ALONE and self._is_program(caller.facts):
                    one = _PART_OF_PROGRAM
            elif self._shares_the_loop(facts, function, line):
                return _NOT_ALONE
            elif "<lambda" in caller.function.name and is_of_command_line(caller.facts):
                # A command hands over what its one run does.
                one = _PART_OF_PROGRAM
            else:
                one = self._run_by(caller, facts, function, is_short)
            if one == _PART_OF_PROGRAM and caller.facts is not facts and not is_short:
                if self._is_open_to_others(facts, function):
                    return _NOT_ALONE
            if one == _NOT_ALONE:
                return _NOT_ALONE
            part = max(part, one)
        return part

    def _is_open_to_others(self, facts: ModuleFacts, function: FunctionFacts) -> bool:
        """
        Whether others than the project may call a coroutine.

        What is called like a program (`run_proxy`), or is of a project that runs coroutines for one purpose,
        is for the program alone, unless a package passes it on.
        """
        if _is_private(facts, function) or self._takes_arguments(facts):
            return False
        if not function.name.startswith("run_") and not self._runs_for_one_purpose():
            return True
        others = self._mentioning(facts, function.name, False)
        return others is None or any(one.is_package and function.name in one.exports for one in others)

    def _is_called_by_name_only(self, facts: ModuleFacts, function: FunctionFacts) -> bool:
        """Whether no decorator registers a function somewhere, and it is no special method."""
        around, _, name = function.name.rpartition(".")
        is_inner = around in facts.named and facts.named[around] != facts.named.get(function.name)
        if name.startswith("__") or (function.name not in (name, f"{function.owner}.{name}") and not is_inner):
            return False
        return all(
            decorator in _HARMLESS_DECORATORS or self._only_wraps(decorator)
            for decorator in self._graph.decorators(facts, function)
        )

    def _only_wraps(self, decorator: str) -> bool:
        """Whether a decorator is a function of the project that gives another one in place of what it is given."""
        found = self._graph.function(decorator) if decorator else None
        if found is None:
            return False
        facts, function = found
        receiver = facts.receiver(function)
        values = [self._graph.value(facts, site.term, receiver) for site in function.sites if site.kind == CALL]
        names = {value.name if value is not None else "" for value in values}
        return "functools.wraps" in names and names <= _WRAPPING

    def _takes_arguments(self, facts: ModuleFacts) -> bool:
        """What `takes_arguments` says of a module, worked out once."""
        found = self._interfaces.get(facts.name)
        if found is None:
            found = self._interfaces[facts.name] = takes_arguments(facts)
        return found

    def _is_program(self, facts: ModuleFacts) -> bool:
        """Whether a module takes arguments from the command line and starts no tasks and no servers."""
        found = self._programs.get(facts.name)
        if found is None:
            names = [str(term[1] if term[0] == "N" else term[2]) for term in facts.terms if term[0] in ("N", "A")]
            found = self._takes_arguments(facts) and not any(
                name.startswith(_SERVING) or _may_begin_something(name.rpartition(".")[2]) for name in names
            )
            self._programs[facts.name] = found
        return found

    def _run_by(self, caller: _Caller, home: ModuleFacts, coroutine: FunctionFacts, is_short: bool) -> int:
        """
        What a plain function begins that hands a coroutine of a module to `asyncio.run`.

        For a short effect, and where its own module runs it as a script, a coroutine that starts nothing is a
        program of its own, whatever it is called, if its module has nothing to do with servers, bots and the like.
        So is one in a function that runs it.
        """
        facts, function, site = caller
        receiver = facts.receiver(function)
        for other in function.sites:
            if other.kind == CALL and _is_around(other, site):
                value = self._graph.value(facts, other.term, receiver)
                if value is not None and (value.name in _RUNNERS or self._runs_coroutines(value)):
                    break
                if _last_name(facts, other) == "run_until_complete" and (is_short or _makes_loop(caller)):
                    break
        else:
            return _NOT_ALONE
        is_script = facts is home and function.name == OWN_LEVEL
        is_inner = facts is home and coroutine.name.startswith(f"{function.name}.")
        if (is_short or is_script or is_inner) and not _has_company(home):
            if not self._shares_the_loop(home, coroutine, sys.maxsize):
                return _PART_OF_PROGRAM
        words = {*function.name.rpartition(".")[2].split("_"), *coroutine.name.rpartition(".")[2].split("_")}
        if not words.isdisjoint(_STARTING):
            return _PART_OF_START_UP
        if self._begins(facts, function, site.line) == _PART_OF_PROGRAM:
            return _PART_OF_PROGRAM
        return _PART_OF_PROGRAM if not words.isdisjoint(_PROGRAM) else _NOT_ALONE

    def _runs_coroutines(self, value: Value) -> bool:
        """Whether a value is a plain function of the project that hands something to `asyncio.run`."""
        found = self._graph.function(value.name) if value.kind == "function" else None
        if found is None or found[1].is_async:
            return False
        facts, function = found
        receiver = facts.receiver(function)
        runs = (
            self._graph.value(facts, site.term, receiver)
            for site in function.sites
            if site.kind == CALL and _last_name(facts, site) == "run"
        )
        return any(one is not None and one.name in _RUNNERS for one in runs)

    def _shares_the_loop(self, facts: ModuleFacts, function: FunctionFacts, line: int, depth: int = 0) -> bool:
        """Whether a coroutine may have started something else before a line of it."""
        receiver = facts.receiver(function)
        for site in function.sites:
            if site.line >= line:
                break
            if site.kind != CALL:
                continue
            value = self._graph.value(facts, site.term, receiver) if depth < _MOST_CALLS_DOWN else None
            found = self._graph.function(value.name) if value is not None and value.kind == "function" else None
            # What a function of the project is called tells less than what it does.
            if found is not None:
                if self._shares_the_loop(*found, sys.maxsize, depth + 1):
                    return True
            elif value is not None and value.kind == "external" and value.name.startswith(_BESIDE_THE_LOOP):
                continue
            elif not (site.flags & AWAITED and _last_name(facts, site) in _WAITING_FOR_ALL):
                if _may_begin_something(_last_name(facts, site)):
                    return True
        return False

    def _callers_of(self, facts: ModuleFacts, function: FunctionFacts) -> tuple[_Caller, ...]:
        """The places that call a function; none where that cannot be told."""
        self._note()
        key = (facts.name, function.name)
        found = self._callers.get(key)
        if found is None:
            found = self._callers[key] = tuple(self._find_callers(facts, function) or ())
        return found

    def _find_callers(self, facts: ModuleFacts, function: FunctionFacts) -> list[_Caller] | None:
        name = function.name.rpartition(".")[2]
        found: list[_Caller] = []
        if not self._add_callers(found, facts, facts, function, name):
            return None
        others = self._mentioning(facts, name, bool(function.owner))
        if others is None or not all(self._add_callers(found, other, facts, function, name) for other in others):
            return None
        return found

    def _add_callers(
        self, found: list[_Caller], place: ModuleFacts, facts: ModuleFacts, function: FunctionFacts, name: str
    ) -> bool:
        """
        Add the calls that stand in a module; false where one may or may not be of the function.

        On the command line it does not matter which it is.
        """
        meant = facts.qualified(function.name)
        for one in place.functions:
            receiver = place.receiver(one)
            for site in one.sites:
                for _, number in site.arguments:
                    if last_part(place, number) == name:
                        value = self._graph.value(place, number, receiver)
                        if value is None or value.name == meant:
                            return False
        for caller, site, is_it in self._graph.calls_in(place, facts, function):
            if is_it is not False:
                found.append(_Caller(place, caller, site))
        return True


def is_of_command_line(facts: ModuleFacts) -> bool:
    """Whether a module belongs to the command line by its name or the name of its package."""
    return not _COMMAND_LINES.isdisjoint(facts.name.split("."))


def takes_arguments(facts: ModuleFacts) -> bool:
    """Whether a module has to do with arguments from the command line; commands of chats have not."""
    return any(term[0] == "N" and str(term[1]).startswith(_INTERFACES) for term in facts.terms)


def _has_company(facts: ModuleFacts) -> bool:
    """Whether a module names something that runs several things on a loop, connections kept alive among them."""
    return any(term[0] == "N" and str(term[1]).startswith(_COMPANIONS) for term in facts.terms)


def names_any(lines: bytes, names: Iterable[str]) -> bool:
    """Whether a line of what a project names (`names_used`) is one of the dotted names or something in it."""
    return any(b"\n%b%b" % (name.encode(), end) in lines for name in names for end in (b".", b"\n"))


def _last_name(facts: ModuleFacts, site: Site) -> str:
    return last_part(facts, site.term)


def _is_around(outer: Site, inner: Site) -> bool:
    begins = (outer.line, outer.column) < (inner.line, inner.column)
    return begins and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


def _may_begin_something(name: str) -> bool:
    """Whether the last name of what is called says that something else may run on the loop afterwards."""
    words = name.lower().strip("_").split("_")
    if words[0] in _LOOKING and len(words) > 1:
        return False
    return words[0] in _BEGINNING or not _SHARING.isdisjoint(words)


def _sets_up(function: FunctionFacts) -> bool:
    """Whether the name of a function says that it sets something up."""
    name = function.name.rpartition(".")[2].strip("_")
    return name.partition("_")[0] in _SETTING_UP or name in _MIGRATING


def _is_private(facts: ModuleFacts, function: FunctionFacts) -> bool:
    parts = [*facts.name.split("."), *function.name.split(".")]
    return any(part.startswith("_") for part in parts)


def _makes_loop(caller: _Caller) -> bool:
    """Whether a function makes the loop itself that it runs something in: nobody else knows of it."""
    sites = caller.function.sites
    return any(site.kind == CALL and _last_name(caller.facts, site) == "new_event_loop" for site in sites)
