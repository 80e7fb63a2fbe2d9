"""Migrations: the table and first column of each index that they make."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_auditrules.project.migrations import indexed_columns, indexes_in
from flake8_auditrules.project.project import Project


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("op.create_index('ix', 'book', ['author_id', 'id'])", ("book", "author_id")),
        ("op.create_index(op.f('ix'), table_name='book', columns=['author_id'])", ("book", "author_id")),
        ("op.create_table('book', sa.Column('author_id', index=True))", ("book", "author_id")),
        ("op.create_table('book', sa.UniqueConstraint('author_id', 'id'))", ("book", "author_id")),
        ("op.add_column('book', sa.Column('author_id', unique=True))", ("book", "author_id")),
        ("op.execute('CREATE UNIQUE INDEX IF NOT EXISTS ix ON book (author_id)')", ("book", "author_id")),
        (
            "with op.batch_alter_table('book') as b:\n    b.create_index('ix', ['author_id'])",
            ("book", "author_id"),
        ),
        ("op.create_unique_constraint('uq', 'book', ['author_id'])", ("book", "author_id")),
    ],
)
def test_forms_of_indexes(text: str, expected: tuple[str, str]) -> None:
    assert list(indexes_in(ast.parse(text))) == [expected]


def test_only_migrations_are_read(make_project: Callable[[dict[str, str]], Path]) -> None:
    root = make_project(
        {
            "app/models.py": "Index('ix', 'shop_id')\n",
            "migrations/versions/first.py": "op.create_index('ix', 'book', ['author_id'])\n",
            "migrations/versions/broken.py": "op.create_index(\n",
        }
    )
    assert indexed_columns(Project(root)) == {("book", "author_id")}
