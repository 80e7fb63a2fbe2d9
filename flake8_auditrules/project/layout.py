"""Layout: the project's root, which dotted name a file has, and which file a dotted name is."""

from __future__ import annotations

import ast
import itertools
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from flake8_auditrules.patterns import pattern
from flake8_auditrules.project.build_settings import package_folders
from flake8_auditrules.project.search_path import search_folders

ROOT_MARKS = ("pyproject.toml", "setup.cfg", "setup.py", ".git")
# What an application that is built as no package, and lies outside of a repository, has in its top folder.
WEAK_MARKS = (
    "requirements.txt",
    "requirements",
    "Pipfile",
    "manage.py",
    "tox.ini",
    ".flake8",
    ".pre-commit-config.yaml",
    "Dockerfile",
    "docker-compose.yml",
    "docker-compose.yaml",
    "compose.yaml",
    "Procfile",
    "alembic.ini",
)
_INSTALLED = frozenset({"site-packages", "dist-packages"})
# Copies that nobody mends by hand; `vendor` alone may be a supplier.
_CARRIED = frozenset({"node_modules", "_vendor", "_vendored", "vendored"})
_LEFT_OUT = _INSTALLED | {"__pycache__", "node_modules"}
_STANDARD_LIBRARY = ("os.py", "site.py", "ast.py")
_SOURCE_FOLDERS = ("src", "lib")
# What a program is mostly called that a server or a person starts.
_PROGRAMS = frozenset(
    {"app.py", "asgi.py", "main.py", "manage.py", "run.py", "server.py", "wsgi.py", "worker.py", "__main__.py"}
)
# What puts folders on the search path for the rest of a program: where it begins, and a project's settings.
_ADDING = _PROGRAMS | {"conftest.py", "settings.py"}
# What applications call their own modules, and libraries are not called.
_OWN_NAMES = frozenset(
    {
        *("api", "auth", "config", "constants", "controllers", "core", "crud", "database", "db", "dependencies"),
        *("endpoints", "handlers", "helpers", "middleware", "middlewares", "models", "repositories", "routers"),
        *("routes", "schemas", "services", "settings", "utils", "views"),
    }
)
# How far it is looked whether a package's modules import each other as if they were in none.
_MOST_MODULES = 40
_LONGEST_TEXT = 65_536
# How deep below the root an application without a program of a known name lies: `services/orders`.
_DEEPEST = 2
_IMPORTS = pattern(r"^(?:from[ \t]+([.\w]+)[ \t]+import\b|import[ \t]+([\w.]+))", re.MULTILINE)


def project_root(folder: Path) -> Path:
    """
    The nearest folder, from `folder` upwards, that holds one of ROOT_MARKS; where none does, one of WEAK_MARKS.

    Installed packages belong to no project: a folder of theirs ends the search. Without a mark, the folder
    above the outermost package that `folder` lies in, also as a folder of a package that is no package itself.
    The answer is absolute and without `..`, so that paths can be told to lie below it.
    """
    folder = Path(os.path.abspath(folder))
    candidates = (folder, *folder.parents)
    for candidate in candidates:
        if is_installed(candidate) or _holds(candidate, ROOT_MARKS):
            return candidate
    for candidate in candidates:
        if _holds(candidate, WEAK_MARKS) and not _is_everything(candidate):
            return candidate
    while (folder / "__init__.py").is_file() or (folder.parent / "__init__.py").is_file():
        folder = folder.parent
    return folder


def is_installed(folder: Path) -> bool:
    """Whether a folder holds installed packages or the standard library."""
    return folder.name in _INSTALLED or all((folder / name).is_file() for name in _STANDARD_LIBRARY)


def is_of_others(folder: Path) -> bool:
    """
    Whether a folder lies in one of a project's that holds other people's code: `_vendor`, `site-packages`.

    What is installed outside of any project is linted where somebody names it.
    """
    folder = Path(os.path.abspath(folder))
    for candidate in (folder, *folder.parents):
        if candidate.name in _CARRIED:
            return True
        if candidate.name in _INSTALLED:
            return any(_holds(parent, ROOT_MARKS) for parent in candidate.parents)
    return False


def path_below(root: str, path: str) -> str:
    """The path relative to the root with forward slashes; as it is where it lies outside."""
    absolute = os.path.abspath(path)
    inside = os.path.join(root, "")
    return absolute[len(inside) :].replace(os.sep, "/") if absolute.startswith(inside) else path


def is_marked(folder: Path) -> bool:
    """Whether a folder holds a mark of a project's root, so that it is known to be more than just a folder."""
    return _holds(folder, ROOT_MARKS) or (_holds(folder, WEAK_MARKS) and not _is_everything(folder))


def cache_folder(root: Path, name: str) -> Path | None:
    """
    The folder for facts in a project's root; None where `name` is empty.

    None is made in what is only a folder of files, nor among installed packages; one that is there is used.
    """
    folder = root / name
    return folder if name and ((is_marked(root) and not is_installed(root)) or folder.is_dir()) else None


