"""
The check command: flake8's own application with this suite's plugins only.

Options, configuration files, selection, noqa, formats, per-file-ignores and jobs are flake8's code. What is left
out is what no plugin of the suite asks for: other plugins, tokenising, and files that did not change.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import multiprocessing
import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from configparser import RawConfigParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import flake8
from flake8 import checker, processor
from flake8.formatting.base import BaseFormatter
from flake8.main.application import Application
from flake8.options import aggregator
from flake8.options import parse_args as arguments_parser
from flake8.options.manager import OptionManager
from flake8.plugins import finder

from flake8_auditrules import __version__, plugin
from flake8_auditrules.project.cache import Cache
from flake8_auditrules.project.layout import ROOT_MARKS, WEAK_MARKS, project_root
from flake8_auditrules.records import NamedTuple

if TYPE_CHECKING:
    from flake8_auditrules.config import Config

PACKAGE = "flake8-auditrules"
SELECTED = ("AUD", "E9")
FileResults = tuple[str, checker.Results, dict[str, int]]
Stamp = tuple[int, int, int]
Checked = tuple[FileResults, bool]
"""A file's results, and whether they were made of all files of its project."""
FormatterFactory = Callable[[Namespace], BaseFormatter]

_OWN_FORMATS = ("default", "pylint", "quiet-filename", "quiet-nothing")
_SHOW_PROGRESS_AFTER = 2.0
# More than that below one root is no source tree; looking at each file would cost more than it saves.
_MOST_FILES = 100_000
# A file changed so shortly before it was looked at can change again and keep its time stamp.
_SETTLED_AFTER_NS = 100_000_000
# A tree of a module is tens of thousands of objects that all live as long as the module: the default of 700 new
# objects makes the collector look at them over and over.
_NEW_OBJECTS_PER_COLLECTION = 1_000_000


def run(arguments: Sequence[str], formatter: FormatterFactory | None = None) -> int:
    """
    Run flake8's application over flake8's arguments with this suite's plugins; return flake8's exit code.

    `formatter` makes a formatter of our own in the place of the one that `--format` names.
    """
    gc.set_threshold(_NEW_OBJECTS_PER_COLLECTION)
    plugin.prepare_later()
    application = _Application(formatter)
    with only_own_plugins():
        application.run(arguments)
    return application.exit_code()


@contextlib.contextmanager
def only_own_plugins() -> Iterator[None]:
    """
    Let flake8 see only this suite's checks (and every reporter), and select them unless the user selects.

    A selection on the command line counts as it is, one in a configuration file if it has to do with the suite.
    """
    find_plugins, aggregate_options = finder.find_plugins, aggregator.aggregate_options

    def own_plugins(cfg: RawConfigParser, opts: finder.PluginOptions) -> list[finder.Plugin]:
        return [
            found
            for found in find_plugins(cfg, opts)
            if found.package == PACKAGE or found.entry_point.group == "flake8.report"
        ]

    def with_selection(
        manager: OptionManager, cfg: RawConfigParser, cfg_dir: str, argv: Sequence[str] | None
    ) -> Namespace:
        options = aggregate_options(manager, cfg, cfg_dir, argv)
        on_command_line = any(argument.startswith("--se") for argument in argv or ())
        if not on_command_line and not any(code.startswith("A") for code in options.select or ()):
            options.select = list(SELECTED)
        return options

    finder.find_plugins, aggregator.aggregate_options = own_plugins, with_selection
    try:
        yield
    finally:
        finder.find_plugins, aggregator.aggregate_options = find_plugins, aggregate_options


class _Application(Application):
    """flake8's application with a manager that leaves out what nobody asks for."""

    def __init__(self, formatter: FormatterFactory | None) -> None:
        super().__init__()
        self._formatter_factory = formatter

    def make_formatter(self) -> None:
        """Make the formatter that was asked for, else flake8's."""
        if self._formatter_factory is None:
            super().make_formatter()
        else:
            assert self.options is not None
            self.formatter = self._formatter_factory(self.options)

    def make_file_checker_manager(self, argv: Sequence[str]) -> None:
        """Make the manager."""
        assert self.guide is not None
        assert self.plugins is not None
        self.file_checker_manager = _Manager(self.guide, self.plugins.checkers, argv)


