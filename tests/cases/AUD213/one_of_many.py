"""Paths that are made from what a method is given: a file that is read, changed and written back."""

import json
from pathlib import Path


class Jobs:
    def __init__(self, folder):
        self.folder = Path(folder)

    def _path(self, name):
        return self.folder / f"{name}.json"

    def find(self, name):
        path = self._path(name)
        return json.loads(path.read_text()) if path.is_file() else None

    def _keep(self, job):
        self._path(job["name"]).write_text(json.dumps(job))  # AUD213

    def finish(self, name):
        job = self.find(name)
        job["state"] = "finished"
        self._keep(job)


class Runs:
    """Each run is a new file."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def find(self, name):
        with open(self.folder / "runs" / f"{name}.json") as file:
            return json.load(file)

    def add(self, run):
        with open(self.folder / "runs" / f"{run['name']}.json", "w") as file:
            json.dump(run, file)

    def start(self, name):
        if self.find(name) is None:
            self.add({"name": name})


class Tasks:
    def __init__(self, folder):
        self.folder = Path(folder)

    def find(self, name):
        with open(self.folder / "tasks" / f"{name}.json") as file:
            return json.load(file)

    def keep(self, task):
        (self.folder / "tasks" / f"{task.name}.json").write_text(task.model_dump_json())  # AUD213

    def finish(self, name):
        task = self.find(name)
        task.is_finished = True
        return self.keep(task)


def settings_path(folder):
    return Path(folder) / "settings.json"


def load_settings(folder):
    path = settings_path(folder)
    return json.loads(path.read_text())


def save_settings(folder, changes):
    current = load_settings(folder)
    current.update(changes)
    path = settings_path(folder)
    path.write_text(json.dumps(current))  # AUD213


def report_path(folder):
    return Path(folder) / "page.json"


def load_page(folder):
    return json.loads(report_path(folder).read_text())


def save_page(folder, page):
    """Nothing writes back what it has read."""
    report_path(folder).write_text(json.dumps(page))
