"""Folders that are made in the one that has just been made."""

import shutil
import tempfile
from pathlib import Path


def packed(read):
    folder = Path(tempfile.mkdtemp())
    inner = folder / "inner"
    inner.mkdir(parents=True, exist_ok=True)
    try:
        return read(inner)
    finally:
        shutil.rmtree(folder)


def packed_after_a_read(read):
    folder = Path(tempfile.mkdtemp())  # AUD212
    inner = folder / "inner"
    inner.mkdir(parents=True, exist_ok=True)
    found = read(inner)
    try:
        return found.text
    finally:
        shutil.rmtree(folder)
