"""
The index: what was learned of each file of a project, valid while the file's time stamps are what they were.

The facts themselves lie in packs, one file for many modules; beside them the index holds outlines, the little
that is asked about all modules at once, so that such a question reads no facts.
"""

from __future__ import annotations

import gc
import marshal
import os
import time
import zlib
from collections.abc import Callable, Iterable, Iterator

from flake8_auditrules.project.cache import Cache, content_key, digest_of
from flake8_auditrules.project.facts import HANDED, STATE, ModuleFacts, from_plain, handed_to, to_plain
from flake8_auditrules.project.wiring import Wiring, from_plain_wiring, to_plain_wiring, unreadable_wiring
from flake8_auditrules.records import NamedTuple

_BYTES_OF_A_PACK = 8 * 1024 * 1024
_MOST_PACKS = 24
# A file changed so shortly before it was looked at can change again and keep its time stamps: file systems count
# in steps of up to two seconds.
_SETTLED_AFTER_NS = 2_100_000_000
# After so much source the collector is told to look at what is left behind, and not over and over meanwhile.
_SOURCE_PER_COLLECTION = 500_000
_HASH = 4

Stamp = tuple[int, int, int, int]
Place = tuple["Stamp | None", str, str, str, int, int]
"""The first fields of an entry, which are needed without the others."""

_PLACE = 6


USED = "used."
"""What the names of methods begin with that a module calls on something unknown, among what it reads."""


class ClassOutline(NamedTuple):
    """
    One class: its qualified name, the last names of whatever its bases may be, and its methods, each with
    whether it does something in it.
    """

    name: str
    bases: tuple[str, ...]
    methods: dict[str, bool]


class Outline(NamedTuple):
    """
    What is asked of all modules at once: the module's name, its classes, `aliases`, the last names of what
    a variable or import of another last name may stand for, and the names under which it puts something on the
    state of an application or hands it to a function (`puts`), and under which it looks for such (`reads`).
    """

    name: str
    classes: tuple[ClassOutline, ...]
    aliases: dict[str, tuple[str, ...]]
    puts: tuple[str, ...]
    reads: tuple[str, ...]


class Entry(NamedTuple):
    """
    What is known of one file: its stamp (None: too fresh to be trusted), its dotted name, which depends on the
    files around it, the key of its content, and where its facts are packed (`pack` is "" where they are not).

    `outline`, `wiring`, `mentions` and `needs` are stored forms; empty for what cannot be read as a module, but
    the wiring of what is an application's file even so.
    """

    stamp: Stamp | None
    name: str
    key: str
    pack: str
    offset: int
    length: int
    outline: bytes
    wiring: bytes
    mentions: bytes
    needs: bytes


