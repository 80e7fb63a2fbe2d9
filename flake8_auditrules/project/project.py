"""The project: the one object that rules ask about other modules."""

from __future__ import annotations

import ast
import itertools
import os
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from flake8_auditrules.config import Config
from flake8_auditrules.knowledge.blocking import Effect
from flake8_auditrules.project.appeals import Appeals
from flake8_auditrules.project.cache import Cache, content_key, digest_of
from flake8_auditrules.project.dependents import affected, digests
from flake8_auditrules.project.effects import CURES, Effects, Reason, is_unconditional
from flake8_auditrules.project.facts import (
    CALL,
    ClassFacts,
    FunctionFacts,
    ModuleFacts,
    Site,
    facts_of,
    to_plain,
)
from flake8_auditrules.project.graph import PROTOCOLS, Edge, Graph, NodeKey, Value
from flake8_auditrules.project.index import (
    ClassOutline,
    Entry,
    Index,
    Outline,
    facts_from_stored,
    may_mention,
    outline_from,
    outline_of,
    wiring_from,
)
from flake8_auditrules.project.installed import Installed
from flake8_auditrules.project.layout import (
    Layout,
    cache_folder,
    is_installed,
    is_marked,
    path_below,
    project_root,
)
from flake8_auditrules.project.search_path import search_folders
from flake8_auditrules.project.solitude import Solitude
from flake8_auditrules.project.wiring import Wiring
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import has_the_loop_for_itself, talks_to_a_person

