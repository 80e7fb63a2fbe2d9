"""What only the system can refuse raises OSError: a handler of that which closes the file is enough."""

import fcntl
import json
import os


def lock(path):
    handle = None
    try:
        handle = open(path, "a+b")
        os.chmod(path, 0o600)
        handle.seek(0)
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if handle is not None:
            handle.close()
        return None
    return handle


def lock_and_parse(path):
    handle = None
    try:
        handle = open(path, "a+b")  # AUD211
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX)
        rows = json.loads(handle.readline())
    except OSError:
        if handle is not None:
            handle.close()
        return None
    handle.close()
    return rows


def lock_or_leave(path):
    handle = open(path, "a+b")  # AUD211
    try:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None
    except OSError:
        handle.close()
        return None
    handle.close()
    return path


def lock_beside(path):
    handle = open(path, "a+b")  # AUD211
    os.chmod(path, 0o600)
    try:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX)
    except OSError:
        handle.close()
        return None
    handle.close()
    return path
