"""
Dependents: which files of a project may be judged otherwise when others change.

A file depends on the modules that its names lead to, on what those depend on, and, where a class leaves a method
open, on the classes that may fill it. More dependents may be given than there are, never fewer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from flake8_auditrules.project.index import ClassOutline, Entry, outline_from
from flake8_auditrules.project.layout import Layout


def affected(layout: Layout, entries: Mapping[str, Entry], changed: Collection[str]) -> set[str]:
    """The changed files and all that depend on them, by absolute paths."""
    dependents: dict[str, set[str]] = {}
    for path, needed in _edges(layout, entries):
        dependents.setdefault(needed, set()).add(path)
    found = set(changed)
    pending = list(changed)
    while pending:
        for path in dependents.get(pending.pop(), ()):
            if path not in found:
                found.add(path)
                pending.append(path)
    return found


def _edges(layout: Layout, entries: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """Each file with each file that it depends on directly."""
    by_package: dict[str, list[str]] = {}
    for path in entries:
        if path.endswith("__init__.py"):
            folder = path[: -len("__init__.py")]
            by_package[path] = [other for other in entries if other.startswith(folder)]
    known: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}
    for path, entry in entries.items():
        roots = layout.source_roots(path)
        for name in entry.needs.decode("utf-8", "surrogatepass").split("\n"):
            key = (roots, name)
            needed = known.get(key)
            if needed is None:
                needed = known[key] = tuple(_files_behind(layout, roots, name, by_package))
            for other in needed:
                yield path, other
    yield from _implementations(entries)


def _files_behind(
    layout: Layout, roots: tuple[str, ...], name: str, by_package: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """The files that a dotted name leads through; for a package as a whole all that is in it."""
    whole = name.removesuffix(".*")
    cut = len(whole)
    while cut > 0:
        file = layout.find(whole[:cut], roots)
        if file is not None:
            yield file
            if cut == len(whole):
                yield from by_package.get(file, ())
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


def _closure(heirs: Mapping[str, Collection[str]], name: str) -> set[str]:
    found = {name}
    pending = [name]
    while pending:
        for heir in heirs.get(pending.pop(), ()):
            if heir not in found:
                found.add(heir)
                pending.append(heir)
    return found
