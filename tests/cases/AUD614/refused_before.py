"""Texts whose newlines are refused by another check before."""

import re
from pathlib import Path

CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def control_characters(folder, name):
    if ".." in name or re.search(r"[\x00-\x1f\x7f-\x9f]", name):
        raise ValueError(name)
    if not re.match(r"^[a-z]+$", name):
        raise ValueError(name)
    return Path(folder) / name


def compiled(folder, name):
    if CONTROL.search(name):
        return None
    if not re.match(r"^[a-z]+$", name):
        return None
    return Path(folder) / name


def written_out(folder, name):
    if "\n" in name:
        return None
    if not re.match(r"^[a-z]+$", name):
        return None
    return Path(folder) / name


def only_noted(folder, name, notes):
    if CONTROL.search(name):
        notes.append(name)
    if not re.match(r"^[a-z]+$", name):  # AUD614
        return None
    return Path(folder) / name


def only_together(folder, name, strict):
    if strict and "\n" in name:
        return None
    if not re.match(r"^[a-z]+$", name):  # AUD614
        return None
    return Path(folder) / name


def other_characters(folder, name):
    if re.search(r"[\x00\x7f]", name):
        return None
    if not re.match(r"^[a-z]+$", name):  # AUD614
        return None
    return Path(folder) / name


def on_one_way(folder, name, strict):
    if strict:
        if "\n" in name:
            return None
    if not re.match(r"^[a-z]+$", name):  # AUD614
        return None
    return Path(folder) / name
