"""Request paths: which plain functions run for requests, since routes or coroutines of the project call them."""

from __future__ import annotations

from flake8_auditrules.knowledge import web
from flake8_auditrules.knowledge.company import COMPANY
from flake8_auditrules.knowledge.consoles import DIALOGUES
from flake8_auditrules.project.facts import FunctionFacts, ModuleFacts
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.solitude import names_any
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import SERVING
from flake8_auditrules.semantics.scopes import FunctionNode

_MOST_STEPS = 4
_ROUTING = web.ROUTE_DECORATORS | web.WEBSOCKET_DECORATORS
_SERVERS = (*SERVING, *COMPANY)


def runs_for_requests(project: Project, module: Module, function: FunctionNode, only_routes: bool = False) -> bool:
    """
    Whether a plain function or method of a module is known to run for requests, by those that call it.

    These are routes and coroutines of the project, a few calls up; coroutines that have the event loop for
    themselves do not count, and none do in a project that has nothing to do with servers, bots and the like. With
    `only_routes` a coroutine counts for nothing but the routes behind it.
    """
    facts = project.facts(module.path)
    known = facts.function(module.definition(function)) if facts is not None else None
    if facts is None or known is None or not serves(project):
        return False
    return _is_reached(project, module, facts, known, only_routes)


def serves(project: Project) -> bool:
    """Whether a file of the project imports something that serves many."""
    return names_any(project.names_used(), _SERVERS)


def talks_on_consoles(project: Project) -> bool:
    """Whether a file of the project imports something that holds dialogues, or makes up what it writes."""
    return names_any(project.names_used(), DIALOGUES)


def _is_reached(
    project: Project, module: Module, facts: ModuleFacts, function: FunctionFacts, only_routes: bool
) -> bool:
    linked = project.elsewhere(module.path)
    pending, seen = [(facts, function, 0)], {(facts.name, function.name)}
    while pending:
        home, called, steps = pending.pop()
        for place, caller, line in _callers(project, module, home, called):
            if _answers(place, caller) or (
                caller.is_async and not only_routes and not linked.solitude.is_alone_by_itself(place, caller, line)
            ):
                return True
            key = (place.name, caller.name)
            if steps < _MOST_STEPS and key not in seen and (only_routes or not caller.is_async):
                seen.add(key)
                pending.append((place, caller, steps + 1))
    return False


def _answers(facts: ModuleFacts, function: FunctionFacts) -> bool:
    """Whether a function is a route by its decorators: `@app.get("/jobs")`."""
    for number in function.decorators:
        term = facts.terms[number]
        if term[0] == "C" and isinstance(term[1], int):
            term = facts.terms[term[1]]
        if term[0] == "A" and term[2] in _ROUTING:
            return True
    return False


def _callers(
    project: Project, module: Module, facts: ModuleFacts, function: FunctionFacts
) -> list[tuple[ModuleFacts, FunctionFacts, int]]:
    """The functions that call a function, as far as this is known, with the lines of the calls."""
    graph = project.elsewhere(module.path).graph
    others = project.facts_that_mention(facts, function.name.rpartition(".")[2], bool(function.owner)) or ()
    return [
        (place, caller, site.line)
        for place in (facts, *others)
        for caller, site, is_it in graph.calls_in(place, facts, function)
        if is_it
    ]
