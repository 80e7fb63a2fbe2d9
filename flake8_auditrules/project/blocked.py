"""What blocks the event loop in the coroutines of a module, and what its calls wait for further down."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.knowledge.called_back import CALLED_BACK
from flake8_auditrules.knowledge.called_back import METHODS as CALLED_BACK_METHODS
from flake8_auditrules.knowledge.offloading import DECORATOR_HINTS
from flake8_auditrules.knowledge.offloading import DECORATORS as OFFLOADING_DECORATORS
from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.appeals import Appeals
from flake8_auditrules.project.effects import CURES, Reason, is_unconditional
from flake8_auditrules.project.facts import (
    ANYTHING,
    CALL,
    GUARD,
    IN_LOOP,
    KEPT,
    ONE_TEXT,
    FunctionFacts,
    Guard,
    ModuleFacts,
    Site,
    Term,
    known_value,
    rules_out,
)
from flake8_auditrules.project.graph import Edge, NodeKey
from flake8_auditrules.project.linked import Linked
from flake8_auditrules.project.solitude import SHORTEST_EFFECTS
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.names import annotated, last_name
from flake8_auditrules.semantics.plain_forms import is_waived_as_blocking
from flake8_auditrules.semantics.programs import (
    SERVING,
    has_the_loop_for_itself,
    is_terminal_program,
    talks_to_a_person,
)

if TYPE_CHECKING:
    from flake8_auditrules.project.project import Project

_Answer = tuple[Term, NodeKey, int]

_CURE_ON_TWISTED = "use `await threads.deferToThread(...)` of `twisted.internet`"
_CURE_OF_PAUSES_ON_TWISTED = "use `await task.deferLater(...)` of `twisted.internet`"
_LONGEST_CHAIN = 6
# To work out what blocks in so many takes longer than to look at the time stamps of all files.
_MANY_COROUTINES = 32
# A program that asks a person at the terminal stops for the answer; in a server nobody sits there.
_PROMPTS = frozenset({"builtins.input", "getpass.getpass"})
_TELLING = frozenset({"debug", "trace"})
_JOINS = frozenset({"threading.Thread.join", "threading.Timer.join"})
_ENDING = pattern(r"_*(?:a?close|a?exit|clean_?up|dispose|end|shut_?down|stop|tear_?down|terminate)(?:_|$)")
_NOTHING_KNOWN: Mapping[str, int] = {}
# Methods of event loops, with the position of the function that they call on the loop.
_HANDED_AT = {"add_reader": 1, "add_writer": 1, "call_at": 1, "call_later": 1, "call_soon": 0}
# Methods of loggers that write a line.
_LEVELS = frozenset(
    {"critical", "debug", "error", "exception", "info", "log", "success", "trace", "warn", "warning"}
)
_RECORDING = frozenset({"append", "emit", "record", "write"})
# What keeps a log, by its name: `AuditLog`, `tokenlog`, `logger`; not `login`, `catalog` or `blog`.
_LOG_NAME = pattern(r"(?:(?<![A-Za-z])log|Log|(?:audit|call|event|token|llm)log)(?:ger|s|_?file)?$")
_LOGGING = pattern(r"_*log(?:_(?!in|out)\w+)?$")
_APPLICATIONS = frozenset(
    {
        "fastapi.FastAPI",
        "starlette.applications.Starlette",
        "aiohttp.web.Application",
        "sanic.Sanic",
        "quart.Quart",
    }
)
_SERVERS = frozenset(
    {
        "aiohttp.web.AppRunner",
        "asyncio.start_server",
        "asyncio.start_unix_server",
        "grpc.aio.server",
        "uvicorn.Server",
    }
)


class Link(NamedTuple):
    """One link of a chain: the file relative to the project, the 1-based line, and what is called there."""

    path: str
    line: int
    text: str


class Blocked(NamedTuple):
    """
    A place in a coroutine that blocks the event loop.

    `node` is the call, loop, `with` item or attribute, `text` how a message shows it, `shown` the chain in
    brackets with a blank before it ("" for a direct call), `links` the chain's places down to the call that
    waits, whose name is `primitive`. `is_one_text` tells that functions of the project come to a single text.
    """

    node: ast.AST
    text: str
    effect: Effect
    cure: str
    shown: str
    links: tuple[Link, ...]
    primitive: str
    is_one_text: bool


class BlockedPlaces:
    """What blocks in the coroutines of a project's modules."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._calling_back: frozenset[str] | None = None

    def called_back(self, module: Module) -> list[ast.FunctionDef]:
        """
        The plain functions of a module that a library calls on the event loop, in the source's order.

        They are overrides, such as `get` of Tornado's `RequestHandler` and `data_received` of an asyncio protocol,
        and functions that the module itself hands to its loop: `loop.add_reader(file, answer)`.
        """
        return module.keep("methods called back", self._find_all_called_back)

    def _find_all_called_back(self, module: Module) -> list[ast.FunctionDef]:
        overrides = self._find_called_back(module)
        handed = module.keep("functions handed to the loop", _handed_to_loop)
        if not handed:
            return overrides
        return sorted({*overrides, *handed}, key=lambda function: function.lineno)  # type: ignore[arg-type]

    def _find_called_back(self, module: Module) -> list[ast.FunctionDef]:
        candidates: list[ast.FunctionDef] = [
            method
            for node in module.nodes(ast.ClassDef)
            if node.bases
            for method in node.body
            if isinstance(method, ast.FunctionDef) and method.name in CALLED_BACK_METHODS
        ]
        if not candidates or not self._classes_that_call_back():
            return []
        linked, facts = self._seen_from(module)
        if facts is None:
            return []
        methods = {(one.line, one.name.rpartition(".")[2]): one for one in facts.functions if one.owner}
        found: list[ast.FunctionDef] = []
        for method in candidates:
            function = methods.get((method.lineno, method.name))
            if function is not None and self._is_called_back(linked, facts, function):
                found.append(method)
        return found

    def _seen_from(self, module: Module) -> tuple[Linked, ModuleFacts | None]:
        """What a module sees of the others, and its own facts, which the others see from then on."""
        linked = self._project.elsewhere(module.path)
        path = os.path.abspath(module.path)
        facts = self._project.facts(path)
        if facts is not None:
            linked.hold(facts, path)
        return linked, facts

    def _is_called_back(self, linked: Linked, facts: ModuleFacts, function: FunctionFacts) -> bool:
        name = function.name.rpartition(".")[2]
        for decorator in linked.graph.decorators(facts, function):
            last = decorator.rpartition(".")[2].lower()
            if not last or decorator in OFFLOADING_DECORATORS or any(hint in last for hint in DECORATOR_HINTS):
                return False
        line = linked.graph.line(facts.qualified(function.owner))
        return any(name in CALLED_BACK[ancestor] for ancestor in line if ancestor in CALLED_BACK)

    def _classes_that_call_back(self) -> frozenset[str]:
        """The classes of libraries that call methods back and that a module of the project names."""
        if self._calling_back is None:
            names = self._project.names_used()
            self._calling_back = frozenset(one for one in CALLED_BACK if b"\n%b\n" % one.encode() in names)
        return self._calling_back

    def by_coroutine(self, module: Module) -> dict[ast.AST, list[Blocked]]:
        """The places that block in each coroutine, or method called back, of a module, in the source's order."""
        coroutines: list[ast.AsyncFunctionDef | ast.FunctionDef] = list(module.nodes(ast.AsyncFunctionDef))
        coroutines += self.called_back(module)
        if not coroutines:
            return {}
        path = os.path.abspath(module.path)
        kept = self._project.kept(path, "blocked", len(coroutines) >= _MANY_COROUTINES)
        if isinstance(kept, list):
            return self._in_company(module, _blocked_from(kept, coroutines))
        linked, facts = self._seen_from(module)
        if facts is None:
            return {}
        found = _less_what_is_ready(module, self._find_blocked(module, linked, facts, coroutines))
        self._project.keep(path, "blocked", _plain_blocked(found))
        return self._in_company(module, found)

    def _in_company(self, module: Module, found: dict[ast.AST, list[Blocked]]) -> dict[ast.AST, list[Blocked]]:
        """The places that block, less those beside which nothing else runs, as their callers tell."""
        if not found:
            return found
        linked, facts = self._seen_from(module)
        if facts is None:
            return found
        functions = {(one.line, one.name.rpartition(".")[2]): one for one in facts.functions if one.is_async}
        left: dict[ast.AST, list[Blocked]] = {}
        for coroutine, several in found.items():
            function = functions.get((coroutine.lineno, coroutine.name))  # type: ignore[attr-defined]
            for one in several:
                is_alone = linked.solitude.is_alone_by_project(one.effect) or (
                    function is not None
                    and one.effect is not Effect.LOOP
                    and linked.solitude.is_alone_by_callers(facts, function, one.node.lineno, one.effect)  # type: ignore[attr-defined]
                )
                is_rare = (
                    one.is_one_text
                    and function is not None
                    and linked.solitude.is_called_now_and_then(facts, function)
                )
                if not is_alone and not is_rare:
                    left.setdefault(coroutine, []).append(one)
        return left

    def _find_blocked(
        self,
        module: Module,
        linked: Linked,
        facts: ModuleFacts,
        coroutines: Sequence[ast.AsyncFunctionDef | ast.FunctionDef],
    ) -> dict[ast.AST, list[Blocked]]:
        """What blocks in each coroutine and each method called back."""
        by_line = {(one.lineno, one.name): one for one in coroutines}
        functions: dict[ast.AST, FunctionFacts] = {}
        found: dict[ast.AST, list[Blocked]] = {}
        for function in facts.functions:
            coroutine = by_line.get((function.line, function.name.rpartition(".")[2]))
            if coroutine is None:
                continue
            functions[coroutine] = function
            receiver = facts.receiver(function)
            reported: set[tuple[int, int]] = set()
            answers: set[_Answer] = set()
            for site in function.sites:
                if (site.line, site.column) in reported:
                    continue
                edges = linked.graph.edges_of(facts, site, receiver)
                one = self._blocked_at(module, linked, facts, coroutine, function, site, edges, answers)
                if one is not None:
                    reported.add((site.line, site.column))
                    found.setdefault(coroutine, []).append(one)
        appeals = Appeals(module, facts, linked.graph, linked.effects, linked.path_of)
        for node, site, run in appeals.edges(functions):
            one = self._blocked_at(module, linked, facts, node, functions[node], site, run, set())
            if one is not None:
                found.setdefault(node, []).append(one)
                found[node].sort(key=lambda other: (other.node.lineno, other.node.col_offset))  # type: ignore[attr-defined]
        return found

    def _blocked_at(
        self,
        module: Module,
        linked: Linked,
        facts: ModuleFacts,
        coroutine: ast.AST,
        function: FunctionFacts,
        site: Site,
        edges: Iterable[Edge],
        answers: set[_Answer],
    ) -> Blocked | None:
        """
        What blocks at one place of a coroutine, given what is run there.

        `answers` has what earlier places of the coroutine asked for and objects keep; this place's is added.
        """
        reasons = linked.effects.reasons(edges, function)
        reason = next(
            (
                one
                for one in reasons
                if not _may_never_wait(linked, one) and not self._is_ruled_out(module, linked, coroutine, one)
            ),
            None,
        )
        if reason is None:
            return None
        if reason.edge.target is None and is_waived_as_blocking(module, site.line):
            return None
        if _has_another_coroutine(linked, facts, function, reason):
            return None
        if reason.effect is not Effect.LOOP:
            is_alone = linked.solitude.is_alone_by_itself(facts, function, site.line)
            if is_alone or _takes_application(module, coroutine) or _is_of_synchronous_twin(facts, function):
                return None
            if has_the_loop_for_itself(module) or linked.solitude.is_alone_for_now(facts, function, reason.effect):
                return None
            if reason.effect in SHORTEST_EFFECTS and is_terminal_program(module) and not module.imports(*SERVING):
                return None
            if reason.effect is Effect.FILE and coroutine in module.keep("makers of servers", _makers_of_servers):
                return None
            if reason.effect is Effect.NETWORK and _tells_what_happens(reason):
                return None
            if reason.effect is Effect.FILE and _writes_to_a_log(linked, reason):
                return None
            if reason.effect is Effect.FILE and _migrates(linked, reason):
                return None
            if _primitive(linked, reason) in _PROMPTS:
                # Who hands over the answer is not asked for it.
                if talks_to_a_person(module) or not is_unconditional(reason):
                    return None
        if reason.edge.primitive in _JOINS and _ENDING.match(function.name.rpartition(".")[2]):
            # The thread has been told to end, and so has the coroutine's own object.
            return None
        place = _node_at(module, coroutine, site)
        if reason.effect is Effect.FILE and _looks_for_faults(module, place):
            return None
        if reason.effect is not Effect.LOOP and _cleans_up_when_cancelled(module, place):
            return None
        answer = _kept_answer(linked, facts, site, reason)
        if answer is not None:
            if answer in answers:
                return None
            answers.add(answer)
        return self._blocked(module, linked, facts, place, site, reason)

    def _is_ruled_out(self, module: Module, linked: Linked, coroutine: ast.AST, reason: Reason) -> bool:
        """Whether a call on the way, of the coroutine or below it, hands over what keeps it from being gone on."""
        target = reason.edge.target
        if target is None or reason.edge.handed is not None:
            return False
        if target[1] and _is_of_another_class(
            module, linked, _node_at(module, coroutine, reason.edge.site), target[1]
        ):
            return True
        steps = linked.effects.steps(target, reason.effect)
        guarded = [number for number, (_, step) in enumerate(steps) if step.site.flags // GUARD]
        if not guarded:
            return False
        from flake8_auditrules.project.definitions import module_at

        call = _node_at(module, coroutine, reason.edge.site)
        place = module
        handed_on = _with_what_is_made(module, call, _NOTHING_KNOWN)
        for number, (key, step) in enumerate(steps):
            if _keeps_from(linked, place, call, handed_on, key, step, reason.effect):
                return True
            if number == guarded[-1] or not _blocks_only_at(linked, key, step, reason.effect):
                return False
            split = linked.graph.split(key[0])
            found = linked.graph.function(key[0])
            below = module_at(self._project, linked.paths.get(split[0].name, "")) if split is not None else None
            if below is None or found is None or step.handed is not None:
                return False
            known = _known_parameters(call, handed_on, found[1])
            call, above = _node_at(below, below.tree, step.site), call
            known = {**_known_defaults(below, call, above, found[1]), **known}
            handed_on = _with_what_is_made(below, call, _unless_assigned(below, call, known))
            place = below
        return False

    def is_alone(self, module: Module, coroutine: ast.AsyncFunctionDef, node: ast.AST) -> bool:
        """Whether a place in a coroutine has the loop for itself by the names around it."""
        linked, facts = self._seen_from(module)
        if facts is None:
            return False
        line: int = getattr(node, "lineno", 0)
        return any(
            linked.solitude.is_alone_by_itself(facts, one, line)
            for one in facts.functions
            if one.is_async and (one.line, one.name.rpartition(".")[2]) == (coroutine.lineno, coroutine.name)
        )

    def waits_at(self, module: Module, call: ast.Call) -> Blocked | None:
        """
        What a call of the module waits for further down, through functions of the project; None for nothing.

        Only what is reached without a condition on the way counts; a call that waits itself is not given.
        """
        linked, facts = self._seen_from(module)
        if facts is None:
            return None
        found = module.keep("sites by place", lambda _: _sites_by_place(facts))
        place = found.get((call.lineno, call.col_offset, call.end_lineno, call.end_col_offset))
        if place is None:
            return None
        function, site = place
        receiver = facts.receiver(function)
        edges = linked.graph.edges_of(facts, site, receiver)
        for reason in linked.effects.reasons(edges, function):
            if reason.edge.target is not None and is_unconditional(reason):
                return self._blocked(module, linked, facts, call, site, reason)
        return None

    def _blocked(
        self, module: Module, linked: Linked, facts: ModuleFacts, node: ast.AST, site: Site, reason: Reason
    ) -> Blocked:
        text = module.call_text(node) if isinstance(node, ast.Call) else module.text(node)
        edge = reason.edge
        own_path = self._project.relative(module.path)
        followed = self._followed(edge.primitive) if edge.target is None else ()
        if edge.target is None and edge.handed is None and not followed:
            return Blocked(
                node, text, reason.effect, _cure(module, reason, reason.entry.cure), "", (), edge.primitive, False
            )
        links: list[Link] = []
        names: list[str] = []
        primitive = edge.primitive
        place, line = own_path, site.line
        if edge.handed is not None:
            links.append(Link(place, line, self._shown(linked, edge.handed, facts, None)))
            names.append(links[-1].text)
        if edge.target is not None:
            before: NodeKey | None = None
            links.append(Link(place, line, self._shown(linked, edge.target, facts, before)))
            names.append(links[-1].text)
            for key, step in linked.effects.steps(edge.target, reason.effect):
                split = linked.graph.split(key[0])
                path = linked.paths.get(split[0].name, "") if split is not None else ""
                place, line = self._project.relative(path), step.site.line
                for following in (step.handed, step.target):
                    if following is not None:
                        shown = self._shown(linked, following, facts, key)
                        links.append(Link(place, line, shown))
                        names.append(shown)
                if step.target is None:
                    primitive = step.primitive
                    followed = self._followed(primitive)
        links.append(Link(place, line, primitive))
        names.append(primitive)
        for place, line, name in followed:
            links.append(Link(place, line, name))
            names.append(name)
        if len(names) > _LONGEST_CHAIN:
            names = [*names[: _LONGEST_CHAIN - 3], "...", *names[-2:]]
        where = f", {place}:{line}" if place != own_path else ""
        return Blocked(
            node,
            text,
            reason.effect,
            _cure(module, reason, CURES[reason.effect]),
            f" ({' -> '.join(names)}{where})",
            tuple(links),
            primitive,
            _opens_one_text(linked, site, reason),
        )

    def _followed(self, primitive: str) -> tuple[Link, ...]:
        """The steps inside an installed package, for a call that was found to block by its source."""
        if self._project.installed is None:
            return ()
        return tuple(Link(*step) for step in self._project.installed.steps(primitive))

    def _shown(self, linked: Linked, key: NodeKey, facts: ModuleFacts, before: NodeKey | None) -> str:
        """A function's name as a chain shows it: a method by its class, a function of another module in full."""
        found = linked.graph.function(key[0])
        if found is None:
            return key[0]
        home, function = found
        name = function.name.replace(".<lambda", " lambda<").partition(" lambda<")[0]
        if "<lambda" in function.name:
            return "lambda"
        if function.owner:
            last = function.name.rpartition(".")[2]
            if before is not None and before[0].rpartition(".")[0] == key[0].rpartition(".")[0]:
                return last
            return f"{function.owner}.{last}"
        if home.name == facts.name:
            return name
        if before is not None and before[0].startswith(f"{home.name}."):
            return name
        return f"{home.name}.{name}"


def _handed_to_loop(module: Module) -> set[ast.AST]:
    """The plain functions and methods of a module that it tells its event loop to call."""
    found: set[ast.AST] = set()
    for call in module.calls_named(*_HANDED_AT):
        function = call.func
        if not isinstance(function, ast.Attribute) or "loop" not in last_name(function.value):
            continue
        position = _HANDED_AT[function.attr]
        given = call.args[position] if position < len(call.args) else None
        sites: list[ast.AST] = []
        if isinstance(given, ast.Name):
            sites = list(module.sites_of(given))
        elif isinstance(given, ast.Attribute) and isinstance(given.value, ast.Name) and given.value.id == "self":
            owner = module.enclosing(call, ast.ClassDef)
            sites = [one for one in owner.body if getattr(one, "name", "") == given.attr] if owner else []
        if len(sites) == 1 and isinstance(sites[0], ast.FunctionDef) and not sites[0].decorator_list:
            found.add(sites[0])
    return found


def _less_what_is_ready(module: Module, found: dict[ast.AST, list[Blocked]]) -> dict[ast.AST, list[Blocked]]:
    """The places that block, less reads of sockets in functions that the loop calls when there is something."""
    handed = module.keep("functions handed to the loop", _handed_to_loop)
    for function in handed.intersection(found):
        found[function] = [one for one in found[function] if not one.primitive.startswith("socket.socket.")]
    return found


def _plain_blocked(found: Mapping[ast.AST, Sequence[Blocked]]) -> list[tuple[object, ...]]:
    """What blocks in each coroutine as built-in types, nodes by their places."""
    return [
        (_place_of(coroutine), [(_place_of(one.node), *_plain_fields(one)) for one in several])
        for coroutine, several in found.items()
    ]


def _place_of(node: ast.AST) -> tuple[int, int, int | None, int | None]:
    assert isinstance(node, (ast.expr, ast.stmt))
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


def _plain_fields(one: Blocked) -> tuple[object, ...]:
    links = tuple(map(tuple, one.links))
    return one.text, one.effect.name, one.cure, one.shown, links, one.primitive, one.is_one_text


def _blocked_from(
    stored: list[Any], coroutines: Sequence[ast.AsyncFunctionDef | ast.FunctionDef]
) -> dict[ast.AST, list[Blocked]]:
    """What blocks in each coroutine, out of the form that `_plain_blocked` gives."""
    by_place: dict[tuple[int, int, int | None, int | None], ast.AST] = {_place_of(one): one for one in coroutines}
    found: dict[ast.AST, list[Blocked]] = {}
    for place, several in stored:
        coroutine = by_place[place]
        nodes = _expressions_by_place(coroutine)
        found[coroutine] = [
            Blocked(
                nodes.get(at, coroutine),
                text,
                Effect[effect],
                cure,
                shown,
                tuple(map(Link._make, links)),
                name,
                is_one_text,
            )
            for at, text, effect, cure, shown, links, name, is_one_text in several
        ]
    return found


def _cure(module: Module, reason: Reason, cure: str) -> str:
    """What to do about a place: where coroutines run on Twisted's reactor, asyncio's threads are not at hand."""
    if reason.effect is Effect.LOOP or not module.imports("twisted") or module.imports("asyncio"):
        return cure
    return _CURE_OF_PAUSES_ON_TWISTED if reason.effect is Effect.SLEEP else _CURE_ON_TWISTED


def _kept_answer(linked: Linked, facts: ModuleFacts, site: Site, reason: Reason) -> _Answer | None:
    """
    What a place asks for that an object keeps, so that asking again takes no time; None for what nobody keeps.

    The answer is told by the object, the function that keeps it and the line in which it is asked for. Of an
    object that is made here nothing is told: it may be another one at each place.
    """
    term = facts.terms[site.term]
    if reason.edge.target is None or term[0] not in ("A", "N"):
        return None
    holder: Term = ("N", str(term[1]).rpartition(".")[0])
    if term[0] == "A":
        holder = facts.terms[term[1]]  # type: ignore[call-overload]
        if holder[0] == "C":
            return None
    for key, step in linked.effects.steps(reason.edge.target, reason.effect):
        if step.site.flags & KEPT:
            return holder, key, step.site.line
    return None


def _has_another_coroutine(linked: Linked, facts: ModuleFacts, function: FunctionFacts, reason: Reason) -> bool:
    """
    Whether a coroutine is not the one of the objects whose methods the chain that begins in it leads to.

    The subclass that fills a method which the coroutine's class leaves open has a coroutine of its own for it.
    """
    target, own = reason.edge.target, facts.receiver(function)
    if target is None or not own:
        return False
    receivers = [target[1], *(key[1] for key, _ in linked.effects.steps(target, reason.effect))]
    heir = next((one for one in receivers if one != own), "")
    return bool(heir) and linked.graph.has_its_own(heir, facts, function)


def _primitive(linked: Linked, reason: Reason) -> str:
    """The library's call that a reason ends in."""
    if reason.edge.target is None:
        return reason.edge.primitive
    chain = linked.effects.steps(reason.edge.target, reason.effect)
    return chain[-1][1].primitive if chain else ""


_Places = dict[tuple[int, int, "int | None", "int | None"], ast.expr]


def _no_places(module: Module) -> dict[ast.AST, _Places]:
    return {}


def _calls_by_place(module: Module) -> _Places:
    """The calls of a module by where they begin and end."""
    return {_place_of(call): call for call in module.nodes(ast.Call)}


def _node_at(module: Module, coroutine: ast.AST, site: Site) -> ast.AST:
    """The name, attribute or call in a coroutine that stands at a place; the coroutine for none."""
    place = (site.line, site.column, site.end_line, site.end_column)
    call = module.keep("calls by their places", _calls_by_place).get(place) if site.kind == CALL else None
    if call is not None:
        return call
    nodes = module.keep("expressions by their places", _no_places)
    if coroutine not in nodes:
        nodes[coroutine] = _expressions_by_place(coroutine)
    return nodes[coroutine].get(place, coroutine)


def _is_of_another_class(module: Module, linked: Linked, call: ast.AST, name: str) -> bool:
    """Whether a method is called where `isinstance` has found the object to be none of a class of this name."""
    receiver = call.func.value if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) else None
    if not isinstance(receiver, ast.Name):
        return False
    child: ast.AST = call
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            return False
        if isinstance(ancestor, ast.If) and child in ancestor.orelse:
            test = ancestor.test
            if (
                isinstance(test, ast.Call)
                and last_name(test) == "isinstance"
                and len(test.args) == 2
                and isinstance(test.args[0], ast.Name)
                and test.args[0].id == receiver.id
            ):
                asked = test.args[1].elts if isinstance(test.args[1], ast.Tuple) else [test.args[1]]
                known = (linked.graph.resolve(module.qualname(one) or "") for one in asked)
                if any(one is not None and one.name == name for one in known):
                    return True
        child = ancestor
    return False


