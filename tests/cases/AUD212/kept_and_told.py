"""A file that is kept on purpose: a message says where."""

import os
import tempfile


def edit(text, ask, parse):
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write(text)
        path = file.name
    ask(path)
    try:
        parsed = parse(path)
    except ValueError as error:
        raise RuntimeError(f"It is no YAML: {error}. Temporary file kept at {path}") from error
    os.unlink(path)
    return parsed


def edit_silently(text, ask, parse):
    with tempfile.NamedTemporaryFile("w", delete=False) as file:  # AUD212
        file.write(text)
        path = file.name
    ask(path)
    try:
        parsed = parse(path)
    except ValueError as error:
        raise RuntimeError(f"{path} is no YAML: {error}") from error
    os.unlink(path)
    return parsed
