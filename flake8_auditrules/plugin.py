"""flake8's face: one tiny class a family; `Options` (AUD0) carries the options."""

from __future__ import annotations

import argparse
import ast
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from flake8.exceptions import ExecutionError
from flake8.options.manager import OptionManager

from flake8_auditrules import __version__
from flake8_auditrules.config import (
    SETTINGS,
    Config,
    ConfigurationError,
    common_folder,
    nearest,
    nearest_pyproject,
    read_pyproject,
    settle,
)
from flake8_auditrules.project.cache import Cache
from flake8_auditrules.project.layout import cache_folder, path_below, project_root

if TYPE_CHECKING:
    from flake8_auditrules.engine import Engine
    from flake8_auditrules.project.project import Project
    from flake8_auditrules.reporting import baseline
    from flake8_auditrules.rule import Finding

Reported = tuple[int, int, str, type]
# flake8's answer to which physical lines are searched for a noqa that counts for a line.
NoqaLine = Callable[[int], "str | None"]
OPINIONS = "AUD9"
REPORT_PREFIX = "audit-"
# The command that writes a baseline runs under this name of a format; the findings it is to hold are all shown.
BASELINE_FORMAT = "audit-baseline"
# The name that reporting.run_folder gives its variable; most runs make no report and never load that module.
RUN_VARIABLE = "AUDITRULES_RUN"


class Session:
    """What holds for one flake8 process: the configuration, and the engine made from it when first needed."""

    def __init__(
        self,
        options: argparse.Namespace | None,
        config: Config,
        known: baseline.Baseline | None = None,
        root: Path | None = None,
    ) -> None:
        self.options = options
        self.config = config
        self.known = known
        self.root = root if root is not None else Path.cwd()
        self.opinions_loaded = False
        self._engine: Engine | None = None
        self._last_tree: ast.Module | None = None
        self._last_visible: Sequence[Finding] = ()

    @property
    def engine(self) -> Engine:
        """The engine with all rules that flake8's options leave selected."""
        if self._engine is None:
            from flake8_auditrules.engine import Engine
            from flake8_auditrules.registry import outlines

            folder = cache_folder(self.root, str(self.config.setting("cache-dir")))
            wanted = [rule for rule in outlines(Cache(folder)) if self.wants(rule.code, rule.severity)]
            self._engine = Engine(self.config, wanted)
        return self._engine

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the rules that run."""
        return tuple(rule.code for rule in self.engine.rules)

    def wants(self, code: str, severity: int) -> bool:
        """
        Whether a rule has to run.

        flake8 runs every plugin and filters afterwards; a rule that it would filter for every file is not run.
        """
        if severity < self.config.minimum_severity:
            return False
        if code.startswith(OPINIONS) and not self.opinions_loaded:
            if not code.startswith(self.config.enabled):
                return False
        if self.options is None:
            return True
        from flake8.style_guide import Decision, DecisionEngine

        return DecisionEngine(self.options).decision_for(code) is Decision.Selected

    def visible(
        self, tree: ast.Module, lines: Sequence[str], path: str, noqa_line: NoqaLine | None = None
    ) -> Sequence[Finding]:
        """
        The findings of a file that flake8 gets to see: all, or those that are not in the baseline.

        Where a report is made, the file's whole result is left in the run's folder.
        """
        folder = run_folder_of_this_run()
        if self.known is None and folder is None:
            return self.engine.findings(tree, lines, path)
        if tree is not self._last_tree:
            self._last_visible = self._compared(tree, lines, path, folder, noqa_line)
            self._last_tree = tree
        return self._last_visible

    def _compared(
        self,
        tree: ast.Module,
        lines: Sequence[str],
        path: str,
        folder: Path | None,
        noqa_line: NoqaLine | None,
    ) -> Sequence[Finding]:
        from flake8_auditrules.reporting import run_folder
        from flake8_auditrules.reporting.record import Identity, Status

        result = self.engine.result(tree, lines, path)
        relative = path_below(str(self.root), path)
        if folder is not None:
            run_folder.leave(folder, path, relative, lines, result, noqa_line)
        if self.known is None:
            return result.findings
        return [
            finding
            for finding, place in zip(result.findings, result.places, strict=True)
            if self.known.status(Identity(relative, place.scope, finding.code, place.text, place.ordinal))
            is not Status.EXISTING
        ]


def run_folder_of_this_run() -> Path | None:
    """The folder in which files leave their results; None where the run makes no report."""
    if RUN_VARIABLE not in os.environ:
        return None
    from flake8_auditrules.reporting import run_folder

    return run_folder.current()


_session = Session(None, Config())


class Family:
    """One family of rules as flake8 runs it: once a file, with the tree that all families share."""

    name = "flake8-auditrules"
    version = __version__
    prefix: ClassVar[str]

    def __init__(
        self, tree: ast.Module, filename: str, lines: Sequence[str], noqa_line_for: NoqaLine | None = None
    ) -> None:
        """Take what flake8 gives: the tree, the file's name, its physical lines, and where a noqa counts."""
        self._tree = tree
        self._filename = filename
        self._lines = lines
        self._noqa_line = noqa_line_for

    def run(self) -> Iterator[Reported]:
        """Yield this family's findings: 1-based line, 0-based column, text with code, class."""
        for finding in _session.visible(self._tree, self._lines, self._filename, self._noqa_line):
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
            folder = common_folder(arguments, options.stdin_display_name)
            root = identity_root(config, folder)
            known = known_findings(config, folder) if options.format != BASELINE_FORMAT else None
        except ConfigurationError as error:
            raise ExecutionError(f"flake8-auditrules: {error}") from error
        _session = Session(options, config, known, root)
        # flake8 selects by default what it runs: a family that is off is not among it. This has to be known before
        # the project is read below; the entry point of the opinions comes later, or never.
        _session.opinions_loaded = OPINIONS in options.extended_default_select
        for code in config.enabled:
            if code not in options.extended_default_select:
                options.extended_default_select.append(code)
        if options.format.startswith(REPORT_PREFIX) and not _is_worker():
            _open_run_folder(_session, baseline_file(config, folder))
        if _prepares_at_once:
            prepare(arguments)

    def yields(self, code: str) -> bool:
        """The opinions come from here when only the configuration, not flake8, has turned them on."""
        return code.startswith(OPINIONS) and not _session.opinions_loaded