def _may_never_wait(linked: Linked, reason: Reason) -> bool:
    """
    Whether a thread is waited for two calls down or further, and only on a condition that a loop has no part in.

    Such a condition is mostly the one that tells who calls: a coroutine or a thread.
    """
    if reason.effect is not Effect.WAIT or reason.edge.target is None or is_unconditional(reason):
        return False
    steps = linked.effects.steps(reason.edge.target, reason.effect)
    last = linked.graph.function(steps[-1][0][0]) if len(steps) > 1 else None
    return last is not None and not last[1].loop_aware


def _keeps_from(
    linked: Linked,
    place: Module,
    call: ast.AST,
    handed_on: Mapping[str, int],
    key: NodeKey,
    step: Edge,
    effect: Effect,
) -> bool:
    """
    Whether what a call hands over keeps the function that it calls from going on to what blocks.

    `handed_on` has what is known of the parameters of the function of the module `place` in which the call stands.
    """
    found = linked.graph.function(key[0])
    number = step.site.flags // GUARD
    if not number or found is None:
        return False
    function = found[1]
    own_name = (function.owner if function.name.endswith(".__init__") else function.name).rpartition(".")[2]
    if not isinstance(call, ast.Call) or own_name not in (last_name(call.func), _imported_name(place, call.func)):
        return False
    ruled_out = {
        guard
        for guard in {one for several in function.guards for one in several}
        if rules_out(guard, _given_for(call, handed_on, guard, function))
    }
    if ruled_out.isdisjoint(function.guards[number - 1]):
        return False
    return not _does_otherwise(linked, found, key[1], effect, ruled_out)


