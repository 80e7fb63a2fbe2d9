"""
Dependents: which files of a project may be judged otherwise when others change.

A file depends on the modules that its names lead to, on what those depend on, where a class leaves a method
open, on the classes that may fill it, and on what fills the state of an application that it reads or is handed
to its functions. More dependents may be given than there are, never fewer.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping

from flake8_auditrules.project.cache import digest_of
from flake8_auditrules.project.index import USED, ClassOutline, Entry, outline_from, tells_a_class
from flake8_auditrules.project.layout import Layout


def affected(layout: Layout, entries: Mapping[str, Entry], changed: Collection[str]) -> set[str]:
    """The changed files and all that depend on them, by absolute paths."""
    dependents: dict[str, list[str]] = {}
    for one, needed in _needed(layout, entries).items():
        for other in needed:
            dependents.setdefault(other, []).append(one)
    found = set(changed)
    pending = list(changed)
    while pending:
        for path in dependents.get(pending.pop(), ()):
            if path not in found:
                found.add(path)
                pending.append(path)
    return {path for path in found if not path.endswith(os.sep)}


def digests(layout: Layout, entries: Mapping[str, Entry]) -> dict[str, str]:
    """
    For each file, by its absolute path, a digest of its own content and of all that it depends on.

    "" for a file that depends on one which `entries` does not tell of.
    """
    needed = _needed(layout, entries)
    found: dict[str, str] = {}
    for group in _groups(needed):
        own = set(group)
        further = {other for one in group for other in needed[one]} - own
        parts = {found[other] for other in further}
        for one in group:
            if one.endswith(os.sep):
                continue
            entry = entries.get(one)
            parts.add(f"{one}\0{entry.name}\0{entry.key}" if entry is not None and entry.key else "")
        digest = "" if "" in parts else digest_of("\n".join(sorted(parts)).encode("utf-8", "surrogatepass"))
        for one in group:
            found[one] = digest
    return {path: digest for path, digest in found.items() if path in entries}


def _groups(needed: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """The nodes in groups that need each other, each group after those that it needs (Tarjan's algorithm)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_nodes: list[str] = []
    is_open: set[str] = set()
    for start in needed:
        if start in number:
            continue
        number[start] = lowest[start] = len(number)
        open_nodes.append(start)
        is_open.add(start)
        way = [(start, iter(needed[start]))]
        while way:
            one, rest = way[-1]
            for other in rest:
                if other not in number:
                    number[other] = lowest[other] = len(number)
                    open_nodes.append(other)
                    is_open.add(other)
                    way.append((other, iter(needed[other])))
                    break
                if other in is_open and number[other] < lowest[one]:
                    lowest[one] = number[other]
            else:
                way.pop()
                if way and lowest[one] < lowest[way[-1][0]]:
                    lowest[way[-1][0]] = lowest[one]
                if lowest[one] == number[one]:
                    group: list[str] = []
                    while not group or group[-1] != one:
                        group.append(open_nodes.pop())
                    is_open.difference_update(group)
                    yield group


def _needed(layout: Layout, entries: Mapping[str, Entry]) -> dict[str, set[str]]:
    """
    Each file with the files that it depends on directly, every one a key.

    A folder, ending in a separator, stands for all files of a package.
    """
    needed: dict[str, set[str]] = {path: set() for path in entries}
    known: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}
    for path, entry in entries.items():
        roots = layout.source_roots(path)
        own = needed[path]
        for name in entry.needs.decode("utf-8", "surrogatepass").split("\n"):
            key = (roots, name)
            behind = known.get(key)
            if behind is None:
                behind = known[key] = tuple(_files_behind(layout, roots, name))
            own.update(behind)
    for path, other in _implementations(entries):
        needed[path].add(other)
    for path, other in _reading(entries):
        needed[path].add(other)
    folders = {other for several in needed.values() for other in several if other.endswith(os.sep)}
    for path in entries:
        folder = os.path.dirname(path) + os.sep
        while len(folder) > 1:
            if folder in folders:
                needed.setdefault(folder, set()).add(path)
            folder = os.path.dirname(folder[:-1]).rstrip(os.sep) + os.sep
    for other in {other for several in needed.values() for other in several} - needed.keys():
        needed[other] = set()
    return needed


def _files_behind(layout: Layout, roots: tuple[str, ...], name: str) -> Iterator[str]:
    """The files that a dotted name leads through; for a package as a whole its folder too."""
    whole = name.removesuffix(".*")
    cut = len(whole)
    while cut > 0:
        file = layout.find(whole[:cut], roots)
        if file is not None:
            yield file
            if cut == len(whole) and file.endswith("__init__.py"):
                yield file[: -len("__init__.py")]
        cut = whole.rfind(".", 0, cut)


def _implementations(entries: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """The files of classes that leave a method open, each with the files of classes that may fill it."""
    classes: list[tuple[str, ClassOutline]] = []
    heirs: dict[str, set[str]] = {}
    with_base: dict[str, list[str]] = {}
    with_method: dict[str, list[tuple[str, ClassOutline]]] = {}
    for path, entry in entries.items():
        outline = outline_from(entry.outline)
        if outline is None:
            continue
        for alias, meant in outline.aliases.items():
            for name in meant:
                heirs.setdefault(name, set()).add(alias)
        for one in outline.classes:
            classes.append((path, one))
            for base in one.bases:
                heirs.setdefault(base, set()).add(one.name.rpartition(".")[2])
                with_base.setdefault(base, []).append(path)
            for method in one.methods:
                with_method.setdefault(method, []).append((path, one))
    protocols = _closure(heirs, "Protocol")
    for path, one in classes:
        last = one.name.rpartition(".")[2]
        if not all(one.methods.values()):
            for name in _closure(heirs, last):
                for other in with_base.get(name, ()):
                    yield path, other
        if one.methods and last in protocols:
            rarest = min(one.methods, key=lambda method: len(with_method[method]))
            for other, candidate in with_method[rarest]:
                if candidate.methods.keys() >= one.methods.keys():
                    yield path, other


def _reading(entries: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """
    The files that read what others put on a state or hand to their functions, each with the files that do.

    So they do with those whose classes have the methods that they call on something unknown.
    """
    reading: list[tuple[str, str]] = []
    putting: dict[str, list[str]] = {}
    for path, entry in entries.items():
        outline = outline_from(entry.outline)
        if outline is not None:
            reading.extend((path, name) for name in outline.reads)
            for name in outline.puts:
                putting.setdefault(name, []).append(path)
            for method in {method for one in outline.classes for method in one.methods if tells_a_class(method)}:
                putting.setdefault(f"{USED}{method}", []).append(path)
    for path, name in reading:
        for other in putting.get(name, ()):
            yield path, other


def _closure(heirs: Mapping[str, Collection[str]], name: str) -> set[str]:
    found = {name}
    pending = [name]
    while pending:
        for heir in heirs.get(pending.pop(), ()):
            if heir not in found:
                found.add(heir)
                pending.append(heir)
    return found
