"""Folders of the kernel, and literal paths there that are handed to what reads them."""

import glob
from pathlib import Path


def _read(path):
    with open(path) as file:
        return file.read()


async def memory():
    return _read("/proc/self/maps"), glob.glob("/proc/self/task/*")


async def settings_by_name(name):
    return _read(f"/etc/{name}")  # AUD104


async def files():
    return glob.glob("/var/lib/shop/*.json")  # AUD104


async def processes():
    return [one.name for one in Path("/proc").iterdir()]
