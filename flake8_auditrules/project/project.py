"""The project: the one object that rules ask about other modules."""

from __future__ import annotations

from pathlib import Path

from flake8_auditrules.project.layout import module_name, project_root
from flake8_auditrules.semantics.instances import Elsewhere, Nowhere


class Project:
    """What is known of the files around the one that is looked at. `root` is the project's folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.elsewhere: Elsewhere = Nowhere()

    @classmethod
    def around(cls, path: str) -> Project:
        """The project that a file belongs to; a name that is no file (`stdin`) counts as in the working folder."""
        file = Path(path).absolute()
        folder = file.parent if file.parent.is_dir() else Path.cwd()
        return cls(project_root(folder))

    def module_name(self, path: str) -> tuple[str, bool]:
        """The dotted name of a file, and whether it is a package's `__init__`."""
        return module_name(Path(path).absolute())

    def relative(self, path: str) -> str:
        """The file's path relative to the root with forward slashes; as it is where it lies outside."""
        try:
            return Path(path).absolute().relative_to(self.root).as_posix()
        except ValueError:
            return path
