"""Requirements: bounds of specifiers, and where they are found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_auditrules.project.project import Project
from flake8_auditrules.project.requirements import Requirement, parse, python_versions, requirement


@pytest.mark.parametrize(
    ("specifier", "lowest", "below"),
    [
        (">=2.0,<3", (2, 0), (3,)),
        ("==1.10.2", (1, 10, 2), (1, 10, 3)),
        ("~=0.100.1", (0, 100, 1), (0, 101)),
        ("^2.1", (2, 1), (3,)),
        ("^0.95", (0, 95), (0, 96)),
        (">=5", (5,), None),
        ("<8", None, (8,)),
        ("<=7.4", None, (7, 5)),
    ],
)
def test_bounds(specifier: str, lowest: tuple[int, ...] | None, below: tuple[int, ...] | None) -> None:
    assert parse(specifier) == Requirement(lowest, below)


def test_no_bounds() -> None:
    assert parse("") is None


@pytest.mark.parametrize(
    ("file", "text", "lowest"),
    [
        ("requirements.txt", "a==1\npydantic[email]>=2.5  # why\n", (2, 5)),
        ("requirements-dev.txt", "pydantic == 1.10.2\n", (1, 10, 2)),
        ("pyproject.toml", '[project]\ndependencies = ["a>1", "pydantic>=2.5,<3"]\n', (2, 5)),
        ("pyproject.toml", '[tool.poetry.dependencies]\npydantic = "^2.4"\n', (2, 4)),
        ("pyproject.toml", '[tool.poetry.dependencies]\npydantic = {extras = ["a"], version = "^2.4"}\n', (2, 4)),
        ("setup.cfg", "[options]\ninstall_requires =\n    pydantic>=1.9\n", (1, 9)),
    ],
)
def test_found_in_files(
    make_project: Callable[[dict[str, str]], Path], file: str, text: str, lowest: tuple[int, ...]
) -> None:
    root = make_project({"app.py": ""})
    (root / file).write_text(text, encoding="utf-8")
    found = requirement(Project.around(str(root / "app.py")), "pydantic")
    assert found is not None
    assert found.lowest == lowest


def test_another_library_is_not_it(make_project: Callable[[dict[str, str]], Path]) -> None:
    root = make_project({"app.py": "", "requirements.txt": "pydantic-settings>=2\nfastapi\n"})
    project = Project.around(str(root / "app.py"))
    assert requirement(project, "pydantic") is None
    assert requirement(project, "fastapi") is None


@pytest.mark.parametrize(
    ("file", "text", "lowest"),
    [
        ("pyproject.toml", '[project]\nrequires-python = ">=3.10,<4"\n', (3, 10)),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.11"\n', (3, 11)),
        ("setup.cfg", "[options]\npython_requires = >=3.9\n", (3, 9)),
        ("setup.py", 'setup(name="a", python_requires=">=3.8")\n', (3, 8)),
        ("PKG-INFO", "Name: a\nRequires-Python: >=3.12\n", (3, 12)),
    ],
)
def test_versions_of_python(
    make_project: Callable[[dict[str, str]], Path], file: str, text: str, lowest: tuple[int, ...]
) -> None:
    root = make_project({"app.py": ""})
    (root / file).write_text(text, encoding="utf-8")
    found = python_versions(Project.around(str(root / "app.py")))
    assert found is not None
    assert found.lowest == lowest
