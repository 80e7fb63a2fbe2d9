"""The project: the one object that rules ask about other modules."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from flake8_auditrules.config import Config
from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.project.cache import Cache, content_key
from flake8_auditrules.project.effects import CURES, Effects, Reason
from flake8_auditrules.project.facts import (
    ClassFacts,
    FunctionFacts,
    ModuleFacts,
    Site,
    facts_of,
    from_plain,
    to_plain,
)
from flake8_auditrules.project.graph import PROTOCOLS, Graph, NodeKey, Value
from flake8_auditrules.project.layout import Layout, is_installed, is_marked, project_root
from flake8_auditrules.project.wiring import Wiring, from_plain_wiring, to_plain_wiring
from flake8_auditrules.semantics.module import Module

_LONGEST_CHAIN = 6
_MOST_ALIASES = 6
_ALONE = frozenset({"cli", "__main__", "manage", "testing"})
_APPLICATIONS = frozenset(
    {
        "fastapi.FastAPI",
        "starlette.applications.Starlette",
        "aiohttp.web.Application",
        "sanic.Sanic",
        "quart.Quart",
    }
)


Outline = tuple[str, list[tuple[str, list[str]]], tuple[object, ...]]
"""A module's name, its classes with the methods in which they do something, and its wiring in plain form."""


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
        self.graph = Graph(self.find, self.only_implementation)
        self._implementations: dict[tuple[str, str], str | None] = {}
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

    def only_implementation(self, class_name: str, method: str) -> str | None:
        """
        The one class of the project that fills a method which the given class leaves open.

        Subclasses count, and for a Protocol every class that has all its methods with the same parameters.
        """
        key = (class_name, method)
        if key not in self._implementations:
            self._implementations[key] = None
            self._implementations[key] = self._find_implementation(class_name, method)
        return self._implementations[key]

    def _find_implementation(self, class_name: str, method: str) -> str | None:
        known = self.graph.class_facts(class_name)
        if known is None:
            return None
        facts, asked = known
        is_protocol = any(base in PROTOCOLS for base in self.graph.line(class_name)[1:])
        found: list[str] = []
        for candidate in self._project.classes_with(method):
            if candidate == class_name:
                continue
            line = self.graph.line(candidate)
            if class_name in line[1:] or (is_protocol and self._fits(facts, asked, candidate)):
                found.append(candidate)
                if len(found) > 1:
                    return None
        return found[0] if found else None

    def _fits(self, facts: ModuleFacts, protocol: ClassFacts, candidate: str) -> bool:
        """Whether a class has all methods of a protocol, with the same names of parameters."""
        known = self.graph.class_facts(candidate)
        if known is None or not protocol.methods:
            return False
        other_facts, other = known
        if any(base in PROTOCOLS for base in self.graph.line(candidate)[1:]):
            return False
        for name, number in protocol.methods.items():
            if name not in other.methods:
                return False
            wanted = facts.functions[number]
            given = other_facts.functions[other.methods[name]]
            if wanted.parameters != given.parameters or wanted.is_async != given.is_async:
                return False
        return True

    def canonical_variable(self, qualname: str) -> str:
        """The qualified name of the module's variable that a name leads to, imports under other names followed."""
        for _ in range(_MOST_ALIASES):
            found = self.graph.split(qualname)
            if found is None:
                return qualname
            facts, rest = found
            number = facts.exports.get(rest, 0)
            term = facts.terms[number]
            name = f"{facts.name}.{rest}" if facts.name and rest else facts.name or rest
            if term[0] != "N" or term[1] in (qualname, name):
                return name
            qualname = str(term[1])
        return qualname

    def providers(self, qualname: str) -> tuple[str, ...]:
        """The names of the dependencies of a function, or of a class's constructor, of another module."""
        value = self.graph.resolve(qualname) if self.graph.split(qualname) is not None else None
        if value is None:
            return self._providers_of_alias(qualname)
        for candidate in (value.name, f"{value.name}.__init__", f"{value.name}.__call__"):
            found = self.graph.split(candidate)
            if found is not None and found[1] in found[0].wiring.provided:
                return found[0].wiring.provided[found[1]]
        return ()

    def _providers_of_alias(self, qualname: str) -> tuple[str, ...]:
        """What `Annotated[..., Depends(x)]` behind a variable of another module depends on."""
        found = self.graph.split(self.canonical_variable(qualname))
        if found is None:
            return ()
        facts, rest = found
        number = facts.exports.get(rest, 0)
        term = facts.terms[number]
        if term[0] != "G":
            return ()
        numbers: tuple[int, ...] = term[2]  # type: ignore[assignment]
        names: list[str] = []
        for number in numbers:
            part = facts.terms[number]
            if part[0] == "D" and isinstance(part[1], int) and facts.terms[part[1]][0] == "N":
                names.append(str(facts.terms[part[1]][1]))
        return tuple(names)

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


