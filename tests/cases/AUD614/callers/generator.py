import re
from pathlib import Path


class Generator:
    def __init__(self, name):
        if not re.match(r"^[a-z_]+$", name):
            raise ValueError(name)
        self.folder = Path("projects") / name


def report_of(name):
    if not re.match(r"^[a-z_]+$", name):  # AUD614
        raise ValueError(name)
    return Path("reports") / name
