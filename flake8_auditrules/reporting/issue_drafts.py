"""Issues out of findings: one for each rule and scope that no known issue speaks of, as Markdown and commands."""

from __future__ import annotations

import json
import re
import shlex
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from flake8_auditrules.config import ConfigurationError
from flake8_auditrules.patterns import pattern
from flake8_auditrules.records import NamedTuple
from flake8_auditrules.reporting import markdown_report
from flake8_auditrules.reporting.record import Audit, Record, Status, cure

_DATE = pattern(r"^\[[^\]]*\]\s*")
_KEYS = "number, title and state"


class KnownIssue(NamedTuple):
    """An issue that exists: `is_open` is false for one that was closed."""

    number: int
    title: str
    is_open: bool


class Draft(NamedTuple):
    """
    What is to be done about the findings of one rule in one scope.

    `known` is the issue that already speaks of them, None where a new one is to be made.
    """

    title: str
    labels: tuple[str, ...]
    body: str
    known: KnownIssue | None

    @property
    def outcome(self) -> str:
        """What the summary table says."""
        if self.known is None:
            return "created"
        return f"{'duplicate' if self.known.is_open else 'regression'} of #{self.known.number}"


def read_known(file: Path) -> tuple[KnownIssue, ...]:
    """
    The issues that `gh issue list --state all --json number,title,state,labels` has printed into a file.

    Raises ConfigurationError, one line, for a file that cannot be read or holds something else.
    """
    try:
        listed = json.loads(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"{file}: the issues cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise ConfigurationError(f"{file}: the issues are not JSON: {' '.join(str(error).split())}") from error
    if not isinstance(listed, list):
        raise ConfigurationError(f"{file}: the issues are not a list")
    return tuple(_known_issue(file, position, one) for position, one in enumerate(listed, start=1))


def _known_issue(file: Path, position: int, one: object) -> KnownIssue:
    if isinstance(one, dict):
        number, title, state = one.get("number"), one.get("title"), one.get("state")
        if isinstance(number, int) and isinstance(title, str) and isinstance(state, str):
            return KnownIssue(number, title, state.upper() == "OPEN")
    raise ConfigurationError(f"{file}: issue {position} of the list has no {_KEYS}")


def undated(title: str) -> str:
    """A title without the date in front, in the form in which titles are compared."""
    return " ".join(_DATE.sub("", title).split())


def drafts(audit: Audit, known: Sequence[KnownIssue]) -> list[Draft]:
    """A draft for each rule and scope that has new findings or regressions, worst first."""
    groups: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for record in audit.records:
        if record.status in (Status.NEW, Status.REGRESSION):
            groups[record.code, record.identity.path, record.identity.scope].append(record)
    # An open issue counts before a closed one of the same title, the latest before those before it.
    by_title = {undated(issue.title): issue for issue in sorted(known, key=lambda one: (one.is_open, one.number))}
    made = []
    for records in groups.values():
        title = _title(records[0])
        dated = f"[{audit.date[:10]}] {title}"
        made.append(Draft(dated, _labels(records[0]), _body(records, audit), by_title.get(undated(title))))
    return made


def render(audit: Audit, known: Sequence[KnownIssue], commands: bool = False) -> str:
    """The new issues as Markdown, the summary table, and with `commands` what `gh` is to be told."""
    made = drafts(audit, known)
    parts = ["# Issues"]
    for draft in made:
        if draft.known is None:
            labels = ", ".join(f"`{label}`" for label in draft.labels)
            parts.append(f"## {_inline(draft.title)}\n\nLabels: {labels}\n\n{draft.body}")
    rows = [f"| {_cell(draft.title)} | {draft.outcome} |" for draft in made]
    parts.append("\n".join(["## Summary", "", "| issue | outcome |", "|---|---|", *rows]))
    if commands:
        script = "\n".join(command for draft in made for command in gh_commands(draft)) or ":"
        fence = markdown_report.fence_around(script)
        parts.append(f"## Commands\n\n{fence}sh\n{script}\n{fence}")
    return "\n\n".join(parts) + "\n"


def gh_commands(draft: Draft) -> list[str]:
    """The shell commands that carry a draft out; none for a duplicate."""
    if draft.known is None:
        labels = [part for label in draft.labels for part in ("--label", label)]
        return [shlex.join(["gh", "issue", "create", "--title", draft.title, *labels, "--body", draft.body])]
    if draft.known.is_open:
        return []
    return [shlex.join(["gh", "issue", "reopen", str(draft.known.number), "--comment", draft.body])]


def _title(record: Record) -> str:
    known = record.description
    place = f"{record.identity.path}::{record.identity.scope or '(module)'}"
    return f"{known.severity.name} - {known.name}: {place}"


def _labels(record: Record) -> tuple[str, ...]:
    known = record.description
    return ("audit", known.severity.name.lower(), known.category.value)


def _body(records: Sequence[Record], audit: Audit) -> str:
    """Summary, evidence, impact, related, proposed fix, acceptance criteria and test plan."""
    first = records[0]
    known = first.description
    evidence = []
    for record in records:
        evidence.append(f"`{record.path}:{record.line}` ({record.status.value}): {record.text}")
        if record.source:
            evidence.append(markdown_report.evidence(record))
    related = [
        f"- `{other.path}:{other.line}` {other.status.value} {other.text}"
        for other in audit.records
        if other.code == first.code and other not in records and other.status is not Status.FIXED
    ]
    cures = dict.fromkeys(cure(record) for record in records)
    places = "the place" if len(records) == 1 else f"the {len(records)} places"
    sections = {
        "Summary": f"{known.code} {known.name} in `{first.path}`: {known.summary}",
        "Evidence": "\n\n".join(evidence),
        "Impact": known.impact,
        "Related": "\n".join(related) or "No other finding of this rule.",
        "Proposed fix": "\n".join(f"- {one[:1].upper()}{one[1:]}." for one in cures),
        "Acceptance criteria": (
            f"- [ ] `auditrules check --select={known.code} {shlex.quote(first.path)}` does not report {places}\n"
            f"- [ ] no `# noqa: {known.code}` was added for {places}"
        ),
        "Test plan": (
            "- [ ] a test that shows the fault fails before the change and passes after it\n"
            "- [ ] the existing tests pass"
        ),
    }
    return "\n\n".join(f"### {title}\n\n{text}" for title, text in sections.items())


def _inline(text: str) -> str:
    """A text in which Markdown finds nothing to format."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", text)


def _cell(text: str) -> str:
    return _inline(text).replace("\n", " ")
