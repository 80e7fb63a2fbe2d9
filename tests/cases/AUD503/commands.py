"""A command that fails says so by its number, which `os.system` gives back."""

import functools
import os
from concurrent.futures import ProcessPoolExecutor


def convert(prefix, name):
    os.system(f"convert {prefix}_{name}.png {prefix}_{name}.bmp")


def write(prefix, name):
    with open(f"{prefix}_{name}", "w") as file:
        file.write(name)


def convert_all(prefix, names):
    with ProcessPoolExecutor() as pool:
        pool.map(os.system, names)
    work = functools.partial(convert, prefix)
    with ProcessPoolExecutor() as pool:
        pool.map(work, names)


def write_all(prefix, names):
    work = functools.partial(write, prefix)
    with ProcessPoolExecutor() as pool:
        pool.map(work, names)  # AUD503
