"""
The same rules under changes of the code that keep its meaning: reports move with the code and do not change.

Variants apply only where the meaning is kept (see `applies` of each).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import NamedTuple

import pytest

from flake8_auditrules.examples import files_of, run_on_files
from flake8_auditrules.registry import all_rules
from flake8_auditrules.rule import Rule
from tests.conftest import assert_marks

EXAMPLES = [
    pytest.param(rule, files, id=f"{rule.code}-{kind}{number}")
    for rule in all_rules()
    for kind, texts in (("bad", rule.bad), ("good", rule.good))
    for number, text in enumerate(texts)
    for files in [files_of(text)]
    if len(files) == 1
]


class Variant(NamedTuple):
    """A change of one module's text, and the test whether it keeps the meaning of that text."""

    change: Callable[[str], str]
    applies: Callable[[str], bool]


def always(text: str) -> bool:
    return True


def shifted(text: str) -> str:
    return '"""A module."""\n\n\n' + text


def carriage_returns(text: str) -> str:
    return text.replace("\n", "\r\n")


def commented(text: str) -> str:
    """A comment line before each statement line that starts a block's body would change no meaning."""
    lines = []
    for line in text.splitlines():
        if (
            line
            and not line[0].isspace()
            and not line.startswith(("else", "except", "finally", "elif", ")", "]", "}"))
        ):
            lines.append("# as it was")
        lines.append(line)
    return "\n".join(lines) + "\n"


def has_no_multiline_text(text: str) -> bool:
    return '"""' not in text and "'''" not in text


def aliased_imports(text: str) -> str:
    """`import httpx` becomes `import httpx as httpx_library` with all its uses."""
    for name in plainly_imported(text):
        text = re.sub(rf"^(\s*)import {name}$", rf"\1import {name} as {name}_library", text, flags=re.MULTILINE)
        text = re.sub(rf"(?<![\w.\"'/]){name}\.(?=\w)", f"{name}_library.", text)
    return text


def plainly_imported(text: str) -> list[str]:
    return list(re.findall(r"^\s*import (\w+)$", text, flags=re.MULTILINE))


def has_plain_import(text: str) -> bool:
    names = plainly_imported(text)
    if not names:
        return False
    tree = ast.parse(text)
    bare = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in names}
    dotted = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    submodules = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if "." in alias.name
    }
    return bare <= dotted and not submodules & set(names)


def function_local_imports(text: str) -> str:
    """Each top-level import stands at the start of each function too."""
    lines = text.splitlines()
    imports = [line for line in lines if re.match(r"(import|from) ", line) and "__future__" not in line]
    moved: list[str] = []
    for line in lines:
        moved.append(line)
        if re.match(r"(async )?def \w+\(.*\).*:(\s*#.*)?$", line):
            moved.extend(f"    {one}" for one in imports)
    return "\n".join(moved) + "\n"


def has_one_line_functions_only(text: str) -> bool:
    tree = ast.parse(text)
    functions = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    if not functions or any(isinstance(node, ast.ImportFrom) and node.level for node in tree.body):
        return False
    lines = text.splitlines()
    return all(
        re.match(r"(async )?def \w+\(.*\).*:(\s*#.*)?$", lines[function.lineno - 1]) for function in functions
    )


def nested_in_if(text: str) -> str:
    """All below the imports stands in `if True:`."""
    head, body = split_imports(text)
    return head + "if True:\n" + "".join(f"    {line}" if line.strip() else line for line in body)


def split_imports(text: str) -> tuple[str, list[str]]:
    lines = text.splitlines(keepends=True)
    tree = ast.parse(text)
    last = 0
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            last = node.end_lineno or node.lineno
        else:
            break
    return "".join(lines[:last]), lines[last:]


def has_body(text: str) -> bool:
    _, body = split_imports(text)
    return has_no_multiline_text(text) and any(line.strip() for line in body)


def wide_characters(text: str) -> str:
    """A string with characters of several bytes stands in front."""
    return 'GREETING = "grüße, 你好, 🙂"\n' + text


VARIANTS = {
    "shifted": Variant(shifted, lambda text: "from __future__" not in text),
    "carriage_returns": Variant(carriage_returns, has_no_multiline_text),
    "commented": Variant(commented, has_no_multiline_text),
    "aliased_imports": Variant(aliased_imports, has_plain_import),
    "function_local_imports": Variant(function_local_imports, has_one_line_functions_only),
    "nested_in_if": Variant(nested_in_if, has_body),
    "wide_characters": Variant(wide_characters, lambda text: "from __future__" not in text),
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("rule", "files"), EXAMPLES)
def test_reports_move_with_the_code(rule: type[Rule], files: dict[str, str], variant: str) -> None:
    change, applies = VARIANTS[variant]
    ((name, text),) = files.items()
    if applies(text):
        changed = change(text)
        ast.parse(changed)
        assert_marks(rule, {name: without_columns(changed)})


def without_columns(text: str) -> str:
    return re.sub(r"(# AUD\d{3}):\d+", r"\1", text)


SHADOWABLE = [
    pytest.param(rule, text, names, id=f"{rule.code}-{number}")
    for rule in all_rules()
    for number, text in enumerate(rule.bad)
    for files in [files_of(text)]
    if len(files) == 1
    for names in [plainly_imported("".join(files.values()))]
    if names and rule.calls
]


@pytest.mark.parametrize(("rule", "text", "names"), SHADOWABLE)
def test_a_shadowed_library_is_not_the_library(rule: type[Rule], text: str, names: list[str]) -> None:
    """Where a rule needs an import, the same name bound to one's own object says nothing."""
    ((name, source),) = files_of(text).items()
    for library in names:
        shadowed = re.sub(rf"^import {library}$", f"{library} = make_own()", source, flags=re.MULTILINE)
        left = [finding for _, finding in run_on_files([rule], {name: shadowed})]
        used = [
            finding
            for finding in left
            if re.search(rf"(?<![\w.]){library}\.", shadowed.splitlines()[finding.line - 1])
        ]
        assert not used, f"`{library}` is not the library here: {used}"


COROUTINES = [
    pytest.param(rule, text, id=f"{rule.code}-{number}")
    for rule in all_rules()
    if rule.code in ("AUD101", "AUD102", "AUD103", "AUD104", "AUD105", "AUD106", "AUD116")
    for number, text in enumerate(rule.bad)
    if "async def" in text
]


@pytest.mark.parametrize(("rule", "text"), COROUTINES)
def test_no_event_loop_no_report(rule: type[Rule], text: str) -> None:
    """With `async` and `await` taken out, nothing blocks an event loop."""
    files = {
        name: re.sub(r"\basync (def|with|for)\b", r"\1", re.sub(r"\bawait ", "", source))
        for name, source in files_of(text).items()
    }
    assert run_on_files([rule], files) == []