def _outline(facts: ModuleFacts) -> Outline:
    """The classes of a module with the methods in which they do something."""
    prefix = f"{facts.name}." if facts.name else ""
    classes = [
        (
            prefix + name,
            [method for method, number in one.methods.items() if not facts.functions[number].stub],
        )
        for name, one in facts.classes.items()
    ]
    return facts.name, classes, to_plain_wiring(facts.wiring)


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
        self._is_installed = is_installed(root)
        self._is_marked = is_marked(root) and not self._is_installed
        self._cache = Cache(self._cache_folder())
        self._facts: dict[str, ModuleFacts | None] = {}
        self._keys: dict[str, str] = {}
        self._linked: dict[tuple[str, ...], Linked] = {}
        self._methods: dict[str, list[str]] | None = None
        self._wirings: dict[str, Wiring] | None = None
        self._open: Module | None = None
        self._open_path = ""

    def _cache_folder(self) -> Path | None:
        """The folder for facts; none where it is turned off. None is made in what is only a folder of files."""
        name = self.config.setting("cache-dir")
        folder = self.root / str(name)
        return folder if name and (self._is_marked or folder.is_dir()) else None

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
            self._methods = None
            self._wirings = None

    def _key_of(self, module: Module) -> str:
        data = "".join(module.lines).encode("utf-8", "surrogatepass")
        return content_key(data, module.name, self.module_name(module.path)[1])

    def facts(self, path: str) -> ModuleFacts | None:
        """
        The facts of a file by its absolute path; None for one that cannot be read or parsed.

        Installed packages are no project: of them each file is looked at by itself.
        """
        if path in self._facts:
            return self._facts[path]
        if self._is_installed and path != self._open_path:
            return None
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

    # -- all files ---------------------------------------------------------------------------------------

    def classes_with(self, method: str) -> Sequence[str]:
        """The classes of all files but tests that define a method and do something in it."""
        if self._methods is None:
            methods: dict[str, list[str]] = {}
            for _, classes, _ in self._outlines():
                for class_name, names in classes:
                    for name in names:
                        methods.setdefault(name, []).append(class_name)
            self._methods = methods
        return self._methods.get(method, ())

    def is_named_elsewhere(self, module: Module, name: str) -> bool:
        """
        Whether another file, tests left out, names a variable of this module, or an attribute of this name.

        `name` is what follows the module's name (`jobs`), or an attribute alone; a re-export counts as a use.
        """
        own = str(Path(module.path).absolute())
        qualified = f"{module.name}.{name}"
        for path in self.layout.files() if self._is_marked else ():
            if path == own or self.config.is_test_file(self.relative(path)):
                continue
            facts = self.facts(path)
            if facts is None:
                continue
            for term in facts.terms:
                if (term[0] == "N" and term[1] == qualified) or (term[0] == "A" and term[2] == name):
                    return True
        return False

    def wirings(self) -> Mapping[str, Wiring]:
        """How each module but tests puts an application together, by the module's name."""
        if self._wirings is None:
            self._wirings = {name: from_plain_wiring(wiring) for name, _, wiring in self._outlines() if wiring}
        return self._wirings

    def _outlines(self) -> Iterator[Outline]:
        """The outline of each file, from the last run where the file has not changed since."""
        key = content_key(str(self.root).encode(), "outlines", False)
        stored = self._cache.get(key)
        known: dict[str, tuple[int, int, Outline]] = stored if isinstance(stored, dict) else {}
        current: dict[str, tuple[int, int, Outline]] = {}
        changed = False
        for path in self.layout.files() if self._is_marked else ():
            if self.config.is_test_file(self.relative(path)):
                continue
            if path == self._open_path:
                facts = self.facts(path)
                if facts is not None:
                    yield _outline(facts)
                continue
            try:
                status = os.stat(path)
            except OSError:
                continue
            stamp = (status.st_mtime_ns, status.st_size)
            entry = known.get(path)
            if entry is None or entry[:2] != stamp:
                facts = self.facts(path)
                entry = (*stamp, _outline(facts) if facts is not None else ("", [], ()))
                changed = True
            current[path] = entry
            yield entry[2]
        if changed:
            self._cache.put(key, {**known, **current})

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
            sets_up = _takes_application(module, coroutine)
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
                if reason.effect is not Effect.LOOP:
                    if sets_up or _runs_alone(linked, facts, function, site, reason.effect):
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


def _takes_application(module: Module, coroutine: ast.AsyncFunctionDef) -> bool:
    """Whether a coroutine is handed the application itself, as what sets it up is; handlers get a request."""
    arguments = coroutine.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if argument.annotation is not None:
            if module.instances.annotated_class(argument.annotation) in _APPLICATIONS:
                return True
    return False


def _runs_alone(linked: Linked, facts: ModuleFacts, function: FunctionFacts, site: Site, effect: Effect) -> bool:
    """
    Whether nothing else runs on the loop beside a place of a coroutine.

    In a lifespan before its `yield` and in start-up handlers the application does not serve yet; a
    command-line command, and what stands in a module of the command line or of test support, has the loop
    for itself.
    """
    if not _ALONE.isdisjoint(facts.name.split(".")):
        return True
    name = function.name.rpartition(".")[2]
    decorators = linked.graph.decorators(facts, function)
    if "contextlib.asynccontextmanager" in decorators or name == "lifespan":
        return site.line < function.first_yield or (name == "lifespan" and effect is Effect.FILE)
    if name in ("startup", "on_startup", "startup_event"):
        return True
    return any(decorator.rpartition(".")[2] in ("on_event", "command") for decorator in decorators)
