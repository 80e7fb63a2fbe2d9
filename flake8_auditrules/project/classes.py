"""The classes of a project by the names of their methods and bases."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from flake8_auditrules.project.index import ClassOutline, Outline


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

    def with_method(self, method: str) -> list[str]:
        """The classes that do something in a method of a name."""
        return [one.name for one in self._by_method.get(method, ())]

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
