"""Configuration: the suite's own options, from the command line, flake8's files and pyproject.toml."""

from __future__ import annotations

import dataclasses
import fnmatch
import functools
import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

DEFAULT_TEST_FILES = (
    "tests/",
    "test/",
    "e2e/",
    "e2e_tests/",
    "functional_tests/",
    "integration_tests/",
    "system_tests/",
    "test_helpers/",
    "test_utils/",
    "tests_helpers/",
    "tests_utils/",
    "unit_tests/",
    "test_*.py",
    "test-*.py",
    "*_test.py",
    "*-test.py",
    "tests.py",
    "tests_*.py",
    "conftest.py",
)

SEVERITIES = ("info", "low", "medium", "high", "critical")

OptionValue = bool | int | str | tuple[str, ...]


class ConfigurationError(Exception):
    """The configuration cannot be used; the text is one line that says where and why."""


@dataclasses.dataclass(frozen=True)
class Setting:
    """
    One key of `[tool.auditrules]`: its name, its default (which also fixes the type) and what it does.

    A setting with `flag` has a command-line flag `--audit-NAME` and a key in flake8's own files as well.
    """

    name: str
    default: OptionValue
    help: str
    flag: bool = True


SETTINGS: tuple[Setting, ...] = (
    Setting("enable", (), "opinions to turn on: AUD9 or single codes"),
    Setting("test-files", DEFAULT_TEST_FILES, "which files are tests: folder names with / or file patterns"),
    Setting("beside-ruff", False, "leave the plain forms that ruff reports to ruff"),
    Setting("baseline", "", "file with the findings that are known; only new ones and regressions are reported"),
    Setting("min-severity", "info", "the lowest severity to report: info, low, medium, high or critical"),
    Setting("follow-installed", False, "look for blocking calls in the source of installed packages too"),
    Setting("cache-dir", ".auditrules_cache", "folder for facts about files, in the project root; empty for none"),
)


