"""The registry: finds the rule modules, checks them, and tables them by node type."""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import os
import pkgutil
from collections.abc import Iterable, Iterator, Sequence

from flake8_auditrules import rules as rules_package
from flake8_auditrules.config import OptionValue
from flake8_auditrules.project.cache import Cache, digest_of
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.rule import Outline, Rule


class RegistryError(Exception):
    """The rules folder is not as it has to be; the text says which file and why."""


class Family(NamedTuple):
    """A folder of rules: its code prefix ("AUD1"), title, paragraph, and rules by code."""

    prefix: str
    folder: str
    title: str
    paragraph: str
    rules: tuple[type[Rule], ...]


@functools.cache
def families() -> tuple[Family, ...]:
    """All families in the order of their prefixes. Raises RegistryError for a rule that does not fit."""
    with _no_collection():
        return _load_families()


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """While modules are loaded, everything made is there to stay: looking for garbage would only take time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.enable()


def _load_families() -> tuple[Family, ...]:
    found: list[Family] = []
    for folder in pkgutil.iter_modules(rules_package.__path__):
        package = importlib.import_module(f"{rules_package.__name__}.{folder.name}")
        prefix: str = package.PREFIX
        rules = [
            _rule_in(importlib.import_module(f"{package.__name__}.{module.name}"), prefix)
            for module in pkgutil.iter_modules(package.__path__)
        ]
        rules.sort(key=lambda rule: rule.code)
        found.append(Family(prefix, folder.name, package.TITLE, package.PARAGRAPH, tuple(rules)))
    found.sort(key=lambda family: family.prefix)
    _refuse_twins([rule for family in found for rule in family.rules])
    return tuple(found)


def _rule_in(module: object, prefix: str) -> type[Rule]:
    """The one rule class that a rule module defines."""
    module_name: str = getattr(module, "__name__", "?")
    defined = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module_name
    ]
    if len(defined) != 1:
        raise RegistryError(f"{module_name} defines {len(defined)} rules; a rule module defines one")
    rule = defined[0]
    if not rule.code.startswith(prefix):
        raise RegistryError(f"{module_name}: {rule.code} does not belong to the family {prefix}")
    if module_name.rpartition(".")[2] != rule.name.replace("-", "_"):
        raise RegistryError(f"{module_name}: the rule is called {rule.name}, the file is not")
    return rule


def _refuse_twins(rules: Sequence[type[Rule]]) -> None:
    seen: dict[str, type[Rule]] = {}
    for rule in rules:
        for key in (rule.code, rule.name):
            if key in seen:
                raise RegistryError(f"{rule.__module__} and {seen[key].__module__} are both {key}")
            seen[key] = rule


def all_rules() -> tuple[type[Rule], ...]:
    """All rules by code."""
    return tuple(rule for family in families() for rule in family.rules)


def outlines(cache: Cache) -> tuple[Outline, ...]:
    """
    The outlines of all rules by code.

    They are kept in the cache, so that of the rules' modules only those are imported which a file asks for. No
    module is imported that is not in the rules' folder, whatever the cache says.
    """
    stamps = _stamps()
    key = digest_of(repr(stamps).encode("utf-8", "surrogatepass"))
    if stamps:
        with contextlib.suppress(TypeError, ValueError):
            kept = tuple(Outline(*plain) for plain in cache.get(key) or ())  # type: ignore[attr-defined]
            if {outline.module for outline in kept} == set(stamps):
                return kept
    made = tuple(map(Outline.of, all_rules()))
    cache.put(key, [outline.plain() for outline in made])
    return made


def load(rules: Iterable[Outline]) -> None:
    """Import the modules of rules at once, for a run over many files."""
    with _no_collection():
        for outline in rules:
            assert outline.rule.code == outline.code


def _stamps() -> dict[str, tuple[int, int]]:
    """When the rules' modules, by name, were written and how long they are; none where they are no files."""
    found: dict[str, tuple[int, int]] = {}
    with contextlib.suppress(OSError):
        for folder in sorted(rules_package.__path__):
            for family in os.scandir(folder):
                if not family.is_dir() or family.name == "__pycache__":
                    continue
                for entry in os.scandir(family.path):
                    if entry.name.endswith(".py") and entry.name != "__init__.py":
                        status = entry.stat()
                        module = f"{rules_package.__name__}.{family.name}.{entry.name.removesuffix('.py')}"
                        found[module] = (status.st_mtime_ns, status.st_size)
        return dict(sorted(found.items()))
    return {}


def rule_options() -> dict[str, dict[str, OptionValue]]:
    """Each rule's own options with their defaults, by rule name."""
    return {rule.name: {option.name: option.default for option in rule.options} for rule in all_rules()}
