"""Archives over memory, and over files."""

import io
import os
import tarfile
import zipfile


async def of_texts(texts):
    buffer = io.BytesIO()
    archive = tarfile.TarFile(fileobj=buffer, mode="w")
    for name, text in texts.items():
        entry = tarfile.TarInfo(name)
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    archive.close()
    return buffer.getvalue()


async def of_an_open_file(entry, file):
    archive = tarfile.TarFile(fileobj=io.BytesIO(), mode="w")
    archive.addfile(entry, file)  # AUD104
    return archive


async def on_disk(folder, entry, text):
    archive = tarfile.TarFile(os.path.join(folder, "all.tar"), "w")
    archive.addfile(entry, io.BytesIO(text))  # AUD104
    archive.close()


async def is_whole(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    return archive.testzip() is None


async def unpacked(data, folder):
    archive = zipfile.ZipFile(io.BytesIO(data))
    archive.extractall(folder)  # AUD104
