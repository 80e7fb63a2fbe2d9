import json
import os
from pathlib import Path

import aiofiles

STATE = Path.home() / ".state.json"
LOG_FILE = "run.log"


def load_state():
    return json.loads(STATE.read_text())


def save_state(state):
    STATE.write_text(json.dumps(state))  # AUD213


def load_log():
    with open(LOG_FILE) as file:
        return file.read()


def start_log():
    with open(LOG_FILE, "w") as file:
        file.write("started")


def load_given(path):
    with open(path) as file:
        return json.load(file)


def save_given(path, state):
    with open(path, "w") as file:
        json.dump(state, file)


class Cache:
    def __init__(self, folder):
        self._folder = Path(folder)

    def _path(self):
        return self._folder / "cache.json"

    def read(self):
        return json.loads(self._path().read_text())

    def write(self, content):
        path = self._path()
        path.write_text(json.dumps(content))  # AUD213

    def add(self, line):
        with self._path().open("a") as file:
            file.write(line)

    def first(self):
        if not self._path().exists():
            self._path().write_text("{}")


class Safe:
    def __init__(self, path):
        self.path = path

    def read(self):
        with open(self.path) as file:
            return json.load(file)

    def write(self, content):
        with open(f"{self.path}.new", "w") as file:
            json.dump(content, file)
        os.replace(f"{self.path}.new", self.path)


class WriteOnly:
    def __init__(self, path):
        self.path = path

    def write(self, content):
        with open(self.path, "w") as file:
            json.dump(content, file)


class ReadOnly:
    def __init__(self, path):
        self.path = path

    def read(self):
        with open(self.path) as file:
            return json.load(file)


async def copy(source, target):
    async with aiofiles.open(source) as file:
        text = await file.read()
    async with aiofiles.open(target, "w") as file:
        await file.write(text)


class PlainText:
    def __init__(self, path):
        self.path = path

    def read(self):
        with open(self.path) as file:
            return file.read()

    def write(self, lines):
        with open(self.path, "w") as file:
            file.writelines(lines)


KEY_FILE = "server.pub"


def read_key():
    with open(KEY_FILE) as file:
        return file.read()


def check(record):
    with open(KEY_FILE, "w") as file:
        file.write(record["key"])
    return json.dumps(record)


def serialise_before(state):
    text = json.dumps(state)
    with open(STATE, "w") as file:  # AUD213
        file.write(text)
