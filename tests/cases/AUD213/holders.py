"""A note about who holds a lock goes when it is let go; a state stays."""

import json
import os


class Lock:
    def __init__(self, path):
        self._owner_file = path

    def __enter__(self):
        self._owner_file.write_text(json.dumps({"pid": os.getpid()}))

    def __exit__(self, *caught):
        self._owner_file.unlink()

    def owner(self):
        try:
            return json.loads(self._owner_file.read_text())
        except Exception:
            return {}


class Lease:
    def __init__(self, path):
        self.note = path

    def take(self):
        with open(self.note, "w") as file:
            json.dump({"pid": os.getpid()}, file)

    def release(self):
        os.remove(self.note)

    def owner(self):
        try:
            with open(self.note) as file:
                return json.load(file)
        except ValueError:
            return {}


class Settings:
    def __init__(self, path):
        self.place = path

    def load(self):
        try:
            return json.loads(self.place.read_text())
        except ValueError:
            return {}

    def save(self, values):
        self.place.write_text(json.dumps(values))  # AUD213

    def reset(self):
        self.place.unlink()