class Index:
    """
    The entries of one project's files by their absolute paths.

    `read` gives the facts of a file out of its bytes (None for what is no module), `name` its dotted name and
    whether it is a package.
    """

    def __init__(
        self,
        cache: Cache,
        root: str,
        name: Callable[[str], tuple[str, bool]],
        read: Callable[[str, bytes], ModuleFacts | None],
    ) -> None:
        self._cache = cache
        self._root = root
        self._name = name
        self._read = read
        self._places: dict[str, Place] | None = None
        self._entries: dict[str, Entry] | None = None

    # -- one file ------------------------------------------------------------------------------------------

    def key_of(self, path: str) -> str:
        """The key of a file's content, without reading the file; "" where it has to be read."""
        if self._entries is not None:
            entry = self._entries.get(path)
            return entry.key if entry is not None else ""
        place = self._known_places().get(path)
        if place is None or place[0] is None or place[0] != stamp_of(path) or place[1] != self._name(path)[0]:
            return ""
        return place[2]

    def facts(self, path: str, key: str) -> ModuleFacts | None:
        """The packed facts of a file for the content that has this key."""
        known: Place | Entry | None
        known = self._entries.get(path) if self._entries is not None else self._known_places().get(path)
        if known is None or known[2] != key or not known[3]:
            return None
        return facts_from_stored(self._cache.get_packed(known[3], known[4], known[5]))

    def _known_places(self) -> dict[str, Place]:
        """Where the last run has left what it knows, by path."""
        if self._places is None:
            stored = self._cache.get(self._slot("places"))
            self._places = {}
            if isinstance(stored, dict):
                self._places = {self._absolute(path): place for path, place in stored.items()}
        return self._places

    def _slot(self, what: str) -> str:
        return content_key(self._root.encode("utf-8", "surrogatepass"), what, False)

    def _absolute(self, relative: str) -> str:
        return f"{self._root}{os.sep}{relative}"

    # -- all files -----------------------------------------------------------------------------------------

    @property
    def is_fresh(self) -> bool:
        """Whether all files were looked at by this process or the one that it was forked from."""
        return self._entries is not None

    def entries(self) -> dict[str, Entry]:
        """The entries of all files that were looked at."""
        return self._entries if self._entries is not None else {}

    def refresh(self, paths: Iterable[str]) -> None:
        """Look at the time stamps of all files, read those that are not known, and keep what was learned."""
        if self._entries is not None:
            return
        places = self._known_places()
        outlines = self._stored_outlines()
        entries: dict[str, Entry] = {}
        unknown: list[str] = []
        newest = time.time_ns() - _SETTLED_AFTER_NS
        changed = False
        for path in paths:
            stamp = stamp_of(path)
            if stamp is None:
                continue
            place, outline = places.get(path), outlines.get(path)
            name = self._name(path)[0]
            if place is not None and outline is not None and place[:2] == (stamp, name) and place[2] == outline[0]:
                entries[path] = Entry(*place, *outline[1:])
            else:
                entries[path] = Entry(stamp, name, "", "", 0, 0, b"", b"", b"", b"")
                unknown.append(path)
        if unknown:
            changed = self._read_unknown(unknown, entries, places, outlines, newest)
        if changed or len(entries) != len(places):
            self._save(entries)
        self._entries = entries

    def _stored_outlines(self) -> dict[str, tuple[str, bytes, bytes, bytes, bytes]]:
        stored = self._cache.get(self._slot("outlines"))
        if not isinstance(stored, dict):
            return {}
        return {self._absolute(path): outline for path, outline in stored.items()}

    def _read_unknown(
        self,
        unknown: list[str],
        entries: dict[str, Entry],
        places: dict[str, Place],
        outlines: dict[str, tuple[str, bytes, bytes, bytes, bytes]],
        newest: int,
    ) -> bool:
        """Fill in the entries of files that are not known by their stamps; tell whether there is news to keep."""
        changed = False
        packing = _Packing(self._cache)
        read_since = 0
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            for path in unknown:
                stamp, name = entries[path][:2]
                assert stamp is not None
                settled = stamp if max(stamp[:2]) < newest else None
                try:
                    with open(path, "rb") as file:
                        data = file.read()
                except OSError:
                    del entries[path]
                    continue
                key = content_key(data, *self._name(path))
                place, outline = places.get(path), outlines.get(path)
                if place is not None and outline is not None and place[2] == key == outline[0]:
                    entries[path] = Entry(settled, *place[1:], *outline[1:])
                    changed = changed or settled is not None
                    continue
                changed = True
                facts = (
                    self.facts(path, key) or facts_from_stored(self._cache.get(key)) or self._facts_of(path, data)
                )
                if facts is None:
                    assembled = unreadable_wiring(data)
                    wiring = _wiring_bytes(name, assembled) if assembled is not None else b""
                    entries[path] = Entry(settled, name, key, "", 0, 0, b"", wiring, b"", b"")
                    continue
                entries[path] = Entry(
                    settled,
                    name,
                    key,
                    "",
                    0,
                    0,
                    _outline_bytes(facts),
                    _wiring_bytes(facts.name, facts.wiring),
                    _mentions(facts),
                    _needs(facts),
                )
                packing.add(path, to_plain(facts))
                read_since += len(data)
                if read_since > _SOURCE_PER_COLLECTION:
                    del facts
                    gc.collect(0)
                    read_since = 0
        finally:
            if was_enabled:
                gc.enable()
        for path, pack, offset, length in packing.finish():
            entries[path] = entries[path]._replace(pack=pack, offset=offset, length=length)
        return changed

    def _facts_of(self, path: str, data: bytes) -> ModuleFacts | None:
        """The facts of a file; none where reading it fails, which is told when the file itself is linted."""
        try:
            return self._read(path, data)
        except Exception:  # noqa: AUD302 - one file must not end the run over all others
            return None

    def _save(self, entries: dict[str, Entry]) -> None:
        if len({entry.pack for entry in entries.values()}) > _MOST_PACKS:
            self._repack(entries)
        start = len(self._root) + 1
        self._cache.put(self._slot("places"), {path[start:]: entry[:_PLACE] for path, entry in entries.items()})
        outlines = {path[start:]: (entry.key, *entry[_PLACE:]) for path, entry in entries.items()}
        self._cache.put(self._slot("outlines"), outlines)

    def _repack(self, entries: dict[str, Entry]) -> None:
        """Bring what many packs hold into few."""
        packing = _Packing(self._cache)
        for path, entry in entries.items():
            plain = self._cache.get_packed(entry.pack, entry.offset, entry.length) if entry.pack else None
            if plain is not None:
                packing.add(path, plain)
        left = {entry.pack for entry in entries.values() if entry.pack}
        for path, pack, offset, length in packing.finish():
            entries[path] = entries[path]._replace(pack=pack, offset=offset, length=length)
        for pack in left - {entry.pack for entry in entries.values()}:
            self._cache.forget(pack)


