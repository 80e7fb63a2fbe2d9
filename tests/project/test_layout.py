"""Which dotted name a file has, and which file a dotted name is."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_auditrules.config import Config
from flake8_auditrules.engine import Engine
from flake8_auditrules.project.layout import Layout, is_marked, is_of_others, project_root
from flake8_auditrules.project.project import Project
from flake8_auditrules.rules.event_loop.blocking_sleep import BlockingSleep

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


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("from database import engine\n", True),
        ("import services.orders\n", True),
        ("from .database import engine\nfrom queue_of_orders import take\n", False),
        ("from backend.database import engine\nimport queue_of_orders\n", False),
        ("from backend.database import engine\nfrom services.orders import take\n", True),
        ("import logging\n", False),
        ("import main\n", False),
        ("import httpx\n", False),
    ],
)
def test_modules_of_a_package_that_is_run_inside(make_project: Make, text: str, is_found: bool) -> None:
    root = make_project(
        {
            "backend/__init__.py": "from .main import app\n",
            "backend/main.py": text,
            "backend/database.py": "",
            "backend/logging.py": "",
            "backend/queue_of_orders.py": "",
            "backend/services/__init__.py": "",
            "backend/services/orders.py": "",
        }
    )
    layout = Layout(root)
    file = str(root / "backend" / "services" / "orders.py")
    found = layout.find("database", layout.source_roots(file))
    assert (found is not None) is is_found


def test_the_search_path_of_a_program_counts_for_all(make_project: Make) -> None:
    settings = "import os, sys\nBASE = os.path.dirname(os.path.abspath(__file__))\n"
    root = make_project(
        {
            "manage.py": "import sys\nsys.path.insert(0, 'lib_of_shop')\n",
            "lib_of_shop/money.py": "",
            "shop/__init__.py": "",
            "shop/settings.py": settings + "sys.path.insert(0, os.path.join(BASE, 'apps'))\n",
            "shop/asgi.py": "sys.path.insert(0, 'broken'\n",
            "shop/apps/orders/__init__.py": "",
            "shop/apps/orders/models.py": "",
            "shop/apps/users/__init__.py": "",
            "shop/apps/users/views.py": "",
            "shop/views.py": "",
        }
    )
    layout = Layout(root)
    for file in ("shop/apps/users/views.py", "shop/views.py"):
        roots = layout.source_roots(str(root / file))
        assert layout.find("orders.models", roots) is not None
        assert layout.find("money", roots) is not None


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("from core.stock import left\n", True),
        ("from .core import stock\nfrom shelf.one import left\n", True),
        ("from ..core import stock\nfrom shelf.one import left\n", False),
        ("from minio import Minio\n", False),
    ],
)
def test_packages_beside_each_other_in_one_that_is_run_inside(
    make_project: Make, text: str, is_found: bool
) -> None:
    root = make_project(
        {
            "backend/__init__.py": "",
            "backend/minio/__init__.py": "",
            "backend/minio/orders.py": text,
            "backend/core/__init__.py": "",
            "backend/core/stock.py": "",
            "backend/shelf/one.py": "",
        }
    )
    layout = Layout(root)
    found = layout.find("core.stock", layout.source_roots(str(root / "backend/core/stock.py")))
    assert (found is not None) is is_found


def test_a_package_with_a_program_within_another(make_project: Make) -> None:
    root = make_project(
        {
            "acme/__init__.py": "",
            "acme/server/__init__.py": "",
            "acme/server/main.py": "from database import engine\n",
            "acme/server/database.py": "",
            "acme/tools/__init__.py": "",
            "acme/tools/one.py": "from database import engine\n",
            "acme/tools/database.py": "",
        }
    )
    layout = Layout(root)
    assert layout.find("database", layout.source_roots(str(root / "acme/server/main.py"))) is not None
    assert layout.find("database", layout.source_roots(str(root / "acme/tools/one.py"))) is None


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


@pytest.mark.parametrize("mark", ["requirements.txt", "manage.py", "Dockerfile", ".flake8"])
def test_an_application_without_build_settings_is_a_project(tmp_path: Path, mark: str) -> None:
    package = tmp_path / "shop" / "app" / "api"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (tmp_path / "shop" / mark).touch()
    assert project_root(package) == tmp_path / "shop"
    assert is_marked(tmp_path / "shop")
    (tmp_path / "pyproject.toml").touch()
    assert project_root(package) == tmp_path, "build settings and repositories come first, however far up"


def test_a_file_that_was_left_in_a_home_marks_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "notes").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert project_root(tmp_path / "notes") == tmp_path / "notes"
    assert not is_marked(tmp_path)


def test_a_root_that_is_named_from_beside_it_is_the_same(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_project({"shop/api/orders.py": "", "beside/x.py": ""})
    monkeypatch.chdir(root / "beside")
    assert project_root(Path("../shop/api")) == root
    assert Project.around("../shop/api/orders.py").relative("../shop/api/orders.py") == "shop/api/orders.py"


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


def test_code_that_a_project_carries_along_is_of_others(tmp_path: Path) -> None:
    installed = tmp_path / "app" / "venv" / "lib" / "site-packages" / "library"
    modules = tmp_path / "app" / "node_modules" / "gyp"
    elsewhere = tmp_path / "python" / "lib" / "site-packages" / "library"
    for folder in (installed, modules, elsewhere):
        folder.mkdir(parents=True)
    (tmp_path / "app" / "pyproject.toml").touch()
    assert is_of_others(installed)
    assert is_of_others(modules)
    assert not is_of_others(elsewhere)
    assert not is_of_others(tmp_path / "app")


def test_no_cache_is_made_where_there_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("x = 1\n", encoding="utf-8")
    assert Project(tmp_path).facts(str(tmp_path / "one.py")) is not None
    assert not (tmp_path / ".auditrules_cache").exists()


SETTINGS = {
    "setuptools, package-dir": ("pyproject.toml", '[tool.setuptools.package-dir]\n"" = "source"\n'),
    "setuptools, find": ("pyproject.toml", '[tool.setuptools.packages.find]\nwhere = ["source"]\n'),
    "setuptools, one package": ("pyproject.toml", '[tool.setuptools.package-dir]\ncompany = "source/company"\n'),
    "setup.cfg, package_dir": ("setup.cfg", "[options]\npackage_dir =\n    = source\n"),
    "setup.cfg, find": ("setup.cfg", "[options.packages.find]\nwhere = source\n"),
    "setup.py, package_dir": ("setup.py", "from setuptools import setup\nsetup(package_dir={'': 'source'})\n"),
    "setup.py, find": (
        "setup.py",
        "from setuptools import find_packages, setup\nsetup(packages=find_packages('source'))\n",
    ),
    "hatch, packages": ("pyproject.toml", '[tool.hatch.build.targets.wheel]\npackages = ["source/company"]\n'),
    "hatch, sources": ("pyproject.toml", '[tool.hatch.build.targets.wheel]\nsources = ["source"]\n'),
    "hatch, renamed": ("pyproject.toml", '[tool.hatch.build.targets.wheel.sources]\n"source" = ""\n'),
    "hatch, dev-mode-dirs": ("pyproject.toml", '[tool.hatch.build]\ndev-mode-dirs = ["source"]\n'),
    "poetry": ("pyproject.toml", '[tool.poetry]\npackages = [{include = "company", from = "source"}]\n'),
    "uv": ("pyproject.toml", '[tool.uv.build-backend]\nmodule-root = "source"\nmodule-name = "company.app"\n'),
    "pdm": ("pyproject.toml", '[tool.pdm.build]\npackage-dir = "source"\n'),
}
CLOCK = "import time\n\n\ndef pause():\n    time.sleep(1)\n"
FROM_PACKAGE = "from company.app.clock import pause\n\n\nasync def serve():\n    pause()\n"


def shown(root: Path, name: str) -> list[str]:
    """The findings of AUD101 in a file of a project."""
    file = root / name
    text = file.read_text(encoding="utf-8")
    engine = Engine(Config(), [BlockingSleep])
    return [one.text for one in engine.findings(ast.parse(text), text.splitlines(keepends=True), str(file))]


@pytest.mark.parametrize("setting", SETTINGS)
def test_build_settings(make_project: Make, setting: str) -> None:
    file, text = SETTINGS[setting]
    root = make_project(
        {
            file: text,
            "backend/main.py": FROM_PACKAGE,
            "source/company/app/__init__.py": "",
            "source/company/app/clock.py": CLOCK,
        }
    )
    layout = Layout(root)
    clock = root / "source" / "company" / "app" / "clock.py"
    assert layout.module_name(str(clock)) == ("company.app.clock", False)
    assert layout.module_name(str(clock.with_name("__init__.py"))) == ("company.app", True)
    (message,) = shown(root, "backend/main.py")
    assert "(company.app.clock.pause -> time.sleep, source/company/app/clock.py:5)" in message


def test_a_package_in_a_folder_of_another_name(make_project: Make) -> None:
    root = make_project(
        {
            "pyproject.toml": '[tool.setuptools.package-dir]\n"company.app" = "lib-app"\n',
            "main.py": FROM_PACKAGE,
            "lib-app/__init__.py": "",
            "lib-app/clock.py": CLOCK,
        }
    )
    assert Layout(root).module_name(str(root / "lib-app" / "clock.py")) == ("company.app.clock", False)
    (message,) = shown(root, "main.py")
    assert "lib-app/clock.py:5" in message


@pytest.mark.parametrize(
    "text",
    [
        "[tool.setuptools",
        '[tool.setuptools]\npackage-dir = 3\npackages = ["a"]\n',
        '[tool]\nhatch = "x"\npoetry = []\n',
        '[tool.poetry]\npackages = ["a", {from = 3}]\n',
        '[tool.setuptools.packages.find]\nwhere = ["../outside", "not-there", 4]\n',
    ],
)
def test_settings_that_say_nothing(make_project: Make, text: str) -> None:
    root = make_project({"pyproject.toml": text, "app/__init__.py": "", "app/main.py": ""})
    assert Layout(root).declared == {}
    assert Layout(root).module_name(str(root / "app" / "main.py")) == ("app.main", False)


ADDITIONS = [
    'sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "shared-code"))',
    'sys.path.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "shared-code"))',
    'sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "shared-code"))',
    'sys.path.insert(0, str(Path(__file__).parents[1].joinpath("shared-code")))',
    'sys.path.insert(0, "shared-code")',
    'ROOT = Path(__file__).resolve().parents[1]\nSHARED = ROOT / "shared-code"\nsys.path.insert(0, str(SHARED))',
    'import site\nsite.addsitedir(os.path.dirname(__file__) + "" or os.path.dirname(__file__))',
    'HERE = os.path.dirname(__file__)\nif HERE not in sys.path:\n    sys.path.append(HERE + "/../shared-code")',
]


@pytest.mark.parametrize("addition", ADDITIONS)
def test_a_script_that_extends_the_search_path(make_project: Make, addition: str) -> None:
    script = f"import os\nimport sys\nfrom pathlib import Path\n\n{addition}\n\nfrom clock import pause\n"
    script += "\n\nasync def serve():\n    pause()\n"
    root = make_project({"servers/run.py": script, "shared-code/clock.py": CLOCK})
    found = shown(root, "servers/run.py")
    is_worked_out = addition not in ADDITIONS[-2:]
    assert len(found) == is_worked_out
    assert all("shared-code/clock.py:5" in message for message in found)


def test_a_folder_outside_of_the_project_is_not_looked_in(make_project: Make) -> None:
    root = make_project({"project/pyproject.toml": "", "project/run.py": "", "clock.py": CLOCK})
    script = 'import sys\nsys.path.insert(0, "..")\nfrom clock import pause\n\n\nasync def serve():\n    pause()\n'
    (root / "project" / "run.py").write_text(script, encoding="utf-8")
    assert shown(root / "project", "run.py") == []


def test_one_file_under_two_names_is_one_module(make_project: Make) -> None:
    root = make_project(
        {
            "src/app/__init__.py": "",
            "src/app/base.py": "class Base:\n    def run(self):\n        raise NotImplementedError\n",
            "src/app/work.py": (
                "import time\nfrom src.app.base import Base\n\n\n"
                "class Worker(Base):\n    def run(self):\n        time.sleep(1)\n"
            ),
            "src/app/main.py": "from app.base import Base\n\n\nasync def serve(base: Base):\n    base.run()\n",
        }
    )
    (message,) = shown(root, "src/app/main.py")
    assert "(Worker.run -> time.sleep, src/app/work.py:7)" in message


def test_namespace_packages_and_hyphens(make_project: Make) -> None:
    main = "from company.clock import pause\n\n\nasync def serve():\n    pause()\n"
    root = make_project(
        {
            "services/billing-api/company/clock.py": CLOCK,
            "services/billing-api/main.py": main,
            "services/other-api/main.py": main,
        }
    )
    (message,) = shown(root, "services/billing-api/main.py")
    assert "services/billing-api/company/clock.py:5" in message
    assert shown(root, "services/other-api/main.py") == []
