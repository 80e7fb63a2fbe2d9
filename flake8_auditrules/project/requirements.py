"""Requirements: which versions of a library the project asks for, by its own files."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from flake8_auditrules.project.project import Project
from flake8_auditrules.records import NamedTuple

_FILES = (
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "requirements*.txt",
    "requirements*.in",
    "requirements/*.txt",
    "PKG-INFO",
    "*.dist-info/METADATA",
)
_METADATA = ("PKG-INFO", "METADATA")
_CLAUSE = re.compile(r"(===?|~=|>=|<=|!=|<|>|\^|~)?\s*v?(\d+(?:\.\d+)*)")
# How the standard, setuptools and Poetry name the versions of Python.
_OF_PYTHON = re.compile(
    r"""(?im)(?:^|[(,])\s*["']?(?:requires-python|python_requires|python)["']?\s*[:=]\s*["']?([<>=!~^]*\s*3[^"'\n]*)"""
)
_LARGEST_FILE = 200_000

Version = tuple[int, ...]


class Requirement(NamedTuple):
    """The versions that are asked for: the lowest that is allowed, and the first above that is not (or None)."""

    lowest: Version | None
    below: Version | None

    def is_at_least(self, version: Version) -> bool:
        """Whether no version below `version` is allowed."""
        return self.lowest is not None and _plain(self.lowest) >= _plain(version)

    def is_below(self, version: Version) -> bool:
        """Whether neither `version` nor any later one is allowed."""
        return self.below is not None and _plain(self.below) <= _plain(version)


def _plain(version: Version) -> Version:
    """A version without zeros at its end: 2.0.0 is 2."""
    while version and version[-1] == 0:
        version = version[:-1]
    return version


def requirement(project: Project, library: str) -> Requirement | None:
    """What the project's requirement files say of a library; None where they do not say which versions."""
    return _requirement(project.root, _stamp(project.root), library)


def is_required(project: Project, libraries: tuple[str, ...]) -> bool:
    """Whether the project's requirement files name one of these libraries, in whatever version."""
    return _is_required(project.root, _stamp(project.root), libraries)


def python_versions(project: Project) -> Requirement | None:
    """Which versions of Python the project runs on by its own files; None where they do not say."""
    return _python_versions(_stamp(project.root))


@functools.lru_cache(maxsize=256)
def _python_versions(files: tuple[tuple[str, int], ...]) -> Requirement | None:
    for text in _texts(files):
        found = _OF_PYTHON.search(text)
        parsed = parse(found.group(1)) if found is not None else None
        if parsed is not None:
            return parsed
    return None


@functools.lru_cache(maxsize=256)
def _is_required(root: Path, files: tuple[tuple[str, int], ...], libraries: tuple[str, ...]) -> bool:
    names = "|".join(map(re.escape, libraries))
    named = re.compile(rf"""(?im)(?:^(?:Requires-Dist:\s*)?|["'\[,]\s*)(?:{names})(?![\w-])""")
    return any(named.search(text) for text in _texts(files))


def _texts(files: tuple[tuple[str, int], ...]) -> Iterator[str]:
    """The texts of requirement files, of metadata without the description."""
    for file, _ in files:
        try:
            text = Path(file).read_text(encoding="utf-8", errors="replace")[:_LARGEST_FILE]
        except OSError:
            continue
        # The description follows after a blank line.
        yield text.partition("\n\n")[0] if file.endswith(_METADATA) else text


def _stamp(root: Path) -> tuple[tuple[str, int], ...]:
    """The requirement files with the times of their last change."""
    found = []
    for pattern in _FILES:
        for file in sorted(root.glob(pattern)):
            try:
                found.append((str(file), file.stat().st_mtime_ns))
            except OSError:
                continue
    return tuple(found)


@functools.lru_cache(maxsize=256)
def _requirement(root: Path, files: tuple[tuple[str, int], ...], library: str) -> Requirement | None:
    # Not `fastapi-users` for `fastapi`, and not the key of a table that only has the library's name.
    named = re.compile(
        rf"""(?im)(?:^(?:Requires-Dist:)?|["'\[,])\s*{re.escape(library)}(?:\[[^\]]*\])?\s*"""
        r"""(?:=\s*(?:\{[^}]*version\s*=\s*)?["']|\()?"""
        r"""((?:(?:===?|~=|>=|<=|!=|<|>|\^|~)?\s*v?\d[\w.*]*\s*,?\s*|[<>=!~^]+\s*\d[\w.*]*\s*,?\s*)+)"""
    )
    for text in _texts(files):
        for found in named.finditer(text):
            parsed = parse(found.group(1))
            if parsed is not None:
                return parsed
    return None


def parse(specifier: str) -> Requirement | None:
    """The bounds of a version specifier such as `>=2.0,<3`, `==1.10.2`, `~=0.100` or `^2.1`; None for none."""
    lowest: Version | None = None
    below: Version | None = None
    for operator, number in _CLAUSE.findall(specifier):
        version = tuple(int(part) for part in number.split("."))
        if operator in (">=", ">", "==", "===", "~=", "^", "~", ""):
            lowest = version if lowest is None else max(lowest, version)
        upper: Version | None = None
        if operator in ("==", "===", ""):
            upper = (*version[:-1], version[-1] + 1)
        elif operator == "<":
            upper = version
        elif operator == "<=":
            upper = (*version[:-1], version[-1] + 1)
        elif operator in ("~=", "~"):
            upper = (*version[:-2], version[-2] + 1) if len(version) > 1 else (version[0] + 1,)
        elif operator == "^":
            upper = (version[0] + 1,) if version[0] or len(version) == 1 else (0, version[1] + 1)
        if upper is not None:
            below = upper if below is None else min(below, upper)
    return None if lowest is None and below is None else Requirement(lowest, below)
