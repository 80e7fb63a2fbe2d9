"""What lies in the temporary folder of an object goes with it."""

import os
import shutil
import tempfile


class Downloads:
    def __init__(self):
        self._tmpdir = tempfile.mkdtemp()

    def fetch(self, read):
        file = tempfile.NamedTemporaryFile(dir=self._tmpdir, delete=False)
        if not read(file):
            raise LookupError(file.name)
        os.unlink(file.name)

    def close(self):
        shutil.rmtree(self._tmpdir)


def fetch_aside(read):
    with tempfile.TemporaryDirectory() as folder:
        file = tempfile.NamedTemporaryFile(dir=folder, delete=False)
        if not read(file):
            raise LookupError(file.name)
        os.unlink(file.name)


def fetch_beside(read, folder):
    with tempfile.TemporaryDirectory() as other:
        file = tempfile.NamedTemporaryFile(dir=folder, delete=False)  # AUD212
        if not read(file, other):
            raise LookupError(file.name)
        os.unlink(file.name)


def fetch(read, folder):
    file = tempfile.NamedTemporaryFile(dir=folder, delete=False)  # AUD212
    if not read(file):
        raise LookupError(file.name)
    os.unlink(file.name)
