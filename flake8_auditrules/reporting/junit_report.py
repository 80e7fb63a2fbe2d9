"""The audit as JUnit XML: a suite a rule, a failed case a finding, a passed case where nothing was found."""

from __future__ import annotations

from xml.etree import ElementTree

from flake8_auditrules.patterns import pattern
from flake8_auditrules.reporting.record import Audit, Record, Status, cure, describe

# What XML 1.0 cannot hold, not even escaped.
_NOT_IN_XML = pattern("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(audit: Audit) -> str:
    """The whole document."""
    shown = [record for record in audit.records if record.status is not Status.FIXED]
    root = ElementTree.Element(
        "testsuites", name="flake8-auditrules", tests=str(0), failures=str(len(shown)), errors="0"
    )
    total = 0
    for code in sorted({*audit.codes, *(record.code for record in shown)}):
        known = describe(code)
        found = [record for record in shown if record.code == code]
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=f"{code} {known.name}",
            tests=str(max(1, len(found))),
            failures=str(len(found)),
            errors="0",
            skipped="0",
            timestamp=audit.date,
        )
        total += max(1, len(found))
        for record in found:
            _case(suite, record)
        if not found:
            ElementTree.SubElement(suite, "testcase", classname=code, name=known.name)
    root.set("tests", str(total))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _case(suite: ElementTree.Element, record: Record) -> None:
    known = record.description
    path = _clean(record.path)
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname=path,
        name=f"{record.code} {path}:{record.line}",
        file=path,
        line=str(record.line),
    )
    kind = f"{known.severity.name.lower()} {known.category.value} {record.status.value}"
    failure = ElementTree.SubElement(case, "failure", message=_clean(record.text), type=kind)
    failure.text = _clean("\n".join([f"{record.path}:{record.line}", *record.source, "", cure(record)]))


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
