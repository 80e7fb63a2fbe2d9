"""Build settings: where a project's pyproject.toml, setup.cfg or setup.py says that its packages lie."""

from __future__ import annotations

import ast
import configparser
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from flake8_auditrules.config import toml_tables

_LARGEST_FILE = 1_000_000


def package_folders(root: Path) -> dict[str, str]:
    """
    The folders in which top-level packages lie, each with the dotted name that stands for it ("" for none).

    Absolute folders, existing ones only, in the order of the settings: setuptools (`package-dir`,
    `packages.find.where`; also in setup.cfg and setup.py), hatch (`packages`, `sources`, `dev-mode-dirs`),
    poetry (`packages`), uv (`module-root`, `module-name`) and PDM (`package-dir`). `{"/p/lib/app": "app"}`
    says that what `lib/app` holds is the package `app`.
    """
    found: dict[str, str] = {}
    for folder, name in _declared(root):
        path = os.path.normpath(os.path.join(root, folder))
        inside = path == str(root) or path.startswith(f"{root}{os.sep}")
        if inside and os.path.isdir(path):
            found.setdefault(path, name)
    return found


def _declared(root: Path) -> Iterator[tuple[str, str]]:
    """The folders as they are written, relative to the root, with their names."""
    tables = toml_tables(root / "pyproject.toml")
    tools = _table(tables, "tool")
    yield from _of_setuptools(_table(tools, "setuptools"))
    yield from _of_hatch(_table(_table(tools, "hatch"), "build"))
    yield from _of_poetry(_table(tools, "poetry"))
    if "uv" in tools:
        yield from _of_uv(_table(_table(tools, "uv"), "build-backend"))
    package_dir = _table(_table(tools, "pdm"), "build").get("package-dir")
    if isinstance(package_dir, str):
        yield package_dir, ""
    yield from _of_setup_cfg(root / "setup.cfg")
    yield from _of_setup_py(root / "setup.py")


def _table(table: Mapping[str, object], name: str) -> Mapping[str, object]:
    inner = table.get(name)
    return inner if isinstance(inner, dict) else {}


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _of_setuptools(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    yield from _package_dir(_table(table, "package-dir"))
    for folder in _texts(_table(_table(table, "packages"), "find").get("where")):
        yield folder, ""


def _package_dir(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What `package_dir` says; a package in the folder of its own name is found without."""
    for name, folder in table.items():
        if isinstance(folder, str):
            parent, _, last = folder.rstrip("/").rpartition("/")
            yield (parent or ".", "") if name == last else (folder, name)


def _of_hatch(build: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for table in (_table(_table(build, "targets"), "wheel"), build):
        sources = table.get("sources")
        if isinstance(sources, dict):
            for folder, name in sources.items():
                if isinstance(name, str):
                    yield folder, name.strip("/").replace("/", ".")
        else:
            for folder in _texts(sources):
                yield folder, ""
        for package in _texts(table.get("packages")):
            yield package.rstrip("/").rpartition("/")[0] or ".", ""
    for folder in _texts(build.get("dev-mode-dirs")):
        yield folder, ""


def _of_poetry(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    packages = table.get("packages")
    for package in packages if isinstance(packages, list) else ():
        if isinstance(package, dict) and isinstance(package.get("from"), str):
            yield package["from"], ""


def _of_uv(table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    root = table.get("module-root", "src")
    if isinstance(root, str):
        yield root or ".", ""


def _of_setup_cfg(file: Path) -> Iterator[tuple[str, str]]:
    parser = configparser.RawConfigParser()
    try:
        with open(file, encoding="utf-8") as opened:
            parser.read_file(opened)
    except (OSError, UnicodeDecodeError, configparser.Error):
        return
    lines = parser.get("options", "package_dir", fallback="").splitlines()
    pairs = [line.split("=", 1) for line in lines if "=" in line]
    yield from _package_dir({name.strip(): folder.strip() for name, folder in pairs})
    for folder in parser.get("options.packages.find", "where", fallback="").split():
        yield folder.strip(","), ""


def _of_setup_py(file: Path) -> Iterator[tuple[str, str]]:
    try:
        with open(file, "rb") as opened:
            tree = ast.parse(opened.read(_LARGEST_FILE))
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in tree.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            for keyword in statement.value.keywords:
                yield from _of_argument(keyword)


def _of_argument(keyword: ast.keyword) -> Iterator[tuple[str, str]]:
    """What an argument of `setup()` says where it is written out."""
    value = keyword.value
    if keyword.arg == "package_dir":
        try:
            table = ast.literal_eval(value)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return
        if isinstance(table, dict):
            yield from _package_dir(table)
    elif keyword.arg == "packages" and isinstance(value, ast.Call):
        where = value.args[0] if value.args else None
        for given in value.keywords:
            if given.arg == "where":
                where = given.value
        if isinstance(where, ast.Constant) and isinstance(where.value, str):
            yield where.value, ""