class _Manager(checker.Manager):
    """Runs the checks over the files, or takes the results of the last run over the same files."""

    def run(self) -> None:
        """Fill `results`."""
        memory = Memory.of(self.filenames, self.options, self.argv)
        remembered = memory.recall() if memory is not None else None
        if remembered is not None:
            self.results = remembered
            return
        plugin.prepare(self.options.filenames)
        standing = memory.standing() if memory is not None else {}
        self.asked_of_all: set[str] = set()
        filenames = self.filenames
        self.filenames = tuple(filename for filename in filenames if filename not in standing)
        super().run()
        self.filenames = filenames
        order = {filename: number for number, filename in enumerate(filenames)}
        self.results = sorted((*self.results, *standing.values()), key=lambda result: order.get(result[0], 0))
        if memory is not None:
            memory.keep(self.results, self.asked_of_all)

    def _noted(self, checked: Iterable[Checked]) -> Iterator[FileResults]:
        """The results; which of them were made of all files of the project is noted."""
        for result, asked_of_all in checked:
            if asked_of_all:
                self.asked_of_all.add(result[0])
            yield result

    def run_serial(self) -> None:
        """Run the checks in this process."""
        self.results = list(
            _with_progress(
                self._noted(_check_file(filename, self.plugins, self.options) for filename in self.filenames),
                len(self.filenames),
            )
        )

    def run_parallel(self) -> None:
        """Run the checks in worker processes, forked or spawned."""
        global _worker_state
        _worker_state = self.plugins, self.options  # inherited by forked workers
        try:
            pool = multiprocessing.Pool(self.jobs, _start_worker, (tuple(self.argv),))
        except (OSError, ImportError):  # no semaphores here: flake8 runs serially then as well
            self.run_serial()
            return
        finally:
            _worker_state = None
        with pool:
            self.results = list(
                _with_progress(
                    self._noted(pool.imap_unordered(_check_in_worker, self.filenames)), len(self.filenames)
                )
            )
            pool.close()
            pool.join()


_worker_state: tuple[finder.Checkers, Namespace] | None = None


def _start_worker(arguments: Sequence[str]) -> None:
    import signal

    global _worker_state
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_NEW_OBJECTS_PER_COLLECTION)
    if _worker_state is None:  # spawned
        with only_own_plugins():
            plugins, options = arguments_parser.parse_args(arguments)
        _worker_state = plugins.checkers, options


def _check_in_worker(filename: str) -> Checked:
    assert _worker_state is not None
    return _check_file(filename, *_worker_state)


def _check_file(filename: str, plugins: finder.Checkers, options: Namespace) -> Checked:
    results = _FileChecker(filename=filename, plugins=plugins, options=options).run_checks()
    return results, plugin.project_of(filename).asked_of_all


class _FileChecker(checker.FileChecker):
    """flake8's checks of one file, less the tokens where no plugin and no statistic wants them."""

    def process_tokens(self) -> None:
        """Tokenise only for plugins that are given lines, and for `--benchmark`, which counts tokens."""
        if self.plugins.logical_line or self.plugins.physical_line or self.options.benchmark:
            super().process_tokens()

    def _make_processor(self) -> processor.FileProcessor | None:
        try:
            return _FileProcessor(self.filename, self.options)
        except OSError:
            made: processor.FileProcessor | None = super()._make_processor()  # type: ignore[misc]
            return made  # none, and an E902 is reported


class _FileProcessor(processor.FileProcessor):
    """flake8's processor of one file, which looks for noqa only in files that have one."""

    def __init__(self, filename: str, options: Namespace) -> None:
        super().__init__(filename, options)
        self._folded = "".join(self.lines).lower()

    def should_ignore_file(self) -> bool:
        """Whether the whole file is silenced."""
        return "flake8" in self._folded and super().should_ignore_file()

    def noqa_line_for(self, line_number: int) -> str | None:
        """
        The physical lines in which a noqa counts for a line.

        Which lines those are takes tokens. Without a noqa in the file one line is as good as all of them,
        unless they are to be shown.
        """
        if "noqa" in self._folded or self.options.show_source or not _is_own_format(self.options.format):
            return super().noqa_line_for(line_number)
        return self.lines[line_number - 1] if 0 < line_number <= len(self.lines) else None


