"""Records: findings as reports show them, with rule, place, state and fingerprint."""

from __future__ import annotations

import enum
import functools
import hashlib
from collections.abc import Mapping, Sequence

from flake8_auditrules.records import NamedTuple
from flake8_auditrules.registry import Family, families
from flake8_auditrules.reporting import rule_pages
from flake8_auditrules.rule import Category, Examined, Rule, Severity, Step


class Status(enum.Enum):
    """Where a finding stands against the baseline."""

    NEW = "NEW"
    EXISTING = "Existing"
    REGRESSION = "Regression"
    FIXED = "Fixed"


class Identity(NamedTuple):
    """What makes a finding the same finding after lines moved: no line numbers. Sorts by place."""

    path: str
    scope: str
    code: str
    text: str
    ordinal: int

    @property
    def fingerprint(self) -> str:
        """A stable hash of the identity, 64 hexadecimal digits."""
        text = "\0".join([*self[:4], str(self.ordinal)]).encode("utf-8", "surrogatepass")
        return hashlib.sha256(text).hexdigest()


class Record(NamedTuple):
    """
    One finding in a report.

    `path` is relative to the working folder as flake8 prints it, `line` and `end_line` are 1-based (0 for a
    fixed finding, whose place is gone), `column` is 1-based, `source` the lines from `line` to `end_line`.
    """

    identity: Identity
    path: str
    line: int
    end_line: int
    column: int
    text: str
    status: Status
    source: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.identity.code

    @property
    def description(self) -> Description:
        """What is known of the code."""
        return describe(self.identity.code)


class Description(NamedTuple):
    """What a report says of a code: from the rule, or in general for flake8's own codes."""

    code: str
    name: str
    severity: Severity
    category: Category
    summary: str
    impact: str
    family: str
    examined: str


class Audit(NamedTuple):
    """
    All that a report is made from.

    `records` are sorted by severity (worst first), path and line; `examined` counts by code over the files
    that were checked; `scope` are flake8's arguments, `date` is ISO 8601, `codes` the codes that ran.
    """

    records: tuple[Record, ...]
    examined: Mapping[str, Examined]
    codes: tuple[str, ...]
    files: int
    scope: tuple[str, ...]
    date: str


_BROKEN_FILE = {
    "E999": ("syntax-error", "The file cannot be parsed, so nothing in it was examined."),
    "E902": ("unreadable-file", "The file cannot be read, so nothing in it was examined."),
}


@functools.cache
def describe(code: str) -> Description:
    """What is known of a code."""
    known = _rules().get(code)
    if known is not None:
        rule, family = known
        impact = rule_pages.section(rule, "Why it matters")
        return Description(
            code,
            rule.name,
            rule.severity,
            rule.category,
            rule_pages.summary(rule),
            impact,
            family.title,
            rule.examined,
        )
    if code in _BROKEN_FILE:
        name, impact = _BROKEN_FILE[code]
        return Description(code, name, Severity.HIGH, Category.LOGIC, impact, impact, "flake8", "")
    text = "Reported by flake8 or another of its plugins."
    return Description(code, code, Severity.INFO, Category.INCONSISTENCY, text, text, "flake8", "")


@functools.cache
def _rules() -> dict[str, tuple[type[Rule], Family]]:
    return {rule.code: (rule, family) for family in families() for rule in family.rules}


def ordered(records: Sequence[Record]) -> tuple[Record, ...]:
    """The records by severity (worst first), path, line and code."""
    return tuple(
        sorted(
            records,
            key=lambda record: (
                -record.description.severity,
                record.path,
                record.line,
                record.code,
                record.identity,
            ),
        )
    )


def cure(record: Record) -> str:
    """What the finding's message says to do: its part after the fact."""
    return record.text.partition("; ")[2] or "See the rule's page."
