"""The pages of the rules, generated: what a rule says of itself and what it really reports on its examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence

from flake8_auditrules.examples import files_of, run_on_files
from flake8_auditrules.patterns import pattern
from flake8_auditrules.registry import Family
from flake8_auditrules.rule import Rule

_MARK = pattern(r"[ \t]*# AUD\d{3}(?::\d+)?(?:\s*,?\s*AUD\d{3}(?::\d+)?)*[ \t]*$", re.MULTILINE)


def page(rule: type[Rule], family: Family) -> str:
    """The page of one rule as Markdown."""
    facts = (
        f"Family: {family.title} ({family.prefix}) · severity: {rule.severity.name.lower()} · "
        f"category: {rule.category.value} · since {rule.since}"
    )
    parts = [f"# {rule.code} {rule.name}", facts, document(rule)]
    if rule.options:
        rows = "\n".join(
            f"- `{option.name}` (default `{_toml(option.default)}`): {option.help}" for option in rule.options
        )
        parts.append(f"## Options\nIn `[tool.auditrules.{rule.name}]`:\n\n{rows}")
    parts.append("## Reported")
    for example in rule.bad:
        parts.append(_bad_example(rule, example))
    parts.append("## Not reported")
    parts.extend(_code(_MARK.sub("", _text(example))) for example in rule.good)
    return "\n\n".join(parts) + "\n"


def document(rule: type[Rule]) -> str:
    """The rule's docstring as Markdown."""
    return inspect.cleandoc(rule.__doc__ or "")


def index(families: Sequence[Family]) -> str:
    """The table of all rules as Markdown."""
    parts = [
        "# Rules",
        "Generated from the rules. Each page shows what the rule finds, why it matters, and the message it gives.",
    ]
    for family in families:
        if not family.rules:
            continue
        rows = [
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity.name.lower()} "
            f"| {rule.category.value} | {summary(rule)} |"
            for rule in family.rules
        ]
        head = "| code | name | severity | category | what it finds |\n|---|---|---|---|---|"
        parts.append(f"## {family.title} ({family.prefix})\n\n{family.paragraph}")
        parts.append("\n".join([head, *rows]))
    parts.append("```{toctree}\n:hidden:\n:glob:\n\nAUD*\n```")
    return "\n\n".join(parts) + "\n"


def section(rule: type[Rule], title: str) -> str:
    """One section of the rule's docstring on one line; "" where it has none of that title."""
    text = document(rule).partition(f"## {title}")[2].partition("\n## ")[0]
    return " ".join(text.split())


def summary(rule: type[Rule]) -> str:
    """The first sentence of what a rule does, on one line."""
    return re.split(r"(?<=[.!?])\s", section(rule, "What it does"), maxsplit=1)[0]


def _text(example: str) -> str:
    return inspect.cleandoc(example)


def _code(text: str) -> str:
    return f"```python\n{text.rstrip()}\n```"


def _bad_example(rule: type[Rule], example: str) -> str:
    files = files_of(example)
    shown = _code(_MARK.sub("", _text(example)))
    several = len(files) > 1
    messages = [
        f"{name}:{finding.line}:{finding.column + 1}: {finding.code} {finding.text}"
        if several
        else f"{finding.line}:{finding.column + 1}: {finding.code} {finding.text}"
        for name, finding in run_on_files([rule], files)
    ]
    return f"{shown}\n\n```text\n" + "\n".join(messages) + "\n```"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{one}"' for one in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