_prepares_at_once = True


def prepare_later() -> None:
    """Let whoever runs flake8 call `prepare` itself, when it knows that files are to be checked at all."""
    global _prepares_at_once
    _prepares_at_once = False


def prepare(arguments: Sequence[str]) -> None:
    """
    Read the projects around the folders among flake8's arguments once, before there are workers.

    Single files and standard input need but what they reach; that is read when it is asked for. A worker has
    what its parent has read: in memory if it was forked, in the cache if it was spawned.
    """
    if multiprocessing.parent_process() is not None:
        return
    for argument in arguments or (".",):
        if os.path.isdir(argument):
            from flake8_auditrules.registry import load

            load(_session.engine.rules)
            _session.engine.prepare(os.path.abspath(argument))


def project_of(path: str) -> Project:
    """The project that a file belongs to, as the rules see it."""
    return _session.engine.project(path)


def known_findings(config: Config, folder: Path) -> baseline.Baseline | None:
    """
    The baseline that the configuration names, with moved files followed; None where it names none.

    `folder` is the common folder of flake8's arguments. Raises ConfigurationError.
    """
    file = baseline_file(config, folder)
    if file is None:
        return None
    from flake8_auditrules.reporting import baseline

    known = baseline.read(file)
    return known.renamed(baseline.moves_since(identity_root(config, folder), known.commit))


def baseline_file(config: Config, folder: Path) -> Path | None:
    """The baseline's file: as named where it is there, or else below the root of the project around `folder`."""
    name = str(config.setting("baseline"))
    if not name:
        return None
    file = Path(name).absolute()
    return file if Path(name).is_absolute() or file.exists() else project_root(folder) / name


def identity_root(config: Config, folder: Path) -> Path:
    """
    The folder to which the paths of findings' identities are relative.

    It is the root of the project that the baseline's file lies in, so that a run over a part of the project
    agrees with one over all of it; without a baseline, or with one outside, the root around `folder`.
    """
    file = baseline_file(config, folder)
    if file is not None:
        root = project_root(file.parent)
        if folder.is_relative_to(root):
            return root
    return project_root(folder)


def current_config() -> Config:
    """The configuration that flake8's options were last settled to."""
    return _session.config


def baseline_digest() -> str:
    """What tells two baselines of the current session apart; "" without one."""
    known = _session.known
    if known is None:
        return ""
    import hashlib

    digest = hashlib.blake2b(digest_size=16)
    for kind in (known.standing, known.fixed):
        digest.update(repr(sorted(kind)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _is_worker() -> bool:
    """Whether this process checks files for another one, which has made the run's folder."""
    return multiprocessing.parent_process() is not None and run_folder_of_this_run() is not None


def _open_run_folder(session: Session, file: Path | None) -> None:
    from flake8_auditrules.reporting import run_folder

    run_folder.make(run_folder.RunFacts(str(file) if file is not None else "", str(session.root), session.codes))


def configuration(arguments: Sequence[str], stdin_display_name: str, flags: dict[str, object]) -> Config:
    """
    The configuration for a run over `arguments`, flake8's files and folders.

    Raises ConfigurationError.
    """
    from flake8_auditrules.registry import rule_options

    file = nearest_pyproject(common_folder(arguments, stdin_display_name))
    table = read_pyproject(file) if file is not None else {}
    config = settle(flags, table, str(file), rule_options() if table else {})
    _refuse_unknown(config.enabled)
    return config


def _refuse_unknown(enabled: Sequence[str]) -> None:
    """Raise ConfigurationError for a code to be enabled that no rule or family has."""
    if not enabled:
        return
    from flake8_auditrules.registry import families

    known = [code for family in families() for code in (family.prefix, *(rule.code for rule in family.rules))]
    for wanted in enabled:
        if not any(code.startswith(wanted) for code in known):
            raise ConfigurationError(
                f"enable names `{wanted}`, which is no rule or family{nearest(wanted, known)}"
            )


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
