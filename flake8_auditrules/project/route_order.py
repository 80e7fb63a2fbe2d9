"""Route order: which routes of a module never get a request, since a route of another router answers first."""

from __future__ import annotations

from collections.abc import Mapping

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.linked import Linked
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.wiring import Include, Registered, Table, Wiring
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.route_tables import Route, answers_for, literal_start, routes

_OPAQUE = pattern("\x02[^:]*(?::[0-9]+)?:([^\x03]*)\x03")
_MAXIMUM_DEPTH = 6
_MOST_ROUTES = 4000


class Earlier(NamedTuple):
    """
    The route that answers instead: methods in lower case, the whole path, the file relative to the project and
    the 1-based line; `answered` is the whole path that it answers for.
    """

    methods: tuple[str, ...]
    path: str
    file: str
    line: int
    answered: str


class _Turn(NamedTuple):
    """A step on the way to a route: the place that takes it, and its line there."""

    place: str
    line: int


class _Served(NamedTuple):
    """A route as an application serves it: the whole path, the way to it, its router and its registration."""

    path: str
    turns: tuple[_Turn, ...]
    router: str
    module: str
    route: Registered


class _Tables:
    """The tables of all modules, and what is included in each."""

    def __init__(self, linked: Linked, wirings: Mapping[str, Wiring]) -> None:
        self.tables: dict[str, tuple[str, Table]] = {}
        self.includes: dict[str, list[Include]] = {}
        self.targets: dict[int, str] = {}
        self.included: set[str] = set()
        for name, wiring in wirings.items():
            for table in wiring.tables:
                self.tables[table.router] = name, table
        for wiring in wirings.values():
            for include in wiring.includes:
                holder = include.table if "@" in include.table else linked.canonical_variable(include.table)
                target = linked.canonical_variable(include.router) if include.router else ""
                if holder and target in self.tables:
                    self.includes.setdefault(holder, []).append(include)
                    self.targets[id(include)] = target
                    self.included.add(target)

    def served(self, name: str, prefix: str, turns: tuple[_Turn, ...], found: list[_Served]) -> None:
        """Add what a table serves under a prefix, with all that it includes."""
        if len(turns) > _MAXIMUM_DEPTH or len(found) > _MOST_ROUTES:
            return
        module, table = self.tables.get(name, ("", None))
        if table is not None:
            prefix += table.prefix
            for route in table.routes:
                turn = _Turn(route.place, route.line)
                found.append(_Served(prefix + route.path, (*turns, turn), name, module, route))
        for include in self.includes.get(name, ()):
            step = (*turns, _Turn(include.place, include.line))
            self.served(self.targets[id(include)], prefix + include.path, step, found)


def shadowed_elsewhere(project: Project, module: Module) -> dict[int, Earlier]:
    """
    The routes of this module, by the line of their functions, that a route of another router answers for.

    The order is that in which applications and routers include each other. A route that is served several
    times is given only where each time another one comes before it.
    """
    if not module.name or not any(_is_first_come(route) for route in routes(module)):
        return {}
    linked = project.elsewhere(module.path)
    tables = _Tables(linked, project.wirings())
    own = {name for name, (holder, _) in tables.tables.items() if holder == module.name}
    if own.isdisjoint(tables.included) and own.isdisjoint(tables.includes):
        return {}
    answers: dict[int, list[tuple[_Served | None, str]]] = {}
    for name in {*tables.tables, *tables.includes}:
        if name in tables.included:
            continue
        served: list[_Served] = []
        tables.served(name, "", (), served)
        own_routes = [one for one in served if one.module == module.name]
        starts = [(literal_start(other.path), other) for other in served] if own_routes else []
        for one in own_routes:
            answers.setdefault(one.route.line, []).append((_before(one, starts), one.path))
    found: dict[int, Earlier] = {}
    for line, earlier in answers.items():
        first, path = earlier[0]
        if first is not None and all(one is not None for one, _ in earlier):
            file = project.relative(linked.path_of(first.module) or first.module)
            found[line] = Earlier(first.route.methods, _plain(first.path), file, first.route.line, _plain(path))
    return found


def _plain(path: str) -> str:
    """A path as a message shows it: prefixes that are not written out by their own text."""
    return _OPAQUE.sub(lambda found: f"<{found.group(1)}>", path)


def _is_first_come(route: Route) -> bool:
    return route.router.class_name.startswith(("fastapi.", "starlette."))


def _before(one: _Served, starts: list[tuple[str, _Served]]) -> _Served | None:
    """
    The first route of another router that answers for what a route is meant to.

    `starts` are all routes, each with what its path begins with.
    """
    methods = set(one.route.methods)
    path = one.path
    for start, other in starts:
        if not path.startswith(start):
            continue
        if other.router == one.router or not methods.issubset(other.route.methods):
            continue
        if _comes_before(other, one) and answers_for(other.path, one.path):
            return other
    return None


def _comes_before(other: _Served, one: _Served) -> bool:
    """Whether one route is certainly registered before another: where their ways part, by lines of one place."""
    for theirs, ours in zip(other.turns, one.turns, strict=False):
        if theirs != ours:
            return bool(theirs.place) and theirs.place == ours.place and theirs.line < ours.line
    return False
