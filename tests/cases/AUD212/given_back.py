"""Temporary files whose path the function gives back: nobody has it where the function raises."""

import json
import os
import shutil
import tempfile
from pathlib import Path


def fetched(client, url):
    with tempfile.NamedTemporaryFile(delete=False) as file:  # AUD212
        for part in client.stream(url):
            file.write(part)
    return file.name


def staged(source):
    folder = tempfile.mkdtemp()  # AUD212
    shutil.copytree(source, os.path.join(folder, "source"))
    return Path(folder), source


# -- silent ------------------------------------------------------------------------------------------------


def written(data):
    descriptor, path = tempfile.mkstemp()
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return path


def opened(data):
    descriptor, path = tempfile.mkstemp()
    os.close(descriptor)
    with open(path, "w") as file:
        file.write(data)
    return path


def serialised_before(data):
    text = json.dumps(data)
    file = tempfile.NamedTemporaryFile("w", delete=False)
    file.write(text)
    file.close()
    return file.name


def in_folder(source, folder):
    path = tempfile.mkdtemp(dir=folder)
    shutil.copytree(source, os.path.join(path, "source"))
    return path


def serialised(data):
    descriptor, path = tempfile.mkstemp()
    with os.fdopen(descriptor, "w") as file:
        json.dump(data, file)
    return path


def removed(source):
    folder = tempfile.mkdtemp()
    try:
        shutil.copytree(source, os.path.join(folder, "source"))
    except BaseException:
        shutil.rmtree(folder)
        raise
    return folder