_LONGEST_CHAIN = 6
_MOST_ALIASES = 6
_MOST_CALLING_FILES = 12
# A program that asks a person at the terminal stops for the answer; in a server nobody sits there.
_PROMPTS = frozenset({"builtins.input", "getpass.getpass"})
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
        tables = project.config.tables
        self.fingerprint = repr(
            (roots, [sorted(tables.get(name, {}).items()) for name in ("blocking", "offloading")])
        )
        """What answers depend on beside the files: where modules are looked for, and the user's own tables."""
        self.graph = Graph(self.find, self.only_implementation)
        self._implementations: dict[tuple[str, str], str | None] = {}
        self.solitude = Solitude(self.graph, project.facts_that_mention)
        self.effects = Effects(
            self.graph,
            project.config.tables.get("blocking", {}),
            project.config.tables.get("offloading", {}),
            project.installed.entry if project.installed is not None else None,
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

    def path_of(self, dotted: str) -> str | None:
        """The file of a module by its dotted name; None for one that is not of the project."""
        return self._project.layout.find(dotted, self._roots)

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
        for candidate in self._project.classes.filling(class_name, method, asked.methods if is_protocol else ()):
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
        """
        The qualified names of a class's direct bases.

        A class of a library that a module of the project passes on under its own name counts as its base.
        """
        if self.graph.split(qualname) is None:
            return None
        value = self.graph.resolve(qualname)
        if value is not None and value.kind == "external" and value.name != qualname:
            return (value.name,)
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
        given = self.graph.called(value) if value is not None and value.kind in _CALLED else None
        if given is None:
            return None
        if given.kind in ("manager", "generator"):
            return _class_name(self.graph.yielded(given))
        return _class_name(self.graph.managed(given))

    def meant_class(self, qualname: str) -> str | None:
        """The class that an annotation means which names a module's variable or what a module passes on."""
        return _class_name(self.graph.meant(qualname)) if self.graph.split(qualname) is not None else None

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


_CALLED = frozenset({"function", "managing", "returning", "instance"})


def _class_name(value: Value | None) -> str | None:
    if value is None or value.kind != "instance" or "(" in value.name:
        return None
    return value.name


class Classes:
    """The classes of all files but tests, by what their outlines say."""

    def __init__(self, outlines: Iterator[Outline]) -> None:
        self._by_method: dict[str, list[ClassOutline]] = {}
        self._heirs: dict[str, set[str]] = {}
        for outline in outlines:
            for alias, meant in outline.aliases.items():
                for name in meant:
                    self._heirs.setdefault(name, set()).add(alias)
            for one in outline.classes:
                last = one.name.rpartition(".")[2]
                for base in one.bases:
                    self._heirs.setdefault(base, set()).add(last)
                for method, is_filled in one.methods.items():
                    if is_filled:
                        self._by_method.setdefault(method, []).append(one)

    def filling(self, class_name: str, method: str, protocol: Collection[str]) -> Iterator[str]:
        """
        The classes that do something in a method and may be subclasses of a class, or have all of a protocol.

        By the last names of bases, so that more may be given than are.
        """
        candidates = self._by_method.get(method)
        if not candidates:
            return
        heirs: set[str] | None = None
        for candidate in candidates:
            if candidate.name == class_name:
                continue
            if protocol and all(name in candidate.methods for name in protocol):
                yield candidate.name
                continue
            if heirs is None:
                heirs = self._closure(class_name.rpartition(".")[2])
            if not heirs.isdisjoint(candidate.bases):
                yield candidate.name

    def _closure(self, last_name: str) -> set[str]:
        """The last names that may stand for a class or a subclass of it."""
        found = {last_name}
        pending = [last_name]
        while pending:
            for name in self._heirs.get(pending.pop(), ()):
                if name not in found:
                    found.add(name)
                    pending.append(name)
        return found


class Project:
    """What is known of the files around the one that is looked at. `root` is the project's folder."""

    def __init__(self, root: Path, config: Config | None = None) -> None:
        self.root = root
        self.config = config if config is not None else Config()
        self.layout = Layout(root)
        self._is_installed = is_installed(root)
        self._is_marked = is_marked(root) and not self._is_installed
        self._cache = Cache(cache_folder(root, str(self.config.setting("cache-dir"))))
        self._index = Index(self._cache, str(root), self.layout.module_name, self._facts_for_index)
        self._facts: dict[str, ModuleFacts | None] = {}
        self._keys: dict[str, str] = {}
        self._linked: dict[tuple[str, ...], Linked] = {}
        self.installed = Installed(self._installed_facts) if self.config.setting("follow-installed") else None
        self._classes: Classes | None = None
        self._wirings: dict[str, Wiring] | None = None
        self._digests: dict[str, str] | None = None
        self._answers: dict[str, dict[str, Any]] = {}
        self._listing = ""
        self._open: Module | None = None
        self._open_path = ""
        self._open_key = ""
        self.asked_of_all = False
        """Whether a question about the file that is open was answered out of all files of the project."""
        self._search_folders: dict[str, tuple[str, ...]] = {}
        self._test_folders: dict[str, bool] = {}

    @classmethod
    def around(cls, path: str, config: Config | None = None) -> Project:
        """The project that a file belongs to; a name that is no file (`stdin`) counts as in the working folder."""
        file = Path(path).absolute()
        folder = file.parent if file.parent.is_dir() else Path.cwd()
        return cls(project_root(folder), config)

    def module_name(self, path: str) -> tuple[str, bool]:
        """The dotted name of a file, and whether it is a package's `__init__`."""
        return self.layout.module_name(os.path.abspath(path))

    def relative(self, path: str) -> str:
        """The file's path relative to the root with forward slashes; as it is where it lies outside."""
        return path_below(str(self.root), path)

    # -- facts -------------------------------------------------------------------------------------------

    def elsewhere(self, path: str) -> Linked:
        """What the modules know that a file sees."""
        absolute = os.path.abspath(path)
        roots = self.layout.source_roots(absolute)
        added = self._search_folders.get(absolute)
        if added:
            roots = tuple(dict.fromkeys((roots[0], *added, *roots[1:])))
        linked = self._linked.get(roots)
        if linked is None:
            linked = self._linked[roots] = Linked(self, roots)
        return linked

    def note_search_folders(self, tree: ast.Module, path: str) -> None:
        """Look for imports of a file also where its own statements tell Python to look."""
        absolute = os.path.abspath(path)
        self._search_folders[absolute] = search_folders(tree, absolute, str(self.root))

    def open(self, module: Module) -> None:
        """Take a module's facts from its tree, whatever the file on disk says; the last opened one counts."""
        self.asked_of_all = False
        self._open = module
        self._open_path = os.path.abspath(module.path)
        self._open_key = ""
        known = self._keys.get(self._open_path)
        if known is None and (self._classes is not None or self._wirings is not None):
            known = self._index.key_of(self._open_path)
        if known is not None and known != self._key_of_open():
            self._facts.pop(self._open_path, None)
            self._keys.pop(self._open_path, None)
            self._linked.clear()
            self._classes = None
            self._wirings = None
            self._answers.clear()

    def _key_of_open(self) -> str:
        """The key of the opened module's text."""
        assert self._open is not None
        if not self._open_key:
            data = "".join(self._open.lines).encode("utf-8", "surrogatepass")
            self._open_key = content_key(data, self._open.name, self.module_name(self._open.path)[1])
        return self._open_key

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
        key = self._keys[self._open_path] = self._key_of_open()
        found = self._stored(self._open_path, key)
        if found is None:
            found = facts_of(self._open, self.module_name(self._open.path)[1])
            if self._is_saved(key):
                self._cache.put(key, to_plain(found))
        return found

    def _is_saved(self, key: str) -> bool:
        """Whether a file is on disk as it is open; what is being typed comes once."""
        known = self._index.key_of(self._open_path)
        if known:
            return known == key
        try:
            with open(self._open_path, "rb") as file:
                return content_key(file.read(), *self.module_name(self._open_path)) == key
        except OSError:
            return False

    def _read_facts(self, path: str) -> ModuleFacts | None:
        key = self._index.key_of(path)
        if key:
            found = self._stored(path, key)
            if found is not None:
                self._keys[path] = key
                return found
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:
            return None
        key = self._keys[path] = content_key(data, *self.layout.module_name(path))
        found = self._stored(path, key)
        if found is None:
            found = self._facts_of_bytes(path, data)
            if found is not None:
                self._cache.put(key, to_plain(found))
        return found

    def _stored(self, path: str, key: str) -> ModuleFacts | None:
        """The facts that an earlier run kept for a file's content."""
        return self._index.facts(path, key) or facts_from_stored(self._cache.get(key))

    def _installed_facts(self, path: str, name: str) -> ModuleFacts | None:
        """The facts of a module of an installed package."""
        try:
            with open(path, "rb") as file:
                data = file.read()
            is_package = os.path.basename(path) == "__init__.py"
            key = content_key(data, name, is_package)
            found = facts_from_stored(self._cache.get(key))
            if found is None:
                tree = ast.parse(data)
                found = facts_of(Module(tree, (), path=path, name=name, is_package=is_package), is_package)
                self._cache.put(key, to_plain(found))
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        return found

    def _facts_for_index(self, path: str, data: bytes) -> ModuleFacts | None:
        """The facts of a file, held here where no cache holds them."""
        found = self._facts.get(path) or self._facts_of_bytes(path, data)
        if not self._cache.is_there:
            self._facts[path] = found
        return found

    def _facts_of_bytes(self, path: str, data: bytes) -> ModuleFacts | None:
        """The facts of a file out of its bytes; None for what cannot be parsed."""
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        name, is_package = self.layout.module_name(path)
        return facts_of(Module(tree, (), path=path, name=name, is_package=is_package), is_package)

    # -- all files ---------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """
        Look at all files of the project but tests, read those that changed, and keep what they say for later.

        Processes that are forked afterwards have it, others find it in the cache; without a cache nothing is done.
        """
        if self._is_marked and self._cache.is_there:
            self._index.refresh(self.files())

    def files(self) -> Iterator[str]:
        """All files of the project but tests."""
        start = len(str(self.root)) + 1
        paths = list(self.layout.files())
        self._listing = digest_of("\n".join(paths).encode("utf-8", "surrogatepass"))
        for path in paths:
            folder, _, name = path[start:].replace(os.sep, "/").rpartition("/")
            is_test = self._test_folders.get(folder)
            if is_test is None:
                is_test = self._test_folders[folder] = self.config.is_test_file(f"{folder}/")
            if not is_test and not self.config.is_test_file(name):
                yield path

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        """The entries of all files of the project but tests."""
        if self._is_marked:
            self._index.refresh(self.files())
        yield from self._index.entries().items()

    def learned_of(self, paths: Sequence[str], what: str, learn: Callable[[], list[Any]]) -> list[Any]:
        """
        What `learn` gives, a list of built-in types that follows from the contents of some files alone.

        It is kept under the name `what` for as long as these files are what they are.
        """
        if not self._cache.is_there:
            return learn()
        keys: list[str] = []
        for path in paths:
            key = self._index.key_of(path)
            if not key:
                try:
                    with open(path, "rb") as file:
                        key = digest_of(file.read())
                except OSError:
                    return learn()
            keys.append(f"{path}\0{key}")
        slot = content_key("\n".join(keys).encode("utf-8", "surrogatepass"), what, False)
        kept = self._cache.get(slot)
        if not isinstance(kept, list):
            kept = learn()
            self._cache.put(slot, kept)
        return kept

    def affected(self, changed: Collection[str]) -> set[str] | None:
        """
        The changed files of the project and all whose findings may depend on them, by absolute paths.

        None where that cannot be told. Files that the index does not hold are in no answer.
        """
        if not self._is_marked or (self.root / "__init__.py").is_file():
            return None
        self._index.refresh(self.files())
        return affected(self.layout, self._index.entries(), changed)

    def outline_digests(self) -> dict[str, str]:
        """For each file of the project but tests, a digest of which classes it has and what they may be."""
        return {
            path: f"{entry.name} {digest_of(entry.outline, 8)}" for path, entry in self._index.entries().items()
        }

    @property
    def classes(self) -> Classes:
        """The classes of all files but tests."""
        if self._classes is None:
            self._classes = Classes(self._outlines())
        return self._classes

    def _outlines(self) -> Iterator[Outline]:
        for path, entry in self._entries():
            if path == self._open_path:
                facts = self.facts(path)
                outline = outline_of(facts) if facts is not None else None
            else:
                outline = outline_from(entry.outline)
            if outline is not None:
                yield outline

    def is_named_elsewhere(self, module: Module, name: str) -> bool:
        """
        Whether another file, tests left out, names a variable of this module, or an attribute of this name.

        `name` is what follows the module's name (`jobs`), or an attribute alone; a re-export counts as a use.
        """
        qualified = f"{module.name}.{name}"
        for facts in self._facts_of(self._others_that_mention(module, name.rpartition(".")[2])):
            for term in facts.terms:
                if (term[0] == "N" and term[1] == qualified) or (term[0] == "A" and term[2] == name):
                    return True
        return False

    def files_that_mention(self, module: Module, name: str, most: int) -> list[str] | None:
        """
        The other files, tests left out, that may name something of a module by its last name.

        None where they are more than `most`.
        """
        found = list(itertools.islice(self._others_that_mention(module, name), most + 1))
        return found if len(found) <= most else None

    def _others_that_mention(self, module: Module, name: str) -> Iterator[str]:
        """The files but that of a module, tests left out, that may mention a name."""
        own = os.path.abspath(module.path)
        return (path for path, _ in self._mentioning(name) if path != own)

    def _mentioning(self, name: str) -> Iterator[tuple[str, Entry]]:
        """The entries of the files, tests left out, that may mention a name."""
        self.asked_of_all = True
        return ((path, entry) for path, entry in self._entries() if may_mention(entry.mentions, name))

    def _facts_of(self, paths: Iterable[str]) -> Iterator[ModuleFacts]:
        """The facts of those of the files that can be read."""
        return (facts for facts in map(self.facts, paths) if facts is not None)

    def all_facts(self) -> Iterator[ModuleFacts]:
        """The facts of all files of the project but tests."""
        self.asked_of_all = True
        return self._facts_of(path for path, _ in self._entries())

    def facts_that_mention(self, facts: ModuleFacts, name: str) -> list[ModuleFacts] | None:
        """
        The facts of the other modules, tests left out, that may name something of a module by its last name.

        None where they are many.
        """
        others = (path for path, entry in self._mentioning(name) if entry.name != facts.name)
        found = list(itertools.islice(others, _MOST_CALLING_FILES + 1))
        return list(self._facts_of(found)) if len(found) <= _MOST_CALLING_FILES else None

    def is_attribute_told_elsewhere(self, module: Module, attribute: str, methods: Collection[str]) -> bool:
        """Whether another file, tests left out, reads one of these methods of what an attribute holds."""
        for facts in self._facts_of(self._others_that_mention(module, attribute)):
            for term in facts.terms:
                if term[0] == "A" and term[2] in methods and isinstance(term[1], int):
                    holder = facts.terms[term[1]]
                    if holder[0] == "A" and holder[2] == attribute:
                        return True
        return False

    def wirings(self) -> Mapping[str, Wiring]:
        """How each module but tests puts an application together, by the module's name."""
        self.asked_of_all = True
        if self._wirings is None:
            self._wirings = {}
            for path, entry in self._entries():
                if path == self._open_path:
                    facts = self.facts(path)
                    if facts is not None:
                        self._wirings[facts.name] = facts.wiring
                else:
                    found = wiring_from(entry.wiring)
                    if found is not None:
                        self._wirings[found[0]] = found[1]
        return self._wirings

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
        path = os.path.abspath(module.path)
        digest = self._digest_of_all_it_needs(path)
        slot = content_key(path.encode("utf-8", "surrogatepass"), f"blocked {linked.fingerprint}", False)
        if digest:
            kept = self._cache.get_for(slot, digest)
            if isinstance(kept, list):
                return self._in_company(linked, path, _blocked_from(kept, coroutines))
        facts = self.facts(path)
        if facts is None:
            return {}
        linked.hold(facts, path)
        found, is_certain = self._find_blocked(module, linked, facts)
        if digest and is_certain:
            self._cache.put_for(slot, digest, _plain_blocked(found))
        return self._in_company(linked, path, found)

    def _in_company(
        self, linked: Linked, path: str, found: dict[ast.AST, list[Blocked]]
    ) -> dict[ast.AST, list[Blocked]]:
        """The places that block, less those beside which nothing else runs, as their callers tell."""
        facts = self.facts(path) if found else None
        if facts is None:
            return found
        linked.hold(facts, path)
        functions = {(one.line, one.name.rpartition(".")[2]): one for one in facts.functions if one.is_async}
        left: dict[ast.AST, list[Blocked]] = {}
        for coroutine, several in found.items():
            function = functions.get((coroutine.lineno, coroutine.name))  # type: ignore[attr-defined]
            for one in several:
                is_alone = (
                    function is not None
                    and one.effect is not Effect.LOOP
                    and linked.solitude.is_alone_by_callers(facts, function, one.node.lineno)  # type: ignore[attr-defined]
                )
                if not is_alone:
                    left.setdefault(coroutine, []).append(one)
        return left

    def _digest_of_all_it_needs(self, path: str) -> str:
        """What tells whether a file or one that it depends on has changed; "" where that cannot be told."""
        if not self._index.is_fresh or self.installed is not None or not self._cache.is_there:
            return ""
        if path == self._open_path and self._index.key_of(path) != self._key_of_open():
            return ""
        if self._digests is None:
            entries = self._index.entries()
            state = digest_of(
                "\n".join(
                    [
                        repr((sorted(self.layout.declared.items()), self._listing)),
                        *(f"{path}\0{entry.name}\0{entry.key}" for path, entry in entries.items()),
                    ]
                ).encode("utf-8", "surrogatepass")
            )
            slot = content_key(str(self.root).encode("utf-8", "surrogatepass"), "digests", False)
            kept = self._cache.get_for(slot, state)
            if isinstance(kept, dict):
                self._digests = kept
            else:
                self._digests = digests(self.layout, entries)
                self._cache.put_for(slot, state, self._digests)
        return self._digests.get(path, "")

    def answer(self, path: str, what: str, question: Hashable, compute: Callable[[], Any]) -> Any:
        """
        What `compute` gives, of built-in types, for a question about a file of the project.

        The answer must follow from the file and all that it depends on; it is kept for as long as these are what
        they are. `what` names the kind of question, `question` has a stable `repr`.
        """
        if not self._index.is_fresh and self._is_marked:
            self._index.refresh(self.files())
        digest = self._digest_of_all_it_needs(path)
        if not digest:
            return compute()
        fingerprint = self.elsewhere(path).fingerprint
        slot = content_key(path.encode("utf-8", "surrogatepass"), f"{what} {fingerprint}", False)
        answers = self._answers.get(slot)
        if answers is None:
            kept = self._cache.get_for(slot, digest)
            answers = self._answers[slot] = kept if isinstance(kept, dict) else {}
        asked = repr(question)
        if asked in answers:
            return answers[asked]
        before, self.asked_of_all = self.asked_of_all, False
        given = compute()
        if not self.asked_of_all:
            answers[asked] = given
            self._cache.put_for(slot, digest, answers)
        self.asked_of_all = before or self.asked_of_all
        return given

    def _find_blocked(
        self, module: Module, linked: Linked, facts: ModuleFacts
    ) -> tuple[dict[ast.AST, list[Blocked]], bool]:
        """What blocks in each coroutine; and whether that holds whenever the same files are looked at."""
        by_line = {(one.lineno, one.name): one for one in module.nodes(ast.AsyncFunctionDef)}
        functions: dict[ast.AST, FunctionFacts] = {}
        found: dict[ast.AST, list[Blocked]] = {}
        for function in facts.functions:
            coroutine = (
                by_line.get((function.line, function.name.rpartition(".")[2])) if function.is_async else None
            )
            if coroutine is None:
                continue
            functions[coroutine] = function
            receiver = facts.receiver(function)
            reported: set[tuple[int, int]] = set()
            for site in function.sites:
                if (site.line, site.column) in reported:
                    continue
                edges = linked.graph.edges_of(facts, site, receiver)
                one = self._blocked_at(module, linked, facts, coroutine, function, site, edges)
                if one is not None:
                    reported.add((site.line, site.column))
                    found.setdefault(coroutine, []).append(one)
        appeals = Appeals(module, facts, linked.graph, linked.effects, linked.path_of)
        for node, site, run in appeals.edges(functions):
            one = self._blocked_at(module, linked, facts, node, functions[node], site, run)
            if one is not None:
                found.setdefault(node, []).append(one)
                found[node].sort(key=lambda other: (other.node.lineno, other.node.col_offset))  # type: ignore[attr-defined]
        return found, not appeals.was_heard

    def _blocked_at(
        self,
        module: Module,
        linked: Linked,
        facts: ModuleFacts,
        coroutine: ast.AST,
        function: FunctionFacts,
        site: Site,
        edges: Iterable[Edge],
    ) -> Blocked | None:
        """What blocks at one place of a coroutine, given what is run there."""
        reasons = linked.effects.reasons(edges, function)
        if not reasons:
            return None
        reason = reasons[0]
        if reason.effect is not Effect.LOOP:
            is_alone = linked.solitude.is_alone_by_itself(facts, function, site.line)
            if is_alone or _takes_application(module, coroutine):
                return None
            if has_the_loop_for_itself(module):
                return None
            if reason.effect is Effect.FILE and coroutine in module.keep("makers of servers", _makers_of_servers):
                return None
            if _primitive(linked, reason) in _PROMPTS and talks_to_a_person(module):
                return None
        nodes = module.keep("expressions by their places", _no_places)
        if coroutine not in nodes:
            nodes[coroutine] = _expressions_by_place(coroutine)
        place = nodes[coroutine].get((site.line, site.column, site.end_line, site.end_column), coroutine)
        return self._blocked(module, linked, facts, place, site, reason)

    def waits_at(self, module: Module, call: ast.Call) -> Blocked | None:
        """
        What a call of the module waits for further down, through functions of the project; None for nothing.

        Only what is reached without a condition on the way counts; a call that waits itself is not given.
        """
        linked = self.elsewhere(module.path)
        path = os.path.abspath(module.path)
        facts = self.facts(path)
        if facts is None:
            return None
        linked.hold(facts, path)
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
        own_path = self.relative(module.path)
        followed = self._followed(edge.primitive) if edge.target is None else ()
        if edge.target is None and edge.handed is None and not followed:
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
            CURES[reason.effect],
            f" ({' -> '.join(names)}{where})",
            tuple(links),
            primitive,
        )

    def _followed(self, primitive: str) -> tuple[Link, ...]:
        """The steps inside an installed package, for a call that was found to block by its source."""
        if self.installed is None:
            return ()
        return tuple(Link(*step) for step in self.installed.steps(primitive))

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
    return one.text, one.effect.name, one.cure, one.shown, tuple(map(tuple, one.links)), one.primitive


