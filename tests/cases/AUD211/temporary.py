"""Temporary files between whose opening and closing only a text at hand is written."""

import json
import tempfile


def certificate(pem: str) -> str:
    file = tempfile.NamedTemporaryFile("w", suffix=".pem", delete=False)
    file.write(pem)
    file.flush()
    file.close()
    return file.name


def guarded(data: str, parse):
    file = tempfile.NamedTemporaryFile(delete=False)
    try:
        file.write(data.encode("utf-8"))
        file.close()
        return parse(file.name)
    except ValueError:
        return None


def dumped(data) -> str:
    file = tempfile.NamedTemporaryFile("w", delete=False)  # AUD211
    file.write(json.dumps(data))
    file.close()
    return file.name
