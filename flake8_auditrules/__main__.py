"""The command line: `python -m flake8_auditrules`, also installed as `auditrules`."""

from __future__ import annotations

import argparse
import atexit
import difflib
import functools
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from flake8_auditrules import __version__, registry
from flake8_auditrules.config import ConfigurationError
from flake8_auditrules.knowledge.catalogue import NAMES
from flake8_auditrules.reporting import rule_pages
from flake8_auditrules.rule import CODE_PATTERN, Rule

_RULE_FILE = '''"""{code}: {words}."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity


class {class_name}(Rule):
    """
    ## What it does
    Finds ...

    ## Why it matters
    What fails, when, and how it shows.

    ## When to silence it
    When ...
    """

    code = "{code}"
    severity = Severity.MEDIUM
    category = Category.LOGIC
    since = "{version}"
    message = "`{{call}}` does what it does; do this instead"
    examined = "calls of `allowed` and `forbidden` are allowed"

    bad = (
        """
        forbidden()  # {code}
        """,
    )
    good = (
        """
        allowed()
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report a call of `forbidden`, and count those of `allowed`."""
        if isinstance(node.func, ast.Name) and node.func.id == "forbidden":
            self.report(node, call=self.module.call_text(node))
        elif isinstance(node.func, ast.Name) and node.func.id == "allowed":
            self.passed(node)
'''


class CommandError(Exception):
    """A command cannot be carried out; the text is one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code: 0 done, 1 findings, 2 cannot be done."""
    parser = _parser()
    chosen, rest = parser.parse_known_args(arguments)
    if rest and chosen.command not in _FLAKE8_COMMANDS:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        if chosen.command == "rules":
            _print_rules()
        elif chosen.command == "explain":
            _explain(chosen.rule)
        elif chosen.command == "new":
            print(_write_rule(chosen.code, chosen.name))
        elif chosen.command == "docs":
            _write_docs(chosen.folder)
        else:
            return _run_flake8(chosen, rest)
    except (CommandError, ConfigurationError) as error:
        print(f"auditrules: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # `auditrules rules | head`
        sys.stderr.close()
    return 0


def program() -> NoReturn:
    """
    Run the command line as a program of its own.

    What a run has learned of a large project takes half a second to take apart, which nobody needs: what is
    registered for the end runs, and the process ends.
    """
    code = main()
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # a pipe that was closed, or `main` has closed standard error
        sys.exit(code)
    os._exit(code)


_FLAKE8_COMMANDS = ("check", "audit", "baseline", "issues")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="auditrules", description="The rules of flake8-auditrules.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("rules", help="list all rules")
    explain = commands.add_parser("explain", help="show the page of a rule")
    explain.add_argument("rule", help="a code such as AUD203, or a name such as missing-timeout")
    new = commands.add_parser("new", help="write the file of a new rule")
    new.add_argument("code", help="a free code, such as AUD526")
    new.add_argument("name", help="the rule's name, such as name-of-it")
    docs = commands.add_parser("docs", help="write docs/rules anew")
    docs.add_argument(
        "folder", nargs="?", type=Path, default=Path("docs/rules"), help="where to (default docs/rules)"
    )
    # What these do not know themselves they hand to flake8: its options, files and folders.
    commands.add_parser(
        "check", help="flake8 with this suite only, faster", add_help=False, allow_abbrev=False, prefix_chars="\0"
    )
    audit = commands.add_parser("audit", help="a report of where the code stands", allow_abbrev=False)
    audit.add_argument("--format", default="audit-summary", help="a report's format (default audit-summary)")
    baseline = commands.add_parser("baseline", help="write down the findings that are known", allow_abbrev=False)
    baseline.add_argument("--output", help="the baseline's file (default as configured)")
    issues = commands.add_parser("issues", help="draft issues out of findings", allow_abbrev=False)
    issues.add_argument("--known", type=Path, required=True, help="the output of gh issue list, as JSON")
    issues.add_argument("--gh", action="store_true", help="add the commands for gh")
    return parser


def _run_flake8(chosen: argparse.Namespace, rest: list[str]) -> int:
    """Carry out a command that runs flake8 over what is left of the command line."""
    from flake8_auditrules import check
    from flake8_auditrules.plugin import BASELINE_FORMAT
    from flake8_auditrules.reporting import formatter, issue_drafts

    if chosen.command == "audit":
        return check.run([f"--format={chosen.format}", *rest])
    if chosen.command == "baseline":
        output = [f"--audit-baseline={os.path.abspath(chosen.output)}"] if chosen.output else []
        return check.run(
            [f"--format={BASELINE_FORMAT}", "--exit-zero", *output, *rest], formatter.BaselineFormatter
        )
    if chosen.command == "issues":
        known = issue_drafts.read_known(chosen.known)
        return check.run(
            ["--format=audit-issues", "--exit-zero", *rest],
            functools.partial(formatter.IssuesFormatter, known, chosen.gh),
        )
    return check.run(rest)


def _print_rules() -> None:
    rows = [
        (rule.code, rule.name, rule.severity.name.lower(), rule.category.value, rule_pages.summary(rule))
        for rule in registry.all_rules()
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]))


def _explain(wanted: str) -> None:
    for family in registry.families():
        for rule in family.rules:
            if wanted.upper() == rule.code or wanted.lower() == rule.name:
                print(rule_pages.page(rule, family), end="")
                return
    known = [key for rule in registry.all_rules() for key in (rule.code, rule.name)]
    close = difflib.get_close_matches(wanted, known, n=1)
    raise CommandError(f"there is no rule `{wanted}`" + (f"; the nearest is `{close[0]}`" if close else ""))


def _write_rule(code: str, name: str) -> Path:
    """Write the file of a new rule and return its path. Raises CommandError for a code or name that is taken."""
    if not CODE_PATTERN.fullmatch(code):
        raise CommandError(f"`{code}` is not AUD and three digits, the first from 1 to 9")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise CommandError(f"`{name}` is not a name like `missing-timeout`")
    _refuse_taken(code, name, registry.all_rules())
    family = next((family for family in registry.families() if code.startswith(family.prefix)), None)
    if family is None:
        raise CommandError(f"no family has the prefix of `{code}`")
    folder = Path(registry.__file__).parent / "rules" / family.folder
    file = folder / f"{name.replace('-', '_')}.py"
    if file.exists():
        raise CommandError(f"{file} exists")
    class_name = "".join(part.capitalize() for part in name.split("-"))
    text = _RULE_FILE.format(code=code, words=name.replace("-", " "), class_name=class_name, version=__version__)
    file.write_text(text, encoding="utf-8")
    return file


def _refuse_taken(code: str, name: str, rules: Sequence[type[Rule]]) -> None:
    for rule in rules:
        if code == rule.code:
            raise CommandError(f"{code} is in use: {rule.name}")
        if name == rule.name:
            raise CommandError(f"`{name}` is in use: {rule.code}")
    if NAMES.get(code, name) != name:
        raise CommandError(f"{code} is `{NAMES[code]}` in the catalogue")
    for other, other_name in NAMES.items():
        if other_name == name and other != code:
            raise CommandError(f"`{name}` is {other} in the catalogue")


def _write_docs(folder: Path) -> None:
    """Write the index and a page for each rule; pages of rules that are gone are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {"index.md": rule_pages.index(registry.families())}
    for family in registry.families():
        pages.update((f"{rule.code}.md", rule_pages.page(rule, family)) for rule in family.rules)
    for file in folder.glob("AUD*.md"):
        if file.name not in pages:
            file.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    program()
