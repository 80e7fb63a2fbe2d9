"""Files that somebody else opened are read; those that are opened here are reported where that happens."""

import io
import os
from io import BufferedReader, TextIOWrapper
from typing import Optional

JOURNAL = open("journal")


class Log:
    def __init__(self, path) -> None:
        self._file = open(path)
        self._memory = io.StringIO()

    async def last(self):
        return self._file.readlines()[-1]  # AUD104

    async def kept(self):
        return self._memory.read()


async def of_a_parameter(file: TextIOWrapper, raw: Optional[BufferedReader] = None):
    text = file.read()  # AUD104
    if raw:
        raw.readline()  # AUD104
    return text


async def of_the_module():
    return JOURNAL.read()  # AUD104


async def opened_here(path, descriptor):
    with open(path) as file:  # AUD104
        text = file.read()
    other = open(path)  # AUD104
    text += other.read()
    same = other
    with os.fdopen(descriptor) as wrapped:
        text += wrapped.read()  # AUD104
    return text + same.readline()


async def opened_for_import(path):
    return io.open_code(path)  # AUD104


async def written_into_a_buffer(file: TextIOWrapper):
    file.write("one line")


async def not_known(file, files: list):
    for one in files:
        one.read()
    return file.read()


async def awaited(file: TextIOWrapper):
    return await file.read()


def plain(file: TextIOWrapper):
    return file.read()


async def through_a_function(file: TextIOWrapper):
    return plain(file)  # AUD104


async def only_made(path):
    open(path, "w").close()


async def written(path, text):
    file = open(path, "w")  # AUD104
    file.write(text)
    file.close()