def _imported_name(module: Module, callee: ast.expr) -> str:
    """What a function is called where it is defined that a module imports under another name; "" for others."""
    name = module.qualname(callee) if isinstance(callee, ast.Name) else None
    return name.rpartition(".")[2] if name is not None else ""


def _blocks_only_at(linked: Linked, key: NodeKey, step: Edge, effect: Effect) -> bool:
    """Whether a function blocks by one of its steps, and nowhere else in the same way."""
    found = linked.graph.function(key[0])
    if found is None:
        return False
    facts, function = found
    return not any(
        reason.effect is effect
        for site in function.sites
        if site is not step.site
        for reason in linked.effects.reasons(linked.graph.edges_of(facts, site, key[1]), function)
    )


def _given_for(call: ast.Call, handed_on: Mapping[str, int], guard: Guard, function: FunctionFacts) -> int:
    """What a call gives for the parameter of a guard, as `known_value` tells it, or the parameter's default."""
    for keyword in call.keywords:
        if keyword.arg == guard.parameter:
            return _told(guard, keyword.value, handed_on)
    if any(keyword.arg is None for keyword in call.keywords):
        return ANYTHING
    position = len(call.args)
    if guard.parameter in function.parameters:
        position = function.parameters.index(guard.parameter) - _arguments_bound(call, function)
    if any(isinstance(argument, ast.Starred) for argument in call.args[: position + 1]):
        return ANYTHING
    return _told(guard, call.args[position], handed_on) if 0 <= position < len(call.args) else guard.default


