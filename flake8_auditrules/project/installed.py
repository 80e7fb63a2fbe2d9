"""Installed packages: which of their functions block, found in their source when the configuration asks for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from flake8_auditrules.knowledge.blocking import CLIENTS, EXACT, Blocking, Effect
from flake8_auditrules.project.effects import CURES, Effects
from flake8_auditrules.project.facts import CALL, ModuleFacts, Site
from flake8_auditrules.project.graph import Graph, NodeKey, Value
from flake8_auditrules.project.layout import Layout, is_installed
from flake8_auditrules.records import NamedTuple

Facts = Callable[[str, str], "ModuleFacts | None"]
"""The facts of a module by its file (an absolute path) and dotted name; None for one that cannot be read."""

# Small files are read by almost every library, and its locks are held for a moment: neither is followed.
_FOLLOWED = frozenset({Effect.SLEEP, Effect.NETWORK, Effect.DATABASE, Effect.PROCESS})
_MOST_FUNCTIONS = 150
_KNOWN = frozenset(name.partition(".")[0] for name in (*EXACT, *CLIENTS))
_PLACE = Site(CALL, 0, 0, 0, 0, 0, 0, ())


class Step(NamedTuple):
    """One step inside a package: the file below the folder of packages, the 1-based line, what is called there."""

    path: str
    line: int
    text: str


class Installed:
    """
    The functions of the packages that are installed beside this program, by their qualified names.

    Their source is read, nothing is imported. Each package is looked at by itself: of other packages it calls
    what the knowledge says of them. Libraries that the knowledge lists are never followed, so that what it leaves
    out stays left out.
    """

    def __init__(self, facts: Facts, folders: Iterable[str] | None = None) -> None:
        """`folders` hold packages; by default those of the running interpreter."""
        if folders is None:
            folders = [one for one in sys.path if one and is_installed(Path(one)) and not _is_standard(one)]
        self._layouts = [Layout(Path(folder)) for folder in folders]
        self._facts = facts
        self._packages: dict[str, _Package | None] = {}
        self._chains: dict[str, tuple[Blocking | None, tuple[Step, ...]]] = {}

    def entry(self, name: str) -> Blocking | None:
        """What calling a function or method of an installed package waits for; None where nothing is found."""
        return self._look(name)[0]

    def steps(self, name: str) -> tuple[Step, ...]:
        """The way from a function of an installed package to the call that waits; empty where there is none."""
        return self._look(name)[1]

    def _look(self, name: str) -> tuple[Blocking | None, tuple[Step, ...]]:
        found = self._chains.get(name)
        if found is None:
            top = name.partition(".")[0]
            package = self._package(top) if top not in _KNOWN and top not in sys.stdlib_module_names else None
            found = self._chains[name] = package.look(name) if package is not None else (None, ())
        return found

    def _package(self, top: str) -> _Package | None:
        if top not in self._packages:
            self._packages[top] = None
            for layout in self._layouts:
                names = layout.listed(layout.root)
                if top.isidentifier() and (top in names or f"{top}.py" in names):
                    self._packages[top] = _Package(top, layout, self._facts)
                    break
        return self._packages[top]


class _Package:
    """One installed package."""

    def __init__(self, top: str, layout: Layout, facts: Facts) -> None:
        self._top = top
        self._layout = layout
        self._facts = facts
        self._found: dict[str, ModuleFacts | None] = {}
        self._paths: dict[str, str] = {}
        self._graph = Graph(
            self._find,
            lambda class_name, method: (),
            lambda name: (),
            lambda target, places: (),
            lambda used, name: "",
        )
        self._effects = Effects(self._graph, {}, ())

    def _find(self, dotted: str) -> ModuleFacts | None:
        if dotted.partition(".")[0] != self._top:
            return None
        if dotted not in self._found:
            path = self._layout.find(dotted, (self._layout.root,))
            self._found[dotted] = self._facts(path, dotted) if path is not None else None
            if path is not None:
                self._paths[dotted] = path
        return self._found[dotted]

    def look(self, name: str) -> tuple[Blocking | None, tuple[Step, ...]]:
        """What a function of the package waits for, and the way there."""
        start = self._function(name)
        if start is None or not self._graph.runs_when_called(start[0], _PLACE):
            return None, ()
        chain = self._effects.nearest(start, _FOLLOWED, _MOST_FUNCTIONS)
        if not chain:
            return None, ()
        entry = self._effects.primitive(chain[-1][1].primitive)
        assert entry is not None, "a chain ends in a known call"
        steps = []
        for key, edge in chain:
            split = self._graph.split(key[0])
            path = self._paths.get(split[0].name, "") if split is not None else ""
            below = os.path.relpath(path, self._layout.root).replace(os.sep, "/") if path else ""
            steps.append(Step(below, edge.site.line, self._shown(edge.target) if edge.target else edge.primitive))
        return Blocking(entry.effect, CURES[entry.effect]), tuple(steps)

    def _function(self, name: str) -> NodeKey | None:
        """The function that a name such as `package.Client.fetch` or `package.connect().fetch` calls."""
        value: Value | None = Value("module", self._top)
        for part in name.split(".")[1:]:
            if value is None:
                return None
            if value.kind == "class":
                value = Value("instance", value.name)
            value = self._graph.attribute(value, part.removesuffix("()"))
            if value is not None and part.endswith("()"):
                value = self._graph.called(value)
        if value is not None and value.kind == "class":
            value = self._graph.attribute(Value("instance", value.name), "__init__")
        return (value.name, value.receiver) if value is not None and value.kind == "function" else None

    def _shown(self, key: NodeKey) -> str:
        found = self._graph.function(key[0])
        return found[1].name if found is not None else key[0]


def _is_standard(folder: str) -> bool:
    """Whether a folder is the standard library's own."""
    return os.path.isfile(os.path.join(folder, "ast.py")) and os.path.isfile(os.path.join(folder, "os.py"))