def _is_own_format(name: str) -> bool:
    """Whether a format is flake8's or ours, of which is known what it does with a finding's source."""
    return name in _OWN_FORMATS or name.startswith(plugin.REPORT_PREFIX) or "%" in name


def _with_progress(results: Iterable[FileResults], total: int) -> Iterator[FileResults]:
    """The results; on a terminal, a run that takes long says on standard error how far it is."""
    if not sys.stderr.isatty():
        yield from results
        return
    shown = started = time.monotonic()
    width = 0
    for done, result in enumerate(results, start=1):
        now = time.monotonic()
        if now - started > _SHOW_PROGRESS_AFTER and now - shown > 0.1:
            text = f"auditrules: {done} of {total} files"
            width = max(width, len(text))
            print(f"\r{text}", end="", file=sys.stderr, flush=True)
            shown = now
        yield result
    if width:
        print(f"\r{' ' * width}\r", end="", file=sys.stderr, flush=True)


class State(NamedTuple):
    """
    All that results depend on: `base` is a digest of the versions, the options, the configuration and the
    baseline, `stamps` has the time stamps of every module of the projects that the linted files belong to.
    """

    base: str
    stamps: dict[str, Stamp | None]


class Memory:
    """
    The results of the last run with the same arguments.

    All are valid while nothing that they depend on has changed. When only modules have changed, those of a file
    are valid that is not one of them, that depends on none of them, and for which nobody looked at all files.
    """

    def __init__(self, cache: Cache, slot: str, state: State, compute: Callable[[], State | None]) -> None:
        self._cache = cache
        self._slot = slot
        self._state = state
        self._compute = compute

    @classmethod
    def of(cls, filenames: Sequence[str], options: Namespace, arguments: Sequence[str]) -> Memory | None:
        """The memory of a run; None where there can be none (standard input, no cache folder, fresh files)."""
        config = plugin.current_config()
        folder = str(config.setting("cache-dir"))
        if not folder or not filenames or "-" in filenames or options.benchmark:
            return None

        def compute() -> State | None:
            return _state_of(filenames, options, config)

        state = compute()
        if state is None:
            return None
        slot = hashlib.blake2b(repr(("check", os.getcwd(), list(arguments))).encode("utf-8", "surrogatepass"))
        root = project_root(Path(filenames[0]).absolute().parent)
        return cls(Cache(root / folder), slot.hexdigest()[:32], state, compute)

    def _kept(self) -> dict[str, Any]:
        kept = self._cache.get(self._slot)
        return kept if isinstance(kept, dict) and kept.get("base") == self._state.base else {}

    def recall(self) -> list[FileResults] | None:
        """The results, if nothing has changed; what a report needs is put into the run's folder."""
        kept = self._kept()
        if not kept or kept["stamps"] != self._state.stamps:
            return None
        self._restore(kept, None)
        return [(name, list(results), statistics) for name, results, statistics in kept["results"]]

    def standing(self) -> dict[str, FileResults]:
        """The results of the files that no change can have touched, by name; to be asked of prepared projects."""
        kept = self._kept()
        before, now = kept.get("stamps", {}), self._state.stamps
        if not kept or before.keys() != now.keys():
            return {}
        changed = {path for path, stamp in now.items() if before[path] != stamp}
        if not changed or any(
            not path.endswith(".py") or os.path.basename(path) in (*ROOT_MARKS, *WEAK_MARKS) for path in changed
        ):
            return {}
        untouched: dict[str, bool] = {}
        for root, paths in kept["outlines"].items():
            project = plugin.project_of(f"{root}/__init__.py")
            touched = project.affected(changed)
            outlines = project.outline_digests()
            if touched is None or outlines.keys() != paths.keys():
                return {}
            if any(outlines[path] != paths[path] for path in paths):
                # Classes have come, gone or got other bases: who depends on them now is no longer who did then.
                return {}
            untouched.update((path, path not in touched) for path in paths)
        found = {
            name: (name, list(results), statistics)
            for name, results, statistics in kept["results"]
            if name not in kept["asked_of_all"] and untouched.get(os.path.abspath(name), False)
        }
        self._restore(kept, found)
        return found

    def _restore(self, kept: dict[str, Any], names: Collection[str] | None) -> None:
        """Put what reports need into the run's folder: for all files, or those of these names."""
        folder = plugin.run_folder_of_this_run()
        if folder is not None:
            for name, (path, text) in kept["left"].items():
                if names is None or path in names:
                    (folder / name).write_text(text, encoding="utf-8")

    def keep(self, results: list[FileResults], asked_of_all: Collection[str]) -> None:
        """Keep the results, unless something has changed since the run began."""
        if self._compute() != self._state:
            return
        folder = plugin.run_folder_of_this_run()
        left: dict[str, tuple[str, str]] = {}
        if folder is not None:
            for file in folder.glob("*.file.json"):
                text = file.read_text(encoding="utf-8")
                left[file.name] = (json.loads(text)["path"], text)
        folders = {os.path.dirname(os.path.abspath(result[0])) for result in results}
        projects = {plugin.project_of(f"{folder_name}/__init__.py") for folder_name in folders}
        outlines = {str(project.root): project.outline_digests() for project in projects}
        self._cache.put(
            self._slot,
            {
                "base": self._state.base,
                "stamps": self._state.stamps,
                "results": results,
                "left": left,
                "asked_of_all": sorted(asked_of_all),
                "outlines": outlines,
            },
        )


