"""flake8's face: one tiny class a family; `Options` (AUD0) carries the options."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from flake8.exceptions import ExecutionError
from flake8.options.manager import OptionManager

from flake8_auditrules import __version__
from flake8_auditrules.config import (
    SETTINGS,
    Config,
    ConfigurationError,
    common_folder,
    nearest_pyproject,
    read_pyproject,
    settle,
)

if TYPE_CHECKING:
    from flake8_auditrules.engine import Engine

Reported = tuple[int, int, str, type]
OPINIONS = "AUD9"


class Session:
    """What holds for one flake8 process: the configuration, and the engine made from it when first needed."""

    def __init__(self, options: argparse.Namespace | None, config: Config) -> None:
        self.options = options
        self.config = config
        self.opinions_loaded = False
        self._engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """The engine with all rules that flake8's options leave selected."""
        if self._engine is None:
            from flake8_auditrules.engine import Engine
            from flake8_auditrules.registry import all_rules

            self._engine = Engine(self.config, [rule for rule in all_rules() if self.wants(rule.code)])
        return self._engine

    def wants(self, code: str) -> bool:
        """
        Whether a rule has to run.

        flake8 runs every plugin and filters afterwards; a rule that it would filter for every file is not run.
        """
        if code.startswith(OPINIONS) and not self.opinions_loaded:
            if not code.startswith(self.config.enabled):
                return False
        if self.options is None:
            return True
        from flake8.style_guide import Decision, DecisionEngine

        return DecisionEngine(self.options).decision_for(code) is Decision.Selected


_session = Session(None, Config())


class Family:
    """One family of rules as flake8 runs it: once a file, with the tree that all families share."""

    name = "flake8-auditrules"
    version = __version__
    prefix: ClassVar[str]

    def __init__(self, tree: ast.Module, filename: str, lines: Sequence[str]) -> None:
        """Take what flake8 gives: the tree, the file's name, and its physical lines."""
        self._tree = tree
        self._filename = filename
        self._lines = lines

    def run(self) -> Iterator[Reported]:
        """Yield this family's findings: 1-based line, 0-based column, text with code, class."""
        for finding in _session.engine.findings(self._tree, self._lines, self._filename):
            if self.yields(finding.code):
                yield finding.line, finding.column, f"{finding.code} {finding.text}", type(self)

    def yields(self, code: str) -> bool:
        """Whether findings of this code come from this entry point."""
        return code.startswith(self.prefix)


class Options(Family):
    """AUD0: the suite's options, and the opinions that the configuration enables."""

    prefix = "AUD0"

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        """Register the flags; each is also a key of flake8's own files."""
        for setting in SETTINGS:
            if setting.flag:
                manager.add_option(
                    f"--audit-{setting.name}",
                    default=None,
                    parse_from_config=True,
                    comma_separated_list=isinstance(setting.default, tuple),
                    action="store_true" if isinstance(setting.default, bool) else "store",
                    help=setting.help,
                )

    @classmethod
    def parse_options(cls, manager: OptionManager, options: argparse.Namespace, arguments: Sequence[str]) -> None:
        """
        Settle the configuration for this process.

        Raises flake8's ExecutionError, which flake8 prints as one line, for a configuration that cannot be used.
        """
        global _session
        flags = {
            setting.name: getattr(options, f"audit_{setting.name.replace('-', '_')}", None) for setting in SETTINGS
        }
        try:
            config = configuration(arguments, options.stdin_display_name, flags)
        except ConfigurationError as error:
            raise ExecutionError(f"flake8-auditrules: {error}") from error
        _session = Session(options, config)
        for code in config.enabled:
            if code not in options.extended_default_select:
                options.extended_default_select.append(code)

    def yields(self, code: str) -> bool:
        """The opinions come from here when only the configuration, not flake8, has turned them on."""
        return code.startswith(OPINIONS) and not _session.opinions_loaded


def configuration(arguments: Sequence[str], stdin_display_name: str, flags: dict[str, object]) -> Config:
    """
    The configuration for a run over `arguments`, flake8's files and folders.

    Raises ConfigurationError.
    """
    from flake8_auditrules.registry import rule_options

    file = nearest_pyproject(common_folder(arguments, stdin_display_name))
    table = read_pyproject(file) if file is not None else {}
    return settle(flags, table, str(file), rule_options() if table else {})


class EventLoop(Family):
    """AUD1: what blocks or breaks the event loop."""

    prefix = "AUD1"


class Clients(Family):
    """AUD2: clients, connections, files and bodies."""

    prefix = "AUD2"


class Errors(Family):
    """AUD3: exceptions and logs."""

    prefix = "AUD3"


class Database(Family):
    """AUD4: sessions, transactions and queries."""

    prefix = "AUD4"


class Workers(Family):
    """AUD5: pools, threads, shared state, queues and Celery."""

    prefix = "AUD5"


class Web(Family):
    """AUD6: routes, requests and sockets."""

    prefix = "AUD6"


class Settings(Family):
    """AUD7: settings and environment."""

    prefix = "AUD7"


class Tests(Family):
    """AUD8: tests that do not test."""

    prefix = "AUD8"


class Opinions(Family):
    """AUD9: opinions, off unless `--enable-extensions=AUD9` or the configuration turns them on."""

    prefix = "AUD9"
    off_by_default = True

    @classmethod
    def parse_options(cls, manager: OptionManager, options: argparse.Namespace, arguments: Sequence[str]) -> None:
        """Note that flake8 itself runs this family; it asks only the families that are on."""
        _session.opinions_loaded = True
