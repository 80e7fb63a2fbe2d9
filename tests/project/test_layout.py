"""Which dotted name a file has, and which file a dotted name is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_auditrules.project.layout import Layout, is_marked, project_root
from flake8_auditrules.project.project import Project

Make = Callable[[dict[str, str]], Path]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("app/__init__.py", "app"),
        ("app/core/__init__.py", "app.core"),
        ("app/core/http.py", "app.core.http"),
        ("src/lib/__init__.py", "lib"),
        ("src/lib/one.py", "lib.one"),
        ("namespace/part/module.py", "namespace.part.module"),
        ("script.py", "script"),
        ("my-scripts/run.py", "run"),
        ("my-scripts/tools/run.py", "tools.run"),
    ],
)
def test_module_names(make_project: Make, path: str, name: str) -> None:
    files = dict.fromkeys(
        (
            "app/__init__.py",
            "app/core/__init__.py",
            "app/core/http.py",
            "src/lib/__init__.py",
            "src/lib/one.py",
            "namespace/part/module.py",
            "script.py",
            "my-scripts/run.py",
            "my-scripts/tools/run.py",
        ),
        "",
    )
    layout = Layout(make_project(files))
    assert layout.module_name(str(Path(layout.root) / path)) == (name, path.endswith("__init__.py"))


def test_names_are_found_from_every_source_root(make_project: Make) -> None:
    root = make_project(
        {
            "backend/app/__init__.py": "",
            "backend/app/main.py": "",
            "backend/app/core/__init__.py": "",
            "src/lib/__init__.py": "",
            "namespace/part.py": "",
            "my-scripts/run.py": "",
            "my-scripts/helper.py": "",
        }
    )
    layout = Layout(root)

    def find(dotted: str, seen_from: str) -> str | None:
        found = layout.find(dotted, layout.source_roots(str(root / seen_from)))
        return Path(found).relative_to(root).as_posix() if found is not None else None

    assert find("app.core", "backend/app/main.py") == "backend/app/core/__init__.py"
    assert find("lib", "backend/app/main.py") == "src/lib/__init__.py"
    assert find("namespace.part", "backend/app/main.py") == "namespace/part.py"
    assert find("helper", "my-scripts/run.py") == "my-scripts/helper.py"
    assert find("helper", "backend/app/main.py") is None
    assert find("os", "backend/app/main.py") is None


def test_the_nearest_package_of_a_name_wins(make_project: Make) -> None:
    root = make_project(
        {
            "services/one/app/__init__.py": "",
            "services/one/app/main.py": "",
            "services/two/app/__init__.py": "",
            "services/two/app/main.py": "",
        }
    )
    layout = Layout(root)
    for service in ("one", "two"):
        file = root / "services" / service / "app" / "main.py"
        assert layout.find("app.main", layout.source_roots(str(file))) == str(file)


def test_the_root(tmp_path: Path) -> None:
    package = tmp_path / "outer" / "package" / "inner"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").touch()
    (tmp_path / "outer" / "setup.py").touch()
    assert project_root(package) == tmp_path / "outer"
    unmarked = package / "models"
    unmarked.mkdir()
    assert project_root(unmarked) == tmp_path / "outer"


def test_environments_and_dot_folders_are_left_out(make_project: Make) -> None:
    root = make_project(
        {
            "app.py": "",
            ".hidden/x.py": "",
            "environment/pyvenv.cfg": "",
            "environment/lib/y.py": "",
            "tools/z.py": "",
        }
    )
    found = sorted(Path(file).relative_to(root).as_posix() for file in Layout(root).files())
    assert found == ["app.py", "tools/z.py"]


def test_installed_packages_belong_to_no_project(tmp_path: Path) -> None:
    package = tmp_path / "environment" / "lib" / "site-packages" / "library"
    package.mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    (package / "__init__.py").touch()
    assert project_root(package) == package.parent
    assert not is_marked(package.parent)


def test_no_cache_is_made_where_there_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("x = 1\n", encoding="utf-8")
    assert Project(tmp_path).facts(str(tmp_path / "one.py")) is not None
    assert not (tmp_path / ".auditrules_cache").exists()
