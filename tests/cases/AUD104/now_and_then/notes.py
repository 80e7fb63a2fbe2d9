import json
from pathlib import Path


class Notes:
    def __init__(self, folder: Path):
        self.folder = folder

    def write(self, name, note):
        (self.folder / f"{name}.json").write_text(json.dumps(note))

    def read(self, name):
        with open(self.folder / f"{name}.json") as file:
            return json.load(file)

    def read_all(self):
        return [json.loads(path.read_text()) for path in self.folder.iterdir()]

    def picture(self, name):
        with open(self.folder / f"{name}.png", "rb") as file:
            return file.read()