@dataclasses.dataclass(frozen=True)
class Config:
    """
    The whole configuration, settled and checked.

    `settings` holds each of SETTINGS, `rules` the own options of rules by the rule's name and the option's
    name, `tables` the tables of free keys (`blocking`, `offloading`).
    """

    settings: Mapping[str, OptionValue] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    rules: Mapping[str, Mapping[str, OptionValue]] = dataclasses.field(
        default_factory=lambda: MappingProxyType({})
    )
    tables: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    def setting(self, name: str) -> OptionValue:
        """The value of a setting, its default where nothing sets it."""
        if name in self.settings:
            return self.settings[name]
        for setting in SETTINGS:
            if setting.name == name:
                return setting.default
        raise KeyError(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """The value of a setting that is a list of texts."""
        value = self.setting(name)
        assert isinstance(value, tuple), name
        return value

    @property
    def enabled(self) -> tuple[str, ...]:
        """The opinions turned on by the configuration: codes or prefixes."""
        return self.texts("enable")

    @property
    def minimum_severity(self) -> int:
        """The lowest severity to report, as a number: 0 is info, 4 is critical."""
        return SEVERITIES.index(str(self.setting("min-severity")))

    @property
    def beside_ruff(self) -> bool:
        """Whether the plain forms that ruff reports are left to ruff."""
        return bool(self.setting("beside-ruff"))

    def is_test_file(self, path: str) -> bool:
        """Whether a file is a test by the setting `test-files`; a path relative to the project is best."""
        folders, files = _test_patterns(self.texts("test-files"))
        *above, name = path.replace(os.sep, "/").split("/")
        return files.match(name) is not None or any(map(folders.match, above))


_NOTHING = r"(?!)"


@functools.lru_cache(maxsize=8)
def _test_patterns(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What names of folders, and what names of files, match one of the patterns; folders' end with a slash."""
    folders = [fnmatch.translate(one.strip("/")) for one in patterns if one.endswith("/")]
    files = [fnmatch.translate(one) for one in patterns if not one.endswith("/")]
    return re.compile("|".join(folders) or _NOTHING), re.compile("|".join(files) or _NOTHING)


TABLES = ("blocking", "offloading")


def nearest_pyproject(folder: Path) -> Path | None:
    """The pyproject.toml of `folder` or of the nearest folder above it."""
    for candidate in (folder, *folder.parents):
        file = candidate / "pyproject.toml"
        if file.is_file():
            return file
    return None


def common_folder(arguments: Iterable[str], stdin_display_name: str) -> Path:
    """
    The folder from which pyproject.toml is looked for: the common parent of flake8's arguments.

    For stdin (`-`) it is the display name's folder where that exists, else the working directory.
    """
    folders: list[str] = []
    for argument in arguments:
        if argument == "-":
            named = Path(os.path.abspath(stdin_display_name)).parent
            folders.append(str(named if named.is_dir() else Path.cwd()))
        else:
            path = Path(os.path.abspath(argument))
            folders.append(str(path if path.is_dir() else path.parent))
    if not folders:
        return Path.cwd()
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # Windows: arguments on different drives
        return Path.cwd()


def read_pyproject(file: Path) -> Mapping[str, object]:
    """
    The table `[tool.auditrules]` of a pyproject.toml; empty where there is none.

    Raises ConfigurationError for a file that cannot be read or is no TOML.
    """
    try:
        raw = file.read_bytes()
        if b"auditrules" not in raw:
            return {}
        document = _toml(raw.decode("utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file}: is not UTF-8 (byte {error.start})") from error
    except ValueError as error:
        raise ConfigurationError(f"{file}: is not valid TOML: {_one_line(error)}") from error
    tool = document.get("tool")
    table = tool.get("auditrules", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise ConfigurationError(f"{file}: [tool.auditrules] is not a table")
    return table


def toml_tables(file: Path) -> dict[str, object]:
    """The tables of a TOML file; none where there is no such file or it cannot be read."""
    try:
        return _toml(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # also what TOML readers and decoding raise
        return {}


def _toml(text: str) -> dict[str, object]:
    if sys.version_info >= (3, 11):
        import tomllib

        return tomllib.loads(text)
    else:
        import tomli

        return tomli.loads(text)


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())


def settle(
    flags: Mapping[str, object],
    table: Mapping[str, object],
    source: str,
    rule_options: Mapping[str, Mapping[str, OptionValue]],
) -> Config:
    """
    The configuration out of what was given.

    `flags` are the values from the command line and flake8's files by setting name (None: not given), `table`
    is `[tool.auditrules]` of the file `source`, `rule_options` the defaults of each rule's own options by
    rule name. Raises ConfigurationError for an unknown key or a value of the wrong type.
    """
    known = {setting.name: setting for setting in SETTINGS}
    settings: dict[str, OptionValue] = {}
    rules: dict[str, Mapping[str, OptionValue]] = {}
    tables: dict[str, Mapping[str, str]] = {}
    for key, value in table.items():
        place = f"{source}: [tool.auditrules] {key}"
        if key in known:
            settings[key] = _typed(value, known[key].default, place)
        elif key in TABLES:
            tables[key] = _text_table(value, f"{source}: [tool.auditrules.{key}]")
        elif key in rule_options:
            rules[key] = _rule_table(value, rule_options[key], f"{source}: [tool.auditrules.{key}]")
        else:
            names = [*known, *TABLES, *(name for name, options in rule_options.items() if options)]
            raise ConfigurationError(f"{source}: [tool.auditrules] has no key `{key}`{nearest(key, names)}")
    for name, value in flags.items():
        if value is not None:
            settings[name] = _typed(value, known[name].default, f"--audit-{name}")
    return Config(MappingProxyType(settings), MappingProxyType(rules), MappingProxyType(tables))


def _rule_table(value: object, options: Mapping[str, OptionValue], place: str) -> Mapping[str, OptionValue]:
    if not isinstance(value, Mapping):
        raise ConfigurationError(f"{place} is not a table")
    found: dict[str, OptionValue] = {}
    for key, one in value.items():
        if key not in options:
            raise ConfigurationError(f"{place} has no key `{key}`{nearest(str(key), list(options))}")
        found[key] = _typed(one, options[key], f"{place} {key}")
    return MappingProxyType(found)


def _text_table(value: object, place: str) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise ConfigurationError(f"{place} is not a table")
    for key, one in value.items():
        if not isinstance(one, str):
            raise ConfigurationError(f"{place} {key} is not a text")
    return MappingProxyType(dict(value))


def _typed(value: object, default: OptionValue, place: str) -> OptionValue:
    """The value in the type of the default; texts from flags and ini files are read as that type."""
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        raise ConfigurationError(f"{place} is not true or false")
    if isinstance(default, int):
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise ConfigurationError(f"{place} is not a whole number")
    if isinstance(default, str):
        if isinstance(value, str):
            if default in SEVERITIES and value not in SEVERITIES:
                raise ConfigurationError(f"{place} is not one of {', '.join(SEVERITIES)}")
            return value
        raise ConfigurationError(f"{place} is not a text")
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise ConfigurationError(f"{place} is not a list of texts")


def nearest(key: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: the known one that is most like it, if any is."""
    import difflib  # only for a message

    close = difflib.get_close_matches(key, list(known), n=1)
    return f"; the nearest is `{close[0]}`" if close else ""