def _told(guard: Guard, argument: ast.expr, handed_on: Mapping[str, int]) -> int:
    """What an argument is for a guard; of a name it is known whether it is there, and not which text it is."""
    return guard.told_by(argument) if guard.texts else _value_of(argument, handed_on)


def _value_of(argument: ast.expr, handed_on: Mapping[str, int]) -> int:
    return handed_on.get(argument.id, ANYTHING) if isinstance(argument, ast.Name) else known_value(argument)


def _known_parameters(call: ast.AST, handed_on: Mapping[str, int], function: FunctionFacts) -> dict[str, int]:
    """What a call says of the parameters of the function that it calls; those that get their defaults left out."""
    if not isinstance(call, ast.Call):
        return {}
    named = [(keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg is not None]
    if not any(isinstance(argument, ast.Starred) for argument in call.args):
        named += zip(function.parameters[_arguments_bound(call, function) :], call.args, strict=False)
    return {name: _value_of(argument, handed_on) for name, argument in named}


def _known_defaults(module: Module, call: ast.AST, above: ast.AST, called: FunctionFacts) -> dict[str, int]:
    """The defaults of the function around a call for parameters that the call `above` of it does not fill."""
    function = module.function_of(call)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or function.decorator_list:
        return {}
    if not isinstance(above, ast.Call) or function.name != called.name.rpartition(".")[2] or _is_open(above):
        return {}
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = dict(zip((one.arg for one in reversed(positional)), reversed(arguments.defaults), strict=False))
    filled = len(above.args) + _arguments_bound(above, called)
    left = {one.arg for one in positional[filled:]} - {keyword.arg for keyword in above.keywords}
    found = {name: known_value(default) for name, default in defaults.items() if name in left}
    given = {keyword.arg for keyword in above.keywords}
    for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=False):
        if one.arg not in given:
            found[one.arg] = known_value(default)
    return found


