"""What JSON can write for sure does not fail, nor does asking for the system."""

import json
import os
import platform
import tempfile


def save(target, theme: str, size: int | None):
    with tempfile.NamedTemporaryFile("w", dir=os.path.dirname(target), delete=False) as file:
        path = file.name
        json.dump({"theme": theme, "size": size, "of": str(target)}, file)
    try:
        os.replace(path, target)
    finally:
        if os.path.exists(path):
            os.unlink(path)


def convert(data: bytes, run):
    descriptor, path = tempfile.mkstemp()
    os.close(descriptor)
    import shutil

    system = platform.system()
    try:
        return run(system, path, shutil.which("convert"))
    finally:
        os.unlink(path)


def save_any(target, record):
    with tempfile.NamedTemporaryFile("w", dir=os.path.dirname(target), delete=False) as file:  # AUD212
        path = file.name
        json.dump({"record": record}, file)
    try:
        os.replace(path, target)
    finally:
        if os.path.exists(path):
            os.unlink(path)
