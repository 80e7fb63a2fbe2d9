"""flake8's formatters: what the run left and what flake8 let through, made into one report."""

from __future__ import annotations

import argparse
import datetime
import importlib
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from flake8.exceptions import ExecutionError
from flake8.formatting.base import BaseFormatter
from flake8.style_guide import Decision, StyleGuideManager
from flake8.violation import Violation

# flake8 loads the module of every formatter in every run: what only a report needs is imported when one is
# written.
if TYPE_CHECKING:
    from flake8_auditrules.reporting import baseline
    from flake8_auditrules.reporting.issue_drafts import KnownIssue
    from flake8_auditrules.reporting.record import Audit, Identity, Record
    from flake8_auditrules.reporting.run_folder import FileRecord, FoundPlace, RunFacts

Handled = tuple[str, str, int, int]


class AuditFormatter(BaseFormatter):
    """
    Collects what flake8 reports and writes one report when the run is over.

    A report goes to standard output, or to `--output-file` as a whole, by rename.
    """

    renderer: ClassVar[str]
    """The module of `reporting` whose `render` makes the text."""

    def after_init(self) -> None:
        """Start with nothing collected."""
        self._violations: list[Violation] = []

    def start(self) -> None:
        """Do not open the output file: flake8 would append to it."""

    def handle(self, error: Violation) -> None:
        """Collect one violation that flake8 lets through."""
        self._violations.append(error)

    def format(self, error: Violation) -> str | None:
        """Nothing: a report is no sequence of lines."""
        return None

    def stop(self) -> None:
        """Write the report and remove what the run left."""
        from flake8_auditrules.config import ConfigurationError
        from flake8_auditrules.reporting import run_folder

        folder = run_folder.current()
        try:
            self.report_on(folder)
        except (ConfigurationError, OSError) as error:
            raise ExecutionError(f"flake8-auditrules: {error}") from error
        finally:
            if folder is not None:
                run_folder.remove(folder)

    def report_on(self, folder: Path | None) -> None:
        """Make the report of what a run left in its folder. Raises OSError, ConfigurationError."""
        self.publish(self.audit(folder))

    def publish(self, audit: Audit) -> None:
        """Write the report of an audit to where it has to go."""
        from flake8_auditrules.reporting import baseline, summary

        text = self.rendered(audit)
        if self.filename:
            baseline.replace_text(Path(self.filename), text)
            if sys.stdout.isatty():
                print(summary.render(audit, self.color), end="")
        if not self.filename or self.options.tee:
            sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))

    def rendered(self, audit: Audit) -> str:
        """The report's text."""
        render: Callable[[Audit], str] = importlib.import_module(
            f"flake8_auditrules.reporting.{self.renderer}"
        ).render
        return render(audit)

    def audit(self, folder: Path | None) -> Audit:
        """All that the report is made from."""
        from flake8_auditrules.reporting import baseline, run_folder
        from flake8_auditrules.reporting.record import Audit, Record, Status, ordered
        from flake8_auditrules.rule import Examined

        left = run_folder.collect(folder) if folder is not None else []
        facts = run_folder.facts_of(folder) if folder is not None else run_folder.RunFacts("", "", ())
        known = baseline.EMPTY
        if facts.baseline:
            known = baseline.read(Path(facts.baseline))
            known = known.renamed(baseline.moves_since(Path(facts.root), known.commit))
        records = self._own_records(left, known)
        records.extend(self._foreign_records(facts))
        current, checked = self._seen(left, known, facts)
        records.extend(
            Record(identity, identity.path, 0, 0, 0, f"`{identity.text}` is fixed", Status.FIXED, (), ())
            for identity in known.vanished(current, checked, facts.codes)
        )
        places: Counter[str] = Counter()
        good: Counter[str] = Counter()
        for file in left:
            for code, examined in file.examined.items():
                places[code] += examined.places
                good[code] += examined.good
        return Audit(
            ordered(records),
            {code: Examined(count, good[code]) for code, count in places.items()},
            facts.codes,
            len(left),
            tuple(self.options.filenames or ["."]),
            datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        )

    def _seen(
        self, left: list[FileRecord], known: baseline.Baseline, facts: RunFacts
    ) -> tuple[set[Identity], set[str]]:
        """All findings of the run, silenced ones included, and the paths of which the run can speak."""
        current = {place.identity for file in left for place in file.findings}
        return current, {file.relative for file in left} | _gone(known, facts.root, self.options.filenames)

    def _own_records(self, left: list[FileRecord], known: baseline.Baseline) -> list[Record]:
        from flake8_auditrules.reporting.record import Record, Status

        handled: Counter[Handled] = Counter(
            (one.code, one.filename, one.line_number, one.column_number) for one in self._violations
        )
        guides = StyleGuideManager(self.options, self)
        records = []
        for file in left:
            for place in file.findings:
                finding = place.finding
                status = known.status(place.identity)
                if status is Status.EXISTING:
                    if not _lets_through(guides, self.options, file.path, place):
                        continue
                elif not handled[finding.code, file.path, finding.line, finding.column + 1]:
                    continue
                records.append(
                    Record(
                        place.identity,
                        file.path,
                        finding.line,
                        finding.end_line,
                        finding.column + 1,
                        finding.text,
                        status,
                        place.source,
                        finding.steps,
                    )
                )
        return records

    def _foreign_records(self, facts: RunFacts) -> list[Record]:
        """flake8's own findings (a file that cannot be parsed or read) and those of other plugins."""
        from flake8_auditrules.project.layout import path_below
        from flake8_auditrules.reporting.record import Identity, Record, Status

        seen: Counter[tuple[str, str, str]] = Counter()
        records = []
        for one in self._violations:
            if one.code in facts.codes:
                continue
            line = (one.physical_line or "").rstrip("\r\n")
            key = (one.filename, one.code, " ".join(line.split()))
            path = path_below(facts.root, one.filename) if facts.root else one.filename
            identity = Identity(path, "", one.code, key[2], seen[key])
            seen[key] += 1
            source = (line,) if line else ()
            records.append(
                Record(
                    identity,
                    one.filename,
                    one.line_number,
                    one.line_number,
                    one.column_number,
                    one.text,
                    Status.NEW,
                    source,
                    (),
                )
            )
        return records


