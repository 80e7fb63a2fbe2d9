"""Command calls: functions that the project calls from commands alone, each of which ends its process."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_auditrules.project.definitions import module_named
from flake8_auditrules.project.facts import OWN_LEVEL, FunctionFacts, ModuleFacts, Site
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.solitude import is_of_command_line, takes_arguments
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.scopes import FunctionNode

_MOST_STEPS = 4


def only_commands_call(project: Project, module: Module, function: FunctionNode) -> bool:
    """
    Whether the project calls a function, and all the ways to it begin in modules of the command line.

    What may be a call of it, since the object before the dot is not known, counts as one. A call in a loop is
    many.
    """
    facts = project.facts(module.path)
    known = facts.function(module.definition(function)) if facts is not None else None
    if facts is None or known is None:
        return False
    pending, seen = [(facts, known, 0)], {(facts.name, known.name)}
    is_called = False
    sites: list[tuple[ModuleFacts, str, Site]] = []
    while pending:
        home, called, steps = pending.pop()
        callers = possible_callers(project, module, home, called)
        if not callers:
            return False
        for place, caller, site in callers:
            key = (place.name, caller.name)
            sites.append((place, called.name.rpartition(".")[2], site))
            if key in seen:
                continue
            seen.add(key)
            if is_of_command_line(place) or takes_arguments(place):
                is_called = True
            elif caller.name == OWN_LEVEL or caller.decorators or steps == _MOST_STEPS:
                return False
            else:
                pending.append((place, caller, steps + 1))
    return is_called and not any(_is_in_loop(project, module, *one) for one in sites)


def _is_in_loop(project: Project, module: Module, place: ModuleFacts, name: str, site: Site) -> bool:
    """Whether a call of what has a last name stands in a loop of its module; what cannot be read may."""
    home = module if place.name == module.name else module_named(project, module, place.name)
    return home is None or any(
        site.is_at(call) and home.loop_of(call) is not None for call in home.calls_named(name)
    )


def possible_callers(
    project: Project, module: Module, facts: ModuleFacts, function: FunctionFacts
) -> list[tuple[ModuleFacts, FunctionFacts, Site]]:
    """The functions that call a function, or may; none where too many modules say its name."""
    name = function.name.rpartition(".")[2]
    if name == "__init__":
        return []
    others = project.facts_that_mention(facts, name, bool(function.owner))
    return [] if others is None else list(_calling(project, module, (facts, *others), facts, function))


def _calling(
    project: Project, module: Module, places: tuple[ModuleFacts, ...], facts: ModuleFacts, function: FunctionFacts
) -> Iterator[tuple[ModuleFacts, FunctionFacts, Site]]:
    graph = project.elsewhere(module.path).graph
    for place in places:
        for caller, site, is_it in graph.calls_in(place, facts, function):
            if is_it is not False:
                yield place, caller, site