class _Packing:
    """Values on their way into packs."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._waiting: list[tuple[str, bytes]] = []
        self._size = 0
        self._placed: list[tuple[str, str, int, int]] = []

    def add(self, path: str, plain: object) -> None:
        """Take the value for a path."""
        payload = marshal.dumps(plain)  # type: ignore[arg-type]
        self._waiting.append((path, payload))
        self._size += len(payload)
        if self._size > _BYTES_OF_A_PACK:
            self._write()

    def _write(self) -> None:
        pack, places = self._cache.put_packed([payload for _, payload in self._waiting])
        for (path, _), (offset, length) in zip(self._waiting, places, strict=True):
            self._placed.append((path, pack, offset, length))
        self._waiting.clear()
        self._size = 0

    def finish(self) -> list[tuple[str, str, int, int]]:
        """Write what is left; the path, pack, offset and length of each value (pack "" where it was not kept)."""
        if self._waiting:
            self._write()
        return self._placed


def stamp_of(path: str) -> Stamp | None:
    """What changes when a file is written or replaced: both time stamps, size and number; None without a file."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def facts_from_stored(plain: object) -> ModuleFacts | None:
    """The facts out of what was stored for them; None for anything else."""
    if not isinstance(plain, tuple):
        return None
    try:
        return from_plain(plain)
    except (TypeError, ValueError):
        return None


# -- outlines ------------------------------------------------------------------------------------------------


def outline_of(facts: ModuleFacts) -> Outline:
    """The outline of a module."""
    prefix = f"{facts.name}." if facts.name else ""
    classes = []
    aliases: dict[str, tuple[str, ...]] = {}
    for name, one in facts.classes.items():
        bases = tuple(dict.fromkeys(last for base in one.bases for last in _last_names(facts, base)))
        methods = {method: not facts.functions[number].stub for method, number in one.methods.items()}
        classes.append(ClassOutline(prefix + name, bases, methods))
        for attribute, number in one.attributes.items():
            _note_alias(aliases, facts, attribute, number)
    puts = []
    for variable, number in facts.exports.items():
        if variable.startswith((STATE, HANDED)):
            puts.append(variable)
        else:
            _note_alias(aliases, facts, variable, number)
    reads = tuple(sorted({*_states_read(facts), *_parameters_read(facts), *_methods_read(facts)}))
    return Outline(facts.name, tuple(classes), aliases, tuple(puts), reads)


def _states_read(facts: ModuleFacts) -> Iterator[str]:
    """The names under which a module reads what is on a state: `request.app.state.pool`."""
    terms = facts.terms
    states = {number for number, term in enumerate(terms) if term[0] == "A" and term[2] == "state"}
    if states:
        yield from (f"{STATE}{term[2]}" for term in terms if term[0] == "A" and term[1] in states)


def _parameters_read(facts: ModuleFacts) -> Iterator[str]:
    """The names under which a module looks for what is handed in for parameters that nothing is said of."""
    for term in facts.terms:
        if term[0] == "P":
            place = handed_to(facts, str(term[1]), str(term[2]))
            if place is not None:
                last = place[0].rpartition(".")[2]
                yield from (f"{HANDED}{last}.{one}" for one in place[1])


