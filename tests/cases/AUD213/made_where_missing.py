import json
import os


class Profiles:
    def __init__(self, path):
        self.path = path
        self.profiles = {}
        self._load()

    def _load(self):
        if not os.path.exists(self.path):
            self._write_default()
            return
        with open(self.path) as file:
            self.profiles = json.load(file)

    def _write_default(self):
        with open(self.path, "w") as file:
            json.dump({"first": {}}, file)


class Accounts:
    def __init__(self, path):
        self.path = path
        self.accounts = {}
        self._load()

    def _load(self):
        if not os.path.exists(self.path):
            self._write()
            return
        with open(self.path) as file:
            self.accounts = json.load(file)

    def add(self, name):
        self.accounts[name] = {}
        self._write()

    def _write(self):
        with open(self.path, "w") as file:  # AUD213
            json.dump(self.accounts, file)
