"""The project: the one object that rules ask about other modules."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple

from flake8_auditrules.config import Config
from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.project.cache import Cache, content_key
from flake8_auditrules.project.effects import CURES, Effects, Reason
from flake8_auditrules.project.facts import (
    FunctionFacts,
    ModuleFacts,
    Site,
    facts_of,
    from_plain,
    to_plain,
)
from flake8_auditrules.project.graph import Graph, NodeKey, Value
from flake8_auditrules.project.layout import Layout, project_root
from flake8_auditrules.semantics.module import Module

_LONGEST_CHAIN = 6


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
    waits, whose name is `primitive`.
    """

    node: ast.AST
    text: str
    effect: Effect
    cure: str
    shown: str
    links: tuple[Link, ...]
    primitive: str


class Linked:
    """The modules that are seen from one set of source roots: their graph, its effects, and what others ask."""

    def __init__(self, project: Project, roots: tuple[str, ...]) -> None:
        self._project = project
        self._roots = roots
        self._found: dict[str, ModuleFacts | None] = {}
        self.paths: dict[str, str] = {}
        self.graph = Graph(self.find, project.only_implementation)
        self.effects = Effects(
            self.graph,
            project.config.tables.get("blocking", {}),
            project.config.tables.get("offloading", {}),
        )

    def find(self, dotted: str) -> ModuleFacts | None:
        """The facts of a module by its dotted name."""
        try:
            return self._found[dotted]
        except KeyError:
            pass
        path = self._project.layout.find(dotted, self._roots) if dotted else None
        facts = self._project.facts(path) if path is not None else None
        self._found[dotted] = facts
        if facts is not None and path is not None:
            self._found.setdefault(facts.name, facts)
            self.paths.setdefault(facts.name, path)
        return facts

    def hold(self, facts: ModuleFacts, path: str) -> None:
        """Use these facts for the module of their name."""
        self._found[facts.name] = facts
        self.paths[facts.name] = path

    # -- what Instances asks (semantics.instances.Elsewhere) ---------------------------------------------

    def is_class(self, qualname: str) -> bool | None:
        """Whether the name is a class, something else, or not known."""
        if self.graph.split(qualname) is None:
            return None
        value = self.graph.resolve(qualname)
        if value is None or value.kind == "external":
            return None
        return value.kind == "class"

    def bases(self, qualname: str) -> tuple[str, ...] | None:
        """The qualified names of a class's direct bases."""
        if self.graph.split(qualname) is None:
            return None
        value = self.graph.resolve(qualname)
        if value is None or value.kind != "class":
            return None
        line = self.graph.line(value.name)
        return line[1:] if value.name == qualname else line

    def attribute_class(self, class_name: str, attribute: str) -> str | None:
        """The class of what an attribute or property of a class's instances holds."""
        if self.graph.split(class_name) is None:
            return None
        value = self.graph.resolve(class_name)
        if value is None or value.kind != "class":
            return None
        return _class_name(self.graph.attribute(Value("instance", value.name), attribute))

    def returned_class(self, function: str, awaited: bool) -> str | None:
        """The class that calling a function gives, or that awaiting its call gives."""
        if self.graph.split(function) is None:
            return None
        value = self.graph.resolve(function)
        given = self.graph.called(value) if value is not None and value.kind != "external" else None
        if given is not None and awaited:
            given = given.parts[0] if given.kind == "awaitable" else None
        return _class_name(given)

    def entered_class(self, function: str) -> str | None:
        """The class that `with function() as x` binds to x."""
        if self.graph.split(function) is None:
            return None
        value = self.graph.resolve(function)
        if value is None or value.kind != "function":
            return None
        given = self.graph.returned(value)
        if given is None or given.kind not in ("manager", "generator"):
            return None
        return _class_name(self.graph.yielded(given))

    def variable_class(self, qualname: str) -> str | None:
        """The class of the object that a module's variable holds."""
        if self.graph.split(qualname) is None:
            return None
        return _class_name(self.graph.resolve(qualname))

    def constant(self, qualname: str) -> int | float | str | bool | None:
        """The constant that a module's or class's variable holds."""
        for _ in range(4):
            found = self.graph.split(qualname)
            if found is None:
                return None
            facts, rest = found
            if rest in facts.constants:
                return facts.constants[rest]
            first, _, further = rest.partition(".")
            number = facts.exports.get(first, 0)
            term = facts.terms[number]
            if term[0] != "N":
                return None
            target = f"{term[1]}.{further}" if further else str(term[1])
            if target == qualname:
                return None
            qualname = target
        return None


