"""What was found out about files, kept on disk for as long as the files are what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flake8_auditrules.project.cache import Cache, content_key, digest_of
from flake8_auditrules.project.dependents import digests
from flake8_auditrules.project.index import Index
from flake8_auditrules.project.layout import Layout


class Answers:
    """
    The kept answers of a project.

    `root` is the project's folder. Answers are of built-in types; what cannot be kept or read back is asked again.
    """

    def __init__(self, root: str, layout: Layout, index: Index, cache: Cache) -> None:
        self._root = root
        self._layout = layout
        self._index = index
        self._cache = cache
        self._digests: dict[str, str] | None = None
        self._by_slot: dict[str, dict[str, Any]] = {}

    def forget(self) -> None:
        """Read answers from the cache again: a file is open whose text is not the one on disk."""
        self._by_slot.clear()

    def digest_of_all_it_needs(self, path: str, listing: str) -> str:
        """
        What tells whether a file or one that it depends on has changed; "" where that cannot be told.

        The index must be fresh. `listing` tells which files the project has.
        """
        if not self._cache.is_there:
            return ""
        if self._digests is None:
            entries = self._index.entries()
            state = digest_of(
                "\n".join(
                    [
                        repr((sorted(self._layout.declared.items()), listing)),
                        *(f"{path}\0{entry.name}\0{entry.key}" for path, entry in entries.items()),
                    ]
                ).encode("utf-8", "surrogatepass")
            )
            slot = content_key(self._root.encode("utf-8", "surrogatepass"), "digests", False)
            kept = self._cache.get_for(slot, state)
            if isinstance(kept, dict):
                self._digests = kept
            else:
                self._digests = digests(self._layout, entries)
                self._cache.put_for(slot, state, self._digests)
        return self._digests.get(path, "")

    def about(self, path: str, what: str, digest: str) -> dict[str, Any]:
        """The answers to questions of one kind about a file, by the text of the question."""
        slot = _slot(path, what)
        answers = self._by_slot.get(slot)
        if answers is None:
            kept = self._cache.get_for(slot, digest)
            answers = self._by_slot[slot] = kept if isinstance(kept, dict) else {}
        return answers

    def add(self, path: str, what: str, digest: str, question: str, answer: Any) -> None:
        """Keep an answer that follows from a file and all that it depends on."""
        answers = self.about(path, what, digest)
        answers[question] = answer
        self._cache.put_for(_slot(path, what), digest, answers)

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


def _slot(path: str, what: str) -> str:
    return content_key(path.encode("utf-8", "surrogatepass"), what, False)