def _is_open(call: ast.Call) -> bool:
    """Whether a call hands on arguments that it does not name: `*arguments`, `**options`."""
    return any(isinstance(argument, ast.Starred) for argument in call.args) or any(
        keyword.arg is None for keyword in call.keywords
    )


def _with_what_is_made(module: Module, call: ast.AST, known: Mapping[str, int]) -> Mapping[str, int]:
    """What is known of parameters, and of the names among a call's arguments that are given one value."""
    if not isinstance(call, ast.Call):
        return known
    made: dict[str, int] = {}
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        if isinstance(argument, ast.Name) and argument.id not in known:
            bindings = module.bindings(argument)
            statement = module.parent(bindings[0].site) if len(bindings) == 1 else None
            if isinstance(statement, (ast.Assign, ast.AnnAssign)) and isinstance(bindings[0].site, ast.Name):
                # What a list holds may change.
                if isinstance(bindings[0].value, (ast.Call, ast.Constant)):
                    made[argument.id] = known_value(bindings[0].value)
    return {**known, **made} if made else known


def _unless_assigned(module: Module, call: ast.AST, known: Mapping[str, int]) -> Mapping[str, int]:
    """What is known of parameters, less those that the function around a call assigns anew."""
    function = module.function_of(call)
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return _NOTHING_KNOWN
    names = module.names_in(function)
    return {
        name: value
        for name, value in known.items()
        if value != ANYTHING and all(isinstance(use.ctx, ast.Load) for use in names.get(name, ()))
    }