def _holds(folder: Path, marks: tuple[str, ...]) -> bool:
    # A `setup.py` beside an `__init__.py` is a module of a package that is named so.
    is_package = (folder / "__init__.py").is_file()
    return any((folder / mark).exists() for mark in marks if mark != "setup.py" or not is_package)


def _is_everything(folder: Path) -> bool:
    """Whether a folder is the file system's root or a home: a file that was left there marks no project."""
    return folder == folder.parent or folder == Path("~").expanduser()


def _imported(path: str) -> list[str]:
    """The names that a file imports at the beginning of a line, dots before a relative one."""
    return [one or other for one, other in _IMPORTS.findall(_text_of(path))]


def _text_of(path: str) -> str:
    """The beginning of a file's text, as far as it may be read; "" for what is no file."""
    try:
        with open(path, "rb") as file:
            return file.read(_LONGEST_TEXT).decode("utf-8", "replace")
    except OSError:
        return ""


class Layout:
    """
    The files of one project by dotted names, and back.

    `root` is the project's folder. Folders are listed when a name first leads there, and once.
    """

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self._listed: dict[str, frozenset[str]] = {}
        self._source_roots: dict[str, tuple[str, ...]] = {}
        self._run_inside: dict[str, bool] = {}
        self._declared: dict[str, str] | None = None
        self._added: tuple[str, ...] | None = None

    @property
    def declared(self) -> dict[str, str]:
        """The folders in which the project's build settings say that packages lie, with what they stand for."""
        if self._declared is None:
            folder = Path(self.root)
            self._declared = package_folders(folder) if is_marked(folder) else {}
        return self._declared

    @property
    def added(self) -> tuple[str, ...]:
        """The folders that the project's programs and settings put on `sys.path`, for all that they import."""
        if self._added is None:
            self._added = tuple(dict.fromkeys(self._find_added()))
        return self._added

    def _find_added(self) -> Iterator[str]:
        below = [
            os.path.join(self.root, name)
            for name in sorted(self.listed(self.root))
            if name.isidentifier() and not name.endswith(".py")
        ]
        for folder in (self.root, *below):
            for name in sorted(_ADDING & self.listed(folder)):
                path = os.path.join(folder, name)
                text = _text_of(path)
                if "sys.path" not in text:
                    continue
                try:
                    tree = ast.parse(text)
                except (SyntaxError, ValueError, RecursionError):
                    continue
                yield from search_folders(tree, path, self.root)

    def listed(self, folder: str) -> frozenset[str]:
        """The names in a folder; none for what is no folder or cannot be read."""
        known = self._listed.get(folder)
        if known is None:
            try:
                known = frozenset(os.listdir(folder))
            except OSError:
                known = frozenset()
            self._listed[folder] = known
        return known

    def module_name(self, path: str) -> tuple[str, bool]:
        """
        The dotted name of a module file (an absolute path), and whether it is a package's `__init__`.

        Named by where the build settings say that packages lie, else by the packages around it; a file outside of
        packages by the folders below the source folder or the project's root, as far as they are identifiers
        (namespace packages).
        """
        folder, file = os.path.split(path)
        stem = file[:-3] if file.endswith(".py") else file.partition(".")[0]
        is_package = file == "__init__.py"
        parts = [] if is_package else [stem]
        below = self._declared_name(folder)
        if below is not None and (below or parts):
            return ".".join((*below, *parts)), is_package
        while "__init__.py" in self.listed(folder) and os.path.basename(folder).isidentifier():
            folder, name = os.path.split(folder)
            parts.append(name)
        if len(parts) <= (0 if is_package else 1):
            parts.extend(self._namespace(folder))
        return ".".join(reversed(parts)), is_package

    def _declared_name(self, folder: str) -> tuple[str, ...] | None:
        """The names of a folder below the innermost declared one (the root does not count); None without one."""
        current = folder
        names: list[str] = []
        declared = self.declared
        while len(current) > len(self.root) and declared:
            if current in declared:
                prefix = declared[current]
                return (*prefix.split("."), *reversed(names)) if prefix else tuple(reversed(names))
            current, name = os.path.split(current)
            if not name.isidentifier():
                return None
            names.append(name)
        return None

    def _namespace(self, folder: str) -> Iterator[str]:
        """The names of the folders, innermost first, that make up a namespace package."""
        if not folder.startswith(self.root + os.sep):
            return
        names: list[str] = []
        while len(folder) > len(self.root):
            parent, name = os.path.split(folder)
            if parent == self.root and name in _SOURCE_FOLDERS:
                break
            if not name.isidentifier():
                break
            names.append(name)
            folder = parent
        yield from names

    def source_roots(self, path: str) -> tuple[str, ...]:
        """
        The folders from which a file's imports are looked up, in this order.

        The one above the file's packages (the file's own where it is in none), the project's root, its source
        folders, those of the build settings and of the programs' search paths, the folders in between, and of its
        packages the outermost, and those with a program, where the modules import each other as if they were run
        there.
        """
        folder = os.path.dirname(path)
        known = self._source_roots.get(folder)
        if known is not None:
            return known
        above = folder
        packages: list[str] = []
        while "__init__.py" in self.listed(above):
            packages.append(above)
            above = os.path.dirname(above)
        roots = [above, self.root]
        roots.extend(os.path.join(self.root, name) for name in _SOURCE_FOLDERS if name in self.listed(self.root))
        roots.extend(declared for declared, name in self.declared.items() if not name)
        roots.extend(self.added)
        while above.startswith(self.root + os.sep):
            above = os.path.dirname(above)
            roots.append(above)
        for package in packages:
            if package not in roots and self._is_run_inside(package, packages[-1]):
                roots.append(package)
        known = self._source_roots[folder] = tuple(dict.fromkeys(roots))
        return known

    def _is_run_inside(self, package: str, outermost: str) -> bool:
        """
        Whether a package's own modules are run with its folder as the working directory: `from database import x`.

        They name modules beside them, and never the package, the `outermost` one around it or a module relative to
        it; where they do so as well, only names count that no library has. A name of the standard library says
        nothing: it may be meant.
        """
        known = self._run_inside.get(package)
        if known is None:
            top = os.path.basename(outermost)
            known = (
                package == outermost and package[len(self.root) :].count(os.sep) <= _DEEPEST
            ) or self._has_programs_of_its_own(package, top)
            known = self._run_inside[package] = known and self._imports_itself(package, top)
        return known

    def _has_programs_of_its_own(self, package: str, outermost: str) -> bool:
        """Whether programs stand in a package, and none of them imports what a module of a package does."""
        programs = _PROGRAMS & self.listed(package)
        return bool(programs) and not any(
            imported.partition(".")[0] in ("", outermost)
            for program in programs
            for imported in _imported(os.path.join(package, program))
        )

    def _imports_itself(self, package: str, outermost: str) -> bool:
        names = self.listed(package)
        own = os.path.basename(package)
        is_beside = is_package = False
        for path in itertools.islice(self._modules_of(package), _MOST_MODULES):
            folder, file = os.path.split(path)
            for imported in _imported(path):
                first = imported.partition(".")[0]
                if not first and (file == "__init__.py" or (folder != package and imported[1:2] != ".")):
                    # What a package puts together of its own modules says nothing of where it is run.
                    continue
                if first in ("", own, outermost):
                    is_package = True
                elif first not in sys.stdlib_module_names and first not in (file[:-3], os.path.basename(folder)):
                    # A module, or its folder, is called like the library that it makes use of: `minio/storage.py`.
                    if f"{first}.py" in names or self._holds_modules(package, first):
                        if first in _OWN_NAMES:
                            return True
                        is_beside = True
        return is_beside and not is_package

    def _modules_of(self, package: str) -> Iterator[str]:
        """The modules of a package and of the packages right below it, its own first."""
        for name in sorted(self.listed(package)):
            if name.endswith(".py"):
                yield os.path.join(package, name)
        for name in sorted(self.listed(package)):
            if "." not in name and name not in _LEFT_OUT:
                for inner in sorted(self.listed(os.path.join(package, name))):
                    if inner.endswith(".py"):
                        yield os.path.join(package, name, inner)

    def _holds_modules(self, package: str, name: str) -> bool:
        return name in self.listed(package) and any(
            one.endswith(".py") for one in self.listed(os.path.join(package, name))
        )

    def find(self, dotted: str, roots: tuple[str, ...]) -> str | None:
        """The file of a module by its dotted name, looked up from the source roots; None where there is none."""
        parts = dotted.split(".")
        for folder, name in self.declared.items():
            if name and (dotted == name or dotted.startswith(f"{name}.")):
                found = self._find_below(folder, parts[name.count(".") + 1 :])
                if found is not None:
                    return found
        for root in roots:
            found = self._find_below(root, parts)
            if found is not None:
                return found
        return None

    def _find_below(self, root: str, parts: list[str]) -> str | None:
        """The file of the module that lies below a folder under these names."""
        folder = root
        for part in parts[:-1]:
            if part not in self.listed(folder):
                return None
            folder = f"{folder}{os.sep}{part}"
        names = self.listed(folder)
        if not parts:
            return f"{folder}{os.sep}__init__.py" if "__init__.py" in names else None
        last = parts[-1]
        if last in names and "__init__.py" in self.listed(f"{folder}{os.sep}{last}"):
            return f"{folder}{os.sep}{last}{os.sep}__init__.py"
        return f"{folder}{os.sep}{last}.py" if f"{last}.py" in names else None

    def files(self) -> Iterator[str]:
        """All module files below the root, less dot folders, environments and caches, in a fixed order."""
        pending = [self.root]
        while pending:
            folder = pending.pop()
            names = self.listed(folder)
            if "pyvenv.cfg" in names:
                continue
            folders = []
            for name in sorted(names):
                if name.endswith(".py"):
                    yield f"{folder}{os.sep}{name}"
                elif "." not in name and name not in _LEFT_OUT:
                    folders.append(f"{folder}{os.sep}{name}")
            pending.extend(one for one in reversed(folders) if os.path.isdir(one) and not os.path.islink(one))
