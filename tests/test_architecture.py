"""The layers import one way, foreign imports stay in place, rules are independent, trees are only read."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

import flake8_auditrules
from flake8_auditrules.examples import files_of
from flake8_auditrules.registry import all_rules, families
from flake8_auditrules.rule import Rule

PACKAGE = Path(flake8_auditrules.__file__).parent
LAYERS: tuple[tuple[str, ...], ...] = (
    ("patterns", "records", "config", "knowledge"),
    ("semantics",),
    ("project",),
    ("rule",),
    ("rules",),
    ("registry", "engine", "examples"),
    ("reporting",),
    ("plugin", "check", "__main__"),
)
FOREIGN = {
    "flake8": {"plugin.py", "reporting/formatter.py", "__main__.py", "check.py"},
    "astroid": {"semantics/inference.py"},
    "tomli": {"config.py"},
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "util", "helper", "misc"}


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(file: Path) -> Iterator[tuple[str, bool]]:
    """Each imported module's dotted name, and whether the import is lazy (inside a function)."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    lazy = {
        inner
        for function in ast.walk(tree)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for inner in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node in lazy
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}: imports are absolute"
            yield node.module or "", node in lazy
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node in lazy


def layer_of(dotted: str) -> int | None:
    """The layer of a module of the package; None for the package itself."""
    parts = dotted.split(".")
    if parts[0] != "flake8_auditrules" or len(parts) == 1:
        return None
    for number, names in enumerate(LAYERS):
        if parts[1] in names:
            return number
    return None


def dotted_name(file: Path) -> str:
    relative = file.relative_to(PACKAGE.parent).with_suffix("")
    return ".".join(relative.parts)


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(file: Path) -> None:
    own = layer_of(dotted_name(file))
    if own is None:
        return
    for name, _ in imported(file):
        other = layer_of(name)
        assert other is None or other <= own, f"{file.name} imports {name} from a layer above it"


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_foreign_imports_stay_where_they_belong(file: Path) -> None:
    place = file.relative_to(PACKAGE).as_posix()
    for name, lazy in imported(file):
        root = name.partition(".")[0]
        if root in FOREIGN:
            assert place in FOREIGN[root], f"{place} imports {name}"
        if root in ("astroid", "tomli"):
            assert lazy, f"{place} imports {root} when it is loaded"
        assert root == "flake8_auditrules" or root in sys.stdlib_module_names or root in FOREIGN, (
            f"{place} imports {name}, which is neither ours nor a dependency"
        )


def test_every_module_has_a_layer() -> None:
    for file in files():
        if file.parent != PACKAGE or file.name != "__init__.py":
            assert layer_of(dotted_name(file)) is not None, f"{file} stands in no layer"


def test_rules_are_independent() -> None:
    for rule in all_rules():
        file = PACKAGE.parent / Path(*rule.__module__.split(".")).with_suffix(".py")
        for name, _ in imported(file):
            assert not name.startswith("flake8_auditrules.rules"), f"{rule.code} imports {name}"


def test_no_module_has_a_name_that_says_nothing() -> None:
    for file in files():
        assert file.stem not in FORBIDDEN_NAMES
        assert file.stem.startswith("__") or file.stem not in sys.stdlib_module_names, f"{file.stem} shadows"


def test_each_family_has_its_folder() -> None:
    assert [family.prefix for family in families()] == [f"AUD{number}" for number in range(1, 10)]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_the_tree_is_never_written(rule: type[Rule]) -> None:
    from flake8_auditrules.config import Config
    from flake8_auditrules.engine import Engine

    for text in rule.bad + rule.good:
        for name, source in files_of(text).items():
            if not name.endswith(".py"):
                continue
            tree = ast.parse(source)
            before = ast.dump(tree, include_attributes=True)
            attributes = {node: set(vars(node)) for node in ast.walk(tree)}
            Engine(Config(), [rule]).findings(tree, source.splitlines(keepends=True), name)
            assert ast.dump(tree, include_attributes=True) == before
            assert all(set(vars(node)) == attributes[node] for node in ast.walk(tree))


def test_a_run_that_asks_nothing_of_astroid_does_not_import_it(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text("try:\n    print()\nexcept:\n    pass\n", encoding="utf-8")
    program = (
        "import sys; from flake8.main.cli import main; "
        f"main(['--isolated', '--select=AUD', '-j1', {str(sample)!r}]); "
        "sys.exit('astroid' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "AUD301" in done.stdout


def test_the_picture_of_the_layers_is_this_one() -> None:
    """Every module of every layer stands in docs/layers.svg, from the faces down to the ground."""
    picture = ElementTree.parse(PACKAGE.parent / "docs" / "layers.svg")
    texts = [text.text or "" for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    drawn = [text for text in texts if re.search(r"\.py|/", text)]
    assert len(drawn) == len(LAYERS)
    for layer, files_of_layer in zip(reversed(LAYERS), drawn, strict=True):
        for module in layer:
            assert re.search(rf"\b{module}(\.py|/)", files_of_layer), f"{module} in {files_of_layer}"


def test_top_level_is_the_fixed_one() -> None:
    root = Path(__file__).parents[1]
    fixed = {"pyproject.toml", "setup.cfg", "CHANGELOG.md", "README.md", "LICENSE"}
    fixed |= {"flake8_auditrules", "tests", "docs", "benchmarks"}
    made = {"build", "dist", "htmlcov"}
    found = {one.name for one in root.iterdir() if not one.name.startswith(".") and one.suffix != ".egg-info"}
    assert found - made == fixed