def _does_otherwise(
    linked: Linked,
    found: tuple[ModuleFacts, FunctionFacts],
    receiver: str,
    effect: Effect,
    ruled_out: Set[Guard],
) -> bool:
    """Whether a function blocks at another place, too, that needs none of what a call's arguments rule out."""
    facts, function = found
    for site in function.sites:
        number = site.flags // GUARD
        if number and not ruled_out.isdisjoint(function.guards[number - 1]):
            continue
        edges = linked.graph.edges_of(facts, site, receiver)
        if any(one.effect is effect for one in linked.effects.reasons(edges, function)):
            return True
    return False


def _arguments_bound(call: ast.Call, function: FunctionFacts) -> int:
    """How many parameters of a function, 0 or 1, are filled by what stands before the dot of a call."""
    if not function.owner or function.role == "static":
        return 0
    holder = call.func.value if isinstance(call.func, ast.Attribute) else None
    is_of_class = holder is not None and last_name(holder) == function.owner.rpartition(".")[2]
    return 0 if is_of_class and function.role != "class" else 1


def _expressions_by_place(coroutine: ast.AST) -> _Places:
    """The names, attributes and calls in a coroutine by where they begin and end."""
    return {
        (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset): node
        for node in ast.walk(coroutine)
        if isinstance(node, (ast.Name, ast.Attribute, ast.Call))
    }