def _blocked_from(stored: list[Any], coroutines: Sequence[ast.AsyncFunctionDef]) -> dict[ast.AST, list[Blocked]]:
    """What blocks in each coroutine, out of the form that `_plain_blocked` gives."""
    by_place: dict[tuple[int, int, int | None, int | None], ast.AST] = {_place_of(one): one for one in coroutines}
    found: dict[ast.AST, list[Blocked]] = {}
    for place, several in stored:
        coroutine = by_place[place]
        nodes = _expressions_by_place(coroutine)
        found[coroutine] = [
            Blocked(
                nodes.get(at, coroutine), text, Effect[effect], cure, shown, tuple(map(Link._make, links)), name
            )
            for at, text, effect, cure, shown, links, name in several
        ]
    return found


def _primitive(linked: Linked, reason: Reason) -> str:
    """The library's call that a reason ends in."""
    if reason.edge.target is None:
        return reason.edge.primitive
    chain = linked.effects.steps(reason.edge.target, reason.effect)
    return chain[-1][1].primitive if chain else ""


_Places = dict[tuple[int, int, "int | None", "int | None"], ast.expr]


def _no_places(module: Module) -> dict[ast.AST, _Places]:
    return {}


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


def _makers_of_servers(module: Module) -> set[ast.AST | None]:
    """The functions that make a server: what they read, they read before it serves."""
    calls = module.calls_named(*{name.rpartition(".")[2] for name in _SERVERS})
    return {module.function_of(call) for call in calls if module.callee(call) in _SERVERS}


def _takes_application(module: Module, coroutine: ast.AST) -> bool:
    """Whether a coroutine is handed the application itself, as what sets it up is; handlers get a request."""
    if not isinstance(coroutine, ast.AsyncFunctionDef):
        return False
    arguments = coroutine.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if argument.annotation is not None:
            if module.instances.annotated_class(argument.annotation) in _APPLICATIONS:
                return True
    return False