def _class_name(value: Value | None) -> str | None:
    if value is None or value.kind != "instance" or "(" in value.name:
        return None
    return value.name


class Project:
    """What is known of the files around the one that is looked at. `root` is the project's folder."""

    def __init__(self, root: Path, config: Config | None = None) -> None:
        self.root = root
        self.config = config if config is not None else Config()
        self.layout = Layout(root)
        folder = self.config.setting("cache-dir")
        self._cache = Cache(root / str(folder) if folder else None)
        self._facts: dict[str, ModuleFacts | None] = {}
        self._keys: dict[str, str] = {}
        self._linked: dict[tuple[str, ...], Linked] = {}
        self._open: Module | None = None
        self._open_path = ""

    @classmethod
    def around(cls, path: str, config: Config | None = None) -> Project:
        """The project that a file belongs to; a name that is no file (`stdin`) counts as in the working folder."""
        file = Path(path).absolute()
        folder = file.parent if file.parent.is_dir() else Path.cwd()
        return cls(project_root(folder), config)

    def module_name(self, path: str) -> tuple[str, bool]:
        """The dotted name of a file, and whether it is a package's `__init__`."""
        return self.layout.module_name(str(Path(path).absolute()))

    def relative(self, path: str) -> str:
        """The file's path relative to the root with forward slashes; as it is where it lies outside."""
        try:
            return Path(path).absolute().relative_to(self.root).as_posix()
        except ValueError:
            return path

    # -- facts -------------------------------------------------------------------------------------------

    def elsewhere(self, path: str) -> Linked:
        """What the modules know that a file sees."""
        roots = self.layout.source_roots(str(Path(path).absolute()))
        linked = self._linked.get(roots)
        if linked is None:
            linked = self._linked[roots] = Linked(self, roots)
        return linked

    def open(self, module: Module) -> None:
        """Take a module's facts from its tree, whatever the file on disk says; the last opened one counts."""
        self._open = module
        self._open_path = str(Path(module.path).absolute())
        known = self._keys.get(self._open_path)
        if known is not None and known != self._key_of(module):
            self._facts.pop(self._open_path, None)
            self._keys.pop(self._open_path, None)
            self._linked.clear()

    def _key_of(self, module: Module) -> str:
        data = "".join(module.lines).encode("utf-8", "surrogatepass")
        return content_key(data, module.name, self.module_name(module.path)[1])

    def facts(self, path: str) -> ModuleFacts | None:
        """The facts of a file by its absolute path; None for one that cannot be read or parsed."""
        if path in self._facts:
            return self._facts[path]
        self._facts[path] = None  # While it is being read, nobody else waits for it.
        found = self._open_facts() if path == self._open_path else self._read_facts(path)
        self._facts[path] = found
        return found

    def _open_facts(self) -> ModuleFacts:
        assert self._open is not None
        key = self._keys[self._open_path] = self._key_of(self._open)
        return self._cached(key) or self._keep(key, self._open)

    def _read_facts(self, path: str) -> ModuleFacts | None:
        name, is_package = self.layout.module_name(path)
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:
            return None
        key = self._keys[path] = content_key(data, name, is_package)
        cached = self._cached(key)
        if cached is not None:
            return cached
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        return self._keep(key, Module(tree, (), path=path, name=name, is_package=is_package))

    def _cached(self, key: str) -> ModuleFacts | None:
        plain = self._cache.get(key)
        if plain is None:
            return None
        try:
            return from_plain(plain)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return None

    def _keep(self, key: str, module: Module) -> ModuleFacts:
        facts = facts_of(module, self.module_name(module.path)[1])
        self._cache.put(key, to_plain(facts))
        return facts

    def only_implementation(self, class_name: str, method: str) -> str | None:
        """The one class of the project that fills a method which the given class leaves open."""
        return None

    # -- what blocks -------------------------------------------------------------------------------------

    def blocked(self, module: Module, coroutine: ast.AsyncFunctionDef, effect: Effect) -> list[Blocked]:
        """
        The places in a coroutine of the module that block the event loop in this way, in the source's order.

        A place that blocks in several ways is given for the nearest one only, for files last.
        """
        found = module.keep("blocked", self._blocked_by_coroutine)
        return [one for one in found.get(coroutine, ()) if one.effect is effect]

    def _blocked_by_coroutine(self, module: Module) -> dict[ast.AST, list[Blocked]]:
        coroutines = module.nodes(ast.AsyncFunctionDef)
        if not coroutines:
            return {}
        linked = self.elsewhere(module.path)
        path = str(Path(module.path).absolute())
        facts = self.facts(path)
        if facts is None:
            return {}
        linked.hold(facts, path)
        nodes: dict[tuple[int, int, int | None, int | None], ast.expr] = {}
        by_line = {(one.lineno, one.name): one for one in coroutines}
        found: dict[ast.AST, list[Blocked]] = {}
        for function in facts.functions:
            if not function.is_async:
                continue
            coroutine = by_line.get((function.line, function.name.rpartition(".")[2]))
            if coroutine is None:
                continue
            receiver = f"{facts.name}.{function.owner}" if facts.name else function.owner
            reported: set[tuple[int, int]] = set()
            for site in function.sites:
                if (site.line, site.column) in reported:
                    continue
                edges = linked.graph.edges_of(facts, site, receiver if function.owner else "")
                reasons = linked.effects.reasons(edges, function)
                if not reasons:
                    continue
                reason = reasons[0]
                if reason.effect is Effect.FILE and _is_start_up(linked, facts, function, site):
                    continue
                reported.add((site.line, site.column))
                if not nodes:
                    for kind in (ast.Name, ast.Attribute, ast.Call):
                        for node in module.nodes(kind):
                            nodes[node.lineno, node.col_offset, node.end_lineno, node.end_col_offset] = node
                place = nodes.get((site.line, site.column, site.end_line, site.end_column), coroutine)
                found.setdefault(coroutine, []).append(self._blocked(module, linked, facts, place, site, reason))
        return found

    def _blocked(
        self, module: Module, linked: Linked, facts: ModuleFacts, node: ast.AST, site: Site, reason: Reason
    ) -> Blocked:
        text = module.call_text(node) if isinstance(node, ast.Call) else module.text(node)
        edge = reason.edge
        own_path = self.relative(module.path)
        if edge.target is None and edge.handed is None:
            return Blocked(node, text, reason.effect, reason.entry.cure, "", (), edge.primitive)
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
                place, line = self.relative(path), step.site.line
                for following in (step.handed, step.target):
                    if following is not None:
                        shown = self._shown(linked, following, facts, key)
                        links.append(Link(place, line, shown))
                        names.append(shown)
                if step.target is None:
                    primitive = step.primitive
        links.append(Link(place, line, primitive))
        names.append(primitive)
        if len(names) > _LONGEST_CHAIN:
            names = [*names[: _LONGEST_CHAIN - 3], "...", *names[-2:]]
        where = f", {place}:{line}" if place != own_path else ""
        return Blocked(
            node,
            text,
            reason.effect,
            CURES[reason.effect],
            f" ({' -> '.join(names)}{where})",
            tuple(links),
            primitive,
        )

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


def _is_start_up(linked: Linked, facts: ModuleFacts, function: FunctionFacts, site: Site) -> bool:
    """Whether a place is run once, while the application starts: in a lifespan before its `yield`."""
    name = function.name.rpartition(".")[2]
    first_yield = function.first_yield
    decorators = linked.graph.decorators(facts, function)
    if any(decorator == "contextlib.asynccontextmanager" for decorator in decorators) or name == "lifespan":
        return not first_yield or site.line < first_yield
    if any(decorator.endswith(".on_event") for decorator in decorators):
        return True
    return name in ("startup", "on_startup", "startup_event")