def _lets_through(guides: StyleGuideManager, options: argparse.Namespace, path: str, place: FoundPlace) -> bool:
    """Whether flake8 would report a known finding: selected for this file, and not silenced on its line."""
    finding = place.finding
    if guides.style_guide_for(path).should_report_error(finding.code) is not Decision.Selected:
        return False
    violation = Violation(finding.code, path, finding.line, finding.column + 1, finding.text, place.noqa_line)
    return not violation.is_inline_ignored(options.disable_noqa)


def _gone(known: baseline.Baseline, root: str, arguments: list[str]) -> set[str]:
    """The baseline's files that are no longer on disk and lay below flake8's arguments: they were checked too."""
    if not root:
        return set()
    below = [os.path.abspath(argument) for argument in arguments or ["."]]
    gone = set()
    for path in {identity.path for identity in known.standing}:
        file = os.path.join(root, path)
        if not os.path.exists(file) and any(
            file == folder or file.startswith(os.path.join(folder, "")) for folder in below
        ):
            gone.add(path)
    return gone


class MarkdownFormatter(AuditFormatter):
    """`--format=audit-markdown`."""

    renderer = "markdown_report"


class JsonFormatter(AuditFormatter):
    """`--format=audit-json`."""

    renderer = "json_report"


class SarifFormatter(AuditFormatter):
    """`--format=audit-sarif`."""

    renderer = "sarif_report"


class GithubFormatter(AuditFormatter):
    """`--format=audit-github`."""

    renderer = "github_report"


class GitlabFormatter(AuditFormatter):
    """`--format=audit-gitlab`."""

    renderer = "gitlab_report"


class JunitFormatter(AuditFormatter):
    """`--format=audit-junit`."""

    renderer = "junit_report"


class SummaryFormatter(AuditFormatter):
    """`--format=audit-summary`: findings a line each and a summary, in colour on a terminal."""

    renderer = "summary"

    def rendered(self, audit: Audit) -> str:
        """The summary, in colour where flake8's `--color` and the terminal allow it."""
        from flake8_auditrules.reporting import summary

        return summary.render(audit, self.color and not self.filename)


class IssuesFormatter(AuditFormatter):
    """Drafts of issues, for `auditrules issues`."""

    def __init__(self, known: tuple[KnownIssue, ...], commands: bool, options: argparse.Namespace) -> None:
        """Take the issues that are known, whether commands are asked for, and flake8's options."""
        super().__init__(options)
        self._known = known
        self._commands = commands

    def rendered(self, audit: Audit) -> str:
        """The drafts, the table, and the commands where they are asked for."""
        from flake8_auditrules.reporting import issue_drafts

        return issue_drafts.render(audit, self._known, self._commands)


class BaselineFormatter(AuditFormatter):
    """Writes the baseline, for `auditrules baseline`."""

    def report_on(self, folder: Path | None) -> None:
        """Bring the baseline's file up to what the run found. Raises OSError, ConfigurationError."""
        from flake8_auditrules.reporting import baseline, run_folder

        assert folder is not None
        facts = run_folder.facts_of(folder)
        left = run_folder.collect(folder)
        root = Path(facts.root)
        file = Path(facts.baseline or root / baseline.FILE_NAME)
        known = baseline.EMPTY
        if file.exists():
            known = baseline.read(file)
            known = known.renamed(baseline.moves_since(root, known.commit))
        current, checked = self._seen(left, known, facts)
        reported = {record.identity for record in self._own_records(left, baseline.EMPTY)}
        updated = known.updated(baseline.head_commit(root), reported, current, checked, facts.codes)
        baseline.write(file, updated)
        if not self.options.quiet:
            print(f"{file}: {len(updated.standing)} findings stand, {len(updated.fixed)} are fixed")
