from pathlib import Path

from errors import Problem, Unanswered


class Docs:
    def __init__(self, settings):
        self.root = (settings.project_root / "docs").resolve()

    def tree(self):
        if not self.root.is_dir():
            raise Problem("no folder", status=422, detail=f"{self.root} is no folder")  # AUD617
        return list(self.root.iterdir())

    def file(self, name):
        path = self.root / name
        if not path.exists():
            raise Problem("no file", status=404, detail=f"there is no {path.name}")
        return path

    def other(self, name):
        if not self.root.is_dir():
            raise Unanswered(422, f"{self.root} is no folder")
        return self.root


def register(path: str):
    where = Path(path).expanduser()
    if not where.exists():
        raise Problem("no data", status=422, detail=f"{where} does not exist")
