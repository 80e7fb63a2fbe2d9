"""Consoles: which modules only a server imports, so that nobody reads what they print."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from flake8_auditrules.knowledge.consoles import DIALOGUES
from flake8_auditrules.project.project import Project
from flake8_auditrules.project.solitude import names_any
from flake8_auditrules.project.wiring import Wiring
from flake8_auditrules.semantics.module import Module
from flake8_auditrules.semantics.programs import COMMAND_PLACES, INTERFACES

# What a module with routes or tasks imports; `aiohttp` alone is a client as often.
_ROUTING = (
    "aiohttp.web",
    "celery",
    "django.http",
    "django.shortcuts",
    "django.urls",
    "django.views",
    "fastapi",
    "flask",
    "litestar",
    "ninja",
    "quart",
    "rest_framework",
    "sanic",
    "starlette",
)

_OF_CONSOLES = (*INTERFACES, *DIALOGUES, "rich")
_IN_ROUTING = tuple(f"{name}." for name in _ROUTING)
_IN_CONSOLES = tuple(f"{name}." for name in _OF_CONSOLES)


def only_serves(project: Project, module: Module) -> bool:
    """
    Whether ways to a module, by what other modules import, begin in those with routes, and no others do.

    What imports a module with routes runs a server with it. A package's face is for other programs, and what lies
    in no package is a program itself where no module imports it.
    """
    if not names_any(project.names_used(), _ROUTING):
        return False
    wirings = project.wirings()
    importers = _importers(wirings)
    pending, seen = [module.name], {module.name}
    serves = False
    while pending:
        name = pending.pop()
        wiring = wirings.get(name)
        if wiring is None:
            return False
        if _imports(wiring, _IN_ROUTING):
            serves = True
            continue
        if _is_face(project, name) or _imports(wiring, _IN_CONSOLES) or _is_command(name):
            return False
        others = importers.get(name, set())
        if not others and "." not in name:
            return False
        pending += others - seen
        seen |= others
    return serves


def _is_face(project: Project, name: str) -> bool:
    """Whether a module is the package that other programs import: the outermost one."""
    return "." not in name and any(one.startswith(f"{name}.") for one in project.wirings())


def _is_command(name: str) -> bool:
    """Whether a module is a part of a command line by its name alone: `acme.cli.users`, `acme.__main__`."""
    return any(part in COMMAND_PLACES or part.endswith("_cli") for part in name.split("."))


def _importers(wirings: Mapping[str, Wiring]) -> dict[str, set[str]]:
    """The modules that import each module, a name of it among what they import."""
    found: dict[str, set[str]] = {}
    for name, wiring in wirings.items():
        for imported in wiring.imports:
            meant = _meant(imported, name, wirings)
            if meant and meant != name:
                found.setdefault(meant, set()).add(name)
    return found


def _meant(imported: str, importer: str, wirings: Mapping[str, Wiring]) -> str:
    """
    The module that an import means, "" for none of the project's.

    Modules of a package that is run in its own folder name each other without it: `from mail import send`.
    """
    around = importer
    known = imported
    while known and known not in wirings:
        known = known.rpartition(".")[0]
    if known or imported.partition(".")[0] in sys.stdlib_module_names:
        return known
    while "." in around and not known:
        around = around.rpartition(".")[0]
        known = f"{around}.{imported}"
        while len(known) > len(around) and known not in wirings:
            known = known.rpartition(".")[0]
        known = known if len(known) > len(around) else ""
    return known


def _imports(wiring: Wiring, beginnings: tuple[str, ...]) -> bool:
    """Whether a module imports something whose name, with a dot behind it, begins so, or something in it."""
    return any(f"{one}.".startswith(beginnings) for one in wiring.imports)
