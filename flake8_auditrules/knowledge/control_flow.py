"""Control flow: the exception classes of the standard library, and calls that end, swallow or never end.

What the classes are called and what they derive from, which calls never return, which context managers keep
exceptions from going on, which iterables never end, and which calls change a container or nothing at all.
"""

from __future__ import annotations

import sys

BASE_EXCEPTION = "builtins.BaseException"
BASE_EXCEPTION_GROUP = "builtins.BaseExceptionGroup"
CANCELLED_ERROR = "asyncio.CancelledError"
EXCEPTION = "builtins.Exception"
EXCEPTION_GROUP = "builtins.ExceptionGroup"
_PYTEST_OUTCOME = "pytest.fail.Exception"

# What the exception classes of the standard library are called elsewhere.
SAME_CLASS = {
    "socket.error": "builtins.OSError",
    "os.error": "builtins.OSError",
    "select.error": "builtins.OSError",
    "builtins.IOError": "builtins.OSError",
    "builtins.EnvironmentError": "builtins.OSError",
    "socket.timeout": "builtins.TimeoutError",
    "asyncio.exceptions.CancelledError": CANCELLED_ERROR,
    "anyio.get_cancelled_exc_class": CANCELLED_ERROR,
    "trio.Cancelled": CANCELLED_ERROR,
    "json.decoder.JSONDecodeError": "json.JSONDecodeError",
    "zipfile.BadZipfile": "zipfile.BadZipFile",
    "zipfile.error": "zipfile.BadZipFile",
    "fastapi.exceptions.HTTPException": "fastapi.HTTPException",
    "pytest.skip.Exception": _PYTEST_OUTCOME,
}

# Bases of exception classes that no module has to be imported for (docs.python.org, library reference).
BASES = {
    CANCELLED_ERROR: BASE_EXCEPTION,
    # Built in since Python 3.11.
    BASE_EXCEPTION_GROUP: BASE_EXCEPTION,
    EXCEPTION_GROUP: EXCEPTION,
    _PYTEST_OUTCOME: BASE_EXCEPTION,
    "json.JSONDecodeError": "builtins.ValueError",
    "socket.gaierror": "builtins.OSError",
    "socket.herror": "builtins.OSError",
    "ssl.SSLError": "builtins.OSError",
    "ssl.CertificateError": "ssl.SSLError",
    "urllib.error.URLError": "builtins.OSError",
    "urllib.error.HTTPError": "urllib.error.URLError",
    "subprocess.SubprocessError": EXCEPTION,
    "subprocess.CalledProcessError": "subprocess.SubprocessError",
    "subprocess.TimeoutExpired": "subprocess.SubprocessError",
    "queue.Empty": EXCEPTION,
    "queue.Full": EXCEPTION,
    "asyncio.QueueEmpty": EXCEPTION,
    "asyncio.QueueFull": EXCEPTION,
    "asyncio.InvalidStateError": EXCEPTION,
    "asyncio.IncompleteReadError": "builtins.EOFError",
    "configparser.Error": EXCEPTION,
    "pickle.PickleError": EXCEPTION,
    "pickle.UnpicklingError": "pickle.PickleError",
    "struct.error": EXCEPTION,
    "zlib.error": EXCEPTION,
    "binascii.Error": "builtins.ValueError",
    "decimal.InvalidOperation": "builtins.ArithmeticError",
    "shutil.Error": "builtins.OSError",
    "sqlite3.Error": EXCEPTION,
    "sqlite3.DatabaseError": "sqlite3.Error",
    "sqlite3.IntegrityError": "sqlite3.DatabaseError",
    "sqlite3.OperationalError": "sqlite3.DatabaseError",
    "sqlite3.ProgrammingError": "sqlite3.DatabaseError",
    "zipfile.BadZipFile": EXCEPTION,
    "tarfile.TarError": EXCEPTION,
    "tarfile.ReadError": "tarfile.TarError",
    "starlette.exceptions.HTTPException": EXCEPTION,
    "fastapi.HTTPException": "starlette.exceptions.HTTPException",
}

# Calls that never return, and the class they raise; None where the process is gone.
NEVER_RETURN: dict[str, str | None] = {
    "sys.exit": "builtins.SystemExit",
    "builtins.exit": "builtins.SystemExit",
    "builtins.quit": "builtins.SystemExit",
    "os._exit": None,
    "os.abort": None,
    "pytest.fail": _PYTEST_OUTCOME,
    "pytest.skip": _PYTEST_OUTCOME,
    "pytest.xfail": _PYTEST_OUTCOME,
    "pytest.exit": _PYTEST_OUTCOME,
}

# Context managers that swallow the exception classes given as their first or all positional arguments.
SWALLOW_ARGUMENTS = {"contextlib.suppress", "pytest.raises", "pytest.RaisesGroup", "trio.testing.RaisesGroup"}
SWALLOW_METHODS = {"assertRaises", "assertRaisesRegex"}
SWALLOW_CANCELLATION = {
    "anyio.move_on_after",
    "anyio.CancelScope",
    "trio.move_on_after",
    "trio.move_on_at",
    "trio.CancelScope",
}

# itertools.cycle is not among them: of nothing, it ends at once.
ENDLESS = {"itertools.count", "itertools.repeat"}

# Methods of the built-in containers after which an empty container may be full, or a full one empty.
MUTATORS = {
    "add",
    "append",
    "appendleft",
    "clear",
    "difference_update",
    "discard",
    "extend",
    "extendleft",
    "insert",
    "intersection_update",
    "pop",
    "popitem",
    "popleft",
    "remove",
    "setdefault",
    "update",
}

# Built-in functions whose answer depends only on the arguments.
PURE = {"isinstance", "issubclass", "len", "callable", "hasattr", "bool", "type", "id", "abs", "min", "max"}

# Modules that come with Python on all systems.
OF_PYTHON = frozenset(sys.stdlib_module_names).difference(
    ("curses", "fcntl", "grp", "msvcrt", "pty", "pwd", "readline", "resource", "sqlite3", "ssl", "syslog"),
    ("termios", "tkinter", "tty", "winreg", "winsound"),
)
