import contextlib
import csv
import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from PIL import Image


def several_lines(first, second):
    with (
        open(first) as one,
        open(second) as other,
    ):
        return one.read() + other.read()


def return_inside_try(path):
    file = open(path)
    try:
        return file.read()
    finally:
        file.close()


def with_later(path):
    file = open(path)
    with file:
        return file.read()


def closing(path):
    with contextlib.closing(open(path)) as file:
        return file.read()


def exit_stack(paths):
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(open(path)) for path in paths]
        return [file.read() for file in files]


def exit_stack_callback(path, stack):
    file = open(path)
    stack.callback(file.close)
    return file.read()


def returned(path):
    file = open(path)
    file.seek(10)
    return file


def returned_at_once(path):
    return open(path)


def yielded(path):
    file = open(path)
    yield file


def over_buffer(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    return archive.namelist()


def over_open_file(stream):
    with open(stream, "rb") as raw:
        archive = tarfile.open(fileobj=raw)
        names = archive.getnames()
        picture = Image.open(raw)
        return names, picture.size


def standard_output_or_file(path):
    out = open(path, "w") if path else sys.stdout
    json.dump({}, out)


def log_file_for_child(command, path):
    log = open(path, "ab")
    return subprocess.Popen(command, stdout=log)


def converted(path: str):
    return Image.open(path).convert("RGB")


def saved(path: str, target: str):
    image = Image.open(path)
    image.thumbnail((100, 100))
    image.save(target)


def size_of(path: str):
    image = Image.open(path)  # AUD211
    return image.width, image.height


class Journal:
    def __init__(self, path):
        self._file = open(path, "a")

    def close(self):
        self._file.close()


class Forgotten:
    def __init__(self, path):
        self._file = open(path, "a")  # AUD211

    def write(self, line):
        self._file.write(line)


class Open:
    def __init__(self, path):
        self.file = open(path, "a")


def inline(path):
    return open(path).read()  # AUD211


def inline_path(path: Path):
    return [line for line in path.open()]  # AUD211


def early(path):
    file = open(path)  # AUD211
    if not os.path.getsize(path):
        return ""
    with file:
        return file.read()


def unguarded(path):
    archive = zipfile.ZipFile(path)  # AUD211
    archive.extractall()
    archive.close()


def rows(path):
    return list(csv.reader(open(path)))  # AUD211


def lines_later(path):
    return (line for line in open(path))


def read_by_generator(path):
    def lines(file):
        yield from file

    return lines(open(path))


def turns(paths):
    for path in paths:
        file = gzip.open(path)  # AUD211
        if file.read(1) == b"#":
            continue
        file.close()


def named(data):
    file = tempfile.NamedTemporaryFile()  # AUD211
    file.write(data)
    file.flush()
    return os.path.getsize(file.name)


def unlock_first(path, lock):
    file = open(path)
    try:
        return file.read()
    finally:
        lock.release()
        file.close()


def handed_to_class(path):
    file = open(path)
    return Reader(file)


class Reader:
    def __init__(self, file):
        self.file = file


def optional(path):
    file = None
    try:
        file = open(path)
        return file.read()
    except OSError:
        return ""
    finally:
        if file is not None:
            file.close()


def in_lock(path):
    descriptor = os.open(path, os.O_RDONLY)
    return os.fdopen(descriptor)


def method_goes_elsewhere(path, trace):
    file = open(path, "w")
    trace.set_writer(file.write)


def spilled(path):
    stream = io.BytesIO()

    def spill():
        nonlocal stream
        larger = open(path, "wb+")
        larger.write(stream.getvalue())
        stream = larger

    spill()
    return stream


def closed_unless_it_is(path, work):
    handle = open(path)
    try:
        work(handle.read())
    finally:
        if not handle.closed:
            handle.close()


def asked_and_left(path, work):
    handle = open(path)  # AUD211
    try:
        work(handle.read())
    finally:
        if not handle.closed:
            work(None)
