import contextlib


def restrict(path):
    """Let nobody else read a file, where the system can."""
    with contextlib.suppress(OSError):
        path.chmod(0o600)


def forget(path):
    try:
        path.unlink()
    except OSError:
        pass


def restrict_or_fail(path):
    with contextlib.suppress(KeyError):
        path.chmod(0o600)


def restrict_text(path):
    with contextlib.suppress(OSError):
        path.write_text(path.name)