def _state_of(filenames: Sequence[str], options: Namespace, config: Config) -> State | None:
    """All that results depend on; None where that cannot be told for certain."""
    newest = time.time_ns() - _SETTLED_AFTER_NS
    digest = hashlib.blake2b(digest_size=16)

    def add(*parts: object) -> None:
        digest.update(repr(parts).encode("utf-8", "surrogatepass"))

    add(flake8.__version__, __version__, sys.version, sys.prefix)
    add(sorted((name, repr(value)) for name, value in vars(options).items()))
    add(_plain(config.settings), _plain(config.rules), _plain(config.tables), plugin.baseline_digest())
    add(plugin.run_folder_of_this_run() is not None, list(filenames))
    # What is installed; the working folder is no such place, and the cache's own folder may just be made there.
    for entry in sys.path:
        if entry and os.path.abspath(entry) != os.getcwd():
            add(entry, _stamp(entry))
    add(list(_stamped_files(str(Path(__file__).parent))))
    folders = {os.path.dirname(os.path.abspath(filename)) for filename in filenames}
    stamps: dict[str, Stamp | None] = {}
    for top in sorted({str(_outermost(project_root(Path(folder)))) for folder in folders}):
        for path, stamp in _stamped_files(top):
            if len(stamps) > _MOST_FILES or stamp[0] > newest:
                return None
            stamps[path] = stamp
    for filename in filenames:
        stamp_or_none = _stamp(filename)
        if stamp_or_none is not None and stamp_or_none[0] > newest:
            return None
        stamps[os.path.abspath(filename)] = stamp_or_none
    return State(digest.hexdigest(), stamps)


def _plain(table: object) -> object:
    """A nested mapping as sorted pairs."""
    items = getattr(table, "items", None)
    return sorted((key, _plain(value)) for key, value in items()) if items is not None else table


def _outermost(root: Path) -> Path:
    """The root, or the folder above the packages that it is itself a part of."""
    while (root / "__init__.py").is_file():
        root = root.parent
    return root


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size


def _stamped_files(top: str) -> Iterator[tuple[str, Stamp]]:
    """
    The modules below a folder, what marks a project's root, and its lists of requirements, in a fixed order.

    Each with its stamps. Nothing else is read by any rule. Hidden folders, environments and caches are left out.
    """
    pending = [top]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        if any(entry.name == "pyvenv.cfg" for entry in found):
            continue
        for entry in found:
            try:
                if entry.is_dir(follow_symlinks=False):
                    if "." not in entry.name and entry.name not in ("__pycache__", "node_modules"):
                        pending.append(entry.path)
                    continue
                if not entry.name.endswith(".py") and not _says_what_is_asked_for(entry):
                    continue
                status = entry.stat()
            except OSError:
                continue
            yield entry.path, (status.st_mtime_ns, status.st_ctime_ns, status.st_size)


def _says_what_is_asked_for(entry: os.DirEntry[str]) -> bool:
    """Whether a file marks a project's root or lists requirements."""
    return (
        entry.name in ROOT_MARKS
        or entry.name in WEAK_MARKS
        or (entry.name.endswith((".txt", ".in")) and "requirements" in entry.path)
    )
