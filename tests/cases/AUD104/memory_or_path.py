"""A function that opens a path, and takes an open file as it is."""

import io
import os


class Attachment:
    def __init__(self, source, name=None):
        if isinstance(source, io.IOBase):
            self.file = source
        else:
            self.file = open(source, "rb")
        self.name = name


def text_of(source):
    if hasattr(source, "read"):
        return source.read()
    return source


def kept_in(source, folder):
    with open(os.path.join(folder, "copy"), "wb") as copy:
        copy.write(source.read())


async def from_memory(data):
    return Attachment(io.BytesIO(data), name="data")


async def from_memory_by_name(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return Attachment(source=buffer, name="image")


async def from_path(path):
    return Attachment(path)  # AUD104


async def to_disk(data, folder):
    kept_in(io.BytesIO(data), folder)  # AUD104