def _methods_read(facts: ModuleFacts) -> Iterator[str]:
    """The names of what a module looks up on parameters and on attributes, which may tell their class."""
    terms = facts.terms
    for term in terms:
        if term[0] == "A" and terms[term[1]][0] in ("A", "P") and tells_a_class(str(term[2])):  # type: ignore[call-overload]
            yield f"{USED}{term[2]}"


def tells_a_class(method: str) -> bool:
    """Whether a method's name is made of several words, so that few classes have it."""
    return "_" in method.strip("_") and not method.startswith("_")


def _note_alias(aliases: dict[str, tuple[str, ...]], facts: ModuleFacts, name: str, number: int) -> None:
    meant = [last for last in _last_names(facts, number) if last != name]
    if meant:
        aliases[name] = tuple(dict.fromkeys((*aliases.get(name, ()), *meant)))


def _last_names(facts: ModuleFacts, number: int) -> Iterator[str]:
    """The last parts of the names that a term for a class may lead to."""
    term = facts.terms[number]
    if term[0] == "N":
        yield str(term[1]).rpartition(".")[2]
    elif term[0] in ("U", "V"):
        for part in term[1]:  # type: ignore[attr-defined]
            yield from _last_names(facts, part)
    elif term[0] == "G":
        yield from _last_names(facts, term[1])  # type: ignore[arg-type]
        for part in term[2]:  # type: ignore[attr-defined]
            yield from _last_names(facts, part)
    elif term[0] == "A":
        yield str(term[2])


def _outline_bytes(facts: ModuleFacts) -> bytes:
    outline = outline_of(facts)
    return marshal.dumps(
        (outline.name, tuple(map(tuple, outline.classes)), outline.aliases, outline.puts, outline.reads)
    )


def outline_from(stored: bytes) -> Outline | None:
    """The outline out of its stored form."""
    if not stored:
        return None
    name, classes, aliases, puts, reads = marshal.loads(stored)
    return Outline(name, tuple(map(ClassOutline._make, classes)), aliases, puts, reads)


def outline_digest(stored: bytes) -> str:
    """What tells stored outlines apart, less what a module reads: that changes nothing for other modules."""
    outline = outline_from(stored)
    return digest_of(
        repr(outline._replace(reads=()) if outline is not None else None).encode("utf-8", "surrogatepass"), 8
    )


def _wiring_bytes(name: str, wiring: Wiring) -> bytes:
    return marshal.dumps((name, to_plain_wiring(wiring)))  # type: ignore[arg-type]


def wiring_from(stored: bytes) -> tuple[str, Wiring] | None:
    """The module's name and wiring out of their stored form."""
    if not stored:
        return None
    name, plain = marshal.loads(stored)
    return name, from_plain_wiring(plain)


# -- mentions ------------------------------------------------------------------------------------------------


def _mentions(facts: ModuleFacts) -> bytes:
    """The hashes of all attributes and last names that a module mentions."""
    names = {str(term[1]).rpartition(".")[2] for term in facts.terms if term[0] == "N"}
    names.update(str(term[2]) for term in facts.terms if term[0] == "A")
    return b"".join(sorted(map(_hash, names)))


def _needs(facts: ModuleFacts) -> bytes:
    """The dotted names that lead to other modules: what a module imports, and what its names mean."""
    own = f"{facts.name}."
    names = {str(term[1]) for term in facts.terms if term[0] == "N"}
    names.update(facts.wiring.imports, facts.stars)
    return "\n".join(
        sorted(name for name in names if not name.startswith(("builtins.", own)) or name in facts.wiring.imports)
    ).encode("utf-8", "surrogatepass")


def _hash(name: str) -> bytes:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")).to_bytes(_HASH, "big")


def may_mention(mentions: bytes, name: str) -> bool:
    """Whether a module may mention a name as an attribute or the last part of a qualified name."""
    wanted = _hash(name)
    at = mentions.find(wanted)
    while at >= 0:
        if at % _HASH == 0:
            return True
        at = mentions.find(wanted, at + 1)
    return False