def _sites_by_place(
    facts: ModuleFacts,
) -> dict[tuple[int, int, int | None, int | None], tuple[FunctionFacts, Site]]:
    """The calls of a module's functions by first and last line and column, each with its function."""
    return {
        (site.line, site.column, site.end_line, site.end_column): (function, site)
        for function in facts.functions
        for site in function.sites
        if site.kind == CALL
    }


def _tells_what_happens(reason: Reason) -> bool:
    """Whether a function is called that tells what happens, on a condition: that is off by default."""
    if reason.edge.target is None or is_unconditional(reason):
        return False
    return not _TELLING.isdisjoint(reason.edge.target[0].rpartition(".")[2].split("_"))


def _writes_to_a_log(linked: Linked, reason: Reason) -> bool:
    """
    Whether a logger of the project's own is called, here or further down: lines of logs go to files everywhere.

    That is a method of it that is named for a level, or a function that records something in a log: `log_call()`,
    `audit_log.record()`.
    """
    return any(map(_writes_a_line, _on_the_way(linked, reason)))


def _on_the_way(linked: Linked, reason: Reason) -> list[str]:
    """The qualified names of the project's functions that lead to what waits, the nearest first."""
    if reason.edge.target is None:
        return []
    steps = linked.effects.steps(reason.edge.target, reason.effect)
    return [reason.edge.target[0], *(key[0] for key, _ in steps)]


