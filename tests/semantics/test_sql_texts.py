"""SQL texts: their literal parts, and what is written between them."""

from __future__ import annotations

import ast

import pytest

from flake8_auditrules.semantics.sql_texts import BuiltText, built_text, comes_from_outside
from tests.conftest import module_of


def built(body: str, parameters: str = "name") -> tuple[BuiltText, list[bool]]:
    """The text given to `send`, and of each part whether it comes from outside."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    module = module_of(f"def work({parameters}):\n{lines}\n")
    call = next(call for call in module.nodes(ast.Call) if getattr(call.func, "id", "") == "send")
    text = built_text(module, call.args[0])
    return text, [comes_from_outside(module, part.expression) is not None for part in text.parts]


@pytest.mark.parametrize(
    "body",
    [
        "send(f\"SELECT 1 WHERE a = '{name}'\")",
        'send("SELECT 1 WHERE a = \'" + name + "\'")',
        "send(\"SELECT 1 WHERE a = '%s'\" % name)",
        "send(\"SELECT 1 WHERE a = '%(a)s'\" % {'a': name})",
        "send(\"SELECT 1 WHERE a = '{}'\".format(name))",
        "send(\"SELECT 1 WHERE a = '{a}'\".format(a=name))",
        "query = 'SELECT 1'\nquery += f\" WHERE a = '{name}'\"\nsend(query)",
    ],
)
def test_ways_to_build_a_text(body: str) -> None:
    text, outside = built(body)
    assert text.literal == "SELECT 1 WHERE a = '?'"
    assert text.reads_as_sql and text.parts[0].is_value
    assert outside == [True]


@pytest.mark.parametrize(
    ("body", "parameters"),
    [
        ("send(f'SELECT 1 LIMIT {name}')", "name: int"),
        ("send(f'SELECT 1 LIMIT {name}')", "name=10"),
        ("send(f'SELECT 1 LIMIT {int(name)}')", "name"),
        ("if name not in ('a', 'b'):\n    return\nsend(f\"SELECT 1 WHERE a = '{name}'\")", "name"),
        ("marks = ', '.join('?' for _ in name)\nsend(f'SELECT 1 WHERE a IN ({marks})')", "name"),
        ("send(f\"SELECT 1 WHERE a = '{quote(name)}'\")", "name"),
    ],
)
def test_what_cannot_change_the_statement(body: str, parameters: str) -> None:
    _, outside = built(body, parameters)
    assert not any(outside)


def test_the_name_of_a_table_is_no_value() -> None:
    text, _ = built("send(f'SELECT 1 FROM {name} ORDER BY {name}')")
    assert [part.is_value for part in text.parts] == [False, False]


def test_statements_that_cannot_bind_are_not_meant() -> None:
    text, _ = built("send(f\"CREATE USER '{name}'\")")
    assert not text.reads_as_sql
