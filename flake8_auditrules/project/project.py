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
from flake8_auditrules.project.answers import Answers
from flake8_auditrules.project.blocked import Blocked, BlockedPlaces
from flake8_auditrules.project.cache import Cache, content_key, digest_of
from flake8_auditrules.project.classes import Classes
from flake8_auditrules.project.dependents import affected
from flake8_auditrules.project.facts import ModuleFacts, to_plain
from flake8_auditrules.project.index import (
    Entry,
    Index,
    Outline,
    facts_from_stored,
    may_mention,
    outline_digest,
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
from flake8_auditrules.project.linked import Linked
from flake8_auditrules.project.reading.reader import facts_of
from flake8_auditrules.project.search_path import search_folders
from flake8_auditrules.project.wiring import Wiring
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import is_part_of_command_line, is_script_of_project

_MOST_CALLING_FILES = 12


class Project:
    """What is known of the files around the one that is looked at. `root` is the project's folder."""

    def __init__(self, root: Path, config: Config | None = None) -> None:
        self.root = root
        self.config = config if config is not None else Config()
        self.layout = Layout(root)
        self._is_installed = is_installed(root)
        self.is_marked = is_marked(root) and not self._is_installed
        """Whether the folder is a project: one by its files, and no packages that are installed."""
        self._cache = Cache(cache_folder(root, str(self.config.setting("cache-dir"))))
        self._index = Index(self._cache, str(root), self.layout.module_name, self._facts_for_index)
        self._facts: dict[str, ModuleFacts | None] = {}
        self._keys: dict[str, str] = {}
        self._linked: dict[tuple[str, ...], Linked] = {}
        self.installed = Installed(self._installed_facts) if self.config.setting("follow-installed") else None
        self._classes: Classes | None = None
        self._putting: dict[str, list[str]] | None = None
        self._wirings: dict[str, Wiring] | None = None
        self._names_used: bytes | None = None
        self._answers = Answers(str(root), self.layout, self._index, self._cache)
        self._blocked_places = BlockedPlaces(self)
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

    def is_script(self, module: Module) -> bool:
        """Whether a module is one of the project's own scripts, which people run by hand or with each build."""
        return is_script_of_project(self.relative(module.path))

    def ends_with_failure(self, module: Module) -> bool:
        """Whether what fails in a module ends its process: it is a part of a command, or one of the scripts."""
        return is_part_of_command_line(module) or self.is_script(module)

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
            self._putting = None
            self._wirings = None
            self._answers.forget()

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
        if self._cache.is_there:
            self._look_at_all()

    def files(self) -> Iterator[str]:
        """All files of the project but tests."""
        start = len(str(self.root)) + 1
        paths = list(self.layout.files())
        # One file of each folder: all of them look up their imports in the same ones.
        one_of_each = {path.rpartition(os.sep)[0]: path for path in paths}.values()
        roots = sorted({root for path in one_of_each for root in self.layout.source_roots(path)})
        self._listing = digest_of("\n".join((*paths, "", *roots)).encode("utf-8", "surrogatepass"))
        for path in paths:
            folder, _, name = path[start:].replace(os.sep, "/").rpartition("/")
            is_test = self._test_folders.get(folder)
            if is_test is None:
                is_test = self._test_folders[folder] = self.config.is_test_file(f"{folder}/")
            if not is_test and not self.config.is_test_file(name):
                yield path

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        """The entries of all files of the project but tests."""
        self._look_at_all()
        yield from self._index.entries().items()

    def _look_at_all(self) -> None:
        """Look at the time stamps of all files but tests, once; a folder of no project is not gone through."""
        if self.is_marked:
            self._index.refresh(self.files())

    # -- kept answers ------------------------------------------------------------------------------------

    def learned_of(self, paths: Sequence[str], what: str, learn: Callable[[], list[Any]]) -> list[Any]:
        """
        What `learn` gives, a list of built-in types that follows from the contents of some files alone.

        It is kept under the name `what` for as long as these files are what they are.
        """
        return self._answers.learned_of(paths, what, learn)

    def answer(self, path: str, what: str, question: Hashable, compute: Callable[[], Any]) -> Any:
        """
        What `compute` gives, of built-in types, for a question about a file of the project.

        The answer must follow from the file and all that it depends on; it is kept for as long as these are what
        they are. `what` names the kind of question, `question` has a stable `repr`.
        """
        self._look_at_all()
        digest = self._digest_of_all_it_needs(path)
        if not digest:
            return compute()
        kind = self._kind(path, what)
        answers = self._answers.about(path, kind, digest)
        asked = repr(question)
        if asked in answers:
            return answers[asked]
        before, self.asked_of_all = self.asked_of_all, False
        given = compute()
        if not self.asked_of_all:
            self._answers.add(path, kind, digest, asked, given)
        self.asked_of_all = before or self.asked_of_all
        return given

    def kept(self, path: str, what: str, is_dear: bool = False) -> Any:
        """
        What was kept about a file and still holds, of built-in types; None for nothing.

        To find that out all files have to be looked at; for an answer that is not dear that is not done.
        """
        if is_dear:
            self._look_at_all()
        digest = self._digest_of_all_it_needs(path)
        return self._answers.about(path, self._kind(path, what), digest).get("") if digest else None

    def keep(self, path: str, what: str, answer: Any) -> None:
        """Keep an answer, of built-in types, that follows from a file and all that it depends on."""
        digest = self._digest_of_all_it_needs(path)
        if digest:
            self._answers.add(path, self._kind(path, what), digest, "", answer)

    def _kind(self, path: str, what: str) -> str:
        """The name of a kind of question, together with what its answers depend on beside the files."""
        return f"{what} {self.elsewhere(path).fingerprint}"

    def _digest_of_all_it_needs(self, path: str) -> str:
        """What tells whether a file or one that it depends on has changed; "" where that cannot be told."""
        if not self._index.is_fresh or self.installed is not None:
            return ""
        if path == self._open_path and self._index.key_of(path) != self._key_of_open():
            return ""
        return self._answers.digest_of_all_it_needs(path, self._listing)

    # -- all files ---------------------------------------------------------------------------------------
    def affected(self, changed: Collection[str]) -> set[str] | None:
        """
        The changed files of the project and all whose findings may depend on them, by absolute paths.

        None where that cannot be told. Files that the index does not hold are in no answer.
        """
        if not self.is_marked or (self.root / "__init__.py").is_file():
            return None
        self._index.refresh(self.files())
        return affected(self.layout, self._index.entries(), changed)

    def outline_digests(self) -> dict[str, str]:
        """
        For each file of the project but tests, a digest of what others may depend on without naming the file.

        That is which classes it has and what they may be, and what it puts on the state of an application.
        """
        return {
            path: f"{entry.name} {outline_digest(entry.outline)}" for path, entry in self._index.entries().items()
        }

    @property
    def classes(self) -> Classes:
        """The classes of all files but tests."""
        if self._classes is None:
            self._classes = Classes(self._outlines())
        return self._classes

    def modules_that_put(self, name: str) -> Sequence[str]:
        """The modules, tests left out, that put something on a state or hand it to a function under a name."""
        if self._putting is None:
            self._putting = {}
            for outline in self._outlines():
                for one in outline.puts:
                    self._putting.setdefault(one, []).append(outline.name)
        return self._putting.get(name, ())

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

    def note_asked_of_all(self) -> None:
        """Note that what is found in the file that is open follows from all files of the project."""
        self.asked_of_all = True

    def names_used(self) -> bytes:
        """What the files but tests import and what their names mean: dotted names, line ends around each."""
        self.asked_of_all = True
        if self._names_used is None:
            self._names_used = b"\n".join((b"", *(entry.needs for _, entry in self._entries()), b""))
        return self._names_used

    def facts_that_mention(self, facts: ModuleFacts, name: str, is_method: bool) -> list[ModuleFacts] | None:
        """
        The facts of the other modules, tests left out, that may name something of a module by its last name.

        None where they are many. What is no method is only named where the module is, too, or a package that
        passes it on.
        """
        module = ".".join(facts.name.split(".")[-2:]).encode()
        packages = itertools.accumulate(facts.name.split(".")[:-1], "{}.{}".format)
        passed_on = {f"{package}.{name}".encode() for package in packages}
        others = (
            path
            for path, entry in self._mentioning(name)
            if entry.name != facts.name
            and (is_method or module in entry.needs or not passed_on.isdisjoint(entry.needs.split(b"\n")))
        )
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

    def called_back(self, module: Module) -> list[ast.FunctionDef]:
        """The plain methods of a module that a library calls on the event loop, in the source's order."""
        return self._blocked_places.called_back(module)

    def blocked(
        self, module: Module, coroutine: ast.AsyncFunctionDef | ast.FunctionDef, effect: Effect
    ) -> list[Blocked]:
        """
        The places in a coroutine of the module that block the event loop in this way, in the source's order.

        A method that a library calls on the loop counts as one (`called_back`). A place that blocks in several
        ways is given for the nearest one only, for files last.
        """
        found = module.keep("blocked", self._blocked_places.by_coroutine)
        return [one for one in found.get(coroutine, ()) if one.effect is effect]

    def is_alone(self, module: Module, coroutine: ast.AsyncFunctionDef, node: ast.AST) -> bool:
        """
        Whether a place in a coroutine is run before anything else runs on the loop, as the names around it tell.

        That is what a lifespan does before its `yield`, start-up handlers and commands of the command line.
        """
        return self._blocked_places.is_alone(module, coroutine, node)

    def waits_at(self, module: Module, call: ast.Call) -> Blocked | None:
        """
        What a call of the module waits for further down, through functions of the project; None for nothing.

        Only what is reached without a condition on the way counts; a call that waits itself is not given.
        """
        return self._blocked_places.waits_at(module, call)
