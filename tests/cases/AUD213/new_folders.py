import json
import shutil


class Copied:
    def __init__(self, folder):
        self.folder = folder

    def make(self, template):
        target = self.folder
        shutil.copytree(template, target)
        settings = json.loads((self.folder / "settings.json").read_text())
        settings["name"] = target.name
        state = target / "settings.json"
        state.write_text(json.dumps(settings))


class CopiedOverWhatIsThere:
    def __init__(self, folder):
        self.folder = folder

    def make(self, template):
        target = self.folder
        shutil.copytree(template, target, dirs_exist_ok=True)
        settings = json.loads((self.folder / "settings.json").read_text())
        settings["name"] = target.name
        state = target / "settings.json"
        state.write_text(json.dumps(settings))  # AUD213


class CopiedAtFirst:
    def __init__(self, folder):
        self.folder = folder

    def make(self, template):
        target = self.folder
        if not target.exists():
            shutil.copytree(template, target)
        settings = json.loads((self.folder / "settings.json").read_text())
        settings["name"] = target.name
        state = target / "settings.json"
        state.write_text(json.dumps(settings))  # AUD213