def _writes_a_line(qualname: str) -> bool:
    *_, owner, function = ("", *qualname.split("."))
    if "log" in owner.lower() and function in _LEVELS:
        return True
    if _LOG_NAME.search(owner) is not None and function in _RECORDING:
        return True
    return _LOGGING.match(function) is not None


def _migrates(linked: Linked, reason: Reason) -> bool:
    """Whether files go to where a newer version looks for them: `_migrate_legacy()` moves them once at most."""
    return any("migrate" in name.rpartition(".")[2].split("_") for name in _on_the_way(linked, reason))


def _opens_one_text(linked: Linked, site: Site, reason: Reason) -> bool:
    """Whether functions of the project come to open, read or write a single text, no loop on the way."""
    if reason.effect is not Effect.FILE or reason.edge.target is None or site.flags & IN_LOOP:
        return False
    steps = [step.site.flags for _, step in linked.effects.steps(reason.edge.target, reason.effect)]
    return bool(steps) and bool(steps[-1] & ONE_TEXT) and not any(flags & IN_LOOP for flags in steps)


def _looks_for_faults(module: Module, node: ast.AST) -> bool:
    """Whether a node is run only where somebody looks for a fault: a test around it asks for `debug` something."""
    return any(
        isinstance(ancestor, ast.If)
        and any(
            isinstance(part, ast.expr) and "debug" in last_name(part).lower().split("_")
            for part in ast.walk(ancestor.test)
        )
        for ancestor in module.ancestors(node)
    )


def _cleans_up_when_cancelled(module: Module, node: ast.AST) -> bool:
    """Whether a node is run where the coroutine has been cancelled and goes on to end: to await more may fail."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            return False
        if isinstance(ancestor, ast.ExceptHandler) and last_name(ancestor.type) == "CancelledError":
            return isinstance(ancestor.body[-1], ast.Raise)
    return False


def _makers_of_servers(module: Module) -> set[ast.AST | None]:
    """The functions that make a server: what they read, they read before it serves."""
    calls = module.calls_named(*{name.rpartition(".")[2] for name in _SERVERS})
    return {module.function_of(call) for call in calls if module.callee(call) in _SERVERS}


def _is_of_synchronous_twin(facts: ModuleFacts, function: FunctionFacts) -> bool:
    """Whether a coroutine is a method of `SyncClient` beside `AsyncClient`: who has a loop takes the latter."""
    owner = function.owner
    return owner.startswith("Sync") and f"A{owner.replace('S', 's', 1)}" in facts.classes


def _takes_application(module: Module, coroutine: ast.AST) -> bool:
    """Whether a coroutine is handed the application itself, as what sets it up is; handlers get a request."""
    if not isinstance(coroutine, ast.AsyncFunctionDef):
        return False
    return any(
        module.instances.annotated_class(annotation) in _APPLICATIONS for _, annotation in annotated(coroutine)
    )
