"""A file that a class leaves as a `with` would; and what only an assertion or a handler stands before."""

import os
import tempfile


class Buffered:
    def __init__(self, folder):
        self._file = tempfile.TemporaryFile(dir=folder)

    def __exit__(self, kind, value, traceback):
        self._file.__exit__(kind, value, traceback)


class Kept:
    def __init__(self, folder):
        self._file = tempfile.TemporaryFile(dir=folder)  # AUD211

    def read(self):
        return self._file.read()


def asserted(path, options):
    file = open(path)
    assert options is not None
    file.close()


def asserted_and_parsed(path, options):
    file = open(path)  # AUD211
    assert options is not None
    found = options.parse(path)
    file.close()
    return found


def detached(path):
    file = open(path, "a")
    os.dup2(file.fileno(), 1)
