# A temporary file into which something is written.
import json
import os
import shutil
import sys
import tempfile


async def received(upload, body):
    with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as file:  # AUD104
        file.write(body)
    other = tempfile.NamedTemporaryFile(delete=False)  # AUD104
    shutil.copyfileobj(upload, other)  # AUD104
    return file.name


async def named():
    with tempfile.NamedTemporaryFile() as file:
        return file.name


async def state(folder, data):
    descriptor, path = tempfile.mkstemp(dir=folder)
    with os.fdopen(descriptor, "w") as file:  # AUD104
        json.dump(data, file)
    os.replace(path, folder / "state.json")


async def stream():
    return os.fdopen(sys.stdout.fileno(), "wb", buffering=0)
