import json
import os


def names_path():
    return "names.json"


def _names():
    path = names_path()
    try:
        with open(path) as file:
            return json.load(file)
    except Exception:  # AUD302
        return {}


def _keep(names):
    with open(names_path(), "w") as file:
        json.dump(names, file)


def add(key, name):
    names = _names()
    names[key] = name
    _keep(names)


class Collections:
    def __init__(self, path):
        self.path = path

    def _content(self):
        if not self.path.exists():
            return {"version": 1, "collections": []}
        try:
            with self.path.open() as file:
                return json.load(file)
        except Exception:  # AUD302
            return {"version": 1, "collections": []}

    def _plain(self):
        content = self._content()
        return content["collections"]

    def _write(self, collections):
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps(collections))
        os.replace(draft, self.path)

    def rename(self, number, name):
        collections = self._plain()
        collections[number] = name
        self._write(collections)


class Shown:
    def __init__(self, path):
        self.path = path

    def _content(self):
        if not self.path.exists():
            return {"version": 1, "parts": []}
        try:
            return json.loads(self.path.read_text())
        except Exception:  # AUD302
            return {"version": 1, "parts": []}

    def parts(self):
        return self._content()["parts"]


class SecretCache:
    def __init__(self, path):
        self.cache_path = path

    def _content(self):
        try:
            return json.loads(self.cache_path.read_text())
        except Exception:
            return {}

    def put(self, key, value):
        content = self._content()
        content[key] = value
        self.cache_path.write_text(json.dumps(content))
