"""Layout: the project's root, and which dotted name a file has."""

from __future__ import annotations

from pathlib import Path

ROOT_MARKS = ("pyproject.toml", "setup.cfg", "setup.py", ".git")


def project_root(folder: Path) -> Path:
    """The nearest folder, from `folder` upwards, that holds one of ROOT_MARKS; `folder` itself without one."""
    for candidate in (folder, *folder.parents):
        if any((candidate / mark).exists() for mark in ROOT_MARKS):
            return candidate
    return folder


def module_name(file: Path) -> tuple[str, bool]:
    """
    The dotted name of a module file by the packages around it, and whether it is a package's `__init__`.

    A file outside of packages is named by its stem.
    """
    is_package = file.name == "__init__.py"
    parts = [] if is_package else [file.stem]
    folder = file.parent
    while (folder / "__init__.py").is_file() and folder.name.isidentifier():
        parts.append(folder.name)
        folder = folder.parent
    return ".".join(reversed(parts)), is_package
